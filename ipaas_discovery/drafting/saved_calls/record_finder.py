"""Find the records in an answer of which only an example is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare, singulars, split_words
from ipaas_discovery.systems.answers.record_list import elements_at
from ipaas_discovery.systems.openapi.url_paths import segments, statics

__all__ = ["find_records"]

Records = tuple[Mapping[str, Any], ...]
_DEPTH = 4
"""The deepest nesting of envelopes that is opened."""


def find_records(body: object, path: str) -> tuple[Records, str, bool]:
    """Find the records of an answer to `path`, their path in it, and whether they are a list.

    The list named like the path wins, else the largest list of objects; without a list, the object is the
    one record. Members that usually stand beside records (`errors`, `links`) are passed over.

    >>> find_records({"data": [{"id": 1}, {"id": 2}], "meta": {"total": 2}}, "/orders")
    (({'id': 1}, {'id': 2}), 'data', True)
    >>> find_records({"customer": {"id": 7}}, "/customers/{id}")
    (({'id': 7},), 'customer', False)
    """
    names = _names(path)
    lists = sorted(_lists(body), key=lambda entry: (-len(entry[1]), entry[0].count("."), entry[0]))
    lists = lists or [entry for entry in _maps(body) if bare(entry[0].rpartition(".")[2]) in names]
    named = [entry for entry in lists if bare(entry[0].rpartition(".")[2]) in names]
    if (named or lists) and not _one_record(body, names, detail=path.endswith("}")):
        location, records = (named or lists)[0]
        if held := _held(records, names):
            return tuple(element for record in records for element in record[held]), f"{location}[].{held}", True
        if inner := _wrapped(records):
            return tuple(record[inner] for record in records), f"{location}[].{inner}", True
        return tuple(records), location, True
    if isinstance(body, Mapping) and body:
        location = _inner(body, names)
        return (body[location] if location else body,), location, False
    return (), "", False


def _lists(body: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield every list of objects, and every empty list, that no other list holds."""
    if isinstance(body, list) and all(isinstance(element, Mapping) for element in body):
        yield path, body
    elif isinstance(body, Mapping) and depth < _DEPTH:
        for key, value in body.items():
            if "." not in key and bare(key) not in envelope_words().companions:
                yield from _lists(value, f"{path}.{key}".lstrip("."), depth + 1)


def _maps(body: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield every map of records, as some systems write a list."""
    if isinstance(body, Mapping) and depth < _DEPTH:
        for key, value in body.items():
            place = f"{path}.{key}".lstrip(".")
            records = elements_at(body, key) if isinstance(value, Mapping) and "." not in key else []
            if len(records) > 1:
                yield place, records
            yield from _maps(value, place, depth + 1)


def _held(records: list[Mapping[str, Any]], names: frozenset[str]) -> str:
    """Name the member, called like the path, in which each element of a list holds records of its own."""
    shared = set(records[0]).intersection(*records[1:]) if records else set[str]()
    named = [name for name in sorted(shared) if bare(name) in names and "." not in name]
    return next((name for name in named if all(_holds_records(record[name]) for record in records)), "")


def _holds_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(element, Mapping) for element in value)


def _wrapped(records: list[Mapping[str, Any]]) -> str:
    """Name the member in which each element of a list holds its record, with the id that it lacks itself.

    >>> _wrapped([{"fullUrl": "u", "resource": {"id": "7"}}])
    'resource'
    """
    shared = set(records[0]).intersection(*records[1:]) if records else set[str]()
    if any(split_words(name)[-1:] in {("id",), ("uuid",), ("key",)} for name in shared):
        return ""
    inner = [
        name
        for name in sorted(shared)
        if "." not in name and all(isinstance(record[name], Mapping) and "id" in record[name] for record in records)
    ]
    return inner[0] if len(inner) == 1 else ""


def _names(path: str) -> frozenset[str]:
    """List the possible names of a path's records."""
    words = statics(segments(path))
    last = words[-1] if words else ""
    return frozenset(bare(word) for word in (last, *singulars(last))) - {""}


def _one_record(body: object, names: frozenset[str], *, detail: bool) -> bool:
    """Tell whether the body is one record with lists of its own: it has an id, or the path asks for one."""
    if not isinstance(body, Mapping):
        return False
    inner = body.get(_inner(body, names)) if _inner(body, names) else None
    if "jsonrpc" in body:  # whose id is that of the call
        return False
    own_id = "id" in body or (isinstance(inner, Mapping) and "id" in inner)
    return own_id or (detail and not any(isinstance(body.get(name), list) for name in envelope_words().holders))


def _inner(body: Mapping[str, Any], names: frozenset[str]) -> str:
    """Return the only member that holds an object and is named like the path or `data`, else an empty text."""
    objects = [key for key, value in body.items() if isinstance(value, Mapping) and "." not in key]
    fitting = [key for key in objects if bare(key) in names or key in envelope_words().holders]
    beside = {bare(key) for key in body} - {bare(key) for key in fitting}
    return fitting[0] if len(fitting) == 1 and beside <= envelope_words().companions else ""
