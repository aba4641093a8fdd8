"""Customers, their addresses and groups, as the store returns them."""

from __future__ import annotations

from typing import Any

from tools.sandbox.disagreements import PLACEHOLDER_EMAIL, happens, iso, rfc_2822
from tools.sandbox.make_world import FIRST_DAY
from tools.sandbox.store.common import returned
from tools.sandbox.words import GROUPS
from tools.sandbox.world import Address, Customer, World

__all__ = ["addresses", "customer_groups", "customers"]

_TILL_CUSTOMER = 7
"""The one customer of the store with the till's placeholder address: every till sale would seem to be his."""


def customers(world: World) -> list[dict[str, Any]]:
    """List `customers`: everybody the store knows."""
    known = [person for person in world.customers if person.where.store_id is not None]
    return [_customer(person, first=place == _TILL_CUSTOMER) for place, person in enumerate(known)]


def _customer(person: Customer, *, first: bool) -> dict[str, Any]:
    number, store_id = person.number, person.where.store_id
    wide = happens("phone format", number)
    fields = {
        "email": PLACEHOLDER_EMAIL if first else person.email,
        "first_name": person.first,
        "last_name": person.last,
        "company": person.company,  # missing and null: never on this side, an empty string says both
        # Format: +1 555 0100 123 against (555) 0100-123, and now and then no number at all.
        "phone": person.phone.replace("+1 555 ", "(555) ").replace(" ", "-") if wide else person.phone,
        "registration_ip_address": f"203.0.113.{number % 250}" if number % 3 else "",
        "notes": "Prefers a call" if number % 13 == 0 else "",
        "tax_exempt_category": "A" if number % 40 == 0 else "",
        "customer_group_id": person.group + 1 if person.group else 0,  # 0 for none, where iPaaS.com has null
        "id": store_id,
        "date_modified": iso(person.modified).replace("+00:00", "Z"),
        "date_created": iso(person.created).replace("+00:00", "Z"),
        "address_count": len(person.addresses),
        "addresses": [_address(address, person) for address in person.addresses],
        "form_fields": [{"name": "Customer number", "value": str(number), "customer_id": store_id}],
        "accepts_product_review_abandoned_cart_emails": number % 2 == 0,
        "channel_ids": [1] if number % 2 else [],
    }
    row = returned("Customer", fields)
    if happens("rare", number):
        # Undeclared and rare: a field of an app that was removed, in 1 of 50 records and in no document.
        row["loyalty_card"] = f"LC{number:05d}"
    return row


def _address(address: Address, person: Customer) -> dict[str, Any]:
    place = address.place
    fields = {
        "id": address.store_id,
        "customer_id": person.where.store_id,
        "address1": address.street,
        "address2": address.street_2,
        "address_type": "residential" if address.residential else "commercial",
        "city": place.city,
        "company": address.company,
        "country": place.country,  # names on this side, codes in iPaaS.com
        "country_code": place.country_code,
        "first_name": address.first,
        "last_name": address.last,
        "phone": address.phone,
        "postal_code": place.postal_code,
        "state_or_province": place.state,
    }
    return returned("CustomerAddress", fields)


def addresses(world: World) -> list[dict[str, Any]]:
    """List `customer_addresses`: the same addresses as a collection of their own."""
    return [address for customer in customers(world) for address in customer["addresses"]]


def customer_groups(_: World) -> list[dict[str, Any]]:
    """List `customer_groups`: what iPaaS.com calls customer categories."""
    born = rfc_2822(FIRST_DAY)
    return [
        returned(
            "CustomerGroup",
            {
                "id": place,
                "name": theirs,
                "is_default": place == 1,
                "discount_rules": [{"type": "all", "method": "percent", "amount": f"{place * 2}.0000"}]
                if place % 2 == 0
                else [],
                "date_created": born,
                "date_modified": born,
            },
        )
        for place, (_ours, theirs) in enumerate(GROUPS, 1)
    ]
