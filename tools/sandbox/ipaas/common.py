"""Parts that every iPaaS.com record carries: an id, custom fields, external ids, extension fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tools.sandbox.disagreements import happens
from tools.sandbox.words import STORE_SYSTEM

__all__ = ["Child", "external", "record"]

_EXTERNAL_IDS_FROM = 3_000_000


def record(
    number: int,
    fields: Mapping[str, Any],
    *,
    kind: str = "",
    store_id: int | str | None = None,
    custom: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Make a record as the platform returns it: `fields` between its id (text) and the three lists each record has.

    With `kind`, `tracking_guid` and `extension_fields` are filled in about 1 of 50 records. That the guid is left
    out elsewhere, as a serialiser that skips nulls does, is the sandbox's own decision.

    >>> record(7, {"name": "Main"})
    {'id': '7', 'name': 'Main', 'custom_fields': [], 'external_ids': [], 'extension_fields': []}
    """
    rare = bool(kind) and happens("rare", number + len(kind))
    extension = [{"key": f"{kind}_origin", "value": "import"}] if rare else []
    return {
        "id": str(number),
        **({"tracking_guid": str(uuid5(NAMESPACE_URL, f"sandbox/{kind}/{number}"))} if rare else {}),
        **fields,
        # A custom field's value is always text on this side, whatever it means: "true", "2".
        "custom_fields": [
            {"id": str(number * 10 + index), "custom_field_name": name, "value": value}
            for index, (name, value) in enumerate((custom or {}).items())
        ],
        "external_ids": [external(number, store_id)] if store_id is not None else [],
        "extension_fields": extension,
    }


def external(number: int, store_id: int | str) -> dict[str, Any]:
    """Make the link from an iPaaS.com record to the store's record."""
    return {
        "id": _EXTERNAL_IDS_FROM + number,
        "system_id": STORE_SYSTEM,
        "system_name": "Sandbox store",
        "external_id": str(store_id),
        "internal_id": str(number),
    }


class Child:
    """Numbers of nested records, one series per kind, so that each child has an id of its own."""

    def __init__(self) -> None:
        self._series: dict[str, Iterator[int]] = {}

    def next(self, kind: str) -> int:
        """Return the next number of `kind`."""
        # Series lie a million apart in the order they are first asked for.
        return next(self._series.setdefault(kind, count((len(self._series) + 1) * 1_000_000 + 1)))
