"""The store's documents say what its records are, and how returned and received differ."""

import json

import pytest

from ipaas_discovery.sandbox.sandbox_data import read_shipped
from ipaas_discovery.sandbox.sandbox_records import load, names
from ipaas_discovery.sandbox.store_api.store_calls import schema_of, store_calls
from ipaas_discovery.sandbox.store_api.store_documents import document, document_names, usual
from ipaas_discovery.sandbox.store_app import store_app


def resolve(spec, node):
    while "$ref" in node:
        place = spec
        for step in node["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        node = place
    return node


def nodes(node):
    yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from nodes(child)


def returned(spec, path):
    schema = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = schema["properties"]["data"] if "properties" in schema else schema
    return resolve(spec, schema["items"])


def received(spec, path, verb):
    schema = resolve(spec, spec["paths"][path][verb]["requestBody"]["content"]["application/json"]["schema"])
    schema = (
        schema.get("properties", {}).get("items", schema) if list(schema.get("properties", {})) == ["items"] else schema
    )
    return resolve(spec, schema.get("items", schema))


@pytest.mark.parametrize("name", document_names())
def test_every_document_is_served_without_a_token_and_every_reference_resolves(name):
    answer = store_app().test_client().get(f"/openapi/{name}.json")
    assert answer.json == document(name)
    spec = answer.json
    assert spec["openapi"] == "3.0.3"
    assert "Sandbox store (shaped like BigCommerce)" in spec["info"]["title"]
    assert spec["servers"] == [{"url": f"/{name[-2:]}"}]
    for node in nodes(spec):
        if isinstance(node, dict) and "$ref" in node:
            assert resolve(spec, node)["type"] == "object"


def test_a_document_nobody_wrote_is_404():
    assert store_app().test_client().get("/openapi/refunds.v9.json").status_code == 404


@pytest.mark.parametrize(
    ("name", "path", "write", "verb", "counts"),
    [
        ("customers.v3", "/customers", "/customers", "post", (22, 17, 16)),
        ("customers.v3", "/customers", "/customers", "put", (22, 16, 16)),
        ("orders.v2", "/orders", "/orders", "post", (72, 44, 44)),
        ("catalog.v3", "/catalog/products", "/catalog/products", "post", (77, 67, 65)),
        ("inventory.v3", "/inventory/items", "/inventory/adjustments/absolute", "put", (2, 5, 0)),
    ],
)
def test_returned_and_received_fields_are_as_many_as_the_vendor_has(name, path, write, verb, counts):
    spec = document(name)
    out, into = set(returned(spec, path)["properties"]), set(received(spec, write, verb)["properties"])
    assert (len(out), len(into), len(out & into)) == counts


def test_what_is_required_differs_by_call():
    customers, products, orders = document("customers.v3"), document("catalog.v3"), document("orders.v2")
    assert sorted(received(customers, "/customers", "post")["required"]) == ["email", "first_name", "last_name"]
    assert received(customers, "/customers", "put")["required"] == ["id"]
    assert sorted(received(products, "/catalog/products", "post")["required"]) == ["name", "price", "type", "weight"]
    assert sorted(received(orders, "/orders", "post")["required"]) == ["billing_address", "products"]


def test_an_orders_products_are_a_link_when_returned_and_records_when_received():
    spec = document("orders.v2")
    assert set(resolve(spec, returned(spec, "/orders")["properties"]["products"])["properties"]) == {"url", "resource"}
    assert received(spec, "/orders", "post")["properties"]["products"]["type"] == "array"


def test_customers_are_written_as_bare_arrays():
    body = document("customers.v3")["paths"]["/customers"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["type"] == "array"


@pytest.mark.parametrize("call", store_calls(), ids=lambda call: call.path)
def test_records_have_exactly_the_declared_fields_but_for_the_two_lies(call):
    declared = set(returned(document(call.document), call.path)["properties"])
    lies = {"loyalty_card", "reward_points"}
    for record in load("store", call.records):
        assert set(record) - lies == declared


def test_what_the_store_keeps_apart_from_its_documents_is_about_fields_they_have():
    schemas = {}
    for name in document_names():
        schemas |= document(name)["components"]["schemas"]
    apart = read_shipped("store")
    for schema, values in apart["usual"].items():
        assert set(values) <= set(schemas[schema]["properties"]), schema
    for records, fields in apart["sorts"].items():
        assert set(fields) <= set(schemas[schema_of(records)]["properties"]), records


def test_every_list_is_of_the_records_of_one_file_and_every_file_has_a_list():
    assert sorted(call.records for call in store_calls()) == names("store")


def test_what_is_usual_is_empty_of_its_type_unless_it_is_said():
    group = usual("CustomerGroup")
    assert group == {**group, "name": "", "id": 0, "is_default": False, "discount_rules": []}
    assert group["category_access"] == {"type": "all"}
    assert (usual("Order")["cart_id"], usual("Product")["custom_url"], usual("OrderProduct")["weight"]) == (
        None,
        {},
        "",
    )
    with pytest.raises(KeyError, match="Shoe"):
        usual("Shoe")


def test_nothing_received_is_marked_read_only():
    for name in document_names():
        for schema, body in document(name)["components"]["schemas"].items():
            if schema.endswith(("Create", "Update")):
                assert "readOnly" not in json.dumps(body), schema
