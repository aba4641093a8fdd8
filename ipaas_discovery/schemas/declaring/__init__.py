"""COMPARE: schemas from what is declared: API descriptions, shipped facts, field lists."""
