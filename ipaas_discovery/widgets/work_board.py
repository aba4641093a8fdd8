"""Board of everything that is still open, in the order to work on it; questions are answered where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

import traitlets

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.worksheet.open_work.work_list import HEADINGS, WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["OpenWork"]


class Working(Protocol):
    """The parts of a Discovery that this board asks."""

    @property
    def worksheet(self) -> Worksheet:
        """The worksheet."""

    def open_work(self) -> WorkList:
        """List what is open now."""


class OpenWork(Board):
    """Everything that is still open: unpaired, undecided, unmapped, refused, disagreeing, unanswered.

    Each row leads to the board on which it is said; a question is answered in its row, with what the data proposes.
    Every answer is written to the worksheet and saved while it is typed.

    Args:
        discovery: the integration, as `Discovery.open` gives it.
        by: the name of the person who answers.

    Raises:
        UnknownNameError: for a keyword the board does not have.
    """

    file: ClassVar[str] = "work_board"

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per item: its key, kind, the pair, what it is about, why it is open, what is proposed, and how it is said."""

    kinds = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per kind with work: its name, heading, board and number."""

    answers = traitlets.Dict().tag(sync=True)
    """Per question answered on this board: the answer, and who gave it when."""

    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Sentences on what the list leaves out."""

    def __init__(
        self,
        discovery: Working,
        *,
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "discovery"], where="OpenWork")
        self._discovery = discovery
        self._work = WorkList()
        self._asked: dict[str, WorkItem] = {}
        self._seen_revision = -1
        super().__init__(discovery.worksheet, by=by)

    def __repr__(self) -> str:
        return f"OpenWork({len(self._work)} open)"

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change."""
        return {"answer": self._answer_question, "take all": self._take_all}

    def show(self) -> None:
        """Set the items to what is open now; a question that was answered here stays in its row."""
        if self._worksheet.revision != self._seen_revision:
            self._work = self._discovery.open_work()
            self._seen_revision = self._worksheet.revision
        for item in self._work.of(WorkKind.UNANSWERED):
            self._asked[key_of(item)] = item  # what the data answers may have changed
        here = {key: words for key in self._asked if (words := self._now(key))}
        rows = {key_of(item): item for item in self._work} | {key: self._asked[key] for key in here}
        order = {key: number for number, key in enumerate((*(key_of(item) for item in self._work), *self._asked))}
        places = list(WorkKind)
        listed = sorted(rows.items(), key=lambda row: (places.index(row[1].kind), self._place(row[0], order)))
        self.answers = here
        self.items = [_row(key, item) for key, item in listed]
        self.kinds = [
            {"kind": kind.value, "heading": HEADINGS[kind], "count": count} for kind, count in self._work.counts.items()
        ]
        self.notes = list(self._work.notes)

    def static(self) -> str:
        """Render the list as HTML tables, one of each kind."""
        return self._work.to_html()

    def _place(self, key: str, order: Mapping[str, int]) -> int:
        asked = list(self._asked)
        return asked.index(key) if key in self._asked else order[key]

    def _answer_question(self, request: Request) -> str:
        key, answer = str(request.get("key", "")), str(request.get("answer", "")).strip()
        if key not in self._asked:
            raise UnknownNameError("question", key, self._asked, where="OpenWork")
        item = self._asked[key]
        self.check_seen(key, request, self.answers.get(key), self._now(key), _in_words)
        self._worksheet.answer(
            item.about,
            answer,
            by=str(request.get("by") or self.by) or None,
            collection=item.collection or None,
            third_party=item.third_party or None,
        )
        self.wrote(key, self._now(key))
        now = self._now(key)
        self.by = now["by"] if now else self.by
        return f"{item.title}: {'answered' if answer else 'open again'}."

    def _take_all(self, request: Request) -> str:
        """Answer several questions with what is proposed for each, as one change; those answered meanwhile stay."""
        taken = [key for key in map(str, request.get("keys") or ()) if self._proposed(key)]
        for key in taken:
            self._answer_question({**request, "key": key, "answer": self._asked[key].answer, "seen": None})
        return f"{counted(len(taken), 'question')} answered with what is proposed."

    def _proposed(self, key: str) -> bool:
        """True for a question with a proposal and no answer yet."""
        return key in self._asked and bool(self._asked[key].answer) and self._now(key) is None

    def _now(self, key: str) -> dict[str, Any] | None:
        """Return the answer to a question as the worksheet holds it, None while there is none."""
        item = self._asked[key]
        entries = [entry for entry in self._worksheet.entries if entry.key == (item.collection, item.third_party)]
        questions = (
            entries[0].questions if entries else self._worksheet.document.questions if not item.collection else ()
        )
        question = next((question for question in questions if question.text == item.about), None)
        if question is None or not question.answer:
            return None
        return {"answer": question.answer, "by": question.by, "on": question.date}


def key_of(item: WorkItem) -> str:
    """Name an item, so that it can be told from the others."""
    return f"{item.kind}: {item.title}: {item.about}"


def _row(key: str, item: WorkItem) -> dict[str, Any]:
    words = {"key": key, "kind": item.kind.value, "title": item.title, "collection": item.collection}
    words |= {"third_party": item.third_party, "about": item.about, "open": item.open, "answer": item.answer}
    return words | {"board": item.board, "command": item.command}


def _in_words(version: Mapping[str, Any] | None) -> str:
    return str(version.get("answer") or "no answer") if version else "no answer"
