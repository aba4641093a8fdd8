"""Declared constraints of one destination field, made ready to judge values one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

from ipaas_discovery.flows.execution.conversion import REFUSED, convert, impossible_date, to_format
from ipaas_discovery.schemas.schema import Declared, Field

__all__ = ["INTEGER_SIZES", "MONEY", "MONEY_PLACES", "Judged", "compiled_pattern", "digits_of", "judge", "places_of"]

INTEGER_SIZES: Mapping[str, int] = {"int32": 2**31, "int64": 2**63}
"""Formats of whole numbers with the first one above that they do not hold."""
SINGLE_DIGITS = 7
"""Digits that a binary number of 32 bits keeps."""
MONEY = frozenset({"money", "currency"})
"""Formats of amounts of money."""
MONEY_PLACES = 2
"""Decimal places of most currencies, taken where none is named."""
_SIZED = re.compile(r"[^(]*\(\s*(\d+)\s*,\s*(\d+)\s*\)")


class Judged(NamedTuple):
    """A value as it would be written, the constraint it breaks (empty: none), and what is lost."""

    value: Any
    problem: str = ""
    loss: str = ""


Check = Callable[[Any], Judged]
Test = Callable[[Any], bool]


def judge(field: Field) -> Check:
    """Make a function that judges a value, neither null nor absent, by all that is declared of a field.

    >>> amount = Field("total", Declared(types=("number",), minimum=0, format="decimal(6,2)"))
    >>> [judge(amount)(value).problem for value in ("12.50", -1, 0.125, "x")]
    ['', 'range', 'precision', 'type']
    """
    declared = field.declared or Declared()
    types = tuple(kind for kind in field.types if kind != "null")
    tests = tuple(_tests(declared))
    texts = tuple(_text_tests(declared))
    single = declared.format == "float"

    def check(value: Any) -> Judged:  # noqa: ANN401  any JSON value
        written, loss = convert(value, types)
        if written is REFUSED:
            return Judged(value, "type")
        for problem, fits in tests:
            if not fits(written):
                return Judged(written, problem)
        if isinstance(written, str):
            for problem, fits in texts:
                if not fits(written):
                    return Judged(written, problem)
            written, lost = to_format(written, declared.format)
            return Judged(value, "format") if written is REFUSED else Judged(written, "", loss or lost)
        if single and digits_of(written) > SINGLE_DIGITS:
            loss = loss or f"digits beyond {SINGLE_DIGITS}"
        return Judged(written, "", loss)

    return check


def _tests(declared: Declared) -> Iterator[tuple[str, Test]]:
    """Yield the tests of values of any type, each with its problem's name."""
    if declared.enum:
        yield "enum", _one_of(declared.enum)
    limits = (declared.minimum, declared.maximum, declared.exclusive_minimum, declared.exclusive_maximum)
    if any(limit is not None for limit in limits):
        yield "range", _within(*limits)
    if declared.multiple_of:
        step = Decimal(str(declared.multiple_of))
        yield "multiple of", lambda value: (number := _decimal(value)) is None or _is_multiple(number, step)
    if size := INTEGER_SIZES.get(declared.format or ""):
        yield "integer size", lambda value: (number := _decimal(value)) is None or -size <= number < size
    if sized := _SIZED.fullmatch(declared.format or ""):
        whole, places = int(sized[1]) - int(sized[2]), int(sized[2])
        yield "precision", lambda value: _fits_in(_decimal(value), whole, places)
    elif declared.format in MONEY:
        yield "precision", lambda value: places_of(value) <= MONEY_PLACES


def _text_tests(declared: Declared) -> Iterator[tuple[str, Test]]:
    """Yield the tests of texts alone, each with its problem's name."""
    if declared.max_length is not None or declared.min_length is not None:
        least, most = declared.min_length or 0, declared.max_length
        yield "length", lambda text: least <= len(text) and (most is None or len(text) <= most)
    if declared.pattern and (pattern := compiled_pattern(declared.pattern)):
        yield "pattern", lambda text: pattern.search(text) is not None
    if declared.format in {"date", "date-time"}:
        yield "date", lambda text: not impossible_date(text)


def _one_of(allowed: tuple[Any, ...]) -> Test:
    """Accept the values of a list, written as text or not: "1" and 1 differ in type only."""
    plain = {_spelled(value) for value in allowed}
    return lambda value: _spelled(value) in plain


def _spelled(value: Any) -> str:  # noqa: ANN401  any JSON value
    if isinstance(value, bool):
        return str(value).lower()
    number = None if isinstance(value, str) else _decimal(value)
    return str(value) if number is None else format(number.normalize(), "f")


def _within(minimum: float | None, maximum: float | None, above: float | None, below: float | None) -> Test:
    exact = [None if limit is None else Decimal(str(limit)) for limit in (minimum, maximum, above, below)]

    def fits(value: Any) -> bool:  # noqa: ANN401  any JSON value
        if isinstance(value, str | bool) or not isinstance(value, int | float | Decimal):
            return True
        low, high, over, under = exact if isinstance(value, Decimal) else (minimum, maximum, above, below)
        return not (
            (low is not None and value < low)
            or (high is not None and value > high)
            or (over is not None and value <= over)
            or (under is not None and value >= under)
        )

    return fits


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401  any JSON value
    """Read a number, or a text that is one, as it is written."""
    if not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _is_multiple(number: Decimal, step: Decimal) -> bool:
    with localcontext() as exact:
        exact.prec = 60
        return number % step == 0


def _fits_in(number: Decimal | None, whole: int, places: int) -> bool:
    return number is None or (places_of(number) <= places and abs(number) < Decimal(10) ** whole)


def places_of(value: Any) -> int:  # noqa: ANN401  any JSON value
    """Count the decimal places that a number needs.

    >>> places_of(12.5), places_of("12.500"), places_of(100), places_of("x")
    (1, 1, 0, 0)
    """
    number = _decimal(value)
    return max(0, -_exponent(number.normalize())) if number is not None else 0


def digits_of(value: Any) -> int:  # noqa: ANN401  any JSON value
    """Count the digits that a number needs.

    >>> digits_of(120.50), digits_of("0.05"), digits_of(True)
    (4, 1, 0)
    """
    number = _decimal(value)
    return len(number.normalize().as_tuple().digits) if number is not None else 0


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def compiled_pattern(pattern: str) -> re.Pattern[str] | None:
    """Compile a pattern of JSON Schema; None for one that Python cannot read."""
    try:
        return re.compile(pattern)
    except re.error:
        return None
