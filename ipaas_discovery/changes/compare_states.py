"""Comparison of two states of an integration, pair by pair and direction by direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.changes.changes import EFFECTS, Changes, FlowChange
from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.changes.record_changes import forecast_changes, record_changes
from ipaas_discovery.changes.schema_changes import schema_changes
from ipaas_discovery.changes.verdict_changes import verdict_changes
from ipaas_discovery.vocabulary import Direction

__all__ = ["compare_states"]

LOOKS = (record_changes, schema_changes, verdict_changes, forecast_changes)
"""The parts of a state that are compared; each gives the changes of one direction."""


def compare_states(
    before: Iterable[PairState], after: Iterable[PairState], *, since: str = "", until: str = ""
) -> Changes:
    """List what changed in every pair that both states hold, in the order of the later one."""
    known = {state.key: state for state in before}
    states = [*after]
    new = [state for state in states if state.key not in known]
    gone = known.keys() - {state.key for state in states}
    notes = [
        *(f"{state.collection} ↔ {state.third_party} was not paired before" for state in new),
        *(f"{collection} ↔ {third_party} is not paired any more" for collection, third_party in sorted(gone)),
    ]
    rows = [row for state in states if state.key in known for row in _ranked(_rows(known[state.key], state))]
    return Changes(since, until, tuple(rows), tuple(notes))


def _rows(old: PairState, new: PairState) -> Iterator[FlowChange]:
    for direction in (Direction.TO, Direction.FROM):
        for look in LOOKS:
            yield from look(old, new, direction)
    yield from verdict_changes(old, new, Direction.BIDIRECTIONAL)


def _ranked(rows: Iterable[FlowChange]) -> list[FlowChange]:
    return sorted(rows, key=lambda row: EFFECTS.index(row.effect))
