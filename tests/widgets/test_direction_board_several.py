"""Several pairs at once, what the evidence proposes, flows of their own, the forecast and the log of the board."""

import pytest

from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.widgets import board_rows
from ipaas_discovery.widgets.board_rows import flows_of, forecast_of, proposals_of
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.saving import order_text
from ipaas_discovery.worksheet.worksheet import Worksheet

CUSTOMER, PRODUCT, GIFT = "CUSTOMER ↔ customers", "PRODUCT ↔ products", "GIFT_CARD"


def decided(worksheet):
    return [entry.decided for entry in Worksheet.load(worksheet.path).entries]


def test_what_the_evidence_proposes_is_shown_where_nothing_is_decided(board, worksheet):
    assert {key: row["direction"] for key, row in board.proposals.items()} == {
        CUSTOMER: "To iPaaS.com", PRODUCT: "To iPaaS.com",
    }  # fmt: skip
    worksheet.decide("CUSTOMER", None)
    assert set(proposals_of(worksheet.entries)) == {PRODUCT}


def test_all_that_is_proposed_is_taken_in_one_step_with_its_reason(board, worksheet):
    board.handle({"do": "propose", "keys": []})
    assert board.status["saved"].startswith(f"2 pairs decided: {CUSTOMER}, {PRODUCT}. Saved to")
    assert decided(worksheet) == ["To iPaaS.com", "To iPaaS.com", "undecided"]
    decision = worksheet.entry("CUSTOMER").decision
    assert decision.why == board._worksheet.entry("CUSTOMER").decision.why != ""
    assert decision.by == "Ada"
    assert board.proposals == {}
    board.handle({"do": "undo"})
    assert decided(worksheet) == ["undecided"] * 3


def test_only_the_chosen_ones_are_taken(board, worksheet):
    board.handle({"do": "propose", "keys": [PRODUCT, GIFT]})
    assert decided(worksheet) == ["undecided", "To iPaaS.com", "undecided"]
    board.handle({"do": "propose", "keys": [GIFT]})
    assert "The evidence proposes nothing here" in board.status["error"]


def test_several_are_decided_alike_and_those_that_need_a_reason_are_named(board, worksheet):
    board.handle({"do": "decide all", "keys": [CUSTOMER, PRODUCT], "direction": "From iPaaS.com", "why": ""})
    assert board.status["saved"].startswith(f"1 pair decided: {PRODUCT}. Not decided: The evidence says otherwise")
    assert decided(worksheet) == ["undecided", "From iPaaS.com", "undecided"]
    board.handle({"do": "decide all", "keys": [CUSTOMER], "direction": "From iPaaS.com", "why": ""})
    assert "The evidence says otherwise" in board.status["error"]
    board.handle({"do": "decide all", "keys": [], "direction": "Leave out"})
    assert "No pair is chosen" in board.status["error"]


def test_the_work_on_several_pairs_grows_with_their_number_alone(tmp_path, monkeypatch):
    """Each pair's evidence and its lines in the file are read a few times, however many others there are."""
    looked = {20: 0, 40: 0}
    for number in looked:
        calls = []
        worksheet = Worksheet("Shop", entries=[Entry(f"C{at:02}", None, f"c{at}") for at in range(number)])
        worksheet.save(tmp_path / f"{number}.yaml")
        board = DirectionBoard(worksheet, by="Ada")
        for place, name in ((board_rows, "_evidence"), (order_text.yaml, "compose")):
            real = getattr(place, name)
            count = lambda *given, real=real, calls=calls, **named: (calls.append(1), real(*given, **named))[1]  # noqa: E731
            monkeypatch.setattr(place, name, count)
        board.handle(
            {"do": "decide all", "keys": [row["key"] for row in board.rows], "direction": "To iPaaS.com", "why": "so"}
        )
        board.handle({"do": "undo"})
        monkeypatch.undo()
        looked[number] = len(calls)
    assert looked[40] <= 2.1 * looked[20]


def test_a_flow_of_its_own_is_saved_changed_and_removed(board, worksheet):
    flow = {"do": "flow", "key": CUSTOMER, "name": "b2b", "direction": "To iPaaS.com", "methods": ["add"]}
    board.handle({**flow, "condition": "kind = company"})
    assert board.status["error"] == ""
    (shown,) = board.flows[CUSTOMER]
    assert (shown["name"], shown["condition"], shown["methods"]) == ("b2b", "kind = company", ["add"])
    board.handle({**flow, "condition": "kind ="})
    assert board.status["error"]
    board.handle({**flow, "name": " "})
    assert "A flow has no name" in board.status["error"]
    board.handle({"do": "unflow", "key": CUSTOMER, "name": "b2b"})
    assert board.flows == {}
    assert worksheet.entry("CUSTOMER").named_flows == ()


def test_a_flow_says_what_the_evidence_says_of_it():
    proofs = [Evidence(Direction.TO, Method.ADD, Outcome.POSSIBLE, passed=9, records=10, flow="b2b")]
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users", evidence=proofs)])
    worksheet.flow("CUSTOMER", "b2b", "to", methods=["add"], by="Ada")
    (flow,) = flows_of(worksheet.entry("CUSTOMER"))
    assert flow["verdict"] == "add: possible, 90 % of 10 records pass"


def test_a_forecast_is_made_when_it_is_asked_for(board, worksheet):
    board.handle({"do": "forecast", "key": CUSTOMER})
    assert board.forecasts == {CUSTOMER: []}
    assert forecast_of(Comparison()) == []


@pytest.mark.parametrize(("request_", "line"), [
    ({"do": "decide", "key": PRODUCT, "direction": "Leave out", "why": "no"}, f"{PRODUCT}: Leave out, by Ada."),
    ({"do": "propose", "keys": [PRODUCT]}, f"1 pair decided: {PRODUCT}, by Ada."),
])  # fmt: skip
def test_the_log_keeps_what_was_done_and_nothing_else(board, request_, line):
    board.handle({"do": "undo"})
    board.handle({"do": "decide", "key": "nobody", "direction": "to"})
    assert board.log == []
    board.handle(request_)
    assert board.log == [line]


class Comparison:
    """A comparison without paired records."""

    pairs = None


class Integrated:
    """An integration that only has its worksheet."""

    def __init__(self, worksheet):
        self.worksheet = worksheet

    def compare(self, _collection):
        return Comparison()


def test_it_takes_an_integration_as_well(worksheet):
    board = DirectionBoard(Integrated(worksheet), by="Ada")
    assert repr(board) == "DirectionBoard(0 of 3 decided)"
    board.handle({"do": "forecast", "key": CUSTOMER})
    assert board.forecasts == {CUSTOMER: []}


def test_the_directions_are_signed_off_once_all_are_decided(board, worksheet):
    board.handle({"do": "sign"})
    assert "undecided" in board.status["error"]
    for entry in worksheet.entries:
        worksheet.decide(entry.collection, None, why="no", by="Ada")
    board.handle({"do": "sign", "by": "Grace"})
    assert board.signed.startswith("Grace")
    assert dict(Worksheet.load(worksheet.path).document.sign_off)["approved"] == board.signed
