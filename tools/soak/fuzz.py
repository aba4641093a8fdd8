"""Coverage-guided fuzzing of one reader, in a process of its own.

python -m tools.soak.fuzz NAME SECONDS
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.soak.readers import OWN, READERS
from tools.soak.trial import Trial

__all__ = ["fuzz"]

LONGEST = 4096
"""Bytes of the longest input."""


def fuzz(name: str, seconds: int) -> Trial:
    """Fuzz the reader `name` for some seconds, in a child."""
    trial = Trial(f"Fuzzed input: {name}", "a result, or one sentence")
    call = [sys.executable, "-m", "tools.soak.fuzz", name, str(seconds)]
    done = subprocess.run(call, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603  this module
    if counted := re.findall(r"(?:Done |#)(\d+)", done.stderr):
        trial.tried = max(map(int, counted))
    if done.returncode:
        lines = re.findall(r"^[= ]*((?:[\w.]*Error|[\w.]*Exception|ERROR|ALARM)\b.*)", done.stderr, re.MULTILINE)
        trial.wrong = [
            " ".join(lines[:2] + re.findall(r"^Base64: .*", done.stderr, re.MULTILINE)) or done.stderr[-300:]
        ]
    return trial


def _run(name: str, seconds: int) -> None:
    """Fuzz in this process; it ends with the first error that is none of the kit's own."""
    import atheris  # noqa: PLC0415  an extra, for a soak alone

    read, seeds = READERS[name]
    with atheris.instrument_imports(include=["ipaas_discovery"]):
        for seed in seeds:
            _tried(read, seed)

    def once(content: bytes) -> None:
        _tried(read, content)

    with TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=3000", "-seed=1"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", folder], once)
        atheris.Fuzz()


def _tried(read: Callable[[bytes], object], content: bytes) -> None:
    try:
        read(content)
    except OWN:
        return


if __name__ == "__main__":
    _run(sys.argv[1], int(sys.argv[2]))
