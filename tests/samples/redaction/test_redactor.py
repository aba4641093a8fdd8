"""Personal data and secrets become pseudonyms: of the same form, the same everywhere, and never the original."""

from __future__ import annotations

import ipaddress
import json
import unicodedata
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.field_names import is_person, is_personal
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import HEXADECIMAL, Pseudonyms
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.schemas.text_formats import text_format
from ipaas_discovery.systems.connectors.connector import load_connector

PLACES = AnswerPaths(load_connector("bigcommerce"))
MASK = Pseudonyms(b"key of the tests")
CUSTOMERS = "/v3/customers"
texts = st.text(st.characters(codec="utf-8"), max_size=40)
plain = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 .-'()+/", max_size=30)
emails = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{4,10}\.[a-z]{2,3}", fullmatch=True)
NAMES = ["email", "name", "id", "phone", "token", "next", "notes", "address"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(NAMES) | texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def redactor(*, keep=(), hide=(), key=b"key of the tests", secrets=None):
    return Redactor(PLACES, UserRules(keep, hide), secrets=lambda: secrets or {}, key=key)


def redacted(record, path=CUSTOMERS, **settings):
    return redactor(**settings).value({"data": [record]}, path)["data"][0]


def kinds(text):
    """Each character by its kind: digit, letter of which case, or itself."""
    return ["9" if each.isdecimal() else "A" if each.isupper() else "a" if each.isalpha() else each for each in text]


@given(
    plain.filter(
        lambda text: (
            "@" not in text and text_format(text) not in {"date", "date-time"} and not HEXADECIMAL.search(text.strip())
        )
    )
)
def test_digits_letters_case_and_separators_keep_their_places(text):
    assert kinds(MASK.text(text)) == kinds(text)


@given(texts)
def test_a_pseudonym_never_raises_and_is_as_long_as_before(text):
    masked = MASK.text(text)
    assert isinstance(masked, str)
    if "@" not in text:
        assert len(masked) == len(text)
    if not any(unicodedata.category(each)[0] in "LN" for each in text):
        assert masked == text


@given(st.lists(plain | emails, unique=True, max_size=30))
def test_different_values_stay_different_and_equal_ones_equal(values):
    masked = [MASK.text(each) for each in values]
    assert len(set(masked)) == len(values)
    assert masked == [Pseudonyms(b"key of the tests").text(each) for each in values]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_even_short_numbers_are_permuted_and_never_merged(length):
    numbers = [f"{number:0{length}}" for number in range(10**length)]
    assert len({MASK.text(each) for each in numbers}) == len(numbers)
    assert {len(MASK.text(each)) for each in numbers} == {length}


@given(plain)
def test_what_differs_in_case_or_punctuation_alone_still_does(text):
    def bare(value):
        return "".join(filter(str.isalnum, value)).lower()

    if "@" not in text and text_format(text) not in {"date", "date-time", "date-time-local"}:
        assert bare(MASK.text(text)) == bare(MASK.text(text.upper())) == bare(MASK.text(f" {text.lower()} "))


@given(emails)
def test_an_email_stays_one_at_a_domain_that_cannot_exist_whatever_its_case(email):
    masked = MASK.text(email)
    assert text_format(masked) == "email"
    assert masked.endswith(".test")
    assert masked.lower() == MASK.text(email.upper()).lower()
    if len(email.partition("@")[2]) >= 9:
        assert len(masked) == len(email)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_stays_a_day(day):
    assert text_format(MASK.text(day.isoformat())) == "date"
    assert MASK.text(f"{day}T10:00:00Z") == f"{MASK.text(day.isoformat())}T10:00:00Z"


@given(st.ip_addresses())
def test_an_address_of_the_network_stays_one(address):
    masked = ipaddress.ip_address(MASK.text(str(address)))
    assert masked.version == address.version


@pytest.mark.parametrize("network", ["::ffff:", "::FFFF:", "64:ff9b::", "::", "2001:db8:0:0:0:1:"])
def test_an_address_that_ends_as_one_of_ipv4_stays_one_and_joins_with_that(network):
    masked = MASK.text(f"{network}192.0.2.33")
    assert ipaddress.ip_address(masked).version == 6
    assert masked.endswith(f":{MASK.text('192.0.2.33')}")
    assert masked.startswith(network) is (network.lower() in {"::ffff:", "::"})


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_sign_and_its_digits(number):
    masked = MASK.number(number)
    assert type(masked) is type(number)
    if isinstance(number, int) and abs(number) < 10**60:
        assert len(str(masked)) == len(str(number))
        assert (masked < 0) == (number < 0)


def test_another_key_gives_other_pseudonyms():
    assert Pseudonyms(b"one").text("Ann Smith") != Pseudonyms(b"two").text("Ann Smith")


def shape(value):
    """A value without its content; names of members may be masked, so they are left out."""
    if isinstance(value, dict):
        return [shape(inner) for inner in value.values()]
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return "" if value == "" else "number" if type(value) in {int, float} else type(value).__name__


@given(json_values)
def test_no_body_makes_it_raise_and_its_shape_stays(value):
    content = json.dumps(value).encode()
    found = redactor().json(content, CUSTOMERS)
    assert found is not None
    assert shape(json.loads(found)) == shape(json.loads(content))


@given(st.binary(max_size=60))
def test_no_bytes_make_it_raise(content):
    assert isinstance(redactor().json(content, "/x"), bytes | None)


def test_numbers_pass_through_as_they_are_written():
    body = b'{"price":12.10,"long":123456789012345678901234567890,"small":1e-7,"on":true,"off":null,"empty":""}'
    assert redactor().json(body, "/v2/orders") == body.replace(b"1e-7", b"1E-7")


PERSON = {
    "email": "ann.smith@shop.example", "first_name": "Ann", "lastName": "Smith", "company": "Smith & Sons",
    "phone": "+1 (555) 010-0199", "mobileNumber": 15550100199, "tax_id": "DE123456789", "ssn": "078-05-1120",
    "password_hash": "$2y$10$abcdefghijklmnopqrstuv", "api_key": "k-123456", "accessToken": "abcdef0123456789",
    "registration_ip": "198.51.100.7", "date_of_birth": "1987-03-14", "username": "asmith",
}  # fmt: skip
ADDRESS = {"street_1": "12 Main St", "address2": "Apt 4", "city": "Springfield", "zip": "01234-5678"}


def test_personal_data_is_recognised_by_the_names_of_fields():
    found = redacted({**PERSON, "addresses": [ADDRESS]})
    for name, value in PERSON.items():
        assert found[name] != value, name
    assert all(found["addresses"][0][name] != value for name, value in ADDRESS.items())
    assert list(found) == [*PERSON, "addresses"]


def test_what_describes_no_person_stays():
    record = {
        "id": 7, "status": "active", "sku": "SMS-1", "currency_code": "USD", "date_created": "2026-11-02T09:00:00Z",
        "email_verified": True, "phone_type": "mobile", "token_type": "bearer", "country_code": "US", "count": 1234567,
        "url": "https://shop.example/a?page=2", "version": "1.2.3.4", "upc": "4012345678901", "total": "12.10",
        "uuid": "6f1c2d3e-0000-4000-8000-123456789abc", "hours": "09:30:00", "name": "Blue shirt",
    }  # fmt: skip
    assert redacted(record, "/v3/catalog/products") == record


@pytest.mark.parametrize(
    "value",
    [
        "ann.smith@shop.example", "4111 1111 1111 1111", "378282246310005", "DE89370400440532013000", "078-05-1120",
        "198.51.100.7", "2001:db8::17", "+49 30 1234567", "(555) 010-0199", "eyJhbGciOi.eyJzdWIi.c2ln",
        "$2y$10$abcdefghijklmnopqrstuv", "shpat_0123456789abcdef", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    ],
)  # fmt: skip
def test_personal_data_is_recognised_by_its_form_inside_a_text_too(value):
    assert redacted({"field": value})["field"] != value
    found = redacted({"staff_notes": f"Spoke to her: {value} was fine."})["staff_notes"]
    assert value not in found
    assert found.startswith("Spoke to her: ")
    assert found.endswith(" was fine.")


@pytest.mark.parametrize(
    "value", ["4111111111111112", "1234567890123456", "999.1.1.1", "10:30", "12345678", "2026-11-02 10:30:00", "a@b"]
)
def test_what_only_looks_like_it_stays(value):
    assert replace_sensitive(value, "field", lambda _: "!") == value


def test_the_same_person_is_the_same_in_every_field_collection_and_system():
    other = Redactor(AnswerPaths(load_connector("ipaas")), key=b"key of the tests")
    ours = other.value([{"email_address": "Ann.Smith@Shop.example", "notes": "write to ann.smith@shop.example"}], "/x")[
        0
    ]
    theirs = redacted({"email": "ann.smith@shop.example"})["email"]
    assert ours["email_address"].lower() == theirs
    assert ours["notes"] == f"write to {theirs}"


def test_members_that_are_named_by_an_address_are_masked_too():
    assert "ann@shop.example" not in str(redacted({"by_customer": {"ann@shop.example": 3}}))


def test_a_link_keeps_its_path_and_loses_what_signs_it():
    found = redacted({"next": "https://ada:pw@shop.example/orders?page=2&access_token=abcdef123456"})["next"]
    assert found.startswith("https://shop.example/orders?page=2&access_token=")
    assert "abcdef123456" not in found


def test_a_secret_in_use_is_not_repeated_even_where_the_analyst_keeps_the_field():
    found = redacted({"echo": "you sent t0p-s3cret-token"}, keep=("*.echo",), secrets={"token": "t0p-s3cret-token"})
    assert "s3cret" not in found["echo"]


def test_the_analyst_narrows_and_widens_it():
    record = {"first_name": "Ann", "notes": "likes tea", "score": 42, "addresses": [ADDRESS]}
    found = redacted(record, keep=("customers.first_name", "customers.addresses"), hide=("customers.notes", "*.score"))
    assert (found["first_name"], found["addresses"]) == ("Ann", [ADDRESS])
    assert kinds(found["notes"]) == kinds("likes tea")
    assert found["notes"] != "likes tea"
    assert found["score"] != 42
    assert (
        redacted({"addresses": [ADDRESS]}, hide=("customers.addresses[].city",), keep=("customers.addresses",))[
            "addresses"
        ][0]["city"]
        != "Springfield"
    )


@pytest.mark.parametrize(
    ("rule", "error", "said"),
    [
        ("custmers.email", UnknownNameError, "did you mean 'customers'"),
        ("customers", ConfigurationError, "names no field .*write a collection and a field"),
    ],
)
def test_a_rule_that_says_nothing_is_answered(rule, error, said):
    with pytest.raises(error, match=said):
        UserRules(keep=(rule,)).check(["customers", "orders"], "discovery.toml")


def test_an_api_description_stays_as_it_is():
    document = {"openapi": "3.0.3", "info": {"contact": {"email": "a@shop.example"}}, "paths": {}}
    assert redactor().value(document, "/openapi/x.json") == document


@pytest.mark.parametrize(
    ("name", "personal"),
    [("email", True), ("shipToName", True), ("VATNumber", True), ("ipAddress", True), ("cardNumber", True),
     ("email_count", False), ("tax_class", False), ("name", False), ("", False), ("zipper", False),
     ("description", False)],
)  # fmt: skip
def test_a_name_alone_decides(name, personal):
    assert is_personal(name) is personal


def test_a_name_of_a_person_is_told_from_a_name_of_a_thing():
    assert redacted({"name": "Ann"})["name"] != "Ann"
    assert redacted({"name": "Blue"}, "/v3/catalog/products")["name"] == "Blue"
    assert not is_person("customer_groups")


def test_exact_decimals_that_are_personal_keep_their_form():
    assert redacted({"latitude": Decimal("12345678.50")})["latitude"].as_tuple().exponent == -2


def test_a_secret_that_is_issued_later_is_kept_out_from_then_on():
    known = {}
    there = Redactor(PLACES, secrets=lambda: known, key=b"key of the tests")
    told = {"data": [{"notes": "use k3y-of-today"}]}
    assert there.value(told, CUSTOMERS) == told
    known["issued token"] = "k3y-of-today"
    assert "k3y" not in str(there.value(told, CUSTOMERS))


@given(st.sampled_from([row.search for row in field_formats().searched()]).flatmap(st.from_regex))
def test_the_quick_look_passes_over_no_form_that_has_digits_or_signs(text):
    quick = replace_sensitive(text, "", lambda _: "!")
    with patch("ipaas_discovery.samples.redaction.value_patterns._may_match", return_value=True):
        thorough = replace_sensitive(text, "", lambda _: "!")
    if sum(map(str.isdigit, text)) >= 4 or set("@$:_") & set(text):
        assert quick == thorough


@pytest.mark.parametrize(
    "text", ["01-0000000", "05-1234567", "ann [At] shop.test", "ann(AT]shop.test", "Ann [at] shop [Dot] test"]
)
def test_the_shortest_forms_are_not_passed_over(text):
    assert replace_sensitive(text, "", lambda _: "!") == "!"
