"""A log-in among saved calls becomes `[auth]`, without any value of it."""

from __future__ import annotations

import json
import tomllib

import pytest
from saved_calls import answer, call, postman

from ipaas_discovery.drafting.from_calls import connector_text
from ipaas_discovery.drafting.saved_calls.postman import read_postman
from ipaas_discovery.systems.connectors.connector import connector_of
from ipaas_discovery.workspace.create import create, unknowns
from ipaas_discovery.workspace.settings_text import secrets_text

ROWS = [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}]
BEARER = [{"key": "Authorization", "value": "Bearer s3cret-t"}]


def raw(body):
    return {"mode": "raw", "raw": json.dumps(body)}


def form(**fields):
    return {"mode": "urlencoded", "urlencoded": [{"key": name, "value": value} for name, value in fields.items()]}


def drafted(tmp_path, *items, **more):
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(postman(*items, **more)), encoding="utf-8")
    text = connector_text(read_postman(path), "shop")
    assert "s3cret" not in text
    assert "ada" not in text
    return tomllib.loads(text).get("auth", {"kind": "none"}), text


def orders(header=None, **more):
    return call("Orders", "GET", "{{base}}/orders", answer(ROWS), **({"header": header} if header else {}), **more)


LOGIN = {"email": "ada@shop.example", "password": "s3cret-p", "remember": True, "grant_type": "password"}
TOKENS = [answer({"data": {"refreshToken": "s3cret-r", "jwtToken": "s3cret-a"}})]
NAMED = {"email": "{email}", "password": "{password}", "remember": True, "grant_type": "password"}


@pytest.mark.parametrize(
    ("log_in", "header", "auth"),
    [
        (
            call("In", "POST", "{{base}}/auth/login", *TOKENS, body=raw(LOGIN)),
            BEARER,
            {"kind": "log-in", "path": "/auth/login", "body": NAMED, "token_at": "data.jwtToken"},
        ),
        (
            call("In", "POST", "{{base}}/session", answer({"token": "s3cret-a"}),
                 body=form(user="ada", password="s3cret-p")),
            [{"key": "X-Auth-Token", "value": "s3cret-a"}, {"key": "X-Api-Key", "value": "s3cret-k"}],
            {"kind": "log-in", "path": "/session", "body": {"user": "{user}", "password": "{password}"}, "form": True,
             "header": "X-Auth-Token", "sent": "{token}", "headers": {"X-Api-Key": "{x_api_key}"}},
        ),
        (
            call("In", "POST", "https://id.test/token", answer({"access_token": "s3cret-a"}),
                 body=form(grant_type="client_credentials", client_id="ada", client_secret="s3cret-c",
                           scope="a b",
                           audience="ada")),
            BEARER,
            {"kind": "oauth2", "token_url": "https://id.test/token", "client_in": "body", "scopes": ["a", "b"],
             "parameters": {"audience": "{audience}"}},
        ),
        (
            call("In", "POST", "{{base}}/jsonrpc/authenticate",
                 body=raw({"jsonrpc": "2.0", "params": {"args": ["ada", 7], "password": "s3cret-p"}})),
            None,
            {"kind": "log-in", "path": "/jsonrpc/authenticate",
             "body": {"jsonrpc": "2.0", "params": {"args": ["{args_1}", 7], "password": "{password}"}}},
        ),
    ],
)  # fmt: skip
def test_a_log_in_is_written_with_the_names_of_its_secrets(tmp_path, log_in, header, auth):
    written, text = drafted(tmp_path, log_in, orders(header))
    assert written == auth
    assert "Not taken over" not in text
    label = log_in["request"]["url"].partition("}}")[2] or "/token"
    assert f"[auth] is read from POST {label}, its texts replaced by the names of credentials." in text
    connector_of(text, "shop")


def test_a_log_in_that_is_taken_over_is_not_listed_as_left_out(tmp_path):
    """What stands behind a plural is shown as an id there, and a version is none."""
    log_in = call("In", "POST", "https://h.test/services/inner/Login", *TOKENS, body=raw(LOGIN))
    listed = call("Orders", "GET", "https://h.test/orders", answer(ROWS), header=BEARER)
    other = call("Job", "POST", "https://h.test/services/v2/Ping", body=raw({"a": 1}))
    written, text = drafted(tmp_path, log_in, listed, other)
    assert written["path"] == "/services/inner/Login"
    assert [line for line in text.splitlines() if line.startswith("# - ")] == [
        "# - POST /services/v2/Ping: no list of the same records is in the file"
    ]


def test_what_no_call_shows_of_a_log_in_is_marked_with_its_line(tmp_path):
    log_in = call("In", "POST", "{{base}}/login", body=raw(LOGIN))
    _, text = drafted(tmp_path, log_in, orders())
    assert "# unknown: token_at of [auth]." in text
    assert "# unknown: sent of [auth]." in text
    made = create(tmp_path / "mine", from_calls=tmp_path / "shop.json")
    lines = (tmp_path / "mine" / "data" / "shop.toml").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, 1) if "unknown: token_at" in line)
    assert f"Unknown, {tmp_path / 'mine' / 'data' / 'shop.toml'}, line {place}: token_at of [auth]" in unknowns(made)


@pytest.mark.parametrize(
    "item",
    [
        call("Not a log-in", "POST", "{{base}}/orders", body=raw(LOGIN)),
        call("No secret", "POST", "{{base}}/login", body=raw({"user": "ada"})),
        call("Of somebody", "POST", "{{base}}/users/{{user}}/login", body=raw(LOGIN)),
        call("Another verb", "PUT", "{{base}}/login", body=raw(LOGIN)),
        call("It deletes", "POST", "{{base}}/token/delete", body=raw(LOGIN)),
        call("It changes", "POST", "{{base}}/login", body=raw({"password": "s3cret-p", "delete": {"id": 1}})),
    ],
)
def test_another_call_is_no_log_in(tmp_path, item):
    assert drafted(tmp_path, item, orders(BEARER))[0] == {"kind": "bearer"}


def test_calls_that_are_signed_otherwise_need_no_log_in(tmp_path):
    log_in = call("In", "POST", "{{base}}/login", body=raw(LOGIN))
    assert drafted(tmp_path, log_in, orders(auth={"type": "basic"}))[0] == {"kind": "basic"}


def test_oauth_1_is_written_and_several_ways_are_proposed_with_their_secrets(tmp_path):
    assert drafted(tmp_path, orders(), auth={"type": "oauth1"})[0] == {"kind": "oauth1"}
    signed = [{"key": "Authorization", "value": 'OAuth oauth_consumer_key="ada"'}]
    assert drafted(tmp_path, orders(signed))[0] == {"kind": "oauth1"}
    customers = call("Customers", "GET", "{{base}}/customers", answer(ROWS), auth={"type": "bearer"})
    auth, text = drafted(tmp_path, orders(auth={"type": "basic"}), customers)
    assert auth == {"kind": "none"}
    assert '# kind = "basic"\n# kind = "bearer"\n' in text
    secrets = secrets_text(connector_of(text, "shop"), draft=text)
    assert "# unknown: SHOP_PASSWORD=\n# unknown: SHOP_USERNAME=\n# unknown: SHOP_TOKEN=\n" in secrets
    assert "(no secret)" not in secrets


def test_a_record_list_is_read_from_an_example_only_where_one_held_a_record(tmp_path):
    _, text = drafted(tmp_path, call("Orders", "GET", "{{base}}/orders", answer({"orders": []})))
    assert "read from an example" not in text
    assert "# unknown: records. The saved answer holds no record; `records` is where its empty list stands." in text
