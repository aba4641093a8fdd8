"""The worksheet as a workbook: cover, a sheet for each table, and what was sent, to read it back."""
