"""Read rows that are lists of values as records: their fields are named by columns beside them, or by the first row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

import msgspec

from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.systems.answers.notes import Note

__all__ = ["name_rows", "with_named_rows"]

NAMED = "rows as lists of values, read as records by the names of columns beside them"
HEADED = "rows as lists of values, read as records by the names in the first row"
DEPTH = 5
"""The deepest objects in which rows and their columns are looked for."""
ROWS = re.compile(rb"\[\s*\[")
"""The beginning of a list of lists."""
NAME = re.compile(r"[^\W\d][\w .:/#()-]{0,79}")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")

Found = tuple[tuple[str, ...], list[Any]]
_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode


def name_rows(body: object) -> tuple[Any, tuple[Note, ...]]:
    """Return a body whose lists of rows are lists of records, and a note on each; the body itself where none are.

    >>> name_rows({"columns": [{"name": "id"}, {"name": "city"}], "rows": [[1, "Ulm"], [2]]})[0]["rows"]
    [{'id': 1, 'city': 'Ulm'}, {'id': 2}]
    >>> name_rows([["NAME", "POP"], ["Ohio", "11"]])[0]
    [{'NAME': 'Ohio', 'POP': '11'}]
    """
    lists = list(_lists(body))
    tables = {path: rows for path, rows in lists if _are_rows(rows)}
    if not tables:
        return body, ()
    columns = [(path, names) for path, listed in lists if path not in tables and (names := _names(path, listed))]
    notes: list[Note] = []
    for path, rows in tables.items():
        width = max(map(len, rows))
        fitting = [((_shared(path, place), -len(place)), names) for place, names in columns if len(names) == width]
        names = max(fitting, key=lambda pair: pair[0])[1] if fitting else _heading(path, rows)
        if names:
            body = _put(body, path, [dict(zip(names, row, strict=False)) for row in rows[0 if fitting else 1 :]])
            notes.append(Note(NAMED if fitting else HEADED))
    if any(note.what == NAMED for note in notes):
        for path, names in columns:
            body = _put(body, path, names)  # which are no records
    return body, tuple(notes)


def with_named_rows(content: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """Return JSON whose rows are records, so that what is personal is known by its name; other content as it is."""
    if ROWS.search(content):
        with suppress(ValueError, RecursionError, msgspec.MsgspecError):
            body, notes = name_rows(_decode(content))
            return (_encode(body), notes) if notes else (content, ())
    return content, ()


def _lists(body: object, path: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield every list that no other list holds, with the names that lead to it."""
    if isinstance(body, list):
        yield path, body
    elif isinstance(body, Mapping) and len(path) < DEPTH:
        for key, value in body.items():
            yield from _lists(value, (*path, key))


def _are_rows(rows: Sequence[object]) -> bool:
    """Tell whether a list holds rows of values, none of which is an object."""
    return bool(rows) and all(
        isinstance(row, list) and row and not any(isinstance(value, Mapping) for value in row) for row in rows
    )


def _names(path: Sequence[str], listed: Sequence[object]) -> list[str]:
    """Give the names of columns that a list holds, as texts or in its objects; empty where it holds none."""
    words = envelope_words()
    if not words.columns.intersection(map(bare, path[-2:])):
        return []
    members = [
        {bare(str(key)): value for key, value in column.items()} for column in listed if isinstance(column, Mapping)
    ]
    choices = [listed] if len(members) < len(listed) else [[m.get(key) for m in members] for key in words.column_names]
    for choice in choices:
        names = [name for name in choice if isinstance(name, str) and name]
        if len(set(names)) == len(choice):
            return names
    return []


def _heading(path: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Give the names in the first row, where a column below holds numbers and nothing else; empty where none does."""
    first, rest, words = rows[0], rows[1:], envelope_words()
    if len(first) == 1 or not words.batches.union(words.holders, words.sheets).issuperset(map(bare, path[-1:])):
        return []
    named = all(isinstance(name, str) and NAME.fullmatch(name) for name in first) and len(set(first)) == len(first)
    if not named or not rest or any(len(row) > len(first) for row in rest):
        return []
    below = ([row[at] for row in rest if at < len(row)] for at in range(len(first)))
    numbers = any(values and all(NUMBER.fullmatch(str(value)) for value in values) for values in below)
    return [str(name) for name in first] if numbers else []


def _shared(path: Sequence[str], other: Sequence[str]) -> int:
    """Count the names that two places begin with alike."""
    pairs = zip(path, other, strict=False)
    return next((at for at, (one, two) in enumerate(pairs) if one != two), min(len(path), len(other)))


def _put(body: Any, path: Sequence[str], value: object) -> Any:  # noqa: ANN401  any JSON value
    """Return a body with another value at a place."""
    if not path:
        return value
    return {**body, path[0]: _put(body[path[0]], path[1:], value)}
