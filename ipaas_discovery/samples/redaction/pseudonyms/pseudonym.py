"""Keyed pseudonyms in a value's own form: e-mail stays e-mail, digits stay digits, and equal stays equal.

What a pseudonym looks like depends on the value alone, never on the field it came from, so the same value gets the
same pseudonym in every field, collection and system that shares the key. Case and punctuation pass through:
values that differ only in them still do. Within a form different values stay different, because each step of the
mixing can be undone with the key; only the domain of an e-mail address and letters of rare scripts are digests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from ipaas_discovery.samples.redaction.pseudonyms.permutation import LATIN, Permutation

__all__ = ["Pseudonyms"]

HEX = "0123456789abcdef"
ALPHABETS = (
    LATIN,
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
)
RANGES = (
    (0x05D0, 0x05EA), (0x0621, 0x063A), (0x0641, 0x064A), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
)  # fmt: skip
"""Hebrew, Arabic (twice), Hiragana, Katakana, Han, Hangul: letters without case."""
EMAIL = re.compile(r"([^\s@<>(),;:\"]+)@([^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+)")
DAY = re.compile(r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])(.*)", re.DOTALL)
IPV4 = re.compile(
    r"(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}"
)
HEXADECIMAL = re.compile(r"(?=.*[0-9].*[0-9])(?=.*[A-Fa-f])(?!(?:[:-]*[A-Za-z]){2}[0-9:-]+$)[0-9A-Fa-f:-]{7,}")
"""Two letters and digits alone are rather a country and a number: of a bank account, or for tax."""
IPV6 = re.compile(r"(?=(?:.*:){3})(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}|[0-9A-Fa-f]{0,4}::[0-9A-Fa-f]{0,4}")
ADDRESS, MAPPED = re.compile(rf"((?:[0-9A-Fa-f]{{0,4}}:){{2,6}})?({IPV4.pattern})"), "::ffff:"
DOMAIN_END, SHORTEST_LABEL = ".test", 4
FIRST_DAY, DAYS, SIDE = date(1900, 1, 1), 73_049, 271
"""The days of two centuries, and the side of the smallest square that holds them."""
NAMES = re.compile(r"[^\W\d_]+(?:[ .,'\u2019-]{1,2}[^\W\d_]+)+\.?")
WORD = re.compile(r"[^\W\d_]+")
NO_LETTERS = bytes(code for code in range(128) if chr(code).lower() not in LATIN)
SMALL = bytes(range(256)).lower()
FORM = bytes(
    ord("0" if char.isdecimal() else "a" if char in LATIN else "A" if char.lower() in LATIN else "-")
    for char in map(chr, range(128))
) + bytes(range(128, 256))
"""Small letters, capitals, digits and other signs, each as one of them."""
NO_DIGITS = bytes(code for code in range(128) if not chr(code).isdecimal())
DECIMAL = 10
LONGEST_NUMBER = 60
REMEMBERED, LONGEST_REMEMBERED = 65_536, 200
LONGEST_BLOCK = 1000
"""Signs of a text that are mixed with each other."""


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
        self._permutation = Permutation(key)
        self._domain = lru_cache(REMEMBERED)(self._named_domain)
        self._short = lru_cache(REMEMBERED)(self._text)

    def text(self, text: str) -> str:
        """Give the pseudonym of a text."""
        return self._short(text) if len(text) <= LONGEST_REMEMBERED else self._text(text)

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
        if "." in text and (text[0].isdigit() or ":" in text) and (address := ADDRESS.fullmatch(text)):
            return self._address(*address.groups(""))
        if text[4:5] == "-" and text[0] in "12" and (day := DAY.fullmatch(text)):
            return self._day(text, *day.groups())
        hexadecimal = (
            " " not in text and not text.isdecimal() and bool(HEXADECIMAL.fullmatch(text) or IPV6.fullmatch(text))
        )
        return self._characters(text, hexadecimal=hexadecimal)

    def _plain(self, text: str, tweak: bytes = b"") -> str:
        """Replace the letters and digits of a text of ASCII: by whole numbers, which is quicker than sign by sign."""
        plain = text.encode()
        letters, digits = plain.translate(SMALL, NO_LETTERS), plain.translate(None, NO_DIGITS)
        if len(letters) + len(digits) < 2:  # noqa: PLR2004  one sign has no other to be mixed with
            return self._sign_by_sign(text, tweak=tweak)
        if letters:
            words, numbers = self._permutation.letters_and_digits(letters, digits, tweak)
        else:
            words, numbers = "", self._permutation.digits(digits)
        order = _order(plain.translate(FORM), len(letters), len(digits))
        return "".join(order(f"{words}{words.upper()}{numbers}{text}"))

    def _characters(self, text: str, *, hexadecimal: bool = False, tweak: bytes = b"") -> str:
        if len(text) > LONGEST_BLOCK:
            blocks = [text[at : at + LONGEST_BLOCK] for at in range(0, len(text), LONGEST_BLOCK)]
            return "".join(self._characters(block, tweak=b"%b%d" % (tweak, at)) for at, block in enumerate(blocks))
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
        mixed = zip(alphabets, self._permutation.mixed(values, [*map(len, alphabets)], tweak), strict=True)
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
        drawn = self._permutation.drawn(b"domain " + domain.encode(), len(LATIN), length)
        return "".join(LATIN[digit] for digit in drawn) + DOMAIN_END

    def _address(self, network: str, host: str) -> str:
        """Give an address of IPv4, or one of IPv6 that ends so: its end has the pseudonym which it has alone."""
        octets = [int(octet) for octet in host.split(".")]
        lows = [100 if octet > 99 else 10 if octet > 9 else 0 for octet in octets]  # noqa: PLR2004  as many digits as before
        radices = [{0: 10, 10: 90, 100: 156}[low] for low in lows]
        mixed = self._permutation.mixed([octet - low for octet, low in zip(octets, lows, strict=True)], radices)
        kept = network if network.lower() in {"", MAPPED} else self._sign_by_sign(network, hexadecimal=True)
        return kept + ".".join(str(value + low) for value, low in zip(mixed, lows, strict=True))

    def _day(self, text: str, day: str, rest: str) -> str:
        """Give another day of the same two centuries; a time after it stays, as it tells no more than a time alone."""
        try:
            number = (date.fromisoformat(day) - FIRST_DAY).days
        except ValueError:
            return self._characters(text)
        while True:  # leave the square's corner that is no day, as one enters it: by mixing once more
            high, low = self._permutation.mixed(divmod(number, SIDE), (SIDE, SIDE), b"day")
            number = high * SIDE + low
            if number < DAYS:
                return (FIRST_DAY + timedelta(number)).isoformat() + rest


@lru_cache(REMEMBERED)
def _order(form: bytes, letters: int, digits: int) -> Callable[[str], tuple[str, ...]]:
    """Give the order of letters, the same as capitals, digits and what stays, by the form of the text to be written.

    Of the letters and of the digits, those at even places come first.
    """
    words, counts = _evens_first(letters), map((2 * letters).__add__, _evens_first(digits))
    stay = 2 * letters + digits
    places = []
    for at, sign in enumerate(form.decode()):
        if sign == "0":
            places.append(next(counts))
        elif sign in "aA":
            places.append(next(words) + letters * (sign == "A"))
        else:
            places.append(stay + at)
    return itemgetter(*places)


def _evens_first(number: int) -> Iterator[int]:
    """Give where each of so many signs stands if those at even places come first."""
    return iter([at // 2 + (at % 2) * ((number + 1) // 2) for at in range(number)])


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
