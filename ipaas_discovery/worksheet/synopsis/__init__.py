"""The synopsis: everything an order says, put together once from evidence and decisions, for every form to render."""
