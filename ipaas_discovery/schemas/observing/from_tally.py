"""A tally read into observations: one per path, and one for all keys of a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.renderings.texts import cut_value, whole_characters
from ipaas_discovery.samples.named_lists import named_path
from ipaas_discovery.schemas.field import Observed
from ipaas_discovery.schemas.field_paths import escape, list_depth, split_path
from ipaas_discovery.schemas.named_list import NamedList
from ipaas_discovery.schemas.observing.distinct import EXAMPLES, span
from ipaas_discovery.schemas.observing.maps import is_map
from ipaas_discovery.schemas.observing.tally import Members, NamedValues, PathTally, Tally
from ipaas_discovery.schemas.problems import Variant

__all__ = ["TOP", "named_lists", "observed", "unfolded", "variants"]

TOP = 25
"""Values of a path that are shown with their counts."""


def observed(tally: Tally, paths: Iterable[str] = ()) -> list[tuple[str, Observed]]:
    """Return every path with its counts, sorted; a list of nothing but objects has no path for its elements.

    An object recognised as a map is one in `tally` from then on.

    Args:
        tally: the counts.
        paths: the paths known already: an object with named fields is no map, one with `*` is.
    """
    known: dict[str, bool] = {"": False}
    for path in paths:
        parts = split_path(path)
        for at, part in enumerate(parts):
            prefix = "".join(f"{key}." for key in parts[:at])
            known[prefix] = known.get(prefix, True) and list_depth(part)[0] == "*"
    return sorted(_inside(tally.members, "", known))


def unfolded(tally: Tally, named: Iterable[NamedList]) -> list[tuple[str, Observed]]:
    """Return a path for each name in those lists of names and values (`custom_fields{Season}.value`), sorted."""
    known = {one.path: one for one in named}
    return sorted(
        (path := f"{named_path(at, name)}.{escape(known[at].value)}", _observed(values, of, path))
        for at, of, lists in _lists(tally.members, "")
        if at in known
        for name, values in lists.by_name.items()
    )


def named_lists(tally: Tally) -> tuple[NamedList, ...]:
    """Return the lists whose elements each have a name of their own and a value, sorted by path."""
    return tuple(
        NamedList(path, *lists.keys, len(lists.by_name), lists.lists, _values(lists))
        for path, _, lists in sorted(_lists(tally.members, ""), key=itemgetter(0))
        if lists.keys
    )


def _values(lists: NamedValues) -> int:
    return sum(values.count for values in lists.by_name.values())


def _lists(members: Members, prefix: str) -> Iterator[tuple[str, int, NamedValues]]:
    """Yield the lists of names and values: path, number of objects that could have held it, and values by name."""
    for key, member in members.by_key.items():
        path = f"{prefix}{escape(key)}"
        named = member.named
        if named is not None and named.is_one and named.keys is not None:
            yield path, members.objects, named
        if member.members is not None:
            yield from _lists(member.members, f"{path}.")
        elements = member.elements
        if elements is not None and elements.members is not None:
            yield from _lists(elements.members, f"{path}[].")


def variants(tally: Tally) -> tuple[Variant, ...]:
    """Return the sets of keys that records have, the most frequent first."""
    ranked = sorted((tally.variants or {}).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Variant(keys, count) for keys, count in ranked)


def _inside(members: Members, prefix: str, known: Mapping[str, bool]) -> Iterator[tuple[str, Observed]]:
    """Yield the paths inside the objects at one path; `known` tells of some whether they are maps.

    The keys at the top of records are fields, however many there are.
    """
    is_one_map = known.get(prefix, is_map(members.by_key, members.objects))
    if members.whole is not None or (is_one_map and members.by_key):
        whole = members.collapse()
        yield from _at(whole, f"{prefix}*", whole.count, known, members.keys.summary().distinct)
    else:
        for key, member in members.by_key.items():
            yield from _at(member, prefix + escape(whole_characters(key)), members.objects, known)


def _at(
    tally: PathTally, path: str, of: int, known: Mapping[str, bool], keys: int = 0
) -> Iterator[tuple[str, Observed]]:
    """Yield the path of a tally and those below it."""
    yield path, _observed(tally, of, path, keys)
    while tally is not None:
        if tally.members is not None:
            yield from _inside(tally.members, f"{path}.", known)
        elements = tally.elements
        if elements is None or not elements.count:
            break
        tally, path = elements, f"{path}[]"
        if tally.kinds.keys() != {"object"}:
            yield path, _observed(tally, tally.count, path)


def _observed(tally: PathTally, of: int, path: str, keys: int = 0) -> Observed:
    """Return the counts of a tally, for `of` objects that could have held the field."""
    known = {kind: values.summary() for kind, values in sorted(tally.values.items())}
    lengths, numbers = tally.sizes, None
    for summary in known.values():
        lengths, numbers = span(lengths, summary.lengths), span(numbers, summary.numbers)
    tops = ((times, kind, value) for kind, summary in known.items() for value, times in _frequent(summary.top))
    ranked = nsmallest(TOP, tops, key=lambda entry: (-entry[0], entry[1], isinstance(entry[2], str), entry[2]))
    examples = sorted(
        (total, kind, str(value), value) for kind, summary in known.items() for total, value in summary.examples
    )
    texts = known.get("string")
    return Observed(
        of=of,
        present=tally.count,
        nulls=tally.kinds["null"],
        empties=tally.empties + sum(summary.empties for summary in known.values()),
        types=dict(sorted(tally.kinds.items())),
        formats=_formats(texts.formats, path) if texts else {},
        values=numbers and (_signless(numbers[0]), _signless(numbers[1])),
        lengths=lengths,
        distinct=sum(summary.distinct for summary in known.values()),
        top=tuple((_shown(value), times) for times, _, value in ranked),
        examples=tuple(_shown(value) for *_, value in examples[:EXAMPLES]),
        distinct_error=max((summary.error for summary in known.values()), default=0.0),
        top_error=max((summary.top_error for summary in known.values()), default=0),
        unsafe_integers=sum(summary.unsafe for summary in known.values()),
        list_lengths=tally.sizes,
        elements=tally.elements.count if tally.elements else 0,
        keys=keys,
        sampled=tuple(_signless(value) for summary in known.values() for value in summary.top),
    )


def _formats(counts: Mapping[str, int], path: str) -> dict[str, int]:
    """The formats that texts at a path have, but for those that only fields of another name can have."""
    known = field_formats()
    words = split_words(" ".join(split_path(path)[-2:]))
    rows = {name: known.get(name) for name in counts}
    return {name: counts[name] for name, row in sorted(rows.items()) if row is None or row.belongs(words)}


def _frequent(counts: Mapping[Any, int]) -> Iterable[tuple[Any, int]]:
    """Return the most frequent values, by value if they are equally frequent; all of them if they are few."""
    if len(counts) <= TOP:
        return counts.items()
    least = sorted(counts.values(), reverse=True)[TOP - 1]
    more = [(value, times) for value, times in counts.items() if times > least]
    ties = [value for value, times in counts.items() if times == least]
    return [*more, *((value, least) for value in nsmallest(TOP, ties))]


def _shown(value: Any) -> Any:  # noqa: ANN401  a value
    """Return a value as it is shown: half a character escaped, and a long text cut."""
    return cut_value(whole_characters(value)) if isinstance(value, str) else _signless(value)


def _signless(value: Any) -> Any:  # noqa: ANN401  a value
    """Return `value`, and 0.0 for negative zero, which it equals."""
    return value if value or not isinstance(value, float) else abs(value)
