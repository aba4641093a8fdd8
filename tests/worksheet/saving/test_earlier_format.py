"""A worksheet of the first format, in which decisions and evidence stood in one file, loads and is saved as two."""

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.features import Endpoint, Features, Support
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, Question
from ipaas_discovery.worksheet.saving.order_file import read_order
from ipaas_discovery.worksheet.worksheet import Worksheet

EARLIER = """\
# The file ends with a line of three dots; without it, something was cut off.
format: 1
title: Shop
ipaas: {name: iPaaS.com, environment: staging}
third_party: {name: Shop}
as_of: 2026-11-02
questions:
- {text: What for?, answer: selling, by: Jo}
entries:
- collection: Customers
  type_id: 8
  third_party: users
  decision:
    direction: to
    methods: [update, add]
    why: agreed
    by: Jo
    on: 2026-02-01
  claims: {ipaas: all of them}
  questions:
  - {text: Which records move?, answer: active ones}
  - {text: And deletes?}
  features:
  - {direction: to, support: Full, endpoints: [{value: /users}]}
  proposed_features:
  - {direction: to, endpoints: [{value: /users}]}
  mappings:
  - {direction: to, source: mail, destination: email_address, score: 0.9, why: same values}
  - {direction: to, source: first, destination: first_name, status: accepted, score: 0.8}
  - {direction: to, source: x, destination: last_name, status: rejected}
  - {direction: to, source: '', destination: type, kind: static, value: person, status: accepted}
  - {direction: to, source: n, destination: note, kind: formula, value: 'n.Trim()', status: accepted}
  - {direction: from, source: id, destination: user_id, kind: lookup, value: CUSTOMER, status: accepted}
  evidence:
  - direction: to
    method: add
    outcome: blocked
    reason: no call
    findings:
    - {rule: call, effect: blocks, field: '', fact: no call, fix: leave it}
- collection: PRODUCT
  decision: undecided
  gone: true
...
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "worksheet.yaml"
    path.write_text(EARLIER)
    return path


def test_all_of_it_is_there(path):
    worksheet = Worksheet.load(path)
    document, (customer, product) = worksheet.document, worksheet.entries
    assert (document.title, document.ipaas, document.as_of) == (
        "Shop",
        CollectionSide("iPaaS.com", "staging"),
        "2026-11-02",
    )
    assert document.questions == (Question("What for?", "selling", "Jo"),)
    both = (Method.ADD, Method.UPDATE)
    assert customer.decision == Decision(Direction.TO, both, "agreed", "Jo", "2026-02-01")
    assert (customer.type_id, customer.claims.ipaas) == (8, "all of them")
    assert [question.answer for question in customer.questions] == ["active ones", ""]
    assert customer.own_features == (Features(Direction.TO, support=Support.FULL),)
    assert customer.features_of(Direction.TO).endpoints == (Endpoint("/users"),)
    assert [(proof.outcome, len(proof.findings)) for proof in customer.evidence] == [(Outcome.BLOCKED, 1)]
    assert (product.decided, product.gone) == ("undecided", True)


def test_mappings_become_what_they_are_called_now(path):
    customer = Worksheet.load(path).entry("CUSTOMER")
    assert customer.to == (
        Mapping("email_address", "field", ("mail",), standing="matched", score=0.9, evidence="same values"),
        Mapping("first_name", "field", ("first",), status="accepted"),
        Mapping("last_name", "field", ("x",), status="rejected"),
        Mapping("note", "formula", ("n",), value="n.Trim()", status="manual"),
        Mapping("type", "constant", value="person", status="manual"),
    )
    assert customer.from_ == (Mapping("user_id", "look-up", ("id",), value="CUSTOMER", status="manual"),)


def test_it_is_saved_as_two_and_says_the_same(path):
    worksheet = Worksheet.load(path)
    worksheet.save()
    text = path.read_text()
    assert "format: 2\n" in text
    assert " on: " not in text
    assert (
        "  decision: {direction: To iPaaS.com, methods: [add, update], why: agreed, by: Jo, date: 2026-02-01}\n" in text
    )
    assert "blocked" not in text
    again = Worksheet.load(path)
    assert again.entries[0].evidence == worksheet.entries[0].evidence
    assert [entry.decision for entry in again.entries] == [entry.decision for entry in worksheet.entries]
    assert again.document.title == "Shop"


def test_what_somebody_else_writes_in_the_earlier_format_is_merged(path):
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.answer(1, "more", by="one")
    one.save()
    two.decide("PRODUCT", "to", by="two")
    two.save()
    both = Worksheet.load(path)
    assert both.document.questions[0].answer == "more"
    assert both.entry("PRODUCT").decision.by == "two"


HEAD = "format: 1\nentries:\n- collection: CUSTOMER\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "  desicion: undecided\n", ["'desicion'", "line 4", "did you mean 'decision'"]),
        (
            HEAD + "  mappings:\n  - {direction: to, source: a, destination: b, status: acepted}\n",
            ["'acepted'", "line 5"],
        ),
        (HEAD + "  type_id: eight\n", ["'type_id'", "line 4", "integer"]),
    ],
)
def test_a_wrong_one_is_named_with_line_and_key(text, parts):
    with pytest.raises(WorksheetError) as caught:
        read_order(text.encode(), name="shop.yaml")
    assert [part for part in ["shop.yaml", *parts] if part not in str(caught.value)] == []
