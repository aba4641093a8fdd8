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


def meanings(paths, path, entity=()):
    schema = Schema.from_fields([{"path": one} for one in paths.split()])
    (traits,) = (one for one in traits_of(schema, Thesaurus.load(), entity) if one.path == path)
    return dict(traits.meanings)


@pytest.mark.parametrize(
    ("paths", "path", "word"),
    [
        ("state city", "state", "region"),
        ("state postcode", "state", "region"),
        ("state total", "state", "status"),
        ("order_line[].state order_line[].price to.city", "order_line[].state", "status"),
        ("shipToCity shipToZip shipToStreet state", "state", "status"),
    ],
)
def test_a_state_is_a_region_only_beside_parts_of_an_address(paths, path, word):
    read = {part for words in meanings(paths, path) for part in words}
    assert word in read
    assert ({"region", "status"} - {word}).isdisjoint(read)


def test_a_state_goes_before_a_county():
    assert [*meanings("county city", "county").items()] == [(("county",), 1.0), (("region",), 0.8)]


@pytest.mark.parametrize(("more", "is_number"), [((), True), (("status",), True), (("city", "zip"), False)])
def test_a_name_beside_parts_of_an_address_is_not_the_orders(more, is_number):
    schema = Schema.from_fields([{"path": path} for path in ("name", "total", *more)])
    traits = next(one for one in traits_of(schema, Thesaurus.load(), ("order",)) if one.path == "name")
    assert (("order", "number") in dict(traits.meanings)) is is_number


def test_a_name_beside_a_first_and_a_last_name_is_both_of_them():
    named = meanings("name first_name last_name", "name", ("customer",))
    assert next(iter(named)) == ("full", "name")
    assert ("company",) not in named
    assert ("full", "name") not in meanings("name first_name", "name", ("customer",))


@pytest.mark.parametrize(
    ("paths", "path", "described"),
    [
        ("lines[].name lines[].price", "lines[].name", True),
        ("lines[].name lines[].description", "lines[].name", False),
        ("name price", "name", False),
        ("payments[].name", "payments[].name", False),
    ],
)
def test_a_line_without_a_description_is_described_by_its_name(paths, path, described):
    assert (("description",) in meanings(paths, path)) is described
    assert (("description",) in meanings("name price", "name", ("line",))) is True


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ("weight[].unit", ("weight", "unit")),
        ("weight.unit", ("weight", "unit")),
        ("lines[].unit", ("unit",)),
        ("PurchaseDetails.UnitPrice", ("cost",)),
        ("SalesDetails.UnitPrice", ("unit", "price")),
    ],
)
def test_a_unit_or_a_price_is_that_of_what_holds_it(path, meaning):
    assert next(iter(meanings(path, path))) == meaning


def test_the_id_of_a_lines_item_is_none_of_the_line():
    assert ("line", "id") not in meanings("lines[].item_id", "lines[].item_id")
    assert next(iter(meanings("lines[].sku", "lines[].sku"))) == ("item", "number")
    assert next(iter(meanings("lines[].total", "lines[].total"))) == ("extended", "price")


def test_fields_of_an_address_that_is_written_flat_are_parts_of_it():
    schema = Schema.from_fields([{"path": f"billTo{part}"} for part in ("City", "Zip", "Street")])
    assert {(one.parent, one.place) for one in traits_of(schema, Thesaurus.load())} == {
        ("bill to", ("billing", "address"))
    }


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ("CustomerRef.value", ("customer", "id")),
        ("lines[].ItemRef.name", ("product", "name")),
        ("terms.refName", ("terms", "name")),
        ("ref_value", ("reference", "value")),
    ],
)
def test_a_part_of_a_reference_is_that_of_what_it_refers_to(path, meaning):
    read = meanings(path, path)
    assert meaning in read or meaning == ("terms", "name"), read


def test_a_name_with_its_holders_is_read_as_a_phrase():
    assert next(iter(meanings("stock_item.qty", "stock_item.qty"))) == ("quantity", "on", "hand")
