import pytest

from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.relation import _of_words
from ipaas_discovery.schemas.schema import Schema


@pytest.mark.parametrize(
    ("source", "destination", "kind"),
    [
        ({"path": "sku"}, {"path": "sku"}, "field"),
        ({"path": "customer_id"}, {"path": "customer_id"}, "look-up"),
        ({"path": "tax_class_id"}, {"path": "tax_class"}, "look-up"),
        ({"path": "warehouse_id"}, {"path": "warehouse"}, "look-up"),
        ({"path": "tax_id"}, {"path": "vat_number"}, "field"),
        ({"path": "external_id"}, {"path": "external_id"}, "field"),
        ({"path": "street", "types": ["array"]}, {"path": "street", "types": ["string"]}, "formula"),
        ({"path": "status", "enum": ["a", "b"]}, {"path": "status", "enum": ["b", "c"]}, "look-up"),
        ({"path": "status", "enum": ["a", "b"]}, {"path": "status", "enum": ["a", "b", "c"]}, "field"),
    ],
)
def test_ids_and_differing_words_are_looked_up_and_lists_computed(source, destination, kind):
    left, right = (Schema.from_fields([row]) for row in (source, destination))
    assert match_fields(left, right).rows[0].kind == kind


def test_values_that_are_returned_stand_under_what_is_received():
    left = Schema.from_fields([{"path": "f1", "examples": ["alpha", "beta"]}])
    right = Schema.from_fields([{"path": "kq"}])
    returned = Schema.from_fields([{"path": "kq", "examples": ["beta", "gamma"]}])
    match = match_fields(left, right, witness=returned).rows[0]
    assert match.evidence["values"] == 0.5
    assert match.why.startswith("1 of 2 different sampled values are shared")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ({"biography"}, {"biografy"}, "biography and biografy are alike"),
        ({"memo"}, {"biography"}, "memo and biography are near in meaning"),
        ({"memo"}, {"till"}, ""),
    ],
)
def test_names_are_told_to_share_a_word_to_be_alike_or_near_in_meaning(ours, theirs, said):
    assert _of_words(frozenset(ours), frozenset(theirs)) == said


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ("shop_memo", "memo_till", "names share memo"),
        ("sold_date", "endsAt", "names mean date in part"),
        ("unit_price_old", "unit_cost_new", "names share unit"),
    ],
)
def test_a_word_that_only_one_name_holds_is_not_called_shared(ours, theirs, why):
    left, right = (Schema.from_fields([{"path": path}]) for path in (ours, theirs))
    assert match_fields(left, right).rows[0].why.startswith(why)
