"""Supported Features record of the platform: what an integration offers for one collection in one direction."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator
from pydantic.dataclasses import dataclass

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.parts import STRICT, OneWay, Text, rank

__all__ = ["DataType", "Endpoint", "ExternalId", "Features", "Support", "SyncType", "sync_types"]


class Support(StrEnum):
    """Extent to which the integration supports a collection in a direction."""

    NONE = "None"
    PARTIAL = "Partial"
    FULL = "Full"


class SyncType(StrEnum):
    """Sync types of the platform (``TM_SyncType``).

    >>> SyncType.ADD_AND_UPDATE.platform_id
    3
    """

    ADD = "ADD"
    UPDATE = "UPDATE"
    ADD_AND_UPDATE = "ADD_AND_UPDATE"
    DELETE = "DELETE"
    DELETE_TRIGGERED_UPDATE = "DELETE_TRIGGERED_UPDATE"

    @property
    def platform_id(self) -> int:
        """Number that the platform gives it, 1 to 5."""
        return list(SyncType).index(self) + 1


def sync_types(methods: tuple[Method, ...]) -> tuple[SyncType, ...]:
    """Translate `methods` to the platform's sync types.

    >>> [kind.value for kind in sync_types((Method.ADD, Method.DELETE))]
    ['ADD', 'DELETE']
    """
    return tuple(SyncType[method.name] for method in methods)


def _in_order(kinds: tuple[SyncType, ...] | None) -> tuple[SyncType, ...] | None:
    return None if kinds is None else tuple(kind for kind in SyncType if kind in kinds)


@dataclass(frozen=True, slots=True, config=STRICT)
class Endpoint(Card):
    """An end point of the third party that the flow calls, such as `/orders/{Id}`."""

    value: Text
    note: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class ExternalId(Card):
    """Written form of the third party's id: saved with the record, and as a webhook sends it."""

    record: Text
    webhook: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class DataType(Card):
    """The third party's own word for the kind of record."""

    value: Text
    note: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class Features(Card):
    """One Supported Features record, property by property; None is unknown, an empty list is known to be none.

    `external_webhook_support` is the platform's id: 0 none, 1 full, 2 logical support for polling.

    >>> from ipaas_discovery.vocabulary import Direction
    >>> Features(Direction.TO, support=Support.FULL).polling_supported is None
    True
    """

    direction: OneWay
    support: Support | None = None
    sync_methods: Annotated[tuple[SyncType, ...] | None, AfterValidator(_in_order)] = None
    endpoints: tuple[Endpoint, ...] | None = None
    external_id_formats: tuple[ExternalId, ...] | None = None
    external_data_types: tuple[DataType, ...] | None = None
    allow_initialization: bool | None = None
    collision_handling_supported: bool | None = None
    custom_field_supported: bool | None = None
    independent_transfer_supported: bool | None = None
    polling_supported: bool | None = None
    record_matching_supported: bool | None = None
    external_webhook_support: Literal[0, 1, 2] | None = None
    additional_information: Text | None = None

    @property
    @shows("Direction")
    def key(self) -> tuple[int]:
        """Direction of the record: a collection has one record for each."""
        return (rank(self.direction),)

    @property
    @shows("What is known", "property", "value")
    def known(self) -> dict[str, Any]:
        """Properties that somebody knows."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self) if field.name != "direction")
        return {name: value for name, value in pairs if value is not None}
