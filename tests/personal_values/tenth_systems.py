"""A tenth set, small, labelled after all mends for the ninth and before its first count: other trades and languages."""

from __future__ import annotations

from personal_values.invented import Invented
from personal_values.labels import KINDS, Answer, Described, Personal

HEADS = ("osk", "pellam", "quarn", "rudd", "stavv", "thorl", "undek", "vint", "wexl", "yarm")
FIRSTS = ("mal", "nev", "oph", "pim", "rosk", "sel", "tam", "ulv", "wen", "zor")
REAL = ("Karel", "Agnieszka", "Wei", "Nadia", "Bjorn", "Carmen", "Dmitri", "Elif", "Giulia", "Hassan")
COUNT = 4
K, T, B, L, E, F, P, R, H, N, W = KINDS


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


class Hand(Invented):
    """Makes values as a third hand writes them."""

    def real(self):
        """A name with a given name that is one, and a family name of syllables."""
        return f"{self.pick(*REAL)} {self.last()}"

    def double(self):
        """A name with two family names."""
        return f"{self.first()} {self.last()}-{self.last()}"

    def phone_local(self):
        """A number of a phone as it is written at home."""
        return f"({self.digits(3)}) {self.digits(3)}-{self.digits(4)}"

    def birth(self):
        """A day of birth."""
        return f"{self.number(1, 28):02}/{self.number(1, 12):02}/{self.number(1945, 2001)}"

    def ten(self):
        """A number of ten digits."""
        return self.digits(10)


TITLES = {
    "piece": ("Rite Of Spring", "Sea Interludes", "Winter Dreams", "Enigma Variations"), "chair": ("Principal Oboe", "Second Horn", "Tutti Viola", "Bass Tuba"),
    "wing": ("North Wing", "Garden House", "Remand Unit", "Open Block"), "lot": ("Walnut Bureau", "Meissen Figure", "Silver Tankard", "Persian Runner"),
    "water": ("Upper Tay", "Mill Pond", "Salmon Weir", "Lower Lough"), "ink": ("Celtic Knot", "Koi Sleeve", "Compass Rose", "Paper Crane"),
    "drug": ("Amoxil Forte", "Nurofen Plus", "Ventolin Evohaler", "Laxido Orange"), "model": ("Skoda Fabia", "Opel Corsa", "Seat Ibiza", "Mini Cooper"),
    "branch": ("Kirkgate Branch", "Riverside Local", "Airport Chapter", "Central Committee"), "meal": ("Cottage Pie", "Fish Fingers", "Vegetable Lasagne", "Chicken Korma"),
}  # fmt: skip


def t(name, number):
    """One of the titles of a kind."""
    return TITLES[name][number % COUNT]


def player(make, number):
    """A player of an orchestra."""
    return {"contractRef": f"C{make.digits(4)}", "instrumentalist": p(E, make.full()), "deputisedBy": p(E, make.real()), "deskPartner": p(E, make.full()), "fixer": p(E, make.double()), "programme": t("piece", number), "seat": t("chair", number), "lodgingsStreet": p(E, f"{make.number(2, 80)} {make.last()} Crescent"), "landline": p(E, make.phone_local()), "dateBorn": p(E, make.birth()), "tailcoat": "Long Forty", "feeBand": "B", "hallKey": "Stage Door", "bow": "Horse Hair", "tourLeg": "Low Countries"}  # fmt: skip


def visit(make, number):
    """A visit to a prison."""
    return {"slotId": make.digits(6), "inmate": p(E, make.full()), "inmate_alias": p(E, make.first()), "visitor1": p(E, make.real()), "visitor1_rel": "Sister", "visitor1_born": p(E, make.birth()), "visitor2": p(E, make.full()), "chaplain": p(E, make.double()), "escort": p(E, make.full()), "wing": t("wing", number), "table": "Table Six", "proof": "Driving Licence", "proofNo": p(E, make.ten()), "searched": True, "outcome": "Went Ahead", "governor": p(E, make.full())}  # fmt: skip


def call(make, number):
    """A call of an ambulance."""
    return {"incident": make.digits(9), "casualty": p(E, make.full()), "casualtyAge": p(E, "54"), "raisedAlarm": p(E, make.real()), "callbackOn": p(E, make.phone_local()), "sceneLine": p(E, f"{make.last()} Lane {make.number(1, 70)}"), "paramedic": p(E, make.full()), "wheelsman": p(E, make.full()), "dispatcher": p(E, make.full()), "bystander": p(E, make.double()), "chiefComplaint": "Chest Pain", "given": t("drug", number), "triage": "Amber Two", "handover": "Royal Infirmary", "rig": "Unit Nine", "etaMin": 7}  # fmt: skip


def sale(make, number):
    """A lot of an auction."""
    return {"lotNo": number + 100, "lotTitle": t("lot", number), "consignor": p(E, make.full()), "highBidder": p(E, make.real()), "underbidder": p(E, make.full()), "paddle": "212", "porter": p(E, make.full()), "cataloguer": p(E, make.double()), "bidderTel": p(E, make.phone_local()), "bidderBillingTown": p(E, make.place()), "reserve": "120.00", "hammer": "180.00", "provenance": "Private House", "condition": "Minor Chips", "saleroom": "Gallery Two", "school": "Dutch School", "estimate": "100-200"}  # fmt: skip


def angler(make, number):
    """A licence to fish."""
    return {"LIC": make.digits(7), "ANGLER": p(E, make.full()), "ANGLER_DOB": p(E, make.birth()), "ANGLER_ST": p(E, make.street()), "ANGLER_TWN": p(E, make.place()), "BAILIFF": p(E, make.real()), "GILLIE": p(E, make.full()), "BEAT": t("water", number), "METHOD": "Fly Only", "SPECIES": "Brown Trout", "BAG": 2, "SEASON": "Late Season", "BOAT": "Blue Heron", "RODS": 1, "PAID": "45.00"}  # fmt: skip


def tattoo(make, number):
    """A session of a tattoo studio."""
    return {"sess": make.digits(5), "canvas": p(E, make.full()), "artist": p(E, make.real()), "piercer": p(E, make.full()), "motif": t("ink", number), "placement": "Left Forearm", "hours": 3, "deposit": "50.00", "consent": {"signedOff": p(E, make.full()), "idSeen": "Passport", "birthday": p(E, make.day())}, "patchTest": "No Reaction", "aftercare": "Second Skin", "textTo": p(E, make.phone_local()), "room": "Back Room"}  # fmt: skip


def lesson(make, number):
    """A lesson of a driving school."""
    return {"ref": make.digits(6), "learner": p(E, make.full()), "learnerPh": p(E, make.phone_local()), "adi": p(E, make.double()), "paidFor": p(E, make.real()), "collectFrom": p(E, make.street()), "dropAt": p(E, make.street()), "tuition": t("model", number), "gearbox": "Manual Five", "manoeuvre": "Bay Parking", "testCentre": "Hill Barnet", "faults": 4, "theoryPass": True, "examinerSeen": p(E, make.full()), "next": "2026-05-11"}  # fmt: skip


def care(make, number):
    """A visit to somebody old."""
    return {"round": "Early Round", "resident": p(E, make.real()), "resident_b": p(E, make.birth()), "carer": p(E, make.full()), "second_carer": p(E, make.full()), "daughter": p(E, make.double()), "daughter_mob": p(E, make.phone_local()), "gp_surgery": "Meadow Surgery", "key_safe": p(E, make.digits(4)), "lunch": t("meal", number), "meds": t("drug", number), "mood": "Quite Bright", "tasks": ["Wash Hair", "Change Bed"], "handover": p(T, f"Rang Mrs {(last := make.last())} at ten", last), "minutes": 45}  # fmt: skip


def union(make, number):
    """A case of a union."""
    return {"case": f"U{make.digits(4)}", "branch": t("branch", number), "grievant": p(E, make.full()), "steward": p(E, make.real()), "respondentManager": p(E, make.full()), "companion": p(E, make.full()), "homeLine": p(E, make.phone_local()), "grade": "Band Six", "issue": "Unpaid Overtime", "stage": "Second Hearing", "panel": [{"sitting": p(E, make.full()), "side": "Staff Side"}], "workplace": "Harbour Depot", "remedy": "Back Pay", "opened": "2026-01-20"}  # fmt: skip


FORMS = {
    "estonian": {"taotleja": "full", "eestkostja": "real", "elukoht": "place", "sünniaeg": "birth", "tunnistaja": "full", "perearst": "full", "mobiiltel": "phone_local"},
    "latvian": {"iesniedzējs": "full", "aizbildnis": "real", "dzīvesvieta": "place", "dzimšanas_datums": "birth", "liecinieks": "full", "ārsts": "full", "tālrunis": "phone_local"},
    "bulgarian": {"заявител": "full", "настойник": "real", "местожителство": "place", "рождена_дата": "birth", "свидетел": "full", "лекуващ": "full", "мобилен": "phone_local"},
    "serbian": {"podnosilac": "full", "staratelj": "real", "prebivaliste": "place", "datum_rodj": "birth", "svedok": "full", "izabrani_lekar": "full", "mob_tel": "phone_local"},
    "greek": {"αιτών": "full", "κηδεμόνας": "real", "κατοικία": "place", "ημ_γέννησης": "birth", "μάρτυρας": "full", "ιατρός": "full", "κινητό_τηλ": "phone_local"},
    "slovenian": {"vlagatelj": "full", "skrbnik": "real", "bivališče": "place", "rojen": "birth", "priča": "full", "zdravnik": "full", "gsm": "phone_local"},
    "vietnamese": {"người_nộp": "full", "người_giám_hộ": "real", "nơi_sinh": "place", "ngày_sinh": "birth", "nhân_chứng": "full", "bác_sĩ": "full", "di_động": "phone_local"},
    "albanian": {"kërkuesi": "full", "kujdestari": "real", "vendbanimi": "place", "datëlindja": "birth", "dëshmitari": "full", "mjeku": "full", "celulari": "phone_local"},
}  # fmt: skip


def form(language):
    """A maker of forms in a language, with what is neutral in all."""

    def record(make, number):
        held = {name: p(L, getattr(make, how)()) for name, how in FORMS[language].items()}
        return {"nr": number, **held, "akt_nr": f"Z{make.digits(4)}", "tase": t("branch", number), "toit": t("meal", number), "auto": t("model", number), "pilt": t("lot", number), "summa": "12.00", "val": "EUR", "avatud": "2026-02-01", "koht": "Third Desk"}  # fmt: skip

    return record


def systems():
    """All systems of the set."""
    make = Hand(1013, HEADS, ("a", "e", "i", "ou"), ("dale", "ford", "sen", "ov", "ker"), FIRSTS)
    makers = [("orchestra", "players", player), ("prison", "visits", visit), ("ambulance", "calls", call), ("auction", "sales", sale), ("fishing", "permits", angler), ("studio", "sessions", tattoo), ("driving", "lessons", lesson), ("care", "rounds", care), ("union", "matters", union)]  # fmt: skip
    makers += [(language, "acts", form(language)) for language in FORMS]
    return tuple(
        Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", {"data": [maker(make, at) for at in range(COUNT)]}),))
        for name, rows, maker in makers
    )  # fmt: skip
