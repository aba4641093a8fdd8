"""People told by what stands beside, such as a type of reference or an address of mail; and things that are none."""

from __future__ import annotations

import json
import re

import pytest

from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.systems.connectors.connector import Connector

KEY = b"key of the tests"
FORMATTED = "@OData.Community.Display.V1.FormattedValue"


def redacted(record, collection="things"):
    connector = Connector.model_validate(
        {
            "name": "shop",
            "title": "Shop",
            "default_environment": "t",
            "paging": {"kind": "none"},
            "environments": {"t": {"base_url": "http://shop.test"}},
            "collections": {collection: {"list": f"/{collection}"}},
        }
    )
    redactor = Redactor(AnswerPaths(connector), key=KEY)
    return redactor.value([record], f"/{collection}")[0]


@pytest.mark.parametrize("copies", [1, 12])
@pytest.mark.parametrize(
    "record",
    [
        {"name": "Ilva Quorvexen", "email": "i@x.test"},
        {"displayName": "Ilva Quorvexen", "defaultEmailAddress": {"emailAddress": "i@x.test"}},
        {"NAME": "Quorvexen", "LAST_NAME": "Ilva"},
        {"name": "Quorvexen", "birthDate": "1981-02-03"},
        {"subject": {"reference": "Patient/17", "display": "Ilva Quorvexen"}},
        {"subject": {"reference": "https://x.test/fhir/Practitioner/b2", "display": "Ilva Quorvexen"}},
        {"user_id": [2, "Ilva Quorvexen"]},
        {"create_uid": [2, "Quorvexen"]},
        {"partner_id": [2, "Acme, Ilva Quorvexen"]},
        {f"_ownerid_value{FORMATTED}": "Ilva Quorvexen"},
        {f"_createdby_value{FORMATTED}": "Ilva Quorvexen"},
        {"item": [{"linkId": "1", "text": "Full name", "answer": [{"valueString": "Quorvexen"}]}]},
        {
            "answers": {
                "3": {
                    "name": "fullName",
                    "text": "Full Name",
                    "answer": {"first": "Quorvexen"},
                    "prettyFormat": "Quorvexen",
                }
            }
        },
        {"extension": [{"url": "http://x.test/patient-mothersMaidenName", "valueString": "Quorvexen"}]},
        {"metadata": {"first_name": {"type": "string", "value": "Quorvexen"}}},
        {"phone": [{"label": "work", "value": "Quorvexen"}]},
        {
            "rows": [
                ["Order", "Name", "E-mail"],
                ["A-1", "Ilva Quorvexen", "i@x.test"],
                ["A-2", "Bo Quorvexen", "b@x.test"],
            ]
        },
        {"text": "name;phone;sku\nIlva Quorvexen;0301234567;OAK"},
        {"error": "Key (last_name)=(Quorvexen) already exists."},
        {"Passport_ID": [{"ID": "Quorvexen1", "Issued": "2020-01-01"}]},
        {"dob": {"year": "Quorvexen"}},
        {"from": "=?utf-8?b?SWx2YSBRdW9ydmV4ZW4=?= <i@x.test>"},
    ],
)
def test_a_person_goes_who_is_told_by_what_stands_beside(record, copies):
    if copies == 1:
        assert "uorvexen" not in json.dumps(redacted(record))
    else:
        assert "uorvexen" not in json.dumps(redacted({"inner": [dict(record, n=at) for at in range(copies)]}))


@pytest.mark.parametrize(
    ("collection", "record"),
    [
        ("customers", {"tags": [{"name": "Newsletter"}], "teams": [{"name": "Field sales east"}]}),
        ("customers", {"orders": [{"name": "#1001"}], "office": {"value": {"attributes": {"name": "Office Munich"}}}}),
        ("customers", {"custom_fields": [{"name": "Cost centre", "value": "4400"}]}),
        ("stores", {"name": "Main Warehouse", "phone": None, "email": None}),
        ("orders", {"name": "#1001", "email": None, "title": "Oak shelf"}),
        ("products", {"gender": "unisex", "nickname": "Gold monthly", "name": "Oak shelf"}),
        (
            "things",
            {
                "category_id": [5, "All / Office Furniture"],
                "tax_id": [[1, "Tax 15%"]],
                "parent_id": [3, "Garden Chairs"],
            },
        ),
        ("things", {f"_transactioncurrencyid_value{FORMATTED}": "US Dollar", f"statuscode{FORMATTED}": "Active"}),
        ("things", {"coding": [{"system": "http://loinc.org", "code": "8867-4", "display": "Heart rate"}]}),
        (
            "things",
            {"email_optout": "false", "customer": "N/A", "first_name": "{{customer.first_name}}", "email": "*|EMAIL|*"},
        ),
        ("things", {"email_client": "Gmail", "phone_country_code": "49", "email_template": "welcome"}),
        (
            "things",
            {"Mahnkennzeichen": "1", "Soll/Haben-Kennzeichen": "S", "Straßenlampe": "LED", "Telefonhülle": "Leder"},
        ),
    ],
)
def test_what_describes_no_person_stays(collection, record):
    assert redacted(record, collection) == record


@pytest.mark.parametrize(
    "text",
    [
        "Password policy: strong",
        "secret: none",
        "Token: Ring",
        "Pin: brass",
        "Login: required",
        "Phone: not included",
        "Secret ingredient: sea salt",
        "The secret = patience",
        "Name: Oak shelf",
        "From: Monday to Friday",
        "api key = none",
        "05/01/2026",
        "from 05/01/2026 to 07/02/2026",
        "MHD 05/2027",
        "INV 0012 3456",
        "0012345678905",
    ],
)
def test_a_text_that_only_sounds_so_stays(text):
    assert redacted({"x": text})["x"] == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password: sommer", "sommer"),
        ("Passwort: Geheim", "Geheim"),
        ("token: abcDEFghiJKL", "abcDEFghiJKL"),
        ("secret: tr33", "tr33"),
        ("pin: 4711", "4711"),
        ("DB_PASSWORD=sommertag;", "sommertag"),
        ("token: ring-bell", "ring-bell"),
        ("Name: Ilva Quorvexen", "Quorvexen"),
        ("From: Ilva Quorvexen", "Quorvexen"),
    ],
)
def test_what_a_label_tells_goes(text, secret):
    assert secret not in redacted({"x": text})["x"]


@pytest.mark.parametrize(
    "phone",
    ["8 (916) 123-45-67", "090-1234-5678", "0049 30 1234567", "030 / 123 45 67", "06-12345678", "03-1234-5678"],
)
def test_a_phone_number_goes_in_any_text(phone):
    assert redacted({"x": f"ring {phone}, please"})["x"].count(phone) == 0


@pytest.mark.parametrize(
    "secret",
    [
        "shptka_0ddfcfc69e290d9f945ffa4d1278220a",
        "9b6f237adc0cc56aca3b736998252d57-us21",
        "ck_ea7af867ff82829d1e1517d46b72d57ef4e5bf3e",
        "amzn.mws.a7b5da89-1111-4111-8111-fa571ea72fb9",
        "Atza|IwEBIFTJmVgsfwrKeM8ZcyR7pn5lByztmMGawKgBtrkVsQxB2B3",
        "patrhP4S1FlTE7x7Q.c9d35bd2a6b3ea3fa1e17998eb2ed6cd342ea19bd350e4913122999d71de95ac",
        "access_token$production$212e9283c98e990a$fec468a6e24b2dec564f5eb04d8f675d",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.GFi6KmE2uNnBciWfbkxYhoIuA6wTsc50OjHx7Q",
        "gAAAAABI3VaxPV4Z2PPkT8fIhNpZrHzJtmgTb6q9CqFR0wlVJ3ybNs1wBsew9V1JhXZ93CKS8T4cF3BLlGFBCVmubc",
        "machine x login app password s3cr3tPass",
        "mysql -u root -ps3cr3tPass",
        "https://maker.test/trigger/x/with/key/WYPmXMMF5q4rTRCua5zx7Q",
        "dG9rOjlYO3nU9IlmJAMcoMD1ArXyQfffEcjEr3ULlzhCy4kEoBkU0x7Q=",
    ],
)
def test_a_vendors_key_goes_by_its_form(secret):
    shown = redacted({"x": f"use {secret} there"})["x"]
    assert re.split(r"[ $/]", secret)[-1] not in shown


@pytest.mark.parametrize("header", ["ETag", "etag"])
def test_a_tag_of_an_answer_is_no_digest_of_a_person(header):
    tag = 'W/"33a64df551425fcc55e4d42a148795d9f25f89d4"'
    assert Redactor(key=KEY).text(tag, header) == tag


def test_joins_hold_between_the_forms_of_one_name():
    record = redacted(
        {"user_id": [2, "Ilva Quorvexen"], "created_by": "Ilva Quorvexen", "author": {"name": "Ilva Quorvexen"}}
    )
    assert record["user_id"][1] == record["created_by"] == record["author"]["name"] != "Ilva Quorvexen"


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"handler": "Ilva Quorvexen", "shed": "North Wing"}, ["Ilva", "Quorvexen"]),
        ({"hrPartner": "Ilva Quorvexen", "salesPartner": "Kerb Street"}, ["Ilva", "Quorvexen"]),
        ({"dependants": [{"name": "Quorvexen", "born": "2011-03-04"}]}, ["Quorvexen", "2011-03-04"]),
        ({"insured": {"Forenames": "Quorvexen"}}, ["Quorvexen"]),
        ({"passport": {"docNumber": "EA5723647", "issuedIn": "DK"}}, ["EA5723647"]),
        ({"card": {"expiry": "11/28", "scheme": "VISA"}}, ["11/28"]),
        ({"ContactsByRole": {"Broker": {"Name": "Ilva Quorvexen", "Email": "i@x.test"}}}, ["Ilva", "Quorvexen"]),
        ({"solicitante": "Ilva Quorvexen", "conjoint": "Brun Tellamor"}, ["Ilva", "Quorvexen", "Brun", "Tellamor"]),
        ({"diary": [{"Entry": "Spoke to Mrs. Quorvexen, who saw it"}]}, ["Quorvexen"]),
        (
            {"a": [{"type": {"coding": [{"code": "MR", "display": "Medical record number"}]}, "value": "9457080"}]},
            ["9457080"],
        ),
        ({"personnelNo": "41540503", "buildingSocietyRoll": "467476310"}, ["41540503", "467476310"]),
    ],
)  # fmt: skip
def test_people_in_their_roles_and_papers_are_told(record, told):
    after = json.dumps(redacted(record))
    assert not [word for word in told if word in after]


@pytest.mark.parametrize(
    "record",
    [
        {"note": "Dr. Oetker baking powder and Mr. Muscle cleaner"},
        {"reference": {"docNumber": "EA5723647", "expiry": "11/28"}},
        {"type": {"coding": [{"code": "PN", "display": "Part number"}]}, "value": "9457080"},
        {"ratesByRole": {"Broker": {"Name": "Late Fee", "pct": 4}}},
    ],
)
def test_brands_with_a_title_and_papers_of_nobody_stay(record):
    assert redacted(json.loads(json.dumps(record))) == record


def test_an_empty_key_in_what_describes_people_is_a_key_like_others():
    assert redacted({"address": {"": {"email": None}}}) == {"address": {"": {"email": None}}}
