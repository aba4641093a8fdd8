"""Rules for the structure of records: lists and objects, custom fields, children and their parents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import counted, listed
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.matching.traits import OPEN
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Grade, Method

__all__ = ["custom_fields", "link_for_list", "parent", "structure", "two_sources", "writable"]


def writable(flow: Flow) -> Iterator[Finding]:
    """Check that no value is sent to a field that only the destination writes."""
    for mapping in flow.mappings:
        target = flow.destination_field(mapping.destination)
        if target and target.declared and target.declared.read_only:
            fact = "declared read-only: what is sent is ignored or refused"
            yield Finding("writable", Effect.WARNS, target.path, fact, "take the mapping out", Grade.DECLARED)


def structure(flow: Flow) -> Iterator[Finding]:
    """Check that lists go to lists; where each element becomes a record of its own, that is said."""
    if flow.run and flow.run.elements_of:
        name = flow.run.elements_of
        made = f"{counted(flow.run.records, 'record')} of {flow.run.source_records} that were read"
        fact = f"each element of {name} becomes a record: {made}"
        grade = observed(flow.run.records, flow.run.records)
        yield Finding("structure", Effect.WARNS, name, fact, "send one record for each element", grade)
    moved = Counter((_holder(edge.source.path), _holder(edge.destination.path)) for edge in flow.edges)
    for (ours, theirs), fields in sorted(moved.items()):
        many = counted(fields, "field")
        if ours.count("[]") > theirs.count("[]"):
            if flow.run and ours.startswith(flow.run.elements_of or "\0"):
                continue
            fact = f"{ours} has many values a record, and {theirs or 'the record'} takes one of each: {many}"
            yield Finding(
                "structure", Effect.WARNS, theirs or ours, fact, "say which one, or join them", Grade.INFERRED
            )
        elif ours.count("[]") < theirs.count("[]"):
            fact = f"{ours or 'the record'} gives one value a record, and {theirs} is a list: {many}"
            yield Finding("structure", Effect.WARNS, theirs, fact, "send a list of one", Grade.INFERRED)


def link_for_list(flow: Flow) -> Iterator[Finding]:
    """Report a list that the destination receives and the source returns as one object, such as a link to it."""
    for field in _lists(flow.destination):
        twin = flow.source_field(field.path)
        if twin and twin.types == ("object",) and not flow.into(field.path):
            effect = Effect.NEEDS_DEFAULT if field.required else Effect.WARNS
            fact = f"{field.path} is returned as an object, and received as a list of records"
            fix = "fetch the records by the source's own call for them"
            grade = observed(twin.observed.present, twin.observed.of) if twin.observed else Grade.DECLARED
            yield Finding("array and object", effect, field.path, fact, fix, grade)


@kept
def _lists(schema: Schema) -> tuple[Field, ...]:
    return tuple(field for field in schema.fields if field.types == ("array",))


def _holder(path: str) -> str:
    """Return the path that a field stands in; an element of a plain list stands in the list."""
    return path if path.endswith("[]") else Field(path).parent


def two_sources(flow: Flow) -> Iterator[Finding]:
    """Check that a field has one source; a list may be made of several objects, such as two addresses."""
    into: defaultdict[str, list[str]] = defaultdict(list)
    for mapping in flow.mappings:
        into[mapping.destination].append(_made_of(mapping))
    for path, sources in sorted(into.items()):
        holders = [_holder(source) for source in sources]
        if len(sources) > 1 and ("[]" not in path or len({*holders}) < len(holders)):
            fact = f"{listed(sources)} are mapped to the same field: only one can be written"
            fix = "keep one, or join them by a formula"
            yield Finding("two sources", Effect.NEEDS_DEFAULT, path, fact, fix, Grade.INFERRED)


def _made_of(mapping: Mapping) -> str:
    if mapping.only_csharp:
        return "a formula in C#"
    return mapping.sources[0] if mapping.sources else f"always {mapping.value!r}"


def custom_fields(flow: Flow) -> Iterator[Finding]:
    """Report names and values of the source that have no field of their own, and where they could go."""
    used = {path for mapping in flow.mappings for path in mapping.sources}
    ours = [path for path in _open_lists(flow.source) if not any(one.startswith(path) for one in used)]
    if not ours or flow.method is Method.DELETE:
        return
    theirs = [path for path in _open_lists(flow.destination) if not _barred(flow, path)]
    named = listed(ours)
    if theirs:
        fact = f"{named} of the source: names and values of this installation, which {listed(theirs)} can hold"
        fix = "list the custom fields that are meant, and map each by its name"
        yield Finding("custom fields", Effect.WARNS, theirs[0], fact, fix, Grade.INFERRED)
    elif flow.destination.fields:
        fact = f"{named} of the source: names and values of this installation, and nothing here is known to hold them"
        fix = "map those that matter to fields, or leave them out"
        yield Finding("custom fields", Effect.WARNS, "", fact, fix, Grade.INFERRED)


@kept
def _open_lists(schema: Schema) -> tuple[str, ...]:
    """List the containers of custom fields at the top of a record."""
    thesaurus = Thesaurus.load()
    custom = {words for words in OPEN if words[0] == "custom"}
    names = dict.fromkeys(part for field in schema.fields for part in split_path(field.path)[:1])
    bare = dict.fromkeys(name.removesuffix("[]").partition("{")[0] for name in names)
    return tuple(name for name in bare if thesaurus.container(split_words(name)) in custom)


def _barred(flow: Flow, path: str) -> bool:
    field = flow.destination_field(path)
    return bool(field and field.declared and field.declared.read_only)


def parent(flow: Flow) -> Iterator[Finding]:
    """Report a child that is written through its parent alone, and what that asks for."""
    call = str(flow.destination.operations.get(flow.method) or "")
    if not call.startswith("inside "):
        return
    needed = f": the records of {flow.surroundings.parent} are needed with it" if flow.surroundings.parent else ""
    fact = f"written {call} alone{needed}; it does not move without its parent"
    fix = "run it as a child of the parent's flow"
    yield Finding("parent", Effect.WARNS, "", fact, fix, Grade.INFERRED)
