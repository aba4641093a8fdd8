"""Rule for fields that both sides write, of which one side's value counts."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.vocabulary import Grade

__all__ = ["left_to_owner"]


def left_to_owner(flow: Flow) -> Iterator[Finding]:
    """Report the fields that an update leaves as they are, as the destination's side owns them."""
    for mapping in flow.owned:
        fact = "both sides write it, and the destination's side owns it: an update leaves it as it is"
        yield Finding("owner", Effect.SUPPORTS, mapping.destination, fact, "", Grade.DECLARED)
