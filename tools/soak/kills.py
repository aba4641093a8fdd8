"""Kills at random instants: what a child said is saved is still there, and no draft is left behind."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import httpx

from ipaas_discovery import DiscoveryError, Worksheet
from tools.soak.savers import ABOUT, URL, recorded
from tools.soak.trial import Trial

__all__ = ["kill"]


def kill(times: int, seed: int) -> Trial:
    """Kill a saver `times` times in one folder, each time within a third of a second of its first save."""
    trial = Trial("The process is killed at a random instant", "the next run goes on with what was saved")
    chance = random.Random(seed)  # noqa: S311  a seed makes a soak that can be repeated
    with TemporaryDirectory() as name:
        folder, saved = Path(name), 0
        for _ in range(times):
            told = _killed(folder, saved + 1, chance.uniform(0, 0.3))
            if not told:
                trial.wrong.append("the next run did not go on")
            saved = max([saved, *told])
            trial.tried += 1
            trial.wrong += _losses(folder, saved)
    return trial


def _killed(folder: Path, first: int, seconds: float) -> list[int]:
    """Run a saver until some time after its first save; return what it said is saved."""
    call = [sys.executable, "-m", "tools.soak.savers", str(folder), str(first)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  our own module
        stdout = child.stdout or sys.stdin
        lines = [stdout.readline()]
        timer = Timer(seconds, child.kill)
        timer.start()
        lines += stdout.readlines()
        timer.join()
    return [int(line) for line in lines if line.endswith("\n")]


def _losses(folder: Path, saved: int) -> Iterator[str]:
    """Yield what is missing or damaged of what was saved."""
    try:
        entries = Worksheet.load(folder / "worksheet.yaml").entries
        if not any(entry.collection == f"C{saved}" for entry in entries):
            yield f"entry {saved} of the worksheet is missing"
        transport = recorded(folder)
        transport._inner = httpx.MockTransport(_refuse)  # type: ignore[attr-defined]  # noqa: SLF001  what is stored needs nobody
        transport.handle_request(httpx.Request("GET", URL.format(saved))).read()
    except (DiscoveryError, httpx.HTTPError) as error:
        yield str(error)
    bodies = (folder / "store").rglob(".*.tmp")
    yield from (f"{path.name} was left behind" for path in bodies)


def _refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError(f"{request.url} of {ABOUT.connector} was lost", request=request)
