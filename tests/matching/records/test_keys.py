"""Keys that are proposed, and those that are not."""

import pytest

from ipaas_discovery.matching.records.columns import columns_of
from ipaas_discovery.matching.records.keys import composite, name_similarity, proposed_keys


def keys(left, right):
    return proposed_keys(columns_of(left), columns_of(right))


def rows(path, values):
    return [{path: value} for value in values]


def codes(count, start=0):
    return [f"code-{at:03}" for at in range(start, start + count)]


@pytest.mark.parametrize(
    ("left", "right", "proposed"),
    [
        (rows("sku", codes(20)), rows("sku", codes(20)), True),
        (rows("sku", codes(20)), rows("sku", codes(20, 19)), True),  # one of twenty
        (rows("sku", codes(21)), rows("sku", codes(21, 20)), False),
        (rows("sku", codes(20)), rows("sku", codes(20, 20)), False),
        (rows("sku", codes(9) + codes(1)), rows("sku", codes(9)), True),  # nine of ten differ
        (rows("sku", codes(8) + codes(2)), rows("sku", codes(9)), False),
        (rows("remark", codes(20)), rows("remark", codes(20)), True),
        (rows("remark", codes(19) + codes(1)), rows("remark", codes(19)), False),
        (rows("sku", codes(19) + codes(1) * 3), rows("sku", codes(19)), True),  # four of one are a placeholder
        (rows("sku", codes(2) + [None] * 18), rows("sku", codes(2)), True),
        (rows("sku", codes(2) + [None] * 19), rows("sku", codes(2)), False),
        (rows("updated_code", codes(20)), rows("updated_code", codes(20)), False),
        (rows("price", [f"{at}.5" for at in range(20)]), rows("price", [f"{at}.5" for at in range(20)]), False),
        (rows("id", range(20)), rows("id", range(20)), False),
        ([{"id": 7, "note": "only this"}], [{"id": 7, "remark": "only this"}], True),
        ([{"id": 7, "note": "only this"}], [{"id": 7, "remark": "only that"}], False),
    ],
)
def test_a_key_tells_records_apart_on_both_sides_and_is_no_chance(left, right, proposed):
    path = next(iter(left[0]))
    assert ((path, path) in keys(left, right)) is proposed


@pytest.mark.parametrize(("agreeing", "proposed"), [(20, True), (5, True), (3, False), (0, False)])
def test_numbers_in_a_row_are_a_key_where_a_fifth_of_the_records_agrees_elsewhere(agreeing, proposed):
    left = [{"id": at, "word": f"word {at}"} for at in range(20)]
    right = [{"id": at, "text": f"word {at if at < agreeing else at + 100}"} for at in range(20)]
    assert (("id", "id") in keys(left, right)) is proposed


def test_the_strongest_key_comes_first_and_one_that_pairs_otherwise_is_dropped():
    left = [{"sku": f"s-{at:03}", "ref": f"r-{at:03}", "other": f"o-{at:03}"} for at in range(20)]
    right = [
        {"sku": f"s-{at:03}", "label": f"r-{at:03}", "last": f"o-{(at + (at < 4)) % 4 if at < 4 else at:03}"}
        for at in range(20)
    ]
    assert keys(left, right) == (("sku", "sku"), ("ref", "label"))
    near = [{**row, "last": f"o-{1 - at if at < 2 else at:03}"} for at, row in enumerate(right)]
    assert keys(left, near) == (("sku", "sku"), ("other", "last"), ("ref", "label"))


def test_eight_keys_are_proposed_at_most():
    records = [{f"f{place}": f"{place}-{at:03}x" for place in range(10)} for at in range(9)]
    assert len(keys(records, records)) == 8


def test_a_composite_holds_a_value_where_each_part_holds_one():
    joined = composite(columns_of([{"a": ["x", "y"], "b": 1}, {"a": ["z"]}]), ["a[]", "b"])
    assert (joined.path, joined.form, joined.rows) == ("a[] + b", "code", [("x + 1", "y + 1"), ()])


@pytest.mark.parametrize(
    ("left", "right", "share"), [("sku", "sku", 1), ("zorb", "blik", 0), ("blik_zorb", "zorb", 2 / 3)]
)
def test_names_are_as_alike_as_the_words_they_share(left, right, share):
    ours, theirs = (columns_of([{path: "x"}])[path] for path in (left, right))
    assert name_similarity(ours, theirs) == pytest.approx(share)
