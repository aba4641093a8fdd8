"""The records as the store has them."""
