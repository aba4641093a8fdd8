"""SHOW: live widgets, one a table, each with its script beside it."""
