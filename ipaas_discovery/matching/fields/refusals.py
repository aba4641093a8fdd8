"""Matches that are never proposed, however high they score: what a system writes itself, and names that only touch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ipaas_discovery.knowledge.field_words import told_of_field
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.fields.candidate import Candidate
from ipaas_discovery.matching.traits import Traits

__all__ = ["MEANT", "SURE", "TELLING", "Refusals", "is_closed", "is_own", "names_place"]

SURE = 0.65
"""Score from which a match needs no other fields of its object beside it, in lists that go together."""
MEANT = 0.75
"""Share of words in common from which a name means the same."""
LITTLE = 0.4
"""Share of words in common below which a name has to be like the other in its telling words."""
MOSTLY = 0.67
"""Share of a name's telling words that may be its own."""
SAYING = 0.5
"""Least weight of a word that makes a difference to a flag."""
TELLING = 1.0
"""Least weight of the heaviest word of a name that says something by itself."""

APART: Sequence[set[str]] = ({"key", "address"}, {"key", "time"})
"""Sorts of value of which neither is ever the other."""
SORTED = {"sort", "state"}
"""Roles of words that tell nothing alone: the type of a tax, the status of a line."""
PARTS_OF_NAME = {"given", "family", "middle"}
"""Words for a part of a person's name."""
CUSTOM = ("custom", "field")
"""Words that a field without a name of its own is called by."""
COUNTED = ("number", "of")
"""Words with which a count begins."""
STAMPS = {("created", "date"), ("updated", "date")}
"""Meanings of the moments that a system writes itself."""
LATER = frozenset("23456789")
"""Numbers of the second and others of several."""
PLACES = {"sequence", "position", "sort"}
"""Words for the place of a part among others."""
UNIQUE, LONGEST_ID = {"guid", "uid", "uuid"}, 2
"""Words for an id that no other record has, and words of such a name at most."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Reasons against a proposal.

    `envelope` is the one object that holds all of the destination, `own` are words that name the collections, and
    `records` those of them that name a record of it, as the line of a transaction line does.
    """

    envelope: str
    own: frozenset[str]
    records: frozenset[str]

    @classmethod
    def of(cls, right: Sequence[Traits], named: Sequence[Sequence[str]] = ()) -> Refusals:
        """Take the fields of the destination, and the words for both collections."""
        own, records = frozenset(word for words in named for word in words), frozenset(words[-1] for words in named)
        tops = {traits.path.partition(".")[0] for traits in right}
        return cls(tops.pop() if len(tops) == 1 else "", own, records)

    def writable(self, source: Traits, destination: Traits) -> bool:
        """Tell whether a destination may take the source: no stamp or id of its own, no map's key, no other's id."""
        if source.path.endswith(".*") or destination.path.endswith(".*") or _no_number(source, destination):
            return False
        ours, theirs = _named_record(source) - {"external"}, _named_record(destination)
        own = source.meanings[0][0] == ("id",) or (not source.parent and bool(ours) and ours <= self.records)
        within = theirs if destination.field.parent != self.envelope else ()
        named = {*Thesaurus.load().literal(destination.words), *within} - {"id", "external"} - self.records
        refers = destination.meanings[0][0][-1] == "id" and bool(named)
        if (
            _told_against(source, destination)
            or is_own(destination)
            or (own and theirs and (refers or destination.lists > source.lists))
        ):
            return False
        return not theirs or _names_record(source, ours, theirs)

    def beside(self, candidate: Candidate, ours: Traits, theirs: Traits) -> bool:
        """Tell whether two names stand for things beside each other, where no value says that they are one."""
        if candidate.witnessed:
            return False
        other = _id_of_another(ours, theirs) or _other_flag(ours, theirs) or _no_key(ours, theirs)
        other = other or _part_of_name(ours, theirs) or _unnamed(ours, theirs) or _later(ours, theirs)
        other = other or _not_of_part(ours, theirs) or _opposed(ours, theirs)
        other = other or _of_another_thing(ours, theirs, self.own)
        return other or _of_another_sort(candidate, ours, theirs, self.own) or _touches(candidate, ours, theirs)


def _told_against(source: Traits, destination: Traits) -> bool:
    """Tell whether the documents say that either goes away, or that only its system writes the destination."""
    ours = source.field.declared
    return is_closed(destination) or bool(ours and told_of_field(ours.description).withdrawn)


def is_closed(traits: Traits) -> bool:
    """Tell whether the documents say that nobody is to write the field: it is read-only, internal or goes away."""
    declared = traits.field.declared
    documented = told_of_field(declared.description) if declared else None
    return bool(declared and declared.read_only) or bool(documented and (documented.withdrawn or documented.unwritable))


def is_own(traits: Traits) -> bool:
    """Tell whether the destination's system itself writes the field."""
    meaning = traits.meanings[0][0]
    last = traits.words[-1]
    within = traits.field.parent
    named = traits.words == ("id",) and (not within or within.endswith("[]"))
    return named or (last in UNIQUE and len(traits.words) <= LONGEST_ID) or meaning in STAMPS


def names_place(ours: Traits, theirs: Traits) -> bool:
    """Tell whether a name holds the other's place beside the other's name: `payment_method` and `payments[].method`.

    The id of another record, in a list of such, does not: `product_id` names no `related_products[].product_id`.
    """
    words = [{*traits.words, *traits.meanings[0][0]} for traits in (ours, theirs)]
    places = [{*traits.place} for traits in (ours, theirs)]
    return any(
        place & name and (place <= name or not _named_record(traits) - {"external"} or (place - {*traits.words}) & name)
        for name, place, traits in ((words[0], places[1], theirs), (words[1], places[0], ours))
    )


def _names_record(source: Traits, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether a field may name the record whose id a destination holds, by the words for both."""
    if source.words[:2] == COUNTED or ("parent" in theirs and "parent" not in _words(source)):
        return False
    fields = Thesaurus.load().fields
    return not ours or any(word in ours or any(word in fields.get(other, ()) for other in ours) for word in theirs)


def _no_number(source: Traits, destination: Traits) -> bool:
    """Tell whether words would go into a number: the unit of a weight is no weight."""
    numeric = destination.kind in {"integer", "number"}
    return numeric and bool(source.values) and not any(re.search(r"\d", value) for value in source.values)


def _id_of_another(ours: Traits, theirs: Traits) -> bool:
    """Tell whether one is an id, and the other a name, an address, a time, or a number of something else."""
    words = [traits.meanings[0][0] for traits in (ours, theirs)]
    roles = {Thesaurus.load().role(read) for read in words}
    if {read[-1] for read in words} == {"id", "name"} or roles in APART:
        return True
    about = _reference(ours)
    return bool(about) and words[1][-1] == "number" and about.isdisjoint(_words(theirs))


def _part_of_name(ours: Traits, theirs: Traits) -> bool:
    """Tell whether one is a part of a person's name that the other does not say: a last name is no full one."""
    parts = [PARTS_OF_NAME & {*traits.meanings[0][0]} for traits in (ours, theirs)]
    return parts[0] != parts[1] and not parts[0] & _words(theirs) and not parts[1] & _words(ours)


def _unnamed(ours: Traits, theirs: Traits) -> bool:
    """Tell whether one is a custom field that has only a number, and the other is not called so."""
    return ours.words != theirs.words and any(
        traits.words[:2] == CUSTOM and all(word.isdigit() for word in traits.words[2:]) for traits in (ours, theirs)
    )


def _later(ours: Traits, theirs: Traits) -> bool:
    """Tell whether the other is numbered as a second or third, and the one is not: an address is no third line."""
    return theirs.words[-1] in LATER and not any(
        word.isdigit() or Thesaurus.load().place((word,)) > 1 for word in ours.words
    )


def _not_of_part(ours: Traits, theirs: Traits) -> bool:
    """Tell whether what a system gives a record would go to a part of it: its stamp to a note, or its id to a place."""
    stamped = ours.meanings[0][0] in STAMPS and theirs.lists > ours.lists
    return stamped or (ours.words[-1] == "id" and bool(PLACES & {*theirs.words}))


def _of_another_thing(ours: Traits, theirs: Traits, own: frozenset[str]) -> bool:
    """Tell whether a name that says little is another thing's, and would become the record's: a supplier's name."""
    if theirs.place or not ours.place or not (holder := _telling(ours.place)):
        return False
    named = Thesaurus.load().role(theirs.meanings[0][0]) in {"name", "key"}
    if not named or any(word not in ours.place for word in _telling(ours.meanings[0][0])):
        return False
    return not any(_alike(word, {*_words(theirs), *theirs.text, *own}) for word in holder)


def _opposed(ours: Traits, theirs: Traits) -> bool:
    """Tell whether one says what the other excludes, itself or by its place: a start is no end."""
    if not any(ours.sides) or not any(theirs.sides):
        return False
    return any(one and other and {*one}.isdisjoint(other) for one, other in zip(ours.sides, theirs.sides, strict=True))


def _other_flag(ours: Traits, theirs: Traits) -> bool:
    """Tell whether two flags say different things: what is shipped is not for that the primary address."""
    if not ours.kind == theirs.kind == "boolean":
        return False
    thesaurus = Thesaurus.load()
    names = [[word for word in traits.meanings[0][0] if thesaurus.weight(word) >= SAYING] for traits in (ours, theirs)]
    pairs = zip(names, (_words(theirs), _words(ours)), strict=True)
    return all(names) and any(not _alike(word, other) for name, other in pairs for word in name)


def _no_key(ours: Traits, theirs: Traits) -> bool:
    """Tell whether what is no key and shares no word with one would become it."""
    roles = [Thesaurus.load().role(traits.meanings[0][0]) for traits in (ours, theirs)]
    return roles[1] == "key" != roles[0] and _words(ours).isdisjoint(_words(theirs))


def _of_another_sort(candidate: Candidate, ours: Traits, theirs: Traits, own: frozenset[str]) -> bool:
    """Tell whether one is of a sort that the other does not say: the type of a tax is no type of a line."""
    names = [_sort_name(traits) for traits in (ours, theirs)]
    heads = [_head(name) for name in names]
    if candidate.named >= MEANT or not any(heads):
        return False
    if not all(heads):
        return _words(ours).isdisjoint(_words(theirs))
    around = {*own, *ours.text, *theirs.text}
    pairs = ((names[0], heads[0], {*names[1], *theirs.place}), (names[1], heads[1], {*names[0], *ours.place}))
    return any(
        not _alike(word, {*other, *around}) for name, head, other in pairs for word in _telling(name) if word != head
    )


def _sort_name(traits: Traits) -> Sequence[str]:
    """Read a name word by word; a unit is that of the size beside it."""
    meaning = traits.meanings[0][0]
    return meaning if meaning[-1] == "unit" else Thesaurus.load().literal(traits.words)


def _head(words: Sequence[str]) -> str:
    """Find the word of a name that says that it is a sort or a state; empty where its last word says another thing."""
    roles = ((word, Thesaurus.load().role((word,))) for word in reversed(words))
    word, role = next(((word, role) for word, role in roles if role != "key"), ("", ""))
    return word if role in SORTED else ""


def _touches(candidate: Candidate, ours: Traits, theirs: Traits) -> bool:
    """Tell whether two names only touch: each ends in a word that the other has not, or one has little of the other.

    A name that says little, as `type_id` does, has to share a word.
    So do the card and the points of one loyalty, and an account that was created and the day when something was. It
    counts in what is little sure, and in lists of names and values, where no value speaks for them.
    """
    unfolded = any("{" in traits.path for traits in (ours, theirs))
    listed = (ours.kind == "array") != (theirs.kind == "array")
    if (unfolded or listed) and not _in_words(ours, theirs):
        return True
    if candidate.score >= SURE and candidate.named >= LITTLE and not unfolded and not listed:
        return False
    names = [_telling(traits.meanings[0][0]) for traits in (ours, theirs)]
    words = [_words(ours), _words(theirs)]
    shared_place = {*ours.place} & {*theirs.place}
    if not all(names) and words[0] & words[1] <= shared_place:
        return True
    apart = [
        [not _alike(word, other) for word in name] for name, other in zip(names, (words[1], words[0]), strict=True)
    ]
    return all(one and one[-1] for one in apart) or any(sum(one) > MOSTLY * len(one) for one in apart)


def _in_words(ours: Traits, theirs: Traits) -> bool:
    """Tell whether most telling words of either name stand in the other, where one has any, and not only like ones."""
    names = [{word for read in dict(traits.meanings) for word in _telling(read)} for traits in (ours, theirs)]
    pairs = ((name, other) for name, other in zip(names, (_words(theirs), _words(ours)), strict=True) if name)
    return all(2 * len(name & other) > len(name) for name, other in pairs)


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if Thesaurus.load().weight(word) >= TELLING]


def _alike(word: str, others: Iterable[str]) -> bool:
    """Tell whether a word, one spelled like it, or one of its field of meaning is among others."""
    from ipaas_discovery.matching.fields.likeness import word_likeness  # noqa: PLC0415  it imports numpy

    fields = Thesaurus.load().fields
    own = fields.get(word, frozenset())
    return any(word_likeness(word, other) or not own.isdisjoint(fields.get(other, ())) for other in others)


def _reference(traits: Traits) -> frozenset[str]:
    """List the words for the record whose id a field holds; none where it holds no id."""
    words = traits.meanings[0][0]
    return frozenset(words[:-1]) if words[-1] == "id" else frozenset()


def _named_record(traits: Traits) -> frozenset[str]:
    """List the words for that record by any reading of the name; what was done by somebody names a user."""
    if "by" in traits.words:
        return frozenset({"user"})
    return frozenset(word for words, _ in traits.meanings if words[-1] == "id" for word in words[:-1])


def _words(traits: Traits) -> set[str]:
    """List the words of a name by any reading, with those of its place."""
    return {word for words in (*dict(traits.meanings), *traits.wholes) for word in words}
