"""Preview of one mapping over the same records of both systems: what goes in, what would be written, what is there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ipaas_discovery.flows.execution.field_check import FieldCheck
from ipaas_discovery.flows.execution.program import COMPUTED, LINKED, Program
from ipaas_discovery.flows.path_reader import ABSENT, values_at
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.matching.records.agreement import compare_values
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record, Sample
from ipaas_discovery.schemas.schema import Field

__all__ = ["Preview", "PreviewRow", "preview_mapping"]

MOST_PAIRS = 200
"""Pairs that are looked at, taken evenly."""
WORDS = {
    "equal": "the same",
    "different": "different",
    "only_left": "nothing is there",
    "only_right": "nothing would be written",
    "": "empty on both sides",
}
ORDER = ("different", "only_left", "only_right")


@dataclass(frozen=True, slots=True)
class PreviewRow(Card):
    """One record: the source fields and their values, what would be written, what is there, the difference in words.

    `outcome` is "equal", "equal_after_normalising", "different", "only_left" (nothing is there), "only_right" (nothing
    would be written), "refused", "linked" (the id of a linked record, which no sample knows) or "".
    """

    record: str
    inputs: tuple[tuple[str, str], ...]
    written: str
    there: str
    outcome: str
    difference: str


@dataclass(frozen=True, slots=True)
class Preview(Card):
    """Rows of the records looked at, those that differ first, and how many of the filled ones the mapping gives."""

    rows: tuple[PreviewRow, ...] = ()
    explained: int = 0
    of: int = 0

    @property
    def summary(self) -> str:
        """Count in words how often the mapping gives what is there.

        >>> Preview(explained=98, of=104).summary
        'gives what is there in 98 of 104 records'
        """
        return f"gives what is there in {self.explained} of {self.of} records" if self.of else "nothing to compare with"


def preview_mapping(mapping: Mapping, pairs: Pairs, side: Literal["left", "right"], target: Field | None) -> Preview:
    """Run a mapping over paired records.

    Args:
        mapping: what fills the field; one that fills nothing writes nothing.
        pairs: the same records of both systems.
        side: the side of `pairs` that is the destination.
        target: the destination's field, for what it refuses; None where it is not known.
    """
    ours, theirs = (pairs.left, pairs.right) if side == "left" else (pairs.right, pairs.left)
    program = Program(mapping) if mapping.fills else None
    check = FieldCheck(target) if target else None
    rows = []
    for pair in pairs.pairs[:: max(1, -(-len(pairs) // MOST_PAIRS))]:
        here, there = (pair.left, pair.right) if side == "left" else (pair.right, pair.left)
        names = f"{_name(theirs, there)} beside {_name(ours, here)}"
        rows.append(_row(names, mapping, program, check, theirs.records[there], ours.records[here]))
    compared = [row.outcome for row in rows if row.there and row.outcome]
    ranked = sorted(rows, key=lambda row: _rank(row.outcome))
    return Preview(tuple(ranked), sum(outcome.startswith("equal") for outcome in compared), len(compared))


def _row(
    names: str, mapping: Mapping, program: Program | None, check: FieldCheck | None, source: Record, held: Record
) -> PreviewRow:
    inputs = tuple((path, _text(_values(source, path))) for path in mapping.sources)
    made = tuple(value for _, value in program.run(source) if value is not ABSENT) if program else ()
    judged = [check(value) for value in made if value is not None] if check else []
    written = tuple(one.value for one in judged) if judged else made
    there = _values(held, mapping.destination)
    problem = next((one.problem for one in judged if one.problem), "")
    if LINKED in written:
        outcome, words = "linked", "cannot be compared: no sample of one side knows the id"
    elif COMPUTED in written:
        outcome, words = "computed", "cannot be compared: only iPaaS.com runs a formula in C#"
    elif problem:
        outcome, words = "refused", f"would be refused: {problem}"
    else:
        outcome, how = compare_values((mapping.destination, written), (mapping.destination, there))
        words = WORDS.get(outcome) or f"the same after {how}"
    return PreviewRow(names, inputs, _text(written), _text(there), outcome, words)


def _rank(outcome: str) -> int:
    order = ("refused", *ORDER)
    return order.index(outcome) if outcome in order else len(order) + (outcome == "")


def _values(record: Record, path: str) -> tuple[Any, ...]:
    return tuple(value for _, value in values_at(record, path))


def _text(values: Iterable[Any]) -> str:
    return ", ".join(_shown(value) for value in values if value is not None and value != "")


def _shown(value: Any) -> str:  # noqa: ANN401  any JSON value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, bool | list | dict) else str(value)


def _name(sample: Sample, at: int) -> str:
    return f"{sample.collection} {sample.records[at].get('id', f'record {at + 1}')}"
