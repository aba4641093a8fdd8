"""Two states of a pair: each kind of change is seen in the direction that it concerns, with its effect."""

from __future__ import annotations

from dataclasses import replace

import pytest
from changes.states import FIELDS, forecast, sample, shapes, state, verdict

from ipaas_discovery.changes.compare_states import compare_states
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Method, Shape

TO, FROM = Direction.TO.value, Direction.FROM.value
REQUIRED = (FIELDS[0], {**FIELDS[1], "required": True})
FEWER = (FIELDS[0], {**FIELDS[1], "enum": ["a"]})


def changed(old, new):
    rows = compare_states([state(**old)], [state(**new)]).rows
    return [
        (row.direction.value, row.aspect.value, row.system, row.part, row.field, row.change, row.effect.value)
        for row in rows
    ]


def test_nothing_changes_between_equal_states():
    assert changed({}, {}) == []
    assert compare_states([state()], [state()], since="a", until="b").summary == "Nothing changed between a and b."


def test_a_field_that_the_source_returns_no_longer_breaks_its_reader_alone():
    less = shapes("Shop", returned=FIELDS[:1])
    assert changed({}, {"theirs": less}) == [(TO, "schema", "Shop", "returned", "mail", "removed", "breaking")]
    less = shapes("iPaaS.com", returned=FIELDS[:1])
    assert changed({}, {"ours": less}) == [(FROM, "schema", "iPaaS.com", "returned", "mail", "removed", "breaking")]


def test_a_field_that_becomes_required_breaks_its_writer_alone():
    stricter = shapes("Shop", create=REQUIRED)
    assert changed({}, {"theirs": stricter}) == [
        (FROM, "schema", "Shop", "received on create", "mail", "required added", "breaking")
    ]
    stricter = shapes("iPaaS.com", update=REQUIRED)
    assert changed({}, {"ours": stricter}) == [
        (TO, "schema", "iPaaS.com", "received on update", "mail", "required added", "breaking")
    ]


def test_the_same_change_on_create_and_on_update_is_one_row():
    both = shapes("Shop", create=FEWER, update=FEWER)
    assert changed({}, {"theirs": both}) == [
        (FROM, "values", "Shop", "received on create, received on update", "mail", "enum value removed", "breaking")
    ]


def test_a_call_that_goes_concerns_who_writes():
    def calling(call):
        made = (replace(Schema.from_fields(FIELDS, shape=shape), operations={Method.ADD: call}) for shape in Shape)
        return Shapes("Shop", "things", *made)

    parts = "received on create, received on update"
    assert changed({"theirs": calling("POST /a")}, {"theirs": calling(None)}) == [
        (FROM, "schema", "Shop", parts, "", "call to add removed", "breaking")
    ]


BLOCK = Finding("call", Effect.BLOCKS, "", "no call")
DEFAULT = Finding("required", Effect.NEEDS_DEFAULT, "mail", "required, and nothing is mapped to it")
UNSURE = Finding("shape", Effect.UNKNOWN, "", "nobody knows")
GOOD = Finding("call", Effect.SUPPORTS, "", "add by POST")


@pytest.mark.parametrize(
    ("before", "after", "effects"),
    [
        (GOOD, DEFAULT, {"outcome": "risky", "new finding": "risky"}),
        (GOOD, UNSURE, {"outcome": "risky", "new finding": "risky"}),
        (GOOD, BLOCK, {"outcome": "breaking", "new finding": "breaking"}),
        (BLOCK, DEFAULT, {"outcome": "harmless", "new finding": "risky", "finding gone": "harmless"}),
        (DEFAULT, GOOD, {"outcome": "harmless", "finding gone": "harmless"}),
        (UNSURE, BLOCK, {"outcome": "breaking", "new finding": "breaking", "finding gone": "harmless"}),
    ],
)
def test_a_verdict_that_turns_is_as_bad_as_where_it_turns_to(before, after, effects):
    rows = changed({"verdicts": (verdict(before),)}, {"verdicts": (verdict(after),)})
    assert {row[5]: row[6] for row in rows} == effects
    assert {row[:4] for row in rows} == {(TO, "verdict", "", "add")}


def test_a_finding_whose_numbers_alone_differ_is_no_change():
    more = Finding(DEFAULT.rule, DEFAULT.effect, DEFAULT.field, "required, and empty in 7 of 9")
    assert changed({"verdicts": (verdict(DEFAULT),)}, {"verdicts": (verdict(more),)}) == []


def test_methods_that_turn_alike_share_a_row():
    methods = (Method.ADD, Method.UPDATE)
    before, after = (tuple(verdict(finding, method=one) for one in methods) for finding in (GOOD, DEFAULT))
    assert {row[3] for row in changed({"verdicts": before}, {"verdicts": after})} == {"add, update"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((10, 10), (10, 10), []),
        ((10, 10), (20, 20), []),
        ((10, 10), (0, 10), [("fewer pass", "breaking")]),
        ((1, 10), (0, 10), [("fewer pass", "breaking")]),
        ((200, 200), (150, 200), [("fewer pass", "risky")]),
        ((10, 10), (9, 10), [("fewer pass", "harmless")]),
        ((0, 10), (10, 10), [("more pass", "harmless")]),
    ],
)
def test_a_pass_rate_that_falls_to_none_breaks_and_beyond_chance_is_a_risk(before, after, expected):
    old, new = (verdict(GOOD, passed=passed, records=records) for passed, records in (before, after))
    rows = changed({"verdicts": (old,)}, {"verdicts": (new,)})
    assert [row[5:] for row in rows] == expected


def test_a_rate_is_compared_only_where_both_were_run():
    assert changed({"verdicts": (verdict(GOOD),)}, {"verdicts": (verdict(GOOD, passed=0),)}) == []
    assert changed({"verdicts": (verdict(GOOD, passed=0, records=0),)}, {"verdicts": (verdict(GOOD, passed=0),)}) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (9, 9, []),
        (9, 10, [("more records", "harmless")]),
        (10, 5, [("fewer records", "harmless")]),
        (10, 4, [("fewer records", "risky")]),
        (10, 0, [("fewer records", "breaking")]),
        (None, 4, []),
        (4, None, []),
    ],
)
def test_a_collection_that_shrinks_is_the_worse_the_less_is_left(before, after, expected):
    old, new = ((sample("iPaaS.com"), sample("Shop", total)) for total in (before, after))
    rows = changed({"samples": old}, {"samples": new})
    assert [row[5:] for row in rows] == expected
    assert {row[:3] for row in rows} <= {(TO, "records", "Shop")}


def test_a_file_counts_by_its_records():
    old, new = ((sample("iPaaS.com"), sample("Shop", None, Stop.FILE, records=({"id": 1},) * size)) for size in (2, 3))
    assert [row[5] for row in changed({"samples": old}, {"samples": new})] == ["more records"]


def test_what_cannot_be_read_any_more_breaks():
    lost = sample("iPaaS.com", None, Stop.FAILED, problem="404"), sample("Shop")
    rows = compare_states([state()], [state(samples=lost)]).rows
    assert [(row.direction.value, row.change, row.after, row.effect.value) for row in rows] == [
        (FROM, "cannot be read", "404", "breaking")
    ]
    assert [row[5:] for row in changed({"samples": lost}, {})] == [("can be read", "harmless")]


@pytest.mark.parametrize(
    ("counts", "after", "effect"),
    [
        ({"match": 4, "create": 1}, "match 4, create 1", "harmless"),
        ({"duplicates": 1}, "duplicates 1", "risky"),
        ({"undecided": 2, "update": 0}, "update 0, undecided 2", "risky"),
        ({"match": None}, None, None),
    ],
)
def test_a_forecast_is_one_row_of_the_numbers_that_differ(counts, after, effect):
    rows = compare_states([state()], [state(forecast=forecast(**counts))]).rows
    assert [(row.direction.value, row.after, row.effect.value) for row in rows] == ([(TO, after, effect)] * bool(after))


def test_fewer_duplicates_are_no_risk():
    rows = changed({"forecast": forecast(duplicates=2)}, {"forecast": forecast(duplicates=1)})
    assert [row[6] for row in rows] == ["harmless"]


def test_pairs_that_come_and_go_are_noted():
    other = state(collection="PRODUCT", third_party="items")
    assert compare_states([state()], [other]).notes == (
        "PRODUCT ↔ items was not paired before",
        "TRANSACTION ↔ orders is not paired any more",
    )


def test_the_worst_come_first_and_the_order_is_always_the_same():
    new = state(theirs=shapes("Shop", returned=FIELDS[:1], create=FEWER), forecast=forecast(duplicates=1))
    result = compare_states([state()], [new])
    assert [row.effect.value for row in result.rows] == ["breaking", "breaking", "risky"]
