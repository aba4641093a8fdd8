"""A workspace of one's own, written by the command new."""
