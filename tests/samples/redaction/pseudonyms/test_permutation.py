"""The keyed permutation: one to one on all that can be written, and these very values, on which samples rest."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest

from ipaas_discovery.samples.redaction.pseudonyms.permutation import Permutation

KNOWN = Permutation(b"a key")


def in_order(text):
    """What was given with the signs at even places first, as it is read."""
    evens = text[: (len(text) + 1) // 2]
    return "".join(evens[at // 2] if at % 2 == 0 else text[len(evens) + at // 2] for at in range(len(text)))


@pytest.mark.parametrize(
    ("letters", "digits", "replaced"),
    [
        (b"ada", b"17", ("cnb", "57")),
        (b"a", b"1", ("g", "0")),
        (b"ab", b"", ("fz", "")),
        (b"abc", b"1", ("vwg", "3")),
        (b"abcdefgh", b"12345", ("uuyduycc", "08669")),
        (b"zzzz", b"99", ("jmmq", "17")),
        (b"zebra", b"0", ("dcshe", "2")),
        (b"a", b"1234", ("n", "2085")),
    ],
)
def test_letters_and_digits_are_mixed_with_each_other(letters, digits, replaced):
    assert tuple(map(in_order, KNOWN.letters_and_digits(letters, digits))) == replaced
    assert tuple(map(in_order, KNOWN.letters_and_digits(letters, digits, b"t"))) != replaced


@pytest.mark.parametrize(
    ("number", "replaced"),
    [
        (b"10", "90"),
        (b"01", "05"),
        (b"123", "709"),
        (b"0123", "0303"),
        (b"1234567", "4893455"),
        (b"99", "74"),
        (b"90", "89"),
    ],
)
def test_digits_are_mixed_and_their_first_stays_a_zero_or_none(number, replaced):
    assert in_order(KNOWN.digits(number)) == replaced


@pytest.mark.parametrize("length", [2, 3])
def test_every_number_is_the_pseudonym_of_one(length):
    numbers = ["".join(digits) for digits in product("0123456789", repeat=length)]
    replaced = [in_order(KNOWN.digits(number.encode())) for number in numbers]
    assert sorted(replaced) == numbers
    assert all((one[0] == "0") is (other[0] == "0") for one, other in zip(numbers, replaced, strict=True))


def test_every_pair_of_a_letter_and_a_digit_is_the_pseudonym_of_one():
    pairs = [*product(ascii_lowercase, "0123456789")]
    assert sorted(KNOWN.letters_and_digits(letter.encode(), digit.encode()) for letter, digit in pairs) == pairs


def test_numbers_of_any_radices_are_permuted():
    values = [list(numbers) for numbers in product(range(4), range(5), range(6))]
    assert sorted(KNOWN.mixed(numbers, [4, 5, 6]) for numbers in values) == values
    assert KNOWN.mixed([1, 2, 3], [4, 5, 6]) == [0, 1, 0]
    assert KNOWN.mixed([1, 2, 3], [4, 5, 6], b"t") == [2, 0, 0]
    assert KNOWN.mixed([1], [9]) == [3]


@pytest.mark.parametrize(
    ("radix", "count", "drawn"),
    [
        (26, 5, [7, 13, 13, 21, 5]),
        (2, 3, [0, 1, 1]),
        (256, 56, [97, 80, 2, 78]),
        (256, 57, [36, 118, 33, 157]),
        (256, 200, [194, 61, 73, 212]),
    ],
)
def test_what_is_drawn_is_the_same_for_the_same_bytes(radix, count, drawn):
    numbers = KNOWN.drawn(b"x", radix, count)
    assert (numbers[:4] if count > 5 else numbers, len(numbers)) == (drawn, count)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [(b"a" * 77, "mdvdpdbsziyg"), (b"a" * 80, "cwmbijiufokf"), (b"a" * 300, "iafdaboxbawr")],
)
def test_more_letters_than_one_digest_covers_are_mixed_too(text, beginning):
    assert in_order(KNOWN.letters_and_digits(text, b"")[0])[:12] == beginning


def test_more_digits_than_one_digest_covers_are_mixed_too():
    assert in_order(KNOWN.digits(b"1" * 300))[:12] == "597011574410"
