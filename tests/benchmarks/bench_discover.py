"""`discover` beside the kit's own path in one process, and each notebook alone, on a fresh copy of the demo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN_PATH = """
from pathlib import Path
from ipaas_discovery import Discovery
with Discovery.open("data/discovery.toml", stored=False) as discovery:
    discovery.pull()
    for pair in discovery.pairs:
        discovery.compare(pair.ipaas)
    discovery.verdicts()
    discovery.worksheet.save()
    Path("data/out").mkdir()
    for form in ("yaml", "xlsx", "md", "json"):
        discovery.worksheet.export(f"data/out/worksheet.{form}")
"""
DISCOVER = "from ipaas_discovery.cli.app import app; app(['discover'])"
NOTEBOOK = (
    "import sys; from pathlib import Path; from ipaas_discovery.notebooks import execute; execute(Path(sys.argv[1]))"
)


def seconds(folder: Path, *words: str) -> float:
    """Seconds of a program of its own, its start and its imports among them, compiled before as a user has them."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *words], cwd=folder, env=usual, check=True, capture_output=True)
    return time.perf_counter() - start


def fresh(folder: Path) -> Path:
    """A copy of the demo in which nothing was computed yet."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("out", "store", ".cache"))
    return folder


def lines() -> Iterator[str]:
    """The job as a ratio to the same without notebooks and report; each notebook's seconds, first and again."""
    with tempfile.TemporaryDirectory() as kept:
        folders = iter(range(100))

        def copy() -> Path:
            return fresh(Path(kept) / str(next(folders)))

        seconds(copy(), OWN_PATH)
        own = seconds(copy(), OWN_PATH)
        job = copy()
        first, again = (seconds(job, DISCOVER) for _ in range(2))
        yield f"pull, compare, verdicts, exports in one process: {own:.1f} s = 1.00"
        yield f"discover, at most 3.5: {ratios(first, again, own)}"
        for source in sorted((ROOT / "notebooks").glob("*.ipynb")):
            alone = copy()
            first, again = (seconds(alone, NOTEBOOK, f"notebooks/{source.name}") for _ in range(2))
            yield f"{source.stem} alone: {ratios(first, again, own)}"


def ratios(first: float, again: float, own: float) -> str:
    """Both runs, in seconds and beside the kit's own path."""
    return f"first {first:.1f} s = {first / own:.2f}, again {again:.1f} s = {again / own:.2f}"
