"""Worksheet: the document of all decisions, the order that has to be delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.base import SavedDocument
from ipaas_discovery.worksheet.decisions import HEADINGS, OVERVIEW, WORDING, Decisions, overview
from ipaas_discovery.worksheet.document_file import changed
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.find import find_entry, find_methods, find_question
from ipaas_discovery.worksheet.history import History
from ipaas_discovery.worksheet.merging import refreshed
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, Question, decided_direction

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.worksheet.exports.content import ExportTable

__all__ = ["Worksheet"]

DEFAULT_METHODS = (Method.ADD, Method.UPDATE)
"""Methods of a direction without any named, as in most of the platform's flows; a delete has to be asked for."""


class Worksheet(SavedDocument, Tabular):
    """Worksheet of an integration: each collection, which way it shall move, and who decided so; saved as text for git.

    >>> from ipaas_discovery.worksheet.entry import Entry
    >>> worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users"), Entry("PRODUCT", 1, "items")])
    >>> worksheet.decide("Customers", "to", why="the shop owns them", by="A. Analyst", on="2026-01-31")
    >>> worksheet, worksheet.entry("CUSTOMER").decided
    (Worksheet(1 of 2 decided), 'To iPaaS.com')

    Args:
        title: the integration's name.
        ipaas: iPaaS.com's side, by name and environment.
        third_party: the other side.
        as_of: the date of the samples (ISO).
        entries: one for each pair of collections, in the order they are to be worked on.
        questions: those asked once of the whole integration.
        today: gives the date of a decision.
    """

    headings: ClassVar[Mapping[str, str]] = HEADINGS
    wording: ClassVar[Wording] = WORDING
    __hash__ = None  # type: ignore[assignment]  # it changes

    def __init__(  # noqa: PLR0913  the parts of a document, and a clock
        self,
        title: str = "",
        *,
        ipaas: CollectionSide | None = None,
        third_party: CollectionSide | None = None,
        as_of: str = "",
        entries: Iterable[Entry] = (),
        questions: Iterable[Question] = (),
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        proposed = tuple(
            entry if entry.proposed_features else replace(entry, proposed_features=entry.features) for entry in entries
        )
        sides = {"ipaas": ipaas or CollectionSide("iPaaS.com"), "third_party": third_party or CollectionSide()}
        super().__init__(
            changed(
                WorksheetDocument(), title=title, as_of=as_of, questions=tuple(questions), entries=proposed, **sides
            ),
            today=today,
        )
        self._history = History()

    def entry(self, collection: str, third_party: str | None = None) -> Entry:
        """Find the entry of `collection`, by its type or plain name; `third_party` chooses where it has several.

        Raises:
            UnknownNameError: if there is none; names the nearest.
            WorksheetError: if there are several and `third_party` does not say which.
        """
        return find_entry(self.entries, collection, third_party)

    def decide(  # noqa: PLR0913  a decision is what, why, who and when
        self,
        collection: str,
        direction: object,
        *,
        methods: Iterable[str | Method] | str | None = None,
        why: str = "",
        by: str = "",
        on: str | None = None,
        third_party: str | None = None,
    ) -> None:
        """Decide which way `collection` moves; a decision that is made again keeps its date.

        Args:
            collection: its mapping-collection type, or the guide's plain name.
            direction: a Direction or its word ("to", "from", "Bi-directional"); None or "leave out" leaves it
                out of the integration.
            methods: of add, update, delete; by default those decided before, else add and update.
            why: the reason, for whoever reads the order.
            by: who decided.
            on: the date (ISO); by default today's.
            third_party: which entry, where the collection stands in several.

        Raises:
            UnknownNameError: if the collection, the direction or a method is not known.
        """
        entry = self.entry(collection, third_party)
        wanted = decided_direction(direction)
        chosen = find_methods(methods) if methods is not None else entry.methods or DEFAULT_METHODS
        decision = Decision(wanted, chosen if wanted else (), why, by, self._today().isoformat() if on is None else on)
        before = entry.decision
        if before and on is None and before == replace(decision, on=before.on):
            return
        self._do(entry, decision)

    def undecide(self, collection: str, *, third_party: str | None = None) -> None:
        """Take back the decision on `collection`, whoever made it."""
        self._do(self.entry(collection, third_party), None)

    def _do(self, entry: Entry, decision: Decision | None) -> None:
        if decision != entry.decision:
            self._history.add(entry, decision)
            self._put(replace(entry, decision=decision))

    def _put(self, new: Entry) -> None:
        entries = tuple(new if entry.key == new.key else entry for entry in self.entries)
        self._document = replace(self._document, entries=entries)

    def undo(self) -> str | None:
        """Take back the last decision made in this object; gives its collection, None if there was none."""
        return self._walk(self._history.back(self.entries))

    def redo(self) -> str | None:
        """Make the decision again that was undone last; gives its collection, None if there was none."""
        return self._walk(self._history.forth(self.entries))

    @property
    def can_undo(self) -> bool:
        """True if a decision made in this object is left to take back."""
        return self._history.can_go_back(self.entries)

    @property
    def can_redo(self) -> bool:
        """True if a decision that was undone is left to make again."""
        return self._history.can_go_forth(self.entries)

    def _walk(self, new: Entry | None) -> str | None:
        if new is None:
            return None
        self._put(new)
        return new.collection

    def answer(self, question: int | str, answer: str, *, by: str = "", collection: str | None = None) -> None:
        """Answer a question of the integration, or of `collection`.

        Args:
            question: its number, from 1, or how its text begins.
            answer: the answer.
            by: who gave it.
            collection: the collection it is asked of; None for a question of the whole integration.

        Raises:
            UnknownNameError: if there is no such question.
        """
        entry = None if collection is None else self.entry(collection)
        asked = entry.questions if entry else self._document.questions
        number = find_question(question, asked)
        answered = Question(asked[number].text, answer, by)
        questions = (*asked[:number], answered, *asked[number + 1 :])
        if entry:
            self._put(replace(entry, questions=questions))
        else:
            self._document = replace(self._document, questions=questions)

    def edit(self, collection: str, *, third_party: str | None = None, **parts: Any) -> None:  # noqa: ANN401  checked by the parts
        """Replace parts of an entry: its mappings, features or questions, as a person wants them.

        Raises:
            WorksheetError: if a part is not of the right kind; nothing is changed then.
        """
        entry = self.entry(collection, third_party)
        if fixed := sorted({"collection", "decision", "proposed_features"} & parts.keys()):
            raise WorksheetError(f"Cannot edit {fixed[0]}", where=entry.title, then="use decide() for a decision")
        self._put(changed(entry, **parts))

    def refresh(self, entries: Iterable[Entry], *, as_of: str | None = None) -> None:
        """Take over fresh evidence, claims and proposals; whatever a person decided, mapped or wrote is kept.

        Entries come in the order given; those that vanished but carry a person's work follow, marked gone.

        Args:
            entries: the entries as the evidence would write them now.
            as_of: the date of the new samples (ISO); by default the date stays.
        """
        date = self._document.as_of if as_of is None else as_of
        self._document = changed(self._document, entries=refreshed(self.entries, tuple(entries)), as_of=date)

    def frame(self) -> pd.DataFrame:
        """Return one row per entry: both collections, each direction's outcomes, the decision with who, when and why.

        Dtypes: text, lists of text for methods and against_evidence. `to` and `from` hold the outcomes.
        """
        return frame_of(map(overview, self.entries), OVERVIEW)

    def to_dict(self) -> dict[str, Any]:
        """Return everything the worksheet holds as plain data, as its JSON export holds it."""
        from ipaas_discovery.worksheet.exports.json_export import plain_document  # noqa: PLC0415  it renders this document

        return plain_document(self._document)

    def table(self, name: str, collection: str | None = None) -> ExportTable:
        """Return one of the tables that every export holds, whole or of one collection.

        Args:
            name: Order, Supported features, Fields To, Fields From, Gaps, Questions or Evidence.
            collection: the collection whose rows are kept. Defaults to all.

        Raises:
            UnknownNameError: if there is no such table or collection.
        """
        from ipaas_discovery.worksheet.exports.content import content  # noqa: PLC0415  it renders this document

        table = content(self._document).table(name)
        return table if collection is None else table.of(self.entry(collection).key)

    def decisions(self) -> Decisions:
        """Show the decisions at a glance, undecided entries among them."""
        return Decisions(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Worksheet) and self._document == other._document

    def __repr__(self) -> str:
        decided = sum(entry.decision is not None for entry in self.entries)
        return f"Worksheet({decided} of {len(self.entries)} decided)"
