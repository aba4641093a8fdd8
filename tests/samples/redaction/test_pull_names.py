"""Names that one answer of a pull tells go from the free texts of all its answers, whatever comes first."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from samples.redaction.test_redactor import MASK, redactor

from ipaas_discovery.samples.redaction import pull_names
from ipaas_discovery.samples.redaction.pull_names import PullNames, with_changes

ADA, XANTHE = MASK.text("Ada"), MASK.text("Xanthe")
PAGES = (
    ("/v3/customers", {"data": [{"first_name": "Ada", "notes": "Xanthe knows"}]}),
    ("/v2/orders", {"data": [{"message": "ask Ada or XANTHE", "hours": {"Xanthe Ada": 3, "Ada Lovely": 1}}]}),
    ("/v3/customers", {"data": [{"first_name": "Xanthe", "notes": "with ada and Adam"}]}),
)
SETTLED = [
    {"first_name": ADA, "notes": f"{XANTHE} knows"},
    {"message": f"ask {ADA} or {XANTHE.upper()}", "hours": {f"{XANTHE} {ADA}": 3, "Ada Lovely": 1}},
    {"first_name": XANTHE, "notes": "with ada and Adam"},
]


def settled(pages, there=None):
    """The records of pages, in the order of `PAGES`, after they came in this one."""
    there = there or redactor()
    bodies = {path + json.dumps(body): json.loads(there.json(json.dumps(body).encode(), path)) for path, body in pages}
    changes = there.settle()
    return [with_changes(bodies[path + json.dumps(body)], changes)["data"][0] for path, body in PAGES]


@pytest.mark.parametrize("pages", list(permutations(PAGES)))
def test_what_becomes_of_a_text_does_not_depend_on_the_order_of_answers(pages):
    assert settled(pages) == SETTLED


def test_names_are_known_to_later_answers_once_the_pull_is_settled():
    there = redactor()
    there.value({"data": [{"first_name": "Ada"}]}, "/v3/customers")
    order = {"data": [{"notes": "Ada"}]}
    assert there.value(order, "/v2/orders") == order
    assert there.settle() == {"Ada": ADA}
    assert there.value(order, "/v2/orders")["data"][0]["notes"] == ADA
    assert there.settle() == {}
    assert there.text("told by Ada", "X-Note") == f"told by {ADA}"
    assert redactor().value(order, "/v2/orders") == order


def test_records_of_a_file_tell_names_to_each_other():
    there = redactor()
    first, second = there.records([{"notes": "for Ada"}, {"first_name": "Ada"}], "customers")
    assert (first["notes"], second["first_name"]) == (f"for {ADA}", ADA)


def test_texts_and_names_are_found_again_in_an_answer_that_is_redacted():
    before = redactor()
    stored = [before.json(json.dumps(body).encode(), path) for path, body in PAGES]
    there = redactor()
    waiting = [there.waiting_in(content, path) for content, (path, _) in zip(stored, PAGES, strict=True)]
    assert waiting == [
        {"Xanthe knows": False},
        {"ask Ada or XANTHE": False, "Xanthe Ada": True, "Ada Lovely": True},
        {"with ada and Adam": False},
    ]
    changes = there.settle()
    assert [with_changes(json.loads(content), changes)["data"][0] for content in stored] == SETTLED
    assert there.waiting_in(b"no JSON", "/") == {}
    assert there.waiting_in(b'{"paths": {"/a": {"get": {"message": "Ask Ada"}}}}', "/") == {}


def test_a_name_that_is_a_word_stays_in_the_texts_of_others():
    there = redactor()
    there.value({"data": [{"first_name": "Grace"}]}, "/v3/customers")
    there.value({"data": [{"notes": "Grace period"}]}, "/v2/orders")
    assert there.settle() == {}
    again = redactor()
    again.waiting_in(
        b'{"data": [{"first_name": "%s", "notes": "Grace period"}]}' % MASK.text("Grace").encode(), "/v3/customers"
    )
    assert again.settle() == {}


def test_no_more_texts_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(pull_names, "MOST_WAITING", 8)
    there = redactor()
    there.value({"data": [{"notes": "Ask Ada"}]}, "/v2/orders")
    assert not there.forgets
    there.value({"data": [{"notes": "Or Ada"}]}, "/v2/orders")
    assert there.forgets
    there.value({"data": [{"first_name": "Ada"}]}, "/v3/customers")
    assert there.settle() == {"Ask Ada": f"Ask {ADA}"}


def test_no_more_names_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(pull_names, "MOST_NAMES", 1)
    names = PullNames(str.swapcase)
    for name in ("Ada", "Xanthe"):
        names.hear(pull_names.NamesInText(shared={name}))
    names.settle()
    assert names.masked("Ada and Xanthe") == "aDA and Xanthe"


def test_what_does_not_change_stays_the_same_object():
    value = ({"a": [{"b": "text"}], "c": 1},)
    assert with_changes(value, {"other": "x"}) is value
    changed = with_changes(value, {"text": "x", "a": "z"})
    assert changed == ({"z": [{"b": "x"}], "c": 1},)
    assert value == ({"a": [{"b": "text"}], "c": 1},)
