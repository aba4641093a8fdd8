"""One way through a file of JSON lines, timed: `python observe_ways.py WAY FILE` prints seconds and peak memory."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import msgspec
import orjson
from machine import peak

from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import redaction_key
from ipaas_discovery.schemas.observing.distinct import Values
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.observing.scale import BLOCK


def bare(path: Path) -> Callable[[], int]:
    """Parse each line and forget it; no collector."""

    def run() -> int:
        gc.disable()
        with path.open("rb") as file:
            for line in file:
                orjson.loads(line)
        return 0

    return run


def genson(path: Path) -> Callable[[], int]:
    """Types and what is required, from what orjson parses."""
    from genson import SchemaBuilder  # noqa: PLC0415  one peer of several

    def run() -> int:
        builder = SchemaBuilder()
        with path.open("rb") as file:
            for line in file:
                builder.add_object(orjson.loads(line))
        return len(builder.to_schema()["properties"])

    return run


def parsed(path: Path) -> Callable[[], int]:
    """What the kit does first, alone: parse a block of lines."""

    def run() -> int:
        decode = msgspec.json.Decoder().decode_lines
        gc.disable()
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decode(block + file.readline())
        return 0

    return run


def apart(path: Path) -> Callable[[], int]:
    """The kit without counting values: it parses, and takes records apart into columns by type."""
    Values.add = lambda *_: None  # type: ignore[method-assign]
    return one(path)


def one(path: Path) -> Callable[[], int]:
    """The kit; what a process does once, however many files it reads, is not timed.

    That is to import, to ask the keyring, and to compile the patterns of the formats that it meets.
    """
    import numpy as np  # noqa: F401, PLC0415  imports are not timed

    import ipaas_discovery.schemas.observing.masking  # noqa: F401, PLC0415  imports are not timed

    redaction_key()
    with path.open("rb") as file:
        observe([orjson.loads(line) for line in islice(file, 100)])
    return lambda: len(observe(path).fields)


def told(path: Path) -> Callable[[], int]:
    """The kit, and all that it found as JSON."""
    one(path)
    return lambda: len(json.dumps(observe(path).to_dict()))


def two(path: Path) -> Callable[[], int]:
    """The kit with two processes that are already there."""
    pool = ProcessPoolExecutor(2)
    warm = path.with_name("warm.jsonl")
    warm.write_bytes(b"".join(b'{"n":%d,"s":"%d"}\n' % (n, n) for n in range(400_000)))
    observe(warm, executor=pool)
    return lambda: len(observe(path, executor=pool).fields)


def dask(path: Path) -> Callable[[], int]:
    """The kit on a cluster of this machine."""
    from dask.distributed import Client, LocalCluster  # noqa: PLC0415  one peer of several

    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    executor = Client(cluster).get_executor()
    return lambda: len(observe(path, executor=executor).fields)


if __name__ == "__main__":
    run = {each.__name__: each for each in (bare, genson, parsed, apart, one, told, two, dask)}[sys.argv[1]](
        Path(sys.argv[2])
    )
    start = time.perf_counter()
    paths = run()
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak(), "paths": paths}), flush=True)  # noqa: T201  its answer
