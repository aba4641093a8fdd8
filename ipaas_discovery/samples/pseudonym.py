"""Keyed pseudonyms of a value's own form: e-mail stays e-mail, digits stay digits, and equal stays equal.

What a pseudonym looks like depends on the value alone, never on the field it came from, so the same value gets the
same pseudonym in every field, collection and system that shares the key. Case and punctuation pass through: what
was equal but for them still is. Within a form different values stay different, because each step of the mixing can
be undone with the key; only the domain of an e-mail address and letters of rare scripts are digests.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from struct import unpack

__all__ = ["Pseudonyms"]

LATIN = "abcdefghijklmnopqrstuvwxyz"
HEX = "0123456789abcdef"
ALPHABETS = (
    LATIN,
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
)
RANGES = ((0x05D0, 0x05EA), (0x0621, 0x063A), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))
"""Hebrew, Arabic, Hiragana, Katakana, Han, Hangul: letters without case."""
EMAIL = re.compile(r"([^\s@<>(),;:\"]+)@([^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+)")
DAY = re.compile(r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])(.*)", re.DOTALL)
IPV4 = re.compile(
    r"(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}"
)
HEXADECIMAL = re.compile(r"(?=.*[0-9].*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f:-]{7,}")
IPV6 = re.compile(r"(?=(?:.*:){3})(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}|[0-9A-Fa-f]{0,4}::[0-9A-Fa-f]{0,4}")
DOMAIN_END, SHORTEST_LABEL = ".test", 4
FIRST_DAY, DAYS, SIDE = date(1900, 1, 1), 73_049, 271
"""The days of two centuries, and the side of the smallest square that holds them."""
ROUNDS = 4
LONGEST_NUMBER = 60
REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class _Symbol:
    """One character to replace: its place in an alphabet, of which `low` to `low + radix` may stand here."""

    alphabet: str | int
    value: int
    radix: int
    low: int = 0
    upper: bool = False

    def written(self, value: int) -> str:
        """The character at another place of the same alphabet."""
        place = value + self.low
        found = self.alphabet[place] if isinstance(self.alphabet, str) else chr(self.alphabet + place)
        return found.upper() if self.upper else found


class Pseudonyms:
    """Pseudonyms under one key. Safe to use from several threads.

    >>> masked = Pseudonyms(b"a key").text
    >>> masked("(555) 010-0199") == "({}) {}-{}".format(*masked("555 010 0199").split())
    True
    >>> masked("Ada"), masked("ADA") == masked("Ada").upper(), masked(""), masked("—")
    ('Rfx', True, '', '—')
    """

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod="sha512")
        self.text = lru_cache(REMEMBERED)(self._text)

    def number(self, value: int | Decimal) -> int | Decimal:
        """A number with as many digits, the sign and the decimal point where they were."""
        if isinstance(value, Decimal):
            if (
                not value.is_finite()
                or abs(value.adjusted()) > LONGEST_NUMBER
                or -int(value.as_tuple().exponent) > LONGEST_NUMBER
            ):
                return value
            return Decimal(self.text(format(value, "f")))
        return int(self.text(str(value))) if abs(value) < 10**LONGEST_NUMBER else value

    def _text(self, text: str) -> str:
        """The pseudonym of a text, in the text's form."""
        if mail := EMAIL.fullmatch(text):
            return self._email(*mail.groups())
        if IPV4.fullmatch(text):
            return self._ip(text)
        if day := DAY.fullmatch(text):
            return self._day(text, *day.groups())
        return self._characters(text, hexadecimal=bool(HEXADECIMAL.fullmatch(text) or IPV6.fullmatch(text)))

    def _characters(self, text: str, *, hexadecimal: bool = False, tweak: str = "") -> str:
        """Every letter and digit replaced by one of its kind; anything else stays where it is."""
        capital = text.isupper()
        found = [_hex_digit(each, capital=capital) if hexadecimal else _symbol(each) for each in text]
        places = [place for place, each in enumerate(found) if each is not None]
        symbols = [each for each in found if each is not None]
        if not symbols:
            return text
        if symbols[0].radix == 10 and all(each.radix == 10 for each in symbols):  # noqa: PLR2004  digits alone
            symbols[0] = _leading(symbols[0])
        mixed = self._mixed([each.value for each in symbols], [each.radix for each in symbols], tweak)
        written = list(text)
        for place, symbol, value in zip(places, symbols, mixed, strict=True):
            written[place] = symbol.written(value)
        return "".join(written)

    def _email(self, local: str, domain: str) -> str:
        """An address at a domain that cannot exist; as long as before where the domain has nine characters or more."""
        domain = domain.lower()
        length = max(SHORTEST_LABEL, len(domain) - len(DOMAIN_END))
        drawn = self._stream("domain", domain.encode(), length)[:length]
        label = "".join(LATIN[number % len(LATIN)] for number in drawn)
        return f"{self._characters(local, tweak=domain)}@{label}{DOMAIN_END}"

    def _ip(self, text: str) -> str:
        octets = [int(each) for each in text.split(".")]
        lows = [100 if each > 99 else 10 if each > 9 else 0 for each in octets]  # noqa: PLR2004  as many digits as before
        radices = [{0: 10, 10: 90, 100: 156}[low] for low in lows]
        mixed = self._mixed([octet - low for octet, low in zip(octets, lows, strict=True)], radices)
        return ".".join(str(value + low) for value, low in zip(mixed, lows, strict=True))

    def _day(self, text: str, day: str, rest: str) -> str:
        """Another day of the same two centuries; a time after it stays, as a day without it would say as much."""
        try:
            number = (date.fromisoformat(day) - FIRST_DAY).days
        except ValueError:
            return self._characters(text)
        while True:  # leave the square's corner that is no day, as one enters it: by mixing once more
            high, low = self._mixed(divmod(number, SIDE), (SIDE, SIDE), "day")
            number = high * SIDE + low
            if number < DAYS:
                return (FIRST_DAY + timedelta(number)).isoformat() + rest

    def _mixed(self, values: Sequence[int], radices: Sequence[int], tweak: str = "") -> list[int]:
        """A Feistel network over mixed radices: a permutation of all values that these radices can write."""
        mixed = list(values)
        for turn in range(ROUNDS):
            mine, other = mixed[turn % 2 :: 2], mixed[1 - turn % 2 :: 2]
            told = ",".join(map(str, other)).encode()
            stream = self._stream(f"{turn} {tweak}", told, len(mine))
            drawn = zip(mine, stream, radices[turn % 2 :: 2], strict=False)  # the stream may be longer
            mixed[turn % 2 :: 2] = [(value + shift) % radix for value, shift, radix in drawn]
        return mixed

    def _stream(self, purpose: str, told: bytes, count: int) -> tuple[int, ...]:
        """At least `count` numbers of 32 bits that only the key's owner can foresee; SHA-512 gives 16 at once."""
        blocks = []
        for block in range(max(1, -(-count // 16))):
            drawn = self._keyed.copy()  # half the cost of taking the key in again
            drawn.update(f"{purpose} {block} ".encode() + told)
            blocks.append(drawn.digest())
        return unpack(f">{16 * len(blocks)}I", b"".join(blocks))


def _leading(symbol: _Symbol) -> _Symbol:
    """A number's first digit: a zero stays, and none appears, so that it is as long as before."""
    if symbol.value == 0:
        return _Symbol(symbol.alphabet, 0, 1)
    return _Symbol(symbol.alphabet, symbol.value - 1, 9, low=1)


def _hex_digit(char: str, *, capital: bool) -> _Symbol | None:
    place = HEX.find(char.lower())
    return _Symbol(HEX, place, 16, upper=capital) if place >= 0 else None


@lru_cache(4096)
def _symbol(char: str) -> _Symbol | None:
    """A letter or digit with the alphabet it belongs to; None for what stays as it is."""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return _Symbol(ord(char) - digit, digit, 10)
    lower = char.lower()
    upper = lower != char and lower.upper() == char
    for alphabet in ALPHABETS:
        if len(lower) == 1 and lower in alphabet and (upper or lower == char):
            return _Symbol(alphabet, alphabet.index(lower), len(alphabet), upper=upper)
    for first, last in RANGES:
        if first <= ord(char) <= last:
            return _Symbol(first, ord(char) - first, last - first + 1)
    return _Symbol(LATIN, ord(char) % len(LATIN), len(LATIN), upper=char.isupper()) if char.isalnum() else None
