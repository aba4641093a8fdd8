"""A second set that is only measured: a school, a fleet, a carrier, a charity, a payroll and a helpdesk, each its way."""

from __future__ import annotations

import base64
import json

from personal_values.invented import Invented
from personal_values.labels import Answer, Described, Keys, Personal

HEADS = ("brakk", "tyrn", "ostb", "kwiat", "lemar", "hadd", "siv", "quint", "rasm", "yelv")
FIRSTS = ("edv", "lior", "tam", "marz", "osk", "pell", "rowen", "sverk", "thad", "wilm")
COUNT = 16


def p(kind, value, *parts):  # one letter, as it stands before each label
    """A personal value."""
    return Personal(kind, value, parts)


def item(make, number):
    """What is neutral in a line of whatever kind."""
    return {
        "partNo": f"P-{number:04}/{make.pick('A', 'B')}", "upc": f"0{make.digits(11)}", "unitCost": f"{number % 90 + 0.99:.2f}",
        "longText": make.pick("Rose garden hose, 25 m", "Grade 8 bolts", "Page turner lamp", "Frank sauce, 12 oz"), "uom": "EA",
        "taxClass": "reduced", "bin": f"R{number % 9}-S{number % 7}", "lotNo": f"L{number:07}", "promo": make.pick("SPRING25", "BOGO", "VIP-10"),
        "dueOn": f"2026-{number % 12 + 1:02}-15", "discountPct": 7.5, "backordered": False, "dims": {"l": 12, "w": 8.5, "h": 3},
    }  # fmt: skip


def pupil(make, number):
    """A pupil's sheet in a school's system."""
    e, o, w = "English names", "own names told again", "names of one word"
    first, last = make.first(), make.last()
    return {
        "StudentNumber": p(e, make.digits(8)), "LegalFirstName": p(e, first), "LegalSurname": p(e, last), "PreferredName": p(e, make.first()),
        "HomeroomTeacher": p(w, make.last()), "DOB": p(e, make.day()), "Ethnicity": p(e, make.pick("Hispanic", "Asian")),
        "GuardianContacts": [{"Relationship": "mother", "Name": p(e, make.full()), "CellPhone": p(e, make.phone()), "WorkEmail": p(e, make.mail())}],
        "MailingAddress": {"Line1": p(e, make.street()), "City": p(e, make.place()), "PostalCode": p(e, make.zip()), "Country": "NO"},
        "BusRoute": f"R-{number % 9}", "GradeLevel": number % 12 + 1, "Courses": [{"Code": "MATH-101", "Title": "Algebra I", "Room": "B204", "Credits": 1.5}],
        "PhotoFile": p(o, f"{last}_{first}_{number}.jpg", last, first), "Summary": p(o, f"{first} joined the chess club in May", first), "Status": "Enrolled",
        "SchoolYear": "2026-27", "LockerNo": f"{number:03}", "Lines": [item(make, number * 2), item(make, number * 2 + 1)],
    }  # fmt: skip


def trip(make, number):
    """A vehicle's trip in a fleet's system."""
    e, f, k = "English names", "forms", "keys of maps"
    return {
        "trip_id": f"t_{number:06}", "vin": p(e, make.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 11) + make.digits(6)), "license_plate": p(e, f"{make.text('BDFG', 3)}-{make.digits(3)}"),
        "driver_name": p(e, make.full()), "driver_license_number": p(e, make.text("DHK", 1) + make.digits(9)), "start": {"lat": p(e, make.number(10**6, 9 * 10**6) / 10**5), "lng": p(e, make.number(10**6, 9 * 10**6) / 10**5)},
        "odometer_km": 51000 + number, "fuel": "diesel", "engine_hours": 311.5, "speed_avg": 61.2, "firmware": f"3.{number}.1", "gps_quality": "good",
        "telemetry": {"ip": p(f, make.ipv4()), "mac": p(f, make.mac()), "a": p(f, f"{make.ipv4()}:502"), "b": p(f, f"sent to {(mail := make.mail())} twice", mail)},
        "stops_by_driver": Keys(((p(k, make.full()), 4), (p(k, make.full()), 7))), "km_by_month": Keys((("2026-01", 1200), ("2026-02", 1300))),
        "cargo": [item(make, number + 100)],
    }  # fmt: skip


def shipment(make, number):
    """A carrier's shipment, with names beside values."""
    b, e = "name beside value", "English names"
    return {
        "awb": f"AWB{number:08}", "service": "express", "weight_kg": 2.5, "zone": "Z3", "incoterm": "DAP", "hs_code": "9403.60",
        "references": [{"qualifier": "consignee_email", "reference": p(b, make.mail())}, {"qualifier": "cost_centre", "reference": f"CC-{number}"}],
        "parties": [{"role": "consignee", "companyContact": p(e, make.full()), "tel": p(e, make.phone()), "street1": p(e, make.street()), "town": p(e, make.place()), "postcode": p(e, make.zip()), "countryCode": "DK"}],
        "attributes": [{"k": "recipient_name", "v": p(b, make.full())}, {"k": "signature_required", "v": "yes"}, {"k": "door_code", "v": p(b, make.digits(4))}],
        "form": [{"question": "Mobile number for delivery?", "answer": p(b, make.digits(9))}, {"question": "Leave with concierge?", "answer": "no"}],
        "manifest": {"columns": ["piece", "receiver name", "kg"], "rows": [[1, p(b, make.full()), 2.5], [2, p(b, make.full()), 3.5]]},
        "events": [{"code": "DLV", "text": "Delivered", "depot": "North hub"}], "contents": [item(make, number + 200), item(make, number + 300)],
    }  # fmt: skip


def gift(make, number):
    """A charity's gift: a donor, what a thank-you letter says of them, and packed parts."""
    e, o, x, n = "English names", "own names told again", "packed values", "names of others"
    first, last, other, mail = make.first(), make.last(), make.seen[number % len(make.seen)], make.mail()
    return {
        "gift_no": f"G{number:06}", "amount": "250.00", "fund": "Clean water", "appeal": "SPRING26", "channel": "letter", "soft_credit": 0,
        "donor": {"firstName": p(e, first), "lastName": p(e, last), "spouse_name": p(e, make.full()), "salutation": "Dr.", "tax_id": p(e, make.digits(9)), "birthdate": p(e, make.day())},
        "letter": p(o, f"Dear {first}, thank you for your gift. The {last} family has helped 12 schools.", first, last),
        "staff_note": p(n, f"Introduced to us by {other} at the gala", other), "bank": {"account_name": p(e, make.full()), "iban": p("forms", make.iban()), "sort": "credit"},
        "blob": p(x, base64.b64encode(json.dumps({"email": mail, "n": number}).encode()).decode(), mail), "raw": p(x, json.dumps({"phone": (phone := make.digits(9))}), phone),
        "receipt_url": f"https://give.example.test/receipts/G{number:06}", "catalogue": [item(make, number + 400)],
    }  # fmt: skip


FIELDS = {
    "german": {"nachname": "last", "vorname": "first", "strasse_hausnummer": "street", "wohnort": "place", "plz": "zip", "geburtsdatum": "day", "handynummer": "digits", "kontoinhaber": "full"},
    "french": {"nom_de_famille": "last", "prénom": "first", "rue": "street", "codePostal": "zip", "ville": "place", "dateDeNaissance": "day", "telephone_portable": "digits", "titulaireDuCompte": "full"},
    "spanish": {"primer_apellido": "last", "nombre_pila": "first", "domicilio": "street", "poblacion": "place", "telefonoMovil": "digits", "fechaNacimiento": "day"},
    "italian": {"nome_cliente": "full", "via": "street", "comune": "place", "dataNascita": "day", "cellulare": "digits", "intestatario": "full"},
    "dutch": {"klant_naam": "full", "straat": "street", "plaats": "place", "postcode": "zip", "mobiel_nummer": "digits", "geb_datum": "day"},
    "portuguese": {"nome_completo": "full", "logradouro": "street", "bairro": "place", "cep": "zip", "data_nascimento": "day", "telefone": "digits"},
    "polish": {"imie": "first", "nazwisko_panienskie": "last", "adres_zamieszkania": "street", "miasto": "place", "telefon_komorkowy": "digits", "data_urodzenia": "day"},
    "japanese": {"姓": "last", "名": "first", "市区町村": "place", "携帯電話": "digits", "誕生日": "day"},
    "russian": {"фио": "full", "отчество": "first", "улица": "street", "индекс": "zip", "мобильный": "digits", "датарождения": "day"},
}  # fmt: skip
NEUTRAL = {
    "german": {"artikelnr": "A-1", "menge": 3, "bezeichnung": "Eichenregal", "lieferstatus": "offen"}, "french": {"référence": "R-9", "quantité": 3, "libellé": "Étagère", "état": "payé"},
    "spanish": {"referencia": "R-9", "cantidad": 3, "descripcion": "Estante", "situacion": "abierta"}, "italian": {"codice_articolo": "A-1", "quantità": 3, "taglia": "L", "esito": "ok"},
    "dutch": {"artikelcode": "A-1", "hoeveelheid": 3, "maat": "L", "leverdatum": "2026-05-06"}, "portuguese": {"codigo_item": "A-1", "qtd": 3, "tamanho": "L", "estado_pedido": "pago"},
    "polish": {"kod_towaru": "A-1", "rozmiar": "L", "waga": 2.5, "magazyn": "M1"}, "japanese": {"品番": "A-1", "サイズ": "L", "在庫": 3}, "russian": {"артикул": "A-1", "размер": "L", "вес": 2.5, "склад": "M1"},
}  # fmt: skip


def foreign(language):
    """A maker of records in a language."""

    def record(make, number):
        makers = {"digits": lambda: make.digits(9)}
        fields = {
            name: p("other languages", makers.get(how, getattr(make, how, None))())
            for name, how in FIELDS[language].items()
        }
        return {"nr": number, **fields, **NEUTRAL[language], "lines": [item(make, number + 500)]}

    return record  # fmt: skip


def systems():
    """All systems of the set."""
    make = Invented(47, HEADS, ("ay", "il", "oo", "ev"), ("holt", "rud", "quist", "ama", "inen"), FIRSTS)
    make.seen += [make.full() for _ in range(COUNT)]
    people = [
        {"id": at, "fullName": p("English names", name), "segment": "major", "gifts": at}
        for at, name in enumerate(make.seen)
    ]

    def data(maker, count=COUNT):
        return {"data": [maker(make, at) for at in range(count)]}

    h, w = "headers and errors", "names of one word"
    tickets = [
        {"ticket": at, "subject": "Printer is offline", "raised_by": p(w, make.login()), "owner": p(w, make.first()), "resolver": p(w, make.login()), "queue": "Hardware", "closed_by": make.pick("System", "autobot", "SLA-timer"), "cc": [p("forms", make.mail())], "sla": "4h", "items": [item(make, at + 600)]}
        for at in range(COUNT)
    ]  # fmt: skip
    headers = [
        Answer(
            "headers",
            {
                "X-User-Email": p(h, make.mail()),
                "X-Forwarded-For": p(h, make.ipv4()),
                "X-Request-Id": f"r-{at:06}",
                "X-Page": str(at),
            },
        )
        for at in range(COUNT)
    ]
    errors = [
        Answer("text", p(h, f"Fault: account {mail} is locked since Monday", mail))
        for mail in [make.mail() for _ in range(COUNT)]
    ]
    return (
        Described("school", {"pupils": {"list": "/pupils"}}, (Answer("/pupils", data(pupil)),)),
        Described("fleet", {"trips": {"list": "/trips"}}, (Answer("/trips", data(trip)),)),
        Described("carrier", {"shipments": {"list": "/shipments"}}, (Answer("/shipments", data(shipment)),)),
        Described("charity", {"gifts": {"list": "/gifts"}, "people": {"list": "/people"}}, (Answer("/people", {"data": people}), Answer("/gifts", data(gift)))),
        Described("helpdesk", {"tickets": {"list": "/tickets"}}, (Answer("/tickets", {"data": tickets}), *headers, *errors)),
        *(Described(language, {"rows": {"list": "/rows"}}, (Answer("/rows", data(foreign(language), 8)),)) for language in FIELDS),
    )  # fmt: skip
