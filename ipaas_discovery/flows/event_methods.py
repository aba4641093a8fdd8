"""Methods of which an event tells, as far as its name says."""

from __future__ import annotations

from functools import lru_cache

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.vocabulary import Method

__all__ = ["event_methods"]

NAMED = {"created": Method.ADD, "updated": Method.UPDATE, "deleted": Method.DELETE}
"""Words in the thesaurus' spelling, and what happened to the record."""


@lru_cache(4_096)
def event_methods(event: str) -> frozenset[Method]:
    """List the methods of which an event tells; all of them where its name says nothing of that.

    >>> sorted(event_methods("orderModified")), len(event_methods("order/paid"))
    ([<Method.UPDATE: 'update'>], 3)
    """
    words = Thesaurus.load().literal(split_words(event))
    return frozenset(NAMED[word] for word in words if word in NAMED) or frozenset(Method)
