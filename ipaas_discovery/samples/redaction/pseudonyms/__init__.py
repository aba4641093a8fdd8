"""Pseudonyms in the form of what they stand for, under one key."""
