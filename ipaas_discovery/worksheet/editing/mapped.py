"""Words of people on single fields: accepted, rejected, mapped, fixed, computed, looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from ipaas_discovery.errors import ConfigurationError, UnknownNameError, WorksheetError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.editing.base import SavedDocument
from ipaas_discovery.worksheet.editing.find import find_pair
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.joining import side_of
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import clean_text
from ipaas_discovery.worksheet.rows import RowKey, RowPart

__all__ = ["MappedDocument"]

KEYWORDS = ("by", "condition", "default", "flow", "third_party", "why")
"""Keywords that every word on a field takes."""


class MappedDocument(SavedDocument):
    """A document in which people fill fields; every word of theirs can be undone, and evidence never overwrites it.

    All methods name the collection, the direction and the field of the destination. They share these keywords:
    `default` is written where the rest gives nothing, `condition` says for which records (`status = refunded`), `why`
    is the reason, `by` who says so (said once, or git's user), `third_party` chooses where the collection stands in
    several entries, and `flow` makes it a word on one named flow alone.
    """

    def entry(self, collection: str, third_party: str | None = None) -> Entry:
        """Find the entry of `collection`, by its type or plain name; `third_party` chooses where it has several.

        Raises:
            UnknownNameError: if there is none; names the nearest.
            WorksheetError: if there are several and `third_party` does not say which.
        """
        if third_party is not None and RowKey(pair := (collection, third_party), RowPart.PAIR) in self._rows:
            return self._entry(pair)  # of hundreds of pairs, each named in full, none is looked for
        return self._entry(find_pair(self._pairs, collection, third_party, gone=lambda pair: self._entry(pair).gone))

    def accept(
        self, collection: str, direction: str | Direction, destination: str, source: str | None = None, **word: str
    ) -> None:
        """Accept what is proposed for a field, or `source` of several that are as good.

        Raises:
            UnknownNameError: if there is no such collection, field, or proposal; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        self._known(entry, way, destination)
        rows = entry.mappings(way, word.get("flow", ""))
        proposed = next((row for row in rows if row.destination == destination and row.fills), None)
        if source is None and (proposed is None or not proposed.fills):
            then = "name the source to accept, or map the field by hand"
            raise WorksheetError("Nothing is proposed", where=f"{entry.title}, {destination}", then=then)
        if proposed is None or (source is not None and proposed.sources != (source,)):
            proposed = fills.Mapping(destination, "field", self._sources(entry, way, [source or ""]))
        taken = replace(proposed, status="accepted", standing="no counterpart", score=None, evidence="")
        self._fill(entry, way, taken, word)

    def reject(
        self, collection: str, direction: str | Direction, destination: str, source: str | None = None, **word: str
    ) -> None:
        """Reject a source for a field, by default the proposed one; it is never proposed there again.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
            WorksheetError: if nothing is proposed and no source is named.
        """
        entry, way = self._place(collection, direction, word)
        self._known(entry, way, destination)
        rows = entry.mappings(way, word.get("flow", ""))
        proposed = next((row for row in rows if row.destination == destination and row.sources), None)
        sources = self._sources(entry, way, [source]) if source else proposed.sources if proposed else ()
        if not sources:
            then = "name the source to reject"
            raise WorksheetError("Nothing is proposed", where=f"{entry.title}, {destination}", then=then)
        self._fill(entry, way, fills.Mapping(destination, "field", sources, status="rejected"), word)

    def map(self, collection: str, direction: str | Direction, destination: str, source: str, **word: str) -> None:
        """Fill a field with a field of the source.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        self._fill(entry, way, fills.Mapping(destination, "field", self._sources(entry, way, [source])), word)

    def constant(
        self, collection: str, direction: str | Direction, destination: str, value: object, **word: str
    ) -> None:
        """Fill a field with the same value for every record.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        self._fill(entry, way, fills.Mapping(destination, "constant", value=text), word)

    def formula(
        self, collection: str, direction: str | Direction, destination: str, formula: str = "", *, csharp: str = "",
        **word: str,
    ) -> None:  # fmt: skip
        """Fill a field by a formula: `first, last | join " "`; or by the platform's C#, which is not executed here.

        Raises:
            UnknownNameError: if there is no such collection, field or operation; names the nearest.
            ConfigurationError: if the formula does not parse; says what it needs.
        """
        entry, way = self._place(collection, direction, word)
        if bool(formula) == bool(csharp):
            raise ConfigurationError("A formula is given once", then="as `formula`, or as `csharp`")
        if csharp:
            row = fills.Mapping(destination, "formula", value=csharp)
        else:
            made = parse_formula(destination, formula)
            self._sources(entry, way, made.sources)
            row = fills.filled_by(fills.Mapping(destination), made)
        self._fill(entry, way, row, word)

    def lookup(
        self, collection: str, direction: str | Direction, destination: str, source: str, of: str, **word: str
    ) -> None:
        """Fill a field with the id that a linked record has on the other side.

        Args:
            collection: the collection.
            direction: To or From.
            destination: the field to fill.
            source: the source's field that names the record.
            of: iPaaS.com's collection whose record it names, such as CUSTOMER.
            word: default, condition, why, by, third_party, flow.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        named = collection_name(of)
        if named not in ipaas_collections():
            raise UnknownNameError("collection", of, ipaas_collections())
        row = fills.Mapping(destination, "look-up", self._sources(entry, way, [source]), value=named)
        self._fill(entry, way, row, word)

    def value_map(
        self, collection: str, direction: str | Direction, destination: str, source: str,
        values: Mapping[str, object], **word: str,
    ) -> None:  # fmt: skip
        """Fill a field by translating the values of a source field; one that is not listed gives `default`.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        if not values:
            raise ConfigurationError("A value map needs values", then="give {'Pending': 'open'}")
        pairs = tuple(sorted((str(key), str(value)) for key, value in values.items()))
        row = fills.Mapping(destination, "look-up", self._sources(entry, way, [source]), values=pairs)
        self._fill(entry, way, row, word)

    def unmap(self, collection: str, direction: str | Direction, destination: str, **word: str) -> None:
        """Take back what people said of a field; the evidence may propose again.

        Raises:
            UnknownNameError: if there is no such collection or field; names the nearest.
        """
        entry, way = self._place(collection, direction, word)
        self._known(entry, way, destination)
        flow = self._flow(entry, way, word)
        if flow is None:
            self._say(RowKey(entry.key, side_of(way), destination), None)
        else:
            self._say_in_flow(entry, flow, destination, ())

    def _place(self, collection: str, direction: str | Direction, word: Mapping[str, str]) -> tuple[Entry, Direction]:
        """Find the entry and the one-way direction that somebody speaks of."""
        for name in word:
            if name not in KEYWORDS:
                raise UnknownNameError("keyword", name, KEYWORDS)
        way = direction if isinstance(direction, Direction) else Direction.parse(direction)
        if way is Direction.BIDIRECTIONAL:
            then = "say 'to' or 'from'; both flows have their own mappings"
            raise ConfigurationError("A field is filled in one direction", then=then)
        return self.entry(collection, word.get("third_party")), way

    def _known(self, entry: Entry, way: Direction, destination: str) -> None:
        """Make sure that the destination has the field, as far as its fields are known."""
        self._check(entry, destination, {row.destination for row in entry.mappings(way)}, entry.collection)

    def _sources(self, entry: Entry, way: Direction, sources: Iterable[str]) -> tuple[str, ...]:
        """Make sure that the source has the fields, as far as its fields are known."""
        known = entry.to_sources if way is Direction.TO else entry.from_sources
        for source in sources:
            self._check(entry, source, set(known), entry.third_party)
        return tuple(sources)

    def _check(self, entry: Entry, path: str, known: set[str], where: str) -> None:
        examined = bool(entry.to_sources or entry.from_sources)
        if not path or (examined and known and path not in known):
            raise UnknownNameError("field", path, known, where=where)

    def _fill(self, entry: Entry, way: Direction, row: fills.Mapping, word: Mapping[str, str]) -> None:
        """Write a word on a field into its row, beside what was rejected there."""
        if row.status != "rejected":
            self._known(entry, way, row.destination)
        condition = Condition.parse(word.get("condition", row.condition))
        condition.check((entry.to_sources if way is Direction.TO else entry.from_sources) or condition.paths)
        signed = replace(
            row,
            status="manual" if row.status == "proposed" else row.status,
            default=word.get("default", row.default),
            condition=str(condition),
            why=word.get("why", ""),
            by=self._signed(word.get("by")),
            date=self._today().isoformat(),
        )
        signed = _cleaned(signed)
        flow = self._flow(entry, way, word)
        if flow is None:
            key = RowKey(entry.key, side_of(way), row.destination)
            before = self._rows.get(key, ())
            self._say(key, _beside(before if isinstance(before, tuple) else (), signed))
        else:
            same = tuple(other for other in flow.mappings if other.destination == row.destination)
            self._say_in_flow(entry, flow, row.destination, _beside(same, signed))

    def _say_in_flow(self, entry: Entry, flow: OrderedFlow, destination: str, rows: tuple[fills.Mapping, ...]) -> None:
        others = tuple(other for other in flow.mappings if other.destination != destination)
        self._say(RowKey(entry.key, RowPart.FLOWS, flow.name), replace(flow, mappings=(*others, *rows)))

    @staticmethod
    def _flow(entry: Entry, way: Direction, word: Mapping[str, str]) -> OrderedFlow | None:
        """Find the named flow that somebody speaks of, which has to lead that way; None for all of them."""
        if not word.get("flow"):
            return None
        flow = entry.flow(word["flow"])
        if flow.direction is not way:
            then = f"say '{flow.direction.value.split()[0].lower()}'"
            raise ConfigurationError(f"The flow '{flow.name}' leads {flow.direction}", where=entry.title, then=then)
        return flow


def _cleaned(row: fills.Mapping) -> fills.Mapping:
    """Make texts that any file can hold."""
    values: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        values[field.name] = clean_text(value) if isinstance(value, str) else value
    return replace(row, **values)


def _beside(before: tuple[fills.Mapping, ...], row: fills.Mapping) -> tuple[fills.Mapping, ...]:
    """Put a word beside earlier ones on the same field: it replaces what filled it, or what it rejects."""
    same = {(row.sources, row.kind)}
    refused = (other for other in before if other.status == "rejected")
    rejected = tuple(other for other in refused if (other.sources, other.kind) not in same)
    filling = tuple(other for other in before if other.decided)
    if row.status != "rejected":
        return (row, *rejected)
    return (*(other for other in filling if (other.sources, other.kind) not in same), *rejected, row)
