"""FETCH: the systems, their connectors, and the one door to the network."""
