"""FETCH: what a system answered, kept on disk and replayed."""
