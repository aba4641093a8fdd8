"""FETCH: connector files drafted from descriptions, saved calls and files."""
