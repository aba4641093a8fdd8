"""A sample: its records as frames, and what it can claim of what it has not seen."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from frames import TEXT, dtypes
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.sample import SHOWN_COLUMNS, SHOWN_ROWS, Sample, Stop

BIG = 2**53 + 1
PROVED = ListEnd(Certainty.PROVED, "as many records came as the system tells")


def sample(*records, stop=Stop.COMPLETE, **more):
    return Sample("shop", "orders", records, stop, **more)


ADA = {"name": "Ada", "at": {"city": "Łódź"}}
ORDERS = sample(
    {"id": BIG, "total": "10.00", "buyer": ADA, "lines": [{"sku": "A", "n": 1}, {"sku": "B"}]},
    {"id": 2, "buyer": {}, "lines": [], "a.b": 1},
    {"id": 3, "buyer": None, "lines": {"url": "http://shop.test/3/lines"}},
    {"id": 4, "lines": "none"},
    {"id": 5, "lines": 0, "tags": ["x", "y"]},
)


@pytest.mark.parametrize(
    ("made", "claim"),
    [
        (
            sample(*[{"id": 1}] * 300, stop=Stop.SPACED, total=1000, pages=(1, 5, 10), taken="2026-11-02"),
            (
                "300 of 1000 records from 3 pages on 2026-11-02; the planned pages were read; "
                "a path not seen has a presence under 1 % at 95 %."
            ),
        ),
        (
            sample({"id": 1}, {"id": 2}, total=2, pages=(1,), end=PROVED),
            "2 of 2 records from 1 page; every page was read; nothing is left unseen.",
        ),
        (
            sample(total=0, stop=Stop.EMPTY, pages=(1,), end=PROVED),
            "0 of 0 records from 1 page; a page was empty; the collection is empty.",
        ),
        (
            sample({"id": 1}, stop=Stop.CAP),
            "1 record, the total unknown; the plan's budget was used up; too few to say anything of the rest.",
        ),
        (
            sample(*[{"id": 1}] * 7, stop=Stop.NO_NEXT, pages=(1,), end=ListEnd(Certainty.ASSUMED, "no sign")),
            (
                "7 records, the total unknown from 1 page; there was no next page; its end is assumed: no sign; "
                "a path not seen has a presence under 43 % at 95 %, if the rest is like these first ones."
            ),
        ),
        (
            sample(
                {"id": 1}, stop=Stop.NO_NEXT, total=9, pages=(1,), end=ListEnd(why="one page of at least 9 records")
            ),
            (
                "1 of 9 records from 1 page; there was no next page; one page of at least 9 records; "
                "too few to say anything of the rest."
            ),
        ),
        (sample(stop=Stop.CAP), "0 records, the total unknown; the plan's budget was used up; nothing was seen."),
        (sample(stop=Stop.FAILED, problem="It answered 500."), "Not read: It answered 500."),
    ],
)
def test_the_claim_says_how_much_was_seen_and_what_that_bounds(made, claim):
    assert made.claim == claim


@given(st.integers(1, 5000), st.integers(0, 5000), st.sampled_from(Certainty))
def test_only_a_proved_end_says_that_everything_was_seen(seen, unseen, certainty):
    made = sample(*[{"id": 1}] * seen, stop=Stop.SPACED, total=seen + unseen, end=ListEnd(certainty, "so"))
    text = made.claim
    assert ("nothing is left unseen" in text) == made.is_whole == (certainty is Certainty.PROVED)
    assert ("its end is assumed: so" in text) == (certainty is Certainty.ASSUMED)
    assert text.startswith(f"{seen} of {seen + unseen} records")


def test_a_frame_has_one_row_a_record_and_nested_objects_as_dotted_columns():
    frame = ORDERS.frame()
    assert len(frame) == len(ORDERS) == 5
    assert frame.columns[:4].tolist() == ["id", "total", "buyer.name", "buyer.at.city"]
    assert frame["buyer.at.city"][0] == "Łódź"


def test_a_dot_in_a_key_is_no_level():
    assert "a\\.b" in ORDERS.frame().columns


def test_large_ids_stay_exact():
    assert ORDERS.frame()["id"][0] == BIG
    assert ORDERS.frame("lines")["parent_id"].tolist() == [BIG, BIG]


def test_a_child_frame_has_one_row_an_element_with_its_parents_key():
    frame = ORDERS.frame("lines")
    assert frame.columns.tolist() == ["parent_id", "parent_row", "sku", "n"]
    assert frame["sku"].tolist() == ["A", "B"]
    assert frame["parent_row"].tolist() == [0, 0]


def test_a_child_that_is_no_list_in_some_records_has_no_rows_there():
    assert set(ORDERS.frame("lines")["parent_row"]) == {0}


def test_a_list_of_plain_values_is_a_column_of_them():
    frame = ORDERS.frame("tags")
    assert frame[["parent_id", "value"]].values.tolist() == [[5, "x"], [5, "y"]]


def test_a_list_that_is_always_empty_has_columns_and_no_rows():
    frame = sample({"id": 1, "lines": []}).frame("lines")
    assert (len(frame), frame.columns.tolist()) == (0, ["parent_id", "parent_row"])


def test_a_child_list_that_does_not_exist_names_the_nearest():
    with pytest.raises(UnknownNameError, match=r"Unknown child list 'line' \(shop orders\): did you mean 'lines'"):
        ORDERS.frame("line")


def test_children_carry_their_parents_keys_first():
    frame = sample({"sku": "A"}, {"sku": "B"}, parents=(7, 8)).frame()
    assert frame.columns.tolist() == ["parent_id", "sku"]
    assert frame["parent_id"].tolist() == [7, 8]


def test_an_empty_sample_has_an_empty_frame():
    assert sample().frame().shape == (0, 0)


def test_columns_have_the_dtypes_of_their_values():
    frame = sample(
        {"id": 1, "paid": True, "total": 1.5, "code": "007", "when": "2026-01-31T08:00:00Z", "lines": [], "none": None},
        {"id": 2, "paid": None, "total": 2, "code": "08", "when": None, "buyer": {"age": 30}},
    ).frame()
    assert dtypes(frame) == {
        "id": "Int64", "paid": "boolean", "total": "Float64", "code": TEXT, "when": "datetime64[ns, UTC]",
        "lines": "object", "none": "object", "buyer.age": "Int64",
    }  # fmt: skip
    assert frame.select_dtypes("number").columns.tolist() == ["id", "total", "buyer.age"]


def test_a_child_frame_joins_its_parents_whose_keys_have_the_same_dtype():
    orders = sample({"id": "A-1", "lines": [{"qty": 2}, {"qty": 3.5}]}, {"id": "A-2", "lines": []})
    lines = orders.frame("lines")
    assert dtypes(lines) == {"parent_id": TEXT, "parent_row": "Int64", "qty": "Float64"}
    joined = lines.merge(orders.frame()[["id"]], left_on="parent_id", right_on="id")
    assert joined["qty"].sum() == 5.5
    nothing = sample({"id": 1, "lines": []}).frame("lines")
    assert dtypes(nothing) == {"parent_id": "Int64", "parent_row": "Int64"}


def test_records_are_chosen_by_the_systems_own_columns():
    orders = sample({"id": 1, "tags": ["a"]}, {"id": 2, "tags": []})
    assert orders.filter(tags="a").frame()["id"].tolist() == [1]
    with pytest.raises(UnknownNameError, match="did you mean 'tags'"):
        orders.filter(tag="a")


def test_all_columns_and_rows_are_there_for_whoever_asks():
    many = sample(*[{f"c{at:02}": number for at in range(12)} for number in range(70)])
    for text in (many.to_markdown(), many.to_html()):
        assert "c11" in text
        assert "not shown" not in text
        assert text.count("69") == 12
    assert many.to_dict()["records"][69]["c11"] == 69
    assert many.to_dict()["claim"] == many.claim


def test_a_notebook_shows_the_claim_and_the_first_records_escaped():
    many = [{f"c{number}": "<b>&" for number in range(SHOWN_COLUMNS + 3)}] * (SHOWN_ROWS + 2)
    shown = sample(*many, total=len(many))._repr_mimebundle_()
    assert shown["text/plain"].startswith(f"shop, orders: {len(many)} of {len(many)} records")
    page = BeautifulSoup(shown["text/html"], "html.parser")
    assert [bold.get_text()[:12] for bold in page.find_all("b")] == ["shop, orders"]
    assert len(page.find("tr").find_all("th")) == SHOWN_COLUMNS
    assert len(page.find_all("tr")) == 1 + SHOWN_ROWS
    assert "(3 more columns not shown)" in page.text
    assert shown["text/markdown"].endswith("(2 more rows)\n\n(3 more columns not shown)")
    assert "(2 more rows)" in shown["text/plain"]


def test_a_sample_cannot_be_changed_by_mistake():
    with pytest.raises(AttributeError):
        ORDERS.total = 5


def test_a_field_called_like_the_parents_key_hides_it_nowhere():
    records = ({"id": 1, "lines": [{"parent_id": 7, "parent_id_": 8, "sku": "a"}]},)
    lines = Sample("store", "orders", records, Stop.COMPLETE).frame("lines")
    assert lines.iloc[0].to_dict() == {"parent_id": 1, "parent_row": 0, "parent_id__": 7, "parent_id_": 8, "sku": "a"}
    children = Sample("store", "lines", ({"parent_id": 7, "id": 2},), Stop.COMPLETE, parents=(1,)).frame()
    assert children.iloc[0].to_dict() == {"parent_id": 1, "parent_id_": 7, "id": 2}


@pytest.mark.parametrize("child", ["a.l", "a.l[]", "a[].l[]"])
def test_a_child_frame_is_reached_with_or_without_brackets(child):
    records = ({"id": 1, "a": {"l": [{"sku": "x"}, None]}}, {"id": 2, "a": None}, {"id": 3, "a": {"l": {"sku": "y"}}})
    frame = Sample("store", "orders", records, Stop.COMPLETE).frame(child)
    assert [sku for sku in frame["sku"] if isinstance(sku, str)] == ["x", "y"]


def test_a_sample_is_shown_in_few_characters_however_much_it_holds():
    sample = Sample("store", "files", ({"id": 1, "pdf": "A" * 10**6, "sizes": list(range(10**5))},), Stop.COMPLETE)
    assert repr(sample) == f"Sample(store, files: {sample.claim})"
    assert len(sample._repr_html_()) < 5_000
    assert "(688,888 characters)" in sample._repr_html_()
