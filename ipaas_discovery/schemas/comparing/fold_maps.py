"""Two schemas made comparable: if one shows an object as a map, the keys of the other are folded into one as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import reduce

from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.observing.distinct import EXAMPLES, span

__all__ = ["folded"]

Fields = Mapping[str, Field]


def folded(mine: Fields, theirs: Fields) -> Fields:
    """Fold the observed members of every object of `mine` that is a map in `theirs` into one path `*`.

    >>> mine = {path: Field(path, observed=Observed(4, 2, types={"string": 2})) for path in ("stock.a", "stock.b")}
    >>> theirs = {"stock.*": Field("stock.*", observed=Observed(9, 9))}
    >>> [(field.path, field.observed.of, field.observed.types) for field in folded(mine, theirs).values()]
    [('stock.*', 4, {'string': 4})]
    """
    maps = {tuple(parts[:at]) for parts in map(split_path, theirs) for at, part in enumerate(parts) if _is_any(part)}
    if not maps:
        return mine
    by_path: dict[str, list[Field]] = {}
    for path, field in mine.items():
        by_path.setdefault(_fold(path, maps) if field.declared is None else path, []).append(field)
    return {path: _joined(path, fields) for path, fields in sorted(by_path.items())}


def _is_any(part: str) -> bool:
    return list_depth(part)[0] == "*"


def _fold(path: str, maps: set[tuple[str, ...]]) -> str:
    """Return `path` with a `*` for each key inside a map."""
    parts: list[str] = []
    for part in split_path(path):
        key, depth = list_depth(part)
        parts.append("*" + "[]" * depth if tuple(parts) in maps and key != "*" else part)
    return ".".join(parts)


def _joined(path: str, fields: list[Field]) -> Field:
    """Join fields into one; each value of a map counts as one that could be there."""
    seen = [field.observed for field in fields if field.observed]
    if len(fields) == 1 and fields[0].path == path:
        return fields[0]
    whole = reduce(_sum, seen[1:], seen[0]) if seen else None
    if whole and _is_any(split_path(path)[-1]):
        whole = _sum(whole, Observed(whole.present - whole.of, 0))
    return Field(path, observed=whole)


def _sum(one: Observed, other: Observed) -> Observed:
    """Add up the observations at two paths; `distinct` is the least number there can be."""
    top = Counter(dict(one.top)) + Counter(dict(other.top))
    return Observed(
        of=one.of + other.of,
        present=one.present + other.present,
        nulls=one.nulls + other.nulls,
        empties=one.empties + other.empties,
        types=_added(one.types, other.types),
        formats=_added(one.formats, other.formats),
        values=span(one.values, other.values),
        lengths=span(one.lengths, other.lengths),
        distinct=max(one.distinct, other.distinct, len(top)),
        top=tuple(top.most_common()),
        examples=(*dict.fromkeys((*one.examples, *other.examples)),)[:EXAMPLES],
        distinct_error=max(one.distinct_error, other.distinct_error),
        top_error=one.top_error + other.top_error,
        unsafe_integers=one.unsafe_integers + other.unsafe_integers,
        list_lengths=span(one.list_lengths, other.list_lengths),
        elements=one.elements + other.elements,
        sampled=(*dict.fromkeys((*one.sampled, *other.sampled)),),
    )


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted((Counter(one) + Counter(other)).items()))
