"""What a schema says once references, compositions and alternatives are worked in."""

from __future__ import annotations

import pytest
from documents import RECORD, TEXT, WHOLE, answers, document, listed, ref, takes, thing

from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.node import own_node
from ipaas_discovery.systems.openapi.operation import Operation
from ipaas_discovery.vocabulary import Shape


def api(version="3.0.3", **schemas):
    record = ref("Record")
    paths = {"/orders": {"get": answers(listed(record)), "post": takes(record)}}
    return read_openapi(document(paths, version, **schemas))


def field(path, shape=Shape.RETURNED, version="3.0.3", **schemas):
    return declare(api(version, **schemas), "orders", shape).field(path).declared


@pytest.mark.parametrize(
    ("schema", "version", "types"),
    [
        ({"const": "EUR"}, "3.1.0", ("string",)),
        ({"const": None}, "3.1.0", ()),
        ({"enum": [1, 2.5, None]}, "3.1.0", ("integer", "number")),
        ({"enum": [True, "x"]}, "3.0.3", ("boolean", "string")),
    ],
)
def test_values_tell_the_type_where_nothing_else_does(schema, version, types):
    said = field("x", version=version, Record=thing(x=schema))
    assert (said.types, said.nullable) == (
        types,
        True if None in (schema.get("enum") or [schema.get("const")]) else None,
    )


def test_limits_are_read_and_the_narrower_of_two_counts():
    parts = [{"type": "string", "maxLength": 20, "pattern": "^a"}, {"maxLength": 9, "minLength": 2}]
    number = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 10}
    assert [own_node({"multipleOf": step}, frozenset()).multiple_of for step in (0.05, 12, 0, -1, True, "2")] == [
        0.05, 12, None, None, None, None,
    ]  # fmt: skip
    newer = {"type": "integer", "exclusiveMaximum": 5, "minimum": 1}
    text = field("x", Record=thing(x={"allOf": parts}))
    assert (text.max_length, text.min_length, text.pattern) == (9, 2, "^a")
    said = field("x", Record=thing(x=number))
    assert (said.minimum, said.exclusive_minimum, said.maximum) == (None, 0, 10)
    said = field("x", version="3.1.0", Record=thing(x=newer))
    assert (said.minimum, said.exclusive_maximum, said.maximum) == (1, 5, None)
    assert (
        field("x", Record=thing(x={"oneOf": [{"maxLength": 5}, {"maxLength": 9}, {"type": "string"}]})).max_length
        is None
    )


def test_a_maps_values_stand_under_a_star():
    prices = {"type": "object", "additionalProperties": thing(amount={"type": "number"})}
    record = thing(
        prices=prices, tags={"additionalProperties": TEXT}, free={"type": "object", "additionalProperties": True}
    )
    patterned = {"type": "object", "patternProperties": {"^x-": WHOLE}, "properties": {"a": TEXT}}
    schema = declare(
        api(Record=record | {"properties": {**record["properties"], "more": patterned}}), "orders", Shape.RETURNED
    )
    assert [each.path for each in schema.fields] == [
        "free", "more", "more.*", "more.a", "prices", "prices.*", "prices.*.amount", "tags", "tags.*",
    ]  # fmt: skip
    assert schema.field("prices.*.amount").types == ("number",)


def test_records_that_are_values_of_a_map_are_told():
    by_code = {"type": "object", "additionalProperties": RECORD}
    found = read_openapi(
        document(
            {"/rates": {"get": answers(by_code), "put": takes(by_code)}, "/rates/{code}": {"get": answers(RECORD)}}
        )
    )
    assert [each.path for each in declare(found, "rates", Shape.UPDATE).fields] == ["*", "*.id", "*.name"]


BESIDE = {"$ref": "#/components/schemas/Money", "readOnly": True, "description": "own", "nullable": True,
          "required": ["x"], "properties": {"x": TEXT}}  # fmt: skip


def test_beside_a_reference_only_notes_count_before_version_3_1():
    money = thing(amount=WHOLE) | {"description": "money"}
    old = field("total", Shape.CREATE, Record=thing(total=BESIDE), Money=money)
    assert (old.read_only, old.description, old.nullable) == (True, "own", True)
    paths = [each.path for each in declare(api(Record=thing(total=BESIDE), Money=money), "orders", Shape.CREATE).fields]
    assert paths == ["total", "total.amount"]
    new = declare(api("3.1.0", Record=thing(total=BESIDE), Money=money), "orders", Shape.CREATE)
    assert [each.path for each in new.fields] == ["total", "total.amount", "total.x"]


def test_what_is_read_only_is_so_with_all_inside_it_and_required_of_nobody_who_sends():
    record = thing(
        audit={"allOf": [ref("Audit")], "readOnly": True}, lines=listed(thing(no=WHOLE | {"readOnly": True}, sku=TEXT))
    )
    record["required"] = ["audit", "lines"]
    record["properties"]["lines"]["items"]["required"] = ["no", "sku"]
    sent = declare(api(Record=record, Audit=thing(by=TEXT, at=thing(day=TEXT))), "orders", Shape.CREATE)
    assert {each.path for each in sent.fields if each.declared.read_only} == {
        "audit",
        "audit.at",
        "audit.at.day",
        "audit.by",
        "lines[].no",
    }
    assert {each.path for each in sent.fields if each.required} == {"lines", "lines[].sku"}
    back = declare(api(Record=record, Audit=thing(by=TEXT, at=thing(day=TEXT))), "orders", Shape.RETURNED)
    assert {each.path for each in back.fields if each.required} == {"audit", "lines", "lines[].no", "lines[].sku"}


def test_what_is_write_only_is_not_returned_nor_is_what_is_inside_it():
    record = thing(
        login=thing(password=TEXT) | {"writeOnly": True}, user=thing(name=TEXT, pin=TEXT | {"writeOnly": True})
    )
    assert [each.path for each in declare(api(Record=record), "orders", Shape.RETURNED).fields] == ["user", "user.name"]
    assert len(declare(api(Record=record), "orders", Shape.CREATE).fields) == 5


def test_a_discriminator_adds_what_its_kinds_have_and_requires_none_of_it():
    pet = thing(kind=TEXT) | {"discriminator": {"propertyName": "kind"}, "required": ["kind"]}
    cat = {"allOf": [ref("Record"), thing(lives=WHOLE) | {"required": ["lives"]}]}
    dog = {"allOf": [ref("Record"), thing(bark=TEXT)]}
    found = declare(api(Record=pet, Cat=cat, Dog=dog), "orders", Shape.RETURNED)
    assert {each.path: (each.required, each.declared.variants) for each in found.fields} == {
        "kind": (True, ()), "lives": (False, ("Cat",)), "bark": (False, ("Dog",)),
    }  # fmt: skip
    alone = read_openapi(document({"/cats": {"get": answers(listed(ref("Cat")))}}, Record=pet, Cat=cat, Dog=dog))
    assert [each.path for each in declare(alone, "cats", Shape.RETURNED).fields] == ["kind", "lives"]


def test_a_discriminator_of_swagger_2_names_its_kinds_in_their_definitions():
    pet = thing(kind=TEXT) | {"discriminator": "kind"}
    cat = {"allOf": [{"$ref": "#/definitions/Pet"}, thing(lives=WHOLE)]}
    many = {"200": {"description": "", "schema": listed({"$ref": "#/definitions/Pet"})}}
    found = read_openapi(
        {"swagger": "2.0", "definitions": {"Pet": pet, "Cat": cat}, "paths": {"/pets": {"get": {"responses": many}}}}
    )
    assert [each.path for each in declare(found, "pets", Shape.RETURNED).fields] == ["kind", "lives"]


def test_alternatives_require_only_what_all_of_them_require():
    record = {
        "oneOf": [thing(a=TEXT, b=TEXT) | {"required": ["a", "b"]}, thing(a=TEXT, c=TEXT) | {"required": ["a", "c"]}]
    }
    found = declare(api(Record=record), "orders", Shape.CREATE)
    assert {each.path: each.required for each in found.fields} == {"a": True, "b": False, "c": False}
    either = thing(a=TEXT, b=TEXT) | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert not any(each.required for each in declare(api(Record=either), "orders", Shape.CREATE).fields)


def test_a_record_inside_itself_is_told_once():
    node = thing(name=TEXT, parent=ref("Record"), children=listed(ref("Record")))
    found = declare(api(Record=node), "orders", Shape.RETURNED)
    assert [each.path for each in found.fields] == ["children", "name", "parent"]


def test_references_lead_anywhere_in_the_document():
    paths = {
        "/orders": {"$ref": "#/x-paths/orders"},
        "/orders/{id}": {"get": {"responses": {"200": {"$ref": "#/components/responses/One"}}},
                         "patch": {"requestBody": {"$ref": "#/components/requestBodies/One"}, "responses": {}}},
    }  # fmt: skip
    order = thing(line={"$ref": "#/components/schemas/Order/$defs/Line~11"})
    given = document(paths, "3.1.0", Order={"$defs": {"Line/1": RECORD}, **order},
                     Named=RECORD | {"$anchor": "named"})  # fmt: skip
    given["x-paths"] = {"orders": {"get": answers(listed(ref("Order"))),
                                   "parameters": [{"$ref": "#/components/parameters/Page"}]}}  # fmt: skip
    body = {"content": {"application/json": {"schema": {"$ref": "#named"}}}}
    given["components"] |= {"responses": {"One": body}, "requestBodies": {"One": body},
                            "parameters": {"Page": {"name": "page", "in": "query"}}}  # fmt: skip
    found = read_openapi(given)
    assert found.warnings == ()
    assert found.operations("orders").list.parameters == ("page",)
    assert [each.path for each in declare(found, "orders", Shape.RETURNED).fields] == [
        "id",
        "line",
        "line.id",
        "line.name",
        "name",
    ]
    assert [each.path for each in declare(found, "orders", Shape.UPDATE).fields] == ["id", "name"]


def test_compositions_that_all_refer_to_one_another_end():
    names = [f"S{at}" for at in range(40)]
    schemas = {name: {"anyOf": [ref(other) for other in names]} for name in names}
    found = api(Record={"anyOf": [*schemas["S0"]["anyOf"], RECORD]}, **schemas)
    assert [each.path for each in declare(found, "orders", Shape.RETURNED).fields] == ["id", "name"]


def test_compositions_of_the_same_parts_over_and_over_end():
    part = RECORD
    for _ in range(25):
        part = {"allOf": [part, part]}
    assert [each.path for each in declare(api(Record=part), "orders", Shape.RETURNED).fields] == ["id", "name"]


def test_a_title_is_kept_from_the_field_itself_else_from_what_it_refers_to():
    money = thing(amount=WHOLE | {"title": " Amount in cents "}) | {"title": "Money"}
    beside = {"$ref": "#/components/schemas/Money", "title": "Grand total"}
    both = thing(total=beside, tax={"allOf": [{"$ref": "#/components/schemas/Money"}]}, note=TEXT)
    schema = declare(api(Record=both, Money=money), "orders", Shape.CREATE)
    titles = {found.path: found.declared.title for found in schema.fields}
    assert titles == {"note": "", "tax": "Money", "tax.amount": "Amount in cents", "total": "Grand total",
                      "total.amount": "Amount in cents"}  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "described"),
    [
        ({}, False),
        ({"description": "anything"}, False),
        ({"type": "object"}, True),
        ({"properties": {"a": {}}}, True),
        ({"items": {}}, True),
        ({"additionalProperties": TEXT}, True),
    ],
)
def test_a_schema_describes_something_by_any_one_of_its_words(schema, described):
    assert own_node(schema, frozenset()).is_described is described


def test_a_call_is_known_by_its_method_and_path_whatever_is_said_of_its_bodies():
    plain = Operation("GET", "/a")
    assert len({plain, Operation("GET", "/a", response={"x": 1}, request={"y": 2}), Operation("POST", "/a")}) == 2


@pytest.mark.parametrize(
    ("schema", "description"),
    [
        ({"deprecated": True}, "Deprecated."),
        ({"deprecated": True, "description": "The old sum."}, "Deprecated. The old sum."),
        ({"deprecated": True, "description": "DEPRECATED: use total"}, "DEPRECATED: use total"),
        ({"deprecated": "true", "description": "The sum."}, "The sum."),
    ],
)
def test_a_field_that_is_marked_as_deprecated_is_described_so(schema, description):
    assert own_node({"type": "string", **schema}, ()).description == description
