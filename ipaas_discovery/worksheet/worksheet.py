"""Worksheet: the document of all decisions, the order that has to be delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_args

from pydantic import ValidationError

from ipaas_discovery.errors import ReasonMissingError, UnknownNameError, WorksheetError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table, Tabular, Wording, shows
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.decisions import HEADINGS, OVERVIEW, WORDING, Decisions, overview
from ipaas_discovery.worksheet.editing.find import find_methods, find_question
from ipaas_discovery.worksheet.editing.mapped import MappedDocument
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.joining import accepted_key, side_of
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, OrderedFlow
from ipaas_discovery.worksheet.overviews import FLOWS, SCOPE, flow_rows, scope_rows
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, Question, clean_text, decided_direction
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, PlanWord, Remark, SignOff
from ipaas_discovery.worksheet.rows import WHOLE, RowKey, RowPart, of_pair
from ipaas_discovery.worksheet.saving.form_problems import problem

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.worksheet.exports.content import ExportTable
    from ipaas_discovery.worksheet.reading_back.read_back import ReadBack
    from ipaas_discovery.worksheet.reading_back.taking import Word
    from ipaas_discovery.worksheet.skeleton.skeleton import Skeleton

__all__ = ["Worksheet"]

DEFAULT_METHODS = (Method.ADD, Method.UPDATE)
"""Methods of a direction without any named, as in most of the platform's flows; a delete has to be asked for."""


SHOWN = 80
"""Characters of an earlier reason that a message shows."""
FLOW_PROPERTIES = ("collision", "condition", "error_filter", "every", "trigger", "why")


class Worksheet(MappedDocument, Tabular):
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
        sides = (ipaas or CollectionSide("iPaaS.com"), third_party or CollectionSide())
        try:
            document = WorksheetDocument(title, *sides, as_of, tuple(questions), tuple(entries))
        except ValidationError as error:
            raise problem(error, name="worksheet", whole=WorksheetDocument) from error
        super().__init__(document, today=today)

    def decide(  # noqa: PLR0913  a decision is what, why, who and when
        self,
        collection: str,
        direction: object,
        *,
        methods: Iterable[str | Method] | str | None = None,
        why: str | None = None,
        by: str | None = None,
        on: str | None = None,
        third_party: str | None = None,
    ) -> None:
        """Decide which way `collection` moves; a decision that is made again keeps its date.

        Args:
            collection: its mapping-collection type, or the guide's plain name.
            direction: a Direction or its word ("to", "from", "Bi-directional"); None or "leave out" leaves it
                out of the integration.
            methods: of add, update, delete; by default those decided before, else add and update.
            why: the reason, for whoever reads the order; by default the one given before, as long as the direction
                stays the same.
            by: who decided; by default who decided last in this object, or git's user.
            on: the date (ISO); by default today's.
            third_party: which entry, where the collection stands in several.

        Raises:
            UnknownNameError: if the collection, the direction or a method is not known.
            ReasonMissingError: if the direction changes and the reason was given for another one, or if the decision
                overrules what the evidence says is blocked.
        """
        entry = self.entry(collection, third_party)
        wanted = decided_direction(direction)
        chosen = find_methods(methods) if methods is not None else entry.methods or DEFAULT_METHODS
        before = entry.decision
        turned = before is not None and before.direction is not wanted
        reason = why if why is not None else before.why if before and not turned else ""
        decision = Decision(
            wanted, chosen if wanted else (), reason, by or "", self._today().isoformat() if on is None else on
        )
        if not decision.why.strip():
            _ask_for_reason(replace(entry, decision=decision), before if turned and why is None else None)
        same = before is not None and replace(decision, date=before.date, by=by or before.by) == before
        if not same or on is not None:
            self._say(RowKey(entry.key, RowPart.DECISION), replace(decision, by=self._signed(by)))

    def undecide(self, collection: str, *, third_party: str | None = None) -> None:
        """Take a decision back; the collection is then undecided."""
        self._say(RowKey(self.entry(collection, third_party).key, RowPart.DECISION), None)

    def flow(
        self,
        collection: str,
        name: str,
        direction: str | Direction | None = None,
        *,
        methods: Iterable[str | Method] | str | None = None,
        by: str | None = None,
        third_party: str | None = None,
        **properties: str,
    ) -> None:
        """Order a flow of its own, under a name, or change some of its properties.

        Args:
            collection: the collection.
            name: what the flow is called.
            direction: To or From; may be left out for a flow that is there.
            methods: of add, update, delete; by default those of the decision.
            by: who says so.
            third_party: which entry, where the collection stands in several.
            properties: condition, error_filter, trigger ("webhook", "poll", "schedule"), every, collision, why.

        Raises:
            UnknownNameError: if a name is not known.
            ConfigurationError: if the condition is none.
            WorksheetError: if a property cannot be what is given.
        """
        entry = self.entry(collection, third_party)
        flow = next((flow for flow in entry.named_flows if flow.name == name), None)
        if flow is None and direction is None:
            known = [flow.name for flow in entry.named_flows]
            raise UnknownNameError("flow", name, known, where=f"{entry.title}; say a direction to order a new one")
        values: dict[str, Any] = {**properties, "by": self._signed(by), "date": self._today().isoformat()}
        if direction is not None:
            values["direction"] = direction
        if methods is not None:
            values["methods"] = find_methods(methods)
        for key in properties:
            if key not in FLOW_PROPERTIES:
                raise UnknownNameError("keyword", key, FLOW_PROPERTIES)
        new = changed(flow, **values) if flow else made(OrderedFlow, name=name, **values)
        sources = entry.to_sources if new.direction is Direction.TO else entry.from_sources
        Condition.parse(new.condition).check(sources or Condition.parse(new.condition).paths)
        self._say(RowKey(entry.key, RowPart.FLOWS, name), new)

    def unflow(self, collection: str, name: str, *, third_party: str | None = None) -> None:
        """Take a named flow back.

        Raises:
            UnknownNameError: if there is none of that name.
        """
        entry = self.entry(collection, third_party)
        known = [flow.name for flow in entry.named_flows]
        if name not in known:
            raise UnknownNameError("flow", name, known, where=entry.title)
        self._say(RowKey(entry.key, RowPart.FLOWS, name), None)

    def own(self, collection: str, field: str, owner: str, **word: str) -> None:
        """Say whose value of a field counts where both sides write it: "iPaaS.com", "third party" or "newest".

        An empty owner takes it back.

        Raises:
            UnknownNameError: if the collection or the field is not known.
            WorksheetError: if `owner` is none of the three.
        """
        entry, _ = self._place(collection, Direction.TO, word)
        self._known(entry, Direction.TO, field)
        row = made(FieldOwner, field=field, owner=owner, **self._word(word)) if owner else None
        self._say(RowKey(entry.key, RowPart.OWNERS, field), row)

    def accept_finding(
        self,
        collection: str,
        direction: str | Direction,
        rule: str,
        field: str = "",
        *,
        method: str | None = None,
        until: str = "",
        **word: str,
    ) -> None:
        """Accept a finding, until a day (ISO) or for good; it is shown as accepted, never hidden.

        `direction` may be Bi-directional, for a finding on both ways together; `flow` accepts it in one flow alone.

        Raises:
            UnknownNameError: if there is no such finding; names the nearest.
        """
        way = direction if isinstance(direction, Direction) else Direction.parse(direction)
        entry, _ = self._place(collection, way.flows[0], word)
        flow = entry.flow(word["flow"]).name if word.get("flow") else ""
        rows = [row for row in entry.evidence if row.direction is way and row.flow in {flow, row.flow * (not flow)}]
        findings = [finding for row in rows for finding in row.findings]
        known = {finding.rule for finding in findings}
        if rule not in known:
            raise UnknownNameError("finding", rule, known, where=entry.title)
        fields = {finding.field for finding in findings if finding.rule == rule}
        if field not in fields:
            raise UnknownNameError("field", field, fields, where=f"{entry.title}, {rule}")
        chosen = find_methods(method)[0] if method else None
        where = {"direction": way, "method": chosen, "flow": flow}
        row = made(AcceptedFinding, rule=rule, field=field, until=until, **where, **self._word(word))
        self._say(RowKey(entry.key, RowPart.ACCEPTED, accepted_key(row)), row)

    def accept_change(
        self,
        collection: str,
        direction: str | Direction,
        change: str,
        field: str = "",
        *,
        until: str = "",
        **word: str,
    ) -> None:
        """Accept a kind of change ("enum value removed") between two pulls, of a field or of every one.

        It is shown as accepted, never hidden, and counts no longer: until a day (ISO), or for good.

        Raises:
            UnknownNameError: if the collection or the direction is not known.
        """
        entry, way = self._place(collection, direction, word)
        row = made(AcceptedFinding, direction=way, rule=change, field=field, until=until, **self._word(word))
        self._say(RowKey(entry.key, RowPart.ACCEPTED, accepted_key(row)), row)

    def unaccept(
        self,
        collection: str,
        direction: str | Direction,
        rule: str,
        field: str = "",
        *,
        method: str | None = None,
        **word: str,
    ) -> None:
        """Take back that a finding, or a change, is accepted.

        Raises:
            UnknownNameError: if it is not accepted; names what is.
        """
        way = direction if isinstance(direction, Direction) else Direction.parse(direction)
        entry = self.entry(collection, word.get("third_party"))
        chosen = find_methods(method)[0] if method else None
        key = accepted_key(AcceptedFinding(way, rule, field, chosen, word.get("flow", "")))
        known = [accepted_key(row) for row in entry.accepted]
        if key not in known:
            raise UnknownNameError("accepted finding", key, known, where=entry.title)
        self._say(RowKey(entry.key, RowPart.ACCEPTED, key), None)

    def ordered(self) -> Table:
        """List every flow that is ordered: the named ones, and one for each other direction decided.

        Columns, all text: collection, third_party, flow, direction, methods, condition, meets (of the sample, where it
        was counted), trigger, collision.
        """
        return Table(frame_of((row for entry in self.entries for row in flow_rows(entry)), FLOWS))

    def scope(self) -> Table:
        """List every collection of both systems that is known: in by a pair, left out with the reason, or still open.

        Columns, all text: system, collection, scope ("in", "out" or "open"), reason, route.
        """
        return Table(frame_of(scope_rows(self.document, self._systems.unpaired), SCOPE))

    def remark(self, collection: str, text: str, about: str = "", **word: str) -> None:
        """Leave a comment or a hand-over note on a field, a flow, or the pair as a whole; an empty one goes."""
        entry, _ = self._place(collection, Direction.TO, word)
        word = {name: value for name, value in self._word(word).items() if name != "why"}
        row = Remark(about, text, **word) if text else None
        self._say(RowKey(entry.key, RowPart.REMARKS, about), row)

    def plan(self, collection: str, *, third_party: str | None = None, **words: str) -> None:
        """Say what a pair costs, and who builds it: `effort="2 days", owner="B. Builder"`; an empty one takes it back.

        Raises:
            UnknownNameError: if the collection or a keyword is not known.
        """
        entry = self.entry(collection, third_party)
        for name, text in words.items():
            if name not in get_args(PlanWord):
                raise UnknownNameError("keyword", name, get_args(PlanWord))
            self._say(RowKey(entry.key, RowPart.PLAN, name), clean_text(text) or None)

    def sign(self, step: str, by: str | None = None, *, on: str | None = None) -> None:
        """Sign the order off: "prepared", "reviewed" or "approved"; an empty `by` takes the signature back.

        Raises:
            UnknownNameError: if there is no such step.
        """
        if step not in get_args(SignOff):
            raise UnknownNameError("step", step, get_args(SignOff))
        name = self._signed(by) if by is None or by else ""
        date = self._today().isoformat() if on is None else on
        signature = ", ".join(filter(None, (clean_text(name), date)))
        self._say(RowKey(WHOLE, RowPart.SIGN_OFF, step), signature if name else None)

    def pair(self, ipaas: str, third_party: str) -> None:
        """Add a pair of collections, or name the counterpart of one that has none yet, with all that was said of it.

        Raises:
            UnknownNameError: if iPaaS.com has no such collection type.
        """
        name = collection_name(ipaas)
        if name not in ipaas_collections():
            raise UnknownNameError("iPaaS.com collection", ipaas, ipaas_collections())
        blank = dict(of_pair(self._rows, (name, "")))
        self._say(RowKey((name, third_party), RowPart.PAIR), True)
        for key, row in blank.items() if third_party else ():
            self._say(RowKey((name, third_party), key.part, key.name), row)
            self._say(key, None)

    def unpair(self, collection: str, third_party: str | None = None) -> None:
        """Take a pair out of the worksheet, with all that was said of it.

        Raises:
            WorksheetError: if the pair is only proposed, as nothing of it stands in the worksheet.
        """
        entry = self.entry(collection, third_party)
        if entry.proposed:
            then = "decide 'leave out', or leave one of the two collections out"
            raise WorksheetError("This pair is only proposed", where=entry.title, then=then)
        for key, _ in list(of_pair(self._rows, entry.key)):
            self._say(key, None)

    def leave_out(self, system: str, collection: str, why: str, *, route: str = "", by: str | None = None) -> None:
        """Leave a collection out of the integration, with the reason and the route its data takes instead, if any.

        Raises:
            WorksheetError: if `system` is neither "iPaaS.com" nor "third party".
        """
        word = {"by": self._signed(by), "date": self._today().isoformat()}
        row = made(LeftOut, system=system, collection=collection, why=why, route=route, **word)
        self._say(RowKey(WHOLE, RowPart.LEFT_OUT, f"{row.system} {row.collection}"), row)

    def take_in(self, system: str, collection: str) -> None:
        """Take back that a collection is left out.

        Raises:
            UnknownNameError: if it is not left out.
        """
        known = {f"{row.system} {row.collection}" for row in self.stated.left_out}
        if (name := f"{system} {collection}") not in known:
            raise UnknownNameError("collection that is left out", name, known)
        self._say(RowKey(WHOLE, RowPart.LEFT_OUT, name), None)

    def fold(self, name: str) -> None:
        """Keep a list of names and values one list, from the next opening on: `fold("products.custom_fields")`."""
        self._say(RowKey(WHOLE, RowPart.LISTS, name), "fold")

    def unfold(self, name: str) -> None:
        """Take the names in a list of names and values for fields, from the next opening on."""
        self._say(RowKey(WHOLE, RowPart.LISTS, name), "unfold")

    def answer(
        self,
        question: int | str,
        answer: str,
        *,
        by: str | None = None,
        collection: str | None = None,
        third_party: str | None = None,
    ) -> None:
        """Answer a question of the integration, or of `collection`; an empty answer takes one back.

        Args:
            question: its number, from 1, or how its text begins.
            answer: the answer.
            by: who gave it.
            collection: the collection it is asked of; None for a question of the whole integration.
            third_party: which entry, where the collection stands in several.

        Raises:
            UnknownNameError: if there is no such question.
        """
        entry = None if collection is None else self.entry(collection, third_party)
        asked = entry.questions if entry else self.stated.questions
        text = asked[find_question(question, asked)].text
        row = Question(text, answer, self._signed(by), self._today().isoformat()) if answer else None
        self._say(RowKey(entry.key if entry else WHOLE, RowPart.ANSWERS, text), row)

    def edit(
        self,
        collection: str,
        direction: str | Direction,
        *,
        third_party: str | None = None,
        **properties: Any,  # noqa: ANN401  checked by the record
    ) -> None:
        """Give properties of a Supported Features record, such as `support="Full"`; None takes one back.

        Raises:
            WorksheetError: if a property is not of the right kind; nothing is changed then.
        """
        entry, way = self._place(collection, direction, {"third_party": third_party} if third_party else {})
        own = next((row for row in entry.own_features if row.direction is way), Features(way))
        record = changed(own, **properties)
        self._say(RowKey(entry.key, RowPart.FEATURES, side_of(way)), record if record.known else None)

    def _word(self, word: Mapping[str, str]) -> dict[str, str]:
        """Sign a word: why, by whom and when."""
        return {"why": word.get("why", ""), "by": self._signed(word.get("by")), "date": self._today().isoformat()}

    def read_back(self, path: str | Path) -> ReadBack:
        """Read a workbook that people edited, or a mapping plan as CSV; every change is told, and none taken.

        Raises:
            UnknownNameError: if its suffix is neither .xlsx nor .csv.
            WorksheetError: if it cannot be read.
        """
        from ipaas_discovery.worksheet.reading_back.read_back import read_back, take_edits  # noqa: PLC0415  seldom needed

        standing = self.synopsis()
        changes = read_back(standing, path)
        trial = self._copy()
        return changes.without(take_edits(changes.rows, standing, trial.say_word))

    @shows("What was not taken", "sentence")
    def take(self, changes: ReadBack, *, conflicts: bool = False, by: str | None = None) -> tuple[str, ...]:
        """Take the changes that `read_back` told, each of which an undo gives back.

        Args:
            changes: what was read.
            conflicts: take also those that somebody changed meanwhile.
            by: who says so; by default who decided last in this object, or git's user.

        Returns:
            A sentence for each that cannot be taken.
        """
        from ipaas_discovery.worksheet.reading_back.read_back import take_edits  # noqa: PLC0415  seldom needed

        self._signed(by)
        rows = changes.rows if conflicts else changes.edits
        return tuple(sentence for _, sentence in take_edits(rows, self.synopsis(), self.say_word))

    def say_word(self, word: Word) -> None:
        """Say a word that was read from a file, by the method it names."""
        getattr(self, word.method)(*word.arguments, **word.keywords)

    def _copy(self) -> Worksheet:
        """Return a worksheet that says the same and has no file, to try things in."""
        twin = Worksheet(today=self._today)
        twin._take(self.document)
        twin._by = self._by or "nobody yet"
        return twin

    def frame(self) -> pd.DataFrame:
        """Return one row per entry: both collections, each direction's outcomes, the decision with who, when and why.

        Dtypes: text, lists of text for methods and against_evidence. `to` and `from` hold the outcomes.
        """
        return frame_of(map(overview, self.entries), OVERVIEW)

    def to_dict(self) -> dict[str, Any]:
        """Return everything the worksheet holds as plain data, as its JSON export holds it."""
        from ipaas_discovery.worksheet.exports.json_export import plain_document  # noqa: PLC0415  it renders this document

        return plain_document(self.document)

    def table(self, name: str, collection: str | None = None) -> ExportTable:
        """Return one of the tables that every export holds, whole or of one collection.

        Args:
            name: Order, Flows, Schemas, Supported Features, Fields To, Fields From, Gaps, Questions, Plan, Evidence
                and the others that `exports.content.content` lists.
            collection: the collection whose rows are kept. Defaults to all.

        Raises:
            UnknownNameError: if there is no such table or collection.
        """
        from ipaas_discovery.worksheet.exports.content import ALONE, content  # noqa: PLC0415  it renders this document

        compared = self.changes() if name.lower() == "changes" else None
        if collection is None:
            return content(self.synopsis(compared)).table(name)
        pair = self.entry(collection).key
        alone = name.lower() in ALONE
        return content(self._synopsis_of(pair) if alone else self.synopsis(compared)).table(name).of(pair)

    def skeleton(self) -> Skeleton:
        """Write the C# files that an integrator would otherwise type: models, metadata, scopes, formulas."""
        from ipaas_discovery.worksheet.skeleton.skeleton import skeleton  # noqa: PLC0415  it renders this document

        return skeleton(self.document, self.facts)

    def decisions(self) -> Decisions:
        """Show the decisions at a glance, undecided entries among them."""
        return Decisions(self.entries, tuple(self._remarked()))

    def _noted(self) -> Iterable[str]:
        return (f"Note: {note}." for note in self._remarked())

    def _remarked(self) -> Iterator[str]:
        """Yield what should be said of the files, and of evidence that is older than what people said."""
        outdated = self.outdated  # reads all evidence, of which there may be something to note
        yield from self.notes
        if pairs := ", ".join(outdated):
            then = "`ipaas-discovery discover` examines it anew"
            yield f"The evidence is older than what was said last of {pairs}: {then}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Worksheet) and self.document == other.document

    def __repr__(self) -> str:
        decided = sum(entry.decision is not None for entry in self.entries)
        return f"Worksheet({decided} of {len(self.entries)} decided)"


M = TypeVar("M")


def made(kind: type[M], **values: Any) -> M:  # noqa: ANN401  checked by the part
    """Make a part of `values`.

    Raises:
        WorksheetError: if a value is not of the right kind.
    """
    try:
        return kind(**values)
    except ValidationError as error:
        raise problem(error, name="worksheet", whole=kind) from error


def changed(part: M, **values: Any) -> M:  # noqa: ANN401  checked by the part
    """Replace `values` in `part`.

    Raises:
        WorksheetError: if a value is not of the right kind.
    """
    return made(type(part), **{**{field.name: getattr(part, field.name) for field in fields(part)}, **values})  # type: ignore[arg-type]  # a dataclass


def _ask_for_reason(entry: Entry, before: Decision | None) -> None:
    """Make sure that no decision goes without a reason where it needs one.

    Raises:
        ReasonMissingError: if it does.
    """
    if before and before.why:
        raise ReasonMissingError(
            f"The reason was given for {before.title}",
            where=f"{entry.title}: {shorten(before.why, SHOWN)}",
            then="say why anew",
        )
    if entry.against_evidence:
        where = f"{entry.title}: {entry.against_evidence[0]}"
        raise ReasonMissingError("The evidence says otherwise", where=where, then="say why")
