"""FETCH: records and tables from files: CSV, Excel, JSON."""
