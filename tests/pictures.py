"""Takes the README's pictures: the report, and every board in a running JupyterLab. `make pictures` calls it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from browser import Lab, block_outside, lab, launch

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "data" / "pictures"
TALLEST = 1000
"""Pixels of the report, or of a board, that fit a README."""

STILL = """(board) => new Promise((done) => {
    let before, times = 0;
    const look = () => {
        board.scrollIntoView();
        const top = board.getBoundingClientRect().top;
        times = top === before ? times + 1 : 0;
        before = top;
        if (times > 120) done(); else requestAnimationFrame(look);
    };
    look();
})"""
"""Brings a board to the top until it stays there: cells that run behind it scroll the page."""


def choose_collection(board: Locator) -> None:
    """Show a schema and a record in the browser of collections."""
    board.get_by_role("button", name="CUSTOMER", exact=True).click()
    board.get_by_role("button", name="Next record of CUSTOMER").click()
    board.get_by_role("table", name="Record 1 of CUSTOMER").wait_for()


def open_field(board: Locator) -> None:
    """Show a field beside the list of the board of matches."""
    board.locator(".mb-row").first.click()
    board.get_by_role("region", name="Field ").first.wait_for()


BOARDS: dict[str, tuple[tuple[str, str, Callable[[Locator], None] | None], ...]] = {
    "01_know_both_systems": ((".ipb", "collections", choose_collection),),
    "02_match": ((".mb", "matches", open_field),),
    "03_decide_directions": ((".ddb", "board", None), (".ipw", "work", None)),
}
"""Per notebook: a board's class, its picture's name, and what is done on it first."""


def main() -> None:
    """Write all pictures over the old ones."""
    PICTURES.mkdir(exist_ok=True)
    with launch() as browser, tempfile.TemporaryDirectory() as folder:
        page = browser.new_page(viewport={"width": 1280, "height": TALLEST})
        page.goto((ROOT / "data" / "out" / "report.html").as_uri())
        page.screenshot(path=PICTURES / "report.png")

        for name in ("notebooks", "data"):
            shutil.copytree(ROOT / name, Path(folder) / name, ignore=shutil.ignore_patterns("out", "sandbox"))
        page = browser.new_page(viewport={"width": 1680, "height": 1400})
        block_outside(page)
        with lab(Path(folder)) as running:
            for notebook in BOARDS:
                take_boards(running, page, notebook)


def take_boards(running: Lab, page: Page, notebook: str) -> None:
    """Run a notebook, and take a picture of each of its boards."""
    running.run(page, f"notebooks/{notebook}.ipynb")
    for place, name, prepare in BOARDS[notebook]:
        board = page.locator(place)
        board.wait_for(timeout=120_000)
        if prepare:
            prepare(board)
        page.mouse.move(0, 0)
        board.evaluate(STILL)
        box = board.bounding_box() or {}
        page.screenshot(path=PICTURES / f"{name}.png", clip={**box, "height": min(box["height"], TALLEST)})
    running.stop_kernels()


if __name__ == "__main__":
    main()
