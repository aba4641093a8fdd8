"""Contracts of an order: JSON Schema of each shape, a data contract, and a diagram of what moves where."""
