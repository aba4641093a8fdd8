"""Data contract of an order, in the Open Data Contract Standard 3.1: both sides' collections, and what fills them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from anyascii import anyascii

from ipaas_discovery.matching.mapping import Mapping as FieldMapping
from ipaas_discovery.schemas.field_paths import unescape
from ipaas_discovery.schemas.forms.json_schema import json_schema
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.contracts.shape_schemas import as_field
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import Facts, SideFacts
from ipaas_discovery.worksheet.saving.yaml_text import to_yaml

__all__ = ["data_contract", "to_odcs"]

Json = dict[str, Any]
DATES = {"date": "date", "date-time": "timestamp", "time": "time"}


def data_contract(document: WorksheetDocument, facts: Facts) -> str:
    """Write the contract as YAML; the same worksheet gives the same text."""
    return to_yaml(to_odcs(document, facts))


def to_odcs(document: WorksheetDocument, facts: Facts) -> Json:
    """Put the contract together as plain data.

    >>> contract = to_odcs(WorksheetDocument("Demo"), Facts())
    >>> contract["apiVersion"], contract["kind"], contract["id"], contract["status"]
    ('v3.1.0', 'DataContract', 'demo', 'draft')
    """
    title = document.title or "Worksheet"
    ordered = [entry for entry in document.entries if entry.flows]
    decided = bool(ordered) and all(entry.decision for entry in document.entries)
    return {
        "version": "1.0.0",
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": _identifier(title).replace("_", "-"),
        "name": title,
        "status": "proposed" if decided else "draft",
        "description": {
            "purpose": "The data models of both systems, and what fills each field in the flows that are ordered.",
            "limitations": f"As far as samples and descriptions of {document.as_of or 'an unknown day'} show them.",
        },
        "schema": [*_objects(ordered, facts)],
    }


def _objects(ordered: Iterable[Entry], facts: Facts) -> Iterator[Json]:
    seen = set()
    for entry in ordered:
        known = facts.of(entry.key)
        for side, name, prefix, rows in (
            (known.ipaas, entry.collection, "ipaas", entry.to if Direction.TO in entry.directions else ()),
            (
                known.third_party,
                entry.third_party,
                "third_party",
                entry.from_ if Direction.FROM in entry.directions else (),
            ),
        ):
            if name and (prefix, name) not in seen:
                seen.add((prefix, name))
                yield _object(side, name, prefix, rows, entry)


def _object(side: SideFacts, name: str, prefix: str, rows: Iterable[FieldMapping], entry: Entry) -> Json:
    by_path = {facts.path: facts for facts in side.fields}
    filled = {row.destination: row for row in rows if row.fills}
    schema = json_schema(map(as_field, side.fields))
    return _without_empty(
        {
            "name": f"{prefix}_{_identifier(name)}",
            "physicalName": name,
            "logicalType": "object",
            "physicalType": "collection",
            "description": f"{name} of {side.system}" if side.system else name,
            "properties": [*_properties(schema, "", _Place(by_path, filled, side.id))],
            "customProperties": [
                {"property": "pair", "value": entry.title},
                {"property": "directions", "value": ", ".join(way.value for way in entry.directions)},
                *([{"property": "knownBy", "value": side.grade}] if side.grade else ()),
            ],
        }
    )


class _Place:
    """The facts of one collection's fields, and what fills them, for its properties."""

    def __init__(self, facts: Mapping[str, ModelField], filled: Mapping[str, FieldMapping], id_: str) -> None:
        self.facts, self.filled, self.id = facts, filled, id_


def _properties(schema: Json, above: str, place: _Place) -> Iterator[Json]:
    for key, inner in schema.get("properties", {}).items():
        path = next((path for path in place.facts if _names(path, above, key)), f"{above}{key}")
        yield {"name": key, **_property(inner, path, place)}


def _names(path: str, above: str, key: str) -> bool:
    """Tell whether a path is that of a key of the object above, whatever is escaped in it."""
    return path.startswith(above) and unescape(path[len(above) :]) == key


def _property(schema: Json, path: str, place: _Place) -> Json:
    facts = place.facts.get(path) or ModelField(path)
    kind = _kind(schema)
    row: Json = {
        "logicalType": _logical(kind, facts),
        "physicalType": " or ".join(facts.types),
        "description": facts.description,
        "required": True if facts.nullable is False else None,
        "primaryKey": True if path == place.id else None,
        "unique": True if facts.key else None,
        "logicalTypeOptions": _options(kind, facts),
        "quality": _quality(facts),
        "customProperties": [*_shapes(facts)],
        **_transform(place.filled.get(path)),
    }
    if kind == "object":
        row["properties"] = [*_properties(schema, f"{path}.", place)]
    elif kind == "array":
        row["items"] = _item(schema.get("items", {}), f"{path}[]", place)
    return _without_empty(row)


def _item(schema: Json, path: str, place: _Place) -> Json | None:
    """Describe the elements of a list, as far as anything is known of them."""
    kind = _kind(schema)
    if kind == "object":
        return _without_empty({"logicalType": "object", "properties": [*_properties(schema, f"{path}.", place)]})
    if kind == "array":
        return _without_empty({"logicalType": "array", "items": _item(schema.get("items", {}), f"{path}[]", place)})
    return {"logicalType": kind} if kind else None


def _kind(schema: Json) -> str | None:
    """Return the one type of a value; None where there are several, or none is known."""
    types = schema.get("type", ())
    names = {types} if isinstance(types, str) else {*types} - {"null"}
    return names.pop() if len(names) == 1 else None


def _logical(kind: str | None, facts: ModelField) -> str | None:
    return DATES.get(facts.format, kind) if kind == "string" else kind


def _options(kind: str | None, facts: ModelField) -> Json | None:
    if kind != "string" or facts.format in DATES:
        return None
    return _without_empty({"maxLength": facts.max_length, "format": facts.format}) or None


def _quality(facts: ModelField) -> list[Json] | None:
    if not facts.enum:
        return None
    rule = {"type": "library", "metric": "invalidValues", "arguments": {"validValues": [*facts.enum]}, "mustBe": 0}
    return [rule]


def _shapes(facts: ModelField) -> Iterator[Json]:
    for name, value in (
        ("returned", facts.returned),
        ("receivedOnCreate", facts.on_create),
        ("receivedOnUpdate", facts.on_update),
        ("requiredOnCreate", facts.required_on_create),
        ("requiredOnUpdate", facts.required_on_update),
    ):
        if value is not None:
            yield {"property": name, "value": value}
    if facts.grade:
        yield {"property": "knownBy", "value": facts.grade}


def _transform(row: FieldMapping | None) -> Json:
    if row is None:
        return {}
    logic = row.value or ("; ".join(f"{left} → {right}" for left, right in row.values) if row.values else "")
    kind = f"{row.kind}, {row.status}" + (f", for {row.condition}" if row.condition else "")
    return {
        "transformSourceObjects": [*row.sources],
        "transformLogic": logic,
        "transformDescription": kind + (f", else {row.default}" if row.default else ""),
    }


def _without_empty(row: Json) -> Json:
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def _identifier(name: str) -> str:
    """Write a name as the standard's references take it: letters, digits and underscores.

    >>> _identifier("Sandbox store & iPaaS.com"), _identifier("7 wonders"), _identifier("")
    ('sandbox_store_ipaas_com', '_7_wonders', '_')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(name).lower()).strip("_")
    return plain if plain[:1].isalpha() else f"_{plain}"
