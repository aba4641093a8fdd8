"""What the sandbox store's API is: its fields, its end points, and the documents that describe them."""
