"""Changes of schemas and of their values: what a flow reads, and what it has to write."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.changes.changes import OF_CALLS, Aspect, FlowChange
from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.schemas.comparing.drift import Change, ChangeEffect, drift
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Shape

__all__ = ["schema_changes"]

OF_VALUES = ("enum", "new value", "much longer", "numbers beyond")
"""The words with which a change of values begins; others are of the schema."""
RECEIVED = (Shape.CREATE, Shape.UPDATE)


def schema_changes(old: PairState, new: PairState, direction: Direction) -> Iterator[FlowChange]:
    """List the changes of what a flow reads, by their effect on a reader, and of what it writes, on a writer."""
    for change in _drift(old.source(direction), new.source(direction), Shape.RETURNED):
        if change.path or not change.change.startswith(OF_CALLS):  # calls that write do not concern a reader
            yield _row(new, direction, new.source(direction), (Shape.RETURNED,), change, change.reader)
    shapes: dict[Change, list[Shape]] = {}
    for shape in RECEIVED:
        for change in _drift(old.destination(direction), new.destination(direction), shape):
            shapes.setdefault(change, []).append(shape)
    for change, places in shapes.items():
        yield _row(new, direction, new.destination(direction), tuple(places), change, change.writer)


def _drift(old: Shapes, new: Shapes, shape: Shape) -> tuple[Change, ...]:
    return drift(old.of(shape), new.of(shape)).changes


def _row(
    pair: PairState, direction: Direction, side: Shapes, shapes: tuple[Shape, ...], change: Change, effect: ChangeEffect
) -> FlowChange:
    aspect = Aspect.VALUES if change.change.startswith(OF_VALUES) else Aspect.SCHEMA
    part = ", ".join(shape.value for shape in shapes)
    return FlowChange(
        pair.collection, pair.third_party, direction, aspect, side.system, part,
        change.path, change.change, change.before, change.after, effect,
    )  # fmt: skip
