"""GraphQL that does more than ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipaas_discovery.knowledge.request_words import request_words

if TYPE_CHECKING:
    from graphql import OperationDefinitionNode

__all__ = ["objection_to_graphql"]


def objection_to_graphql(text: str, *, log_in: bool = False) -> str:
    """Return what speaks against a text that may be GraphQL: a definition other than a query or a fragment.

    The mutation of a log-in may log in, and nothing else.

    >>> objection_to_graphql("query A { a } mutation B { b }"), objection_to_graphql("{ a }")
    ('its GraphQL holds a mutation', '')
    >>> objection_to_graphql("mutation { login { token } }", log_in=True)
    ''
    >>> objection_to_graphql("mutation { login { token } deleteCustomer(id: 1) { id } }", log_in=True)
    "its GraphQL holds a mutation, 'deleteCustomer'"
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
            more = _more_than_a_log_in(definition) if log_in else None
            if more is None or more:
                return f"its GraphQL holds a {definition.operation.value}" + (f", '{more}'" if more else "")
        if not isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            return "its GraphQL is odd"
    return ""


def _more_than_a_log_in(operation: OperationDefinitionNode) -> str:
    """Name what a mutation does besides logging in; an empty text if that is all."""
    from graphql import FieldNode, OperationType  # noqa: PLC0415  graphql takes long to import

    if operation.operation is not OperationType.MUTATION:
        return str(operation.operation.value)
    known, todo = request_words().writes, list(operation.selection_set.selections)
    for field in todo:
        if not isinstance(field, FieldNode) or not known.log_ins.name(field.name.value):
            return str(field.name.value) if isinstance(field, FieldNode) else "a fragment"
    while todo:
        field = todo.pop()
        todo += getattr(getattr(field, "selection_set", None), "selections", ())
        if (
            isinstance(field, FieldNode)
            and known.verbs.write(field.name.value)
            and not known.log_ins.name(field.name.value)
        ):
            return str(field.name.value)
    return ""
