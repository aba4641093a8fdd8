"""Files of saved calls on disk."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def saved(tmp_path):
    """Writes a file, JSON if it is no text, and gives its path."""

    def save(content, name="shop.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8", newline="")
        return path

    return save
