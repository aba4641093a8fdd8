"""Find the words of a body, a query or a header by which a server may take a read for a write."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["objection_to_body", "objection_to_graphql", "objection_to_headers", "objection_to_query", "triggers"]

NEVER = "hookapi"
"""The path that triggers transfers on iPaaS.com: a hook posted there moves real data (its hook controller)."""
SUSPICIOUS = re.compile(r"\{.*\b(?:mutation|subscription)\b|\b(?:mutation|subscription)\b.*\{", re.DOTALL)


def triggers(address: str) -> bool:
    """Tell whether a host and path name iPaaS.com's hooks, however they are written.

    >>> triggers("api.ipaas.com/HookAPI/v2"), triggers("x.test/%2568ookapi"), triggers("x.test/v2/hooks")
    (True, True, False)
    """
    for _ in range(3):  # a proxy may decode once more than the server
        address = unquote(address)
    return NEVER in unicodedata.normalize("NFKC", address).casefold()


def objection_to_headers(headers: Iterable[tuple[str, str]]) -> str:
    """Return what speaks against headers, or an empty text.

    >>> objection_to_headers([("X-HTTP-Method-Override", "delete")])
    'its header X-HTTP-Method-Override names another method'
    """
    for name, value in headers:
        if bare(name) in request_words().writes.method_names and value.strip().upper() != "GET":
            return f"its header {name} names another method"
        if bare(name) in request_words().writes.path_names:
            return f"its header {name} names another path"
    return ""


def objection_to_query(pairs: Iterable[tuple[str, str]], *, graphql: bool) -> str:
    """Return what speaks against query parameters, or an empty text; `graphql` marks a GraphQL path."""
    for name, value in pairs:
        if objection := _objection_to_member(name, value, graphql=graphql):
            return objection.replace("body", "query", 1)
    return ""


def objection_to_body(content: bytes, content_type: str, *, graphql: bool) -> str:
    """Return what speaks against the body of a search, or an empty text; `graphql` marks a GraphQL path."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return "its body is not JSON"
    try:
        body = json.loads(content, object_pairs_hook=_refuse_duplicates)
    except (ValueError, RecursionError):
        return "its body is not JSON that says one thing"
    if not isinstance(body, Mapping):
        return "its body is not one object"
    document = body.get("query")
    if graphql and not (isinstance(document, str) and "{" in document):
        return "a stored GraphQL document may do anything"
    if isinstance(document, str) and (objection := objection_to_graphql(document)):
        return objection
    objections = (
        _objection_to_member(name, value, graphql=graphql or isinstance(document, str))
        for name, value in _members(body)
    )
    return next(filter(None, objections), "")


def objection_to_graphql(text: str) -> str:
    """Return what speaks against a text that may be GraphQL: a definition other than a query or a fragment.

    >>> objection_to_graphql("query A { a } mutation B { b }"), objection_to_graphql("{ a }")
    ('its GraphQL holds a mutation', '')
    """
    if "{" not in text:
        return ""
    from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse  # noqa: PLC0415  slow, and rarely needed
    from graphql.language import FragmentDefinitionNode  # noqa: PLC0415  graphql takes long to import

    try:
        definitions = parse(text.removeprefix("\ufeff"), no_location=True).definitions
    except (GraphQLSyntaxError, RecursionError):
        return "its GraphQL is odd"
    for definition in definitions:
        if isinstance(definition, OperationDefinitionNode) and definition.operation.value != "query":
            return f"its GraphQL holds a {definition.operation.value}"
        if not isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            return "its GraphQL is odd"
    return ""


def _objection_to_member(name: str, value: object, *, graphql: bool) -> str:
    """Return what speaks against one member of a body, or one parameter."""
    plain, known = bare(name), request_words().writes
    if plain in known.method_names and isinstance(value, str) and value.strip().upper() in known.methods:
        return "its body names another method"
    if graphql and plain in known.stored_documents:
        return "a stored GraphQL document may do anything"
    if isinstance(value, str) and (plain == "query" or SUSPICIOUS.search(value)):
        return objection_to_graphql(value)
    return ""


def _members(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield every member of a JSON value, at any depth, with its name; an element of a list has the list's name."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield str(key), member
            yield from _members(member, str(key))
    elif isinstance(value, list):
        for element in value:
            yield name, element
            yield from _members(element, name)


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object and refuse a name that comes twice: each server picks another of the two."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name comes twice")
    return members
