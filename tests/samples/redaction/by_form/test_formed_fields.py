"""Fields whose names tell nothing are redacted by the form of all their values, and things are left alone."""

from __future__ import annotations

import json

import pytest
from samples.redaction.test_redactor import redactor

FIRSTS = ("Arvmor", "Bodviv", "Cilkun", "Dorvor", "Eigliv", "Frodma", "Gudlor", "Hjalva")
LASTS = ("Gorvunsund", "Ilmvivvik", "Drevnamark", "Hraskorholt", "Eskavund", "Brunkagrim", "Crospivvik", "Fjolmagata")
PEOPLE = [f"{first} {last}" for first, last in zip(FIRSTS, LASTS, strict=True)]
MORE = [f"{first} {last}" for first in FIRSTS for last in LASTS]
REACHED = {"email": "x{}@shop.test", "phone": "0151 23456{}", "last_name": "Xel{}"}


def records(beside=REACHED, count=8, **fields):
    """Records of these fields, of each list a value, beside others."""
    held = [{key: text.format("abcdefgh"[at]) for key, text in beside.items()} for at in range(count)]
    return [{**one, **{key: values[at % len(values)] for key, values in fields.items()}} for at, one in enumerate(held)]


def redacted(rows, path="/v3/customers", there=None):
    """The rows after redaction."""
    content = (there or redactor()).json(json.dumps({"data": rows}).encode(), path)
    return json.loads(content)["data"]


def kept(rows, key, **more):
    """The values of a key that stayed."""
    return [row[key] for row, after in zip(rows, redacted(rows, **more), strict=True) if row[key] == after[key]]


@pytest.mark.parametrize("key", ["caddie", "qzx", "fødselshjelper", "свидетельница", "strKeeper"])
def test_names_in_a_field_of_any_name_go_beside_what_is_personal(key):
    assert kept(records(**{key: PEOPLE}), key) == []


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("qz", [f"{last}weg {at}" for at, last in enumerate(LASTS)]),
        ("qz", [f"19{60 + at}-04-1{at}" for at in range(8)]),
        ("qz", [f"24630768{50 + at}" for at in range(8)]),
        ("qz", [f"{last}, {first}" for first, last in zip(FIRSTS, LASTS, strict=True)]),
        ("qz", ["佐藤見本", "鈴木例子", "高橋見本", "田中仮名", "伊藤見本", "渡辺例子", "山本見本", "中村仮名"]),
        ("lakóhely", list(LASTS)),
    ],
)
def test_streets_days_numbers_and_places_go_too(key, values):
    assert kept(records(**{key: values}), key) == []


THINGS = {
    "breed": PEOPLE, "product_label": PEOPLE, "stand": ["Arvmor Gorvunsund"],
    "qz": ["Oak Shelf", "Night Rate", "Green Burial", "Deep Tissue"],
    "founded": [f"19{60 + at}-04-1{at}" for at in range(8)], "waybill": [f"24630768{50 + at}" for at in range(8)],
    "qy": ["Kenya Nyeri", "Brazil Santos", "Kenya Nyeri", "Brazil Santos"], "maker": PEOPLE,
}  # fmt: skip


@pytest.mark.parametrize("key", THINGS)
def test_things_stay_whatever_stands_beside_them(key):
    values = THINGS[key]
    assert len(kept(records(**{key: values}), key)) == 8


def test_names_of_things_stay_in_records_of_nobody():
    rows = records(
        {"sku": "SKU-{}", "price": "12.5{}"}, vessel_class=PEOPLE, grapes=["Nero Avola", "Pinot Gris", "Gamay Noir"]
    )
    assert redacted(rows) == rows


def test_signs_count_for_each_other_where_no_name_is_known():
    numbers = {"qb": [f"0{at}.04.196{at}" for at in range(1, 9)], "qc": [f"0151 2345{at}88" for at in range(8)]}
    given = ("Anna", "Piotr", "Maria", "Jean", "Sven", "Olga", "Diego", "Ingrid")
    named = [f"{first} {last}" for first, last in zip(given, reversed(LASTS), strict=True)]
    rows = records({"rad": "{}"}, qa=PEOPLE, **numbers, qd=named)
    assert [kept(rows, key) for key in ("qa", "qb", "qc", "qd")] == [[], [], [], []]


def test_what_most_records_leave_empty_is_looked_for():
    rows = [{"email": f"x{at}@shop.test", "last_name": "Xela", "qz": None} for at in range(300)]
    for at, name in zip(range(7, 300, 20), MORE, strict=False):
        rows[at]["qz"] = name
    assert [row["qz"] for row in redacted(rows) if row["qz"] in MORE] == []


def test_the_same_name_becomes_the_same_everywhere():
    rows = records(qz=PEOPLE, full_name=PEOPLE)
    assert all(row["qz"] == row["full_name"] for row in redacted(rows))


def test_a_field_stays_personal_in_later_answers_of_its_collection():
    there = redactor()
    redacted(records(qz=PEOPLE), there=there)
    assert kept(records({}, count=1, qz=["Zelmur Trenkom"]), "qz", there=there) == []
    assert kept(records({}, count=1, qz=["Zelmur Trenkom"]), "qz") == ["Zelmur Trenkom"]


def test_the_users_rule_keeps_such_a_field():
    rows = records(qz=PEOPLE)
    assert len(kept(rows, "qz", there=redactor(keep=("customers.qz",)))) == 8


def test_words_that_are_no_names_stay_in_a_field_of_names():
    rows = [{**REACHED, "qz": name} for name in [*MORE[:14], "system"]]
    assert kept(rows, "qz") == ["system"]
