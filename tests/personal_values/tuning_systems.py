"""The half of the labelled set that the rules are tuned on: a shop, a till, a French and a German program, a clinic."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

from personal_values.invented import Invented
from personal_values.labels import Answer, Described, Keys, Personal

HEADS = ("quil", "thack", "oakh", "brackw", "fernsw", "marrob", "wexlet", "strandv", "pellin", "tannb")
FIRSTS = ("xan", "orl", "perr", "sunn", "tob", "ysol", "cad", "hedd", "jor", "emr")
COUNT = 24


def p(kind, value, *parts):  # one letter, as it stands before each label
    """A personal value."""
    return Personal(kind, value, parts)


def packed(text):
    """A text in base64."""
    return base64.b64encode(text.encode()).decode()


def product(make, number):
    """What is neutral in any order's line."""
    colour, thing = make.pick("Blue", "Rose", "Olive"), make.pick("mug", "lamp", "belt", "scarf")
    return {
        "id": 40_000 + number, "sku": f"MUG-{number:04}-{colour[:2].upper()}", "title": f"{colour} {thing} {number}",
        "barcode": f"40063813{number:05}", "price": f"{number % 90}.50", "quantity": number % 7 + 1,
        "weight": number * 3, "uuid": f"0f8fad5b-d9cd-4f6a-9f3a-3e5b1a2c{number:04x}", "currency": "EUR",
    }  # fmt: skip


def shop(make, number):
    """An English shop's customer with an order, in snake case."""
    first, last = make.first(), make.last()
    e = "English names"
    return {
        "id": 5000 + number, "status": "active", "created_at": "2026-03-04T10:15:30Z", "group": "Wholesale EU",
        "first_name": p(e, first), "last_name": p(e, last), "gender": p(e, make.pick("female", "male")),
        "ship_to_line_1": p(e, make.street()), "house_number": p(e, make.digits(4)), "swift": p(e, "DEUTDEFF" + make.text("ABCD", 3)),
        "created_by": p(e, make.full()), "licence_plate": p(e, f"{make.text('ABK', 2)}-{make.digits(4)}"),
        "device_id": p(e, make.hex(16)), "twitter_handle": p(e, "@" + make.last().lower()),
        "subject": p("own names told again", f"Order of {first} {last}", last, first),
        "tags": [p("own names told again", f"vip:{last}", last), "wholesale", "spring-2026"],
        "attachments": [{"filename": p("own names told again", f"letter_{last}_{number}.pdf", last), "size": 1000 + number}],
        "stock_by_sku": Keys(((f"MUG-{number:04}", 3), ("LAMP-11", 4))),
        "visits_by_email": Keys(((p("keys of maps", make.mail()), 2),)),
        "paid_by_customer_name": Keys(((p("keys of maps", make.full()), "12.00"), (p("keys of maps", make.full()), "7.50"))),
        "lines": [product(make, number * 3 + at) for at in range(3)],
        "note": p("names of others", f"Call {make.seen[number % len(make.seen)]} first, the bell is broken", make.seen[number % len(make.seen)]) if make.seen else "Leave at the door",
    }  # fmt: skip


def till(make, number):
    """A till's customer, in Pascal case, with attributes in lists."""
    b, f = "name beside value", "forms"
    return {
        "CustomerNo": f"C-{number:05}", "Terminal": f"T{number % 9}", "Opened": "2026-02-01", "Total": 12.5 + number,
        "Attributes": [
            {"AttributeCode": "e_mail", "AttributeValue": p(b, make.last().lower() + "(at)example")},
            {"AttributeCode": "colour", "AttributeValue": "anthracite"},
            {"AttributeCode": "LastName", "AttributeValue": p(b, make.last())},
            {"AttributeCode": "size", "AttributeValue": "XL"},
        ],
        "Extra": [{"k": "phone", "v": p(b, make.digits(9))}, {"k": "channel", "v": "web"}],
        "Form": [{"question": "What is your last name?", "answer": p(b, make.last())},
                 {"question": "How many pieces?", "answer": str(number)}],
        "Table": {"columns": ["Id", "Surname", "Price"], "rows": [[number, p(b, make.last()), "12.50"], [number + 1, p(b, make.last()), "9.00"]]},
        "Ref1": p(f, int(make.card())), "Ref2": p(f, make.iban().lower()), "Ref3": p(f, f"{make.ipv4()}:{make.number(1000, 9999)}"),
        "Ref4": p(f, make.mac()), "Ref5": p(f, "::ffff:" + make.ipv4()), "Ref6": p(f, make.ipv6()),
        "Lines": [product(make, number * 2 + at) for at in range(2)],
    }  # fmt: skip


def french(make, number):
    """A French program's customer."""
    o = "other languages"
    return {
        "numero": number, "prénom": p(o, make.first()), "nom_client": p(o, make.full()), "ville": p(o, make.place()),
        "adresse_livraison": p(o, make.street()), "code_postal": p(o, make.zip()), "date_naissance": p(o, make.day()),
        "portable": p(o, make.digits(9)), "prix": "12,50", "couleur": "bleu", "etat": "payé", "quantite": 3,
        "numero_commande": f"CMD-{number:05}", "date_commande": "2026-03-01", "libelle": "Tasse bleue", "remise": "5 %",
    }  # fmt: skip


def german(make, number):
    """A German program's customer."""
    o = "other languages"
    return {
        "Kundennummer": 10_000 + number, "Nachname": p(o, make.last()), "Straße": p(o, make.street()), "Ort": p(o, make.place()),
        "Geburtsdatum": p(o, make.day()), "Ansprechpartner": p(o, make.full()), "Handynummer": p(o, make.digits(10)),
        "Kontoinhaber": p(o, make.full()), "Farbe": "blau", "Bestellnummer": f"B-{number:05}", "Menge": 4, "Artikel": "Tasse blau",
        "Preis": "12,50", "Lagerort": "Regal 7", "Liefertermin": "2026-04-01", "Zahlungsart": "Rechnung",
    }  # fmt: skip


def clinic(make, number):
    """A record in FHIR's way, with packed values."""
    packing, b = "packed values", "name beside value"
    return {
        "resourceType": "Patient", "version": f"1.0.{number}", "language": "en",
        "name": [{"family": p("English names", make.last()), "given": [p("English names", make.first())]}],
        "telecom": [{"system": "phone", "value": p(b, make.digits(8)), "use": "home"}],
        "identifier": [{"system": "http://id.example.test/passport-number", "value": p(b, make.text("ABCD", 2) + make.digits(6))}],
        "ref_1": p(packing, packed(make.mail())), "ref_2": p(packing, packed(json.dumps({"last_name": make.last()}))),
        "ref_3": p(packing, quote(make.mail(), safe="")), "ref_4": p(packing, make.mail().replace("@", "&#64;")),
        "ref_5": p(packing, json.dumps(json.dumps({"last_name": (last := make.last())})), last), "packed_title": packed(f"Blue mug {number}"),
        "options": json.dumps({"colour": "blue", "pieces": number}), "page": f"https://s.example.test/?q=blue%20mug&n={number}",
    }  # fmt: skip


def ticket(make, number):
    """A desk's ticket: people by one word, and what stands in their place."""
    w = "names of one word"
    return {
        "id": number, "subject": "Blue mug, handle broken", "created_by": p(w, make.first()), "buyer": p(w, make.last()),
        "assignee": p(w, make.login()), "updated_by": p(w, make.login()), "reviewer": p(w, make.first().upper()),
        "hours_by_user": Keys(((p(w, make.login()), 2.5), (p(w, make.login()), 1.5), ("total", 4))),
        "users": Keys(((p(w, make.login()), {"email": p(w, make.mail()), "role": "editor"}), (p(w, make.login()), {"email": p(w, make.mail()), "role": "viewer"}))),
        "extra_1": p(w, make.bic()), "extra_2": p(w, make.handle()), "extra_3": p(w, f"pinged {(handle := make.handle())} on Monday", handle[1:]),
        "closed_by": make.pick("system", "API", "Automation", "webhook", "B-17"), "approved_by": make.pick("admin", "Import", "usr_00012"),
        "customer": make.pick("wholesale", "B2B", "cus_9s6XKzkNRiz8i3"), "operator": make.pick("equals", "contains"), "host": "web-04",
        "users_count": number, "customers": {"new": 3, "returning": number}, "queue": make.pick("Returns", "Billing"), "channel": "@home",
        "code_a": make.pick("DELIVERY", "CUSTOMER", "DOCUMENTED1"), "css": "@media", "asset": f"mug-{number}@2x.png", "package": "@acme/mugs",
        "lines": [product(make, number + 4000)],
    }  # fmt: skip


def member(make, number):
    """A record whose id is a phone number that a later request repeats."""
    return {
        "msisdn": p("ids that are repeated", "49" + make.digits(9)),
        "points": number,
        "level": "gold",
        "since": "2025-01-01",
    }


def systems():
    """All systems of this half."""
    make = Invented(11, HEADS, ("an", "el", "or", "ith"), ("moor", "erby", "well", "holm", "wick"), FIRSTS)
    people = []
    for at in range(COUNT):
        name = make.full()
        make.seen.append(name)
        people.append({"id": at, "full_name": p("English names", name), "kind": "retail"})

    def data(maker):
        return {"data": [maker(make, at) for at in range(COUNT)]}

    errors = [
        Answer(
            "/orders",
            {
                "error": {"code": 17, "message": p("headers and errors", f"Customer {name} is locked", name)},
                "customer": {"name": p("headers and errors", name)},
            },
        )
        for name in make.seen
    ]
    headers = [
        Answer(
            "headers",
            {
                "X-User": p("headers and errors", make.full()),
                "X-Request-Id": f"req-{at}",
                "X-Debug": p("headers and errors", f"user={name}; took=12", name),
                "X-Total-Count": str(at),
            },
        )
        for at, name in enumerate(make.seen)
    ]
    return (
        Described("shop", {"customers": {"list": "/customers"}, "people": {"list": "/people"}, "orders": {"list": "/orders"}},
                  (Answer("/people", {"data": people}), Answer("/customers", data(shop)), *errors, *headers)),
        Described("till", {"clients": {"list": "/clients"}}, (Answer("/clients", data(till)),)),
        Described("french", {"fiches": {"list": "/fiches"}}, (Answer("/fiches", data(french)),)),
        Described("german", {"kunden": {"list": "/kunden"}}, (Answer("/kunden", data(german)),)),
        Described("clinic", {"Patient": {"list": "/Patient"}}, (Answer("/Patient", data(clinic)),)),
        Described("desk", {"tickets": {"list": "/tickets"}}, (Answer("/tickets", data(ticket)),)),
        Described("members", {"members": {"list": "/members", "detail": "/members/{msisdn}", "id": "msisdn"}}, (Answer("/members", data(member)),)),
    )  # fmt: skip
