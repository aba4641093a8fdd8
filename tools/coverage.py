"""Run the tests and fail if they run too little of the package: `python -m tools.coverage 95 [options of pytest]`.

Counts lines and branches run in the tests' own process; programs and notebook kernels that tests start are not seen.
slipcover writes its probes into the modules as they are imported and takes them out once they were passed: the tests
take a twelfth longer, with a tracer about twice as long. Its own command closes its files too early where a test
starts a process, so its parts are put together here.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
import slipcover

WORTH_A_LOOK = 15
"""So many modules with the most lines and branches that were not run are named."""
QUIET = "ignore:Module already imported"
"""slipcover has a plugin for pytest, which is imported before pytest looks at it."""


def measured(options: list[str]) -> tuple[int, dict[str, Any]]:
    """Run the tests: pytest's exit status, and what slipcover counted."""
    counter = slipcover.Slipcover(branch=True, source=["ipaas_discovery"])
    inside = slipcover.FileMatcher(sources=["ipaas_discovery"])
    with slipcover.ImportManager(counter, inside):
        status = pytest.main(["-W", QUIET, *options])
    return int(status), counter.get_coverage()


def worst(files: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """Name the modules where most is not run."""
    missing = {
        name: int(file["summary"]["missing_lines"] + file["summary"]["missing_branches"])
        for name, file in files.items()
    }
    ranked = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
    return [f"{count:5} not run in {name}" for name, count in ranked[:WORTH_A_LOOK] if count]


def main() -> int:
    """Return pytest's exit status, 1 where all tests pass and too little of the package was run."""
    floor, *options = sys.argv[1:]
    status, coverage = measured(options)
    percent = coverage["summary"]["percent_covered"]
    print(f"{percent:.1f} % of the package's lines and branches were run; the floor is {floor} %.")
    if status or percent >= float(floor):
        return status
    print(*worst(coverage["files"]), sep="\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
