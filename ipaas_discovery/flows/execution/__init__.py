"""The mapping of a flow, run over the records of a sample."""
