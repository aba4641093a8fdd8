"""The worksheet as JSON: the whole document, and the Supported Features records under the platform's own names."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.saving.order_file import FORMAT

__all__ = ["plain_document", "platform_records", "render"]


def render(document: WorksheetDocument) -> bytes:
    """Render a worksheet as JSON; the same worksheet gives the same bytes."""
    return _to_json(document).encode()


def _to_json(document: WorksheetDocument) -> str:
    return json.dumps(plain_document(document), ensure_ascii=False, indent=2) + "\n"


def plain_document(document: WorksheetDocument) -> dict[str, Any]:
    """List everything the worksheet holds, and `features`: a platform record for each flow that is ordered."""
    content = TypeAdapter(WorksheetDocument).dump_python(document, mode="json")
    return {"format": FORMAT, **content, "features": platform_records(document)}


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
        "Support": features.support,
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
