"""Records of Supported Features as C#, and the scopes and presets beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.system_profile import Preset
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.skeleton.csharp_text import literal, todo

__all__ = ["collection_type", "feature_lines", "preset_lines", "scope_lines"]

TYPES = "Integration.Constants.TM_MappingCollectionType"
WAYS = {Direction.TO: "TO_IPAAS", Direction.FROM: "FROM_IPAAS"}
ACTIONS = {Method.ADD: "CREATED", Method.UPDATE: "UPDATED", Method.DELETE: "DELETED"}
WEBHOOKS = ("NONE", "FULL_SUPPORT", "LOGICAL_SUPPORT_FOR_POLLING")
FLAGS = {
    "allow_initialization": "AllowInitialization",
    "collision_handling_supported": "CollisionHandlingSupported",
    "custom_field_supported": "CustomfieldSupported",
    "independent_transfer_supported": "IndependentTransferSupported",
    "polling_supported": "PollingSupported",
    "record_matching_supported": "RecordMatchingSupported",
}
"""Property of our record → the SDK's."""


def collection_type(entry: Entry) -> str:
    """Name the number of an entry's collection type.

    >>> collection_type(Entry("CUSTOMER", 8)), collection_type(Entry("NEW_KIND", 99))
    ('(int)Integration.Constants.TM_MappingCollectionType.CUSTOMER', '99')
    """
    if entry.collection in ipaas_collections():
        return f"(int){TYPES}.{entry.collection}"
    return str(entry.type_id or 0)


def feature_lines(entry: Entry, direction: Direction) -> tuple[str, ...]:
    """Write the statements that add the record of one direction to `supported`; what nobody knows is marked."""
    return tuple(_record(entry, direction, entry.features_of(direction)))


def _record(entry: Entry, direction: Direction, features: Features) -> Iterator[str]:
    yield "supported.Add(new Features"
    yield "{"
    yield f"    MappingCollectionType = {collection_type(entry)},"
    yield f"    MappingDirectionId = (int)Integration.Constants.TM_MappingDirection.{WAYS[direction]},"
    if features.support is None:
        yield f"    {todo('Support is None, Partial or Full; nobody said')}"
    else:
        yield f"    Support = Features.SupportLevel.{features.support.value},"
    yield f"    AdditionalInformation = {literal(features.additional_information or '')},"
    for name, property_ in FLAGS.items():
        value = getattr(features, name)
        yield (
            f"    {property_} = {str(value).lower()}," if value is not None else f"    {todo(f'{property_}: unknown')}"
        )
    if features.external_webhook_support is None:
        yield f"    {todo('ExternalWebhookSupportId: unknown')}"
    else:
        kind = WEBHOOKS[features.external_webhook_support]
        yield f"    ExternalWebhookSupportId = (int)WH_ExternalSupport.{kind},"
    yield f"    SupportedEndpoints = {_noted('FeatureSupportEndpoint', features.endpoints)},"
    yield f"    ExternalIdFormats = {_ids(features)},"
    yield f"    ExternalDataTypes = {_noted('FeatureSupportDataType', features.external_data_types)},"
    kinds = ", ".join(f"(int)TM_SyncType.{kind.value}" for kind in entry.sync_types_of(direction) or ())
    yield f"    SupportedMethods = new List<int> {{ {kinds} }}"
    yield "});"


def _noted(kind: str, parts: Iterable[object] | None) -> str:
    rows = ", ".join(
        f"new {kind} {{ Value = {literal(getattr(part, 'value', ''))}, Note = {literal(getattr(part, 'note', ''))} }}"
        for part in parts or ()
    )
    return f"new List<{kind}> {{ {rows} }}"


def _ids(features: Features) -> str:
    rows = ", ".join(
        f"new ExternalIdFormat {{ RecordExternalIdFormat = {literal(part.record)}, "
        f"WebhookExternalIdFormat = {literal(part.webhook)}, Note = {literal(part.note)} }}"
        for part in features.external_id_formats or ()
    )
    return f"new List<ExternalIdFormat> {{ {rows} }}"


def scope_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Write a scope for each method of each flow To: the third party tells of its own records.

    The names follow those that the platform's guides show; a third party's own names go before.
    """
    seen = set()
    for entry in entries:
        for flow in entry.flows:
            actions = ["POLL"] if flow.trigger == "poll" else [ACTIONS[method] for method in flow.methods]
            for action in actions if flow.direction is Direction.TO else ():
                if (entry.collection, action) not in seen:
                    seen.add((entry.collection, action))
                    yield from _scope(entry, action)


def _scope(entry: Entry, action: str) -> Iterator[str]:
    name = f"{_subject(entry.collection)}/{action.lower()}"
    yield todo(f"use the third party's own name of the webhook of {entry.third_party} instead of {name}, if it has one")
    yield "scopes.Add(new Scope"
    yield "{"
    yield f"    Name = {literal(name)},"
    yield f"    Description = {literal(f'{entry.third_party} {action.lower()}')},"
    yield f"    MappingCollectionTypeId = {collection_type(entry)},"
    yield f"    ScopeActionId = (int)Integration.Constants.ScopeAction.{action}"
    yield "});"


def _subject(collection: str) -> str:
    """Name the subject of a scope as the platform does: that of its known scopes, else by parent and kind.

    >>> _subject("GIFT_CARD"), _subject("TRANSACTION_LINE"), _subject("LOCATION")
    ('giftcard', 'transaction/line', 'location')
    """
    known = ipaas_collections().get(collection)
    if known and known.scopes:
        return known.scopes[0].rpartition("/")[0]
    if known and known.parent and collection.startswith(f"{known.parent}_"):
        own = collection.removeprefix(f"{known.parent}_")
        return f"{_subject(known.parent)}/{own.replace('_', '').lower()}"
    return collection.replace("_", "").lower()


def preset_lines(presets: Iterable[Preset]) -> Iterator[str]:
    """Write a preset for each value that a subscriber gives."""
    for number, preset in enumerate(presets):
        yield todo(f"check {preset.name}: {preset.description}")
        yield "presets.Add(new Preset"
        yield "{"
        yield f"    Name = {literal(preset.name)},"
        yield f"    DataType = {literal(preset.data_type)},"
        yield "    IsRequired = true,"
        yield f"    SortOrder = {number}"
        yield "});"
