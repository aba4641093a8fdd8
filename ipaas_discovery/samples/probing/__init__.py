"""FETCH: how a collection pages, proved before anything relies on it."""
