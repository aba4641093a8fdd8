"""Keyed pseudonyms in a value's own form: e-mail stays e-mail, digits stay digits, and equal stays equal.

What a pseudonym looks like depends on the value alone, never on the field it came from, so the same value gets the
same pseudonym in every field, collection and system that shares the key. Case and punctuation pass through:
values that differ only in them still do. Within a form different values stay different, because each step of the
mixing can be undone with the key; only the domain of an e-mail address and letters of rare scripts are digests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from math import prod

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
HEXADECIMAL = re.compile(r"(?=.*[0-9].*[0-9])(?=.*[A-Fa-f])(?!(?:[:-]*[A-Za-z]){2}[0-9:-]+$)[0-9A-Fa-f:-]{7,}")
"""Two letters and digits alone are rather a country and a number: of a bank account, or for tax."""
IPV6 = re.compile(r"(?=(?:.*:){3})(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}|[0-9A-Fa-f]{0,4}::[0-9A-Fa-f]{0,4}")
DOMAIN_END, SHORTEST_LABEL = ".test", 4
FIRST_DAY, DAYS, SIDE = date(1900, 1, 1), 73_049, 271
"""The days of two centuries, and the side of the smallest square that holds them."""
NAMES = re.compile(r"[^\W\d_]+(?:[ .,'\u2019-]{1,2}[^\W\d_]+)+\.?")
WORD = re.compile(r"[^\W\d_]+")
RUN = re.compile(r"[A-Za-z]+|[0-9]+")
LETTERS_ALONE = {code: None for code in range(128) if chr(code) not in LATIN}
DIGITS_ALONE = {code: None for code in range(128) if not chr(code).isdecimal()}
BASE_26 = str.maketrans(LATIN, "0123456789abcdefghijklmnop")
ROUNDS, DECIMAL = 4, 10
SPARE = 8
"""Bytes drawn beyond those that are needed, so that hardly any value is likelier than another."""
LONGEST_NUMBER = 60
REMEMBERED = 65_536


Symbol = tuple[int, str]
"""A character as its index in the characters that may replace it, and these characters."""


class Pseudonyms:
    """Pseudonyms under one key, safe to use from several threads.

    >>> masked = Pseudonyms(b"a key").text
    >>> masked("(555) 010-0199") == "({}) {}-{}".format(*masked("555 010 0199").split())
    True
    >>> masked("Ada"), masked("ADA") == masked("Ada").upper(), masked(""), masked("—")
    ('Esw', True, '', '—')
    """

    def __init__(self, key: bytes) -> None:
        secret = blake2b(key).digest()
        self._turns = [blake2b(key=secret, person=b"turn %d" % turn) for turn in range(ROUNDS)]
        self._domain = lru_cache(REMEMBERED)(self._named_domain)
        self.text = lru_cache(REMEMBERED)(self._text)

    def number(self, value: int | Decimal) -> int | Decimal:
        """Give the pseudonym of a number: as many digits, the sign and the decimal point where they were."""
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
        """Give the pseudonym of a text, in its form; white space around it stays and changes nothing of the rest."""
        if " " in text and NAMES.fullmatch(text):  # a whole name is its parts, as other fields and texts tell them
            return WORD.sub(lambda match: self.text(match[0]), text)
        if (inner := text.strip()) != text:
            return text.replace(inner, self.text(inner), 1) if inner else text
        if "@" in text and (mail := EMAIL.fullmatch(text)):
            return self._email(*mail.groups())
        if IPV4.fullmatch(text):
            return self._ip(text)
        if day := DAY.fullmatch(text):
            return self._day(text, *day.groups())
        return self._characters(text, hexadecimal=bool(HEXADECIMAL.fullmatch(text) or IPV6.fullmatch(text)))

    def _plain(self, text: str, tweak: bytes = b"") -> str:
        """Replace the letters and digits of a text of ASCII: by whole numbers, which is quicker than sign by sign."""
        lower = text.lower()
        letters, digits = lower.translate(LETTERS_ALONE), text.translate(DIGITS_ALONE)
        if not letters and len(digits) > 1:
            mixed = "", self._digits_alone(digits)
        elif len(letters) + len(digits) > 1:
            mixed = self._together(letters, digits, tweak)
        else:
            return self._sign_by_sign(text, tweak=tweak)
        if not digits and len(letters) == len(text):
            return mixed[0] if lower == text else _cased(mixed[0], text)
        at, parts, end = [0, 0], [], 0
        for run in RUN.finditer(text):
            start, stop = run.span()
            numeric = int(text[start] <= "9")
            part = mixed[numeric][at[numeric] : at[numeric] + stop - start]
            at[numeric] += stop - start
            parts += [text[end:start], part if numeric or lower[start:stop] == run[0] else _cased(part, run[0])]
            end = stop
        return "".join([*parts, text[end:]])

    def _together(self, letters: str, digits: str, tweak: bytes) -> tuple[str, str]:
        """Mix letters and digits, every second of both on one side."""
        sides = (letters[::2], digits[::2]), (letters[1::2], digits[1::2])
        numbers = [
            int(some.translate(BASE_26) or "0", len(LATIN)) * 10 ** len(others) + int(others or 0)
            for some, others in sides
        ]
        sizes = [len(LATIN) ** len(some) * 10 ** len(others) for some, others in sides]
        mixed = self._turned(numbers, sizes, b"%b %d " % (tweak, len(letters) + len(digits)))
        words, counts = [""] * len(letters), [""] * len(digits)
        for at, (some, others) in enumerate(sides):
            number, rest = divmod(mixed[at], 10 ** len(others))
            words[at::2] = _letters(number, len(some))
            counts[at::2] = str(rest).zfill(len(others)) if others else ""
        return "".join(words), "".join(counts)

    def _digits_alone(self, text: str) -> str:
        """Replace every digit of a number; none begins with a zero that did not."""
        first, (even, odd) = int(text[0]), (text[2::2], text[1::2])
        lead, sizes = max(first - 1, 0), [(9 if first else 1) * 10 ** len(even), 10 ** len(odd)]
        numbers = [lead * 10 ** len(even) + int(even or 0), int(odd)]
        high, low = self._turned(numbers, sizes, b" %d " % len(text))
        lead, rest = divmod(high, 10 ** len(even))
        written = [""] * len(text)
        written[::2] = str(lead + bool(first)) + (str(rest).zfill(len(even)) if even else "")
        written[1::2] = str(low).zfill(len(odd))
        return "".join(written)

    def _characters(self, text: str, *, hexadecimal: bool = False, tweak: bytes = b"") -> str:
        if text.isascii() and not hexadecimal:
            return self._plain(text, tweak)
        return self._sign_by_sign(text, hexadecimal=hexadecimal, tweak=tweak)

    def _sign_by_sign(self, text: str, *, hexadecimal: bool = False, tweak: bytes = b"") -> str:
        """Replace every letter and digit by one of its kind; anything else stays where it is."""
        table = SYMBOLS if not hexadecimal else UPPER_HEX if text.isupper() else LOWER_HEX
        looked_up = [table[char] for char in text]
        symbols = [symbol for symbol in looked_up if symbol is not None]
        if not symbols:
            return text
        if len(symbols[0][1]) == DECIMAL and all(len(alphabet) == DECIMAL for _, alphabet in symbols):
            symbols[0] = _leading(*symbols[0])
        values, alphabets = zip(*symbols, strict=True)
        mixed = zip(alphabets, self._mixed(values, [*map(len, alphabets)], tweak), strict=True)
        written = [alphabet[value] for alphabet, value in mixed]
        if len(written) < len(text):
            kept = iter(written)
            written = [char if symbol is None else next(kept) for char, symbol in zip(text, looked_up, strict=True)]
        return "".join(written)

    def _email(self, local: str, domain: str) -> str:
        """Give an address at a domain that cannot exist, as long as before from nine characters of domain on."""
        domain = domain.lower()
        return f"{self._characters(local, tweak=domain.encode())}@{self._domain(domain)}"

    def _named_domain(self, domain: str) -> str:
        length = max(SHORTEST_LABEL, len(domain) - len(DOMAIN_END))
        drawn = self._drawn(0, b"domain " + domain.encode(), length)
        return "".join(LATIN[digit] for digit in _digits(drawn, [len(LATIN)] * length)) + DOMAIN_END

    def _ip(self, text: str) -> str:
        octets = [int(octet) for octet in text.split(".")]
        lows = [100 if octet > 99 else 10 if octet > 9 else 0 for octet in octets]  # noqa: PLR2004  as many digits as before
        radices = [{0: 10, 10: 90, 100: 156}[low] for low in lows]
        mixed = self._mixed([octet - low for octet, low in zip(octets, lows, strict=True)], radices)
        return ".".join(str(value + low) for value, low in zip(mixed, lows, strict=True))

    def _day(self, text: str, day: str, rest: str) -> str:
        """Give another day of the same two centuries; a time after it stays, as it tells no more than a time alone."""
        try:
            number = (date.fromisoformat(day) - FIRST_DAY).days
        except ValueError:
            return self._characters(text)
        while True:  # leave the square's corner that is no day, as one enters it: by mixing once more
            high, low = self._mixed(divmod(number, SIDE), (SIDE, SIDE), b"day")
            number = high * SIDE + low
            if number < DAYS:
                return (FIRST_DAY + timedelta(number)).isoformat() + rest

    def _mixed(self, values: Sequence[int], radices: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Run a Feistel network over two numbers in mixed radices: it permutes all values that these can write."""
        sides = radices[::2], radices[1::2]
        numbers, sizes = [_number(values[::2], sides[0]), _number(values[1::2], sides[1])], [*map(prod, sides)]
        numbers = self._turned(numbers, sizes, b"%b %d " % (tweak, len(values)))
        mixed = [0] * len(values)
        mixed[::2], mixed[1::2] = _digits(numbers[0], sides[0]), _digits(numbers[1], sides[1])
        return mixed

    def _turned(self, numbers: list[int], sizes: Sequence[int], about: bytes) -> list[int]:
        """Run the rounds over two numbers below these sizes."""
        first, second = numbers
        widths = [size.bit_length() // 8 + 1 for size in sizes]
        for turn in range(0, ROUNDS, 2):
            drawn = self._drawn(turn, about + second.to_bytes(widths[1], "big"), widths[0])
            first = (first + drawn) % sizes[0]
            drawn = self._drawn(turn + 1, about + first.to_bytes(widths[0], "big"), widths[1])
            second = (second + drawn) % sizes[1]
        return [first, second]

    def _drawn(self, turn: int, message: bytes, width: int) -> int:
        """Draw a number of at least `width` bytes and `SPARE` more, which only the key's owner can foresee."""
        drawn = self._turns[turn].copy()  # cheaper than taking the key in again
        drawn.update(message)
        digest = drawn.digest()
        while len(digest) < width + SPARE:
            drawn.update(b"more")
            digest += drawn.digest()
        return int.from_bytes(digest, "big")


def _letters(number: int, count: int) -> str:
    """Write a number with so many letters."""
    written = []
    for _ in range(count):
        number, digit = divmod(number, len(LATIN))
        written.append(LATIN[digit])
    return "".join(written)[::-1]


def _cased(word: str, like: str) -> str:
    """Write a word with capitals where another has them."""
    if like[1:].islower():
        return word.capitalize()
    return "".join(char.upper() if other.isupper() else char for char, other in zip(word, like, strict=True))


def _number(digits: Iterable[int], radices: Iterable[int]) -> int:
    """Give the number that digits of these radices write."""
    number = 0
    for digit, radix in zip(digits, radices, strict=True):
        number = number * radix + digit
    return number


def _digits(number: int, radices: Sequence[int]) -> list[int]:
    """Give the digits of these radices that write a number."""
    digits = []
    for radix in reversed(radices):
        number, digit = divmod(number, radix)
        digits.append(digit)
    return digits[::-1]


def _leading(value: int, digits: str) -> Symbol:
    """Give a number's first digit: a zero stays and none appears, so that it is as long as before."""
    return (value - 1, digits[1:]) if value else (0, digits[:1])


class _Symbols(dict[str, Symbol | None]):
    """The symbol of each character, found once; None for what is neither a letter nor a digit, and stays."""

    def __missing__(self, char: str) -> Symbol | None:
        symbol = _symbol(char)
        if len(self) < REMEMBERED:
            self[char] = symbol
        return symbol


class _HexDigits(dict[str, Symbol | None]):
    """The symbols of hexadecimal digits, written with the given digits."""

    def __init__(self, digits: str) -> None:
        super().__init__({char: (index, digits) for index, digit in enumerate(HEX) for char in (digit, digit.upper())})

    def __missing__(self, char: str) -> None:
        return None


def _symbol(char: str) -> Symbol | None:
    if (digit := unicodedata.decimal(char, None)) is not None:
        return digit, _range(ord(char) - digit, ord(char) - digit + 9)
    lower = char.lower()
    upper = lower != char and lower.upper() == char
    for alphabet in ALPHABETS:
        if len(lower) == 1 and lower in alphabet and (upper or lower == char):
            return alphabet.index(lower), alphabet.upper() if upper else alphabet
    for first, last in RANGES:
        if first <= ord(char) <= last:
            return ord(char) - first, _range(first, last)
    return (ord(char) % len(LATIN), LATIN.upper() if char.isupper() else LATIN) if char.isalnum() else None


@lru_cache(256)
def _range(first: int, last: int) -> str:
    """List the characters of a range of codes."""
    return "".join(map(chr, range(first, last + 1)))


SYMBOLS, LOWER_HEX, UPPER_HEX = _Symbols(), _HexDigits(HEX), _HexDigits(HEX.upper())
