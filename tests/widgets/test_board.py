import asyncio

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.widgets import board as boards
from ipaas_discovery.widgets.board import script_of, style_of
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.worksheet import Worksheet

CUSTOMER, PRODUCT = "CUSTOMER ↔ customers", "PRODUCT ↔ products"


def decide(board, key=CUSTOMER, direction="To iPaaS.com", **more):
    board.handle({"do": "decide", "key": key, "direction": direction, "methods": None, "by": "Ada", **more})
    return board.status


def other_kernel(worksheet):
    """The same file, opened by somebody else."""
    return Worksheet.load(worksheet.path)


def test_what_another_kernel_wrote_is_shown_at_the_next_look_and_told_once(board, worksheet):
    other = other_kernel(worksheet)
    other.decide("PRODUCT", "from", by="Bo")
    other.save()
    board.look()
    assert board.decisions[PRODUCT]["by"] == "Bo"
    assert board.status["notice"] == "worksheet.yaml was changed elsewhere: this is what it says now."
    turn = board.status["turn"]
    board.look()
    assert board.status["turn"] == turn


def test_what_another_board_of_this_kernel_wrote_is_shown_at_the_next_look(board, worksheet):
    other = DirectionBoard(worksheet)
    decide(other)
    assert CUSTOMER not in board.decisions
    board.look()
    assert CUSTOMER in board.decisions
    turn = other.status["turn"]
    other.look()
    assert other.status["turn"] == turn


def test_a_file_that_became_unreadable_is_told_once_and_followed_again_when_it_is_mended(board, worksheet):
    text = worksheet.path.read_text()
    worksheet.path.write_text("pairs: [")
    board.look()
    assert "worksheet.yaml" in board.status["error"]
    turn = board.status["turn"]
    board.look()
    assert board.status["turn"] == turn
    worksheet.path.write_text(text.replace("third_party: customers\n", "third_party: customers\n  decision: from\n"))
    board.look()
    assert board.status["error"] == ""
    assert board.decisions[CUSTOMER]["direction"] == "From iPaaS.com"


def test_a_file_that_is_gone_changes_nothing(board, worksheet):
    decide(board)
    worksheet.path.unlink()
    board.look()
    assert board.status["error"] == ""
    assert CUSTOMER in board.decisions


def test_what_was_said_in_code_and_not_saved_survives_a_look(board, worksheet):
    worksheet.decide("CUSTOMER", "to", by="Ada")
    other = other_kernel(worksheet)
    other.decide("CUSTOMER", "to", methods="add", by="Bo")
    other.decide("PRODUCT", "to", by="Bo")
    other.save()
    board.look()
    assert board.decisions[CUSTOMER]["by"] == "Ada"
    with pytest.raises(WorksheetError, match="changed meanwhile"):
        worksheet.save()
    assert worksheet.entry("CUSTOMER").decision.by == worksheet.entry("PRODUCT").decision.by == "Bo"


def test_undo_and_redo_reach_only_what_this_board_said(board, worksheet):
    other = DirectionBoard(worksheet)
    decide(board)
    decide(other, PRODUCT)
    board.handle({"do": "undo"})
    assert (worksheet.entry("CUSTOMER").decided, worksheet.entry("PRODUCT").decided) == ("undecided", "To iPaaS.com")
    board.handle({"do": "undo"})
    assert board.status["saved"] == "There is nothing to undo."
    other.look()
    other.handle({"do": "redo"})
    assert worksheet.entry("CUSTOMER").decided == "undecided"
    board.handle({"do": "redo"})
    assert other_kernel(worksheet).entry("CUSTOMER").decided == "To iPaaS.com"


def test_undo_leaves_alone_what_somebody_else_wrote_over_it(board, worksheet):
    decide(board)
    other = other_kernel(worksheet)
    other.decide("CUSTOMER", "leave out", why="hand says out", by="Bo")
    other.save()
    board.handle({"do": "undo"})
    assert board.status["saved"] == "There is nothing to undo."
    assert other_kernel(worksheet).entry("CUSTOMER").decision.why == "hand says out"


def test_a_text_that_is_typed_is_one_step_to_undo(board, worksheet):
    decide(board)
    for text in ("the", "the shop", "the shop owns them"):
        decide(board, why=text, label="why CUSTOMER")
    assert other_kernel(worksheet).entry("CUSTOMER").decision.why == "the shop owns them"
    board.handle({"do": "undo"})
    assert other_kernel(worksheet).entry("CUSTOMER").decision.why == ""
    board.handle({"do": "undo"})
    assert other_kernel(worksheet).entry("CUSTOMER").decision is None


class Loop:
    """An event loop that keeps what is to be called."""

    def __init__(self):
        self.later = []

    def call_later(self, seconds, call, *arguments):
        self.later.append((seconds, lambda: call(*arguments)))


def test_the_file_is_looked_at_while_the_kernel_is_idle_until_the_board_is_closed(monkeypatch, worksheet):
    loop = Loop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
    board = DirectionBoard(worksheet)
    other = other_kernel(worksheet)
    other.decide("PRODUCT", "from", by="Bo")
    other.save()
    seconds, call = loop.later.pop()
    assert 0 < seconds < 1
    call()
    assert PRODUCT in board.decisions
    assert len(loop.later) == 1
    board.close()
    loop.later.pop()[1]()
    assert loop.later == []


def test_a_board_that_is_displayed_leaves_a_static_table_that_follows(monkeypatch, board):
    shown, updated = [], []

    class Handle:
        @staticmethod
        def update(data, raw):
            updated.append(data["text/html"] if raw else "")

    def display(value, **options):
        shown.append((value, options))
        return Handle

    monkeypatch.setattr(boards, "display", display)
    decide(board)
    assert updated == []
    board._ipython_display_()
    (bundle, raw), (table, twin) = shown
    assert raw == {"raw": True}
    assert twin == {"raw": True, "display_id": True}
    assert bundle["text/plain"] == "DirectionBoard(1 of 3 decided)"
    assert "Ada" in table["text/html"]
    assert "<script" not in table["text/html"]
    decide(board, PRODUCT, "Leave out")
    assert "leave out" in updated[-1]


@pytest.mark.parametrize("name", ["direction_board"])
def test_script_and_style_are_one_module_each_without_imports(name):
    script = script_of(name)
    assert "import " not in script.replace("// ", "")
    assert script.count("export default") == 1
    assert script.count("export") == 1
    assert style_of(name).count(".ipd {") == 1
