"""Another day's evidence, computed by a process of its own while this one is busy with today's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["day_computed_beside"]

CODE = """
import sys
from ipaas_discovery import Discovery

with Discovery.open(sys.argv[1], day=sys.argv[2]) as discovery:
    discovery.pull()
    for _ in discovery.states():
        pass
"""


@contextmanager
def day_computed_beside(path: Path, day: str) -> Iterator[None]:
    """Compute what a day's pull says and keep it, while the block runs; at its end it is waited for.

    Nothing depends on it: where no process can be had, or it fails, whoever asks for the day computes it.

    Args:
        path: the settings of the integration.
        day: one of its days (ISO).
    """
    process = None
    if sys.executable and (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            process = subprocess.Popen(  # noqa: S603  this very Python, on the settings that are open
                [sys.executable, "-c", CODE, str(path), day],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    try:
        yield
        if process:
            process.wait()
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
