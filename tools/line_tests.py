"""The tests that run each line of the package: `python -m tools.line_tests` runs the suite once and keeps the answer.

coverage.py's tracer tells one test from another and makes the suite about twice as long; slipcover, which
`make test` uses, cannot. The answer belongs to one state of the files: another state asks anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).parents[1]
OPTIONS = (
    "-q", "--no-header", "-pno:cacheprovider", "--hypothesis-seed=0", "-pno:nbval",
    "-mnot (browser or oscar or live or heavy)",
    "-oaddopts=--import-mode=importlib --doctest-modules", "--ignore=tests/benchmarks", "--ignore=tests/oscar",
    "--ignore=tests/output", "--ignore=tests/pictures.py",
)  # fmt: skip
KEPT = ROOT / ".mutants"


class Contexts:
    """Plugin of pytest that tells the tracer which test is running."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self.tracer = tracer

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Switch to the test's own name."""
        self.tracer.switch_context(item.nodeid)
        yield


def state() -> str:
    """Name the state of the package and its tests by their bytes."""
    paths = sorted(chain((ROOT / "ipaas_discovery").rglob("*.py"), (ROOT / "tests").rglob("*.py")))
    sums = (hashlib.blake2b(path.read_bytes(), digest_size=16).digest() for path in paths)
    return hashlib.blake2b(b"".join(sums), digest_size=8).hexdigest()


def asked() -> Path:
    """Run the suite under the tracer where this state was not asked yet; return the file with the answer."""
    answer = KEPT / f"{state()}.coverage"
    if not answer.exists():
        KEPT.mkdir(exist_ok=True)
        unfinished = answer.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        tracer = coverage.Coverage(data_file=str(unfinished), source=["ipaas_discovery"], config_file=False)
        tracer.start()
        ended = pytest.main([*OPTIONS, "tests", "ipaas_discovery"], plugins=[Contexts(tracer)])
        tracer.stop()
        if ended not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            raise SystemExit(f"the suite did not run: {ended!r}; see above")
        tracer.save()
        unfinished.rename(answer)
    return answer


class LineTests:
    """The tests of each line, read from a kept answer."""

    def __init__(self, answer: Path) -> None:
        self.data: Any = coverage.CoverageData(str(answer))
        self.data.read()

    def of(self, module: Path, first: int, last: int) -> list[str]:
        """List tests that ran a line from `first` to `last`, by turns one of each file."""
        lines = self.data.contexts_by_lineno(str(ROOT / module))
        names = sorted({name for line in range(first, last + 1) for name in lines.get(line, ()) if name})
        files: dict[str, list[str]] = {}
        for name in names:
            files.setdefault(name.partition("::")[0], []).append(name)
        return [name for name in chain.from_iterable(zip_longest(*files.values())) if name is not None]


if __name__ == "__main__":
    print(asked())
