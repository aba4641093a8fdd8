"""Rules for the place of a flow among others: what has to be moved with it, and before it."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.order import lacking_parent, planned_later, prerequisites
from ipaas_discovery.flows.record_keys import names_another
from ipaas_discovery.flows.rules.wording import ipaas_collection, listed
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.vocabulary import Grade, Method

__all__ = ["outside", "parent_first", "scope"]


def scope(flow: Flow) -> Iterator[Finding]:
    """Check that the worksheet moves the collection in whose records these stand: a child has no flow without it."""
    planned = flow.surroundings.planned
    parent = "" if planned is None else lacking_parent(ipaas_collection(flow), planned)
    if parent:
        left = ", and it is left out on purpose" if parent in flow.surroundings.outside else ""
        fact = f"its records stand in those of {parent}, which this worksheet does not move{left}"
        yield Finding("scope", Effect.WARNS, "", fact, f"take {parent} into the worksheet", Grade.DECLARED)


def outside(flow: Flow) -> Iterator[Finding]:
    """Check that what mapped fields point at is moved, too: the customer of an order."""
    planned = flow.surroundings.planned
    if planned is None or flow.method is Method.DELETE:
        return
    known = ipaas_collections()
    name = collection_name(ipaas_collection(flow))
    parent = known[name].parent if name in known else ""
    looked_up = (row.value for row in flow.mappings if row.kind == "look-up" and row.value in known)
    for needed in dict.fromkeys((*prerequisites(name), *looked_up)):
        if needed in planned or needed == parent:
            continue
        linked = [row.destination for row in flow.mappings if row.kind == "look-up" and row.value == needed]
        copied = [edge.destination.path for edge in flow.edges if _points_at(flow, edge.destination.path, needed)]
        pointing = [*linked, *copied]
        if pointing:
            left = ", and it is left out on purpose" if needed in flow.surroundings.outside else ""
            fact = f"{listed(pointing)} points at {needed}, which this worksheet does not move{left}"
            fix = f"take {needed} into the worksheet, or map a value that stands by itself"
            yield Finding("outside", Effect.WARNS, pointing[0], fact, fix, Grade.DECLARED)


def _points_at(flow: Flow, path: str, collection: str) -> bool:
    field = flow.destination_field(path)
    if field is None or not names_another(field, flow.destination):
        return False
    return set(split_words(collection)) <= set(split_words(path))


def parent_first(flow: Flow) -> Iterator[Finding]:
    """Check that what has to exist before this is planned before this."""
    planned = flow.surroundings.planned or ()
    for needed in planned_later(collection_name(ipaas_collection(flow)), planned):
        fact = f"{needed} has to exist before, and is planned after it"
        yield Finding("order", Effect.WARNS, "", fact, f"build {needed} first", Grade.DECLARED)
