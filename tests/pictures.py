"""Takes the README's two pictures: the report, and the board in a running JupyterLab. `make pictures` calls it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from browser import block_outside, lab, launch

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "data" / "pictures"
TALLEST = 1000
"""Pixels of the report that fit a README."""


def main() -> None:
    """Write both pictures over the old ones."""
    PICTURES.mkdir(exist_ok=True)
    with launch() as browser, tempfile.TemporaryDirectory() as folder:
        page = browser.new_page(viewport={"width": 1280, "height": TALLEST})
        page.goto((ROOT / "data" / "out" / "report.html").as_uri())
        page.screenshot(path=PICTURES / "report.png")

        for name in ("notebooks", "data"):
            shutil.copytree(ROOT / name, Path(folder) / name, ignore=shutil.ignore_patterns("out", "sandbox"))
        page = browser.new_page(viewport={"width": 1680, "height": 1100})
        block_outside(page)
        with lab(Path(folder)) as running:
            running.open(page, "notebooks/03_decide_directions.ipynb")
            running.command(page, "notebook:run-all-cells")
            board = page.locator(".ddb")
            board.wait_for(timeout=120_000)
            board.screenshot(path=PICTURES / "board.png")


if __name__ == "__main__":
    main()
