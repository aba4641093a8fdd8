"""A tally read: every path with what was observed there, maps shown as one path for all their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.schemas.field import Observed
from ipaas_discovery.schemas.field_paths import escape, list_depth, split_path
from ipaas_discovery.schemas.observing.distinct import EXAMPLES, span
from ipaas_discovery.schemas.observing.maps import is_map
from ipaas_discovery.schemas.observing.tally import Members, PathTally, Tally
from ipaas_discovery.schemas.problems import Variant

__all__ = ["TOP", "observed", "variants"]

TOP = 25
"""Values of a path that are shown with their counts."""


def observed(tally: Tally, paths: Iterable[str] = ()) -> list[tuple[str, Observed]]:
    """Every path with what was counted, sorted; a list of nothing but objects has no path for its elements.

    What is found to be a map is one in `tally` from then on.

    Args:
        tally: what was counted.
        paths: those that are known already: an object of which fields are named is no map, one of `*` is.
    """
    known: dict[str, bool] = {"": False}
    for path in paths:
        parts = split_path(path)
        for at, part in enumerate(parts):
            prefix = "".join(f"{each}." for each in parts[:at])
            known[prefix] = known.get(prefix, True) and list_depth(part)[0] == "*"
    return sorted(_inside(tally.members, "", known))


def variants(tally: Tally) -> tuple[Variant, ...]:
    """The sets of keys that records have, the most frequent first."""
    ranked = sorted((tally.variants or {}).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Variant(keys, count) for keys, count in ranked)


def _inside(members: Members, prefix: str, known: Mapping[str, bool]) -> Iterator[tuple[str, Observed]]:
    """The paths inside the objects at one path; `known` says of some whether they are maps.

    What stands at the top of records are fields, be they ever so many.
    """
    told = known.get(prefix, is_map(members.places, members.objects))
    if members.whole is not None or (told and members.places):
        whole = members.collapse()
        yield from _at(whole, f"{prefix}*", whole.count, known, members.keys.summary().distinct)
    else:
        for key, place in members.places.items():
            yield from _at(place, prefix + escape(key), members.objects, known)


def _at(
    place: PathTally, path: str, of: int, known: Mapping[str, bool], keys: int = 0
) -> Iterator[tuple[str, Observed]]:
    """The path of a place and those below it."""
    yield path, _observed(place, of, path, keys)
    while place is not None:
        if place.members is not None:
            yield from _inside(place.members, f"{path}.", known)
        elements = place.elements
        if elements is None or not elements.count:
            break
        place, path = elements, f"{path}[]"
        if place.kinds.keys() != {"object"}:
            yield path, _observed(place, place.count, path)


def _observed(place: PathTally, of: int, path: str, keys: int = 0) -> Observed:
    """What was counted at a place, for `of` objects that could have held the field."""
    known = {kind: values.summary() for kind, values in sorted(place.values.items())}
    lengths, numbers = place.sizes, None
    for each in known.values():
        lengths, numbers = span(lengths, each.lengths), span(numbers, each.numbers)
    tops = ((times, kind, value) for kind, each in known.items() for value, times in _frequent(each.top))
    ranked = nsmallest(TOP, tops, key=lambda each: (-each[0], each[1], isinstance(each[2], str), each[2]))
    examples = sorted(
        (total, kind, str(value), value) for kind, each in known.items() for total, value in each.examples
    )
    texts = known.get("string")
    return Observed(
        of=of,
        present=place.count,
        nulls=place.kinds["null"],
        empties=place.empties + sum(each.empties for each in known.values()),
        types=dict(sorted(place.kinds.items())),
        formats=_formats(texts.formats, path) if texts else {},
        values=numbers and (_signless(numbers[0]), _signless(numbers[1])),
        lengths=lengths,
        distinct=sum(each.distinct for each in known.values()),
        top=tuple((_signless(value), times) for times, _, value in ranked),
        examples=tuple(_signless(value) for *_, value in examples[:EXAMPLES]),
        distinct_error=max((each.error for each in known.values()), default=0.0),
        top_error=max((each.top_error for each in known.values()), default=0),
        unsafe_integers=sum(each.unsafe for each in known.values()),
        list_lengths=place.sizes,
        elements=place.elements.count if place.elements else 0,
        keys=keys,
    )


def _formats(counts: Mapping[str, int], path: str) -> dict[str, int]:
    """The formats that texts at a path have, but for those that only fields of another name can have."""
    known = field_formats()
    words = split_words(" ".join(split_path(path)[-2:]))
    rows = {name: known.get(name) for name in counts}
    return {name: counts[name] for name, row in sorted(rows.items()) if row is None or row.belongs(words)}


def _frequent(counts: Mapping[Any, int]) -> Iterable[tuple[Any, int]]:
    """The most frequent values, by value where they are equally frequent; all of them where they are few."""
    if len(counts) <= TOP:
        return counts.items()
    least = sorted(counts.values(), reverse=True)[TOP - 1]
    more = [(value, times) for value, times in counts.items() if times > least]
    ties = [value for value, times in counts.items() if times == least]
    try:
        first = nsmallest(TOP, ties)
    except TypeError:  # not-a-number is a text among numbers
        first = nsmallest(TOP, ties, key=lambda each: (isinstance(each, str), each))
    return [*more, *((value, least) for value in first)]


def _signless(value: Any) -> Any:  # noqa: ANN401  a value
    """`value`, and 0.0 for negative zero, which it equals."""
    return value if value or not isinstance(value, float) else abs(value)
