"""A ninth set, labelled after values were read by their form and before its first count; rich in titles of two words."""

from __future__ import annotations

from personal_values.invented import Invented
from personal_values.labels import KINDS, Answer, Described, Personal

HEADS = ("ambl", "brisw", "cradd", "dunth", "elsp", "farr", "gants", "hollw", "inchb", "kerrw")
FIRSTS = ("alw", "berr", "corv", "denn", "eld", "fenw", "gilr", "hest", "isol", "jann")
GIVEN = (
    "Anna",
    "Piotr",
    "Maria",
    "Jean",
    "Lucia",
    "Sven",
    "Fatima",
    "Olga",
    "Diego",
    "Ingrid",
    "Tomasz",
    "Chloe",
    "Ahmed",
    "Sofia",
    "Pieter",
    "Elena",
)
FAMILY = (
    "Beispielmann",
    "Samplewright",
    "Exempleau",
    "Ejemplez",
    "Przykladowski",
    "Esempioni",
    "Voorbeeldstra",
    "Exempelsson",
    "Testovich",
    "Mustermann-Probst",
    "de Exemplo",
    "van der Proef",
    "O'Specimen",
    "McSample",
)
COUNT = 5
K, T, B, L, E, F, P, R, H, N, W = KINDS


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


class Hand(Invented):
    """Makes values as another hand writes them."""

    def real(self):
        """A name with a given name that is one, and a family name that plainly is none."""
        return f"{self.pick(*GIVEN)} {self.pick(*FAMILY)}"

    def caps(self):
        """A name in capitals, the family name first."""
        return f"{self.last().upper()}, {self.first().upper()}"

    def turned(self):
        """A name with the family name first."""
        return f"{self.last()}, {self.first()}"

    def titled(self):
        """A name behind a title."""
        return f"{self.pick('Dr.', 'Mrs', 'Capt.', 'Prof.')} {self.first()} {self.last()}"

    def initials(self):
        """A name with initials."""
        return f"{self.text('ABDEGHJK', 1)}. {self.text('ABDEGHJK', 1)}. {self.last()}"

    def phone_local(self):
        """A number of a phone as it is written at home."""
        return f"0{self.digits(3)} {self.digits(3)} {self.digits(4)}"

    def birth(self):
        """A day of birth as it is written at home."""
        return f"{self.number(1, 28):02}.{self.number(1, 12):02}.{self.number(1940, 2003)}"

    def nine(self):
        """A number of nine digits."""
        return self.digits(9)

    def eleven(self):
        """A number of eleven digits."""
        return self.digits(11)


TITLES = {
    "vessel": ("Ever Forward", "Sea Breeze", "Northern Spirit", "Baltic Trader", "Coral Queen"), "lastPort": ("Port Klang", "Le Havre", "Las Palmas", "San Antonio", "Puerto Limon"),
    "rank": ("Chief Mate", "Second Engineer", "Able Seaman", "Ship Cook", "Deck Cadet"), "casket": ("Windsor Oak", "Plain Willow", "Classic Walnut", "Honey Pine", "Silver Birch"),
    "ritual": ("Green Burial", "Evening Vigil", "Lutheran Service", "Sea Scattering", "Open House"), "hymn": ("Amazing Grace", "Abide With Me", "Ave Maria", "Morning Has Broken", "How Great Thou Art"),
    "kata": ("Heian Shodan", "Tekki Nidan", "Bassai Dai", "Kanku Sho", "Enpi"), "belt": ("Green Stripe", "Brown Tag", "White", "Orange", "Black Bar"),
    "grape": ("Grüner Veltliner", "Pinot Gris", "Nero D'Avola", "Touriga Nacional", "Cabernet Franc"), "block": ("Upper Terrace", "Stony Corner", "River Bend", "Old Vines", "South Face"),
    "opera": ("La Traviata", "Don Giovanni", "Madama Butterfly", "Peter Grimes", "Billy Budd"), "character": ("Lady Macbeth", "Peer Gynt", "Willy Loman", "Uncle Vanya", "Hedda Gabler"),
    "costume": ("Velvet Doublet", "Lace Gown", "Iron Crown", "Rain Cape", "Silk Slippers"), "thing_found": ("Black Umbrella", "Leather Purse", "Silver Ring", "Baby Shoe", "Door Key"),
    "spot": ("Platform Seven", "Tram Nine", "Food Court", "Gate Twelve", "Waiting Room"), "breed": ("Irish Setter", "Shiba Inu", "Basset Hound", "Cane Corso", "Great Dane"),
    "fonds": ("Royal Charters", "Guild Rolls", "Parish Maps", "Census Books", "Court Papers"), "ski": ("Atomic Redster", "Rossignol Hero", "Völkl Racetiger", "Head Supershape", "Elan Ripstick"),
    "boot": ("Salomon Pro", "Lange Shadow", "Nordica Cruise", "Tecnica Mach", "Dalbello Panterra"), "pkg": ("Full Service", "Pack Only", "Long Haul", "Piano Move", "Office Relocation"),
    "seed": ("Winter Mustard", "Purple Sprouting", "Runner Bean", "Sugar Snap", "Swiss Chard"), "fare": ("Night Rate", "Airport Flat", "Shared Ride", "City Hop", "Event Surge"),
    "van": ("Ford Transit", "Fiat Ducato", "Vw Crafter", "Renault Master", "Iveco Daily"), "employer_name": ("Hartwig Brandt", "Keller Sohn", "Moss Bros", "Arthur Price", "Anders Petter"),
    "product_line": ("Emma Bridgewater", "Laura Ashley", "Tom Dixon", "Paul Smith", "Orla Kiely"), "clinic": ("Rosewood Midwifery", "Harbour Birth", "Little Steps", "Moonlight House", "First Breath"),
    "course": ("Hypno Birthing", "Baby Massage", "Breast Feeding", "Pelvic Floor", "First Aid"), "committee": ("Ways And Means", "Rules Review", "Ethics Panel", "Public Works", "Audit Board"),
    "leaflet": ("Vote Early", "Clean Rivers", "Safe Streets", "Fair Rents", "Warm Homes"), "dish": ("Crispy Duck", "Lamb Shank", "Miso Aubergine", "Sea Bass", "Apple Crumble"),
}  # fmt: skip


def t(name, number):
    """One of the titles of a kind, another for each record."""
    return TITLES[name][number % COUNT]


def crew(make, number):
    """A seaman on a list of the crew."""
    return {"VESSEL_NM": t("vessel", number), "FLAG_STATE": "Marshall Islands", "LAST_PORT": t("lastPort", number), "RANK": t("rank", number), "SEAFARER": p(E, make.caps()), "SMN_BOOK_HOLDER": p(E, make.full()), "SMN_BRTH": p(E, make.birth()), "SMN_BRTHPLC": p(E, make.place()), "NOK": p(E, make.real()), "NOK_TEL": p(E, make.phone_local()), "PASSPORT_NO": p(E, make.text("CFGH", 1) + make.digits(8)), "MASTER": p(E, make.titled()), "MANNING_OFFICER": p(E, make.full()), "SIGN_ON": "2026-02-11", "CONTRACT_MTHS": 6, "WAGE_SCALE": "ITF", "BERTH": "Quay 4", "CALL_SIGN": f"V7{make.text('ABCD', 2)}{number}", "DWT": 81200, "CARGO": "Soy Beans", "CHARTERER": "Cargill Ocean"}  # fmt: skip


def funeral(make, number):
    """A funeral."""
    last = make.last()
    return {"caseRef": f"F26-{make.digits(4)}", "dearlyDeparted": p(E, f"{make.first()} {last}"), "bornOn": p(E, make.day()), "informant": p(E, make.full()), "informantTel": p(E, make.digits(11)), "celebrant": p(E, make.real()), "pallbearers": [p(E, make.full()), p(E, make.full())], "mournersChief": p(E, f"{make.first()} {last}"), "registrarSignatory": p(E, make.full()), "casket": t("casket", number), "rite": t("ritual", number), "openingHymn": t("hymn", number), "flowers": "White Lilies", "hearse": "Volvo V90", "chapel": "East Chapel", "slotMins": 40, "notice": {"wording": p(T, f"Family of {last} invite all friends", last), "paper": "Evening Echo", "cost": "84.00"}, "ashesTo": p(E, make.full()), "graveRow": "C-19", "vatCode": "EX", "balance": "1250.00", "status": "Arranging"}  # fmt: skip


def dojo(make, number):
    """A pupil of a dojo."""
    return {"stuRef": number + 400, "karateka": p(E, make.real()), "karatekaDob": p(E, make.birth()), "sensei": p(E, make.full()), "parentOne": p(E, make.full()), "parentOneCell": p(E, make.digits(10)), "beltNow": t("belt", number), "kataNext": t("kata", number), "lessonPack": "Junior Ten", "hall": "Hall Two", "gradingOn": "2026-06-20", "feePaid": True, "feeAmt": "45.00", "sparringPartner": p(E, make.real()), "dietNotes": "none", "kit": {"gi": "Size 3", "gloves": "Red Medium"}, "examiners": [{"lead": p(E, make.full()), "panel": "North Panel"}], "insurance_no": f"K-{make.digits(5)}"}  # fmt: skip


def wine(make, number):
    """A visit to a vineyard."""
    return {"visit-id": f"v{make.digits(5)}", "tasting-host": p(E, make.full()), "party-leader": p(E, make.real()), "leader-mobile": p(E, make.phone_local()), "leader-home-town": p(E, make.place()), "sommelier": p(E, make.titled()), "pour-one": t("grape", number), "vineyard-block": t("block", number), "food-match": t("dish", number), "pax": 6, "price-pp": "35.00", "coach-firm": "Alpen Reisen", "allergen-flag": "nuts", "slot": "14:00", "dietary": "Vegetarian", "voucher": f"GV{make.digits(6)}", "feedback": p(T, f"{(first := make.first())} was a charming guide", first), "wifi": "Cellar Guest", "ship-to": {"who": p(E, make.real()), "road-and-number": p(E, f"{make.number(1, 90)} {make.last()} Road"), "settlement": p(E, make.place()), "outward": "parcel"}}  # fmt: skip


def casting(make, number):
    """A casting of a theatre."""
    return {"strProduction": t("opera", number), "strPart": t("character", number), "strPerformer": p(E, make.full()), "strUnderstudy": p(E, make.full()), "strAgent": p(E, make.real()), "strAgentPhone": p(E, make.digits(11)), "strDresser": p(E, make.full()), "strCostume": t("costume", number), "dtBorn": p(E, make.day()), "intHeightCm": 171, "strVoice": "Mezzo", "strHouse": "Great Hall", "strCallTime": "17:30", "curFee": "640.00", "strLodging": p(E, make.street()), "strConductor": p(E, make.titled()), "strSeason": "Autumn Run", "blnUnion": True, "strRepetiteur": p(E, make.initials()), "strProp": "Wooden Sword"}  # fmt: skip


def lost(make, number):
    """A thing that was lost."""
    return {"lf_no": f"LF{make.digits(5)}", "thing": t("thing_found", number), "found_where": t("spot", number), "finder": p(E, make.real()), "finder_contact": p(E, make.phone_local()), "claimed_by": p(E, make.full()), "claimant_paper": p(E, make.nine()), "clerk": p(E, make.initials()), "handed_over": "2026-03-03", "storage_bin": "Blue Rack", "colour": "Dark Green", "worth": "20.00", "reward": 0, "remarks": p(T, f"Mr {(last := make.last())} will call on Friday", last), "status": "In Store", "owner_guess": p(E, make.full()), "depot": "Central Office", "photo": f"img/{make.hex(8)}.jpg"}  # fmt: skip


def licence(make, number):
    """A licence for a dog."""
    return {"tag": make.digits(5), "dog": {"called": "Biscuit", "breed": t("breed", number), "sexed": "F", "chip": make.digits(15)}, "licensee": p(E, make.real()), "licensee_abode": p(E, f"{make.number(1, 60)} {make.last()} Lane"), "licensee_yob": p(E, "1971"), "previous_keeper": p(E, make.full()), "vetinary": p(E, make.titled()), "inoculated": "2025-11-02", "dues": "24.00", "warden": p(E, make.full()), "patrol": "Harbour Beat", "complaints": [{"nature": "Loud Barking", "by": p(E, make.full()), "day": "2026-01-14"}], "exempt": False, "renewal": "Postal Reminder"}  # fmt: skip


def archive(make, number):
    """A loan of an archive."""
    return {"signum": f"A-{make.digits(4)}", "fonds": t("fonds", number), "leserIn": p(L, make.full()), "entleiher": p(L, make.real()), "aufsicht": p(L, make.turned()), "leserausweis": p(L, make.nine()), "anschr_1": p(L, f"{make.last()}gasse {make.number(1, 60)}"), "anschr_2": p(L, make.place()), "fernspr": p(L, make.phone_local()), "gebtag": p(L, make.birth()), "bestellt": "2026-02-20", "lesesaal": "Großer Saal", "medium": "Mikrofilm", "seiten": 14, "zweck": "Heimatkunde", "gebuehr": "3,50", "einband": "Halbes Leder", "gutachter": p(L, make.titled()), "zustand": "Leicht Beschädigt"}  # fmt: skip


def rental(make, number):
    """A ski rental."""
    return {"rentalNo": make.digits(7), "renter": {"n": p(E, make.real()), "ph": p(E, make.phone_local()), "hgt": 181, "wgt": 74, "ability": "Type Two", "hotelRm": "Room 12"}, "skierLn": p(E, make.last()), "skierFn": p(E, make.first()), "ski": t("ski", number), "boot": t("boot", number), "din": "6.5", "pickup": "Valley Shop", "fittedBy": p(E, make.full()), "technicianInitials": "KB", "days": 6, "total": "168.00", "depositCard": p(F, make.card()), "waiver": {"inked": p(E, make.full()), "witnessing": p(E, make.full()), "at": "2026-01-02T09:14:00Z"}, "returnNote": "Left Edge Chipped", "locker": "Green Nine"}  # fmt: skip


def moving(make, number):
    """A job of a moving company."""
    return {"jobNo": f"MV{make.digits(4)}", "custNm": p(E, make.real()), "custMob": p(E, make.digits(11)), "origAddr": p(E, make.street()), "origCty": p(E, make.place()), "destAddr": p(E, f"{make.last()} Street {make.number(1, 99)}"), "destCty": p(E, make.place()), "foreman": p(E, make.full()), "packers": [p(E, make.full()), p(E, make.full())], "van": t("van", number), "pkg": t("pkg", number), "cubicM": "31.5", "boxes": 60, "keyholder": p(E, make.full()), "insurer": "Baltic Mutual", "items": [{"what": "Grand Piano", "qty": 1, "fragile": True}, {"what": "Oak Sideboard", "qty": 2, "fragile": False}], "floor": "Third Floor", "parkPermit": "Zone Blue", "quoteBy": p(W, make.first()), "eta": "08:30"}  # fmt: skip


def midwife(make, number):
    """A birth."""
    return {"episode": make.digits(8), "parturient": p(E, make.full()), "parturient_dob": p(E, make.day()), "midwife": p(E, make.real()), "doula": p(E, make.full()), "birthPartner": p(E, make.full()), "babyGiven": p(E, make.first()), "clinic": t("clinic", number), "course": t("course", number), "mode": "Water Birth", "weight_g": 3410, "apgar": "9/10", "room": "Lavender Suite", "gp": p(E, make.titled()), "healthVisitor": p(E, make.full()), "home": {"ln1": p(E, make.street()), "twn": p(E, make.place()), "pc": p(E, make.zip())}, "followUp": "Ten Days", "feeding": "Mixed"}  # fmt: skip


def canvass(make, number):
    """A visit of a campaign."""
    return {"turf": "Ward Nine", "leaflet": t("leaflet", number), "committee": t("committee", number), "elector": p(E, make.turned()), "elector_ph": p(E, make.digits(10)), "door": p(E, f"{make.number(1, 99)} {make.last()} Avenue"), "canvasser": p(E, make.real()), "walkBuddy": p(E, make.full()), "precinctCaptain": p(E, make.full()), "support": "Leaning Yes", "issue_top": "Rent Control", "sign": False, "visited": "2026-04-02", "donates": {"pledge": "20.00", "chequeName": p(E, make.full()), "worksAt": t("employer_name", number)}, "household": 3, "tally": 12}  # fmt: skip


def shop(make, number):
    """An order of a shop in which few values are personal."""
    return {"orderNo": f"SO{make.digits(5)}", "placed": "2026-03-02", "shopper": p(E, make.real()), "shopperMail": p(E, make.mail()), "channel": "Web Store", "salesRegion": "North West", "lines": [{"sku": f"CX-{at}", "name": t(kind, number + at), "range": t("product_line", number + at), "maker": t("employer_name", number + at), "finish": "Satin Black", "qty": 1, "net": "12.00", "madeIn": "South Korea"} for at, kind in enumerate(("dish", "costume", "casket", "seed"))], "promo": "Spring Clearance", "wrap": "Gold Paper", "courierSvc": "Royal Mail", "pickPoint": "Corner Kiosk", "stage": "Ready To Ship", "terms": "Net Thirty", "taxArea": "Great Britain", "fare": t("fare", number), "warehouse": "Dock Seven"}  # fmt: skip


FORMS = {
    "norwegian": {"pårørende": "full", "fastlege": "titled", "bostedskommune": "place", "mobil_privat": "phone_local", "fødested": "place", "saksbehandler": "full", "verge": "real", "hjemmeadresse": "street"},
    "finnish": {"huoltaja": "full", "lähiomainen": "real", "kotikunta": "place", "syntynyt": "birth", "käsittelijä": "full", "matkapuhelin": "phone_local", "lääkäri": "titled", "hakija": "turned"},
    "romanian": {"solicitant": "full", "reprezentant": "real", "domiciliu": "street", "localitate": "place", "data_nașterii": "birth", "mamă": "full", "martor": "full", "nr_mobil": "phone_local"},
    "croatian": {"podnositelj": "full", "skrbnik": "real", "prebivalište": "place", "datum_rođenja": "birth", "djelatnik": "full", "svjedok": "full", "mobitel": "phone_local", "liječnik": "titled"},
    "indonesian": {"nama_lengkap": "full", "wali_murid": "real", "tempat_lahir": "place", "tgl_lahir": "birth", "alamat_rumah": "street", "petugas": "full", "no_hp": "eleven", "saksi": "full"},
    "ukrainian": {"заявник": "full", "опікун": "real", "місце_народження": "place", "дата_народження": "birth", "свідок": "full", "лікар": "titled", "моб": "phone_local", "відповідальний": "full"},
    "slovak": {"žiadateľ": "full", "svedok": "real", "trvalý_pobyt": "street", "miesto_narodenia": "place", "dátum_nar": "birth", "splnomocnenec": "full", "ošetrujúci": "titled", "mobil_č": "phone_local"},
    "catalan": {"sol·licitant": "full", "tutora": "real", "població": "place", "data_naixement": "birth", "testimoni": "full", "metge": "titled", "mòbil": "phone_local", "adreça": "street"},
    "lithuanian": {"pareiškėjas": "full", "globėjas": "real", "gyvenamoji_vieta": "place", "gimimo_data": "birth", "liudytojas": "full", "gydytojas": "titled", "mob_tel": "phone_local", "atsakingas": "full"},
    "hungarian": {"igénylő": "full", "gyám": "real", "szülőhely": "place", "szül_dátum": "birth", "tanú": "full", "háziorvos": "titled", "mobilszám": "phone_local", "meghatalmazott": "full"},
}  # fmt: skip
EASTERN = {
    "chinese": ({"申请人": ("王小测", "李样本", "张示例", "陈测试", "刘例子"), "监护人": ("赵样例", "周示范", "吴测试", "孙样本", "朱范例"), "经办人": ("马测", "高例", "林样", "何范", "郭试")}, {"课程": ("书法入门", "国画初级", "太极基础", "围棋提高", "茶艺体验"), "校区": ("东校区", "西校区", "南校区", "北校区", "新校区")}),
    "korean": ({"신청인": ("김견본", "이예시", "박보기", "최시험", "정모범"), "보호자": ("강예제", "조표본", "윤보기", "장견본", "임시험"), "담당": ("한예시", "오표본", "서보기", "신견본", "권시험")}, {"강좌": ("도자기 기초", "한지 공예", "서예 입문", "다도 체험", "매듭 공예"), "지점": ("동부점", "서부점", "남부점", "북부점", "중앙점")}),
    "japanese": ({"申込者": ("佐藤 見本", "鈴木 例子", "高橋 試", "田中 仮名", "伊藤 見本"), "付添": ("渡辺 例", "山本 試", "中村 見本", "小林 仮", "加藤 例子"), "講師": ("吉田 見本", "山田 例", "松本 試", "井上 仮名", "木村 見本")}, {"講座": ("陶芸入門", "書道初級", "茶道体験", "生花基礎", "着付教室"), "会場": ("東館二階", "西館一階", "本館三階", "別館和室", "南館大広間")}),
}  # fmt: skip


def form(language):
    """A maker of forms in a language, with what is neutral in all."""

    def record(make, number):
        held = {name: p(L, getattr(make, how)()) for name, how in FORMS[language].items()}
        return {"rad": number, **held, "akt": f"D-{make.digits(4)}", "tarif": t("fare", number), "kurs": t("course", number), "porsi": t("dish", number), "suma": "21.00", "mena": "EUR", "otvorene": "2026-02-01", "oddiel": "Second Desk", "stav": "Na Vedenie", "polozky": [{"kod": "A1", "text": "Basic Handling", "ks": 2}]}  # fmt: skip

    return record


def eastern(language):
    """A maker of forms in a language that is written without capitals."""

    def record(make, number):
        personal, neutral = EASTERN[language]
        held = {name: p(L, values[number]) for name, values in personal.items()}
        return {"no": number, **held, **{name: values[number] for name, values in neutral.items()}, "tel": p(L, make.phone_local()), "email": p(L, make.mail()), "fee": "30.00", "room": "B-2"}  # fmt: skip

    return record


def systems():
    """All systems of the set."""
    make = Hand(907, HEADS, ("a", "en", "ow", "ib"), ("ley", "combe", "stead", "wick", "more"), FIRSTS)
    makers = [("crewing", "crew_list", crew), ("funerals", "cases", funeral), ("dojo", "pupils", dojo), ("winery", "visits", wine), ("theatre", "castings", casting), ("lost", "things", lost), ("dogs", "licences", licence), ("archive", "loans", archive), ("ski", "rentals", rental), ("movers", "jobs", moving), ("births", "episodes", midwife), ("campaign", "doors", canvass), ("crockery", "orders", shop)]  # fmt: skip
    makers += [(language, "dossiers", form(language)) for language in FORMS]
    makers += [(language, "dossiers", eastern(language)) for language in EASTERN]
    return tuple(
        Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", {"data": [maker(make, at) for at in range(COUNT)]}),))
        for name, rows, maker in makers
    )  # fmt: skip
