"""Fields by which a record is known, by their names."""

from __future__ import annotations

import pytest

from ipaas_discovery.flows.record_keys import is_key, key_fields, names_another
from ipaas_discovery.schemas.schema import Field, Schema


@pytest.mark.parametrize(
    ("name", "collection", "own", "another"),
    [
        ("PaymentID", "Payments", True, False),  # a payment's id is a reference to people of trade
        ("tender_id", "tenders", True, False),
        ("EmployeeId", "employees", True, False),  # a company's employees are a number
        ("internalId", "customer", True, False),
        ("order_payment_id", "order_payments", True, False),
        ("shipment_id", "orders_shipments", True, False),
        ("order_id", "orders_shipments", False, True),
        ("customer_id", "orders", False, True),
        ("payment_method_id", "payments", False, True),
        ("payment_total", "payments", False, False),
        ("id", "anything", True, False),
        ("", "payments", False, False),
        ("payment_id", "", False, False),
    ],
)
def test_a_key_is_named_for_its_own_records(name, collection, own, another):
    schema = Schema(collection)
    assert (is_key(Field(name), schema), names_another(Field(name), schema)) == (own, another)


def test_keys_stand_in_the_record_itself():
    fields = [{"path": path} for path in ("PaymentID", "lines[].PaymentID", "invoice.id", "amount")]
    assert key_fields(Schema.from_fields(fields, collection="Payments")) == ("PaymentID", "invoice.id")
