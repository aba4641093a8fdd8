"""What notebooks show of the sandbox is computed before they ask, and nobody's file is touched."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import run, snapshot

from ipaas_discovery import Discovery
from ipaas_discovery.workspace.compute_ahead import compute_ahead

DATA = Path(__file__).parents[2] / "data"
pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def settings(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    text = (DATA / "discovery.toml").read_text(encoding="utf-8")
    head, *pairs = text.split("[[collections]]")
    locations = [pair for pair in pairs if '"locations"' in pair]
    (folder / "discovery.toml").write_text("[[collections]]".join([head, *locations]), encoding="utf-8")
    with Discovery.open(folder / "discovery.toml", stored=False) as discovery:
        assert discovery.worksheet.path == folder / "worksheet.yaml"
    return folder / "discovery.toml"


def test_what_is_computed_ahead_is_kept_and_nothing_of_people_is_written(settings):
    before = snapshot(settings.parent)
    assert compute_ahead(settings)
    after = snapshot(settings.parent)
    assert {name: content for name, content in after.items() if not name.startswith(".cache")} == before
    assert len([name for name in after if name.endswith(".values")]) == 4  # pull and analysis of two days
    with Discovery.open(settings) as discovery:
        assert len(discovery.changes().rows) > 0
    assert snapshot(settings.parent) == after


def test_without_a_worksheet_or_with_a_live_system_nothing_is_done(settings):
    shutil.rmtree(settings.parent / "evidence")
    (settings.parent / "worksheet.yaml").unlink()
    assert not compute_ahead(settings)
    text = settings.read_text(encoding="utf-8").replace('environment = "sandbox"', 'environment = "production"')
    settings.write_text(text, encoding="utf-8")
    assert not compute_ahead(settings)
    assert not compute_ahead(settings.with_name("missing.toml"))
    assert set(snapshot(settings.parent)) == {"discovery.toml"}


def test_lab_computes_ahead_and_ends_it_with_itself(tmp_path, settings, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    started = []

    class Ahead:
        def __init__(self, command, **_):
            started.append(command)

        def terminate(self):
            started.append("terminated")

        def wait(self):
            started.append("ended")

    monkeypatch.setattr(subprocess, "Popen", Ahead)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: started.append("JupyterLab") or 0)
    assert run("lab", "--notebooks", tmp_path / "notebooks").status == 0
    module = "ipaas_discovery.workspace.compute_ahead"
    assert started == [[sys.executable, "-m", module, str(settings)], "JupyterLab", "terminated", "ended"]
