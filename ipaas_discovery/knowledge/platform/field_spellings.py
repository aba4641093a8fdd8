"""Names of fields as the platform's mappings spell them, levelled with those of records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["same_field", "spelled"]


@dataclass(frozen=True, slots=True)
class _Spellings:
    mapped_as: dict[str, str]


@cache
def _known() -> dict[str, str]:
    return {name.lower(): path for path, name in read_toml("platform/field_spellings", _Spellings).mapped_as.items()}


@lru_cache(65_536)
def spelled(name: str) -> str:
    """Level a field's name: PascalCase and snake_case, with and without list marks, are one.

    >>> spelled("EmailAddress") == spelled("email_address"), spelled("UpdateDateTime") == spelled("updated_datetime")
    (True, True)
    """
    return re.sub(r"[\W_]", "", _known().get(name.lower(), name)).lower()


def same_field(name: str, path: str) -> bool:
    """Tell whether a mapping's name means a field, by its whole path or, inside a list, by the part behind the list.

    >>> same_field("Sku", "lines[].sku"), same_field("BillingCity", "billing.city"), same_field("City", "billing.city")
    (True, True, False)
    """
    inside = path.rpartition("[].")[2]
    return bool(name) and spelled(name) in {spelled(path), spelled(inside)}
