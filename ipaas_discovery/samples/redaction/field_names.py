"""Say what is personal by the name of a field and what surrounds it."""

from __future__ import annotations

import re
from functools import lru_cache

from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words, without_umlauts
from ipaas_discovery.knowledge.sensitive_names import is_secret, sensitive_names

__all__ = [
    "header_names",
    "holds_no_person",
    "is_agent",
    "is_done_by",
    "is_name",
    "is_part_of_name",
    "is_person",
    "is_personal",
    "is_place",
    "is_short",
    "tells_of_goods",
    "tells_of_person",
]

PARTS_OF_DAY = frozenset({"day", "month", "year"})


@lru_cache(8192)
def is_person(name: str) -> bool:
    """Tell whether a name means a person or an address: by its last word, in singular or plural.

    >>> is_person("shipping_addresses"), is_person("CUSTOMER"), is_person("customer_groups"), is_person("shipTo")
    (True, True, False, True)
    """
    known = sensitive_names().personal
    words = [word for word in folded_words(name) if not word.isdigit()]
    words = _head(words[:-1] if words[-1:] == ["string"] else words)
    last = words[-1] if words else ""
    turned = "".join(words[-2:]) in known.persons_in_two_words
    forms = {last, last.removesuffix("s"), last.removesuffix("es"), without_umlauts(last)}
    return turned or not forms.isdisjoint(known.persons) or not forms.isdisjoint(personal_words().persons)


def _head(words: list[str]) -> list[str]:
    """Give the words up to what is named: `head` in `head of household`, `tutor` in `tutor legal`."""
    if "of" in words[1:-1]:
        return words[: words.index("of", 1)]
    while len(words) > 1 and words[-1] in personal_words().after_persons and not is_person(words[-1]):
        words = words[:-1]
    return words


@lru_cache(65_536)
def _written_out(name: str) -> tuple[str, ...]:
    """Split a name into words, those written out that are cut short beside a word for a person."""
    words, short = folded_words(name), personal_words().short
    if len(words) == 1 or short.keys().isdisjoint(words):
        return words
    full = tuple(short.get(word, word) for word in words)
    return full if is_person(full[0]) else words


@lru_cache(8192)
def is_agent(name: str) -> bool:
    """Tell whether the last word of a name is formed like one for who does something.

    >>> is_agent("firmante"), is_agent("unterzeichner"), is_agent("fabricante"), is_agent("proveedor")
    (True, True, False, False)
    """
    last, known = folded_words(name)[-1:], personal_words()
    if not last or last[0] in known.no_agents or last[0] in known.firms or last[0] in known.things:
        return False
    return known.agent.search(last[0]) is not None


@lru_cache(8192)
def is_done_by(name: str) -> bool:
    """Tell whether a name says who did something, in one of many languages.

    >>> [is_done_by(name) for name in ("signedForBy", "atendido_por", "saisiPar", "sorted_by", "valid_from")]
    [True, True, True, False, False]
    """
    known = personal_words()
    words = [word for word in folded_words(name) if word not in known.between]
    if len(words) < 2 or words[-1] not in known.done or words[-2] in known.by_things:  # noqa: PLR2004  what was done, and by
        return False
    return bool(re.search(known.done[words[-1]], words[-2]))


@lru_cache(8192)
def header_names(name: str) -> str:
    """Tell whom a header names: `somebody`, a person or a `tool`, somebody by an `id`, or nobody.

    >>> [header_names(name) for name in ("X-Remote-User", "X-Customer-Id", "X-Client", "X-Runtime")]
    ['somebody', 'id', 'tool', '']
    """
    words = folded_words(name)
    words = words[1:] if words[:1] == ("x",) else words
    known, joined = sensitive_names().personal, "".join(words)
    if not words:
        return ""
    named = not known.in_headers.isdisjoint((joined, "".join(words[-2:]))) or joined in personal_words().done_by
    if named or is_personal(name) or known.somebody_in_header.search(joined):
        return "somebody"
    if words[-1] in {"id", "ids"}:
        return "id" if is_person("_".join(words[:-1])) else ""
    if not is_person("_".join(words)):
        return ""
    return "tool" if words[-1] in known.tools else "somebody"


@lru_cache(8192)
def is_place(name: str) -> bool:
    """Tell whether a field of this name holds degrees of latitude or longitude."""
    return not sensitive_names().personal.degrees.isdisjoint(folded_words(name))


@lru_cache(8192)
def is_short(name: str) -> bool:
    """Tell whether a short number in a field of this name may identify a person: a ZIP code, a year of birth."""
    return not sensitive_names().personal.short.isdisjoint(folded_words(name))


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
    words = _written_out(name)
    joined, known = "".join(words), sensitive_names()
    personal = known.personal
    if not words or personal.ending.search(joined) or is_secret(name):
        return bool(words)
    if _tells_about(words, joined) and not ("card" in parent.lower() and joined in personal_words().on_card):
        return False
    if not personal.words.isdisjoint(words) and not known.secret.page_token.search(joined):
        return True
    if words[-1] in personal_words().parts_of_name and len(words) > 1 and is_person("_".join(words[:-1])):
        return True
    if _is_part_of(joined, parent) or (of_person and joined in personal.of_a_person):
        return True
    return _in_any_language(words, joined, of_person=of_person)


def _tells_about(words: tuple[str, ...], joined: str) -> bool:
    """Tell whether a name is of something about a personal thing, or of no person's: `email_type`, `hashtag`."""
    known = sensitive_names()
    if words[-1] in known.meta and known.personal.in_spite_of_meta.isdisjoint((*words, joined)):
        return True
    return "".join(words[-2:]) in known.meta_in_two_words or joined in personal_words().things


def _is_part_of(joined: str, parent: str) -> bool:
    """Tell whether a name is personal by what holds it: the number of a card, the year of a birth."""
    holder = parent.lower()
    if ("card" in holder and joined in personal_words().on_card) or ("bank" in holder and joined == "accountname"):
        return True
    known, held = personal_words(), "".join(folded_words(parent))
    if (held in known.papers and joined in known.on_papers) or (held in known.vehicles and joined in known.on_vehicles):
        return True
    of_birth = not sensitive_names().personal.in_spite_of_meta.isdisjoint(folded_words(parent))
    return of_birth and joined in PARTS_OF_DAY


@lru_cache(8192)
def is_name(name: str, *, of_person: bool = False) -> bool:
    """Tell whether the values of a personal field of this name are what people are called.

    >>> is_name("nom_client"), is_name("cognome"), is_name("ville")
    (True, True, False)
    """
    words, known = _written_out(name), personal_words()
    joined = "".join(words)
    if sensitive_names().personal.name.search(joined) or joined in known.names or not known.names.isdisjoint(words):
        return True
    return not known.called.isdisjoint(words) or (of_person and joined in known.names_of_a_person)


@lru_cache(8192)
def is_part_of_name(name: str, parents: tuple[str, ...]) -> bool:
    """Tell whether a field holds a part of a name, by what holds it.

    >>> is_part_of_name("first", ("display_name",)), is_part_of_name("first", ("pages",))
    (True, False)
    """
    known, held = personal_words(), "".join(folded_words(name))
    return held in known.names_of_a_person and any(
        not known.called.isdisjoint(folded_words(parent)[-1:]) for parent in parents
    )


@lru_cache(8192)
def holds_no_person(keys: tuple[str, ...]) -> bool:
    """Tell whether the keys that lead to an object say that it is no person, whoever's record it stands in.

    >>> holds_no_person(("customer", "tags")), holds_no_person(("office", "attributes")), holds_no_person(("owner",))
    (True, True, False)
    """
    known = personal_words()
    held = _held(keys)
    return (held in known.no_people or held in known.things) and not is_personal(keys[-1])


@lru_cache(8192)
def tells_of_goods(name: str, keys: tuple[str, ...]) -> bool:
    """Tell whether a name that tells of people elsewhere tells of goods where these keys lead.

    >>> tells_of_goods("gender", ("products",)), tells_of_goods("gender", ("customers",))
    (True, False)
    """
    known = personal_words()
    return "".join(folded_words(name)) in known.told_of_goods and _held(keys) in known.goods


def _held(keys: tuple[str, ...]) -> str:
    """Give the last word of what some keys lead to, without what only wraps it."""
    named = (words for key in reversed(keys) if (words := folded_words(key)))
    return next((words[-1] for words in named if "".join(words) not in personal_words().wraps), "")


@lru_cache(8192)
def tells_of_person(keys: tuple[str, ...], holders: tuple[str, ...]) -> str:
    """Tell by the keys of an object whether it describes a person: `surely`, `likely`, or not.

    Args:
        keys: its keys.
        holders: the names of what it stands in, a collection's first.

    >>> tells_of_person(("name", "last_name"), ()), tells_of_person(("name", "email"), ("stores",))
    ('surely', '')
    """
    known = personal_words()
    joined = {"".join(folded_words(key)) or key for key in keys}
    if not known.of_somebody.isdisjoint(joined):
        return "surely"
    if known.reached.isdisjoint(joined):
        return ""
    held = {words[-1] for holder in holders if (words := _kept(folded_words(holder)))}
    return "likely" if known.firms.isdisjoint(held) and known.no_people.isdisjoint(held) else ""


def _kept(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what the map of a name is kept by: `contacts_by_role`."""
    at = next((at for at, word in enumerate(words) if at and word in personal_words().beside.kept_by), len(words))
    return words[:at]


def _in_any_language(words: tuple[str, ...], joined: str, *, of_person: bool) -> bool:
    """Tell whether a name is personal by its words in one of many languages."""
    known = personal_words()
    forms = {*words, joined, *map(without_umlauts, (*words, joined))}
    if not known.things.isdisjoint(forms):
        return False
    if not (known.words.isdisjoint(forms) and known.names.isdisjoint(forms) and known.whole.isdisjoint({joined})):
        return True
    if known.part.search(joined) or (of_person and joined in known.of_a_person) or any(map(_is_somebodys_name, forms)):
        return True
    return not known.called.isdisjoint(words) and (any(map(is_person, words)) or not known.called_for.isdisjoint(words))


def _is_somebodys_name(joined: str) -> bool:
    """Tell whether a word is made of a person and a name: `bestellername`, `klantnaam`."""
    named = personal_words().compound.fullmatch(joined)
    return named is not None and (is_person(named[1]) or named[1] in personal_words().called_for)
