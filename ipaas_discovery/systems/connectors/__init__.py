"""FETCH: connector files, which describe a system's API as data."""
