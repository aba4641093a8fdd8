"""Kinds of evidence for a match, each a table of source fields by destination fields, 0 to 1, NaN for none."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.fields.likeness import Lexicon, Table, hashed, letters, rarity, spread
from ipaas_discovery.matching.fields.scoring import NameFacts
from ipaas_discovery.matching.fields.value_evidence import SharedValues, looks, shared_values, texts
from ipaas_discovery.matching.traits import Meaning, Traits

__all__ = ["KINDS", "Evidence", "gather", "names_of"]

Key = TypeVar("Key")
Side = Sequence[Traits]
Words = tuple[str, ...]
Evidence = dict[str, Table]

KINDS = ("name", "concept", "path", "type", "values", "texts", "look", "description", "keyness")

_NEAR_KINDS = {
    frozenset(pair.split(" / ")): near
    for near, pairs in {
        0.9: ("integer / number", "number / number text", "integer / number text", "boolean / boolean text"),
        0.7: ("integer / text",),
        0.6: ("number / text", "date / text", "text / array"),
        0.4: ("integer / date", "integer / boolean", "integer / uuid", "date / number text"),
        0.3: ("boolean / text", "number / boolean"),
    }.items()
    for pair in pairs
}
FAR_KINDS = 0.1
FORMATTED = 0.7
"""Likeness of a text to one that has a format."""

NAMED_PLACE, OTHER_PLACE = 0.6, 0.15
"""Likeness of the top and a place below it, whether one names the other or not."""
LEVEL = 0.8
"""Likeness of two places that stand in differently many lists."""

SPELLED_OUT, INITIALS = 0.95, 0.9
"""Likelihood of a name that holds its place, and of one that is written by its initials."""
FEWEST = 2
"""Letters of initials."""

OWN = 0.3
"""Weight of a word that names the collection itself."""


def gather(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> tuple[Evidence, SharedValues, Table]:
    """Measure every kind of evidence, the values that are shared, and what of the meaning is only of one field.

    `own` are words that name the collection itself and so say little in it.
    """
    rare = rarity([[(*traits.place, *traits.meanings[0][0]) for traits in side] for side in (left, right)])

    def weight(word: str) -> float:
        return thesaurus.weight(word) * rare.get(word, 1.0) * (OWN if word in own else 1.0)

    short = _shortened(left, right), _shortened(right, left)
    ours, theirs = ([*_names(side, more)] for side, more in zip((left, right), short, strict=True))
    lexicon, plain = (Lexicon(ours, theirs, weight, fields) for fields in (thesaurus.fields, {}))
    shared, words = shared_values(left, right), texts(left, right)
    look = looks(left, right)
    unnamed, meant = _unnamed(left, right), concept(left, right, lexicon, short)
    near = meant - concept(left, right, plain, short)
    evidence = {
        "name": np.where(unnamed, np.float32(np.nan), name(left, right, thesaurus, own)),
        "concept": np.where(unnamed, np.float32(np.nan), meant),
        "path": path(left, right, lexicon),
        "type": kind(left, right),
        "values": shared.share,
        "texts": words,
        "look": np.where(words > look, words, look),
        "description": description(left, right, thesaurus),
        "keyness": uniqueness(left, right),
    }
    return evidence, shared, near


def names_of(left: Side, right: Side, thesaurus: Thesaurus) -> NameFacts:
    """Tell how much names say, which two stand for unlike sorts of value, and which are own ids."""
    ours, theirs = (np.array([_role(traits, thesaurus) for traits in side]) for side in (left, right))
    clashing = np.not_equal.outer(ours, theirs) & np.logical_and.outer(ours != "", theirs != "")
    clashing |= _opposed([traits.sides for traits in left], [traits.sides for traits in right])
    specificity = [thesaurus.specificity(traits.meanings[0][0]) for traits in left]
    crossing = np.not_equal.outer([traits.lists for traits in left], [traits.lists for traits in right])
    first = np.array([thesaurus.place((*traits.place, *traits.words)) or 1 for traits in left])
    orders = np.array([thesaurus.place((*traits.place, *traits.words)) for traits in right])
    astray = np.not_equal.outer(first, orders) & (orders > 0)
    own = [traits.words == ("id",) for traits in right]
    return NameFacts(specificity, clashing, crossing, astray, _strange(left, right, thesaurus), own)


def _opposed(left: Sequence[Words], right: Sequence[Words]) -> NDArray[np.bool_]:
    """Tell which names exclude each other, as a start and an end do."""
    table = np.zeros((len(left), len(right)), np.bool_)
    for ours, theirs in zip(zip(*left, strict=True), zip(*right, strict=True), strict=True):
        for side in {one for one in ours if one}:
            others = [bool(other) and {*side}.isdisjoint(other) for other in theirs]
            table |= np.logical_and.outer([one == side for one in ours], others)
    return table


def _strange(left: Side, right: Side, thesaurus: Thesaurus) -> NDArray[np.bool_]:
    """Tell which names have telling words on both sides, and none that is like one opposite: event and ship date."""

    def telling(words: Iterable[str]) -> Words:
        return tuple(word for word in dict.fromkeys(words) if thesaurus.weight(word) >= 1)

    def all_words(traits: Traits) -> Words:
        readings = (*(meaning for meaning, _ in traits.meanings), *traits.wholes)
        return telling(word for words in readings for word in words)

    ours, theirs = ([all_words(traits) for traits in side] for side in (left, right))
    alike = Lexicon(ours, theirs, lambda _: 1.0, thesaurus.fields).compare(ours, theirs) > 0
    tells = ([bool(telling(traits.meanings[0][0])) for traits in side] for side in (left, right))
    return np.logical_and.outer(*tells) & ~alike & ~_unnamed(left, right)


def _unnamed(left: Side, right: Side) -> NDArray[np.bool_]:
    """Tell which two have no names to compare: one is a number in a row of such, and they are not spelled the same."""
    nameless = np.logical_or.outer([traits.nameless for traits in left], [traits.nameless for traits in right])
    return nameless & np.not_equal.outer([traits.spelled for traits in left], [traits.spelled for traits in right])


def _role(traits: Traits, thesaurus: Thesaurus) -> str:
    return thesaurus.role(traits.meanings[0][0]) or thesaurus.role(thesaurus.literal(traits.words))


def _names(side: Side, short: Sequence[Sequence[Words]]) -> Iterator[Words]:
    for traits, more in zip(side, short, strict=True):
        yield from (meaning for meaning, _ in traits.meanings)
        yield from (*traits.wholes, traits.place, (*traits.place, *traits.meanings[0][0]), *more)


def _shortened(side: Side, other: Side) -> list[list[Words]]:
    """Read names by initials that stand on the other side and are no words: a `body_mass_index` as a `bmi`."""
    plain = Thesaurus.load().known
    known = {word for traits in other for word in traits.words if word.isalpha() and word not in plain}
    return [[*_initials(traits.words, known)] for traits in side]


def _initials(words: Words, known: Container[str]) -> Iterator[Words]:
    for start in range(len(words)):
        for end in range(start + FEWEST, len(words) + 1):
            initials = "".join(word[0] for word in words[start:end])
            if initials in known:
                yield (*words[:start], initials, *words[end:])


def name(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> Table:
    """Compare the names letter by letter and by their runs of letters, whatever the order of their words."""

    def own_name(traits: Traits) -> str:
        """Join the words without those that name the collection, if others are left."""
        rest = [word for word in traits.words if not own & set(thesaurus.meanings((word,))[0])]
        return " ".join(rest or traits.words)

    rows, columns = ([own_name(traits) for traits in side] for side in (left, right))
    ours, theirs = dict.fromkeys(rows), dict.fromkeys(columns)
    spelled = process.cdist([*ours], [*theirs], scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100
    table = ((spelled + letters([*ours], [*theirs])) / 2).astype(np.float32)
    return spread(table, [*ours], [*theirs], rows, columns)


def concept(left: Side, right: Side, lexicon: Lexicon, short: tuple[list[list[Words]], ...]) -> Table:
    """Measure the meaning that the names share, once the thesaurus has brought them to one spelling.

    A name may hold the other's place: `customer_city` is `city` of `customer`.
    """
    readings = [
        [[*traits.meanings, *((words, INITIALS) for words in more)] for traits, more in zip(side, extra, strict=True)]
        for side, extra in zip((left, right), short, strict=True)
    ]
    wholes = [[[(whole, SPELLED_OUT) for whole in traits.wholes] for traits in side] for side in (left, right)]
    table = _best(readings[0], readings[1], lexicon)
    np.maximum(table, _best(wholes[0], readings[1], lexicon), out=table)
    np.maximum(table, _best(readings[0], wholes[1], lexicon), out=table)
    return table


def _best(rows: Sequence[Sequence[Meaning]], columns: Sequence[Sequence[Meaning]], lexicon: Lexicon) -> Table:
    """Compare each reading of a field with each of another, and keep the best; 0 where one has none."""
    table = np.zeros((len(rows), len(columns)), np.float32)
    at, opposite = ([place for place, readings in enumerate(side) if readings] for side in (rows, columns))
    if not at or not opposite:
        return table
    ours, theirs = ([reading for readings in side for reading in readings] for side in (rows, columns))
    shared = lexicon.compare([words for words, _ in ours], [words for words, _ in theirs])
    shared *= np.array([share for _, share in ours], np.float32)[:, None]
    shared *= np.array([share for _, share in theirs], np.float32)
    by_row = np.maximum.reduceat(shared, _starts([rows[place] for place in at]), axis=0)
    table[np.ix_(at, opposite)] = np.maximum.reduceat(by_row, _starts([columns[place] for place in opposite]), axis=1)
    return table


def _starts(groups: Sequence[Sequence[Meaning]]) -> NDArray[np.intp]:
    """Find the row in which each field's readings start, when all are put in one table."""
    return np.cumsum([0, *(len(readings) for readings in groups[:-1])])


def path(left: Side, right: Side, lexicon: Lexicon) -> Table:
    """Compare the places: the parents, and the parents with the name, for names that hold both.

    Between the top and a place below it counts whether one names the other: `payment_method` names the
    place of `payments[].method`.
    """
    wholes = [[(*traits.place, *traits.meanings[0][0]) for traits in side] for side in (left, right)]
    places = [[traits.place for traits in side] for side in (left, right)]
    ours, theirs = (np.array([not traits.place for traits in side]) for side in (left, right))
    named = (lexicon.compare(places[0], wholes[1]) > 0) | (lexicon.compare(wholes[0], places[1]) > 0)
    across = np.where(named, NAMED_PLACE, OTHER_PLACE)
    same = np.subtract.outer([traits.lists for traits in left], [traits.lists for traits in right]) == 0
    level = np.where(same, 1.0, LEVEL)
    alone = np.where(np.logical_xor.outer(ours, theirs), across, lexicon.compare(*places)) * level
    alone = np.where(np.logical_and.outer(ours, theirs), 1.0, alone)
    table: Table = ((alone + lexicon.compare(*wholes)) / 2).astype(np.float32)
    return table


def kind(left: Side, right: Side) -> Table:
    """Measure how well the kinds of value go together; none where a side's is unknown."""

    def near(ours: str, theirs: str) -> float:
        if not ours or not theirs:
            return float("nan")
        if ours == theirs:
            return 1.0
        written = ({ours, theirs} - {"text"}) if "text" in {ours, theirs} else set()
        near = FORMATTED if written & field_formats().kinds else FAR_KINDS
        return _NEAR_KINDS.get(frozenset((ours, theirs)), near)

    return _by_key([traits.kind for traits in left], [traits.kind for traits in right], near)


def description(left: Side, right: Side, thesaurus: Thesaurus) -> Table:
    """Compare what labels and descriptions say, each with the name; none where neither side has one."""

    def terms(traits: Traits) -> list[str]:
        return [*traits.place, *traits.meanings[0][0], *(word for word in traits.text if thesaurus.weight(word) > OWN)]

    rows, columns = hashed([terms(traits) for traits in left], [terms(traits) for traits in right])
    table: Table = rows @ columns.T
    silent = np.logical_and.outer([not traits.text for traits in left], [not traits.text for traits in right])
    table[silent] = np.nan
    return table


def uniqueness(left: Side, right: Side) -> Table:
    """Tell whether both or neither tell records apart; none where a side was not observed."""
    ours, theirs = (
        np.array([np.nan if traits.unique is None else traits.unique for traits in side], np.float32)
        for side in (left, right)
    )
    table: Table = 1 - np.abs(np.subtract.outer(ours, theirs))
    return table


def _by_key(rows: Sequence[Key], columns: Sequence[Key], measure: Callable[[Key, Key], float]) -> Table:
    ours, theirs = [*dict.fromkeys(rows)], [*dict.fromkeys(columns)]
    small = np.array([[measure(a, b) for b in theirs] for a in ours], np.float32).reshape(len(ours), len(theirs))
    return spread(small, ours, theirs, rows, columns)
