"""Requests to whoever receives the report: what is open, grouped by what it takes to settle it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ipaas_discovery.renderings.texts import counted, cut, listed
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList

__all__ = ["FIRST_ASKED", "Ask", "asks"]

FIRST_ASKED = 15
"""Rows of a request that stand open and are printed; the others follow folded."""
LONGEST = 240
"""Characters of a cell."""
ALIKE = 4
"""Collections in no pair for the same reason that share a row."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its heading, what is asked, and a table of what it is about."""

    kind: WorkKind
    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def first(self) -> tuple[Row, ...]:
        """Rows that stand open."""
        return self.rows[:FIRST_ASKED]

    @property
    def further(self) -> tuple[Row, ...]:
        """Rows that follow folded."""
        return self.rows[FIRST_ASKED:]


@dataclass(frozen=True, slots=True)
class _Form:
    """The heading of a kind of work (a number, a plural), its request, the columns, and how items become rows."""

    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[WorkItem]], list[Row]]


def asks(work: WorkList) -> tuple[Ask, ...]:
    """Group open work into requests, those that others wait for first.

    >>> item = WorkItem(WorkKind.UNDECIDED, "CUSTOMER", "users", "direction", "To: 9 of 10 pass.", "To iPaaS.com: add")
    >>> [(ask.title, ask.rows) for ask in asks(WorkList((item,)))]
    [('Decide 1 direction', (('CUSTOMER ↔ users', 'To iPaaS.com: add', 'To: 9 of 10 pass.'),))]
    """
    made = []
    for kind, count in work.counts.items():
        form = FORMS[kind]
        rows = tuple(tuple(cut(cell, LONGEST) for cell in row) for row in form.rows(work.of(kind)))
        title = form.title.format(count, "" if count == 1 else "s")
        made.append(Ask(kind, title, form.sentence, form.columns, rows))
    return tuple(made)


def _plain(items: Sequence[WorkItem]) -> list[Row]:
    return [(item.title, item.about, item.open, item.answer) for item in items]


def _undecided(items: Sequence[WorkItem]) -> list[Row]:
    return [(item.title, item.answer or "left open", item.open) for item in items]


def _unconfirmed(items: Sequence[WorkItem]) -> list[Row]:
    return [(item.title, item.about, item.open) for item in items]


def _unpaired(items: Sequence[WorkItem]) -> list[Row]:
    """Put what is proposed first, and collections that are open for one and the same reason into one row, last."""
    alike: dict[str, list[WorkItem]] = {}
    for item in items:
        if not item.answer:
            alike.setdefault(item.open, []).append(item)
    many = {reason: same for reason, same in alike.items() if len(same) >= ALIKE}
    single: list[Row] = [(item.title, item.open, item.answer) for item in items if item.answer or item.open not in many]
    return single + [(_names(same), reason, "") for reason, same in many.items()]


def _names(items: Sequence[WorkItem]) -> str:
    """Name as many collections as a cell holds, and count the others."""
    names, room = [item.title for item in items], LONGEST - len(f"{len(items):,} collections:  and {len(items):,} more")
    shown = next(at for at in range(len(names), -1, -1) if len(", ".join(names[:at])) <= room)
    rest = f" and {len(names) - shown:,} more" if shown < len(names) else ""
    return f"{len(names):,} collections: {', '.join(names[:shown])}{rest}"


def _questions(items: Sequence[WorkItem]) -> list[Row]:
    """Put each question in one row: how often the data proposes an answer, and the pairs for which it does not."""
    grouped: dict[str, list[WorkItem]] = {}
    for item in items:
        grouped.setdefault(item.about, []).append(item)
    return [(question, _asked_of(same), _answered(same)) for question, same in grouped.items()]


def _asked_of(items: Sequence[WorkItem]) -> str:
    return counted(len(items), "pair") if items[0].collection else "the whole integration"


def _answered(items: Sequence[WorkItem]) -> str:
    known, rest = ([item for item in items if bool(item.answer) is wanted] for wanted in (True, False))
    if not known:
        return "nothing"
    if len(items) == 1:
        return items[0].answer
    without = f"; nothing for {listed(item.collection for item in rest)}" if rest else ""
    return f"an answer to confirm for {len(known)} of {len(items)}, each at its pair below{without}"


FIELDS = ("pair", "field", "what is open", "what would settle it")
FORMS = {
    WorkKind.UNPAIRED: _Form(
        "Place {:,} collection{} in no pair", "With which collection does each belong, or why is it left out?",
        ("collection", "what is open", "what speaks for it"), _unpaired,
    ),
    WorkKind.UNDECIDED: _Form(
        "Decide {:,} direction{}", "Which way shall each move? What is proposed decides nothing.",
        ("pair", "proposed", "evidence: records of the sample that pass"), _undecided,
    ),
    WorkKind.UNMAPPED: _Form(
        "Fill {:,} required field{}", "Which field, fixed value or formula fills each?", FIELDS, _plain
    ),
    WorkKind.REFUSED: _Form(
        "Settle {:,} field{} with values that would be refused", "What shall be sent instead?", FIELDS, _plain
    ),
    WorkKind.DISAGREEING: _Form(
        "Explain {:,} difference{} in the same records", "Are they the same thing, and how is one made of the other?",
        ("pair", "fields", "the same records", "what it may be"), _plain,
    ),
    WorkKind.UNCONFIRMED: _Form(
        "Confirm what is proposed in {:,} direction{}", "Is each right? What nobody confirms stays a proposal.",
        ("pair", "direction", "fields"), _unconfirmed,
    ),
    WorkKind.UNANSWERED: _Form(
        "Answer {:,} question{}", "What the data answers already is to be confirmed.",
        ("question", "asked of", "what the data proposes"), _questions,
    ),
}  # fmt: skip
