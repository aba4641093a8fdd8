"""Importing the kit beside importing pandas, each in fresh interpreters that take turns; the fastest of each counts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

ROUNDS = 7
PEER = "import pandas"
OURS = ("import ipaas_discovery", "from ipaas_discovery import Discovery", "from ipaas_discovery.cli.app import app")


def seconds(statement: str) -> float:
    """How long a fresh interpreter takes for `statement`, its own start included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def lines() -> Iterator[str]:
    """A line a statement: its ratio to the peer, both less the time an interpreter takes to do nothing."""
    statements = ("pass", PEER, *OURS)
    best = dict.fromkeys(statements, float("inf"))
    for _ in range(ROUNDS):
        for statement in statements:
            best[statement] = min(best[statement], seconds(statement))
    net = {statement: best[statement] - best["pass"] for statement in statements}
    yield f"{PEER}: {net[PEER] * 1000:.0f} ms = 1.00"
    for statement in OURS:
        ratio = net[statement] / net[PEER]
        yield f"{statement}: {net[statement] * 1000:.0f} ms = {ratio:.2f} (wanted: at most 1.30)"
