"""Customers, companies and customer categories, as iPaaS.com returns them."""

from __future__ import annotations

from typing import Any

from tools.sandbox.disagreements import PLACEHOLDER_EMAIL, happens, iso
from tools.sandbox.ipaas.common import record
from tools.sandbox.people import COMPANIES
from tools.sandbox.words import GROUPS
from tools.sandbox.world import Customer, World

__all__ = ["CATEGORY_IDS", "companies", "customer_categories", "customers", "email_kept"]

CATEGORY_IDS = tuple(410 + position for position in range(len(GROUPS)))


def customers(world: World) -> list[dict[str, Any]]:
    """List CUSTOMER: everybody iPaaS.com knows."""
    return [_customer(person) for person in world.customers if person.where.ipaas_id is not None]


def email_kept(person: Customer) -> str:
    """Write the e-mail address as iPaaS.com has it."""
    if happens("placeholder e-mail", person.number):
        return PLACEHOLDER_EMAIL  # placeholder: one address for several people, useless as a key
    if happens("email case", person.number):
        return person.email.title().replace("@Example.Test", "@Example.test")  # case: capitals the store has not
    return person.email


def _customer(person: Customer) -> dict[str, Any]:
    number, where = person.number, person.where
    last = person.last.upper() if happens("name case", number) else person.last  # case: MUSTER against Muster
    fields = {
        "customer_number": f"C{number:07d}",  # padding: C0000123, where the store's form field says 123
        "first_name": person.first,
        "last_name": last,
        "email_address": email_kept(person),
        **_company(person),
        "comment": "Prefers a call" if number % 13 == 0 else None,
        "category_id": CATEGORY_IDS[person.group] if person.group or number % 3 else None,
        "created_datetime": iso(
            person.created, offset=happens("offset", number)
        ),  # time zone: same moment, other offset
        "updated_datetime": iso(person.modified) if number % 4 else None,
    }
    custom = {"Loyalty Points": str(number * 7 % 500)} if number % 3 == 0 else {}
    if number % 5 == 0:
        custom["Tax Exempt"] = "true" if number % 2 else "false"
    store_id = where.store_id if where.linked else None
    return record(where.ipaas_id or 0, fields, kind="customer", store_id=store_id, custom=custom)


def _company(person: Customer) -> dict[str, Any]:
    """Say in one of three ways that there is no company: no key, null, an empty string."""
    if person.company:
        return {"company": person.company}
    if happens("company absent", person.number):
        return {}
    return {"company": None if happens("company null", person.number) else ""}


def companies(world: World) -> list[dict[str, Any]]:
    """List CUSTOMER_COMPANY: the firms customers of iPaaS.com buy for; the store has no such collection."""
    known = {person.company for person in world.customers if person.where.ipaas_id is not None}
    return [_firm(place, name) for place, name in enumerate(COMPANIES) if name in known]


def _firm(place: int, name: str) -> dict[str, Any]:
    fields = {
        "name": name,
        "department": None if place % 3 else "Purchasing",
        "description": "",
        "email_address": f"office{place}@firm.example.test",
        "phone_number": f"+1 555 01{place:02d}",
        "fax_number": None,
        "url": f"https://firm{place}.example.test/" if place % 2 else None,
        "account_number": f"{place * 37 + 11:06d}",  # padding: leading zeros that a number would lose
        "tax_id_number": f"TEST-{place:04d}" if place % 4 == 0 else None,
        "parent_company_id": "9000" if place == 4 else None,  # noqa: PLR2004  one firm belongs to the first
    }
    return record(9000 + place, fields, kind="company")


def customer_categories(_: World) -> list[dict[str, Any]]:
    """List CUSTOMER_CATEGORY: what the store calls customer groups."""
    return [
        record(number, {"name": ours, "description": None}, store_id=place + 1 if place < 2 else None)  # noqa: PLR2004  half are linked
        for place, (number, (ours, _theirs)) in enumerate(zip(CATEGORY_IDS, GROUPS, strict=True))
    ]
