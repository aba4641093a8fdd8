"""However a source is split, and whoever counts the parts, the result is the same."""

from __future__ import annotations

import gc
import gzip
import json
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from dask.distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.observing import scale
from ipaas_discovery.schemas.observing.distinct import DISTINCT_CAP
from ipaas_discovery.schemas.observing.from_tally import observed, variants
from ipaas_discovery.schemas.observing.json_lines import Part
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.observing.scale import FileStretch, RecordBatch


def orders(count):
    return [
        {
            "id": number,
            "token": f"T{number * 7919 % 100_003:06}",
            "status": "paid" if number % 3 else "open",
            "note": None if number % 3 else "",
            "lines": [{"sku": f"S-{number % 7}", "qty": number % 5}] * (number % 4),
            "customer": {"name": f"Person {number}", **({"vat": "X1"} if number % 50 == 0 else {})},
            "stock": {str(number % 60): number},
        }
        for number in range(count)
    ]


class Counting(Executor):
    """Counts at once, in this thread, and how often it is asked."""

    def __init__(self):
        self.tasks = []

    def submit(self, fn, /, *args, **kwargs):
        self.tasks.append(args[0])
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "orders.jsonl"
    lines = [json.dumps(each) for each in orders(1_500)]
    lines[700] = "oops"
    path.write_text("\n".join(lines) + "\n")
    return path


def in_parts(monkeypatch, path, parts):
    monkeypatch.setattr(scale, "SHORTEST", -(-path.stat().st_size // parts))
    monkeypatch.setattr(scale, "STRETCHES", parts)


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_a_file_in_parts_is_the_file(export, monkeypatch, parts):
    alone = observe(export)
    in_parts(monkeypatch, export, parts)
    executor = Counting()
    assert observe(export, executor=executor) == alone
    assert len(executor.tasks) == parts
    assert all(isinstance(task, FileStretch) for task in executor.tasks)
    assert [(each.count, each.lines) for each in alone.problems] == [(1, (701,))]


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_records_in_parts_are_the_records(monkeypatch, parts):
    records = [*orders(700), 5]
    alone = observe(records)
    monkeypatch.setattr(scale, "PART_RECORDS", -(-701 // parts))
    executor = Counting()
    assert observe(iter(records), executor=executor) == alone
    assert len(executor.tasks) == parts


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_beyond_the_cap_counts_are_the_same_and_estimates_within_their_error(tmp_path, monkeypatch, parts):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in orders(4 * DISTINCT_CAP)))
    alone = observe(path)
    in_parts(monkeypatch, path, parts)
    with ThreadPoolExecutor(2) as executor:
        schema = observe(path, executor=executor)
    sketched = 0
    for mine, theirs in zip(alone.fields, schema.fields, strict=True):
        loose = {"top": (), "top_error": 0, "examples": ()} if mine.observed.distinct_error else {}
        assert replace(mine.observed, **loose) == replace(theirs.observed, **loose)
        sketched += bool(loose)
    assert sketched >= 3


LINES = st.lists(
    st.sampled_from([b'{"a": 1}', b"", b"oops", b'{"b": [1, 2]}', b"5", b'{"a": "\xc3\xa9"}']), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(
    LINES,
    st.booleans(),
    st.sampled_from([b"\n", b"\r\n"]),
    st.lists(st.integers(0, 150), max_size=6),
    st.integers(1, 40),
)
def test_every_line_is_in_just_one_stretch_wherever_it_is_cut(tmp_path_factory, lines, ended, ending, cuts, block):
    path = tmp_path_factory.getbasetemp() / "cut.jsonl"
    content = ending.join(lines) + ending * ended
    path.write_bytes(content)
    edges = [0, *sorted({cut for cut in cuts if cut < len(content)}), len(content)]
    whole, merged = Part(), Part()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scale, "BLOCK", block)
        FileStretch(str(path), 0, len(content)).count(whole)
        for start, end in pairwise(edges):
            part = Part()
            FileStretch(str(path), start, end).count(part)
            merged.merge(part)
    assert observed(merged.tally) == observed(whole.tally)
    assert variants(merged.tally) == variants(whole.tally)
    assert merged.problems() == whole.problems()
    assert merged.tally.records == whole.tally.records


def test_parts_merge_in_any_grouping():
    groups = [orders(40)[start::3] for start in range(3)]

    def part(records):
        made = Part()
        RecordBatch(records).count(made)
        return made

    left, right = part(groups[0]), part(groups[1])
    left.merge(right)
    left.merge(part(groups[2]))
    inner, outer = part(groups[1]), part(groups[0])
    inner.merge(part(groups[2]))
    outer.merge(inner)
    assert observed(left.tally) == observed(outer.tally)
    assert (left.lines, left.tally.records) == (outer.lines, outer.tally.records) == (40, 40)


@pytest.mark.parametrize("packed", [False, True])
def test_a_pool_of_processes_gives_the_same(export, tmp_path, monkeypatch, packed):
    path = export
    if packed:
        path = tmp_path / "orders.jsonl.gz"
        path.write_bytes(gzip.compress(export.read_bytes()))
    alone = observe(path)
    in_parts(monkeypatch, path, 4)
    monkeypatch.setattr(scale, "BLOCK", 50_000)
    with ProcessPoolExecutor(2) as executor:
        assert observe(path, executor=executor) == alone


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_cluster_of_dask_gives_the_same(export, monkeypatch):
    alone = observe(export)
    in_parts(monkeypatch, export, 3)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        assert observe(export, executor=client.get_executor()) == alone
        assert observe(orders(50), executor=client.get_executor()) == observe(orders(50))


class Lost(Executor):
    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(BrokenExecutor("it ran out of memory"))
        return future


def test_a_lost_worker_is_said_without_a_traceback(export):
    with pytest.raises(SourceError, match="worker was lost.*memory"):
        observe(export, executor=Lost())


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_collection_is_left_as_it_was_found(export, enabled):
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        observe(export)
        assert gc.isenabled() is enabled
        with pytest.raises(ZeroDivisionError):
            observe(1 / 0 for _ in range(3))
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_a_file_that_changed_to_nothing_while_read_is_an_empty_one(export, monkeypatch):
    stretch = FileStretch(str(export), 100, export.stat().st_size)
    export.write_bytes(b"")
    part = Part()
    stretch.count(part)
    assert part.tally.records == 0
