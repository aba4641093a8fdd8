"""The field of a table's records that tells them apart."""

from __future__ import annotations

import pytest

from ipaas_discovery.samples.record_ids import id_field


@pytest.mark.parametrize(
    "name",
    ["id", "SKU", "CustomerNo", "orderid", "product_url", "Kunden-Nr.", "Artikelnummer", "kdnr", "KUNNR", "Belegnummer",
     "Numéro client", "codice", "klantcode", "No."],
)  # fmt: skip
def test_a_column_that_is_named_as_a_key_and_differs_in_every_row_is_the_id(name):
    assert id_field([{"x": "a", name: "1"}, {"x": "a", name: "2"}]) == name


@pytest.mark.parametrize(
    "name", ["Casino", "piano", "name", "ean", "Datum", "…", "PLZ", "country_code", "Hausnummer", "tax_no"]
)
def test_an_ending_alone_makes_no_key(name):
    assert id_field([{name: "1"}, {name: "2"}]) is None


@pytest.mark.parametrize(
    "values", [("1", "1"), ("1", None), (1, "1"), ("1", 2.5), ("1", ["2"])],
)  # fmt: skip
def test_what_is_missing_shared_or_no_plain_value_is_no_id(values):
    assert id_field([{"id": value} for value in values]) is None


def test_a_row_without_the_column_is_enough_against_it():
    assert id_field([{"id": 1}, {}]) is None
    assert id_field([]) is None


def test_the_surest_name_wins_then_the_first_in_the_alphabet():
    assert id_field([{"code": str(at), "b_no": at, "a_no": at, "uuid": f"u{at}"} for at in range(3)]) == "uuid"
    assert id_field([{"b_no": at, "a_no": at} for at in range(3)]) == "a_no"
    assert id_field([{"sku": at, "code": at} for at in range(3)]) == "code"
