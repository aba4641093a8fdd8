"""SHOW: live widgets, one per table, each with its script beside it."""
