"""FETCH: connector files: what a system's API is, as data."""
