"""Pulling 20,000 nested orders of 2 kB, 200 a page, beside httpx in a loop, dlt's RESTClient and the limit of parsing.

Peers that are not installed are left out (`pip install -e '.[bench]'`). The server has the first core, the client
another. Ratios are of medians in this run; seconds depend on the machine and what else it does.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import httpx
import msgspec

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.system import System
from ipaas_discovery.systems.connector import Connector
from ipaas_discovery.systems.quiet import garbage_paused

HERE = Path(__file__).parent
PAGES, SIZE = 100, 200
ROUNDS = {0: 5, 20: 3}
"""Rounds at each latency, in milliseconds a page."""
MANY = 30
LONG = 2400
"""Pages of a long pull: a gigabyte."""
PEERS = ("httpx", "msgspec", "orjson", "dlt")


@contextmanager
def served(latency: int, pages: int = PAGES) -> Iterator[str]:
    """The address of a server of its own process."""
    words = [sys.executable, str(HERE / "page_server.py"), str(latency), str(pages)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


def by_hand(address: str) -> int:
    """The usual loop: one connection, page after page."""
    found = []
    with httpx.Client() as client:
        for page in range(1, PAGES + 1):
            found += client.get(f"{address}/orders", params={"page": page, "limit": SIZE}).json()["data"]
    return len(found)


def by_dlt(address: str) -> int:
    """What dlt offers to read an API."""
    from dlt.sources.helpers.rest_client import RESTClient  # noqa: PLC0415  may not be installed
    from dlt.sources.helpers.rest_client.paginators import PageNumberPaginator  # noqa: PLC0415  the same

    paginator = PageNumberPaginator(base_page=1, page_param="page", total_path="pages")
    client = RESTClient(address, paginator=paginator, data_selector="data")
    found = []
    for page in client.paginate("/orders", params={"limit": SIZE}):
        found += page
    return len(found)


def connector(address: str, in_flight: int = 8, collections: int = 1) -> Connector:
    """The server as a connector file would say it."""
    names = ["orders", *(f"c{number}" for number in range(1, collections))]
    return Connector.model_validate(
        {
            "name": "bench",
            "title": "Bench",
            "default_environment": "local",
            "environments": {"local": {"base_url": address}},
            "records": "data",
            "paging": {"kind": "page", "size": "limit", "total": "total", "pages": "pages"},
            "limits": {"in_flight": in_flight},
            "collections": {name: {"list": f"/{name}"} for name in names},
        }
    )


def by_kit(address: str, in_flight: int = 8) -> int:
    """The kit, the whole collection."""
    with System(connector(address, in_flight)) as system:
        return len(system.pull("orders", Plan(pages=PAGES, size=SIZE)))


def parsed(bodies: list[bytes], loads: Callable[[bytes], dict[str, list[object]]]) -> float:
    """Seconds to parse every page and keep it, nothing else, collection of garbage paused."""
    gc.collect()
    start = time.perf_counter()
    with garbage_paused():
        kept = [loads(body)["data"] for body in bodies]
    taken = time.perf_counter() - start
    assert sum(map(len, kept)) == PAGES * SIZE
    return taken


def timed(runs: dict[str, Callable[[str], int]], address: str, rounds: int) -> dict[str, float]:
    """Median seconds of each way, all of them in turn in every round."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            start = time.perf_counter()
            count = run(address)
            taken[name].append(time.perf_counter() - start)
            if count != PAGES * SIZE:
                raise SystemExit(f"{name} read {count} of {PAGES * SIZE} records")
    return {name: median(each) for name, each in taken.items()}


def limits(address: str) -> Iterator[str]:
    """How fast the pages can be parsed at all."""
    loads: dict[str, Callable[[bytes], dict[str, list[object]]]] = {"msgspec": msgspec.json.decode}
    if find_spec("orjson"):
        import orjson  # noqa: PLC0415  may not be installed

        loads["orjson"] = orjson.loads
    loads["json"] = json.loads
    with httpx.Client() as client:
        bodies = [client.get(f"{address}/orders?page={page}").content for page in range(1, PAGES + 1)]
    for name, load in loads.items():
        taken = median(parsed(bodies, load) for _ in range(3))
        yield f"parse limit, {name}: {taken:.2f} s, {PAGES * SIZE / taken:,.0f} records/s"


def speed(latency: int) -> Iterator[str]:
    """A line a way to read all, at one latency."""
    runs: dict[str, Callable[[str], int]] = {"httpx in a loop": by_hand}
    if find_spec("dlt"):
        runs["dlt RESTClient"] = by_dlt
    runs |= {f"the kit, {n} in flight": lambda address, n=n: by_kit(address, n) for n in (1, 8)}
    with served(latency) as address:
        found = timed(runs, address, ROUNDS[latency])
        yield f"{PAGES} pages of {SIZE} at {latency} ms a page, medians of {ROUNDS[latency]}:"
        for name, taken in found.items():
            ratios = [f"{found[peer] / taken:.1f} x {peer}" for peer in list(runs)[:-2] if peer != name]
            yield f"  {name}: {taken:.2f} s" + (f" = {', '.join(ratios)}" if name.startswith("the kit") else "")
        if latency == 0:
            yield from limits(address)


def many() -> Iterator[str]:
    """Several collections in flight together."""
    with served(250) as address, System(connector(address, collections=MANY)) as system:
        start = time.perf_counter()
        found = system.pull_all(system.collections(), Plan(pages=10, size=SIZE))
        taken = time.perf_counter() - start
    pages = sum(each.requests for each in found.values())
    yield f"{MANY} collections, {pages} pages at 250 ms, 8 in flight: {taken:.1f} s (floor {pages * 0.25 / 8:.1f} s)"


def longest() -> Iterator[str]:
    """Peak memory of a gigabyte of pages through the door, a page at a time, in a process of its own."""
    with served(0) as address:
        words = [sys.executable, __file__, address]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    yield done.stdout.strip()


def long_pull(address: str) -> str:
    """Every page fetched, unpacked, parsed and let go."""

    def peak() -> float:  # of this program alone; getrusage remembers the one that started it
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    if not Path("/proc/self/status").exists():
        return "peak memory is read from /proc, which this system has not"
    before, size = peak(), 0
    with System(connector(address)) as system, garbage_paused():
        for page in range(LONG):
            answer = system.client.get("/orders", {"page": page % PAGES + 1})
            size += int(answer.headers["x-length"])
            assert len(answer.body["data"]) == SIZE
    return f"{size / 1024**3:.2f} GB of pages, one at a time: peak {peak():.0f} MB (before the pull {before:.0f} MB)"


def _versions() -> str:
    found = {}
    for name in PEERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    about = ", ".join(f"{name} {number}" for name, number in found.items())
    return (
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {cores} cores, Python {platform.python_version()}, {about}"
    )


def lines() -> Iterator[str]:
    """What was run and how it compares."""
    yield _versions()
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    if before:
        os.sched_setaffinity(0, {max(before)})
    try:
        for latency in ROUNDS:
            yield from speed(latency)
        yield from many()
        yield from longest()
    finally:
        if before:
            os.sched_setaffinity(0, before)


if __name__ == "__main__":
    for line in [long_pull(sys.argv[1])] if len(sys.argv) > 1 else lines():
        print(line, flush=True)  # noqa: T201  a command's answer
