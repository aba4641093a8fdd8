"""The class of a field by its name: personal, a person's, a card's, or free text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words
from ipaas_discovery.knowledge.sensitive_names import sensitive_names
from ipaas_discovery.samples.redaction.field_names import (
    is_agent,
    is_done_by,
    is_name,
    is_person,
    is_personal,
    is_place,
)
from ipaas_discovery.samples.redaction.value_patterns import AMOUNT, is_card, is_single_name

__all__ = ["FieldClass", "classify_field"]

DONE_BY = re.compile(r"(?:ed|wn|en|ld)by$|(?:assigned|escalated)to$|(?:por|par|da|door|von)$")
"""The end of a name that says who did something: `ordered_by`, and not `order_by`."""
LONGEST_NAME, LONGEST_NOTHING, AMOUNT_STARTS = 200, 12, frozenset("-0123456789")
AMOUNTS = re.compile(rf"\n{AMOUNT.pattern}\n")


@dataclass(frozen=True, slots=True)
class FieldClass:
    """The class of a field's values by its name.

    Attributes:
        name: the field's.
        personal: every value is personal.
        person: a value of two words or more is somebody's name or address.
        alone: so is one word with a capital.
        logged_in: so is what somebody logs in with.
        card: a number with a card's check digit is a card's.
        free: free text, which may hold other people's names.
        prose: a text that describes something, which may hold other people's whole names.
        names: a value is the name of a person.
        code: a word or a code of the system's, in which no person is named.
        place: a number is degrees of latitude or longitude.
        titled: a person's name is told from other words by its capitals only.
    """

    name: str
    personal: bool = False
    person: bool = False
    alone: bool = False
    logged_in: bool = False
    card: bool = False
    free: bool = False
    prose: bool = False
    names: bool = False
    code: bool = False
    place: bool = False
    titled: bool = False

    def of_text(self, text: str) -> bool:
        """Tell whether a text there is personal as a whole.

        >>> buyer, phone = classify_field("buyer"), classify_field("phone")
        >>> buyer.of_text("Ada Example"), buyer.of_text("Ada"), buyer.of_text("B-17"), phone.of_text("12.50")
        (True, True, False, False)
        """
        if self.personal:
            if says_nothing(text):
                return False
            return text[:1] not in AMOUNT_STARTS or self.place or not AMOUNT.fullmatch(text)
        if not self.person or not text[:1].isalpha() or len(text) >= LONGEST_NAME:
            return False
        words = text.split()
        if len(words) > 1:
            return words[1][0].isalpha() and not (self.titled and words[-1][0].islower())
        return (self.alone or self.logged_in) and is_single_name(words[0], loosely=self.logged_in)

    def of_all(self, texts: Iterable[str]) -> bool:
        """Tell whether texts of a personal field, and none of them a link, are certainly all personal as a whole."""
        lines = "\n".join(["", *texts, ""])
        if personal_words().texts.nothing.search(lines.lower()):
            return False
        return self.personal and "://" not in lines and (self.place or not AMOUNTS.search(lines))

    def tells_name(self, text: str) -> bool:
        """Tell whether a personal text there is a name that other texts may tell; what one logs in with is none."""
        return self.names and (self.personal or " " in text or text.istitle())

    def of_number(self, value: Any) -> bool:  # noqa: ANN401  a number of any kind
        """Tell whether a number there is personal.

        >>> card = classify_field("card")
        >>> card.of_number(4111111111111111), card.of_number(4111111111111112)
        (True, False)
        """
        return self.personal or (self.card and isinstance(value, int) and is_card(str(value)))


def says_nothing(text: str) -> bool:
    """Tell whether a text says nothing of anybody, wherever it stands: a flag, or a place for a value.

    >>> [says_nothing(text) for text in ("false", "N/A", "{{customer.email}}", "*|FNAME|*", "Ada")]
    [True, True, True, True, False]
    """
    if len(text) <= LONGEST_NOTHING and text.lower() in personal_words().texts.says_nothing:
        return True
    return text[:2] in {"{{", "*|"} and text[-1] in "}*"


@lru_cache(65_536)
def classify_field(name: str, parent: str = "", *, of_person: bool = False) -> FieldClass:
    """Classify a field by its name and that of what holds it.

    Args:
        name: the field's name.
        parent: the name of what holds the field.
        of_person: true if the record or the parent describes a person or an address.
    """
    words, known = folded_words(name), sensitive_names().personal
    joined = "".join(words)
    personal = is_personal(name, parent, of_person=of_person)
    more = personal_words()
    done = bool(known.somebody.search(joined)) or joined in more.done_by or is_done_by(name)
    certain = joined in more.persons or known.no_persons.isdisjoint(words)
    person = done or (certain and is_person(name) and joined not in more.things)
    formed = not person and is_agent(name)
    person = person or formed
    forms = {words[-1], words[-1].removesuffix("s")} if words else set()
    free = not known.free_text.isdisjoint(words) and not personal
    return FieldClass(
        name,
        personal=personal,
        person=person and not personal,
        alone=person and not more.alone.isdisjoint(forms),
        logged_in=bool(done and DONE_BY.search(joined)) or (person and not more.logged_in.isdisjoint(forms)),
        card=not known.cards.isdisjoint((*words, *folded_words(parent))),
        free=free,
        prose=not (free or personal or known.prose.isdisjoint(words)),
        names=person or (personal and is_name(name, of_person=of_person)),
        code=bool(words) and words[-1] in more.codes,
        place=is_place(name),
        titled=formed,
    )
