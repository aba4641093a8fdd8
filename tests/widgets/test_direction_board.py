import pytest
import yaml
from traitlets import TraitError

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.worksheet import Worksheet

CUSTOMER = "CUSTOMER ↔ customers"


def send(board, **content):
    """What the front end's `model.send` makes the kernel do."""
    board._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
    return board.status


def decide(board, direction="To iPaaS.com", **more):
    return send(board, do="decide", key=CUSTOMER, direction=direction, methods=None, by="Ada", request="v-1", **more)


def saved(worksheet):
    return Worksheet.load(worksheet.path).entry("CUSTOMER").decision


def full(*_args, **_kwargs):
    raise WorksheetError("No space is left on the disk", where="worksheet.yaml", then="free some, then save again")


def by_hand(worksheet, decision="from # hand"):
    """Another person writes to the file."""
    text = worksheet.path.read_text()
    named = "third_party: customers\n"
    worksheet.path.write_text(text.replace(named, f"{named}  decision: {decision}\n"))


def test_a_choice_is_in_the_file_at_once_with_who_when_and_why(board, worksheet):
    status = decide(board, why="the shop owns them")
    decision = saved(worksheet)
    assert (decision.title, decision.methods, decision.why) == ("To iPaaS.com", ("add", "update"), "the shop owns them")
    assert (decision.by, decision.date) == ("Ada", "2026-11-02")
    told = "CUSTOMER ↔ customers: To iPaaS.com. Saved to worksheet.yaml."
    assert (status["request"], status["saved"], status["error"], status["conflict"]) == ("v-1", told, "", None)
    assert board.decisions[CUSTOMER]["direction"] == "To iPaaS.com"


def test_leave_out_clear_undo_and_redo_reach_the_file(board, worksheet):
    decide(board)
    decide(board, "Leave out")
    assert saved(worksheet).title == "leave out"
    send(board, do="undo")
    assert saved(worksheet).title == "To iPaaS.com"
    send(board, do="redo")
    assert saved(worksheet).title == "leave out"
    send(board, do="undecide", key=CUSTOMER)
    assert saved(worksheet) is None
    assert board.decisions == {}


def test_undo_with_nothing_to_undo_says_so_and_is_no_error(board):
    status = send(board, do="undo", request="v-9")
    assert (status["saved"], status["error"]) == ("There is nothing to undo.", "")
    assert send(board, do="redo")["saved"] == "There is nothing to redo."


def test_the_board_says_whether_there_is_something_to_undo_and_to_redo(board, worksheet):
    assert board.steps == {"undo": False, "redo": False}
    decide(board)
    assert board.steps == {"undo": True, "redo": False}
    send(board, do="undo")
    assert board.steps == {"undo": False, "redo": True}
    decide(board, "Leave out")
    assert board.steps == {"undo": True, "redo": False}


def test_a_full_disk_is_told_the_board_shows_what_is_saved_and_redo_brings_the_choice(board, worksheet, monkeypatch):
    decide(board)
    with monkeypatch.context() as patch:
        patch.setattr(Worksheet, "save", full)
        status = decide(board, "Bi-directional", why="they will open it")
        assert "No space is left on the disk" in status["error"]
        assert status["saved"] == ""
        assert board.decisions[CUSTOMER]["direction"] == "To iPaaS.com"
    assert saved(worksheet).title == "To iPaaS.com"
    send(board, do="redo")
    assert saved(worksheet).title == "Bi-directional"


def test_an_undo_that_cannot_be_saved_is_not_done(board, worksheet, monkeypatch):
    decide(board)
    with monkeypatch.context() as patch:
        patch.setattr(Worksheet, "save", full)
        assert send(board, do="undo")["error"]
    assert worksheet.entry("CUSTOMER").decided == saved(worksheet).title == "To iPaaS.com"


def test_the_same_choice_again_on_a_full_disk_takes_nothing_back(board, worksheet, monkeypatch):
    decide(board)
    with monkeypatch.context() as patch:
        patch.setattr(Worksheet, "save", full)
        assert decide(board)["error"]
    assert worksheet.entry("CUSTOMER").decided == "To iPaaS.com"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            {"do": "decide", "key": "CUSTMER ↔ customers", "direction": "To iPaaS.com"},
            "did you mean 'CUSTOMER ↔ customers'",
        ),
        ({"do": "decide", "key": CUSTOMER, "direction": "Sideways"}, "Unknown direction 'Sideways'"),
        ({"do": "decide", "key": CUSTOMER}, "Unknown direction ''"),
        ({"do": "decide", "key": CUSTOMER, "direction": "To iPaaS.com", "methods": ["upsert"]}, "'upsert'"),
        ({"do": "decid"}, "did you mean 'decide'"),
        ({}, "Unknown request"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_with_one_sentence(board, worksheet, content, told):
    assert told in send(board, **content)["error"]
    assert saved(worksheet) is None


def test_a_worksheet_without_a_file_says_what_to_do(entries):
    board = DirectionBoard(Worksheet("Shop", entries=entries))
    assert board.status["saved"] == "The worksheet has no file yet."
    assert "worksheet.save" in decide(board)["error"]
    assert board.decisions == {}


def test_the_repr_counts_and_holds_no_address(board):
    assert repr(board) == "DirectionBoard(0 of 3 decided)"
    decide(board)
    assert repr(board) == "DirectionBoard(1 of 3 decided)"


def test_the_output_holds_no_html_twin_that_could_grow_stale(board):
    bundle = board._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert set(data) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert data["text/plain"] == "DirectionBoard(0 of 3 decided)"


def test_an_unknown_keyword_is_refused_with_the_nearest(worksheet):
    with pytest.raises(UnknownNameError, match=r"Unknown keyword 'bye' .*did you mean 'by'"):
        DirectionBoard(worksheet, bye=None)


def test_by_must_be_text(worksheet):
    with pytest.raises(TraitError):
        DirectionBoard(worksheet, by=3)


def test_a_board_shown_anew_equals_the_board_that_was_clicked(board, worksheet):
    decide(board, "Bi-directional", why="both")
    send(board, do="decide", key="PRODUCT ↔ products", direction="Leave out", methods=[])
    anew = DirectionBoard(Worksheet.load(worksheet.path), by="Ada")
    assert (anew.rows, anew.decisions) == (board.rows, board.decisions)


def test_refresh_shows_what_was_decided_elsewhere(board, worksheet):
    worksheet.decide("PRODUCT", "from")
    assert board.decisions == {}
    board.refresh()
    assert board.decisions["PRODUCT ↔ products"]["direction"] == "From iPaaS.com"


def test_every_answer_is_a_new_object_so_that_it_is_sent(board):
    before = board.decisions
    decide(board)
    assert board.decisions is not before


def test_two_pairs_of_one_collection_are_decided_apart(tmp_path, entries):
    worksheet = Worksheet("Shop", entries=[*entries, type(entries[0])("CUSTOMER", 8, "guests")])
    worksheet.save(tmp_path / "worksheet.yaml")
    board = DirectionBoard(worksheet)
    send(board, do="decide", key="CUSTOMER ↔ guests", direction="To iPaaS.com", methods=["add"])
    assert worksheet.entry("CUSTOMER", "guests").methods == ("add",)
    assert worksheet.entry("CUSTOMER", "customers").decision is None


def test_what_is_on_disk_is_readable_text(board, worksheet):
    decide(board, why="  ±  <b>")
    assert "±  <b>" in yaml.safe_dump(yaml.safe_load(worksheet.path.read_text()), allow_unicode=True)


def test_a_choice_on_what_somebody_changed_meanwhile_is_shown_with_both_and_not_written(board, worksheet):
    other = DirectionBoard(worksheet, by="Bo")
    decide(other, "Leave out", why="not here", seen=None)
    status = decide(board, seen=None)
    assert "changed meanwhile" in status["error"]
    assert "Leave out, because not here, by Ada" in status["error"]
    assert saved(worksheet).title == "leave out"
    assert board.decisions[CUSTOMER]["direction"] == "Leave out"
    assert decide(board, why="here after all", seen=board.decisions[CUSTOMER])["error"] == ""
    status = send(other, do="undecide", key=CUSTOMER, seen=None)
    assert "changed meanwhile" in status["error"]
    assert saved(worksheet).title == "To iPaaS.com"


def test_a_hand_edit_meanwhile_is_shown_with_both_versions_and_said_again_it_gives_way(board, worksheet):
    by_hand(worksheet)
    status = decide(board, why="ours")
    theirs, yours = "From iPaaS.com", "To iPaaS.com, because ours, by Ada"
    assert status["conflict"] == {"name": CUSTOMER, "theirs": theirs, "yours": yours}
    assert f"theirs says {theirs}" in status["error"]
    assert saved(worksheet).title == "From iPaaS.com"
    assert board.decisions[CUSTOMER]["direction"] == "From iPaaS.com"
    assert decide(board, why="ours")["conflict"] is None
    assert saved(worksheet).why == "ours"
    assert "# hand" in worksheet.path.read_text()


def test_a_hand_edit_between_the_look_and_the_write_stands_and_redo_says_ours_again(board, worksheet, monkeypatch):
    by_hand(worksheet)
    with monkeypatch.context() as patch:
        patch.setattr(Worksheet, "catch_up", lambda _self: False)
        status = decide(board, why="ours")
    assert "theirs says {direction: From iPaaS.com}" in status["error"]
    assert status["conflict"]["theirs"] == "{direction: From iPaaS.com}"
    assert saved(worksheet).title == "From iPaaS.com"
    assert board.steps["redo"]
    send(board, do="redo")
    assert saved(worksheet).why == "ours"


def test_a_turned_direction_asks_for_its_reason_and_the_old_one_in_the_field_does_not_count(board, worksheet):
    decide(board, why="the shop owns them")
    status = decide(board, "Leave out", why="the shop owns them")
    assert "The reason was given for To iPaaS.com" in status["error"]
    assert saved(worksheet).title == "To iPaaS.com"
    assert decide(board, "Leave out", why="nobody owns them")["error"] == ""
    assert saved(worksheet).why == "nobody owns them"


def test_overruling_the_evidence_needs_a_reason(board, worksheet):
    status = decide(board, "From iPaaS.com")
    assert "The evidence says otherwise" in status["error"]
    assert saved(worksheet) is None
    assert decide(board, "From iPaaS.com", why="they will open it")["error"] == ""


def test_a_board_without_a_name_signs_with_the_one_that_is_remembered(worksheet):
    board = DirectionBoard(worksheet)
    send(board, do="decide", key=CUSTOMER, direction="To iPaaS.com", methods=None)
    assert saved(worksheet).by == board.by == "A. Tester"
