"""Put placeholders in place of ids that the saved answers themselves show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ipaas_discovery.drafting.saved_calls.collected import Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.record_finder import find_records
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["with_placeholders"]

_KEYED = re.compile(r"([\w$-]+)\('?\{id\}'?\)")
"""An OData key, as the path of a saved call has it."""
Ids = Mapping[str, Mapping[str, str]]
"""The values of a list's records that may be ids, each with its field, by the list's path."""


def with_placeholders(collected: Collected) -> Collected:
    """Write `/orders/{code}` for `/orders/QT003`, where a record in the saved list of `/orders` has that code.

    A value of a field that sounds like no id counts where it tells the list's records apart, and asks for no list.
    """
    examples = [example for several in collected.examples.values() for example in several]
    listed = {example.request.path.rstrip("/") for example in examples if example.many and len(example.records) > 1}
    ids = _ids(example for example in examples if example.many)
    if not ids:
        return collected
    requests: dict[tuple[str, ...], SavedRequest] = {}
    for request in collected.requests:
        kept = _rewritten(request, ids, listed)
        requests.setdefault((kept.method, kept.server, kept.path, kept.entity, kept.subject), kept)
    renewed: dict[str, tuple[Example, ...]] = {}
    for example in examples:
        kept = _rewritten(example.request, ids, listed)
        if kept.path != example.request.path:
            records, place, many = find_records(example.body, kept.path.rstrip("/"))
            example = replace(example, request=kept, records=records, place=place, many=many)  # noqa: PLW2901  the same answer, read anew
        renewed[kept.path] = (*renewed.get(kept.path, ()), example)
    return replace(collected, requests=tuple(requests.values()), examples=dict(sorted(renewed.items())))


def _ids(lists: Iterable[Example]) -> Ids:
    """Collect the values of fields that sound like ids, or that tell records apart, in the lists of saved answers."""
    ids: dict[str, dict[str, str]] = {}
    for example in lists:
        known = ids.setdefault(example.request.path.rstrip("/"), {})
        names = sorted({name for record in example.records for name in record}, key=_sounds_like_id, reverse=True)
        for name in names:
            values = [record.get(name) for record in example.records]
            texts = [str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool)]
            if _sounds_like_id(name) or (len({*texts}) == len(values) and "." not in name):
                for text in texts:
                    known.setdefault(text, name)
    return ids


def _sounds_like_id(name: str) -> bool:
    """Tell whether a field's name ends with a word for an id."""
    words = split_words(name)
    return bool(words) and words[-1] in request_words().ids and "." not in name


def _rewritten(request: SavedRequest, ids: Ids, listed: Collection[str]) -> SavedRequest:
    """Return the request with a placeholder for each known id in its path; what gives a list is no record."""
    parts, keys = request.path.split("/"), iter(request.keys)
    for index in range(1, len(parts)):
        if (keyed := _KEYED.fullmatch(parts[index])) and (key := next(keys, None)) is not None:
            own = ids.get("/".join([*parts[:index], keyed[1]]), {}).get(key, "id")
            parts[index] = parts[index].replace("{id}", f"{{{own}}}")
            continue
        field = ids.get("/".join(parts[:index]), {}).get(parts[index])
        if field and (_sounds_like_id(field) or "/".join(parts[: index + 1]) not in listed):
            parts[index] = f"{{{field}}}"
    path = "/".join(parts)
    return request if path == request.path else replace(request, path=path)
