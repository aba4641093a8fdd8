"""Supported Features of a pair as evidence and connectors answer them; what neither answers stays open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.facts.capabilities import Ability
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts, SideFacts
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features, Support, SyncType

__all__ = ["proposed_features"]

Outcomes = Mapping[Method, Outcome]
POSSIBLE = {Outcome.POSSIBLE, Outcome.WITH_DEFAULTS}
FULL_WEBHOOKS: Literal[1] = 1
"""The platform's id of full support by webhooks."""
WRITES = {Method.ADD: Ability.CREATE, Method.UPDATE: Ability.UPDATE, Method.DELETE: Ability.DELETE}


def proposed_features(collection: str, facts: PairFacts, direction: Direction, outcomes: Outcomes) -> Features:
    """Propose the record of one direction.

    Args:
        collection: iPaaS.com's type.
        facts: the facts of the pair.
        direction: To or From.
        outcomes: the outcome of each method in that direction.
    """
    ours, theirs = facts.ipaas, facts.third_party
    source, destination = (theirs, ours) if direction is Direction.TO else (ours, theirs)
    methods = tuple(method for method in Method if outcomes.get(method) in POSSIBLE)
    matched = _matched(facts)
    return Features(
        direction,
        support=_support(outcomes),
        sync_methods=tuple(SyncType[method.name] for method in methods),
        endpoints=tuple(map(Endpoint, dict.fromkeys(_endpoints(theirs, direction, methods)))),
        external_id_formats=_id_format(theirs),
        external_data_types=(DataType(theirs.collection),) if theirs.collection else None,
        allow_initialization=_needed(collection),
        collision_handling_supported=True if matched and outcomes.get(Method.UPDATE) in POSSIBLE else None,
        custom_field_supported=_custom_fields(source, destination),
        independent_transfer_supported=_independent(collection, theirs, direction),
        polling_supported=_polling(facts, direction),
        record_matching_supported=matched,
        external_webhook_support=_webhooks(theirs, direction),
        additional_information=" ".join(_information(collection, facts)) or None,
    )


def _support(outcomes: Outcomes) -> Support | None:
    """Tell how much of add and update is possible; None as long as one of them is open."""
    pair = [outcomes.get(method, Outcome.UNKNOWN) for method in (Method.ADD, Method.UPDATE)]
    if all(outcome in POSSIBLE for outcome in pair):
        return Support.FULL
    if any(outcome in POSSIBLE for outcome in pair):
        return Support.PARTIAL
    return Support.NONE if pair == [Outcome.BLOCKED] * 2 else None


def _endpoints(theirs: SideFacts, direction: Direction, methods: tuple[Method, ...]) -> Iterator[str]:
    """Yield the third party's calls of a flow: those that read, and when it receives, those that write."""
    reads = (Ability.LIST, Ability.GET) if direction is Direction.TO else (Ability.GET,)
    writes = () if direction is Direction.TO else tuple(WRITES[method] for method in methods)
    for ability in (*reads, *writes):
        known = theirs.capability(ability.value)
        if known.offered and known.call:
            yield known.call


def _id_format(theirs: SideFacts) -> tuple[ExternalId, ...] | None:
    """Write the form of the third party's id: that of its parent before it, where it is unique only there."""
    known = theirs.field(theirs.id) if theirs.id else None
    if known is None:
        return None
    own = f"{{{{{theirs.id}}}}}"
    if theirs.parent and known.key is False:
        return (ExternalId(f"{{{{parent_id}}}}|{own}", "", f"parent_id is the id of {theirs.parent}"),)
    return (ExternalId(own),)


def _needed(collection: str) -> bool:
    """Tell whether other collections need its records to be there before theirs."""
    return any(collection in other.needs for other in ipaas_collections().values())


def _matched(facts: PairFacts) -> bool | None:
    """Tell whether records are found by a field of their own; None where nobody saw it."""
    own = [ours for ours, _ in facts.keys if not ours.startswith("external_ids")]
    return True if own and facts.paired else None


def _custom_fields(source: SideFacts, destination: SideFacts) -> bool | None:
    """Tell whether fields that people added can be handed over; None unless both sides have a list for them."""
    return True if source.custom_fields and destination.custom_fields else None


def _independent(collection: str, theirs: SideFacts, direction: Direction) -> bool | None:
    """Tell whether the collection moves without its parent."""
    known = ipaas_collections().get(collection)
    if known is None or not known.parent:
        return True if known else None
    if direction is Direction.TO:
        listed = theirs.capability(Ability.LIST.value)
        return None if listed.offered is None else not (theirs.embedded or theirs.parent)
    made = theirs.capability(Ability.CREATE.value)
    return not made.call.startswith("inside ") if made.offered and made.call else None


def _polling(facts: PairFacts, direction: Direction) -> bool | None:
    """Tell whether changes are asked for; the platform wants that only where no webhook tells of them."""
    source = facts.third_party if direction is Direction.TO else facts.ipaas
    if source.capability(Ability.WEBHOOK.value).offered:
        return False
    return True if source.capability(Ability.SINCE.value).offered and direction is Direction.TO else None


def _webhooks(theirs: SideFacts, direction: Direction) -> Literal[1] | None:
    if direction is Direction.FROM:
        return None
    return FULL_WEBHOOKS if theirs.capability(Ability.WEBHOOK.value).offered else None


def _information(collection: str, facts: PairFacts) -> Iterator[str]:
    """Yield what has to be there before, and how a record of a child is reached."""
    known = ipaas_collections().get(collection)
    if known and known.needs:
        yield f"Needs {', '.join(known.needs)} first."
    if facts.third_party.parent:
        where = "inside" if facts.third_party.embedded else "under"
        yield f"Its records stand {where} those of {facts.third_party.parent}."
