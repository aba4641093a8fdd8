from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.widgets.field_facts import field_facts, list_of

DECLARED = {
    "path": "state", "types": ["string"], "required": True, "nullable": True, "max_length": 9,
    "enum": [f"s{at}" for at in range(14)], "description": "How\n it goes", "title": "State",
}  # fmt: skip


def shapes():
    create = Schema.from_fields([DECLARED, {"path": "bare"}])
    records = [{"state": "s1"}, {"state": None}, {"state": ""}, {"state": "s1"}, {}]
    return Shapes("Shop", "users", observe(records), create, Schema(shape=Shape.UPDATE))


def test_what_was_observed_is_counted_in_words():
    facts = [text for head, text in field_facts(shapes(), "state") if head == "observed"]
    assert facts[0] == "filled in 40 % of 5, there in 4, 1 null, 1 empty"
    assert "most frequent: s1 in 2" in facts[3]
    assert facts[2].startswith("2 different values") or facts[2].startswith("1 different value")


def test_what_is_declared_is_told_by_shape_with_and_how_many_more():
    facts = [text for head, text in field_facts(shapes(), "state") if head == "declared, received on create"]
    assert facts[0] == "string, required, may be null, at most 9 characters"
    assert facts[1] == "one of s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10 and s11, and 2 more"
    assert facts[2] == "How it goes"


def test_a_field_of_which_nothing_is_known_says_so():
    assert field_facts(shapes(), "other") == [["", "Nothing is known of it beside its name."]]
    assert field_facts(shapes(), "bare") == [
        ["declared, received on create", "of any type"],
        ["declared, received on create", "source: field list"],
    ]


def test_a_list_ends_before_the_names_in_it():
    assert list_of("a.b{c}.d") == ("a.b", "unfold")
    assert list_of("a[].b[].c") == ("a[].b", "fold")
    assert list_of("a[]") == ("", "")
