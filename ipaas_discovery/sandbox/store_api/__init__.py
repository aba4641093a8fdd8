"""The sandbox store's API: its documents, the calls they describe, and its lists."""
