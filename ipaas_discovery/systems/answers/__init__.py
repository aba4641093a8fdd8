"""FETCH: an answer: its body, its records, and what may be asked for without writing."""
