"""Board on which the analyst decides what fills each field; coverage and pass rates follow every choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

import traitlets

from ipaas_discovery.errors import DiscoveryError, UnknownNameError, WorksheetError
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.formulas.formula_text import operation_words
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.widgets.field_detail import draft_mapping, field_detail, preview_rows, suggested_formula
from ipaas_discovery.widgets.match_rows import MatchRows, mapping_words
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["MatchBoard"]

STATIC = dict.fromkeys(
    ("destination", "filled by", "status", "required", "same records", "against", "why", "by"), "str"
)
"""Columns of the static table."""
MISSING = "required, and nothing fills it"
"""Section of the static table that stands first: what a flow cannot do without."""


class Place(NamedTuple):
    """The part of an integration that the board shows: a pair, a direction, and a named flow or all of them."""

    collection: str
    direction: Direction
    flow: str = ""


class CollectionNames(Protocol):
    """Two collections that belong together."""

    @property
    def ipaas(self) -> str:
        """iPaaS.com's."""

    @property
    def third_party(self) -> str:
        """The other side's."""


class ComparedPairs(Protocol):
    """Answers of a Discovery that the board asks for."""

    @property
    def pairs(self) -> Sequence[CollectionNames]:
        """Pairs of collections."""

    @property
    def worksheet(self) -> Worksheet:
        """The document of all decisions, examined anew after each."""

    def pair(self, collection: str) -> CollectionNames:
        """Return the pair of a collection."""

    def compare(self, collection: str) -> Comparison:
        """Compare both sides of a pair."""

    def verdicts(self, collection: str) -> Iterable[Verdict]:
        """Judge the flows of a pair."""


class MatchBoard(Board):
    """The fields of a pair of collections: what is proposed for each, why, and what the analyst says.

    The pair, the direction and, where people named some, the flow are chosen on the board. A field is accepted,
    rejected, given another source, a fixed value, a formula, a look-up or a value map; every choice is written to the
    worksheet at once, and what it does to the required fields and to the records that pass is shown beside. The same
    records of both systems show what goes in, what would be written and what is there.

    Args:
        discovery: the integration.
        collection: the pair that is shown first, by iPaaS.com's type or plain name; by default the first one.
        direction: To or From.
        flow: a flow that somebody named, which is then mapped alone.
        by: the name of the person who decides, as the decisions will say.

    Raises:
        UnknownNameError: for a collection that is in no pair, or a keyword the board does not have.
    """

    file: ClassVar[str] = "match_board"

    pairs = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Pairs of collections that can be chosen: key, title, and the number of fields to decide in what is ordered.

    The number is None until somebody looks at the pair or the front end, once it is drawn, asks for one more: a
    pair is compared for it, and the first paint waits for none but its own.
    """

    collections = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Collections of iPaaS.com whose records a look-up may name."""

    operations = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Operations of formulas, each with what it is set by."""

    view = traitlets.Dict().tag(sync=True)
    """The chosen pair and direction: their names, the source's fields, those that fill nothing, the coverage."""

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per destination field what `MatchRows.rows` gives."""

    detail = traitlets.Dict().tag(sync=True)
    """Everything about the field that is open."""

    trial = traitlets.Dict().tag(sync=True)
    """Outcome of the mapping that is tried, or the formula that was looked for."""

    def __init__(
        self,
        discovery: ComparedPairs,
        collection: str | None = None,
        direction: str = "to",
        *,
        flow: str = "",
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            known = ["by", "collection", "direction", "discovery", "flow"]
            raise UnknownNameError("keyword", name, known, where="MatchBoard")
        self._discovery = discovery
        self._worksheet = discovery.worksheet
        self._place = self._placed(collection, direction, flow) if discovery.pairs else None
        self._open = ""
        self._known: dict[Place, tuple[int, MatchRows]] = {}
        self._counted: set[str] = set()
        super().__init__(discovery.worksheet, by=by)

    def __repr__(self) -> str:
        if self._place is None:
            return "MatchBoard(no pairs)"
        counts = self._rows().coverage()
        return f"MatchBoard({self._title}: {counts['decided']} of {counts['of']} fields decided)"

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change."""
        kinds: dict[str, Callable[[Request], str]] = {
            "accept": self._accept,
            "reject": self._reject,
            "fill": self._fill,
            "clear": self._clear,
        }
        return {name: self._checked(change) for name, change in kinds.items()} | {"accept clear": self._accept_clear}

    def looks(self) -> Mapping[str, Handler]:
        """List what the board can be asked to show."""
        return {
            "show": self._show_pair,
            "next": self._show_next,
            "go": self._go_to,
            "open": self._open_field,
            "try": self._try,
            "suggest": self._suggest,
            "count": self._count_one_more,
        }

    def show(self) -> None:
        """Set all traits to what the worksheet and the evidence say now."""
        self._counted.add(self._shown_place.collection)
        self.pairs = [
            {"key": pair.ipaas, "title": f"{pair.ipaas} ↔ {pair.third_party}", "open": self._open_fields(pair)}
            for pair in self._discovery.pairs
        ]
        self.collections, self.operations = list(ipaas_collections()), list(operation_words())
        if self._place is None:
            return
        if self._place.flow not in {flow.name for flow in self._named(self._place)}:
            self._place = self._place._replace(flow="")  # it is gone
        rows = self._rows()
        listed = rows.rows()
        if self._open not in rows.mappings:
            self._open = listed[0]["key"] if listed else ""
        self.view = {
            "pair": self._place.collection,
            "direction": str(self._place.direction),
            "flow": self._place.flow,
            "flows": [
                {"name": flow.name, "condition": flow.condition, "methods": [str(method) for method in flow.methods]}
                for flow in self._named(self._place)
            ],
            "title": self._title,
            "open": self._open,
            "source": rows.source.collection,
            "destination": (rows.comparison.ipaas if rows.to else rows.comparison.third_party).collection,
            "sources": list(rows.sources),
            "unused": rows.unused(),
            "records": len(rows.pairs or ()),
            "coverage": rows.coverage(),
        }
        self.rows = listed
        self.detail = field_detail(rows, self._open) if self._open else {}

    def static(self) -> str:
        """Render the rows as an HTML table: destination, what fills it, who said so, what speaks against it."""
        listed = [
            {
                "destination": row["key"],
                "filled by": row["how"],
                "status": _standing(row),
                "required": "required" if row["required"] else "",
                "same records": row["same"],
                "against": row["conflict"],
                "why": row["why"],
                "by": row["by"],
            }
            for row in self.rows
        ]
        if self._place is None:
            return "<p>No collections are paired.</p>"
        counts = self.view["coverage"]
        summary = f"{self._title}: {counts['filled']} of {counts['required']} required fields filled."
        listed.sort(key=lambda row: row["status"] != MISSING)
        table = Table(frame_of(listed, STATIC), section="status")
        return f"<p>{summary}</p>{table.to_html()}"

    @property
    def _title(self) -> str:
        collection, direction, flow = self._shown_place
        pair = self._discovery.pair(collection)
        return f"{pair.ipaas} ↔ {pair.third_party}, {direction}" + (f", flow {flow}" if flow else "")

    @property
    def _shown_place(self) -> Place:
        return self._place or Place("", Direction.TO)

    def _placed(self, collection: str | None, direction: object, flow: str = "") -> Place:
        pair = self._discovery.pair(collection) if collection else self._discovery.pairs[0]
        way = Direction.parse(str(direction))
        if way is Direction.BIDIRECTIONAL:
            raise WorksheetError("A field is filled in one direction", then="say 'to' or 'from'")
        place = Place(pair.ipaas, way, flow)
        known = [row.name for row in self._named(place)]
        if flow and flow not in known:
            raise UnknownNameError("flow", flow, known, where=f"{pair.ipaas}, {way}")
        return place

    def _entry(self, collection: str) -> Entry:
        pair = self._discovery.pair(collection)
        return self._worksheet.entry(pair.ipaas, pair.third_party)

    def _named(self, place: Place) -> list[OrderedFlow]:
        """List the flows that people named in the direction of a place."""
        return [flow for flow in self._entry(place.collection).named_flows if flow.direction is place.direction]

    def _ordered(self, pair: CollectionNames) -> Iterator[Place]:
        """Yield the places of a pair whose fields somebody has to decide: what is ordered, all while nothing is."""
        decision = self._entry(pair.ipaas).decision
        for way in decision.flows if decision else Direction.BIDIRECTIONAL.flows:
            place = Place(pair.ipaas, way)
            named = [place._replace(flow=flow.name) for flow in self._named(place)]
            yield from named or [place]

    def _open_fields(self, pair: CollectionNames) -> int | None:
        """Count the fields of a pair that somebody has to decide; None while nobody asked."""
        if pair.ipaas not in self._counted:
            return None
        return sum(len(self._rows(place).undecided) for place in self._ordered(pair))

    def _count_one_more(self, _request: Request) -> str:
        """Count the open fields of the next pair that was not counted yet."""
        self._counted.update([pair.ipaas for pair in self._discovery.pairs if pair.ipaas not in self._counted][:1])
        return ""

    def _rows(self, place: Place | None = None) -> MatchRows:
        """Return the rows of a place, by default what is shown; made anew only after a change."""
        place = place or self._shown_place
        revision, rows = self._known.get(place, (-1, None))
        if rows is None or revision != self._worksheet.revision:
            rows = self._made_rows(place)
            self._known[place] = (self._worksheet.revision, rows)
        return rows

    def _made_rows(self, place: Place) -> MatchRows:
        flow = next((flow for flow in self._named(place) if flow.name == place.flow), None)
        verdicts = (
            verdict
            for verdict in self._discovery.verdicts(place.collection)
            if verdict.direction is place.direction and place.flow in {"", verdict.name}
        )
        comparison = self._discovery.compare(place.collection)
        return MatchRows(comparison, self._entry(place.collection), place.direction, tuple(verdicts), flow)

    def _words(self, request: Request) -> dict[str, Any]:
        """Collect the words that go with a choice, and the pair that it is about."""
        place = self._shown_place
        names = ("default", "condition", "why")
        given = {name: str(request[name]) for name in names if request.get(name) is not None}
        about = {"third_party": self._discovery.pair(place.collection).third_party, "flow": place.flow}
        return {**given, "by": str(request.get("by") or self.by) or None, **about}

    def _checked(self, change: Callable[[Request], str]) -> Handler:
        """Make a change that first makes sure that the field still says what its reader saw."""

        def handler(request: Request) -> str:
            key = str(request.get("key", ""))
            rows = self._rows()
            if key not in rows.mappings:
                raise UnknownNameError("field", key, rows.mappings, where=self._title)
            shown = next((row["said"] for row in self.rows if row["key"] == key), "")
            self.check_seen(key, request, shown, rows.statement(key), self._version)
            done = change(request)
            now = self._rows()
            self.wrote(key, now.statement(key))
            self.by = now.mappings[key].by or self.by
            return done

        return handler

    def _version(self, version: str | Request) -> str:
        """Put a version of a field in words: what people said of it, or what a request wants."""
        if isinstance(version, str):
            return version or "nothing is said"
        if version.get("do") != "fill":
            return str(version.get("do")) + (f" {version['source']}" if version.get("source") else "")
        try:
            return mapping_words(draft_mapping(str(version.get("key", "")), version))
        except DiscoveryError:
            return str(version.get("kind"))

    def _target(self, request: Request) -> tuple[str, Direction, str]:
        collection, direction, _ = self._shown_place
        return collection, direction, str(request.get("key", ""))

    def _accept(self, request: Request) -> str:
        collection, direction, key = self._target(request)
        source = str(request.get("source") or "") or None
        self._worksheet.accept(collection, direction, key, source, **self._words(request))
        return f"{key}: accepted."

    def _reject(self, request: Request) -> str:
        collection, direction, key = self._target(request)
        source = str(request.get("source") or "") or None
        words = {name: word for name, word in self._words(request).items() if name not in {"default", "condition"}}
        self._worksheet.reject(collection, direction, key, source, **words)
        return f"{key}: rejected."

    def _clear(self, request: Request) -> str:
        collection, direction, key = self._target(request)
        words = {name: word for name, word in self._words(request).items() if name in {"third_party", "flow"}}
        self._worksheet.unmap(collection, direction, key, **words)
        return f"{key}: nothing is said any more."

    def _fill(self, request: Request) -> str:
        """Fill a field as a request says: by a field, a constant, a formula, a look-up or a value map."""
        collection, direction, key = self._target(request)
        words, sheet = self._words(request), self._worksheet
        kind, source = str(request.get("kind", "")), str(request.get("source") or "")
        match kind:
            case "field":
                sheet.map(collection, direction, key, source, **words)
            case "constant":
                sheet.constant(collection, direction, key, str(request.get("value") or ""), **words)
            case "formula":
                sheet.formula(collection, direction, key, str(request.get("formula") or ""), **words)
            case "look-up":
                sheet.lookup(collection, direction, key, source, str(request.get("of") or ""), **words)
            case "value map":
                sheet.value_map(collection, direction, key, source, request.get("values") or {}, **words)
            case _:
                kinds = ["field", "constant", "formula", "look-up", "value map"]
                raise UnknownNameError("kind of mapping", kind, kinds, where=key)
        return f"{key}: filled."

    def _accept_clear(self, request: Request) -> str:
        """Accept every proposal that nothing speaks against, of those its reader saw, as one change."""
        collection, direction, _ = self._target(request)
        seen = request.get("keys")
        clear = [row["key"] for row in self._rows().rows() if row["clear"] and (seen is None or row["key"] in seen)]
        for key in clear:
            self._worksheet.accept(collection, direction, key, **self._words(request))
        return f"{counted(len(clear), 'clear proposal')} accepted."

    def _show_pair(self, request: Request) -> str:
        wanted = str(request.get("pair", "")), request.get("direction", "to"), str(request.get("flow") or "")
        return self._went(self._placed(*wanted))

    def _went(self, place: Place, key: str = "") -> str:
        """Show another place; a field of the same name is another field there."""
        self._place, self._open = place, key
        self._own.clear()
        return f"{self._title}."

    def _show_next(self, _request: Request) -> str:
        """Show the next pair and direction in which somebody has to decide a field."""
        place = next((place for place in self._following() if self._rows(place).undecided), None)
        if place is None:
            return "No field is left to decide, in any pair."
        return self._went(place)

    def _following(self) -> Iterator[Place]:
        """Yield the ordered places behind the shown one, then those from the start, each pair as it is come to."""
        pairs = self._discovery.pairs
        here = next(at for at, pair in enumerate(pairs) if pair.ipaas == self._shown_place.collection)
        places = [*self._ordered(pairs[here])]
        at = places.index(self._shown_place) + 1 if self._shown_place in places else 0
        yield from places[at:]
        for pair in (*pairs[here + 1 :], *pairs[:here]):
            yield from self._ordered(pair)
        yield from places[:at]

    def _go_to(self, request: Request) -> str:
        """Show a pair and a field of it, in the direction in which it is filled."""
        pair, about = self._discovery.pair(str(request.get("pair", ""))), str(request.get("about", "")).split(" ↔ ")
        whole = [self._placed(pair.ipaas, way) for way in Direction.BIDIRECTIONAL.flows]
        ways = [*dict.fromkeys((*self._ordered(pair), *whole))]
        fields = {way: [path for path in about if path in self._rows(way).mappings] for way in ways}
        asked = (way for way in ways if str(way.direction) in about or fields[way])
        place = next(asked, ways[0])
        return self._went(place, next(iter(fields[place]), ""))

    def _open_field(self, request: Request) -> str:
        rows, key = self._rows(), str(request.get("key", ""))
        if key not in rows.mappings:
            raise UnknownNameError("field", key, rows.mappings, where=self._title)
        self._open = key
        return ""

    def _try(self, request: Request) -> str:
        """Show how a mapping that nobody has said yet, or the one there is, fills the field in the same records."""
        rows, key = self._rows(), str(request.get("key", ""))
        try:
            mapping = draft_mapping(key, request) if request.get("kind") else rows.mappings[key]
            rows.check_sources(mapping.sources)
            preview = preview_rows(rows, mapping, int(request.get("at") or 0))
        except DiscoveryError as error:
            self.trial = {"key": key, "error": str(error)}
            return ""
        self.trial = {"key": key, "error": "", "preview": preview, "paged": bool(request.get("paged"))}
        return ""

    def _suggest(self, request: Request) -> str:
        self.trial = suggested_formula(self._rows(), str(request.get("key", "")))
        return ""


def _standing(row: Mapping[str, Any]) -> str:
    """Name the section of a row in the table: a required field that nothing fills is not folded among the others."""
    if row["how"] or row["status"] != "proposed":
        return str(row["status"])
    return MISSING if row["required"] else "nothing proposed"
