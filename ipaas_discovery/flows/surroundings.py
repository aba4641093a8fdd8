"""Surroundings of a flow: the other collections of the worksheet, and how its source tells of changes."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Method

__all__ = ["Learning", "Surroundings"]


@dataclass(frozen=True, slots=True)
class Learning(Card):
    """Ways to learn of a change of a record.

    Attributes:
        webhook: what says that the system calls when a record changes; empty if nothing does.
        since: the parameter that asks for records changed since a moment; empty if there is none.
        newest: True if the list can be had with the newest records first.
        records: how many records there are; None if that is not known.
        page: how many of them one call returns.
        file: True if they come as a file, which no call asks for.
    """

    webhook: str = ""
    since: str = ""
    newest: bool = False
    records: int | None = None
    page: int = 0
    file: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings(Card):
    """Facts beside the two schemas of a flow.

    Attributes:
        planned: iPaaS.com's collections that the worksheet moves, in the order in which they are built; None if
            there is no worksheet to know it by.
        outside: collections that are left out on purpose.
        learning: how the source's changes can be learned of; None if nobody looked.
        created: what the destination receives on create, for an update.
        id_fields: the fields that the source's connector names as the record's id.
        unlisted: methods for which nobody says that there is no call, but the API's description lists none; None: each.
        parent: the source's collection in whose records or under whose calls its own stand, empty if none.
        owned: the destination's fields that both sides write and its own side owns.
    """

    planned: tuple[str, ...] | None = None
    outside: tuple[str, ...] = ()
    learning: Learning | None = None
    created: Schema | None = None
    id_fields: tuple[str, ...] = ()
    unlisted: tuple[Method, ...] | None = None
    parent: str = ""
    owned: tuple[str, ...] = ()
