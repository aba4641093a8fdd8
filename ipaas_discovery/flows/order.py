"""Order of implementation that the platform recommends: which collection has to exist before which."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections

__all__ = ["implementation_order", "prerequisites"]


def implementation_order(collections: Iterable[str]) -> list[str]:
    """Sort `collections` as they are to be built: parents first, unknown names last, by name.

    >>> implementation_order(["Lines", "returns", "Transactions", "Customers"])
    ['Customers', 'Transactions', 'Lines', 'returns']
    """
    place = {name: at for at, name in enumerate(ipaas_collections())}
    return sorted(collections, key=lambda name: (place.get(collection_name(name), len(place)), name))


def prerequisites(collection: str) -> tuple[str, ...]:
    """List what has to exist before `collection`'s records: what they stand in, then what they point at.

    >>> prerequisites("Payments")
    ('TRANSACTION', 'PAYMENT_METHOD')
    """
    known = ipaas_collections().get(collection_name(collection))
    return known.needs if known else ()
