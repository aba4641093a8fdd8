"""A seventh set, labelled before its first count: tenants, staff, pupils, parcels, donors, pets, claims, guests, visitors."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

from personal_values.invented import Invented
from personal_values.labels import KINDS, Answer, Described, Keys, Personal

HEADS = ("abelk", "brunk", "crosp", "drevn", "eskav", "fjolm", "gorv", "hrask", "ilmv", "jostr")
FIRSTS = ("arvm", "bodv", "cilk", "dorv", "eigl", "frodm", "gudl", "hjalv", "ismk", "jorg")
COUNT = 6
K, T, B, L, E, F, P, R, H, N, W = KINDS


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


def lease(make, number):
    """A lease of a flat."""
    first, last = make.first(), make.last()
    return {
        "LeaseID": f"L-{make.digits(6)}", "LeaseStatus": "Current", "MoveInDate": "2024-09-01", "LeaseTermMonths": 12, "MarketRent": "1450.00", "DepositHeld": 1450, "PropertyAbbrev": "oakst", "UnitType": "2B1B", "Unit": {"BedroomCount": 2, "SquareFeet": 811, "FloorplanName": "Juniper A", "Amenities": ["Balcony", "Dishwasher"]},
        "Occupants": [{"OccupantName": p(E, f"{first} {last}"), "Relationship": "Primary", "HomeEmail": p(E, make.mail()), "CellNo": p(E, make.digits(10)), "SSNLast4": p(E, make.digits(4)), "VehiclePlate": p(E, make.text("ABKL", 3) + make.digits(4))}, {"OccupantName": p(E, make.full()), "Relationship": "Roommate"}],
        "Guarantors": [{"GuarantorName": p(E, make.full()), "ForwardingAddress1": p(E, make.street())}], "Ledger": [{"ChargeCode": "RENT", "Descr": "Rent, March", "Amt": "1450.00", "GL": "4010-00"}, {"ChargeCode": "PET", "Descr": "Pet fee", "Amt": "35.00", "GL": "4130-00"}], "WorkOrders": [{"WO": f"WO{make.digits(5)}", "Category": "Plumbing", "Priority": "P2", "CallerName": p(E, make.full()), "BriefDesc": "Kitchen sink drips", "TechnicianNotes": p(T, f"{first} was not at home, left a card", first)}],
        "CorrespondenceTitle": p(T, f"Renewal offer for {first} {last}", first, last), "DocumentFile": p(T, f"lease_{last.lower()}_2026.pdf", last), "Parking": {"Stall": "B-14", "Rate": 60},
    }  # fmt: skip


def worker(make, number):
    """A worker's file."""
    return {
        "associateOID": f"G{make.text('0123456789ABCDEF', 15)}", "workerStatus": {"codeValue": "Active"}, "positionTitle": "Payroll Analyst II", "costCentre": "4410", "fte": 0.8, "payGrade": "G7", "legalEntity": "Harbour Foods Ltd", "reportsTo": p(E, make.full()), "preferredName": p(E, make.first()), "formerSurname": p(E, make.last()), "personalMobile": p(E, make.digits(11)), "homeLocality": p(E, make.place()),
        "bankDetails": {"sortCode": p(E, "40-12-77"), "accountNo": p(E, make.digits(8)), "nameOnAccount": p(E, make.full())}, "dependants": [{"dependantName": p(E, make.full()), "dateBorn": p(E, make.day()), "relation": "child"}], "niNumber": p(E, "QQ" + make.digits(6) + "C"), "visa": {"category": "Skilled Worker", "documentNo": p(E, make.digits(9)), "expires": "2027-05-31"}, "absence": [{"type": "Holiday", "days": 3, "approvedBy": p(W, make.last())}],
        "hire": {"date": "2019-03-04", "source": "Referral", "recruiter": p(E, make.full())}, "skills": ["Excel", "SAP HR"], "shiftPattern": "Mon-Thu", "pension": {"scheme": "DC-5", "rate": "5%"}, "lineManagerLogin": p(E, make.login()), "badge": {"printName": p(E, make.full()), "zone": "Blue"}, "userAccount": {"upn": p(E, make.mail()), "lastIp": p(F, make.ipv4() + ":4431")},
        "customFields": [{"fieldLabel": "T-shirt size", "fieldAnswer": "L"}, {"fieldLabel": "Emergency phone", "fieldAnswer": p(B, make.digits(10))}, {"fieldLabel": "Spouse name", "fieldAnswer": p(B, make.full())}, {"fieldLabel": "Locker", "fieldAnswer": "117"}],
    }  # fmt: skip


def pupil(make, number):
    """A pupil."""
    first = make.first()
    return {
        "state_student_no": p(E, make.digits(10)), "grade_level": "07", "homeroom": "7B", "homeroom_teacher": p(E, make.full()), "stu_first": p(E, first), "stu_last": p(E, make.last()), "dob_formatted": p(E, make.day()), "bus_route": "R12-PM", "lunch_status": "Paid", "gpa": "3.42", "credits_earned": 14.5, "enrol_date": "2025-09-01", "calendar": "Trimester", "counselor": p(E, make.full()),
        "guardians": [{"salut": "Ms.", "guardian_full": p(E, make.full()), "day_phone": p(E, make.digits(10)), "lives_with": True, "pickup": True}], "classes": [{"course": "Algebra I", "section": "ALG1-03", "room": "214", "mark": "B+"}, {"course": "Civics", "section": "CIV-01", "room": "108", "mark": "A"}], "health": {"immunised": "Y", "doctor_name": p(E, make.full()), "allergy_text": p(E, "peanuts, bee stings")}, "incident_log": [{"code": "TARDY", "count": 2, "comment": p(T, f"{first} missed the first bell", first)}], "house": "Gryphon", "cohort": "2031", "testing": [{"test": "MAP", "scale": 221, "pct": 64}],
        "siblings": [p(E, make.full())], "reported": {"by_staff": p(E, make.full()), "on": "2026-02-02"},
    }  # fmt: skip


def parcel(make, number):
    """A parcel."""
    last = make.last()
    return {
        "waybill": f"{make.digits(10)}", "serviceLevel": "EXPRESS-12", "pieces": 2, "chargeableWt": "3.40", "incoterm": "DAP", "hsCode": "6109.10", "declaredValue": {"amt": 89.9, "cur": "EUR"}, "shprCo": "Nordlicht Textil GmbH", "cneeNm": p(E, f"{make.first()} {last}"), "cneeAttn": p(E, make.full()), "cneeAddrLn1": p(E, make.street()), "cneePc": p(E, make.zip()), "cneeCty": p(E, make.place()), "cneeCtry": "NL", "cneePh": p(E, make.digits(11)),
        "events": [{"code": "PU", "text": "Picked up", "depot": "HAM2", "ts": "2026-03-01T09:12:00Z"}, {"code": "OK", "text": p(T, f"Delivered, signed by {last}", last), "depot": "AMS1", "ts": "2026-03-02T11:45:00Z", "signedForBy": p(E, make.full())}, {"code": "NH", "text": p(N, f"Left with neighbour Mrs {(other := make.last())}", other), "depot": "AMS1"}], "courierName": p(E, make.full()), "vanRoute": "AMS-114", "dims": [{"l": 30, "w": 20, "h": 10}], "labelFormat": "ZPL", "cutoff": "16:30", "neighbourName": p(E, make.full()), "gps": {"latitude": p(E, 52.370216), "longitude": p(E, 4.895168)}, "safePlace": "Porch", "lockerPin": p(E, make.digits(6)),
        "refs": ["PO-77120", "SO-1881"], "terms": "Prepaid", "pod_img": f"pod/{make.hex(12)}.png",
    }  # fmt: skip


def gift(make, number):
    """A donation to a church."""
    return {
        "envelope_no": make.digits(3), "fund": {"code": "MISSIONS", "title": "Missions and relief"}, "batch": "2026-W10", "given_on": "2026-03-08", "amount_cents": 5000, "tender": "check", "check_no": make.digits(4), "donor_formal_name": p(E, make.full()), "donor_greeting": p(E, f"Dear {(first := make.first())}", first), "in_memory_of": p(E, make.full()), "household_label": p(E, f"The {(last := make.last())} Family", last), "head_of_household": p(E, make.full()), "baptised_on": "1999-05-16", "pastor": p(E, make.full()), "campus": "North", "service_time": "10:30", "pledge": {"term": "52 weeks", "total": 2600, "fulfilled_pct": 38}, "tribute_notify": {"to": p(E, make.full()), "mailing_line": p(E, make.street())},
        "card": {"brand": "visa", "pan": p(F, int(make.card())), "exp": p(E, "09/28")}, "groups": ["Choir", "Tuesday study"], "volunteer": "N", "anonymous": False, "bank": {"iban_lower": p(F, make.iban().lower())},
    }  # fmt: skip


def visit(make, number):
    """A visit to a vet."""
    last = make.last()
    return {
        "patient_no": f"P{make.digits(5)}", "species": "Canine", "breed": "Border Collie", "weight_kg": 18.4, "neutered": True, "colour": "Tricolour", "owner_surname": p(E, last), "owner_initial": "J", "owner_tel_day": p(E, make.digits(10)), "owner_addr": p(E, f"{make.street()}, {make.place()}"), "vet": p(E, make.full()), "nurse": p(E, make.full()), "reason": "Booster", "items": [{"code": "VAC-DHP", "desc": "DHP vaccine 1 ml", "qty": 1, "net": "32.50", "lot": "A441B"}, {"code": "CON-STD", "desc": "Consultation", "qty": 1, "net": "41.00"}], "notes": p(T, f"Mr {last} reports mild cough since Sunday", last), "next_due": "2027-03-01", "insured_with": "PetPlan", "temp_c": 38.6, "mucous": "pink", "crt": "<2s", "keeper": {"kind": "registered", "who": p(E, make.full())},
        "microchip_registered_to": p(E, make.full()), "reminders": [{"via": "sms", "target": p(E, make.digits(11))}],
    }  # fmt: skip


def claim(make, number):
    """A claim of an insurance."""
    a, b = make.full(), make.full()
    return {
        "claimNumber": f"CLM-26-{make.digits(6)}", "lossType": "Collision", "lossDate": "2026-02-11", "reserve": 3400, "paid": 1210.5, "deductible": 300, "lineOfBusiness": "PPA", "faultRating": "50/50", "policyTerm": "12M", "insuredName": p(E, a), "thirdPartyName": p(E, b), "witnesses": [{"witnessName": p(E, make.full()), "witnessPhone": p(E, make.digits(10))}], "vehicle": {"make": "Skoda", "model": "Octavia", "year": 2021, "regNo": p(E, make.text("BCDF", 2) + make.digits(2) + " XKJ"), "vin": p(E, "TMBJG7NE1L0" + make.digits(6)), "odometer": 41200}, "driverLicenceNo": p(E, make.digits(8)), "lossDescription": p(T, f"{a} turned left and was hit by {b}", *a.split(), *b.split()), "payee": p(E, make.full()), "garage": {"trading_as": "Fixit Bodyshop Ltd", "estimate": "1820.00", "contact_person": p(E, make.full())},
        "parties": [{"roleCode": "CLMT", "partyNm": p(E, make.full())}, {"roleCode": "BRKR", "partyOrg": "Hill & Co Brokers"}], "exposure": [{"cov": "COLL", "limit": 50000, "state": "Open"}, {"cov": "LIAB", "limit": 100000, "state": "Closed"}], "catCode": "NONE", "injury": {"claimed": False, "bodyPart": "none"}, "adjuster": p(W, make.last()),
    }  # fmt: skip


def stay(make, number):
    """A stay in a hotel."""
    return {
        "confNo": make.digits(8), "arr": "2026-04-02", "dep": "2026-04-05", "rateCode": "BAR-BB", "roomType": "DBLS", "adults": 2, "children": 0, "mealPlan": "HB", "segment": "LEIS", "source": "OTA", "guestNm": p(E, make.full()), "accompanying": [p(E, make.full())], "travelAgentContact": p(E, make.full()), "passportNr": p(E, make.text("CFGH", 1) + make.digits(8)), "placeOfIssue": p(E, make.place()), "carPlate": p(E, make.text("HMKL", 2) + "-" + make.digits(4)), "loyalty": {"tier": "Gold", "memberNr": p(E, make.digits(9))}, "folio": [{"dept": "RM", "txt": "Room charge", "amt": "129.00"}, {"dept": "BAR", "txt": "Minibar", "amt": "6.50"}], "prefs": ["High floor", "Foam pillow"], "wakeUp": "06:45", "housekeeper": p(W, make.first()), "bookedBy": p(E, make.full()), "vipLevel": "V2", "roomNo": "412", "guarantee": "CC", "cxlPolicy": "48H",
        "registration_card": {"signature_name": p(E, make.full()), "birth_city": p(E, make.place())},
    }  # fmt: skip


def badge(make, number):
    """A visitor of an event."""
    return {
        "order_ref": f"{make.text('ABCDEFGH', 5)}", "ticket": {"type": "Early bird", "price": "89.00", "fee": "2.15", "seat": "C-14"}, "checkin": "2026-05-09T08:41:00", "attendeeGivenName": p(E, make.first()), "attendeeLastNm": p(E, make.last()), "badgeLine1": p(E, make.full()), "badgeLine2": "Data Summit 2026", "dietary": "vegan", "company": "Fernhill Logistics", "session_ids": ["KEY-1", "TR2-04"], "speaker": {"bio_name": p(E, make.full()), "handle": p(F, make.handle()), "talk": "Queues that never sleep"}, "plus_one": p(E, make.full()), "answers": [{"q": "How did you hear about us?", "a": "Newsletter"}, {"q": "Badge name", "a": p(B, make.full())}, {"q": "Mobile number", "a": p(B, make.digits(10))}, {"q": "Parking?", "a": "No"}, {"q": "Date of birth", "a": p(B, make.day())}],
        "purchaser": p(E, make.full()), "promo": "SPRING10", "track": "Platform", "gate": "North 2", "lang": "en", "print_count": 1,
    }  # fmt: skip


FORMS = {
    "swedish": {"kontaktperson": "full", "anhörig": "full", "målsman": "full", "bostadsadress": "street", "bostadsort": "place", "mobiltelefon": "digits", "födelseort": "place", "tilltalsnamn": "first", "handläggare": "full"},
    "danish": {"kontaktperson": "full", "værge": "full", "bopæl": "street", "fødselsdato": "day", "fødested": "place", "mobilnummer": "digits", "sagsbehandler": "full", "kaldenavn": "first", "bynavn": "place"},
    "czech": {"kontaktní_osoba": "full", "příjmení_žadatele": "last", "datum_narození": "day", "místo_narození": "place", "trvalé_bydliště": "street", "zákonný_zástupce": "full", "mobil": "digits", "číslo_op": "nine", "manžel": "full"},
    "turkish": {"anneAdi": "first", "babaAdi": "first", "dogumYeri": "place", "cepTelefonu": "digits", "ikametAdresi": "street", "veli": "full", "yetkiliKisi": "full", "ilce": "place", "eposta": "mail"},
    "hungarian": {"kapcsolattartó": "full", "anyja_neve": "full", "születési_hely": "place", "lakóhely": "place", "mobiltelefon": "digits", "adóazonosító": "long", "gondviselő": "full", "irányítószám": "zip", "ügyintéző": "full"},
    "german": {"erziehungsberechtigter": "full", "notfallkontakt": "full", "vermieter": "full", "hausarzt": "full", "wohnhaft_in": "place", "mobilfunk": "digits", "geburtsland": "place", "bearbeitet_von": "full", "zustelladresse": "street"},
    "french": {"tuteurLégal": "full", "médecinTraitant": "full", "propriétaire": "full", "portablePersonnel": "digits", "adressePostale": "street", "villeResidence": "place", "assuré": "full", "donateur": "full", "saisiPar": "full"},
    "spanish": {"tutor_legal": "full", "médico": "full", "propietario": "full", "teléfono_móvil": "digits", "domicilio_fiscal": "street", "huésped": "full", "lugar_nacimiento": "place", "atendido_por": "full", "alumno": "full"},
    "italian": {"tutore": "full", "medicoCurante": "full", "proprietario": "full", "cellularePersonale": "digits", "viaResidenza": "street", "ospite": "full", "comuneNascita": "place", "donatore": "full", "alunno": "full"},
    "dutch": {"voogd": "full", "huisarts": "full", "eigenaar": "full", "mobieltje": "digits", "bezoekadres": "street", "gast": "full", "geboorteland": "place", "leerling": "full", "behandeld_door": "full"},
    "portuguese": {"encarregadoEducacao": "full", "médico": "full", "proprietário": "full", "telemóvel": "digits", "moradaFiscal": "street", "hóspede": "full", "naturalidade": "place", "aluno": "full", "atendidoPor": "full"},
    "polish": {"opiekun_prawny": "full", "lekarz": "full", "właściciel": "full", "telefon_komórkowy": "digits", "adres_korespondencyjny": "street", "gość": "full", "nazwisko_panieńskie": "last", "uczeń": "full", "sporządził": "full"},
    "japanese": {"保護者名": "full", "緊急連絡先氏名": "full", "主治医": "full", "現住所": "street", "携帯": "digits", "宿泊者": "full", "本籍": "place", "生徒名": "full"},
    "russian": {"законный_представитель": "full", "лечащий_врач": "full", "собственник": "full", "моб_телефон": "digits", "адрес_проживания": "street", "гость": "full", "ученик": "full", "исполнитель": "full"},
}  # fmt: skip
OFFICE = {
    "swedish": {"ärendenr": "Ä-26-11", "belopp": "120,00", "ärendetyp": "Bygglov", "enhet": "Miljö", "inkom": "2026-02-01"}, "danish": {"sagsnr": "S-26-11", "beløb": "120,00", "sagstype": "Byggeri", "afdeling": "Teknik", "modtaget": "2026-02-01"},
    "czech": {"číslo_jednací": "MU-26-11", "částka": "120,00", "druh": "Stavba", "odbor": "Výstavba", "přijato": "2026-02-01"}, "turkish": {"dosyaNo": "D-26-11", "tutar": "120,00", "tur": "Ruhsat", "birim": "Imar", "kayitTarihi": "2026-02-01"},
    "hungarian": {"ügyszám": "U-26-11", "összeg": "120,00", "típus": "Engedély", "osztály": "Építés", "beérkezett": "2026-02-01"}, "german": {"vorgang": "V-26-11", "betrag": "120,00", "art": "Mietvertrag", "abteilung": "Service", "eingang": "2026-02-01", "kaltmiete": 740},
    "french": {"numéro": "D-26-11", "montant": "120,00", "nature": "Sinistre", "service": "Auto", "reçu": "2026-02-01"}, "spanish": {"folio": "F-26-11", "importe": "120,00", "tipo": "Siniestro", "área": "Autos", "recibido": "2026-02-01"},
    "italian": {"protocollo": "P-26-11", "importo": "120,00", "tipo": "Soggiorno", "reparto": "Front office", "ricevuto": "2026-02-01"}, "dutch": {"dossier": "D-26-11", "bedrag": "120,00", "soort": "Verblijf", "afdeling": "Receptie", "ontvangen": "2026-02-01"},
    "portuguese": {"processo": "P-26-11", "valor": "120,00", "tipo": "Matrícula", "setor": "Secretaria", "recebido": "2026-02-01"}, "polish": {"sprawa": "S-26-11", "kwota": "120,00", "rodzaj": "Pobyt", "dział": "Recepcja", "wpłynęło": "2026-02-01"},
    "japanese": {"番号": "B-26-11", "金額": 12000, "種類": "入学", "部署": "総務", "受付": "2026-02-01"}, "russian": {"номер": "N-26-11", "сумма": "120,00", "вид": "Прием", "отдел": "Учебный", "получено": "2026-02-01"},
}  # fmt: skip


def form(language):
    """A maker of forms in a language."""

    def record(make, number):
        makers = {"digits": lambda: make.digits(10), "long": lambda: make.digits(11), "nine": lambda: make.digits(9)}
        held = {name: p(L, makers.get(how, getattr(make, how, None))()) for name, how in FORMS[language].items()}
        return {"n": number, **held, **OFFICE[language], "rows": [{"pos": 1, "sku": "T-100.3", "desc": "Stamp duty"}]}

    return record


def odds(make):
    """Maps, packed texts and logs."""
    names = [make.full() for _ in range(6)]
    return {
        "room": "Aula", "capacity": 120,
        "byGuest": Keys(tuple((p(K, name), {"nights": 2, "board": "HB"}) for name in names)),
        "devices": Keys(tuple((p(K, make.mac()), {"model": "AP-12", "since": 2024}) for _ in range(4))),
        "payouts": Keys(tuple((p(K, make.iban()), {"cents": 4100}) for _ in range(4))),
        "blob": p(P, base64.b64encode(json.dumps({"donor": (one := make.full()), "fund": "ROOF"}).encode()).decode(), *one.split()),
        "next": p(P, f"https://app.test/rebook?guest={quote(two := make.full())}&nights=2", *two.split()),
        "audit": p(P, json.dumps({"row": json.dumps({"tenant_name": (three := make.full()), "unit": "2B"})}), *three.split()),
        "note": p(P, f"Sent to {(mail := make.mail()).replace('@', '&#64;')} today", mail.split("@")[0]),
        "log": p(H, f"duplicate key: (email)=({(mail := make.mail())}) already exists", *mail.split("@")[0].split(".")),
        "trace": p(H, f"Guest {(four := make.full())} could not be merged", *four.split()),
    }  # fmt: skip


def systems():
    """All systems of the set."""
    make = Invented(2607, HEADS, ("a", "un", "or", "iv"), ("grim", "holt", "sund", "mark", "vik"), FIRSTS)
    makers = [("estate", "leases", lease), ("staff", "workers", worker), ("school", "pupils", pupil), ("courier", "parcels", parcel), ("church", "gifts", gift), ("vet", "visits", visit), ("insurer", "claims", claim), ("hotel", "stays", stay), ("event", "badges", badge)]  # fmt: skip
    makers += [(language, "forms", form(language)) for language in FORMS]
    ids = [make.digits(11) for _ in range(4)]
    people = {"data": [{"ssn": p(R, one), "full_name": p(E, make.full())} for one in ids]}
    later = {"data": [{"personSsn": p(R, one), "hours": 7.5, "site": "Dock 4"} for one in ids]}
    heads = {"X-Request-Id": "7f2a-11", "X-Authenticated-User": p(H, make.login()), "X-Acting-For": p(H, make.mail()), "Content-Language": "en", "X-Client-Ip": p(H, make.ipv6()), "Set-Cookie": p(H, f"sid={make.hex(32)}; Path=/")}  # fmt: skip
    return (
        *(
            Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", {"data": [maker(make, at) for at in range(COUNT)]}),))
            for name, rows, maker in makers
        ),
        Described("rooms", {"rooms": {"list": "/rooms"}}, (Answer("/rooms", {"data": [odds(make) for _ in range(3)]}),)),
        Described("hours", {"people": {"list": "/people"}, "hours": {"list": "/hours"}}, (Answer("/people", people), Answer("/hours", later))),
        Described("proxy", {"rooms": {"list": "/rooms"}}, (Answer("headers", heads),)),
    )  # fmt: skip
