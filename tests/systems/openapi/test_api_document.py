"""Files as people have them: odd notations are read, what is none is said, and no file takes the kit down."""

from __future__ import annotations

import json

import pytest
from documents import RECORD, answers, document, listed

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.systems.openapi import api_document as module
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.api_document import read_document

HEAD = "openapi: 3.0.0\npaths: {}\n"


def refusal(tmp_path, content, name="api.yaml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DescriptionError) as error:
        read_openapi(path)
    assert name in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "said", "advice"),
    [
        ({"swaggerVersion": "1.2", "apis": []}, "Swagger 1.2", "Swagger 2.0 or OpenAPI 3"),
        (
            {"info": {"_postman_id": "1", "schema": "https://schema.getpostman.com/v2.1"}, "item": []},
            "Postman",
            "--from-calls",
        ),
        (
            {"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/"}, "item": []},
            "Postman",
            "--from-calls",
        ),
        ({"log": {"version": "1.2", "entries": []}}, "a HAR recording", "--from-calls"),
        ({"asyncapi": "2.6.0", "channels": {}}, "AsyncAPI 2.6.0", "OpenAPI"),
        ({"data": {"__schema": {"types": []}}}, "GraphQL schema gives no collection", "write a connector with a query"),
        ({"kind": "discovery#restDescription"}, "a Google API discovery", "convert"),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"},
            "a JSON Schema of records",
            "OpenAPI",
        ),
        ({"openapi": "4.0.0"}, "says version '4.0.0'", "OpenAPI 3.x"),
        ({"swagger": "1.1"}, "says version '1.1'", "OpenAPI 3.x"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(tmp_path, content, said, advice):
    message = refusal(tmp_path, json.dumps(content), "given.json")
    assert said in message
    assert advice in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html><head></head></html>", "a web page"),
        ("\n <html lang='en'>", "a web page"),
        ('<?xml version="1.0"?><edmx:Edmx Version="4.0">', "OData metadata is no XML"),
        ('<?xml version="1.0"?><wsdl:definitions>', "a SOAP description"),
        ("<?xml version='1.0'?><orders/>", "but XML"),
        ("#%RAML 1.0\ntitle: Shop", "RAML"),
        ("FORMAT: 1A\n# Shop", "API Blueprint"),
        ('syntax = "proto3";\nmessage Order { int64 id = 1; }', "a Protocol Buffers file"),
        ('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', "an XML Schema of records"),
        ('{"type": "record", "name": "Order", "fields": []}', "an Avro schema"),
    ],
)
def test_another_notation_is_called_by_its_name(tmp_path, content, said):
    assert said in refusal(tmp_path, content)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (None, "not from a NoneType"),
        ([{"openapi": "3.0.0"}], "not from a list"),
        ("https://shop.example.test/openapi.json", "download the document"),
        ('{"openapi": "3.0.0"}', "not from its text"),
        ("openapi: 3.0.0\npaths: {}\n", "not from its text"),
        ("a" * 5_000, "cannot be read"),
        ("a\x00b", "cannot be read"),
    ],
)
def test_what_is_no_file_is_named(source, said):
    with pytest.raises(DescriptionError, match=said):
        read_openapi(source)


def aliases(make):
    lines = [f"a{at}: &a{at} {make(at)}" for at in range(1, 12)]
    return "\n".join(["a0: &a0 {x: y}", *lines, HEAD])


def test_aliases_of_aliases_end_with_an_error_before_they_fill_the_memory(tmp_path):
    bomb = aliases(lambda at: f"[{', '.join([f'*a{at - 1}'] * 10)}]")
    assert "aliases stand for more values" in refusal(tmp_path, bomb)


def test_merges_of_merges_hold_each_key_once(tmp_path):
    path = tmp_path / "merges.yaml"
    path.write_text(aliases(lambda at: f"{{<<: [{', '.join([f'*a{at - 1}'] * 10)}], k{at}: 1}}"))
    assert read_document(path)[0]["a11"].keys() == {"x", *(f"k{at}" for at in range(1, 12))}


def test_a_wide_part_that_is_merged_again_and_again_counts_once_and_many_such_objects_are_refused(tmp_path):
    wide = "openapi: 3.0.0\nwide: &wide {" + ", ".join(f"k{at}: 1" for at in range(2_000)) + "}\n"
    path = tmp_path / "wide.yaml"
    path.write_text(f"{wide}it: {{<<: [{', '.join(['*wide'] * 5_000)}]}}\n")
    assert len(read_document(path)[0]["it"]) == 2_000
    many = "".join(f"it{at}: {{<<: *wide}}\n" for at in range(600))
    assert "merges stand for more values" in refusal(tmp_path, wide + many)


@pytest.mark.parametrize(
    "nested", ["[" * 50_000, "[" * 50_000 + "]" * 50_000, "{a: " * 20_000, "- " * 50_000 + "a", "[{? " * 20_000,
               "\n" + "".join(" " * at + "a:\n" for at in range(1, 800))],
    ids=["open", "lists", "objects", "dashes", "keys", "lines"],
)  # fmt: skip
def test_deep_nesting_is_refused_and_brings_nothing_down(tmp_path, nested):
    assert "nests" in refusal(tmp_path, f"openapi: 3.0.0\npaths:\n {nested}")


def test_deep_nesting_of_json_is_refused(tmp_path):
    assert "nests too deeply" in refusal(tmp_path, '{"openapi": "3.0.0", "x": ' + "[" * 100_000, "api.json")


def test_a_large_file_that_is_cut_off_is_not_read_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "TRIED_TWICE", 10)
    message = refusal(tmp_path, '{"openapi": "3.0.0", "paths": {"/orders"', "api.json")
    assert "Expecting ':' delimiter" in message
    assert "cut off" in message


def test_json_with_comments_and_commas_too_many_is_read(tmp_path):
    path = tmp_path / "api.json"
    path.write_text('{"openapi": "3.0.0", # the version\n "paths": {},}')
    assert read_openapi(path).collections() == ()


def test_many_brackets_in_prose_are_no_nesting(tmp_path):
    path = tmp_path / "prose.yaml"
    path.write_text(HEAD + "x-note: '" + "[" * 2_000 + "'\n")
    assert read_openapi(path).warnings == ()


def test_a_tab_that_indents_is_named(tmp_path):
    assert "a tab indents the line" in (message := refusal(tmp_path, "openapi: 3.0.0\npaths:\n\t/orders: {}\n"))
    assert "line 3" in message


@pytest.mark.parametrize("name", ["twice.json", "twice.yaml"])
def test_a_key_that_stands_twice_is_one_warning_with_its_place(tmp_path, name):
    path = tmp_path / name
    path.write_text(
        '{"openapi": "3.0.0", "paths": {"/a~b": {"get": {"responses": {}}},\n'
        ' "/orders": {"get": {"tags": [1], "tags": [2], "responses": {}}}}, "x": 1, "x": 2}'
    )
    assert sorted(read_openapi(path).warnings) == [
        "The key 'tags' stands twice in #/paths/~1orders/get; the last one counts.",
        "The key 'x' stands twice in #; the last one counts.",
    ]


def test_a_merge_key_beside_the_key_it_brings_is_no_repetition(tmp_path):
    path = tmp_path / "merge.yaml"
    path.write_text("x-base: &base {a: 1, b: 2}\nx-own: {<<: *base, a: 3}\n" + HEAD)
    assert read_openapi(path).warnings == ()
    assert read_document(path)[0]["x-own"] == {"a": 3, "b": 2}


def test_keys_are_text_and_large_numbers_are_survived(tmp_path):
    path = tmp_path / "keys.yaml"
    path.write_text(HEAD + "x-keys: {null: 1, 200: 2, true: 3, 1.0: 4}\nx-large: " + "9" * 9_000 + "\n")
    read = read_document(path)[0]
    assert read["x-keys"] == {"null": 1, "200": 2, "true": 3, "1.0": 4}
    assert len(read["x-large"]) == 9_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["api.json", "api.yml", "api"])
def test_any_encoding_and_any_ending_will_do(tmp_path, encoding, name):
    path = tmp_path / name
    path.write_text(json.dumps(document({"/größen": {"get": answers(listed(RECORD))}}), ensure_ascii=False), encoding)
    assert read_openapi(path).collections() == read_openapi(str(path)).collections() == ("größen",)


def test_calls_that_are_none_are_one_warning_each():
    paths = {"/orders": [1], "/items": {"get": "all", "post": None, "summary": "x"}, "x-note": "y", "/ok": {}}
    assert read_openapi(document(paths)).warnings == (
        "At #/paths/~1orders stands no call; it is left out.",
        "At #/paths/~1items/get stands no call; it is left out.",
        "At #/paths/~1items/post stands no call; it is left out.",
    )


def test_a_reference_that_names_its_own_file_is_followed(tmp_path):
    path = tmp_path / "shop.json"
    own = {"$ref": "./shop.json#/components/schemas/Order"}
    path.write_text(json.dumps(document({"/orders": {"get": answers(listed(own))}}, Order=RECORD)))
    api = read_openapi(path)
    assert (api.warnings, api.collections()) == ((), ("orders",))
    assert read_openapi(json.loads(path.read_text())).warnings[0].startswith("The reference './shop.json#")
