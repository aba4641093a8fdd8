"""The choice of what is proposed: one to one where it can be, whole objects together, and no tie settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_places import NAMED, place_likeness
from ipaas_discovery.matching.traits import Traits

__all__ = ["FLOOR", "Assignment", "Candidate", "assign", "is_own"]

FLOOR = 0.3
"""Least score that is looked at."""
LIKELY = 0.5
"""Score from which a match speaks for its objects."""
SURE = 0.65
"""Score from which a match needs no other fields of its object beside it, in lists that go together."""
COHERENCE = 0.5
"""Weight of the rest of the object fitting too."""
ALONE = 0.1
"""Weight of the score by the schemas alone beside that with the same records."""
BETTER = 0.2
"""Difference of scores by the schemas alone by which a source is much better."""
CARRIED, PAIRED = 3, 2
"""Telling fields that objects of different names share at least: over levels of lists, and within one."""
MEANT = 0.75
"""Share of words in common from which a name means the same, wherever it stands."""
LEVEL = 0.1
"""Worth that a match loses for each list that only one side stands in."""
TIE = 0.004
"""Difference of worth that decides nothing."""
CLOSE, SHOWN = 0.1, 0.5
"""Difference of the shares of equal records that decides nothing, and share from which they speak for a match."""
MOSTLY = 0.67
"""Share of a name's telling words that may be its own."""
SAYING = 0.5
"""Least weight of a word that makes a difference to a flag."""
TELLING = 1.0
"""Least weight of the heaviest word of a name that says something by itself."""

Objects = tuple[str, str]
SORTED = {"sort", "state"}
"""Roles of words that tell nothing alone: the type of a tax, the status of a line."""
COUNTED = ("number", "of")
"""Words with which a count begins."""
SUMMED = {"total", "subtotal"}
"""Words for what is added up over a list."""
STAMPS = {("created", "date"), ("updated", "date")}
"""Meanings of the moments that a system writes itself."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source and a destination, by their places in the two lists of fields, and the score of their match.

    `alone` is the score by the schemas alone, without the same records: it breaks a tie. `named` is what the names have
    in common, `shown` the share of the same records in which both are equal.
    """

    source: int
    destination: int
    score: float
    alone: float = 0.0
    named: float = 1.0
    shown: float = 0.0
    valued: float = 0.0

    @property
    def witnessed(self) -> bool:
        """Tell whether the values speak for it."""
        return self.raised or max(self.shown, self.valued) >= SHOWN

    @property
    def raised(self) -> bool:
        """Tell whether the same records speak for it."""
        return self.score > self.alone


@dataclass(frozen=True, slots=True)
class Assignment:
    """Chosen candidates, and the sources whose best destinations tie."""

    chosen: tuple[Candidate, ...]
    ambiguous: frozenset[int]


@dataclass(slots=True)
class _Support:
    """Support for two objects being one: the fields that fit, and how well."""

    telling: set[int] = field(default_factory=set)
    tellers: set[int] = field(default_factory=set)
    fields: set[int] = field(default_factory=set)
    best: dict[int, float] = field(default_factory=dict)
    crossing: set[int] = field(default_factory=set)
    named: bool = False
    likeness: float = 0.0

    @property
    def pairs(self) -> int:
        """Fields of either side that say something by themselves and have one opposite."""
        return min(len(self.telling), len(self.tellers))

    @property
    def worth(self) -> float:
        return sum(self.best.values()) * (0.5 + self.likeness)


def assign(
    candidates: Iterable[Candidate],
    left: Sequence[Traits],
    right: Sequence[Traits],
    own: frozenset[str] = frozenset(),
) -> Assignment:
    """Choose among candidates, whole objects together.

    An object of the source goes to one object of the destination; two may feed the elements of one list, as a
    billing and a shipping address do. Objects of different names need several fields that say something by
    themselves. What a system writes itself, its own ids and stamps, is no destination. `own` are words that name the
    records themselves.
    """
    whole = _envelope(right)
    likely = [one for one in candidates if _writable(left[one.source], right[one.destination], whole, own)]
    likely = [one for one in _unbettered(likely) if not _beside(one, left[one.source], right[one.destination], own)]
    likely = [*_in_own_lists(likely, left, right)]
    support = _supports(likely, left, right)
    allowed = _allowed(support)
    lists = {("", ""), *(tuple(map(_list_of, objects)) for objects in allowed)}

    def fits(candidate: Candidate) -> bool:
        objects = _objects(candidate, left, right)
        within = _list_of(objects[0]), _list_of(objects[1])
        beside = candidate.score >= SURE and within in lists and all(within) == any(within)
        close = candidate.witnessed or candidate.named >= MEANT or not _deeper(objects, allowed)
        return close and (objects in allowed or beside) and _in_place(candidate, support, left, right)

    kept = [one for one in likely if fits(one)]
    children: dict[str, set[int]] = {}
    for candidate in kept:
        children.setdefault(left[candidate.source].parent, set()).add(candidate.source)

    def worth(candidate: Candidate) -> float:
        objects = _objects(candidate, left, right)
        fields = len(support[objects].fields)
        share = fields / max(len(children[objects[0]]), fields, 1)
        levels = abs(left[candidate.source].lists - right[candidate.destination].lists)
        near = candidate.score + ALONE * candidate.alone - LEVEL * levels
        return near + COHERENCE * share * (1 - 1 / max(fields, 1))

    return _greedy(kept, worth, left, right)


def _deeper(objects: Objects, allowed: frozenset[Objects]) -> bool:
    """Tell whether a field would go into an object within the one that its own object goes with."""
    ours, theirs = objects
    holders = (theirs[:at] for at, sign in enumerate(theirs) if sign == ".")
    return bool(ours) and any((ours, holder) in allowed for holder in holders)


def _unbettered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what records do not speak for where another source is much better by the schemas alone.

    Records that differ make a formula of that one, and no match of another.
    """
    best: dict[int, float] = {}
    for one in candidates:
        best[one.destination] = max(best.get(one.destination, 0.0), one.alone)
    return [one for one in candidates if one.raised or one.alone >= best[one.destination] - BETTER]


def _envelope(side: Sequence[Traits]) -> str:
    """Name the one object that holds everything; empty where there is none."""
    tops = {traits.path.partition(".")[0] for traits in side}
    return tops.pop() if len(tops) == 1 else ""


def _in_own_lists(
    candidates: Iterable[Candidate], left: Sequence[Traits], right: Sequence[Traits]
) -> Iterator[Candidate]:
    """Leave out fields of lists that have a namesake opposite, and meet in another list; values may say otherwise."""
    ours, theirs = ({traits.list_words for traits in side} for side in (left, right))
    for one in candidates:
        from_, into = left[one.source].list_words, right[one.destination].list_words
        elsewhere = bool(from_ and into) and from_ != into and (from_ in theirs or into in ours)
        if one.witnessed or not elsewhere:
            yield one


def _writable(source: Traits, destination: Traits, envelope: str, words: frozenset[str]) -> bool:
    """Tell whether a destination may take the source: no stamp of its system, no key that is data, no other's id."""
    if source.path.endswith(".*") or destination.path.endswith(".*") or _no_number(source, destination):
        return False
    ours, theirs = _named(source), _named(destination)
    own = source.meanings[0][0] == ("id",) or (not source.parent and bool(ours) and ours <= words)
    named = {*Thesaurus.load().literal(destination.words), *(theirs if destination.field.parent != envelope else ())}
    refers = destination.meanings[0][0][-1] == "id" and bool(named - {"id", "ids", "external"} - words)
    if is_own(destination) or (own and theirs and (refers or destination.lists > source.lists)):
        return False
    return not theirs or _names_record(source, ours, theirs)


def _names_record(source: Traits, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether a field may name the record whose id a destination holds, by the words for both."""
    meant = {word for words in _readings(source) for word in words}
    if "parent" in theirs and "parent" not in meant:
        return False
    if source.words[:2] == COUNTED:
        return False
    fields = Thesaurus.load().fields
    return not ours or any(word in ours or any(word in fields.get(other, ()) for other in ours) for word in theirs)


def _no_number(source: Traits, destination: Traits) -> bool:
    """Tell whether words would go into a number: the unit of a weight is no weight."""
    numeric = destination.kind in {"integer", "number"}
    return numeric and bool(source.values) and not any(re.search(r"\d", value) for value in source.values)


def _beside(candidate: Candidate, ours: Traits, theirs: Traits, own: frozenset[str]) -> bool:
    """Tell whether two names only touch: each ends in a word that the other has not, or one has little of the other.

    A name that says little, as `type_id` does, has to share a word.
    So do the card and the points of one loyalty, and an account that was created and the day when something was. It
    counts in what is little sure, and in lists of names and values, where no value speaks for them.
    """
    unfolded = any("{" in traits.path for traits in (ours, theirs))
    listed = (ours.kind == "array") != (theirs.kind == "array")
    if candidate.witnessed:
        return False
    if _id_of_another(ours, theirs) or _other_flag(ours, theirs) or _no_key(ours, theirs):
        return True
    if candidate.named < MEANT and _modified(ours, theirs, own):
        return True
    if (unfolded or listed) and not _in_words(ours, theirs):
        return True
    if candidate.score >= SURE and not unfolded and not listed:
        return False
    names = [_telling(traits.meanings[0][0]) for traits in (ours, theirs)]
    words = [{word for read in (*dict(traits.meanings), *traits.wholes) for word in read} for traits in (ours, theirs)]
    shared_place = {*ours.place} & {*theirs.place}
    if not all(names) and words[0] & words[1] <= shared_place:
        return True
    apart = [
        [not _alike(word, other) for word in name] for name, other in zip(names, (words[1], words[0]), strict=True)
    ]
    return all(one and one[-1] for one in apart) or any(sum(one) > MOSTLY * len(one) for one in apart)


def _modified(ours: Traits, theirs: Traits, own: frozenset[str]) -> bool:
    """Tell whether one is of a sort that the other does not say: the type of a tax is no type of a line."""
    words = [Thesaurus.load().literal(traits.words) for traits in (ours, theirs)]
    heads = [_head(name) for name in words]
    if not all(heads):
        return any(heads) and {word for read in _readings(ours) for word in read}.isdisjoint(
            word for read in _readings(theirs) for word in read
        )
    names = [{*_telling(name)} - {head} for name, head in zip(words, heads, strict=True)]
    said = {*ours.place, *theirs.place, *own, *(word for traits in (ours, theirs) for word in traits.text)}
    pairs = ((names[0], words[1]), (names[1], words[0]))
    return any(not _alike(word, {*other, *said}) for name, other in pairs for word in name)


def _no_key(ours: Traits, theirs: Traits) -> bool:
    """Tell whether what is no key and shares no word with one would become it."""
    roles = [Thesaurus.load().role(traits.meanings[0][0]) for traits in (ours, theirs)]
    words = [{word for read in _readings(traits) for word in read} for traits in (ours, theirs)]
    return roles[1] == "key" != roles[0] and words[0].isdisjoint(words[1])


def _head(words: Sequence[str]) -> str:
    """Find the word of a name that says that it is a sort or a state; empty where its last word says another thing."""
    roles = ((word, Thesaurus.load().role((word,))) for word in reversed(words))
    word, role = next(((word, role) for word, role in roles if role != "key"), ("", ""))
    return word if role in SORTED else ""


def _id_of_another(ours: Traits, theirs: Traits) -> bool:
    """Tell whether one is an id, and the other a name, or a number of something that the id says nothing of."""
    words = [traits.meanings[0][0] for traits in (ours, theirs)]
    if {read[-1] for read in words} == {"id", "name"}:
        return True
    about = _reference(ours)
    if not about or words[1][-1] != "number":
        return False
    others = {word for read in (*dict(theirs.meanings), *theirs.wholes) for word in read}
    return about.isdisjoint(others)


def _other_flag(ours: Traits, theirs: Traits) -> bool:
    """Tell whether two flags say different things: what is shipped is not for that the primary address."""
    if not ours.kind == theirs.kind == "boolean":
        return False
    thesaurus = Thesaurus.load()
    names = [[word for word in traits.meanings[0][0] if thesaurus.weight(word) >= SAYING] for traits in (ours, theirs)]
    words = [{word for read in _readings(traits) for word in read} for traits in (ours, theirs)]
    pairs = zip(names, (words[1], words[0]), strict=True)
    return all(names) and any(not _alike(word, other) for name, other in pairs for word in name)


def _in_words(ours: Traits, theirs: Traits) -> bool:
    """Tell whether most telling words of either name stand in the other, where one has any, and not only like ones."""
    words = [{word for read in (*dict(traits.meanings), *traits.wholes) for word in read} for traits in (ours, theirs)]
    names = [{word for read in dict(traits.meanings) for word in _telling(read)} for traits in (ours, theirs)]
    pairs = ((name, other) for name, other in zip(names, (words[1], words[0]), strict=True) if name)
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


def _named(traits: Traits) -> frozenset[str]:
    """List the words for that record by any reading of the name; what was done by somebody names a user."""
    if "by" in traits.words:
        return frozenset({"user"})
    return frozenset(word for words, _ in traits.meanings if words[-1] == "id" for word in words[:-1])


def _readings(traits: Traits) -> tuple[tuple[str, ...], ...]:
    return (*(words for words, _ in traits.meanings), *traits.wholes)


def _in_place(
    candidate: Candidate, support: Mapping[Objects, _Support], left: Sequence[Traits], right: Sequence[Traits]
) -> bool:
    """Tell whether a value may cross between the top and a list.

    It may if one names the other, if the tops have little in common, or with others that find nothing at the top; the
    total of a record is no element's.
    """
    objects = _objects(candidate, left, right)
    source = left[candidate.source]
    if source.lists < right[candidate.destination].lists and SUMMED & {*source.words, *source.meanings[0][0]}:
        return False
    if all(objects) or objects[0].count("[]") == objects[1].count("[]"):
        return True
    tops = support.get(("", ""), _Support())
    apart = support[objects].crossing - (tops.fields if objects[1] else set(tops.best))
    named = _names(left[candidate.source], right[candidate.destination])
    return named or tops.pairs < CARRIED or len(apart) > CARRIED


def _list_of(path: str) -> str:
    """Give the innermost list that a path stands in, or is; empty for none."""
    return path[: path.rfind("[]") + 2] if "[]" in path else ""


def _names(ours: Traits, theirs: Traits) -> bool:
    """Tell whether a name holds the other's place beside the other's name: `payment_method` and `payments[].method`."""
    words = [{*traits.words, *traits.meanings[0][0]} for traits in (ours, theirs)]
    above = [set(traits.place) for traits in (ours, theirs)]
    return bool(words[0] & above[1] or words[1] & above[0])


def is_own(traits: Traits) -> bool:
    """Tell whether the destination's system itself writes the field."""
    meaning = traits.meanings[0][0]
    last = traits.words[-1]
    within = traits.field.parent
    named = traits.words == ("id",) and (not within or within.endswith("[]"))
    return named or (last in {"guid", "uid", "uuid"} and len(traits.words) < PAIRED + 1) or meaning in STAMPS


def _objects(candidate: Candidate, left: Sequence[Traits], right: Sequence[Traits]) -> Objects:
    return left[candidate.source].parent, right[candidate.destination].parent


def _supports(
    candidates: Iterable[Candidate],
    left: Sequence[Traits],
    right: Sequence[Traits],
) -> Mapping[Objects, _Support]:
    supports: dict[Objects, _Support] = {}
    for candidate in candidates:
        ours, theirs = left[candidate.source], right[candidate.destination]
        support = supports.setdefault(
            _objects(candidate, left, right), _Support(likeness=place_likeness(ours.place, theirs.place))
        )
        if candidate.score < LIKELY:
            continue
        support.fields.add(candidate.source)
        support.best[candidate.destination] = max(support.best.get(candidate.destination, 0.0), candidate.score)
        support.named |= _names(ours, theirs)
        if min(ours.heaviest, theirs.heaviest) >= TELLING:
            support.telling.add(candidate.destination)
            support.tellers.add(candidate.source)
            support.crossing.add(candidate.source if theirs.parent else candidate.destination)
    return supports


def _allowed(support: Mapping[Objects, _Support]) -> frozenset[Objects]:
    """List the objects that may go together."""
    plausible = {objects: shown for objects, shown in support.items() if _plausible(objects, shown)}
    best_of, best_into = _best(plausible, 0), _best(plausible, 1)
    return frozenset(
        objects
        for objects in plausible
        if not all(objects)
        or (
            _one_line(objects[1], best_of[objects[0]])
            and (_shares(objects) or _one_line(objects[0], best_into[objects[1]]))
        )
    )


def _plausible(objects: Objects, support: _Support) -> bool:
    ours, theirs = objects
    if not ours and not theirs:
        return True
    level = ours.count("[]") == theirs.count("[]")
    if not ours or not theirs:
        return (
            support.named
            or support.pairs >= (PAIRED if level else CARRIED)
            or (level and bool(ours) and bool(support.telling))
        )
    if support.likeness >= NAMED:
        return level or support.named or len(support.fields) >= PAIRED
    return support.pairs >= (PAIRED if level else CARRIED)


def _shares(objects: Objects) -> bool:
    """Tell whether an object of which there is one goes into a list, which has room for others."""
    return "[]" not in objects[0] and "[]" in objects[1]


def _best(support: Mapping[Objects, _Support], side: int) -> dict[str, str]:
    """Find for candidate object below the top the one opposite with which it goes best."""
    best: dict[str, tuple[float, str]] = {}
    for objects, candidate in support.items():
        if all(objects):
            ranked = (candidate.worth, objects[1 - side])
            best[objects[side]] = min(best.get(objects[side], ranked), ranked, key=lambda entry: (-entry[0], entry[1]))
    return {name: opposite for name, (_, opposite) in best.items()}


def _one_line(one: str, other: str) -> bool:
    """Tell whether two objects are the same, or one stands in the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _as_good(candidate: Candidate, other: Candidate) -> bool:
    """Tell whether the same records speak as much for another, and the names do not decide."""
    return candidate.shown - other.shown < CLOSE and other.shown >= SHOWN and candidate.named < NAMED


def _greedy(
    candidates: Sequence[Candidate],
    worth: Callable[[Candidate], float],
    left: Sequence[Traits],
    right: Sequence[Traits],
) -> Assignment:
    """Take the best first, candidate source once and candidate destination once for every object that may feed it."""
    worths = {candidate: worth(candidate) for candidate in candidates}
    rivals: dict[tuple[str, object], list[Candidate]] = {}

    def places(candidate: Candidate) -> tuple[tuple[str, object], tuple[str, object]]:
        objects = _objects(candidate, left, right)
        return ("from", candidate.source), (
            "into",
            (candidate.destination, objects[0] if all(objects) and _shares(objects) else ""),
        )

    for candidate in candidates:
        for place in places(candidate):
            rivals.setdefault(place, []).append(candidate)
    taken: set[tuple[str, object]] = set()
    chosen: list[Candidate] = []
    ambiguous: set[int] = set()

    def free(candidate: Candidate) -> bool:
        return not taken.intersection(places(candidate))

    for candidate in sorted(
        candidates, key=lambda one: (-worths[one], left[one.source].path, right[one.destination].path)
    ):
        if not free(candidate):
            continue
        ties = [
            one
            for place in places(candidate)
            for one in rivals[place]
            if one != candidate and free(one) and (worths[candidate] - worths[one] < TIE or _as_good(candidate, one))
        ]
        if ties:
            tied = {one.source for one in (candidate, *ties)}
            ambiguous |= tied
            taken |= {("from", source) for source in tied}
        else:
            chosen.append(candidate)
            taken |= set(places(candidate))
    return Assignment(tuple(chosen), frozenset(ambiguous))
