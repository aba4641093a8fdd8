"""Any Swagger 2 and OpenAPI 3 document is read: its collections, their calls, and where the records are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from ipaas_discovery.errors import DescriptionError, UnknownNameError
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.api_document import read_document

CALLS = ("list", "detail", "create", "update", "delete")
SPECS = Path(__file__).parents[4] / "shared" / "specs"
vendors = pytest.mark.skipif(not SPECS.is_dir(), reason="no vendor documents beside the repository")

ORDER = {
    "type": "object",
    "required": ["number"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "number": {"type": "string", "maxLength": 20},
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
    },
}
LINE = {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema, **beside):
    wrapped = {"data": {"type": "array", "items": schema}} | beside
    return {"type": "object", "properties": wrapped}


def answers(schema, code="200"):
    return {"responses": {code: {"content": {"application/json": {"schema": schema}}}}}


def takes(schema, **call):
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}, **answers(schema), **call}


def shop(paths=None, version="3.0.3", servers=("https://{host}/stores/{hash}/v3",), **schemas):
    """A small shop's document; `paths` replaces its own."""
    own = {
        "/orders": {"get": answers(many(ref("Order"))), "post": takes(ref("Order"))},
        "/orders/{order_id}": {
            "parameters": [{"name": "order_id", "in": "path"}],
            "get": answers({"type": "object", "properties": {"data": ref("Order"), "meta": {"type": "object"}}}),
            "put": takes(ref("Order")),
            "delete": {"responses": {"204": {"description": "gone"}}},
        },
    }
    return {
        "openapi": version,
        "info": {"title": "Shop", "version": "3"},
        "servers": [{"url": url} for url in servers],
        "paths": own if paths is None else paths,
        "components": {"schemas": {"Order": ORDER, "Line": LINE, **schemas}},
    }


def labels(calls):
    return {name: call.label if (call := getattr(calls, name)) else None for name in CALLS}


def test_a_collection_has_its_five_calls():
    api = read_openapi(shop())
    assert (api.title, api.version, api.collections(), api.warnings) == ("Shop", "3", ("orders",), ())
    assert labels(api.operations("orders")) == {
        "list": "GET /orders",
        "detail": "GET /orders/{order_id}",
        "create": "POST /orders",
        "update": "PUT /orders/{order_id}",
        "delete": "DELETE /orders/{order_id}",
    }
    assert api.operations("orders").detail.parameters == ()


def test_swagger_2_says_the_same_in_its_own_words():
    body = {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Order"}}
    document = {
        "swagger": "2.0",
        "info": {"title": "Old shop", "version": 1.5},
        "host": "shop.example.test",
        "basePath": "/rest/V1",
        "schemes": ["https"],
        "parameters": {"Body": body},
        "definitions": {"Order": {"properties": {"id": {"type": "integer"}, "blob": {"type": "file"}}}},
        "paths": {
            "/orders": {
                "get": {"responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Order"}}}}},
                "post": {"parameters": [{"$ref": "#/parameters/Body"}], "responses": {"201": {"description": "made"}}},
            },
            "/orders/{id}": {
                "put": {
                    "parameters": [
                        {"name": "id", "in": "path", "type": "integer"},
                        {"name": "state", "in": "formData", "type": "string", "required": True},
                    ],
                    "responses": {"default": {"description": "?"}},
                }
            },
        },
    }
    api = read_openapi(document)
    calls = api.operations("orders")
    assert (api.version, api.servers) == ("1.5", ("https://shop.example.test/rest/V1",))
    assert api.node(api.returned(calls.list).schema).properties.keys() == {"id", "blob"}
    assert api.node(api.received(calls.create).schema).properties.keys() == {"id", "blob"}
    form = api.node(api.received(calls.update).schema)
    assert (list(form.properties), form.required, calls.update.parameters) == (["state"], {"state"}, ())
    assert api.find("post", "/V1/orders") is calls.create
    assert api.node({"type": "file"}).types == ("string",)


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_in_both_notations(tmp_path, suffix, encoding):
    path = tmp_path / f"shop{suffix}"
    text = json.dumps(shop()) if suffix == ".json" else yaml.safe_dump(shop())
    path.write_text(text, encoding=encoding)
    assert read_openapi(path).collections() == read_openapi(str(path)).collections() == ("orders",)


def test_yaml_dates_stay_text_and_an_equals_sign_is_a_value(tmp_path):
    text = """
        openapi: 3.0.0
        info: {title: Dates, version: 2024-01-31}
        paths:
          /orders:
            get:
              responses:
                200:
                  content:
                    application/json:
                      schema:
                        type: array
                        items: {properties: {on: {type: string, enum: [2024-01-31, 2024-01-31T10:00:00Z, =]}}}
    """
    path = tmp_path / "dates.yml"
    path.write_text(text)
    api = read_openapi(path)
    record = api.node(api.returned(api.operations("orders").list).schema)
    assert api.version == "2024-01-31"
    assert [api.node(raw).enum for raw in record.properties.values()] == [("2024-01-31", "2024-01-31T10:00:00Z", "=")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"), ("on", "on"), ("y", "y"), ("010", "010"), ("12:30", "12:30"), ("1_000", "1_000"),
        ("2024-01-31", "2024-01-31"), ("=", "="), ("true", True), ("False", False), ("~", None), ("12", 12),
        ("-7", -7), ("0", 0), ("1.5", 1.5), ("1e3", 1000.0), ("'12'", "12"), (".5", 0.5), ("0x1F", 31), ("", None),
    ],
)  # fmt: skip
def test_yaml_scalars_are_those_of_version_1_2(tmp_path, written, read):
    path = tmp_path / "api.yml"
    path.write_text(f"openapi: 3.0.0\npaths: {{}}\nx-value: {written}\n")
    assert read_document(path)[0]["x-value"] == read


def test_yaml_keys_that_look_like_booleans_and_merged_anchors_are_kept(tmp_path):
    text = """
        openapi: 3.0.0
        x-base: &base {type: object, properties: {on: {type: string}, no: {type: string}, y: {type: string}}}
        paths:
          /orders:
            get:
              responses: {200: {content: {application/json: {schema: {type: array, items: {<<: *base}}}}}}
    """
    path = tmp_path / "keys.yml"
    path.write_text(text)
    api = read_openapi(path)
    record = api.node(api.returned(api.operations("orders").list).schema)
    assert set(record.properties) == {"on", "no", "y"}


def test_the_records_of_a_batch_are_found_in_what_is_sent():
    listed = {"get": answers(many(ref("Order")))}
    paths = {
        "/orders": listed,
        "/orders/batch-create": {
            "post": takes(
                {"properties": {"orders": {"type": "array", "items": ref("Order")}, "atomic": {"type": "boolean"}}}
            )
        },
        "/stock/absolute": {"put": takes({"properties": {"items": {"type": "array", "items": ref("Line")}}})},
        "/carts": {"put": takes({"properties": {"items": {"type": "array", "items": ref("Line")}, "note": {}}})},
    }
    api = read_openapi(shop(paths))
    found = {path: api.received(api.find(method, path)) for method, path in
             [("POST", "/orders/batch-create"), ("PUT", "/stock/absolute"), ("PUT", "/carts")]}  # fmt: skip
    assert [(each.envelope, each.many) for each in found.values()] == [("orders", True), ("items", True), ("", False)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such API description"),
        (b"", "no API description but empty"),
        (b"[1, 2]", "no API description but a list"),
        (b"just a sentence", "no API description but plain text"),
        (b"<html><body>Log in</body></html>", "no API description but a web page"),
        (b'{"name": "package"}', "neither 'openapi' nor 'swagger'"),
        (b'{"openapi": "1.2"}', "says version '1.2'"),
        (b'{"openapi": "3.0.0", "paths": []}', None),
        (b'{"openapi": "3.0.0", "paths": [1]}', "'paths' are no mapping"),
        (b'{"openapi": "3.0.0", "paths": {', "cannot be read"),
        (b"openapi: '3.0\n", "cannot be read"),
        (b"openapi: [\x00\x01", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"\x80\x81", "cannot be read"),
    ],
)
def test_what_is_no_description_is_refused_in_one_sentence(tmp_path, content, message):
    path = tmp_path / "api.yaml"
    if content is not None:
        path.write_bytes(content)
    if message is None:
        assert read_openapi(path).collections() == ()
        return
    with pytest.raises(DescriptionError, match=message) as error:
        read_openapi(path)
    assert "api.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_directory_is_no_description(tmp_path):
    with pytest.raises(DescriptionError, match="cannot be read"):
        read_openapi(tmp_path)


def test_an_unknown_collection_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'orders'"):
        read_openapi(shop()).operations("oders")


def test_a_collection_is_found_in_any_case_and_by_its_path():
    api = read_openapi(shop())
    assert api.operations("Orders") == api.operations("/orders") == api.operations("orders")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/orders/{order_id}", "/orders/{order_id}"),
        ("/orders/{id}", "/orders/{order_id}"),
        ("orders/{id}/", "/orders/{order_id}"),
        ("/v3/orders/{id}", "/orders/{order_id}"),
        ("/stores/{hash}/v3/orders", "/orders"),
        ("/stores/abc123/v3/orders?limit=5", "/orders"),
        ("https://api.example.test/stores/abc123/v3/orders", "/orders"),
        ("/v2/orders", None),
        ("/archive/orders", None),
        ("/orders/{id}/lines", None),
        ("", None),
    ],
)
def test_a_call_is_found_with_or_without_the_base_path_whatever_its_placeholders_are_called(asked, found):
    call = read_openapi(shop()).find("get", asked)
    assert (call.path if call else None) == found


def test_a_call_is_found_when_the_base_url_already_holds_the_documents_version():
    listed = answers(many(ref("Order")))
    api = read_openapi(shop({"/v2/orders": {"get": listed}, "/v2/shops/orders": {"get": listed}}, servers=()))
    assert api.find("GET", "/orders").path == "/v2/orders"


def test_a_method_that_is_not_offered_is_not_found():
    assert read_openapi(shop()).find("PATCH", "/orders/{id}") is None


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["/catalog/products", "/catalog/products/{id}/images"], {"products", "products_images"}),
        (["/customers", "/customers/addresses"], {"customers", "customers_addresses"}),
        (["/v1/{place}/orders", "/v2/orders"], {"orders", "v1_orders"}),
        (["/api/v1/orders", "/api/v2/orders"], {"orders", "v1_orders"}),
        (["/orders/count", "/orders/{id}"], {"orders"}),
        (["/orders.json", "/orders/{id}/lines.json"], {"orders", "orders_lines"}),
        (["/companies({id})/items"], {"companies_items"}),
        (["/customers/search"], {"customers"}),
        (["/customers/metafields", "/customers/{id}/metafields"], {"customers_metafields"}),
    ],
)
def test_names_of_collections_come_from_their_list_paths(paths, expected):
    document = shop({path: {"get": answers(many(ref("Order")))} for path in paths})
    assert set(read_openapi(document).collections()) == expected


def test_calls_on_other_paths_than_the_lists_are_found():
    record = {"get": answers(ref("Order")), "put": takes(ref("Order"))}
    paths = {
        "/v2/Orders": {"get": answers({"type": "array", "items": ref("Order")})},
        "/v2/Order": {"post": takes(ref("Order"))},
        "/v2/Order/{id}": record,
        "/vendors/search": {"post": takes(many(ref("Order")))},
        "/vendors/create": {"post": takes(ref("Order"))},
        "/vendors/{id}": {"post": takes(ref("Order")), "patch": takes(ref("Order"))},
        "/bulk": {
            "get": answers(many(ref("Order"))),
            "put": takes({"type": "array", "items": ref("Order")}),
            "delete": {"responses": {}},
        },
        "/documents": {"post": takes(ref("Order"))},
        "/documents/{id}": record,
    }
    api = read_openapi(shop(paths))
    assert api.collections() == ("Orders", "bulk", "documents", "vendors")
    assert list(labels(api.operations("Orders")).values()) == [
        "GET /v2/Orders", "GET /v2/Order/{id}", "POST /v2/Order", "PUT /v2/Order/{id}", None,
    ]  # fmt: skip
    assert list(labels(api.operations("vendors")).values()) == [
        "POST /vendors/search", None, "POST /vendors/create", "PATCH /vendors/{id}", None,
    ]  # fmt: skip
    assert list(labels(api.operations("bulk")).values()) == ["GET /bulk", None, None, "PUT /bulk", "DELETE /bulk"]
    assert list(labels(api.operations("documents")).values()) == [
        None, "GET /documents/{id}", "POST /documents", "PUT /documents/{id}", None,
    ]  # fmt: skip
    assert api.of(api.operations("bulk").update) == api.operations("bulk")
    assert api.received(api.operations("bulk").update).many


@pytest.mark.parametrize(
    ("schema", "envelope", "many_records"),
    [
        ({"type": "array", "items": ref("Order")}, "", True),
        (many(ref("Order"), meta={"type": "object"}), "data", True),
        (many(ref("Order"), lines={"type": "array", "items": ref("Line")}), "data", True),
        (
            {"properties": {"orders": {"type": "array", "items": ref("Order")}, "count": {"type": "integer"}}},
            "orders",
            True,
        ),
        (
            {
                "properties": {
                    "errors": {"type": "array", "items": {"properties": {"code": {}}}},
                    "value": {"type": "array", "items": ref("Order")},
                }
            },
            "value",
            True,
        ),
        (
            {"properties": {"data": {"properties": {"items": {"type": "array", "items": ref("Order")}}}}},
            "data.items",
            True,
        ),
        ({"allOf": [many(ref("Order")), {"properties": {"total": {"type": "integer"}}}]}, "data", True),
    ],
)
def test_lists_are_unwrapped_and_their_envelope_is_named(schema, envelope, many_records):
    api = read_openapi(shop({"/orders": {"get": answers(schema)}}))
    records = api.returned(api.operations("orders").list)
    assert (records.envelope, records.many) == (envelope, many_records)
    assert set(api.node(records.schema).properties) == set(ORDER["properties"])


@pytest.mark.parametrize(
    ("schema", "envelope"),
    [
        (ref("Order"), ""),
        ({"properties": {"data": ref("Order"), "meta": {"type": "object"}}}, "data"),
        ({"properties": {"order": ref("Order"), "idempotency_key": {"type": "string"}}}, "order"),
        ({"properties": {"shop_order": ref("Order"), "errors": {"type": "array"}}}, "shop_order"),
        ({"type": "array", "items": ref("Order")}, ""),
    ],
)
def test_bodies_are_unwrapped_and_their_envelope_is_named(schema, envelope):
    api = read_openapi(shop({"/orders": {"get": answers(many(ref("Order"))), "post": takes(schema)}}))
    records = api.received(api.operations("orders").create)
    assert records.envelope == envelope
    assert set(api.node(records.schema).properties) == set(ORDER["properties"])


def test_a_record_is_not_taken_for_an_envelope():
    hook = {
        "properties": {"id": {"type": "integer"}, "name": {"type": "string"}, "data": ref("Line"), "order": ref("Line")}
    }
    lone = {"properties": {"lines": {"type": "array", "items": ref("Line")}, "total": {"type": "string"}}}
    paths = {
        "/orders": {"get": answers(many(hook)), "post": takes(hook)},
        "/orders/{id}": {"get": answers(lone)},
    }
    api = read_openapi(shop(paths))
    calls = api.operations("orders")
    assert api.received(calls.create).envelope == api.returned(calls.detail).envelope == ""


@pytest.mark.parametrize(
    ("schema", "version"),
    [
        ({"type": "string", "nullable": True}, "3.0.3"),
        ({"type": "string", "x-nullable": True}, "3.0.3"),
        ({"type": ["string", "null"]}, "3.1.0"),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, "3.1.0"),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, "3.1.0"),
        ({"oneOf": [{"type": "string"}, {"enum": [None]}]}, "3.0.3"),
        ({"allOf": [{"type": "string"}], "nullable": True}, "3.0.3"),
        ({"type": "string", "enum": ["a", None]}, "3.1.0"),
    ],
)
def test_null_is_recognised_in_every_spelling(schema, version):
    node = read_openapi(shop(version=version)).node(schema)
    assert (node.types, node.nullable) == (("string",), True)


def test_what_says_nothing_of_null_is_left_open():
    api = read_openapi(shop())
    nodes = [api.node(raw) for raw in ({"type": "string"}, {"type": "string", "nullable": False}, {}, True)]
    assert [node.nullable for node in nodes] == [None, False, None, None]


def test_parts_are_joined_and_alternatives_are_united():
    base = {"required": ["id"], "properties": {"id": {"type": "integer"}}}
    card = {
        "type": "object",
        "required": ["id", "pan"],
        "properties": {"id": {"type": "string"}, "pan": {"type": "string"}},
    }
    api = read_openapi(shop(Base=base, Card=card))
    both = api.node({"allOf": [ref("Base"), ref("Order")]})
    assert (set(both.properties), both.required) == ({"id", "number", "lines"}, {"id", "number"})
    either = api.node({"oneOf": [{**ref("Base"), "description": "old"}, ref("Card")]})
    assert (set(either.properties), either.required) == ({"id", "pan"}, {"id"})
    assert api.node(either.properties["id"]).types == ("integer", "string")
    assert api.node({"anyOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}).enum == ("a", "b", "c")
    assert api.node({"anyOf": [{"maxLength": 5}, {"maxLength": 9}]}).max_length == 9


def test_broken_references_are_survived_with_one_warning_each():
    paths = {
        "/orders": {
            "get": answers(many(ref("Missing"))),
            "post": takes({"properties": {"a": ref("Missing"), "b": {"$ref": "https://example.test/x.json"}}}),
            "put": takes({"$ref": "other.yaml"}),
        }
    }
    document = shop(paths, Shown={"example": {"$ref": "#/nowhere"}, "properties": {"example": {"$ref": "#/gone"}}})
    document["info"]["description"] = {"$ref": "docs/intro.md"}
    api = read_openapi(document)
    assert api.warnings == (
        (
            "The reference '#/components/schemas/Missing' leads nowhere (used in 2 places, first at "
            "#/paths/~1orders/get/responses/200/content/application~1json/schema/properties/data/items); "
            "what it stands for is unknown."
        ),
        (
            "The reference '#/gone' leads nowhere (used in one place: #/components/schemas/Shown/properties/example); "
            "what it stands for is unknown."
        ),
        (
            "The reference 'docs/intro.md' leads out of the document (used in one place: #/info/description); "
            "it is not fetched."
        ),
        (
            "The reference 'https://example.test/x.json' leads out of the document (used in one place: "
            "#/paths/~1orders/post/requestBody/content/application~1json/schema/properties/b); it is not fetched."
        ),
        (
            "The reference 'other.yaml' leads out of the document (used in one place: "
            "#/paths/~1orders/put/requestBody/content/application~1json/schema); it is not fetched."
        ),
    )
    assert labels(api.operations("orders"))["list"] == "GET /orders"
    assert api.node(api.returned(api.operations("orders").list).schema).properties == {}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Loop"},
        {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
        {"oneOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "null"}]},
    ],
)
def test_circles_of_references_end(schema):
    api = read_openapi(shop(Loop=schema, Other={"$ref": "#/components/schemas/Loop"}))
    assert api.node(ref("Loop")).properties == {}
    told = [
        each for each in api.warnings if "'#/components/schemas/Loop' leads back to itself (used in 2 places" in each
    ]
    assert len(api.warnings) == len(told) == ("oneOf" not in schema)


def test_a_document_nested_in_itself_by_an_anchor_ends(tmp_path):
    path = tmp_path / "loop.yaml"
    path.write_text(
        "openapi: 3.0.0\npaths: {/a: {get: {responses: {200: "
        "{content: {application/json: {schema: &s {allOf: [*s]}}}}}}}}\n"
    )
    assert read_openapi(path).collections() == ()


@pytest.mark.parametrize(
    "paths",
    [
        {"/orders": None, "x-note": "text", "/": {"get": answers(many(LINE))}},
        {"/orders": {"get": None, "parameters": "none", "post": {"responses": ["200"]}}},
        {"/orders": {"get": {"responses": {"200": None, "default": 5}}, "post": {"requestBody": "body"}}},
        {"/orders": {"get": answers({"type": "array", "items": True}), "post": takes({"type": 5, "properties": []})}},
        {
            "/orders": {
                "get": answers({"allOf": "x", "oneOf": {}, "required": "all", "enum": "a", "properties": {"a": 1}})
            }
        },
        {5: {"get": {}}},
    ],
)
def test_a_document_that_breaks_its_own_rules_is_survived(paths):
    api = read_openapi(shop(paths))
    told = [held.schema for name in api.collections() for call in api.operations(name) if (held := api.returned(call))]
    assert {name for schema in told for name in api.node(schema).properties} <= {"a"}


def test_references_with_escaped_names_are_followed():
    api = read_openapi(shop(**{"a/b~c d": LINE}))
    assert api.node({"$ref": "#/components/schemas/a~1b~0c%20d"}).required == {"sku"}


@vendors
@pytest.mark.parametrize(
    ("file", "collection", "envelope", "warnings"),
    [
        ("bigcommerce.customers.v3.yml", "customers", "data", 0),
        ("bigcommerce.orders.v2.yml", "orders", "", 0),
        ("bigcommerce.products.v3.yml", "products", "data", 0),
        ("square.api.json", "orders", "orders", 5),
    ],
)
def test_vendors_documents_are_read(file, collection, envelope, warnings):
    api = read_openapi(SPECS / file)
    calls = api.operations(collection)
    assert (api.returned(calls.list).envelope, api.returned(calls.list).many) == (envelope, True)
    assert calls.create
    assert calls.update
    assert len(api.warnings) == warnings
    for name in api.collections():
        for call in api.operations(name):
            assert api.find(call.method, call.path) is call


@vendors
def test_a_vendors_broken_references_are_counted_and_none_is_fetched():
    warnings = read_openapi(SPECS / "square.api.json").warnings
    remote = [each for each in warnings if "leads out of the document" in each]
    uses = [int(re.search(r"used in (one|\d+)", each)[1].replace("one", "1")) for each in remote]
    assert (len(remote), sum(uses)) == (4, 60)
    (dangling,) = set(warnings) - set(remote)
    assert "CatalogModifierToggleOverrideType' leads nowhere (used in 5 places, first at #/" in dangling


@vendors
def test_a_vendors_base_path_is_understood():
    api = read_openapi(SPECS / "bigcommerce.customers.v3.yml")
    assert (
        api.find("GET", "/stores/abc/v3/customers").label == api.find("GET", "/v3/customers").label == "GET /customers"
    )


def test_a_call_lists_the_parameters_of_its_query_and_which_headers_it_requires():
    parameters = [
        {"name": "page", "in": "query"}, {"name": "X-Tenant", "in": "header", "required": True},
        {"name": "X-Trace", "in": "header"}, {"name": "session", "in": "cookie", "required": True},
    ]  # fmt: skip
    paths = {"/orders": {"get": {"parameters": parameters, "responses": {}}}}
    call = read_openapi({"openapi": "3.0.0", "info": {}, "paths": paths}).find("GET", "/orders")
    assert call is not None
    assert call.parameters == ("page",)
    assert call.headers == {"X-Tenant": True, "X-Trace": False}
