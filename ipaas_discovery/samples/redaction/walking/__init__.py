"""The way through an answer: what needs no look found out for all of its records at once, and all else redacted."""
