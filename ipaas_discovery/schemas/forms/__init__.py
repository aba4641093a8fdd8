"""COMPARE: one schema in another form: a tree, JSON Schema, plain data."""
