"""JSON of every command says its format and version; a plain name is understood by its pair."""

from __future__ import annotations

import json

import pytest
from workspaces import run, write_settings

from ipaas_discovery.cli.app import app
from ipaas_discovery.cli.output import JSON_VERSION
from ipaas_discovery.cli.start_commands import _addresses
from ipaas_discovery.sandbox.serve import Addresses


@pytest.mark.parametrize(
    ("words", "form", "key"),
    [
        (["catalog"], "catalog", "connectors"),
        (["collections", "-s"], "collections", "pairs"),
        (["schema", "LOCATION", "-s"], "schema", "third_party"),
        (["compare", "LOCATION", "-s"], "comparison", "fields"),
        (["pull", "LOCATION", "-s"], "pull", "samples"),
        (["decide", "LOCATION", "to", "--by", "Ann", "-s"], "decision", "methods"),
    ],
)
def test_json_has_its_format_and_version(words, form, key, tmp_path):
    settings = write_settings(tmp_path)
    if words[0] == "decide":
        assert run("worksheet", "-s", settings).status == 0
    done = run(*words, *([settings] if words[-1] == "-s" else []), "--json")
    assert done.status == 0, done.err
    data = json.loads(done.out)
    assert (data["format"], data["version"]) == (form, JSON_VERSION)
    assert data[key]


def test_a_plain_name_is_probed_as_its_pair_says(tmp_path):
    done = run("probe", "third-party", "Customers", "--json", "-s", write_settings(tmp_path))
    assert json.loads(done.out)["collection"] == "customers"
    assert "Note: Customers is customers in Sandbox store (shaped like BigCommerce), by its pair." in done.err


EVERY = {
    "discover": ("-s", "{settings}", "--out", "{folder}/out"),
    "probe": ("third-party", "locations", "-s", "{settings}"),
    "catalog": (),
    "pull": ("LOCATION", "-s", "{settings}"),
    "collections": ("-s", "{settings}"),
    "schema": ("LOCATION", "-s", "{settings}"),
    "compare": ("LOCATION", "-s", "{settings}"),
    "decide": ("LOCATION", "to", "--why", "theirs", "--by", "Ann", "-s", "{settings}"),
    "map": ("LOCATION", "to", "name", "--constant", "Main", "--by", "Ann", "-s", "{settings}"),
    "answer": ("1", "Daily", "--by", "Ann", "-s", "{settings}"),
    "accept": ("LOCATION", "to", "unmapped", "--method", "add", "--why", "agreed", "--by", "Ann", "-s", "{settings}"),
    "todo": ("-s", "{settings}"),
    "worksheet": ("-s", "{settings}"),
    "check": ("--fail-on", "never", "-s", "{settings}"),
    "changes": ("-s", "{settings}"),
    "share": ("--out", "{folder}/shared", "-s", "{settings}"),
    "new": ("{folder}/shop", "--no-execute"),
}
"""Every command that ends by itself, with words for a workspace of its own."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("json")
    settings = write_settings(folder)
    assert run("worksheet", "-s", settings).status == 0
    return {"folder": folder, "settings": settings}


def test_every_command_is_asked():
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert names == {*EVERY, "lab", "sandbox"}


@pytest.mark.parametrize("command", EVERY)
def test_every_command_prints_json_with_its_format_and_version(command, workspace):
    done = run(command, *(word.format(**workspace) for word in EVERY[command]), "--json")
    data = json.loads(done.out)
    assert [*data][:2] == ["format", "version"]
    assert data["version"] == JSON_VERSION
    assert data["format"].isidentifier()


def test_a_blank_workspace_is_told_as_json_too(tmp_path):
    done = run("new", tmp_path / "shop", "--blank", "--json")
    data = json.loads(done.out)
    assert (data["format"], len(data["files"])) == ("new", 3)
    assert data["next"].startswith(f"cd {tmp_path / 'shop'} && ")
    assert data["next"].endswith(" decide --help")


def test_the_addresses_of_the_sandbox_are_json_too():
    data = json.loads(_addresses(Addresses("http://127.0.0.1:1", "http://127.0.0.1:2")))
    assert [*data] == ["format", "version", "ipaas", "store"]
