"""An eighth set, small, labelled after the mends for the seventh and before its first count."""

from __future__ import annotations

import json
from urllib.parse import quote

from personal_values.invented import Invented
from personal_values.labels import KINDS, Answer, Described, Keys, Personal, Unlabelled

HEADS = ("kelbr", "murst", "nodv", "paltr", "rinsk", "smolv", "trenk", "ulfst", "vorsk", "zelm")
FIRSTS = ("katv", "lendr", "merv", "nilsk", "ondv", "parv", "rodm", "selv", "tirk", "valm")
COUNT = 4
K, T, B, L, E, F, P, R, H, N, W = KINDS


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


def repair(make, number):
    """A garage's job."""
    first, last = make.first(), make.last()
    return {
        "job_card": f"JC{make.digits(5)}", "bay": "3", "labour_hrs": 2.5, "odometer_in": 88120, "bodyStyle": "Estate", "vehicleReg": p(E, make.text("BCDF", 2) + make.digits(2) + "TRW"), "chassisNo": p(E, f"WVWZZZ1KZ{make.digits(8)}"), "keeperName": p(E, f"{first} {last}"), "keeperPostTown": p(E, make.place()), "daytimeContactNo": p(E, make.digits(11)), "bookedInBy": p(E, make.full()), "mechanic": p(E, make.full()), "qualityCheckedBy": p(E, make.full()), "collectedByName": p(E, make.full()), "courtesyCar": {"plate": p(E, make.text("LMNP", 2) + make.digits(2) + "ABC"), "model": "Polo"},
        "advisories": ["Front tyres 3 mm", "Rear wiper split"], "jobNotes": p(T, f"Rang {first} re discs, authorised", first), "lines": [{"op": "OIL-SVC", "txt": "Oil service", "amt": "119.00"}, {"op": "MOT", "txt": "MOT test", "amt": "54.85"}], "warranty": False, "invoiceTo": p(E, make.full()), "paymentTerms": "On collection",
    }  # fmt: skip


def patient(make, number):
    """A dentist's appointment."""
    last = make.last()
    return {
        "apptId": make.digits(7), "op": "OP2", "lenMins": 30, "procCode": "D1110", "procDescript": "Prophylaxis adult", "aptStatus": "Scheduled", "LName": p(E, last), "FName": p(E, make.first()), "Preferred": p(E, make.first()), "Birthdate": p(E, make.day()), "HmPhone": p(E, make.digits(10)), "WirelessPhone": p(E, make.digits(10)), "SSN": p(E, make.digits(9)), "guarantorName": p(E, make.full()), "provider": p(E, make.full()), "hygienist": p(E, make.full()), "insSubscriber": p(E, make.full()), "subscriberID": p(E, make.digits(9)), "ClinicAbbr": "NORTH", "medUrgNote": p(T, f"Mrs {last} is anxious, allow time", last), "recallInterval": "6m", "teeth": ["14", "15"], "fee": "98.00", "carrier": "Delta Plan", "emergencyContact": {"name": p(E, make.full()), "relationship": "spouse", "tel": p(E, make.digits(10))},
    }  # fmt: skip


def member(make, number):
    """A club's member."""
    return {
        "member_no": p(E, make.digits(6)), "category": "Senior", "subs_due": "2026-04-01", "surname_initials": p(E, f"{make.last()}, K."), "parent_1_name": p(E, make.full()), "parent_1_mobile": p(E, make.digits(11)), "squad": "U14", "coach": p(E, make.full()), "medical_info": p(E, "asthma, carries inhaler"), "consent_photo": True, "kit_size": "M", "joined": "2023-09-01", "position": "Left back", "team_captain": p(E, make.full()), "referee_assigned": p(E, make.full()), "fixtures": [{"vs": "Harbour Rovers", "venue": "Home", "ko": "10:30", "score": "2-1"}], "gift_aid": {"declared": True, "donor_address": p(E, make.street()), "donor_zip": p(E, make.zip())}, "how_paid": "DD", "qa": [{"question": "Who may collect the child?", "reply": p(B, make.full())}, {"question": "Swims 50 m?", "reply": "Yes"}, {"question": "Parent's mobile", "reply": p(B, make.digits(10))}],
    }  # fmt: skip


def deed(make, number):
    """A funeral, a deed or a licence of a town."""
    return {
        "permit_ref": f"BP-{make.digits(5)}", "kind": "Fence", "status": "Issued", "fee": "85.00", "applicant_of_record": p(E, make.full()), "site_owner_nm": p(E, make.full()), "contractor_signatory": p(E, make.full()), "parcel": make.digits(9), "zoning": "R-2", "inspected_by": p(E, make.full()), "hearing": {"on": "2026-06-02", "chaired_by": p(E, make.full()), "room": "Council A"}, "objector": p(E, make.full()), "dec_last": p(E, make.last()), "plot": "C-114", "undertaker": "Stone & Sons", "next_of_kin_name": p(E, make.full()), "custom": [{"itemTitle": "Home phone", "itemText": p(B, make.digits(10))}, {"itemTitle": "Height (m)", "itemText": "1.80"}], "audit_by": p(W, make.login()), "valuation": 12000, "inspector": p(W, make.last()),
        "geo": {"lat": p(E, 51.44127), "lng": p(E, -2.59881)}, "account": p(F, make.iban()), "client_ip": p(F, make.ipv4()), "phys": p(F, make.mac()), "letter": p(N, f"Copied to Mr {(other := make.last())}, ward 4", other),
    }  # fmt: skip


FORMS = {
    "german": {"versicherte_person": "full", "beschwerdefuehrer": "full", "unterzeichner": "full", "heimatort": "place", "privatnummer": "digits", "begleitperson": "full", "aufgenommen_von": "full", "kindsvater": "full"},
    "french": {"personneAContacter": "full", "parrain": "full", "nomEnfant": "full", "mobilePersonnel": "digits", "commandéPar": "full", "aidant": "full", "lieuResidence": "place", "signataire": "full"},
    "spanish": {"denunciante": "full", "padrino": "full", "cuidador": "full", "celular_contacto": "digits", "revisado_por": "full", "lugar_residencia": "place", "firmante": "full", "nombre_hijo": "full"},
    "italian": {"denunciante": "full", "accompagnatrice": "full", "firmatario": "full", "cellulare2": "digits", "compilatoDa": "full", "luogoResidenza": "place", "nomeFiglio": "full", "badante": "full"},
    "dutch": {"melder": "full", "mantelzorger": "full", "ondertekenaar": "full", "mobiel_nr": "digits", "goedgekeurd_door": "full", "woonadres": "street", "naam_kind": "full", "reisgenoot": "full"},
    "portuguese": {"denunciante": "full", "padrinho": "full", "cuidador": "full", "tlm": "digits", "revistoPor": "full", "localResidencia": "place", "signatário": "full", "nomeFilho": "full"},
    "polish": {"zgłaszająca": "full", "chrzestny": "full", "opiekunka": "full", "tel_kom": "digits", "zatwierdzone_przez": "full", "adres_zamieszkania": "street", "podpisujący": "full", "imię_dziecka": "first"},
    "swedish": {"anmälare": "full", "vårdgivare_namn": "full", "mobilnr": "digits", "hemadress": "street", "godkänd_av": "full", "barnets_namn": "full", "kontaktnamn": "full", "firmatecknare": "full"},
    "japanese": {"届出人": "full", "同行者名": "full", "署名者": "full", "携帯番号": "digits", "承認者": "full", "お住まい": "place", "子の氏名": "full", "連絡先電話": "digits"},
    "russian": {"сопровождающий": "full", "крестный": "full", "подписант": "full", "мобильный_телефон": "digits", "утвержден_кем": "full", "место_жительства": "place", "имя_ребенка": "first", "заказчик": "full"},
    "turkish": {"bildirenKisi": "full", "refakatci": "full", "cepNo": "digits", "evAdresi": "street", "onaylayan": "full", "cocukAdi": "first", "imzalayan": "full", "dogumTarihi": "day"},
    "czech": {"ohlašovatel": "full", "kmotr": "full", "telefon_domů": "digits", "adresa_bydliště": "street", "schválil": "full", "jméno_dítěte": "first", "doprovod": "full", "podepsaný": "full"},
}  # fmt: skip


def form(language):
    """A maker of forms in a language, with what is neutral in all."""

    def record(make, number):
        held = {
            name: p(L, make.digits(10) if how == "digits" else getattr(make, how)())
            for name, how in FORMS[language].items()
        }
        return {"seq": number, **held, "doc": f"F-{make.digits(4)}", "vat_pct": "21", "qty": 3, "sku": "KX-20.1", "currency": "EUR", "closed": "2026-03-01", "channel": "desk", "lines": [{"pos": 1, "code": "FEE-1", "text": "Standard handling", "net": "10.00"}]}  # fmt: skip

    return record


def odds(make):
    """Maps, packed texts and logs."""
    one, two, three = make.full(), make.full(), make.full()
    return {
        "hall": "West", "seats": 40, "ratings": Keys(tuple((p(K, make.mail()), {"stars": 4, "visits": 2}) for _ in range(4))),
        "shares": Keys(tuple((p(K, make.full()), {"email": p(E, make.mail()), "pct": 25}) for _ in range(3))),
        "callback": p(P, f"https://app.test/cb?patient={quote(one)}&step=2", *one.split()), "raw": p(P, json.dumps({"keeper": {"first_name": two.split()[0], "last_name": two.split()[1]}}), *two.split()),
        "error": p(H, f"Member {three} is not active", *three.split()), "opaque": Unlabelled(make.hex(40)),
    }  # fmt: skip


def systems():
    """All systems of the set."""
    make = Invented(811, HEADS, ("e", "om", "ur", "ax"), ("feld", "strup", "nes", "rud", "mo"), FIRSTS)
    makers = [("garage", "jobs", repair), ("dentist", "appointments", patient), ("club", "memberships", member), ("town", "permits", deed)]  # fmt: skip
    makers += [(language, "entries", form(language)) for language in FORMS]
    ids = [make.digits(11) for _ in range(4)]
    people = {"data": [{"national_id": p(R, one), "full_name": p(E, make.full())} for one in ids]}
    later = {"data": [{"holderNationalId": p(R, one), "points": 12, "tier": "Silver"} for one in ids]}
    return (
        *(
            Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", {"data": [maker(make, at) for at in range(COUNT)]}),))
            for name, rows, maker in makers
        ),
        Described("halls", {"halls": {"list": "/halls"}}, (Answer("/halls", {"data": [odds(make) for _ in range(2)]}),)),
        Described("points", {"people": {"list": "/people"}, "points": {"list": "/points"}}, (Answer("/people", people), Answer("/points", later))),
        Described("proxy", {"halls": {"list": "/halls"}}, (Answer("headers", {"X-Request-Id": "c2-9", "X-Signed-In-User": p(H, make.mail()), "X-Real-Ip": p(H, make.ipv4()), "Vary": "Accept"}),)),
    )  # fmt: skip
