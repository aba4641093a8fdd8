"""Showing 600 paths of depth 6 beside pandas showing the same frame, and how many bytes a notebook stores."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.showing.census import census
from ipaas_discovery.schemas.showing.presence import presence
from ipaas_discovery.vocabulary import Shape

RECORDS, PAGES, ROUNDS = 240, 12, 5


def records() -> Iterator[dict[str, Any]]:
    """Records with 600 paths, some fields rarer than others, one block only in newer records."""
    chance = random.Random(600)  # noqa: S311  seeded on purpose
    for number in range(RECORDS):
        yield {
            f"block{a}": {
                f"part{b}": [{f"group{c}": {"inner": {"deep": _leaf(chance, a)}}} for c in range(3)]
                for b in range(5)
                if a or number >= RECORDS // 2
            }
            for a in range(5)
        }


def _leaf(chance: random.Random, block: int) -> dict[str, Any]:
    values = (None, "", "text", 12, 1.5)
    return {f"field{at}": chance.choice(values) for at in range(5) if chance.random() < (block + 2) / 6}


def fastest(show: Callable[[], str]) -> tuple[float, int]:
    """Milliseconds of the fastest round, and the length of what is shown."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        shown = show()
        best = min(best, time.perf_counter() - start)
    return best * 1000, len(shown)


def lines() -> Iterator[str]:
    """A line a rendering: its time as a ratio to pandas' own of the schema's frame, and its bytes."""
    pulled = tuple(records())
    schema = observe(pulled)
    received = replace(schema, shape=Shape.CREATE, fields=schema.fields[::2], records=None)
    sizes = (RECORDS // PAGES,) * PAGES
    sample = Sample("Wide", "wide", pulled, Stop.COMPLETE, pages=tuple(range(1, PAGES + 1)), sizes=sizes)
    shown: dict[str, Any] = {
        "schema": schema,
        "shape difference": compare_shapes(schema, received),
        "heat map": presence(sample),
        "census of 60 such collections": census(replace(schema, collection=f"c{at}") for at in range(60)),
    }
    frame = schema.frame()
    peer, size = fastest(frame.to_html)
    yield f"pandas' to_html of {len(frame)} paths: {peer:.0f} ms = 1.00, {size / 1000:.0f} kB"
    for name, value in shown.items():
        for form in ("_repr_html_", "to_markdown"):
            taken, size = fastest(getattr(value, form))
            yield f"{name}, {form.strip('_')}: {taken:.1f} ms = {taken / peer:.2f}, {size / 1000:.0f} kB"
