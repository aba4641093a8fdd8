"""Mutations of a GraphQL schema that log in: what they are sent, and where their answers hold the token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.systems.answers.graphql_writes import objection_to_graphql
from ipaas_discovery.systems.openapi.translated.graphql_types import type_of

__all__ = ["log_in_call"]

DEPTH = 3
"""The deepest nesting of an answer in which a token is looked for."""
NO_TEXTS = {"Boolean", "Int", "Float", "ID"}
"""Scalars that are no token."""
Place = tuple[tuple[str, ...], str]
"""The names that lead to a value of an answer, and the GraphQL that asks for it."""


def log_in_call(name: str, mutation: Any) -> dict[str, Any] | None:  # noqa: ANN401  graphql-core's types
    """Write a mutation that logs in as the call that it is over HTTP; None for any other.

    Its name says so, it takes a secret, and its answer, which is all that is asked for, holds a token.
    """
    import graphql  # noqa: PLC0415  only such a schema needs it

    if objection_to_graphql(f"mutation {{ {name} }}", log_in=True) or not _takes_secret(mutation):
        return None
    names, asked = min(_tokens(mutation.type, name), key=_liking, default=((), "__typename"))
    members = {argument: type_of(node.type) for argument, node in mutation.args.items()}
    declared = ", ".join(f"${argument}: {node.type}" for argument, node in mutation.args.items())
    given = ", ".join(f"{argument}: ${argument}" for argument in members)
    text = f"mutation ({declared}) {{ {name}({given}){f' {{ {asked} }}' if asked else ''} }}"
    required = [argument for argument, node in mutation.args.items() if graphql.is_required_argument(node)]
    variables = {"type": "object", "properties": members, "required": required}
    sent = {"query": {"type": "string", "enum": [text]}, "variables": variables}
    body = {"type": "object", "properties": sent, "required": [*sent]}
    answer: dict[str, Any] = {"type": "string"} if names else {}
    for part in reversed(("data", *names)):
        answer = {"type": "object", "properties": {part: answer}}
    return {
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"200": {"content": {"application/json": {"schema": answer}}} if names else {}},
    }


def _takes_secret(mutation: Any) -> bool:  # noqa: ANN401  graphql-core's types
    """Tell whether a mutation takes a secret other than a token, as an argument or inside of one."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    todo, seen = list(mutation.args.items()), set()
    while todo:
        name, node = todo.pop()
        kind = graphql.get_named_type(node.type)
        if graphql.is_input_object_type(kind) and kind.name not in seen:
            seen.add(kind.name)
            todo += kind.fields.items()
        elif is_secret(name, in_request=True) and "token" not in bare(name):
            return True
    return False


def _tokens(kind: Any, name: str, depth: int = 0) -> Iterator[Place]:  # noqa: ANN401  graphql-core's types
    """Yield the places of texts in an answer that may be the token: those named so, and an answer that is one text."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    kind = graphql.get_nullable_type(kind)
    if graphql.is_scalar_type(kind) and kind.name not in NO_TEXTS:
        if _is_token(name) or (depth == 0 and (kind.name == "String" or _is_token(kind.name))):
            yield (name,), ""
    elif graphql.is_union_type(kind) and depth < DEPTH:
        for choice in kind.types:
            yield from ((names, f"... on {choice.name} {{ {asked} }}") for names, asked in _tokens(choice, name, depth))
    elif graphql.is_object_type(kind) and depth < DEPTH:
        for inner, node in kind.fields.items():
            if not any(graphql.is_required_argument(argument) for argument in node.args.values()):
                yield from (
                    ((name, *names), f"{inner} {{ {asked} }}" if asked else inner)
                    for names, asked in _tokens(node.type, inner, depth + 1)
                )


def _is_token(name: str) -> bool:
    """Tell whether a field of an answer may be what later calls are signed with."""
    return is_secret(name) and "refresh" not in name.lower()


def _liking(place: Place) -> tuple[bool, int]:
    """Sort a token before other secrets, and what stands less deep first."""
    return "token" not in place[0][-1].lower(), len(place[0])
