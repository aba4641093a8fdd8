"""What has to hold for records to move: the flow as a whole. One small function a rule, each gives findings."""

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
    """The destination offers the call."""
    offered = flow.destination.operations
    if flow.method not in offered:
        fact = f"nobody knows whether {_where(flow)} offers {flow.method.value}"
        yield Finding("call", Effect.UNKNOWN, "", fact, "look it up in the API's documentation")
    elif offered[flow.method] is None:
        fact = f"{_where(flow)} offers no call to {flow.method.value} a record"
        yield Finding("call", Effect.BLOCKS, "", fact, f"leave {flow.method.value} out of this flow")
    else:
        how = "" if str(offered[flow.method]).startswith("inside ") else "by "
        yield Finding("call", Effect.SUPPORTS, "", f"{flow.method.value} {how}{offered[flow.method]}")


def shape_known(flow: Flow) -> Iterator[Finding]:
    """It is known what the destination receives."""
    if not flow.destination.fields:
        fact = f"nobody knows which fields {_where(flow)} receives on {flow.method.value}"
        yield Finding("shape known", Effect.UNKNOWN, "", fact, "give an API description or a field list")


def readable(flow: Flow) -> Iterator[Finding]:
    """The source's records, or at least their schema, have been seen."""
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
    """Something of the source goes somewhere."""
    if flow.edges:
        count = len(flow.edges)
        yield Finding("mapped", Effect.SUPPORTS, "", f"{count} field{'s'[: count != 1]} of the source can be mapped")
    elif flow.source.fields and flow.destination.fields:
        fact = f"no field of {_name(flow.source.system, flow.source.collection, 'the source')} is matched to any here"
        yield Finding("mapped", Effect.UNKNOWN, "", fact, "map the fields by hand, or pair other collections")


def required(flow: Flow) -> Iterator[Finding]:
    """Every field the destination requires has a source."""
    reported: list[str] = []
    for each in flow.destination.fields:
        if not _demanded(flow, each) or flow.into(each.path):
            continue
        if any(path in reported for path in above(each.path)):
            continue
        reported.append(each.path)
        if flow.method is Method.UPDATE and each.path == "id":
            fact = "required on update: the destination's own id of the record"
            yield Finding("required", Effect.WARNS, each.path, fact, "take it from the linked External ID")
            continue
        values = f" (one of {_listed(each.declared.enum)})" if each.declared and each.declared.enum else ""
        fact = f"required on {flow.method.value}, and nothing is mapped to it"
        yield Finding("required", Effect.NEEDS_DEFAULT, each.path, fact, f"map a field, or give a fixed value{values}")


def fill(flow: Flow) -> Iterator[Finding]:
    """What fills a required field is never empty."""
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
    """Something tells which of the destination's records is meant."""
    if flow.method is Method.ADD:
        return
    mapped = [e for e in flow.edges if _keylike(e.destination, flow.destination)]
    natural = [e for e in flow.edges if _is_email(e.destination)]
    unique = [e for e in (*mapped, *natural) if different(flow.source, e.source)]
    if unique:
        edge = min(unique, key=lambda e: (e.destination.name == "id", e.destination.path))
        fact = f"{edge.source.path} is filled and different in all {_seen(edge.source)} seen, and names the record"
        yield Finding("key", Effect.SUPPORTS, edge.destination.path, fact)
    elif mapped:
        yield _weak_key(flow, mapped[0].source, mapped[0].destination.path)
    else:
        yield _other_key(flow)


def unmapped(flow: Flow) -> Iterator[Finding]:
    """How much of the source goes nowhere, and what was proposed but is not received."""
    mapped = {edge.source.path for edge in flow.edges}
    every = leaves(flow.source)
    rest = [each.path for each in every if each.path not in mapped]
    if rest:
        fact = f"{len(rest)} of {len(every)} fields of the source go nowhere: {_listed(rest)}"
        yield Finding("unmapped", Effect.WARNS, "", fact, "map them, or decide that they are not needed")
    if flow.left_out:
        fact = f"{len(flow.left_out)} matched fields are not received on {flow.method.value}: {_listed(flow.left_out)}"
        yield Finding("not received", Effect.WARNS, "", fact, "leave them to the destination")


def _demanded(flow: Flow, each: Field) -> bool:
    """Whether a record is refused without the field: it is required, and so is, or is mapped, what holds it."""
    if not each.required or (each.declared and each.declared.read_only):
        return False
    holders = (flow.destination.field(path) for path in above(each.path))
    return all(
        (holder and holder.required) or flow.into(path) for path, holder in zip(above(each.path), holders, strict=True)
    )


def _keylike(each: Field, schema: Schema) -> bool:
    """Whether the name says that the field names its own record: `sku`, `customer_number` of a customer.

    `customer_id` of an order names another record. An entry of `external_ids` is a key as well.
    """
    thesaurus = Thesaurus.load()
    own = {word for meaning in thesaurus.meanings(split_words(schema.collection)) for word in meaning}
    words = thesaurus.meanings(split_words(each.name))[0]
    here = "[]" not in each.path or above(each.path) == ("external_ids",)
    keys, marks = (set(field_words().key_words(context)) for context in ("own", "mark"))
    return here and bool(keys & set(words)) and set(words) <= keys | marks | own


def _is_email(each: Field) -> bool:
    return not above(each.path) and Thesaurus.load().meanings(split_words(each.name))[0] == ("email",)


def _seen(each: Field) -> int:
    return each.observed.filled if each.observed else 0


def _weak_key(flow: Flow, each: Field, path: str) -> Finding:
    """A mapped key that is not proven to be one."""
    if different(flow.source, each) is None:
        fact = f"{each.path} is mapped, and no sample shows whether it tells records apart"
    else:
        seen = each.observed or Observed(0, 0)
        fact = f"{each.path} does not tell records apart: {seen.distinct} different values in {seen.of}"
    return Finding("key", Effect.WARNS, path, fact, "link the records by their External ID")


def _other_key(flow: Flow) -> Finding:
    """No key is mapped: the platform's External ID can link records, if the source has an id."""
    found = [each for each in leaves(flow.source) if _keylike(each, flow.source) and "[]" not in each.path]
    likely = [each for each in found if different(flow.source, each) is not False]
    if not likely:
        tried = f": not {_listed(each.path for each in found)}" if found else ""
        fact = f"no field of the source is known to tell its records apart{tried}"
        return Finding("key", Effect.UNKNOWN, "", fact, "find out what identifies a record on both sides")
    best = min(likely, key=lambda each: (different(flow.source, each) is None, each.name != "id", each.path))
    fact = f"no key is mapped; {best.path} of the source can be kept as External ID"
    return Finding("key", Effect.WARNS, "", fact, "map the key, or rely on linked External IDs")


def _where(flow: Flow) -> str:
    return _name(flow.destination.system, flow.destination.collection, "the destination")


def _name(system: str, collection: str, otherwise: str) -> str:
    return " ".join(part for part in (system, collection) if part) or otherwise


def _listed(names: Iterable[object]) -> str:
    every = [str(name) for name in names]
    more = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + more
