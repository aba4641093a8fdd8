"""Identifiers of C#, made of any name: letters and digits of the Latin alphabet, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

__all__ = ["Identifiers", "pascal"]

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
LONGEST = 120
"""Characters of an identifier at most; C# takes 512."""


def pascal(name: str) -> str:
    """Write a name in PascalCase, in the Latin alphabet; it begins with a letter.

    >>> pascal("order_id"), pascal("total inc. tax"), pascal("2nd"), pascal("größe"), pascal("商品"), pascal("!")
    ('OrderId', 'TotalIncTax', 'Field2Nd', 'Grosse', 'ShangPin', 'Field')
    """
    words = WORD.findall(anyascii(name))
    joined = "".join(word[:1].upper() + word[1:].lower() for word in words)[:LONGEST]
    return joined if joined[:1].isalpha() else f"Field{joined}"


class Identifiers:
    """Identifiers given so far in one scope; one that is taken gets a number.

    >>> names = Identifiers(["Get"])
    >>> names.give("get"), names.give("total"), names.give("Total"), names.give("TOTAL")
    ('Get2', 'Total', 'Total2', 'Total3')

    Args:
        taken: those that the scope has already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def give(self, name: str, suffix: str = "") -> str:
        """Give an identifier for a name, with `suffix` at its end."""
        wanted = pascal(name) + suffix
        chosen, number = wanted, 1
        while chosen.lower() in self._taken:
            number += 1
            chosen = f"{wanted}{number}"
        self._taken.add(chosen.lower())
        return chosen
