"""Filters of mapping collections, as far as they can be told without running them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

__all__ = ["is_switched_off", "passes_all"]

LITERAL = r"""(?:-?\d+(?:\.\d+)?|"[^"\\]*"|true|false|null)"""
COMPARED = re.compile(rf"(?P<left>{LITERAL})\s*(?P<operator>==|!=|<=|>=|<|>)\s*(?P<right>{LITERAL})", re.IGNORECASE)
OPERATORS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "==": eq, "!=": ne, "<=": le, ">=": ge, "<": lt, ">": gt,
}  # fmt: skip


def is_switched_off(text: str) -> bool:
    """Tell whether no record can pass a filter, as constants alone make it false: `1==0`, `false`, `1==0 && Paid`.

    >>> [is_switched_off(text) for text in ("1==0", "(1 == 0) && Total > 0", "1==1", 'Status == "1==0"', "")]
    [True, True, False, False, False]
    """
    text = text.strip().rstrip(";")
    if _whole(text):
        return is_switched_off(text[1:-1])
    either = _split(text, "||")
    if len(either) > 1:
        return all(map(is_switched_off, either))
    every = _split(text, "&&")
    if len(every) > 1:
        return any(map(is_switched_off, every))
    if text.startswith("!") and _whole(text[1:].strip()):
        return _is_true(text[1:].strip()[1:-1])
    return text.lower() in {"false", "!true"} or _compared(text) is False


def passes_all(text: str) -> bool:
    """Tell whether every record passes a filter, as there is none, or constants alone make it true.

    >>> [passes_all(text) for text in ("", "1==1", "(true);", "1==0", "Total > 0")]
    [True, True, True, False, False]
    """
    text = text.strip().rstrip(";")
    return passes_all(text[1:-1]) if _whole(text) else not text or _is_true(text)


def _is_true(text: str) -> bool:
    return text.strip().lower() in {"true", "!false"} or _compared(text) is True


def _compared(text: str) -> bool | None:
    """Compare two constants; None for anything else."""
    match = COMPARED.fullmatch(text.strip())
    if match is None:
        return None
    left, right = (_number(match[side]) for side in ("left", "right"))
    if left is not None and right is not None:
        return OPERATORS[match["operator"]](left, right)
    same = match["left"] == match["right"]
    return {"==": same, "!=": not same}.get(match["operator"])


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _whole(text: str) -> bool:
    """Tell whether one pair of parentheses holds all of a text."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    return len([*_levels(text)]) == len(text) and min([*_levels(text)][:-1], default=0) > 0


def _levels(text: str) -> list[int]:
    """Count, for each sign, the parentheses that are open after it; those in a quoted text do not count."""
    levels, open_, quoted, before = [], 0, False, ""
    for sign in text:
        if sign == '"' and before != "\\":
            quoted = not quoted
        open_ += 0 if quoted else (sign == "(") - (sign == ")")
        levels.append(open_ if not quoted else max(open_, 1))
        before = "" if before == "\\" else sign
    return levels


def _split(text: str, operator: str) -> list[str]:
    """Split a text at an operator that stands in no parentheses and in no quoted text."""
    levels, parts, start = _levels(text), [], 0
    for at in range(len(text) - 1):
        if text.startswith(operator, at) and levels[at] == 0 and at >= start:
            parts.append(text[start:at])
            start = at + len(operator)
    return [*parts, text[start:]]
