"""Connectors that would write, refused at load with the line."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import catalogue, connector_of, load_connector

HEAD = 'title = "Shop"\ndefault_environment = "t"\n[environments.t]\nbase_url = "https://shop.example"\n'
LOG_IN = '[auth]\nkind = "log-in"\npath = "/login"\n'
LIST = '[collections.orders]\nlist = "/orders"\n'
SEARCH = "[collections.orders]\n[collections.orders.search]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[headers]\nX-Forwarded-Method = "DELETE"\n' + LIST, 6),
        ('[auth]\nkind = "headers"\n[auth.headers]\nX-Key = "{token}"\nX-Http-Verb = "PUT"\n' + LIST, 7),
        (LOG_IN + 'body = { a = "{p}", _method = "DELETE" }\n' + LIST, 8),
        (LOG_IN.replace("/login", "/customers/delete") + 'body = { a = "{p}" }\n' + LIST, 7),
        ('[auth]\nkind = "oauth2"\ntoken_url = "/token"\nparameters = { action = "delete" }\n' + LIST, 8),
        ('[auth]\nkind = "oauth2"\ntoken_url = "https://x.example/wipe"\n' + LIST, 7),
        ('[collections.orders]\nlist = "/orders/delete"\n', 6),
        ('[collections.orders]\nlist = "/orders?action=delete"\n', 6),
        (LIST + 'detail = "/orders/../x"\n', 7),
        (LIST + 'count = "/orders/purge"\n', 7),
        (LIST + 'query = { _method = "DELETE" }\n', 7),
        (LIST + 'sort.newest = { cmd = "wipe" }\n', 7),
        ('[collections.orders]\nlist = "/orders?query=mutation%7Ba%7D"\n', 6),
        (LIST + 'since = "_method=DELETE&from={since}"\n', 7),
        (LIST + 'since = "header:X-Http-Method"\n', 7),
        (LIST + 'between = "action=wipe&from={since}&to={until}"\n', 7),
        (LIST + 'filters = { status = ["open"], _method = ["PUT"] }\n', 7),
        (LIST + 'paging = { kind = "page", page = "header:X-HTTP-Method-Override" }\n', 7),
        ('[paging]\nkind = "page"\npage = "delete.id"\njson_in = "body"\n' + LIST, 5),
        ('[auth]\nkind = "query"\nparameters = { key = "{token}", action = "delete" }\n' + LIST, 7),
        ('[auth]\nkind = "members"\nmembers = { "a.key" = "{token}", "a.cmd" = "wipe" }\n' + LIST, 7),
        (SEARCH + 'path = "/rpc"\nbody.data = \'{"query": "mutation{a}"}\'\n', 8),
        (SEARCH + 'path = "/graphql"\nbody.documentId = "a"\n', 8),
        (SEARCH + 'path = "/orders/_delete_by_query"\n', 7),
        (SEARCH + 'path = "/rpc"\nbody.method = "deleteCustomer"\n', 8),
        (SEARCH + 'path = "/graphql"\n\nbody = { query = "mutation { a }" }\n', 9),
        (LIST + '[collections.found]\n[collections.found.search]\npath = "/orders"\n', 9),
        (LIST + 'detail = "/orders/{id}/approve"\n', 7),
        (SEARCH + 'path = "/orders/import"\n', 7),
        ('[collections."my orders"]\nlist = "/a"\n' + '[collections."my.orders"]\nlist = "/drop"\n', 8),
    ],
)  # fmt: skip
def test_what_would_write_is_refused_at_load_with_its_line(text, line):
    with pytest.raises(ConfigurationError, match="could change the system and is never sent") as caught:
        connector_of(HEAD + text, "shop")
    assert f"(shop.toml, line {line})" in str(caught.value)


@pytest.mark.parametrize("name", catalogue())
def test_the_catalogue_only_reads(name):
    assert load_connector(name).collections


@pytest.mark.parametrize(
    "text",
    [
        '[scope]\nstatus = "which"\n' + SEARCH + 'path = "/q"\nbody = { query = "state:{status}" }\n',
        '[collections.a]\nlist = "/a/query"\n[collections.b]\n[collections.b.search]\npath = "/a/query"\n',
        LOG_IN + 'body = { query = "mutation { login(p: 1) { token } }", variables = { p = "{password}" } }\n' + LIST,
    ],
)
def test_placeholders_are_no_graphql(text):
    assert connector_of(HEAD + text, "shop").name == "shop"
