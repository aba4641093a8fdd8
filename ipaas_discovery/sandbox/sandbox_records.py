"""The synthetic records both sandbox systems answer with, and the moment at which their clock stands still."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ipaas_discovery.errors import SourceError, UnknownNameError
from ipaas_discovery.sandbox.sandbox_data import shipped_folder
from ipaas_discovery.sandbox.store_api.store_calls import schema_of
from ipaas_discovery.sandbox.store_api.store_documents import usual

__all__ = ["DATE", "Side", "load", "names", "records_folder"]

DATE = "Mon, 02 Nov 2026 09:00:00 GMT"
"""The `Date` header of every sandbox answer: the sandbox's own decision, so that a sample can be reproduced."""

Side = Literal["ipaas", "store"]


def records_folder() -> Path:
    """Find the folder that holds `<side>/<name>.json`: the shipped one.

    `IPAAS_DISCOVERY_RECORDS` in the environment names another one, for records of one's own.

    >>> records_folder().name in {"records", "sandbox"}
    True
    """
    given = os.environ.get("IPAAS_DISCOVERY_RECORDS")
    return Path(given) if given else shipped_folder()


@cache
def load(side: Side, name: str) -> list[dict[str, Any]]:
    """Read the records of one collection, whole and with exact integers; shared, so copy before you change one.

    The store's files leave out what is usual; here every record has all its fields, in its document's order and
    undeclared ones last.

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
        then = "mend the file, or take the shipped one again"
        raise SourceError(f"The sandbox's records are not JSON: {error}", where=str(path), then=then) from error
    return [{**usual(schema_of(name)), **record} for record in records] if side == "store" else records


def names(side: Side) -> list[str]:
    """List the collections of one side, sorted.

    >>> "orders" in names("store"), "TRANSACTION" in names("ipaas")
    (True, True)
    """
    return sorted(path.stem for path in (records_folder() / side).glob("*.json"))
