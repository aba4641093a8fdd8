"""Print the lowest version of every direct dependency, as constraints for pip.

python tools/floors.py > floors.txt
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

EXTRAS = ("test",)


def floors(pyproject: Path) -> list[str]:
    """Read `name>=version` from the project and its extras, each as `name==version`.

    A version that is named in part, such as `2.2`, is the first of its kind: pip finds `2.2.0` by it.
    """
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in EXTRAS for line in project["optional-dependencies"][extra])]
    pattern = re.compile(r"([\w-]+)(?:\[.*\])?>=([\w.]+)")
    return sorted(f"{match[1]}=={match[2]}" for line in lines if (match := pattern.match(line)))


if __name__ == "__main__":
    print("\n".join(floors(Path(__file__).parents[1] / "pyproject.toml")))
