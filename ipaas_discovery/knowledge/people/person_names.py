"""Names of people: the fields they stand in, and the short forms in which they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_csv, read_toml

__all__ = ["PersonWords", "full_forms", "person_words"]


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words in the names of fields that say which part of a person's record a field is."""

    given: frozenset[str]
    family: frozenset[str]
    full: frozenset[str]
    place: frozenset[str]
    phone: frozenset[str]
    birth: frozenset[str]
    titles: frozenset[str]
    touched: frozenset[str]


@cache
def person_words() -> PersonWords:
    """Read the table of words, once."""
    return read_toml("people/person_words", PersonWords)


def full_forms(name: str) -> frozenset[str]:
    """Give the names that a given name, in lower case, may be a form of; itself among them.

    >>> sorted(full_forms("bert"))
    ['adalbert', 'albert', 'bert', 'herbert', 'hubert', 'robert']
    >>> bool(full_forms("bill") & full_forms("will"))
    True
    """
    return _forms().get(name) or frozenset({name})


@cache
def _forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for row in read_csv("people/nicknames"):
        for form in (row["name"], *row["short"].split()):
            forms.setdefault(form, {form}).add(row["name"])
    return {form: frozenset(names) for form, names in forms.items()}
