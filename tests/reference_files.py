"""Texts kept beside the tests: a rendering is compared with its file, and a missing file is written and fails."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "reference"


def agrees(name: str, text: str) -> bool:
    """Whether `text` is what `tests/reference/name` holds; writes the file where there is none, and fails."""
    path = FOLDER / name
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} was not there and has been written: look at it, then run the test again")
    return path.read_text(encoding="utf-8") == text
