"""The same kinds as vendors, other languages and texts write them: what is personal goes, what looks like it stays."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from ipaas_discovery.samples.redaction.redactor import Redactor

MAIL = "ilva.quorvexen@mailer.example"


def redacted(record):
    return Redactor(key=b"key of the tests").value({"data": [record]}, "/things")["data"][0]


def packed(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "names",
    [
        "Mädchenname Zuname Zweitname vollerName Liefername Bestellername KaeuferName Käufer_Name Patientenname",
        "nom_de_famille nom_usage nomJeuneFille nom_livraison nom_facturation nomClient",
        "nombre_contacto nombre_de_pila primer_apellido nombre_cliente", "nominativo cognome_nubile nome_cliente",
        "volledige_naam meisjesnaam ontvanger naam_ontvanger bestelnaam klantnaam", "nome_da_mae nome_social responsável contato",
        "imie_i_nazwisko osoba_kontaktowa posiadacz właściciel", "セイ メイ 受取人 届け先名 購入者名 カード名義", "владелец держатель_карты менеджер",
        "full_legal_name preferred_name givenNames other_names also_known_as formerName name_on_card nick byline",
    ],
)  # fmt: skip
def test_what_people_are_called_goes_in_any_language(names):
    for name in names.split():
        assert "uorvexen" not in json.dumps(redacted({name: "Quorvexen"}), ensure_ascii=False), name


@pytest.mark.parametrize(
    "names",
    [
        "manager supervisor representative sales_rep tenant nurse requester invitee organizer speaker trustee chairman",
        "submitted_by invited_by performedBy owned_by verified_by closed_by uploadedBy reviewed_by canceledBy authored_by",
        "Käufer Kaeufer Mieter Vertreter Rechnungsempfänger", "représentant salarié employé adhérent abonné", "apoderado beneficiario",
    ],
)  # fmt: skip
def test_two_names_go_from_who_somebody_is_or_did_something(names):
    for name in names.split():
        assert "Quorvexen" not in redacted({name: "Ilva Quorvexen"})[name], name


@pytest.mark.parametrize(
    "names",
    [
        "house_no apartment apt_no post_code village municipality po_box what3words plus_code gps birthplace yob pronouns pager",
        "blood_type disability identity_card idNumber drivingLicence registration_plate employer occupation job_title income",
        "skype_id wechat_id line_id github security_answer medical_record_number insurance_number badge_number contact_number",
        "Mobilnummer Faxnummer SteuerID Reisepassnummer Führerscheinnummer Bankleitzahl Familienstand Krankenkasse Adresszusatz",
        "numéro_sécu numero_passeport permis_conduire situation_familiale cedula pasaporte cuenta_bancaria estado_civil",
        "posta_elettronica passaporto carta_identita numero_civico afleveradres mobielnummer paspoortnummer burgerlijke_staat",
        "correio_eletronico conta_bancaria numero_casa numer_mieszkania komórka paszport numer_dowodu stan_cywilny",
        "建物名 出生地 マイナンバー 旅券番号 緊急連絡先 серия_паспорта госномер семейное_положение",
    ],
)  # fmt: skip
def test_other_personal_fields_go_in_any_language(names):
    for name in names.split():
        assert redacted({name: "Xq7 Vorn"})[name] != "Xq7 Vorn", name


@pytest.mark.parametrize(
    "record",
    [
        {"hours_per_person": {"Ilva Quorvexen": 8}}, {"contacts": {"Quorvexen, Ilva": 1}}, {"stats": {"per_user": {"Ilva Quorvexen": 1}}},
        {"umsatz_nach_kunde": {"Ilva Quorvexen": 9}}, {"total_par_client": {"Ilva Quorvexen": 9}},
        {"last_name": "Quorvexen", "file": "scanQuorvexen.png"}, {"first_name": "Ilva", "last_name": "Quorvexen", "ref": "ilvaquorvexen99"},
        {"properties": {"lastname": {"value": "Quorvexen", "timestamp": 1}}}, {"LastName": {"displayValue": "Quorvexen"}},
        {"answers": [{"question": {"text": "What is your surname?"}, "response": {"value": "Quorvexen"}}]},
        {"answers": [{"title": "Surname", "textAnswers": {"answers": [{"value": "Quorvexen"}]}}]},
        {"answers": [{"field": {"ref": "surname", "type": "text"}, "text": "Quorvexen"}]}, {"form": [{"id": "surname", "data": "Quorvexen"}]},
        {"meta": [{"key": "_wooccm11", "display_key": "Surname", "value": "Quorvexen"}]}, {"Field": [{"$": {"name": "Surname"}, "_": "Quorvexen"}]},
        {"list": [{"scriptId": "custentity_last_name", "value": "Quorvexen"}]}, {"felder": [{"bezeichnung": "Nachname", "wert": "Quorvexen"}]},
        {"champs": [{"libelle": "Nom de famille", "valeur": "Quorvexen"}]}, {"campos": [{"nombre": "Apellido", "valor": "Quorvexen"}]},
        {"campi": [{"nome": "Cognome", "valore": "Quorvexen"}]}, {"velden": [{"naam": "Achternaam", "waarde": "Quorvexen"}]},
        {"pola": [{"nazwa": "Nazwisko", "wartosc": "Quorvexen"}]}, {"項目": [{"項目名": "氏名", "値": "Quorvexen"}]},
        {"поля": [{"название": "Фамилия", "значение": "Quorvexen"}]}, {"payload": "id;surname;qty\n1;Quorvexen;2\n"},
        {"card": "BEGIN:VCARD\nN:Quorvexen;Ilva;;;\nFN:Ilva Quorvexen\nEND:VCARD"}, {"text": f"Ilva Quorvexen <{MAIL}>"},
        {"page": "<tr><td>Surname</td><td>Quorvexen</td></tr>"}, {"page": "<b>Surname:</b> Quorvexen</p>"}, {"x": '<Buyer lastName="Quorvexen" id="3"/>'},
        {"x": 'a:1:{s:9:"last_name";s:9:"Quorvexen";}'}, {"x": "https://www.linkedin.com/in/ilva-quorvexen/"}, {"x": MAIL.replace("@", "(at)")},
        {"instagram_url": "https://pictures.test/quorvexen"},
    ],
)  # fmt: skip
def test_a_name_goes_from_the_shapes_of_vendors_and_texts(record):
    assert "quorvexen" not in json.dumps(redacted(record), ensure_ascii=False).lower()


PACKED = (
    "data:application/json;base64," + packed(json.dumps({"last_name": "Quorvexen"})), "token " + packed(MAIL) + " end", MAIL.encode().hex(),
    MAIL.encode().hex().upper(), MAIL.replace("@", "\\u0040"), MAIL.replace("@", "=40"), quote(quote(MAIL, safe=""), safe=""),
)  # fmt: skip


@pytest.mark.parametrize("text", [*PACKED, "52.520008, 13.404954", "(030) 901820-34", "https://wa.me/491705551234"])
def test_what_is_packed_in_other_ways_goes_and_keeps_its_length(text):
    masked = redacted({"x": text})["x"]
    assert masked != text
    assert len(masked) == len(text)


def test_a_packed_text_keeps_the_way_it_is_packed():
    masked = [redacted({"x": text})["x"] for text in PACKED]
    assert masked[0].startswith("data:application/json;base64,")
    assert json.loads(base64.b64decode(masked[0].partition(",")[2]))["last_name"] != "Quorvexen"
    assert masked[2] == masked[3].lower() != masked[3]
    assert bytes.fromhex(masked[2]).decode().endswith(".test")
    assert "\\u0040" in masked[4]
    assert "=40" in masked[5]


def test_a_table_in_a_text_keeps_what_is_neutral():
    there = redacted(
        {"x": "id;surname;qty\n1;Quorvexen;2\n", "card": "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ilva\r\nEND:VCARD"}
    )
    assert there["x"].startswith("id;surname;qty\n1;")
    assert there["x"].endswith(";2\n")
    assert there["card"].startswith("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:")
    for text in ("sku,qty\nA1,3", "surname is unknown\nso far", "surname;a\n1;2;3"):
        assert redacted({"x": text})["x"] == text


def test_neutral_values_of_the_same_shapes_stay():
    record = {
        "list": [
            {"type": "email_template", "value": "Order shipped"}, {"kind": "city_bike", "value": "26 inch"}, {"key": "phone_case", "value": "black"},
            {"id": "surname-plate", "value": "brass"}, {"type": "address_type", "value": "residential"}, {"nombre": "Taza", "valor": "azul"},
        ],
        "price_per_unit": {"Big Box": 2}, "sales_by_channel": {"Online Store": 3}, "prices_by_customer_group": {"Wholesale Gold": 3},
        "nom_produit": "Tasse bleue", "productnaam": "Mok", "nazwa_produktu": "Kubek", "markenname": "Acme", "lagername": "Hauptlager",
        "title": "Blue mug (350 ml)", "operator": "AND", "agent": "bot", "closed_by": "system", "flat_rate": "5.00", "profile": "Free shipping",
        "url": "https://www.shop.example/products/blue-mug?variant=3", "range": "1.0000,2.0000", "hex": "48656c6c6f20776f726c64",
        "page": "<tr><td>Colour</td><td>Blue</td></tr>", "xml": '<item sku="A1" colour="red"/>', "cafe": "\\u00e9clair", "quoted": "a=40 b=50",
        "image": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA", "map": {"value": "Blue"}, "brand": "Hugo Boss",
    }  # fmt: skip
    assert redacted(record) == record


@pytest.mark.parametrize("length", [999, 1000, 1001, 9_000, 60_000])
def test_a_text_of_any_length_is_replaced_as_a_whole(length):
    text = ("Ilva 7. " * length)[:length]
    there = Redactor(key=b"key of the tests")
    body = json.loads(
        there.json(json.dumps({"data": [{"first_name": text, "phone": "1" * length}]}).encode(), "/things")
    )["data"][0]
    assert len(body["first_name"]) == len(body["phone"]) == length
    assert "Ilva" not in body["first_name"]
    assert body["phone"] != "1" * length


@pytest.mark.parametrize("value", ["correct-horse-battery", "horse9", 4711471147])
def test_a_secret_in_use_goes_from_texts_keys_and_numbers_that_look_like_nothing(value):
    there = Redactor(
        secrets=lambda: {"api_key": "correct-horse-battery", "pin": "4711471147", "short": "horse9"}, key=b"k"
    )
    record = {"x": value, "note": f"with {value}", str(value): 1, "list": [value], "flag": True}
    masked = there.json(json.dumps({"data": [record]}).encode(), "/things")
    assert (str(value).encode() in masked) is (value == "horse9")
    assert (str(value) in json.dumps(there.value({"data": [record]}, "/things"))) is (value == "horse9")
