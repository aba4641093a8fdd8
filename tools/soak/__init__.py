"""Faults by the thousand: kills, a server of faults, marked secrets, and fuzzed readers."""
