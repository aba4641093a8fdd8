"""Board of all collections of both systems: their pairs, their schemas, their records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import traitlets

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.widgets.browser_rows import LEFT_OUT, SIDES, collection_rows, partners_of, record_rows, schema_rows
from ipaas_discovery.widgets.field_facts import field_facts, list_of
from ipaas_discovery.worksheet.worksheet import Worksheet

if TYPE_CHECKING:
    from ipaas_discovery.matching.collections.collection_matches import CollectionMatches

__all__ = ["CollectionBrowser"]

STATED = " {} pairs them as well: unless they are taken out there, they are a pair again at the next opening."
WANTED = {
    "pair": "a pair", "unpair": "no pair", "leave out": LEFT_OUT, "take in": "open",
    "fold": "one list", "unfold": "names as fields",
}  # fmt: skip
"""Requests that write, as a conflict puts them in words."""
Rows = list[dict[str, Any]]


class Browsed(Protocol):
    """The parts of a Discovery that this board asks."""

    @property
    def path(self) -> Path:
        """The file of the settings."""

    @property
    def integration(self) -> Any:  # noqa: ANN401  the settings are of a floor above
        """The settings; their `collections` are the pairs they state."""

    @property
    def worksheet(self) -> Worksheet:
        """The worksheet."""

    def match_collections(self) -> CollectionMatches:
        """Propose which collections belong together."""

    def collection(self, system: str, name: str) -> tuple[Shapes, Sample]:
        """Give the shapes of a collection of one system, and its sample."""


class CollectionBrowser(Board):
    """All collections of both systems: pair them, take pairs apart, leave out; look at schemas and records.

    A pair that is made or taken apart here counts from the next opening of the Discovery on; the worksheet has it at
    once.

    Args:
        discovery: the integration, as `Discovery.open` gives it.
        by: the name of the person who decides.

    Raises:
        UnknownNameError: for a keyword the board does not have.
    """

    file: ClassVar[str] = "collection_browser"

    collections = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per collection: side, name, state, why, its partners, what is said of each pair, and proposed partners."""

    schema = traitlets.Dict().tag(sync=True)
    """The collection that is looked at: side, name, its fields in three shapes, the sample's claim and size."""

    record = traitlets.Dict().tag(sync=True)
    """One record of it: its number from 0, and its leaves."""

    field = traitlets.Dict().tag(sync=True)
    """The field that was asked for last: its path, what is known of it, and the list of names it is in."""

    lists = traitlets.Dict().tag(sync=True)
    """The analyst's word on lists of names and values, by collection and path: "fold" or "unfold"."""

    def __init__(
        self,
        discovery: Browsed,
        *,
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "discovery"], where="CollectionBrowser")
        self._discovery = discovery
        self._seen_revision = -1
        super().__init__(discovery.worksheet, by=by)

    def __repr__(self) -> str:
        paired = sum(row["state"] == "paired" for row in self.collections)
        return f"CollectionBrowser({paired} of {len(self.collections)} collections paired)"

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change."""
        pairs = {"pair": self._pair, "unpair": self._unpair}
        scope = {"leave out": self._leave_out, "leave these out": self._leave_these_out, "take in": self._take_in}
        return {**pairs, **scope, "fold": self._fold, "unfold": self._fold}

    def looks(self) -> Mapping[str, Handler]:
        """List what the board can be asked to show."""
        return {"schema": self._schema, "record": self._record, "field": self._field}

    def show(self) -> None:
        """Set the collections to what the worksheet says now."""
        if self._worksheet.revision == self._seen_revision:
            return
        self.collections = self._rows()
        self.lists = dict(self._worksheet.stated.lists)
        self._seen_revision = self._worksheet.revision

    def static(self) -> str:
        """Render the collections as an HTML table."""
        columns = dict.fromkeys(("system", "collection", "state", "partners", "reason"), "str")
        rows = (
            dict(zip(columns, (row["side"], row["name"], row["state"], partners_of(row), row["why"]), strict=True))
            for row in self.collections
        )
        return Table(frame_of(rows, columns), title="Collections of both systems")._repr_html_()

    def _pair(self, request: Request) -> str:
        ipaas, third_party = _pair_of(request)
        known = {row["name"] for row in self.collections if row["side"] == "third party"}
        proposed = {partner["name"] for row in self.collections for partner in row["proposed"]}
        if third_party not in known | proposed:
            raise UnknownNameError("third-party collection", third_party, known, where="CollectionBrowser")
        with self._unchanged(f"{ipaas} ↔ {third_party}", request, _partners):
            self._worksheet.pair(ipaas, third_party)
        return f"{ipaas} ↔ {third_party}: paired."

    def _unpair(self, request: Request) -> str:
        ipaas, third_party = _pair_of(request)
        title = f"{ipaas} ↔ {third_party}"
        with self._unchanged(title, request, _statement):
            self._worksheet.unpair(ipaas, third_party)
        stated = {(pair.ipaas, pair.third_party) for pair in self._discovery.integration.collections}
        back = STATED.format(self._discovery.path.name) if (ipaas, third_party) in stated else ""
        return f"{title}: no pair any more.{back}"

    def _leave_out(self, request: Request) -> str:
        row, why = self._row(request), str(request.get("why", "")).strip()
        if not why:
            raise WorksheetError("Leaving out needs a reason", where=row["name"], then="say why")
        by = str(request.get("by") or self.by) or None
        with self._unchanged(row["name"], request, _state):
            self._worksheet.leave_out(row["side"], row["name"], why, by=by)
        return f"{row['name']}: left out."

    def _leave_these_out(self, request: Request) -> str:
        """Leave several collections out, for one reason and in one step."""
        names, why = request.get("rows", []), str(request.get("why", "")).strip()
        if not why:
            raise WorksheetError("Leaving out needs a reason", where=counted(len(names), "collection"), then="say why")
        asked = [{**request, "do": "leave out", **name} for name in names]
        rows, now = [self._row(part) for part in asked], self._rows()
        for part in asked:
            self.check_seen(part["name"], part, _state(self.collections, part), _state(now, part), _in_words)
        for row in rows:
            self._worksheet.leave_out(row["side"], row["name"], why, by=str(request.get("by") or self.by) or None)
        after = self._rows()
        for part in asked:
            self.wrote(part["name"], _state(after, part))
        return f"{counted(len(rows), 'collection')}: left out."

    def _take_in(self, request: Request) -> str:
        row = self._row(request)
        with self._unchanged(row["name"], request, _state):
            self._worksheet.take_in(row["side"], row["name"])
        return f"{row['name']}: open again."

    def _schema(self, request: Request) -> str:
        row = self._row(request)
        shapes, sample = self._discovery.collection(row["side"], row["name"])
        self.schema = {
            **{name: row[name] for name in ("side", "name")},
            "fields": schema_rows(shapes),
            "turn": self.schema.get("turn", 0) + 1,
            "claim": sample.claim,
            "records": len(sample),
        }
        self.record, self.field = {}, {}
        return f"{row['name']}: {len(shapes.paths)} fields."

    def _field(self, request: Request) -> str:
        """Tell everything that is known of one field."""
        row, path = self._row(request), str(request.get("path", ""))
        shapes, _ = self._discovery.collection(row["side"], row["name"])
        if path not in shapes.paths:
            raise UnknownNameError("field", path, shapes.paths, where=row["name"])
        inside, now = list_of(path)
        key = f"{row['name']}.{inside}" if inside else ""
        self.field = {"path": path, "facts": field_facts(shapes, path), "list": key, "read": now}
        return f"{row['name']}, {path}."

    def _fold(self, request: Request) -> str:
        """Say that a list of names and values stays one list, or that its names are fields."""
        row, word = self._row(request), str(request["do"])
        key = str(request.get("list", ""))
        if not key.startswith(f"{row['name']}.") or key == f"{row['name']}.":
            raise WorksheetError(f"'{key}' names no list", where=row["name"], then="choose a field inside a list")
        now = dict(self._worksheet.stated.lists).get(key)
        self.check_seen(key, request, self.lists.get(key), now, _in_words)
        (self._worksheet.fold if word == "fold" else self._worksheet.unfold)(key)
        self.wrote(key, word)
        return f"{key}: {WANTED[word]}, from the next opening on."

    def _record(self, request: Request) -> str:
        row = self._row(request)
        shapes, sample = self._discovery.collection(row["side"], row["name"])
        at = int(request.get("at", 0))
        if not 0 <= at < len(sample):
            raise WorksheetError(f"There is no record {at + 1}", where=row["name"], then=f"there are {len(sample)}")
        self.record = {"at": at, "leaves": record_rows(sample.records[at], shapes.returned)}
        return f"{row['name']}: record {at + 1} of {len(sample)}."

    @contextmanager
    def _unchanged(self, key: str, request: Request, version: Callable[[Rows, Request], object]) -> Iterator[None]:
        """Make sure that nobody said otherwise what is said now, and remember what this board says."""
        shown, now = version(self.collections, request), version(self._rows(), request)
        self.check_seen(key, request, shown, now, _in_words)
        yield
        self.wrote(key, version(self._rows(), request))

    def _rows(self) -> Rows:
        return collection_rows(self._worksheet.stated, self._discovery.match_collections())

    def _row(self, request: Request) -> dict[str, Any]:
        key = (str(request.get("side", "")), str(request.get("name", "")))
        rows = {(row["side"], row["name"]): row for row in self.collections}
        if key not in rows:
            raise UnknownNameError("collection", key[1], [name for _, name in rows], where="CollectionBrowser")
        return rows[key]


def _pair_of(request: Request) -> tuple[str, str]:
    return str(request.get("ipaas", "")), str(request.get("third_party", ""))


def _partners(rows: Rows, request: Request) -> list[list[Any]]:
    """List both collections of a pair, each with its partners."""
    known = {(row["side"], row["name"]): row["partners"] for row in rows}
    return [[key[1], known.get(key, [])] for key in zip(SIDES, _pair_of(request), strict=True)]


def _statement(rows: Rows, request: Request) -> str:
    """Tell what is said of a pair, nothing if it is none."""
    ipaas, third_party = _pair_of(request)
    known = {row["name"]: row["said"] for row in rows if row["side"] == SIDES[0]}
    return str(known.get(ipaas, {}).get(third_party, ""))


def _state(rows: Rows, request: Request) -> str:
    """Tell the state of a collection, with the reason if it is left out."""
    key = request.get("side"), request.get("name")
    states = {(row["side"], row["name"]): (row["state"], row["why"]) for row in rows}
    state, why = states.get(key, ("", ""))
    return f"{state}: {why}" if state == LEFT_OUT else state


def _in_words(version: Any) -> str:  # noqa: ANN401  a text, collections with their partners, or a request
    if isinstance(version, Mapping):
        return f"{WANTED[version['do']]}: {version['why']}" if version.get("why") else WANTED[version["do"]]
    if version is None:
        return "nothing was said"
    if isinstance(version, str):
        return WANTED.get(version, version) or "no pair"
    return "; ".join(f"{name} ↔ {', '.join(others)}" if others else f"{name}: no pair" for name, others in version)
