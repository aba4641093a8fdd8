"""The half of the labelled set that is only measured: other programs, languages, spellings and kinds of records."""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import quote

from personal_values.invented import Invented
from personal_values.labels import Answer, Described, Keys, Personal

HEADS = ("vand", "skov", "lindq", "zabr", "okaf", "delmar", "grzeb", "ferrant", "ueham", "petrov")
FIRSTS = ("ilv", "sor", "mikk", "agni", "bereng", "tadz", "nur", "vasil", "ottok", "fion")
COUNT = 52


def p(kind, value, *parts):  # one letter, as it stands before each label
    """A personal value."""
    return Personal(kind, value, parts)


def b64url(text):
    """A text in the base64 of addresses, without its end."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def article(make, number):
    """What is neutral in a line of a hotel's or a workshop's bill."""
    return {
        "articleCode": f"HX{number:05}-{make.pick('L', 'R')}", "ean": f"87110{number:08}", "netAmount": number * 1.25,
        "description": make.pick("Brown leather saddle", "White oak shelf, 80 cm", "King size bed, grey", "Grant & Sons style lamp"),
        "vatRate": 21, "unit": "pcs", "warehouse": make.pick("North hall", "Dock 4"), "trackingCode": f"3SABC{number:09}",
        "category": "Home > Living > Shelves", "imageUrl": f"https://cdn.example.test/img/{number:06}/shelf-oak.jpg",
        "createdOn": "2026-05-06T07:08:09+02:00", "revision": f"v2.{number}", "colourHex": f"#{number % 4096:03x}a1c", "isActive": True,
    }  # fmt: skip


def booking(make, number):
    """A hotel's booking in camel case."""
    first, last, e, o = make.first(), make.last(), "English names", "own names told again"
    other = make.seen[number % len(make.seen)]
    return {
        "bookingNumber": f"BK{number:06}", "state": "confirmed", "nights": number % 9 + 1, "roomType": "Double, sea view", "board": "half",
        "guest": {
            "givenName": p(e, first), "familyName": p(e, last), "title": "Ms", "nationality": p(e, make.pick("Danish", "Polish")),
            "addressLines": [p(e, make.street()), p(e, make.place())], "mobileNo": p(e, make.digits(9)),
            "passportNo": p(e, make.text("ABCDX", 2) + make.digits(7)), "maritalStatus": p(e, make.pick("married", "single")),
            "socialSecurityNumber": p(e, make.digits(9)), "emergencyContact": p(e, make.full()), "language": "da", "loyaltyTier": "silver",
        },
        "accountHolder": p(e, make.full()), "geo": {"latitude": p(e, make.number(10**6, 10**7) / 10**5), "longitude": p(e, -make.number(10**6, 10**7) / 10**5)},
        "carRegistration": p(e, f"{make.text('ABDK', 2)} {make.digits(5)}"), "instagramUser": p(e, make.last().lower() + "77"),
        "checkedInBy": p(e, make.full()), "advertisingId": p(e, make.hex(32)),
        "headline": p(o, f"Welcome back, {first} {last}!", first, last), "name": p(o, f"{last} / {number} nights", last),
        "voucherFile": p(o, f"https://files.example.test/vouchers/{first}-{last}-{number}.pdf", first, last),
        "keywords": [p(o, f"family-{last.lower()}", last), "sea-view", "late arrival"],
        "remarks": p("names of others", f"Shares the table with {other} on Friday", other),
        "extras": [article(make, number * 3 + at) for at in range(3)],
    }  # fmt: skip


def ledger(make, number):
    """A ledger whose maps are named by what they are about."""
    k = "keys of maps"
    return {
        "period": f"2026-{number % 12 + 1:02}", "balances": Keys(((p(k, make.iban()), 10.5), (p(k, make.iban("ES").lower()), 11.5))),
        "loginsByAddress": Keys(((p(k, make.ipv6()), 3),)), "byMember": Keys(((p(k, make.full()), {"rank": 1}), (p(k, make.full()), {"rank": 2}))),
        "apiClients": Keys(((p(k, "ghp_" + make.text("abcdefXYZ0123456789", 36)), "open"),)),
        "reachedBy": Keys(((p(k, "tel:" + make.phone().replace(" ", "")), 1),)),
        "pricesByCurrency": Keys((("EUR", "12.50"), ("USD", "13.75"))), "textsByLocale": Keys((("da-DK", "Hylde i eg"), ("en", "Oak shelf"))),
        "stock": Keys(((f"HX{number:05}-L", 4), ("Dock 4", 3))), "turnoverByMonth": Keys((("2026-03", 100), ("2026-04", 110))),
        "lines": [article(make, number + 1000)],
    }  # fmt: skip


def survey(make, number):
    """Answers of a form and rows of a sheet, in four ways to write a name beside a value."""
    b = "name beside value"
    return {
        "formId": 700 + number, "submitted": "2026-06-07 08:09:10",
        "fields": [
            {"field": {"title": "Home address", "type": "text"}, "value": {"text": p(b, make.street())}},
            {"field": {"title": "Favourite colour", "type": "text"}, "value": {"text": "sea green"}},
        ],
        "properties": [{"property": "date_of_birth", "content": p(b, make.day())}, {"property": "edition", "content": "second"}],
        "items": [{"prompt": "Your full name, please", "response": p(b, make.full())}, {"prompt": "Pieces", "response": "12"}],
        "customFields": [{"label": "Family name", "values": [p(b, make.last())]}, {"label": "Material", "values": ["oak", "steel"]}],
        "sheet": {"header": ["order", "phone", "status"], "data": [[f"A-{number}", p(b, make.digits(8)), "open"], [f"B-{number}", p(b, make.digits(8)), "sent"]]},
        "contactPoint": {"system": "sms", "value": p(b, make.digits(8)), "rank": 1},
        "meta": {"pages": 3, "engine": "4.11.2", "theme": "Mark II"}, "lines": [article(make, number + 2000)],
    }  # fmt: skip


def forms(make, number):
    """A log's entry: values that only their form tells."""
    f = "forms"
    return {
        "entry": number, "level": "info", "source": "gateway-4", "took": 12.5, "build": f"2026.{number}.1",
        "a": p(f, make.card()), "b": p(f, int(make.card())), "c": p(f, "-".join(re.findall(".{1,4}", make.iban()))),
        "d": p(f, f"https://{make.ipv4()}:8443/status"), "e": p(f, make.mac().upper().replace(":", "-")), "f": p(f, f"[{make.ipv6()}]:443"),
        "g": p(f, f"paid from {(account := make.iban())} on Monday", account), "h": p(f, f"::ffff:{make.ipv4()}"),
        "i": p(f, make.text("0123456789abcdef", 63) + "f"), "j": p(f, make.phone()), "k": p(f, make.mail()),
        "etag": f'W/"{number:06}"', "order_ref": f"PO-2026-{number:06}", "batch": f"{number:09}", "dims": "20x30x40", "ratio": "16:9",
        "window": "08:00-17:30", "serial": f"SN{number:08}", "gtin": f"0871{number:010}", "commit": make.hex(40), "lines": [article(make, number + 3000)],
    }  # fmt: skip


def duty(make, number):
    """A house's list of duties: staff and guests by one word, and what stands in their place."""
    w = "names of one word"
    return {
        "dutyNo": number, "what": "Change the linen", "openedBy": p(w, make.first()), "requester": p(w, make.last()), "approver": p(w, make.login()),
        "completedBy": p(w, make.login()), "payer": p(w, make.first()), "lockedBy": p(w, make.last().upper()),
        "minutesPerEmployee": Keys(((p(w, make.login()), 25), (p(w, make.login()), 15), ("average", 20), ("unassigned", 3))),
        "employees": Keys(((p(w, make.login()), {"givenName": p(w, make.first()), "shift": "late"}), (p(w, make.login()), {"givenName": p(w, make.first()), "shift": "early"}))),
        "valueA": p(w, make.bic()), "valueB": p(w, make.handle()), "valueC": p(w, f"({(handle := make.handle())}) asked for towels", handle[1:]),
        "issuedBy": make.pick("SYSTEM", "kiosk", "Scheduler", "portal", "T-4"), "deliveredBy": make.pick("courier", "Robot", "bot", "emp_0071"),
        "guest": make.pick("walk-in", "Group", "g_5512"), "assignee": make.pick("Unassigned", "none", "Housekeeping"), "driver": "mysql", "child": "crib",
        "visitors": {"today": number, "month": 310}, "guests": {"adults": {"count": 2}, "children": {"count": 1}}, "rate": "2 @ 45.00",
        "valueD": make.pick("BUSINESS", "ACCEPTED", "PREFERRED12"), "rule": "@supports", "context": "@graph", "module": "@house/linen@2.1.0",
        "lines": [article(make, number + 6000)],
    }  # fmt: skip


def wrapped(make, number):
    """A queue's message with packed parts."""
    packing = "packed values"
    name, mail = make.last(), make.mail()
    return {
        "messageId": f"m-{number:07}", "attempt": number % 3, "topic": "orders.created.v1",
        "payload": p(packing, b64url(json.dumps({"email": mail, "total": 12.5})), mail), "cursorState": b64url(f"offset:{number * 50}"),
        "body": p(packing, f'event={{\\"surname\\": \\"{name}\\", \\"n\\": 1}}', name), "query": p(packing, f"utm=mail&email={quote(quote(mail, safe=''), safe='')}", mail),
        "html": p(packing, f"&lt;b&gt;{mail.replace('@', '&commat;')}&lt;/b&gt;", mail), "xml": p(packing, f"<order><LastName>{name}</LastName><qty>2</qty></order>", name),
        "deep": p(packing, json.dumps({"x": json.dumps({"y": json.dumps({"phone": (phone := make.digits(9))})})}), phone),
        "plainXml": f"<order><sku>HX{number}</sku><qty>2</qty></order>", "plainJson": json.dumps({"sku": f"HX{number}", "open": True}),
        "search": f"q=oak%20shelf&page={number}", "label": base64.b64encode(f"Oak shelf {number}, 80 cm".encode()).decode(), "lines": [article(make, number + 4000)],
    }  # fmt: skip


WORLD = {
    "italian": {"cognome": "last", "ragione_sociale": "full", "indirizzo_spedizione": "street", "citta": "place", "cap": "zip", "telefono_cellulare": "digits", "data_di_nascita": "day"},
    "dutch": {"voornaam": "first", "achternaam": "last", "straatnaam": "street", "woonplaats": "place", "geboortedatum": "day", "telefoonnummer": "digits", "rekeninghouder": "full"},
    "portuguese": {"sobrenome": "last", "nomeCompleto": "full", "endereço": "street", "cidade": "place", "dataNascimento": "day", "celular": "digits", "nome_do_cliente": "full"},
    "polish": {"imię": "first", "nazwisko": "last", "ulica": "street", "miejscowość": "place", "kod_pocztowy": "zip", "dataUrodzenia": "day", "numer_telefonu": "digits"},
    "spanish": {"apellidos": "last", "nombreCompleto": "full", "dirección": "street", "ciudad": "place", "codigoPostal": "zip", "fecha_nacimiento": "day", "móvil": "digits"},
    "japanese": {"氏名": "full", "住所": "street", "電話番号": "digits", "生年月日": "day", "郵便番号": "zip", "フリガナ": "full"},
    "russian": {"фамилия": "last", "имя": "first", "адрес": "street", "телефон": "digits", "дата_рождения": "day", "город": "place"},
}  # fmt: skip
NEUTRAL = {
    "italian": {"prezzo": "12,50", "colore": "blu", "numero_ordine": "ORD-77", "stato": "spedito", "quantita": 4, "descrizione": "Mensola di rovere"},
    "dutch": {"prijs": "12,50", "kleur": "blauw", "bestelnummer": "B-77", "status": "verzonden", "aantal": 4, "omschrijving": "Eiken plank"},
    "portuguese": {"preço": "12,50", "cor": "azul", "numeroPedido": "P-77", "situação": "enviado", "quantidade": 4, "nomeProduto": "Estante de carvalho"},
    "polish": {"cena": "12,50", "kolor": "niebieski", "numer_zamówienia": "Z-77", "stan": "wysłane", "ilość": 4, "nazwa_produktu": "Półka dębowa"},
    "spanish": {"precio": "12,50", "color": "azul", "numeroPedido": "P-78", "estado": "enviado", "cantidad": 4, "nombre_producto": "Estante de roble"},
    "japanese": {"価格": "1250", "色": "青", "注文番号": "C-77", "状態": "発送済み", "数量": 4, "商品名": "オークの棚"},
    "russian": {"цена": "12,50", "цвет": "синий", "номер_заказа": "Z-78", "статус": "отправлен", "количество": 4, "название": "Дубовая полка"},
}  # fmt: skip


def foreign(language):
    """A maker of records in a language."""

    def record(make, number):
        makers = {"digits": lambda: make.digits(9)}
        fields = {
            name: p("other languages", makers.get(how, getattr(make, how))()) for name, how in WORLD[language].items()
        }
        return {"nr": number, **fields, **NEUTRAL[language], "lines": [article(make, number + 5000)]}

    return record


def systems():
    """All systems of this half."""
    make = Invented(29, HEADS, ("ai", "en", "ur", "os"), ("sen", "ski", "tti", "eira", "mura"), FIRSTS)
    people = []
    for at in range(COUNT):
        make.seen.append(make.full())
        people.append({"ref": at, "displayName": p("English names", make.seen[-1]), "tier": "silver", "visits": at})

    def data(maker, count=COUNT):
        return {"data": [maker(make, at) for at in range(count)]}

    def account(make, number):
        return {
            "taxNumber": p("ids that are repeated", make.digits(11)),
            "open": number,
            "kind": "credit",
            "opened": "2024-02-03",
        }

    h = "headers and errors"
    errors = [
        Answer("/bookings", {"errors": [{"status": "409", "detail": p(h, f"Room is held by {name} until noon", name), "source": {"holder": {"givenName": p(h, name.split()[0]), "familyName": p(h, name.split()[1])}}}]})
        for name in make.seen
    ]  # fmt: skip
    texts = [
        Answer("text", p(h, f"<h1>Forbidden</h1> Signed in as {mail} from {address}", mail, address))
        for mail, address in [(make.mail(), make.ipv4()) for _ in range(COUNT)]
    ]
    headers = [
        Answer("headers", {"X-Authenticated-User": p(h, make.last().lower()), "X-Trace": p(h, f"operator: {name}, took: 12 ms", name), "X-Correlation-Id": f"c-{at:05}", "X-RateLimit-Remaining": str(at), "Content-Language": "en"})
        for at, name in enumerate(make.seen)
    ]  # fmt: skip
    return (
        Described("hotel", {"bookings": {"list": "/bookings"}, "members": {"list": "/members"}}, (Answer("/members", {"data": people}), Answer("/bookings", data(booking)), *errors, *texts, *headers)),
        Described("ledger", {"periods": {"list": "/periods"}}, (Answer("/periods", data(ledger)),)),
        Described("survey", {"submissions": {"list": "/submissions"}}, (Answer("/submissions", data(survey)),)),
        Described("house", {"duties": {"list": "/duties"}}, (Answer("/duties", data(duty)),)),
        Described("log", {"entries": {"list": "/entries"}}, (Answer("/entries", data(forms)),)),
        Described("queue", {"messages": {"list": "/messages"}}, (Answer("/messages", data(wrapped)),)),
        *(Described(language, {"kartei": {"list": "/kartei"}}, (Answer("/kartei", data(foreign(language), 12)),)) for language in WORLD),
        Described("bank", {"accounts": {"list": "/accounts", "detail": "/accounts/{taxNumber}", "id": "taxNumber"}}, (Answer("/accounts", data(account, 52)),)),
    )  # fmt: skip
