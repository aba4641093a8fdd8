"""Django REST Framework's answer to OPTIONS: what may be sent on create and on update."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.declaring.options import from_options
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Method

LINE = {
    "sku": {"type": "string", "required": True, "read_only": False, "label": "SKU", "max_length": 32},
    "total": {"type": "decimal", "required": False, "read_only": True, "label": "Total"},
}
FIELDS = {
    "id": {"type": "integer", "required": False, "read_only": True, "label": "ID"},
    "number": {"type": "string", "required": True, "read_only": False, "max_length": 20, "label": "Number",
               "help_text": "On the invoice"},
    "status": {
        "type": "choice", "required": False, "read_only": False,
        "choices": [{"value": "new", "display_name": "New"}, {"value": "sent", "display_name": "Sent"}],
    },
    "priority": {"type": "choice", "required": False, "read_only": False, "choices": [{"value": 1}, {"value": 2}]},
    "placed": {"type": "datetime", "required": False, "read_only": False},
    "owner": {"type": "field", "required": False, "read_only": False},
    "lines": {"type": "field", "required": True, "read_only": False,
              "child": {"type": "nested object", "required": True, "read_only": False, "children": LINE}},
    "tags": {"type": "list", "required": False, "read_only": False, "child": {"type": "string", "required": True}},
    "totals": {"type": "nested object", "required": False, "read_only": True,
               "children": {"tax": {"type": "decimal", "required": True, "read_only": False}}},
}  # fmt: skip
ANSWER = {
    "name": "Order List",
    "renders": ["application/json"],
    "parses": [],
    "actions": {"POST": FIELDS, "PUT": FIELDS},
}


def test_fields_of_the_create_shape_are_read():
    create = from_options(ANSWER).create
    assert [each.path for each in create.fields] == [
        "id", "lines", "lines[].sku", "lines[].total", "number", "owner", "placed", "priority", "status", "tags",
        "tags[]", "totals", "totals.tax",
    ]  # fmt: skip
    assert [each.path for each in create.fields if each.required] == ["lines", "lines[].sku", "number"]
    assert [each.path for each in create.fields if each.declared.read_only] == [
        "id",
        "lines[].total",
        "totals",
        "totals.tax",
    ]
    number, status, placed = (create.field(path).declared for path in ("number", "status", "placed"))
    assert (number.types, number.max_length, number.description) == (("string",), 20, "On the invoice")
    assert (number.title, status.title) == ("Number", "")
    assert (status.types, status.enum, create.field("priority").types) == (("string",), ("new", "sent"), ("integer",))
    assert (placed.types, placed.format, create.field("owner").types) == (("string",), "date-time", ())
    assert (create.field("lines").types, create.field("tags[]").types) == (("array",), ("string",))
    assert (create.collection, create.source, create.operations) == (
        "Order List",
        "OPTIONS: actions.POST",
        {Method.ADD: "POST"},
    )


def test_limits_are_read_and_those_of_decimals_are_text():
    limits = {"qty": {"type": "integer", "min_value": 1, "max_value": 99}, "code": {"type": "string", "min_length": 2},
              "price": {"type": "decimal", "min_value": "0.00", "max_value": "many"}}  # fmt: skip
    said = {each.path: each.declared for each in from_options({"actions": {"POST": limits}}).create.fields}
    assert (said["qty"].minimum, said["qty"].maximum, said["code"].min_length) == (1, 99, 2)
    assert (said["price"].minimum, said["price"].maximum) == (0.0, None)


def test_lists_of_objects_inside_lists_of_objects_are_read():
    tax = {"type": "nested object", "children": {"rate": {"type": "decimal", "required": True, "read_only": False}}}
    line = {"type": "nested object", "children": {"taxes": {"type": "field", "required": False, "child": tax}}}
    create = from_options({"actions": {"POST": {"lines": {"type": "field", "required": True, "child": line}}}}).create
    assert [(each.path, each.types, each.required) for each in create.fields] == [
        ("lines", ("array",), True), ("lines[].taxes", ("array",), False), ("lines[].taxes[].rate", ("string",), True),
    ]  # fmt: skip


def test_a_patch_requires_nothing_and_a_put_what_it_says():
    put = from_options(ANSWER).update
    assert [each.path for each in put.fields if each.required] == ["lines", "lines[].sku", "number"]
    patch = from_options({"actions": {"PATCH": FIELDS, "PUT": FIELDS}})
    assert not any(each.required for each in patch.update.fields)
    assert not patch.create.known


def test_text_is_read_too_and_the_callers_names_are_kept():
    shapes = from_options(json.dumps(ANSWER), collection="orders", system="Shop", source="orders.json")
    assert (shapes.create.collection, shapes.update.system) == ("orders", "Shop")
    assert shapes.create.field("id").declared.source == "orders.json: actions.POST"
    assert not shapes.returned.known


def test_an_answer_without_actions_leaves_every_shape_unknown():
    shapes = from_options({"name": "Orders", "renders": []})
    assert not any(each.known for each in (shapes.returned, shapes.create, shapes.update))


def test_the_shapes_are_compared_with_what_a_sample_shows():
    told = from_options(ANSWER)
    sample = observe([{"id": 1, "number": "A", "url": "https://shop.example.test/1"}])
    found = compare_all(Shapes("Shop", "orders", sample, told.create, told.update))
    assert {row.path for row in found.of("only returned")} == {"id", "url"}
    assert "lines" in {row.path for row in found.of("required on create")}


@pytest.mark.parametrize("answer", ["", "<html>", "[]", "3", {"detail": "No"}, {"actions": []}, "[" * 100_000])
def test_what_is_no_such_answer_is_refused_in_one_sentence(answer):
    with pytest.raises(DescriptionError, match="paste the whole answer") as error:
        from_options(answer)
    assert "\n" not in str(error.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "child", "children", "choices", "required", "a.b", ""]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_any_fields_are_survived(fields):
    create = from_options({"actions": {"POST": fields}}).create
    assert len({each.path for each in create.fields}) <= len(create.fields)
    assert len(create.frame()) == len(create.fields)
