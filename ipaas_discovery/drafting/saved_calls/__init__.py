"""FETCH: saved API calls: HAR, Postman and Bruno files."""
