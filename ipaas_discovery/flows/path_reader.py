"""Reading a path of a record: what stands there, and at which elements of the lists it runs through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import list_depth, named_part, split_path, unescape

__all__ = ["ABSENT", "Index", "depth_of", "list_of", "plain_reader", "values_at"]

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "absent"})()
"""Stands for a value that is not there at all, not even as null."""

ANY_KEY = "*"
Index = tuple[int, ...]


@lru_cache(65_536)
def depth_of(path: str) -> int:
    """Count the lists and maps that a path runs through.

    >>> depth_of("lines[].taxes[].rate"), depth_of("id"), depth_of("prices.*.amount")
    (2, 0, 1)
    """
    parts = split_path(path)
    return sum(list_depth(part)[1] for part in parts) + parts.count(ANY_KEY)


@lru_cache(65_536)
def list_of(path: str) -> str:
    """Return the innermost list that a path runs through, with its mark; empty if it runs through none.

    >>> list_of("lines[].sku"), list_of("tags[]"), list_of("address.city")
    ('lines[]', 'tags[]', '')
    """
    parts = split_path(path)
    at = [place for place, part in enumerate(parts) if part == ANY_KEY or list_depth(part)[1]]
    return ".".join(parts[: at[-1] + 1]) if at else ""


def plain_reader(path: str) -> Callable[[Record], Any] | None:
    """Make a quick reader of a path through objects alone; None for any other path.

    >>> plain_reader("address.city")({"address": {"city": "Springfield"}}), plain_reader("lines[].sku")
    ('Springfield', None)
    """
    parts = split_path(path)
    if any(part == ANY_KEY or list_depth(part)[1] or named_part(part) for part in parts):
        return None
    keys = [unescape(part) for part in parts]
    if len(keys) == 1:
        key = keys[0]
        return lambda record: record.get(key, ABSENT)

    def read(record: Record) -> Any:  # noqa: ANN401  whatever a record holds
        value: Any = record
        for key in keys:
            if not isinstance(value, Mapping):
                return ABSENT
            value = value.get(key, ABSENT)
        return value

    return read


def values_at(record: Record, path: str, *, absent: bool = False) -> Iterator[tuple[Index, Any]]:
    """List what stands at a path, each with its place in the lists on the way; nothing for what is not there.

    With `absent`, elements of lists that lack the field are listed as well, with `ABSENT`.

    >>> [*values_at({"lines": [{"sku": "a"}, {}, {"sku": None}]}, "lines[].sku")]
    [((0,), 'a'), ((2,), None)]
    >>> [*values_at({"meta": [{"key": "size", "value": 3}]}, "meta{size}.value")]
    [((), 3)]
    """
    return _at(record, _steps(path), 0, (), absent=absent)


@lru_cache(65_536)
def _steps(path: str) -> tuple[tuple[str, int, str], ...]:
    """Split a path into steps: a key, the lists behind it, and the name of the element that is meant."""
    steps = []
    for part in split_path(path):
        named = named_part(part)
        key, lists = list_depth(named[0] if named else part)
        steps.append((part if part == ANY_KEY else unescape(key), lists, named[1] if named else ""))
    return tuple(steps)


def _at(
    value: Any,  # noqa: ANN401  any JSON value
    steps: tuple[tuple[str, int, str], ...],
    place: int,
    index: Index,
    *,
    absent: bool,
) -> Iterator[tuple[Index, Any]]:
    if place == len(steps):
        yield index, value
        return
    key, lists, name = steps[place]
    if key == ANY_KEY and isinstance(value, Mapping) and key not in value:
        for number, inner in enumerate(value.values()):
            yield from _at(inner, steps, place + 1, (*index, number), absent=absent)
        return
    inner = value.get(key, ABSENT) if value.__class__ is dict or isinstance(value, Mapping) else ABSENT
    inner = _called(inner, name) if name else inner
    if inner is not ABSENT:
        for deeper, element in _elements(inner, lists, index):
            yield from _at(element, steps, place + 1, deeper, absent=absent)
    elif absent and index and not any(further for _, further, _ in steps[place:]):
        yield index, ABSENT


def _elements(value: Any, lists: int, index: Index) -> Iterator[tuple[Index, Any]]:  # noqa: ANN401  any JSON value
    if not lists:
        yield index, value
    elif isinstance(value, list | tuple):
        for number, element in enumerate(value):
            yield from _elements(element, lists - 1, (*index, number))


def _called(elements: Any, name: str) -> Any:  # noqa: ANN401  any JSON value
    """Find the element of a list of names and values that is called so."""
    for element in elements if isinstance(elements, list | tuple) else ():
        if isinstance(element, Mapping) and any(element.get(word) == name for word in field_words().naming):
            return element
    return ABSENT
