"""Checks that guard a build: the order is possible, nothing changed that nobody accepts, notebooks say the same."""
