"""Tables, trees, heat maps and bar charts of one value, as HTML that any host shows and as Markdown."""
