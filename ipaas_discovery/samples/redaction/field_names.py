"""Say what is personal by the name of a field and what surrounds it."""

from __future__ import annotations

from functools import lru_cache

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.sensitive_names import is_secret, sensitive_names

__all__ = ["is_person", "is_personal", "is_place", "is_short"]


@lru_cache(8192)
def is_person(name: str) -> bool:
    """Tell whether a name means a person or an address: by its last word, in singular or plural.

    >>> is_person("shipping_addresses"), is_person("CUSTOMER"), is_person("customer_groups"), is_person("shipTo")
    (True, True, False, True)
    """
    known = sensitive_names().personal
    words = [word for word in split_words(name) if not word.isdigit()]
    last = words[-1] if words else ""
    turned = "".join(words[-2:]) in known.persons_in_two_words
    return turned or bool({last, last.removesuffix("s"), last.removesuffix("es")} & known.persons)


@lru_cache(8192)
def is_place(name: str) -> bool:
    """Tell whether a field of this name holds degrees of latitude or longitude."""
    return not sensitive_names().personal.degrees.isdisjoint(split_words(name))


@lru_cache(8192)
def is_short(name: str) -> bool:
    """Tell whether a short number in a field of this name may identify a person: a ZIP code, a year of birth."""
    return not sensitive_names().personal.short.isdisjoint(split_words(name))


@lru_cache(65_536)
def is_personal(name: str, parent: str = "", *, of_person: bool = False) -> bool:
    """Tell whether a text in a field of this name is personal or secret.

    Args:
        name: the field's name.
        parent: the name of what holds the field.
        of_person: true if the record or the parent describes a person or an address.

    >>> is_personal("first_name"), is_personal("name"), is_personal("name", of_person=True), is_personal("email_type")
    (True, False, True, False)
    """
    words = split_words(name)
    if not words:
        return False
    joined, known = "".join(words), sensitive_names()
    personal = known.personal
    if personal.ending.search(joined) or is_secret(name):
        return True
    if words[-1] in known.meta and personal.in_spite_of_meta.isdisjoint(words):
        return False
    if not personal.words.isdisjoint(words) and not known.secret.page_token.search(joined):
        return True
    if "card" in parent.lower() and joined == "number":
        return True
    return of_person and joined in personal.of_a_person
