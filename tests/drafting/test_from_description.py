"""A connector file written from an API description: what was told is set, what was not is marked, and it loads."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import httpx
import pytest
from fakes import Fake
from hypothesis import given
from hypothesis import strategies as st
from workspaces import run

from ipaas_discovery import connect
from ipaas_discovery.drafting.from_description import connector_text
from ipaas_discovery.drafting.united_documents import unite
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import connector_of, load_connector
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.workspace.create import create
from ipaas_discovery.workspace.settings_text import secrets_text

RECORD = {"type": "object", "properties": {"id": {"type": "integer"}}}
SPECS = Path(__file__).parents[3] / "shared" / "specs"
FILES = sorted(path for path in SPECS.glob("*.*") if path.suffix in {".json", ".yml"})


def listing(schema, *names, method="get"):
    content = {"application/json": {"schema": schema}}
    parameters = [{"name": name, "in": "query"} for name in names]
    return {method: {"parameters": parameters, "responses": {"200": {"description": "", "content": content}}}}


def wrapped(record, place="data"):
    return {"type": "object", "properties": {place: {"type": "array", "items": record}, "meta": {"type": "object"}}}


def written(paths, **more):
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "7"},
        "servers": [{"url": "https://shop.example.test/api"}, {"url": "https://test.example.test/api"}],
        "paths": paths,
        **more,
    }
    api = read_openapi(document)
    return connector_text(*unite([(api, document, "shop.json")], name="shop"))


def secured(*schemes):
    named = {f"way{number}": scheme for number, scheme in enumerate(schemes)}
    return {"components": {"securitySchemes": named}}


ORDERS = {"/orders": listing(wrapped(RECORD), "page", "limit", "min_date_modified")}


def test_what_the_document_tells_stands_as_settings():
    text = written({**ORDERS, "/orders/{id}": {**listing(RECORD), "put": {"responses": {}}}})
    connector = connector_of(text, "shop")
    spec = connector.collection("orders")
    assert (spec.list, spec.detail, connector.records_of("orders")) == ("/orders", "/orders/{id}", "data")
    assert (spec.create, spec.update, spec.delete) == (None, "PUT /orders/{id}", None)
    assert connector.environment().base_url == "https://shop.example.test/api"
    assert connector.environment().openapi == ("shop.json",)
    assert "the document names also: https://test.example.test/api" in text


def test_what_it_does_not_tell_is_marked_and_not_guessed():
    text = written(ORDERS)
    connector = connector_of(text, "shop")
    assert (connector.paging.kind, connector.auth.kind, connector.collection("orders").since) == ("none", "none", None)
    for word in ("auth", "paging", "limits", "create, update, delete"):
        assert f"# unknown: {word}." in text
    assert '# since = "min_date_modified"   # unknown' in text


@pytest.mark.parametrize(
    ("names", "kind", "words"),
    [
        (("page", "limit"), "page", {"page": "page", "size": "limit"}),
        (("searchCriteria[currentPage]", "searchCriteria[pageSize]"), "page", {"size": "searchCriteria[pageSize]"}),
        (("offset", "limit"), "offset", {"offset": "offset", "limit": "limit"}),
        (("$skip",), "offset", {"offset": "$skip"}),
        (("cursor", "limit"), "cursor", {"cursor": "cursor", "size": "limit"}),
    ],
)
def test_parameters_that_look_like_paging_become_a_proposal_that_loads(names, kind, words):
    text = written({"/orders": listing(wrapped(RECORD), *names)})
    assert connector_of(text, "shop").paging.kind == "none"
    head, proposed = text.split("and probe:\n", 1)
    lines = [line.removeprefix("# ") for line in proposed.split("\n\n", 1)[0].splitlines()]
    proposal = tomllib.loads("\n".join(lines))
    assert proposal["kind"] == kind
    assert words.items() <= proposal.items()
    followed = proposed.split("\n\n", 1)[1]
    filled = head.replace('[paging]\nkind = "none"\n', "[paging]\n" + "\n".join(lines) + "\n") + "\n\n" + followed
    assert connector_of(filled, "shop").paging.kind == kind


def test_parameters_that_do_not_page_propose_nothing():
    text = written({"/orders": listing(wrapped(RECORD), "color")})
    assert "none that would page" in text
    assert "It looks like this" not in text


@pytest.mark.parametrize(
    ("scheme", "auth"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"kind": "headers", "headers": {"X-Key": "{token}"}}),
        ({"type": "apiKey", "in": "query", "name": "key"}, {"kind": "query", "parameters": {"key": "{token}"}}),
        ({"type": "http", "scheme": "Bearer"}, {"kind": "bearer"}),
        ({"type": "http", "scheme": "basic"}, {"kind": "basic"}),
        ({"type": "basic"}, {"kind": "basic"}),
        ({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://id.test/t"}}}, {"kind": "oauth2"}),
        ({"type": "oauth2", "flow": "application", "tokenUrl": "https://id.test/t"}, {"kind": "oauth2"}),
        ({"type": "oauth2", "flows": {"authorizationCode": {"tokenUrl": "https://id.test/t"}}}, {"kind": "bearer"}),
        ({"type": "openIdConnect"}, {"kind": "none"}),
        ("nonsense", {"kind": "none"}),
    ],
)
def test_the_only_way_to_log_in_that_is_told_is_taken(scheme, auth):
    connector = connector_of(written(ORDERS, **secured(scheme)), "shop")
    assert auth.items() <= connector.auth.model_dump().items()


def test_of_several_ways_none_is_taken_and_all_are_shown():
    text = written(ORDERS, **secured({"type": "http", "scheme": "bearer"}, {"type": "http", "scheme": "basic"}))
    assert connector_of(text, "shop").auth.kind == "none"
    assert "names several ways" in text
    assert '# kind = "bearer"' in text
    assert '# kind = "basic"' in text


def test_a_list_by_post_is_a_search():
    text = written({"/orders/search": listing(wrapped(RECORD, "orders"), method="post")})
    connector = connector_of(text, "shop")
    assert connector.searches == ("/orders/search",)
    assert connector.collection("orders").list is None
    assert "# unknown: how this search pages" in text


def test_an_id_that_is_no_id_is_marked():
    text = written({"/orders": listing(wrapped({"type": "object", "properties": {"number": {"type": "string"}}}))})
    assert "# unknown: id. The fields are: number" in text


def test_a_child_names_its_parent_and_what_fills_its_path():
    text = written({**ORDERS, "/orders/{order_id}/lines": listing(wrapped(RECORD))})
    connector = connector_of(text, "shop")
    assert list(connector.collections) == ["orders", "orders_lines"]
    lines = connector.collection("orders_lines")
    assert (lines.parent, lines.list) == ("orders", "/orders/{id}/lines")
    assert lines.placeholders == ("id",)
    assert "# unknown: how these page" in text
    assert "# unknown: which field" not in text


def test_a_child_whose_parent_has_no_id_is_marked():
    number = {"type": "object", "properties": {"number": {"type": "string"}, "total": {"type": "number"}}}
    orders = {"/orders": listing(wrapped(number))}
    text = written({**orders, "/orders/{order_no}/lines": listing(wrapped(RECORD))})
    assert "# unknown: which field of orders fills {id}. Its fields are: number, total" in text
    text = written({**orders, "/orders/{number}/lines": listing(wrapped(RECORD))})
    assert connector_of(text, "shop").collection("orders_lines").list == "/orders/{number}/lines"
    assert "# unknown: which field" not in text


@pytest.mark.parametrize("outer", ["shop_id", "id"])
def test_a_child_of_a_child_is_read_through_both(outer):
    shops, tills = f"/shops/{{{outer}}}/tills", f"/shops/{{{outer}}}/tills/{{till_id}}/counts"
    text = written(
        {"/shops": listing(wrapped(RECORD)), shops: listing(wrapped(RECORD)), tills: listing(wrapped(RECORD))}
    )
    connector = connector_of(text, "shop")
    counts = connector.collection("shops_tills_counts")
    above = "shops_id" if outer == "id" else "shop_id"
    assert (counts.parent, counts.list) == ("shops_tills", f"/shops/{{{above}}}/tills/{{id}}/counts")
    assert "# unknown: which field" not in text
    assert "Left out" not in text
    root = httpx.URL(connector.environment().base_url).path
    answers = {
        f"{root}/shops": {"data": [{"id": 7}, {"id": 8}]},
        f"{root}/shops/7/tills": {"data": [{"id": 1}, {"id": 2}]},
        f"{root}/shops/8/tills": {"data": [{"id": 1}]},
        f"{root}/shops/7/tills/1/counts": {"data": [{"id": 71}]},
        f"{root}/shops/7/tills/2/counts": {"data": []},
        f"{root}/shops/8/tills/1/counts": {"data": [{"id": 81}, {"id": 82}]},
    }
    with System(connector, transport=Fake(answers)) as shop:
        assert sorted(record["id"] for record in shop.pull("shops_tills_counts").records) == [71, 81, 82]


def test_a_child_of_a_child_of_a_child_is_left_out_and_named():
    lists = ("/a", "/a/{x}/b", "/a/{x}/b/{y}/c", "/a/{x}/b/{y}/c/{z}/d")
    text = written({path: listing(wrapped(RECORD)) for path in lists})
    assert list(connector_of(text, "shop").collections) == ["a", "a_b", "a_b_c"]
    assert "# a_b_c_d: GET /a/{x}/b/{y}/c/{z}/d" in text


def test_a_child_of_a_search_and_of_a_list_beside_its_records_is_one_too():
    text = written(
        {
            "/orders/search": listing(wrapped(RECORD, "orders"), method="post"),
            "/orders/{order_id}/lines": listing(wrapped(RECORD)),
            "/items/list": listing(wrapped(RECORD)),
            "/items/{id}": {"get": {"responses": {}}},
            "/items/{id}/prices": listing(wrapped(RECORD)),
        }
    )
    parents = {name: spec.parent for name, spec in connector_of(text, "shop").collections.items() if spec.parent}
    assert parents == {"orders_lines": "orders", "items_prices": "items"}


def test_what_no_path_fills_is_left_out_and_named():
    text = written(
        {
            **ORDERS,
            "/orders/{a}/lines/{b}/taxes": listing(wrapped(RECORD)),
            "/shops/{id}/tills": listing(wrapped(RECORD)),
        }
    )
    assert "/orders/{a}/lines/{b}/taxes" in text
    assert "# orders_lines_taxes: GET /orders/{a}/lines/{b}/taxes" in text
    connector = connector_of(text, "shop")
    assert connector.collections["shops_tills"].list == "/shops/{shop_id}/tills"
    assert connector.scope == {"shop_id": "a value in the path of shops_tills"}
    assert list(connector.collections) == ["orders", "shops_tills"]


def test_a_generated_childs_records_are_pulled_parent_by_parent():
    text = written({**ORDERS, "/orders/{order_id}/lines": listing(wrapped(RECORD))})
    connector = connector_of(text, "shop")
    root = httpx.URL(connector.environment().base_url).path
    answers = {f"{root}/orders": {"data": [{"id": 7}, {"id": 8}]},
               **{f"{root}/orders/{number}/lines": {"data": [{"id": number * 10}]} for number in (7, 8)}}  # fmt: skip
    with System(connector, transport=Fake(answers)) as shop:
        assert shop.collections() == ("orders", "orders_lines")
        sample = shop.pull("orders_lines")
    assert [(record["id"], parent) for record, parent in zip(sample.records, sample.parents, strict=True)] == [
        (70, 7),
        (80, 8),
    ]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_a_document_is_called_the_file_loads_and_says_it(title):
    text = written(ORDERS, info={"title": title, "version": title})
    assert connector_of(text, "shop").title == (title.strip() or "the given document")


@pytest.fixture
def tiny(tmp_path):
    """A file with a small API description."""
    content = {"openapi": "3.1.0", "info": {"title": "Tiny"}, "servers": [{"url": "https://tiny.example.test"}]}
    path = tmp_path / "Tiny Shop.v2.json"
    path.write_text(json.dumps({**content, "paths": ORDERS}))
    return path


def test_the_command_makes_a_workspace_around_the_written_file(tiny, tmp_path):
    folder = tmp_path / "shop"
    done = run("new", folder, "--from-openapi", tiny)
    said = done.out.splitlines()
    listed = [at for at, line in enumerate(said) if line.startswith("Unknown, ")]
    assert said[listed[-1] + 1].startswith("To do: write what the vendor says at those lines")
    assert "ipaas-discovery check --reach` then tries the log-in" in said[listed[-1] + 1]
    assert (done.status, done.err) == (0, "")
    settings = tomllib.loads((folder / "data" / "discovery.toml").read_text())
    assert settings["third_party"] == {"connector": "tiny_shop_v2.toml", "environment": "document"}
    assert [each["third_party"] for each in settings["collections"]] == ["orders"]
    with connect("tiny_shop_v2.toml", root=folder / "data") as system:
        assert system.collections() == ("orders",)
        assert system.description.title == "Tiny"


def test_a_connector_and_a_description_are_one_too_many(tiny, tmp_path):
    done = run("new", tmp_path / "shop", "--connector", "square", "--from-openapi", tiny)
    assert done.status == 2
    assert "More than one origin of the connector was given: give --connector" in done.err
    assert not (tmp_path / "shop").exists()


def test_a_description_called_discovery_does_not_take_the_settings_place(tiny, tmp_path):
    path = tiny.rename(tmp_path / "discovery.json")
    create(tmp_path / "shop", from_openapi=path)
    settings = tomllib.loads((tmp_path / "shop" / "data" / "discovery.toml").read_text())
    assert settings["third_party"]["connector"] == "system.toml"


def test_saved_calls_make_a_workspace_too_and_are_not_copied(tmp_path):
    answer = {
        "status": 200,
        "content": {"mimeType": "application/json", "text": '[{"id": 1, "mail": "ada@example.test"}]'},
    }
    headers = [{"name": "Authorization", "value": "Bearer fake-token"}]
    request = {"method": "GET", "url": "https://tiny.example.test/orders", "headers": headers, "queryString": []}
    path = tmp_path / "Saved.har"
    path.write_text(json.dumps({"log": {"entries": [{"request": request, "response": answer}]}}))
    done = run("new", tmp_path / "shop", "--from-calls", path)
    assert (done.status, done.err) == (0, "")
    data = tmp_path / "shop" / "data"
    assert list(load_connector(data / "saved.toml").collections) == ["orders"]
    written = "".join(each.read_text() for each in data.iterdir() if each.is_file())
    assert "fake-token" not in written
    assert "ada@" not in written


@pytest.mark.parametrize("content", ["{}", "not an API", None])
def test_a_file_that_describes_nothing_makes_nothing(content, tmp_path):
    path = tmp_path / "api.json"
    if content is not None:
        path.write_text(content)
    done = run("new", tmp_path / "shop", "--from-openapi", path)
    assert done.status in {1, 2}
    assert "api.json" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "shop").exists()


def test_a_workspaces_example_of_secrets_says_what_a_scope_is(tmp_path):
    create(tmp_path / "shop", "square")
    text = (tmp_path / "shop" / "data" / ".env.example").read_text()
    assert re.search(r"\nSQUARE_TOKEN=\n# the locations to read.*\nSQUARE_LOCATION_IDS=\n", text)


@pytest.mark.skipif(not FILES, reason="the vendors' API descriptions are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_connector_written_from_a_vendors_description_loads_and_lists_its_collections(path, tmp_path):
    made = create(tmp_path / "shop", from_openapi=path)
    (file,) = [each for each in made if each.suffix == ".toml" and each.name != "discovery.toml"]
    connector = load_connector(file)
    api = read_openapi(path)
    alone = [name for name in api.collections() if (call := api.operations(name).list) and "{" not in call.path]
    first = [name for name, spec in connector.collections.items() if spec.parent is None]
    assert [name for name in first if name in alone] == alone
    paths = [connector.collections[name].list or "" for name in first if name not in alone]
    assert [path for path in paths if not set(re.findall(r"\{(\w+)\}", path)) & set(connector.scope)] == []
    assert len(alone) >= 1
    assert any(spec.parent for spec in connector.collections.values())
    with connect(file, credentials={"store_hash": "x"}) as system:
        assert system.collections() == tuple(connector.collections)
    assert (file.parent / path.name).read_bytes() == path.read_bytes()
    text = file.read_text()
    assert "# unknown: paging." in text
    assert f'openapi = ["{path.name}"]' in text
    again = tmp_path / "again"
    create(again, from_openapi=path)
    assert (again / "data" / file.name).read_text() == text


def test_parameters_with_the_name_and_the_values_of_a_field_split_a_collection():
    text = {"type": "string"}
    fields = {
        "status": {**text, "enum": ["open", "paid"]},
        "order_kind": text,
        "rank": {"type": "integer"},
        "note": text,
    }
    record = {"type": "object", "properties": {"id": {"type": "integer"}, **fields}}
    orders = listing(wrapped(record), "status", "note", "updated_since", "updated_until")
    kinds = {"name": "orderKind", "in": "query", "schema": {"type": "string", "enum": ["web", "pos"]}}
    sort = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["asc", "desc"]}}
    many = {"name": "rank", "in": "query", "schema": {"type": "integer", "enum": [*range(99)]}}
    orders["get"]["parameters"] += [kinds, sort, many]
    text = written({"/orders": orders})
    filters = connector_of(text, "shop").collection("orders").filters
    assert filters == {"status": ("open", "paid"), "orderKind": ("web", "pos")}
    assert '# between = "updated_since={since}&updated_until={until}"   # unknown: they sound like it' in text


def test_tenants_become_the_scope_and_ids_follow_from_the_detail():
    bill = {"type": "object", "properties": {"BillNo": {"type": "string"}}}
    one = {"get": {"responses": {"200": {"content": {"application/json": {"schema": bill}}}}}}
    pay = listing(wrapped(RECORD))
    text = written(
        {
            "/{tenant-key}/bills": listing(wrapped(bill)),
            "/{tenant-key}/bills/{billRef}": one,
            "/{tenant-key}/bills/{bill_no}": one,
            "/payments": pay,
            "/payments/{payment_id}": {"get": {"responses": {"200": {}}}},
        }
    )
    connector = connector_of(text, "shop")
    bills, payments = connector.collections["bills"], connector.collections["payments"]
    assert (bills.list, bills.detail, bills.id) == ("/{tenant_key}/bills", "/{tenant_key}/bills/{BillNo}", "BillNo")
    assert (payments.detail, payments.id) == ("/payments/{id}", "id")
    assert connector.scope == {"tenant_key": "a value in the path of bills"}


def test_headers_of_a_document_are_written_or_marked():
    parameters = [
        {"name": "X-Company", "in": "header", "required": True, "schema": {"type": "string"}},
        {"name": "X-Version", "in": "header", "required": True, "schema": {"type": "string", "enum": ["2026-01"]}},
        {"name": "If-Modified-Since", "in": "header", "schema": {"type": "string"}},
        {"name": "Accept", "in": "header", "required": True, "schema": {"type": "string"}},
    ]
    call = listing(wrapped(RECORD))
    call["get"]["parameters"] = parameters
    text = written({"/bills": call})
    assert connector_of(text, "shop").headers == {"X-Version": "2026-01"}
    assert '# X-Company = "…"   # unknown: its value' in text
    assert '# since = "header:If-Modified-Since"' in text
    assert "Accept =" not in text


@pytest.mark.parametrize(
    ("description", "header"),
    [
        ("e.g. `Authorization: Shop-Key your-private-key`", "Shop-Key {token}"),
        ('Write "Token <key>" into the header', "Token {token}"),
        ("The key of your account", "{token}"),
        ("Authorization: your-private-key", "{token}"),
    ],
)
def test_a_word_before_the_secret_is_taken_from_the_text(description, header):
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization", "description": description}
    auth = connector_of(written(ORDERS, **secured(scheme)), "shop").auth
    assert auth.headers == {"Authorization": header}


def test_a_document_without_an_address_is_written_with_its_path_behind_a_name():
    text = written(ORDERS, servers=[{"url": "/rest/v1"}])
    assert connector_of(text, "shop").environment().base_url == "{base_url}/rest/v1"
    assert "# unknown: address. The document does not say where the API is" in text


def test_the_example_of_secrets_says_that_a_log_in_is_unknown():
    marked = "# unknown: secrets. Write [auth] in the connector file first; it names them"
    assert marked in secrets_text(connector_of(written(ORDERS), "shop"))
    known = secured({"type": "http", "scheme": "bearer"})
    assert marked not in secrets_text(connector_of(written(ORDERS, **known), "shop"))
    assert marked not in secrets_text(load_connector("oscar"))


def test_verbs_written_together_with_their_noun_are_taken_off_where_two_stand_before_it():
    calls = {
        "/listorders": listing(wrapped(RECORD)),
        "/getorder/{id}": listing(RECORD),
        "/createorder": {"post": {"responses": {"201": {"description": ""}}}},
        "/settings": listing(wrapped(RECORD)),
    }
    spec = connector_of(written(calls), "shop").collections
    assert sorted(spec) == ["orders", "settings"]
    assert (spec["orders"].list, spec["orders"].detail) == ("/listorders", "/getorder/{id}")
    assert spec["orders"].create == "POST /createorder"


def test_a_list_by_the_last_value_of_its_path_is_one_of_the_scope():
    connector = connector_of(written({"/records/{recordType}": listing(wrapped(RECORD))}), "shop")
    assert connector.collections["records"].list == "/records/{recordType}"
    assert set(connector.scope) == {"recordType"}


def test_a_key_in_a_path_is_no_secret_and_a_secret_leaves_the_collection_out():
    text = written({
        "/stores/{storeId}/key={key}/orders": listing(wrapped(RECORD)),
        "/t/{token}/items": listing(wrapped(RECORD)),
    })  # fmt: skip
    connector = connector_of(text, "shop")
    assert set(connector.scope) == {"storeId", "record_key"}
    assert "or a secret would stand in it" in text
    assert "GET /t/{token}/items" in text


@pytest.mark.parametrize(
    ("headers", "settings"),
    [
        (["X-Api-Key"], {"X-Api-Key": "{token}"}),
        (["X-Api-Key", "X-App-Token"], {"X-Api-Key": "{x_api_key}", "X-App-Token": "{x_app_token}"}),
    ],
)
def test_headers_that_are_named_like_secrets_are_the_log_in(headers, settings):
    listed = listing(wrapped(RECORD))
    listed["get"]["parameters"] = [{"name": name, "in": "header", "required": True} for name in headers]
    connector = connector_of(written({"/orders": listed}), "shop")
    assert (connector.auth.kind, connector.auth.headers, connector.headers) == ("headers", settings, {})


def test_the_usual_header_alone_does_not_tell_how_to_log_in():
    listed = listing(wrapped(RECORD))
    listed["get"]["parameters"] = [{"name": "Authorization", "in": "header", "required": True}]
    assert connector_of(written({"/orders": listed}), "shop").auth.kind == "none"


@pytest.mark.parametrize(("scheme", "kind"), [("SSWS", "headers"), ("digest", "none"), ("a b", "none")])
def test_a_scheme_of_its_own_stands_before_the_token(scheme, kind):
    auth = connector_of(written(ORDERS, **secured({"type": "http", "scheme": scheme})), "shop").auth
    assert auth.kind == kind
    assert kind == "none" or auth.headers == {"Authorization": f"{scheme} {{token}}"}


def test_a_required_header_has_its_default():
    listed = listing(wrapped(RECORD))
    schema = {"type": "string", "enum": ["2024", "2025"], "default": "2025"}
    listed["get"]["parameters"] = [{"name": "revision", "in": "header", "required": True, "schema": schema}]
    assert connector_of(written({"/orders": listed}), "shop").headers == {"revision": "2025"}


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ({"url": "https://[your-shop].test/api"}, "https://{your_shop}.test/api"),
        ({"url": "https://${STORE}.shop.test"}, "https://{STORE}.shop.test"),
        ({"url": "https://%HOST%/api?v=1#x"}, "https://{HOST}/api"),
        ({"url": "{scheme}://{domain}/rest", "variables": {"scheme": {"default": "http"}}}, "http://{domain}/rest"),
        ({"url": "{scheme}://{domain}/rest"}, "https://{domain}/rest"),
        ({"url": "/v2"}, "{base_url}/v2"),
    ],
)
def test_whatever_stands_for_a_part_of_an_address_is_a_placeholder(server, address):
    text = written(ORDERS, servers=[server])
    assert connector_of(text, "shop").environment().base_url == address
    assert "the document names also" not in text


def test_two_documents_complete_each_other_where_they_list_the_same():
    def document(paths):
        return {
            "openapi": "3.0.3",
            "info": {"title": "Shop", "version": "7"},
            "servers": [{"url": "https://s.test"}],
            "paths": paths,
        }

    first = document({"/orders": listing(wrapped(RECORD))})
    second = document({
        "/orders": {**listing(wrapped(RECORD)), "post": {"responses": {"201": {"description": ""}}}},
        "/orders/{id}": listing(RECORD),
    })  # fmt: skip
    files = [(read_openapi(one), one, f"{name}.json") for name, one in (("a", first), ("b", second))]
    text = connector_text(*unite(files, name="shop"))
    orders = connector_of(text, "shop").collections["orders"]
    assert (orders.detail, orders.create) == ("/orders/{id}", "POST /orders")
    assert "Left out" not in text


def table_below(text, head):
    """The lines below a comment that are proposed, without their marks."""
    lines = text[text.index(head) :].splitlines()[1:]
    end = next((number for number, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    return [line.removeprefix("# ") for line in lines[:end]]


def test_the_paging_proposed_is_that_of_most_lists_and_a_number_comes_before_an_address():
    paged = wrapped(RECORD)
    paged["properties"]["meta"] = {
        "type": "object", "properties": {"total": {"type": "integer"}, "next": {"type": "string"}},
    }  # fmt: skip
    lists = {f"/{name}": listing(paged, "page", "limit") for name in ("orders", "customers", "items")}
    few = {f"/{name}": listing(paged, "page", "limit", "after") for name in ("refunds", "returns")}
    text = written({**few, **lists})
    assert table_below(text, "# It looks like this; put it in place") == [
        'kind = "page"', 'page = "page"', 'size = "limit"', 'total = "meta.total"',
    ]  # fmt: skip


def test_the_call_that_counts_a_list_is_written():
    counted = {"type": "object", "properties": {"statuses": {"type": "array"}, "count": {"type": "number"}}}
    paths = {**ORDERS, "/orders/{id}": listing(RECORD), "/orders/count": listing(counted)}
    assert connector_of(written(paths), "shop").collection("orders").count == "/orders/count"
    odd = {**ORDERS, "/orders/{id}": listing(RECORD), "/orders/count": listing({"type": "object"})}
    assert connector_of(written(odd), "shop").collection("orders").count is None


def test_the_path_of_one_record_that_no_field_fills_is_marked():
    notes = {"/orders/notes": listing(wrapped(RECORD)), "/orders/{orderId}/notes/{noteId}": listing(RECORD)}
    text = written({**ORDERS, **notes})
    unknown = "unknown: what fills {orderId}, which is no field of a record"
    assert f'# detail = "/orders/{{orderId}}/notes/{{id}}"   # {unknown}' in text
    assert connector_of(text, "shop").collection("orders_notes").detail is None


def test_how_a_search_pages_is_proposed_from_its_body():
    asked = {"type": "object", "properties": {"cursor": {"type": "string"}, "limit": {"type": "integer"}}}
    answer = wrapped(RECORD)
    answer["properties"]["cursor"] = {"type": "string"}
    search = listing(answer, method="post")
    search["post"]["requestBody"] = {"content": {"application/json": {"schema": asked}}}
    text = written({"/orders/search": search, "/orders/{id}": listing(RECORD)})
    assert table_below(text, "# unknown: how this search pages. It looks like this") == [
        "[collections.orders.paging]", 'kind = "cursor"', 'cursor = "cursor"', 'next = "cursor"', 'size = "limit"',
        "in_body = true",
    ]  # fmt: skip
