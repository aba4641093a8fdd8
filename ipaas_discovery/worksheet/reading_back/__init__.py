"""A worksheet that people edited in a workbook or a CSV file, read back: each change told before it is taken."""
