"""Capability sheet of a collection: what can be done with it, by which call, and how that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.systems.connectors.collection import CollectionSpec
from ipaas_discovery.vocabulary import Grade, Method, Shape

__all__ = ["Ability", "Capability", "ReadSample", "capabilities"]

NO_CALL = "this API has no call for it"
NOT_FOUND = "nobody found it; that is not to say that there is none"
INSIDE = "inside "
MANY = "a list of records in one call"


class Ability(StrEnum):
    """Ability that an integration may need of a collection."""

    LIST = "list"
    GET = "get"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    SEARCH = "search"
    SINCE = "since"
    BULK = "bulk"
    WEBHOOK = "webhook"


WRITES = {Ability.CREATE: Method.ADD, Ability.UPDATE: Method.UPDATE, Ability.DELETE: Method.DELETE}


@dataclass(frozen=True, slots=True)
class Capability(Card):
    """One ability of a collection: offered or not (None: nobody knows), by which call, and the grade of that fact.

    >>> Capability("delete", False, note="this API has no call for it").offered
    False
    """

    ability: str
    offered: bool | None = None
    call: str = ""
    grade: str = Grade.UNKNOWN.value
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadSample:
    """Numbers of a sample that show what its calls give: records read, those asked for one by one, and the total."""

    records: int | None = None
    details: int = 0
    total: int | None = None


def capabilities(
    spec: CollectionSpec | None, shapes: Shapes, read: ReadSample, *, webhooks: tuple[Capability, ...] = ()
) -> tuple[Capability, ...]:
    """Fill the capability sheet of a collection, one row for each ability.

    Args:
        spec: the connector's settings of the collection; None where it has none.
        shapes: its shapes, with the calls that its descriptions list.
        read: what its sample shows.
        webhooks: what is known of its webhooks.
    """
    ways: dict[Ability, Callable[[], Capability]] = {
        Ability.LIST: lambda: _listing(spec, read),
        Ability.GET: lambda: _getting(spec, read),
        Ability.SEARCH: lambda: _searching(spec),
        Ability.SINCE: lambda: _since(spec),
        Ability.BULK: lambda: _bulk(shapes),
    }
    writes = {ability: _writing(ability, method, shapes) for ability, method in WRITES.items()}
    rows = {ability: way() for ability, way in ways.items()} | writes
    own = {row.ability: row for row in webhooks}
    return tuple(own.get(ability.value) or rows.get(ability) or _unknown(ability) for ability in Ability)


def _unknown(ability: Ability) -> Capability:
    return Capability(ability.value, note=NOT_FOUND)


def _listing(spec: CollectionSpec | None, read: ReadSample) -> Capability:
    if spec is None:
        return _unknown(Ability.LIST)
    if read.records:
        of = f" {read.records} of {read.total}" if read.total is not None else f" {read.records}, the total unknown"
        return Capability(Ability.LIST.value, True, spec.reading, f"{Grade.OBSERVED.value}{of}")
    return Capability(Ability.LIST.value, True, spec.reading, Grade.DECLARED.value, "by the connector; not read")


def _getting(spec: CollectionSpec | None, read: ReadSample) -> Capability:
    if spec is None or not spec.detail:
        return _unknown(Ability.GET)
    grade = f"{Grade.OBSERVED.value} {read.details} of {read.details}" if read.details else Grade.DECLARED.value
    return Capability(Ability.GET.value, True, f"GET {spec.detail}", grade)


def _searching(spec: CollectionSpec | None) -> Capability:
    if spec and spec.search:
        return Capability(Ability.SEARCH.value, True, f"POST {spec.search.path}", Grade.DECLARED.value)
    if spec and spec.filters:
        names = ", ".join(sorted(spec.filters))
        return Capability(Ability.SEARCH.value, True, f"{spec.reading}, by {names}", Grade.DECLARED.value)
    return _unknown(Ability.SEARCH)


def _since(spec: CollectionSpec | None) -> Capability:
    asked = (spec.since or spec.between) if spec else None
    if spec and asked:
        return Capability(Ability.SINCE.value, True, f"{spec.reading}, by {asked}", Grade.DECLARED.value)
    return _unknown(Ability.SINCE)


def _writing(ability: Ability, method: Method, shapes: Shapes) -> Capability:
    calls = shapes.of(Shape.received_by(method)).operations
    if method not in calls:
        return _unknown(ability)
    call = calls[method]
    if call is None:
        return Capability(ability.value, False, "", Grade.DECLARED.value, NO_CALL)
    if call == Grade.DOCUMENTED:
        return Capability(ability.value, True, "", Grade.DOCUMENTED.value, "read the path in the API's description")
    if call.startswith(PERHAPS):
        note = "this call may do it; no call to do it to one record is described"
        return Capability(ability.value, None, call.removeprefix(PERHAPS), Grade.INFERRED.value, note)
    grade = Grade.INFERRED if call.startswith(INSIDE) else Grade.DECLARED
    return Capability(ability.value, True, call, grade.value)


def _bulk(shapes: Shapes) -> Capability:
    """Tell whether one call writes many records, as far as a call shows it."""
    calls = next(_calls_of_many(shapes), None)
    if calls is None:
        return _unknown(Ability.BULK)
    return Capability(Ability.BULK.value, None, calls, Grade.INFERRED.value, f"it may take {MANY}")


def _calls_of_many(shapes: Shapes) -> Iterator[str]:
    """Yield calls that put or patch the collection itself, which is how APIs write many records at once."""
    for shape in (shapes.create, shapes.update):
        for call in shape.operations.values():
            verb, _, path = (call or "").removeprefix(PERHAPS).partition(" ")
            if verb in {"PUT", "PATCH"} and path and not path.rstrip("/").endswith("}"):
                yield f"{verb} {path}"
