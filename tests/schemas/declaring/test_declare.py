"""What a description or the shipped facts declare of a collection, in each of its three shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.declaring import openapi_fields as module
from ipaas_discovery.schemas.declaring.declare import declare, declare_operation, declare_shapes
from ipaas_discovery.schemas.declaring.facts import load_facts
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape

SPECS = Path(__file__).parents[4] / "shared" / "specs"
vendors = pytest.mark.skipif(not SPECS.is_dir(), reason="no vendor documents beside the repository")
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def answers(schema):
    return {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}


def takes(schema):
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}


def api_of(paths=None, **schemas):
    order = {
        "required": ["number", "lines"],
        "properties": {
            "id": NUMBER | {"readOnly": True},
            "number": TEXT | {"maxLength": 20, "description": "What people call it"},
            "secret": TEXT | {"writeOnly": True},
            "status": {"type": "string", "enum": ["open", "closed"], "nullable": True},
            "lines": {"type": "array", "items": ref("Line")},
            "tags": {"type": "array", "items": TEXT},
            "grid": {"type": "array", "items": {"type": "array", "items": NUMBER}},
            "to": {"type": "object", "required": ["city"], "properties": {"city": TEXT, "made.on": TEXT}},
        },
    }
    line = {"type": "object", "required": ["sku"], "properties": {"sku": TEXT, "id": NUMBER | {"readOnly": True}}}
    own = {
        "/orders": {
            "get": answers({"properties": {"data": {"type": "array", "items": ref("Order")}, "meta": {}}}),
            "post": takes(ref("Order")),
        },
        "/orders/{id}": {"get": answers({"allOf": [ref("Order"), {"properties": {"history": TEXT}}]})},
    }
    return read_openapi(
        {
            "openapi": "3.0.0",
            "info": {"title": "Shop", "version": "3"},
            "paths": own if paths is None else paths,
            "components": {"schemas": {"Order": order, "Line": line, **schemas}},
        }
    )


def paths_of(schema):
    return [each.path for each in schema.fields]


def test_the_returned_shape_joins_list_and_detail_and_leaves_out_what_is_write_only():
    schema = declare(api_of(), "orders", Shape.RETURNED)
    assert paths_of(schema) == [
        "grid", "grid[]", "grid[][]", "history", "id", "lines", "lines[].id", "lines[].sku", "number", "status",
        "tags", "tags[]", "to", "to.city", r"to.made\.on",
    ]  # fmt: skip
    assert (schema.system, schema.collection, schema.envelope) == ("Shop", "orders", "data")
    assert schema.source == "Shop 3: GET /orders; Shop 3: GET /orders/{id}"
    assert schema.field("history").declared.source == "Shop 3: GET /orders/{id}"


def test_a_received_shape_keeps_what_it_lists_as_read_only_and_marks_it():
    schema = declare(api_of(), "orders", Shape.CREATE)
    assert [each.path for each in schema.fields if each.declared.read_only] == ["id", "lines[].id"]
    assert (schema.source, schema.envelope) == ("Shop 3: POST /orders", "")
    assert "secret" in paths_of(schema)
    found = {row.path: row for row in compare_shapes(declare(api_of(), "orders", Shape.RETURNED), schema).rows}
    assert (found["id"].kind, found["id"].in_received, found["id"].read_only) == ("only returned", True, True)
    assert "declared as read-only by Shop 3: POST /orders" in found["id"].evidence


def test_what_is_inside_a_read_only_object_or_list_is_read_only_too():
    made = {"readOnly": True, "properties": {"by": TEXT, "on": {"properties": {"day": TEXT}}}}
    rows = {"readOnly": True, "type": "array", "items": {"properties": {"rate": NUMBER}}}
    order = {"properties": {"made": made, "taxes": rows, "note": TEXT}}
    api = api_of({"/o": {"get": answers({"type": "array", "items": order}), "post": takes(order)}})
    schema = declare(api, "o", Shape.CREATE)
    assert {each.path for each in schema.fields if not each.declared.read_only} == {"note"}
    assert {"made.on.day", "taxes[].rate"} < set(paths_of(schema))


def test_fields_of_some_alternatives_name_them():
    card = {"title": "Card", "properties": {"kind": TEXT, "pan": TEXT, "bank": NUMBER}}
    cash = {"properties": {"kind": TEXT, "till": NUMBER}}
    bank = {"properties": {"kind": TEXT, "bank": TEXT}}
    payment = {"oneOf": [card, ref("Cash"), bank, {"type": "null"}]}
    api = api_of({"/payments": {"get": answers({"type": "array", "items": payment})}}, Cash=cash)
    schema = declare(api, "payments", Shape.RETURNED)
    assert {each.path: each.declared.variants for each in schema.fields} == {
        "bank": ("Card", "alternative 3"),
        "kind": (),
        "pan": ("Card",),
        "till": ("Cash",),
    }
    assert schema.field("bank").types == ("integer", "string")


def test_a_bare_mark_on_a_property_requires_it():
    order = {"properties": {"number": TEXT | {"required": True}, "note": TEXT | {"required": False}}}
    api = api_of({"/o": {"get": answers({"type": "array", "items": order}), "post": takes(order)}})
    assert [each.path for each in declare(api, "o", Shape.CREATE).fields if each.required] == ["number"]


def test_all_shapes_come_with_list_and_detail_apart():
    shapes = declare_shapes(api_of(), "orders")
    assert {each.path for each in shapes.detail.fields} - {each.path for each in shapes.listed.fields} == {"history"}
    assert (shapes.create.known, shapes.update.known, shapes.returned.field("history") is not None) == (
        True,
        False,
        True,
    )
    assert (shapes.listed.envelope, shapes.detail.envelope) == ("data", "")


def test_what_is_said_of_a_field_is_declared():
    schema = declare(api_of(), "orders", Shape.CREATE)
    number, status = schema.field("number").declared, schema.field("status").declared
    assert (number.types, number.max_length, number.description) == (("string",), 20, "What people call it")
    assert (status.enum, status.nullable, status.required) == (("open", "closed"), True, False)
    assert [each.path for each in schema.fields if each.required] == ["lines", "lines[].sku", "number", "to.city"]
    assert not schema.field("to").required


def test_calls_are_told_and_a_shape_without_one_is_unknown():
    schema = declare(api_of(), "orders", Shape.UPDATE)
    assert (schema.known, schema.fields, schema.source, schema.shape) == (False, (), "", Shape.UPDATE)
    assert schema.operations == {Method.ADD: "POST /orders", Method.UPDATE: None, Method.DELETE: None}


def test_a_call_without_a_schema_gives_an_unknown_shape():
    api = api_of({"/orders": {"get": answers({"type": "array", "items": ref("Line")}), "post": {"responses": {}}}})
    schema = declare(api, "orders", Shape.CREATE)
    assert (schema.known, schema.operations[Method.ADD]) == (False, "POST /orders")


def test_one_operation_is_declared_under_the_callers_names():
    api = api_of()
    schema = declare_operation(api, api.find("GET", "/orders"), Shape.RETURNED, collection="Bestellungen", system="S")
    assert (schema.collection, schema.system, schema.operations[Method.ADD]) == ("Bestellungen", "S", "POST /orders")
    nothing = declare_operation(api, None, Shape.CREATE, collection="elsewhere")
    assert (nothing.known, nothing.operations) == (False, {})
    assert declare_operation(api, None, Shape.UPDATE, collection="orders").operations[Method.UPDATE] is None


def test_circles_are_cut_where_they_close():
    person = {"properties": {"name": TEXT, "boss": ref("Person"), "team": {"type": "array", "items": ref("Person")}}}
    listed = answers({"type": "array", "items": ref("Person")})
    schema = declare(api_of({"/people": {"get": listed}}, Person=person), "people", Shape.RETURNED)
    assert paths_of(schema) == ["boss", "name", "team"]
    assert schema.field("boss").declared.description == "(holds the same as the record itself; told once)"


def test_a_circle_further_down_names_where_it_began():
    node = {"properties": {"next": {"description": "The next one.", "allOf": [ref("Node")]}}}
    listed = answers({"type": "array", "items": {"properties": {"chain": {"type": "array", "items": ref("Node")}}}})
    schema = declare(api_of({"/chains": {"get": listed}}, Node=node), "chains", Shape.RETURNED)
    assert paths_of(schema) == ["chain", "chain[].next"]
    assert schema.field("chain[].next").declared.description == "The next one. (holds the same as chain[]; told once)"


def test_a_part_that_many_schemas_share_is_no_circle():
    base = {"properties": {"made": TEXT}}
    address = {"allOf": [ref("Base"), {"properties": {"city": TEXT}}]}
    person = {"allOf": [ref("Base"), {"properties": {"home": ref("Address"), "work": {"allOf": [ref("Address")]}}}]}
    listed = answers({"type": "array", "items": ref("Person")})
    api = api_of({"/people": {"get": listed}}, Base=base, Address=address, Person=person)
    assert paths_of(declare(api, "people", Shape.RETURNED)) == [
        "home", "home.city", "home.made", "made", "work", "work.city", "work.made",
    ]  # fmt: skip


def test_a_description_that_links_everything_is_cut_at_the_deepest(monkeypatch):
    monkeypatch.setattr(module, "MAX_FIELDS", 40)
    names = [f"E{number}" for number in range(12)]
    web = {name: {"properties": {other.lower(): ref(other) for other in names if other != name}} for name in names}
    api = api_of({"/e": {"get": answers({"type": "array", "items": ref("E0")})}}, **web)
    schema = declare(api, "e", Shape.RETURNED)
    assert len(schema.fields) == 40
    assert {f"e{number}" for number in range(1, 12)} < set(paths_of(schema))
    assert schema.source.endswith("(the first 40 fields)")


def test_an_unknown_collection_is_refused():
    with pytest.raises(UnknownNameError, match="'orders'"):
        declare(api_of(), "ordrs", Shape.RETURNED)
    with pytest.raises(UnknownNameError, match="TRANSACTION"):
        declare("ipaas", "TRANSACTON", Shape.RETURNED)
    with pytest.raises(UnknownNameError, match="ipaas"):
        declare("ipas", "TRANSACTION", Shape.RETURNED)


def test_facts_give_every_response_field_as_returned():
    schema = declare("ipaas", "Transactions", Shape.RETURNED)
    facts = load_facts("ipaas")["TRANSACTION"]
    assert paths_of(schema) == sorted(each.path for each in facts.fields)
    assert (schema.collection, schema.system, schema.known) == ("TRANSACTION", "ipaas", True)
    assert not any(each.required for each in schema.fields)
    assert schema.field("id").declared.source == f"facts of ipaas: {facts.field('id').source}"


def test_facts_give_what_may_be_sent_and_require_it_only_on_create():
    create, update = (declare("ipaas", "TRANSACTION", shape) for shape in (Shape.CREATE, Shape.UPDATE))
    facts = load_facts("ipaas")["TRANSACTION"]
    assert paths_of(create) == paths_of(update)
    assert not {"id", "tracking_guid", "created_datetime", "updated_datetime"} & set(paths_of(create))
    required = {each.path for each in create.fields if each.required}
    assert required == {each.path for each in facts.fields if each.required_on_create}
    assert required
    assert not any(each.required for each in update.fields)
    refused = {each.path for each in facts.fields if each.in_request is False}
    assert not refused & set(paths_of(create))


def test_a_collection_without_facts_is_unknown_in_every_shape():
    name = next(each.name for each in load_facts("ipaas").values() if not each.known)
    assert not any(declare("ipaas", name, shape).known for shape in Shape)


def top_level(schema):
    return {each.path for each in schema.fields if len(split_path(each.path)) == 1 and not each.path.endswith("[]")}


@vendors
@pytest.mark.parametrize("file", sorted(each.name for each in SPECS.glob("*.[jy]*")))
def test_every_collection_of_vendors_documents_has_its_shapes(file):
    api = read_openapi(SPECS / file)
    for name in api.collections():
        returned, create, update = (declare(api, name, shape) for shape in Shape)
        assert returned.known or api.operations(name).list is None
        for schema in (returned, create, update):
            assert len(schema.frame()) == len(schema.fields)
            assert set(schema.operations) == set(Method)
        assert len(compare_shapes(returned, create).frame()) == len({*paths_of(returned), *paths_of(create)})
        assert compare_shapes(returned, update).top_level()["returned"] <= len(top_level(returned))
        assert len(compare_all(declare_shapes(api, name)).frame()) > 0
    assert len(api.warnings) == {"square.api.json": 5}.get(file, 0)


@vendors
@pytest.mark.parametrize(
    ("file", "collection", "create", "update"),
    [
        ("bigcommerce.customers.v3.yml", "customers", (22, 17, 16), (22, 16, 16)),
        ("bigcommerce.orders.v2.yml", "orders", (72, 44, 44), (72, 44, 44)),
        ("bigcommerce.products.v3.yml", "products", (77, 67, 65), (77, 66, 65)),
        ("square.api.json", "customers", (19, 12, 11), (19, 12, 12)),
        ("square.api.json", "orders", (31, 31, 31), (31, 31, 31)),
        # A payment is updated with the whole record, of which all but 8 fields are read-only.
        ("square.api.json", "payments", (44, 25, 18), (44, 44, 44)),
    ],
)
def test_returned_against_received_of_vendors_is_counted_right(file, collection, create, update):
    api = read_openapi(SPECS / file)
    returned = declare(api, collection, Shape.RETURNED)
    for shape, expected in ((Shape.CREATE, create), (Shape.UPDATE, update)):
        counts = compare_shapes(returned, declare(api, collection, shape)).top_level()
        assert (counts["returned"], counts["received"], counts["both"]) == expected


@vendors
@pytest.mark.parametrize(
    ("file", "collection", "shape", "read_only"),
    [
        ("bigcommerce.orders.v2.yml", "orders", Shape.CREATE, 1),
        ("bigcommerce.orders.v2.yml", "orders", Shape.UPDATE, 2),
        ("bigcommerce.customers.v3.yml", "customers", Shape.CREATE, 0),
        ("square.api.json", "orders", Shape.CREATE, 17),
        ("square.api.json", "payments", Shape.UPDATE, 36),
    ],
)
def test_read_only_fields_in_vendors_requests_are_counted(file, collection, shape, read_only):
    schema = declare(read_openapi(SPECS / file), collection, shape)
    assert sum(bool(schema.field(path).declared.read_only) for path in top_level(schema)) == read_only


@vendors
def test_stock_is_read_as_counts_and_written_as_changes_with_nothing_in_common():
    api = read_openapi(SPECS / "square.api.json")
    counts, changes = api.find("GET", "/v2/inventory/{id}"), api.find("POST", "/v2/inventory/changes/batch-create")
    returned, received = declare_operation(api, counts, Shape.RETURNED), declare_operation(api, changes, Shape.CREATE)
    found = compare_shapes(returned, received).top_level()
    assert (found["returned"], found["received"], found["both"]) == (7, 6, 0)
    assert (returned.envelope, received.envelope) == ("counts", "changes")


@vendors
def test_a_link_returned_where_records_are_received_is_of_another_type():
    api = read_openapi(SPECS / "bigcommerce.orders.v2.yml")
    found = compare_shapes(declare(api, "orders", Shape.RETURNED), declare(api, "orders", Shape.CREATE))
    by_path = {row.path: row for row in found.rows}
    assert by_path["products"].kind == "other type"
    assert (by_path["products"].returned_types, by_path["products"].received_types) == (("object",), ("array",))


def test_declared_shapes_of_a_fact_file_are_all_three():
    shapes = declare_shapes("ipaas", "Lines")
    assert (shapes.returned.known, shapes.create.known, shapes.update.known) == (True, True, True)


DOCUMENTED = "documented by the platform, path unknown"


@pytest.mark.parametrize(
    ("collection", "calls"),
    [
        ("TRANSACTION", {Method.ADD: "POST /v2/Transaction", Method.UPDATE: DOCUMENTED}),
        ("Lines", {Method.ADD: "inside POST /v2/Transaction", Method.UPDATE: DOCUMENTED}),
        ("CUSTOMER", {Method.ADD: DOCUMENTED, Method.UPDATE: DOCUMENTED}),
        ("PRODUCT_VARIANT_INVENTORY", {Method.ADD: DOCUMENTED, Method.UPDATE: DOCUMENTED}),
        ("CUSTOMER_ADDRESS", {}),
        ("SHIPMENT", dict.fromkeys(Method)),
    ],
)
def test_facts_tell_what_is_documented_from_what_nobody_saw_and_what_is_not_there(collection, calls):
    assert declare("ipaas", collection, Shape.CREATE).operations == calls


def test_values_that_are_not_all_known_are_no_list_of_choices():
    product = declare("ipaas", "PRODUCT", Shape.CREATE)
    assert product.field("status").declared.enum == ()
    assert product.field("tracking_method").declared.enum == ("Product", "Variant")
