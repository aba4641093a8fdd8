"""Write a connector as the text of its file, with comments on what is uncertain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ipaas_discovery.drafting.described_connector import UNKNOWN_ADDRESS
from ipaas_discovery.drafting.posted_lists import group_calls, left_out_of
from ipaas_discovery.drafting.recorded_connector import auth_of, connector_from_requests, proposed_paging
from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.grouping import CollectionGroup, Grouped
from ipaas_discovery.drafting.saved_calls.log_in_call import SavedLogIn, find_log_in
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.paging import Paging

__all__ = ["connector_text", "settings_text_of", "toml_of"]

_TABLES = ("auth", "headers", "paging", "limits", "scope")
_GROUPS = ("environments", "collections")


def connector_text(collected: Collected, name: str, *, base_url: str | None = None) -> str:
    """Write a connector file for a file of saved API calls.

    Settings that come from an example say so; paging, which names only suggest, is a comment.

    Args:
        collected: the saved calls of a file.
        name: name of the connector.
        base_url: address of the API. Defaults to the one in the file.

    Raises:
        ConfigurationError: if no call in the file lists anything.
    """
    connector = connector_from_requests(collected, name, base_url=base_url)
    groups = group_calls(collected)
    head = [f"Made from {collected.source}. It is a draft: prove each collection before anything relies on it."]
    log_in = find_log_in(collected, groups.base_url)
    head += [*_about_address(connector), *_about_auth(collected, connector, log_in)]
    if collected.headers:
        sent = ", ".join(collected.headers)
        head.append(f"The calls also send {sent}. What the API needs of them belongs into a table [headers].")
    head += [f"Warning: {warning}" for warning in collected.warnings]
    notes = {
        collection.name: _about(collection, connector.collections[collection.name].paging)
        for collection in groups.collections.values()
    }
    return toml_of(connector, head=head, notes=notes, foot=_about_rest(groups, log_in))


def toml_of(
    connector: Connector,
    *,
    head: Iterable[str] = (),
    notes: Mapping[str, tuple[list[str], list[str]]] | None = None,
    foot: Iterable[str] = (),
) -> str:
    """Write a connector as TOML that loads as the same connector.

    Args:
        connector: the connector to write.
        head: comments at the top.
        notes: comments above each collection's settings, and below them.
        foot: comments at the end.
    """
    excluded = {"name", *_TABLES, *_GROUPS}
    settings = {name: value for name, value in _stated(connector).items() if name not in excluded}
    lines = [*_comments(head), *_pairs(settings)]
    for name, environment in connector.environments.items():
        lines += ["", f"[environments.{_key(name)}]", *_pairs(_stated(environment))]
    for table in _TABLES:
        value = getattr(connector, table)
        value = _stated(value) if isinstance(value, BaseModel) else value
        if value and value != {"kind": "none"}:
            lines += ["", f"[{table}]", *_pairs(value)]
    for name, spec in connector.collections.items():
        above, below = (notes or {}).get(name, ([], []))
        settings = _stated(spec)
        paging = settings.pop("paging", None)
        lines += ["", *_comments(above), f"[collections.{_key(name)}]", *_pairs(settings), *_comments(below)]
        lines += [f"[collections.{_key(name)}.paging]", *_pairs(paging)] if paging else []
    closing = _comments(foot)
    return "\n".join([*lines, *([""] if closing else []), *closing]) + "\n"


def _about_address(connector: Connector) -> Iterator[str]:
    """Comment on an unknown address."""
    address = connector.environment().base_url
    names = re.findall(r"\{(\w+)\}", address)
    if address == UNKNOWN_ADDRESS:
        yield "unknown: address. The file does not say where the API is: write its address as `base_url`."
    elif names:
        yield f"unknown: part of the address. It asks for {', '.join(names)}, of which the file gives no value."


def _about_auth(collected: Collected, connector: Connector, log_in: SavedLogIn | None) -> Iterator[str]:
    """Comment on authentication, and propose what the file does not settle."""
    ways = ", ".join(map(str, collected.auth))
    if log_in is not None:
        yield f"[auth] is read from {log_in.request.label}, its texts replaced by the names of credentials."
        yield from (
            f"unknown: {setting} of [auth]. No saved call shows it; this is usual" for setting in log_in.unknown
        )
    elif not ways:
        yield "unknown: auth. The file shows no authentication; if the API asks for one, add a table [auth]."
    elif connector.auth.kind == "none":
        yield f"unknown: auth. The file authenticates by: {ways}. Put the one that the API needs into a table [auth]:"
        for way in collected.auth:
            auth = auth_of([way])
            if auth.kind != "none":
                yield from _pairs(_stated(auth))


def _about(collection: CollectionGroup, paging: Paging | None) -> tuple[list[str], list[str]]:
    """Comment above and below a collection's settings."""
    above = [*_about_search(collection)]
    if collection.embedded:
        return ["Inside the parent's records, which are asked for with it."], []
    known = any(
        collection.id in record for example in (*collection.examples, *collection.details) for record in example.records
    )
    if collection.place is not None and not any(example.records for example in collection.examples):
        above.append("unknown: records. The saved answer holds no record; `records` is where its empty list stands.")
    elif collection.place is not None:
        shown = f"`{collection.place}`" if collection.place else "the body itself"
        if collection.entity:
            above.append(f"A POST's text asks for {collection.entity} by a query; here a GET with it is tried.")
        above.append(f"Records in {shown}{', and the id' if known else ''}: read from an example.")
    elif collection.entity:
        above.append(
            f"unknown: records. A POST's text asks for {collection.entity} by a query; here a GET with it is tried."
        )
    else:
        above.append("unknown: records. No example of a list shows where they are; set `records`.")
    if not known:
        above.append("unknown: id. No example shows a field that identifies a record; `id` is assumed.")
    example = collection.examples[0] if collection.examples else None
    proposed = {} if paging else proposed_paging(collection, example)
    paged = {value for value in paging.model_dump().values() if isinstance(value, str)} if paging else set()
    if paging:
        above.append("Its paging is read from an example; `ipaas-discovery probe` proves it.")
    if not paging and not proposed:
        above.append("unknown: paging. No saved call shows how it goes on; `ipaas-discovery probe` looks for it.")
    others = [name for name in collection.query if name not in {*proposed.values(), *paged, *collection.fixed}]
    if others and collection.search is None:
        above.append(f"It also takes: {', '.join(others)}.")
    below = (
        ["unknown: paging. By the names it uses it may be this; `ipaas-discovery probe` proves it:"] if proposed else []
    )
    below += [f"[collections.{_key(collection.name)}.paging]", *_pairs(proposed)] if proposed else []
    return above, below


def _about_search(collection: CollectionGroup) -> Iterator[str]:
    """Comment on a collection that is read by POST."""
    if collection.search is None:
        return
    yield "A POST that only asks, by its words; its values are left out, as they may name somebody."
    if left := left_out_of(collection):
        yield f"Left out of its body: {', '.join(left)}."


def _about_rest(groups: Grouped, log_in: SavedLogIn | None) -> list[str]:
    """List the calls that fit into no collection, and are not the log-in."""
    rest = [sentence for request, sentence in groups.left_out if log_in is None or request != log_in.request]
    return ["Not taken over:", *(f"- {call}" for call in rest)] if rest else []


def _stated(settings: BaseModel) -> dict[str, Any]:
    """Return the settings that differ from their defaults."""
    kind = {"kind": getattr(settings, "kind")} if "kind" in type(settings).model_fields else {}  # noqa: B009  not every model has a kind
    fields = type(settings).model_fields
    values = {name: getattr(settings, name) for name in fields if name != "kind"}
    defaults = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    changed = {name: value for name, value in values.items() if value is not None and value != defaults[name]}
    return {
        **kind,
        **{name: _stated(value) if isinstance(value, BaseModel) else value for name, value in changed.items()},
    }


def settings_text_of(settings: BaseModel) -> list[str]:
    """Write settings that differ from their defaults as lines of a table."""
    return _pairs(_stated(settings))


def _pairs(table: Mapping[str, Any]) -> list[str]:
    """Write a table's settings, one per line."""
    return [f"{_key(name)} = {_value(value)}" for name, value in table.items()]


def _key(name: str) -> str:
    """Write a key, in quotes if it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: Any) -> str:  # noqa: ANN401  any setting
    """Write a value as TOML: like JSON, except for tables."""
    if isinstance(value, BaseModel):
        value = _stated(value)
    if isinstance(value, Mapping):
        inner = ", ".join(_pairs(value))
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()  # a file cannot hold half of a surrogate pair
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _comments(sentences: Iterable[str]) -> list[str]:
    """Write each sentence as a comment on one line, without the characters that TOML forbids there."""
    plain = (sentence.encode("utf-8", "replace").decode() for sentence in sentences)
    return ["# " + re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", sentence) for sentence in plain]
