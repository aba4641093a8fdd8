"""Keys of two fields: proposed where none tells records apart alone, and given by hand."""

import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.records.columns import columns_of
from ipaas_discovery.matching.records.keys import composite, composite_key
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop

PLACES = ("MAIN", "WEST", "SHOP", "DOCK")


def sample(records, name="stock"):
    return Sample("a", name, tuple(records), Stop.COMPLETE)


def stock(skus, *, sku="sku", place="location_code", amount="qty"):
    return [{sku: f"SB-{at:04}", place: where, amount: at % 7} for at in skus for where in PLACES]


def test_two_fields_that_tell_apart_together_are_a_key():
    left, right = (
        sample(stock(range(20))),
        sample(reversed(stock(range(10, 30), sku="item_sku", place="location_code"))),
    )
    pairs = pair_records(left, right)
    assert pairs.keys == (("sku + location_code", "item_sku + location_code"),)
    assert len(pairs) == 40
    assert all(left.records[p.left]["sku"] == right.records[p.right]["item_sku"] for p in pairs.pairs)
    assert all(left.records[p.left]["location_code"] == right.records[p.right]["location_code"] for p in pairs.pairs)
    assert {(pair.tier, pair.value.count(" + ")) for pair in pairs.pairs} == {("key", 1)}


def test_a_field_that_tells_apart_alone_needs_no_other():
    rows = [{**row, "id": f"R-{at:05}"} for at, row in enumerate(stock(range(10)))]
    assert pair_records(sample(rows), sample(rows)).keys[0] == ("id", "id")
    assert not any(" + " in path for key in pair_records(sample(rows), sample(rows)).keys for path in key)


def test_numbers_in_a_row_make_no_composite_key():
    left = [{"order_no": at, "line_no": line, "a": f"x{at}-{line}"} for at in range(9) for line in range(3)]
    right = [{"order_no": at, "line_no": line, "b": f"y{line}-{at}"} for at in range(9) for line in range(3)]
    assert composite_key(columns_of(left), columns_of(right)) is None


def test_numbers_in_a_row_that_agree_elsewhere_make_one():
    left = [{"order_no": at, "line_no": line, "a": f"art-{at % 4}{line}"} for at in range(9) for line in range(3)]
    right = [{"order_no": row["order_no"], "line_no": row["line_no"], "c": row["a"]} for row in left]
    joined = composite_key(columns_of(left), columns_of(right))
    assert joined is not None
    assert {*joined[0].path.split(" + ")} == {"order_no", "line_no"}


def test_a_composite_key_can_be_given():
    left, right = sample(stock(range(6))), sample(stock(range(3, 9), sku="code"))
    pairs = pair_records(left, right, [(("sku", "location_code"), ("code", "location_code"))])
    assert len(pairs) == 12
    assert pairs.keys == (("sku + location_code", "code + location_code"),)
    assert pairs.pairs[0].value == "sb-0003 + main"


def test_a_part_that_no_record_has_is_an_error():
    left = sample(stock(range(3)))
    with pytest.raises(UnknownNameError, match="'colour'"):
        pair_records(left, left, [(("sku", "colour"), ("sku", "location_code"))])


def test_a_record_without_one_of_the_parts_has_no_value():
    columns = columns_of([{"a": "x", "b": "y"}, {"a": "x"}, {"a": "x", "b": ["y", "z"]}])
    joined = composite(columns, ("a", "b"))
    assert joined.path == "a + b"
    assert joined.rows[:2] == [("x + y",), ()]
