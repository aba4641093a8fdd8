"""A connector, and samples, from a file of saved API calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ipaas_discovery.drafting.saved_calls.collected import AuthMet, Collected
from ipaas_discovery.drafting.saved_calls.grouping import CollectionGroup, Grouped, group
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.systems.connectors.auth import Auth, BasicAuth, BearerAuth, HeadersAuth, NoAuth, QueryAuth
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector, Environment

__all__ = ["UNKNOWN_ADDRESS", "connector_from_requests", "samples_of"]

UNKNOWN_ADDRESS = "{base_url}"
"""The address of a system of which the file does not say where it is; it is asked for like a credential."""


def connector_from_requests(collected: Collected, name: str, *, base_url: str | None = None) -> Connector:
    """A connector with the collections that the saved calls tell of.

    A GET that gives a list becomes a collection; where its records are, and its id, is read from the saved
    answers. It authenticates as the file does if that is one way. How the API pages is not taken over: names
    of parameters only suggest it (`connector_text` writes the proposal as a comment).

    Args:
        collected: a file, read.
        name: what to call the connector; its credentials are looked for under this name.
        base_url: the address, where the file does not say it or says another.

    Raises:
        ConfigurationError: if no call in the file lists anything.
    """
    found = group(collected)
    if not found.collections:
        then = "save the calls that list records, best with an answer each"
        raise ConfigurationError("No call in the file gives a list of records", where=collected.source, then=then)
    address = base_url or found.base_url or UNKNOWN_ADDRESS
    return Connector(
        title=collected.title,
        name=name,
        environments={"file": Environment(base_url=address, title=collected.title)},
        default_environment="file",
        auth=_auth(collected.auth),
        scope=_scope(found),
        collections={each.name: _spec(each) for each in found.collections.values()},
    )


def samples_of(collected: Collected) -> dict[str, Sample]:
    """The records of the saved answers, by the name of their collection.

    A collection without a saved list is left with the single records that were read by id, if any. The same
    record saved twice is one. The values are as they stand in the file: personal data among them.
    """
    found = group(collected).collections.values()
    made = {each.name: _sample(collected, each) for each in found if each.examples or each.details}
    return {name: sample for name, sample in made.items() if sample.records}


def _spec(each: CollectionGroup) -> CollectionSpec:
    return CollectionSpec(
        list=each.path,
        parent=each.parent,
        records=each.place or "",
        detail=each.detail,
        id=each.id,
        create=each.writes.get("create"),
        update=each.writes.get("update"),
        delete=each.writes.get("delete"),
    )


def _scope(found: Grouped) -> dict[str, str]:
    """The names in paths that no collection fills, each with what it is."""
    names = {name for each in found.collections.values() for name in each.scope}
    return dict.fromkeys(sorted(names), "a value in the path of the saved calls")


def _auth(met: Iterable[AuthMet]) -> Auth:
    """How the connector authenticates: as the file does, if that is one way that needs no log-in."""
    kinds: dict[str, list[str]] = {}
    for each in met:
        kinds.setdefault(each.kind, []).append(each.name)
    kinds.pop("cookie", None)  # what a browser keeps for itself
    if len(kinds) != 1:
        return NoAuth(kind="none")
    (kind, names) = next(iter(kinds.items()))
    scheme = auth_schemes().saved(kind)
    match scheme.kind if scheme else "":
        case "bearer":
            return BearerAuth(kind="bearer")
        case "basic":
            return BasicAuth(kind="basic")
        case "headers":
            return HeadersAuth(kind="headers", headers=_secrets(names))
        case "query":
            return QueryAuth(kind="query", parameters=_secrets(names))
    return NoAuth(kind="none")


def _secrets(names: list[str]) -> dict[str, str]:
    """Each header or parameter with the name of the credential that fills it."""
    if len(names) == 1:
        return {names[0]: "{token}"}
    return {name: "{" + re.sub(r"\W+", "_", name).strip("_").lower() + "}" for name in names}


def _sample(collected: Collected, each: CollectionGroup) -> Sample:
    answers = each.examples or each.details
    records: dict[str, Record] = {}
    for record in (record for answer in answers for record in answer.records):
        records.setdefault(json.dumps(record, sort_keys=True), record)
    return Sample(
        collected.title,
        each.name,
        tuple(records.values()),
        Stop.FILE,
        taken=max(answer.taken for answer in answers),
    )
