"""Agreement of paired records, field by field: counts that confirm or refute a match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ipaas_discovery.matching.equivalent_values import equivalent_values
from ipaas_discovery.matching.field_matches import Matches, match_fields
from ipaas_discovery.matching.keys import raw_values
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.renderings.tables import frame_of
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["agreement_frame"]

EXAMPLES = 3

COLUMNS = {
    "left": "str",
    "right": "str",
    "compared": "Int64",
    "equal": "Int64",
    "equal after normalising": "Int64",
    "different": "Int64",
    "only left": "Int64",
    "only right": "Int64",
    "examples": "str",
}

Held = Mapping[str, tuple[Any, ...]]


def agreement_frame(
    left: Sample, right: Sample, pairs: Iterable[tuple[int, int]], mappings: Matches | Iterable[tuple[str, str]] | None
) -> pd.DataFrame:
    """Count over `pairs` (positions in both samples), one row per field pair; see `Pairs.agreement`."""
    chosen = mappings if mappings is not None else _proposed(left, right)
    edges = [(m.source, m.destination) for m in chosen.proposals()] if isinstance(chosen, Matches) else list(chosen)
    records = [(_held(left.records[ours]), _held(right.records[theirs])) for ours, theirs in pairs]
    return frame_of((_row(source, destination, records) for source, destination in sorted(edges)), COLUMNS)


def _proposed(left: Sample, right: Sample) -> Matches:
    from ipaas_discovery.schemas.observing.observe import observe  # noqa: PLC0415  only needed without mappings

    return match_fields(observe(left), observe(right))


def _held(record: Mapping[str, Any]) -> Held:
    values: dict[str, tuple[Any, ...]] = {}
    for path, value in raw_values(record):
        values[path] = (*values.get(path, ()), value)
    return values


def _row(left: str, right: str, records: Iterable[tuple[Held, Held]]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS, 0) | {"left": left, "right": right}
    shown: list[str] = []
    for ours, theirs in records:
        a, b = ours.get(left, ()), theirs.get(right, ())
        plain_a, plain_b = _plain(a), _plain(b)
        if plain_a and plain_b:
            row["compared"] += 1
            same = _same(left, right, plain_a, plain_b) or _may_be_equivalent((left, a), (right, b))
            outcome = _outcome(a, b, same)
            if outcome == "different":
                shown.append(f"{_shown(a)} / {_shown(b)}")
        elif plain_a or plain_b:
            outcome = "only left" if plain_a else "only right"
        else:
            continue
        row[outcome] += 1
    return row | {"examples": "; ".join(list(dict.fromkeys(shown))[:EXAMPLES])}


def _plain(values: tuple[Any, ...]) -> set[str]:
    """Bring the filled values to one spelling; the order of a list and what it repeats say nothing here."""
    return {plain for plain in map(normalised, values) if plain is not None}


def _same(left: str, right: str, ours: set[str], theirs: set[str]) -> bool:
    """Tell whether the values are the same; one value that faces a list has to be in it."""
    if left.count("[]") == right.count("[]"):
        return ours == theirs
    return ours <= theirs or theirs <= ours


def _may_be_equivalent(left: tuple[str, tuple[Any, ...]], right: tuple[str, tuple[Any, ...]]) -> bool:
    """Tell whether values may stand for each other: cents for an amount, a code for a country."""
    (here, ours), (there, theirs) = [
        (path.count("[]"), [spellings for value in values if (spellings := equivalent_values(value, path))])
        for path, values in (left, right)
    ]
    missing = any(not any(one & other for other in theirs) for one in ours)
    lacking = any(not any(one & other for other in ours) for one in theirs)
    return not (missing or lacking) if here == there else not (missing and lacking)


def _outcome(left: tuple[Any, ...], right: tuple[Any, ...], same: bool) -> str:  # noqa: FBT001  a plain helper
    identical = len(left) == len(right) and all(type(a) is type(b) and a == b for a, b in zip(left, right, strict=True))
    if identical:
        return "equal"
    return "equal after normalising" if same else "different"


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(repr(value) for value in values[:EXAMPLES])
