"""Tables of what fills each field: mappings To and From, value maps, conflicts, forecast."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.exports.tables.export_table import PAIR, Cell, ExportTable, yes_no
from ipaas_discovery.worksheet.facts.pair_facts import Conflict
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, TwoWayField
from ipaas_discovery.worksheet.synopsis.mapping_line import MappingLine
from ipaas_discovery.worksheet.synopsis.synopsis import CollectionSynopsis, Synopsis

__all__ = ["CSHARP", "conflict_table", "field_table", "forecast_table", "value_map_table"]

COLUMNS = {
    "Fields": (
        *PAIR,
        "no",
        "destination",
        "data type",
        "required",
        "type",
        "source",
        "value",
        "default",
        "condition",
        "status",
        "why",
        "comment",
        "flow",
        "parent only",
        "score",
    ),
    "Value maps": (*PAIR, "direction", "destination", "source", "flow", "value", "becomes", "status", "records"),
    "Conflicts": (
        *PAIR,
        "iPaaS.com field",
        "third-party field",
        "compared",
        "equal",
        "different",
        "only iPaaS.com",
        "only third party",
        "iPaaS.com fresher",
        "third party fresher",
        "suggests",
        "comes back",
        "owner",
        "why",
    ),
    "Forecast": (
        *PAIR,
        "direction",
        "match",
        "create",
        "update",
        "duplicates",
        "undecided",
        "fields that change",
        "note",
    ),
}
"""Columns of each table, as people read them."""
ASIDE = ("flow", "parent only", "score")
"""Columns of no interest on paper while no flow has mappings of its own."""
CSHARP = "C#:"
"""Before an expression that is the platform's own, and no formula of the kit."""
MOST_VALUES = 20
"""Values of a suggested map that are listed each; ids of records have many, and are looked up instead."""
MOST_FIELDS = 8
"""Changed fields that a forecast names."""


def field_table(synopsis: Synopsis, direction: Direction) -> ExportTable:
    """List every field of a direction's destination: what fills it, or why nothing does."""
    columns = COLUMNS["Fields"]
    rows = tuple((*part.key, *_line(line)) for part in synopsis.collections for line in part.lines(direction))
    where = "iPaaS.com's" if direction is Direction.TO else "the third party's"
    about = f"What fills each of {where} fields; those that nothing fills stand here too, with the reason."
    editable = ("type", "source", "value", "default", "condition", "status", "why", "comment")
    keys = (*PAIR, "destination", "flow")
    name = "Fields To" if direction is Direction.TO else "Fields From"
    aside = columns[-1:] if any(line.flow for part in synopsis.collections for line in part.lines(direction)) else ASIDE
    return ExportTable(name, columns, rows, about, editable, empty="No field is known.", keys=keys, aside=aside)


def _line(line: MappingLine) -> tuple[Cell, ...]:
    return (
        line.sequence,
        line.destination,
        line.data_type.value,
        ", ".join(line.required),
        line.mapping_type,
        ", ".join(line.sources),
        f"{CSHARP} {line.value}" if line.kind == "formula" and line.value == line.csharp else line.value,
        line.default,
        line.condition,
        line.status,
        line.why,
        line.comment,
        line.flow,
        yes_no(line.parent_only) if line.sequence is not None else "",
        None if line.score is None else round(line.score, 3),
    )


def value_map_table(synopsis: Synopsis) -> ExportTable:
    """List what each value of a mapped field becomes, and the values that paired records suggest."""
    rows = tuple(row for part in synopsis.collections for row in _value_maps(part))
    about = "What each value becomes on the other side; a row whose status is 'suggested' was only seen in records."
    columns = COLUMNS["Value maps"]
    keys = (*PAIR, "direction", "destination", "source", "flow")
    empty = "No value map is ordered."
    return ExportTable("Value maps", columns, rows, about, ("value", "becomes"), empty=empty, keys=keys)


def _value_maps(part: CollectionSynopsis) -> Iterator[tuple[Cell, ...]]:
    mapped = set()
    for way in (Direction.TO, Direction.FROM):
        for line in part.lines(way):
            if line.translation and line.sequence is not None:
                source = ", ".join(line.sources)
                mapped.add((way, line.destination, source))
                for value, becomes in line.translation:
                    row = (way.value, line.destination, source, line.flow, value, becomes, line.status, None)
                    yield (*part.key, *row)
    for conflict in part.facts.conflicts:
        if (Direction.TO, conflict.ipaas, conflict.third_party) not in mapped:
            place = (*part.key, Direction.TO.value, conflict.ipaas, conflict.third_party, "")
            yield from (place + cells for cells in _suggested(conflict))


def _suggested(conflict: Conflict) -> Iterator[tuple[Cell, ...]]:
    """Yield what paired records suggest, value by value while a person can look at each; else in one row."""
    values = _single(conflict.values)
    if len(values) > MOST_VALUES:
        pairs = sum(count for _, _, count in values)
        yield "", "", f"suggested: {len(values)} values, each its own; more like ids of linked records", pairs
        return
    for ours, theirs, count in values:
        yield theirs, ours, "suggested", count


def _single(values: tuple[tuple[str, str, int], ...]) -> list[tuple[str, str, int]]:
    """Give values as they stand in records; none where a record holds several at once, which no map translates."""
    plain = [(_unquoted(ours), _unquoted(theirs), count) for ours, theirs, count in values if ours and theirs]
    return [] if any(", " in ours or ", " in theirs for ours, theirs, _ in plain) else plain


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] == "'"
    return text[1:-1] if quoted else text


def conflict_table(synopsis: Synopsis) -> ExportTable:
    """List the fields that differ in records found on both sides, and whose value counts."""
    columns = COLUMNS["Conflicts"]
    rows = tuple(row for part in synopsis.collections for row in _conflicts(part))
    about = "Fields that differ in the same records of both sides. Where both sides write, say whose value counts."
    empty, keys = "No field was seen to differ.", (*PAIR, "iPaaS.com field")
    return ExportTable("Conflicts", columns, rows, about, ("owner", "why"), empty=empty, keys=keys)


def _conflicts(part: CollectionSynopsis) -> Iterator[tuple[Cell, ...]]:
    """Yield the fields that differ, then those that both sides write, or that somebody owns, and that do not differ."""
    owners = {owner.field: owner for owner in part.entry.owners}
    back = {field.ipaas: field for field in part.entry.two_way}
    for row in part.facts.conflicts:
        counts = (
            row.compared, row.equal, row.different, row.only_ipaas, row.only_third_party, row.ipaas_fresher,
            row.third_party_fresher,
        )  # fmt: skip
        trip = _trip(back.pop(row.ipaas, None))
        yield (*part.key, row.ipaas, row.third_party, *counts, row.outcome, trip, *_owner(owners.pop(row.ipaas, None)))
    for path, field in back.items():
        owned = _owner(owners.pop(path, None))
        yield (*part.key, path, field.third_party, *(None,) * 7, "", _trip(field), *owned)
    for path, owner in owners.items():
        yield (*part.key, path, "", *(None,) * 7, "", "", *_owner(owner))


def _trip(field: TwoWayField | None) -> str:
    """Say in how many records a value comes back as it was, after a way to the other side and back."""
    return f"{field.same} of {field.of}" if field and field.of else ""


def _owner(owner: FieldOwner | None) -> tuple[str, str]:
    return (owner.owner, owner.why) if owner else ("", "")


def forecast_table(synopsis: Synopsis) -> ExportTable:
    """List what a first transfer of the records read would do in each direction."""
    columns = COLUMNS["Forecast"]
    rows = []
    for part in synopsis.collections:
        for row in part.facts.forecast:
            listed = [f"{path} in {count}" for path, count in row.fields[:MOST_FIELDS]]
            more = [f"{len(row.fields) - MOST_FIELDS} more"] * (len(row.fields) > MOST_FIELDS)
            numbers = (row.match, row.create, row.update, row.duplicates, row.undecided)
            rows.append((*part.key, row.direction, *numbers, "; ".join([*listed, *more]), row.note))
    about = "What a first transfer of the records read would match, create and change. Empty: nobody knows."
    return ExportTable("Forecast", columns, tuple(rows), about, empty="No records were paired.")
