"""The platform's OpenAPI documents, made from the facts on its collections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import flask

from ipaas_discovery.sandbox.platform_api.error_answers import answer
from ipaas_discovery.sandbox.platform_api.platform_calls import (
    PlatformCall,
    apis,
    filter_fields,
    platform_calls,
    title,
)
from ipaas_discovery.sandbox.platform_api.platform_schemas import reference, schemas_of
from ipaas_discovery.sandbox.sandbox_data import read_shipped
from ipaas_discovery.sandbox.sandbox_day import SandboxDay

__all__ = ["document_routes", "platform_document"]

Json = dict[str, Any]


def document_routes(day: SandboxDay) -> flask.Blueprint:
    """Serve `/{api}/swagger/v2/swagger.json` for each data API as of a day, open to everyone."""
    routes = flask.Blueprint("swagger", __name__)

    def serve(api: str) -> flask.Response:
        return answer(day.document("ipaas", api, platform_document(api)))

    for api in apis():
        routes.add_url_rule(f"/{api}/swagger/v2/swagger.json", api, partial(serve, api))
    return routes


def platform_document(api: str) -> Json:
    """Make the OpenAPI 3.0 document of one data API.

    >>> sorted(platform_document("giftcards")["paths"])
    ['/v2/GiftCard', '/v2/GiftCard/{id}', '/v2/GiftCards']
    """
    decided = read_shipped("platform")
    calls = [call for call in platform_calls() if call.api == api]
    paths: dict[str, Json] = {}
    for path, verb, operation in (operation for call in calls for operation in _operations(call)):
        paths.setdefault(path, {})[verb] = operation
    return {
        "openapi": "3.0.1",
        "info": {"title": f"{api.capitalize()} API (sandbox)", "version": "v2", "description": decided["description"]},
        "servers": [{"url": f"/{api}"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas_of([call.facts for call in calls]) | {"ProblemDetails": decided["problem"]},
            "securitySchemes": {"Bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"Bearer": []}],
    }


def _operations(call: PlatformCall) -> Iterator[tuple[str, str, Json]]:
    name = title(call.facts.name)
    one, many = reference(f"{name}Response"), {"type": "array", "items": reference(f"{name}Response")}
    create, update = reference(f"{name}Request"), reference(f"{name}UpdateRequest")
    by_id = [read_shipped("platform")["id_parameter"]]
    yield call.list_path, "get", _operation(name, "List", many, parameters=_list_parameters(call))
    if call.get_path:
        yield call.get_path, "get", _operation(name, "Get", one, parameters=by_id)
    yield call.create_path, "post", _operation(name, "Create", one, body=create)
    yield call.update_path, "put", _operation(name, "Update", one, parameters=by_id, body=update)
    if call.delete_path:
        yield call.delete_path, "delete", _operation(name, "Delete", None, parameters=by_id)


def _operation(
    name: str, does: str, result: Json | None, *, parameters: list[Json] | None = None, body: Json | None = None
) -> Json:
    success: Json = {"description": "Success"}
    if result is not None:
        success["content"] = {"application/json": {"schema": result}}
    if does == "List":
        success["headers"] = {"X-Pagination": {"schema": {"type": "string"}}}
    operation: Json = {"tags": [name], "operationId": f"{does}{name}"}
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    content = {"application/problem+json": {"schema": reference("ProblemDetails")}}
    problem = {"description": "Problem", "content": content}
    problems = dict.fromkeys(("400", "401", "404", "429"), problem)
    return operation | {"responses": {("204" if result is None else "200"): success} | problems}


def _list_parameters(call: PlatformCall) -> list[Json]:
    fixed: list[Json] = read_shipped("platform")["list_parameters"]
    fields = sorted(filter_fields(call.facts).items())
    return fixed + [{"name": name, "in": "query", "schema": {"type": field.types[0]}} for name, field in fields]
