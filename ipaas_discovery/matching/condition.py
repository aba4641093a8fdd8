"""Condition on a record, in words an analyst writes: `status = refunded and total > 0`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.matching.formulas.operations import plain_number
from ipaas_discovery.matching.records.columns import raw_values
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record

__all__ = ["Comparing", "Condition"]

OPERATORS = ("=", "!=", "<=", ">=", "<", ">", "contains", "in", "is empty", "is not empty")
ADVICE = f"write `field = value`, joined by `and` or `or`; operators are {', '.join(OPERATORS)}"
TEST = re.compile(
    r"\s*(?P<path>[\w.\[\]{}@$:-]+?)\s*"
    r"(?:(?P<empty>\bis\s+(?P<no>not\s+)?empty\b)|(?P<operator>!=|<=|>=|==?|<|>|\bcontains\b|\bin\b)\s*"
    r"""(?P<value>\([^()]*\)|"[^"]*"|'[^']*'|.*?))(?=\s+(?:and|or)\s|\s*$)""",
    re.DOTALL,
)
UNFINISHED = re.compile(r"(?:and|or)\b.*|.*\s(?:and|or)|=.*|", re.DOTALL)
JOIN = re.compile(r"\s+(and|or)\s")
ORDERED: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True, slots=True)
class Comparing(Card):
    """One field compared: its path, the operator, and the values it may have."""

    path: str
    operator: str
    values: tuple[str, ...] = ()

    def holds(self, present: tuple[str, ...]) -> bool:
        """Tell whether the texts a record has at the path meet it: any of a list does; `!=` and `empty` ask of all."""
        filled = tuple(text for text in present if text)
        match self.operator:
            case "is empty":
                return not filled
            case "is not empty":
                return bool(filled)
            case "!=":
                return not any(_equal(text, self.values[0]) for text in filled)
            case "contains":
                return any(self.values[0] in text for text in filled)
            case "=" | "in":
                return any(_equal(text, value) for text in filled for value in self.values)
        return any(_ordered(self.operator, text, self.values[0]) for text in filled)


@dataclass(frozen=True, slots=True)
class Condition(Card):
    """Comparisons of fields with values, joined by `and` and `or`; `and` binds first.

    >>> condition = Condition.parse("status = refunded and total > 0 or status in (void, 'sent back')")
    >>> condition.count([{"status": "refunded", "total": 3}, {"status": "refunded", "total": 0}, {"status": "void"}])
    2

    Attributes:
        text: as somebody wrote it.
        either: comparisons that all have to hold, of which one group has to.
    """

    text: str
    either: tuple[tuple[Comparing, ...], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition; an empty one is met by every record.

        Raises:
            ConfigurationError: if it is none; names the place and the operators.
        """
        return _parsed(text)

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields it asks for, each once."""
        return tuple(dict.fromkeys(comparing.path for group in self.either for comparing in group))

    def check(self, known: Iterable[str]) -> None:
        """Make sure that the fields it asks for are among `known`.

        Raises:
            UnknownNameError: if one is not, with the nearest.
        """
        fields = set(known)
        for path in self.paths:
            if path not in fields:
                raise UnknownNameError("field", path, fields, where=f"the condition `{self.text}`")

    def holds(self, record: Record) -> bool:
        """Tell whether a record meets it."""
        held: dict[str, tuple[str, ...]] = {}
        for path, value in raw_values(record):
            held[path] = (*held.get(path, ()), _as_text(value))
        return not self.either or any(
            all(comparing.holds(held.get(comparing.path, ())) for comparing in group) for group in self.either
        )

    def count(self, records: Iterable[Record]) -> int:
        """Count the records that meet it."""
        return sum(map(self.holds, records))

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=256)
def _parsed(text: str) -> Condition:
    if not text.strip():
        return Condition("")
    groups: list[list[Comparing]] = [[]]
    for join, comparing in _comparisons(text.strip()):
        if join == "or":
            groups.append([])
        groups[-1].append(comparing)
    return Condition(text.strip(), tuple(map(tuple, groups)))


def _comparisons(text: str) -> Iterator[tuple[str, Comparing]]:
    at, join = 0, ""
    while True:
        match = TEST.match(text, at)
        if match is None:
            raise ConfigurationError("This is no condition", where=f"`{text}`, at `{text[at:]}`", then=ADVICE)
        yield join, _comparing(match, text)
        if match.end() >= len(text.rstrip()):
            return
        joined = JOIN.match(text, match.end())
        if joined is None:  # pragma: no cover  the pattern ends before `and`, `or` or the end
            return
        at, join = joined.end(), joined[1]


def _comparing(match: re.Match[str], text: str) -> Comparing:
    if match["empty"]:
        return Comparing(match["path"], "is not empty" if match["no"] else "is empty")
    operator, value = match["operator"].replace("==", "="), match["value"].strip()
    if UNFINISHED.fullmatch(value):
        then = f"say what `{match['path']} {operator}` is compared with, or write `is empty`"
        raise ConfigurationError("This is no condition", where=f"`{text}`", then=then)
    inner = value[1:-1].split(",") if operator == "in" and value.startswith("(") else [value]
    return Comparing(match["path"], operator, tuple(_unquoted(part.strip()) for part in inner))


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _equal(text: str, value: str) -> bool:
    a, b = plain_number(text), plain_number(value)
    return text == value or (a is not None and a == b)


def _ordered(operator: str, text: str, value: str) -> bool:
    """Compare numbers as numbers, and everything else, such as ISO dates, as text."""
    a, b = plain_number(text), plain_number(value)
    return ORDERED[operator](a, b) if a is not None and b is not None else ORDERED[operator](text, value)
