"""The kinds of personal data beyond plain fields: each goes, in its form, and what looks like it stays."""

from __future__ import annotations

import base64
import json

import pytest
from samples.redaction.test_redactor import MASK

from ipaas_discovery.knowledge.personal.national_ids import passes_national_check
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.systems.connectors.connector import Connector


def redacted(record):
    return Redactor(key=b"key of the tests").value({"data": [record]}, "/things")["data"][0]


def packed(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "record",
    [
        {"visits_by_customer_name": {"Ilva Skovsen": 1}}, {"clients": {"Ilva Skovsen": {"rank": 1}}},
        {"first_name": "Ilva", "last_name": "Skovsen", "seen": {"Ilva Skovsen": 1}},
        {"given_name": "Ilva", "family_name": "Skovsen", "title": "Visit of Ilva Skovsen", "file": "skovsen_1.pdf"},
        {"last_name": "Skovsen", "tags": ["vip:Skovsen"], "link": "https://x.test/letters/Skovsen.pdf"},
        {"list": [{"attributeCode": "surname", "attributeValue": "Skovsen"}]}, {"list": [{"k": "prenom", "v": "Skovsen"}]},
        {"list": [{"question": "What is your last name?", "answer": "Skovsen"}]},
        {"list": [{"field": {"title": "Family name"}, "value": {"text": "Skovsen"}}]},
        {"table": {"columns": ["id", "surname"], "rows": [[1, "Skovsen"]]}}, {"rows": [["id", "surname"], [1, "Skovsen"]]},
        {"pairs": [["surname", "Skovsen"], ["size", "L"]]}, {"cognome": "Skovsen"}, {"nazwa_klienta": "Skovsen"},
        {"ref": packed(json.dumps({"last_name": "Skovsen"}))}, {"ref": "<order><LastName>Skovsen</LastName></order>"},
        {"ref": json.dumps(json.dumps({"last_name": "Skovsen"}))}, {"ref": 'data={\\"surname\\": \\"Skovsen\\"}'},
        {"note": "Please call Mrs. Skovsen"}, {"message": "Customer Ilva Skovsen is locked"},
        {"debug": "user=Ilva Skovsen; took=12"},
    ],
)  # fmt: skip
def test_a_name_goes_wherever_it_stands(record):
    text = json.dumps(redacted(record))
    assert "skovsen" not in text.lower()
    assert packed(json.dumps({"last_name": "Skovsen"})) not in text


@pytest.mark.parametrize(
    "value",
    [
        "be15912666274722", "DE89-3704-0044-0532-0130-00", "192.0.2.17:8080", "::ffff:192.0.2.17", "00:1a:2b:3c:4d:5e",
        "00-1A-2B-3C-4D-5E", "https://192.0.2.17:8443/a", "12345678Z", "06 12 34 56 78", "d41d8cd98f00b204e9800998ecf8427e",
        4111111111111111, "ada%40shop.example", "ada&#64;shop.example", packed("ada@shop.example"), "ada%2540shop.example",
    ],
)  # fmt: skip
def test_a_value_goes_by_its_form_and_keeps_its_length(value):
    masked = redacted({"info": value})["info"]
    assert masked != value
    assert type(masked) is type(value)
    assert len(str(masked)) == len(str(value))


def test_what_looks_like_it_stays():
    record = {
        "handle": "blue-mug", "title": "King bed, brown", "name": "#1001", "vendor": "Baker & Sons", "agent": "chrome 12",
        "options": [{"name": "Address plate", "value": "brass"}, {"name": "City bike", "value": "red"}],
        "stock_by_sku": {"MUG-BLUE-11": 4}, "labels": {"en": "Blue mug"}, "by_month": {"2026-03": 1}, "ean13": "4006381333931",
        "order_number": 4111111111111111, "guid": "0f8fad5bd9cd4f6a9f3a3e5b1a2c3d4e", "window": "08:00-17:30",
        "ref": packed("Blue enamel mug"), "page": "https://x.test/?q=blue%20mug%26size%3DXL", "commit": "a" * 39 + "1",
        "options_text": json.dumps(json.dumps({"colour": "blue"})), "table": {"columns": ["id", "size"], "rows": [[1, "L"]]},
        "description": "Order: 12 pieces, contact: support desk", "nombre_producto": "Taza azul", "estado": "enviado",
        "host": "http://127.0.0.1:8000/next", "category": {"name": "Men > Shirts"},
    }  # fmt: skip
    assert redacted(record) == record


def test_a_whole_name_is_the_pseudonyms_of_its_parts():
    record = redacted({"first_name": "Ilva", "last_name": "Skovsen", "full_name": "Ilva Skovsen"})
    assert record["full_name"] == f"{record['first_name']} {record['last_name']}" == MASK.text("Ilva Skovsen")


def test_a_name_that_is_a_word_stays_in_a_title_unless_it_stands_beside_another():
    record = redacted({"first_name": "Ilva", "last_name": "Brown", "title": "Brown mug", "heading": "For Ilva Brown"})
    assert record["title"] == "Brown mug"
    assert "Brown" not in record["heading"]


@pytest.mark.parametrize(
    ("value", "goes"), [("4930123456", True), (4930123456, True), ("493012", False), (493012, False)]
)
def test_a_personal_id_of_digits_is_replaced_and_put_back_when_a_request_repeats_it(value, goes):
    connector = Connector.model_validate(
        {"name": "x", "title": "X", "default_environment": "t", "environments": {"t": {"base_url": "http://x.test"}},
         "records": "data", "paging": {"kind": "none"},
         "collections": {"members": {"list": "/members", "detail": "/members/{phone}", "id": "phone"}}}
    )  # fmt: skip
    there = Redactor(AnswerPaths(connector), key=b"key of the tests")
    masked = there.value({"data": [{"phone": value}]}, "/members")["data"][0]["phone"]
    assert (masked != value) is goes
    assert there.original_of(str(masked)) == str(value)


@pytest.mark.parametrize(
    "name",
    [
        "X-User", "Remote-User", "X-Actor", "X-Login", "X-Created-By", "X-Modified-By", "X-Assigned-To", "X-User-Id", "From",
        "X-MS-Client-Principal-Name", "X-Amzn-Oidc-Identity", "X-Bearbeiter", "X-Utilisateur", "X-Signed-In-As", "X-Operator",
    ],
)  # fmt: skip
def test_a_header_loses_whom_it_names_even_without_a_personal_form(name):
    there = Redactor(key=b"key of the tests")
    for text in ("skovsen", "Ilva Skovsen", "ilva.skovsen"):
        assert there.text(text, name) == MASK.text(text)


def test_a_number_in_a_header_of_a_person_is_an_id():
    there = Redactor(key=b"key of the tests")
    assert (there.text("1712", "X-User"), there.text("1712", "X-User-Id")) == ("1712", "1712")
    assert there.text("4930123456", "X-Phone") == MASK.text("4930123456")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("X-Request-Id", "req-17"), ("X-Served-By", "cache-fra-eddf"), ("X-Host", "web7"), ("X-Client", "web/1.2"),
        ("X-Customer-Id", "C0017"), ("X-Customer-Group", "wholesale"), ("X-User-Type", "admin"), ("X-Parent", "orders"),
        ("X-Powered-By", "PHP/8.2"), ("Server", "nginx"), ("X", "one"), ("X-Shop-Id", "main"), ("X-Cached-By", "edge"),
    ],
)  # fmt: skip
def test_a_header_that_names_nobody_stays(name, text):
    assert Redactor(key=b"key of the tests").text(text, name) == text


def test_headers_lose_names_behind_labels_and_two_names_of_a_tool():
    there = Redactor(key=b"key of the tests")
    assert "Skovsen" not in there.text("operator: Ilva Skovsen, took: 12 ms", "X-Trace")
    assert there.text("Ilva Skovsen", "X-Client") == MASK.text("Ilva Skovsen")


@pytest.mark.parametrize(
    ("number", "right"),
    [("12345678Z", True), ("12345678A", False), ("529.982.247-25", True), ("529.982.247-26", False), ("756.9217.0769.85", True)],
)  # fmt: skip
def test_numbers_of_states_are_told_by_their_check_digits(number, right):
    assert passes_national_check(number) is right
