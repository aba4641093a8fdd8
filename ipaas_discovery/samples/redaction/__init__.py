"""FETCH: personal data and secrets taken out of answers."""
