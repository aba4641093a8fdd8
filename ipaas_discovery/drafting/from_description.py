"""Write a connector file from an API description, with `# unknown: …` for all that it does not tell."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from ipaas_discovery.drafting.described_connector import UNKNOWN_ADDRESS, required_headers, secret_headers
from ipaas_discovery.drafting.described_log_in import DescribedLogIn, described_log_in, unclear_log_ins
from ipaas_discovery.drafting.from_calls import settings_text_of
from ipaas_discovery.drafting.proposed_paging import TO_FILL_IN, members_described, propose_paging
from ipaas_discovery.drafting.united_documents import DescribedApi
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.connectors.auth import Auth
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector
from ipaas_discovery.systems.connectors.request_parameters import ends_of
from ipaas_discovery.systems.openapi import ApiDescription, Operation

__all__ = ["connector_text"]

HEAD = """\
# {title}: written from {files}.
# What the document tells stands here as settings. What it does not tell is marked "unknown": nothing was guessed.
# Fill those in, then let `ipaas-discovery probe third-party COLLECTION` prove them.
title = {quoted}
version = "1"
default_environment = "document"

[environments.document]{unknown}
base_url = {base_url}{others}
title = {quoted}
openapi = [{files_quoted}]
"""
LIMITS = """\
# unknown: limits. No part of an API description tells them reliably: see the vendor's pages, and the headers met.
[limits]
in_flight = 2
# per_minute = 60
# remaining_header = "X-RateLimit-Remaining"
# reset_header = "X-RateLimit-Reset"
# reset_unit = "s"
"""
ASKED = ("page", "offset", "cursor", "size", "limit")
"""Settings of paging that name parameters."""
PLACE = "   # where the answer holds it"


def connector_text(connector: Connector, described: Sequence[DescribedApi]) -> str:
    """Write the TOML of a connector file with its comments; `load_connector` reads it.

    Args:
        connector: the connector that `unite` built from the descriptions.
        described: the descriptions.
    """
    apis = [one.api for one in described]
    server = connector.environment().base_url
    bare = server.removeprefix(UNKNOWN_ADDRESS)
    others = dict.fromkeys(url for api in apis for url in api.servers if not url.startswith((server, bare or server)))
    head = HEAD.format(
        title=_line(connector.title),
        files=_origin(described),
        quoted=_quoted(connector.title),
        base_url=_quoted(server),
        unknown=_about_address(server),
        others=f"   # the document names also: {_line(', '.join(others))}" if others else "",
        files_quoted=", ".join(_quoted(one.file) for one in described),
    )
    own = {new: (one.api, old) for one in described for new, old in one.names.items()}
    tables = (_collection(name, spec, own, connector.scope) for name, spec in connector.collections.items())
    rest = (
        _auth(described, server),
        _headers(apis),
        _scope(connector),
        _paging(connector, own),
        LIMITS,
    )
    return "\n".join((*filter(None, (head, *rest, *tables)), *filter(None, (_left_out(one) for one in described))))


def _origin(described: Sequence[DescribedApi]) -> str:
    """Name the descriptions, with their versions."""
    names = [_line(one.file) + (f", version {_line(one.api.version)}" if one.api.version else "") for one in described]
    return f"the API description{'s'[: len(names) != 1]} {'; '.join(names)}"


def _about_address(server: str) -> str:
    """Mark an address that has to be filled in, in whole or in part."""
    names = re.findall(r"\{(\w+)\}", server)
    if not names:
        return ""
    what = "address. The document does not say where the API is" if UNKNOWN_ADDRESS in server else "part of the address"
    return f"\n# unknown: {what}: put it in place of {{{'}, {'.join(names)}}}, or give it in .env"


def _headers(apis: Sequence[ApiDescription]) -> str:
    """Write the headers that the documents require; one without a value is marked."""
    headers = {name: (name, value, known) for api in apis for name, value, known in required_headers(api)}.values()
    if not headers:
        return ""
    lines = [
        f"{_key(name)} = {_quoted(value)}" if known else f"# {_key(name)} = {_quoted('…')}   # unknown: its value"
        for name, value, known in headers
    ]
    return "\n".join(("# The document requires these headers.", "[headers]", *lines, ""))


def _scope(connector: Connector) -> str:
    """Write the names in paths that the user gives."""
    lines = [f"{_key(name)} = {_quoted(text)}" for name, text in connector.scope.items()]
    return (
        "\n".join(("# Values of your own: write them into .env, or in place of the names.", "[scope]", *lines, ""))
        if lines
        else ""
    )


def _auth(described: Sequence[DescribedApi], server: str) -> str:
    """Write the one way to authenticate that the documents tell, with its log-in; propose each of several."""
    schemes = {name: scheme for one in described for name, scheme in _schemes(one.document).items()}
    ways = [(name, lines) for name, scheme in sorted(schemes.items()) if (lines := _way(scheme))]
    ways = ways or _header_way([name for one in described for name in secret_headers(one.api)])
    if len({tuple(lines) for _, lines in ways}) == 1:
        ways = ways[:1]  # one way by several names
    log_in = _log_in(described, server, ways)
    carried = not ways or (len(ways) == 1 and ways[0][1][0] in {'kind = "bearer"', 'kind = "headers"'})
    if log_in is not None and carried:
        unknown = [
            f"# unknown: {setting} of [auth]. The document does not tell it; this is usual"
            for setting in log_in.unknown
        ]
        unknown += [f"# unknown: which log-in. The document has also {_line(', '.join(log_in.others))}"] * bool(
            log_in.others
        )
        instead = [f"# A token of your own does without that log-in: {', '.join(lines)}" for _, lines in ways]
        head = f"[auth]                       # a log-in by {_line(log_in.call.label)}"
        return "\n".join((*unknown, *instead, head, *settings_text_of(log_in.auth), ""))
    if len(ways) == 1:
        name, lines = ways[0]
        return "\n".join((f"[auth]                       # the document calls it {_line(name)}", *lines, ""))
    reason = "names several ways: put one in place of the line below" if ways else "does not say how to log in"
    ways += [(log_in.call.label, settings_text_of(log_in.auth))] if log_in else []
    proposals = [f"# {line}" for name, lines in ways for line in (f"{_line(name)}:", *lines)]
    unclear = [label for one in described for label in unclear_log_ins(one.api)]
    proposals += [f"# {_line(label)} sounds like a log-in, and its answer shows no token" for label in unclear]
    return "\n".join((f"# unknown: auth. The document {reason}.", *proposals, "[auth]", 'kind = "none"', ""))


def _log_in(
    described: Sequence[DescribedApi], server: str, ways: Sequence[tuple[str, list[str]]]
) -> DescribedLogIn | None:
    """Find a log-in by a call of the documents; what it gives is carried as the only way says that is told."""
    way = TypeAdapter[Auth](Auth).validate_python(tomllib.loads("\n".join(ways[0][1]))) if len(ways) == 1 else None
    for one in described:
        whole = next((url for url in one.api.servers if url.startswith(server)), server)
        prefix = whole.removeprefix(server).rstrip("/")
        if log_in := described_log_in(one.api, prefix=prefix, way=way):
            return log_in
    return None


def _schemes(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the security schemes of a document by name."""
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
    schemes = schemes or document.get("securityDefinitions")
    return {str(name): scheme for name, scheme in schemes.items()} if isinstance(schemes, Mapping) else {}


def _way(scheme: object) -> list[str] | None:
    """Write the settings for a security scheme of OpenAPI 3 or Swagger 2; None if no setting fits."""
    if not isinstance(scheme, Mapping):
        return None
    kind = str(scheme.get("type"))
    detail = {"apikey": scheme.get("in"), "http": scheme.get("scheme")}.get(kind.lower())
    known = auth_schemes().described(kind, str(detail or ""))
    if known is None or not known.kind:
        of_its_own = known is None and kind.lower() == "http" and re.fullmatch(r"[A-Za-z][\w-]*", str(detail or ""))
        return _carrying({"Authorization": f"{detail} {{token}}"}) if of_its_own else None
    name, url = scheme.get("name"), _token_url(scheme)
    if known.needs == "name":
        word = "headers" if known.kind == "headers" else "parameters"
        before = _word_before(name, scheme) if word == "headers" and isinstance(name, str) else ""
        return (
            None
            if not isinstance(name, str)
            else [f'kind = "{known.kind}"', f'{word} = {{ {_quoted(name)} = "{before}{{token}}" }}']
        )
    if known.needs == "token URL":
        return [f'kind = "{known.kind}"', f"token_url = {_quoted(url)}"] if url else [f'kind = "{known.otherwise}"']
    return [f'kind = "{known.kind}"']


def _header_way(names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Write the one way that headers with the names of secrets are; none without such headers."""
    words = {name: re.sub(r"\W+", "_", name).strip("_").lower() for name in names}
    secrets = {name: f"{{{'token' if len(words) == 1 else word}}}" for name, word in words.items()}
    return [(", ".join(secrets), _carrying(secrets))] if secrets else []


def _carrying(secrets: Mapping[str, str]) -> list[str]:
    """Write the settings for secrets that headers carry."""
    pairs = ", ".join(f"{_quoted(name)} = {_quoted(template)}" for name, template in secrets.items())
    return ['kind = "headers"', f"headers = {{ {pairs} }}"]


def _word_before(name: str, scheme: Mapping[str, Any]) -> str:
    """Find the word that a scheme's text puts before the secret, as in `Authorization: Token …`; empty without one."""
    text = " ".join(value for value in (scheme.get("description"), scheme.get("x-default")) if isinstance(value, str))
    shown = re.search(rf"{re.escape(name)}[\"'`]?\s*[:=]\s*[\"'`]?([A-Za-z][\w-]*) +[\"'`]?[\w<{{\[(.…*$-]", text)
    quoted = (
        re.search(r"[\"'`]([A-Z][\w-]*):? [<{\[]?[\w*….]+[^\"'`]*[\"'`]", text)
        if name.lower() == "authorization"
        else None
    )
    return f"{(shown or quoted)[1]} " if shown or quoted else ""  # type: ignore[index]  # one of them is a match


def _token_url(scheme: Mapping[str, Any]) -> str | None:
    """Return the address of the client credentials flow, if the scheme tells one."""
    flows = scheme.get("flows")
    flow = flows.get("clientCredentials") if isinstance(flows, Mapping) else None
    flow = scheme if scheme.get("flow") == "application" else flow
    url = flow.get("tokenUrl") if isinstance(flow, Mapping) else None
    return url if isinstance(url, str) and re.match(r"(/|https?://)\S+$", url) else None


def _paging(connector: Connector, own: Mapping[str, tuple[ApiDescription, str]]) -> str:
    """Propose paging from the lists' parameters: no document says how they work."""
    placed = [(api, api.operations(name).list) for api, name in map(own.__getitem__, connector.collections)]
    lists = [call for _, call in placed if call and not call.graphql]
    if not lists:
        return ""
    counts = Counter(name for call in lists for name in call.parameters)
    shared = [name for name, _ in counts.most_common() if paging_words().is_known(name)]
    parameters = (
        ", ".join(f"{_line(name)} ({counts[name]} of {len(lists)} lists)" for name in shared) or "none that would page"
    )
    asking = [(call, members_described(api, call)) for api, call in placed if call and not call.graphql]
    proposal = _usual([(call, propose_paging(call.parameters, members)) for call, members in asking])
    lines = _proposed(proposal)
    if lines:
        lines.insert(0, "# It looks like this; put it in place of the line above, and probe:")
    return "\n".join((f"# unknown: paging. Parameters: {parameters}.", "[paging]", 'kind = "none"', *lines, ""))


def _usual(proposals: Sequence[tuple[Operation, Mapping[str, str]]]) -> Mapping[str, str]:
    """Choose the paging that fits most of the lists: those that take its parameters, or look the same."""

    def fitting(proposal: Mapping[str, str]) -> tuple[int, int, int]:
        own = {value for name, value in proposal.items() if name in ASKED}
        same = sum(other == proposal for _, other in proposals)
        asks = proposal.keys() & set(ASKED) - {"size"}
        return sum(own <= {*call.parameters} for call, _ in proposals) if asks else same, len(proposal), same

    return max((proposal for _, proposal in proposals if proposal), key=fitting, default={})


def _proposed(proposal: Mapping[str, str]) -> list[str]:
    """Write proposed settings as comments, a place that nothing shows marked as such."""
    return [f"# {name} = {_quoted(value)}{PLACE if value == TO_FILL_IN else ''}" for name, value in proposal.items()]


def _collection(
    name: str, spec: CollectionSpec, own: Mapping[str, tuple[ApiDescription, str]], scope: Iterable[str]
) -> str:
    """Write the settings of a collection; `own` names each in the description that has it."""
    api, described = own[name]
    calls = api.operations(described)
    enveloped = api.returned(calls.list) if calls.list else None
    lines = [f"[collections.{_key(name)}]"]
    if spec.parent:
        lines.append(f"parent = {_quoted(spec.parent)}")
        lines.append("# unknown: how these page; a child that pages names its own `paging`")
        lines += _filled(spec, *own[spec.parent])
    if spec.list:
        lines.append(f"list = {_quoted(spec.list)}")
    records = f"records = {_quoted(spec.records or '')}"
    lines.append(records if enveloped else f"{records}   # unknown: where the answer holds the records")
    fields = api.node(enveloped.schema).properties if enveloped else {}
    if spec.detail:
        lines += _detail(spec, [*fields], scope)
    if spec.count:
        lines.append(f"count = {_quoted(spec.count)}")
        lines += [f"count_at = {_quoted(spec.count_at)}"] * (spec.count_at != "count")
    if spec.id != "id":
        lines.append(f"id = {_quoted(spec.id)}")
    elif "id" not in fields:
        lines.append(f"# unknown: id. The fields are: {_line(', '.join(list(fields)[:12])) or 'not told'}")
    lines += _since(calls.list)
    if spec.filters:
        filters = ", ".join(f"{_key(word)} = {json.dumps(list(values))}" for word, values in spec.filters.items())
        lines.append(f"filters = {{ {filters} }}")
    calls_that_write = {"create": spec.create, "update": spec.update, "delete": spec.delete}
    lines += [f"{word} = {_quoted(call)}" for word, call in calls_that_write.items() if call]
    missing = [word for word, call in calls_that_write.items() if not call]
    if missing:
        lines.append(f"# unknown: {', '.join(missing)}. {_no_call(api)}; `false` says there is none")
    if spec.search:
        lines += _search(name, spec, calls.list, api)
    return "\n".join((*lines, ""))


def _detail(spec: CollectionSpec, fields: Sequence[str], scope: Iterable[str]) -> Iterator[str]:
    """Write the path of one record; a comment where nothing that is known fills it."""
    names = re.findall(r"\{([^{}]+)\}", spec.detail or "")
    strange = [name for name in names if fields and name not in {*fields, *scope, spec.id}]
    if strange:
        unknown = f"unknown: what fills {{{_line(strange[0])}}}, which is no field of a record"
        yield f"# detail = {_quoted(spec.detail or '')}   # {unknown}"
    else:
        yield f"detail = {_quoted(spec.detail or '')}"


def _no_call(api: ApiDescription) -> str:
    """Say that a document has no call of a kind; of GraphQL, what other mutations there are."""
    others = [f'"{call.label}"' for call in api.unassigned if call.graphql]
    if not others:
        return "The document has no such call"
    return f"No mutation is called so; there are {_line(', '.join(others[:12]))}{' and others' * (len(others) > 12)}"  # noqa: PLR2004  what a line holds


def _search(name: str, spec: CollectionSpec, call: Operation | None, api: ApiDescription) -> list[str]:
    """Write how a collection is searched, by a body or a GraphQL query."""
    if spec.search is None:
        return []
    lines = [f"[collections.{_key(name)}.search]"]
    if spec.search.query:
        path = f"path = {_quoted(spec.search.path)}   # unknown: the schema does not tell it; this is usual"
        paging = [f"[collections.{_key(name)}.paging]", f"kind = {_quoted(spec.paging.kind)}"] if spec.paging else []
        paging += [f"total = {_quoted(spec.paging.total)}"] if spec.paging and spec.paging.total else []
        return [*lines, path, f"query = {_quoted(spec.search.query)}", *paging]
    unknown = ["# unknown: how this search pages; a cursor in its body needs `in_body = true`"]
    names = [*api.node(call.request).properties] if call else []
    if call and (proposal := propose_paging(names, members_described(api, call))):
        table = f"# [collections.{_key(name)}.paging]"
        unknown = ["# unknown: how this search pages. It looks like this; probe it:", table, *_proposed(proposal)]
        unknown.append("# in_body = true")
    return [*lines, f"path = {_quoted(spec.search.path)}", "body = {}", *unknown]


def _filled(spec: CollectionSpec, api: ApiDescription, own: str) -> Iterator[str]:
    """Mark a parent, which its description calls by its own name, if its records do not show what fills the path."""
    call = api.operations(own).list
    records = api.returned(call) if call else None
    fields = api.node(records.schema).properties if records else {}
    missing = [name for name in spec.placeholders[-1:] if name not in fields]
    if missing:
        shown = _line(", ".join(list(fields)[:12])) or "not told"
        yield f"# unknown: which field of {_line(spec.parent or '')} fills {{{missing[0]}}}. Its fields are: {shown}"


def _since(call: Operation | None) -> Iterator[str]:
    """Propose the parameters, or the header, that sound like a request for changes."""
    asks = request_words().changes.asks_since
    names = [name for name in (call.parameters if call else ()) if asks(name)]
    headers = [f"header:{name}" for name in (call.headers if call else ()) if asks(name)]
    if names or headers:
        yield f"# since = {_quoted((*names, *headers)[0])}   # unknown: it sounds like it"
    if names:
        until = next((name for name in ends_of(names[0]) if call and name in call.parameters), None)
        if until:
            both = f"{names[0]}={{since}}&{until}={{until}}"
            yield f"# between = {_quoted(both)}   # unknown: they sound like it"


def _left_out(described: DescribedApi) -> str:
    """List the collections that need a parent's id, and those that cannot be listed."""
    lines = []
    for name in described.api.collections():
        if name not in {*described.names.values(), *described.shared}:
            call = described.api.operations(name).list
            lines.append(f"# {_line(name)}: {_line(call.label) if call else 'no call lists it'}")
    head = (
        "# Left out, for no path tells what fills them, or a secret would stand in it: a child names its `parent`, "
        "and `{id}` stands for its field."
    )
    return "\n".join((head, *lines, "")) if lines else ""


def _key(name: str) -> str:
    """Write a key, in quotes if it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _line(text: str) -> str:
    """Fit `text` into a comment: one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029\s]+", " ", text).strip()


def _quoted(text: str) -> str:
    """Write `text` as a TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
