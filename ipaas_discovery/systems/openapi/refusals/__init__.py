"""Refusals that an API description tells of: by which status a call refuses, and what its answer then holds."""
