"""Returned against received: what is where, of which type, and what nobody knows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from frames import dtypes, expected
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.schemas.comparing.returned_vs_received import COLUMNS, KINDS, accepts, compare_shapes
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape


def schema_of(shape=Shape.RETURNED, **types):
    rows = [{"path": path.replace("__", "[]."), "types": kinds} for path, kinds in types.items()]
    return Schema.from_fields(rows, shape=shape, source="notes", collection="orders", system="Shop")


def received(**types):
    return schema_of(Shape.CREATE, **types)


def kinds(found):
    return {row.path: row.kind for row in found.rows}


def test_each_path_has_its_kind():
    found = compare_shapes(
        schema_of(id="integer", total="string", lines="array", lines__sku="string", note="string"),
        received(
            total="number", lines="array", lines__sku="string", lines__price="number", note="string", send="boolean"
        ),
    )
    assert kinds(found) == {
        "id": "only returned",
        "lines": "same",
        "lines[].price": "only received",
        "lines[].sku": "same",
        "note": "same",
        "send": "only received",
        "total": "other type",
    }
    assert found.counts == {"only returned": 1, "only received": 2, "other type": 1, "same": 3, "unknown": 0}
    assert found.top_level() == {
        "returned": 4, "received": 4, "both": 3,
        "only returned": 1, "only received": 1, "other type": 1, "same": 2, "unknown": 0,
    }  # fmt: skip
    assert [row.path for row in found.of("only received")] == ["lines[].price", "send"]


@pytest.mark.parametrize(
    ("returned", "taken", "same"),
    [
        (["integer"], ["number"], True),
        (["number"], ["integer"], True),
        (["string"], ["number"], False),
        (["object"], ["array"], False),
        (["integer", "string"], ["string"], False),
        (["string"], ["integer", "string"], True),
        ([], ["string"], True),
        (["string"], [], True),
        (["boolean"], ["integer"], False),
    ],
)
def test_a_type_is_another_if_not_all_that_is_returned_is_taken(returned, taken, same):
    assert accepts(taken, returned) is same
    assert kinds(compare_shapes(schema_of(a=returned), received(a=taken))) == {"a": "same" if same else "other type"}


def test_an_object_against_a_list_is_of_another_type_even_if_both_have_fields():
    returned = Schema.from_fields([{"path": "lines", "types": "object"}, {"path": "lines.url", "types": "string"}])
    found = compare_shapes(returned, received(lines="array", lines__sku="string"))
    assert kinds(found) == {"lines": "other type", "lines.url": "only returned", "lines[].sku": "only received"}


@pytest.mark.parametrize("known_side", ["returned", "received"])
def test_an_unknown_shape_makes_rows_unknown_and_never_missing(known_side):
    known, unknown = schema_of(id="integer"), Schema(shape=Shape.CREATE)
    found = compare_shapes(known, unknown) if known_side == "returned" else compare_shapes(unknown, known)
    assert kinds(found) == {"id": "unknown"}
    assert "unknown" in found.rows[0].evidence
    assert found.top_level()[known_side] == 1
    assert found.top_level()["both"] == 0


def test_what_an_object_or_list_holds_is_unknown_where_nothing_tells():
    returned = observe([{"to": {"city": "X"}, "tags": [], "lines": [{"sku": "A"}]}])
    found = compare_shapes(returned, received(to="object", tags="array", **{"tags[]": "string"}))
    assert kinds(found) == {
        "lines": "only returned",
        "lines[].sku": "only returned",
        "tags": "same",
        "tags[]": "unknown",
        "to": "same",
        "to.city": "unknown",
    }


def test_a_shape_known_to_hold_nothing_makes_fields_only_returned():
    nothing = Schema(shape=Shape.CREATE, source="Shop 3: POST /orders")
    assert kinds(compare_shapes(schema_of(id="integer"), nothing)) == {"id": "only returned"}


def test_rows_name_their_evidence_and_what_is_required():
    taken = Schema.from_fields([{"path": "id", "required": True}], shape=Shape.CREATE, source="notes")
    (row,) = compare_shapes(observe([{"id": 1}, {"id": 2}, {}]), taken).rows
    assert row.required is True
    assert row.evidence == "returned: observed in 2 of 3; received on create: declared by notes"
    (row,) = compare_shapes(schema_of(id="integer"), Schema(shape=Shape.UPDATE, source="PUT /orders")).rows
    assert row.evidence == "returned: declared by notes; received on update: not in PUT /orders"


def test_a_difference_keeps_names_and_has_fixed_columns():
    for found in (compare_shapes(Schema(), Schema()), compare_shapes(schema_of(id="integer"), received(id="string"))):
        assert dtypes(found.frame()) == expected(COLUMNS)
    assert (found.collection, found.system, found.shape) == ("orders", "Shop", Shape.CREATE)
    assert "other type" in found.to_markdown()


PATHS = st.lists(st.sampled_from(["a", "a.b", "a[]", "a[].c", "a[].c.d", "e", r"f\.g"]), unique=True)


@given(PATHS, PATHS)
def test_every_path_of_either_side_has_one_row(left, right):
    one, other = (Schema.from_fields({"path": path} for path in paths) for paths in (left, right))
    found = compare_shapes(one, other)
    assert [row.path for row in found.rows] == sorted({*left, *right})
    assert sum(found.counts.values()) == len(found.rows)
    assert set(found.counts) == set(KINDS)
    assert {row.path for row in found.of("same")} == {*left} & {*right}


def test_a_notebook_shows_what_differs_before_what_is_the_same():
    rows = [{"path": f"a{at:02}", "types": "string"} for at in range(70)]
    returned = Schema.from_fields(rows, system="<Shop>")
    received = Schema.from_fields([*rows[:69], {"path": "z", "types": "object"}], shape=Shape.CREATE)
    soup = BeautifulSoup(compare_shapes(returned, received)._repr_html_(), "html.parser")
    assert (
        soup.p.get_text(" ") == "<Shop>, returned against received on create 1 only returned, 1 only received, 69 same"
    )
    assert [row.td.get_text() for row in soup.select("tr:has(td)")[:3]] == ["a69", "z", "a00"]
    sections = [part.summary.get_text() for part in soup.find_all("details", recursive=False)]
    assert sections == ["only returned: 1 row", "only received: 1 row", "same: 69 rows"]


def test_a_maps_values_are_compared_whatever_their_keys():
    mapped = [{"path": "prices", "types": "object"}, {"path": "prices.*", "types": "string"}]
    keyed = [{"path": "prices", "types": "object"}, {"path": "prices.eur", "types": "string"},
             {"path": "prices.usd", "types": "number"}]  # fmt: skip
    found = compare_shapes(Schema.from_fields(keyed), Schema.from_fields(mapped, shape=Shape.CREATE))
    assert kinds(found) == {
        "prices": "same", "prices.*": "same", "prices.eur": "same", "prices.usd": "other type",
    }  # fmt: skip
    found = compare_shapes(Schema.from_fields(mapped), Schema.from_fields(keyed[:1], shape=Shape.CREATE))
    assert kinds(found) == {"prices": "same", "prices.*": "unknown"}
    found = compare_shapes(Schema.from_fields(mapped), Schema.from_fields([{"path": "id"}], shape=Shape.CREATE))
    assert kinds(found) == {"id": "only received", "prices": "only returned", "prices.*": "only returned"}
