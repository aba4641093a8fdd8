"""Rules for the type of what is sent: a JSON type that the destination takes, and a fixed value that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ipaas_discovery.flows.execution.constraints import judge
from ipaas_discovery.flows.execution.conversion import LARGE, SAFE_INTEGER
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Edge, Flow
from ipaas_discovery.flows.rules.wording import spelled_out
from ipaas_discovery.flows.value_shares import Share, convertible
from ipaas_discovery.vocabulary import Grade

__all__ = ["big_integers", "constants", "not_run", "types"]

_HOLDS: Mapping[str, set[str]] = {
    "string": {"string", "number", "integer", "boolean"},
    "number": {"number", "integer"},
    "integer": {"integer"},
    "boolean": {"boolean"},
    "array": {"array"},
    "object": {"object"},
}
FORMULA = "give a formula, a value map, or map another field"


def types(flow: Flow) -> Iterator[Finding]:
    """Check that each type the source may give is one the destination takes, or can be read as one."""
    for rejection in flow.run.rejected("type") if flow.run else ():
        wanted = " or ".join(_wanted(flow, rejection.field))
        share = f"{rejection.records} of {rejection.of} records would be refused"
        fact = f"{share}: {wanted} is expected, and not {spelled_out(rejection)}"
        grade = observed(rejection.records, rejection.of)
        yield Finding("type", Effect.NEEDS_DEFAULT, rejection.field, fact, _fix(flow, rejection.field), grade)
    for edge in flow.edges:
        declared = edge.destination.declared
        theirs = (
            () if declared and declared.read_only else edge.destination.types
        )  # of these the rule for writing tells
        for kind in edge.source.types:
            if theirs and not any(kind in _HOLDS.get(other, set()) for other in theirs):
                yield from _type_findings(flow, edge, kind, theirs)


def _fix(flow: Flow, path: str) -> str:
    """Say what to do about values that are not taken: a proposal for a field that nobody needs can go."""
    target = flow.destination_field(path)
    needed = target is None or target.required or any(mapping.decided for mapping in flow.into(path))
    return FORMULA if needed else f"{FORMULA}, or reject what is proposed: the field is not required"


def _wanted(flow: Flow, path: str) -> tuple[str, ...]:
    target = flow.destination_field(path)
    return target.types if target else ()


def _type_findings(flow: Flow, edge: Edge, kind: str, theirs: tuple[str, ...]) -> Iterator[Finding]:
    wanted = next((other for other in ("number", "integer", "boolean") if other in theirs), None)
    path = edge.destination.path
    if kind == "string" and wanted:
        yield from _read_as(flow, edge, wanted)
    elif flow.run is None or flow.run.written.get(path) is None:
        fact = f"{edge.source.path} is {_counted(edge, kind)}, {' or '.join(theirs)} is expected"
        if kind == "number" and theirs == ("integer",):
            yield Finding("type", Effect.WARNS, path, fact, "round it: fractions are lost", _grade(edge, kind))
            return
        yield Finding("type", Effect.NEEDS_DEFAULT, path, fact, FORMULA, _grade(edge, kind))


def _read_as(flow: Flow, edge: Edge, wanted: str) -> Iterator[Finding]:
    """Judge text where a number or a yes/no is expected: fine as far as every text can be read as one."""
    read, path = convertible(edge.source, wanted), edge.destination.path
    if read is None:
        if flow.run is None:
            fact = f"{edge.source.path} is text, {wanted} is expected, and no value was seen"
            fix = f"check that every value can be read as {wanted}"
            yield Finding("type", Effect.WARNS, path, fact, fix, Grade.DECLARED)
        return
    fact = f"{edge.source.path} is text, {wanted} is expected; {read} can be read as {wanted}"
    grade = observed(read.part, read.of)
    if read.part == read.of:
        yield Finding("type", Effect.SUPPORTS, path, fact, f"convert it to {wanted}", grade)
    elif flow.run is None:
        fix = FORMULA if read.part == 0 else "give a value for those that cannot"
        yield Finding("type", Effect.NEEDS_DEFAULT, path, fact, fix, grade)


def _counted(edge: Edge, kind: str) -> str:
    seen = edge.source.observed
    return f"{kind} in {Share(seen.types[kind], seen.present)}" if seen and kind in seen.types else kind


def _grade(edge: Edge, kind: str) -> str:
    seen = edge.source.observed
    return observed(seen.types[kind], seen.present) if seen and kind in seen.types else Grade.DECLARED


def big_integers(flow: Flow) -> Iterator[Finding]:
    """Report whole numbers that a JSON reader may round."""
    lost = {loss.field for loss in flow.run.losses if loss.what == LARGE} if flow.run else set()
    for edge in flow.edges:
        if edge.destination.path in lost:
            continue
        seen = edge.source.observed
        numeric = {"integer", "number"} & set(edge.destination.types) or not edge.destination.types
        if seen and seen.values and numeric and max(map(abs, seen.values)) > SAFE_INTEGER and seen.types.get("integer"):
            most = max(seen.values, key=abs)
            written = str(most) if isinstance(most, int) else f"{most:.0f}"
            fact = f"{edge.source.path} reaches {written}, beyond what every JSON reader keeps (2^53)"
            fix = "send it as text, or compare the digits"
            grade = observed(max(seen.unsafe_integers, 1), seen.filled)
            yield Finding("big integers", Effect.WARNS, edge.destination.path, fact, fix, grade)


def not_run(flow: Flow) -> Iterator[Finding]:
    """Tell of each formula in C# that what it makes was not checked."""
    fact = "filled by a formula in C#, which only iPaaS.com runs: what it makes was not checked"
    for mapping in flow.mappings:
        if mapping.only_csharp:
            fix = "write it as a formula of the kit, or try it in iPaaS.com"
            yield Finding("C# formula", Effect.WARNS, mapping.destination, fact, fix, Grade.UNKNOWN)


def constants(flow: Flow) -> Iterator[Finding]:
    """Check that fixed values, defaults and the results of value maps are taken, before any record is sent."""
    for mapping in flow.mappings:
        target = flow.destination_field(mapping.destination)
        given = [mapping.value] if mapping.kind == "constant" else [value for _, value in mapping.values]
        given += [mapping.default] if mapping.default else []
        for value in dict.fromkeys(given) if target else ():
            if target and (problem := judge(target)(value).problem):
                fact = f"{value!r} is written, and not taken: it breaks the {problem} that is declared"
                yield Finding("constant", Effect.NEEDS_DEFAULT, target.path, fact, "give another value", Grade.DECLARED)
