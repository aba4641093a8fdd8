"""Formulas in words that people write: `first, last | join " " | upper`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.operations import FormulaStep

__all__ = ["operation_words", "parse_formula", "write_formula"]

OPERATIONS: dict[str, type[Any]] = {
    "copy": op.Copy,
    "constant": op.Constant,
    "trim": op.Trim,
    "upper": op.Upper,
    "lower": op.Lower,
    "pad": op.Pad,
    "affix": op.Affix,
    "without": op.Without,
    "split": op.SplitPart,
    "join": op.Join,
    "times": op.Times,
    "product": op.Product,
    "plus": op.Plus,
    "minus": op.Minus,
    "letters": op.Letters,
    "round": op.Round,
    "date": op.DateFormat,
    "map": op.ValueMap,
    "default": op.Default,
    "coalesce": op.Coalesce,
    "count": op.Count,
    "sum": op.Sum,
    "first": op.First,
    "where": op.FirstWhere,
    "lookup": op.LookUp,
    "join_list": op.JoinList,
}
"""Operations by the word that people write."""
READ: dict[str, Callable[[str], Any]] = {"int": int, "str": str, "Decimal": Decimal}
FORMS = {"int": "a whole number", "str": "a text", "Decimal": "a number"}
WORD = re.compile(r"""\s*(?P<quoted>"(?:[^"\\]|\\.)*"|'[^']*')|\s*(?P<bar>\|)|\s*(?P<bare>[^\s|"']+)""")


def parse_formula(destination: str, text: str) -> Formula:
    """Read a formula: the source fields, then operations with their settings, each after a bar.

    >>> formula = parse_formula("name", 'first, last | join " " | upper')
    >>> formula.run({"first": "Ada", "last": "Lovelace"})
    'ADA LOVELACE'

    Raises:
        UnknownNameError: for an operation that is not in the catalogue, with the nearest.
        ConfigurationError: if it does not parse; says what the operation needs.
    """
    head, *rest = _parts(text)
    sources = tuple(part for word in head for part in word.split(",") if part)
    steps = tuple(_step(words, text) for words in rest) or (op.Copy(),)
    if not sources and not isinstance(steps[0], op.Constant):
        then = 'name the source fields first: `first, last | join " "`'
        raise ConfigurationError("This is no formula", where=f"`{text}`", then=then)
    return Formula(destination, sources, steps, 0, 0)


def write_formula(formula: Formula) -> str:
    """Write a formula as `parse_formula` reads it.

    >>> write_formula(parse_formula("total", "cents | times 0.01 | round 2"))
    'cents | times 0.01 | round 2'
    """
    return " | ".join([", ".join(formula.sources), *map(_written, formula.steps)])


def operation_words() -> tuple[str, ...]:
    """List the operations as people write them, each with what it is set by.

    >>> operation_words()[:6]
    ('copy', 'constant text', 'trim', 'upper', 'lower', 'pad width sign')
    """
    return tuple(" ".join((name, *_settings(kind))) for name, kind in OPERATIONS.items())


def _parts(text: str) -> list[list[str]]:
    """Split a formula at its bars, and each part into words; a quoted word may hold spaces and bars."""
    parts: list[list[str]] = [[]]
    at, text = 0, text.rstrip()
    while at < len(text):
        match = WORD.match(text, at)
        if match is None:
            raise ConfigurationError("This is no formula", where=f"`{text}`", then="close the quotes")
        at = match.end()
        if match["bar"]:
            parts.append([])
        else:
            parts[-1].append(_unquoted(match["quoted"], text) if match["quoted"] else match["bare"])
    return parts


def _unquoted(word: str, text: str) -> str:
    if word.startswith("'"):
        return word[1:-1]
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        then = "within double quotes a backslash is written twice"
        raise ConfigurationError("This is no formula", where=f"`{text}`", then=then) from None


def _step(words: Sequence[str], whole: str) -> FormulaStep:
    name, *given = words or [""]
    if not name:
        raise ConfigurationError("This is no formula", where=f"`{whole}`", then="write an operation after each bar")
    if name not in OPERATIONS:
        raise UnknownNameError("operation", name, OPERATIONS, where=f"`{whole}`")
    kind = OPERATIONS[name]
    if kind is op.ValueMap:
        return op.ValueMap(tuple(_arrow(word, whole) for word in given))
    if kind is op.LookUp and len(given) > 1:
        key = [word for word in given[2:3] if "=" not in word]
        pairs = tuple(_arrow(word, whole) for word in given[2 + len(key) :])
        return op.LookUp(given[0], given[1], pairs, key[0] if key else "id")
    wanted = _settings(kind)
    given = [*given, *_defaults(kind)[len(given) - len(wanted) :]] if len(given) < len(wanted) else given
    try:
        values = [READ[setting](word) for setting, word in zip(wanted.values(), given, strict=True)]
        made: FormulaStep = kind(*values)
    except (ValueError, InvalidOperation):
        needs = " ".join(f"{setting} ({FORMS[form]})" for setting, form in wanted.items()) or "nothing"
        raise ConfigurationError("This is no formula", where=f"`{whole}`", then=f"`{name}` needs {needs}") from None
    return made


def _arrow(word: str, whole: str) -> tuple[str, str]:
    left, sign, right = word.partition("=")
    if not sign:
        then = "`map` needs pairs such as 1=paid 2=open"
        raise ConfigurationError("This is no formula", where=f"`{whole}`", then=then)
    return left, right


def _settings(kind: type[Any]) -> dict[str, str]:
    """List what an operation is set by, and of what type."""
    return {field.name: str(field.type) for field in fields(kind) if field.name != "cost"}


def _defaults(kind: type[Any]) -> list[str]:
    """List the settings, from the last ones, that need not be written."""
    return [str(part.default) for part in fields(kind) if part.name != "cost" and part.default is not MISSING]


def _written(step: FormulaStep) -> str:
    names = {kind: name for name, kind in OPERATIONS.items()}
    if isinstance(step, op.ValueMap):
        words: Sequence[str] = [f"{left}={right}" for left, right in step.pairs]
    elif isinstance(step, op.LookUp):
        words = [step.collection, step.field, *([step.key] if step.key != "id" else [])]
    else:
        words = [str(getattr(step, setting)) for setting in _settings(type(step))]
        usual = _defaults(type(step))
        while usual and words[-1:] == usual[-1:]:
            words, usual = words[:-1], usual[:-1]
    return " ".join([names[type(step)], *map(_quoted, words)])


def _quoted(word: str) -> str:
    """Quote a word that would otherwise be read as several, or as a bar."""
    return word if re.fullmatch(r"[\w.%+:/=-]+", word) else json.dumps(word, ensure_ascii=False)
