import pytest

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import above, kind_of, traits_of
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema


@pytest.mark.parametrize(
    ("path", "holders"),
    [("id", ()), ("lines[].sku", ("lines",)), ("tags[]", ("tags",)), ("a.b[].c", ("a", "a.b")), (r"a\.b", ())],
)
def test_holders_are_named_as_fields(path, holders):
    assert above(path) == holders


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, "integer"),
        (1.5, "number"),
        ("1.50", "number text"),
        ("12", "number text"),
        ("a@example.test", "email"),
        ("2026-01-02", "date"),
        ("Fri, 02 Jan 2026 10:00:00 +0000", "date"),
        ("true", "boolean text"),
        ("plain", "text"),
        (True, "boolean"),
        (None, ""),
    ],
)
def test_kinds_follow_what_was_observed(value, kind):
    assert kind_of(observe([{"a": value}]).fields[0]) == kind


def test_a_name_hints_at_a_date_only_where_nothing_was_observed():
    declared = Field("created_date", Declared(types=("string",)))
    assert kind_of(declared, ("created", "date")) == "date"
    assert kind_of(observe([{"created_date": "soon"}]).fields[0], ("created", "date")) == "text"


@pytest.mark.parametrize(
    ("collection", "path", "meaning"),
    [
        ("order", "number", ("order", "number")),
        ("contact", "number", None),
        ("inventory", "id", None),
        ("line", "price", ("unit", "price")),
    ],
)
def test_a_name_is_read_with_its_record_where_that_is_a_key_or_a_phrase(collection, path, meaning):
    (traits,) = traits_of(Schema.from_fields([{"path": path}]), Thesaurus.load(), (collection,))
    read = [words for words, _ in traits.meanings[1:]]
    assert (meaning in read) if meaning else not read
