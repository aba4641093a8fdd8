"""Pulling 20,000 nested orders of about 2 kB, 200 a page, beside what others offer and the limit of parsing.

Peers that are not installed are left out (`pip install -e '.[bench]'`). The server has the first core, the client
the last. All ways take turns; seconds are medians, a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import gc
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import httpx
from machine import described, on_a_core_of_its_own, peak
from ways import IN_FLIGHT, PAGES, SIZE, by_bare_tools, by_dlt, by_hand, by_kit, connector, parsers, served

from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System

ROUNDS = 5
REPLAYS = 9
"""Rounds of what is quick and close to each other."""
MANY, EACH, PATIENCE = 30, 10, 250
"""Collections, pages of each, and milliseconds a page."""
LONG = 2520
"""Pages of a long pull: more than a gigabyte."""
HAND, DLT, BARE = "httpx, page after page", "dlt RESTClient", "httpx in 8 threads, orjson, no collector: no kit at all"
ALONE, EIGHT = "the kit, 1 in flight", "**the kit, 8 in flight**"


@dataclass
class Turns:
    """Seconds of each way, round by round: by the clock, and of the processor in this process."""

    clock: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def take(self, name: str, run: Callable[[], int]) -> None:
        """Run it once."""
        gc.collect()
        clock, cpu = time.perf_counter(), time.process_time()
        count = run()
        self.clock.setdefault(name, []).append(time.perf_counter() - clock)
        self.cpu.setdefault(name, []).append(time.process_time() - cpu)
        if count != PAGES * SIZE:
            raise SystemExit(f"{name} read {count} of {PAGES * SIZE} records")

    def ratio(self, name: str, peer: str) -> float:
        """How many times faster than `peer` it is; 0 where the peer did not run."""
        pairs = zip(self.clock.get(peer, []), self.clock[name], strict=False)
        return median([theirs / ours for theirs, ours in pairs] or [0.0])

    def rows(self, *peers: str) -> Iterator[str]:
        """A table, one row a way."""
        shown = [peer for peer in peers if peer in self.clock]
        yield " | ".join(["| way", "s", "CPU s", "records/s", *(f"x {peer}" for peer in shown)]) + " |"
        yield "|---" + "|--:" * (3 + len(shown)) + "|"
        for name, taken in self.clock.items():
            seconds = median(taken)
            ratios = [f"{self.ratio(name, peer):.2f}" for peer in shown]
            cells = [f"{seconds:.2f}", f"{median(self.cpu[name]):.2f}", f"{PAGES * SIZE / seconds:,.0f}", *ratios]
            yield f"| {name} | {' | '.join(cells)} |"


@dataclass
class Floors:
    """What was wanted and what came."""

    rows: list[str] = field(default_factory=list)

    def add(self, what: str, wanted: str, measured: str, *, met: bool) -> None:
        """One more."""
        self.rows.append(f"| {what} | {wanted} | {measured} | {'yes' if met else '**no**'} |")

    def ratio(self, what: str, wanted: float, measured: float) -> None:
        """A ratio that was wanted to be at least so much; nothing where the peer did not run."""
        if measured:
            self.add(what, f"≥ {wanted:g} x", f"{measured:.2f} x", met=measured >= wanted)


def at(latency: int, floors: Floors) -> Iterator[str]:
    """All ways at one latency."""
    yield f"## {PAGES} pages of {SIZE} orders, {latency} ms a page"
    yield ""
    found = Turns()
    with served(latency) as address:
        for _ in range(ROUNDS):
            found.take(HAND, lambda: by_hand(address))
            if find_spec("dlt"):
                found.take(DLT, lambda: by_dlt(address))
            found.take(BARE, lambda: by_bare_tools(address))
            found.take(ALONE, lambda: by_kit(address, 1))
            found.take(EIGHT, lambda: by_kit(address))
        yield from found.rows(HAND, DLT)
        if latency == 0:
            yield ""
            yield from limits(address)
    yield ""
    floors.ratio(f"{latency} ms a page, beside {HAND}", 5 if latency else 2.5, found.ratio(EIGHT, HAND))
    if latency:
        floors.ratio(f"{latency} ms a page, beside {DLT}", 8, found.ratio(EIGHT, DLT))


def limits(address: str) -> Iterator[str]:
    """How fast the pages can be parsed and kept at all, on one core, no collector in the way."""
    with httpx.Client() as client:
        bodies = [client.get(f"{address}/orders?page={page}").content for page in range(1, PAGES + 1)]
    yield f"The limit, {sum(map(len, bodies)) / 1e6:.0f} MB parsed and kept and nothing else:"
    yield ""
    found = Turns()
    with gc_paused():
        for _ in range(ROUNDS):
            for name, loads in parsers():
                found.take(name, lambda loads=loads: sum(map(len, [loads(body)["data"] for body in bodies])))
    yield from found.rows()


def store(floors: Floors) -> Iterator[str]:
    """Recording, and replaying what was recorded."""
    yield "## The store, 0 ms a page"
    yield ""
    live, again, found = "live, nothing stored", "**replayed**", Turns()
    with served(0) as address, tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(REPLAYS):
            if number % 4 == 0:
                kept = AnswerPolicy(root / f"redacted{number}")
                found.take("redacted and recorded", lambda kept=kept: by_kit(address, answers=kept))
                raw = AnswerPolicy(root / f"raw{number}", raw=True)
                found.take("recorded as it is (`--raw`)", lambda raw=raw: by_kit(address, answers=raw))
            found.take(live, lambda: by_kit(address))
            found.take(again, lambda kept=kept: by_kit(address, answers=kept))
    yield from found.rows(live)
    yield ""
    floors.ratio("replay beside a live server at 0 ms", 1, found.ratio(again, live))


def many(floors: Floors) -> Iterator[str]:
    """Several collections in flight together."""
    with served(PATIENCE, EACH) as address, System(connector(address, collections=MANY)) as system:
        start = time.perf_counter()
        found = system.pull_all(system.collections(), Plan(pages=EACH, size=SIZE))
        taken = time.perf_counter() - start
    pages = sum(each.requests for each in found.values())
    alone, least = pages * PATIENCE / 1000, pages * PATIENCE / 1000 / IN_FLIGHT
    yield f"## {MANY} collections, {pages} pages, {PATIENCE} ms a page"
    yield ""
    yield f"{taken:.1f} s with {IN_FLIGHT} in flight; latency alone takes {least:.1f} s, one by one {alone:.0f} s."
    yield ""
    floors.add(f"{MANY} collections x {EACH} pages x {PATIENCE} ms", "< 12 s", f"{taken:.1f} s", met=taken < 12)


def longest(floors: Floors) -> Iterator[str]:
    """Peak memory of a gigabyte of pages into the store, redacted, in a process of its own."""
    with served(0, LONG) as address, tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, __file__, address, folder], stdout=subprocess.PIPE, text=True, check=True
        )
    most, before, size, *claims = done.stdout.split("\n")
    yield "## A gigabyte into the store, redacted, and out of it"
    yield ""
    yield f"{float(size) / 1e9:.2f} GB of pages; peak {most} MB, of which the program before the pull {before} MB."
    yield ""
    yield from (f"- {claim}" for claim in claims if claim)
    yield ""
    floors.add("peak memory of 1 GB to the store", "< 300 MB", f"{most} MB", met=float(most) < 300)


def long_pull(address: str, folder: str) -> Iterator[str]:
    """Every order recorded, then replayed, page by page."""
    before, done = peak(), []
    for _ in range(2):
        with System(connector(address), answers=AnswerPolicy(Path(folder))) as system:
            start, extract = time.perf_counter(), system.extract("orders", size=SIZE)
            count = sum(1 for _ in extract)
            system.finish()
            how = "replayed" if system.replayed else "recorded"
            done.append(f"{how} in {time.perf_counter() - start:.0f} s: {extract.claim}")
            assert count == LONG * SIZE
    with httpx.Client() as client:
        page = len(client.get(f"{address}/orders?page=1").content)
    yield from (f"{peak():.0f}", f"{before:.0f}", str(page * LONG), *done)


def lines() -> Iterator[str]:
    """What was run, how it compares, and which floors are met."""
    os.environ.setdefault("IPAAS_DISCOVERY_KEY", secrets.token_hex(16))
    floors = Floors()
    yield f"{described(('httpx', 'dlt', 'msgspec', 'orjson', 'zlib-ng'))}."
    yield "The server has the first core, the client the last. All ways take turns: seconds are medians, a ratio is the"
    yield "median of the rounds' ratios. CPU seconds are the client's."
    yield ""
    with on_a_core_of_its_own():
        yield from at(0, floors)
        yield from at(20, floors)
        yield from store(floors)
        yield from many(floors)
        yield from longest(floors)
    yield from ("## Floors", "", "| what | wanted | measured | met |", "|---|--:|--:|---|", *floors.rows)


if __name__ == "__main__":
    for line in long_pull(*sys.argv[1:]):
        print(line)  # noqa: T201  read by `longest`
