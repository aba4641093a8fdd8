"""All shapes of a collection against one another: each difference a row, each row with its evidence."""

from __future__ import annotations

from frames import dtypes, expected
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.schemas.comparing.all_differences import COLUMNS, DIFFERENCES, compare_all
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape


def schema(shape, *rows, envelope=""):
    made = Schema.from_fields(
        [{"path": row} if isinstance(row, str) else row for row in rows], shape=shape, source="notes"
    )
    return Schema(made.collection, shape, "Shop", made.fields, envelope=envelope, source="notes")


def shapes(returned=(), create=(), update=(), **more):
    made = [schema(shape, *rows) for shape, rows in zip(Shape, (returned, create, update), strict=True)]
    return Shapes("Shop", "orders", *made, **more)


def told(found):
    return {(row.path, row.difference) for row in found.rows}


def test_each_difference_of_create_and_update_is_told():
    found = compare_all(
        shapes(
            ["id", "note", "state"],
            [{"path": "number", "required": True}, "note", "state"],
            ["note", {"path": "state", "read_only": True}, {"path": "reason", "required": True}],
        )
    )
    assert told(found) == {
        ("id", "only returned"),
        ("number", "only received"),
        ("number", "required on create"),
        ("number", "not settable on update"),
        ("reason", "only received"),
        ("reason", "required on update"),
        ("reason", "settable on update only"),
        ("state", "not settable on update"),
    }
    assert found.counts["only received"] == len(found.of("only received")) == 2


def test_a_link_against_records_is_shown_with_its_structure():
    returned = [{"path": "lines", "types": "object"}, "lines.url", "lines.resource"]
    sent = [{"path": "lines", "types": "array"}, *(f"lines[].{key}" for key in ("sku", "qty", "price", "tax"))]
    (row,) = compare_all(shapes(returned, sent, sent)).of("other type")
    assert (row.returned, row.on_create) == ("object {resource, url}", "array of object of 4 fields")


def test_lists_of_other_elements_are_of_another_type():
    returned = [{"path": "tags", "types": "array"}, {"path": "tags[]", "types": "string"}]
    sent = [{"path": "tags", "types": "array"}, "tags[].name"]
    (row,) = compare_all(shapes(returned, sent, sent)).of("other type")
    assert (row.path, row.returned, row.on_update) == ("tags", "array of string", "array of object {name}")


def test_an_unknown_shape_is_one_row_and_makes_no_other():
    found = compare_all(
        Shapes("Shop", "orders", schema(Shape.RETURNED, "id"), Schema(shape=Shape.CREATE), Schema(shape=Shape.UPDATE))
    )
    assert told(found) == {("", "unknown shape")}
    assert [(row.on_create, row.on_update) for row in found.rows] == [("unknown", ""), ("", "unknown")]
    half = compare_all(
        Shapes("Shop", "orders", schema(Shape.RETURNED, "id"), schema(Shape.CREATE, "id"), Schema(shape=Shape.UPDATE))
    )
    assert told(half) == {("", "unknown shape")}


def test_what_a_known_shape_leaves_open_stays_unknown():
    returned = [{"path": "to", "types": "object"}, "to.city"]
    found = compare_all(shapes(returned, [{"path": "to", "types": "object"}], [{"path": "to", "types": "object"}]))
    assert told(found) == {("to.city", "unknown")}
    assert found.rows[0].on_create == "unknown"


def test_rows_name_what_was_observed_and_what_is_declared():
    observed = observe([{"id": 1}, {"id": 2}, {}])
    rows = compare_all(Shapes("Shop", "orders", observed, schema(Shape.CREATE), schema(Shape.UPDATE))).rows
    assert [row.evidence for row in rows] == [
        "returned: observed in 2 of 3; received on create: not in notes; received on update: not in notes"
    ]


def test_envelopes_are_compared_over_all_shapes_and_calls():
    listed, detail = (schema(Shape.RETURNED, "id", envelope=name) for name in ("orders", "order"))
    create, update = schema(Shape.CREATE, "id"), schema(Shape.UPDATE, "id", envelope="order")
    (row,) = compare_all(Shapes("Shop", "orders", listed, create, update, listed, detail)).of("other envelope")
    assert (row.path, row.returned, row.on_create, row.on_update) == (
        "",
        "list: orders; detail: order",
        "none",
        "order",
    )
    assert not compare_all(
        Shapes("Shop", "orders", listed, *[schema(each, envelope="orders") for each in Shape][1:])
    ).of("other envelope")


def test_the_list_is_compared_with_one_record():
    listed = schema(Shape.RETURNED, {"path": "lines", "types": "array"}, "brief", {"path": "total", "types": "string"})
    detail = schema(
        Shape.RETURNED,
        {"path": "lines", "types": "array"},
        "lines[].sku",
        "notes",
        {"path": "total", "types": "number"},
    )
    found = compare_all(Shapes("Shop", "orders", listed, Schema(), Schema(), listed, detail))
    assert told(found) - {("", "unknown shape")} == {
        ("brief", "only in list"),
        ("lines[].sku", "unknown"),
        ("notes", "only in detail"),
        ("total", "other type in detail"),
    }
    (notes,) = found.of("only in detail")
    assert (notes.returned, notes.evidence) == (
        "list: absent; detail: any",
        "list: not in notes; detail: declared by notes",
    )


def test_a_table_has_fixed_columns_even_without_rows():
    for found in (compare_all(shapes()), compare_all(shapes(["id"], ["a"], ["a"]))):
        assert dtypes(found.frame()) == expected(COLUMNS)


PATHS = st.lists(st.sampled_from(["a", "a.b", "a[]", "a[].c", "a[].c.d", "e", r"f\.g"]), unique=True)


@given(PATHS, PATHS, PATHS)
def test_any_shapes_are_compared_in_a_fixed_order(returned, create, update):
    found = compare_all(shapes(returned, create, update))
    assert list(found.rows) == sorted(found.rows, key=lambda row: (row.path, DIFFERENCES.index(row.difference)))
    assert {row.path for row in found.of("only received")} <= {*create, *update} - {*returned}
    assert {row.path for row in found.of("not settable on update")} <= {*create} - {*update}
