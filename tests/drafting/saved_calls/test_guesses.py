"""The id that examples show, or nothing."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.saved_calls.guesses import id_field


@pytest.mark.parametrize(
    ("records", "word", "asked", "name"),
    [
        ([{"id": 1, "order_id": 2}], "orders", "", "id"),
        ([{"sku": "A"}, {"sku": "B", "id": 1}], "products", "sku", "sku"),
        ([{"CustomerID": 7}], "customers", "id", "CustomerID"),
        ([{"id": {"a": 1}, "uuid": "x"}], "things", "", "uuid"),
        ([{"name": "x"}], "things", "", "id"),
        ([], "things", "thing", "id"),
    ],
)
def test_the_id_is_read_from_what_every_record_has(records, word, asked, name):
    assert id_field(records, word, asked) == name
