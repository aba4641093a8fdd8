"""Files that are given for an API description and are something else: what they are, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["ADVICE", "mistaken_document", "mistaken_text"]

ADVICE = "give the OpenAPI 3.x or Swagger 2.0 file itself, as JSON or YAML"
CALLS = "make a connector from its calls: ipaas-discovery new NAME --from-calls FILE"


GRAPHQL = "write a connector with a GraphQL query; the catalogue's shopify_graphql.toml shows how"
CONVERT = f"convert it first, then {ADVICE}"
STARTS = (
    ("#%raml", "RAML", CONVERT),
    ("format: 1a", "API Blueprint", CONVERT),
)
"""What a text begins with, in lower case, what it is, and what to do."""
MARKUP = (
    (("html",), "a web page", "open it, look for a link to the OpenAPI file (openapi.json, swagger.json), save that"),
    (("edmx",), "OData metadata (EDMX)", CONVERT),
    (("wsdl", "definitions"), "a SOAP description (WSDL)", "it describes no REST API; ask the vendor for OpenAPI"),
    ((), "XML", ADVICE),
)
"""What stands near the beginning of a text with tags, what it is, and what to do."""
LOOKED_AT = 2_000


def mistaken_text(text: str) -> tuple[str, str] | None:
    """What a text is instead, and what to do; None for what may be JSON or YAML."""
    start = text[:LOOKED_AT].lstrip().lower()
    found = [(said, then) for begin, said, then in STARTS if start.startswith(begin)]
    if start.startswith("<"):
        found += [(said, then) for words, said, then in MARKUP if all(word in start for word in words)]
    return found[0] if found else None


def mistaken_document(document: Mapping[Any, Any]) -> tuple[str, str] | None:
    """What a parsed file is instead, and what to do; None where nothing is recognised."""
    info, log, data = (_mapping(document.get(key)) for key in ("info", "log", "data"))
    postman = "_postman_id" in info or "postman" in str(info.get("schema", "")).lower()
    dialect = str(document.get("$schema", ""))
    version = document.get("swaggerVersion")
    kinds = (
        (version is not None, f"Swagger {version}, a file a resource", "convert it to Swagger 2.0 or OpenAPI 3 first"),
        ("asyncapi" in document, f"AsyncAPI {document.get('asyncapi')}, which describes messages", ADVICE),
        ("item" in document and postman, "a Postman collection", CALLS),
        ("entries" in log, "a HAR recording", CALLS),
        ("__schema" in document or "__schema" in data, "a GraphQL schema", GRAPHQL),
        (document.get("kind") == "discovery#restDescription", "a Google API discovery document", CONVERT),
        ("json-schema.org" in dialect, "a JSON Schema of records, without calls", ADVICE),
        ("arazzo" in document or "overlay" in document, "a companion of an OpenAPI file, without its calls", ADVICE),
    )
    return next(((said, then) for recognised, said, then in kinds if recognised), None)


def _mapping(value: object) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}
