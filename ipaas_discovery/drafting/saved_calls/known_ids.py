"""Put placeholders in place of ids that the saved answers themselves show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ipaas_discovery.drafting.saved_calls.collected import Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.record_finder import find_records
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["with_placeholders"]

Ids = Mapping[str, Mapping[str, str]]
"""The values of a list's records that may be ids, each with its field, by the list's path."""


def with_placeholders(collected: Collected) -> Collected:
    """Write `/orders/{code}` for `/orders/QT003`, where a record in the saved list of `/orders` has that code."""
    ids = _ids(collected)
    if not ids:
        return collected
    requests: dict[tuple[str, str, str, str], SavedRequest] = {}
    for request in collected.requests:
        kept = _rewritten(request, ids)
        requests.setdefault((kept.method, kept.server, kept.path, kept.entity), kept)
    examples: dict[str, tuple[Example, ...]] = {}
    for example in (example for several in collected.examples.values() for example in several):
        kept = _rewritten(example.request, ids)
        if kept.path != example.request.path:
            records, place, many = find_records(example.body, kept.path.rstrip("/"))
            example = replace(example, request=kept, records=records, place=place, many=many)  # noqa: PLW2901  the same answer, read anew
        examples[kept.path] = (*examples.get(kept.path, ()), example)
    return replace(collected, requests=tuple(requests.values()), examples=dict(sorted(examples.items())))


def _ids(collected: Collected) -> Ids:
    """Collect the values of fields that sound like ids, in the lists of the saved answers."""
    ids: dict[str, dict[str, str]] = {}
    for example in (example for several in collected.examples.values() for example in several if example.many):
        known = ids.setdefault(example.request.path.rstrip("/"), {})
        for record in example.records:
            for name, value in record.items():
                if isinstance(value, str | int) and not isinstance(value, bool) and _sounds_like_id(name):
                    known.setdefault(str(value), name)
    return ids


def _sounds_like_id(name: str) -> bool:
    """Tell whether a field's name ends with a word for an id."""
    words = split_words(name)
    return bool(words) and words[-1] in request_words().ids and "." not in name


def _rewritten(request: SavedRequest, ids: Ids) -> SavedRequest:
    """Return the request with a placeholder for each known id in its path."""
    parts = request.path.split("/")
    for index in range(1, len(parts)):
        field = ids.get("/".join(parts[:index]), {}).get(parts[index])
        if field:
            parts[index] = f"{{{field}}}"
    path = "/".join(parts)
    return request if path == request.path else replace(request, path=path)
