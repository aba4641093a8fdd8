"""The three shapes of one collection, gathered from its sample, its descriptions and shipped facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.schemas.declaring.calls_elsewhere import calls_elsewhere
from ipaas_discovery.schemas.declaring.declare import declare, declare_operation
from ipaas_discovery.schemas.declaring.facts import load_facts
from ipaas_discovery.schemas.declaring.inside_parent import part, received_beside, received_inside
from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS, offered_calls
from ipaas_discovery.schemas.declaring.received import received_schema
from ipaas_discovery.schemas.field_paths import unnamed
from ipaas_discovery.schemas.folded_lists import FoldedLists
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.systems.openapi import ApiDescription, Operation, Operations
from ipaas_discovery.vocabulary import Method, Shape

if TYPE_CHECKING:
    from ipaas_discovery.systems.connectors.collection import CollectionSpec
    from ipaas_discovery.systems.connectors.connector import Connector

__all__ = ["Shaper"]


@dataclass(frozen=True, slots=True)
class Shaper:
    """Gathers the shapes of one system's collections.

    Attributes:
        system: the name schemas carry.
        connector: the connector that lists the collections.
        descriptions: the system's API descriptions, asked in this order.
        find: finds a file that the connector names. Defaults to the current folder.
        lists: which lists of names and values are folded or unfolded, beyond what is recognised.
    """

    system: str
    connector: Connector
    descriptions: Sequence[ApiDescription] = ()
    find: Callable[[str], Path] = Path
    lists: FoldedLists = field(default_factory=FoldedLists)

    def shapes(self, collection: str, sample: Sample) -> Shapes:
        """Gather the collection as returned (observed and declared), as received on create and on update.

        Raises:
            UnknownNameError: if the connector has no such collection, and the sample does not say that it has none.
        """
        if sample.stop is Stop.FAILED and collection not in self.connector.collections:
            return Shapes(self.system, collection, *(self._from_facts(collection, shape) for shape in Shape))
        if not sample.seen:
            return self._declared_alone(collection)
        returned = self.declared(collection, Shape.RETURNED)
        seen = self._observed(collection, sample, returned)
        returned = returned.merged(seen)
        listed, detail = self._read(collection)
        if sample.details:
            alone = self._observed(collection, sample.details, returned)
            alone = replace(alone, source=f"{len(sample.details)} records asked for one by one")
            returned = returned.merged(alone)
            listed = self._call(collection, listed, replace(seen, source=f"{len(sample)} records of the list"))
            detail = self._call(collection, detail, alone)
        returned = replace(returned, collection=collection, system=self.system, records=len(sample))
        create, update = (
            with_names(self.declared(collection, shape), returned) for shape in (Shape.CREATE, Shape.UPDATE)
        )
        return Shapes(self.system, collection, returned, create, update, listed, detail)

    def _declared_alone(self, collection: str) -> Shapes:
        """Gather the shapes of a collection of which nobody has seen a record."""
        returned, create, update = (self.declared(collection, shape) for shape in Shape)
        return Shapes(self.system, collection, returned, create, update, *self._read(collection))

    def _observed(self, collection: str, source: Sample | Sequence[Record], known: Schema) -> Schema:
        """Observe records, their lists of names and values folded and unfolded as the analyst says."""
        fold, unfold = self.lists.of(collection)
        seen = observe(source, known=known, unfold=unfold or True)
        return seen.folded(*fold) if fold else seen

    def _from_facts(self, collection: str, shape: Shape) -> Schema:
        """Return what shipped facts declare of a collection that no known call reads."""
        facts = self.connector.facts
        known = facts is not None and collection in load_facts(facts)
        schema = declare(facts, collection, shape) if facts and known else Schema()
        return replace(schema, collection=collection, system=self.system, shape=shape)

    def _call(self, collection: str, declared: Schema | None, observed: Schema) -> Schema:
        """Merge the declared and the observed schema of one of the two read calls."""
        named = declared or Schema(collection, Shape.RETURNED, self.system)
        return replace(named.merged(observed), records=observed.records)

    def declared(self, collection: str, shape: Shape) -> Schema:
        """Return the declared schema of a collection in one shape, from a received file, a description, or facts.

        Raises:
            UnknownNameError: if the connector has no such collection.
            SourceError: if the connector names a file that is missing or cannot be read.
            DescriptionError: if that is an API description without the collection.
        """
        schema = self._received(collection, shape) or self._inside_parent(collection, shape)
        schema = schema or self._described(collection, shape, self.descriptions)
        if not schema.known and self.connector.facts and collection in load_facts(self.connector.facts):
            schema = declare(self.connector.facts, collection, shape)
        operations = {**schema.operations, **self.connector.collection(collection).operations()}
        return replace(schema, collection=collection, system=self.system, shape=shape, operations=operations)

    def _read(self, collection: str) -> tuple[Schema | None, Schema | None]:
        """Return what the list call and the detail call return, each from the first description that has both."""
        spec = self.connector.collection(collection)
        for api in self.descriptions:
            listed = api.find("GET", spec.list) if spec.list else None
            calls = api.of(listed) if listed else None
            detail = api.find("GET", spec.detail) if spec.detail else calls.detail if calls else None
            if listed and detail:
                one, other = (
                    declare_operation(api, call, Shape.RETURNED, collection=collection, system=self.system)
                    for call in (listed, detail)
                )
                return one, other
        return None, None

    def _inside_parent(self, collection: str, shape: Shape) -> Schema | None:
        """Return the shape as a part of the parent's, or None if the collection does not travel inside it."""
        spec = self.connector.collection(collection)
        inside = spec.embedded if shape is Shape.RETURNED else spec.received_in or spec.embedded
        if spec.parent is None or inside is None:
            return None
        return part(self.declared(spec.parent, shape), inside.removesuffix("[]"))

    def _received(self, collection: str, shape: Shape) -> Schema | None:
        """Return the shape from the connector's own file of it, with the calls of the descriptions, or None."""
        listed = () if shape is Shape.RETURNED else self.connector.collection(collection).received
        call = "create" if shape is Shape.CREATE else "update"
        for entry in listed:
            if entry.on in {None, call}:
                schema = received_schema(
                    entry, self.find(entry.file), collection=collection, shape=shape,
                    system=self.system, described=lambda api: self._described(collection, shape, (api,)),
                )  # fmt: skip
                return replace(schema, operations={**self._offered(collection, self.descriptions), **schema.operations})
        return None

    def _described(self, collection: str, shape: Shape, apis: Sequence[ApiDescription]) -> Schema:
        for api, operation in self._calls(collection, shape, apis):
            schema = declare_operation(api, operation, shape, collection=collection, system=self.system)
            if schema.known:
                whole = self._with_detail(schema, collection) if shape is Shape.RETURNED else schema
                return replace(whole, operations=self._offered(collection, apis))
        unknown = Schema(collection, shape, self.system, operations=self._offered(collection, apis))
        inside = self._with_parent_calls(unknown, collection, apis)
        create = self.connector.collection(collection).create
        inside = received_beside(inside, create, self._named_call) if create and shape is Shape.CREATE else inside
        return inside if inside.known or shape is not Shape.CREATE else self._upserted(inside, collection, apis)

    def _upserted(self, schema: Schema, collection: str, apis: Sequence[ApiDescription]) -> Schema:
        """Take what an update receives that may make records as well: none that needs the id of a record there."""
        spec = self.connector.collection(collection)
        for api in apis:
            read = self._reading(api, spec)
            calls = _calls_around(api, read) if read else None
            if calls and (call := _upsert(calls)):
                made = declare_operation(api, call, Shape.CREATE, collection=collection, system=self.system)
                if made.known and not any(field.path == spec.id and field.required for field in made.fields):
                    return replace(made, operations=schema.operations)
        return schema

    def _named_call(self, name: str) -> Schema | None:
        """Return what a call receives, None if no description lists it."""
        listed = ((api, api.find(*name.split(" ", 1))) for api in self.descriptions)
        declared = (declare_operation(api, call, Shape.CREATE, system=self.system) for api, call in listed if call)
        return next(declared, None)

    def _with_parent_calls(self, schema: Schema, collection: str, apis: Sequence[ApiDescription]) -> Schema:
        """Add what the calls of the parent receive of a collection that has none of its own."""
        spec = self.connector.collection(collection)
        for api in apis:
            read = self._reading(api, spec)
            calls = _calls_around(api, read) if read else None
            if calls:
                declared = partial(_declared_call, api, schema.system)
                return received_inside(api, calls, schema, declared)
        return schema

    def _with_detail(self, schema: Schema, collection: str) -> Schema:
        """Add the fields that only the call of one record returns."""
        listed, detail = self._read(collection)
        if (
            listed is None
            or detail is None
            or not {field.path for field in detail.fields} - {field.path for field in schema.fields}
        ):
            return schema
        return schema.merged(detail)

    def _calls(
        self, collection: str, shape: Shape, apis: Sequence[ApiDescription]
    ) -> Iterator[tuple[ApiDescription, Operation]]:
        """Yield the calls of the descriptions that could declare the shape, the one the connector names first."""
        spec = self.connector.collection(collection)
        named = {Shape.RETURNED: None, Shape.CREATE: spec.create, Shape.UPDATE: spec.update}[shape]
        for api in apis:
            if named and (call := api.find(*named.split(" ", 1))):
                yield api, call
        for api in apis:
            for read in filter(None, (self._reading(api, spec), api.find("GET", spec.detail) if spec.detail else None)):
                calls = _calls_around(api, read)
                if shape is Shape.RETURNED:
                    yield api, read
                elif calls and (call := calls.create if shape is Shape.CREATE else calls.update):
                    yield api, call
        for api in apis if spec.search and spec.search.query else ():
            calls = api.operations(collection) if collection in api.collections() else None
            if calls and calls.list and calls.list.graphql and shape is Shape.RETURNED:
                yield api, calls.list

    @staticmethod
    def _reading(api: ApiDescription, spec: CollectionSpec) -> Operation | None:
        """Find the call that lists a collection; a search is a POST that only asks."""
        if spec.search and not spec.search.query:
            return api.find("POST", spec.search.path)
        return api.find("GET", spec.list) if spec.list else None

    def _offered(self, collection: str, apis: Sequence[ApiDescription]) -> dict[Method, str | None]:
        """Return the calls the descriptions list for the collection; None for one that a covering description lacks.

        A description without any call that writes may be that of the reading part alone: it denies nothing.
        """
        spec = self.connector.collection(collection)
        for api in apis:
            read = self._reading(api, spec)
            calls = _calls_around(api, read) if read else None
            if calls:
                offered = offered_calls(calls, partial(_label, api), calls_elsewhere(api, calls))
                return offered if _writes(api) else {method: call for method, call in offered.items() if call}
        return {}


def _writes(api: ApiDescription) -> bool:
    """Tell whether a description lists a call that writes any collection, or is a GraphQL schema, which is whole."""
    every = map(api.operations, api.collections())
    whole = any(call.graphql for call in api.every)
    return whole or any(calls.create or calls.update or calls.delete for calls in every)


def _calls_around(api: ApiDescription, call: Operation) -> Operations | None:
    """Return the calls of the collection that a call belongs to, be it one of the five or a search beside them."""
    every = (api.operations(name) for name in api.collections())
    return api.of(call) or next((calls for calls in every if call in calls.others), None)


def _upsert(calls: Operations) -> Operation | None:
    """Find an update that may make records as well, where nothing else makes them."""
    if calls.create or calls.update is None:
        return None
    made = offered_calls(calls, lambda call: call.label)[Method.ADD]
    return calls.update if made == f"{PERHAPS}{calls.update.label}" else None


def _declared_call(api: ApiDescription, system: str, call: Operation, shape: Shape) -> Schema:
    """Declare what a call receives, under the name that the connector would give it."""
    schema = declare_operation(api, call, shape, system=system)
    return replace(schema, operations={Method.ADD: _label(api, call), Method.UPDATE: _label(api, call)})


def _label(api: ApiDescription, call: Operation) -> str:
    """Write a call as the connector would, with the base path of the description's server."""
    base = urlsplit(api.servers[0]).path.rstrip("/") if api.servers else ""
    return f"{call.method} {base}{call.path}"


def with_names(received: Schema, returned: Schema) -> Schema:
    """Add the names that a list of names and values returns to the same list where it is received, each optional.

    >>> seen = observe([{"meta": [{"name": "Season", "value": "Winter"}]}] * 2)
    >>> takes = Schema.from_fields([{"path": "meta[].name"}, {"path": "meta[].value", "required": True}])
    >>> [(field.path, field.required) for field in with_names(takes, seen).fields][2:]
    [('meta{Season}.value', False)]
    """
    members = {field.path: field.declared for field in received.fields}
    names = {}
    for one in returned.fields:
        member = unnamed(one.path)
        if member != one.path and (declared := members.get(member)):
            names[one.path] = replace(one, declared=replace(declared, required=False), observed=None)
    fields = {one.path: one for one in received.fields} | names
    return replace(received, fields=tuple(fields[path] for path in sorted(fields))) if names else received
