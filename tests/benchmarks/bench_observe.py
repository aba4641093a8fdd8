"""Observing 50,000 nested orders of 3.4 kB as JSON lines, beside the limit of parsing and what others offer.

Every way runs in a process of its own, started anew for each round; all ways take turns. Seconds are by the clock,
without what a process does once: its start, imports, a look into the keyring, compiled patterns. They are medians, and
a ratio is the median of the rounds' ratios. ydata-profiling wants an older pandas than the kit, so it is asked in an
environment of its own (`make bench` makes it).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median

from machine import described
from orders import write

HERE = Path(__file__).parent
ORDERS, ROUNDS = 50_000, 5
SHORT, LONG = 5_000, 500_000
"""Orders of a tenth and of ten times the length: 17 MB and 1.7 GB."""
PEER_PYTHON = Path(os.environ.get("YDATA_PYTHON", ".venv-ydata/bin/python"))
Round = dict[str, dict[str, float]]
"""What each way took and needed, one after the other."""
BARE, GENSON, DASK = "orjson alone", "genson", "the kit, Dask, 2 workers"
ONE, TWO = "**the kit**", "**the kit, 2 processes**"
WAYS = {BARE: "bare", GENSON: "genson", ONE: "one", TWO: "two", DASK: "dask"}


@dataclass(frozen=True)
class Floor:
    """What was wanted, and what came."""

    name: str
    least: float
    most: float
    came: float
    form: str = "{:.2f}"

    def row(self) -> str:
        """It as a row of Markdown."""
        ends = [self.form.format(end) for end in (self.least, self.most) if 0 < end < inf]
        word = "" if len(ends) > 1 else "at least " if self.least else "at most "
        mark = "✓" if self.least <= self.came <= self.most else "✗"
        return f"| {self.name} | {word}{' to '.join(ends)} | {self.form.format(self.came)} {mark} |"


def lines() -> Iterator[str]:
    """The measurements as Markdown."""
    yield described(("msgspec", "numpy", "orjson", "genson", "distributed"))
    yield ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder / "orders.jsonl", ORDERS)
        rounds = [{way: ask(word, path) for way, word in WAYS.items()} for _ in range(ROUNDS)]
        yield from table(rounds, path.stat().st_size / 1e6)
        yield from limits(rounds, path)
        yield from floors(rounds, path, write(folder / "short.jsonl", SHORT), write(folder / "long.jsonl", LONG))


def limits(rounds: list[Round], path: Path) -> Iterator[str]:
    """Where the time goes, found by leaving things out."""
    whole = median(each[ONE]["seconds"] for each in rounds)
    parsed, apart = (median(ask(way, path)["seconds"] for _ in range(ROUNDS)) / whole for way in ("parsed", "apart"))
    yield (
        f"Where the kit's time goes: {parsed:.0%} parsing, {apart - parsed:.0%} taking records apart into columns by "
        f"type and checking the bytes for what a parser hides, {1 - apart:.0%} counting values, their formats and "
        "lengths. What limits next is the last: each value that is new to its field costs a hash, a pattern and an "
        "entry in a sketch, about 0.3 µs in all; only compiled code would do that in less."
    )
    yield ""


def floors(rounds: list[Round], path: Path, short: Path, long: Path) -> Iterator[str]:
    """What was wanted beside what came."""
    sizes = {each: each.stat().st_size / 1e6 for each in (path, short, long)}
    brief = median(ask("one", short)["seconds"] for _ in range(ROUNDS)) / sizes[short]
    whole, told, ours = ask("one", long), ydata(short), median(ask("told", short)["seconds"] for _ in range(ROUNDS))
    rate = median(each[ONE]["seconds"] for each in rounds) / sizes[path]
    found = [
        Floor("share of what orjson alone parses", 0.15, inf, ratio(rounds, BARE, ONE), "{:.1%}"),
        Floor("times genson", 1.2, inf, ratio(rounds, GENSON, ONE)),
        Floor("two processes, times one", 1.8, inf, ratio(rounds, ONE, TWO)),
        Floor(f"time a MB at {sizes[path]:.0f} MB, of that at {sizes[short]:.0f} MB", 0.9, 1.1, rate / brief),
        Floor(
            f"time a MB at {sizes[long]:,.0f} MB, of that at {sizes[short]:.0f} MB",
            0.9, 1.1, whole["seconds"] / sizes[long] / brief,
        ),
        Floor(f"peak MB at {sizes[long]:,.0f} MB", 0, 150, whole["peak"], "{:.0f}"),
    ]  # fmt: skip
    if told:
        found.append(Floor("times ydata-profiling (minimal), both to JSON", 12, inf, told["seconds"] / ours, "{:.1f}"))
    yield "| | wanted | came |"
    yield "|---|--:|--:|"
    yield from (each.row() for each in found)
    yield ""
    if told:
        versions = f"ydata-profiling {told['version']}, pandas {told['pandas']}"
        alone = f"{told['described']:.1f} s for its description alone, {told['described'] / brief / sizes[short]:.1f} x"
        yield (
            f"{versions}: {told['seconds']:.1f} s for {SHORT:,} orders, flattened by json_normalize, lists as text; "
            f"{alone} the kit's schema alone."
        )
    else:
        yield "ydata-profiling was not there to be asked."


def table(rounds: list[Round], size: float) -> Iterator[str]:
    """Every way beside parsing alone, and beside the nearest peer."""
    yield f"{ORDERS:,} orders, {size:.0f} MB, {rounds[0][ONE]['paths']} paths, {ROUNDS} rounds:"
    yield ""
    yield f"| way | s | MB/s | share of {BARE} | x genson | peak MB |"
    yield "|---|--:|--:|--:|--:|--:|"
    for way in WAYS:
        seconds = median(each[way]["seconds"] for each in rounds)
        share, times = (ratio(rounds, peer, way) for peer in (BARE, GENSON))
        peak = max(each[way]["peak"] for each in rounds)
        yield f"| {way} | {seconds:.2f} | {size / seconds:.1f} | {share:.1%} | {times:.2f} | {peak:.0f} |"
    yield ""


def ratio(rounds: list[Round], peer: str, name: str) -> float:
    """How many times as fast as `peer` a way is."""
    return median(each[peer]["seconds"] / each[name]["seconds"] for each in rounds)


def ask(way: str, path: Path) -> dict[str, float]:
    """What one way took, in a process of its own."""
    words = [sys.executable, str(HERE / "observe_ways.py"), way, str(path)]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def ydata(path: Path) -> dict[str, float] | None:
    """What ydata-profiling took, where it is installed."""
    if not PEER_PYTHON.exists():
        return None
    words = [str(PEER_PYTHON), str(HERE / "ydata_way.py"), str(path)]
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])
