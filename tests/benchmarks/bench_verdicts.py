"""All verdicts of thirty pairs, executed over 200 records each: seconds, memory, and ratios beside others.

The fields of all pairs together are 5,000, as in a worksheet of that size; every one is mapped both ways, and half of
them have a constraint. Beside it, in the same run: Python's json reads the same records, and jsonschema checks the
same constraints of the same records without a mapping. A third line is of pairs with 5,000 fields each, of which 150
are mapped; as the records of thirty such pairs fill the memory, these share one pair's records.
"""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator
from machine import described

from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.surroundings import Surroundings
from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Method, Shape

PAIRS, FIELDS, RECORDS, MAPPED = 30, 5_000, 200, 150
CALLS = {Method.ADD: "POST /x", Method.UPDATE: "PUT /x/{id}", Method.DELETE: "DELETE /x/{id}"}
KINDS: tuple[tuple[Declared, Callable[[random.Random], Any]], ...] = (
    (Declared(types=("string",), required=True), lambda random: f"text {random.randrange(10**6)}"),
    (Declared(types=("string",), max_length=20), lambda random: "x" * random.randrange(24)),
    (
        Declared(types=("string",), enum=("open", "paid", "void")),
        lambda random: random.choice(("open", "paid", "Void")),
    ),
    (Declared(types=("number",), minimum=0), lambda random: round(random.uniform(-1, 500), 2)),
    (Declared(types=("integer",), format="int32"), lambda random: random.randrange(2**31)),
    (Declared(types=("boolean",)), lambda random: random.random() < 0.5),
    (Declared(types=("string",), format="date-time"), lambda random: f"2026-01-{random.randrange(1, 29):02}T08:00:00Z"),
    (Declared(types=("string",)), lambda random: random.choice((None, "", f"code-{random.randrange(99)}"))),
)


def world(fields: int, seed: int) -> tuple[list[dict[str, Any]], list[tuple[str, Declared]]]:
    """Records and what is declared of their fields; a tenth of these stand in a list of three."""
    chosen = random.Random(seed)  # noqa: S311  a world that is the same each time
    columns = [
        (f"lines[].f{at}" if at % 10 == 9 else f"group{at % 7}.f{at}" if at % 3 else f"f{at}", *KINDS[at % len(KINDS)])
        for at in range(fields)
    ]
    records = []
    for _ in range(RECORDS):
        record: dict[str, Any] = {"lines": [{} for _ in range(3)]}
        for path, _, make in columns:
            holder, _, name = path.rpartition(".")
            into = record["lines"] if holder == "lines[]" else [record.setdefault(holder, {}) if holder else record]
            for place in into:
                place[name] = make(chosen)
        records.append(record)
    return records, [(path, declared) for path, declared, _ in columns]


def judged(pairs: list[tuple[Schema, Schema, list[Mapping], list[dict[str, Any]]]]) -> tuple[float, int]:
    """Seconds of processor for all verdicts of both directions, and how many records passed."""
    start, passed = time.process_time(), 0
    for returned, received, rows, records in pairs:
        for direction in (Direction.TO, Direction.FROM):
            columns = RecordColumns(records)
            for method in Method:
                verdict = check_flow(
                    returned, received, rows, direction=direction, method=method, samples=columns,
                    surroundings=Surroundings(planned=("CUSTOMER",)),
                )  # fmt: skip
                passed += verdict.run.passed if verdict.run else 0
    return time.process_time() - start, passed


def checked(pairs: list[tuple[Schema, Schema, list[Mapping], list[dict[str, Any]]]]) -> float:
    """Seconds that jsonschema needs for the same records and constraints, as often as they are run above.

    Every twentieth record is checked once, and the rest reckoned.
    """
    start = time.process_time()
    for _, received, _, records in pairs:
        validator = Draft202012Validator(received.to_json_schema())
        for record in records[::20]:
            for _ in validator.iter_errors(record):
                pass
    return (time.process_time() - start) * 4 * 20


def line(count: int, fields: int, seed: int) -> str:
    """One world in a line; memory is what the verdicts add to the process, samples not included."""
    pairs = []
    for at in range(count):
        records, declared = world(fields // count, seed + at)
        ours = replace(observe(records), collection="users")
        every = tuple(Field(path, facts) for path, facts in sorted(declared))
        theirs = Schema("CUSTOMER", Shape.CREATE, "iPaaS.com", every, operations=CALLS, source="bench")
        pairs.append(
            (ours, theirs, [Mapping(path, "field", (path,), status="accepted") for path, _ in declared], records)
        )
    texts = [json.dumps(record) for *_, records in pairs for record in records]
    start = time.process_time()
    for text in texts:
        json.loads(text)
    read = time.process_time() - start
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, _ = judged(pairs)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    ratio, beside = seconds / (4 * read), seconds / checked(pairs)
    measured = f"{seconds:.1f} s, {memory:.0f} MB more; {ratio:.1f} x json.loads, {beside:.2f} x jsonschema"
    return f"{6 * count} verdicts of {count} pairs with {fields} fields in all and {RECORDS} records each: {measured}"


def wide_line(count: int, fields: int, mapped: int, seed: int) -> str:
    """Pairs that have many fields each, of which a few are mapped; every eighth field is required."""
    records, declared = world(fields, seed)
    ours = replace(observe(records), collection="users")
    every = tuple(Field(path, facts) for path, facts in sorted(declared))
    rows = [Mapping(path, "field", (path,), status="accepted") for path, _ in declared[:: fields // mapped][:mapped]]
    pairs = [
        (
            replace(ours, source=f"pair {at}"),
            Schema("CUSTOMER", Shape.CREATE, "iPaaS.com", every, operations=CALLS, source=f"bench {at}"),
            rows,
            records,
        )
        for at in range(count)
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, _ = judged(pairs)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    measured = f"{mapped} of them mapped: {seconds:.1f} s, {memory:.0f} MB more"
    return f"{6 * count} verdicts of {count} pairs with {fields} fields and {RECORDS} records each, {measured}"


def lines() -> Iterator[str]:
    """The machine, a line for the whole worksheet, one for a single pair of as many fields, and one of wide pairs."""
    yield described(("jsonschema",))
    yield ""
    yield line(PAIRS, FIELDS, 1)
    yield line(1, FIELDS, 2)
    yield wide_line(PAIRS, FIELDS, MAPPED, 3)
