"""Decimal places of amounts, record by record, as the currency that the record names has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ipaas_discovery.flows.execution.constraints import MONEY_PLACES
from ipaas_discovery.knowledge.countries import currency_places
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Schema

__all__ = ["currency_fields", "names_currency", "places_by_record"]


def names_currency(path: str) -> bool:
    """Tell whether a field outside of lists is called like a currency.

    >>> names_currency("currency_code"), names_currency("price"), names_currency("lines[].currency")
    (True, False, False)
    """
    meanings = Thesaurus.load().meanings(split_words(split_path(path)[-1]))
    return "[]" not in path and any("currency" in meaning for meaning in meanings)


@kept
def currency_fields(schema: Schema) -> tuple[str, ...]:
    """List the fields outside of lists that are called like a currency."""
    return tuple(field.path for field in schema.fields if names_currency(field.path))


def places_by_record(columns: Iterable[Sequence[Any]]) -> list[int] | None:
    """Give the decimal places of each record's amounts; None if no column holds codes of currencies.

    >>> places_by_record([["x", None], ["JPY", "usd"]]), places_by_record([["x"]])
    ([0, 2], None)
    """
    known = currency_places()
    for column in columns:
        codes = [value.upper() if isinstance(value, str) else "" for value in column]
        if any(code in known for code in codes):
            return [known.get(code, MONEY_PLACES) for code in codes]
    return None
