"""Planning questions: asked once, with what people answered and what the data say to each of the guide's."""

import pytest

from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.capabilities import Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import Facts, ForecastFacts, PairFacts, SideFacts
from ipaas_discovery.worksheet.ordered_flow import FlowCount, OrderedFlow
from ipaas_discovery.worksheet.parts import Decision, Evidence, Question
from ipaas_discovery.worksheet.questions import default_questions
from ipaas_discovery.worksheet.synopsis.planning_answers import PlanningAnswer, planning_questions

DIRECTION, WHICH, ONE, UNIQUE, OWN, RELATED = range(6)
NOTHING = ("", "")


def proposed(at, facts=None, *, collection="CUSTOMER", beside=(), **known):
    """The proposal, and its grade, to one of the guide's questions about a pair."""
    entry = Entry(collection, 8, "users", questions=default_questions("collection"), **known)
    document = WorksheetDocument("Shop", entries=(entry, *(Entry(name, 1, "x") for name in beside)))
    questions = planning_questions(document, Facts(pairs={entry.key: facts or PairFacts()}))
    (answer,) = questions[at].answers
    return answer.proposal, answer.grade


def test_every_text_is_asked_once_those_of_the_whole_integration_first():
    own = Question("Who builds it?", "Bo", "Ann", "2026-01-02")
    entries = (
        Entry("CUSTOMER", 8, "users", questions=(own, Question("Why?"))),
        Entry("PRODUCT", 1, "items", questions=(Question("Why?", "so"),)),
    )
    document = WorksheetDocument("Shop", entries=entries, questions=(Question("When?"), Question("Who builds it?")))
    questions = planning_questions(document, Facts())
    assert [(question.number, question.text) for question in questions] == [
        (1, "When?"), (2, "Who builds it?"), (3, "Why?"),
    ]  # fmt: skip
    assert questions[1].answers == (
        PlanningAnswer(("", "")), PlanningAnswer(("CUSTOMER", "users"), "Bo", "Ann", "2026-01-02"),
    )  # fmt: skip
    assert [row.pair for row in questions[2].answers] == [("CUSTOMER", "users"), ("PRODUCT", "items")]


def test_the_direction_is_what_was_decided_else_what_the_evidence_says():
    assert proposed(DIRECTION) == NOTHING
    decided = Decision(Direction.TO, (Method.ADD, Method.UPDATE))
    assert proposed(DIRECTION, decision=decided) == ("To iPaaS.com: add, update, as decided", "")
    assert proposed(DIRECTION, decision=Decision(None)) == ("leave out, as decided", "")
    evidence = (Evidence(Direction.FROM, Method.ADD, Outcome.POSSIBLE),)
    text, grade = proposed(DIRECTION, evidence=evidence)
    assert (text.startswith("From iPaaS.com: "), "To iPaaS.com" in text, grade) == (True, False, "inferred")


def test_the_records_are_those_that_meet_the_conditions():
    flows = (OrderedFlow("shops", Direction.TO, condition="type = shop"), OrderedFlow("all", Direction.TO))
    known = {"decision": Decision(Direction.TO), "named_flows": flows}
    assert proposed(WHICH) == NOTHING
    assert proposed(WHICH, decision=Decision(Direction.TO)) == ("every record: no condition is ordered", "")
    assert proposed(WHICH, **known) == ("shops: type = shop", "observed")
    counted = proposed(WHICH, **known, counts=(FlowCount("shops", 4, 9),))
    assert counted == ("shops: type = shop (4 of 9)", "observed")


def test_records_are_one_to_one_as_far_as_they_were_found():
    rows = (ForecastFacts("To", 7, duplicates=2), ForecastFacts("From", 7, undecided=3))
    assert proposed(ONE, PairFacts(forecast=rows)) == NOTHING
    assert proposed(ONE, PairFacts(paired=7)) == NOTHING
    found, grade = "7 records were found on both sides, one to one", "observed, of the records read"
    assert proposed(ONE, PairFacts(paired=7, forecast=(ForecastFacts("To", 7),))) == (found, grade)
    text = f"{found}; To: 2 repeat a record; From: of 3 it is open which of several is theirs"
    assert proposed(ONE, PairFacts(paired=7, forecast=rows)) == (text, grade)


@pytest.mark.parametrize(
    ("facts", "parent", "answer"),
    [
        ({"key": True, "present": 9, "of": 9}, "",
         ("id is filled and different in all 9 records read", "observed 9 of 9")),
        ({"key": False, "present": 8, "of": 9}, "", ("id is not different in all 9 records read", "observed 8 of 9")),
        ({"key": False, "present": 8, "of": 9}, "shops",
         ("id is not different in all 9 records read; it may be unique within shops", "observed 8 of 9")),
        ({"key": None, "present": 9, "of": 9}, "", NOTHING),
        ({"key": True, "present": None, "of": None}, "", NOTHING),
    ],
)  # fmt: skip
def test_the_id_is_unique_as_far_as_it_was_read(facts, parent, answer):
    side = SideFacts(fields=(ModelField("id", **facts),), id="id", parent=parent)
    assert proposed(UNIQUE, PairFacts(third_party=side)) == answer


@pytest.mark.parametrize(
    "side", [SideFacts(), SideFacts(id="id"), SideFacts(fields=(ModelField("id", of=9, key=True),))]
)
def test_without_a_known_id_nothing_is_said_of_it(side):
    assert proposed(UNIQUE, PairFacts(third_party=side)) == NOTHING


@pytest.mark.parametrize(
    ("collection", "parent", "embedded", "text"),
    [
        ("CUSTOMER", "", False, "in iPaaS.com on its own; in the third party on its own"),
        ("CUSTOMER_ADDRESS", "users", True, "in iPaaS.com inside CUSTOMER; in the third party inside users"),
        ("CUSTOMER", "users", False, "in iPaaS.com on its own; in the third party by a call for each record of users"),
    ],
)
def test_records_stand_on_their_own_or_inside_others(collection, parent, embedded, text):
    side = SideFacts(capabilities=(Capability("read"),), parent=parent, embedded=embedded)
    assert proposed(OWN, PairFacts(third_party=side), collection=collection) == (text, "declared")
    assert proposed(OWN, PairFacts(third_party=side), collection="COLOUR") == NOTHING
    assert proposed(OWN, collection=collection) == NOTHING


def test_related_collections_are_named_with_their_place_in_the_order():
    none = ("names no other collection, as far as the platform's order says", "inferred")
    assert proposed(RELATED, collection="LOCATION") == none
    assert proposed(RELATED, collection="COLOUR") == NOTHING
    here, there = "CUSTOMER (is not in this order)", "CUSTOMER (moves)"
    assert proposed(RELATED, collection="CUSTOMER_ADDRESS") == (f"names {here}", "declared")
    assert proposed(RELATED, collection="CUSTOMER_ADDRESS", beside=["CUSTOMER"]) == (f"names {there}", "declared")


@pytest.mark.parametrize(
    ("kind", "value", "status", "named"),
    [
        ("look-up", "PRODUCT", "manual", True),
        ("look-up", "PRODUCT", "accepted", True),
        ("look-up", "PRODUCT", "proposed", False),
        ("look-up", "COLOUR", "manual", False),
        ("formula", "PRODUCT", "manual", False),
    ],
)
def test_collections_whose_linked_records_are_written_are_named(kind, value, status, named):
    row = Mapping("ref", kind, ("id",), value=value, status=status)
    for way in ("to", "from_"):
        text, grade = proposed(RELATED, collection="LOCATION", beside=["PRODUCT"], **{way: (row,)})
        assert (text == "names PRODUCT (moves)", grade) == (named, "declared" if named else "inferred")
