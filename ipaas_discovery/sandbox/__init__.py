"""The embedded default: two small HTTP APIs over synthetic records."""
