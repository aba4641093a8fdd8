"""What a schema shows of a file names nobody, and counts what it counted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ipaas_discovery.schemas.observing.observe import observe

RECORDS = [
    {
        "id": number,
        "email": f"ann.smith{number}@example.com",
        "first_name": ["Annabel", "Bertrand"][number % 2],
        "phone": 491701234500 + number,
        "status": "open",
        "total": f"{number}.50",
        "note": f"call +49 170 55512{number:02} or write to ann.smith{number}@example.com",
        "site": f"https://shop.example.com/?email=ann.smith{number}@example.com",
        "address": {"latitude": 48.137154, "zip": "80331"},
        "lines": [{"sku": f"SKU-{number}", "qty": 2}],
        "seen": {f"ann.smith{number % 3}@example.com": {"at": "2026-01-31"}},
        "password": "correct-horse",
        "odd": [float("inf"), True, None],
    }
    for number in range(12)
]
PERSONAL = ("Annabel", "Bertrand", "ann.smith", "4917012345", "55512", "137154", "80331", "correct-horse")


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "customers-2025.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)))
    return path


def test_nothing_personal_is_shown_in_any_rendering(export):
    schema = observe(export)
    shown = "\n".join(
        (json.dumps(schema.to_dict(), ensure_ascii=False), schema.frame().to_csv(), schema.to_markdown(),
         schema._repr_html_(), json.dumps(schema.to_json_schema()), repr(schema))
    )  # fmt: skip
    assert [each for each in PERSONAL if each in shown] == []
    assert [each for each in PERSONAL if each not in repr(observe(export, raw=True))] == []


def test_what_is_not_personal_stays_and_everything_is_counted(export):
    plain, masked = observe(export, raw=True), observe(export)
    for path in ("id", "status", "total", "lines[].sku", "lines[].qty", "odd[]"):
        assert masked.field(path) == plain.field(path)
    shown = {"top": (), "examples": (), "values": None}
    for path in ("email", "first_name", "phone", "note"):
        mine, theirs = masked.field(path).observed, plain.field(path).observed
        assert replace(mine, **shown) == replace(theirs, **shown)
        assert [times for _, times in mine.top] == [times for _, times in theirs.top]
        assert len(set(mine.examples)) == len(set(theirs.examples))


def test_forms_stay_and_ranges_of_numbers_that_are_somebodys_go(export):
    schema = observe(export)
    assert schema.field("phone").observed.values is None
    assert all(len(str(each)) == 12 for each in schema.field("phone").observed.examples)
    assert all(each.endswith(".test") and "@" in each for each in schema.field("email").observed.examples)
    assert schema.field("address.latitude").observed.examples[0] != 48.137154
    assert int(schema.field("address.latitude").observed.examples[0]) == 48


def test_keys_that_are_addresses_are_masked_in_paths_and_variants(tmp_path):
    path = tmp_path / "seen.jsonl"
    path.write_text('{"ann.smith@example.com": 1, "a.b": {"ann.smith@example.com": [{"*": 2}]}}')
    schema = observe(path)
    assert "ann" not in repr(schema)
    assert [each.path.count("@") for each in schema.fields] == [0, 1, 1, 1]
    assert len(schema.variants[0].keys) == 2


def test_equal_values_have_equal_pseudonyms_across_files(export, tmp_path):
    other = tmp_path / "orders.jsonl"
    other.write_text(json.dumps({"customer_email": RECORDS[0]["email"]}))
    (mine,) = observe(other).field("customer_email").observed.examples
    assert mine in dict(observe(export).field("email").observed.top)


def test_records_that_are_given_as_they_are_stay_so():
    assert observe(RECORDS).field("first_name").observed.top[0][0] == "Annabel"


def test_values_beside_a_personal_name_are_hidden_and_others_stay(tmp_path):
    records = [
        {"meta_data": [{"key": "billing_name", "value": "Annabel Smith"}, {"key": "vip", "value": "yes"}],
         "options": [{"name": "Colour", "value": "Blue"}, {"name": "Size", "value": "L"}]}
    ] * 3  # fmt: skip
    path = tmp_path / "orders.jsonl"
    path.write_text("\n".join(map(json.dumps, records)))
    schema = observe(path)
    shown = repr(schema)
    assert "Annabel" not in shown
    assert "billing_name" in shown
    assert "Blue" in shown
    assert next(each for each in schema.fields if each.path == "meta_data[].value").observed.distinct == 2
