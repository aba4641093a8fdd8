"""Formulas: operations of a closed catalogue that make a destination field of the source's, in Python and in C#."""
