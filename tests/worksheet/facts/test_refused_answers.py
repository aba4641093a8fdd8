import pytest

from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.worksheet.facts.refused_answers import duplicates_of, error_form_of


def described(**answers):
    """A description whose POST /users answers so; a text is what the description says, a list the body's fields."""
    responses = {
        status.strip("_"): {"description": said}
        if isinstance(said, str)
        else {
            "description": "",
            "content": {"application/json": {"schema": {"properties": {name: {} for name in said}}}},
        }
        for status, said in answers.items()
    }
    call = {"responses": {"201": {"description": "made"}, **responses}}
    return [read_openapi({"openapi": "3.0.0", "info": {}, "paths": {"/users": {"post": call, "get": call}}})]


@pytest.mark.parametrize("said", ["The email is already in use", "Duplicate SKU", "name must be unique", "it exists"])
def test_a_description_says_how_a_duplicate_is_rejected(said):
    fact, grade = duplicates_of(described(_422=said))
    assert (fact, grade) == (f"status 422 of POST /users: “{said}”", "declared")


def test_a_conflict_without_a_word_of_it_is_an_inference():
    fact, grade = duplicates_of(described(_409="Conflict"))
    assert fact.startswith("status 409 of POST /users; that this answers a duplicate is inferred")
    assert grade == "inferred"


def test_other_refusals_say_nothing_of_duplicates():
    assert duplicates_of(described(_400="Bad request", _422="Invalid")) is None
    assert duplicates_of([]) is None


def test_the_form_of_errors_is_that_of_most_described_answers():
    fact, grade = error_form_of(described(_400=["code", "message"], _409=["code", "message"], _404=["title"]), [])
    assert fact == "a body of code and message, in 4 of 6 refusals described (400, 404, 409)"
    assert grade == "declared"


def test_statuses_without_bodies_say_so():
    fact, grade = error_form_of(described(_401="no key", _429="slow down"), [])
    assert fact == "statuses 401, 429; what their bodies hold is not described"
    assert grade == "declared"


def test_an_answer_that_was_met_shows_its_members():
    met = 'The system answered 403 Forbidden: {"code": 7, "message": "no", "d": {"at": "x"}} (GET /users): ask.'
    fact, grade = error_form_of([], ["The network is down.", met, met])
    assert fact == "JSON that names code, message, d and at (status 403)"
    assert grade == "observed 2 of 2"


def test_graphql_reports_errors_as_its_specification_says():
    api = read_openapi(
        {"data": {"__schema": {"queryType": {"name": "Query"}, "types": [
            {"kind": "OBJECT", "name": "Query", "fields": [{"name": "orders", "args": [], "isDeprecated": False,
             "type": {"kind": "LIST", "ofType": {"kind": "OBJECT", "name": "Order"}}}], "interfaces": []},
            {"kind": "OBJECT", "name": "Order", "interfaces": [], "fields": [{"name": "id", "args": [],
             "isDeprecated": False, "type": {"kind": "SCALAR", "name": "ID"}}]},
            {"kind": "SCALAR", "name": "ID"}], "directives": []}}}
    )  # fmt: skip
    fact, grade = error_form_of([api], [])
    assert fact.startswith("errors[].message beside data")
    assert grade == "inferred"


def test_nothing_known_is_no_fact():
    assert error_form_of([], ["The system took too long (GET /users): try again."]) is None
