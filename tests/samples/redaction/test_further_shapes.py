"""Further ways in which systems write what is personal: each goes, and what looks like it stays."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from ipaas_discovery.samples.redaction.pull_names import with_changes
from ipaas_discovery.samples.redaction.redactor import Redactor

FIRST, LAST, MAIL = "Jorvina", "Trelawskow", "jorvina.t@mailhub.example"
NAME = f"{FIRST} {LAST}"
PERSON = {"first_name": FIRST, "last_name": LAST}


def packed(text):
    return base64.b64encode(text.encode()).decode()


def there():
    return Redactor(key=b"key of the tests")


def redacted(record):
    return there().value({"data": [record]}, "/things")["data"][0]


def left(record):
    """What comes of a record, in small letters, and what was packed in it by signs."""
    text = json.dumps(redacted(record), ensure_ascii=False)
    return text.lower()


@pytest.mark.parametrize(
    "names",
    [
        "maiden fname lname mname nameFirst name_last LastNm full_nm customer_first CustLast cust_name CustName cc_name greeting_name",
        "signed_by_name received_by_name known_as alias_name guarantor_name real_name bcc reply_to fao recipient_line uname",
        "workphone home_tel mob_no venmo_handle cashtag gamer_tag house_name thoroughfare sub_premise eircode home_location",
        "marital health_condition ni_number pps_number emirates_id voter_id residence_permit_no vehicle_reg acct_number bank_acct",
        "payroll_number membership_no frequent_flyer_no cookie_id profile_picture date_of_death taxpayer_id tax_id_number",
        "Empfängeradresse Personalnummer Versicherungsnummer Mobilnr Wohnsitz Hausnr. Kundenadresse nom_patronymique patronyme",
        "num_secu adr_facturation domicile voie nom_signataire fecha_nac numero_documento documento_identidad tlf data_nasc",
        "documento_identita woonadres voorvoegsel huisnr bezorgadres data_ur osoba_do_kontaktu nr_konta 連絡先 ご担当者様 自宅電話 姓名カナ тел",
        "LastName__c Home_Phone__c BillingName__pc",
    ],
)  # fmt: skip
def test_what_a_name_calls_personal_goes(names):
    for name in names.split():
        assert redacted({name: "Xq7 Vorn"})[name] != "Xq7 Vorn", name


@pytest.mark.parametrize(
    "name", ["collected_by", "witnessed_by", "paid_by", "edited_by", "trained_by", "voter", "cust"]
)
def test_two_names_go_from_who_did_something(name):
    assert "Trelawskow" not in redacted({name: NAME})[name]
    assert redacted({name: "B-17"}) == {name: "B-17"}


@pytest.mark.parametrize(
    "record",
    [
        {"field": "last_name", "old": LAST, "new": "x"}, {"property": "lastname", "from": LAST, "to": "x"}, {"attr": "surname", "val": LAST},
        {"op": "replace", "path": "/customer/lastName", "value": LAST}, {"path": "$.customer.surname", "newValue": LAST}, {"q": "Surname", "a": LAST},
        {"label": {"en": "Last name"}, "value": LAST}, {"input": {"name": "last_name"}, "userValue": LAST}, {"type": "SURNAME", "detail": LAST},
        {"fieldApiName": "LastName__c", "value": LAST}, {"definition": {"name": "Last name"}, "value": LAST}, {"title": "Surname", "answer_text": LAST},
        {"FieldDefinition": {"Label": "Surname"}, "FieldData": LAST}, {"fieldId": "lastname", "fieldValues": [{"value": LAST}]},
        {"parameter": "surname", "argument": LAST}, {"propertyPath": "lastName", "invalidValue": LAST}, {"loc": ["body", "last_name"], "input": LAST},
        {"path": "last_name", "received": LAST}, {"prompt": "Enter surname", "reply": LAST}, {"name": {"first": FIRST, "last": LAST}, "bio": f"{LAST} bakes"},
        {"schema": {"fields": [{"name": "id"}, {"name": "surname"}]}, "rows": [{"f": [{"v": "1"}, {"v": LAST}]}]},
        {"cols": [{"id": "A", "label": "surname"}, {"id": "B", "label": "qty"}], "rows": [{"c": [{"v": LAST}, {"v": 1}]}]},
        {"metadata": {"columns": [{"name": "id"}, {"name": "surname"}]}, "data": [[1, LAST]]}, {"assigned_to": {NAME: 3}},
        {"voters": {NAME: 1}}, {"responses": {NAME: {"email": MAIL}}}, {"invitees": {quote(MAIL, safe=""): 1}}, {"по_клиентам": {"Иван Trelawskow": 1}},
        {**PERSON, "uid": "jtrelawskow"}, {**PERSON, "path": "/home/trelawskowj/x"}, {**PERSON, "title": "Trelawskows Bestellung"},
    ],
)  # fmt: skip
def test_a_name_goes_wherever_it_is_told(record):
    assert "trelawskow" not in left(record)


@pytest.mark.parametrize(
    ("last", "told"),
    [("Müllerskow", "muellerskow-j"), ("Müllerskow", "mullerskow-j"), ("Núñezara", "NUNEZARA order")],
)
def test_a_name_goes_in_the_spellings_of_addresses(last, told):
    assert redacted({"first_name": FIRST, "last_name": last, "slug": told})["slug"] != told


@pytest.mark.parametrize(
    "text",
    [
        f'event: {{"last_name": "{LAST}", "email": "{MAIL}"}} done', f"<c><surname><![CDATA[{LAST}]]></surname></c>",
        f"{{'last_name': '{LAST}', 'n': 1}}", f"{{lastName:'{LAST}',n:1}}", f'{{lastName: "{LAST}"}}', f"last_name => {LAST}", f"'last_name' => '{LAST}'",
        f"ATTENDEE;CN={NAME}:mailto:x", f"CN={NAME},OU=Staff,DC=x", f'Content-Disposition: form-data; name="last_name"\r\n\r\n{LAST}\r\n--x',
        f"cookie: last_name={LAST}; a=1", f'<input name="last_name" value="{LAST}"/>', f'<field name="last_name">{LAST}</field>',
        f"<property key='surname'>{LAST}</property>", f"surname\n{LAST}", f"Last name:\n{LAST}", f"{{&quot;last_name&quot;: &quot;{LAST}&quot;, &quot;email&quot;: &quot;{MAIL}&quot;}}",
    ],
)  # fmt: skip
def test_a_name_goes_from_what_a_text_packs(text):
    assert LAST not in redacted({"x": text})["x"]


@pytest.mark.parametrize(
    ("address", "names"),
    [("https://x.test/cb?d={}", packed), ("https://x.test/cb?d={}", lambda text: quote(text, safe=""))],
)
def test_a_parameter_is_opened(address, names):
    inside = json.dumps({"last_name": LAST, "n": 1})
    masked = redacted({"x": address.format(names(inside))})["x"]
    assert masked.startswith("https://x.test/cb?d=")
    assert masked != address.format(names(inside))
    plain = address.format(names('{"page": 2}'))
    assert redacted({"x": plain})["x"] == plain


def test_what_stands_beside_a_packed_part_goes_as_well():
    masked = redacted({"x": f"token {packed(MAIL)} for {MAIL}"})["x"]
    address = masked.rpartition(" ")[2]
    assert address == redacted({"email": MAIL})["email"]
    assert base64.b64decode(masked.split(" ")[1]).decode() == address


def test_a_value_in_a_text_has_the_pseudonym_that_it_has_alone():
    record = redacted({"email": MAIL, "x": f'<order email="{MAIL}"/>', "y": f'sent: {{"email": "{MAIL}"}} ok'})
    assert record["x"] == f'<order email="{record["email"]}"/>'
    assert record["email"] in record["y"]


@pytest.mark.parametrize(
    "value",
    [
        "DE89.3704.0044.0532.0130.00", "ip-192-0-2-17.ec2.internal", "192-0-2-17.pool.isp.example", "1-212-555-0101", "POINT(13.404954 52.520008)",
        "POINT (13.404954 52.520008)", "N 52.520008 E 13.404954",
    ],
)  # fmt: skip
def test_a_value_goes_by_its_form(value):
    assert redacted({"x": value})["x"] != value


@pytest.mark.parametrize(
    "text",
    [
        "999-0-2-17.pool.isp.example", "2026-01-02-03", "POINT(1 2)", "AB12.CDEF.GHIJ.KLMN.OP", "N 5 E 6", "a=52 b=53", "surname is unknown\nso far",
        "https://x.test/?q=blue%20mug&page=2", "colour: blue\nsize: XL\n", "sku\nA1", '<field name="colour">Blue</field>', "{'sku': 'A1'}",
        "{&quot;colour&quot;: &quot;blue&quot;}", "colour => blue", "CN=Root CA,OU=Web",
    ],
)  # fmt: skip
def test_what_only_looks_so_stays(text):
    assert redacted({"x": text})["x"] == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Warning", f'199 - "Hello {NAME}"'), ("X-Message", f"Welcome {NAME}"), ("X-Userinfo", packed(json.dumps({"name": NAME, "email": MAIL}))),
        ("WWW-Authenticate", f'Digest username="{LAST}", realm="x"'), ("X-Real-Name", LAST), ("X-Claim", f"signed in as {NAME}"),
    ],
)  # fmt: skip
def test_a_name_goes_from_headers(name, text):
    masked = there().text(text, name)
    assert LAST not in masked
    assert masked != text


@pytest.mark.parametrize(
    "text",
    [
        "User 'trelawskow' not found", f"<fault>User {NAME} unknown</fault>", f"<title>Error</title>Hello, {NAME}", f"user: {LAST}", f"username={LAST}",
        f"Signed in as {NAME}.", f"owner {NAME} is away", f"Hi {LAST},", f"last_name='{LAST}'",
    ],
)  # fmt: skip
def test_a_name_goes_from_pages_of_errors(text):
    assert LAST.lower() not in there().page(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "User not found", "user: admin", "Unknown Customer Group", "field 'status' is unknown", "No permission for Orders Read", "Signed in as admin.",
        'realm="Shop Admin", error="expired"', "Product 'Blue Mug' not found",
    ],
)  # fmt: skip
def test_a_page_that_names_nobody_stays(text):
    assert there().page(text) == text
    assert there().text(text, "X-Info") == text


@pytest.mark.parametrize(
    "name", ["Kommentar", "nota", "opmerking", "uwagi", "備考", "комментарий", "observações", "detail"]
)
def test_names_of_others_go_from_free_text_in_any_language(name):
    redactor = there()
    bodies = [
        redactor.value({"data": [record]}, "/things") for record in ({name: f"asked {NAME}, {LAST}s aunt"}, PERSON)
    ]
    told = with_changes(bodies, redactor.settle())[0]["data"][0][name]
    masked = redacted(PERSON)
    assert told == f"asked {masked['first_name']} {masked['last_name']}, {masked['last_name']}s aunt"


def test_neutral_records_of_changes_and_columns_stay():
    for record in (
        {"field": "status", "old": "open", "new": "closed"}, {"type": "email", "from": "Web Shop", "to": "Main Store"}, {"path": "/status", "value": "Ready To Ship"},
        {"label": {"en": "Colour"}, "value": "Forest Green"}, {"schema": {"fields": [{"name": "sku"}, {"name": "qty"}]}, "rows": [{"f": [{"v": "A"}, {"v": "2"}]}]},
        {"phone_case": "Black Leather", "signature_dish": "Peking Duck", "city_bike": "Red Racer", "webadresse": "shop.example", "flow": {"first": 1, "last": 9}},
        {"name": {"en": "Oak Shelf", "display": "Oak"}}, {"collected_by": "courier", "sent_to": "warehouse"}, {"Main_Shelf__c": "Oak Board"},
    ):  # fmt: skip
        assert redacted(record) == record
