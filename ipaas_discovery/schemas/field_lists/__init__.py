"""COMPARE: field lists as people write them: rows, pasted tables, web tables, example bodies."""
