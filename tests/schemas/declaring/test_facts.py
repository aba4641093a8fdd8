"""The shipped fact file, and its reader."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError
from importlib.resources import files
from pathlib import Path

import pytest

from ipaas_discovery.errors import DescriptionError, UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import IpaasCollection, ipaas_collections
from ipaas_discovery.schemas.declaring import facts as facts_module
from ipaas_discovery.schemas.declaring.facts import CollectionFacts, collection_facts, load_facts

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "ipaas_models.json"
SHIPPED = files(facts_module) / "ipaas.json"


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.is_file():
        pytest.skip("the reference the facts were taken from is not at hand")
    return json.loads(REFERENCE.read_text(encoding="utf-8"))


def documents(source):
    """The places a reference's source names, without the remarks beside them."""
    remarks = re.sub(
        r" \([^)]*\)|: [^;]*", "", re.sub(r"/(\d+) and (\d+)", r"/\1; support.ipaas.com/en/articles/\2", source)
    )
    return set(remarks.split("; "))


def test_every_field_of_every_collection_says_what_the_reference_says(reference):
    known = load_facts()
    assert sorted(each["name"] for each in reference) == list(known)
    for collection in reference:
        fields = known[collection["name"]].fields
        assert [each.path for each in fields] == sorted(each["path"] for each in collection["fields"])
        for wanted in collection["fields"]:
            found = known[collection["name"]].field(wanted["path"])
            assert found.types == ((wanted["json_type"],) if wanted["json_type"] else ())
            names = ("format", "nullable", "in_request", "required_on_create")
            assert [getattr(found, name) for name in names] == [wanted[name] for name in names]
            assert list(found.enum) == wanted.get("allowed_values", [])
            assert found.enum_complete == wanted.get("allowed_values_complete")
            assert found.child_collection == wanted.get("child_collection")
            assert set(found.source.split("; ")) == documents(wanted["source"])


def test_every_collection_says_what_the_reference_says(reference):
    for wanted in reference:
        found = load_facts()[wanted["name"]]
        names = ("id", "api", "parent", "list_path", "get_path", "create_path", "update_path")
        assert [getattr(found, name) for name in names] == [wanted[name] for name in names]
        assert found.implemented is not wanted["vendor_says_not_implemented"]
        assert found.external_id_table == wanted["external_id_table_name"]
        assert found.known is wanted["fields_known"]
        assert found.source == (wanted["paths_source"] or "")


def test_no_sentence_of_the_reference_was_copied(reference):
    text = SHIPPED.read_text(encoding="utf-8")
    of_fields = (field.get(name) for each in reference for field in each["fields"] for name in ("description", "note"))
    said = {sentence for sentence in [*of_fields, *(each["notes"] for each in reference)] if sentence}
    assert [sentence for sentence in said if len(sentence) > 25 and sentence in text] == []


def test_the_file_is_small_sorted_and_one_record_a_line():
    text = SHIPPED.read_text(encoding="utf-8")
    content = json.loads(text)
    assert len(text.encode()) < 200_000
    assert [row["name"] for row in content["collections"]] == sorted(row["name"] for row in content["collections"])
    places = [(row["of"], row["path"]) for row in content["fields"]]
    assert places == sorted(set(places))
    records = [line for line in text.splitlines() if line.startswith(('{"', '"Sample', '"Template'))]
    assert len(records) >= len(places) + len(content["collections"])


def test_a_child_s_fields_stand_in_its_parent_under_the_child_s_path():
    line, order = load_facts()["TRANSACTION_LINE"], load_facts()["TRANSACTION"]
    inside = [each.path.removeprefix("lines[].") for each in order.fields if each.path.startswith("lines[].")]
    assert inside == [each.path for each in line.fields]
    assert load_facts()["PRODUCT"].field("variants[].kit.components[].external_ids[].system_id").required_on_create


def test_every_field_names_where_it_is_said():
    assert all(field.source for each in load_facts().values() for field in each.fields)


def test_facts_are_read_once_and_cannot_be_changed():
    assert load_facts() is load_facts("ipaas")
    with pytest.raises(TypeError):
        load_facts()["CUSTOMER"] = None
    with pytest.raises(FrozenInstanceError):
        load_facts()["CUSTOMER"].name = "other"


def test_an_unknown_fact_file_is_answered_with_those_known():
    with pytest.raises(UnknownNameError, match="Unknown fact file 'ipas': did you mean 'ipaas'"):
        load_facts("ipas")


@pytest.mark.parametrize("name", ["../facts/ipaas", "", "README.md"])
def test_a_fact_file_s_name_is_no_path(name):
    with pytest.raises(UnknownNameError):
        load_facts(name)


def test_an_unknown_collection_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'TRANSACTION_LINE'"):
        collection_facts("TRANSACTION_LIEN")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"sources": [], "collections": [], "fields": [{"of": "*", "path": 1, "sources": []}]}',
        b'{"sources": [], "collections": [], "fields": [{"of": "*", "path": "a", "sources": [7]}]}',
        b'{"sources": [], "collections": [{"name": "A", "id": 1, "colour": "red"}], "fields": []}',
    ],
)
def test_a_broken_fact_file_is_named(content):
    with pytest.raises(DescriptionError, match=r"cannot be read.*ipaas\.json"):
        facts_module._read(content, where="ipaas.json")


def test_a_collection_whose_child_is_missing_is_named():
    field = {"of": "KIT", "path": "b", "child": "B", "sources": []}
    content = json.dumps({"sources": [], "collections": [{"name": "KIT"}], "fields": [field]}).encode()
    with pytest.raises(DescriptionError, match="'B'"):
        facts_module._read(content, where="ipaas.json")


def test_a_type_of_which_no_facts_are_known_is_a_collection_all_the_same(monkeypatch):
    """A new type is one row of the platform's table."""
    types = ipaas_collections() | {"SUBSCRIPTION": IpaasCollection("SUBSCRIPTION", 99, needs=("CUSTOMER",))}
    monkeypatch.setattr("ipaas_discovery.schemas.declaring.facts.ipaas_collections", lambda: types)
    facts = facts_module._read(b'{"sources": [], "collections": [], "fields": []}', where="ipaas.json")
    assert facts["SUBSCRIPTION"] == CollectionFacts("SUBSCRIPTION", 99)
    assert not facts["SUBSCRIPTION"].known
