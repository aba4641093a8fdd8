"""What collection of the other system belongs to each collection type of iPaaS.com."""
