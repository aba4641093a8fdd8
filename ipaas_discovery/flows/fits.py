"""Rules for values: those of each mapped field fit where they go. One small function per rule, each gives findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Edge, Flow
from ipaas_discovery.flows.value_shares import SAFE_INTEGER, Share, convertible, in_formats
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.schemas.schema import Field

__all__ = ["big_integers", "enum", "formats", "length", "structure", "types", "writable", "zone"]

_HOLDS = {
    "string": {"string", "number", "integer", "boolean"},
    "number": {"number", "integer"},
    "integer": {"integer"},
    "boolean": {"boolean"},
    "array": {"array"},
    "object": {"object"},
}
SHOWN = 5


def writable(flow: Flow) -> Iterator[Finding]:
    """Check that no value is sent to a field that only the destination writes."""
    for edge in flow.edges:
        if edge.destination.declared and edge.destination.declared.read_only:
            fact = "declared read-only: what is sent is ignored or refused"
            yield Finding("writable", Effect.WARNS, edge.destination.path, fact, "take the mapping out")


def types(flow: Flow) -> Iterator[Finding]:
    """Check that each type the source may give is one the destination takes."""
    for edge in flow.edges:
        ours, theirs = edge.source.types, edge.destination.types
        for kind in ours:
            if theirs and not any(kind in _HOLDS.get(other, set()) for other in theirs):
                yield _type_finding(edge, kind, theirs)


def _type_finding(edge: Edge, kind: str, theirs: tuple[str, ...]) -> Finding:
    wanted = next((other for other in ("number", "integer", "boolean") if other in theirs), None)
    if kind == "string" and wanted:
        return _parsed(edge, wanted)
    path, words = (
        edge.destination.path,
        f"{edge.source.path} is {_counted(edge, kind)}, {' or '.join(theirs)} is expected",
    )
    if kind == "number" and theirs == ("integer",):
        return Finding("type", Effect.WARNS, path, words, "round it: fractions are lost")
    effect = Effect.BLOCKS if edge.destination.required else Effect.WARNS
    return Finding("type", effect, path, words, "give a formula, or map another field")


def _parsed(edge: Edge, wanted: str) -> Finding:
    """Judge text where a number or a yes/no is expected: fine as far as every text can be read as one."""
    read, path = convertible(edge.source, wanted), edge.destination.path
    if read is None:
        fact = f"{edge.source.path} is text, {wanted} is expected, and no value was seen"
        return Finding("type", Effect.WARNS, path, fact, f"check that every value can be read as {wanted}")
    fact = f"{edge.source.path} is text, {wanted} is expected; {read} can be read as {wanted}"
    if read.part == read.of:
        return Finding("type", Effect.SUPPORTS, path, fact, f"convert it to {wanted}")
    if read.part == 0:
        effect = Effect.BLOCKS if edge.destination.required else Effect.WARNS
        return Finding("type", effect, path, fact, "give a lookup or a formula, or map another field")
    return Finding("type", Effect.NEEDS_DEFAULT, path, fact, "give a value for those that cannot")


def _counted(edge: Edge, kind: str) -> str:
    seen = edge.source.observed
    return f"{kind} in {Share(seen.types[kind], seen.present)}" if seen and kind in seen.types else kind


def formats(flow: Flow) -> Iterator[Finding]:
    """Check that each text is written the way the destination declares."""
    for edge in flow.edges:
        wanted = edge.destination.declared.format if edge.destination.declared else None
        fitting = field_formats().fulfilling(wanted, sent=True)
        met = in_formats(edge.source, *fitting) if fitting else None
        if met is None or met.part == met.of:
            continue
        other = f"; most are {edge.source.format}" if edge.source.format not in {None, wanted} else ""
        fact = f"{edge.source.path}: {met} are written as {wanted}, which is expected{other}"
        yield Finding("format", Effect.WARNS, edge.destination.path, fact, f"convert it to {wanted}")


def structure(flow: Flow) -> Iterator[Finding]:
    """Check that lists go to lists, and that a list of records is also returned as one."""
    moved = Counter((_holder(edge.source.path), _holder(edge.destination.path)) for edge in flow.edges)
    for (ours, theirs), fields in sorted(moved.items()):
        many = f"{fields} field{'s'[: fields != 1]}"
        if ours.count("[]") > theirs.count("[]"):
            fact = f"{ours} has many values a record, and {theirs or 'the record'} takes one of each: {many}"
            yield Finding("structure", Effect.WARNS, theirs or ours, fact, "say which one, or join them")
        elif ours.count("[]") < theirs.count("[]"):
            fact = f"{ours or 'the record'} gives one value a record, and {theirs} is a list: {many}"
            yield Finding("structure", Effect.WARNS, theirs, fact, "send a list of one")
    for field in flow.destination.fields:
        twin = flow.source.field(field.path)
        if twin and field.types == ("array",) and twin.types == ("object",):
            effect = Effect.BLOCKS if field.required and not flow.into(field.path) else Effect.WARNS
            fact = f"{field.path} is returned as an object, and received as a list of records"
            yield Finding("structure", effect, field.path, fact, "fetch the records by the source's own call for them")


def _holder(path: str) -> str:
    """Return the path that a field stands in; an element of a plain list stands in the list."""
    return path if path.endswith("[]") else Field(path).parent


def length(flow: Flow) -> Iterator[Finding]:
    """Check that no text is longer than the destination takes."""
    for edge in flow.edges:
        limit = edge.destination.declared.max_length if edge.destination.declared else None
        if limit is None or "string" not in edge.source.types:
            continue
        seen, declared = edge.source.observed, edge.source.declared
        if seen and seen.lengths and seen.lengths[1] > limit:
            long = sum(count for value, count in seen.top if isinstance(value, str) and len(value) > limit)
            many = f", longer in at least {long} of {seen.filled}" if long else ""
            fact = f"{edge.source.path} is up to {seen.lengths[1]} characters long, {limit} are taken{many}"
            yield Finding("length", Effect.NEEDS_DEFAULT, edge.destination.path, fact, "shorten it by a formula")
        elif declared and declared.max_length and declared.max_length > limit:
            fact = f"{edge.source.path} may be {declared.max_length} characters long, {limit} are taken"
            yield Finding("length", Effect.WARNS, edge.destination.path, fact, "shorten it by a formula")


def enum(flow: Flow) -> Iterator[Finding]:
    """Check that each value the source has is one the destination knows."""
    for edge in flow.edges:
        allowed = edge.destination.declared.enum if edge.destination.declared else ()
        if not allowed:
            continue
        seen, declared = edge.source.observed, edge.source.declared
        path, fix = edge.destination.path, f"give a value map; taken are {_some(list(allowed))}"
        if seen and seen.top:
            foreign = [(value, count) for value, count in seen.top if value is not None and value not in allowed]
            yield _observed_enum(edge, foreign, fix)
        elif declared and declared.enum:
            strange = [value for value in declared.enum if value is not None and value not in allowed]
            if strange:
                yield Finding("enum", Effect.NEEDS_DEFAULT, path, f"{edge.source.path} may be {_some(strange)}", fix)
        else:
            fact = f"only {len(allowed)} values are taken, and those of {edge.source.path} are not known"
            yield Finding("enum", Effect.WARNS, path, fact, fix)


def _observed_enum(edge: Edge, foreign: list[tuple[object, int]], fix: str) -> Finding:
    seen = edge.source.observed
    rest = seen.distinct - len(seen.top) if seen else 0
    unseen = f"; {rest} rarer values were not looked at" if rest > 0 else ""
    if foreign:
        listed = _some([f"{value!r} ({count})" for value, count in foreign])
        fact = f"{edge.source.path} has values that are not taken: {listed}{unseen}"
        return Finding("enum", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix)
    fact = f"every value of {edge.source.path} looked at is taken{unseen}"
    effect, then = (Effect.WARNS, fix) if rest > 0 else (Effect.SUPPORTS, "")
    return Finding("enum", effect, edge.destination.path, fact, then)


def big_integers(flow: Flow) -> Iterator[Finding]:
    """Report whole numbers that a JSON reader may round."""
    for edge in flow.edges:
        seen = edge.source.observed
        numeric = {"integer", "number"} & set(edge.destination.types) or not edge.destination.types
        if seen and seen.values and numeric and max(map(abs, seen.values)) > SAFE_INTEGER and seen.types.get("integer"):
            most = max(seen.values, key=abs)
            shown = str(most) if isinstance(most, int) else f"{most:.0f}"
            fact = f"{edge.source.path} reaches {shown}, beyond what every JSON reader keeps (2^53)"
            fix = "send it as text, or compare the digits"
            yield Finding("big integers", Effect.WARNS, edge.destination.path, fact, fix)


def zone(flow: Flow) -> Iterator[Finding]:
    """Check that a date and time names its zone."""
    for edge in flow.edges:
        bare = in_formats(edge.source, "date-time-local")
        if bare and bare.part:
            fact = f"{edge.source.path} is a date and time without a zone in {bare}"
            yield Finding("time zone", Effect.WARNS, edge.destination.path, fact, "ask which zone the source means")


def _some(values: list[object] | list[str]) -> str:
    more = f" and {len(values) - SHOWN} more" if len(values) > SHOWN else ""
    return ", ".join(map(str, values[:SHOWN])) + more
