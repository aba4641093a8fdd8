"""COMPARE: records counted into a schema, in one pass."""
