"""A change of any kind, in any of the sandbox's fourteen pairs, turns the check of the notebooks red, in words."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ipaas_discovery import Discovery
from ipaas_discovery.changes.baseline import Baseline, baseline_of
from ipaas_discovery.checks.notebook_check import baseline_items
from ipaas_discovery.flows.sample_run import Execution
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.sandbox.platform_app import platform_app
from ipaas_discovery.sandbox.sandbox_day import SandboxDay
from ipaas_discovery.sandbox.store_api.store_calls import store_calls
from ipaas_discovery.sandbox.store_api.store_documents import document
from ipaas_discovery.sandbox.store_app import store_app
from ipaas_discovery.settings import Settings
from ipaas_discovery.systems.http.network import in_process

DATA = Path(__file__).parent.parent.parent / "data"
DAY = "2026-11-02"
PAIRS = [(pair.ipaas, pair.third_party) for pair in Settings.read(DATA / "discovery.toml").collections]
RECORDS = {call.records for call in store_calls()}
KINDS = ("schema", "field", "value", "verdict", "pass rate", "decision")


def stepped(*steps):
    return {f"store/{name}": [{"set": {"planted": "usual"}}, *steps] for name in RECORDS}


def stricter():
    """Documents in which the first field of every record is read-only where it was not, or settable."""
    patches = {}
    for call in store_calls():
        fields = document(call.document)["components"]["schemas"][call.schema]["properties"]
        first = next(name for name, field in fields.items() if "$ref" not in field)
        turned = {"readOnly": not fields[first].get("readOnly", False)}
        patch = {call.schema: {"properties": {first: turned}}}
        schemas = patches.setdefault(f"store/{call.document}", {"components": {"schemas": {}}})
        schemas["components"]["schemas"] |= patch
    return patches


DAYS = {
    "usual": SandboxDay(DAY, stepped()),
    "schema": SandboxDay(DAY, stepped(), stricter()),
    "field": SandboxDay(DAY, stepped({"set": {"another": 1}})),
    "value": SandboxDay(DAY, stepped({"every": 2, "set": {"planted": "Teleported"}})),
}


def opened(folder, day):
    text = (DATA / "discovery.toml").read_text(encoding="utf-8")
    few = text.replace("pages = 10 ", "pages = 2\nedges = false\nvalues = 0\nuntil_quiet = 0 #").replace(
        "size = 20", "size = 12"
    )
    (folder / "discovery.toml").write_text(few, encoding="utf-8")
    shutil.copy(DATA / "worksheet.yaml", folder / "worksheet.yaml")
    apps = {"ipaas": platform_app(day=day), "third_party": store_app(day=day)}
    return Discovery.open(folder / "discovery.toml", transports={name: in_process(app) for name, app in apps.items()})


@pytest.fixture(scope="module")
def baselines(tmp_path_factory):
    """The baseline as usual, read back as a notebook keeps it, and one for each kind of change."""
    folder = tmp_path_factory.mktemp("pairs")
    made = {}
    for kind, day in DAYS.items():
        with opened(folder, day) as discovery:
            made[kind] = discovery.baseline()
            if kind == "usual":
                made |= decided_otherwise(discovery)
    return {**made, "usual": Baseline.read(made["usual"].to_lines())}


def decided_otherwise(discovery):
    """The same evidence with other verdicts, other rates, and another decision for each pair."""
    states = [*discovery.states()]
    decisions = {state.key: "" for state in states}
    turned = [replace(state, verdicts=tuple(replace(one, findings=()) for one in state.verdicts)) for state in states]
    fewer = [replace(state, verdicts=tuple(map(failing, state.verdicts))) for state in states]
    made = {"verdict": baseline_of(turned, decisions), "pass rate": baseline_of(fewer, decisions)}
    for pair in discovery.pairs:
        entry = discovery.written.entry(pair.ipaas)
        other = "leave out" if entry.decision is None else "from" if entry.decision.direction is None else "leave out"
        discovery.written.decide(pair.ipaas, other, why="planted", by="Ann")
    return made | {"decision": discovery.baseline()}


def failing(verdict: Verdict) -> Verdict:
    return replace(verdict, run=Execution(1_000, 1)) if verdict.run else verdict


SIGNS = {
    "schema": "read-only",
    "field": ".another: a new field, integer",
    "value": ".planted: new value Teleported, ",
    "verdict": ": unknown, it was ",
    "pass rate": ": 0.1% of the records pass, it was ",
    "decision": ": decided ",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_a_change_is_seen_and_said(baselines, pair, kind):
    items = baseline_items(baselines["usual"], baselines[kind])
    sentences = [item.detail for item in items if item.subject == " ↔ ".join(pair)]
    assert [sentence for sentence in sentences if SIGNS[kind] in sentence], sentences


def test_without_a_change_nothing_is_said(baselines, tmp_path):
    with opened(tmp_path, DAYS["usual"]) as discovery:
        assert baseline_items(baselines["usual"], discovery.baseline()) == ()


def test_there_are_fourteen_pairs_and_six_kinds():
    assert (len(PAIRS), len(KINDS), set(KINDS)) == (14, 6, set(SIGNS))
