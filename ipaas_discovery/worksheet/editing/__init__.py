"""Changes of a worksheet by people: every word of theirs in its row, signed, undone and done again."""
