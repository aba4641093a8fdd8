"""The worksheet as JSON: the whole document, and the Supported Features records under the platform's own names."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import SideFacts
from ipaas_discovery.worksheet.overviews import SCOPE
from ipaas_discovery.worksheet.saving.order_file import FORMAT
from ipaas_discovery.worksheet.synopsis.flow_sheet import FlowSheet
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["plain_document", "plain_synopsis", "platform_records", "render"]


def render(synopsis: Synopsis) -> bytes:
    """Render a worksheet as JSON; the same worksheet gives the same bytes."""
    text = json.dumps(plain_synopsis(synopsis), ensure_ascii=False, indent=2)
    return (visible_in_quotes(text) + "\n").encode()


def plain_synopsis(synopsis: Synopsis) -> dict[str, Any]:
    """List everything the worksheet holds: the document, records under the platform's names, and what follows."""
    return {
        **plain_document(synopsis.document),
        "tables": [_table_info(part.entry, part.facts.third_party) for part in synopsis.collections],
        "flows": [_flow(sheet) for sheet in synopsis.flows],
        "plan": plain(synopsis.plan),
        "planning": plain(synopsis.questions),
        "scope": [dict(zip(SCOPE, row, strict=True)) for row in synopsis.scope],
        "systems": {"ipaas": plain(synopsis.facts.ipaas), "third_party": plain(synopsis.facts.third_party)},
        "collections": [{"pair": list(part.key), "facts": plain(part.facts)} for part in synopsis.collections],
        "changes": synopsis.changes.to_dict() if synopsis.changes else None,
    }


def plain_document(document: WorksheetDocument) -> dict[str, Any]:
    """List everything the worksheet holds, and `features`: a platform record for each flow that is ordered."""
    content = TypeAdapter(WorksheetDocument).dump_python(document, mode="json")
    for entry, row in zip(document.entries, content["entries"], strict=True):
        for evidence, plain_evidence in zip(entry.evidence, row["evidence"], strict=True):
            plain_evidence["known_by"] = evidence.known_by
    return {"format": FORMAT, **content, "features": platform_records(document)}


def _flow(sheet: FlowSheet) -> dict[str, Any]:
    """Write a flow as it is built: its mapping collections and its lines."""
    kept = {name: getattr(sheet, name) for name in FlowSheet.__dataclass_fields__ if name not in {"entry", "evidence"}}
    return {"pair": list(sheet.entry.key), **{name: plain(value) for name, value in kept.items()}}


def _table_info(entry: Entry, side: SideFacts) -> dict[str, Any]:
    """Describe a table of the third party as the platform's SDK names its properties.

    `FieldValues` are the values that are declared; those of the sample alone are no closed list.
    """
    return {
        "Name": side.collection or entry.third_party,
        "MappingCollectionType": entry.type_id,
        "Fields": [
            {
                "Name": field.path,
                "Description": field.description,
                "Type": field.data_type.value,
                "Required": bool(field.required_on_create),
                "FieldValues": list(field.enum),
            }
            for field in side.fields
            if field.leaf
        ],
    }


def platform_records(document: WorksheetDocument) -> list[dict[str, Any]]:
    """List one record per ordered flow, named as in the platform's SDK; Bi-directional becomes two, unknown is None.

    >>> from ipaas_discovery.worksheet.parts import Decision
    >>> entry = Entry("CUSTOMER", 8, "users", decision=Decision(Direction.BIDIRECTIONAL, ("add",)))
    >>> records = platform_records(WorksheetDocument(entries=(entry,)))
    >>> [(record["MappingDirectionId"], record["SupportedMethods"]) for record in records]
    [(1, [1]), (2, [1])]
    """
    return [_record(entry, direction) for entry in document.entries for direction in entry.directions]


def _record(entry: Entry, direction: Direction) -> dict[str, Any]:
    features = entry.features_of(direction)
    return {
        "MappingCollectionType": entry.type_id,
        "MappingDirectionId": direction.platform_id,
        "Support": plain(features.support),
        "AdditionalInformation": features.additional_information,
        "AllowInitialization": features.allow_initialization,
        "CollisionHandlingSupported": features.collision_handling_supported,
        "CustomfieldSupported": features.custom_field_supported,
        "IndependentTransferSupported": features.independent_transfer_supported,
        "PollingSupported": features.polling_supported,
        "RecordMatchingSupported": features.record_matching_supported,
        "ExternalWebhookSupportId": features.external_webhook_support,
        "SupportedEndpoints": _listed(features.endpoints, {"value": "Value", "note": "Note"}),
        "ExternalIdFormats": _listed(features.external_id_formats, EXTERNAL_ID),
        "ExternalDataTypes": _listed(features.external_data_types, {"value": "Value", "note": "Note"}),
        "SupportedMethods": [kind.platform_id for kind in entry.sync_types_of(direction) or ()],
    }


EXTERNAL_ID = {"record": "RecordExternalIdFormat", "webhook": "WebhookExternalIdFormat", "note": "Note"}


def _listed(parts: tuple[Any, ...] | None, names: dict[str, str]) -> list[dict[str, str]] | None:
    if parts is None:
        return None
    return [{names[name]: value for name, value in asdict(part).items()} for part in parts]
