"""The same record in both systems: its pairs, how far their values agree, and what a flow would do to them."""
