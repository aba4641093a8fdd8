"""Find the records in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.answers.json_path import at, values_at

__all__ = ["records_at"]


def records_at(answer: Answer, path: str, *, single: bool = False) -> list[dict[str, Any]]:
    """The records of an answer: the list at `path` (empty: the body itself), or with `single` the one object there.

    A path through a list, such as GraphQL's `data.orders.edges[].node`, takes what is there of each element.

    Raises:
        ResponseError: if there is none, with up to three places that hold lists of objects.
    """
    found = _each(answer.body, path) if "[]" in path else at(answer.body, path)
    if answer.body is None:
        return []
    if single and isinstance(found, Mapping):
        return [dict(found)]
    listed = not single and isinstance(found, list) and all(isinstance(each, Mapping) for each in found)
    if listed and (found or not answer.trouble):  # an empty list beside an error is no empty collection
        return list(found)
    if found is None and path and not answer.trouble and _is_null(answer.body, path):
        return []
    if answer.trouble:
        raise ResponseError(
            f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}",
            where=answer.request,
            then="do what it says; where it names a field or a parameter, correct that in the connector",
        )
    expected = f"`{path}`" if path else "the body itself"
    candidates = sorted(_lists(answer.body), key=lambda each: (-each[1], each[0]))[:3]
    seen = ", ".join(f"{where} ({count})" for where, count in candidates) or "no list of objects anywhere"
    raise ResponseError(
        f"No {'record' if single else 'list of records'} at {expected}, {_held(answer.body, path, found)}",
        where=answer.request,
        then=f"set `records` in the connector; the answer has {seen}",
    )


def _is_null(body: object, path: str) -> bool:
    """Whether a path leads to a null: some systems write an empty list so."""
    outer, _, name = path.rpartition(".")
    holder = at(body, outer)
    return isinstance(holder, Mapping) and name in holder


def _each(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """What a path finds in each element of the list it passes through; None where it finds nothing in any."""
    outer, _, inner = path.partition("[]")
    elements = at(body, outer)
    if not isinstance(elements, list):
        return elements
    inner = inner.lstrip(".")
    found = [value for each in elements for value in (values_at(each, inner) if inner else [each])]
    return found if found or not elements else None


def _lists(body: object, path: str = "") -> list[tuple[str, int]]:
    """Places that hold lists of objects, as a connector writes them, with their lengths."""
    if isinstance(body, list) and all(isinstance(each, Mapping) for each in body):
        if body and all(isinstance(each.get("node"), Mapping) for each in body):
            path += "[].node"  # an edge of a GraphQL connection
        return [(f"`{path}`" if path else 'the body itself, written `""`', len(body))]
    if not isinstance(body, Mapping):
        return []
    return [found for key, value in body.items() for found in _lists(value, f"{path}.{key}".lstrip("."))]


def _held(body: object, path: str, found: object) -> str:
    """What is at a path instead, or which list stands in its way."""
    parts = path.split(".")
    before = (".".join(parts[:count]) for count in range(len(parts)))
    blocked = next((each for each in before if isinstance(at(body, each), list)), None)
    if blocked is None:
        return f"which holds {_kind(found)}"
    return f"for {f'`{blocked}`' if blocked else 'the body itself'} is a list already"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    kinds: dict[type, str] = {dict: "an object", list: "a list of other values", str: "text"}
    return kinds.get(type(value), f"{value!r:.40}")
