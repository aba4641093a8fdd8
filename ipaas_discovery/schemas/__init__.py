"""COMPARE: the schema of a collection, declared and observed."""
