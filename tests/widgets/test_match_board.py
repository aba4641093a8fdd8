import pytest
from bs4 import BeautifulSoup
from small_discovery import SmallDiscovery

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.widgets.match_board import MatchBoard
from ipaas_discovery.worksheet.worksheet import Worksheet


def ask(board, do, key="", **more):
    board.handle({"do": do, "key": key, **more})
    return board.status


def said(discovery, key, direction="to"):
    entry = Worksheet.load(discovery.worksheet.path).entry("CUSTOMER")
    rows = entry.to if direction == "to" else entry.from_
    return [row for row in rows if row.destination == key and row.status != "proposed"]


def row(board, key):
    return next(row for row in board.rows if row["key"] == key)


def test_what_is_accepted_is_in_the_file_with_who_and_when(discovery, match_board):
    status = ask(match_board, "accept", "email_address", why="one a person")
    assert status["saved"] == "email_address: accepted. Saved to worksheet.yaml."
    (mapping,) = said(discovery, "email_address")
    assert (mapping.status, mapping.sources, mapping.why) == ("accepted", ("email",), "one a person")
    assert (mapping.by, mapping.date) == ("Ada", "2026-11-02")
    assert row(match_board, "email_address")["status"] == "accepted"
    assert repr(match_board) == "MatchBoard(CUSTOMER ↔ customers, To iPaaS.com: 1 of 5 fields decided)"


@pytest.mark.parametrize(
    ("key", "request_", "expected"),
    [
        ("name", {"kind": "field", "source": "first"}, ("field", ("first",), "")),
        ("type", {"kind": "constant", "value": "Order"}, ("constant", (), "Order")),
        ("name", {"kind": "formula", "formula": 'first, last | join " "'}, ("formula", ("first", "last"), None)),
        ("state", {"kind": "look-up", "source": "uid", "of": "CUSTOMER"}, ("look-up", ("uid",), "CUSTOMER")),
        ("state", {"kind": "value map", "source": "status", "values": {"active": "A"}}, ("look-up", ("status",), "")),
    ],
)
def test_a_field_is_filled_in_every_way(discovery, match_board, key, request_, expected):
    assert ask(match_board, "fill", key, **request_)["error"] == ""
    (mapping,) = said(discovery, key)
    kind, sources, value = expected
    assert (mapping.kind, mapping.sources, mapping.status) == (kind, sources, "manual")
    assert value is None or mapping.value == value
    assert row(match_board, key)["how"]


def test_default_and_condition_go_with_the_choice_and_another_word_changes_them_alone(discovery, match_board):
    ask(match_board, "fill", "type", kind="constant", value="A", default="B", condition="status = active")
    assert row(match_board, "type")["how"] == "always 'A', else 'B', where status = active"
    ask(match_board, "fill", "type", kind="constant", value="A", default="", condition="", why="so said")
    (mapping,) = said(discovery, "type")
    assert (mapping.default, mapping.condition, mapping.why) == ("", "", "so said")


def test_reject_clear_undo_and_redo_reach_the_file(discovery, match_board):
    ask(match_board, "reject", "email_address")
    assert [one.status for one in said(discovery, "email_address")] == ["rejected"]
    assert row(match_board, "email_address")["status"] == "rejected"
    ask(match_board, "undo")
    assert said(discovery, "email_address") == []
    ask(match_board, "redo")
    ask(match_board, "clear", "email_address")
    assert said(discovery, "email_address") == []
    assert row(match_board, "email_address")["status"] == "proposed"


def test_coverage_and_pass_rates_move_as_one_decides(match_board):
    before = match_board.view["coverage"]
    assert (before["required"], before["filled"]) == (3, 2)
    assert [flow["passed"] for flow in before["flows"]] == [0, 0]
    ask(match_board, "fill", "type", kind="constant", value="Order")
    ask(match_board, "fill", "name", kind="formula", formula='first, last | join " "')
    ask(match_board, "reject", "note")
    after = match_board.view["coverage"]
    assert (after["filled"], after["decided"]) == (3, 3)
    assert [(flow["name"], flow["passed"], flow["records"]) for flow in after["flows"]] == [
        ("add", 8, 8),
        ("update", 8, 8),
    ]


def test_all_clear_proposals_are_one_change(discovery, match_board):
    clear = [one["key"] for one in match_board.rows if one["clear"]]
    assert clear == ["email_address", "name", "state"]
    assert ask(match_board, "accept clear")["saved"].startswith("3 clear proposals accepted.")
    assert said(discovery, "email_address")
    ask(match_board, "undo")
    assert said(discovery, "email_address") == []


def test_a_clear_proposal_that_its_reader_did_not_see_is_not_taken_with_the_others(discovery, match_board):
    assert ask(match_board, "accept clear", keys=["name", "type"])["saved"].startswith("1 clear proposal accepted.")
    assert said(discovery, "name")
    assert said(discovery, "email_address") == said(discovery, "type") == []


def test_a_choice_on_what_somebody_changed_meanwhile_is_not_written_and_both_are_shown(discovery, match_board):
    other = Worksheet.load(discovery.worksheet.path)
    other.constant("CUSTOMER", "to", "type", "Theirs", by="Bo")
    other.save()
    status = ask(match_board, "fill", "type", kind="constant", value="Ours")
    assert status["conflict"]["yours"] == "always 'Ours'"
    assert status["conflict"]["theirs"].startswith("always 'Theirs' (manual by Bo on")
    assert said(discovery, "type")[0].value == "Theirs"
    assert ask(match_board, "fill", "type", kind="constant", value="Ours")["conflict"] is None
    assert said(discovery, "type")[0].value == "Ours"


def test_the_choice_before_last_that_is_ones_own_is_no_conflict(discovery, match_board):
    ask(match_board, "fill", "type", kind="constant", value="A", seen="")
    assert ask(match_board, "fill", "type", kind="constant", value="B", seen="")["error"] == ""
    assert said(discovery, "type")[0].value == "B"


@pytest.mark.parametrize(
    ("do", "key", "more", "told"),
    [
        ("accept", "nme", {}, "did you mean 'name'"),
        ("accept", "type", {}, "Nothing is proposed"),
        ("fill", "type", {"kind": "magic"}, "Unknown kind of mapping 'magic'"),
        ("fill", "name", {"kind": "field", "source": "frst"}, "did you mean 'first'"),
        ("fill", "name", {"kind": "formula", "formula": "first | uper"}, "did you mean 'upper'"),
        ("open", "nme", {}, "did you mean 'name'"),
        ("show", "", {"pair": "CUSTMER", "direction": "to"}, "did you mean 'CUSTOMER'"),
        ("show", "", {"pair": "CUSTOMER", "direction": "both"}, "one direction"),
    ],
)
def test_what_makes_no_sense_is_answered_with_one_sentence_and_nothing_is_written(
    discovery, match_board, do, key, more, told
):
    before = discovery.worksheet.path.read_bytes()
    assert told in ask(match_board, do, key, **more)["error"]
    assert discovery.worksheet.path.read_bytes() == before


def test_pair_and_direction_are_chosen_on_the_board(tmp_path):
    board = MatchBoard(SmallDiscovery(tmp_path / "w.yaml", collections=("CUSTOMER", "EMPLOYEE")), "EMPLOYEE", "from")
    assert (board.view["pair"], board.view["direction"]) == ("EMPLOYEE", "From iPaaS.com")
    assert [pair["title"] for pair in board.pairs] == ["CUSTOMER ↔ customers", "EMPLOYEE ↔ customers"]
    ask(board, "show", pair="CUSTOMER", direction="To iPaaS.com")
    assert (board.view["title"], board.view["destination"]) == ("CUSTOMER ↔ customers, To iPaaS.com", "CUSTOMER")
    assert {one["key"] for one in board.rows} == {"email_address", "name", "state", "note", "type"}


def test_to_look_writes_nothing(discovery, match_board):
    before = discovery.worksheet.path.stat().st_mtime_ns
    ask(match_board, "open", "name")
    ask(match_board, "try", "name", kind="field", source="first")
    ask(match_board, "suggest", "name")
    assert discovery.worksheet.path.stat().st_mtime_ns == before
    assert match_board.detail["key"] == "name"


def test_a_trial_shows_what_would_be_written_or_what_is_wrong(match_board):
    ask(match_board, "try", "name", kind="formula", formula='first, last | join " "')
    assert match_board.trial["preview"]["summary"] == "gives what is there in 8 of 8 records"
    assert match_board.trial["preview"]["rows"][0]["written"] == "Ada Byron"
    ask(match_board, "try", "name", kind="formula", formula="frst")
    assert "did you mean 'first'" in match_board.trial["error"]
    ask(match_board, "try", "name", kind="field")
    assert "No source field is named" in match_board.trial["error"]
    ask(match_board, "try", "email_address", at=5, paged=True)
    preview = match_board.trial["preview"]
    assert (preview["at"], len(preview["rows"]), preview["total"]) == (5, 3, 8)


def test_a_formula_is_found_in_the_same_records(match_board):
    ask(match_board, "suggest", "name")
    assert match_board.trial["formula"] == 'first, last | join " "'
    assert "explains 8 of 8 pairs" in match_board.trial["words"]
    ask(match_board, "suggest", "type")
    assert match_board.trial["formula"] == ""
    assert match_board.trial["words"].startswith("No formula of the catalogue")


def test_an_integration_without_pairs_is_an_empty_board(tmp_path):
    discovery = SmallDiscovery(tmp_path / "w.yaml", collections=())
    board = MatchBoard(discovery)
    assert repr(board) == "MatchBoard(no pairs)"
    assert (board.pairs, board.rows) == ([], [])
    assert board.static() == "<p>No collections are paired.</p>"


def test_the_static_table_says_what_fills_each_field_and_escapes_foreign_text(match_board):
    first = BeautifulSoup(match_board.static(), "html.parser").select("tr")[1].get_text(" ", strip=True)
    assert first.startswith("type required, and nothing fills it")
    ask(match_board, "fill", "type", kind="constant", value="<b>Order</b>")
    table = match_board.static()
    assert "3 of 3 required fields filled" in table
    assert "&lt;b&gt;Order" in table
    assert "<b>Order" not in table


def test_an_unknown_keyword_or_collection_is_refused_with_the_nearest(discovery):
    with pytest.raises(UnknownNameError, match="did you mean 'by'"):
        MatchBoard(discovery, bye="x")
    with pytest.raises(UnknownNameError, match="did you mean 'CUSTOMER'"):
        MatchBoard(discovery, "CUSTMER")
    with pytest.raises(WorksheetError, match="one direction"):
        MatchBoard(discovery, direction="both")


@pytest.mark.parametrize(
    ("about", "direction", "opened"),
    [
        ("state", "To iPaaS.com", "state"),
        ("memo", "From iPaaS.com", "memo"),
        ("state ↔ status", "To iPaaS.com", "state"),
        ("", "To iPaaS.com", "email_address"),
    ],
)
def test_a_field_that_another_board_points_at_is_shown_in_the_direction_in_which_it_is_filled(
    match_board, about, direction, opened
):
    ask(match_board, "show", pair="CUSTOMER", direction="from")
    ask(match_board, "go", pair="CUSTOMER", about=about)
    assert (match_board.view["direction"], match_board.view["open"]) == (direction, opened)
    assert match_board.detail["key"] == opened


def test_a_direction_that_another_board_points_at_is_shown(match_board):
    ask(match_board, "go", pair="CUSTOMER", about="From iPaaS.com")
    assert match_board.view["direction"] == "From iPaaS.com"
    assert match_board.view["open"] == match_board.rows[0]["key"]


def refunds(discovery, **more):
    discovery.worksheet.flow("CUSTOMER", "gone", "to", methods=["update"], condition="status = gone", by="Bo", **more)


def test_what_is_said_in_a_named_flow_counts_there_alone(discovery, match_board):
    refunds(discovery)
    match_board.look()
    ask(match_board, "show", pair="CUSTOMER", flow="gone")
    assert (match_board.view["flow"], match_board.view["records"]) == ("gone", 1)
    assert match_board.view["flows"] == [{"name": "gone", "condition": "status = gone", "methods": ["update"]}]
    assert [(flow["name"], flow["records"]) for flow in match_board.view["coverage"]["flows"]] == [("gone update", 1)]
    assert repr(match_board) == "MatchBoard(CUSTOMER ↔ customers, To iPaaS.com, flow gone: 0 of 5 fields decided)"
    ask(match_board, "fill", "type", kind="constant", value="Order")
    assert (row(match_board, "type")["status"], row(match_board, "type")["shared"]) == ("manual", False)
    ask(match_board, "reject", "email_address")
    assert (row(match_board, "email_address")["status"], row(match_board, "email_address")["missing"]) == (
        "rejected",
        True,
    )
    assert match_board.view["coverage"]["filled"] == 2
    ask(match_board, "show", pair="CUSTOMER")
    assert (row(match_board, "type")["missing"], row(match_board, "email_address")["how"]) == (True, "email")
    assert said(discovery, "type") == []


def test_what_all_flows_share_is_told_in_a_named_one_until_it_says_otherwise(discovery, match_board):
    ask(match_board, "fill", "type", kind="constant", value="Order")
    refunds(discovery)
    ask(match_board, "show", pair="CUSTOMER", flow="gone")
    assert (row(match_board, "type")["how"], row(match_board, "type")["shared"]) == ("always 'Order'", True)
    assert not row(match_board, "type")["open"]
    ask(match_board, "fill", "type", kind="constant", value="Refund")
    assert (row(match_board, "type")["how"], row(match_board, "type")["shared"]) == ("always 'Refund'", False)
    ask(match_board, "clear", "type")
    assert row(match_board, "type")["how"] == "always 'Order'"
    discovery.worksheet.unflow("CUSTOMER", "gone")
    match_board.look()
    assert (match_board.view["flow"], match_board.view["flows"]) == ("", [])


def test_a_flow_that_nobody_named_is_told_with_the_nearest(discovery):
    refunds(discovery)
    with pytest.raises(UnknownNameError, match="did you mean 'gone'"):
        MatchBoard(discovery, flow="gon")


def test_the_next_place_is_the_next_that_is_ordered_and_has_something_to_decide(tmp_path):
    discovery = SmallDiscovery(tmp_path / "w.yaml", collections=("CUSTOMER", "EMPLOYEE"))
    board = MatchBoard(discovery, by="Ada")
    assert [pair["open"] for pair in board.pairs] == [9, None]
    ask(board, "count")
    assert [pair["open"] for pair in board.pairs] == [9, 9]
    discovery.worksheet.decide("CUSTOMER", "to", why="so", by="Ada")
    board.look()
    assert [pair["open"] for pair in board.pairs] == [5, 9]
    ask(board, "next")
    assert board.view["title"] == "EMPLOYEE ↔ customers, To iPaaS.com"
    discovery.worksheet.decide("EMPLOYEE", None, why="so", by="Ada")
    ask(board, "next")
    assert board.view["title"] == "CUSTOMER ↔ customers, To iPaaS.com"
    for key in ("email_address", "name", "note", "state"):
        ask(board, "accept", key)
    refunds_open = ask(board, "next")
    assert (board.view["title"], refunds_open["error"]) == ("CUSTOMER ↔ customers, To iPaaS.com", "")
    ask(board, "fill", "type", kind="constant", value="Order")
    assert ask(board, "next")["saved"] == "No field is left to decide, in any pair."
    assert [pair["open"] for pair in board.pairs] == [0, 0]


def test_the_next_place_of_a_direction_with_named_flows_is_each_of_them(discovery, match_board):
    refunds(discovery)
    discovery.worksheet.decide("CUSTOMER", "to", why="so", by="Ada")
    ask(match_board, "next")
    assert match_board.view["flow"] == "gone"
