"""Columns of a sample: all values at one path, in one spelling, and what form they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.people.person_names import person_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.samples.named_lists import name_and_value, named_path, values_by_name
from ipaas_discovery.schemas.schema import split_path

__all__ = ["Column", "columns_of", "folded", "raw_values", "values_by_path"]

MOST_VALUES = 3
"""Values of one record at one path that are looked at, where the path runs through a list."""

LOOKED_AT = 300
"""Different values by which the form of a column is told."""

SCALARS = {str, int, float, bool}
MOSTLY = 0.7
LONG = 3.0
"""Words in a text from which single words of it tell more than its beginning."""
PHONE_DIGITS = 7
NATIONAL = 9
"""Last digits of a telephone number that do not change with the way its country is written."""

_DIGITS = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.+-]+")
_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00(\+00:00)?")
_EMAIL = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+")
_CALLED = re.compile(r"(?=.*[+() .-])\+?[\d\s().x-]{9,}")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """All values at one path: `rows` holds those of each record, in one spelling.

    `form` is one of "email", "phone", "date", "moment", "amount", "integer", "code", "flag", "title" (texts of some
    words) and "text".
    """

    path: str
    form: str
    rows: Sequence[tuple[str, ...]]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The number of records that hold each value."""
        return Counter(value for row in self.rows for value in row)

    @cached_property
    def filled(self) -> int:
        """The number of records that hold a value."""
        return sum(map(bool, self.rows))

    @property
    def words(self) -> tuple[str, ...]:
        """Words of the field's own name."""
        return split_words(split_path(self.path)[-1].removesuffix("[]"))

    @cached_property
    def meaning(self) -> frozenset[str]:
        """Words of the field's own name, in the thesaurus' spelling."""
        return frozenset(Thesaurus.load().meanings(self.words)[0])

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Words of the whole path."""
        return frozenset(split_words(self.path))


def raw_values(record: Mapping[str, Any], *, named: bool = False) -> Iterator[tuple[str, Any]]:
    r"""List the scalar values of a record with their paths; list elements share one path.

    Where `named` is true the values in lists of names and values come by their names as well.

    >>> list(raw_values({"id": 1, "lines": [{"sku": "a"}, {"sku": "b"}]}))
    [('id', 1), ('lines[].sku', 'a'), ('lines[].sku', 'b')]
    """
    open_values: list[tuple[str, Any]] = [("", record)]
    while open_values:
        path, value = open_values.pop()
        if value is None or type(value) in SCALARS:
            yield path, value
        elif value.__class__ is dict or isinstance(value, Mapping):
            start = f"{path}." if path else ""
            open_values += [(start + str(key).replace(".", "\\."), value[key]) for key in reversed(value)]
        elif isinstance(value, list | tuple):
            open_values += [(path + "[]", item) for item in reversed(value)]
            if named and value and (keys := name_and_value(value[0])):
                values = values_by_name(value, keys) or {}
                open_values += [(f"{named_path(path, name)}.{keys[1]}", values[name]) for name in reversed(values)]
        else:
            yield path, value


def values_by_path(record: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Collect the scalar values of a record at each path, those in lists of names and values by their names as well.

    >>> values_by_path({"id": 1, "meta": [{"name": "Season", "value": "Winter"}]})["meta{Season}.value"]
    ('Winter',)
    """
    values: dict[str, tuple[Any, ...]] = {}
    for path, value in raw_values(record, named=True):
        values[path] = (*values.get(path, ()), value)
    return values


def columns_of(records: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    """Collect the columns of records, by path, in the order in which the paths come first."""
    raw: dict[str, dict[int, list[Any]]] = {}
    for row, record in enumerate(records):
        for path, value in raw_values(record):
            if value is not None:
                held = raw.setdefault(path, {}).setdefault(row, [])
                if len(held) < MOST_VALUES:
                    held.append(value)
    return {path: _column(path, held, len(records)) for path, held in raw.items()}


def _column(path: str, held: Mapping[int, Sequence[Any]], size: int) -> Column:
    plain = _Spellings(normalised)
    spelled = {row: plain.row(values) for row, values in held.items()}
    form = _form(path, [value for values in held.values() for value in values], plain)
    if form in _FOLDS:
        fold = _Spellings(_FOLDS[form])
        spelled = {row: fold.row(values) for row, values in spelled.items()}
    return Column(path, form, [spelled.get(row, ()) for row in range(size)])


class _Spellings(dict[Any, str | None]):
    """Spellings of values, computed once each; True and 1 are told apart."""

    def __init__(self, spell: Callable[[Any], str | None]) -> None:
        self.spell = spell

    def __missing__(self, key: tuple[type, Any]) -> str | None:
        self[key] = spelled = self.spell(key[1])
        return spelled

    def row(self, values: Iterable[Any]) -> tuple[str, ...]:
        spelled = [self[type(value), value] for value in values]
        if len(spelled) == 1:
            return (spelled[0],) if spelled[0] else ()
        return tuple(dict.fromkeys(value for value in spelled if value))


def _form(path: str, values: Sequence[Any], plain: _Spellings) -> str:
    """Tell the form of a column by most of its different values, and by the words of its name where they help."""
    different = [*dict.fromkeys((type(value), value) for value in values)]
    step = max(1, len(different) // LOOKED_AT)
    pairs = [(str(key[1]), spelled) for key in different[::step][:LOOKED_AT] if (spelled := plain[key])]
    texts = [spelled for _, spelled in pairs]

    if {type(value) for value in values} == {bool}:
        return "flag"
    if _most(_EMAIL.fullmatch, texts):
        return "email"
    if _most(_DATE.fullmatch, texts):
        return "date" if _most(_MIDNIGHT.fullmatch, texts) else "moment"
    called = bool(person_words().phone & set(split_words(path)))
    dialled = [text for text, _ in pairs if sum(map(str.isdigit, text)) >= PHONE_DIGITS]
    if len(dialled) >= MOSTLY * len(pairs) > 0 and (called or _most(_CALLED.fullmatch, dialled)):
        return "phone"
    return _form_of_words(texts)


def _form_of_words(texts: Sequence[str]) -> str:
    if _most(lambda text: _DIGITS.fullmatch(text) or _DECIMAL.fullmatch(text), texts):
        return "amount" if any(map(_DECIMAL.fullmatch, texts)) else "integer"
    if _most(lambda text: " " not in text and any(map(str.isdigit, text)), texts):
        return "code"
    return "title" if texts and sum(text.count(" ") + 1 for text in texts) > LONG * len(texts) else "text"


def _most(test: Callable[[str], Any], texts: Sequence[str]) -> bool:
    return sum(map(bool, map(test, texts))) >= MOSTLY * len(texts) > 0


def folded(text: str) -> str:
    """Bring a text to plain Latin letters and digits, words apart by one space.

    >>> folded("Жуков-Müller,  Ada"), folded("straße")
    ('zhukov muller ada', 'strasse')
    """
    return _SIGNS.sub(" ", _latin(text)).strip() or text


@lru_cache(65_536)
def _latin(text: str) -> str:
    if text.isascii():
        return text.lower()
    from anyascii import anyascii  # noqa: PLC0415  only text of other alphabets needs it

    return anyascii(text).lower()


def _plain_email(text: str) -> str:
    """Level what reaches the same mailbox: a tag after `+`, dots where the provider ignores them."""
    local, _, domain = text.removeprefix("mailto:").rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '') if domain in {'gmail.com', 'googlemail.com'} else local}@{domain}"


def _plain_phone(text: str) -> str | None:
    digits = "".join(filter(str.isdigit, text))
    return digits[-NATIONAL:] if len(digits) >= PHONE_DIGITS else None


_FOLDS: Mapping[str, Callable[[str], str | None]] = {
    "email": _plain_email,
    "phone": _plain_phone,
    "text": folded,
    "title": folded,
}
