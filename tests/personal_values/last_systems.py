"""A sixth set, on which nothing was tuned: estate agents, a telephone company, offices' forms, a court and a library."""

from __future__ import annotations

import json

from personal_values.invented import Invented
from personal_values.labels import Answer, Described, Keys, Personal, Unlabelled

HEADS = ("grun", "telv", "wask", "bjel", "corv", "dusk", "emmer", "falk", "hoek", "jarn")
FIRSTS = ("alwy", "berth", "conr", "dimk", "elfr", "gism", "hild", "ingv", "oddb", "trud")
COUNT = 8
E, T, B, F, N, W, L = (
    "English names", "own names told again", "name beside value", "forms", "names of others", "names of one word",
    "other languages",
)  # fmt: skip


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


def deal(make, number):
    """An estate agent's deal: a property, who sells it, who looked at it."""
    first, last = make.first(), make.last()
    return {
        "listing_id": f"MLS-{make.digits(7)}", "headline": "Sunny two-bed flat near Victoria Park", "asking_price": 385000, "tenure": "leasehold", "epc_rating": "C", "council_tax_band": "D", "bedrooms": 2, "floor_area_sqft": 742, "status": "under_offer", "listed_on": "2026-01-17",
        "property": {"house_name_or_number": p(E, str(make.number(1, 199))), "street_name": p(E, make.last() + " Road"), "locality": p(E, make.place()), "post_town": p(E, make.place()), "outcode": p(E, "SW1"), "uprn": Unlabelled(make.digits(12)), "geo": {"type": "Point", "coordinates": [p(E, -0.127512), p(E, 51.507344)]}},
        "vendor_contact": {"display_name": p(E, f"{first} {last}"), "salutation": p(T, f"Dear {first}", first), "mobile_tel": p(E, make.digits(11)), "whatsapp": p(E, make.digits(12))}, "solicitor": p(E, make.full()), "negotiator": {"staff_code": "NEG04", "name": p(E, make.full()), "direct_dial": p(E, make.digits(11))},
        "viewings": [{"when": "2026-03-11T14:30", "applicant": p(E, make.full()), "feedback": "Liked the kitchen, worried about parking"}, {"when": "2026-03-12T10:00", "applicant": p(E, make.full()), "feedback": p(N, f"Ms. {(other := make.last())} will bring her builder", other)}],
        "offers": [{"buyer_name": p(E, make.full()), "amount": 379000, "chain": "no chain", "proof_of_funds": True}], "custom_fields": [{"label": "Key holder", "value": p(B, make.full())}, {"label": "Alarm code", "value": p(B, make.digits(6))}, {"label": "Board up", "value": "Yes"}, {"label": "Service charge", "value": "1,850 p.a."}],
        "floorplan": f"fp_{number:04}_a.png", "tags": ["garden", "chain-free", "balcony"], "fees": {"type": "percentage", "pct": 1.25, "vat": True}, "rooms": [{"label": "Kitchen / diner", "dims": "4.20m x 3.10m"}, {"label": "Bedroom 1", "dims": "3.90m x 3.00m"}],
    }  # fmt: skip


def bill(make, number):
    """A telephone company's bill."""
    last = make.last()
    return {
        "BAN": p(E, make.digits(9)), "billCycle": "17", "invoiceNo": f"INV{make.digits(9)}", "dueAmt": "48.20", "ccy": "EUR", "subscriberName": p(E, f"{make.first()} {last}"), "billingAddr1": p(E, make.street()), "billingAddr2": p(E, f"{make.zip()} {make.place()}"),
        "msisdn": p(E, f"4917{make.digits(9)}"), "imsi": p(E, f"26201{make.digits(10)}"), "imei": p(E, "49015420323751" + "8"), "iccid": p(E, f"8949{make.digits(15)}"), "puk1": p(E, make.digits(8)), "tariffCode": "SMART-L-24", "tariffName": "Smart L 24 months", "contractEnd": "2027-11-30", "simType": "eSIM", "apn": "internet.tel", "cellId": "262-01-3344-51022",
        "usage": [{"ts": "2026-03-02T18:21:09", "calledParty": p(E, f"49{make.digits(10)}"), "durationSec": 312, "rated": "0.00", "bucket": "FLAT"}, {"ts": "2026-03-02T20:02:44", "calledParty": p(E, f"49{make.digits(10)}"), "durationSec": 41, "rated": "0.09", "bucket": "INTL1"}, {"ts": "2026-03-03T07:40:00", "volumeMb": 512, "apn": "internet.tel", "rated": "0.00", "bucket": "DATA"}],
        "sepa": {"mandateRef": Unlabelled("M-20391"), "debtorName": p(E, make.full()), "debtorIban": p(F, make.iban())}, "device": {"brand": "Nova", "model": "X12 Lite", "storageGb": 128, "color": "Jade"}, "discounts": [{"code": "LOYAL5", "amt": "-5.00"}, {"code": "FAMILY", "amt": "-2.50"}],
        "interactions": [{"chan": "IVR", "note": "Asked for roaming prices"}, {"chan": "SHOP", "agent": p(W, make.login()), "note": p(T, f"Kunde {last} wants paper bills", last)}], "notifications": {"smsTo": p(E, f"+49{make.digits(10)}"), "emailTo": p(E, make.mail())}, "router": {"mac": p(F, make.mac()), "wanIp": p(F, make.ipv4()), "firmware": "7.57", "wifiPassword": p(E, make.text("abcdefghkm", 8) + make.digits(4))},
    }  # fmt: skip


FORMS = {
    "german": {"antragsteller_nachname": "last", "antragsteller_vorname": "first", "geburtsort": "place", "geburtsname": "last", "anschrift": "street", "postleitzahl": "zip", "rufnummer": "digits", "steuer_id": "long", "ansprechpartner": "full", "ehegatte": "full", "sachbearbeiterin": "full"},
    "french": {"nomUsage": "last", "nomNaissance": "last", "prenoms": "first", "lieuNaissance": "place", "adresseDomicile": "street", "numeroTelephone": "digits", "numeroSecuriteSociale": "long", "conjoint": "full", "courriel": "mail", "représentantLégal": "full"},
    "spanish": {"apellidos_solicitante": "last", "nombre_solicitante": "first", "fecha_de_nacimiento": "day", "direccion_postal": "street", "codigo_postal": "zip", "municipio": "place", "correo_electronico": "mail", "persona_de_contacto": "full", "conyuge": "full"},
    "italian": {"cognomeRichiedente": "last", "nomeRichiedente": "first", "luogoDiNascita": "place", "indirizzoResidenza": "street", "codicePostale": "zip", "recapitoTelefonico": "digits", "legaleRappresentante": "full", "codice_fiscale": "long", "pec": "mail"},
    "dutch": {"achternaam_aanvrager": "last", "voornamen": "first", "geboortedatum": "day", "geboorteplaats": "place", "straatnaam": "street", "woonplaats": "place", "telefoonnummer": "digits", "burgerservicenummer": "nine", "partner_naam": "full", "contactpersoon": "full"},
    "portuguese": {"nomeRequerente": "full", "sobrenome": "last", "nomeMae": "full", "nomePai": "full", "endereco": "street", "municipio": "place", "celular": "digits", "cpf": "long", "dataDeNascimento": "day", "responsavel": "full"},
    "polish": {"nazwisko_wnioskodawcy": "last", "imiona": "first", "imie_ojca": "first", "miejsce_urodzenia": "place", "ulica": "street", "kod_pocztowy": "zip", "nr_telefonu": "digits", "adres_email": "mail", "pełnomocnik": "full", "osoba_kontaktowa": "full"},
    "japanese": {"申請者氏名": "full", "フリガナ": "full", "生年月日": "day", "住所": "street", "郵便番号": "zip", "電話番号": "digits", "メールアドレス": "mail", "世帯主": "full", "担当者名": "full"},
    "russian": {"фамилия": "last", "имя": "first", "дата_рождения": "day", "место_рождения": "place", "адрес_регистрации": "street", "телефон": "digits", "электронная_почта": "mail", "снилс": "long", "контактное_лицо": "full"},
}  # fmt: skip
OFFICE = {
    "german": {"aktenzeichen": "AZ-2026-11", "verfahrensstand": "eingegangen", "gebühr": "28,50", "anlagen": 3, "antragsart": "Wohngeld", "rechtsgrundlage": "§ 9 WoGG", "frist": "2026-06-30", "dienststelle": "Amt für Wohnen"},
    "french": {"numéroDossier": "D-8841", "étatDossier": "complet", "montant": "120,00", "pièces": 4, "typeDemande": "Permis", "délai": "2026-06-30", "service": "Urbanisme"},
    "spanish": {"numero_expediente": "EXP-441", "estado": "abierto", "tasa": "12,40", "tipo_tramite": "Licencia", "plazo": "2026-06-30", "sede": "Oficina central", "anexos": 2},
    "italian": {"numeroPratica": "P-77/26", "statoPratica": "sospesa", "importo": "16,00", "tipologia": "Concessione", "scadenza": "2026-06-30", "ufficio": "Sportello unico", "allegati": 2},
    "dutch": {"zaaknummer": "Z-2026-88", "zaakstatus": "open", "leges": "41,00", "soortAanvraag": "Vergunning", "termijn": "2026-06-30", "afdeling": "Ruimte", "bijlagen": 1},
    "portuguese": {"processo": "P-2026-8", "situacao": "deferido", "taxa": "35,00", "assunto": "Alvará", "prazo": "2026-06-30", "setor": "Obras", "anexos": 1},
    "polish": {"nr_sprawy": "SP-12/26", "stan_sprawy": "w toku", "opłata": "17,00", "rodzaj_wniosku": "Zezwolenie", "termin": "2026-06-30", "wydział": "Budownictwo", "załączniki": 2},
    "japanese": {"受付番号": "R-2026-8", "状態": "審査中", "手数料": 300, "申請種別": "証明書", "期限": "2026-06-30", "課": "市民課", "添付数": 2},
    "russian": {"номер_дела": "Д-2026-8", "состояние": "на рассмотрении", "пошлина": "350", "вид_заявления": "Справка", "срок": "2026-06-30", "отдел": "Архив", "вложения": 2},
}  # fmt: skip


def form(language):
    """A maker of applications to an office."""

    def record(make, number):
        makers = {"digits": lambda: make.digits(10), "long": lambda: make.digits(11), "nine": lambda: make.digits(9)}
        held = {name: p(L, makers.get(how, getattr(make, how, None))()) for name, how in FORMS[language].items()}
        return {"nr": number, **held, **OFFICE[language], "fee_items": [fee(make, number)]}

    return record


def fee(make, number):
    """A line of fees, which is neutral."""
    return {"code": f"F{number:02}", "account": "4410.220", "text": "Copy, per page", "qty": number + 1, "unit": "page", "rate": "0.50", "vat": "0", "costUnit": make.digits(6), "budget": "EPL 03"}  # fmt: skip


def case(make, number):
    """A court's case."""
    last = make.last()
    return {
        "docket": f"2:26-cv-{number:05}", "caption": p(T, f"{last} v. Harbour Freight Lines", last), "court": "District Court, Northern Division", "nature_of_suit": "190 Contract", "cause": "28:1332", "jury_demand": "Both", "judge": p(W, make.last()), "magistrate": p(E, make.full()),
        "parties": [{"party_type": "Plaintiff", "party_name": p(E, f"{make.first()} {last}"), "pro_se": "N", "attorneys": [{"atty": p(E, make.full()), "bar_no": p(E, make.digits(6)), "firm": "Stone & Gate LLP", "office_phone": p(E, make.digits(10)), "lead": True}]}, {"party_type": "Defendant", "party_name": "Harbour Freight Lines Inc.", "pro_se": "N"}],
        "entries": [{"no": 1, "filed": "2026-01-05", "text": "COMPLAINT with jury demand; filing fee 405, receipt 0971", "pages": 22}, {"no": 2, "filed": "2026-01-06", "text": p(N, f"SUMMONS served on Mr. {(other := make.last())} at his home", other), "pages": 2}, {"no": 3, "filed": "2026-01-20", "text": "ANSWER to complaint", "pages": 9}],
        "interpreter": {"language": "Polish", "person": p(E, make.full())}, "deadlines": [{"event": "Discovery cutoff", "on": "2026-07-01"}, {"event": "Pretrial", "on": "2026-08-14"}], "status": "open", "related": [f"2:25-cv-0{make.digits(4)}"], "exhibits": ["A-1", "A-2"], "sealed": False,
    }  # fmt: skip


def loan(make, number):
    """A library's loan."""
    return {
        "barcode": p(E, make.digits(14)) if number < 0 else Unlabelled(make.digits(14)), "patron": {"borrower_name": p(E, make.full()), "card_number": p(E, make.digits(14)), "pin": p(E, make.digits(4)), "home_phone_1": p(E, make.digits(10)), "guardian": p(E, make.full()), "birth_year": Unlabelled(2011), "category": "juvenile", "fines": "0.40"},
        "title": ("Emma", "David Copperfield", "Jane Eyre", "Anna Karenina", "Oliver Twist", "Tom Sawyer")[number % 6], "isbn13": f"978{make.digits(10)}", "call_no": f"823.{make.number(1, 9)} AUS", "copy": 2, "branch": "St. Mary's Square", "due": "2026-04-02", "renewals": 1, "material": "book", "publisher": "Everyman", "series": "Penguin Classics", "subject": ["Fiction", "Courtship"], "marc_leader": "00714cam a2200205 a 4500", "lccn": f"n{make.digits(8)}", "oclc": f"ocm{make.digits(8)}", "shelf": "FIC-A", "status": "on loan",
        "holds": [{"position": 1, "pickup": "Central", "placed_by": p(E, make.full())}],
    }  # fmt: skip


NAMES = ("Savoy cabbage seeds", "Kingston SSD 480 GB", "Winston cigar cutter", "Harley exhaust gasket", "Wellington boot jack", "Cardigan wool, grey", "Sandwich maker 750 W", "Sterling silver chain", "Melba toast 100 g", "Caesar dressing 1 l", "Margarita salt", "Lazy Susan 35 cm", "Philips screwdriver PH2", "Allen key set", "Monkey wrench 10 in", "Bunsen burner", "Geneva watch strap", "Cologne 50 ml", "Panama hat M", "Jersey dress", "Bermuda shorts L", "Nelson wall clock", "Eames-style chair", "Martin guitar strings .012", "Gibson cable 3 m", "Ruby port glasses", "Ivy trellis", "Daisy chain hook", "Basil seeds 2 g", "Pepper mill")  # fmt: skip
MAKERS = ("Ralph Lauren", "Tom Tailor", "Marc O'Polo", "Christian Dior", "Elizabeth Arden", "Estée Lauder", "Johnnie Walker", "Jim Beam", "Henry Schein", "Mary Kay", "Fisher & Paykel", "Procter & Gamble")  # fmt: skip


def stock(make, number):
    """An article of a warehouse."""
    name = NAMES[number % len(NAMES)]
    return {
        "ItemCode": f"{make.digits(3)}.{make.digits(3)}.{make.digits(2)}", "ItemName": name, "FirmName": MAKERS[number % len(MAKERS)], "SuppCatNum": f"{make.digits(5)}-{make.text('QRST', 2)}", "CodeBars": f"50{make.digits(11)}", "InvntryUom": make.pick("PC", "BX", "M2", "ROLL"), "BHeight1": 12.5, "SWeight1": make.number(1, 90), "OnHand": make.number(0, 900), "IsCommited": 4, "AvgPrice": "12.3400", "LstEvlPric": 11.9, "TreeType": "N", "ManSerNum": "N", "ManBtchNum": "Y",
        "Batches": [{"DistNumber": f"{make.text('ABC', 1)}{make.digits(7)}", "MnfDate": "2025-12-01", "ExpDate": "2027-12-01", "Quantity": 40, "Location": make.pick("R1-04-B", "R2-11-A")}], "CustomsGroup": make.pick("8205.59", "6402 99 10"), "CstGrpNum": make.digits(11), "CommodityCode": make.digits(8), "Pzn": f"{make.digits(8)}", "UnNo": "UN1950", "CasNo": "64-17-5", "Adr": "2.1", "WarrantyTmpl": "24M", "Color": make.pick("Coral", "Hazel", "Ebony", "Jade"), "Series": make.pick("Geneva", "Boston", "Havana", "Verona"), "Size": make.pick("36/32", "EU 42", "10.5"), "Style": make.pick("Chesterfield", "Louis XV"), "Material": "18/10 steel",
        "PickZone": make.pick("East", "Cold-2"), "Abc": "B", "Moq": 12, "LeadTimeDays": 21, "Incoterms": "FCA Shanghai", "PriceGroup": "G-07", "PlanningSys": "MRP", "Gln": f"40{make.digits(11)}", "Sscc": f"00340{make.digits(15)}", "Rev": "C", "EcoNo": f"ECO-{make.digits(5)}", "FinishCode": "RAL 9010", "Thread": "M8x1.25", "Voltage": "230 V~", "IpClass": "IP65", "Url": f"https://shop.test/p/{name.lower().replace(' ', '-')}", "WebText": f"{name} for home and trade. Made in Portugal.", "Comment": "Stack max 4 high", "PoRef": f"45{make.digits(8)}", "GlAccount": f"{make.digits(6)}-{make.digits(2)}",
    }  # fmt: skip


def systems():
    """All systems of the set."""
    make = Invented(97, HEADS, ("o", "im", "ar", "ed"), ("berg", "lund", "ska", "veld", "ov"), FIRSTS)
    makers = [("agent", "deals", deal, COUNT), ("telephone", "bills", bill, COUNT), ("court", "cases", case, COUNT), ("library", "loans", loan, COUNT), ("warehouse", "stock", stock, 45)]  # fmt: skip
    makers += [(language, "applications", form(language), 4) for language in FORMS]
    extra = {
        "contacts": Keys(tuple((p("keys of maps", make.mail()), {"role": role, "since": 2019}) for role in ("owner", "reader") * 4)),
        "payload": p("packed values", json.dumps({"subscriber": (name := make.full()), "plan": "L"}), *name.split()),
    }  # fmt: skip
    return (
        *(
            Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", {"data": [maker(make, at) for at in range(count)]}),))
            for name, rows, maker, count in makers
        ),
        Described("directory", {"sites": {"list": "/sites"}}, (Answer("/sites", {"data": [{"site": "HQ", **extra}]}),)),
    )  # fmt: skip
