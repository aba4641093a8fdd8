"""What share of a collection's paths each way of sampling finds, and for how many calls.

Ten made-up collections of 20,000 records and up to 130 paths, rare ones tied to a status, a kind, or a tenth of the
time; the mean of the ten. No clock is involved: the same numbers come on every machine.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import system
from samples.fakes_paging import Api

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.saturation import paths_of

COUNT, COLLECTIONS = 20_000, 10
SPECS = {
    "list": "/orders",
    "sort": {"newest": {"sort": "-updated_at"}, "oldest": {"sort": "updated_at"}},
    "filters": {"status": ["open"]},
}
WAYS = {
    "the first 100": Plan(pages=1, size=100, edges=False, until_quiet=0),
    "the first page of 200": Plan(pages=1, size=200, edges=False, until_quiet=0),
    "ten spaced pages of 20": Plan(edges=False, until_quiet=0),
    "the same, newest, oldest and filter values": Plan(until_quiet=0),
    "the same, until 3 are quiet": Plan(until_quiet=3),
    "**the same, until 5 are quiet** (the default)": Plan(),
    "the same, until 10 are quiet": Plan(until_quiet=10),
}


def lines() -> Iterator[str]:
    """A Markdown table, a row a way."""
    found: dict[str, list[tuple[int, int, float, float]]] = {name: [] for name in WAYS}
    for seed in range(COLLECTIONS):
        records = _collection(random.Random(seed))  # noqa: S311  made-up records, no secret
        presence: dict[str, int] = {}
        for record in records:
            for path in paths_of(record):
                presence[path] = presence.get(path, 0) + 1
        for name, plan in WAYS.items():
            found[name].append(_tried(records, presence, plan))
    yield "| way | calls | records | paths found | commonest path missed: present in |"
    yield "|---|--:|--:|--:|--:|"
    for name, each in found.items():
        calls, read, share, missed = (sum(column) / COLLECTIONS for column in zip(*each, strict=True))
        yield f"| {name} | {calls:.0f} | {read:.0f} | {share:.1%} | {missed:.2%} |"


def _tried(records: list[dict[str, Any]], presence: dict[str, int], plan: Plan) -> tuple[int, int, float, float]:
    api = Api(records, most=250, sort=True, filters=("status",))
    paging = {"kind": "page", "size": "limit", "total": "total"}
    with system({"/orders": api}, {"orders": SPECS}, records="data", paging=paging) as there:
        sample = there.pull("orders", plan)
    seen = {path for record in sample.records for path in paths_of(record)}
    missed = max((count for path, count in presence.items() if path not in seen), default=0)
    return sample.requests, len(sample), len(seen) / len(presence), missed / COUNT


def _collection(chance: random.Random) -> list[dict[str, Any]]:
    """Records in the order of time; rare states and kinds have paths of their own, and some paths have their time."""
    return [_record(chance, number) for number in range(COUNT)]


def _record(chance: random.Random, number: int) -> dict[str, Any]:
    record: dict[str, Any] = {f"common_{each}": 1 for each in range(60)}
    record |= {"id": number, "updated_at": f"{2015 + number * 10 // COUNT}-01-01T00:00:00Z"}
    record["status"] = chance.choices(["open", "paid", "void", "held"], [70, 20, 8, 2])[0]
    record["kind"] = chance.choices(["retail", "trade", "staff"], [80, 19, 1])[0]
    for value, rare in ((record["status"], "held"), (record["kind"], "staff")):
        record |= {f"{rare}_{each}": 1 for each in range(12) if value == rare and chance.random() < 0.5}
    record |= {f"sparse_{each}": 1 for each in range(20) if chance.random() < 0.3 / (each + 1) ** 1.5}
    for each in range(22):
        begins = each * COUNT // 22
        if begins <= number < begins + COUNT // 10 and chance.random() < 0.2:
            record[f"of_its_time_{each}"] = 1
    return record
