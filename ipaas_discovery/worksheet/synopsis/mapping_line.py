"""One line of a flow's mappings as the platform's portal lists them, or the reason why a field has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ipaas_discovery.matching.formulas.formula_text import write_formula
from ipaas_discovery.matching.formulas.operations import ValueMap
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.model_field import ModelField, PlatformType
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts, SideFacts

__all__ = ["MappingLine", "destination_of", "mapping_lines"]

TYPES = {"field": "Field", "constant": "Static", "formula": "Dynamic Formula", "look-up": "Lookup Translation"}
"""The platform's name of a mapping's type; the ids of these types are not published."""
LINKED = "Dynamic Formula"
"""Type of a mapping that writes the id, or another field, of a linked record."""


@dataclass(frozen=True, slots=True)
class MappingLine(Card):
    """One destination field of a flow, and what fills it or why nothing does.

    Attributes:
        destination: path of the field.
        sequence: its place among the lines that fill something; None where nothing does.
        data_type: the platform's data type of the field.
        required: the methods that need it.
        mapping_type: the platform's name of the type; empty where nothing fills it.
        sources: paths of the source fields.
        value: a constant, a formula as it was written, C#, or the collection whose linked record is meant; a field of a
            related record is written as the formula that looks it up.
        csharp: the expression of the platform's formula, where there is one.
        translation: what a value map writes for each value.
        default: what is written where the rest gives nothing.
        condition: for which records.
        status: proposed, accepted, manual or rejected; "open" where nothing fills it.
        score: how well a proposal fits.
        why: a person's reason, the evidence of a proposal, or why nothing fills it.
        comment: what people remarked on the field.
        flow: the named flow it belongs to alone; empty for all flows of the direction.
        parent_only: True if the source field stands in the record of the parent.
        kind: the kit's word for what fills it, as `Mapping.kind`.
    """

    destination: str
    sequence: int | None = None
    data_type: PlatformType = PlatformType.NONE
    required: tuple[str, ...] = ()
    mapping_type: str = ""
    sources: tuple[str, ...] = ()
    value: str = ""
    csharp: str = ""
    translation: tuple[tuple[str, str], ...] = ()
    default: str = ""
    condition: str = ""
    status: str = "open"
    score: float | None = None
    why: str = ""
    comment: str = ""
    flow: str = ""
    parent_only: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Facts that the lines of one direction share."""

    fields: dict[str, ModelField] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    parent_only: bool = False


def destination_of(facts: PairFacts, direction: Direction) -> SideFacts:
    """Give the side that receives in a direction."""
    return facts.ipaas if direction is Direction.TO else facts.third_party


def mapping_lines(
    entry: Entry, facts: PairFacts, direction: Direction, *, flow: str = "", parent_only: bool = False
) -> tuple[MappingLine, ...]:
    """List every field of a direction's destination: what fills it, or why nothing does.

    Args:
        entry: the pair's entry.
        facts: the facts of the pair.
        direction: To or From.
        flow: a named flow, whose own mappings go before; by default what all flows of the direction share.
        parent_only: True if the source's records are those of the parent.
    """
    side = destination_of(facts, direction)
    comments = {remark.about: remark.text for remark in entry.remarks}
    place = _Place({row.path: row for row in side.fields}, comments, parent_only)
    rows = entry.mappings(direction, flow)
    own = {row.destination for row in entry.flow(flow).mappings} if flow else set()
    filled = {row.destination for row in rows if row.fills}
    kept = [row for row in rows if row.fills or row.destination not in filled]
    listed = {row.destination for row in rows}
    lines = [_line(row, place, flow if row.destination in own else "") for row in kept]
    lines += [_untouched(row) for row in side.fields if row.leaf and row.path not in listed and row.returned]
    return tuple(_numbered(sorted(lines, key=lambda line: (line.destination, line.status == "rejected"))))


def _line(row: Mapping, place: _Place, flow: str) -> MappingLine:
    known = place.fields.get(row.destination) or ModelField(row.destination)
    common = MappingLine(
        row.destination,
        data_type=known.data_type,
        required=_required(known),
        sources=row.sources,
        default=row.default,
        condition=row.condition,
        status=row.status if row.kind else "open",
        score=row.score,
        why=row.why or row.evidence,
        comment=place.comments.get(row.destination, ""),
        flow=flow,
        parent_only=place.parent_only and bool(row.sources) and row.fills,
        kind=row.kind,
    )
    if not row.fills:
        reason = "" if row.status != "rejected" else f"rejected: {', '.join(row.sources)}; "
        return replace(common, why=f"{reason}{common.why}".removesuffix("; "), sequence=None)
    translation = _translation(row)
    linked = row.kind == "look-up" and not translation
    return replace(
        common,
        mapping_type=LINKED if linked else TYPES[row.kind],
        value=_value(row),
        csharp=row.value if row.kind == "formula" else "",
        translation=translation,
    )


def _required(known: ModelField) -> tuple[str, ...]:
    methods = {"add": known.required_on_create, "update": known.required_on_update}
    return tuple(method for method, required in methods.items() if required)


def _value(row: Mapping) -> str:
    if row.kind == "formula":
        return write_formula(row.formula) if row.formula else row.value
    if row.kind == "constant":
        return row.formula.run({}) if row.formula and not row.value else row.value  # type: ignore[return-value]  # a text
    if row.kind == "look-up" and not _translation(row):
        return write_formula(row.formula) if row.formula else row.value
    return ""


def _translation(row: Mapping) -> tuple[tuple[str, str], ...]:
    """List what a value map writes for each value, be it a person's or one that the records show."""
    if row.values:
        return row.values
    step = row.formula.steps[0] if row.formula and row.kind == "look-up" else None
    return step.pairs if isinstance(step, ValueMap) else ()


def _untouched(known: ModelField) -> MappingLine:
    """Write the line of a field that is not received."""
    if known.on_create is False and known.on_update is False:
        why = "returned, and not received: the destination sets it"
    elif known.on_create is None and known.on_update is None:
        why = "returned; nobody knows whether it is received"
    else:
        why = "returned, and not known to be received"
    return MappingLine(known.path, data_type=known.data_type, status="not received", why=why)


def _numbered(lines: Iterable[MappingLine]) -> Iterator[MappingLine]:
    """Number the lines that fill something, from 1."""
    number = 0
    for line in lines:
        if line.mapping_type:
            number += 1
            yield replace(line, sequence=number)
        else:
            yield line
