"""Names of people in records: given and family name wherever they stand, and how alike two of them are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ipaas_discovery.knowledge.people.person_names import full_forms, person_words
from ipaas_discovery.matching.records.columns import Column

__all__ = ["alike_given", "person_names"]

LONG = 4
"""Letters of a given name at least in which a slip of the pen leaves it the same name."""

Name = tuple[str, str]
"""Given name and family name; either may be empty."""


def person_names(columns: Mapping[str, Column]) -> tuple[list[Name], frozenset[str]] | None:
    """Give each record's name, and the paths that it comes from; None where no column holds names."""
    words = person_words()
    given, family = (_fullest(columns, parts) for parts in (words.given, words.family))
    if given and family and given is not family:
        names = [(_one(a), _one(b)) for a, b in zip(given.rows, family.rows, strict=True)]
        return names, frozenset({given.path, family.path})
    full = _fullest(columns, words.full)
    return ([_split(_one(row)) for row in full.rows], frozenset({full.path})) if full else None


def _fullest(columns: Mapping[str, Column], names: frozenset[str]) -> Column | None:
    fitting = [
        column
        for column in columns.values()
        if column.form in {"text", "title"} and " ".join(column.words) in names and column.filled
    ]
    return min(fitting, key=lambda column: (column.path.count("[]"), -column.filled, column.path), default=None)


def _one(row: Sequence[str]) -> str:
    return row[0] if row else ""


def _split(name: str) -> Name:
    """Split a whole name: its last word is the family name."""
    parts = [part for part in name.split() if part not in person_words().titles]
    return (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[0] if parts else "")


def alike_given(left: str, right: str) -> bool:
    """Tell whether one may be a short form of the other, or one of its parts, a slip of the pen allowed.

    >>> alike_given("bill", "william"), alike_given("maria jose", "maria"), alike_given("ada", "bo")
    (True, True, False)
    >>> alike_given("bill", "wililam")
    True
    """
    if set(left.split()) & set(right.split()):
        return True
    forms = full_forms(left), full_forms(right)
    return bool(forms[0] & forms[1]) or _near(forms[0] - {left}, right) or _near(forms[1] - {right}, left)


def _near(forms: Iterable[str], name: str) -> bool:
    """Tell whether a name is one of `forms` but for a slip of the pen."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  only what is not equal needs it

    return len(name) >= LONG and any(OSA.distance(form, name, score_cutoff=1) <= 1 for form in forms)
