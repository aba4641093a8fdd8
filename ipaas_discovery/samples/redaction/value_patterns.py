"""Personal data and secrets by the form of a value: addresses, checked numbers, tokens, in any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from ipaas_discovery.knowledge.field_formats import FieldFormat, field_formats
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.personal.personal_words import fold, personal_words

__all__ = [
    "AMOUNT",
    "LEAST_CARD",
    "LEAST_DIGITS",
    "are_harmless",
    "are_numbers",
    "harmless",
    "is_card",
    "is_single_name",
    "may_be_card_named",
    "replace_sensitive",
]

AMOUNT = re.compile(r"-?\d{1,6}[.,]\d{1,4} ?%?")
"""A text like this is money, a rate or a weight, whatever the name of its field sounds like."""
LEAST_DIGITS = 7
"""A whole number this short is no phone, card or tax number but a count, an id or a flag."""
LEAST_CARD = 10**13
"""The smallest number with the digits of a payment card's."""

ONE_NAME = re.compile(r"(?=..)[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
LOG_IN = re.compile(r"[^\W\d_]+[._][^\W\d_]+\d{0,2}")
LOOSE_LOG_IN = re.compile(r"[^\W\d_]{3,}\d{0,2}|[^\W\d_]+(?:[._-][^\W\d_]+)+\d{0,2}")
"""Names to log in with, made of names and initials, unlike a record's id."""

NO_BANK = r"(?![A-Z]{6}[A-Z0-9]{2}(?:XXX|[0-9]{3})(?:\n|\Z))"
WORDS = r"[A-Z]*+[a-z]*+(?:[ ,.'!_/-]++[A-Z]*+[a-z]*+)*+"
NUMBER = r"(?:[0-9]{1,6}(?:[.,][0-9]{1,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,15}(?:Z|[+-][0-9:]{4,6})?)?)"
CODE = r"[A-Za-z_]{1,8}(?:[-_ ]?[0-9]{1,6}|[-_][0-9]{1,13})"
harmless = re.compile(rf"{NO_BANK}(?:({WORDS}|{CODE})|{NUMBER})").fullmatch
"""Recognises words, codes with a short number, prices, and times: most texts, of which no form tells anything."""
HARMLESS, NUMBERS = (
    re.compile(rf"(?:{line}\n)*+{line}".encode())
    for line in (rf"{NO_BANK}(?:{WORDS}|{NUMBER}|{CODE})(?=\n|\Z)", rf"{NUMBER}?(?=\n|\Z)")
)
SIGNS = (
    bytes(
        ord("a" if char.islower() else "A" if char.isupper() else char if char in " ,.'!_/-\n" else "?")
        for char in map(chr, range(128))
    )
    + b"?" * 128
)
"""Letters as one small and one capital, the signs between words as they are, and anything else, in UTF-8."""
OTHER_CAPITALS = b"ABCDEFGHIJKLMNOPQRSUVWY"
"""Those that the forms of harmless texts do not name: T, X and Z they do."""
ALIKE = bytes.maketrans(
    b"0123456789" + ascii_lowercase.encode() + OTHER_CAPITALS, b"0" * 10 + b"a" * 26 + b"A" * len(OTHER_CAPITALS)
)
"""Letters and digits that these forms do not tell apart, as one."""
BANK_LETTERS = 6
BANK, BANK_DIGITS = re.compile(r"\b[A-Z]{8}[0-9]{3}\b"), 3
"""A text like the code of a bank's branch, the one form with so few digits."""
DEVICE_SIGNS = 5
"""Signs between the pairs of a device's address, which may hold letters alone."""
_DIGITS, _BETWEEN = frozenset("0123456789"), frozenset(" /(+")
SHORTEST_BARE = 10
"""Of the forms without any of these signs, an IP address alone is shorter; most prices and item numbers are too."""


def are_harmless(texts: Sequence[str]) -> bool:
    """Tell whether all of some texts are harmless.

    >>> are_harmless(["oak shelf", "SKU-0042", "12.50"]), are_harmless(["oak shelf", "ada@x.test"])
    (True, False)
    """
    return _are_words(texts) or _are_all(HARMLESS, texts)


def are_numbers(texts: Sequence[str]) -> bool:
    """Tell whether all of some texts are prices, short numbers or times, in which no name is told."""
    return not texts[0][:1].isalpha() and _are_all(NUMBERS, texts)


def _are_words(texts: Sequence[str]) -> bool:
    """Tell at a quick look whether texts are words, each with its capitals in front, and none like a bank's code."""
    signs = "\n".join(texts).encode(errors="replace").translate(SIGNS)
    return not any(other in signs for other in (b"?", b"aA", b"A" * BANK_LETTERS)) and signs.count(b"\n") < len(texts)


def _are_all(form: re.Pattern[bytes], texts: Sequence[str]) -> bool:
    """Tell whether texts have a form, by one of each that are alike."""
    lines = "\n".join(texts).encode(errors="replace").translate(ALIKE)
    return lines.count(b"\n") < len(texts) and form.fullmatch(b"\n".join({*lines.split(b"\n")})) is not None


def replace_sensitive(text: str, name: str, replace: Callable[[str], str], *, in_path: bool = False) -> str:
    """Replace everything in a text that has the form of personal data or of a secret.

    Args:
        text: the text.
        name: the name of the field that holds it.
        replace: gives what stands for a part.
        in_path: True if the text stands in the path of a URL, whose numbers are ids.
    """
    if len(text) < LEAST_DIGITS - 2 or not _may_match(text):
        return text
    parts, end = [], 0
    for start, stop in _matches(text, name, in_path=in_path):
        parts += [text[end:start], replace(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


def _may_match(text: str) -> bool:
    """Tell at a quick look whether a text may match: every form has several digits or one of a few signs."""
    known = _searches()
    if not known.letters.isdisjoint(text) or any(sign in text for sign in known.signs):
        return True
    if text.isascii() and _DIGITS.isdisjoint(text):
        return False
    digits = sum(map(str.isdigit, text))
    if digits < LEAST_DIGITS - 3:
        device = max(map(text.count, "-:")) >= DEVICE_SIGNS
        return device or (digits == BANK_DIGITS and BANK.search(text) is not None)
    if len(text) >= SHORTEST_BARE or text[-1:].isupper():
        return True
    return not _BETWEEN.isdisjoint(text) or text.count(".") >= 3  # noqa: PLR2004  an IP's


def _matches(text: str, name: str, *, in_path: bool) -> Iterator[tuple[int, int]]:
    known = _searches()
    for match in known.pattern.finditer(text):
        row = known.rows[int(str(match.lastgroup)[1:])]
        if (row.in_path or not in_path) and row.confirms(match.group(), split_words(name)):
            yield match.span()


@dataclass(frozen=True, slots=True)
class _Searches:
    """Everything that is searched for at once, and signs (`letters` are single ones) that tell a text worth it."""

    rows: tuple[FieldFormat, ...]
    pattern: re.Pattern[str]
    letters: frozenset[str]
    signs: tuple[str, ...]


@cache
def _searches() -> _Searches:
    rows = field_formats().searched()
    pattern = re.compile("|".join(f"(?P<_{at}>{row.search})" for at, row in enumerate(rows)))
    signs = [sign for row in rows for sign in row.signs]
    return _Searches(
        rows,
        pattern,
        frozenset(sign for sign in signs if len(sign) == 1),
        tuple(sign for sign in signs if len(sign) > 1),
    )


def is_single_name(text: str, *, loosely: bool) -> bool:
    """Tell whether one word is what somebody is called, where a person's name is expected.

    >>> [is_single_name(text, loosely=False) for text in ("Ada", "ada.example", "ada", "System", "B-17", "cus_9s6X")]
    [True, True, False, False, False, False]
    >>> [is_single_name(text, loosely=True) for text in ("aexample", "ADA", "ada3", "webhook", "usr_00012")]
    [True, True, True, False, False]

    Args:
        text: the word.
        loosely: true where any name to log in with is expected as well.
    """
    written = text[:1].isupper() and not text.isupper() and ONE_NAME.fullmatch(text)
    if not (written or (LOOSE_LOG_IN if loosely else LOG_IN).fullmatch(text)):
        return False
    return personal_words().nobody.isdisjoint((text.lower(), *split_words(fold(text))))


def is_card(text: str) -> bool:
    """Tell whether a text is the number of a payment card, by its form and its check digit (Luhn's)."""
    card = field_formats().get("card")
    return card is not None and bool(re.fullmatch(card.search, text)) and card.confirms(text)


def may_be_card_named(name: str) -> bool:
    """Tell whether a number in a field of this name may be a card's: no item's code or record's id has such a name."""
    card = field_formats().get("card")
    return card is not None and card.not_named.isdisjoint(split_words(name))
