import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipaas_discovery.samples.redaction.answer_fields import AnswerFields
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.walking import answer_walk, column_survey
from ipaas_discovery.samples.redaction.walking.column_survey import LEAST_RECORDS, ColumnSurvey, Need, Told

TEXTS = st.sampled_from(
    [
        "", "oak shelf", "SKU-0042", "12.50", "2026-03-04", "Ada", "Ada Example", "ask Ada", "ada@x.test",
        "ABCDEFGHXXX", "https://x.test/a?email=ada@x.test", '{"email": "ada@x.test"}', "4111 1111 1111 1111", "a\nb",
        "camelCase", "Köln",
    ]
)  # fmt: skip
NO_RULES = UserRules()
PLAIN = st.none() | st.booleans() | TEXTS | st.integers(0, 99) | st.sampled_from([4111111111111111, 5550100199, 1.5])
KEYS = (
    "id",
    "name",
    "email",
    "note",
    "sku",
    "customer",
    "lines",
    "label",
    "value",
    "birth_year",
    "first_name",
    "Ada Example",
)


def records_of(values, most):
    return st.dictionaries(st.sampled_from(KEYS), values, max_size=most)


RECORDS = records_of(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | records_of(inner, 3)), 5)


def redacted(records, rules=NO_RULES):
    redactor = Redactor(rules=rules, key=b"k")
    body, waiting = redactor.answer(json.dumps({"data": records}).encode(), "/orders")
    return body, waiting, redactor.settle()


def survey(*records, field="orders"):
    fields = AnswerFields(AnswerPaths(), UserRules(), str.upper)
    there = fields.inside(fields.root(()), field)
    known = ColumnSurvey(fields, str.upper)
    return known.of_records([*records] * LEAST_RECORDS, there), known


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4), st.integers(0, 3))
def test_what_is_looked_at_together_comes_out_like_what_is_looked_at_alone(records, times):
    many = records * (LEAST_RECORDS + times)
    together = redacted(many)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_walk, "LEAST_RECORDS", len(many) + 1)
        assert redacted(many) == together


@pytest.mark.parametrize(
    ("record", "look"),
    [
        ({"price": "12.50", "total": 3, "paid": True, "tax": {"rate": 1.5}, "rows": [{"at": 1}]}, Need.NONE),
        ({"title": "oak shelf", "total": 3}, Told(("title",))),
        ({"title": None, "at": "2026-03-04T05:06:07Z"}, Need.NONE),
        ({"title": "mail ada@x.test"}, Need.EACH),
        ({"email": "ada@x.test"}, Need.NONE),
        ({"email": "https://x.test/ada"}, Need.EACH),
        ({"phone": "12.50"}, Need.EACH),
        ({"latitude": "52.5"}, Need.NONE),
        ({"first_name": "Ada"}, Need.EACH),
        ({"note": "ask about oak"}, Need.EACH),
        ({"note": "12 or more"}, Need.EACH),
        ({"reason_code": "none"}, Need.NONE),
        ({"total": 10**13 - 1}, Need.NONE),
        ({"total": 10**13}, Need.EACH),
        ({"tags": ["new"]}, Need.EACH),
        ({"sku": ["new"]}, Need.NONE),
        ({"tags": ["ada@x.test"]}, Need.EACH),
        ({"label": "phone", "value": "oak"}, Need.EACH),
        ({"title": "a\nb"}, Need.EACH),
    ],
)  # fmt: skip
def test_a_column_is_as_its_most_telling_value(record, look):
    assert survey(record)[0] == look


def test_few_objects_and_those_of_people_are_not_surveyed():
    fields = AnswerFields(AnswerPaths(), UserRules(), str.upper)
    known = ColumnSurvey(fields, str.upper)
    assert known.of_records([{"total": 1}] * (LEAST_RECORDS - 1), fields.inside(fields.root(()), "orders")) is Need.EACH
    assert known.of_records([{"total": 1}] * LEAST_RECORDS, fields.inside(fields.root(()), "employees")) is Need.EACH
    assert not known.members


def test_a_text_that_is_personal_as_a_whole_gets_its_pseudonym_once_and_at_once():
    masked = []
    fields = AnswerFields(AnswerPaths(), UserRules(), str.upper)
    records = [{"email": f"{name}@x.test", "note": None} for name in "ab" * LEAST_RECORDS]
    known = ColumnSurvey(fields, lambda text: masked.append(text) or text.upper())
    assert known.of_records(records, fields.inside(fields.root(()), "orders")) is Need.NONE
    assert {record["email"] for record in records} == {"A@X.TEST", "B@X.TEST"}
    assert sorted(masked) == ["a@x.test", "b@x.test"]
    assert not known.members


def test_a_name_waits_until_it_is_told():
    record = {"first_name": "Ada", "email": "a@x.test"}
    look, known = survey(record)
    members = known.members[id(record)]
    assert (look, record["first_name"], record["email"]) == (Need.EACH, "Ada", "A@X.TEST")
    assert (members.looked, members.texts, members.held, [key for key, _ in members.masked]) == (
        (),
        (),
        (),
        ["first_name"],
    )
    assert members.masked[0][1].pseudonyms == {"Ada": "ADA"}


def test_free_texts_and_lists_of_texts_are_known_as_such():
    record = {"first_name": "Ada", "note": "ask about oak", "tags": ["oak", "new"], "remark": "ask Mrs Example"}
    _, known = survey(record)
    members = known.members[id(record)]
    assert (members.free, members.lists, members.looked) == (("note",), ("tags",), ("remark",))


def test_a_name_goes_from_surveyed_free_texts_and_lists():
    record = {"first_name": "Xanthe", "note": "ask xanthe", "tags": ["vip Xanthe", "new"]}
    body = json.loads(redacted([record] * LEAST_RECORDS)[0])["data"]
    assert "xanthe" not in json.dumps(body).lower()
    assert body[0]["tags"][1] == "new"


def test_objects_with_other_keys_are_surveyed_by_themselves():
    one, other = {"title": "oak", "first_name": "Ada"}, {"title": "oak", "total": 1}
    look, known = survey(one, other)
    assert look is Need.EACH
    assert known.members[id(one)].masked
    assert known.members[id(other)].texts == ("title",)


def test_texts_of_objects_inside_are_told_from_where_they_are_held():
    record = {"first_name": "Ada", "lines": [{"title": "oak", "rate": 1}], "tax": {"code": "full"}}
    _, known = survey(record)
    assert known.members[id(record)].held == (("lines", ("title",)),)


def test_a_rule_of_the_user_holds_in_many_records_as_in_one():
    records = [{"title": "oak", "email": "a@x.test"}] * LEAST_RECORDS
    rules = UserRules(keep=("*.email",), hide=("*.title",))
    body = redacted(records, rules)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_walk, "LEAST_RECORDS", 99)
        assert redacted(records, rules)[0] == body
    assert column_survey.LEAST_RECORDS == 8
