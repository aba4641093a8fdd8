"""The summary of the report as Markdown: what is needed, what is decided, what is possible, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ipaas_discovery.changes.changes import EFFECTS
from ipaas_discovery.display.asks import asks
from ipaas_discovery.renderings.texts import counted, markdown_text
from ipaas_discovery.vocabulary import Direction

if TYPE_CHECKING:
    from ipaas_discovery.changes.changes import Changes
    from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
    from ipaas_discovery.worksheet.open_work.work_list import WorkList

__all__ = ["summary_markdown"]

MOST_CHANGES = 40
"""Changes that the summary lists."""


def summary_markdown(
    document: WorksheetDocument,
    work: WorkList,
    scope: Iterable[Sequence[str]] = (),
    changes: Changes | None = None,
) -> str:
    """Write the summary as GitHub-flavoured Markdown, for a ticket or a mail.

    Args:
        document: both systems, the decisions and the evidence.
        work: everything that is still open.
        scope: rows of collections that are in no pair: system, names, reason.
        changes: what changed since an earlier pull; None where nobody compared.
    """
    parts = [*_parts(document, work, tuple(scope)), *(_changed(changes) if changes else ())]
    return "\n\n".join(parts) + "\n"


def _parts(document: WorksheetDocument, work: WorkList, scope: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"# {markdown_text(document.title or 'Integration')}"
    as_of = f", as of {document.as_of}" if document.as_of else ""
    yield markdown_text(f"{document.ipaas} and {document.third_party}{as_of}. {work.summary}")
    yield "## What we need from you"
    if not len(work):
        yield "Nothing is open."
    for ask in asks(work):
        yield f"### {markdown_text(ask.title)}"
        yield markdown_text(ask.sentence)
        yield _table(ask.columns, ask.rows)
    yield from map(markdown_text, work.notes)
    yield "## What is decided"
    decided = [entry for entry in document.entries if entry.decision]
    yield _table(("pair", "decision", "methods", "why", "by"), map(_decided, decided)) if decided else "Nothing yet."
    yield "## Directions at a glance"
    columns = ("pair", Direction.TO.value, Direction.FROM.value, "decision")
    yield _table(columns, map(_outcomes, document.entries)) if document.entries else "No pairs of collections."
    if scope:
        yield "## In no pair"
        yield _table(("system", "collections", "reason"), scope)


def _changed(changes: Changes) -> Iterator[str]:
    """Yield what changed since an earlier pull, the worst first; beyond the first of them only how many there are."""
    yield "## Changes"
    yield markdown_text(changes.summary)
    yield from map(markdown_text, changes.notes if changes.since else ())
    rows = sorted(changes.rows, key=lambda row: (bool(row.accepted), EFFECTS.index(row.effect)))
    if rows:
        cells = ((f"{row.collection} ↔ {row.third_party}", row.direction.value, row.effect.value, row.event,
                  row.accepted) for row in rows[:MOST_CHANGES])  # fmt: skip
        yield _table(("pair", "direction", "effect", "what changed", "accepted"), cells)
    if len(rows) > MOST_CHANGES:
        more = f"{counted(len(rows) - MOST_CHANGES, 'change')} more: `ipaas-discovery changes` lists all of them."
        yield more


def _decided(entry: Entry) -> tuple[str, ...]:
    decision = entry.decision
    against = "".join(f"; against the evidence: {fact}" for fact in entry.against_evidence)
    by = ", ".join(filter(None, (decision.by, decision.date))) if decision else ""
    return entry.title, entry.decided + against, ", ".join(entry.methods), decision.why if decision else "", by


def _outcomes(entry: Entry) -> tuple[str, ...]:
    return entry.title, entry.outcomes(Direction.TO), entry.outcomes(Direction.FROM), entry.decided


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = [_line(columns), f"|{'---|' * len(columns)}"]
    return "\n".join([*head, *map(_line, rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(markdown_text, cells))} |"
