"""FETCH: what came back."""
