"""COMPARE: what corresponds to what."""
