"""Ways to log in, each as requests leave: what is sent, when it is renewed, what a refusal says."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import httpx
import pytest
from pydantic import TypeAdapter, ValidationError

from ipaas_discovery.errors import ConfigurationError, MissingCredentialError, RefusedError, ResponseError
from ipaas_discovery.systems.connectors.auth import Auth, BearerAuth, IpaasAuth, NoAuth
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.log_ins.sign_in import sign_in
from ipaas_discovery.systems.http.log_ins.token_login import ClientCredentialsLogin, PostLogin

READ = TypeAdapter(Auth).validate_python
BASE = "https://shop.example.test/api"
OAUTH = {"kind": "oauth2", "token_url": "https://id.example.test/token"}
LOG_IN = {"kind": "log-in", "path": "/login", "body": {"user": "{username}", "password": "{password}"}}
SECRETS = {"client_id": "fake-id", "client_secret": "fake secret/+", "username": "ada", "password": "fake-password",
           "token": "fake-token", "tenant": "t1"}  # fmt: skip


class Server:
    """Issues a numbered token to every log-in, and accepts the last one alone."""

    def __init__(self, answer=None):
        self.log_ins, self.calls, self.answer = [], [], answer

    def __call__(self, request):
        if request.method == "POST":
            self.log_ins.append(request)
            number = len(self.log_ins)
            return self.answer(number) if self.answer else token(number)
        self.calls.append(request)
        good = f"token-{len(self.log_ins)}" in request.headers.get("Authorization", "")
        return httpx.Response(200 if good else 401)


def token(number, **more):
    return httpx.Response(200, json={"access_token": f"token-{number}", "token_type": "Bearer", **more})


def secrets():
    return Credentials("shop", SECRETS, sealed=True)


def asked(settings, server, credentials=None):
    auth = sign_in(READ(settings), credentials or secrets(), BASE)
    return httpx.Client(auth=auth, transport=httpx.MockTransport(server))


@pytest.mark.parametrize(
    ("settings", "header", "value"),
    [
        ({"kind": "headers", "headers": {"X-Key": "{token}"}}, "X-Key", "fake-token"),
        ({"kind": "bearer"}, "Authorization", "Bearer fake-token"),
        ({"kind": "basic"}, "Authorization", "Basic YWRhOmZha2UtcGFzc3dvcmQ="),
        ({"kind": "basic", "headers": {"APIKey": "{token}"}}, "APIKey", "fake-token"),
        ({"kind": "none"}, "Authorization", None),
    ],
)
def test_what_needs_no_log_in_is_sent_at_once(settings, header, value):
    seen = []
    asked(settings, lambda request: (seen.append(request), httpx.Response(200))[1]).get(BASE)
    assert [request.headers.get(header) for request in seen] == [value]


def test_a_key_joins_the_query_that_is_there():
    seen = []
    settings = {"kind": "query", "parameters": {"key": "{token}"}}
    asked(settings, lambda request: (seen.append(request), httpx.Response(200))[1]).get(f"{BASE}?page=2")
    assert dict(seen[0].url.params) == {"page": "2", "key": "fake-token"}


def test_client_credentials_are_sent_as_the_standard_says():
    server = Server()
    with asked({**OAUTH, "scopes": ["a", "b"], "parameters": {"audience": "{tenant}"}}, server) as client:
        assert client.get(BASE).status_code == 200
    (request,) = server.log_ins
    form = parse_qs(request.content.decode())
    assert form == {"grant_type": ["client_credentials"], "scope": ["a b"], "audience": ["t1"]}
    assert request.headers["Authorization"] == httpx.BasicAuth("fake-id", "fake secret/+")._auth_header
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert str(request.url) == "https://id.example.test/token"


def test_the_secret_may_stand_in_the_body_instead():
    server = Server()
    asked({**OAUTH, "client_in": "body"}, server).get(BASE)
    form = parse_qs(server.log_ins[0].content.decode())
    assert (form["client_id"], form["client_secret"]) == (["fake-id"], ["fake secret/+"])
    assert "Authorization" not in server.log_ins[0].headers


def test_a_token_url_may_hold_a_tenant_or_stand_under_the_base_url():
    server = Server()
    asked({**OAUTH, "token_url": "https://id.example.test/{tenant}/token"}, server).get(BASE)
    asked({**OAUTH, "token_url": "/oauth/token"}, server).get(BASE)
    assert [str(each.url) for each in server.log_ins] == ["https://id.example.test/t1/token", f"{BASE}/oauth/token"]


def test_headers_travel_beside_the_token():
    server = Server()
    asked({**OAUTH, "headers": {"Tenant": "{tenant}"}}, server).get(BASE)
    assert server.calls[0].headers["Tenant"] == "t1"


@pytest.mark.parametrize("settings", [OAUTH, {**LOG_IN, "token_at": "access_token"}])
def test_one_log_in_serves_many_calls_and_a_refused_token_is_renewed_once(settings):
    server = Server()
    with asked(settings, server) as client:
        assert [client.get(BASE).status_code for _ in range(3)] == [200, 200, 200]
        assert len(server.log_ins) == 1
        server.log_ins.append("somebody else logged in: the old token is void")
        assert client.get(BASE).status_code == 200
    assert len(server.log_ins) == 3


def test_a_token_that_is_never_accepted_ends_in_a_refusal_not_in_a_circle():
    server = Server(lambda _: token("wrong"))
    with asked(OAUTH, server) as client:
        assert client.get(BASE).status_code == 401
    assert (len(server.log_ins), len(server.calls)) == (2, 2)


@pytest.mark.parametrize(("lives", "passed", "log_ins"), [(100, 60, 1), (100, 71, 2), (None, 10**6, 1)])
def test_a_token_is_renewed_before_it_ends(lives, passed, log_ins):
    now = [0.0]
    server = Server(lambda number: token(number, **({"expires_in": lives} if lives else {})))
    auth = ClientCredentialsLogin(secrets(), "https://id.example.test/token", client=("i", "s"), clock=lambda: now[0])
    with httpx.Client(auth=auth, transport=httpx.MockTransport(server)) as client:
        client.get(BASE)
        now[0] += passed
        assert client.get(BASE).status_code == 200
    assert len(server.log_ins) == log_ins


def test_minutes_say_how_long_a_log_in_lasts():
    now = [0.0]
    server = Server()
    auth = PostLogin(secrets(), f"{BASE}/login", body={}, token_at="access_token", seconds=60, clock=lambda: now[0])
    with httpx.Client(auth=auth, transport=httpx.MockTransport(server)) as client:
        client.get(BASE)
        now[0] += 31
        client.get(BASE)
    assert len(server.log_ins) == 2


def test_a_log_in_sends_its_body_as_json_or_as_a_form():
    server = Server()
    settings = {**LOG_IN, "token_at": "access_token"}
    asked(settings, server).get(BASE)
    asked({**settings, "form": True}, server).get(BASE)
    assert json.loads(server.log_ins[0].content) == {"user": "ada", "password": "fake-password"}
    assert parse_qs(server.log_ins[1].content.decode()) == {"user": ["ada"], "password": ["fake-password"]}
    assert str(server.log_ins[0].url) == f"{BASE}/login"


@pytest.mark.parametrize(
    ("place", "body"), [("", "token-1"), ("token", {"token": "token-1"}), ("data.jwt", {"data": {"jwt": "token-1"}})]
)
def test_the_token_is_taken_from_where_the_answer_holds_it(place, body):
    server = Server(lambda _: httpx.Response(200, json=body))
    settings = {**LOG_IN, "token_at": place, "header": "X-Session", "sent": "Session {token}"}
    asked(settings, server).get(BASE)
    assert server.calls[0].headers["X-Session"] == "Session token-1"


@pytest.mark.parametrize("answer", [{"other": 1}, [], {"token": {"a": 1}}, None])
def test_an_answer_without_the_token_says_where_it_was_looked_for(answer):
    server = Server(lambda _: httpx.Response(200, json=answer))
    with asked(LOG_IN, server) as client, pytest.raises(ResponseError, match=r"no token at `token`.*`token_at`"):
        client.get(BASE)


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        (LOG_IN, httpx.Response(403, text="no such user fake-password")),
        (OAUTH, httpx.Response(400, json={"error": "invalid_client", "error_description": "bad fake secret/+"})),
        (OAUTH, httpx.Response(401, json={"error": "invalid_client"})),
    ],
)
def test_a_refused_log_in_says_so_without_the_secret(settings, answer):
    with asked(settings, Server(lambda _: answer)) as client, pytest.raises(RefusedError) as caught:
        client.get(BASE)
    said = str(caught.value)
    assert "The log-in was refused" in said
    assert "fake" not in said.replace("example", "")


@pytest.mark.parametrize("status", [302, 500, 503])
def test_a_log_in_that_breaks_is_no_refusal(status):
    server = Server(lambda _: httpx.Response(status, headers={"Location": "https://elsewhere.example.test"}))
    with asked(OAUTH, server) as client, pytest.raises(ResponseError, match=f"status {status}"):
        client.get(BASE)


def test_the_issued_token_is_scrubbed_from_then_on():
    credentials = secrets()
    asked(OAUTH, Server(), credentials).get(BASE)
    assert credentials.scrub("token-1 in a text") == "••• in a text"


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (OAUTH, ("client_id", "client_secret")),
        ({**OAUTH, "token_url": "https://x.test/{tenant}"}, ("client_id", "client_secret", "tenant")),
        (LOG_IN, ("password", "username")),
        ({"kind": "ipaas"}, ("company", "email", "password")),
        ({"kind": "none"}, ()),
    ],
)
def test_each_way_says_which_secrets_it_needs(settings, names):
    assert READ(settings).secrets == names


def test_a_missing_secret_is_named():
    with pytest.raises(MissingCredentialError, match="SHOP_CLIENT_ID"):
        sign_in(READ(OAUTH), Credentials("shop", sealed=True), BASE)


@pytest.mark.parametrize("secret", ["fake-token\n", "fake-token\r\nX: y", "fake token ", "fake\0token", "t\u00f6ken"])
@pytest.mark.parametrize(
    "settings",
    [{"kind": "bearer"}, {"kind": "headers", "headers": {"Authorization": "Key {token}"}}, {"kind": "ipaas"},
     {**LOG_IN, "headers": {"Authorization": "{token}"}}, {**OAUTH, "headers": {"Authorization": "{token}"}},
     {"kind": "basic", "headers": {"Authorization": "{token}"}}],
)  # fmt: skip
def test_a_secret_that_no_header_can_carry_is_named_and_not_shown(settings, secret):
    credentials = Credentials("shop", {**SECRETS, "token": secret}, sealed=True)
    with pytest.raises(ConfigurationError) as caught:
        sign_in(READ(settings), credentials, BASE)
    assert "The header Authorization cannot carry what stands in SHOP_TOKEN" in str(caught.value)
    assert secret.strip() not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [{"kind": "bearer", "token": "abc"}, {"kind": "headers", "headers": {"X-Key": "abc"}},
     {"kind": "query", "parameters": {"key": "abc"}}, {"kind": "basic", "username": "ada", "password": "abc"},
     {**LOG_IN, "body": {"user": "ada"}}, {**OAUTH, "client_id": "ada", "client_secret": "abc"}],
)  # fmt: skip
def test_a_secret_that_stands_in_the_file_itself_is_refused(settings):
    with pytest.raises(ValidationError, match=r"it names no secret; write `\{token\}`, say"):
        READ(settings)


def test_a_name_may_stand_in_the_file_where_the_secret_does_not():
    assert READ({"kind": "basic", "username": "{token}", "password": "x"}).secrets == ("token",)


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (httpx.Response(401, json={"m": "no fake-password"}), RefusedError,
         'status 401 Unauthorized: {"m":"no •••"} .*: check the credentials (SHOP_PASSWORD, SHOP_USERNAME) and'),
        (httpx.Response(404, text="no route"), ResponseError,
         "status 404 Not Found: no route (POST .*): correct the log-in's address in the connector"),
        (httpx.Response(301, headers={"Location": "/login/"}), ResponseError,
         "status 301 Moved Permanently (to /login/) (POST .*): correct the log-in's address"),
        (httpx.Response(429, text="slow"), ResponseError, "status 429 Too Many Requests: slow .*: wait before"),
        (httpx.Response(500, text="fake-password is down"), ResponseError,
         "status 500 Internal Server Error: ••• is down .*: try again later"),
        (httpx.Response(200, json={"error": "bad fake-password"}), RefusedError,
         "status 200 with an error inside: bad ••• .*: check the credentials"),
        (httpx.Response(200, json={"data": {"jwt": "issued-jwt"}, "user": "ada l"}), ResponseError,
         "no token at `token`, it has `data.jwt`, `user` (POST .*): correct `token_at`"),
        (httpx.Response(200, html="<p>issued-jwt"), ResponseError, "no token at `token`, it is text/html and has no"),
        (httpx.Response(200, json={"token": None, "valid": False}), RefusedError,
         "refused, status 200, and in place of a token `token` is null .*: check the credentials"),
    ],
)  # fmt: skip
def test_a_log_in_without_a_token_says_what_came_instead(answer, error, said):
    with pytest.raises(error) as caught:
        asked(LOG_IN, lambda request: answer if request.method == "POST" else httpx.Response(200)).get(BASE)
    text = str(caught.value)
    for part in said.split(".*"):
        assert part in text
    assert "issued-jwt" not in text
    assert "ada l" not in text


@pytest.mark.parametrize("content", [{"html": "<p>no"}, {"json": {"message": "no such client fake-id"}}])
def test_a_refusal_that_oauth_does_not_know_is_shown_as_it_is(content):
    with pytest.raises(RefusedError) as caught:
        asked(OAUTH, lambda _: httpx.Response(401, **content)).get(BASE)
    assert "The log-in was refused, status 401 Unauthorized: " in str(caught.value)
    assert "check the credentials (SHOP_CLIENT_ID, SHOP_CLIENT_SECRET) and" in str(caught.value)
    assert "fake-id" not in str(caught.value)


def test_a_token_may_come_in_a_header():
    def answer(request):
        if request.method == "POST":
            return httpx.Response(201, headers={"X-Subject-Token": "issued-token"})
        return httpx.Response(200 if request.headers["Authorization"] == "Bearer issued-token" else 401)

    assert asked({**LOG_IN, "token_at": "header:X-Subject-Token"}, answer).get(BASE).status_code == 200


def test_the_key_of_the_platform_is_enough_and_every_other_way_needs_all_it_names():
    have = {"token": "t", "user": "u"}.get
    assert IpaasAuth(kind="ipaas").needed(have) == ()
    assert IpaasAuth(kind="ipaas").needed(lambda _: None) == ("company", "email", "password")
    assert BearerAuth(kind="bearer").needed(have) == ("token",)
    assert NoAuth().needed(have) == ()
    assert (BearerAuth(kind="bearer").instead, IpaasAuth(kind="ipaas").instead) == (None, "token")
