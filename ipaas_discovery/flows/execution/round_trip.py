"""Round trip of each field: what goes one way and comes back the other, compared with what was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.flows.execution.constraints import Judged, judge
from ipaas_discovery.flows.execution.masked_examples import examples_of
from ipaas_discovery.flows.execution.program import LINKED, SIGNS, Program, Written
from ipaas_discovery.flows.execution.record_columns import EVERY, Place
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.path_reader import ABSENT, depth_of, values_at
from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.matching.formulas.formula_values import formula_value
from ipaas_discovery.matching.formulas.operations import plain_number
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import list_depth, named_part, split_path, unescape
from ipaas_discovery.schemas.schema import Field

__all__ = ["RoundTrip", "round_trips"]


@dataclass(frozen=True, slots=True)
class RoundTrip(Card):
    """One field there and back: through which fields, and in how many of the records that have it it is the same.

    `via` is empty if nothing of the way back fills the field. `examples` are values that came back as others, masked
    where they are personal.
    """

    field: str
    via: tuple[str, ...] = ()
    same: int = 0
    of: int = 0
    examples: tuple[str, ...] = ()


def round_trips(there: Flow, back: Flow) -> Iterator[RoundTrip]:
    """Follow every field of `there` that goes one to one, through the destination's record, and back.

    Nothing is asked of a system: what the other side would store is taken to be what it is sent.
    """
    rows = (*there.mappings, *there.owned)
    sent = [(Program(row), there.destination_field(row.destination), row.destination) for row in rows]
    stored = [
        _record([(path, _read(program.run(record), field)) for program, field, path in sent])
        for record in there.records
    ]
    returning = {row.destination: row for row in (*back.mappings, *back.owned)}
    for source in dict.fromkeys(path for row in rows for path in row.sources):
        way = returning.get(source)
        if way is not None and way.only_csharp:
            continue  # nobody here knows what comes back
        if way is None or not _goes_through(way.sources, there, source):
            yield RoundTrip(source)
            continue
        program, target = Program(way), back.destination_field(source)
        changed: list[Any] = []
        of = 0
        for before, after in zip(there.records, stored, strict=True):
            given = [value for _, value in values_at(before, source) if value is not None and value != ""]
            if given:
                of += 1
                written = _read(program.run(after), target)
                came = [value for _, value in written if value is not ABSENT and value is not None]
                changed += [] if _same(given, came) else given[:1]
        yield RoundTrip(source, way.sources, of - len(changed), of, examples_of(target or Field(source), changed))


def _goes_through(paths: Iterable[str], there: Flow, source: str) -> bool:
    """Tell whether what comes back is made of what the source went to."""
    reached = {row.destination for row in (*there.mappings, *there.owned) if source in row.sources}
    return any(path in reached for path in paths)


def _read(written: Written, target: Field | None) -> Written:
    """Read what is written as a system does that stores it: what it refuses, or keeps in part only, is not there."""
    if target is None:
        return []
    check = judge(target)
    return [(place, value if _is_sign(value) else _stored(check(value))) for place, value in written]


def _is_sign(value: Any) -> bool:  # noqa: ANN401  any JSON value
    return value is None or value is ABSENT or value in SIGNS


def _stored(judged: Judged) -> Any:  # noqa: ANN401  any JSON value
    return ABSENT if judged.problem or judged.loss else judged.value


def _same(given: list[Any], came: list[Any]) -> bool:
    """Compare values as text, numbers as numbers; an id of a linked record comes back by the link."""
    if LINKED in came:
        return True
    return len(given) == len(came) and all(
        _equal(formula_value((a,)), formula_value((b,))) for a, b in zip(given, came, strict=True)
    )


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401  a formula's value
    if one == other:
        return True
    numbers = [plain_number(text) if isinstance(text, str) else None for text in (one, other)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _record(fields: Iterable[tuple[str, Written]]) -> Record:
    """Build the record that the other side would store; lists in lists are left out."""
    record: dict[str, Any] = {}
    made: dict[str, dict[Place, dict[str, Any]]] = {}
    for path, written in fields:
        if not depth_of(path):
            _put(record, split_path(path), written[0][1] if written else None)
        elif depth_of(path) == 1 and "[]." in path:
            name, inner = path.split("[].", 1)
            elements = made.setdefault(name, {})
            for place, value in written:
                _put(elements.setdefault(place, {}), split_path(inner), value)
    for name, elements in made.items():
        shared = elements.pop(EVERY, {})
        _put(
            record,
            split_path(name),
            [{**shared, **element} for element in elements.values()] or ([shared] if shared else []),
        )
    return record


def _put(record: dict[str, Any], parts: list[str], value: Any) -> None:  # noqa: ANN401  any JSON value
    *holders, last = parts
    inner: Any = record
    for part in holders:
        inner = _inside(inner, part) if isinstance(inner, dict) else {}
    if value is not None and value is not ABSENT and isinstance(inner, dict):
        inner[unescape(list_depth(last)[0])] = value


def _inside(record: dict[str, Any], part: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the object that a part of a path stands for, made if it is not there; a named one is an element."""
    named = named_part(part)
    if named is None:
        return record.setdefault(unescape(list_depth(part)[0]), {})
    elements, naming = record.setdefault(unescape(named[0]), []), field_words().naming[0]
    if not any(element.get(naming) == named[1] for element in elements):
        elements.append({naming: named[1]})
    return next(element for element in elements if element.get(naming) == named[1])
