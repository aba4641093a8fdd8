"""FETCH: an answer, its body, its records, and the check that a request only reads."""
