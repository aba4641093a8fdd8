"""A document whose rows people write and whose evidence the kit finds, and the files both are saved in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast
from zlib import crc32

from ipaas_discovery.errors import ChangedRowError, WorksheetError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.worksheet.editing.author import author
from ipaas_discovery.worksheet.editing.history import History, Step
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.joining import answered, entry_of, evidence_of, rows_of_document, whole
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.remarks import LeftOut
from ipaas_discovery.worksheet.rows import WHOLE, RowKey, RowPart, Rows, Statement, of_pair
from ipaas_discovery.worksheet.saving.document_file import DocumentFile
from ipaas_discovery.worksheet.saving.evidence_files import EvidenceFiles, Systems
from ipaas_discovery.worksheet.saving.fact_files import FactFiles
from ipaas_discovery.worksheet.saving.order_forms import form_of
from ipaas_discovery.worksheet.saving.pair_evidence import Pair, PairEvidence

if TYPE_CHECKING:
    from ipaas_discovery.changes.changes import Changes
    from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["Draft", "Examine", "SavedDocument"]

Examine = Callable[[Entry], Entry]
"""Gives the evidence on a pair under what people said of it."""
Draft = Callable[[], Entry]
"""Gives the entry of a pair as the evidence writes it, under what people said of it."""
EXAMINED = {RowPart.TO, RowPart.FROM, RowPart.FLOWS, RowPart.OWNERS, RowPart.ACCEPTED}
"""Parts on which the evidence depends."""


def _leaves_out(statement: Statement | None) -> bool:
    """Tell whether a row leaves a collection out of the integration, which others may depend on."""
    return isinstance(statement, LeftOut) or (isinstance(statement, Decision) and statement.direction is None)


class SavedDocument:
    """Words of people, row by row, evidence of the kit, and the files they are kept in; `today` dates what is said.

    Attributes:
        notes: what should be said of the file it was loaded from, a sentence each.
        revision: a number that grows with every change, by whomever.
    """

    def __init__(
        self, document: WorksheetDocument | None = None, *, today: Callable[[], dt.date] = dt.date.today
    ) -> None:
        self._today = today
        self._file: DocumentFile | None = None
        self._by = ""
        self._examine: Examine | None = None
        self._keeps_evidence = True
        self._implied: set[Pair] = set()
        self._gather: Callable[[Iterable[Pair]], Facts] | None = None
        self._facts_at: Path | None = None
        self._compare: Callable[[], Changes] | None = None
        self._compared: tuple[int, Changes] | None = None
        self._history = History()
        self._speaker: History | None = None
        self._spoken: list[Step] | None = None
        self._unexamined: dict[Pair, None] = {}
        self.revision = 0
        self.notes: tuple[str, ...] = ()
        self._take(document or WorksheetDocument())

    def _take(self, document: WorksheetDocument) -> None:
        self._rows: dict[RowKey, Statement] = rows_of_document(document)
        self._evidence = PairEvidence({entry.key: self._examined(entry) for entry in document.entries})
        proposed = tuple(entry.key for entry in document.entries if entry.proposed)
        sides = document.ipaas, document.third_party
        self._systems = Systems(*sides, document.as_of, document.questions, proposed=proposed)
        self._entries: dict[Pair, Entry] = {}
        self._unsaved_evidence = True

    @classmethod
    def load(cls, path: str | Path, *, today: Callable[[], dt.date] = dt.date.today) -> Self:
        """Load the worksheet saved at `path`, and the evidence beside it; `today` gives the date of decisions.

        Raises:
            WorksheetError: if there is none, or it cannot be read; names the file, the line and the key.
        """
        worksheet = cls(today=today)
        worksheet._open(Path(path))
        return worksheet

    def _open(self, path: Path) -> None:
        self._file = DocumentFile(path)
        content = self._file.load()
        if content.earlier:
            self._take(content.earlier)
        self._rows = dict(content.rows)
        self.notes = content.notes
        if not content.earlier:
            self._evidence = PairEvidence()
            self._systems, self._evidence = EvidenceFiles(path).load(self._pairs, self._note)
            self._unsaved_evidence = False

    def _note(self, sentence: str) -> None:
        """Keep a sentence that should be said of the files."""
        self.notes = tuple(dict.fromkeys((*self.notes, sentence)))

    @property
    def _pairs(self) -> list[Pair]:
        """Pairs of collections, those of the evidence first: they are in the order of implementation."""
        paired = [key.pair for key in self._rows if key.part == RowPart.PAIR]
        shown = {*paired, *self._systems.proposed}
        return [
            *(pair for pair in self._evidence if pair in shown),
            *(pair for pair in paired if pair not in self._evidence),
        ]

    @property
    @shows("Entries of the worksheet")
    def entries(self) -> tuple[Entry, ...]:
        """One entry per pair of collections, in order."""
        with gc_paused():
            return tuple(map(self._entry, self._pairs))

    def _entry(self, pair: Pair) -> Entry:
        if pair not in self._entries:
            evidence = self._evidence[pair] if pair in self._evidence else Entry(pair[0], None, pair[1])
            outdated = bool(evidence.evidence) and evidence.under != self._words(pair)
            if outdated:  # what was counted for another condition is no count of this one
                evidence = replace(evidence, outdated=True, counts=())
            self._entries[pair] = entry_of(evidence, dict(of_pair(self._rows, pair)))
        return self._entries[pair]

    def _words(self, pair: Pair) -> str:
        """Give a short mark of all that people said of a pair that its evidence depends on; empty for nothing."""
        rows = [(key, row) for key, row in of_pair(self._rows, pair) if key.part in EXAMINED]
        words = sorted((key.part, key.name, repr(form_of(row))) for key, row in rows)
        return f"{crc32(repr(words).encode('utf-8', 'surrogatepass')):08x}" if words else ""

    def _examined(self, entry: Entry) -> Entry:
        """Keep of an entry the evidence, marked with the words under which it was found."""
        return replace(evidence_of(entry), under=self._words(entry.key))

    @property
    @shows("Pairs whose evidence is older than what was said last", "pair")
    def outdated(self) -> tuple[str, ...]:
        """Pairs of which people said something after their evidence was found: `discover` examines them anew."""
        return tuple(entry.title for entry in self.entries if entry.outdated)

    @property
    @shows("Collections that are left out", "collection")
    def outside(self) -> tuple[str, ...]:
        """Collections of iPaaS.com that people leave out of the integration."""
        left = {row.collection for row in whole(self._rows, RowPart.LEFT_OUT).values() if row.system == "iPaaS.com"}
        out = {pair for pair in self._pairs if _leaves_out(self._rows.get(RowKey(pair, RowPart.DECISION)))}
        moved = {collection for collection, other in self._pairs if (collection, other) not in out}
        return tuple(sorted(left | ({collection for collection, _ in out} - moved)))

    @property
    def stated(self) -> WorksheetDocument:
        """Everything that people said, without any evidence: what was found of a pair is not read for it."""
        return self._document(map(self.stated_of, self._pairs))

    def stated_of(self, pair: Pair) -> Entry:
        """Give what people said of a pair, without any evidence; nothing of a pair that is not in the worksheet."""
        return entry_of(Entry(pair[0], None, pair[1]), dict(of_pair(self._rows, pair)))

    @property
    def document(self) -> WorksheetDocument:
        """Everything the worksheet says, as a frozen value."""
        return self._document(self.entries)

    def _document(self, entries: Iterable[Entry]) -> WorksheetDocument:
        systems = self._systems
        return WorksheetDocument(
            str(self._rows.get(RowKey(("", ""), RowPart.TITLE), "")),
            systems.ipaas,
            systems.third_party,
            systems.as_of,
            answered(systems.questions, whole(self._rows, RowPart.ANSWERS)),
            tuple(entries),
            tuple(whole(self._rows, RowPart.LEFT_OUT).values()),
            tuple(sorted(whole(self._rows, RowPart.LISTS).items())),
            tuple(sorted(whole(self._rows, RowPart.SIGN_OFF).items())),
        )

    @property
    def facts(self) -> Facts:
        """Facts of both systems and of each pair: those of this run, else those in the files beside the worksheet."""
        return self._facts_of(self._pairs)

    def _facts_of(self, pairs: Iterable[Pair]) -> Facts:
        if self._gather is not None:
            return self._gather(pairs)
        if self._file is None:
            return Facts()
        facts, torn = FactFiles(self._file.path).load(pairs)
        for sentence in torn:
            self._note(sentence)
        return facts

    @property
    def path(self) -> Path | None:
        """Path of the file it is saved in, None if it never was."""
        return self._file.path if self._file else None

    def _say(self, key: RowKey, statement: Statement | None) -> None:
        """Change a row, so that it can be undone; None takes it back."""
        before = self._rows.get(key)
        if before == statement:
            return
        step = Step(key, before, statement)
        if self._spoken is None:
            self._remember([step])
        else:
            self._spoken.append(step)
        self._put((key, statement))

    def _remember(self, steps: Iterable[Step], label: str = "") -> None:
        steps = tuple(steps)
        for history in filter(None, (self._history, self._speaker)):
            history.add(steps, label)

    def _put(self, *rows: tuple[RowKey, Statement | None]) -> None:
        """Change rows, and judge anew the pairs of whose mappings or flows they speak."""
        for key, statement in rows:
            moved = _leaves_out(self._rows.get(key)) != _leaves_out(statement)
            if statement is None:
                self._rows.pop(key, None)
            else:
                self._rows[key] = statement
            self._imply_pair(key, statement)
            self.revision += 1
            self._entries.pop(key.pair, None)
            if moved or key.part in EXAMINED:
                self._unexamined |= dict.fromkeys(self._pairs if moved else [key.pair])
        if self._spoken is None:
            self._examine_again()

    def _examine_again(self) -> None:
        for pair in self._unexamined:
            read = pair in self._evidence and pair not in self._evidence.unread  # what is read later is examined then
            if self._examine and read and not self._entry(pair).gone:
                self._evidence[pair] = self._examined(self._examine(self._entry(pair)))
                self._unsaved_evidence = True
                self._entries.pop(pair, None)
        self._unexamined.clear()

    def _imply_pair(self, key: RowKey, statement: Statement | None) -> None:
        """Name a proposed pair as soon as somebody says anything of it, and no longer if that is taken back."""
        named = RowKey(key.pair, RowPart.PAIR)
        if key.pair == WHOLE or key == named:
            self._implied.discard(key.pair)
        elif statement is not None and named not in self._rows:
            self._rows[named] = True
            self._implied.add(key.pair)
        elif key.pair in self._implied and len([*of_pair(self._rows, key.pair)]) == 1:
            del self._rows[named]
            self._implied.discard(key.pair)

    @contextmanager
    def together(self, label: str = "") -> Iterator[None]:
        """Make one change of all that is said within: undone as one, and none of it stays if some of it fails.

        Args:
            label: what is being said; changes in a row under the same label, as while a text is typed, are one.
        """
        if self._spoken is not None:
            yield
            return
        self._spoken = []
        try:
            yield
        except BaseException:
            self._put(*((step.key, step.before) for step in reversed(self._spoken)))
            raise
        else:
            if self._spoken:
                self._remember(self._spoken, label)
        finally:
            self._spoken = None
            self._examine_again()

    @contextmanager
    def speaking(self, history: History) -> Iterator[None]:
        """Let a speaker of its own speak within: what is said is remembered in `history`, and undone from there."""
        self._speaker = history
        try:
            yield
        finally:
            self._speaker = None

    def undo(self) -> str | None:
        """Take back what was said last in this object; gives its collection, None if there was nothing."""
        return self._go((self._speaker or self._history).back(self._rows))

    def redo(self) -> str | None:
        """Say again what was undone last, or gave way to somebody else's; gives its collection, None if nothing."""
        return self._go((self._speaker or self._history).forth(self._rows))

    @property
    def can_undo(self) -> bool:
        """True if something said in this object is left to take back."""
        return (self._speaker or self._history).can_go_back(self._rows)

    @property
    def can_redo(self) -> bool:
        """True if something that was undone is left to say again."""
        return (self._speaker or self._history).can_go_forth(self._rows)

    def _go(self, steps: tuple[Step, ...]) -> str | None:
        """Take steps of a history; gives the collection of the last one."""
        self._put(*((step.key, step.after) for step in steps))
        return (steps[-1].key.pair[0] or "the integration") if steps else None

    def _signed(self, by: str | None) -> str:
        """Give the name of who speaks: said now, said before, or remembered on this machine."""
        self._by = by or self._by or author(self.path.parent if self.path else Path())
        return self._by

    def save(self, path: str | Path | None = None) -> None:
        """Write what people said, row by row, beside what others wrote meanwhile, and the evidence if it is new.

        Args:
            path: the file; by default the one it was loaded from or last saved to.

        Raises:
            ChangedRowError: if others changed the same rows meanwhile: theirs stand, here as well; all else is saved,
                and `redo` says yours again.
            WorksheetError: if it cannot be written (the earlier file is then untouched, this worksheet keeps
                its contents), or if the file on disk has become unreadable.
        """
        file = (
            self._file if path is None or (self._file and self._file.path == Path(path)) else DocumentFile(Path(path))
        )
        if file is None:
            raise WorksheetError("This worksheet has no file yet", then="say where: worksheet.save('worksheet.yaml')")
        mine = dict(self._rows)
        if file is not self._file:
            self._unsaved_evidence = True
            self._evidence.unsaved.update(self._evidence)
        try:
            self._saved(file.save(mine))
        except ChangedRowError as error:
            self._saved(file.rows)
            for key in error.keys:
                for history in filter(None, (self._history, self._speaker)):
                    history.overruled(key, self._rows.get(key), mine.get(key))
            raise
        finally:
            self._file = file if file.seen else self._file
        self.save_evidence()

    def _saved(self, rows: Rows) -> None:
        """Take over what others wrote."""
        differing = (key for key in dict.fromkeys((*self._rows, *rows)) if self._rows.get(key) != rows.get(key))
        self._put(*((key, rows.get(key)) for key in list(differing)))
        self._rows = {key: self._rows[key] for key in rows}

    def catch_up(self) -> bool:
        """Take over what others wrote to the file meanwhile; gives whether that was anything.

        What was said here and is not saved stays; where others wrote to the same rows, the next save tells.

        Raises:
            WorksheetError: if the file on disk has become unreadable; said once until it changes again.
        """
        before = self.revision
        if self._file and (rows := self._file.catch_up(self._rows)) is not None:
            self._saved(rows)
        return self.revision != before

    def save_evidence(self) -> None:
        """Write the evidence beside the worksheet's file; nothing of a raw pull is written.

        Raises:
            WorksheetError: if it cannot be written.
        """
        if self._file and self._keeps_evidence and self._unsaved_evidence:
            pairs = [pair for pair in self._pairs if pair in self._evidence]
            EvidenceFiles(self._file.path).save(self._systems, pairs, self._evidence)
            self._unsaved_evidence = False
        if self._file and self._keeps_evidence and self._gather and self._facts_at != self._file.path:
            FactFiles(self._file.path).save(self._gather(self._pairs))
            self._facts_at = self._file.path

    def refresh(  # noqa: PLR0913  all but one are optional keywords
        self,
        entries: Iterable[Entry] | Mapping[Pair, Draft],
        *,
        as_of: str | None = None,
        systems: Systems | None = None,
        examine: Examine | None = None,
        facts: Callable[[Iterable[Pair]], Facts] | None = None,
        changes: Callable[[], Changes] | None = None,
        raw: bool = False,
    ) -> None:
        """Take over fresh evidence; whatever people said is kept, and pairs that nobody has named yet are added.

        Pairs that `systems` calls proposed stand in the evidence alone, until somebody says anything of them.

        Args:
            entries: the entries as the evidence would write them now, in the order of implementation; or what drafts
                each when it is asked for, by its pair.
            as_of: the date of the new samples (ISO); by default the date stays.
            systems: what is known of both systems now; by default that stays, but for the date.
            examine: judges a pair anew after what people say of its mappings and flows changes.
            facts: gathers what the worksheet writes out of some pairs beside their flows, when that is asked for; by
                default what the files beside it hold.
            changes: compares with an earlier pull, when an export asks for it; by default nobody compares.
            raw: keep this evidence out of the files: it is of a pull without redaction.
        """
        self._examine, self._keeps_evidence = examine, not raw
        self._gather, self._facts_at = facts, None
        self._compare, self._compared = changes, None
        drafts = entries if isinstance(entries, Mapping) else {}
        fresh = {} if drafts else {entry.key: self._examined(entry) for entry in cast("Iterable[Entry]", entries)}
        listed = [*drafts, *fresh]
        self._systems = systems or self._systems
        for pair in listed:
            if pair not in self._systems.proposed:
                self._rows.setdefault(RowKey(pair, RowPart.PAIR), True)
        gone = {
            pair: replace(Entry(pair[0], None, pair[1]), gone=True, questions=self._entry(pair).questions)
            for pair in self._pairs
            if pair not in listed and all(pair) and pair not in self._systems.proposed
        }
        self._evidence = PairEvidence(
            {**fresh, **gone}, unread=drafts, read=lambda pair: self._examined(drafts[pair]()), saved=False
        )
        self._entries.clear()
        self.revision += 1
        self._unsaved_evidence = True
        if as_of is not None:
            self._systems = replace(self._systems, as_of=as_of)

    def changes(self) -> Changes | None:
        """Compare the evidence with that of an earlier pull; None where no system is at hand to compare with."""
        if self._compare is None:
            return None
        if self._compared is None or self._compared[0] != self.revision:
            self._compared = self.revision, self._compare()
        return self._compared[1]

    def synopsis(self, changes: Changes | None = None) -> Synopsis:
        """Put together everything this worksheet says, as every export shows it.

        Args:
            changes: what changed since an earlier pull; None where nobody compared.
        """
        from ipaas_discovery.worksheet.synopsis.synopsis import synopsis  # noqa: PLC0415  most runs export nothing

        return synopsis(self.document, self.facts, unpaired=self._systems.unpaired, changes=changes)

    def _synopsis_of(self, pair: Pair) -> Synopsis:
        """Put together what this worksheet says of one pair; the others are in it as far as people spoke of them."""
        from ipaas_discovery.worksheet.synopsis.synopsis import synopsis  # noqa: PLC0415  most runs export nothing

        entries = (self._entry(other) if other == pair else self.stated_of(other) for other in self._pairs)
        return synopsis(self._document(entries), self._facts_of((pair,)), unpaired=self._systems.unpaired)

    def export(self, path: str | Path) -> None:
        """Write the worksheet in the form that the suffix of `path` names, one of `exports.forms.FORMS`.

        Raises:
            UnknownNameError: if the suffix names no form.
            WorksheetError: if the file cannot be written; an earlier one is then untouched.
        """
        from ipaas_discovery.worksheet.exports.export import export  # noqa: PLC0415  most runs export nothing

        export(self.synopsis(self.changes()), Path(path))
