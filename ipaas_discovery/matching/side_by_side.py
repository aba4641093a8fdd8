"""One pair of records side by side: each matched field on both sides, and how they differ, in words and colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.field_matches import Matches
from ipaas_discovery.matching.records.agreement import AgreementRow, PairedValues
from ipaas_discovery.matching.records.columns import values_by_path
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tables import html_table
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.renderings.texts import html_text
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SideBySide", "SideRow", "side_by_side"]

COLUMNS = {"left": "str", "left_value": "str", "right": "str", "right_value": "str", "difference": "str"}
EQUAL, DIFFERENT, ONLY_LEFT, ONLY_RIGHT, NOWHERE = (
    "equal",
    "different",
    "only left",
    "only right",
    "empty on both sides",
)
TINTS = {EQUAL: "", NOWHERE: "", DIFFERENT: "#f6c9c2", ONLY_LEFT: "#f7e3b3", ONLY_RIGHT: "#f7e3b3"}
LEVELLED = "#d5e8f5"
"""Background of rows that are equal after normalising."""


@dataclass(frozen=True, slots=True)
class SideRow(Card):
    """One matched field of both records.

    `difference` is "equal", "equal after …" with what was levelled, "different", "only left", "only right" or "empty
    on both sides".
    """

    left: str
    left_value: str
    right: str
    right_value: str
    difference: str


@dataclass(frozen=True, slots=True)
class SideBySide(Tabular):
    """Two records that are the same, field by field; those that differ come first."""

    title: str
    rows: tuple[SideRow, ...]

    headings: ClassVar[Mapping[str, str]] = {"left_value": "left value", "right_value": "right value"}

    def frame(self) -> pd.DataFrame:
        """Return one row per matched field: both paths, both values as text, and how they differ; all text."""
        return frame_of(({name: getattr(row, name) for name in COLUMNS} for row in self.rows), COLUMNS)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the rows as plain HTML: differences tinted, and said in words as well."""
        tints = [TINTS.get(row.difference, LEVELLED) for row in self.rows]
        return f"<p><b>{html_text(self.title)}</b></p>{html_table(self._shown(), max_rows=max_rows, tints=tints)}"

    def _title(self) -> str:
        return self.title

    def _facts(self) -> dict[str, Any]:
        return {"title": self.title}


def side_by_side(pairs: Pairs, at: int, mappings: Matches | Iterable[tuple[str, str]]) -> SideBySide:
    """Lay the records of the pair number `at`, counted from 0, side by side.

    Args:
        pairs: the records found on both sides.
        at: which pair.
        mappings: pairs of left and right paths, or matches whose proposals are used.

    Raises:
        UnknownNameError: if there is no pair of that number.

    >>> from ipaas_discovery.matching.records.record_pairs import pair_records
    >>> from ipaas_discovery.samples.sample import Stop
    >>> ours, theirs = {"mail": "a@example.test", "name": "Ada"}, {"email": "A@example.test", "name": "Eda"}
    >>> left, right = (Sample("s", "people", (row,), Stop.COMPLETE) for row in (ours, theirs))
    >>> pairs = pair_records(left, right, [("mail", "email")])
    >>> [(row.left, row.difference) for row in side_by_side(pairs, 0, [("mail", "email"), ("name", "name")]).rows]
    [('name', 'different'), ('mail', 'equal after case and spaces')]
    """
    if not 0 <= at < len(pairs):
        raise UnknownNameError("pair", str(at), map(str, range(min(len(pairs), 9))), where=f"{len(pairs)} pairs")
    pair = pairs.pairs[at]
    edges = [(m.source, m.destination) for m in mappings.proposals()] if isinstance(mappings, Matches) else [*mappings]
    agreement = PairedValues.of(pairs.left, pairs.right, [(pair.left, pair.right)]).agreement(edges)
    held = values_by_path(pairs.left.records[pair.left]), values_by_path(pairs.right.records[pair.right])
    rows = [
        SideRow(
            row.left, _text(held[0].get(row.left, ())), row.right, _text(held[1].get(row.right, ())), _difference(row)
        )
        for row in agreement.rows
    ]
    order = [DIFFERENT, ONLY_LEFT, ONLY_RIGHT]
    ranked = sorted(rows, key=lambda row: order.index(row.difference) if row.difference in order else len(order))
    title = f"{_name(pairs.left, pair.left)} beside {_name(pairs.right, pair.right)}"
    return SideBySide(title, tuple(ranked))


def _difference(row: AgreementRow) -> str:
    if row.equal:
        return EQUAL
    if row.equal_after_normalising:
        return f"equal after {row.normalising[0][0]}" if row.normalising else EQUAL
    return DIFFERENT if row.different else ONLY_LEFT if row.only_left else ONLY_RIGHT if row.only_right else NOWHERE


def _text(values: tuple[Any, ...]) -> str:
    return ", ".join("" if value is None else str(value) for value in values)


def _name(sample: Sample, at: int) -> str:
    return f"{sample.system} {sample.collection} {sample.name_of(at)}".strip()
