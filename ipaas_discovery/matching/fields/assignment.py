"""The choice of what is proposed: one to one where it can be, whole objects together, and no tie settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipaas_discovery.matching.fields.candidate import SHOWN, Candidate
from ipaas_discovery.matching.fields.place_likeness import NAMED, place_likeness
from ipaas_discovery.matching.fields.refusals import MEANT, SURE, TELLING, Refusals, names_place
from ipaas_discovery.matching.traits import Traits

__all__ = ["FLOOR", "Assignment", "assign"]

FLOOR = 0.3
"""Least score that is looked at."""
LIKELY = 0.5
"""Score from which a match speaks for its objects."""
COHERENCE = 0.5
"""Weight of the rest of the object fitting too."""
ALONE = 0.1
"""Weight of the score by the schemas alone beside that with the same records."""
BETTER = 0.2
"""Difference of scores by the schemas alone by which a source is much better."""
CARRIED, PAIRED = 3, 2
"""Telling fields that objects of different names share at least: over levels of lists, and within one."""
LEVEL = 0.1
"""Worth that a match loses for each list that only one side stands in."""
TIE = 0.004
"""Difference of worth that decides nothing."""
CLOSE = 0.1
"""Difference of the shares of equal records that decides nothing."""
CERTAIN, MEANT_ALL = 0.95, 0.95
"""Score, and share of words in common, from which a match that nothing rivals needs nothing else of its object."""

Objects = tuple[str, str]
SUMMED = {"total", "subtotal"}
"""Words for what is added up over a list."""


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
    refusals: Refusals | None = None,
) -> Assignment:
    """Choose among candidates, whole objects together.

    An object of the source goes to one object of the destination; two may feed the elements of one list, as a
    billing and a shipping address do. Objects of different names need several fields that say something by
    themselves. What a system writes itself, its own ids and stamps, is no destination.
    """
    refusals = refusals or Refusals.of(right)
    likely = [one for one in candidates if refusals.writable(left[one.source], right[one.destination])]
    likely = [one for one in _unbettered(likely) if not refusals.beside(one, left[one.source], right[one.destination])]
    likely = [*_in_own_lists(likely, left, right)]
    support = _supports(likely, left, right)
    allowed = _allowed(support)
    lists = {("", ""), *(tuple(map(_list_of, objects)) for objects in allowed)}

    def fits(candidate: Candidate) -> bool:
        objects = _objects(candidate, left, right)
        within = _list_of(objects[0]), _list_of(objects[1])
        beside = candidate.score >= SURE and within in lists and all(within) == any(within)
        close = (
            candidate.witnessed or candidate.named >= MEANT or candidate.score >= SURE or not _deeper(objects, allowed)
        )
        if not candidate.witnessed and _split(objects, allowed):
            return False
        return close and (objects in allowed or beside) and _in_place(candidate, support, left, right)

    kept = [one for one in likely if fits(one)]
    claimed = {end for one in kept for end in (("from", one.source), ("into", one.destination))}
    kept += [
        one
        for one in likely
        if _certain(one, left, right)
        and claimed.isdisjoint((("from", one.source), ("into", one.destination)))
        and not _split(_objects(one, left, right), allowed)
        and _in_place(one, support, left, right)
    ]
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


def _certain(candidate: Candidate, left: Sequence[Traits], right: Sequence[Traits]) -> bool:
    """Tell whether one field says all that the other does, by a word that tells, and nothing rivals it."""
    tells = max(left[candidate.source].heaviest, right[candidate.destination].heaviest) >= TELLING
    return tells and candidate.score >= CERTAIN and candidate.named >= MEANT_ALL


def _deeper(objects: Objects, allowed: frozenset[Objects]) -> bool:
    """Tell whether a field would go into an object within the one that its own object goes with."""
    ours, theirs = objects
    holders = (theirs[:at] for at, sign in enumerate(theirs) if sign == ".")
    return bool(ours) and any((ours, holder) in allowed for holder in holders)


def _split(objects: Objects, allowed: frozenset[Objects]) -> bool:
    """Tell whether two objects below the top each go with another one, so that neither has room for the other."""
    ours, theirs = objects
    if not all(objects) or objects in allowed:
        return False
    partners = [other for one, other in allowed if one == ours and other]
    claims = [one for one, other in allowed if other == theirs and one]
    return bool(partners and claims) and not any(_one_line(theirs, other) for other in partners)


def _unbettered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what records do not speak for where another source is much better by the schemas alone.

    Records that differ make a formula of that one, and no match of another.
    """
    best: dict[int, float] = {}
    for one in candidates:
        best[one.destination] = max(best.get(one.destination, 0.0), one.alone)
    return [one for one in candidates if one.raised or one.alone >= best[one.destination] - BETTER]


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


def _in_place(
    candidate: Candidate, support: Mapping[Objects, _Support], left: Sequence[Traits], right: Sequence[Traits]
) -> bool:
    """Tell whether a value may cross between the top and a list.

    It may if one names the other, if the tops have little in common, or with others that find nothing at the top; the
    total of a record is no element's.
    """
    objects = _objects(candidate, left, right)
    source = left[candidate.source]
    if objects[0].count("[]") < objects[1].count("[]") and SUMMED & {*source.words, *source.meanings[0][0]}:
        return False
    if all(objects) or objects[0].count("[]") == objects[1].count("[]"):
        return True
    tops = support.get(("", ""), _Support())
    apart = support[objects].crossing - (tops.fields if objects[1] else set(tops.best))
    named = names_place(left[candidate.source], right[candidate.destination])
    return named or tops.pairs < CARRIED or len(apart) > CARRIED


def _list_of(path: str) -> str:
    """Give the innermost list that a path stands in, or is; empty for none."""
    return path[: path.rfind("[]") + 2] if "[]" in path else ""


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
        support.named |= names_place(ours, theirs)
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
