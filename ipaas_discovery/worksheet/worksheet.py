"""The worksheet: the document of all decisions, the order that has to be delivered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pydantic import ValidationError

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.tables import Tabular, frame_of
from ipaas_discovery.words import ALIASES, Method, collection_name
from ipaas_discovery.worksheet.atomic import locked, write_atomically
from ipaas_discovery.worksheet.decisions import Decisions, overview
from ipaas_discovery.worksheet.entry import Document, Entry
from ipaas_discovery.worksheet.file import dump, parse, problem, read
from ipaas_discovery.worksheet.merging import merge, refreshed
from ipaas_discovery.worksheet.parts import Decision, Question, Side, decided_direction

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Worksheet"]

DEFAULT_METHODS = (Method.ADD, Method.UPDATE)
"""What a direction without methods means, as in most of the platform's flows; a delete has to be asked for."""


class Step(NamedTuple):
    """One decision made here, as undo and redo need it."""

    key: tuple[str, str]
    before: Decision | None
    after: Decision | None


class Worksheet(Tabular):
    """What is known of each collection, which way it shall move, and who decided so; saved as text for git.

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
    """

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __init__(  # noqa: PLR0913  one a property of the document
        self,
        title: str = "",
        *,
        ipaas: Side | None = None,
        third_party: Side | None = None,
        as_of: str = "",
        entries: Iterable[Entry] = (),
        questions: Iterable[Question] = (),
    ) -> None:
        proposed = tuple(
            entry if entry.proposed_features else replace(entry, proposed_features=entry.features) for entry in entries
        )
        sides = {"ipaas": ipaas or Side("iPaaS.com"), "third_party": third_party or Side()}
        self._reset(_checked(Document(), title=title, as_of=as_of, questions=tuple(questions), entries=proposed, **sides))

    def _reset(self, document: Document, *, path: Path | None = None, content: bytes | None = None) -> None:
        self._document = document
        self._path = path
        self._saved = None if content is None else document  # what the file said when we last saw it
        self._seen = _digest(content)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The worksheet saved at `path`.

        Raises:
            WorksheetError: if there is none, or it cannot be read; names the file, the line and the key.
        """
        path = Path(path)
        content = read(path)
        worksheet = cls()
        worksheet._reset(parse(content, name=path.name), path=path, content=content)
        return worksheet

    @property
    def document(self) -> Document:
        """Everything the worksheet says, as a frozen value."""
        return self._document

    @property
    def entries(self) -> tuple[Entry, ...]:
        """One entry a pair of collections, in order."""
        return self._document.entries

    @property
    def path(self) -> Path | None:
        """Where it is saved, None where it never was."""
        return self._path

    def save(self, path: str | Path | None = None) -> None:
        """Write the file in one step; what others saved meanwhile is merged in, what was decided here wins.

        Args:
            path: where; by default where it was loaded from or last saved.

        Raises:
            WorksheetError: if it cannot be written (the earlier file is then untouched, this worksheet keeps
                its contents), or if the file on disk has become unreadable.
        """
        target = Path(path) if path is not None else self._path
        if target is None:
            raise WorksheetError("This worksheet has no file yet", then="say where: worksheet.save('worksheet.yaml')")
        with locked(target.parent):
            on_disk = read(target) if target.exists() else None
            document = self._document
            if on_disk is not None and (target != self._path or _digest(on_disk) != self._seen):
                base = self._saved if target == self._path else None
                document = merge(base, document, parse(on_disk, name=target.name))
            content = dump(document)
            if content != on_disk:
                write_atomically(target, content)
        self._document = self._saved = document
        self._path, self._seen = target, _digest(content)

    def export(self, path: str | Path) -> None:
        """Write the worksheet in the form that the suffix of `path` names: .xlsx, .md, .html, .json or .yaml.

        Raises:
            UnknownNameError: if the suffix names no form.
            WorksheetError: if the file cannot be written; an earlier one is then untouched.
        """
        from ipaas_discovery.worksheet.exports.export import export  # noqa: PLC0415  most runs export nothing

        export(self._document, Path(path))

    def entry(self, collection: str, third_party: str | None = None) -> Entry:
        """The entry of `collection`, by its type or by the guide's plain name; `third_party` where it has several.

        Raises:
            UnknownNameError: if there is none; names the nearest.
            WorksheetError: if there are several and `third_party` does not say which.
        """
        name = collection_name(collection)
        found = [entry for entry in self.entries if entry.collection == name]
        if not found:
            plain = {word.capitalize() for word, kind in ALIASES.items() if any(kind == e.collection for e in self.entries)}
            known = {entry.collection for entry in self.entries}
            raise UnknownNameError("collection", collection, plain if _resembles(collection, plain) else known)
        partners = [entry.third_party for entry in found]
        if third_party is not None:
            if third_party not in partners:
                raise UnknownNameError(f"counterpart of {name}", third_party, partners)
            found = [entry for entry in found if entry.third_party == third_party]
        found = [entry for entry in found if not entry.gone] or found
        if len(found) > 1:
            then = f"say third_party= one of: {', '.join(partners)}"
            raise WorksheetError(f"{name} stands in {len(found)} entries", then=then)
        return found[0]

    def decide(  # noqa: PLR0913  a decision is what, why, who and when
        self,
        collection: str,
        direction: object,
        *,
        methods: Iterable[str | Method] | str | None = None,
        why: str = "",
        by: str = "",
        on: str = "",
        third_party: str | None = None,
    ) -> None:
        """Say which way `collection` moves.

        Args:
            collection: its mapping-collection type, or the guide's plain name.
            direction: a Direction or its word ("to", "from", "Bi-directional"); None or "leave out" leaves it
                out of the integration.
            methods: of add, update, delete; by default those decided before, else add and update.
            why: the reason, for whoever reads the order.
            by: who decided.
            on: the date (ISO).
            third_party: which entry, where the collection stands in several.

        Raises:
            UnknownNameError: if the collection, the direction or a method is not known.
        """
        entry = self.entry(collection, third_party)
        wanted = decided_direction(direction)
        chosen = _methods(methods) if methods is not None else entry.methods or DEFAULT_METHODS
        self._do(entry, Decision(wanted, chosen if wanted else (), why, by, on))

    def undecide(self, collection: str, *, third_party: str | None = None) -> None:
        """Take back the decision on `collection`, whoever made it."""
        self._do(self.entry(collection, third_party), None)

    def _do(self, entry: Entry, decision: Decision | None) -> None:
        if decision == entry.decision:
            return
        self._done.append(Step(entry.key, entry.decision, decision))
        self._undone.clear()
        self._put(replace(entry, decision=decision))

    def _put(self, changed: Entry) -> None:
        entries = tuple(changed if entry.key == changed.key else entry for entry in self.entries)
        self._document = replace(self._document, entries=entries)

    def undo(self) -> str | None:
        """Take back the last decision made in this object; gives its collection, None if there was none."""
        return self._step(self._done, self._undone)

    def redo(self) -> str | None:
        """Make the decision again that was undone last; gives its collection, None if there was none."""
        return self._step(self._undone, self._done)

    def _step(self, steps: list[Step], other: list[Step]) -> str | None:
        """Walk one step; steps that somebody else's change has overtaken are forgotten."""
        while steps:
            step = steps.pop()
            entry = next((entry for entry in self.entries if entry.key == step.key), None)
            if entry is not None and entry.decision == step.after:
                self._put(replace(entry, decision=step.before))
                other.append(Step(step.key, step.after, step.before))
                return entry.collection
        return None

    def answer(self, question: int | str, answer: str, *, by: str = "", collection: str | None = None) -> None:
        """Answer a question of the integration, or of `collection`.

        Args:
            question: its number, from 1, or how its text begins.
            answer: the answer.
            by: who gave it.
            collection: whose question; None for one of the whole integration.

        Raises:
            UnknownNameError: if there is no such question.
        """
        entry = None if collection is None else self.entry(collection)
        asked = entry.questions if entry else self._document.questions
        number = _question(question, asked)
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
        self._put(_checked(entry, **parts))

    def refresh(self, entries: Iterable[Entry], *, as_of: str | None = None) -> None:
        """Take over fresh evidence, claims and proposals; whatever a person decided, mapped or wrote is kept.

        Entries come in the order given; those that vanished but carry a person's work follow, marked gone.

        Args:
            entries: what was found now.
            as_of: the date of the new samples (ISO); by default the date stays.
        """
        date = self._document.as_of if as_of is None else as_of
        self._document = _checked(self._document, entries=refreshed(self.entries, tuple(entries)), as_of=date)

    def frame(self) -> pd.DataFrame:
        """One row an entry: both collections, the outcomes of each direction, the decision with who and why."""
        columns = dict.fromkeys(overview(Entry("CUSTOMER")), "str")
        return frame_of(map(overview, self.entries), columns)

    def decisions(self) -> Decisions:
        """The decisions at a glance, undecided entries among them."""
        return Decisions(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Worksheet) and self._document == other._document

    def __repr__(self) -> str:
        decided = sum(entry.decision is not None for entry in self.entries)
        return f"Worksheet({decided} of {len(self.entries)} decided)"
