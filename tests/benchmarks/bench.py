"""Every benchmark, or those named: ratios beside something well known, as seconds say more of the machine than of us.

`make bench` calls it; `python tests/benchmarks/bench.py pull` runs one. What each says is printed and written to
`results/`, to be committed. Nothing here is a test; numbers vary with the machine and what else runs on it.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> None:
    """Run each `bench_*.py` beside this file, print its lines and write them."""
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if names and name not in names:
            continue
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module  # dataclasses look there for what their annotations mean
        spec.loader.exec_module(module)
        said = [f"# {(module.__doc__ or name).splitlines()[0]}", ""]
        print(said[0])  # noqa: T201  a command's answer
        for line in module.lines():
            print(line, flush=True)  # noqa: T201  a benchmark reports here
            said.append(line)
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / f"{name}.md").write_text("\n".join(said) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
