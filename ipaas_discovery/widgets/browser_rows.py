"""Rows of the collection browser as plain JSON: collections of both systems, one schema in three shapes, one record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.texts import counted, cut, percent
from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.field_paths import named_part, split_path
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument

if TYPE_CHECKING:
    from ipaas_discovery.matching.collections.collection_matches import CollectionMatches

__all__ = ["LEFT_OUT", "SIDES", "collection_rows", "partners_of", "record_rows", "schema_rows"]

SIDES = ("iPaaS.com", "third party")
LEFT_OUT = "left out"
LONGEST, EXAMPLES, PARTNERS = 160, 3, 3
"""Characters of a text, examples of a field, and proposed partners of a collection."""
Row = dict[str, Any]


def collection_rows(document: WorksheetDocument, matches: CollectionMatches) -> list[Row]:
    """List the collections of both systems: what is paired first, then what could be, then the rest, then what is out.

    Args:
        document: the worksheet's pairs, and what it leaves out.
        matches: which collections could belong together.
    """
    rows: dict[tuple[str, str], Row] = {}
    for entry in document.entries:
        for side, name, other in ((SIDES[0], *entry.key), (SIDES[1], *reversed(entry.key))):
            if name:
                row = rows.setdefault((side, name), _row(side, name, "paired" if other else "in no pair", ""))
                row["partners"] += [other] if other else []
                row["loose"] = row["loose"] and entry.proposed
                row["said"][other] = _said_of(entry)
                row["why"] = "; ".join(filter(None, (row["why"], f"{entry.title}: {_said_of(entry)}")))
    unpaired = matches.unpaired(entry.key for entry in document.entries).to_dict()["rows"]
    for side, name, why in (tuple(row.values()) for row in unpaired):
        rows.setdefault((side, name), _row(side, name, "in no pair", why))
    for out in document.left_out:
        row = rows.setdefault((out.system, out.collection), _row(out.system, out.collection, "", ""))
        if row["state"] != "paired" or row["loose"]:
            row |= {"state": LEFT_OUT, "why": out.why}
    for match in matches.rows:
        for key, other in (((SIDES[0], match.ipaas), match.third_party), ((SIDES[1], match.third_party), match.ipaas)):
            if key in rows and not rows[key]["partners"] and len(rows[key]["proposed"]) < PARTNERS:
                why = "; ".join(filter(None, (match.why, match.caution)))
                rows[key]["proposed"].append({"name": other, "score": percent(match.score), "why": why})
    return [rows[key] for key in sorted(rows, key=lambda key: (SIDES.index(key[0]), _rank(rows[key]), key[1]))]


def _rank(row: Row) -> int:
    """Rank a collection by how near it is to the integration."""
    if row["state"] == "in no pair":
        return 1 if row["proposed"] else 2
    return 3 if row["state"] == LEFT_OUT else 0


def partners_of(row: Row) -> str:
    """Name the partners of a collection, or those that are proposed.

    >>> partners_of({"partners": [], "proposed": [{"name": "users", "score": "95 %"}]})
    'proposed: users, 95 %'
    """
    proposed = "; ".join(f"{partner['name']}, {partner['score']}" for partner in row["proposed"])
    return ", ".join(row["partners"]) or (f"proposed: {proposed}" if proposed else "")


def schema_rows(shapes: Shapes) -> list[Row]:
    """List every path of a collection: its types in each shape, how full it is, and what is known of it."""
    fields = {shape: {field.path: field for field in shapes.of(shape).fields} for shape in Shape}
    return [_field(shapes, path, [fields[shape].get(path) for shape in Shape]) for path in shapes.paths]


def record_rows(record: Mapping[str, Any], schema: Schema | None = None) -> list[Row]:
    """List the leaves of one record: path and value as text; lists of plain values stay one row.

    Args:
        record: the record, as its system returned it.
        schema: the fields that records of its kind have; of those that are not in this one, the value is None.
    """
    known: dict[str, list[str]] = {}
    for field in schema.fields if schema else ():
        *above, name = split_path(field.path)
        if not any(map(named_part, (*above, name))):
            known.setdefault(".".join(above), []).append(name)
    leaves = _leaves(record, "", "", known)
    return [{"path": path, "value": value and cut(value, LONGEST)} for path, value in leaves]


def _row(side: str, name: str, state: str, why: str) -> Row:
    about = {"side": side, "name": name, "state": state, "why": why}
    return {**about, "loose": True, "partners": [], "said": {}, "proposed": []}


def _said_of(entry: Entry) -> str:
    """Tell what people said of a pair: the decision, and the number of fields they decided."""
    filled = sum(mapping.status != "proposed" for mapping in (*entry.to, *entry.from_))
    decided = f"only proposed, {entry.decided}" if entry.proposed else entry.decided
    return f"{decided}, {counted(filled, 'field')} decided" if filled else decided


def _field(shapes: Shapes, path: str, fields: list[Field | None]) -> Row:
    known = [field for field in fields if field]
    seen = next((field.observed for field in known if field.observed), None)
    declared = [field.declared for field in known if field.declared]
    words = {shape: _types(shapes, shape, field) for shape, field in zip(Shape, fields, strict=True)}
    form = next((field.format for field in known if field.format), "")
    about = {"path": path, "depth": len(split_path(path)) - 1, "format": form}
    prose = next((d.description or d.title for d in declared if d.description or d.title), "")
    source = next((d.source for d in declared if d.source), "")
    facts = {
        "shapes": list(words.values()),
        "differs": len({word.rstrip("*") for word in words.values() if word != "unknown"}) > 1,
        "key": bool(seen and seen.key_candidate),
    }
    shown = {
        "shares": _shares(seen) if seen and seen.of else None,
        "kinds": _kinds(seen) if seen else [],
        "filled": percent(seen.fill) + f" of {seen.of:,}" if seen and seen.of else "",
        "examples": ", ".join(cut(str(value), 28) for value in seen.examples[:EXAMPLES]) if seen else "",
    }
    return {**about, **facts, **shown, "description": cut(" ".join(prose.split()), LONGEST), "source": source}


def _shares(seen: Observed) -> dict[str, float]:
    return {"fill": seen.fill, "null": seen.nulls / seen.of, "empty": seen.empties / seen.of}


def _kinds(seen: Observed) -> list[tuple[str, float, str]]:
    """List the types of the values that are not null, each with its share as number and in words, the usual first."""
    counts = {name: times for name, times in seen.types.items() if name != "null"}
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [(name, times / total, percent(times / total)) for name, times in ordered]


def _types(shapes: Shapes, shape: Shape, field: Field | None) -> str:
    if field is None:
        return "" if shapes.of(shape).known else "unknown"
    return (" | ".join(field.types) or "any") + ("*" if field.required else "")


def _leaves(
    value: Any,  # noqa: ANN401  any JSON value
    path: str,
    inside: str,
    known: Mapping[str, list[str]],
) -> Iterator[tuple[str, str | None]]:
    """Yield the leaves of a value at `path`, `inside` the path without positions; then what it lacks of the known."""
    if isinstance(value, Mapping) and value:
        for key, part in value.items():
            name = str(key).replace(".", "\\.")
            yield from _leaves(part, f"{path}.{key}" if path else str(key), f"{inside}.{name}".lstrip("."), known)
        held = {str(key).replace(".", "\\.") for key in value}
        for name in known.get(inside, ()):
            if name.removesuffix("[]") not in held:
                yield f"{path}.{name}".lstrip("."), None
    elif isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value, 1):
            yield from _leaves(part, f"{path}[{number}]", f"{inside}[]", known)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
