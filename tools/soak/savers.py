"""A child that records answers and saves a worksheet until it is killed, and says what it was told is safe.

python -m tools.soak.savers FOLDER FIRST
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import httpx
from ipaas_discovery.worksheet.document_file import DocumentFile

from ipaas_discovery.samples.storage.store import About, Store
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument

__all__ = ["ABOUT", "URL", "recorded", "save"]

ABOUT = About("shop", "1", "live", "https://shop.example")
URL = "https://shop.example/orders?page={}"


def recorded(folder: Path) -> httpx.BaseTransport:
    """Return a transport that stores what a shop answers."""
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [{"id": str(request.url)}] * 50}))
    return Store(folder / "store", ABOUT).recording(answers)


def save(folder: Path, first: int) -> None:
    """Save answers and a worksheet without end, and say each time what is saved."""
    transport, file = recorded(folder), DocumentFile(folder / "worksheet.yaml")
    entries = file.load().entries if file.path.exists() else ()
    entries = tuple(entry for entry in entries if (entry.type_id or 0) < first)  # what is beyond was saved and not told
    for number in itertools.count(first):
        transport.handle_request(httpx.Request("GET", URL.format(number))).read()
        entries = (*entries[-40:], Entry(f"C{number}", number, "orders"))
        file.save(WorksheetDocument(title="Shop", entries=entries))
        print(number, flush=True)


if __name__ == "__main__":
    save(Path(sys.argv[1]), int(sys.argv[2]))
