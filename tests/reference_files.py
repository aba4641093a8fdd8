"""Texts kept beside the tests: what is made is compared with its file, and a missing file is written and fails."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "reference"
SHOWN = 40
"""Lines of a difference that are shown."""


def agrees(name: str, text: str) -> bool:
    """True if `text` is what `tests/reference/name` holds; fails with the lines that differ, or where no file was."""
    path = FOLDER / name
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} was not there and has been written: look at it, then run the test again")
    before = path.read_text(encoding="utf-8")
    if before != text:
        changed = unified_diff(before.splitlines(), text.splitlines(), "before", "now", lineterm="", n=0)
        shown = "\n".join(islice(changed, SHOWN))
        pytest.fail(f"{path.name} says something else; where that is right, remove it and run the test again\n{shown}")
    return True
