"""The SDK's skeleton of an order: the C# files that an integrator would otherwise type."""
