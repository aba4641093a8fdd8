"""Print the lowest version of every dependency that the package needs to run, as constraints for pip.

python tools/floors.py > floors.txt
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def floors(pyproject: Path) -> list[str]:
    """Read each `name>=version` of the project as `name==version`; what only tests need may be newer."""
    lines = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]
    pattern = re.compile(r"([\w-]+)(?:\[.*\])?>=([\w.]+)")
    return sorted(f"{match[1]}=={match[2]}" for line in lines if (match := pattern.match(line)))


if __name__ == "__main__":
    print("\n".join(floors(Path(__file__).parents[1] / "pyproject.toml")))
