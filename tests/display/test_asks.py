"""Requests of the report: each kind of open work under its heading, questions asked once, long texts cut."""

import pytest

from ipaas_discovery.display.asks import FIRST_ASKED, FORMS, LONGEST, asks
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList


def item(kind, about="type", answer="", collection="CUSTOMER", open_="because"):
    return WorkItem(kind, collection, "users" if collection else "", about, open_, answer)


def test_every_kind_has_a_form():
    assert list(FORMS) == list(WorkKind)


@pytest.mark.parametrize("kind", WorkKind)
def test_a_heading_counts_in_the_singular_and_in_the_plural(kind):
    (one,) = asks(WorkList((item(kind),)))
    (two,) = asks(WorkList((item(kind), item(kind))))
    assert one.title.partition(" in ")[0].partition(" with ")[0] == two.title.replace("2", "1").partition(" in ")[
        0
    ].partition(" with ")[0].removesuffix("s")
    assert " 2 " in two.title


def test_requests_stand_in_the_order_of_work():
    made = asks(WorkList((item(WorkKind.UNDECIDED), item(WorkKind.UNANSWERED))))
    assert [ask.kind for ask in made] == ["undecided", "unanswered"]
    assert asks(WorkList()) == ()


def test_rows_say_pair_field_fact_and_what_would_settle_it():
    (ask,) = asks(WorkList((item(WorkKind.UNMAPPED, answer="give a value"),)))
    assert ask.rows == (("CUSTOMER ↔ users", "type", "because", "give a value"),)
    assert len(ask.columns) == 4
    (ask,) = asks(WorkList((item(WorkKind.UNDECIDED),)))
    assert ask.rows == (("CUSTOMER ↔ users", "left open", "because"),)
    (ask,) = asks(WorkList((item(WorkKind.UNPAIRED, answer="its name"),)))
    assert ask.rows == (("CUSTOMER ↔ users", "because", "its name"),)


def alone(name, reason="nothing is like it", answer=""):
    return WorkItem(WorkKind.UNPAIRED, "", name, "", reason, answer)


def test_collections_that_are_open_for_one_reason_share_the_last_row():
    work = [*map(alone, "abcd"), alone("e", "it may be a customer"), alone("f", answer="its name")]
    (ask,) = asks(WorkList(tuple(work)))
    assert ask.title == "Place 6 collections in no pair"
    assert ask.rows == (
        ("e", "it may be a customer", ""),
        ("f", "nothing is like it", "its name"),
        ("4 collections: a, b, c, d", "nothing is like it", ""),
    )
    (few,) = asks(WorkList(tuple(map(alone, "abc"))))
    assert [row[0] for row in few.rows] == ["a", "b", "c"]


def test_more_names_than_a_cell_holds_are_counted():
    (ask,) = asks(WorkList(tuple(alone(f"collection_{at:02}") for at in range(40))))
    ((names, *_),) = ask.rows
    assert names.startswith("40 collections: collection_00, collection_01, ")
    shown = names.count("collection_")
    assert names.endswith(f" and {40 - shown} more")
    assert LONGEST - 20 <= len(names) <= LONGEST


def test_a_question_of_many_pairs_is_one_row():
    pairs = [item(WorkKind.UNANSWERED, "Which?", "all", name, "") for name in ("A", "B")]
    whole = item(WorkKind.UNANSWERED, "What for?", "", "", "")
    rest = [item(WorkKind.UNANSWERED, "Which?", "", name, "") for name in ("C", "D")]
    (ask,) = asks(WorkList((whole, *pairs, *rest)))
    assert ask.title == "Answer 5 questions"
    assert ask.rows == (
        ("What for?", "the whole integration", "nothing"),
        ("Which?", "4 pairs", "an answer to confirm for 2 of 4, each at its pair below; nothing for C and D"),
    )
    (ask,) = asks(WorkList((pairs[0],)))
    assert ask.rows == (("Which?", "1 pair", "all"),)
    (ask,) = asks(WorkList(tuple(pairs)))
    assert ask.rows[0][2] == "an answer to confirm for 2 of 2, each at its pair below"


def test_beyond_the_first_rows_they_are_folded_and_long_texts_are_cut():
    many = [item(WorkKind.REFUSED, f"field_{n}", open_="x" * 241) for n in range(FIRST_ASKED + 1)]
    (ask,) = asks(WorkList(tuple(many)))
    assert len(ask.first) == FIRST_ASKED
    assert [row[1] for row in ask.further] == [f"field_{FIRST_ASKED}"]
    assert ask.rows[0][2] == "x" * 239 + "…"
    (ask,) = asks(WorkList((item(WorkKind.REFUSED, open_="x" * 240),)))
    assert ask.rows[0][2] == "x" * 240
