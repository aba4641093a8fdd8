"""One side of a comparison: what it holds at a path, what it leaves open, and what it shows for it."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.comparing.comparable import ComparableSchema, accepts, differs, evidence_of
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape


def side(*fields, **settings):
    made = (Field(path, Declared(types) if types else None) for path, types in fields)
    return ComparableSchema(Schema(fields=tuple(made), **settings))


@pytest.mark.parametrize(
    ("received", "sent", "taken"),
    [
        ((), ("string",), True),
        (("string",), (), True),
        (("number",), ("integer",), True),
        (("integer",), ("number",), True),
        (("string",), ("integer",), False),
        (("string", "null"), ("string",), True),
        (("string",), ("string", "null"), False),
    ],
)
def test_a_whole_number_is_a_number_and_no_types_are_any(received, sent, taken):
    assert accepts(received, sent) is taken


@pytest.mark.parametrize(
    ("path", "held_by"),
    [
        ("id", "id"),
        ("ID", None),
        ("prices.eur", "prices.*"),
        ("prices.*", "prices.*"),
        ("*.eur", "prices.*"),
        ("prices", None),
        ("prices.eur.net", None),
        ("stock.a[]", "stock.*[]"),
        ("stock.a", None),
    ],
)
def test_a_key_of_a_map_is_held_by_its_star(path, held_by):
    field = side(("id", ("string",)), ("prices.*", ("number",)), ("stock.*[]", ("integer",))).at(path)
    assert (field and field.path) == held_by


def test_a_star_finds_any_key():
    field = side(("id", ()), ("prices.eur", ("number",))).at("prices.*")
    assert field.path == "prices.eur"
    assert side(("id", ())).at("prices.*") is None


def test_the_keys_of_each_object_are_listed_by_its_path():
    known = side(("id", ()), ("lines", ("array",)), ("lines[]", ("object",)), ("lines[].sku", ()), ("lines[].qty", ()))
    assert known.keys == {"": ["id", "lines"], "lines[]": ["sku", "qty"]}
    assert known.parents == {"lines[]", "lines"}


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ([("a", ("array",)), ("a[]", ("string",))], ("string",)),
        ([("a", ("array",)), ("a[].id", ())], ("object",)),
        ([("a", ("array",))], ()),
    ],
)
def test_the_elements_of_a_list_have_the_types_that_are_known(fields, types):
    assert side(*fields).element_types("a") == types


@pytest.mark.parametrize(
    ("declared", "settable"), [(Declared(read_only=True), False), (Declared(read_only=False), True), (None, True)]
)
def test_what_is_not_read_only_is_settable(declared, settable):
    known = ComparableSchema(Schema(fields=(Field("id", declared),)))
    assert (known.settable("id"), known.settable("name")) == (settable, False)


@pytest.mark.parametrize(
    ("fields", "path", "silent"),
    [
        ([("id", ("string",))], "name", False),
        ([("a", ("object",))], "a.b", True),
        ([("a", ("array",))], "a[].b", True),
        ([("a", ())], "a.b", True),
        ([("a", ("string",))], "a.b", False),
        ([("a", ("string", "object"))], "a.b", True),
        ([("a", ("object",)), ("a.c", ())], "a.b", False),
        ([("a", ("object",)), ("a.c", ("object",))], "a.c.d", True),
    ],
)
def test_a_schema_is_silent_on_what_is_inside_an_open_parent(fields, path, silent):
    assert side(*fields).silent(path) is silent


def test_a_schema_without_a_field_is_silent_on_all():
    assert side().silent("name") is True


@pytest.mark.parametrize(
    ("given", "taken", "differ"),
    [
        ([("a", ("string",))], [("a", ("integer",))], True),
        ([("a", ("integer",))], [("a", ("number",))], False),
        ([("a", ("string",))], [("b", ("string",))], False),
        ([("a", ("array",)), ("a[]", ("string",))], [("a", ("array",)), ("a[]", ("integer",))], True),
        ([("a", ("array",)), ("a[]", ("string",))], [("a", ("array",)), ("a[]", ("string",))], False),
        ([("a", ("array",)), ("a[]", ("string",))], [("a", ()), ("a[]", ("integer",))], False),
    ],
)
def test_a_list_of_other_elements_differs(given, taken, differ):
    assert differs("a", side(*given), side(*taken)) is differ


@pytest.mark.parametrize(
    ("field", "shape", "evidence"),
    [
        (Field("a", Declared(source="api.json"), Observed(9, 7)), Shape.RETURNED,
         "returned: observed in 7 of 9, declared by api.json"),
        (Field("a", Declared(read_only=True)), Shape.RETURNED, "returned: declared by an unnamed source"),
        (Field("a", Declared(read_only=True)), Shape.CREATE,
         "received on create: declared as read-only by an unnamed source"),
        (Field("a", Declared(read_only=False)), Shape.CREATE, "received on create: declared by an unnamed source"),
        (Field("a", None, Observed(0, 0)), Shape.RETURNED, "returned: listed"),
        (Field("b"), Shape.RETURNED, "returned: not in the field list"),
    ],
)  # fmt: skip
def test_the_evidence_for_a_field_is_named(field, shape, evidence):
    assert evidence_of("a", ComparableSchema(Schema(shape=shape, fields=(field,)))) == evidence


def test_the_evidence_against_a_field_names_its_source():
    assert evidence_of("a", side(("b", ()), source="api.json")) == "returned: not in api.json"
    assert evidence_of("a", side()) == "returned: unknown"
