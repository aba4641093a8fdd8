"""Rules for the calls of both systems: what can be written, read and learned of."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ipaas_discovery.flows.event_methods import event_methods
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import counted, destination_name, listed, source_name
from ipaas_discovery.flows.selection import Selection
from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS
from ipaas_discovery.vocabulary import Direction, Grade, Method, Shape

__all__ = ["call", "changes", "create_only", "mapped", "not_received", "readable", "shape_known", "source_known"]

INSIDE = "inside "
POLLS_AN_HOUR = 12
"""A poll every five minutes."""


def call(flow: Flow) -> Iterator[Finding]:
    """Check that the destination offers the call; a call that nobody found is not one that is not there."""
    offered, name = flow.destination.operations, destination_name(flow)
    if flow.method not in offered:
        fact = f"nobody knows whether {name} offers {flow.method.value}"
        yield Finding("call", Effect.UNKNOWN, "", fact, "look it up in the API's documentation", Grade.UNKNOWN)
        return
    how = offered[flow.method]
    if how is None and _deactivates(flow):
        fact = (
            f"the API's description lists no call to {flow.method.value} a record of {name}, and the platform does it"
        )
        yield Finding(
            "call", Effect.UNKNOWN, "", fact, "ask iPaaS.com by which call it deactivates it", Grade.DOCUMENTED
        )
    elif how is None:
        who = "the API's description lists" if _is_unlisted(flow) else "this API has"
        fact = f"{who} no call to {flow.method.value} a record of {name}"
        yield Finding("call", Effect.BLOCKS, "", fact, f"leave {flow.method.value} out of this flow", Grade.DECLARED)
    elif how == Grade.DOCUMENTED:
        fact = f"{flow.method.value} is {Grade.DOCUMENTED.value}"
        yield Finding("call", Effect.SUPPORTS, "", fact, "read the path in the API's description", Grade.DOCUMENTED)
    elif how.startswith(PERHAPS):
        fact = f"no call to {flow.method.value} one record is described; {how.removeprefix(PERHAPS)} may do it"
        yield Finding("call", Effect.UNKNOWN, "", fact, "look up what this call does", Grade.INFERRED)
    elif how.startswith(INSIDE):
        fact = f"{flow.method.value} {how}, as its records hold these: inferred, not tried"
        yield Finding("call", Effect.SUPPORTS, "", fact, "", Grade.INFERRED)
    else:
        yield Finding("call", Effect.SUPPORTS, "", f"{flow.method.value} by {how}", "", Grade.DECLARED)


def _deactivates(flow: Flow) -> bool:
    """Tell whether a delete goes to iPaaS.com, which deactivates what is deleted, whatever its descriptions list."""
    to_ipaas = flow.direction is Direction.TO and flow.destination.system.startswith("iPaaS")
    return to_ipaas and flow.method is Method.DELETE and flow.method in (flow.surroundings.unlisted or ())


def _is_unlisted(flow: Flow) -> bool:
    """Tell whether a call is only not listed; what a connector's file denies is not there."""
    unlisted = flow.surroundings.unlisted
    return unlisted is None or flow.method in unlisted


def shape_known(flow: Flow) -> Iterator[Finding]:
    """Check that it is known what the destination receives."""
    if not flow.destination.fields:
        fact = f"nobody knows which fields {destination_name(flow)} receives on {flow.method.value}"
        yield Finding("shape known", Effect.UNKNOWN, "", fact, "give an API description or a field list", Grade.UNKNOWN)


def readable(flow: Flow) -> Iterator[Finding]:
    """Check that the source's records, or at least their schema, have been seen."""
    source, name, selection = flow.source, source_name(flow), flow.selection
    if selection.condition and selection.of:
        yield _selected(selection, name)
    elif source.records:
        seen = observed(source.records, source.records)
        yield Finding("readable", Effect.SUPPORTS, "", f"{source.records} records of {name} were read", grade=seen)
    elif source.records == 0:
        fact = f"{name} is empty: no record shows what it returns"
        fix = "add a record to the source, or look at another environment"
        yield Finding("readable", Effect.UNKNOWN, "", fact, fix, observed(0, 0))
    elif not source.fields:
        fact = f"nobody knows what {name} returns"
        yield Finding("readable", Effect.UNKNOWN, "", fact, "pull a sample of it", Grade.UNKNOWN)
    else:
        fact = f"what {name} returns is declared, and no record was read"
        yield Finding("readable", Effect.WARNS, "", fact, "pull a sample of it", Grade.DECLARED)


def _selected(selection: Selection, name: str) -> Finding:
    """Report how many records of the sample a flow's condition selects."""
    meets, of = selection.meets or 0, selection.of or 0
    if not meets:
        fact = (
            f"none of {counted(of, 'record')} of {name} meets `{selection.condition}`: nothing shows what would be sent"
        )
        fix = "check the condition, or pull a record that meets it"
        return Finding("readable", Effect.UNKNOWN, "", fact, fix, observed(0, of))
    fact = f"{meets} of {counted(of, 'record')} of {name} meet{'s'[: meets == 1]} `{selection.condition}`"
    return Finding("readable", Effect.SUPPORTS, "", fact, "", observed(meets, of))


def mapped(flow: Flow) -> Iterator[Finding]:
    """Check that something of the source goes somewhere."""
    sources = {path for mapping in flow.mappings for path in mapping.sources}
    if sources:
        decided = sum(mapping.decided for mapping in flow.mappings)
        how = (
            f", {decided} of {counted(len(flow.mappings), 'mapping')} decided"
            if 0 < decided < len(flow.mappings)
            else ""
        )
        fact = f"{counted(len(sources), 'field')} of the source can be mapped{how}"
        yield Finding("mapped", Effect.SUPPORTS, "", fact, grade=Grade.INFERRED)
    elif flow.owned:
        fact = "the destination's side owns all that is mapped: nothing changes"
        yield Finding("mapped", Effect.WARNS, "", fact, "leave update out of this flow", Grade.DECLARED)
    elif flow.source.fields and flow.destination.fields:
        fact = f"no field of {source_name(flow)} is matched to any here"
        fix = "map the fields by hand, or pair other collections"
        yield Finding("mapped", Effect.UNKNOWN, "", fact, fix, Grade.INFERRED)


def source_known(flow: Flow) -> Iterator[Finding]:
    """Check that the source returns what is mapped: a field may be gone, or its name written wrongly."""
    if not flow.source.fields:
        return
    for mapping in flow.mappings:
        for path in mapping.sources:
            if flow.source_field(path) is None:
                fact = f"{path} is mapped to it, and is not among the fields that {source_name(flow)} returns"
                fix = "map another field, or take the mapping out"
                yield Finding("source", Effect.WARNS, mapping.destination, fact, fix, Grade.INFERRED)


def not_received(flow: Flow) -> Iterator[Finding]:
    """Count what was mapped but is not received for this method."""
    if flow.left_out:
        are = "is" if len(flow.left_out) == 1 else "are"
        share = f"{counted(len(flow.left_out), 'matched field')} {are} not received"
        fact = f"{share} on {flow.method.value}: {listed(flow.left_out)}"
        yield Finding("not received", Effect.WARNS, "", fact, "leave them to the destination", Grade.DECLARED)


def create_only(flow: Flow) -> Iterator[Finding]:
    """Report the mapped fields that can be set when a record is created, and not be changed afterwards."""
    created = flow.surroundings.created
    if flow.method is not Method.UPDATE or created is None or not flow.destination.fields:
        return
    for path in flow.left_out:
        field = created.field(path)
        if field and not (field.declared and field.declared.read_only):
            fact = f"received on create, and not among the fields {Shape.UPDATE.value}: a later change does not arrive"
            yield Finding("create only", Effect.WARNS, path, fact, "set it on add, and leave it", Grade.DECLARED)


def changes(flow: Flow) -> Iterator[Finding]:
    """Report how a change of the source is learned of, and what polling for it costs."""
    known, fix = flow.surroundings.learning, "look for a webhook or a filter by date"
    if known is None:
        return
    events = known.webhook.split(", ") if known.webhook else []
    telling = [event for event in events if flow.method in event_methods(event)]
    if telling:
        fact = f"changes are told by the webhooks {', '.join(telling)}"
        yield Finding("changes", Effect.SUPPORTS, "", fact, "", Grade.DECLARED)
        return
    whole = math.ceil(known.records / known.page) if known.records and known.page else None
    if known.file and not events:
        yield _told_by_file(flow.method)
    elif flow.method is Method.DELETE:
        fact = (
            f"no webhook is known that tells of a delete, and no list shows what is gone but the whole: {_cost(whole)}"
        )
        yield Finding(
            "changes", Effect.WARNS, "", fact, "look for a webhook or a list of deleted records", Grade.UNKNOWN
        )
    elif known.since:
        fact = (
            f"changes can be asked for by {known.since}: polled every 5 minutes, {POLLS_AN_HOUR} calls an hour at least"
        )
        yield Finding("changes", Effect.SUPPORTS, "", fact, "", Grade.DECLARED)
    elif known.newest:
        fact = f"the newest come first, changed ones need the whole list: {_cost(whole)}"
        yield Finding("changes", Effect.WARNS, "", fact, fix, Grade.DECLARED)
    else:
        none = f"no webhook that tells of {flow.method.value}" if events else "no webhook"
        fact = f"{none} and no filter by date are known, so polling reads the whole list: {_cost(whole)}"
        yield Finding("changes", Effect.WARNS, "", fact, fix, Grade.UNKNOWN)


def _told_by_file(method: Method) -> Finding:
    """Report that records which come as a file change with the next file, and what is gone is missing there."""
    shown = (
        "a delete shows only as a record that is missing in" if method is Method.DELETE else "a change shows only in"
    )
    fact = f"the records come as a file: {shown} the next one, which is read whole and compared with the one before"
    fix = "agree on how often a whole file comes, or ask for one of what changed"
    return Finding("changes", Effect.WARNS, "", fact, fix, Grade.DECLARED)


def _cost(pages: int | None) -> str:
    if pages is None:
        return "how many calls that is, is not known"
    return f"{counted(pages, 'call')} a poll, {pages * POLLS_AN_HOUR} an hour at one every 5 minutes"
