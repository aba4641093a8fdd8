"""FETCH: who we talk to."""
