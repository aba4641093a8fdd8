import pytest

from ipaas_discovery.flows.preview import MOST_PAIRS, Preview, preview_mapping
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.schema import Schema


def paired(ours, theirs):
    left, right = (
        Sample(name, name, tuple({"k": f"k-{at}", **row} for at, row in enumerate(rows)), Stop.COMPLETE)
        for name, rows in (("ours", ours), ("theirs", theirs))
    )
    return pair_records(left, right, [("k", "k")])


def field(**facts):
    return Schema.from_fields([{"path": "name", "types": ["string"], **facts}]).field("name")


def test_each_record_shows_what_goes_in_what_would_be_written_and_what_is_there():
    pairs = paired([{"name": "Ada"}, {"name": "Bo"}, {}, {"name": ""}], [{"n": "Ada "}, {"n": "Di"}, {"n": "Cy"}, {}])
    preview = preview_mapping(Mapping("name", "field", ("n",)), pairs, "left", field())
    assert [(row.inputs, row.written, row.there, row.outcome, row.difference) for row in preview.rows] == [
        ((("n", "Di"),), "Di", "Bo", "different", "different"),
        ((("n", "Cy"),), "Cy", "", "only_left", "nothing is there"),
        ((("n", "Ada "),), "Ada ", "Ada", "equal_after_normalising", "the same after case and spaces"),
        ((("n", ""),), "", "", "", "empty on both sides"),
    ]
    assert (preview.explained, preview.of) == (1, 2)
    assert preview.rows[0].record == "theirs record 2 beside ours record 2"


def test_the_right_side_is_a_destination_as_well():
    pairs = paired([{"a": "1"}], [{"name": "1"}])
    preview = preview_mapping(Mapping("name", "field", ("a",)), pairs, "right", None)
    assert (preview.rows[0].record, preview.summary) == (
        "ours record 1 beside theirs record 1",
        "gives what is there in 1 of 1 records",
    )


def test_a_mapping_that_fills_nothing_writes_nothing():
    preview = preview_mapping(Mapping("name"), paired([{"name": "x"}], [{"n": "y"}]), "left", None)
    assert [(row.written, row.difference) for row in preview.rows] == [("", "nothing would be written")]
    assert preview.summary == "gives what is there in 0 of 1 records"


def test_what_the_destination_refuses_is_told_first_and_by_name():
    pairs = paired([{"name": "ab"}, {"name": "abc"}], [{"n": "ab"}, {"n": "abc"}])
    preview = preview_mapping(Mapping("name", "field", ("n",)), pairs, "left", field(max_length=2))
    assert [(row.outcome, row.difference) for row in preview.rows] == [
        ("refused", "would be refused: length"),
        ("equal", "the same"),
    ]
    assert (preview.explained, preview.of) == (1, 2)


def test_a_formula_is_run_and_counted():
    pairs = paired([{"name": "Ada Byron"}], [{"first": "Ada", "last": "Byron"}])
    formula = parse_formula("name", 'first, last | join " "')
    preview = preview_mapping(Mapping("name", "formula", formula.sources, formula), pairs, "left", None)
    assert (preview.rows[0].written, preview.explained) == ("Ada Byron", 1)


def test_the_id_of_a_linked_record_cannot_be_compared():
    pairs = paired([{"name": "7"}], [{"n": "3"}])
    row = preview_mapping(Mapping("name", "look-up", ("n",), value="CUSTOMER"), pairs, "left", field()).rows[0]
    assert (row.outcome, row.written) == ("linked", "the linked record's id")


@pytest.mark.parametrize(("pairs", "looked_at"), [(MOST_PAIRS, MOST_PAIRS), (MOST_PAIRS + 1, (MOST_PAIRS + 2) // 2)])
def test_many_pairs_are_looked_at_evenly(pairs, looked_at):
    rows = [{"name": "x"}] * pairs
    assert len(preview_mapping(Mapping("name", "field", ("name",)), paired(rows, rows), "left", None).rows) == looked_at


def test_without_anything_there_nothing_is_compared():
    assert Preview().summary == "nothing to compare with"


def test_what_a_formula_in_csharp_makes_cannot_be_compared():
    pairs = paired([{"name": "7"}], [{"n": "3"}])
    preview = preview_mapping(Mapping("name", "formula", value="N.Trim()"), pairs, "left", field())
    row = preview.rows[0]
    assert (row.outcome, row.written) == ("computed", "what a formula in C# makes")
    assert row.difference == "cannot be compared: only iPaaS.com runs a formula in C#"


@pytest.mark.parametrize(
    ("made", "there", "outcome", "words", "shown"),
    [
        (["a", "b"], ["b", "a"], "equal_after_normalising", "the same after order or place in a list", '["a", "b"]'),
        (["a", "b"], ["a", "c"], "different", "different", '["a", "b"]'),
        (["a"], "a", "equal", "the same", '["a"]'),
        ({"x": 1}, {"x": 1}, "equal", "the same", '{"x": 1}'),
        ({"x": 1, "y": True}, {"x": 2}, "different", "different", '{"x": 1, "y": true}'),
        (True, "yes", "equal_after_normalising", "the same after words for yes and no", "true"),
        ("-5.50", "5,50", "different", "different", "-5.50"),
        ([], "a", "only_right", "nothing would be written", "[]"),
    ],
)
def test_whole_lists_objects_and_signs_are_compared_as_what_they_are(made, there, outcome, words, shown):
    pairs = paired([{"name": there}], [{"n": made}])
    (row,) = preview_mapping(Mapping("name", "field", ("n",)), pairs, "left", None).rows
    assert (row.outcome, row.difference, row.written) == (outcome, words, shown)
