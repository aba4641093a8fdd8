"""Countries, their parts, and currencies, by ISO's codes."""

from __future__ import annotations

from functools import cache

from ipaas_discovery.knowledge.table_reader import read_csv

__all__ = ["country_codes", "currency_codes", "currency_places", "iban_lengths", "places"]


@cache
def country_codes() -> tuple[str, ...]:
    """Give the two-letter codes of all countries (ISO 3166-1, and Kosovo's, which its users assigned), sorted."""
    return tuple(row["code"] for row in read_csv("countries"))


@cache
def currency_codes() -> tuple[str, ...]:
    """Give the codes of currencies that amounts are in (ISO 4217), two that left of late among them, sorted."""
    return tuple(row["code"] for row in read_csv("currencies") if row["money"] == "1")


@cache
def currency_places() -> dict[str, int]:
    """Give the number of decimal places that amounts of each currency have (ISO 4217, minor units).

    >>> currency_places()["EUR"], currency_places()["JPY"], currency_places()["KWD"]
    (2, 0, 3)
    """
    return {row["code"]: int(row["places"]) for row in read_csv("currencies") if row["places"]}


@cache
def iban_lengths() -> dict[str, int]:
    """Give the length of the international bank account numbers of each country."""
    return {row["code"]: int(row["iban_length"]) for row in read_csv("countries") if row["iban_length"]}


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Give the meanings of each name and code of a country or of a part of one, by its text without case (ISO 3166).

    >>> places()["germany"], places()["by"][:3]
    (('country DE',), ('country BY', 'part BS-BY', 'part DE-BY'))
    """
    meanings: dict[str, list[str]] = {}
    for row in read_csv("countries"):
        for name in {row[key] for key in ("code", "code3", "name", "common_name", "official_name")} - {""}:
            meanings.setdefault(name.casefold(), []).append(f"country {row['code']}")
    for row in read_csv("country_parts"):
        for name in {row["code"], row["code"].partition("-")[2], row["name"]}:
            meanings.setdefault(name.casefold(), []).append(f"part {row['code']}")
    return {name: tuple(known) for name, known in meanings.items()}
