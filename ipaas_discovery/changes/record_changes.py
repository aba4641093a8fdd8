"""Changes of a collection's records as a whole: can they be read, how many are there, what would a transfer do."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.changes.changes import Aspect, FlowChange
from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.matching.records.forecast import ForecastRow
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction

__all__ = ["forecast_changes", "record_changes"]

MANY = 2
"""A collection that has less than one in so many records left lost many."""
COUNTS = {"match": False, "create": False, "update": False, "duplicates": True, "undecided": True}
"""The numbers of a forecast, and whether more of them are a risk."""


def record_changes(old: PairState, new: PairState, direction: Direction) -> Iterator[FlowChange]:
    """List what changed about the source as a whole: it can be read, or no longer; it has more or fewer records."""
    before, after = old.sample(direction), new.sample(direction)
    if bool(before.problem) is not bool(after.problem):
        lost = bool(after.problem)
        change, effect = ("cannot be read", ChangeEffect.BREAKING) if lost else ("can be read", ChangeEffect.HARMLESS)
        yield _row(new, direction, Aspect.RECORDS, after.system, change, ("", after.problem), effect)
        return
    one, other = _count(before), _count(after)
    if one is not None and other is not None and one != other:
        change = "fewer records" if other < one else "more records"
        yield _row(new, direction, Aspect.RECORDS, after.system, change, (str(one), str(other)), _weight(one, other))


def forecast_changes(old: PairState, new: PairState, direction: Direction) -> Iterator[FlowChange]:
    """List what changed of the numbers that a first transfer would match, create and change, in one row."""
    before, after = (_forecast(state, direction) for state in (old, new))
    if not before or not after:
        return
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in COUNTS}
    turned = {name: pair for name, pair in pairs.items() if None not in pair and pair[0] != pair[1]}
    if turned:
        worse = any(COUNTS[name] and after > before for name, (before, after) in turned.items())
        values = [", ".join(f"{name} {pair[at]}" for name, pair in turned.items()) for at in (0, 1)]
        effect = ChangeEffect.RISKY if worse else ChangeEffect.HARMLESS
        yield _row(new, direction, Aspect.FORECAST, "", "other numbers", (values[0], values[1]), effect)


def _count(sample: Sample) -> int | None:
    """Count a collection's records, as far as anybody knows: what a sample holds may be a part."""
    return len(sample) if sample.stop is Stop.FILE else sample.total


def _weight(before: int, after: int) -> ChangeEffect:
    if not after:
        return ChangeEffect.BREAKING
    return ChangeEffect.RISKY if after * MANY < before else ChangeEffect.HARMLESS


def _forecast(state: PairState, direction: Direction) -> ForecastRow | None:
    """Find a direction's row: a forecast tells first what iPaaS.com's records would do."""
    rows = state.forecast.rows
    return rows[1 if direction is Direction.TO else 0] if rows else None


def _row(  # noqa: PLR0913, PLR0917  the parts of a row
    pair: PairState,
    direction: Direction,
    aspect: Aspect,
    system: str,
    change: str,
    values: tuple[str, str],
    effect: ChangeEffect,
) -> FlowChange:
    return FlowChange(pair.collection, pair.third_party, direction, aspect, system, "", "", change, *values, effect)
