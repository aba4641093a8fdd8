"""Read OpenAPI 3.x and Swagger 2.0 documents: an API's collections, their calls and shapes."""

from __future__ import annotations

from ipaas_discovery.systems.openapi.description import ApiDescription, Documents, read_openapi
from ipaas_discovery.systems.openapi.node import Node
from ipaas_discovery.systems.openapi.operation import EnvelopedRecords, Operation, Operations

__all__ = ["ApiDescription", "Documents", "EnvelopedRecords", "Node", "Operation", "Operations", "read_openapi"]
