"""A workspace of one's own: complete, runnable at once, and never at the cost of what was there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from workspaces import run, snapshot

from ipaas_discovery import connect
from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.settings import Settings
from ipaas_discovery.systems.connectors.connector import load_connector
from ipaas_discovery.workspace.create import create, notebooks_folder, usual_pairs

REPOSITORY = Path(__file__).parents[2]
OSCAR = REPOSITORY / "tests" / "oscar" / "oscar.toml"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


def test_it_holds_settings_notebooks_and_what_git_shall_ignore(folder):
    made = {str(path.relative_to(folder)) for path in create(folder)}
    assert made == set(snapshot(folder))
    notebooks = {f"notebooks/{path.name}" for path in (REPOSITORY / "notebooks").glob("*.ipynb")}
    written = {"README.md", "Makefile", "requirements.txt", ".github/workflows/check.yml", ".gitignore"}
    assert made == {"data/discovery.toml", "data/.env.example", *written, *notebooks}


def test_the_settings_pair_what_the_repositorys_own_settings_pair(folder):
    create(folder, "bigcommerce")
    guessed = Settings.read(folder / "data" / "discovery.toml")
    own = Settings.read(REPOSITORY / "data" / "discovery.toml")
    assert set(guessed.collections) == set(own.collections)
    assert (guessed.ipaas, guessed.third_party) == (own.ipaas, own.third_party)
    assert guessed.plan == replace(own.plan, details=3)


def test_the_settings_name_the_other_environments(folder):
    create(folder)
    text = (folder / "data" / "discovery.toml").read_text()
    assert re.search(r'^environment = "sandbox" +# or: staging, production$', text, re.MULTILINE)


def test_the_command_says_what_comes_next_and_discover_succeeds_there(folder, tmp_path, monkeypatch):
    done = run("new", folder, "--no-execute")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(f"Next: cd {folder} && ipaas-discovery discover\n")
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(folder)
    done = run("discover", "--notebooks", tmp_path / "none")
    assert (done.status, done.err) == (0, "")
    assert {"report.html", "worksheet.xlsx"} <= set(snapshot(folder / "data" / "out"))


def test_git_ignores_secrets_and_results_but_neither_the_example_nor_the_worksheet(folder):
    create(folder)
    git = shutil.which("git")
    subprocess.run([git, "init", "--quiet", str(folder)], check=True)
    names = ["data/.env", ".env", "data/.env.local", "data/out/report.html", "data/.env.example", "data/worksheet.yaml"]
    command = [git, "-C", str(folder), "check-ignore", *names]
    ignored = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert ignored == names[:4]


def test_notebooks_come_without_the_sandboxs_outputs_and_say_the_same(folder):
    create(folder)
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        mine, shipped = json.loads(path.read_text()), json.loads((notebooks_folder() / path.name).read_text())
        assert [cell["source"] for cell in mine["cells"]] == [cell["source"] for cell in shipped["cells"]]
        code = [cell for cell in mine["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert code


def test_the_example_names_every_secret_and_holds_none(folder):
    create(folder)
    lines = (folder / "data" / ".env.example").read_text().splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert named == [
        "IPAAS_EMAIL=", "IPAAS_PASSWORD=", "IPAAS_COMPANY=", "BIGCOMMERCE_STORE_HASH=", "BIGCOMMERCE_TOKEN=",
    ]  # fmt: skip


def test_secrets_are_found_where_the_example_says(folder):
    create(folder, str(OSCAR))
    example = (folder / "data" / ".env.example").read_text()
    values = {"OSCAR_PORT": "8000", "OSCAR_USERNAME": "ada", "OSCAR_PASSWORD": "fake"}
    for name, value in values.items():
        assert f"{name}=\n" in example
        example = example.replace(f"{name}=\n", f"{name}={value}\n")
    (folder / "data" / ".env").write_text(example)
    with connect("oscar.toml", root=folder / "data") as shop:
        assert shop.client.base_url == "http://127.0.0.1:8000"


def test_a_connector_file_comes_along_with_the_descriptions_beside_it(folder, tmp_path):
    connector = tmp_path / "erp.toml"
    connector.write_text(
        'title = "ERP \\"One\\""\ndefault_environment = "live"\n[environments.live]\n'
        'base_url = "https://erp.example.test"\nopenapi = ["erp.json", "/outside.json", "missing.json"]\n'
        '[collections.widgets]\nlist = "/widgets"\n'
    )
    (tmp_path / "erp.json").write_text("{}")
    create(folder, str(connector))
    assert (folder / "data" / "erp.toml").read_bytes() == connector.read_bytes()
    assert {"erp.json"} == {path.name for path in (folder / "data").glob("*.json")}
    settings = tomllib.loads((folder / "data" / "discovery.toml").read_text())
    assert settings["title"] == 'ERP "One" and iPaaS.com'
    assert settings["third_party"] == {"connector": "erp.toml", "environment": "live"}


def test_collections_that_tell_nothing_get_an_example_instead_of_a_guess(folder, tmp_path):
    connector = tmp_path / "erp.toml"
    connector.write_text(
        'title = "ERP"\ndefault_environment = "live"\n[environments.live]\n'
        'base_url = "https://erp.example.test"\n[collections.widgets]\nlist = "/widgets"\n'
    )
    create(folder, str(connector))
    text = (folder / "data" / "discovery.toml").read_text()
    assert '# third_party = "widgets"' in text
    assert Settings.read(folder / "data" / "discovery.toml").collections == ()
    done = run("discover", "-s", folder / "data" / "discovery.toml")
    assert done.status == 2
    assert "No collections are paired" in done.err
    uncommented = (
        text.replace("# [[", "[[").replace('# ipaas = "', 'ipaas = "').replace("# third_party =", "third_party =")
    )
    (folder / "data" / "discovery.toml").write_text(uncommented)
    assert len(Settings.read(folder / "data" / "discovery.toml").collections) == 1


def test_an_api_description_is_a_connector_too(folder, tmp_path):
    record = {"type": "object", "properties": {"id": {"type": "integer"}}}
    content = {"application/json": {"schema": {"type": "array", "items": record}}}
    answer = {"200": {"description": "", "content": content}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Tiny", "version": "1"},
        "servers": [{"url": "https://tiny.example.test"}],
        "paths": {"/orders": {"get": {"responses": answer}}},
    }
    (tmp_path / "tiny.json").write_text(json.dumps(document))
    create(folder, str(tmp_path / "tiny.json"))
    integration = Settings.read(folder / "data" / "discovery.toml")
    assert integration.third_party.connector == "tiny.json"
    assert [(pair.ipaas, pair.third_party) for pair in integration.collections] == [("TRANSACTION", "orders")]
    with connect(integration.third_party.connector, root=folder / "data") as tiny:
        assert tiny.collections() == ("orders",)


def test_only_collections_that_iPaaS_com_lists_are_paired():  # noqa: N802  its name
    bare = load_connector("ipaas").model_copy(update={"collections": {}})
    assert usual_pairs(bare, load_connector("bigcommerce")) == []


def test_an_unknown_connector_makes_nothing(folder):
    with pytest.raises(UnknownNameError, match="did you mean 'bigcommerce'"):
        create(folder, "bigcomerce")
    assert not folder.exists()


@pytest.mark.parametrize("connector", ["nowhere.toml", "nowhere.json"])
def test_a_connector_file_that_is_missing_makes_nothing(folder, connector):
    done = run("new", folder, "--connector", connector)
    assert done.status in {1, 2}
    assert connector in done.err
    assert not folder.exists()


def test_an_empty_folder_is_used(folder):
    folder.mkdir()
    assert create(folder)


@pytest.mark.parametrize("name", ["notes.txt", "data/discovery.toml", ".git/HEAD"])
def test_a_folder_that_holds_anything_is_left_alone(folder, name):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine")
    done = run("new", folder)
    assert done.status == 2
    assert f"holds something already ({folder}): name one that" in done.err
    assert snapshot(folder) == {name: b"mine"}


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder):
    folder.write_text("mine")
    with pytest.raises(ConfigurationError, match="holds something already"):
        create(folder)
    assert folder.read_text() == "mine"


def test_every_notebook_runs_in_a_workspace_that_has_one_pair_and_none_of_the_usual_ones(folder, tmp_path, monkeypatch):
    sheet = tmp_path / "customers.csv"
    sheet.write_text("id;name;city\n1;Ada Example;Berlin\n2;Bo Example;Rome\n", encoding="utf-8")
    create(folder, from_files=[sheet])
    notebooks = [json.loads(path.read_text()) for path in sorted((folder / "notebooks").glob("*.ipynb"))]
    named = ["".join(cell["source"]) for notebook in notebooks for cell in notebook["cells"]
             if "parameters" in cell["metadata"].get("tags", ())]  # fmt: skip
    assert all('COLLECTION = "CUSTOMER"' in cell for cell in named)
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    done = run("discover", "-s", folder / "data" / "discovery.toml")
    assert (done.status, done.err) == (0, "")
    assert len(list((folder / "data" / "out" / "notebooks").glob("*.html"))) == len(notebooks) == 6
