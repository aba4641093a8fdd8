"""COMPARE: what a collection looks like."""
