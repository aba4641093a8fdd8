"""What the same records explain: named formulas by few, others by many, ids by the records that they name."""

import pytest

from ipaas_discovery.matching.explained_mappings import Neighbours, explained_mappings
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.formulas.paired_records import PairedRecords
from ipaas_discovery.matching.formulas.related_records import RelatedRecords
from ipaas_discovery.matching.mapping import Mapping, filled_by
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def sample(name, rows):
    return Sample("shop", name, tuple(rows), Stop.COMPLETE)


def explained(ours, theirs, neighbours=None, required=()):
    """Pair the rows in their order, from the left to the right."""
    left = sample("orders", ({"k": f"k-{at}", **row} for at, row in enumerate(ours)))
    right = sample("sales", ({"k": f"k-{at}", **row} for at, row in enumerate(theirs)))
    pairs = pair_records(left, right, [("k", "k")])
    received = Schema.from_fields([{"path": path, "required": path in required} for path in theirs[0]])
    return explained_mappings(
        match_fields(observe(left), received), received, PairedRecords.of(pairs), "right", neighbours
    )


def of(rows):
    return {path: (row.kind, row.sources) for path, row in rows.items()}


def test_a_formula_of_the_match_goes_before_its_copy():
    ours = [{"list_price": 3 * at + 1} for at in range(9)]
    rows = explained(ours, [{"price_list": (3 * at + 1) / 100} for at in range(9)])
    assert of(rows) == {"price_list": ("formula", ("list_price",))}
    assert rows["price_list"].evidence == "price_list = list_price: times 0.01; explains 9 of 9 pairs"


def test_a_copy_that_explains_nearly_all_stays():
    ours = [{"sku": f"A{at}"} for at in range(20)]
    assert explained(ours, [{"sku": f"A{at}" if at else "a0"} for at in range(20)]) == {}
    assert explained(ours, [{"sku": f"A{at}"} for at in range(20)]) == {}


def test_what_the_most_frequent_value_explains_is_no_formula():
    ours = [{"gift": at == 3, "colour": "red"} for at in range(12)]
    assert explained(ours, [{"status": "open" if at else "done"} for at in range(12)]) == {}
    assert explained(ours, [{"status": "open"} for at in range(12)]) == {}


def test_another_field_needs_five_pairs_beyond_the_usual_value():
    def rows(of_each):
        words = ["red"] * of_each + ["green"] * of_each + ["blue"] * (of_each + 1)
        return [{"zone": f"{word}-1"} for word in words], [{"kind": word.upper()} for word in words]

    assert of(explained(*rows(3))) == {"kind": ("look-up", ("zone",))}
    assert explained(*rows(2)) == {}


def test_yes_and_no_of_another_field_are_chance():
    ours = [{"wrapped": at % 2 == 0} for at in range(40)]
    assert explained(ours, [{"taxed": at % 2 == 1} for at in range(40)]) == {}


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ("is_shipped", "is_primary", False),
        ("tax_exempt", "is_default", False),
        ("is_condition_shown", "price_visible", False),
        ("hidden", "is_visible", True),
        ("is_active", "is_archived", True),
    ],
)
def test_a_flag_is_the_opposite_only_of_one_whose_name_is_near(ours, theirs, found):
    flags = [at % 3 != 0 for at in range(20)]
    rows = explained([{ours: flag} for flag in flags], [{theirs: not flag} for flag in flags])
    assert of(rows) == ({theirs: ("look-up", (ours,))} if found else {})


def test_a_value_that_was_seen_once_is_known_by_heart():
    ours = [{"kind": f"k{at}"} for at in range(12)]
    assert explained(ours, [{"kind": f"{at * 7 % 12}"} for at in range(12)]) == {}


def test_one_value_is_a_constant_where_it_is_required_and_nothing_like_it_is_there():
    theirs = [{"channel_no": 1} for _ in range(5)]
    ours = [{"wrapped": "yes"} for _ in range(5)]
    rows = explained(ours, theirs, required=["channel_no"])
    assert of(rows) == {"channel_no": ("constant", ())}
    assert rows["channel_no"].value == "1"
    assert explained(ours, theirs) == {}
    assert explained(ours[:4], theirs[:4], required=["channel_no"]) == {}
    assert explained(ours, [{"note": "By phone"} for _ in range(5)], required=["note"]) == {}


def test_an_id_names_a_record_whose_counterpart_is_known():
    ours = [{"customer_id": at % 4} for at in range(12)]
    theirs = [{"buyer_id": 500 + at % 4} for at in range(12)]
    links = {"CUSTOMER": {str(at): str(500 + at) for at in range(4)}, "PRODUCT": {"0": "7", "1": "8"}}
    rows = explained(ours, theirs, Neighbours(RelatedRecords({}), links=lambda: links))
    assert (rows["buyer_id"].kind, rows["buyer_id"].value) == ("look-up", "CUSTOMER")
    assert rows["buyer_id"].evidence == (
        "the id of the CUSTOMER record it names; so in 12 of 12 of the same records, as far as linked"
    )
    few = {"CUSTOMER": {"0": "500"}}
    assert (
        explained(ours, theirs, Neighbours(RelatedRecords({}), links=lambda: few)).get("buyer_id", Mapping("")).value
        != "CUSTOMER"
    )


@pytest.mark.parametrize("key", ["id", "number"])
def test_a_field_of_a_related_record_is_looked_up(key):
    customers = sample("customers", ({key: 70 + at, "town": f"Town {at * at}"} for at in range(6)))
    ours = [{f"customer_{key}": 70 + at % 6} for at in range(12)]
    theirs = [{"place": f"Town {(at % 6) ** 2}"} for at in range(12)]
    related = RelatedRecords({"customers": customers, "orders": customers})
    row = explained(ours, theirs, Neighbours(related, "orders"))["place"]
    assert (row.kind, row.sources) == ("look-up", (f"customer_{key}",))
    assert row.value == f"the town of the customers record whose {key} it is"
    assert explained(ours, theirs, Neighbours(related, "customers"))["place"].formula.steps[0].collection == "orders"


def test_a_key_that_two_records_share_names_none():
    customers = sample("customers", ({"id": at // 2, "town": f"Town {at}"} for at in range(12)))
    ours = [{"customer_id": at} for at in range(6)]
    assert (
        explained(ours, [{"place": f"Town {2 * at}"} for at in range(6)], Neighbours(RelatedRecords({"c": customers})))
        == {}
    )


def test_a_look_up_that_people_wrote_is_given_the_records():
    customers = sample("customers", ({"id": at, "town": f"Town {at}"} for at in range(3)))
    row = filled_by(Mapping("place"), parse_formula("place", "customer_id | lookup customers town"))
    assert row.formula.run({"customer_id": 2}) is None
    (filled, plain) = Neighbours(RelatedRecords({"customers": customers})).filled([row, Mapping("x", "field", ("a",))])
    assert isinstance(filled.formula, Formula)
    assert filled.formula.run({"customer_id": 2}) == "Town 2"
    assert filled == row
    assert plain == Mapping("x", "field", ("a",))


def test_a_list_that_no_match_feeds_is_not_begun_by_a_field_of_the_record():
    ours = [{"zone": f"{'ABC'[at % 3]}-1"} for at in range(15)]
    theirs = [{"rows": [{"kind": "XYZ"[at % 3]}]} for at in range(15)]
    left = sample("orders", ({"k": f"k-{at}", **row} for at, row in enumerate(ours)))
    right = sample("sales", ({"k": f"k-{at}", **row} for at, row in enumerate(theirs)))
    pairs = pair_records(left, right, [("k", "k")])
    received = Schema.from_fields([{"path": "rows", "types": ["array"]}, {"path": "rows[].kind"}])
    assert explained_mappings(match_fields(observe(left), received), received, PairedRecords.of(pairs), "right") == {}


def test_a_records_own_id_makes_a_number_and_no_order():
    ours = [{"id": 310 + at} for at in range(9)]
    rows = explained(ours, [{"order_number": f"SO-{310 + at}", "sort_order": str(310 + at)[2:]} for at in range(9)])
    assert of(rows) == {"order_number": ("formula", ("id",))}


@pytest.mark.parametrize(("count", "kind"), [(14, None), (15, "look-up")])
def test_a_map_of_ids_needs_five_records_of_each(count, kind):
    ours = [{"group_id": at % 3 + 1} for at in range(count)]
    rows = explained(ours, [{"category_id": 70 + at % 3} for at in range(count)])
    assert (rows["category_id"].kind if rows else None) == kind
