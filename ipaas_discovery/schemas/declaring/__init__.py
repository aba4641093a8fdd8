"""COMPARE: declared schemas, from API descriptions, shipped facts and field lists."""
