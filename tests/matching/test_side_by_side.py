"""One pair of records side by side: differences first, in words and colour."""

import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.matching.side_by_side import side_by_side
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.shapes import Shapes

OURS = {"id": 7, "key": "K-001", "name": "ADA ", "city": "Oslo", "zip": "0150", "note": "<b>", "fax": None}
THEIRS = {"id": "x", "key": "K-001", "name": "Ada", "city": "Bergen", "zip": "", "note": None, "phone": "55", "fax": ""}
EDGES = [(name, name) for name in ("key", "name", "city", "zip", "note", "fax")] + [("fax", "phone")]


@pytest.fixture
def pairs():
    left, right = (Sample("s", kind, (row,), Stop.COMPLETE) for kind, row in (("ours", OURS), ("theirs", THEIRS)))
    return pair_records(left, right, [("key", "key")])


def test_differences_come_first_and_are_said_in_words(pairs):
    rows = [(row.left, row.right, row.difference) for row in side_by_side(pairs, 0, EDGES).rows]
    assert rows == [
        ("city", "city", "different"),
        ("note", "note", "only left"),
        ("zip", "zip", "only left"),
        ("fax", "phone", "only right"),
        ("fax", "fax", "empty on both sides"),
        ("key", "key", "equal"),
        ("name", "name", "equal after case and spaces"),
    ]


def test_values_stand_beside_each_other_escaped_and_tinted(pairs):
    shown = side_by_side(pairs, 0, EDGES)
    assert shown.title == "s ours 7 beside s theirs x"
    assert shown.frame().loc[0, ["left_value", "right_value"]].tolist() == ["Oslo", "Bergen"]
    html = shown.to_html()
    assert "&lt;b&gt;" in html
    lines = {line for line in html.splitlines() if "Bergen" in line or "K-001" in line}
    assert sorted("background-color" in line for line in lines) == [False, True]
    assert html.count("#f6c9c2") == 5
    assert "#d5e8f5" in html
    assert shown.to_dict()["title"] == shown.title


@pytest.mark.parametrize("at", [-1, 1])
def test_a_pair_that_is_not_there_is_an_error(pairs, at):
    with pytest.raises(UnknownNameError, match="Unknown pair"):
        side_by_side(pairs, at, EDGES)


def test_a_comparison_lays_its_matched_fields_side_by_side(pairs):
    shapes = [Shapes("s", "things", *[observe(side)] * 3) for side in (pairs.left, pairs.right)]
    shown = compare(*shapes, pairs).beside(0)
    assert ("city", "different") in {(row.left, row.difference) for row in shown.rows}
    with pytest.raises(UnknownNameError, match="without paired records"):
        compare(*shapes).beside(0)
