"""The synthetic records both sandbox systems answer with, and the moment at which their clock stands still."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ipaas_discovery.errors import SourceError, UnknownNameError
from ipaas_discovery.sandbox.store_api.tables import full

__all__ = ["DATE", "SIDES", "load", "names", "records_folder"]

DATE = "Mon, 02 Nov 2026 09:00:00 GMT"
"""The `Date` header of every sandbox answer: the sandbox's own decision, so that a sample can be reproduced."""

SIDES = ("ipaas", "store")


def records_folder() -> Path:
    """The folder that holds `<side>/<name>.json`: the wheel's own copy, or the repository's `data/sandbox`.

    `IPAAS_DISCOVERY_RECORDS` in the environment names another one, for records of one's own.

    >>> records_folder().name in {"records", "sandbox"}
    True
    """
    if given := os.environ.get("IPAAS_DISCOVERY_RECORDS"):
        return Path(given)
    shipped = Path(__file__).parent / "records"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "data" / "sandbox"


@cache
def load(side: Literal["ipaas", "store"], name: str) -> list[dict[str, Any]]:
    """The records of one collection, whole and with exact integers; shared, so copy before you change one.

    The store's files leave out what its field tables say; here every record has all its fields.

    Args:
        side: `"ipaas"` (names are mapping-collection types) or `"store"` (names are the store's own).
        name: a file's name without its suffix; `names(side)` lists them.

    Raises:
        UnknownNameError: if the side has no such collection.
        SourceError: if the file does not hold records.

    >>> load("ipaas", "LOCATION")[0]["name"]
    'Main Warehouse'
    """
    path = records_folder() / side / f"{name}.json"
    if not path.is_file():
        raise UnknownNameError("sandbox collection", name, names(side), where=side)
    try:
        records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        then = "write it again with `python -m ipaas_discovery.sandbox.generate`"
        raise SourceError(f"The sandbox's records are not JSON: {error}", where=str(path), then=then) from error
    return [full(name, record) for record in records] if side == "store" else records


def names(side: Literal["ipaas", "store"]) -> list[str]:
    """The collections of one side, sorted.

    >>> "orders" in names("store"), "TRANSACTION" in names("ipaas")
    (True, True)
    """
    return sorted(path.stem for path in (records_folder() / side).glob("*.json"))
