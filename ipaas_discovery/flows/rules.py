"""Rules for the flow as a whole: what has to hold for records to move. One small function per rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.value_shares import bound, different, missing
from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import above, leaves
from ipaas_discovery.schemas.schema import Field, Observed, Schema
from ipaas_discovery.vocabulary import Method

__all__ = ["call", "fill", "key", "mapped", "readable", "required", "shape_known", "unmapped"]

NAMED = 5
"""Fields a summary names before it only counts."""


def call(flow: Flow) -> Iterator[Finding]:
    """Check that the destination offers the call."""
    offered = flow.destination.operations
    if flow.method not in offered:
        fact = f"nobody knows whether {_destination_name(flow)} offers {flow.method.value}"
        yield Finding("call", Effect.UNKNOWN, "", fact, "look it up in the API's documentation")
    elif offered[flow.method] is None:
        fact = f"{_destination_name(flow)} offers no call to {flow.method.value} a record"
        yield Finding("call", Effect.BLOCKS, "", fact, f"leave {flow.method.value} out of this flow")
    else:
        how = "" if str(offered[flow.method]).startswith("inside ") else "by "
        yield Finding("call", Effect.SUPPORTS, "", f"{flow.method.value} {how}{offered[flow.method]}")


def shape_known(flow: Flow) -> Iterator[Finding]:
    """Check that it is known what the destination receives."""
    if not flow.destination.fields:
        fact = f"nobody knows which fields {_destination_name(flow)} receives on {flow.method.value}"
        yield Finding("shape known", Effect.UNKNOWN, "", fact, "give an API description or a field list")


def readable(flow: Flow) -> Iterator[Finding]:
    """Check that the source's records, or at least their schema, have been seen."""
    source, name = flow.source, _name(flow.source.system, flow.source.collection, "the source")
    if source.records:
        yield Finding("readable", Effect.SUPPORTS, "", f"{source.records} records of {name} were read")
    elif source.records == 0:
        fact = f"{name} is empty: no record shows what it returns"
        yield Finding(
            "readable", Effect.UNKNOWN, "", fact, "add a record to the source, or look at another environment"
        )
    elif not source.fields:
        yield Finding("readable", Effect.UNKNOWN, "", f"nobody knows what {name} returns", "pull a sample of it")
    else:
        fact = f"what {name} returns is declared, and no record was read"
        yield Finding("readable", Effect.WARNS, "", fact, "pull a sample of it")


def mapped(flow: Flow) -> Iterator[Finding]:
    """Check that something of the source goes somewhere."""
    if flow.edges:
        count = len(flow.edges)
        yield Finding("mapped", Effect.SUPPORTS, "", f"{count} field{'s'[: count != 1]} of the source can be mapped")
    elif flow.source.fields and flow.destination.fields:
        fact = f"no field of {_name(flow.source.system, flow.source.collection, 'the source')} is matched to any here"
        yield Finding("mapped", Effect.UNKNOWN, "", fact, "map the fields by hand, or pair other collections")


def required(flow: Flow) -> Iterator[Finding]:
    """Check that every field the destination requires has a source."""
    reported: list[str] = []
    for field in flow.destination.fields:
        if not _demanded(flow, field) or flow.into(field.path):
            continue
        if any(path in reported for path in above(field.path)):
            continue
        reported.append(field.path)
        if flow.method is Method.UPDATE and field.path == "id":
            fact = "required on update: the destination's own id of the record"
            yield Finding("required", Effect.WARNS, field.path, fact, "take it from the linked External ID")
            continue
        values = f" (one of {_listed(field.declared.enum)})" if field.declared and field.declared.enum else ""
        fact = f"required on {flow.method.value}, and nothing is mapped to it"
        yield Finding("required", Effect.NEEDS_DEFAULT, field.path, fact, f"map a field, or give a fixed value{values}")


def fill(flow: Flow) -> Iterator[Finding]:
    """Check that what fills a required field is never empty."""
    for edge in flow.edges:
        if not _demanded(flow, edge.destination):
            continue
        empty, source = missing(flow.source, edge.source), edge.source.path
        if empty is None or not empty.of:
            if not edge.source.required:
                fact = f"required, and no record shows whether {source} is ever empty"
                yield Finding("fill", Effect.WARNS, edge.destination.path, fact, "pull a sample of the source")
        elif empty.part:
            fact = f"required, but {source} is absent, null or empty in {empty}"
            fix = "give a default, or filter such records out"
            yield Finding("fill", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix)
        else:
            fact = f"{source} is filled in all {empty.of} seen; empty in {bound(empty.of)}"
            yield Finding("fill", Effect.SUPPORTS, edge.destination.path, fact)


def key(flow: Flow) -> Iterator[Finding]:
    """Check that something identifies the destination's record."""
    if flow.method is Method.ADD:
        return
    mapped = [edge for edge in flow.edges if _keylike(edge.destination, flow.destination)]
    natural = [edge for edge in flow.edges if _is_email(edge.destination)]
    unique = [edge for edge in (*mapped, *natural) if different(flow.source, edge.source)]
    if unique:
        best = min(unique, key=lambda edge: (edge.destination.name == "id", edge.destination.path))
        fact = f"{best.source.path} is filled and different in all {_seen(best.source)} seen, and names the record"
        yield Finding("key", Effect.SUPPORTS, best.destination.path, fact)
    elif mapped:
        yield _weak_key(flow, mapped[0].source, mapped[0].destination.path)
    else:
        yield _other_key(flow)


def unmapped(flow: Flow) -> Iterator[Finding]:
    """Count how much of the source goes nowhere, and what was proposed but is not received."""
    mapped = {edge.source.path for edge in flow.edges}
    fields = leaves(flow.source)
    rest = [field.path for field in fields if field.path not in mapped]
    if rest:
        fact = f"{len(rest)} of {len(fields)} fields of the source go nowhere: {_listed(rest)}"
        yield Finding("unmapped", Effect.WARNS, "", fact, "map them, or decide that they are not needed")
    if flow.left_out:
        fact = f"{len(flow.left_out)} matched fields are not received on {flow.method.value}: {_listed(flow.left_out)}"
        yield Finding("not received", Effect.WARNS, "", fact, "leave them to the destination")


def _demanded(flow: Flow, field: Field) -> bool:
    """Tell whether a record is refused without the field: it and all that holds it are required, or mapped."""
    if not field.required or (field.declared and field.declared.read_only):
        return False
    holders = (flow.destination.field(path) for path in above(field.path))
    return all(
        (holder and holder.required) or flow.into(path) for path, holder in zip(above(field.path), holders, strict=True)
    )


def _keylike(field: Field, schema: Schema) -> bool:
    """Tell whether the field's name identifies its own record: `sku`, `customer_number` of a customer.

    `customer_id` of an order names another record. An entry of `external_ids` is a key as well.
    """
    thesaurus = Thesaurus.load()
    own = {word for meaning in thesaurus.meanings(split_words(schema.collection)) for word in meaning}
    words = thesaurus.meanings(split_words(field.name))[0]
    in_record = "[]" not in field.path or above(field.path) == ("external_ids",)
    keys, marks = (set(field_words().key_words(context)) for context in ("own", "mark"))
    return in_record and bool(keys & set(words)) and set(words) <= keys | marks | own


def _is_email(field: Field) -> bool:
    return not above(field.path) and Thesaurus.load().meanings(split_words(field.name))[0] == ("email",)


def _seen(field: Field) -> int:
    return field.observed.filled if field.observed else 0


def _weak_key(flow: Flow, field: Field, path: str) -> Finding:
    """Report a mapped key that is not proven to be one."""
    if different(flow.source, field) is None:
        fact = f"{field.path} is mapped, and no sample shows whether it tells records apart"
    else:
        seen = field.observed or Observed(0, 0)
        fact = f"{field.path} does not tell records apart: {seen.distinct} different values in {seen.of}"
    return Finding("key", Effect.WARNS, path, fact, "link the records by their External ID")


def _other_key(flow: Flow) -> Finding:
    """Report that no key is mapped: the External ID can link records, if the source has an id."""
    candidates = [field for field in leaves(flow.source) if _keylike(field, flow.source) and "[]" not in field.path]
    likely = [field for field in candidates if different(flow.source, field) is not False]
    if not likely:
        tried = f": not {_listed(field.path for field in candidates)}" if candidates else ""
        fact = f"no field of the source is known to tell its records apart{tried}"
        return Finding("key", Effect.UNKNOWN, "", fact, "find out what identifies a record on both sides")
    best = min(likely, key=lambda field: (different(flow.source, field) is None, field.name != "id", field.path))
    fact = f"no key is mapped; {best.path} of the source can be kept as External ID"
    return Finding("key", Effect.WARNS, "", fact, "map the key, or rely on linked External IDs")


def _destination_name(flow: Flow) -> str:
    return _name(flow.destination.system, flow.destination.collection, "the destination")


def _name(system: str, collection: str, otherwise: str) -> str:
    return " ".join(part for part in (system, collection) if part) or otherwise


def _listed(names: Iterable[object]) -> str:
    texts = [str(name) for name in names]
    rest = f" and {len(texts) - NAMED} more" if len(texts) > NAMED else ""
    return ", ".join(texts[:NAMED]) + rest
