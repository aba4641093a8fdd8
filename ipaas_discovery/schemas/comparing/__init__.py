"""COMPARE: two schemas of one collection side by side: shapes, declared and observed, two dates."""
