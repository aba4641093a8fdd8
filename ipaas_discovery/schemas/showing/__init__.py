"""COMPARE: schemas as tables for people: a census of a system, presence part by part, both sides."""
