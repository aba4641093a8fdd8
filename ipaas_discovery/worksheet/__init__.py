"""COMPARE: the order that has to be delivered."""
