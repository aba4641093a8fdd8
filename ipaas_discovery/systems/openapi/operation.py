"""One call of an API as its description tells it, and the five calls that make a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.systems.openapi.references import written
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.url_paths import segments

__all__ = ["METHODS", "EnvelopedRecords", "Operation", "Operations", "read_operations", "unreadable"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: `GET /orders`. `response` and `request` are raw schemas, references unresolved, None if unsaid.

    `name` is what the document calls it (its `operationId`), empty where it does not. `choices` are the values of
    those parameters of the query that have a list of them.
    """

    method: str
    path: str
    parameters: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    choices: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict, repr=False, compare=False)
    response: Any = field(default=None, repr=False, compare=False)
    request: Any = field(default=None, repr=False, compare=False)

    @property
    def label(self) -> str:
        """The call as people write it: `GET /orders`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Operations:
    """The calls of one collection; None where the document has no such call.

    A collection that always gives one and the same record has no `list`; its `detail` needs no id. `others`
    are the calls on its path or below it that are none of the five: actions such as `/orders/{id}/cancel`,
    searches beside the list, calls for many records at once. Iterating gives the five that there are.
    """

    list: Operation | None = None
    detail: Operation | None = None
    create: Operation | None = None
    update: Operation | None = None
    delete: Operation | None = None
    others: tuple[Operation, ...] = ()

    def __iter__(self) -> Iterator[Operation]:
        calls = (self.list, self.detail, self.create, self.update, self.delete)
        return (each for each in calls if each is not None)


@dataclass(frozen=True, slots=True)
class EnvelopedRecords:
    """Where a body holds its records: the raw schema of one, what it is wrapped in, and whether there are many."""

    schema: Any = field(repr=False)
    envelope: str = ""
    many: bool = False


def read_operations(document: Mapping[str, Any], resolver: Resolver) -> dict[tuple[str, str], Operation]:
    """Every call of the document, by method and path, in the document's order."""
    found: dict[tuple[str, str], Operation] = {}
    for path, raw in _paths(document):
        item, _ = resolver.follow(raw)
        if not isinstance(item, dict) or not segments(path):
            continue
        for method in METHODS:
            call = item.get(method.lower())
            if isinstance(call, dict):
                found[method, path] = _operation(method, path, item, call, resolver)
    return found


def unreadable(document: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each path and each call of the document that holds something else."""
    for path, item in _paths(document):
        place = (((), "paths"), path)
        if not isinstance(item, dict):
            yield f"At {written(place)} stands no call; it is left out."
            continue
        for method in (word for word in item if str(word).upper() in METHODS):
            if not isinstance(item[method], dict):
                yield f"At {written((place, method))} stands no call; it is left out."


def _paths(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What stands under `paths`; a key that is no text is no path, one that begins with `x-` an extension."""
    found = (document.get("paths") or {}).items()
    return [(path, item) for path, item in found if isinstance(path, str) and not path.startswith("x-")]


def _operation(method: str, path: str, item: dict[str, Any], call: dict[str, Any], resolver: Resolver) -> Operation:
    listed = [*_list(item.get("parameters")), *_list(call.get("parameters"))]
    parameters = [each for each in (resolver.follow(raw)[0] for raw in listed) if isinstance(each, dict)]
    names = (each.get("name") for each in parameters if each.get("in") not in ("body", "formData"))
    body, _ = resolver.follow(call.get("requestBody"))
    return Operation(
        method,
        path,
        tuple(dict.fromkeys(name for name in names if isinstance(name, str))),
        name if isinstance(name := call.get("operationId"), str) else "",
        dict(_choices(parameters, resolver)),
        _response(call.get("responses"), resolver),
        _media_schema(body) if isinstance(body, dict) else _swagger_body(parameters),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _response(responses: object, resolver: Resolver) -> Any:  # noqa: ANN401  a raw schema
    """The schema of the first success that has one, `2XX` last; `default` only where it is the one answer."""
    if not isinstance(responses, dict):
        return None
    codes = sorted((str(code), code) for code in responses if str(code)[:1] == "2")
    # Beside a success, `default` is what an error looks like.
    for _, code in codes or [("default", "default")]:
        answer, _ = resolver.follow(responses.get(code))
        if isinstance(answer, dict):
            schema = answer.get("schema") if "schema" in answer else _media_schema(answer)
            if schema is not None:
                return schema
    return None


def _media_schema(body: dict[str, Any]) -> Any:  # noqa: ANN401  a raw schema
    """The schema for JSON, else for the first media type that has one."""
    content = body.get("content")
    if not isinstance(content, dict):
        return None
    schemas = (content[kind].get("schema") for kind in sorted(content, key=_liking) if isinstance(content[kind], dict))
    return next((schema for schema in schemas if schema is not None), None)


def _liking(kind: object) -> tuple[bool, bool, bool]:
    """Sorts JSON first, whatever its parameters, then JSON of a vendor; a list of changes is no record."""
    plain = str(kind).partition(";")[0].strip().lower()
    return "json-patch" in plain, plain != "application/json", "json" not in plain


def _choices(
    parameters: Iterable[Mapping[str, Any]], resolver: Resolver
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Parameters of the query with their values, as far as these are words or whole numbers."""
    for each in parameters:
        schema, _ = resolver.follow(each.get("schema", each))
        listed = schema.get("enum") if isinstance(schema, dict) else None
        known = tuple(value for value in _list(listed) if isinstance(value, str | int) and not isinstance(value, bool))
        if each.get("in") == "query" and isinstance(each.get("name"), str) and known:
            yield each["name"], known


def _swagger_body(parameters: list[dict[str, Any]]) -> Any:  # noqa: ANN401  a raw schema
    """The body of a Swagger 2 call: its body parameter, or an object of its form fields."""
    for each in parameters:
        if each.get("in") == "body":
            return each.get("schema")
    named = [each for each in parameters if each.get("in") == "formData" and isinstance(each.get("name"), str)]
    form = {each["name"]: each for each in named}
    required = [name for name, each in form.items() if each.get("required") is True]
    fields = {name: {k: v for k, v in each.items() if k != "required"} for name, each in form.items()}
    return {"type": "object", "properties": fields, "required": required} if form else None
