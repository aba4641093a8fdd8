"""SHOW: what others get, checked before it is written."""
