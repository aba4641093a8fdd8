"""Plugin of pytest beside nbval: it writes down each cell's outcome, with the outputs kept and the new ones."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

__all__ = ["OPTION"]

OPTION = "--cells"
"""Option of pytest that names the file to write."""
CELLS: pytest.StashKey[list[dict[str, Any]]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the file."""
    parser.addoption(OPTION, type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Begin with no cell."""
    config.stash[CELLS] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down a cell once it was run; one that could not be, as its kernel is gone, failed."""
    report = yield
    cell = getattr(item, "cell", None)
    if cell is not None and (call.when == "call" or report.outcome != "passed"):
        item.config.stash[CELLS].append(
            {
                "notebook": item.path.name,
                "cell": cell.get("id", ""),
                "source": cell["source"],
                "passed": report.outcome == "passed",
                "before": cell.get("outputs", []),
                "after": getattr(item, "test_outputs", None) or [],
                "error": "" if call.excinfo is None else str(call.excinfo.value),
            }
        )
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the file."""
    path: Path = session.config.getoption(OPTION)
    path.write_text(json.dumps(session.config.stash[CELLS]), encoding="utf-8")
