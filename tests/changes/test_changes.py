"""The value of changes: what is accepted, how bad the rest is, and how it shows itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ipaas_discovery import AcceptedFinding
from ipaas_discovery.changes.changes import Aspect, Changes, FlowChange
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction

BREAKING, RISKY, HARMLESS = ChangeEffect
ROW = FlowChange(
    "TRANSACTION", "orders", Direction.TO, Aspect.SCHEMA, "Shop", "returned", "mail", "removed", "string", "", BREAKING
)
RISK = replace(ROW, change="new value seen", aspect=Aspect.VALUES, before="", after="x (1 of 9)", effect=RISKY)
NEWS = replace(ROW, collection="PRODUCT", third_party="items", change="added", field="", effect=HARMLESS)
CHANGES = Changes("2026-10-26", "2026-11-02", (ROW, RISK, NEWS))
PAIR = ("TRANSACTION", "orders")


def accepted(**word):
    row = AcceptedFinding(
        **{"direction": Direction.TO, "rule": "removed", "field": "mail", "by": "Ann", "why": "known"} | word
    )
    return CHANGES.accepting({PAIR: (row,)})


def test_the_severity_is_the_worst_of_what_nobody_accepts():
    assert CHANGES.severity is BREAKING
    assert accepted().severity is RISKY
    assert Changes("a", "b").severity is None


def test_what_is_accepted_is_shown_with_who_until_when_and_why():
    result = accepted(until="2026-12-31")
    assert [row.accepted for row in result.rows] == ["accepted until 2026-12-31 by Ann: known", "", ""]
    assert result.open.rows == (RISK, NEWS)
    assert result.summary == "Between 2026-10-26 and 2026-11-02: 1 risky, 1 harmless, 1 accepted."
    assert "accepted until 2026-12-31 by Ann: known" in result.to_markdown()


@pytest.mark.parametrize(("until", "counts"), [("2026-11-02", True), ("2026-11-01", False), ("", True)])
def test_an_acceptance_runs_out_after_its_day(until, counts):
    assert bool(accepted(until=until).rows[0].accepted) is counts


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ({}, [ROW]),
        ({"field": ""}, [ROW]),
        ({"field": "other"}, []),
        ({"rule": "added"}, []),
        ({"direction": Direction.FROM}, []),
        ({"rule": "new value seen"}, [RISK]),
    ],
)
def test_an_acceptance_is_of_one_kind_of_change_in_one_direction(word, rows):
    assert [replace(row, accepted="") for row in accepted(**word).rows if row.accepted] == rows


def test_an_acceptance_of_another_pair_says_nothing():
    row = AcceptedFinding(Direction.TO, "added")
    assert not any(change.accepted for change in CHANGES.accepting({PAIR: (row,)}).rows)
    assert accepted(by="", why="").rows[0].accepted == "accepted"


@pytest.mark.parametrize(("effect", "rows"), [(BREAKING, [ROW]), (RISKY, [ROW, RISK]), (HARMLESS, [ROW, RISK, NEWS])])
def test_at_least_keeps_what_is_as_bad_or_worse(effect, rows):
    assert [*CHANGES.at_least(effect).rows] == rows


def test_one_pair_alone_can_be_looked_at():
    assert CHANGES.of("PRODUCT").rows == (NEWS,)
    assert CHANGES.of("TRANSACTION", "orders").rows == (ROW, RISK)
    assert CHANGES.of("TRANSACTION", "items").rows == ()


@pytest.mark.parametrize(
    ("row", "event"),
    [
        (ROW, "mail of Shop (returned): removed: string"),
        (RISK, "mail of Shop (returned): new value seen: x (1 of 9)"),
        (NEWS, "Shop (returned): added: string"),
        (replace(ROW, system="", part="", field="", before="1", after="2"), "schema: removed: 1 → 2"),
        (replace(ROW, before="", after=""), "mail of Shop (returned): removed"),
    ],
)
def test_a_change_is_said_in_one_line(row, event):
    assert row.event == event
    assert row.sentence == f"{row.collection} ↔ {row.third_party}, To iPaaS.com: {event}"


def test_changes_show_themselves_as_a_table():
    frame = CHANGES.frame()
    assert [*frame.columns] == [
        "collection", "third_party", "direction", "aspect", "system", "part", "field", "change", "before", "after",
        "effect", "accepted",
    ]  # fmt: skip
    assert frame["effect"].tolist() == ["breaking", "risky", "harmless"]
    data = json.loads(json.dumps(CHANGES.to_dict()))
    assert (data["since"], data["until"], len(data["rows"])) == ("2026-10-26", "2026-11-02", 3)
    assert data["counts"] == {"breaking": 1, "risky": 1, "harmless": 1, "accepted": 0}
    assert "third party" in CHANGES.to_html()
    assert CHANGES.to_text().startswith("Changes: Between 2026-10-26 and 2026-11-02: 1 breaking, 1 risky, 1 harmless.")


@pytest.mark.parametrize(
    ("change", "methods"),
    [
        ({}, ["add", "update", "delete"]),
        ({"part": "received on create"}, ["add"]),
        ({"part": "received on update"}, ["update"]),
        ({"part": "received on create, received on update"}, ["add", "update"]),
        ({"part": "received on create, received on update", "change": "call to delete removed"}, ["delete"]),
        ({"part": "add, delete", "change": "outcome"}, ["add", "delete"]),
        ({"part": "", "change": "fewer records"}, ["add", "update", "delete"]),
    ],
)
def test_a_change_concerns_the_methods_of_its_part(change, methods):
    assert [*replace(ROW, **change).methods] == methods
