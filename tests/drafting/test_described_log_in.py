"""A log-in that only an API description shows: proposed as `[auth]`, and it logs in."""

from __future__ import annotations

import json

import httpx
import pytest
from drafting.test_from_description import ORDERS, secured, written

from ipaas_discovery.drafting.from_description import connector_text
from ipaas_discovery.drafting.united_documents import unite
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import connector_of
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.workspace.settings_text import secrets_text

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"
BEARER = {"type": "http", "scheme": "bearer"}


def log_in(members, answer, required=(), kind="application/json"):
    sent = {"type": "object", "properties": members, **({"required": [*required]} if required else {})}
    answers = {"200": {"description": "", "content": {"application/json": {"schema": answer}}}} if answer else {}
    return {"post": {"requestBody": {"content": {kind: {"schema": sent}}}, "responses": answers}}


def drafted(paths, *schemes):
    text = written({**ORDERS, **paths}, **secured(*schemes))
    return connector_of(text, "shop").auth, text


USER = {"username": TEXT, "password": TEXT}
TOKEN = {"type": "object", "properties": {"token": TEXT, "expires_in": {"type": "integer"}}}


@pytest.mark.parametrize("schemes", [(), (BEARER,)])
def test_a_log_in_is_written_with_the_names_of_its_secrets_and_the_place_of_its_token(schemes):
    auth, text = drafted({"/auth/token": log_in(USER, TOKEN)}, *schemes)
    assert auth.model_dump(include={"kind", "path", "body", "form", "token_at", "header", "sent"}) == {
        "kind": "log-in", "path": "/auth/token", "body": {"username": "{username}", "password": "{password}"},
        "form": False, "token_at": "token", "header": "Authorization", "sent": "Bearer {token}",
    }  # fmt: skip
    assert ("# unknown: sent of [auth]" in text) is not schemes
    assert ("does without that log-in" in text) is bool(schemes)
    example = secrets_text(connector_of(text, "shop"))
    assert "SHOP_PASSWORD=" in example
    assert "SHOP_USERNAME=" in example


def test_a_form_with_a_grant_sends_what_it_requires_and_says_which_grant():
    members = {**USER, "grant_type": {"type": "string", "pattern": "^password$"}, "scope": TEXT}
    answer = {"properties": {"refresh_token": TEXT, "access_token": TEXT, "token_type": TEXT}}
    flow = {"type": "oauth2", "flows": {"password": {"tokenUrl": "token"}}}
    auth, _ = drafted({"/token": log_in(members, answer, ["username", "password"], FORM)}, flow)
    assert auth.body == {"username": "{username}", "password": "{password}", "grant_type": "password"}
    assert (auth.form, auth.token_at) == (True, "access_token")


def test_a_session_goes_where_the_document_says_that_a_key_goes():
    members = {
        "data": {"type": "object", "properties": {"apiKey": TEXT, "secretKey": TEXT, "trusted": {"type": "boolean"}}}
    }
    answer = {"properties": {"result": {"properties": {"sessionId": TEXT, "refreshToken": TEXT}}}}
    auth, _ = drafted({"/v1/login": log_in(members, answer)}, {"type": "apiKey", "in": "header", "name": "X-Session"})
    assert auth.body == {"data": {"apiKey": "{api_key}", "secretKey": "{secret_key}"}}
    assert (auth.token_at, auth.header, auth.sent) == ("result.sessionId", "X-Session", "{token}")


def test_a_client_with_a_secret_is_oauth_2():
    members = {
        "grant_type": {"enum": ["client_credentials"]},
        "client_id": TEXT,
        "client_secret": TEXT,
        "audience": TEXT,
    }
    auth, _ = drafted({"/oauth/token": log_in(members, TOKEN)})
    assert auth.model_dump(include={"kind", "token_url", "client_in", "parameters"}) == {
        "kind": "oauth2", "token_url": "/oauth/token", "client_in": "body", "parameters": {"audience": "{audience}"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "token_at", "unknown"),
    [(TEXT, "", False), (None, "token", True), ({"properties": {"id": TEXT}}, "token", True)],
)
def test_what_no_answer_shows_is_marked(answer, token_at, unknown):
    auth, text = drafted({"/login": log_in(USER, answer)}, BEARER)
    assert (auth.token_at, "# unknown: token_at of [auth]" in text) == (token_at, unknown)


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("/auth/register", USER),
        ("/auth/token/revoke", USER),
        ("/auth/{realm}/token", USER),
        ("/people", USER),
        ("/auth/refresh", {"refresh_token": TEXT}),
        ("/auth/token", {"name": TEXT}),
    ],
)
def test_what_makes_or_ends_an_account_is_no_log_in(path, members):
    auth, text = drafted({path: log_in(members, TOKEN)})
    assert (auth.kind, "# unknown: auth" in text) == ("none", True)


def test_of_several_log_ins_the_one_that_tells_most_is_taken():
    auth, _ = drafted({"/auth": log_in(USER, None), "/auth/token": log_in(USER, TOKEN)})
    assert auth.path == "/auth/token"


def test_beside_several_ways_a_log_in_is_one_of_the_proposals():
    auth, text = drafted({"/auth/token": log_in(USER, TOKEN)}, BEARER, {"type": "http", "scheme": "basic"})
    assert auth.kind == "none"
    assert '# kind = "basic"' in text
    assert '# path = "/auth/token"' in text


def test_the_log_in_of_a_second_document_stands_behind_its_own_address():
    parts = ({**ORDERS}, {"/customers": ORDERS["/orders"], "/token": log_in(USER, TOKEN)})
    documents = [
        {
            "openapi": "3.0.3",
            "info": {"title": "Shop"},
            "servers": [{"url": f"https://shop.example.test/{part}"}],
            "paths": paths,
        }
        for part, paths in zip(("orders/v1", "auth/v2"), parts, strict=True)
    ]
    read = [(read_openapi(document), document, f"{at}.json") for at, document in enumerate(documents)]
    connector = connector_of(connector_text(*unite(read, name="shop")), "shop")
    assert connector.environment().base_url == "https://shop.example.test"
    assert connector.auth.path == "/auth/v2/token"


def test_it_logs_in():
    _, text = drafted({"/auth/token": log_in(USER, TOKEN)}, BEARER)

    def answer(request):
        if request.url.path == "/api/auth/token":
            assert json.loads(request.content) == {"username": "me", "password": "s3cret-word"}
            return httpx.Response(200, json={"token": "t0ken-of-day"})
        assert request.headers["Authorization"] == "Bearer t0ken-of-day"
        return httpx.Response(200, json={"data": [{"id": 1}]})

    system = System(
        connector_of(text, "shop"),
        credentials={"username": "me", "password": "s3cret-word"},
        transport=httpx.MockTransport(answer),
    )
    with system:
        assert [record["id"] for record in system.pull("orders").records] == [1]


SDL = """
type Query { orders: [Order] }
type Order { id: ID! }
type Issued { token: String refreshToken: String }
"""


def of_graphql(tmp_path, mutations):
    path = tmp_path / "shop.graphql"
    path.write_text(f"{SDL}type Mutation {{ {mutations} }}", encoding="utf-8")
    return connector_text(*unite([(read_openapi(path), {}, path.name)], name="shop"))


def test_a_mutation_that_logs_in_is_written_and_logs_in(tmp_path):
    text = of_graphql(
        tmp_path,
        "tokenCreate(email: String!, password: String!): Issued tokenRefresh(refreshToken: String!): Issued "
        "register(email: String!, password: String!): Issued",
    )
    auth = connector_of(text, "shop").auth
    assert (auth.path, auth.token_at) == ("/graphql", "data.tokenCreate.token")
    assert auth.body["variables"] == {"email": "{email}", "password": "{password}"}
    assert "# unknown: path of [auth]" in text
    assert "# unknown: sent of [auth]" in text
    assert "# unknown: which log-in" not in text
    assert {"SHOP_EMAIL=", "SHOP_PASSWORD="} <= set(secrets_text(connector_of(text, "shop")).split())

    def answer(request):
        body = json.loads(request.content)
        if "tokenCreate" in body["query"]:
            assert body["variables"] == {"email": "me@example.test", "password": "s3cret-word"}
            return httpx.Response(200, json={"data": {"tokenCreate": {"token": "t0ken-of-day"}}})
        assert request.headers["Authorization"] == "Bearer t0ken-of-day"
        return httpx.Response(200, json={"data": {"orders": [{"id": "a"}]}})

    given = {"email": "me@example.test", "password": "s3cret-word"}
    connector = connector_of(text.replace("{base_url}", "https://shop.example.test"), "shop")
    with System(connector, credentials=given, transport=httpx.MockTransport(answer)) as system:
        assert [record["id"] for record in system.pull("orders").records] == ["a"]


def test_of_several_mutations_that_log_in_the_others_are_named(tmp_path):
    text = of_graphql(tmp_path, "login(password: String!): String adminLogin(password: String!): Issued")
    assert connector_of(text, "shop").auth.token_at == "data.login"
    assert "# unknown: which log-in. The document has also mutation adminLogin" in text


def test_a_mutation_whose_answer_shows_no_token_is_named_and_not_guessed(tmp_path):
    text = of_graphql(tmp_path, "login(name: String!, password: String!): Order createUser(password: String!): Order")
    assert connector_of(text, "shop").auth.kind == "none"
    assert "# mutation login sounds like a log-in, and its answer shows no token" in text
    assert "createUser sounds" not in text
