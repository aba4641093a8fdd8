from dataclasses import replace

import pytest

from ipaas_discovery import Discovery, Shape
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.comparing.conformance import check_conformance
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper, part
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.connectors.connector import connector_of, load_connector
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method


@pytest.fixture(scope="module")
def discovery():
    with Discovery.open("data/discovery.toml") as found:
        yield found


def top(schema):
    return {field.path for field in schema.fields if "." not in field.path and "[" not in field.path}


@pytest.mark.parametrize(
    ("collection", "counts"),
    [
        ("CUSTOMER", {"returned": 22, "create": 17, "both": 16}),
        ("TRANSACTION", {"returned": 72, "create": 44, "both": 44}),
        ("PRODUCT", {"returned": 77, "create": 67, "both": 65}),
    ],
)
def test_the_stores_declared_shapes_differ_as_its_vendor_describes(discovery, collection, counts):
    name = discovery.pair(collection).third_party
    shaper = Shaper("store", discovery.third_party.connector, discovery.third_party.descriptions)
    returned, create = (top(shaper.declared(name, shape)) for shape in (Shape.RETURNED, Shape.CREATE))
    assert {"returned": len(returned), "create": len(create), "both": len(returned & create)} == counts


def test_stock_is_returned_and_received_without_one_common_field(discovery):
    shapes = discovery.schemas("Inventory").third_party
    assert not top(shapes.returned) & top(shapes.update)
    assert shapes.update.known
    assert shapes.create.operations[Method.ADD] == shapes.update.operations[Method.UPDATE], "a count makes stock, too"
    assert shapes.create.operations[Method.DELETE] is None


STAMPS = {"date_created", "date_modified", "address_count", "attribute_count"}


@pytest.mark.parametrize(
    ("collection", "shape", "counts", "differing"),
    [
        ("Customers", Shape.CREATE, (22, 17, 16),
         (STAMPS | {"id", "registration_ip_address"}, {"trigger_account_created_notification"}, set())),
        ("Customers", Shape.UPDATE, (22, 16, 16), (STAMPS | {"addresses", "attributes"}, set(), set())),
        ("Transactions", Shape.CREATE, (72, 44, 44),
         ({"currency_id", "coupons", "gift_certificate_amount", "is_deleted"}, set(),
          {"products", "shipping_addresses"})),
        ("Items", Shape.CREATE, (77, 67, 65),
         ({"calculated_price", "base_variant_id", "options", "modifiers"}, {"brand_name", "variants"}, set())),
        ("Inventory", Shape.UPDATE, (2, 5, 0),
         ({"identity", "locations"}, {"location_id", "product_id", "quantity", "sku", "variant_id"}, set())),
    ],
)  # fmt: skip
def test_the_stores_returned_and_received_shapes_differ_field_by_field(discovery, collection, shape, counts, differing):
    shapes = discovery.schemas(collection).third_party
    declared = replace(shapes.returned, fields=tuple(each for each in shapes.returned.fields if each.declared))
    found = compare_shapes(declared, shapes.of(shape))
    numbers = found.top_level()
    assert (numbers["returned"], numbers["received"], numbers["both"]) == counts
    heads = top(declared) | top(shapes.of(shape))
    kinds = ("only returned", "only received", "other type")
    only_returned, only_received, other_type = ({row.path for row in found.of(kind)} & heads for kind in kinds)
    assert differing[0] <= only_returned
    assert len(only_returned) == counts[0] - counts[2]
    assert (only_received, other_type) == differing[1:]


def test_bodies_are_wrapped_otherwise_when_they_are_sent(discovery):
    customers, stock = (discovery.schemas(name).third_party for name in ("Customers", "Inventory"))
    assert (customers.returned.envelope, customers.create.envelope) == ("data", "")
    assert (stock.returned.envelope, stock.update.envelope) == ("data", "items")
    assert len(compare_all(customers).of("other envelope")) == 1


def test_what_the_sample_shows_against_its_declaration(discovery):
    found = {name: check_conformance(discovery.schemas(name).third_party.returned) for name in ("Customers", "Items")}
    (card,) = found["Customers"].of("undeclared")
    assert (card.path, card.of, len(card.examples)) == ("loyalty_card", len(discovery.samples("Customers")[1]), 3)
    (stock,) = found["Items"].of("outside the enum")
    assert (stock.path, stock.examples) == ("availability", ("backorder",))


def test_fields_that_only_the_call_of_one_record_returns_are_in_the_returned_shape():
    def answer(*names):
        schema = {"properties": {name: {"type": "string"} for name in names}}
        return {"responses": {"200": {"schema": schema}}}

    listed = {"responses": {"200": {"schema": {"type": "array", "items": {"properties": {"id": {"type": "string"}}}}}}}
    paths = {"/v3/customers": {"get": listed}, "/v3/customers/{id}": {"get": answer("id", "history")}}
    api = read_openapi({"swagger": "2.0", "info": {"title": "Shop"}, "paths": paths})
    shaper = Shaper("store", load_connector("bigcommerce"), (api,))
    assert top(shaper.declared("customers", Shape.RETURNED)) == {"id", "history"}
    shapes = shaper.shapes("customers", Sample("store", "customers", ({"id": "1"},), Stop.COMPLETE, total=1))
    assert [row.path for row in compare_all(shapes).of("only in detail")] == ["history"]


def test_an_order_returns_links_and_receives_arrays(discovery):
    shapes = discovery.schemas("Transactions").third_party
    assert shapes.returned.field("products").types == ("object",)
    assert shapes.create.field("products").types == ("array",)


def test_lines_are_received_inside_their_order(discovery):
    shapes = discovery.schemas("Lines")
    assert shapes.third_party.create.field("quantity") is not None
    assert shapes.third_party.create.operations[Method.ADD] == "inside POST /v2/orders"
    assert shapes.ipaas.create.operations[Method.ADD] == "inside POST /transactions/v2/Transaction"


def test_what_is_seen_and_what_is_declared_stand_in_one_field(discovery):
    field = discovery.schemas("Customers").third_party.returned.field("email")
    assert field.declared.max_length == 255
    assert field.observed.of == len(discovery.samples("Customers")[1])


def test_facts_speak_where_no_description_does():
    shaper = Shaper("iPaaS.com", load_connector("ipaas"))
    create = shaper.declared("CUSTOMER", Shape.CREATE)
    assert create.field("email_address").required
    assert create.source
    sample = Sample("iPaaS.com", "CUSTOMER", ({"id": 1, "first_name": "A"},), Stop.COMPLETE, total=1)
    assert shaper.shapes("CUSTOMER", sample).returned.field("first_name").observed.present == 1


def test_nothing_is_known_of_a_shape_that_nobody_describes():
    shaper = Shaper("store", load_connector("bigcommerce"))
    create = shaper.declared("customers", Shape.CREATE)
    assert not create.known
    assert create.operations[Method.ADD] == "POST /v3/customers"


def test_nothing_is_known_of_a_part_that_the_reader_does_not_find():
    whole = replace(
        Schema.from_fields([{"path": "id"}], shape=Shape.CREATE),
        operations={Method.ADD: "POST /orders", Method.DELETE: None},
    )
    missing = part(whole, "lines")
    assert (missing.operations, missing.known) == ({Method.DELETE: None}, False)
    assert not part(Schema(shape=Shape.CREATE), "lines").known


SEARCHED = """
title = "Shop"
default_environment = "test"
[environments.test]
base_url = "https://shop.test"
title = "Test"
[auth]
kind = "none"

[collections.orders]
records = "orders"
[collections.orders.search]
path = "/orders/search"
"""


def test_a_search_by_post_declares_what_it_returns():
    order = {"type": "object", "properties": {"id": {"type": "string"}, "total": {"type": "number"}}}
    answer = {"type": "object", "properties": {"orders": {"type": "array", "items": order}}}
    responses = {"200": {"description": "", "content": {"application/json": {"schema": answer}}}}
    body = {"content": {"application/json": {"schema": order}}}
    api = read_openapi(
        {
            "openapi": "3.0.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {
                "/orders/search": {"post": {"operationId": "searchOrders", "responses": responses}},
                "/orders": {"post": {"requestBody": body, "responses": responses}},
                "/orders/{id}": {"get": {"responses": responses}, "put": {"requestBody": body, "responses": responses}},
            },
        }
    )
    shaper = Shaper("Shop", connector_of(SEARCHED, "shop"), [api])
    returned = shaper.declared("orders", Shape.RETURNED)
    assert [field.path for field in returned.fields] == ["id", "total"]
    assert returned.envelope == "orders"


@pytest.mark.parametrize(("needed", "known"), [(["name"], True), (["id", "name"], False), ([], True)])
def test_an_update_that_may_make_records_is_their_create_shape_unless_it_needs_their_id(needed, known):
    record = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
    sent = {"content": {"application/json": {"schema": {**record, "required": needed}}}}
    listed = {"content": {"application/json": {"schema": {"type": "array", "items": record}}}}
    paths = {"/items": {"get": {"responses": {"200": listed}}, "put": {"requestBody": sent, "responses": {}}}}
    api = read_openapi({"openapi": "3.0.0", "info": {}, "paths": paths})
    text = 'title = "Shop"\ndefault_environment = "live"\nenvironments.live.base_url = "https://shop.test"\n'
    connector = connector_of(f'{text}[collections.items]\nlist = "/items"\n', "shop")
    shaper = Shaper("Shop", connector, [api])
    assert shaper.declared("items", Shape.UPDATE).known
    assert shaper.declared("items", Shape.CREATE).known is known
