"""Find the records in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.answers.json_path import at, values_at
from ipaas_discovery.systems.answers.signs import says_empty

__all__ = ["records_at"]


def records_at(answer: Answer, path: str, *, single: bool = False) -> list[dict[str, Any]]:
    """Return the records of an answer: the list at `path` (empty: the body itself), or with `single` the one object.

    A path through a list, such as GraphQL's `data.orders.edges[].node`, takes the value there from each element.

    Raises:
        ResponseError: if there is none, with up to three paths that hold lists of objects.
    """
    value = _values_through_list(answer.body, path) if "[]" in path else at(answer.body, path)
    if answer.body is None:
        return []
    if single and isinstance(value, Mapping):
        return [dict(value)]
    listed = not single and isinstance(value, list) and all(isinstance(record, Mapping) for record in value)
    if listed and (value or not answer.trouble):  # an empty list beside an error is no empty collection
        return list(value)
    if value is None and path and not answer.trouble and _is_null(answer.body, path):
        return []
    if value in (None, "", {}) and not answer.trouble and says_empty(answer):
        return []
    if answer.trouble:
        raise ResponseError(
            f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}",
            where=answer.request,
            then="do what it says; where it names a field or a parameter, correct that in the connector",
        )
    expected = f"`{path}`" if path else "the body itself"
    candidates = sorted(_lists(answer.body), key=lambda candidate: (-candidate[1], candidate[0]))[:3]
    alternatives = ", ".join(f"{where} ({count})" for where, count in candidates) or "no list of objects anywhere"
    raise ResponseError(
        f"No {'record' if single else 'list of records'} at {expected}, {_describe_mismatch(answer.body, path, value)}",
        where=answer.request,
        then=f"set `records` in the connector; the answer has {alternatives}",
    )


def _is_null(body: object, path: str) -> bool:
    """Tell whether a path leads to a null: some systems write an empty list so."""
    outer, _, name = path.rpartition(".")
    holder = at(body, outer)
    return isinstance(holder, Mapping) and name in holder


def _values_through_list(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """Collect the value at a path from each element of the list it passes through; None if no element has one."""
    outer, _, inner = path.partition("[]")
    elements = at(body, outer)
    if not isinstance(elements, list):
        return elements
    inner = inner.lstrip(".")
    values = [value for element in elements for value in (values_at(element, inner) if inner else [element])]
    return values if values or not elements else None


def _lists(body: object, path: str = "") -> list[tuple[str, int]]:
    """List the paths that hold lists of objects, as a connector writes them, with their lengths."""
    if isinstance(body, list) and all(isinstance(element, Mapping) for element in body):
        if body and all(isinstance(element.get("node"), Mapping) for element in body):
            path += "[].node"  # an edge of a GraphQL connection
        return [(f"`{path}`" if path else 'the body itself, written `""`', len(body))]
    if not isinstance(body, Mapping):
        return []
    return [inner for key, value in body.items() for inner in _lists(value, f"{path}.{key}".lstrip("."))]


def _describe_mismatch(body: object, path: str, value: object) -> str:
    """Describe the value at a path that holds no records, or the list that stands in its way."""
    parts = path.split(".")
    prefixes = (".".join(parts[:count]) for count in range(len(parts)))
    blocked = next((prefix for prefix in prefixes if isinstance(at(body, prefix), list)), None)
    if blocked is None:
        return f"which holds {_describe_kind(value)}"
    return f"for {f'`{blocked}`' if blocked else 'the body itself'} is a list already"


def _describe_kind(value: object) -> str:
    """Name the kind of a JSON value."""
    if value is None:
        return "nothing"
    kinds: dict[type, str] = {dict: "an object", list: "a list of other values", str: "text"}
    return kinds.get(type(value), f"{value!r:.40}")
