"""The seeded generator of the sandbox's records: one world, seen by two systems that disagree about it."""
