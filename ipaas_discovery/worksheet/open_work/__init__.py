"""Work that is left on a worksheet: what the evidence proposes, what it answers, and what is still open, in order."""
