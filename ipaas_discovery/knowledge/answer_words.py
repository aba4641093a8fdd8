"""Words in answers beside their records: envelopes, errors, and headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["AnswerWords", "EnvelopeWords", "ErrorWords", "HeaderWords", "answer_words", "envelope_words"]


@dataclass(frozen=True)
class EnvelopeWords:
    """Names that stand around and beside records, whatever the vendor; `answers.toml` says what each list is."""

    companions: frozenset[str]
    outcome: frozenset[str]
    holders: tuple[str, ...]
    page_facts: tuple[str, ...]
    batches: frozenset[str]
    wrappers: frozenset[str]
    list_elements: frozenset[str]
    list_forms: tuple[str, ...]
    sheets: frozenset[str]
    columns: frozenset[str]
    column_names: tuple[str, ...]

    @cached_property
    def _page_fact(self) -> re.Pattern[str]:
        return re.compile("|".join(self.page_facts))

    def is_companion(self, name: str) -> bool:
        """Tell whether what is called so stands beside records, and is none of their fields.

        >>> [envelope_words().is_companion(name) for name in ("has_more", "@odata.count", "email")]
        [True, True, False]
        """
        return bare(name) in self.companions or self.tells_page(name) or name[:1] in {"@", "_"}

    def tells_page(self, name: str) -> bool:
        """Tell whether only a page of records has something called so."""
        return self._page_fact.fullmatch(bare(name)) is not None


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """Names by which an answer reports an error though its status is a success.

    `keys` hold an error, `codes` its code, of which those in `no_error` are none; `flags` say by one of their values
    that something is wrong; an error `says` what it is in these, the most telling first. `outcomes` tell how a call
    went; texts with a part from `nothing` say that there are no records, those in `well` that all went well, and
    `log_in_again` is what an error says where a session is over.
    """

    keys: tuple[str, ...]
    codes: tuple[str, ...]
    no_error: tuple[str, ...]
    says: tuple[str, ...]
    outcomes: tuple[str, ...]
    nothing: tuple[str, ...]
    well: tuple[str, ...]
    log_in_again: tuple[str, ...]
    flags: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Names of headers: those `of_the_wire`, and parts of those that speak of `limits`."""

    of_the_wire: frozenset[str]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """All words in answers beside their records."""

    unset: frozenset[str]
    yes_or_no: frozenset[str]
    envelope: EnvelopeWords
    errors: ErrorWords
    headers: HeaderWords


@cache
def answer_words() -> AnswerWords:
    """Read the table of answers, once."""
    return read_toml("answers", AnswerWords)


def envelope_words() -> EnvelopeWords:
    """Give the words of envelopes."""
    return answer_words().envelope
