"""Diagram of an order in Mermaid: the collections of both sides, parents, prerequisites, and what moves where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ipaas_discovery.flows.order import prerequisites
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.formulas.operations import LookUp
from ipaas_discovery.matching.mapping import Mapping as FieldMapping
from ipaas_discovery.renderings.texts import visible
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts

__all__ = ["order_diagram"]


def order_diagram(document: WorksheetDocument, facts: Facts | None = None) -> str:
    """Write the diagram; the same worksheet gives the same text.

    >>> print(order_diagram(WorksheetDocument("Demo", entries=(Entry("CUSTOMER", 8, "users"),))))
    flowchart LR
        subgraph theirs["third party"]
            t0["users"]
        end
        subgraph ours["iPaaS.com"]
            i0["CUSTOMER"]
        end
        t0 -.-|"undecided"| i0
    <BLANKLINE>
    """
    facts = facts or Facts()
    pairs = [(entry, facts.of(entry.key)) for entry in document.entries]
    read = {entry.collection: known.ipaas.grade for entry, known in pairs}
    their_read = {entry.third_party: known.third_party.grade for entry, known in pairs}
    ours = {name: f"i{at}" for at, name in enumerate(dict.fromkeys(entry.collection for entry in document.entries))}
    named = dict.fromkeys(entry.third_party for entry in document.entries if entry.third_party)
    theirs = {name: f"t{at}" for at, name in enumerate(named)}
    lines = [
        "flowchart LR",
        *_side("theirs", document.third_party.name or "third party", theirs, their_read),
        *_side("ours", document.ipaas.name or "iPaaS.com", ours, read),
        *(line for entry in document.entries for line in _flows(entry, ours, theirs)),
        *(line for name in ours for line in _above(name, ours)),
        *(line for entry in document.entries for line in _inside(entry, facts, theirs)),
        *dict.fromkeys(line for entry in document.entries for line in _looked_up(entry, ours, theirs)),
    ]
    return "\n    ".join(lines) + "\n"


def _side(identifier: str, title: str, names: Mapping[str, str], read: Mapping[str, str]) -> Iterator[str]:
    yield f'subgraph {identifier}["{_text(title)}"]'
    for name, node in names.items():
        known = f"<br/>({read[name]})" if read.get(name) else ""
        yield f'    {node}["{_text(name)}{known}"]'
    yield "end"


def _flows(entry: Entry, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    if not entry.third_party:
        return
    left, right = theirs[entry.third_party], ours[entry.collection]
    if not entry.flows:
        yield f'{left} -.-|"{_text(entry.decided)}"| {right}'
    for flow in entry.flows:
        named = f"{flow.name}: " if flow.name != flow.direction.value else ""
        label = _text(f"{named}{', '.join(flow.methods)}" + (f", if {flow.condition}" if flow.condition else ""))
        start, end = (left, right) if flow.direction is Direction.TO else (right, left)
        yield f'{start} -->|"{label}"| {end}'


def _above(name: str, ours: Mapping[str, str]) -> Iterator[str]:
    """Draw in whose records a collection's own stand, and what has to exist before them."""
    known = ipaas_collections().get(name)
    parent = known.parent if known else ""
    if parent in ours:
        yield f'{ours[name]} -. "part of" .-> {ours[parent]}'
    for other in prerequisites(name):
        if other in ours and other != parent:
            yield f'{ours[name]} -. "needs" .-> {ours[other]}'


def _inside(entry: Entry, facts: Facts, theirs: Mapping[str, str]) -> Iterator[str]:
    parent = facts.of(entry.key).third_party.parent
    if parent in theirs and entry.third_party in theirs:
        yield f'{theirs[entry.third_party]} -. "part of" .-> {theirs[parent]}'


def _looked_up(entry: Entry, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    """Draw the records that a field's look-up reads: those of the source's own side."""
    for rows, side, name in ((entry.to, theirs, entry.third_party), (entry.from_, ours, entry.collection)):
        for row in rows:
            other = _target(row)
            if row.fills and other in side and name in side and other != name:
                yield f'{side[name]} -. "{_text(", ".join(row.sources))}" .-> {side[other]}'


def _target(row: FieldMapping) -> str:
    steps = row.formula.steps if row.formula else ()
    return next((step.collection for step in steps if isinstance(step, LookUp)), "")


def _text(text: str) -> str:
    r"""Write a text so that it neither ends its quotes nor starts markup.

    >>> _text('say "hi" #1 <b>'), _text("a\nb")
    ('say #quot;hi#quot; #35;1 #lt;b#gt;', 'a b')
    """
    plain = visible(" ".join(text.split())).replace("#", "#35;")
    return plain.replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
