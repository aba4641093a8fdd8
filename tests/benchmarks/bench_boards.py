"""First paint of each board with 600 rows, a search in 5,000 fields, and a decision, in Chromium and in ms."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "widgets"), str(TESTS)]  # two files are called conftest: that of the boards is meant

from browser import launch  # noqa: E402  the tests' own helpers stand beside this folder
from conftest import MOUNT, blocked_from, state  # noqa: E402  found by the line above
from open_collections import Browsed  # noqa: E402  found by the line above
from small_discovery import SmallDiscovery  # noqa: E402  found by the line above

from ipaas_discovery.widgets.collection_browser import CollectionBrowser  # noqa: E402  after the path is set
from ipaas_discovery.widgets.direction_board import DirectionBoard  # noqa: E402  after the path is set
from ipaas_discovery.widgets.match_board import MatchBoard  # noqa: E402  after the path is set
from ipaas_discovery.worksheet.entry import Entry  # noqa: E402  after the path is set
from ipaas_discovery.worksheet.worksheet import Worksheet  # noqa: E402  after the path is set

SEARCH = """([label, text]) => {
  const field = [...document.querySelectorAll("input[type=search]")].find((node) => node.placeholder.startsWith(label));
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[2];
}"""
CLICK = """(selector) => {
  const start = performance.now();
  document.querySelector(selector).click();
  document.body.offsetHeight;
  return performance.now() - start;
}"""
TYPED = ("f", "fi", "field", "field_0123")


def painted(browser: Any, board: Any) -> tuple[Any, float]:
    """Draw a board in a new page; gives the page and the milliseconds until it could be seen."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.expose_function("toPython", lambda message: (board.handle(message), state(board))[1])
    page.set_content("<!doctype html><body></body>")
    page.evaluate(MOUNT, [board._esm, board._css, state(board)])
    return page, page.evaluate("window.painted")


def lines() -> Iterator[str]:
    """A line a board: median of three first paints, then what is done on it."""
    with launch() as browser, tempfile.TemporaryDirectory() as folder:
        boards = {"DirectionBoard, 600 pairs": directions(Path(folder)), "MatchBoard, 600 fields": fields(Path(folder))}
        for name, board in boards.items():
            drawn = [painted(browser, board) for _ in range(3)]
            yield f"{name}: first paint {sorted(time for _, time in drawn)[1]:.0f} ms"
            page = drawn[-1][0]
            page.wait_for_timeout(1500)
            slowest = max(page.evaluate(SEARCH, ["Name" if "Dir" in name else "Field", text]) for text in TYPED)
            yield f"{name}: search as one types, slowest of {len(TYPED)}: {slowest:.0f} ms"
            if "Dir" in name:
                page.evaluate(SEARCH, ["Name", ""])
                yield f"{name}: a decision is visible after {page.evaluate(CLICK, 'td input[type=radio]'):.0f} ms"
        page, _ = painted(browser, many_fields(Path(folder)))
        page.get_by_role("button", name="users").click()
        page.get_by_text("of 5").first.wait_for()
        slowest = max(page.evaluate(SEARCH, ["Field", text]) for text in TYPED)
        yield f"CollectionBrowser, 5,000 fields: search as one types, slowest of {len(TYPED)}: {slowest:.0f} ms"


def directions(folder: Path) -> DirectionBoard:
    """A board of 600 pairs with evidence."""
    entries = [Entry(f"COLLECTION_{at:03}", None, f"c{at}", evidence=tuple(blocked_from())) for at in range(600)]
    worksheet = Worksheet("Shop", entries=entries)
    worksheet.save(folder / "directions.yaml")
    return DirectionBoard(worksheet, by="Ada")


def fields(folder: Path) -> MatchBoard:
    """A board of 600 fields."""
    more = [{"path": f"part_{at // 100}.field_{at:04}", "types": ["string"]} for at in range(595)]
    return MatchBoard(SmallDiscovery(folder / "fields.yaml", fields=more), by="Ada")


def many_fields(folder: Path) -> CollectionBrowser:
    """A browser of a collection of 5,000 fields."""
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(folder / "browser.yaml")
    create = [{"path": f"group_{at % 50}.field_{at:04}", "types": ["string"]} for at in range(5000)]
    return CollectionBrowser(Browsed(worksheet, create=create), by="Ada")
