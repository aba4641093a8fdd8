"""A new workspace has notebooks with outputs, so that its check can fail from the first day."""

from __future__ import annotations

import json
import re
import shutil

import nbformat
import pytest
from workspaces import run, snapshot

from ipaas_discovery import Discovery
from ipaas_discovery.workspace import create
from ipaas_discovery.workspace.create import notebooks_folder


@pytest.fixture
def one_notebook(tmp_path, monkeypatch):
    """The kit with one notebook alone: that which keeps the baseline."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    shutil.copy(notebooks_folder() / "05_what_changed.ipynb", folder)
    monkeypatch.setattr(create, "notebooks_folder", lambda: folder)
    return folder


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_a_new_workspace_is_checked_from_the_first_day(one_notebook, tmp_path, monkeypatch):
    folder, sheet = tmp_path / "shop", tmp_path / "customers.csv"
    sheet.write_text("id;name;city\n1;Ada Example;Berlin\n2;Bo Example;Rome\n", encoding="utf-8")
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    assert run("new", folder, "--from-file", sheet).status == 0
    cells = code_cells(folder / "notebooks" / "05_what_changed.ipynb")
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    settings = folder / "data" / "discovery.toml"
    before = snapshot(folder)
    done = run("check", "--notebooks", "-s", settings)
    assert (done.status, done.out) == (0, "Notebooks: 1 passed.\n")
    with Discovery.open(settings) as discovery:
        discovery.worksheet.decide("CUSTOMER", "to", by="Ann", why="x")
        discovery.worksheet.save()
    done = run("check", "--notebooks", "-s", settings, "--json")
    assert done.status == 1
    details = [item["detail"] for item in json.loads(done.out)["rows"]]
    assert details[0] == "CUSTOMER: decided To iPaaS.com, add, update, it was undecided"
    changed = {name for name, content in snapshot(folder).items() if before.get(name) != content}
    assert changed == {"data/worksheet.yaml"}, "the check itself wrote nothing"


def test_notebooks_without_outputs_fail(one_notebook, tmp_path):
    folder = tmp_path / "shop"
    assert run("new", folder, "--no-execute").status == 0
    done = run("check", "--notebooks", "-s", folder / "data" / "discovery.toml")
    assert done.status == 1
    assert "05_what_changed.ipynb: " in done.out
    assert re.search(r"cells were never run: `\S*python\S* -m ipaas_discovery\.notebooks ", done.out)


def test_a_live_system_is_not_asked_for_it(one_notebook, tmp_path):
    folder = tmp_path / "shop"
    done = run("new", folder, "--connector", "woocommerce", "--json")
    data = json.loads(done.out)
    assert (data["format"], data["version"]) == ("new", 1)
    (note,) = (note for note in data["notes"] if "`make notebooks" in note)
    assert f"Records come once {folder / 'data' / '.env'} is filled in" in note
    assert "ipaas-discovery check --reach` tries it" in note
    assert all(cell.execution_count is None for cell in code_cells(folder / "notebooks" / "05_what_changed.ipynb"))


def test_a_folder_without_notebooks_is_one_sentence(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "discovery.toml").write_text("", encoding="utf-8")
    done = run("check", "--notebooks", "-s", tmp_path / "data" / "discovery.toml")
    assert done.status == 2
    assert done.err.startswith("Error: There is no notebook (")


def test_the_files_of_a_workspace_name_commands_that_exist(tmp_path):
    folder = tmp_path / "shop"
    create.create(folder, "woocommerce")
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile")}
    for command in ("discover", "lab", "check", "changes", "check --notebooks", "check --reach"):
        assert f"$(KIT) {command}\n" in texts["Makefile"]
        assert f"`ipaas-discovery {command}`" in texts["README.md"]
    build = (folder / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert "IPAAS_EMAIL: ${{ secrets.IPAAS_EMAIL }}" in build
    assert build.count("env:") == 2
    assert (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1].startswith("ipaas-discovery==")
