"""Rules for what has to be there: required fields, nulls, and the content without which a record says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.flows.demanded_fields import is_required, required_fields
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Edge, Flow
from ipaas_discovery.flows.rules.wording import ipaas_collection, listed, refused
from ipaas_discovery.flows.value_shares import Share, bound, missing
from ipaas_discovery.knowledge.collections.collection_contents import collection_contents
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import above, leaves
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Grade, Method

__all__ = ["content", "fill", "nullability", "required", "unmapped"]


_OWN_ID = "the destination's own id of the record", "take it from the linked External ID"
_OWNED = "the destination owns it, so the value it has is to be sent", "read the record first, and send its own value"


def required(flow: Flow) -> Iterator[Finding]:
    """Check that every field the destination requires is filled by something."""
    reported: set[str] = set()
    for field, holders in required_fields(flow.destination):
        if flow.into(field.path) or not reported.isdisjoint(holders) or not _held(flow, holders):
            continue
        reported.add(field.path)
        if flow.supplied(field):
            own = flow.linked_id(field)
            what, fix = _OWN_ID if own else _OWNED
            fact = f"required on update: {what}"
            yield Finding("required", Effect.WARNS, field.path, fact, fix, Grade.DECLARED)
            continue
        values = f" (one of {listed(field.declared.enum)})" if field.declared and field.declared.enum else ""
        fact = f"required on {flow.method.value}, and nothing is mapped to it"
        fix = f"map a field, or give a fixed value{values}"
        yield Finding("required", Effect.NEEDS_DEFAULT, field.path, fact, fix, Grade.DECLARED)


def fill(flow: Flow) -> Iterator[Finding]:
    """Check that what fills a required field is never empty, counted in the destination's records."""
    if flow.run:
        yield from _filled_in_run(flow)
        return
    for edge in flow.edges:
        if not _demanded(flow, edge.destination):
            continue
        empty, source = missing(flow.source, edge.source), edge.source.path
        if empty is None or not empty.of:
            if not edge.source.required:
                fact = f"required, and no record shows whether {source} is ever empty"
                yield Finding(
                    "fill", Effect.WARNS, edge.destination.path, fact, "pull a sample of the source", Grade.UNKNOWN
                )
        elif empty.part:
            fact = f"required, but {source} is absent, null or empty in {empty}"
            fix = "give a default, or filter such records out"
            grade = observed(empty.part, empty.of)
            yield Finding("fill", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix, grade)
        else:
            yield _never_empty(edge, empty.of)


def _never_empty(edge: Edge, of: int) -> Finding:
    """Support a field that was filled wherever it could be; how many records have an element is another thing."""
    source, path = edge.source.path, edge.destination.path
    if "[]" in source and "[]" not in path:
        fact = f"required, and {source} is filled in all {of} elements seen; how many records have one is not known"
        return Finding("fill", Effect.WARNS, path, fact, "run the flow over a sample", observed(of, of))
    fact = f"{source} is filled in all {of} seen; empty in {bound(of)}"
    return Finding("fill", Effect.SUPPORTS, path, fact, "", observed(of, of))


def _filled_in_run(flow: Flow) -> Iterator[Finding]:
    """Report for each required field that is mapped, in how many of the destination's records it would be missing."""
    run = flow.run
    lacking = {rejection.field: rejection for rejection in run.rejected("required")} if run else {}
    filled = {mapping.destination for mapping in flow.mappings} if run and run.records else set()
    for field in filter(None, map(flow.destination_field, sorted(filled))):
        mappings = [mapping for mapping in flow.into(field.path) if mapping.destination == field.path]
        made = " and ".join(dict.fromkeys(path for mapping in mappings for path in mapping.sources))
        if rejection := lacking.get(field.path):
            fact = f"required, but {made} is absent, null or empty in {Share(rejection.records, rejection.of)}"
            fix = "give a default, or filter such records out"
            yield Finding(
                "fill", Effect.NEEDS_DEFAULT, field.path, fact, fix, observed(rejection.records, rejection.of)
            )
        elif run and made and _demanded(flow, field) and run.written.get(field.path) == run.records:
            fact = f"{made} is filled in all {run.records} records; empty in {bound(run.records)}"
            yield Finding("fill", Effect.SUPPORTS, field.path, fact, "", observed(run.records, run.records))


def nullability(flow: Flow) -> Iterator[Finding]:
    """Check that no null goes to a field that takes none."""
    fix = "leave the field out where it is null, or give a default"
    yield from refused(flow, "nullable", "null is sent, and is not taken", fix)
    if flow.run:
        return
    for edge in flow.edges:
        declared, seen = edge.destination.declared, edge.source.observed
        if declared is None or declared.nullable is not False or declared.required:
            continue
        if seen and seen.nulls:
            fact = f"{edge.source.path} is null in {seen.nulls} of {seen.of}, and null is not taken"
            grade = observed(seen.nulls, seen.of)
            yield Finding("nullable", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix, grade)
        elif seen is None and edge.source.declared and edge.source.declared.nullable:
            fact = f"{edge.source.path} may be null, and null is not taken"
            yield Finding("nullable", Effect.WARNS, edge.destination.path, fact, fix, Grade.DECLARED)


def content(flow: Flow) -> Iterator[Finding]:
    """Check that what makes a record of this kind is there: a tax has an amount, stock a product and a place."""
    if flow.method is Method.DELETE or not flow.mappings or not flow.destination.fields:
        return
    known, thesaurus = collection_contents().get(ipaas_collection(flow)), Thesaurus.load()
    if known is None:
        return
    filled = {word for mapping in flow.mappings for word in _words(mapping.destination, thesaurus)}
    for part in known.parts:
        wanted = set(part.words)
        if wanted & filled or not wanted & _words_taken(flow.destination):
            continue
        if part.by_parent and str(flow.destination.operations.get(flow.method) or "").startswith("inside "):
            continue
        fact = f"{known.noun} without {part.name} says nothing, and nothing that is mapped holds it"
        fix = f"map {part.name}, or take it from the parent's record"
        yield Finding("content", Effect.NEEDS_DEFAULT, "", fact, fix, Grade.INFERRED)


@kept
def _words_taken(schema: Schema) -> frozenset[str]:
    thesaurus = Thesaurus.load()
    return frozenset(word for field in leaves(schema) for word in _words(field.path, thesaurus))


def _words(path: str, thesaurus: Thesaurus) -> set[str]:
    return {*split_words(path), *(word for meaning in thesaurus.meanings(split_words(path)) for word in meaning)}


@kept
def _leaf_paths(schema: Schema) -> tuple[str, ...]:
    return tuple(field.path for field in leaves(schema))


def unmapped(flow: Flow) -> Iterator[Finding]:
    """Count how much of the source goes nowhere."""
    used = {path for mapping in flow.mappings for path in mapping.sources}
    fields = _leaf_paths(flow.source)
    rest = [path for path in fields if used.isdisjoint((path, *above(path)))]
    if rest and flow.destination.fields:  # where nobody knows what is received, nobody knows what goes nowhere either
        fact = f"{len(rest)} of {len(fields)} fields of the source go nowhere: {listed(rest)}"
        yield Finding(
            "unmapped", Effect.WARNS, "", fact, "map them, or decide that they are not needed", Grade.INFERRED
        )


def _demanded(flow: Flow, field: Field) -> bool:
    """Tell whether a record is refused without the field: it and all that holds it are required, or mapped."""
    return is_required(field) and _held(flow, above(field.path))


def _held(flow: Flow, holders: Iterable[str]) -> bool:
    """Tell whether each holder of a field is sent: it is required, or something in it is mapped."""
    known = ((path, flow.destination_field(path)) for path in holders)
    return all((holder and holder.required) or flow.into(path) for path, holder in known)
