"""A keyed permutation of pairs of numbers, which can be undone with the key alone: what pseudonyms are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import prod

__all__ = ["LATIN", "Permutation"]

LATIN = "abcdefghijklmnopqrstuvwxyz"
BASE_26 = bytes.maketrans(LATIN.encode(), b"0123456789abcdefghijklmnop")
ROUNDS, ZERO = 4, ord("0")
DRAWN = 64
"""Bytes of one digest."""
SPARE = 8
"""Bytes drawn beyond those that are needed, so that hardly any value is likelier than another."""
TOGETHER = 3
"""Letters that are written at once."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sizes of two numbers, the bytes that each is written with, and if one digest is enough for either."""

    sizes: tuple[int, int]
    widths: tuple[int, int]
    are_short: bool


@dataclass(frozen=True, slots=True)
class _Halves:
    """The two numbers that so many letters and digits are: every second of both on one side."""

    letters: tuple[int, int]
    digits: tuple[int, int]
    tens: tuple[int, int]
    sides: _Sides
    count: bytes


class Permutation:
    """A Feistel network over two numbers in mixed radices, safe to use from several threads.

    >>> turned = Permutation(b"a key").letters_and_digits
    >>> [len(part) for part in turned(b"ada", b"17")]
    [3, 2]

    Args:
        key: a secret of any length.
    """

    def __init__(self, key: bytes) -> None:
        secret = blake2b(key).digest()
        self._turns = [blake2b(key=secret, person=b"turn %d" % turn) for turn in range(ROUNDS)]
        copies = [turn.copy for turn in self._turns]  # cheaper than taking the key in again
        self._pairs = (*zip(copies[::2], copies[1::2], strict=True),)

    def letters_and_digits(self, letters: bytes, digits: bytes, tweak: bytes = b"") -> tuple[str, str]:
        """Replace small Latin letters and digits, mixed with each other: every second of both with the others.

        The letters at even places are given before those at odd ones, and the digits likewise.
        """
        halves = _halves(len(letters), len(digits))
        (even_tens, odd_tens), places = halves.tens, letters.translate(BASE_26)
        numbers = _joined(places[::2], digits[::2], even_tens), _joined(places[1::2], digits[1::2], odd_tens)
        high, low = self._turned(numbers, halves.sides, tweak + halves.count)
        counts = ""
        if digits:
            high, rest = divmod(high, even_tens)
            low, other = divmod(low, odd_tens)
            evens, odds = halves.digits
            counts = str(rest).zfill(evens) + str(other).zfill(odds) if odds else str(rest)
        return _letters(high, halves.letters[0]) + _letters(low, halves.letters[1]), counts

    def digits(self, text: bytes, tweak: bytes = b"") -> str:
        """Replace every digit of a number of two or more, in the same order; none begins with a zero that did not."""
        first, even, odd = text[0] - ZERO, text[2::2], text[1::2]
        tens = 10 ** len(even)
        sides = _sides((9 if first else 1) * tens, 10 ** len(odd))
        numbers = max(first - 1, 0) * tens + int(even or 0), int(odd)
        high, low = self._turned(numbers, sides, b"%b %d " % (tweak, len(text)))
        lead, rest = divmod(high, tens)
        return str(lead + bool(first)) + (str(rest).zfill(len(even)) if even else "") + str(low).zfill(len(odd))

    def mixed(self, values: Sequence[int], radices: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Replace numbers below these radices; all that they can write is permuted."""
        sides = radices[::2], radices[1::2]
        numbers = _number(values[::2], sides[0]), _number(values[1::2], sides[1])
        high, low = self._turned(numbers, _sides(*map(prod, sides)), b"%b %d " % (tweak, len(values)))
        mixed = [*values]
        mixed[::2], mixed[1::2] = _digits(high, sides[0]), _digits(low, sides[1])
        return mixed

    def drawn(self, about: bytes, radix: int, count: int) -> list[int]:
        """Draw numbers below a radix, always the same for the same bytes."""
        return _digits(self._draw(0, about, count), [radix] * count)

    def _turned(self, numbers: tuple[int, int], sides: _Sides, about: bytes) -> tuple[int, int]:
        """Run the rounds over two numbers below these sizes."""
        (first, second), (size, other), (width, other_width) = numbers, sides.sizes, sides.widths
        if not sides.are_short:
            for turn in range(0, ROUNDS, 2):
                first = (first + self._draw(turn, about + second.to_bytes(other_width, "big"), width)) % size
                second = (second + self._draw(turn + 1, about + first.to_bytes(width, "big"), other_width)) % other
            return first, second
        read = int.from_bytes
        for one, another in self._pairs:  # the same, for numbers of which one digest is enough
            drawn = one()
            drawn.update(about + second.to_bytes(other_width, "big"))
            first = (first + read(drawn.digest(), "big")) % size
            drawn = another()
            drawn.update(about + first.to_bytes(width, "big"))
            second = (second + read(drawn.digest(), "big")) % other
        return first, second

    def _draw(self, turn: int, message: bytes, width: int) -> int:
        """Draw a number of at least `width` bytes and `SPARE` more, which only the key's owner can foresee."""
        drawn = self._turns[turn].copy()  # cheaper than taking the key in again
        drawn.update(message)
        digest = drawn.digest()
        if width + SPARE > DRAWN:
            parts = [digest]
            for _ in range((width + SPARE - 1) // DRAWN):
                drawn.update(b"more")
                parts.append(drawn.digest())
            digest = b"".join(parts)
        return int.from_bytes(digest, "big")


@lru_cache(4096)
def _halves(letters: int, digits: int) -> _Halves:
    some, others = ((letters + 1) // 2, letters // 2), ((digits + 1) // 2, digits // 2)
    tens = 10 ** others[0], 10 ** others[1]
    sides = _sides(len(LATIN) ** some[0] * tens[0], len(LATIN) ** some[1] * tens[1])
    return _Halves(some, others, tens, sides, b" %d " % (letters + digits))


@lru_cache(4096)
def _sides(size: int, other: int) -> _Sides:
    widths = size.bit_length() // 8 + 1, other.bit_length() // 8 + 1
    return _Sides((size, other), widths, max(widths) + SPARE <= DRAWN)


def _joined(places: bytes, digits: bytes, tens: int) -> int:
    """Give the number that letters, by their places in the alphabet, and digits write."""
    number = int(places, len(LATIN)) * tens if places else 0
    return number + int(digits) if digits else number


@lru_cache(1)
def _written() -> tuple[str, ...]:
    """All groups of letters, in their order."""
    return tuple(one + two + three for one in LATIN for two in LATIN for three in LATIN)


def _letters(number: int, count: int) -> str:
    """Write a number with so many letters."""
    groups, written = _written(), ""
    while len(written) + TOGETHER < count:
        number, group = divmod(number, len(groups))
        written = groups[group] + written
    return groups[number][len(written) - count :] + written if count else ""


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
