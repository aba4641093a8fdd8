"""An entry taken apart into what people said and what the kit found, and put together again."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.remarks import AcceptedFinding
from ipaas_discovery.worksheet.rows import WHOLE, RowKey, RowPart, Rows, Statement

__all__ = [
    "accepted_key", "answered", "answers", "entry_of", "evidence_of", "rows_of", "rows_of_document",
    "side_of", "whole",
]  # fmt: skip

BOTH_WAYS = "both"
"""Word for both directions together, where a part of the file names one."""


def side_of(direction: Direction) -> str:
    """Name the part that holds a direction's mappings."""
    return RowPart.TO if direction is Direction.TO else RowPart.FROM


def accepted_key(row: AcceptedFinding) -> str:
    """Name the row of an accepted finding; two that differ have two names, whatever words they hold.

    >>> accepted_key(AcceptedFinding(Direction.TO, "max length", "name", flow="B2B"))
    "to_ipaas 'max length' field=name flow=B2B"
    """
    side = BOTH_WAYS if row.direction is Direction.BIDIRECTIONAL else side_of(row.direction)
    parts = {"field": row.field, "method": row.method, "flow": row.flow}
    return shlex.join([side, row.rule, *(f"{name}={part}" for name, part in parts.items() if part)])


def rows_of(entry: Entry) -> Iterator[tuple[RowKey, Statement]]:
    """List what people said in an entry."""
    pair = entry.key
    if not entry.proposed:
        yield RowKey(pair, RowPart.PAIR), True
    if entry.decision:
        yield RowKey(pair, RowPart.DECISION), entry.decision
    for part, mappings in ((RowPart.TO, entry.to), (RowPart.FROM, entry.from_)):
        kept = [row for row in mappings if row.status != "proposed"]
        for name in dict.fromkeys(row.destination for row in kept):
            yield RowKey(pair, part, name), tuple(row for row in kept if row.destination == name)
    yield from ((RowKey(pair, RowPart.FLOWS, flow.name), flow) for flow in entry.named_flows)
    yield from ((RowKey(pair, RowPart.OWNERS, owner.field), owner) for owner in entry.owners)
    yield from answers(pair, entry.questions)
    yield from ((RowKey(pair, RowPart.FEATURES, side_of(record.direction)), record) for record in entry.own_features)
    for row in entry.accepted:
        yield RowKey(pair, RowPart.ACCEPTED, accepted_key(row)), row
    yield from ((RowKey(pair, RowPart.REMARKS, remark.about), remark) for remark in entry.remarks)
    yield from ((RowKey(pair, RowPart.PLAN, word), text) for word, text in entry.plan)


def rows_of_document(document: WorksheetDocument) -> dict[RowKey, Statement]:
    """List what people said in a whole document."""
    title = {RowKey(WHOLE, RowPart.TITLE): document.title} if document.title else {}
    left_out = {RowKey(WHOLE, RowPart.LEFT_OUT, f"{row.system} {row.collection}"): row for row in document.left_out}
    rows = dict(row for entry in document.entries for row in rows_of(entry))
    lists = {RowKey(WHOLE, RowPart.LISTS, name): word for name, word in document.lists}
    signed: dict[RowKey, Statement] = {RowKey(WHOLE, RowPart.SIGN_OFF, word): text for word, text in document.sign_off}
    return {**title, **dict(answers(WHOLE, document.questions)), **left_out, **lists, **signed, **rows}


def answers(pair: tuple[str, str], questions: Iterable[Question]) -> Iterator[tuple[RowKey, Statement]]:
    """List the answers among questions."""
    return ((RowKey(pair, RowPart.ANSWERS, question.text), question) for question in questions if question.answer)


def evidence_of(entry: Entry) -> Entry:
    """Leave out of an entry what people said."""
    return replace(
        entry,
        decision=None,
        questions=tuple(Question(question.text) for question in entry.questions),
        to=tuple(row for row in entry.to if row.status == "proposed"),
        from_=tuple(row for row in entry.from_ if row.status == "proposed"),
        own_features=(),
        named_flows=(),
        owners=(),
        accepted=(),
        remarks=(),
        proposed=False,
        plan=(),
        outdated=False,
    )


def entry_of(evidence: Entry, rows: Rows) -> Entry:
    """Put what people said about a pair into its entry; `rows` are those of the pair."""
    parts: dict[str, dict[str, Any]] = {}
    for key, row in rows.items():
        parts.setdefault(key.part, {})[key.name] = row
    flows = parts.get(RowPart.FLOWS, {})
    return replace(
        evidence,
        evidence=tuple(row for row in evidence.evidence if not row.flow or row.flow in flows),
        counts=tuple(count for count in evidence.counts if count.name in flows),
        decision=parts.get(RowPart.DECISION, {}).get(""),
        questions=answered(evidence.questions, parts.get(RowPart.ANSWERS, {})),
        own_features=tuple(parts.get(RowPart.FEATURES, {}).values()),
        to=_mappings(evidence.to, parts.get(RowPart.TO, {})),
        from_=_mappings(evidence.from_, parts.get(RowPart.FROM, {})),
        named_flows=tuple(flows.values()),
        owners=tuple(parts.get(RowPart.OWNERS, {}).values()),
        accepted=tuple(parts.get(RowPart.ACCEPTED, {}).values()),
        remarks=tuple(parts.get(RowPart.REMARKS, {}).values()),
        proposed=RowPart.PAIR not in parts,
        plan=tuple(sorted(parts.get(RowPart.PLAN, {}).items())),
    )


def answered(questions: tuple[Question, ...], given: dict[str, Question]) -> tuple[Question, ...]:
    """Put answers to their questions; an answer whose question is no longer asked follows."""
    asked = {question.text for question in questions}
    rest = (answer for text, answer in given.items() if text not in asked)
    return (*(given.get(question.text, question) for question in questions), *rest)


def whole(rows: Rows, part: str) -> dict[str, Any]:
    """List the rows of the whole integration that belong to one part."""
    return {key.name: row for key, row in rows.items() if key.pair == WHOLE and key.part == part}


def _mappings(proposed: tuple[Mapping, ...], kept: dict[str, tuple[Mapping, ...]]) -> tuple[Mapping, ...]:
    """Put what people kept beside the proposals: a field that they filled gets none, nor one that they rejected."""
    people = [row for rows in kept.values() for row in rows]
    filled = {row.destination for row in people if row.decided}
    refused = {(row.destination, row.sources) for row in people if row.status == "rejected"}
    rest = (row for row in proposed if row.destination not in filled and (row.destination, row.sources) not in refused)
    return (*people, *rest)
