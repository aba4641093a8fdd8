"""What one Discovery computed, the next one reads: as long as nothing that it was computed from has changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from workspaces import snapshot, write_settings

from ipaas_discovery import CollectionBrowser, Discovery, MatchBoard, Worksheet
from ipaas_discovery.caching import digests
from ipaas_discovery.caching.day_ahead import day_computed_beside
from ipaas_discovery.caching.value_file import ValueFile
from ipaas_discovery.sandbox.sandbox_data import shipped_folder
from ipaas_discovery.sandbox.sandbox_records import load
from ipaas_discovery.sandbox.serve import apps
from ipaas_discovery.systems.http.network import in_process
from ipaas_discovery.worksheet.exports.content import OF_PAIR, content

pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture(scope="module")
def computed_once(tmp_path_factory, kept):
    """A workspace in which everything was computed and kept."""
    folder = tmp_path_factory.mktemp("kept")
    with Discovery.open(write_settings(folder)) as discovery:
        discovery.worksheet.save()
        discovery.baseline()
    return folder


@pytest.fixture
def settings(computed_once, tmp_path):
    shutil.copytree(computed_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data" / "discovery.toml"


@pytest.fixture
def pulls(monkeypatch):
    """The calls that ask both systems."""
    calls = []
    ask = Discovery._ask

    def asked(self):
        calls.append(self)
        return ask(self)

    monkeypatch.setattr(Discovery, "_ask", asked)
    return calls


def computed(discovery):
    """The names of what was computed, not read."""
    everything(discovery)
    return {place[0] for place in discovery._analysed().computed}


def everything(discovery):
    comparisons = [discovery.compare(pair.ipaas).to_dict() for pair in discovery.pairs]
    return comparisons, discovery.verdicts().to_dict(), list(discovery.entries()), discovery.baseline()


def test_the_second_one_asks_and_computes_nothing_and_says_the_same(settings, pulls, tmp_path):
    with Discovery.open(settings) as second:
        read = everything(second)
        assert not pulls
        assert second._analysed().computed == set()
    shutil.rmtree(settings.parent / ".cache")
    with Discovery.open(settings) as third:
        assert everything(third) == read
        assert len(pulls) == 1
        assert third.problems == second.problems
        assert third.notes == second.notes


def test_samples_are_the_ones_that_were_pulled(settings):
    with Discovery.open(settings) as discovery:
        pairs = discovery.records("CUSTOMER")
        assert (pairs.left, pairs.right) == discovery.samples("CUSTOMER")
        assert pairs.left is discovery.samples("CUSTOMER")[0]


def test_a_changed_record_is_another_pull(settings, pulls, tmp_path, monkeypatch):
    records = tmp_path / "records"
    shutil.copytree(shipped_folder(), records)
    file = records / "store" / "customers.json"
    customers = json.loads(file.read_text(encoding="utf-8"))
    customers[0]["first_name"] = "Changed"
    file.write_text(json.dumps(customers), encoding="utf-8")
    monkeypatch.setenv("IPAAS_DISCOVERY_RECORDS", str(records))
    load.cache_clear()
    with Discovery.open(settings) as discovery:
        assert computed(discovery)
        assert len(pulls) == 1
    load.cache_clear()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("size = 10", "size = 9"),
        ("pages = 2", "pages = 1"),
        ('ipaas = "LOCATION"\nthird_party = "locations"', 'ipaas = "PRODUCT"\nthird_party = "products"'),
        ("[sample]", '[lists]\nfold = ["customers.form_fields"]\n[sample]'),
    ],
)
def test_other_settings_are_another_pull_or_analysis(settings, before, after):
    text = settings.read_text()
    assert before in text
    settings.write_text(text.replace(before, after))
    with Discovery.open(settings) as discovery:
        assert computed(discovery)


def test_another_day_is_another_pull(settings, pulls):
    with Discovery.open(settings, day="2026-10-26") as discovery:
        assert computed(discovery)
    assert len(pulls) == 1


def test_another_program_reads_nothing_of_it(settings, pulls, monkeypatch):
    monkeypatch.setattr(digests, "version", lambda _: "99")
    digests.program_digest.cache_clear()
    with Discovery.open(settings) as discovery:
        assert computed(discovery)
    assert len(pulls) == 1
    digests.program_digest.cache_clear()


def test_what_people_say_counts_at_once(settings):
    with Discovery.open(settings) as discovery:
        discovery.worksheet.constant("CUSTOMER", "to", "comment", "from the shop", by="Ann")
        said = discovery.verdicts("CUSTOMER").to_dict()
        discovery.worksheet.save()
    with Discovery.open(settings) as again:
        assert again.verdicts("CUSTOMER").to_dict() == said
        assert again._analysed().computed == set()  # what was drafted to be saved was kept, under these words
        everything(again)
        assert again._analysed().computed == set()


def test_the_browser_and_one_pair_draft_no_other(settings):
    shutil.rmtree(settings.parent / ".cache", ignore_errors=True)
    with Discovery.open(settings) as discovery:
        saved = discovery.worksheet.path.read_bytes()
        shutil.rmtree(settings.parent / ".cache")
    with Discovery.open(settings) as again:
        CollectionBrowser(again)
        judged = {place[1].ipaas for place in again._analysed().results if place[0] in {"_compared", "_judged"}}
        assert judged == set()
        again.worksheet.decide("CUSTOMER", "to", why="w", by="Ann")
        judged = {place[1].ipaas for place in again._analysed().results if place[0] == "_judged"}
        assert judged == {"CUSTOMER"}
        again.worksheet.undo()
        again.worksheet.save()
        assert again.worksheet.path.read_bytes() == saved
        assert all(entry.evidence for entry in Worksheet.load(again.worksheet.path).entries)


def compared_in(discovery):
    return {place[1].ipaas for place in discovery._analysed().results if place[0] == "_compared"}


def test_the_fields_of_one_pair_need_no_comparison_of_another_and_are_kept(settings):
    shutil.rmtree(settings.parent / ".cache", ignore_errors=True)
    with Discovery.open(settings) as discovery:
        assert discovery.worksheet.path.exists()
    shutil.rmtree(settings.parent / ".cache")
    with Discovery.open(settings) as discovery:
        board = MatchBoard(discovery, "CUSTOMER")
        assert discovery.worksheet.table("Fields To", "CUSTOMER").rows
        assert compared_in(discovery) == {"CUSTOMER"}
        board.handle({"do": "count"})
        assert len(compared_in(discovery)) == 2
    with Discovery.open(settings) as again:
        assert compared_in(again) == {"CUSTOMER", "LOCATION"}


def test_the_tables_of_one_pair_are_those_of_the_whole(settings):
    with Discovery.open(settings) as discovery:
        worksheet = discovery.worksheet
        worksheet.decide("CUSTOMER", "both", why="w", by="Ann")
        worksheet.constant("CUSTOMER", "to", "comment", "x", by="Ann")
        whole = content(worksheet.synopsis())
        for name in ("CUSTOMER", "LOCATION"):
            for table in OF_PAIR:
                assert worksheet.table(table, name) == whole.table(table).of(worksheet.entry(name).key)


@pytest.mark.parametrize("python", [sys.executable, "/no/such/python", ""], ids=["beside", "none", "unknown"])
def test_the_day_before_is_computed_beside_today_or_after_it_with_the_same_outcome(settings, monkeypatch, python):
    with Discovery.open(settings) as kept:
        expected = kept.changes()
    monkeypatch.setattr(sys, "executable", python)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    shutil.rmtree(settings.parent / ".cache")
    with Discovery.open(settings) as discovery:
        changes = discovery.changes()
        before = discovery._days_before[discovery.days[0]]
        assert bool(before._analysed().computed) == (not python.startswith(sys.prefix))
    assert changes == expected


def test_a_process_beside_ends_with_what_it_was_started_for(settings, monkeypatch):
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **options: started.append(popen(*args, **options)) or started[0]
    )
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(KeyboardInterrupt), day_computed_beside(settings, "2026-10-26"):
        raise KeyboardInterrupt
    assert started[0].returncode is not None


def test_what_nobody_asks_for_any_more_is_forgotten(settings):
    with Discovery.open(settings) as discovery:
        assert discovery.worksheet.entries
        discovery.worksheet.constant("CUSTOMER", "to", "comment", "x", by="Ann")
        discovery.worksheet.undo()
        assert sum(place[0] == "_judged" for place in discovery._analysed().wanted) == 3
    with Discovery.open(settings) as again:
        again.worksheet.save()
        assert sum(place[0] == "_judged" for place in again._analysed().wanted) == 2


@pytest.mark.parametrize("options", [{"stored": False}, {"record": False}, {"raw": True}], ids=str)
def test_whoever_stores_nothing_keeps_nothing(tmp_path, options):
    settings = write_settings(tmp_path)
    with Discovery.open(settings, **options) as discovery:
        everything(discovery)
    assert list(snapshot(tmp_path)) == ["data/discovery.toml"]


@pytest.mark.parametrize("options", [{"stored": False}, {"raw": True}, {"refresh": True}], ids=str)
def test_whoever_wants_it_anew_or_raw_reads_nothing(settings, pulls, options):
    with Discovery.open(settings, **options) as discovery:
        assert computed(discovery)
    assert len(pulls) == 1


def test_a_check_reads_what_is_kept_and_writes_nothing(settings, pulls, tmp_path):
    before = snapshot(tmp_path)
    with Discovery.open(settings, record=False) as discovery:
        everything(discovery)
        assert discovery._analysed().computed == set()
    assert not pulls
    assert snapshot(tmp_path) == before


def test_what_other_transports_answer_is_asked(settings, pulls):
    with Discovery.open(settings, transports={"third_party": in_process(apps()["store"])}) as discovery:
        everything(discovery)
    assert len(pulls) == 1


def test_what_is_kept_is_saved_once(settings, monkeypatch):
    written = []
    monkeypatch.setattr(ValueFile, "write", lambda *parts: written.append(parts))
    with Discovery.open(settings) as discovery:
        everything(discovery)
        assert not written
        discovery.worksheet.constant("CUSTOMER", "to", "comment", "x", by="Ann")
        discovery.baseline()
        discovery.baseline()
    assert len(written) == 1
