"""Collections of the other system matched to the collection types of iPaaS.com."""
