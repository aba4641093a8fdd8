"""One call of an API description, and the five calls that make a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.systems.openapi.references import written
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.translated.graphql_schema import GRAPHQL
from ipaas_discovery.systems.openapi.url_paths import Path, segments

__all__ = [
    "METHODS", "EnvelopedRecords", "Operation", "Operations", "answer_schema", "read_operation", "read_operations",
    "unreadable",
]  # fmt: skip

FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Operation(Card):
    """One call, such as `GET /orders`; `response` and `request` are raw schemas, unresolved, None without one.

    `name` is its `operationId`, `summary` its short description, empty without one. `parameters` are those of the
    query, `headers` say of each header whether it is required, `choices` are the listed values of these and of
    parameters of the path. `graphql` is the query or the mutation that the call stands for. `place` is the path by
    which its collection is known, as segments; `scope` names the placeholders that stand for no record, `form` says
    that the body is sent as a form.
    """

    method: str
    path: str
    parameters: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    choices: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict, repr=False, compare=False)
    response: Any = field(default=None, repr=False, compare=False)
    request: Any = field(default=None, repr=False, compare=False)
    headers: Mapping[str, bool] = field(default_factory=dict, repr=False, compare=False)
    graphql: str = field(default="", repr=False, compare=False)
    place: Path = field(default=(), repr=False, compare=False)
    scope: tuple[str, ...] = field(default=(), repr=False, compare=False)
    form: bool = field(default=False, repr=False, compare=False)
    summary: str = field(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the path's segments as the place, if nobody gives another."""
        if not self.place:
            object.__setattr__(self, "place", segments(self.path))
        Card.__post_init__(self)

    @property
    def label(self) -> str:
        """The call as people write it: `GET /orders`."""
        return (
            f"{self.method} {self.path}" if not self.graphql else f"mutation {self.graphql}" if self.name else self.path
        )


@dataclass(frozen=True, slots=True)
class Operations(Card):
    """The calls of one collection; None if the document has no such call.

    A collection that always returns one and the same record has no `list`; its `detail` needs no id. `others`
    are the calls on its path or below it that are none of the five: actions such as `/orders/{id}/cancel`,
    searches beside the list, calls for many records at once. Iterating yields those of the five that exist.
    """

    list: Operation | None = None
    detail: Operation | None = None
    create: Operation | None = None
    update: Operation | None = None
    delete: Operation | None = None
    others: tuple[Operation, ...] = ()

    def __iter__(self) -> Iterator[Operation]:
        """Yield those of the five calls that exist."""
        calls = (self.list, self.detail, self.create, self.update, self.delete)
        return (call for call in calls if call is not None)


@dataclass(frozen=True, slots=True)
class EnvelopedRecords(Card):
    """The records in a body: the raw schema of one, the path of its envelope, and whether there are many."""

    schema: Any = field(repr=False)
    envelope: str = ""
    many: bool = False


def read_operations(document: Mapping[str, Any], resolver: Resolver) -> dict[tuple[str, str], Operation]:
    """Read every call of the document, by method and path, in the document's order."""
    operations: dict[tuple[str, str], Operation] = {}
    for path, raw in _paths(document):
        item, _ = resolver.follow(raw)
        if not isinstance(item, dict) or not segments(path):
            continue
        for method in METHODS:
            call = item.get(method.lower())
            if isinstance(call, dict):
                operations[method, path] = read_operation(method, path, item, call, resolver)
    return operations


def unreadable(document: Mapping[str, Any]) -> Iterator[str]:
    """Write one sentence for each path and each call of the document that holds something else."""
    for path, item in _paths(document):
        pointer = (((), "paths"), path)
        if not isinstance(item, dict):
            yield f"At {written(pointer)} stands no call; it is left out."
            continue
        for method in (word for word in item if str(word).upper() in METHODS):
            if not isinstance(item[method], dict):
                yield f"At {written((pointer, method))} stands no call; it is left out."


def _paths(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """List the entries of `paths`; a key that is no text is no path, one that begins with `x-` an extension."""
    entries = ((path, item) for path, item in (document.get("paths") or {}).items() if isinstance(path, str))
    return [(f"/{path.lstrip('/')}", item) for path, item in entries if not path.startswith("x-")]


def read_operation(method: str, path: str, item: dict[str, Any], call: dict[str, Any], resolver: Resolver) -> Operation:
    """Read one call."""
    listed = [*_list(item.get("parameters")), *_list(call.get("parameters"))]
    parameters = [item for item in (resolver.follow(raw)[0] for raw in listed) if isinstance(item, dict)]
    named = [parameter for parameter in parameters if isinstance(parameter.get("name"), str)]
    body, _ = resolver.follow(call.get("requestBody"))
    return Operation(
        method,
        path,
        tuple(dict.fromkeys(parameter["name"] for parameter in named if parameter.get("in", "query") == "query")),
        name if isinstance(name := call.get("operationId"), str) else "",
        dict(_choices(parameters, resolver)),
        _response(call.get("responses"), resolver),
        _media_schema(body) if isinstance(body, dict) else _swagger_body(parameters),
        {
            parameter["name"]: parameter.get("required") is True
            for parameter in named
            if parameter.get("in") == "header"
        },
        raw if isinstance(raw := call.get(GRAPHQL), str) else "",
        form=_is_form(body.get("content") if isinstance(body, dict) else None, parameters),
        summary=summary if isinstance(summary := call.get("summary"), str) else "",
    )


def _list(value: object) -> list[Any]:
    """Return a list, or an empty one for any other value."""
    return value if isinstance(value, list) else []


def _response(responses: object, resolver: Resolver) -> Any:  # noqa: ANN401  a raw schema
    """Return the schema of the first success that has one, `2XX` last; `default` only if it is the one answer."""
    if not isinstance(responses, dict):
        return None
    codes = sorted((str(code), code) for code in responses if str(code)[:1] == "2")
    # beside a success, `default` describes an error
    for _, code in codes or [("default", "default")]:
        answer, _ = resolver.follow(responses.get(code))
        if isinstance(answer, dict):
            schema = answer_schema(answer)
            if schema is not None:
                return schema
    return None


def answer_schema(answer: dict[str, Any]) -> Any:  # noqa: ANN401  a raw schema
    """Return the schema of an answer's body, as either version writes it; None without one."""
    return answer.get("schema") if "schema" in answer else _media_schema(answer)


def _media_schema(body: dict[str, Any]) -> Any:  # noqa: ANN401  a raw schema
    """Return the schema for JSON, else for the first media type that has one."""
    content = body.get("content")
    if not isinstance(content, dict):
        return None
    schemas = (content[kind].get("schema") for kind in sorted(content, key=_liking) if isinstance(content[kind], dict))
    return next((schema for schema in schemas if schema is not None), None)


def _is_form(content: object, parameters: list[dict[str, Any]]) -> bool:
    """Tell whether a body is described as a form, and not as JSON."""
    if isinstance(content, dict):
        kinds = sorted(content, key=_liking)
        return bool(kinds) and str(kinds[0]).partition(";")[0].strip().lower() == FORM
    places = [parameter.get("in") for parameter in parameters]  # a broken document may hold anything there
    return "formData" in places and "body" not in places


def _liking(kind: object) -> tuple[bool, bool, bool]:
    """Sort JSON first, whatever its parameters, then JSON of a vendor; a list of changes is no record."""
    plain = str(kind).partition(";")[0].strip().lower()
    return "json-patch" in plain, plain != "application/json", "json" not in plain


def _choices(
    parameters: Iterable[Mapping[str, Any]], resolver: Resolver
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield the parameters of the query, the path and the headers whose values are listed words or whole numbers.

    A header has its default alone: what is sent where nobody chooses.
    """
    for parameter in parameters:
        schema, _ = resolver.follow(parameter.get("schema", parameter))
        schema = schema if isinstance(schema, dict) else {}
        alone = next((schema[key] for key in ("const", "default") if key in schema), None)
        of_header = parameter.get("in") == "header" and alone is not None
        listed = [alone] if of_header else schema.get("enum")
        known = tuple(value for value in _list(listed) if isinstance(value, str | int) and not isinstance(value, bool))
        if parameter.get("in") in ("query", "path", "header") and isinstance(parameter.get("name"), str) and known:
            yield parameter["name"], known


def _swagger_body(parameters: list[dict[str, Any]]) -> Any:  # noqa: ANN401  a raw schema
    """Return the body of a Swagger 2 call: its body parameter, or an object of its form fields."""
    for parameter in parameters:
        if parameter.get("in") == "body":
            return parameter.get("schema")
    form_parameters = [
        parameter
        for parameter in parameters
        if parameter.get("in") == "formData" and isinstance(parameter.get("name"), str)
    ]
    form = {parameter["name"]: parameter for parameter in form_parameters}
    required = [name for name, parameter in form.items() if parameter.get("required") is True]
    fields = {
        name: {key: value for key, value in parameter.items() if key != "required"} for name, parameter in form.items()
    }
    return {"type": "object", "properties": fields, "required": required} if form else None
