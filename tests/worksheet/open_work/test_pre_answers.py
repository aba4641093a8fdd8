"""Answers that the data gives to the planning questions: the decision, the changes, the pairs, ids, parents, links."""

import pytest

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Method, Outcome, Shape
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.pre_answers import pre_answers
from ipaas_discovery.worksheet.ordered_flow import FlowCount, OrderedFlow
from ipaas_discovery.worksheet.parts import Decision, Evidence
from ipaas_discovery.worksheet.questions import COLLECTION

TO, FROM = Direction.TO, Direction.FROM
WAY, WHICH, ONE, IDS, ALONE, LINKS = COLLECTION


def entry(collection="CUSTOMER", decision=None, rules=(), **parts):
    findings = tuple(Finding(rule, Effect.WARNS, "", f"{rule} {way.name}") for rule, way in rules)
    proofs = [
        Evidence(way, method, Outcome.POSSIBLE, findings=[row for row in findings if row.fact.endswith(way.name)])
        for way in (TO, FROM)
        for method in (Method.ADD, Method.UPDATE)
    ]
    return Entry(collection, 8, "users", decision=decision, evidence=proofs if rules else (), **parts)


def sample(system, collection, records):
    return Sample(system, collection, tuple(records), Stop.COMPLETE, total=len(records))


def compared(records):
    theirs = sample("Shop", "users", records)
    ours = sample("iPaaS.com", "CUSTOMER", [{"id": 7, "email": row.get("email")} for row in records[:2]])
    sides = [
        Shapes(one.system, one.collection, observe(one), Schema(shape=Shape.CREATE), Schema(shape=Shape.UPDATE))
        for one in (ours, theirs)
    ]
    return compare(*sides, pair_records(ours, theirs, keys=[("email", "email")]))


@pytest.mark.parametrize(
    ("decision", "answer"),
    [
        (Decision(TO, (Method.ADD, Method.UPDATE)), "To iPaaS.com, by add and update (decided). A delete is not sent."),
        (Decision(FROM, (Method.DELETE,)), "From iPaaS.com, by delete (decided). A delete is sent, too."),
        (Decision(None), "Nowhere: it is left out (decided)."),
        (Decision(TO), None),
        (None, None),
    ],
)
def test_the_way_is_that_of_the_decision(decision, answer):
    assert pre_answers(entry(decision=decision)).get(WAY) == answer


def test_the_way_is_what_the_evidence_proposes_where_nobody_decided():
    proofs = (Evidence(TO, Method.ADD, Outcome.POSSIBLE, passed=3, records=4),)
    answer = pre_answers(Entry("CUSTOMER", 8, "users", evidence=proofs))[WAY]
    assert answer == (
        "To iPaaS.com, by add (proposed: To iPaaS.com: 3 of 4 records pass on add). A delete is not sent."
    )


def test_what_moves_is_said_by_the_flows_and_how_a_change_is_learned_of_by_the_evidence():
    flows = (OrderedFlow("refunds", TO, condition="status = refunded"), OrderedFlow("sales", TO))
    decision = Decision(TO, (Method.ADD,))
    pair = entry(decision=decision, rules=[("changes", TO), ("changes", FROM)], named_flows=flows,
                 counts=(FlowCount("refunds", 14, 267),))  # fmt: skip
    assert pre_answers(pair)[WHICH] == (
        "refunds: status = refunded (14 of 267 of the sample); sales: every record. To iPaaS.com: changes TO"
    )
    assert WHICH not in pre_answers(entry(rules=[("changes", TO), ("changes", FROM)]))  # both ways are as good


def test_pairs_say_whether_records_stand_one_to_one():
    records = [{"id": n, "email": f"a{n}@example.test"} for n in range(6)]
    answers = pre_answers(entry(), compared(records))
    assert answers[ONE] == "2 records of the samples stand one to one."
    again = [*records, {"id": 9, "email": "a0@example.test"}]
    assert pre_answers(entry(), compared(again))[ONE] == (
        "1 record of the samples stands one to one, 3 records could belong to several."
    )
    assert ONE not in pre_answers(entry(), compared([{"id": 1, "email": ""}]))


def test_an_id_that_is_filled_and_different_everywhere_is_the_answer():
    records = [{"id": n, "code": f"c{n}", "at": f"2026-01-0{n + 1}", "email": "same@example.test"} for n in range(5)]
    assert pre_answers(entry(), compared(records))[IDS] == (
        "id is filled and different in all 5 records that were read; so is code."
    )
    assert IDS not in pre_answers(entry(), compared(records[:4]))  # too few to say so


def test_the_parent_is_that_of_the_evidence_else_of_the_platform():
    assert pre_answers(entry(rules=[("parent", TO)]))[ALONE] == "To iPaaS.com: parent TO."
    assert pre_answers(entry("TRANSACTION_LINE"))[ALONE] == (
        "Inside its parent: on the platform a TRANSACTION_LINE belongs to a TRANSACTION."
    )
    assert pre_answers(entry())[ALONE] == "On its own: the platform gives CUSTOMER no parent."
    assert ALONE not in pre_answers(entry("OWN_TYPE"))


def test_links_say_what_has_to_exist_and_whether_it_moves():
    pair = entry("TRANSACTION_PAYMENT")
    assert pre_answers(pair, planned=frozenset({"TRANSACTION"}))[LINKS] == (
        "On the platform it needs TRANSACTION and PAYMENT_METHOD: TRANSACTION moves, too; PAYMENT_METHOD does not move."
    )
    both = pre_answers(pair, planned=frozenset({"TRANSACTION", "PAYMENT_METHOD"}))[LINKS]
    assert both.endswith(": TRANSACTION and PAYMENT_METHOD move, too.")
    assert pre_answers(pair)[LINKS].endswith(": TRANSACTION and PAYMENT_METHOD do not move.")
    assert LINKS not in pre_answers(entry("LOCATION"))
