"""SHOW: static tables and the offline page."""
