"""Descriptions in other notations, written anew as OpenAPI documents: OData metadata (EDMX) and GraphQL schemas."""
