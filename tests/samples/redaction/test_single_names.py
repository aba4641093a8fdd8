"""People by one word: names and log-ins where somebody is expected, as keys of maps, handles, and codes of banks."""

from __future__ import annotations

import json

import pytest

from ipaas_discovery.samples.redaction.map_keys import kept_by, safe_key
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.redaction.value_patterns import is_single_name

PERSONS = ("buyer", "customer", "guests", "Absender", "patient")
USERS = (
    "created_by",
    "updatedBy",
    "assigned_to",
    "assignee",
    "reviewer",
    "cashier",
    "opprettetAv",
    "creado_por",
    "erstelltVon",
)


def redacted(record):
    return json.loads(Redactor(key=b"k").json(json.dumps(record).encode(), "/orders") or b"")


@pytest.mark.parametrize("field", [*PERSONS, "created_by", "assignee"])
@pytest.mark.parametrize("name", ["Ada", "Åsa", "O'Neil", "Anne-Marie", "ada.example", "ada_example7"])
def test_a_name_of_one_word_goes_where_a_person_is_expected(field, name):
    assert redacted({field: name})[field] != name


@pytest.mark.parametrize(
    "field", ["created_by", "updatedBy", "assigned_to", "assignee", "reviewer", "cashier", "creado_por"]
)
@pytest.mark.parametrize("name", ["aexample", "ada3", "ADA", "a.example-b", "bob"])
def test_a_log_in_goes_where_somebody_did_something(field, name):
    assert redacted({field: name})[field] != name


@pytest.mark.parametrize("field", [*PERSONS, "created_by", "assignee"])
@pytest.mark.parametrize(
    "text",
    [
        "System",
        "DHL",
        "Gold",
        "expired",
        "webhook",
        "API",
        "B-17",
        "cus_9s6XKzkN",
        "usr_00012",
        "N/A",
        "17",
        "x",
        "Bob7890",
        "api_user",
    ],
)
def test_programs_departments_and_codes_stay(field, text):
    assert redacted({field: text}) == {field: text}


@pytest.mark.parametrize("field", PERSONS)
@pytest.mark.parametrize("text", ["prepaid", "VIP", "gold", "walk-in"])
def test_a_word_in_small_letters_stays_where_a_kind_is_as_usual(field, text):
    assert redacted({field: text}) == {field: text}


@pytest.mark.parametrize(
    "field", ["order_by", "post_to", "operator", "host", "driver", "parent", "lead", "profile", "shipping"]
)
@pytest.mark.parametrize("text", ["Standard", "created", "mysql"])
def test_a_field_that_as_often_holds_a_word_keeps_it(field, text):
    assert redacted({field: text}) == {field: text}


def test_a_name_of_one_word_goes_in_other_texts_and_a_log_in_does_not():
    after = redacted({"created_by": "Adalind", "title": "Cup of Adalind", "updated_by": "mug", "subtitle": "A mug"})
    assert "Adalind" not in str(after)
    assert after["subtitle"] == "A mug"
    assert after["title"].removeprefix("Cup of ") == after["created_by"]


def test_the_same_log_in_has_the_same_pseudonym_everywhere():
    after = redacted(
        {
            "created_by": "aexample",
            "hours_by_user": {"aexample": 2, "total": 2},
            "users": {"aexample": {"email": "a@example.test"}, "7": {"email": "b@example.test"}},
            "username": "aexample",
        }
    )
    name = after["created_by"]
    assert name != "aexample"
    assert len(name) == len("aexample")
    assert after["username"] == name
    assert list(after["hours_by_user"]) == [name, "total"]
    assert list(after["users"]) == [name, "7"]


@pytest.mark.parametrize(
    "record",
    [
        {"users": {"active": {"count": 3}, "blocked_now": {"count": 1}}},
        {"customers": {"new": 3, "returning": 4}},
        {"users": {"first": {"email": None}, "total": 4}},
        {"contacts": {}},
        {"rates_by_currency": {"EUR": 1, "usd": 2}},
        {"settings": {"theme_a": {"name": "Dark"}}},
    ],
)
def test_keys_of_maps_that_name_nobody_stay(record):
    assert redacted(record) == record


def test_what_a_map_is_kept_by():
    assert (kept_by("hours_by_user"), kept_by("users"), kept_by("paid_by_customer_name")) == ("user", "person", "name")
    assert safe_key("aexample", "user", str.upper) == "AEXAMPLE"
    assert safe_key("aexample", "person", str.upper) == "aexample"
    assert safe_key("Ada Example", "user", str.upper) == "ADA EXAMPLE"


@pytest.mark.parametrize(
    "text",
    [
        "@ada_example",
        "@ada.example",
        "ping @adalind, please",
        "(@adalind)",
        "@adalind",
        "COBADEFFXXX",
        "SOLADEST600",
        "to SOLADEST600 today",
    ],
)
def test_a_handle_and_a_banks_code_go_under_any_name(text):
    after = redacted({"extra_1": text})["extra_1"]
    assert after != text
    assert len(after) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "@media", "@type", "@home", "@types/node", "@house/linen@2.1.0", "mug@2x.png", "3 @ 12.50", "@example.com",
        "@Component({})", "@a", "@7up",
        "DELIVERY", "CUSTOMER", "BUSINESS", "DOCUMENTED1", "ABCDXXEFXXX",
        "COBADEFFXX", "soladest600", "XSOLADEST600",
    ],
)  # fmt: skip
def test_what_looks_like_a_handle_or_a_banks_code_stays(text):
    assert redacted({"extra_1": text}) == {"extra_1": text}


def test_an_articles_number_is_no_banks_code():
    assert redacted({"sku": "HOODIEXL001", "item_no": "HOODIEXL001"}) == {
        "sku": "HOODIEXL001",
        "item_no": "HOODIEXL001",
    }


def test_a_device_with_nearly_no_digits_is_one():
    assert redacted({"extra_1": "EE-DF-D6-3A-CA-B4"})["extra_1"] != "EE-DF-D6-3A-CA-B4"
    assert redacted({"extra_1": "AB-CD-EF-GH"}) == {"extra_1": "AB-CD-EF-GH"}


@pytest.mark.parametrize(
    ("text", "strictly", "loosely"),
    [
        ("Ada", True, True), ("ADA", False, True), ("Al", True, True), ("al", False, False), ("ada", False, True),
        ("ada12", False, True),
        ("ada123", False, False), ("a.b", True, True), ("ada_b12", True, True), ("ada_b123", False, False),
        ("ada-b", False, True),
        ("System", False, False), ("system", False, False), ("sys_import", False, False), ("Ülle", True, True),
    ],
)  # fmt: skip
def test_what_one_word_may_be(text, strictly, loosely):
    assert (is_single_name(text, loosely=False), is_single_name(text, loosely=True)) == (strictly, loosely)


@pytest.mark.parametrize(
    "key", ["@odata.nextLink", "@odata.deltaLink", "customer@odata.bind", "@Org.OData.Core.V1.Permissions"]
)
def test_an_annotation_is_a_fields_name_and_no_handle(key):
    assert safe_key(key, "", str.upper) == key


def test_a_handle_or_an_address_as_a_key_is_replaced():
    assert safe_key("@ada_example_42", "", str.upper) == "@ADA_EXAMPLE_42"
    assert safe_key("@ada.example.shop", "user", str.upper) == "@ADA.EXAMPLE.SHOP"
    assert safe_key("ada@example.com", "", str.upper) == "ADA@EXAMPLE.COM"
