"""The APIs' OpenAPI documents, made from what is known of the collections."""

from __future__ import annotations

from typing import Any

import flask

from ipaas_discovery.sandbox.platform_api.endpoints import APIS, Endpoint, endpoints, filter_fields, title
from ipaas_discovery.sandbox.platform_api.problems import answer
from ipaas_discovery.sandbox.platform_api.swagger_schemas import schemas_of

__all__ = ["document", "swagger_routes"]

Json = dict[str, Any]

DECISIONS = (
    "This is a sandbox with synthetic records, not iPaaS.com. Paths, fields and types follow public sources. "
    "Decided by the sandbox, because no source says: the paths to create, update and delete, other than "
    "POST /v2/Transaction, whose example they follow; the lists of customer categories, catalog categories "
    "and gift cards; which records can be deleted; that fields of which nobody says whether they may be sent "
    "are optional in requests, except those the server makes (id, tracking_guid, created_datetime, "
    "updated_datetime); that nothing is required on update; that a text, list or object is nullable where no "
    "source says otherwise. The sandbox describes these calls, but answers every verb other than GET with 405."
)


def swagger_routes() -> flask.Blueprint:
    """`/{api}/swagger/v2/swagger.json` for each data API, open to everyone."""
    routes = flask.Blueprint("swagger", __name__)
    for api in APIS:
        routes.add_url_rule(f"/{api}/swagger/v2/swagger.json", api, lambda api=api: answer(document(api)))
    return routes


def document(api: str) -> Json:
    """The OpenAPI 3.0 document of one data API.

    >>> sorted(document("giftcards")["paths"])
    ['/v2/GiftCard', '/v2/GiftCard/{id}', '/v2/GiftCards']
    """
    mine = [each for each in endpoints() if each.api == api]
    paths: dict[str, Json] = {}
    for each in mine:
        for path, verb, operation in _operations(each):
            paths.setdefault(path, {})[verb] = operation
    return {
        "openapi": "3.0.1",
        "info": {"title": f"{api.capitalize()} API (sandbox)", "version": "v2", "description": DECISIONS},
        "servers": [{"url": f"/{api}"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas_of([each.facts for each in mine]) | {"ProblemDetails": PROBLEM},
            "securitySchemes": {"Bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"Bearer": []}],
    }


def _operations(each: Endpoint) -> list[tuple[str, str, Json]]:
    name = title(each.facts.name)
    one, many = _ref(f"{name}Response"), {"type": "array", "items": _ref(f"{name}Response")}
    create, update = _ref(f"{name}Request"), _ref(f"{name}UpdateRequest")
    found = [(each.list_path, "get", _operation(name, f"List{name}", many, parameters=_list_parameters(each)))]
    if each.get_path:
        found.append((each.get_path, "get", _operation(name, f"Get{name}", one, parameters=[ID])))
    found.append((each.create_path, "post", _operation(name, f"Create{name}", one, body=create)))
    found.append((each.update_path, "put", _operation(name, f"Update{name}", one, parameters=[ID], body=update)))
    if each.delete_path:
        found.append((each.delete_path, "delete", _operation(name, f"Delete{name}", None, parameters=[ID])))
    return found


def _operation(
    tag: str, name: str, result: Json | None, *, parameters: list[Json] | None = None, body: Json | None = None
) -> Json:
    problem = {"description": "Problem", "content": {"application/problem+json": {"schema": _ref("ProblemDetails")}}}
    success: Json = {"description": "Success"}
    if result is not None:
        success["content"] = {"application/json": {"schema": result}}
    if result is not None and "items" in result:
        success["headers"] = {"X-Pagination": {"schema": {"type": "string"}}}
    operation: Json = {"tags": [tag], "operationId": name}
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    errors = dict.fromkeys(("400", "401", "404", "429"), problem)
    return operation | {"responses": {("204" if result is None else "200"): success} | errors}


def _list_parameters(each: Endpoint) -> list[Json]:
    fixed = [
        _query("action", {"type": "string", "enum": ["equals"]}),
        _query("pageNumber", {"type": "integer", "minimum": 1, "default": 1}),
        _query("trackingGuid", {"type": "string", "format": "uuid"}),
    ]
    return fixed + [_query(name, {"type": field.types[0]}) for name, field in sorted(filter_fields(each.facts).items())]


def _query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def _ref(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "format": "int64"}}

PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "nullable": True},
        "title": {"type": "string", "nullable": True},
        "status": {"type": "integer", "format": "int32", "nullable": True},
        "detail": {"type": "string", "nullable": True},
        "instance": {"type": "string", "nullable": True},
        "code": {"type": "string", "nullable": True},
        "help_link": {"type": "string", "nullable": True},
    },
}
