"""FETCH: what came by file: saved API calls, and sheets."""
