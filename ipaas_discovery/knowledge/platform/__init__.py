"""The platform's own spellings and headings."""
