import json

import pytest

from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.widgets.board_rows import LEAVE_OUT, proposed_methods, rows_of


def test_a_row_is_plain_json_with_evidence_per_direction_and_method(worksheet):
    row = json.loads(json.dumps(rows_of(worksheet)))[0]
    assert (row["key"], row["collection"], row["third_party"]) == ("CUSTOMER ↔ customers", "CUSTOMER", "customers")
    assert row["to"]["update"] == {
        "outcome": "possible with defaults",
        "passing": "",
        "reason": "possible with defaults",
        "findings": ["email: empty in 6 of 200; give a default"],
    }
    assert row["from"]["delete"]["findings"] == ["the store has no call that creates them; ask the vendor"]
    assert row["decision"] is None


def test_a_decision_against_the_evidence_names_what_is_blocked(worksheet):
    worksheet.decide("CUSTOMER", "both", methods=["add"], why="they will open it", by="Ada", on="2026-11-02")
    decision = rows_of(worksheet)[0]["decision"]
    assert decision == {
        "direction": "Bi-directional",
        "methods": ["add"],
        "why": "they will open it",
        "by": "Ada",
        "on": "2026-11-02",
        "against": ["From iPaaS.com, add: blocked, No call."],
    }


def test_leaving_out_is_a_decision_with_a_word_of_its_own(worksheet):
    worksheet.decide("GIFT_CARD", None)
    assert rows_of(worksheet)[2]["decision"]["direction"] == LEAVE_OUT


@pytest.mark.parametrize(
    ("collection", "direction", "expected"),
    [
        (1, Direction.TO, [Method.ADD, Method.UPDATE]),
        (0, Direction.FROM, [Method.ADD, Method.UPDATE]),
        (2, Direction.BIDIRECTIONAL, [Method.ADD, Method.UPDATE]),
        (0, None, []),
    ],
)
def test_proposed_methods_are_never_empty_for_a_direction_and_never_a_delete(
    worksheet, collection, direction, expected
):
    assert proposed_methods(rows_of(worksheet)[collection], direction) == expected


def test_a_blocked_method_is_not_proposed_while_another_is_open():
    row = {"to": {"add": {"outcome": "blocked"}}, "from": {"update": {"outcome": "unknown"}}}
    assert proposed_methods(row, Direction.BIDIRECTIONAL) == [Method.UPDATE]
