"""The summary of the report as Markdown: what is needed, what is decided, what is possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ipaas_discovery.display.asks import asks
from ipaas_discovery.renderings.texts import markdown_text
from ipaas_discovery.vocabulary import Direction

if TYPE_CHECKING:
    from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
    from ipaas_discovery.worksheet.open_work.work_list import WorkList

__all__ = ["summary_markdown"]


def summary_markdown(document: WorksheetDocument, work: WorkList, scope: Iterable[Sequence[str]] = ()) -> str:
    """Write the summary as GitHub-flavoured Markdown, for a ticket or a mail.

    Args:
        document: both systems, the decisions and the evidence.
        work: everything that is still open.
        scope: rows of collections that are in no pair: system, names, reason.
    """
    return "\n\n".join(_parts(document, work, tuple(scope))) + "\n"


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
