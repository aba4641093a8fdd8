"""Files of a worksheet: what people write, line by line, and the evidence that the kit writes beside it."""
