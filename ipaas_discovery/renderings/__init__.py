"""One value, several renderings: tables, trees, heat maps and bar charts as HTML that any host shows, and Markdown."""
