"""Check of the notebooks of a workspace: every cell is run again by nbval, and what differs is said in words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

from ipaas_discovery.changes.baseline import LINES, Baseline
from ipaas_discovery.changes.baseline_differences import compare_baselines
from ipaas_discovery.checks.cell_recorder import OPTION
from ipaas_discovery.checks.check_report import CheckItem, CheckStatus
from ipaas_discovery.checks.workspace_copy import workspace_copy
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.notebooks import read
from ipaas_discovery.renderings.texts import cut

__all__ = ["baseline_items", "baselines_in", "check_notebooks", "unexecuted"]

PART = "notebooks"
EXECUTE = "`{python} -m ipaas_discovery.notebooks {folder}` executes them"
SHOWN_LINES, LONGEST = 4, 160
"""Lines of a cell's difference that are shown, and characters of each."""
WORDED = ("text/markdown", "text/plain")
"""Output types whose lines people read, the better one first."""


def check_notebooks(settings: Path, notebooks: Path) -> tuple[CheckItem, ...]:
    """Run the notebooks again in a copy of the workspace and compare every output; nothing is written here.

    Raises:
        ConfigurationError: if there is no such folder, or nothing in it.
    """
    sources = sorted(notebooks.glob("*.ipynb")) if notebooks.is_dir() else []
    if not sources:
        raise ConfigurationError("There is no notebook", where=str(notebooks), then="name another folder")
    never = tuple(unexecuted(sources))
    if never:
        return never
    with workspace_copy(settings, notebooks) as copy:
        cells = _ran(copy)
    return tuple(_items(cells, baselines_in(sources)))


def unexecuted(sources: Iterable[Path]) -> Iterator[CheckItem]:
    """Fail each notebook of which a cell was never run: it would pass whatever changed."""
    for source in sources:
        cells = [cell for cell in read(source).cells if cell.cell_type == "code" and cell.source.strip()]
        never = sum(cell.execution_count is None for cell in cells)
        if never:
            then = EXECUTE.format(python=_python(), folder=source.parent)
            detail = f"{never} of {len(cells)} cells were never run: {then}"
            yield CheckItem(PART, source.name, CheckStatus.FAILED, detail)


def _python() -> str:
    """Name this interpreter as a person calls it: by its path, where `python` is another or none."""
    program, usual = Path(sys.executable), shutil.which("python")
    return "python" if usual and Path(usual).parent == program.parent else str(program)


def baselines_in(sources: Iterable[Path]) -> Baseline | None:
    """Read the baseline that notebooks keep in their outputs; None if there is none."""
    for source in sources:
        for cell in read(source).cells:
            if lines := _lines(cell.get("outputs", [])):
                return Baseline.read(lines)
    return None


def baseline_items(before: Baseline, after: Baseline) -> tuple[CheckItem, ...]:
    """List what differs between the baseline that is kept and what is there now, each a failure of its pair."""
    return tuple(
        CheckItem(PART, f"{row.collection} ↔ {row.third_party}", CheckStatus.FAILED, row.sentence)
        for row in compare_baselines(before, after)
    )


def _ran(notebooks: Path) -> list[dict[str, Any]]:
    """Let nbval run all cells, and give what became of each."""
    root, result = notebooks.parent, notebooks.parent / "cells.json"
    (root / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-c", str(root / "pytest.ini"),
        "--rootdir", str(root), "-p", "no:cacheprovider", "-p", "ipaas_discovery.checks.cell_recorder",
        OPTION, str(result), str(notebooks),
    ]  # fmt: skip
    environment = {**os.environ, "IPYTHONDIR": str(root / ".ipython"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command[4:4] = ["-p", "nbval.plugin"]
    done = subprocess.run(  # noqa: S603  our own words
        command, capture_output=True, text=True, check=False, cwd=root, env=environment
    )
    if not result.is_file():
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise ConfigurationError(
            f"nbval could not be run, {lines[-1] if lines else 'without a word'}", then="pip install nbval"
        )
    cells: list[dict[str, Any]] = json.loads(result.read_text(encoding="utf-8"))
    return cells


def _items(cells: list[dict[str, Any]], kept: Baseline | None) -> Iterator[CheckItem]:
    """Say what became of each notebook: what changed in words first, then the cells that show it."""
    now = next((lines for cell in cells if (lines := _lines(cell["after"]))), "")
    if kept is None:
        then = "add a cell `discovery.baseline()`, so that a change of any collection is seen"
        yield CheckItem(PART, "baseline", CheckStatus.FAILED, f"no notebook holds one: {then}")
    elif now:
        yield from baseline_items(kept, Baseline.read(now))
    for notebook in dict.fromkeys(cell["notebook"] for cell in cells):
        failed = [cell for cell in cells if cell["notebook"] == notebook and not cell["passed"]]
        for cell in failed:
            subject = f"{notebook}, cell {cell['cell'] or cell['source'].splitlines()[0]}"
            yield CheckItem(PART, subject, CheckStatus.FAILED, _difference(cell))
        if not failed:
            count = sum(cell["notebook"] == notebook for cell in cells)
            yield CheckItem(PART, notebook, CheckStatus.PASSED, f"{count} cells show the same")


def _difference(cell: Mapping[str, Any]) -> str:
    """Tell the lines that differ in a cell's output, as text; the baseline's are told as sentences already."""
    if _lines(cell["before"]) and _lines(cell["after"]):
        return "it shows the changes above"
    errors = [output for output in cell["after"] if output["output_type"] == "error"]
    if errors:
        return f"{errors[0]['ename']}: {errors[0]['evalue']}"
    before, after = (_words(cell[when]) for when in ("before", "after"))
    changed = [
        f"{'was' if line[0] == '-' else 'is'} {cut(line[1:].strip(), LONGEST)}"
        for line in unified_diff(before, after, lineterm="", n=0)
        if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}
    ]
    more = f"; and {len(changed) - SHOWN_LINES} lines more" if len(changed) > SHOWN_LINES else ""
    return "; ".join(changed[:SHOWN_LINES]) + more or cell["error"] or "its output differs in form"


def _words(outputs: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give the lines of outputs as people read them."""
    lines: list[str] = []
    for output in outputs:
        data = output.get("data", {})
        text = output.get("text") or next((data[kind] for kind in WORDED if kind in data), "")
        lines += _joined(text).splitlines()
    return lines


def _lines(outputs: Iterable[Mapping[str, Any]]) -> str:
    """Give the lines of a baseline among outputs."""
    return next((_joined(output["data"][LINES]) for output in outputs if LINES in output.get("data", {})), "")


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
