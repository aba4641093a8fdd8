"""Forecast of a first transfer: how many records it would match, create and change, in each direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording
from ipaas_discovery.samples.sample import Sample, Stop

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.field_matches import Matches
    from ipaas_discovery.matching.records.record_pairs import Pairs

__all__ = ["Forecast", "ForecastRow"]

COLUMNS = {
    "source": "str",
    "destination": "str",
    "match": "Int64",
    "create": "Int64",
    "update": "Int64",
    "duplicates": "Int64",
    "undecided": "Int64",
    "fields": "object",
    "note": "str",
}


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One direction: of the source's records `match` have a counterpart, and `update` of these differ from it.

    `create` have none, `duplicates` repeat a record that has one, and of `undecided` it is open which of several is
    theirs. `fields` are the destination's fields that would change, with the number of records, the most changed first.
    """

    source: str
    destination: str
    match: int
    create: int
    update: int
    duplicates: int
    undecided: int
    fields: tuple[tuple[str, int], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Forecast(Tabular):
    """Both directions: from left to right, and from right to left."""

    rows: tuple[ForecastRow, ...]

    wording: ClassVar[Wording] = {"fields": "; ".join}

    def frame(self) -> pd.DataFrame:
        """Return one row per direction.

        Dtypes: text for source, destination and note, Int64 for the counts, lists of text for fields.
        """
        rows = (
            {name: getattr(row, name) for name in COLUMNS}
            | {"fields": [f"{path} in {count}" for path, count in row.fields]}
            for row in self.rows
        )
        return frame_of(rows, COLUMNS)


def forecast_of(pairs: Pairs, mappings: Matches | Iterable[tuple[str, str]] | None) -> Forecast:
    """Count both directions over `pairs`; see `Pairs.forecast`."""
    agreement = pairs.agreement(mappings)
    changed: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
    for row in agreement.rows:
        for paths, field, only in ((changed[0], row.right, row.left_rows), (changed[1], row.left, row.right_rows)):
            if row.different_rows or only:
                paths.setdefault(field, set()).update(row.different_rows, only)
    sides = (
        (pairs.left, pairs.right, pairs.left_only, pairs.left_copies, pairs.left_ties, changed[0]),
        (pairs.right, pairs.left, pairs.right_only, pairs.right_copies, pairs.right_ties, changed[1]),
    )
    return Forecast(
        tuple(
            ForecastRow(
                source=f"{source.system} {source.collection}".strip(),
                destination=f"{destination.system} {destination.collection}".strip(),
                match=len(pairs),
                create=len(alone),
                update=len(set().union(*fields.values())),
                duplicates=len(copies),
                undecided=len(ties),
                fields=_by_count(fields),
                note=_note(destination, len(alone)),
            )
            for source, destination, alone, copies, ties, fields in sides
        )
    )


def _by_count(fields: Mapping[str, set[int]]) -> tuple[tuple[str, int], ...]:
    return tuple(
        sorted(Counter({path: len(rows) for path, rows in fields.items()}).items(), key=lambda x: (-x[1], x[0]))
    )


def _note(destination: Sample, alone: int) -> str:
    """Say what the part of the destination that was not read leaves open."""
    if not alone or destination.stop in {Stop.COMPLETE, Stop.FILE} or destination.total == len(destination):
        return ""
    total = "an unknown number" if destination.total is None else f"{destination.total}"
    return f"some of the {alone} may exist there: {len(destination)} of {total} records were read"
