"""Build a connector, and samples, from a file of saved API calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from ipaas_discovery.drafting.described_connector import UNKNOWN_ADDRESS
from ipaas_discovery.drafting.posted_lists import group_calls
from ipaas_discovery.drafting.proposed_paging import TO_FILL_IN, members_of, propose_paging
from ipaas_discovery.drafting.saved_calls.collected import AuthMet, Collected, Example
from ipaas_discovery.drafting.saved_calls.grouping import CollectionGroup, Grouped
from ipaas_discovery.drafting.saved_calls.log_in_call import find_log_in
from ipaas_discovery.drafting.saved_calls.seen_paging import counts_its_page, seen_paging
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.links import next_links
from ipaas_discovery.systems.connectors.auth import Auth, NoAuth
from ipaas_discovery.systems.connectors.collection import Search
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector, Environment
from ipaas_discovery.systems.connectors.paging import Paging

__all__ = ["auth_of", "connector_from_requests", "proposed_paging", "samples_of"]


def connector_from_requests(collected: Collected, name: str, *, base_url: str | None = None) -> Connector:
    """Build a connector with the collections that the saved calls show.

    A GET that returns a list becomes a collection; the path of its records and its id are read from the saved
    answers. It authenticates as the file does if that is one way. Paging is not taken over: names of parameters
    only suggest it (`connector_text` writes the proposal as a comment).

    Args:
        collected: the saved calls of a file.
        name: name of the connector, also used to look up its credentials.
        base_url: address of the API. Defaults to the one in the file.

    Raises:
        ConfigurationError: if no call in the file lists anything.
    """
    groups = group_calls(collected)
    if not groups.collections:
        then = "save the calls that list records, best with an answer each"
        raise ConfigurationError("No call in the file gives a list of records", where=collected.source, then=then)
    address = base_url or groups.base_url or UNKNOWN_ADDRESS
    return Connector(
        title=collected.title,
        name=name,
        environments={"file": Environment(base_url=address, title=collected.title)},
        default_environment="file",
        auth=log_in.auth if (log_in := find_log_in(collected, groups.base_url)) else auth_of(collected.auth),
        scope=_scope(groups),
        collections={collection.name: _spec(collection) for collection in groups.collections.values()},
    )


def samples_of(collected: Collected) -> dict[str, Sample]:
    """Return the records of the saved answers, by the name of their collection.

    A collection without a saved list has the single records that were read by id, if any. A record saved twice
    counts once. The values are those of the file, personal data included.
    """
    groups = group_calls(collected).collections.values()
    samples = {saved.name: _sample(collected, saved) for saved in groups if saved.examples or saved.details}
    return {name: sample for name, sample in samples.items() if sample.records}


def _spec(collection: CollectionGroup) -> CollectionSpec:
    """Build the settings of a collection."""
    return CollectionSpec(
        list=None if collection.embedded or collection.search else collection.path,
        search=Search.model_validate(collection.search) if collection.search else None,
        embedded=collection.embedded,
        query=dict(collection.fixed),
        paging=_paging(collection),
        parent=collection.parent,
        records=None if collection.embedded else collection.place or "",
        detail=collection.detail,
        id=collection.id,
        create=collection.writes.get("create"),
        update=collection.writes.get("update"),
        delete=collection.writes.get("delete"),
    )


def _paging(collection: CollectionGroup) -> Paging | None:
    """Take over the paging that saved answers show: the next page's address or number, a cursor, or two pages."""
    if collection.search is not None:
        return _paging_of_search(collection.search, collection)
    for example in collection.examples:
        proposed = proposed_paging(collection, example)
        if (
            proposed.get("kind") in {"link", "next"}
            or (proposed.get("kind") == "page" and example.link)
            or (proposed.get("kind") == "cursor" and TO_FILL_IN not in proposed.values())
        ):
            return TypeAdapter[Paging](Paging).validate_python(proposed)
    if shown := seen_paging(collection.examples):
        proposed = proposed_paging(collection, collection.examples[0])
        total = {"total": proposed["total"]} if "total" in proposed else {}
        return TypeAdapter[Paging](Paging).validate_python(total | shown)
    return None


def _paging_of_search(search: Mapping[str, Any], collection: CollectionGroup) -> Paging | None:
    """Take over the paging of a search: a GraphQL connection by its variables, or what two of its pages show."""
    document = search.get("query", "")
    variables = {name: re.search(rf"\b{name}\s*:\s*\$(\w+)", document) for name in ("first", "after")}
    if document:
        whole = "pageInfo" in document and all(variables.values())
        named = {name: match[1] for name, match in variables.items() if match}
        return TypeAdapter[Paging](Paging).validate_python({"kind": "graphql", **named}) if whole else None
    shown = seen_paging(collection.examples)
    proposed = proposed_paging(collection, collection.examples[0])
    total = {"total": proposed["total"]} if "total" in proposed else {}
    return TypeAdapter[Paging](Paging).validate_python({**total, **shown, "in_body": True}) if shown else None


def proposed_paging(collection: CollectionGroup, example: Example | None) -> dict[str, Any]:
    """Propose how a collection pages by the names of its parameters and by what one of its answers holds."""
    if example is None:
        return propose_paging(collection.query)
    link = next(next_links(Answer(example.request.label, example.status, example.body)), ("", ""))[0]
    proposed: dict[str, Any] = propose_paging(
        collection.query,
        members_of(example.body),
        link=example.link,
        next_header=example.next_header,
        next_link=link,
    )
    if "total" in proposed and counts_its_page(proposed["total"], collection.examples or (example,)):
        del proposed["total"]
    return proposed | ({"in_body": True} if proposed and collection.search else {})


def _scope(groups: Grouped) -> dict[str, str]:
    """Return the names in paths that no collection fills, each with a description."""
    names = {name for collection in groups.collections.values() for name in collection.scope}
    return dict.fromkeys(sorted(names), "a value in the path of the saved calls")


def auth_of(ways: Iterable[AuthMet]) -> Auth:
    """Choose the connector's authentication: the file's, if that is one way that needs no log-in."""
    kinds: dict[str, list[AuthMet]] = {}
    for way in ways:
        scheme = auth_schemes().saved(way.kind)
        kinds.setdefault(scheme.kind if scheme and scheme.kind else way.kind, []).append(way)
    kinds.pop("cookie", None)  # it belongs to the browser
    if len(kinds) != 1:
        return NoAuth(kind="none")
    (kind, names) = next(iter(kinds.items()))
    settings: dict[str, dict[str, Any]] = {
        "bearer": {},
        "basic": {name: "" for name in [names[0].empty] if name and all(way.empty == name for way in names)},
        "oauth1": {},
        "headers": {"headers": _secrets(names)},
        "query": {"parameters": _secrets(names)},
    }
    known = {"kind": kind, **settings[kind]} if kind in settings else {"kind": "none"}
    return TypeAdapter[Auth](Auth).validate_python(known)


def _secrets(ways: list[AuthMet]) -> dict[str, str]:
    """Name the credential that fills each header or parameter, behind the word that stands before it."""
    secrets = {}
    for way in ways:
        name = "token" if len(ways) == 1 else re.sub(r"\W+", "_", way.name).strip("_").lower()
        secrets[way.name] = f"{way.word} {{{name}}}".strip()
    return secrets


def _sample(collected: Collected, collection: CollectionGroup) -> Sample:
    """Build a sample of the saved records."""
    answers = collection.examples or collection.details
    records: dict[str, Record] = {}
    for record in (record for answer in answers for record in answer.records):
        records.setdefault(json.dumps(record, sort_keys=True), record)
    return Sample(
        collected.title,
        collection.name,
        tuple(records.values()),
        Stop.FILE,
        taken=max(answer.taken for answer in answers),
    )
