"""Board on which the analyst decides what fills each field; coverage and pass rates follow every choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

import traitlets

from ipaas_discovery.errors import DiscoveryError, UnknownNameError, WorksheetError
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.formulas.formula_text import operation_words
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.widgets.field_detail import draft_mapping, field_detail, preview_rows, suggested_formula
from ipaas_discovery.widgets.match_rows import MatchRows, mapping_words
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["MatchBoard"]

STATIC = dict.fromkeys(
    ("destination", "filled by", "status", "required", "same records", "against", "why", "by"), "str"
)
"""Columns of the static table."""


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

    The pair and the direction are chosen on the board. A field is accepted, rejected, given another source, a fixed
    value, a formula, a look-up or a value map; every choice is written to the worksheet at once, and what it does to
    the required fields and to the records that pass is shown beside. The same records of both systems show what goes
    in, what would be written and what is there.

    Args:
        discovery: the integration.
        collection: the pair that is shown first, by iPaaS.com's type or plain name; by default the first one.
        direction: To or From.
        by: the name of the person who decides, as the decisions will say.

    Raises:
        UnknownNameError: for a collection that is in no pair, or a keyword the board does not have.
    """

    file: ClassVar[str] = "match_board"

    pairs = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Pairs of collections that can be chosen: key and title."""

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
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            known = ["by", "collection", "direction", "discovery"]
            raise UnknownNameError("keyword", name, known, where="MatchBoard")
        self._discovery = discovery
        self._place = self._placed(collection, direction) if discovery.pairs else None
        self._open = ""
        self._known: tuple[object, MatchRows | None] = (None, None)
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
            "go": self._go_to,
            "open": self._open_field,
            "try": self._try,
            "suggest": self._suggest,
        }

    def show(self) -> None:
        """Set all traits to what the worksheet and the evidence say now."""
        self.pairs = [
            {"key": pair.ipaas, "title": f"{pair.ipaas} ↔ {pair.third_party}"} for pair in self._discovery.pairs
        ]
        self.collections, self.operations = list(ipaas_collections()), list(operation_words())
        if self._place is None:
            return
        rows = self._rows()
        listed = rows.rows()
        if self._open not in rows.mappings:
            self._open = listed[0]["key"] if listed else ""
        self.view = {
            "pair": self._place[0],
            "direction": str(self._place[1]),
            "title": self._title,
            "open": self._open,
            "source": rows.source.collection,
            "destination": (rows.comparison.ipaas if rows.to else rows.comparison.third_party).collection,
            "sources": list(rows.sources),
            "unused": rows.unused(),
            "records": len(rows.comparison.pairs or ()),
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
                "status": row["status"] if row["how"] or row["status"] != "proposed" else "nothing proposed",
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
        return f"<p>{summary}</p>{Table(frame_of(listed, STATIC)).to_html()}"

    @property
    def _title(self) -> str:
        collection, direction = self._place or ("", Direction.TO)
        pair = self._discovery.pair(collection)
        return f"{pair.ipaas} ↔ {pair.third_party}, {direction}"

    def _placed(self, collection: str | None, direction: object) -> tuple[str, Direction]:
        pair = self._discovery.pair(collection) if collection else self._discovery.pairs[0]
        way = Direction.parse(str(direction))
        if way is Direction.BIDIRECTIONAL:
            raise WorksheetError("A field is filled in one direction", then="say 'to' or 'from'")
        return pair.ipaas, way

    def _rows(self, place: tuple[str, Direction] | None = None) -> MatchRows:
        """Return the rows of a pair in a direction, by default what is shown; made anew only after a change."""
        place = place or self._place or ("", Direction.TO)
        version = place, self._worksheet.revision
        if self._known[0] != version or self._known[1] is None:
            self._known = version, self._made_rows(*place)
        return self._known[1]  # type: ignore[return-value]  # just made

    def _made_rows(self, collection: str, direction: Direction) -> MatchRows:
        pair = self._discovery.pair(collection)
        verdicts = (verdict for verdict in self._discovery.verdicts(collection) if verdict.direction is direction)
        entry = self._worksheet.entry(pair.ipaas, pair.third_party)
        return MatchRows(self._discovery.compare(collection), entry, direction, tuple(verdicts))

    def _words(self, request: Request) -> dict[str, Any]:
        """Collect the words that go with a choice, and the pair that it is about."""
        pair = self._discovery.pair((self._place or ("", None))[0])
        names = ("default", "condition", "why")
        given = {name: str(request[name]) for name in names if request.get(name) is not None}
        return {**given, "by": str(request.get("by") or self.by) or None, "third_party": pair.third_party}

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
        collection, direction = self._place or ("", Direction.TO)
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
        self._worksheet.unmap(collection, direction, key, third_party=self._words(request)["third_party"])
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
        """Accept every proposal that nothing speaks against, as one change."""
        collection, direction, _ = self._target(request)
        clear = [row["key"] for row in self._rows().rows() if row["clear"]]
        for key in clear:
            self._worksheet.accept(collection, direction, key, **self._words(request))
        return f"{len(clear)} clear proposals are accepted."

    def _show_pair(self, request: Request) -> str:
        self._place = self._placed(str(request.get("pair", "")), request.get("direction", "to"))
        self._open = ""
        return f"{self._title}."

    def _go_to(self, request: Request) -> str:
        """Show a pair and a field of it, in the direction in which it is filled."""
        pair, about = self._discovery.pair(str(request.get("pair", ""))), str(request.get("about", "")).split(" ↔ ")
        ways = [self._placed(pair.ipaas, way) for way in ("to", "from")]
        fields = {way: [path for path in about if path in self._rows(way).mappings] for way in ways}
        self._place = next((way for way in ways if fields[way]), ways[0])
        self._open = next(iter(fields[self._place]), "")
        return f"{self._title}."

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
