"""COMPARE: which way it can move."""
