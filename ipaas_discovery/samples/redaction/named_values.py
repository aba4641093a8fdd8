"""Values that are told by a name beside them: pairs of name and value, questions and answers, columns and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words
from ipaas_discovery.samples.redaction.field_names import is_person, is_personal

__all__ = [
    "LONGEST_COLUMN",
    "Beside",
    "are_pairs",
    "cells_of",
    "columns_of",
    "is_head",
    "is_naming",
    "is_value",
    "name_beside",
    "names_somebody",
    "referred",
    "roles",
]

LONGEST_LABEL = 4
"""Words of the longest label that is no question."""
NUMBERS = frozenset({"number", "no", "nr"})
MOMENTS = frozenset({"date", "time"})
LONGEST_COLUMN, LONGEST_LANGUAGE, PAIR = 40, 2, 2


@dataclass(frozen=True, slots=True)
class Beside:
    """The parts that an object's keys play for each other: which name, which hold values, which name columns."""

    naming: tuple[str, ...]
    values: frozenset[str]
    columns: tuple[str, ...]


@lru_cache(8192)
def roles(keys: tuple[str, ...]) -> Beside | None:
    """Find the parts that keys play; None where they name no values.

    >>> roles(("attributeCode", "value")).values, roles(("sku", "price"))
    (frozenset({'value'}), None)
    """
    known = personal_words().beside
    joined = {key: "".join(folded_words(key)) or key for key in keys}
    asks = not known.answers.isdisjoint(joined.values())
    extends = any(
        key.startswith("value") and key != "value" for key in keys
    )  # an extension of FHIR is named by its URL
    naming = tuple(
        key for key in keys if is_naming(key) or (asks and joined[key] == "text") or (extends and joined[key] == "url")
    )
    labels, answers = _of_one_stem(keys)
    naming += tuple(key for key in labels if key not in naming)
    of_changes = any(joined[key] not in known.kinds for key in naming)
    values = frozenset(
        key
        for key in keys
        if key in answers
        or (is_value(key) and not (asks and joined[key] == "text"))
        or (of_changes and joined[key] in known.changes)
    )
    columns = tuple(key for key in keys if joined[key] in known.columns or joined[key] in known.about_columns)
    paired = bool(naming and values - {*naming[:1]})
    return Beside(naming if paired else (), values, columns) if paired or columns else None


def _of_one_stem(keys: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Find members that name and those that hold, if they begin alike: `fieldLabel` and `fieldAnswer`."""
    known, split = personal_words().beside, {key: folded_words(key) for key in keys}
    stems = {words[:-1]: key for key, words in split.items() if len(words) > 1 and words[-1] in known.naming}
    held = {key: words[:-1] for key, words in split.items() if words[-1:] and words[-1] in known.values}
    pairs = {key: stems[stem] for key, stem in held.items() if stem in stems and stems[stem] != key}
    return tuple(dict.fromkeys(pairs.values())), frozenset(pairs)


@lru_cache(8192)
def is_value(key: str) -> bool:
    """Tell whether a member of this name holds a value that another member names, or that its object is named for.

    >>> [is_value(key) for key in ("attributeValue", "waarde", "_", "price")]
    [True, True, True, False]
    """
    joined = "".join(folded_words(key)) or key
    if joined in personal_words().beside.values or key.endswith(("alue", "Values")):
        return True
    return joined.startswith("value") and not joined.endswith("type")


def is_naming(key: str) -> bool:
    """Tell whether a member of this name may say what a value beside it is."""
    return ("".join(folded_words(key)) or key) in personal_words().beside.naming


def name_beside(value: Mapping[str, Any], beside: Beside) -> tuple[str, str] | None:
    """Find the member that names an object's values, and what it calls them; one that tells of somebody first."""
    names = [(key, name) for key in beside.naming if (name := _name_in(value.get(key)))]
    return next(((key, name) for key, name in names if names_somebody(name)), names[0] if names else None)


def _name_in(value: Any) -> str:  # noqa: ANN401  any JSON value
    if isinstance(value, dict):
        known = personal_words().beside.naming
        lists = [
            inner[0] for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)
        ]
        texts = {key: text for key, text in value.items() if isinstance(text, str)}
        if lists and not texts:  # a concept in several codings
            return _name_in(lists[0])
        if texts and max(map(len, texts)) <= LONGEST_LANGUAGE:
            return next(filter(names_somebody, texts.values()), "")
        inner = [text for key, text in texts.items() if "".join(folded_words(key)) in known]
        inner += [text for key, text in texts.items() if is_value(key)]
        return next((text for text in inner if names_somebody(text)), inner[0] if inner else "")
    if isinstance(value, list) and value:
        value = value[-1]
    if not isinstance(value, str):
        return ""
    if "/" not in value or " " in value:
        return value
    before, last = value.rstrip("/").split("/")[-2:]
    return f"{before} name" if is_person(before) and not last.isalpha() else last  # a reference: `Patient/17`


@lru_cache(8192)
def referred(name: str, *, of_person: bool) -> str:
    """Give what a reference's name calls the record that it leads to.

    >>> [referred(name, of_person=False) for name in ("user_id", "create_uid", "partner_id", "parent_id", "tax_id")]
    ['user', 'user', 'customer', 'record', 'record']

    Args:
        name: the reference's name.
        of_person: true if records like the one that it stands in describe people.
    """
    words = folded_words(name)
    if words[-1:] == ("uid",):
        return "user"
    stem = "_".join(words[:-1] if words[-1:] in {("id",), ("ids",)} else words)
    if not is_person(stem) or (words[0] in {"parent", "child"} and not of_person):
        return "record"
    return "customer" if words[0] == "partner" else stem


@lru_cache(8192)
def names_somebody(text: str) -> bool:
    """Tell whether a label or a question asks for something personal.

    >>> [names_somebody(text) for text in ("Family name", "What is your phone number?", "City bike", "Pieces")]
    [True, True, False, False]
    """
    words = [word for word in folded_words(text) if word not in {"please", *NUMBERS}]
    if not words:
        return False
    ends_so = _ends_so(words) or folded_words(text)[-1] in NUMBERS
    if text in personal_words().beside.addresses or (is_personal("_".join(folded_words(text))) and ends_so):
        return True
    if {"your", "name"} <= {*words}:
        return True
    asks = "?" in text or len(words) > LONGEST_LABEL or "your" in words
    pairs = [*words, *(f"{one}_{other}" for one, other in pairwise(words))]
    return asks and any(map(is_personal, pairs))


def _ends_so(words: Sequence[str]) -> bool:
    """Tell whether the last words are what is personal, rather than the first: a city bike is none."""
    if len(words) > 1 and words[-1] == "code" and _ends_so(words[:-1]):
        return True
    if words[-1] in MOMENTS and is_personal("_".join(words[-2:])):
        return True
    return any(is_personal("".join(words[-count:]), of_person=True) for count in (1, 2, 3))


def is_head(row: list[Any], rows: list[Any]) -> bool:
    """Tell whether the first of some rows names their columns, one of them something personal."""
    labels = all(isinstance(cell, str) and 0 < len(cell) <= LONGEST_COLUMN for cell in row)
    alike = len(rows) > 1 and len(row) > 1 and all(isinstance(other, list) and len(other) == len(row) for other in rows)
    return labels and alike and any(map(names_somebody, row))


def are_pairs(rows: list[Any]) -> bool:
    """Tell whether all rows are pairs of a name and a value, and one names something personal."""
    if not all(isinstance(row, list) and len(row) == PAIR and isinstance(row[0], str) for row in rows):
        return False
    named = [names_somebody(row[0]) for row in rows]
    return any(named) and all(row[0].islower() or personal for row, personal in zip(rows, named, strict=True))


def columns_of(value: Mapping[str, Any], beside: Beside) -> tuple[list[str], frozenset[str]] | None:
    """Find the names of columns in an object, and the members that hold their rows."""
    for key in beside.columns:
        names = [_name_in(name) for name in _listed_columns(value[key])]
        if len(names) < 2 or not all(names):  # noqa: PLR2004  one name is no table
            continue
        rows = frozenset(other for other, inner in value.items() if other != key and _are_rows(inner, len(names)))
        if rows and any(map(is_personal, map(_joined_words, names))):
            return names, rows
    return None


def cells_of(row: Any, width: int) -> str | None:  # noqa: ANN401  any JSON value
    """Find the only member of a row that lists its cells: `{"f": [{"v": 1}, {"v": 2}]}`."""
    if not isinstance(row, dict):
        return None
    lists = [key for key, cells in row.items() if isinstance(cells, list) and len(cells) == width]
    return lists[0] if len(lists) == 1 else None


def _listed_columns(value: Any) -> list[Any]:  # noqa: ANN401  any JSON value
    if isinstance(value, dict):
        known = personal_words().beside.columns
        inner = (item for key, item in value.items() if "".join(folded_words(key)) in known)
        value = next((item for item in inner if isinstance(item, list)), None)
    return value if isinstance(value, list) else []


def _joined_words(name: str) -> str:
    return "_".join(folded_words(name))


def _are_rows(value: Any, width: int) -> bool:  # noqa: ANN401  any JSON value
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(row, list) for row in value):
        return all(len(row) == width for row in value)
    if all(cells_of(row, width) for row in value):
        return True
    return len(value) == width and not any(isinstance(cell, dict | list) for cell in value)
