"""Write a GraphQL schema, as SDL or a saved introspection, anew as an OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.translated.graphql_log_ins import log_in_call
from ipaas_discovery.systems.openapi.translated.graphql_types import reference, type_of

__all__ = ["GRAPHQL", "from_graphql_schema"]

GRAPHQL = "x-graphql"
"""Key of a call for the query that lists its records, or the name of the mutation that it stands for."""
ADVICE = "save the API's schema as SDL, or the answer to an introspection query as JSON"
DEPTH = 2
"""Objects inside a record that a written query asks for."""
MOST_FIELDS = 60
METHODS = {"makes": "post", "changes": "put", "removes": "delete"}


def from_graphql_schema(source: str | Mapping[str, Any], name: str) -> dict[str, Any]:
    """Write a GraphQL schema as an OpenAPI document.

    A field of the query that gives many objects is a collection, listed by a query; a mutation such as
    `customerCreate` or `createCustomer` is the call that makes, changes or deletes its records.

    Raises:
        DescriptionError: if it is no GraphQL schema, or its query gives no list of objects.
    """
    import graphql  # noqa: PLC0415  only such a schema needs it

    try:
        if isinstance(source, str):
            schema = graphql.build_schema(source, assume_valid=True, assume_valid_sdl=True)
        else:
            schema = graphql.build_client_schema(source.get("data", source), assume_valid=True)
    except (graphql.GraphQLError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise DescriptionError(
            f"This is no GraphQL schema that can be read, {reason}", where=name, then=ADVICE
        ) from None
    paths = dict(_paths(schema))
    if not paths:
        then = "its query has no field that gives a list of objects; write a connector with a query"
        raise DescriptionError("The GraphQL schema gives no collection", where=name, then=then)
    return {
        "openapi": "3.0.3",
        "info": {"title": name.partition(".")[0] or "GraphQL", "version": ""},
        "paths": paths,
        "components": {"schemas": dict(_schemas(schema))},
        GRAPHQL: True,
    }


def _paths(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401  graphql-core's schema
    """Yield the calls of each collection."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    mutations = schema.mutation_type.fields if schema.mutation_type else {}
    placed: set[str] = set()
    for name, query in (schema.query_type.fields if schema.query_type else {}).items():
        records = _records(query.type)
        if records is None or any(graphql.is_required_argument(argument) for argument in query.args.values()):
            continue
        place, kind, connected = records
        connected = connected and {"first", "after"} <= query.args.keys()
        total = _total(query.type) if connected else ""
        shape: dict[str, Any] = {"type": "array", "items": reference(kind.name)}
        for part in reversed(place):
            shape = {"type": "object", "properties": {part: shape}}
        if total:
            shape["properties"][total] = {"type": "integer"}
        for part in (name, "data"):
            shape = {"type": "object", "properties": {part: shape}}
        parameters = [{"name": argument, "in": "query"} for argument in query.args]
        calls: dict[str, Any] = {
            "get": {
                "parameters": parameters,
                "responses": {"200": {"content": {"application/json": {"schema": shape}}}},
                GRAPHQL: _query(name, place, kind, connected=connected, total=total),
            }
        }
        written = dict(_mutations(name, kind.name, mutations))
        placed |= {call[GRAPHQL] for call in written.values()}
        yield f"/{name}", calls | written
    for name in [name for name in mutations if name not in placed]:  # a connector may name any of them
        yield f"/mutation/{name}", {"post": _call(name, mutations[name])}


def _records(kind: Any) -> tuple[list[str], Any, bool] | None:  # noqa: ANN401  graphql-core's types
    """Find the objects in what a field gives: a list, or the `nodes`, `edges` or items of a page of it."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    bare_type = graphql.get_nullable_type(kind)
    if graphql.is_list_type(bare_type):
        inner = graphql.get_named_type(bare_type)
        return ([], inner, False) if graphql.is_object_type(inner) else None
    if not graphql.is_object_type(bare_type):
        return None
    paged = "pageInfo" in bare_type.fields
    for name in ("nodes", "edges", "items", "results", "data"):
        if name not in bare_type.fields:
            continue
        member = graphql.get_nullable_type(bare_type.fields[name].type)
        inner = graphql.get_named_type(member)
        if not graphql.is_list_type(member) or not graphql.is_object_type(inner):
            continue
        if name != "edges":
            return [name], inner, paged
        node = graphql.get_named_type(inner.fields["node"].type) if "node" in inner.fields else None
        if graphql.is_object_type(node):
            return ["edges[]", "node"], node, paged
    return None


def _total(kind: Any) -> str:  # noqa: ANN401  graphql-core's types
    """Name the field of a connection that tells how many records there are; empty if there is none."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    fields = graphql.get_nullable_type(kind).fields
    whole = [name for name, node in fields.items() if graphql.get_nullable_type(node.type) is graphql.GraphQLInt]
    known = {bare(name): name for name in whole if not fields[name].args}
    return next((known[name] for name in paging_words().names("total") if name in known), "")


def _query(name: str, place: list[str], kind: Any, *, connected: bool, total: str) -> str:  # noqa: ANN401  graphql-core's types
    """Write the query that lists the records, with what they hold and no more arguments than paging needs."""
    inner = " ".join(_fields(kind, (kind.name,)))
    for part in reversed(place):
        inner = f"{part.removesuffix('[]')} {{ {inner} }}"
    if not connected:
        return f"query {{ {name} {{ {inner} }} }}"
    beside = " ".join(filter(None, ["pageInfo { hasNextPage endCursor }", total]))
    asked = f"{name}(first: $first, after: $after) {{ {inner} {beside} }}"
    return f"query ($first: Int, $after: String) {{ {asked} }}"


def _fields(kind: Any, around: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401  graphql-core's types
    """Yield the fields of an object that need no argument, with those of the objects inside it."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    for name, node in [*kind.fields.items()][:MOST_FIELDS]:
        inner = graphql.get_named_type(node.type)
        if any(graphql.is_required_argument(argument) for argument in node.args.values()):
            continue
        if graphql.is_leaf_type(inner):
            yield name
            continue
        opened = graphql.is_object_type(inner) and "pageInfo" not in inner.fields
        if opened and inner.name not in around and len(around) < DEPTH:
            fields = " ".join(_fields(inner, (*around, inner.name)))
            yield from [f"{name} {{ {fields} }}"] if fields else []


def _mutations(name: str, kind: str, mutations: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the calls that write the records: mutations named by a verb and the records or their type."""
    nouns = {bare(word) for word in (name, kind, *singulars(name))}
    for mutation, node in mutations.items():
        parted = re.findall(r"^[a-z]+|[A-Z][a-z0-9]*", mutation)
        for verb, noun in ((parted[0], parted[1:]), (parted[-1], parted[:-1])) if len(parted) > 1 else ():
            does = request_words().verbs.does(verb)
            if does in METHODS and bare("".join(noun)) in nouns:
                yield METHODS[does], _call(mutation, node)


def _call(name: str, mutation: Any) -> dict[str, Any]:  # noqa: ANN401  graphql-core's types
    """Write a mutation as a call."""
    rest = log_in_call(name, mutation) or {**_taken(mutation), "responses": {"200": {}}}
    return {"operationId": name, GRAPHQL: name, **rest}


def _taken(mutation: Any) -> dict[str, Any]:  # noqa: ANN401  graphql-core's types
    """Write the body of a mutation: its input object, or its arguments together."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    inputs = [graphql.get_named_type(argument.type) for argument in mutation.args.values()]
    objects = [kind for kind in inputs if graphql.is_input_object_type(kind)]
    if not inputs:
        return {}
    schema = reference(objects[0].name) if len(objects) == 1 else {
        "type": "object", "properties": {name: type_of(argument.type) for name, argument in mutation.args.items()},
    }  # fmt: skip
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def _schemas(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401  graphql-core's schema
    """Yield the schema of each object and input type."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    for name, kind in schema.type_map.items():
        if name.startswith("__") or not (graphql.is_object_type(kind) or graphql.is_input_object_type(kind)):
            continue
        given = graphql.is_input_object_type(kind)
        fields = {
            field: type_of(node.type) | ({"description": node.description} if node.description else {})
            for field, node in kind.fields.items()
            if given or not any(graphql.is_required_argument(argument) for argument in node.args.values())
        }
        required = [field for field, node in kind.fields.items() if given and graphql.is_required_input_field(node)]
        yield name, {"type": "object", "properties": fields, "required": required}
