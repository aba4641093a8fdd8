"""E-mail addresses as evidence: an address that is made of a name says little beside that name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ipaas_discovery.knowledge.people.person_names import full_forms
from ipaas_discovery.matching.records.blocks import Block
from ipaas_discovery.matching.records.columns import Column
from ipaas_discovery.matching.records.evidence import SLIP, Bits, Rows, ValueEvidence
from ipaas_discovery.matching.records.names import Name

__all__ = ["EmailEvidence", "alike_email", "digits_beside_name", "locals_of", "names_in_emails"]

SAME_FORM, EACH_DIGIT, OTHER_FORM = 5.0, 2.5, 1.0
"""Bits of an address beside the name it is made of: its form and provider, each of its digits, and another form."""
SHORT_GIVEN = 3
"""Letters of a given name by which an address names it at least, where there is more than its initial."""


@dataclass(frozen=True)
class EmailEvidence:
    """The addresses of both sides, and for each record how many digits stand in one that is made of its name.

    `ours` and `theirs` hold -1 where the address says something else than the name.
    """

    aspect: str
    values: ValueEvidence
    ours: Rows
    theirs: Rows

    def within(self, side: int) -> EmailEvidence:
        """Give the evidence for two records of one side."""
        made = (self.ours, self.theirs)[side]
        return EmailEvidence(self.aspect, self.values.within(side), made, made)

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Weigh pairs by the addresses alone."""
        return self.values.bits(left, right)

    def beside_names(self, bits: Bits, left: Rows, right: Rows, named: Bits) -> Bits:
        """Take back what the names have said already: `named` is what they say for each pair."""
        coded = self.values.coded
        same = (coded.left[left, 0] == coded.right[right, 0]) & (coded.left[left, 0] >= 0)
        digits = np.minimum(self.ours[left], self.theirs[right])
        limit = np.where(same, SAME_FORM, OTHER_FORM) + EACH_DIGIT * digits
        made = (named > 0) & (digits >= 0)
        return np.where(made, np.minimum(bits, limit), bits).astype(np.float32)


def digits_beside_name(emails: Sequence[Sequence[str]], names: Sequence[Name] | None) -> Rows:
    """Count the digits in each record's address if its letters are those of the record's name, else give -1."""
    if names is None:
        return np.full(len(emails), -1, dtype=np.int64)
    rows = (
        sum(map(str.isdigit, local_of(row[0]))) if row and _made_of(letters_of(row[0]), name) else -1
        for row, name in zip(emails, names, strict=True)
    )
    return np.fromiter(rows, np.int64, len(emails))


def _made_of(letters: str, name: Name) -> bool:
    """Tell whether letters are a given and a family name, in any order, the given name perhaps short or an initial."""
    given, family = (part.replace(" ", "") for part in name)
    if not family or family not in letters:
        return bool(given) and len(given) >= SHORT_GIVEN and letters == given
    rest = letters.replace(family, "", 1)
    return not rest or rest == given[:1] or any(rest == form.replace(" ", "") for form in {given, *full_forms(given)})


def names_in_emails(
    sides: tuple[Mapping[str, Column], Mapping[str, Column]], names: tuple[Sequence[Name], Sequence[Name]]
) -> Iterator[Block]:
    """Lay the names of one side beside the e-mail addresses of the other, which keep the name before a wedding."""
    emails = [next((column for column in side.values() if column.form == "email"), None) for side in sides]
    written = [list(map(_as_in_emails, side)) for side in names]
    if emails[1]:
        yield written[0], [_letters(row) for row in emails[1].rows]
    if emails[0]:
        yield [_letters(row) for row in emails[0].rows], written[1]


def _as_in_emails(name: Name) -> tuple[str, ...]:
    given, family = (part.replace(" ", "") for part in name)
    return tuple(dict.fromkeys((given + family, family + given))) if given and family else ()


def _letters(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(letters_of, row))


def local_of(email: str) -> str:
    """Return what stands before the @."""
    return email.partition("@")[0]


def letters_of(email: str) -> str:
    """Return the letters before the @."""
    return "".join(filter(str.isalpha, local_of(email)))


def locals_of(row: Iterable[str]) -> tuple[str, ...]:
    """Return what stands before the @ of each address."""
    return tuple(map(local_of, row))


LONG_EMAIL = 10


def alike_email(pairs: Iterable[tuple[str, str]]) -> Bits:
    """Weigh the same name at another provider, and a slip of the pen."""
    pairs = [*pairs]
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415  only what is not equal needs it
    from rapidfuzz.process import cpdist  # noqa: PLC0415  only what is not equal needs it

    slips = cpdist(
        [a for a, _ in pairs], [b for _, b in pairs], scorer=DamerauLevenshtein.distance, score_cutoff=1, dtype=np.uint8
    )
    numbered = np.asarray([_digits(a) == _digits(b) for a, b in pairs])
    same = np.asarray([len(a) > LONG_EMAIL and local_of(a) == local_of(b) for a, b in pairs])
    return np.where(((slips <= 1) & numbered) | same, SLIP, 0.0).astype(np.float32)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
