"""Conditions as C#: what `Condition` asks of a record, asked of the values that a formula is given."""

from __future__ import annotations

from collections.abc import Mapping

from ipaas_discovery.matching.condition import Comparing, Condition
from ipaas_discovery.worksheet.skeleton.csharp_text import literal

__all__ = ["condition_code"]

ORDERED = frozenset({"<", "<=", ">", ">="})


def condition_code(condition: Condition, names: Mapping[str, str]) -> str:
    """Write a condition as an expression of C#.

    >>> print(condition_code(Condition.parse("total > 0 or status = void"), {"total": "Total", "status": "Status"}))
    (Filled(Total).Any(text => Compare(text, "0") > 0)) || (Filled(Status).Any(text => Same(text, "void")))

    Args:
        condition: the condition.
        names: the variable that holds each field's values, by path.
    """
    groups = (" && ".join(_test(part, names[part.path]) for part in group) for group in condition.either)
    return " || ".join(f"({group})" for group in groups) or "true"


def _test(part: Comparing, name: str) -> str:
    filled = f"Filled({name})"
    match part.operator:
        case "is empty":
            return f"!{filled}.Any()"
        case "is not empty":
            return f"{filled}.Any()"
        case "contains":
            return f"{filled}.Any(text => text.Contains({literal(part.values[0])}))"
    if part.operator in ORDERED:
        return f"{filled}.Any(text => Compare(text, {literal(part.values[0])}) {part.operator} 0)"
    same = " || ".join(f"Same(text, {literal(value)})" for value in part.values)
    return f"{'!' if part.operator == '!=' else ''}{filled}.Any(text => {same})"
