"""Order of implementation that the platform recommends: which collection has to exist before which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.vocabulary import Grade

__all__ = ["implementation_order", "lacking_parent", "plan_findings", "planned_later", "prerequisites"]


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


def lacking_parent(collection: str, planned: Sequence[str]) -> str:
    """Return the collection in whose records these stand, if it is not planned; empty if all is well.

    >>> lacking_parent("TRANSACTION_LINE", ["CUSTOMER"]), lacking_parent("TRANSACTION_LINE", ["TRANSACTION"])
    ('TRANSACTION', '')
    """
    known = ipaas_collections().get(collection_name(collection))
    return known.parent if known and known.parent not in planned else ""


def planned_later(
    collection: str, planned: Sequence[str], needs: Callable[[str], Iterable[str]] = prerequisites
) -> tuple[str, ...]:
    """List what has to exist before a collection, and is planned after it.

    >>> planned_later("TRANSACTION", ["TRANSACTION", "CUSTOMER"])
    ('CUSTOMER',)
    """
    after = planned[planned.index(collection) + 1 :] if collection in planned else ()
    return tuple(name for name in needs(collection) if name in after)


def plan_findings(planned: Iterable[str], needs: Callable[[str], Iterable[str]] = prerequisites) -> Iterator[Finding]:
    """Report what is wrong with the order in which collections are planned, about each collection by its name.

    Args:
        planned: iPaaS.com's collections in the order in which they are to be built.
        needs: gives what has to exist before a collection. Defaults to the platform's recommendation.

    >>> [finding.fact for finding in plan_findings(["TRANSACTION_LINE", "CUSTOMER_CATEGORY"])]
    ['its records stand in those of TRANSACTION, which is not planned']
    >>> circle = {"A": ["B"], "B": ["A"]}
    >>> [finding.fact for finding in plan_findings(["A", "B"], circle.__getitem__)]
    ['A needs B, B needs A: none of them can be the first']
    """
    names = [*dict.fromkeys(map(collection_name, planned))]
    graph = {name: [needed for needed in needs(name) if needed in names] for name in names}
    if circle := _circle(graph):
        steps = ", ".join(f"{name} needs {needed}" for name, needed in pairwise(circle))
        fix = "build one of them without the other's field first, and update it afterwards"
        yield Finding("circle", Effect.WARNS, circle[0], f"{steps}: none of them can be the first", fix, Grade.INFERRED)
    for name in names:
        if parent := lacking_parent(name, names):
            fact = f"its records stand in those of {parent}, which is not planned"
            yield Finding("scope", Effect.WARNS, name, fact, f"plan {parent} as well", Grade.DECLARED)
        for needed in planned_later(name, names, needs) if name not in circle else ():
            fact = f"{needed} has to exist before, and is planned after it"
            yield Finding("order", Effect.WARNS, name, fact, f"build {needed} first", Grade.DECLARED)


def _circle(graph: dict[str, list[str]]) -> list[str]:
    """Return collections that need each other, the first one at the end again; empty if there are none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [*reversed(error.args[1])]
    return []
