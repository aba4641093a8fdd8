"""The rules of accessibility of axe-core, asked of a page; skipped where `make test` could not install them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = Path(__file__).parents[1] / ".live" / "javascript" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, part: str = ".ipd") -> dict[str, list[str]]:
    """List what breaks a rule within `part` of the page: the rule, and the markup of each place."""
    if not RULES.exists():
        pytest.skip("axe-core is not installed; `make test` does so where Node.js is")
    page.add_script_tag(path=RULES)
    result = page.evaluate("(part) => axe.run(document.querySelector(part))", part)
    return {broken["id"]: [node["html"] for node in broken["nodes"]] for broken in result["violations"]}
