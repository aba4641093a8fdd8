"""Rows that are lists of values are records by the names of columns, wherever these stand."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake

from ipaas_discovery.drafting.recorded_connector import connector_from_requests
from ipaas_discovery.drafting.saved_calls.har import read_har
from ipaas_discovery.samples.files.record_file import read_records
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.answers.named_rows import name_rows, with_named_rows
from ipaas_discovery.systems.connectors.connector import Connector

ROWS = [[1, "Ulm"], [2, None]]
RECORDS = [{"id": 1, "city": "Ulm"}, {"id": 2, "city": None}]
OBJECTS = [{"name": "id", "type": "int"}, {"name": "city", "type": "text"}]


@pytest.mark.parametrize(
    "body",
    [
        {"columns": ["id", "city"], "rows": ROWS},
        {"columns": OBJECTS, "rows": ROWS, "cursor": "x"},
        {"header": ["id", "city"], "rows": ROWS},
        {"schema": {"fields": OBJECTS}, "rows": ROWS},
        {"schema": OBJECTS, "rows": ROWS},
        {
            "meta": {"view": {"columns": [{"id": -1, "name": "Nr", "fieldName": "id"}, {"fieldName": "city"}]}},
            "rows": ROWS,
        },
        {"columns": [{"id": 7, "title": "id"}, {"id": 8, "title": "city"}], "rows": ROWS},
        {"columns": ["a"], "fields": ["id", "city"], "rows": ROWS},
        {"other": {"columns": ["x", "y"]}, "fields": ["id", "city"], "rows": ROWS},
    ],
)
def test_columns_beside_the_rows_name_their_values(body):
    named, notes = name_rows(body)
    assert named["rows"] == RECORDS
    assert [note.what for note in notes] == [
        "rows as lists of values, read as records by the names of columns beside them"
    ]


def test_columns_of_the_same_object_come_before_others():
    body = {"fields": ["x", "y"], "orders": {"fields": ["id", "city"], "data": ROWS}}
    assert name_rows(body)[0]["orders"]["data"] == RECORDS


@pytest.mark.parametrize(
    ("body", "place"),
    [([["id", "city"], *ROWS], None), ({"values": [["id", "city"], [1, "Ulm"], [2, None]]}, "values")],
)
def test_names_in_the_first_row_do_where_numbers_stand_below(body, place):
    named, (note,) = name_rows(body)
    assert (named if place is None else named[place]) == RECORDS
    assert note.what.endswith("by the names in the first row")


@pytest.mark.parametrize(
    "body",
    [
        {"columns": ["id", "city"], "rows": []},
        {"columns": ["id", "id"], "rows": ROWS},
        {"columns": ["id", ""], "rows": ROWS},
        {"columns": ["id", 7], "rows": ROWS},
        {"columns": ["id", "city", "more"], "rows": ROWS},
        {"colours": ["id", "city"], "rows": ROWS},
        {"coordinates": [[[1, 2], [3, 4]]]},
        {"values": [["a", "b"], ["c", "d"]]},
        {"values": [["a", "a"], ["c", 1]]},
        {"values": [["a", "b"], ["c", 1, 2]]},
        {"values": [["a", "b"]]},
        {"options": [["colour", "stock"], ["red", 2]]},
        {"rows": [[1, {"a": 1}]], "columns": ["x", "y"]},
        [{"values": [["a", "b"], ["c", 1]]}],
        "text",
    ],
)
def test_other_lists_of_lists_stay_as_they_are(body):
    assert name_rows(body) == (body, ())
    content = json.dumps(body).encode()
    assert with_named_rows(content) == (content, ())


def test_what_is_no_json_stays_as_it_is():
    assert with_named_rows(b"[[1, 2") == (b"[[1, 2", ())


def test_rows_are_pulled_whole_and_what_is_personal_is_known_by_its_column(tmp_path):
    people = [[number, f"Ada Lovelace{number}", "19.90"] for number in range(1, 26)]

    def answer(request):
        start = int(request.url.params["start"])
        columns = ["id", "customer_name", "amount"]
        return httpx.Response(200, json={"columns": columns, "rows": people[start : start + 10], "total": 25})

    paging = {"kind": "offset", "offset": "start", "limit": "rows", "total": "total"}
    spec = Connector.model_validate(
        {
            "name": "shop",
            "title": "Shop",
            "default_environment": "test",
            "environments": {"test": {"base_url": "http://fake.test"}},
            "collections": {"orders": {"list": "/orders", "records": "rows", "paging": paging}},
        }
    )
    policy = AnswerPolicy(tmp_path)
    claims = []
    for transport in (Fake({"/orders": answer}), None):
        with System(spec, transport=transport, answers=policy) as there:
            sample = there.pull("orders", Plan(pages=5, size=10))
            there.finish()
        assert [record["id"] for record in sample.records] == list(range(1, 26))
        assert not any("Lovelace" in record["customer_name"] for record in sample.records)
        claims.append(str(sample.claim))
    assert claims[0] == claims[1]
    assert "rows as lists of values, read as records by the names of columns beside them: 3 times" in claims[0]
    assert not any(b"Lovelace" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_rows_of_a_file_and_of_a_recorded_call_are_records(tmp_path):
    body = json.dumps({"columns": OBJECTS, "rows": [[1, "Ulm"]]})
    (tmp_path / "cities.json").write_text(body, encoding="utf-8")
    assert read_records(tmp_path / "cities.json", place="rows").records == ({"id": 1, "city": "Ulm"},)
    content = {"mimeType": "application/json", "text": body}
    request = {"method": "GET", "url": "https://api.example.test/cities"}
    entries = [{"request": request, "response": {"status": 200, "headers": [], "content": content}}]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    connector = connector_from_requests(read_har(tmp_path / "calls.har"), "towns")
    assert connector.records_of("cities") == "rows"
