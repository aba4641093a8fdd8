"""Recognise files that are given as an API description and are something else, and advise on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["ADVICE", "LOOKED_AT", "mistaken_document", "mistaken_text"]

ADVICE = "give the OpenAPI 3.x or Swagger 2.0 file itself, as JSON or YAML"
CALLS = "make a connector from its calls: ipaas-discovery new NAME --from-calls FILE"


CONVERT = f"convert it first, then {ADVICE}"
FIELDS = "give an API description; its fields alone can be told as a CSV file: `received` in the connector file"
"""Advice on a schema of records without calls."""
STARTS = (
    ("syntax =", "a Protocol Buffers file", FIELDS),
    ("syntax=", "a Protocol Buffers file", FIELDS),
    ("#%raml", "RAML", CONVERT),
    ("format: 1a", "API Blueprint", CONVERT),
)
"""Beginning of a text in lower case, its format, and advice."""
MARKUP = (
    (("html",), "a web page", "open it, look for a link to the OpenAPI file (openapi.json, swagger.json), save that"),
    (("wsdl", "definitions"), "a SOAP description (WSDL)", "it describes no REST API; ask the vendor for OpenAPI"),
    (("xmlschema", "schema"), "an XML Schema of records, without calls", FIELDS),
    ((), "XML", ADVICE),
)
"""Words near the beginning of a text with tags, its format, and advice."""
LOOKED_AT = 2_000
"""The characters of a text by which it is recognised."""


def mistaken_text(text: str) -> tuple[str, str] | None:
    """Recognise another format of a text, with advice; None if it may be JSON or YAML."""
    start = text[:LOOKED_AT].lstrip().lower()
    matches = [(kind, then) for begin, kind, then in STARTS if start.startswith(begin)]
    if start.startswith("<"):
        matches += [(kind, then) for words, kind, then in MARKUP if all(word in start for word in words)]
    return matches[0] if matches else None


def mistaken_document(document: Mapping[Any, Any]) -> tuple[str, str] | None:
    """Recognise another format of a parsed file, with advice; None for an unknown one."""
    info, log = (_mapping(document.get(key)) for key in ("info", "log"))
    postman = "_postman_id" in info or "postman" in str(info.get("schema", "")).lower()
    dialect = str(document.get("$schema", ""))
    version = document.get("swaggerVersion")
    kinds = (
        (version is not None, f"Swagger {version}, a file a resource", "convert it to Swagger 2.0 or OpenAPI 3 first"),
        ("item" in document and postman, "a Postman collection", CALLS),
        ("entries" in log, "a HAR recording", CALLS),
        (document.get("kind") == "discovery#restDescription", "a Google API discovery document", CONVERT),
        (document.get("type") == "record" and "fields" in document, "an Avro schema, without calls", FIELDS),
        ("json-schema.org" in dialect, "a JSON Schema of records, without calls", ADVICE),
        ("arazzo" in document or "overlay" in document, "a companion of an OpenAPI file, without its calls", ADVICE),
    )
    return next(((kind, then) for recognised, kind, then in kinds if recognised), None)


def _mapping(value: object) -> Mapping[Any, Any]:
    """Return a mapping, or an empty one for any other value."""
    return value if isinstance(value, Mapping) else {}
