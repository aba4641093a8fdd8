"""Where the records are in an answer of which only an example is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.systems.openapi.url_paths import segments, statics

__all__ = ["find_records"]

Records = tuple[Mapping[str, Any], ...]
_DEPTH = 4
"""Envelopes inside one another that are still opened."""


def find_records(body: object, path: str) -> tuple[Records, str, bool]:
    """The records of an answer to `path`, their place in it, and whether they are a list.

    The list named like the path wins, else the largest list of objects; without a list, the object is the
    one record. What stands beside records by custom (`errors`, `links`) is passed over.

    >>> find_records({"data": [{"id": 1}, {"id": 2}], "meta": {"total": 2}}, "/orders")
    (({'id': 1}, {'id': 2}), 'data', True)
    >>> find_records({"customer": {"id": 7}}, "/customers/{id}")
    (({'id': 7},), 'customer', False)
    """
    lists = sorted(_lists(body), key=lambda each: (-len(each[1]), each[0].count("."), each[0]))
    names = _names(path)
    named = [each for each in lists if bare(each[0].rpartition(".")[2]) in names]
    if (named or lists) and not _one_record(body, names, detail=path.endswith("}")):
        place, records = (named or lists)[0]
        return tuple(records), place, True
    if isinstance(body, Mapping) and body:
        place = _inner(body, names)
        return (body[place] if place else body,), place, False
    return (), "", False


def _lists(body: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Every list of objects, and every empty list, that no other list holds."""
    if isinstance(body, list) and all(isinstance(each, Mapping) for each in body):
        yield path, body
    elif isinstance(body, Mapping) and depth < _DEPTH:
        for key, value in body.items():
            if "." not in key and bare(key) not in envelope_words().companions:
                yield from _lists(value, f"{path}.{key}".lstrip("."), depth + 1)


def _names(path: str) -> frozenset[str]:
    """What the records of a path may be called."""
    words = statics(segments(path))
    last = words[-1] if words else ""
    return frozenset(bare(each) for each in (last, *singulars(last))) - {""}


def _one_record(body: object, names: frozenset[str], *, detail: bool) -> bool:
    """Whether the body is one record that has lists of its own: it has an id, or the path asks for one."""
    if not isinstance(body, Mapping):
        return False
    inner = body.get(_inner(body, names)) if _inner(body, names) else None
    own_id = "id" in body or (isinstance(inner, Mapping) and "id" in inner)
    return own_id or (detail and not any(isinstance(body.get(name), list) for name in envelope_words().holders))


def _inner(body: Mapping[str, Any], names: frozenset[str]) -> str:
    """The only member that holds an object and is named like the path or `data`; empty for none."""
    held = [key for key, value in body.items() if isinstance(value, Mapping) and "." not in key]
    fitting = [key for key in held if bare(key) in names or key in envelope_words().holders]
    beside = {bare(key) for key in body} - {bare(key) for key in fitting}
    return fitting[0] if len(fitting) == 1 and beside <= envelope_words().companions else ""
