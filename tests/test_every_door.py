"""The same thing through every door gives one answer: a list call in each kind of file, a field list in each form."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from urllib.parse import urlencode

import openpyxl
import pytest

from ipaas_discovery.drafting.detect import connector_text_from
from ipaas_discovery.knowledge.heading_words import heading_words
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.schemas.declaring.field_sheet import read_field_list
from ipaas_discovery.schemas.schema import Schema

SERVER = "https://api.example.test/v2"
SETTING = re.compile(r'^# (kind|page|pages|size|offset|limit|cursor|next|total) = "([^"]*)"', re.MULTILINE)


def openapi(names, answer):
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    responses = {"200": {"description": "", "content": {"application/json": {"schema": described(answer)}}}}
    paths = {"/orders": {"get": {"parameters": parameters, "responses": responses}}}
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": SERVER}], "paths": paths}


def swagger(names, answer):
    parameters = [{"name": name, "in": "query", "type": "string"} for name in names]
    responses = {"200": {"description": "", "schema": described(answer)}}
    paths = {"/orders": {"get": {"parameters": parameters, "responses": responses}}}
    host = {"host": "api.example.test", "basePath": "/v2", "schemes": ["https"]}
    return {"swagger": "2.0", "info": {"title": "T", "version": "1"}, **host, "paths": paths}


def described(value):
    """The JSON Schema of an example."""
    if isinstance(value, dict):
        return {"type": "object", "properties": {key: described(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"type": "array", "items": described(value[0]) if value else {}}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[type(value)]}


def url(names):
    return f"{SERVER}/orders?{urlencode(dict.fromkeys(names, '1'))}"


def har(names, answer):
    content = {"mimeType": "application/json", "text": json.dumps(answer)}
    request = {"method": "GET", "url": url(names), "headers": [], "cookies": []}
    entry = {"startedDateTime": "2026-02-03T10:00:00.000Z", "request": request}
    return {"log": {"version": "1.2", "entries": [entry | {"response": {"status": 200, "content": content}}]}}


def postman(names, answer):
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    saved = {"name": "saved", "code": 200, "body": json.dumps(answer)}
    item = {"name": "List", "request": {"method": "GET", "url": url(names)}, "response": [saved]}
    return {"info": {"name": "T", "schema": schema}, "item": [item]}


def bruno(names, answer):
    saved = {"name": "saved", "type": "http", "response": {"status": 200, "body": {"content": json.dumps(answer)}}}
    request = {"method": "GET", "url": url(names)}
    return {"name": "T", "items": [{"name": "List", "type": "http", "request": request, "examples": [saved]}]}


DOORS = {"OpenAPI": openapi, "Swagger": swagger, "HAR": har, "Postman": postman, "Bruno": bruno}
RECORDS = [{"id": 1}, {"id": 2}]
CALLS = [
    (("page", "per_page"), {"data": RECORDS}, {"kind": "page", "page": "page", "size": "per_page"}),
    (("p", "limit"), {"data": RECORDS}, {"kind": "page", "page": "p", "size": "limit"}),
    (("page[number]", "page[size]"), {"data": RECORDS}, {"kind": "page", "page": "page[number]", "size": "page[size]"}),
    (("searchCriteria[currentPage]", "searchCriteria[pageSize]"), {"items": RECORDS, "total_count": 9},
     {"kind": "page", "page": "searchCriteria[currentPage]", "size": "searchCriteria[pageSize]",
      "total": "total_count"}),
    (("startAt", "maxResults"), {"data": RECORDS, "total": 7},
     {"kind": "offset", "offset": "startAt", "limit": "maxResults", "total": "total"}),
    (("$skip", "$top"), {"value": RECORDS}, {"kind": "offset", "offset": "$skip", "limit": "$top"}),
    (("from", "size"), {"data": RECORDS}, {"kind": "offset", "offset": "from", "limit": "size"}),
    (("from", "to", "size"), {"data": RECORDS}, {}),
    (("pageToken", "pageSize"), {"items": RECORDS, "nextPageToken": "abc"},
     {"kind": "cursor", "cursor": "pageToken", "next": "nextPageToken", "size": "pageSize"}),
    (("pageToken", "pageSize"), {"items": RECORDS},
     {"kind": "cursor", "cursor": "pageToken", "next": "…", "size": "pageSize"}),
    (("starting_after", "limit"), {"data": RECORDS},
     {"kind": "cursor", "cursor": "starting_after", "next": "…", "size": "limit"}),
    (("limit",), {"data": RECORDS, "links": {"next": "https://api.example.test/v2/orders?x=2"}},
     {"kind": "next", "next": "links.next", "size": "limit"}),
    (("status",), {"data": RECORDS}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "answer", "expected"), CALLS, ids=lambda value: ",".join(value)[:40])
@pytest.mark.parametrize("door", DOORS)
def test_a_list_call_is_drafted_alike(tmp_path, door, names, answer, expected):
    path = tmp_path / ("calls.har" if door == "HAR" else "calls.json")
    path.write_text(json.dumps(DOORS[door](names, answer)), encoding="utf-8")
    text = connector_text_from(path)
    assert "[collections.orders]" in text
    table = re.search(r"^paging = \{ (.*) \}$", text, re.MULTILINE)  # where an answer shows how the list pages
    table = table or re.search(r"^\[collections\.orders\.paging\]\n((?:.+\n)+)", text, re.MULTILINE)
    settings = re.findall(r'(\w+) = "([^"]*)"', table[1]) if table else SETTING.findall(text)
    assert dict(settings) == expected


HEADS = {
    "en": ("Field name", "Data type", "Mandatory", "Max. length", "Description"),
    "de": ("Feldname", "Datentyp", "Pflichtfeld", "Länge", "Beschreibung"),
    "fr": ("Nom du champ", "Type", "Obligatoire", "Longueur", "Libellé"),
    "es": ("Nombre del campo", "Tipo", "Obligatorio", "Longitud", "Descripción"),
}
YES = {"en": "Yes", "de": "Ja", "fr": "O", "es": "Sí"}
NO = {"en": "No", "de": "Nein", "fr": "Non", "es": "No"}


def rows(language, words):
    """A field for each word: named, typed, required each second time, with a length each third time."""
    return [
        (f"f{at}", word, (YES if at % 2 else NO)[language], "12" if at % 3 == 0 else "", f"number {at}")
        for at, word in enumerate(words)
    ]


def separated(table, mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(table)
    return out.getvalue()


def markdown(table):
    cells = [[cell.replace("|", "\\|") for cell in row] for row in table]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|---" * len(table[0]) + "|", *lines[1:]])


def web(table):
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table)
    return f"<table>{body}</table>"


def from_file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_field_list(path)


def from_workbook(tmp_path, table):
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([cell or None for cell in row])
    book.save(tmp_path / "fields.xlsx")
    return read_field_list(tmp_path / "fields.xlsx")


def from_rows(table, language):
    names = heading_words().columns(table[0])
    listed = []
    for row in table[1:]:
        said = {name: cell for name, cell in zip(names, row, strict=True) if cell}
        said["required"] = type_words().truth(said["required"], language)
        said |= {"max_length": int(said["max_length"])} if "max_length" in said else {}
        listed.append(said)
    return Schema.from_fields(listed)


def told(schema):
    """What a schema says of each field, wherever that is said."""
    return [
        (field.path, field.declared.types, field.declared.format, field.declared.nullable, field.declared.required,
         field.declared.max_length, field.declared.description)
        for field in schema.fields
    ]  # fmt: skip


WORDS = (
    *type_words().known, "varchar(50)", "decimal(10, 2)", "numeric(12,4)",
    "string | null", "string[]", "array of objects", "integers",
    "AN..20", "N(12.2)", "string (max 20 characters)", "NVARCHAR(255)", "text or null",
)  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("door", ["CSV", "semicolons", "workbook", "Markdown", "web page", "tabs", "rows"])
def test_a_field_list_is_read_alike(tmp_path, door, language):
    table = [HEADS[language], *rows(language, WORDS)]
    schemas = {
        "CSV": lambda: from_file(tmp_path, "fields.csv", separated(table, ",")),
        "semicolons": lambda: from_file(tmp_path, "fields.csv", separated(table, ";")),
        "workbook": lambda: from_workbook(tmp_path, table),
        "Markdown": lambda: Schema.from_text(markdown(table)),
        "web page": lambda: Schema.from_text(web(table)),
        "tabs": lambda: Schema.from_text(separated(table, "\t")),
        "rows": lambda: from_rows(table, language),
    }
    expected = told(from_file(tmp_path, "expected.csv", separated(table, ",")))
    assert told(schemas[door]()) == expected
    assert len(expected) == len(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_a_type_is_read_alike_in_a_line(tmp_path, word):
    if re.search(r"\s", word):
        pytest.skip("a line ends a type at a space")
    in_line = Schema.from_text(f"f0 {word}").field("f0").declared
    in_sheet = from_file(tmp_path, "one.csv", separated([("Field", "Type"), ("f0", word)], ",")).field("f0").declared
    assert (in_line.types, in_line.format, in_line.max_length, in_line.nullable, in_line.description) == (
        in_sheet.types, in_sheet.format, in_sheet.max_length, in_sheet.nullable, in_sheet.description,
    )  # fmt: skip
