"""FETCH: single calls, the pages they bring, and the calls in flight."""
