"""A child that records answers and saves a worksheet until it is killed, and says what it was told is safe.

python -m tools.soak.savers FOLDER FIRST
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import httpx

from ipaas_discovery.samples.storage.store import About, Store
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.rows import RowKey, RowPart, Statement
from ipaas_discovery.worksheet.saving.document_file import DocumentFile

__all__ = ["ABOUT", "URL", "recorded", "save"]

ABOUT = About("shop", "1", "live", "https://shop.example")
URL = "https://shop.example/orders?page={}"
DECISION = Decision(Direction.TO, (Method.ADD,))
KEPT = 20
"""Decisions that the worksheet holds at most."""


def recorded(folder: Path) -> httpx.BaseTransport:
    """Return a transport that stores what a shop answers."""
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [{"id": str(request.url)}] * 50}))
    return Store(folder / "store", ABOUT).recording(answers)


def save(folder: Path, first: int) -> None:
    """Save answers and decisions without end, and say each time what is saved."""
    transport, file = recorded(folder), DocumentFile(folder / "worksheet.yaml")
    rows: dict[RowKey, Statement] = dict(file.load().rows) if file.path.exists() else {}
    for number in itertools.count(first):
        transport.handle_request(httpx.Request("GET", URL.format(number))).read()
        kept = range(number - KEPT, number)  # without one beyond, which was saved and not told
        rows = {key: row for key, row in rows.items() if int(key.pair[0][1:]) in kept}
        rows |= {RowKey((f"C{number}", "orders"), RowPart.DECISION): DECISION}
        file.save(rows)
        print(number, flush=True)


if __name__ == "__main__":
    save(Path(sys.argv[1]), int(sys.argv[2]))
