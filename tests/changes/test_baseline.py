"""The baseline: what a check compares, one fact a line, read back as it was, and each difference in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from changes.states import FIELDS, shapes, state, verdict
from hypothesis import given
from hypothesis import strategies as some

from ipaas_discovery.changes.baseline import LINES, Baseline, BaselineRow, baseline_of
from ipaas_discovery.changes.baseline_differences import compare_baselines
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.vocabulary import Direction

GOOD = Finding("call", Effect.SUPPORTS, "", "add by POST")
BLOCK = Finding("call", Effect.BLOCKS, "", "no call")
RECORDS = [{"status": "paid", "note": None}] * 5 + [{"status": "open", "note": "x"}] * 4
PLACE = "third party, returned"
PAIR = ("TRANSACTION", "orders")


def taken(decision="", **changes):
    return baseline_of([state(**changes)], {PAIR: decision})


def differing(before, after):
    return [row.sentence for row in compare_baselines(before, after)]


def seen(records):
    """A third party whose returned shape is what records show."""
    return replace(shapes("Shop"), returned=observe(records))


def test_equal_states_have_equal_baselines():
    assert differing(taken(), taken()) == []


@pytest.mark.parametrize(
    ("returned", "sentence"),
    [
        (FIELDS[:1], "TRANSACTION.mail: it is gone (third party, returned)"),
        (
            (*FIELDS, {"path": "zip", "types": ["string"]}),
            "TRANSACTION.zip: a new field, string (third party, returned)",
        ),
        (
            ({"path": "id", "types": ["string"]}, FIELDS[1]),
            "TRANSACTION.id: it was integer, it is string (third party, returned)",
        ),
        (
            ({**FIELDS[0], "required": True, "nullable": True, "max_length": 9, "read_only": True}, FIELDS[1]),
            f"TRANSACTION.id: it was integer, it is integer, required, may be null, read-only, up to 9 ({PLACE})",
        ),
        (
            (FIELDS[0], {**FIELDS[1], "enum": ["a"], "format": "email"}),
            "TRANSACTION.mail: it was string, one of a|b, it is string, email, one of a (third party, returned)",
        ),
    ],
)
def test_a_changed_field_is_said_with_both_forms(returned, sentence):
    assert differing(taken(), taken(theirs=shapes("Shop", returned=returned))) == [sentence]


def test_a_change_of_one_received_shape_is_said_of_that_one():
    sentences = differing(taken(), taken(theirs=shapes("Shop", create=FIELDS[:1])))
    assert sentences == ["TRANSACTION.mail: it is gone (third party, received on create)"]


def test_values_that_come_and_go_are_named_with_their_number():
    after = [*RECORDS[:4], {"status": "lost", "note": None}, *[{"status": "paid", "note": "x"}] * 4]
    assert differing(taken(theirs=seen(RECORDS)), taken(theirs=seen(after))) == [
        "TRANSACTION.status: new value lost, 1 of 9 (third party, returned)",
        "TRANSACTION.status: no more open, it was in 4 of 9 (third party, returned)",
    ]


def test_how_full_a_field_is_counts_as_always_in_part_or_never():
    full, part, none = (
        [{"a": value} for value in values] for values in (("x", "x", "x"), ("x", "x", ""), ("", "", ""))
    )
    rows = [row for records in (full, part, none) for row in taken(theirs=seen(records)).rows]
    words = [
        row.value for row in rows if (row.place, row.field, row.aspect) == ("third party, returned", "a", "schema")
    ]
    assert words == ["string, always filled", "string, filled in part", "string, never filled"]


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        (["a"], {"a": 1}),
        (["a", "b", "a"], {"a": 2, "b": 1}),
        (["a", "b"], {}),
        ([*"abcdefghijk", "k"], 11),
        ([*"abcdefghijkl", "l"], {}),
        (["a", "b"] * 3, {"a": 3, "b": 3}),
        ([f"v{number}" for number in range(20)] * 3, 20),
        ([f"v{number}" for number in range(21)] * 3, {}),
        ([*"aaaaab"] * 2 + ["b"] * 0 + ["c"], {"a": 10, "b": 2, "c": 1}),
        ([True, False] * 3, {"True": 3, "False": 3}),
        ([1.5, 2.5] * 3, {}),
        (["2026-01-01", "2026-01-02"] * 3, {}),
        ([None, None], {}),
    ],
)
def test_few_values_that_come_again_are_a_set(values, counted):
    rows = taken(theirs=seen([{"a": value} for value in values])).rows
    sets = [row.value for row in rows if row.aspect == "values"]
    if isinstance(counted, int):
        assert [len(values) for values in sets] == [counted]
    else:
        assert sets == [counted] * bool(counted)


def test_a_set_that_is_no_longer_one_is_said():
    many = [{"status": f"s{number}", "note": None} for number in range(9)]
    sentences = differing(taken(theirs=seen(RECORDS)), taken(theirs=seen(many)))
    (sentence,) = [line for line in sentences if "TRANSACTION.status" in line]
    assert sentence == "TRANSACTION.status: no longer a few values (third party, returned)"
    assert "a few values now" in " ".join(differing(taken(theirs=seen(many)), taken(theirs=seen(RECORDS))))


def test_a_turned_verdict_a_rate_and_a_decision_are_said():
    before = taken("To iPaaS.com, add", verdicts=(verdict(GOOD, passed=10),))
    after = taken("", verdicts=(verdict(BLOCK, passed=9),))
    assert differing(before, after) == [
        "TRANSACTION, To iPaaS.com, add: blocked, it was possible",
        "TRANSACTION, To iPaaS.com, add: 90.0% of the records pass, it was 100.0%",
        "TRANSACTION: decided nothing, it was To iPaaS.com, add",
    ]


def test_a_verdict_that_is_there_no_longer_is_said():
    before, after = taken(verdicts=(verdict(GOOD, direction=Direction.FROM),)), taken()
    assert differing(before, after) == ["TRANSACTION, From iPaaS.com, add: no verdict, it was possible"]


def test_pairs_that_come_and_go_are_one_sentence():
    other = baseline_of([state(), state(collection="PRODUCT", third_party="items")], {})
    assert differing(taken(), other) == ["PRODUCT ↔ items: a new pair"]
    assert differing(other, taken()) == ["PRODUCT ↔ items: it is not paired any more"]


def test_a_baseline_shows_its_numbers_and_keeps_its_lines():
    baseline = taken("To iPaaS.com, add", verdicts=(verdict(GOOD, passed=10),), theirs=seen(RECORDS))
    (row,) = baseline.to_dict()["rows"]
    assert row == {
        "collection": "TRANSACTION", "third_party": "orders", "fields": 12, "value_sets": 2, "verdicts": 1,
        "pass_rates": 1, "decision": "To iPaaS.com, add",
    }  # fmt: skip
    assert baseline._repr_mimebundle_()[LINES] == baseline.to_lines()
    assert "value sets" in baseline.to_html()


def test_what_create_and_update_receive_alike_stands_once():
    lines = taken().to_lines()
    assert "third party, received\n" in lines
    assert "received on create" not in lines
    assert "third party, received on create\n" in taken(theirs=shapes("Shop", update=FIELDS[:1])).to_lines()


TEXTS = some.text(max_size=12)
ROWS = some.builds(
    BaselineRow,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS.filter(bool),
    TEXTS | some.dictionaries(TEXTS, some.integers(1, 9), min_size=1, max_size=4),
)


@given(some.lists(ROWS, max_size=8, unique_by=lambda row: row.key))
def test_any_baseline_is_read_back_as_it_was(rows):
    baseline = Baseline(tuple(rows))
    read = Baseline.read(baseline.to_lines())
    assert {row.key: row.value for row in read.rows} == {row.key: row.value for row in baseline.rows}


def test_what_is_no_baseline_is_refused():
    with pytest.raises(ValueError, match="no baseline"):
        Baseline.read("no\tbaseline\n")
