"""JSON of every command says its format and version; a plain name is understood by its pair."""

from __future__ import annotations

import json

import pytest
from workspaces import run, write_settings

from ipaas_discovery.cli.output import JSON_VERSION


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
