"""The board of open work: what it lists, how a question is answered, what an answer does to the list."""

from dataclasses import replace

import pytest
from open_integration import Integration

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.widgets.work_board import OpenWork, key_of
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.work_list import WorkKind
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.worksheet import Worksheet

WHICH, WHY = "Which records move?", "Why?"


@pytest.fixture
def integration(tmp_path):
    questions = (Question(WHICH), Question(WHY))
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users", questions=questions)])
    worksheet.save(tmp_path / "worksheet.yaml")
    return Integration(worksheet)


@pytest.fixture
def board(integration):
    return OpenWork(integration, by="Ada")


def key(board, about):
    return next(item["key"] for item in board.items if item["about"] == about)


def ask(board, about, answer, **more):
    board.handle({"do": "answer", "key": key(board, about), "answer": answer, "request": "1", **more})
    return board.status


def test_it_lists_what_is_open_in_order_with_where_it_is_said(board):
    assert [(item["kind"], item["title"], item["board"]) for item in board.items] == [
        ("unpaired", "zebras", "CollectionBrowser"),
        ("undecided", "CUSTOMER ↔ users", "DirectionBoard"),
        ("unanswered", "CUSTOMER ↔ users", "OpenWork"),
        ("unanswered", "CUSTOMER ↔ users", "OpenWork"),
    ]
    assert [(kind["kind"], kind["count"]) for kind in board.kinds] == [
        ("unpaired", 1), ("undecided", 1), ("unanswered", 2),
    ]  # fmt: skip
    assert repr(board) == "OpenWork(4 open)"
    assert "Directions to decide" in board.static()


def test_an_answer_is_saved_and_stays_in_its_row(board, integration):
    status = ask(board, WHICH, " all of them ")
    assert (status["error"], status["saved"]) == ("", "CUSTOMER ↔ users: answered. Saved to worksheet.yaml.")
    saved = Worksheet.load(integration.worksheet.path).entry("CUSTOMER").questions
    assert [(question.text, question.answer, question.by) for question in saved] == [
        (WHICH, "all of them", "Ada"), (WHY, "", ""),
    ]  # fmt: skip
    assert board.answers[key(board, WHICH)]["answer"] == "all of them"
    assert [item["about"] for item in board.items if item["kind"] == "unanswered"] == [WHICH, WHY]
    assert board.kinds[-1] == {"kind": "unanswered", "heading": "Questions to answer", "count": 1}


def test_an_answer_is_taken_back_by_an_empty_one_and_by_undo(board, integration):
    ask(board, WHICH, "all")
    assert ask(board, WHICH, "")["saved"].startswith("CUSTOMER ↔ users: open again.")
    assert integration.worksheet.entry("CUSTOMER").questions[0].answer == ""
    board.handle({"do": "undo"})
    assert integration.worksheet.entry("CUSTOMER").questions[0].answer == "all"


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_overwritten(board, integration):
    other = Worksheet.load(integration.worksheet.path)
    other.answer(1, "only paid ones", by="Bob", collection="CUSTOMER")
    other.save()
    status = ask(board, WHICH, "all", seen=None)
    assert status["conflict"]["theirs"] == "only paid ones"
    assert status["conflict"]["yours"] == "all"
    assert board.answers[key(board, WHICH)]["by"] == "Bob"
    assert Worksheet.load(integration.worksheet.path).entry("CUSTOMER").questions[0].answer == "only paid ones"


def test_a_decision_elsewhere_leaves_the_list_at_the_next_look(board, integration):
    integration.worksheet.decide("CUSTOMER", Direction.TO, methods=[Method.ADD], by="Bob")
    board.look()
    assert "undecided" not in {item["kind"] for item in board.items}
    assert "changed elsewhere" in board.status["notice"]


def test_the_list_is_made_anew_only_when_the_worksheet_changed(board, integration):
    asked = integration.asked
    board.refresh()
    board.handle({"do": "nothing"})
    assert integration.asked == asked
    ask(board, WHY, "so")
    assert integration.asked == asked + 1


def test_what_is_no_question_is_told(board):
    board.handle({"do": "answer", "key": "x", "answer": "y"})
    assert "Unknown question 'x'" in board.status["error"]
    with pytest.raises(UnknownNameError, match="by"):
        OpenWork(None, bye="Ada")


def test_a_question_of_the_whole_integration_is_answered(tmp_path):
    worksheet = Worksheet("Shop", questions=[Question("What for?")])
    worksheet.save(tmp_path / "worksheet.yaml")
    board = OpenWork(Integration(worksheet), by="Ada")
    assert ask(board, "What for?", "they sell")["saved"].startswith("the integration: answered.")
    assert worksheet.document.questions[0].answer == "they sell"


def test_of_two_pairs_of_one_collection_the_right_one_is_answered(tmp_path):
    pairs = [Entry("CUSTOMER", 8, name, questions=(Question(WHY),)) for name in ("users", "leads")]
    worksheet = Worksheet("Shop", entries=pairs)
    worksheet.save(tmp_path / "worksheet.yaml")
    board = OpenWork(Integration(worksheet), by="Ada")
    (item,) = (item for item in board.items if item["third_party"] == "leads" and item["kind"] == "unanswered")
    board.handle({"do": "answer", "key": item["key"], "answer": "so"})
    assert worksheet.entry("CUSTOMER", "leads").questions[0].answer == "so"
    assert worksheet.entry("CUSTOMER", "users").questions[0].answer == ""


def test_items_of_one_list_have_keys_of_their_own(board, integration):
    work = integration.open_work()
    assert len({key_of(item) for item in work}) == len(work)
    assert work.of(WorkKind.UNANSWERED)


def test_all_proposals_are_taken_as_one_change_and_what_was_answered_stays(board, integration):
    known = integration.open_work

    def proposing():
        work = known()
        return replace(work, items=tuple(replace(item, answer=f"because {item.about}") for item in work.items))

    integration.open_work = proposing  # since the board was opened, the data answers what it did not
    ask(board, WHICH, "mine")
    keys = [key(board, WHICH), key(board, WHY), "no such"]
    board.handle({"do": "take all", "keys": keys, "request": "1"})
    assert board.status["saved"].startswith("1 question answered with what is proposed.")
    answers = [question.answer for question in integration.worksheet.entry("CUSTOMER").questions]
    assert answers == ["mine", f"because {WHY}"]
    board.handle({"do": "undo"})
    assert [question.answer for question in integration.worksheet.entry("CUSTOMER").questions] == ["mine", ""]
