"""Connector files that hold a secret, refused at load with the line, whatever it is called or looks like."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import connector_of

HEAD = 'title = "Shop"\ndefault_environment = "t"\n[environments.t]\nbase_url = "https://shop.example"\n'
LIST = '[collections.orders]\nlist = "/orders"\n'
SEARCH = '[collections.orders]\n[collections.orders.search]\npath = "/q"\n'
AUTH = '[auth]\nkind = "headers"\n[auth.headers]\nX-User = "{user}"\n'
LOG_IN = '[auth]\nkind = "log-in"\npath = "/login"\n'


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ('[headers]\nX-Api-Key = "b2r9x1"\n' + LIST, "X-Api-Key", 6),
        ('[headers]\nX-Session-Token = "abcdefgh"\n' + LIST, "X-Session-Token", 6),
        ('[headers]\nX-Shop = "shpat_00000000aaaa"\n' + LIST, "X-Shop", 6),
        (LIST + 'query = { api_key = "b2r9x1k7" }\n', "api_key", 7),
        (LIST + 'query = { key = "b2r9x1k7" }\n', "key", 7),
        (LIST + "query = { pin = 471199 }\n", "pin", 7),
        (LIST + 'query = { shop = "AKIA0000000000000000" }\n', "shop", 7),
        (LIST + 'filters = { auth_token = ["abcd", "efgh"] }\n', "auth_token", 7),
        (LIST + 'sort.newest = { access_token = "abcd" }\n', "access_token", 7),
        ('[collections.orders]\nlist = "/orders?page=1&signature=abcd"\n', "signature", 6),
        (LIST + 'count = "/orders/count?password=open"\n', "password", 7),
        (LIST + 'since = "api_key=abcd&from={since}"\n', "api_key", 7),
        (LIST + 'note = "log in with password=open-sesame"\n', "note", 7),
        ('[collections.orders]\nlist = "/services/T000000/B000000/0000000000000000"\n', "list", 6),
        (SEARCH + 'body = { auth = [{ password = "open sesame" }] }\n', "password", 8),
        (SEARCH + 'query = "{ orders(by: \\"whsec_0000000000000000\\") { id } }"\n', "query", 8),
        (AUTH + 'X-Api-Key = "b2r9x1"\n' + LIST, "X-Api-Key", 9),
        ('[auth]\nkind = "basic"\npassword = "open sesame"\n' + LIST, "password", 7),
        ('[auth]\nkind = "bearer"\ntoken = "{user}:b2r9x1k7"\n' + LIST, "token", 7),
        ('[auth]\nkind = "oauth2"\ntoken_url = "/token?client_secret=b2r9x1"\n' + LIST, "token_url", 7),
        (LOG_IN + 'body = { name = "{user}", password = "open sesame" }\n' + LIST, "password", 8),
    ],
)
def test_a_secret_in_a_file_is_refused_with_its_line(text, name, line):
    with pytest.raises(ConfigurationError) as caught:
        connector_of(HEAD + text, "shop")
    assert str(caught.value).startswith(f"`{name}` holds a secret, or what looks like one (shop.toml, line {line})")
    assert "[auth]" in str(caught.value)


@pytest.mark.parametrize(
    "address", ["https://ada:open-sesame1@shop.example", "https://shop.example/shpat_00000000aaaa"]
)
def test_an_address_holds_no_secret(address):
    with pytest.raises(ConfigurationError, match=r"`base_url` holds a secret, .*shop.toml, line 4"):
        connector_of(HEAD.replace("https://shop.example", address) + LIST, "shop")


@pytest.mark.parametrize("name", ["api_key", "access_token", "key", "pass", "auth", "session_id", "cookie"])
def test_the_scope_is_for_other_names_than_those_of_secrets(name):
    with pytest.raises(ConfigurationError, match=rf"`{name}` is a secret's name, .* write it under \[auth\]"):
        connector_of(HEAD + f'[scope]\n{name} = "which"\n' + LIST, "shop")


@pytest.mark.parametrize(
    "text",
    [
        LIST + 'query = { key = "name" }\n',
        LIST + 'query = { key = "created_at" }\n',
        LIST + 'query = { hash = "true" }\n',
        LIST + 'query = { token_type = "bearer" }\n',
        LIST + 'query = { page_token = "b2r9x1k7" }\n',
        LIST + 'note = "the password is asked for"\n',
        LIST + 'detail = "/orders/{id}?key=name"\n',
        '[collections.orders]\nlist = "/orders?sort_key=updated_at"\n',
        '[scope]\ncompany_id = "which"\nrealm = "which"\n' + LIST,
        '[headers]\nX-Api-Version = "2026-01"\nX-Key-Format = "b2r9x1k7"\n' + LIST,
        AUTH + 'Authorization = "Acme-API-Key {token}"\n' + LIST,
        '[auth]\nkind = "oauth1"\ntoken = ""\ntoken_secret = ""\n' + LIST,
        LOG_IN + 'body = { name = "{user}", grant_type = "password" }\n' + LIST,
        LOG_IN + 'body = { name = "{user}" }\ntoken_at = { token = "data.session[0].token1" }\n' + LIST,
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(text):
    assert connector_of(HEAD + text, "shop").collections["orders"]
