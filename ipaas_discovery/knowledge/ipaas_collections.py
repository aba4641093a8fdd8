"""iPaaS.com's mapping-collection types: their order, their plain names, and what they need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["IpaasCollection", "collection_name", "ipaas_collections", "plain_names"]


@dataclass(frozen=True, slots=True)
class IpaasCollection:
    """One mapping-collection type.

    Attributes:
        name: the platform's.
        id: the platform's number of the type.
        needs: what has to exist before its records.
        plain: the plain name of the platform's guide, empty where it has none.
        parent: the type whose records hold its own, empty for one that stands alone.
        scopes: names of its webhooks that the platform's guides and code show; not all are public.
        implemented: False where the platform's vendor says that it is not.
    """

    name: str
    id: int
    needs: tuple[str, ...] = ()
    plain: str = ""
    parent: str = ""
    implemented: bool = True
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    collections: tuple[IpaasCollection, ...]


@cache
def ipaas_collections() -> dict[str, IpaasCollection]:
    """Give all types by their name, in the order in which the platform recommends to implement them.

    >>> len(ipaas_collections()), ipaas_collections()["TRANSACTION_PAYMENT"].needs
    (63, ('TRANSACTION', 'PAYMENT_METHOD'))
    """
    return {row.name: row for row in read_toml("ipaas_collections", _Table).collections}


def collection_name(name: str) -> str:
    """Spell a collection as the platform does: plain names of the guide become collection types.

    >>> collection_name("Customers"), collection_name("Transaction line"), collection_name("GIFT_CARD")
    ('CUSTOMER', 'TRANSACTION_LINE', 'GIFT_CARD')
    """
    plain = name.strip().lower()
    return plain_names().get(plain) or re.sub(r"[\s-]+", "_", plain).upper()


@cache
def plain_names() -> dict[str, str]:
    """Give the type that each plain name of the platform's guide stands for."""
    return dict(sorted((row.plain, row.name) for row in ipaas_collections().values() if row.plain))
