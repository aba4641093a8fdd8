"""The decision that the evidence proposes: the way that passes best, none where both are as good, never both ways."""

import pytest

from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.proposed_decision import parent_decision, proposed_decision
from ipaas_discovery.worksheet.parts import Decision, Evidence

TO, FROM = Direction.TO, Direction.FROM
ADD, UPDATE, DELETE = Method
POSSIBLE, DEFAULTS, BLOCKED, UNKNOWN = Outcome.POSSIBLE, Outcome.WITH_DEFAULTS, Outcome.BLOCKED, Outcome.UNKNOWN


def proof(way, method, outcome, passed=None, records=None):
    return Evidence(way, method, outcome, passed=passed, records=records)


def entry(*proofs, collection="CUSTOMER"):
    return Entry(collection, 8, "users", evidence=proofs)


def test_the_only_way_that_is_possible_is_proposed_with_its_methods():
    made = proposed_decision(entry(proof(TO, ADD, DEFAULTS), proof(TO, UPDATE, POSSIBLE), proof(FROM, ADD, BLOCKED)))
    assert (made.direction, made.methods) == (TO, (ADD, UPDATE))
    assert made.decision == Decision(TO, (ADD, UPDATE), made.why)
    assert made.why == (
        "To iPaaS.com: possible with defaults on add, possible on update. From iPaaS.com: blocked on add."
    )


def test_a_blocked_method_is_not_proposed_and_a_delete_never():
    made = proposed_decision(entry(proof(TO, ADD, BLOCKED), proof(TO, UPDATE, POSSIBLE), proof(TO, DELETE, POSSIBLE)))
    assert made.methods == (UPDATE,)
    assert "delete" not in made.why


@pytest.mark.parametrize(
    ("to", "back", "way"), [((9, 10), (8, 10), TO), ((7, 10), (8, 10), FROM), ((8, 10), (80, 100), None)]
)
def test_the_way_that_more_records_pass_is_proposed(to, back, way):
    made = proposed_decision(entry(proof(TO, ADD, DEFAULTS, *to), proof(FROM, ADD, DEFAULTS, *back)))
    assert made.direction is way
    assert f"{to[0]} of {to[1]} records pass on add" in made.why


def test_a_way_that_adds_goes_before_one_that_only_updates():
    made = proposed_decision(entry(proof(TO, UPDATE, POSSIBLE, 10, 10), proof(FROM, ADD, DEFAULTS, 1, 10)))
    assert made.direction is FROM


def test_of_two_that_pass_as_often_the_better_outcome_is_proposed():
    made = proposed_decision(entry(proof(TO, ADD, DEFAULTS, 5, 5), proof(FROM, ADD, POSSIBLE, 5, 5)))
    assert made.direction is FROM


def test_two_ways_that_are_as_good_are_left_to_a_person():
    made = proposed_decision(entry(proof(TO, ADD, POSSIBLE), proof(FROM, ADD, POSSIBLE)))
    assert (made.direction, made.methods, made.decision) == (None, (), None)
    assert made.why.startswith("Both ways are as good: choose.")


def test_two_ways_that_no_record_passes_are_not_called_good():
    made = proposed_decision(entry(proof(TO, ADD, DEFAULTS, 0, 24), proof(FROM, ADD, DEFAULTS, 0, 40)))
    assert made.direction is None
    assert made.why.startswith("No record passes either way: choose. To iPaaS.com: 0 of 24 records pass")


@pytest.mark.parametrize("proofs", [(), (proof(TO, ADD, BLOCKED), proof(FROM, ADD, UNKNOWN))])
def test_where_no_way_is_known_to_be_possible_none_is_proposed(proofs):
    made = proposed_decision(entry(*proofs))
    assert made.decision is None
    assert made.why.startswith("No way is known to be possible.")


def test_a_child_goes_where_its_parent_goes():
    proofs = proof(TO, ADD, DEFAULTS, 0, 9), proof(FROM, ADD, POSSIBLE, 9, 9)
    line = entry(*proofs, collection="TRANSACTION_LINE")
    parent = Entry("TRANSACTION", 9, "orders", decision=Decision(TO, (ADD,)))
    assert proposed_decision(line).direction is FROM
    made = proposed_decision(line, parent_decision(line, [parent, line]))
    assert (made.direction, made.why[:29]) == (TO, "Its parent goes To iPaaS.com.")


def test_a_child_does_not_go_where_it_cannot_nor_where_its_parent_goes_both_ways():
    line = entry(proof(TO, ADD, BLOCKED), proof(FROM, ADD, POSSIBLE), collection="TRANSACTION_LINE")
    for decision in (Decision(TO, (ADD,)), Decision(Direction.BIDIRECTIONAL, (ADD,)), Decision(None)):
        assert proposed_decision(line, decision).why.startswith("To iPaaS.com: blocked")
    ways = [Decision(TO, (ADD,)), Decision(FROM, (ADD,))]
    parents = [Entry("TRANSACTION", 9, name, decision=way) for name, way in zip("ab", ways, strict=True)]
    assert parent_decision(line, parents) is None
    assert parent_decision(line, []) is None
    assert parent_decision(entry(), parents) is None
