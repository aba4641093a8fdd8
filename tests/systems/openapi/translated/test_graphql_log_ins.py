"""Mutations that log in: found by name, secret and token, and written as what is sent over HTTP."""

from __future__ import annotations

import graphql
import pytest

from ipaas_discovery.systems.openapi.translated.graphql_log_ins import log_in_call

TYPES = """
type Query { ping: Boolean }
type Order { id: ID! password: String }
type Issued { refreshToken: String token: String expires: Int errors: [Fault] }
type Fault { code: String }
type Deep { viewer: Viewer! }
type Viewer { user: User! sessionToken: String! }
type User { id: ID apiKey(of: String!): String }
type Deeper { a: Aside }
type Aside { b: Beside }
type Beside { c: Issued }
type Counted { tokens: Int token: Boolean tokenId: ID }
type Listed { channels: [Issued] }
type Secretive { secret: String token: String }
union Result = Fault | Good
type Good { jwt: JWT }
input Both { email: String! password: String! inner: Both }
scalar JWT
enum Kind { client_credentials }
"""


def call(text):
    (field,) = graphql.build_schema(f"{TYPES}\ntype Mutation {{ {text} }}").mutation_type.fields.items()
    return log_in_call(*field)


def place(written):
    node, names = written["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {}), []
    while "properties" in node:
        ((name, node),) = node["properties"].items()
        names.append(name)
    return ".".join(names)


@pytest.mark.parametrize(
    ("mutation", "token_at", "asked"),
    [
        ("tokenCreate(email: String!, password: String!): Issued", "data.tokenCreate.token", " { token }"),
        ("login(password: String!): String", "data.login", ""),
        ("login(password: String!): JWT!", "data.login", ""),
        ("logIn(password: String!): Deep", "data.logIn.viewer.sessionToken", " { viewer { sessionToken } }"),
        ("signIn(input: Both!): Result", "data.signIn.jwt", " { ... on Good { jwt } }"),
        ("createSession(secret: String!): Secretive", "data.createSession.token", " { token }"),
        ("login(password: String!): Deeper", "", " { __typename }"),
        ("login(password: String!): Listed", "", " { __typename }"),
        ("login(password: String!): Counted", "", " { __typename }"),
        ("login(password: String!): ID", "", " { __typename }"),
        ("login(password: String!): Boolean", "", " { __typename }"),
    ],
)  # fmt: skip
def test_the_answer_is_asked_for_its_token_alone(mutation, token_at, asked):
    written = call(mutation)
    name = mutation.partition("(")[0]
    text = written["requestBody"]["content"]["application/json"]["schema"]["properties"]["query"]["enum"][0]
    assert place(written) == token_at
    assert text.endswith(f"){asked} }}")
    assert f" {name}(" in text
    if token_at:
        assert not graphql.validate(
            graphql.build_schema(f"{TYPES}\ntype Mutation {{ {mutation} }}"), graphql.parse(text)
        )


@pytest.mark.parametrize(
    "mutation",
    [
        "createCustomer(email: String!, password: String!): Issued",
        "resetPassword(password: String!): Issued",
        "tokenRefresh(refreshToken: String!): Issued",
        "deleteToken(password: String!): Issued",
        "login(email: String!): Issued",
        "login: Issued",
    ],
)
def test_what_writes_or_takes_no_secret_is_no_log_in(mutation):
    assert call(mutation) is None


def test_what_is_required_is_sent_in_variables_of_their_types():
    written = call("login(email: String!, password: String!, kind: Kind): Issued")
    schema = written["requestBody"]["content"]["application/json"]["schema"]
    variables = schema["properties"]["variables"]
    assert schema["required"] == ["query", "variables"]
    assert variables["required"] == ["email", "password"]
    assert variables["properties"]["kind"]["enum"] == ["client_credentials"]
    assert schema["properties"]["query"]["enum"][0].startswith(
        "mutation ($email: String!, $password: String!, $kind: Kind) { login(email: $email, password: $password, kind:"
    )
