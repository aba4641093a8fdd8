"""A fifth set: a hospital's bundles, a payroll, a hotel, an insurer and catalogues full of codes, each its own way."""

from __future__ import annotations

from personal_values.invented import Invented
from personal_values.labels import Answer, Described, Keys, Personal, Unlabelled

HEADS = ("dorn", "vess", "halv", "pryt", "lunk", "zarn", "obel", "knav", "mird", "feyl")
FIRSTS = ("ansg", "bryn", "celv", "dagn", "eir", "fjol", "gunv", "jork", "kett", "ulf")
COUNT = 8
E, T, B, F, N, W = (
    "English names", "own names told again", "name beside value", "forms", "names of others", "names of one word",
)  # fmt: skip


def p(kind, value, *parts):
    """A personal value."""
    return Personal(kind, value, parts)


def bundle(make, number):
    """A bundle's entry in a hospital's system: a patient, an encounter, a coverage and an observation."""
    first, last = make.first(), make.last()
    patient = {
        "resourceType": "Patient", "id": f"pat-{number}", "meta": {"versionId": "3", "lastUpdated": f"2026-04-{number + 1:02}T08:15:30Z", "profile": ["http://hl7.test/StructureDefinition/patient"]},
        "text": {"status": "generated", "div": p(T, f"<div>{first} <b>{last.upper()}</b> (ward 4)</div>", first, last)},
        "identifier": [
            {"use": "official", "type": {"coding": [{"system": "http://hl7.test/v2-0203", "code": "MR", "display": "Medical record number"}]}, "system": "urn:oid:1.2.36.146", "value": p(B, make.digits(7))},
            {"use": "official", "type": {"coding": [{"code": "SS", "display": "Social Security number"}]}, "system": "http://hl7.test/sid/us-ssn", "value": p(B, f"{make.digits(3)}-{make.number(10, 99)}-{make.digits(4)}")},
        ],
        "active": True, "name": [{"use": "official", "family": p(E, last), "given": [p(E, first), p(E, make.first())], "prefix": ["Mr."]}],
        "telecom": [{"system": "phone", "value": p(B, make.digits(8)), "use": "home", "rank": 1}, {"system": "email", "value": p(B, make.mail())}, {"system": "url", "value": "https://hospital.test/portal"}],
        "gender": p(E, make.pick("female", "male")), "birthDate": p(E, make.day()), "deceasedBoolean": False, "multipleBirthInteger": 2,
        "address": [{"use": "home", "type": "both", "text": p(E, f"{make.street()}, {make.zip()} {make.place()}"), "line": [p(E, make.street())], "city": p(E, make.place()), "district": Unlabelled("Rainbow"), "postalCode": p(E, make.zip()), "country": "NO"}],
        "maritalStatus": {"coding": [{"code": Unlabelled("M"), "display": Unlabelled("Married")}]},
        "contact": [{"relationship": [{"coding": [{"code": "N", "display": "Next of kin"}]}], "name": {"family": p(E, make.last()), "given": [p(E, make.first())]}, "telecom": [{"system": "phone", "value": p(B, make.digits(9))}]}],
        "generalPractitioner": [{"reference": "Practitioner/17", "display": p(E, f"Dr. {make.full()}")}], "managingOrganization": {"reference": "Organization/1", "display": "Harbour General Hospital"},
    }  # fmt: skip
    encounter = {
        "resourceType": "Encounter", "id": f"enc-{number}", "status": "finished", "class": {"system": "http://hl7.test/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "subject": {"reference": f"Patient/pat-{number}", "display": p(T, f"{first} {last}", first, last)}, "period": {"start": "2026-03-01T09:00:00Z", "end": "2026-03-01T09:40:00Z"},
        "participant": [{"type": [{"text": "attender"}], "individual": {"reference": "Practitioner/9", "display": p(E, make.full())}}],
        "reasonCode": [{"coding": [{"system": "http://snomed.test/sct", "code": "371883000", "display": "Outpatient procedure"}]}], "location": [{"location": {"reference": "Location/4", "display": "South Wing, Room 12"}, "status": "completed"}],
    }  # fmt: skip
    observation = {
        "resourceType": "Observation", "id": f"obs-{number}", "status": "final", "code": {"coding": [{"system": "http://loinc.test", "code": "15074-8", "display": "Glucose [Moles/volume] in Blood"}], "text": "Glucose"},
        "valueQuantity": {"value": 6.3, "unit": "mmol/l", "system": "http://unitsofmeasure.test", "code": "mmol/L"}, "interpretation": [{"coding": [{"code": "H", "display": "High"}]}],
        "referenceRange": [{"low": {"value": 3.1}, "high": {"value": 6.2}}], "performer": [{"reference": "Practitioner/5", "display": p(E, make.full())}], "note": [{"text": p(N, f"Discussed with Nurse {(other := make.last())} on the ward", other)}],
    }  # fmt: skip
    coverage = {
        "resourceType": "Coverage", "status": "active", "subscriberId": p(E, make.digits(9)), "subscriber": {"display": p(E, make.full())}, "policyHolder": {"display": p(E, make.full())}, "type": {"text": "EHCPOL"}, "order": 2,
        "class": [{"type": {"text": "group"}, "value": "CB135", "name": "Corporate Baker's Inc. Local 35"}, {"type": {"text": "plan"}, "value": "B37FC", "name": "Full Coverage: Medical, Dental"}],
    }  # fmt: skip
    return {
        "fullUrl": f"urn:uuid:3c1f{number:04}-77aa-4e2b-9d51-0b8f2c6d{number:04}",
        "search": {"mode": "match", "score": 1},
        "resource": [patient, encounter, observation, coverage][number % 4],
    }


def payslip(make, number):
    """A payroll's slip."""
    first, last = make.first(), make.last()
    return {
        "payslipId": f"PS-2026-{number:05}", "payPeriod": {"start": "2026-03-01", "end": "2026-03-31", "frequency": "monthly", "payDate": "2026-03-28"},
        "worker": {"personnelNo": p(E, make.digits(8)), "legalName": {"givenName": p(E, first), "middleInitial": p(E, make.pick("Q.", "X.")), "familyName1": p(E, last), "formattedName": p(E, f"{last}, {first}", first, last)}, "knownAs": p(E, make.first()), "niNumber": p(E, f"QQ{make.digits(6)}C"), "dateOfBirth": p(E, make.day()), "workMobile": p(E, make.digits(11)), "personalEmailAddress": p(E, make.mail())},
        "bankDetails": {"accountHolderName": p(E, f"{first} {last}"), "sortCode": p(E, f"{make.number(10, 99)}-{make.number(10, 99)}-{make.number(10, 99)}"), "accountNo": p(E, make.digits(8)), "bankName": "Northern Mutual", "buildingSocietyRoll": p(E, make.digits(9))},
        "taxCode": "1257L", "taxBasis": "cumulative", "niCategory": "A", "costCentre": "CC-4410", "department": "Warehouse", "jobTitle": "Picker", "grade": "G4", "shiftPattern": "4on4off", "contractType": "permanent", "fte": 0.8,
        "lineManager": p(W, make.last()), "hrPartner": p(E, make.full()), "approvedBy": p(E, make.full()), "dependants": [{"relation": "child", "name": p(E, make.first()), "born": p(E, make.day())}],
        "elements": [{"code": "BASIC", "description": "Basic pay", "units": 160, "rate": "12.60", "amount": "2016.00"}, {"code": "OT15", "description": "Overtime at 1.5", "units": 6, "rate": "18.90", "amount": "113.40"}, {"code": "PENEE", "description": "Pension, employee", "amount": "-100.80"}, {"code": "STULN2", "description": "Student loan plan 2", "amount": "-21.00"}],
        "totals": {"gross": "2129.40", "net": "1711.08", "taxYtd": "1833.20", "employerNi": "158.12"}, "currency": "GBP", "message": p(T, f"{first}, your holiday balance is 12.5 days", first), "documentName": p(T, f"payslip_{last}_{first}_2026-03.pdf", last, first),
    }  # fmt: skip


def stay(make, number):
    """A hotel's reservation."""
    first, last = make.first(), make.last()
    return {
        "confirmationNumber": f"HX{number:06}", "channel": "Direct", "ratePlanCode": "BAR-FLEX", "roomTypeCode": "DLXK", "roomNumber": f"{number % 5 + 1}0{number % 9}", "marketSegment": "LEISURE", "arrivalDate": "2026-07-01", "departureDate": "2026-07-04", "adults": 2, "children": 1, "nights": 3,
        "guestProfiles": [{"profileId": f"{800000 + number}", "surname": p(E, last), "forename": p(E, first), "nameTitle": "Mrs", "vipLevel": "VIP2", "membership": {"program": "Stars", "level": "Gold", "membershipId": p(E, make.digits(10))}, "passport": {"docNumber": p(E, make.text("ABCEHK", 2) + make.digits(7)), "issuedIn": "DK", "expires": p(E, "2031-05-12")}, "nationalityCode": p(E, "DK"), "carRegistration": p(E, f"{make.text('BCDFGH', 2)} {make.digits(5)}"), "preferredLanguage": "da"}],
        "accompanying": [{"fullName": p(E, make.full()), "age": Unlabelled(9)}], "bookerName": p(E, make.full()), "bookerPhone": p(E, make.phone()), "guaranteeCard": {"holder": p(E, make.full()), "maskedPan": p(E, f"411111******{make.digits(4)}"), "expiry": p(E, "11/28"), "scheme": "VISA"},
        "dailyRates": [{"date": "2026-07-01", "base": "129.00", "vat": "12.90", "rateCode": "BAR"}, {"date": "2026-07-02", "base": "139.00", "vat": "13.90", "rateCode": "BAR"}], "packages": ["BRKFST", "SPA30", "LATECO"], "specials": ["High floor", "Feather-free pillows", "Rose petals"],
        "comments": [{"type": "housekeeping", "text": "Extra towels, cot for one child"}, {"type": "frontdesk", "text": p(T, f"Mrs {last} arrives after midnight", last)}, {"type": "cashier", "text": p(N, f"Invoice to be collected by Mr. {(other := make.last())} at noon", other)}],
        "createdByUser": p(W, make.login()), "folio": [{"trxCode": "1000", "desc": "Accommodation", "amount": "129.00"}, {"trxCode": "2010", "desc": "Restaurant St. Martin, dinner", "amount": "54.20"}], "policyCode": "CXL24H", "eta": "23:45", "tableNo": "T14",
    }  # fmt: skip


def claim(make, number):
    """An insurer's claim."""
    return {
        "ClaimRef": f"CLM/{2026}/{number:06}", "Product": "Motor Comprehensive", "PeakPeril": "Hail", "Reserve": 1800, "Excess": "250.00", "LossDate": "2026-02-11", "LossPostcode": p(E, f"{make.text('BCDG', 2)}{make.number(1, 9)} {make.number(1, 9)}{make.text('ABDEFG', 2)}"),
        "Insured": {"Forenames": p(E, make.first()), "Surname": p(E, make.last()), "Occupation": Unlabelled("Baker"), "DrivingLicenceNo": p(E, make.text("BCDFG", 5) + make.digits(6) + "AB9IJ"), "EveningTel": p(E, make.digits(11)), "DaytimeTel": p(E, make.digits(11))},
        "ThirdParty": {"Driver": p(E, make.full()), "Reg": p(E, f"{make.text('BDFHK', 2)}{make.number(10, 99)} {make.text('XVYZ', 3)}"), "InsurerName": "Albion Motor"}, "Witnesses": [{"Witness": p(E, make.full()), "Contact": p(E, make.digits(11))}], "Handler": p(E, make.full()), "LossAdjuster": p(E, make.full()),
        "Payee": p(E, make.full()), "PayeeIBAN": p(F, make.iban()), "Vehicle": {"Make": "Lancia", "Model": "Florence 1.6", "VIN": p(E, make.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 11) + make.digits(6)), "Colour": "Scarlet", "YearOfMake": 2019, "EngineCc": 1598, "AbiCode": "32120401"},
        "Damage": [{"PartCode": "51-11-7-294-815", "Part": "Front bumper", "LabourHours": 1.5, "PaintCode": "A90"}, {"PartCode": "63-11-7-290-233", "Part": "Headlamp, left", "LabourHours": 0.8, "PaintCode": "-"}], "Diary": [{"On": "2026-02-12T10:11:00", "Entry": p(N, f"Spoke to Mrs. {(other := make.last())}, who saw the collision", other)}],
        "ContactsByRole": Keys((("Broker", {"Name": p(E, make.full()), "Email": p(E, make.mail())}), ("Garage", {"Name": "Kerb Street Motors", "Bays": 4}))),
        "Stage": "Awaiting estimate", "Fault": "Non-fault", "LitigationFlag": "N",
    }  # fmt: skip


TITLES = (
    "Madison desk lamp, brass", "Charlotte armchair velvet", "Victoria sponge tin 20 cm", "Jordan trail shoes", "Florence floor tile 30x60", "Paris bistro table", "Berlin backpack 22 L", "Oxford shirt slim, white",
    "Denim jacket Levi style", "Stanley knife blades 10 pcs", "Benson radiator key", "Dr. Oetker baking powder", "Olivia nappy bag", "Austin bolt set M6", "Chelsea boots, tan", "Logan loveseat", "Kate spade shovel", "Ben's rice 1 kg",
    "Jack stand 3 t", "Bill holder A4", "Mark-up pens", "Lily pond liner", "Amber bead bracelet", "Sydney sofa bed", "Milan pendant light", "Sienna paint 2.5 l", "Hunter boots", "Mercedes wiper blade", "Carmen hair rollers", "Georgia cotton tee",
)  # fmt: skip
BRANDS = (
    "Fred Perry",
    "Calvin Klein",
    "Hugo Boss",
    "Paul Smith",
    "Tommy Hilfiger",
    "Jack Wills",
    "Ted Baker",
    "Dr. Martens",
    "Black+Decker",
    "Johnson Controls",
)


def article(make, number):
    """An article with every code that a trader keeps."""
    return {
        "sku": f"{make.text('ABKLMN', 3)}-{make.digits(4)}-{make.pick('BLK', 'RED', '42', 'XL')}", "title": TITLES[number % len(TITLES)], "brand": BRANDS[number % len(BRANDS)], "vendor_sku": f"V{make.digits(8)}", "ean13": f"40{make.digits(11)}", "gtin14": f"1{make.digits(13)}",
        "hs_code": make.pick("9403.60.10", "6109100010", "8518.22"), "taric": make.digits(10), "eccn": "EAR99", "unspsc": make.digits(8), "lot": f"LOT{make.digits(6)}-{make.pick('A', 'B')}", "serial_range": f"{make.digits(6)}-{make.digits(6)}", "bin_location": f"A{make.number(10, 99)}-{make.number(10, 99)}-C", "uom": make.pick("PCE", "KGM", "MTR", "DZN", "pair"),
        "pack_size": "12x500 ml", "dims": "120 x 60 x 75 cm", "weight_g": make.number(50, 9000), "cost": f"{make.number(1, 90)}.{make.number(10, 99)}", "tariff_number": make.digits(8), "mpn": f"{make.text('XYZ', 2)}{make.digits(5)}/{make.digits(2)}", "asin": f"B0{make.text('ABCDEFGH123456789', 8)}", "isbn": f"978{make.digits(10)}", "color": make.pick("Violet", "Rose", "Olive", "Sienna"), "collection": make.pick("Savannah", "Brooklyn", "Charlotte", "Vienna"),
        "origin": make.pick("CN", "VN", "DE"), "category": make.pick("Home > Lamps", "Men > Shirts", "Garden"), "handle": TITLES[number % len(TITLES)].lower().replace(" ", "-").replace(",", ""), "tags": [make.pick("summer", "bestseller", "ruby"), make.pick("new-in", "clearance")], "batch_no": make.digits(9), "revision": f"R{make.number(1, 9)}.{make.number(0, 9)}", "drawing_no": f"{make.digits(3)}-{make.digits(4)}-{make.digits(2)}", "abc_class": make.pick("A", "B"), "warehouse": make.pick("London East", "Rotterdam", "Lyon 2"), "carrier_service": make.pick("DPD Classic", "UPS Ground"),
        "seo_text": f"{TITLES[number % len(TITLES)]}: light, strong, and made to last. Order by 3 pm.", "ledger": f"{make.digits(4)}.{make.digits(3)}", "price_list": "B2B-2026-Q1", "plc_tag": f"DB{make.number(1, 99)}.DBX{make.number(0, 9)}.{make.number(0, 7)}",
    }  # fmt: skip


def systems():
    """All systems of the set."""
    make = Invented(83, HEADS, ("a", "el", "or", "un"), ("dal", "rik", "wen", "moor", "stad"), FIRSTS)

    def data(maker, count=COUNT):
        return {"data": [maker(make, at) for at in range(count)]}

    return tuple(
        Described(name, {rows: {"list": f"/{rows}"}}, (Answer(f"/{rows}", data(maker, count)),))
        for name, rows, maker, count in (
            ("hospital", "entries", bundle, 16), ("payroll", "payslips", payslip, COUNT), ("hotel", "reservations", stay, COUNT),
            ("insurer", "claims", claim, COUNT), ("trader", "articles", article, 45),
        )
    )  # fmt: skip
