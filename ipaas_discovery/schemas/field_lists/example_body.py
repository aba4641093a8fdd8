"""A field list from an example of a body that somebody pasted as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.schemas.field_paths import escape
from ipaas_discovery.systems.answers.body import parse
from ipaas_discovery.systems.answers.notes import in_words

__all__ = ["rows_from_example"]

OTHERS = (
    ("openapi", "an OpenAPI document", "save it as a file and read it with read_openapi"),
    ("swagger", "an OpenAPI document", "save it as a file and read it with read_openapi"),
    ("$schema", "a JSON Schema", "paste an example of a record, or one field a line"),
    ("actions", "an answer to an OPTIONS request", "read it with from_options"),
)
"""Keys of other documents that are pasted by mistake, their names, and the advice for each."""
KINDS = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
EXAMPLES = 3


def rows_from_example(text: str, source: str) -> list[dict[str, Any]]:
    """Return one row per path of the record, or of all records of a list: its types, and the values as examples.

    An example shows possible values, not necessary ones, so nothing is required and null only adds to the types.

    >>> rows_from_example('{"customer": {"id": 7, "tags": ["vip"], "note": null}}', "mail")
    [{'path': 'id', 'types': 'integer', 'examples': [7]}, {'path': 'note', 'nullable': True},
     {'path': 'tags', 'types': 'array'}, {'path': 'tags[]', 'types': 'string', 'examples': ['vip']}]

    Raises:
        SourceError: if it is no JSON, or holds no record.
    """
    try:
        body, notes = parse(text.encode(errors="surrogatepass"), "")
    except ValueError as error:
        message = f"The example is not JSON: {error}"
        then = "paste the whole body, from the first brace to the last"
        raise SourceError(message, where=source, then=then) from None
    odd = {"source": "; ".join((source, *in_words(notes)))} if notes else {}
    return [row | odd for row in _rows(_records(body, source))]


def _records(body: object, source: str) -> list[Mapping[str, Any]]:
    if isinstance(body, Mapping):
        for key, what, then in OTHERS:
            if key in body:
                raise SourceError(f"This is {what}, not an example of a record", where=source, then=then)
        held = next((value for key, value in body.items() if _wraps(key, value, body)), None)
        if held is not None:
            return _records(held, source)
    listed = body if isinstance(body, list) else [body]
    records = [record for record in listed if isinstance(record, Mapping) and record]
    if not records or len(records) < len(listed):
        raise SourceError("The example holds no record", where=source, then='paste an object such as {"sku": "A1"}')
    return records


def _wraps(key: object, value: object, body: Mapping[Any, Any]) -> bool:
    """Tell whether the body is an envelope around `value`: nothing else is there, or its name or siblings say so."""
    known = envelope_words()
    if isinstance(value, Mapping):
        return bool(value) and (len(body) == 1 or str(key) in known.holders)
    many = isinstance(value, list) and bool(value) and all(isinstance(record, Mapping) for record in value)
    paged = any(known.tells_page(str(other)) for other in body if other != key)
    return many and (
        len(body) == 1 or str(key) in known.holders or bare(str(key)) in known.batches - {"items"} or paged
    )


def _rows(records: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one row per path, sorted; lists of objects are described by their objects' fields."""
    shown: dict[str, list[Any]] = {}
    todo: list[tuple[str, object]] = [("", record) for record in reversed(records)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, Mapping):
            inside = [
                (f"{path}.{escape(str(key))}" if path else escape(str(key)), member) for key, member in value.items()
            ]
        else:
            inside = [(f"{path}[]", element) for element in value] if isinstance(value, list) else []
        if path and not (path.endswith("[]") and isinstance(value, Mapping)):
            shown.setdefault(path, []).append(value)
        todo.extend(reversed(inside))
    for path, values in sorted(shown.items()):
        kinds = sorted({KINDS[type(value)] for value in values if value is not None})
        row: dict[str, Any] = {"path": path, "types": " | ".join(kinds), "nullable": True if None in values else None}
        plainly = [value for value in values if value is not None and not isinstance(value, Mapping | list)]
        row["examples"] = list(dict.fromkeys(plainly))[:EXAMPLES]
        yield {key: value for key, value in row.items() if value}
