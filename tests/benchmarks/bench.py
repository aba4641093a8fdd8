"""Every benchmark in one run: ratios beside something well known, since seconds say more of the machine than of us.

`make bench` calls it. Nothing here is a test; numbers vary with the machine and what else runs on it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path


def main() -> None:
    """Run each `bench_*.py` beside this file and print its lines."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        print(f"{path.stem}: {(module.__doc__ or '').splitlines()[0]}")  # noqa: T201  a command's answer
        for line in module.lines():
            print(f"  {line}", flush=True)  # noqa: T201  the same


if __name__ == "__main__":
    main()
