"""Small API descriptions for tests, put together from their parts."""

from __future__ import annotations

CALLS = ("list", "detail", "create", "update", "delete")
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
RECORD = {"type": "object", "properties": {"id": WHOLE, "name": TEXT}}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def listed(schema):
    return {"type": "array", "items": schema}


def thing(**properties):
    return {"type": "object", "properties": properties}


def answers(schema=None, code="200", media="application/json", **call):
    content = {} if schema is None else {"content": {media: {"schema": schema}}}
    return {"responses": {code: content | {"description": ""}}} | call


def takes(schema, media="application/json", **call):
    return {"requestBody": {"content": {media: {"schema": schema}}}, "responses": {"204": {"description": ""}}} | call


def document(paths, version="3.0.3", **schemas):
    return {
        "openapi": version,
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def labels(calls):
    """The five calls as people write them, `-` where there is none."""
    return [call.label if (call := getattr(calls, name)) else "-" for name in CALLS]
