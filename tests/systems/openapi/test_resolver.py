"""References followed, and compositions merged; what leads nowhere, outside or back to itself is said."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.openapi.resolver import DEPTH, Resolver


def ref(name, **beside):
    return {"$ref": f"#/components/schemas/{name}", **beside}


def resolver(version="3.1.0", name="api.yaml", **schemas):
    return Resolver({"openapi": version, "components": {"schemas": schemas}}, name)


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("pointer", "types"),
    [
        ("#/components/schemas/A", ("string",)),
        ("api.yaml#/components/schemas/A", ("string",)),
        ("./docs/api.yaml#/components/schemas/A", ("string",)),
        ("other.yaml#/components/schemas/A", ()),
        ("https://x.test/api.yaml#/components/schemas/A", ()),
        ("#/components/schemas/a~1b%20~0", ("integer",)),
        ("#/components/schemas/list/allOf/1", ("boolean",)),
        ("#/components/schemas/list/allOf/2", ()),
        ("#/components/schemas/codes/200", ("number",)),
        ("#/components/schemas/codes/404", ()),
        ("#/components/schemas/A/type/x", ()),
        ("#anchor", ("array",)),
        ("#nowhere", ()),
    ],
)
def test_a_reference_leads_into_its_own_document_alone(pointer, types):
    known = resolver(
        A=TEXT, **{"a/b ~": {"type": "integer"}}, list={"allOf": [{}, {"type": "boolean"}]},
        codes={200: {"type": "number"}}, named={"$anchor": "anchor", "type": "array"},
    )  # fmt: skip
    assert known.node({"$ref": pointer}).types == types


def test_a_document_without_a_name_is_no_file():
    assert resolver(name="", A=TEXT).node({"$ref": "api.yaml#/components/schemas/A"}).types == ()


def test_a_reference_is_followed_to_its_end_and_names_the_way():
    known = resolver(A=ref("B", title="a"), B=ref("C"), C={"type": "string", "title": "c"})
    raw, refs = known.follow(ref("A"))
    assert raw == {"type": "string", "title": "c"} | {"title": "a"}
    assert refs == {f"#/components/schemas/{name}" for name in "ABC"}
    assert known.follow(7) == (7, frozenset())
    assert known.follow(ref("A"), frozenset({"x"}))[1] == refs | {"x"}
    assert known.follow(ref("none", title="t"))[0] == {"title": "t"}
    assert known.follow({"$ref": 7}) == ({"$ref": 7}, frozenset())


def test_a_circle_of_references_is_nothing():
    known = resolver(A=ref("B"), B=ref("A"))
    assert known.follow(ref("A")) == ({}, frozenset({"#/components/schemas/A", "#/components/schemas/B"}))
    assert known.node(ref("A")).types == ()


@pytest.mark.parametrize(
    ("version", "beside", "title", "pattern"),
    [
        ("3.1.0", {"title": "t", "pattern": "p"}, "t", "p"),
        ("3.2", {"title": "t", "pattern": "p"}, "t", "p"),
        ("3.0.3", {"title": "t", "pattern": "p"}, "t", None),
        ("3.0", {"title": "t", "pattern": "p"}, "t", None),
        ("", {"title": "t", "pattern": "p"}, "t", None),
        ("3.1.0", {}, "own", None),
    ],
)
def test_what_stands_beside_a_reference_counts_as_the_version_says(version, beside, title, pattern):
    node = resolver(version, A={"type": "string", "title": "own"}).node(ref("A", **beside))
    assert (node.types, node.title, node.pattern) == (("string",), title, pattern)


def test_the_parts_of_a_composition_are_merged():
    known = resolver(
        A={"properties": {"a": TEXT}, "required": ["a"]},
        B={"allOf": [ref("A"), {"properties": {"b": TEXT}}], "properties": {"c": TEXT}},
        C={"oneOf": [ref("A"), {"title": "other", "properties": {"d": TEXT}}, {"properties": {"d": TEXT}}]},
        D={"anyOf": [TEXT, {"type": "null"}]},
        E={"allOf": 7, "oneOf": "x", "type": "string"},
    )
    assert [*known.node(ref("B")).properties] == ["c", "a", "b"]
    assert known.node(ref("B")).required == {"a"}
    alternatives = known.node(ref("C")).properties
    assert [[value for value in raw.values() if isinstance(value, tuple)] for raw in alternatives.values()] == [
        [("A",)], [("other", "alternative 3")],
    ]  # fmt: skip
    assert (known.node(ref("D")).types, known.node(ref("D")).nullable) == (("string",), True)
    assert known.node(ref("E")).types == ("string",)
    assert known.node("x").types == known.node({}).types == ()


def owners(raw):
    return next((value for value in raw.values() if isinstance(value, tuple)), None)


ANIMALS = {
    "Cat": {"allOf": [ref("Pet"), {"properties": {"claws": TEXT}}]},
    "Dog/s": {"allOf": [ref("Pet"), {"properties": {"bark": TEXT}}]},
}


@pytest.mark.parametrize(
    ("discriminator", "properties"),
    [
        ({"propertyName": "kind"}, {"kind": None, "claws": ("Cat",), "bark": ("Dog/s",)}),
        ("kind", {"kind": None, "claws": ("Cat",), "bark": ("Dog/s",)}),
        ({"mapping": {"f": "Fish", "x": "none", "n": 7}},
         {"kind": None, "fins": ("Fish",), "claws": ("Cat",), "bark": ("Dog/s",)}),
        ({"mapping": {"f": "#/components/schemas/Fish"}},
         {"kind": None, "fins": ("Fish",), "claws": ("Cat",), "bark": ("Dog/s",)}),
    ],
)  # fmt: skip
def test_a_discriminator_adds_what_the_kinds_have_beside_it(discriminator, properties):
    pet = {"properties": {"kind": TEXT}, "required": ["kind"], "discriminator": discriminator}
    known = resolver(Pet=pet, Fish={"properties": {"fins": TEXT}}, odd=7, **ANIMALS)
    node = known.node(ref("Pet"))
    assert {name: owners(raw) for name, raw in node.properties.items() if name != "kind"} == {
        name: value for name, value in properties.items() if name != "kind"
    }
    assert "kind" in node.properties
    assert node.required == {"kind"}
    assert [*known.node(ref("Cat")).properties] == ["kind", "claws"]


def test_alternatives_that_are_written_out_stand_for_those_of_the_discriminator():
    pet = {"discriminator": "kind", "oneOf": [{"properties": {"fins": TEXT}}]}
    assert [*resolver(Pet=pet, **ANIMALS).node(ref("Pet")).properties] == ["fins"]


def test_swagger_2_names_its_schemas_elsewhere():
    pet = {"properties": {"kind": TEXT}, "discriminator": "kind"}
    cat = {"allOf": [{"$ref": "#/definitions/Pet"}, {"properties": {"claws": TEXT}}]}
    node = Resolver({"swagger": "2.0", "definitions": {"Pet": pet, "Cat": cat}}).node({"$ref": "#/definitions/Pet"})
    assert [*node.properties] == ["kind", "claws"]


def test_compositions_are_merged_so_deep():
    inner = {"properties": {"deepest": TEXT}}
    for _ in range(DEPTH):
        inner = {"allOf": [inner]}
    assert [*resolver().node(inner).properties] == ["deepest"]
    assert [*resolver().node({"allOf": [inner]}).properties] == []


def test_a_schema_inside_itself_is_empty_there():
    knot = {"properties": {"a": TEXT}}
    knot["allOf"] = [knot, {"properties": {"b": TEXT}}]
    assert [*resolver().node(knot).properties] == ["a", "b"]


def test_a_schema_is_resolved_once():
    known, raw = resolver(), {"type": "string"}
    assert known.node(raw) is known.node(raw)


def paths(*schemas):
    return {f"/p{number}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}}
            for number, schema in enumerate(schemas)}  # fmt: skip


NOWHERE = "leads nowhere ({}); what it stands for is unknown."
OUTSIDE = "leads out of the document ({}); it is not fetched."
ITSELF = "leads back to itself ({}); it stands for nothing."


@pytest.mark.parametrize(
    ("schemas", "sentence", "uses"),
    [
        ([ref("none")], NOWHERE, "used in one place: "),
        ([ref("none"), ref("none")], NOWHERE, "used in 2 places, first at "),
        ([{"$ref": "other.yaml"}], OUTSIDE, "used in one place: "),
        ([ref("self")], ITSELF, "used in 2 places, first at "),
        ([ref("part")], ITSELF, "used in 2 places, first at "),
    ],
)
def test_a_reference_that_stands_for_nothing_is_said_once(schemas, sentence, uses):
    named = schemas[0]["$ref"].rpartition("/")[2]
    known = {"self": ref("self"), "part": {"allOf": [ref("part"), TEXT]}}
    known = {"A": TEXT, **{name: schema for name, schema in known.items() if name == named}}
    document = {"openapi": "3.1.0", "paths": paths(*schemas), "components": {"schemas": known}}
    (told,) = Resolver(document).warnings()
    before, _, after = sentence.partition("{}")
    assert told.startswith(f"The reference '{schemas[0]['$ref']}' {before}{uses}")
    assert told.endswith(after)


def test_a_reference_that_leads_somewhere_is_not_worth_a_word():
    document = {
        "openapi": "3.1.0",
        "paths": paths(ref("A"), ref("B")),
        "components": {"schemas": {"A": TEXT, "B": ref("A")}},
    }
    assert Resolver(document).warnings() == ()
