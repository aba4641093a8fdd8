"""Forecast of a first transfer: how many records it would match, create and change, in each direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ipaas_discovery.matching.records.agreement import Agreement
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording
from ipaas_discovery.renderings.texts import listed
from ipaas_discovery.samples.sample import Sample, Stop

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Forecast", "ForecastRow", "Unpaired", "forecast_of"]

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
class ForecastRow(Card):
    """One direction: of the source's records `match` have a counterpart, and `update` of these differ from it.

    `create` have none, `duplicates` repeat a record that has one, and of `undecided` it is open which of several is
    theirs. `fields` are the destination's fields that would change, with the number of records, the most changed first.
    Where one of the two samples was not read, nobody knows these numbers: they are None.
    """

    source: str
    destination: str
    match: int | None
    create: int | None
    update: int | None
    duplicates: int | None
    undecided: int | None
    fields: tuple[tuple[str, int], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Forecast(Tabular):
    """Both directions: from left to right, and from right to left."""

    rows: tuple[ForecastRow, ...]

    wording: ClassVar[Wording] = {"fields": "; ".join}

    def _subject(self) -> str:
        return "What a first transfer would do"

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


@dataclass(frozen=True, slots=True)
class Unpaired:
    """One side's sample, and how many of its records have no counterpart, repeat a record, or may be one of several."""

    sample: Sample
    alone: int
    copies: int
    undecided: int


def forecast_of(agreement: Agreement, paired: int, left: Unpaired, right: Unpaired) -> Forecast:
    """Count both directions; see `Pairs.forecast`."""
    to_right: dict[str, set[int]] = {}
    to_left: dict[str, set[int]] = {}
    for row in agreement.rows:
        to_right.setdefault(row.right, set()).update(row.different_rows, row.left_rows)
        to_left.setdefault(row.left, set()).update(row.different_rows, row.right_rows)
    return Forecast((_direction(left, right, paired, to_right), _direction(right, left, paired, to_left)))


def _direction(source: Unpaired, destination: Unpaired, paired: int, fields: Mapping[str, set[int]]) -> ForecastRow:
    names = [f"{side.sample.system} {side.sample.collection}".strip() for side in (source, destination)]
    unread = [name for name, side in zip(names, (source, destination), strict=True) if not side.sample.seen]
    if unread:
        note = f"no record of {listed(unread)} was read"
        return ForecastRow(names[0], names[1], None, None, None, None, None, fields=(), note=note)
    return ForecastRow(
        names[0],
        names[1],
        match=paired,
        create=source.alone,
        update=len(set().union(*fields.values())),
        duplicates=source.copies,
        undecided=source.undecided,
        fields=_by_count(fields),
        note=_note(destination.sample, source.alone),
    )


def _by_count(fields: Mapping[str, set[int]]) -> tuple[tuple[str, int], ...]:
    counts = [(path, len(rows)) for path, rows in fields.items() if rows]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))


def _note(destination: Sample, alone: int) -> str:
    """Say what the part of the destination that was not read leaves open."""
    if not alone or destination.stop in {Stop.COMPLETE, Stop.FILE} or destination.total == len(destination):
        return ""
    total = "an unknown number" if destination.total is None else f"{destination.total}"
    return f"some of the {alone} may exist there: {len(destination)} of {total} records were read"
