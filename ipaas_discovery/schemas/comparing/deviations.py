"""The ways in which one field's values are not as declared, with counts and examples."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
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
class Deviation:
    """One way in which a field is not as declared.

    `count` of `of` objects or values show it; `at_least` is True where only the most frequent values
    could be looked at, so that there may be more. `examples` are up to three of the values in question.
    """

    path: str
    problem: str
    declared: str
    observed: str
    count: int
    of: int
    at_least: bool = False
    examples: tuple[Any, ...] = ()


def _required(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    if said.required and seen.present < seen.of:
        absent = seen.of - seen.present
        yield Deviation(field.path, "absent though required", "required", f"absent in {absent}", absent, seen.of)


def _null(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    # Where nothing says that null may come, OpenAPI 3 takes it for forbidden as soon as a type is given.
    if seen.nulls and not said.nullable and (said.types or said.nullable is False):
        declared = "not nullable" if said.nullable is False else "null not mentioned"
        yield Deviation(field.path, "null though not nullable", declared, "null", seen.nulls, seen.present)


def _type(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    allowed = {*said.types, *({"integer"} if "number" in said.types else ())}
    wrong = {kind: times for kind, times in seen.types.items() if kind != "null" and kind not in allowed}
    if allowed and wrong:
        examples = tuple(value for value in _values(seen) if _kind(value) in wrong)[:EXAMPLES]
        count = sum(wrong.values())
        declared = " | ".join(said.types)
        yield Deviation(field.path, "wrong type", declared, " | ".join(wrong), count, seen.present, examples=examples)


def _format(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    texts = seen.types.get("string", 0) - (seen.empties if set(seen.types) <= {"string", "null"} else 0)
    fitting = field_formats().fulfilling(said.format)
    if said.format and fitting:
        count = texts - sum(seen.formats.get(name, 0) for name in fitting)
        if count > 0:
            found = ", ".join(name for name in seen.formats if name not in fitting) or "no known format"
            yield Deviation(
                field.path, "wrong format", said.format, found, count, texts, examples=_unfit(seen, fitting)
            )
    elif said.format in WHOLE and seen.values and not _fits(seen.values, WHOLE[said.format]):
        outside = "{} to {}".format(*seen.values)
        yield Deviation(field.path, "wrong format", said.format, outside, 1, seen.present, at_least=True)


def _fits(span: tuple[float, float], limit: int) -> bool:
    return -limit <= span[0] and span[1] < limit


def _unfit(seen: Observed, fitting: tuple[str, ...]) -> tuple[Any, ...]:
    from ipaas_discovery.schemas.text_formats import text_format  # noqa: PLC0415  only deviations need it

    texts = (value for value in _values(seen) if isinstance(value, str))
    return tuple(text for text in texts if text_format(text) not in fitting)[:EXAMPLES]


def _enum(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    if not said.enum:
        return
    known = {(_kind(value), value) for value in said.enum if not isinstance(value, dict | list)}
    outside = [(value, times) for value, times in seen.top if (_kind(value), value) not in known]
    count = sum(times for _, times in outside)
    values = [value for value, _ in outside] or [v for v in seen.examples if (_kind(v), v) not in known]
    if seen.types.get("string") and seen.empties and ("string", "") not in known:
        values, count = [*values, ""], count + seen.empties
    if values:
        declared = ", ".join(map(str, said.enum))
        partial = seen.distinct > len(seen.top) or bool(seen.distinct_error)
        shown = ", ".join(map(repr, values[:EXAMPLES]))
        yield Deviation(
            field.path, "outside the enum", declared, shown, max(count, len(values)), seen.present - seen.nulls,
            at_least=partial, examples=tuple(values[:EXAMPLES]),
        )  # fmt: skip


def _length(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    if seen.lengths is None or "string" not in seen.types:
        return
    shortest, longest = seen.lengths
    if said.max_length is not None:
        found = [value for value, _ in seen.top if _text_of(value) and len(value) > said.max_length]
        yield from _unfit_length(field, seen, "too long", (said.max_length, longest), found)
    if said.min_length:
        found = [value for value, _ in seen.top if _text_of(value) and len(value) < said.min_length]
        yield from _unfit_length(field, seen, "too short", (said.min_length, shortest), found)


def _unfit_length(
    field: Field, seen: Observed, problem: str, ends: tuple[int, int], found: list[str]
) -> Iterator[Deviation]:
    """A row if a value is beyond the declared end; of a field that also holds lists the range may be a list's."""
    limit, reached = ends
    long = problem == "too long"
    beyond = (reached > limit if long else reached < limit) and "array" not in seen.types
    if found or beyond:
        at_hand = [value for value in _values(seen) if _text_of(value)]
        values = found or [value for value in at_hand if (len(value) > limit if long else len(value) < limit)]
        word = "up to" if long else "from"
        yield Deviation(
            field.path, problem, f"{word} {limit}", f"{word} {reached}",
            max(sum(times for value, times in seen.top if value in found), 1), seen.types["string"],
            at_least=seen.distinct > len(seen.top), examples=tuple(values[:EXAMPLES]),
        )  # fmt: skip


def _text_of(value: object) -> bool:
    return isinstance(value, str)


def _range(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    if seen.values is None:
        return

    def outside(value: Any) -> bool:  # noqa: ANN401  any value of a record
        return (
            (said.minimum is not None and value < said.minimum)
            or (said.maximum is not None and value > said.maximum)
            or (said.exclusive_minimum is not None and value <= said.exclusive_minimum)
            or (said.exclusive_maximum is not None and value >= said.exclusive_maximum)
        )

    if not any(map(outside, seen.values)):
        return
    unfit = [(value, times) for value, times in seen.top if _kind(value) in {"integer", "number"} and outside(value)]
    values = [value for value, _ in unfit] or [each for each in seen.values if outside(each)]
    numbers = sum(times for kind, times in seen.types.items() if kind in {"integer", "number"})
    yield Deviation(
        field.path, "out of range", _limits(said), "{} to {}".format(*seen.values),
        max(sum(times for _, times in unfit), 1), numbers,
        at_least=seen.distinct > len(seen.top), examples=tuple(values[:EXAMPLES]),
    )  # fmt: skip


def _limits(said: Declared) -> str:
    """The declared limits as people write them: `> 0, <= 10`."""
    signs = {">=": said.minimum, ">": said.exclusive_minimum, "<=": said.maximum, "<": said.exclusive_maximum}
    return ", ".join(f"{sign} {limit:g}" for sign, limit in signs.items() if limit is not None)


def _pattern(field: Field, said: Declared, seen: Observed) -> Iterator[Deviation]:
    """Texts at hand that the declared pattern does not find; one that may run away is not tried."""
    expression = _compiled(said.pattern) if said.pattern else None
    if expression is None or "string" not in seen.types:
        return
    texts = {value: times for value, times in seen.top if isinstance(value, str)}
    texts = {value: 1 for value in seen.examples if isinstance(value, str)} | texts
    unfit = {value: times for value, times in texts.items() if len(value) <= LONGEST and not expression.search(value)}
    if unfit:
        yield Deviation(
            field.path, "not the pattern", said.pattern or "", ", ".join(map(repr, list(unfit)[:EXAMPLES])),
            sum(unfit.values()), seen.types["string"],
            at_least=seen.distinct > len(seen.top), examples=tuple(unfit)[:EXAMPLES],
        )  # fmt: skip


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, unless Python reads it otherwise or a repetition of repetitions could take for ever."""
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
    """What values are at hand, the most frequent first, each once."""
    at_hand = [value for value, _ in seen.top] + list(seen.examples)
    return list({(_kind(value), value): value for value in at_hand}.values())


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"


Look = Callable[[Field, Declared, Observed], Iterator[Deviation]]
LOOKS: tuple[Look, ...] = (_required, _null, _type, _format, _enum, _length, _range, _pattern)
