"""The ways in which one field's values are not as declared, with counts and examples."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.schemas.schema import Declared, Field, Observed

__all__ = ["EXAMPLES", "LOOKS", "Deviation"]

WHOLE = {"int32": 2**31, "int64": 2**63}
EXAMPLES = 3
LONGEST = 200
"""Characters of a text that a declared pattern is tried on."""
REPEATS = r"(?:[*+]|\{\d*,\d*\})"
RUNAWAY = re.compile(rf"\([^()]*(?:{REPEATS}|\|)[^()]*\){REPEATS}")
"""A repetition of what repeats, or of alternatives: on some text it takes longer than anybody waits."""
MOST_REPEATS = 4
"""Repetitions without an end in one pattern; each multiplies the time by the text's length."""


@dataclass(frozen=True, slots=True)
class Deviation(Card):
    """One way in which a field is not as declared.

    `count` of `of` objects or values show it; `at_least` is True if only the most frequent values could be
    checked, so that there may be more. `examples` are up to three of the values in question.
    """

    path: str
    problem: str
    declared: str
    observed: str
    count: int
    of: int
    at_least: bool = False
    examples: tuple[Any, ...] = ()


def _required(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    if declared.required and seen.present < seen.of:
        absent = seen.of - seen.present
        yield Deviation(field.path, "absent though required", "required", f"absent in {absent}", absent, seen.of)


def _null(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    # Where nothing says that null may come, OpenAPI 3 takes it for forbidden as soon as a type is given.
    if seen.nulls and not declared.nullable and (declared.types or declared.nullable is False):
        expected = "not nullable" if declared.nullable is False else "null not mentioned"
        yield Deviation(field.path, "null though not nullable", expected, "null", seen.nulls, seen.present)


def _type(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    allowed = {*declared.types, *({"integer"} if "number" in declared.types else ())}
    wrong = {kind: times for kind, times in seen.types.items() if kind != "null" and kind not in allowed}
    if allowed and wrong:
        examples = tuple(value for value in _values(seen) if _kind(value) in wrong)[:EXAMPLES]
        count = sum(wrong.values())
        expected = " | ".join(declared.types)
        yield Deviation(field.path, "wrong type", expected, " | ".join(wrong), count, seen.present, examples=examples)


def _format(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    texts = seen.types.get("string", 0) - (seen.empties if set(seen.types) <= {"string", "null"} else 0)
    fitting = field_formats().fulfilling(declared.format)
    if declared.format and fitting:
        count = texts - sum(seen.formats.get(name, 0) for name in fitting)
        if count > 0:
            observed = ", ".join(name for name in seen.formats if name not in fitting) or "no known format"
            yield Deviation(
                field.path, "wrong format", declared.format, observed, count, texts, examples=_unfit(seen, fitting)
            )
    elif declared.format in WHOLE and seen.values and not _fits(seen.values, WHOLE[declared.format]):
        outside = "{} to {}".format(*seen.values)
        yield Deviation(field.path, "wrong format", declared.format, outside, 1, seen.present, at_least=True)


def _fits(span: tuple[float, float], limit: int) -> bool:
    return -limit <= span[0] and span[1] < limit


def _unfit(seen: Observed, fitting: tuple[str, ...]) -> tuple[Any, ...]:
    from ipaas_discovery.schemas.text_formats import text_format  # noqa: PLC0415  only deviations need it

    texts = (value for value in _values(seen) if isinstance(value, str))
    return tuple(text for text in texts if text_format(text) not in fitting)[:EXAMPLES]


def _enum(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    if not declared.enum:
        return
    known = {(_kind(value), value) for value in declared.enum if not isinstance(value, dict | list)}
    outside = [(value, times) for value, times in seen.top if (_kind(value), value) not in known]
    count = sum(times for _, times in outside)
    values = [value for value, _ in outside] or [v for v in seen.examples if (_kind(v), v) not in known]
    if seen.types.get("string") and seen.empties and ("string", "") not in known:
        values, count = [*values, ""], count + seen.empties
    if values:
        expected = ", ".join("''" if value == "" else str(value) for value in declared.enum)
        partial = seen.distinct > len(seen.top) or bool(seen.distinct_error)
        shown = ", ".join(map(repr, values[:EXAMPLES]))
        yield Deviation(
            field.path, "outside the enum", expected, shown, max(count, len(values)), seen.present - seen.nulls,
            at_least=partial, examples=tuple(values[:EXAMPLES]),
        )  # fmt: skip


def _length(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    if seen.lengths is None or "string" not in seen.types:
        return
    shortest, longest = seen.lengths
    if declared.max_length is not None:
        values = [value for value, _ in seen.top if _text_of(value) and len(value) > declared.max_length]
        yield from _unfit_length(field, seen, "too long", (declared.max_length, longest), values)
    if declared.min_length:
        values = [value for value, _ in seen.top if _text_of(value) and len(value) < declared.min_length]
        yield from _unfit_length(field, seen, "too short", (declared.min_length, shortest), values)


def _unfit_length(
    field: Field, seen: Observed, problem: str, ends: tuple[int, int], found_values: list[str]
) -> Iterator[Deviation]:
    """Yield a row if a value is beyond the declared length; if the field also holds lists, the range may be theirs."""
    limit, reached = ends
    long = problem == "too long"
    beyond = (reached > limit if long else reached < limit) and "array" not in seen.types
    if found_values or beyond:
        at_hand = [value for value in _values(seen) if _text_of(value)]
        values = found_values or [value for value in at_hand if (len(value) > limit if long else len(value) < limit)]
        word = "up to" if long else "from"
        yield Deviation(
            field.path, problem, f"{word} {limit}", f"{word} {reached}",
            max(sum(times for value, times in seen.top if value in found_values), 1), seen.types["string"],
            at_least=seen.distinct > len(seen.top), examples=tuple(values[:EXAMPLES]),
        )  # fmt: skip


def _text_of(value: object) -> bool:
    return isinstance(value, str)


def _range(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    if seen.values is None:
        return

    def outside(value: Any) -> bool:  # noqa: ANN401  any value of a record
        return (
            (declared.minimum is not None and value < declared.minimum)
            or (declared.maximum is not None and value > declared.maximum)
            or (declared.exclusive_minimum is not None and value <= declared.exclusive_minimum)
            or (declared.exclusive_maximum is not None and value >= declared.exclusive_maximum)
        )

    if not any(map(outside, seen.values)):
        return
    unfit = [(value, times) for value, times in seen.top if _kind(value) in {"integer", "number"} and outside(value)]
    values = [value for value, _ in unfit] or [value for value in seen.values if outside(value)]
    numbers = sum(times for kind, times in seen.types.items() if kind in {"integer", "number"})
    yield Deviation(
        field.path, "out of range", _limits(declared), "{} to {}".format(*seen.values),
        max(sum(times for _, times in unfit), 1), numbers,
        at_least=seen.distinct > len(seen.top), examples=tuple(values[:EXAMPLES]),
    )  # fmt: skip


def _limits(declared: Declared) -> str:
    """Write the declared limits as people do: `> 0, <= 10`."""
    signs = {
        ">=": declared.minimum,
        ">": declared.exclusive_minimum,
        "<=": declared.maximum,
        "<": declared.exclusive_maximum,
    }
    return ", ".join(f"{sign} {limit:g}" for sign, limit in signs.items() if limit is not None)


def _pattern(field: Field, declared: Declared, seen: Observed) -> Iterator[Deviation]:
    """Check the texts at hand against the declared pattern; one that may run away is not tried."""
    expression = _compiled(declared.pattern) if declared.pattern else None
    if expression is None or "string" not in seen.types:
        return
    texts = {value: times for value, times in seen.top if isinstance(value, str)}
    texts = {value: 1 for value in seen.examples if isinstance(value, str)} | texts
    unfit = {value: times for value, times in texts.items() if len(value) <= LONGEST and not expression.search(value)}
    if unfit:
        yield Deviation(
            field.path, "not the pattern", declared.pattern or "", ", ".join(map(repr, list(unfit)[:EXAMPLES])),
            sum(unfit.values()), seen.types["string"],
            at_least=seen.distinct > len(seen.top), examples=tuple(unfit)[:EXAMPLES],
        )  # fmt: skip


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Compile the pattern, unless Python reads it otherwise or nested repetitions could take for ever."""
    if _runs_away(pattern):
        return None
    try:
        with warnings.catch_warnings(action="error"):
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        return None


def _runs_away(pattern: str) -> bool:
    plain = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern)  # a class of characters repeats nothing itself
    while (bare := re.sub(r"\((?:\?[:=!]|\?P?<\w+>)?([^()]*)\)(?![*+{])", r"\1", plain)) != plain:
        plain = bare
    return RUNAWAY.search(plain) is not None or len(re.findall(r"[*+]|,\}", plain)) > MOST_REPEATS


def _values(seen: Observed) -> list[Any]:
    """List the values at hand, the most frequent first, each once."""
    at_hand = [value for value, _ in seen.top] + list(seen.examples)
    return list({(_kind(value), value): value for value in at_hand}.values())


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"


Look = Callable[[Field, Declared, Observed], Iterator[Deviation]]
LOOKS: tuple[Look, ...] = (_required, _null, _type, _format, _enum, _length, _range, _pattern)
