"""A connector as the text of its file, with comments on what is not sure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ipaas_discovery.drafting.proposed_paging import members_of, propose_paging
from ipaas_discovery.drafting.recorded_connector import UNKNOWN_ADDRESS, connector_from_requests
from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.grouping import CollectionGroup, Grouped, group
from ipaas_discovery.systems.connectors.connector import Connector

__all__ = ["connector_text", "toml_of"]

_TABLES = ("auth", "headers", "paging", "limits", "scope")
_GROUPS = ("environments", "collections")


def connector_text(collected: Collected, name: str, *, base_url: str | None = None) -> str:
    """The text of a connector file for a file of saved API calls.

    Settings that an example shows say so; paging, which is only suggested by names, is a comment.

    Args:
        collected: a file, read.
        name: what to call the connector.
        base_url: the address, where the file does not say it or says another.

    Raises:
        ConfigurationError: if no call in the file lists anything.
    """
    connector = connector_from_requests(collected, name, base_url=base_url)
    found = group(collected)
    head = [f"Made from {collected.source}. It is a draft: prove each collection before anything relies on it."]
    head += [*_about_address(connector), *_about_auth(collected, connector)]
    head += [f"Warning: {each}" for each in collected.warnings]
    notes = {each.name: _about(each) for each in found.collections.values()}
    return toml_of(connector, head=head, notes=notes, foot=_about_rest(found))


def toml_of(
    connector: Connector,
    *,
    head: Iterable[str] = (),
    notes: Mapping[str, tuple[list[str], list[str]]] | None = None,
    foot: Iterable[str] = (),
) -> str:
    """A connector as TOML that loads as the same connector.

    Args:
        connector: what to write.
        head: comments at the top.
        notes: comments above each collection's settings, and below them.
        foot: comments at the end.
    """
    settings = {name: each for name, each in _said(connector).items() if name not in {"name", *_TABLES, *_GROUPS}}
    lines = [*_comments(head), *_pairs(settings)]
    for name, place in connector.environments.items():
        lines += ["", f"[environments.{_key(name)}]", *_pairs(_said(place))]
    for table in _TABLES:
        said = getattr(connector, table)
        said = _said(said) if isinstance(said, BaseModel) else said
        if said and said != {"kind": "none"}:
            lines += ["", f"[{table}]", *_pairs(said)]
    for name, spec in connector.collections.items():
        above, below = (notes or {}).get(name, ([], []))
        lines += ["", *_comments(above), f"[collections.{_key(name)}]", *_pairs(_said(spec)), *_comments(below)]
    closing = _comments(foot)
    return "\n".join([*lines, *([""] if closing else []), *closing]) + "\n"


def _about_address(connector: Connector) -> Iterator[str]:
    address = connector.environment().base_url
    names = re.findall(r"\{(\w+)\}", address)
    if address == UNKNOWN_ADDRESS:
        yield "The file does not say where the API is: write its address as `base_url`."
    elif names:
        yield f"The address asks for {', '.join(names)}, of which the file gives no value."


def _about_auth(collected: Collected, connector: Connector) -> Iterator[str]:
    met = ", ".join(map(str, collected.auth))
    if not met:
        yield "The file shows no authentication; if the API asks for one, add a table [auth]."
    elif connector.auth.kind == "none":
        yield f"The file authenticates by: {met}. Which of them the API needs is for you to say, in a table [auth]."


def _about(each: CollectionGroup) -> tuple[list[str], list[str]]:
    """Comments above and below a collection's settings."""
    above = []
    if each.place is not None:
        shown = f"`{each.place}`" if each.place else "the body itself"
        above.append(f"Records in {shown}, and the id: read from an example.")
    else:
        above.append("No example of a list: where the records are is not known; set `records`.")
    answer = each.examples[0] if each.examples else None
    members = members_of(answer.body) if answer else ()
    proposed = propose_paging(each.query, members, link=bool(answer and answer.link))
    others = [name for name in each.query if name not in proposed.values()]
    if others:
        above.append(f"It also takes: {', '.join(others)}.")
    below = ["Paging by the names it uses, not proven; `ipaas-discovery probe` proves it:"] if proposed else []
    below += [f"[collections.{_key(each.name)}.paging]", *_pairs(proposed)] if proposed else []
    return above, below


def _about_rest(found: Grouped) -> list[str]:
    return ["Not taken over:", *(f"- {each}" for each in found.left_out)] if found.left_out else []


def _said(settings: BaseModel) -> dict[str, Any]:
    """The settings that differ from what they are without being said."""
    kind = {"kind": getattr(settings, "kind")} if "kind" in type(settings).model_fields else {}  # noqa: B009  not every model has it
    fields = type(settings).model_fields
    held = {name: getattr(settings, name) for name in fields if name != "kind"}
    said = {name: value for name, value in held.items() if value is not None and value != fields[name].default}
    return {**kind, **{name: _said(value) if isinstance(value, BaseModel) else value for name, value in said.items()}}


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(value)}" for name, value in table.items()]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: Any) -> str:  # noqa: ANN401  any setting
    """A value as TOML: JSON's, but for tables."""
    if isinstance(value, BaseModel):
        value = _said(value)
    if isinstance(value, Mapping):
        inner = ", ".join(_pairs(value))
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text in a file
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _comments(sentences: Iterable[str]) -> list[str]:
    """Each sentence as a comment on one line; what TOML forbids in comments is replaced."""
    plain = (each.encode("utf-8", "replace").decode() for each in sentences)
    return ["# " + re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", each) for each in plain]
