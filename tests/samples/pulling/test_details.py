"""A few records asked for one by one: what only that call gives is in the schema, and which call gave it is said."""

from __future__ import annotations

import httpx
import pytest
from fakes import NAMES, Fake, numbered, system

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.systems.openapi import read_openapi

PAGE = {"kind": "page", "size": "limit", "total": "meta.pagination.total"}
SPEC = {"names": {"list": "/names", "detail": "/names/{id}"}}
PLAN = Plan(pages=5, size=10, details=3)


def full(record):
    """What the call of one record gives: more than the list, but for one thing."""
    return {"id": record["id"], "name": record["name"], "address": {"city": "Köln", "lines": [{"no": 1}]}}


def fake(envelope=lambda one: one):
    answers = {"/names": numbered([{**each, "rank": 1} for each in NAMES])}
    return Fake(answers | {f"/names/{each['id']}": envelope(full(each)) for each in NAMES})


def opened(there, spec=SPEC, **more):
    return system(there, spec, records="data", paging=PAGE, **more)


@pytest.mark.parametrize(
    "envelope",
    [lambda one: one, lambda one: {"data": one}, lambda one: {"name": one, "meta": {}}, lambda one: {"names": [one]},
     lambda one: [one]],
    ids=["bare", "data", "named", "a list of one", "a bare list of one"],
)  # fmt: skip
def test_records_spread_over_the_sample_are_asked_for_out_of_whatever_envelope(envelope):
    there = fake(envelope)
    with opened(there) as shop:
        sample = shop.pull("names", PLAN)
    assert [record["id"] for record in sample.details] == [1, 24, 47]
    assert (len(sample), sample.requests) == (47, 8)
    assert (
        "3 records were asked for by the call of one as well, 4 paths are only in the detail: address, address.city, "
        "address.lines, address.lines[].no and 1 path is only in the list: rank"
    ) in sample.claim


def test_no_more_are_asked_for_than_there_are_and_none_without_being_told():
    there = Fake({"/names": {"data": NAMES[:2]}, "/names/1": full(NAMES[0]), "/names/2": full(NAMES[1])})
    with opened(there) as shop:
        assert len(shop.pull("names", Plan(details=9)).details) == 2
        there.requests.clear()
        assert shop.pull("names").details == ()
    assert {request.url.path for request in there.requests} == {"/names"}


def test_a_detail_that_adds_nothing_says_so():
    there = Fake({"/names": {"data": NAMES[:1]}, "/names/1": NAMES[0]})
    with opened(there) as shop:
        claim = shop.pull("names", PLAN).claim
    assert "1 record was asked for by the call of one as well, which gave no other path than the list" in claim


def test_a_detail_that_is_refused_loses_nothing():
    with opened(Fake({"/names": numbered(NAMES)})) as shop:
        sample = shop.pull("names", PLAN)
    assert (len(sample), sample.details, sample.stop) == (47, (), Stop.COMPLETE)
    assert "no record came by /names/{id}: The system answered 404" in sample.claim


def test_an_answer_with_another_record_is_not_taken():
    there = Fake({"/names": {"data": NAMES[:1]}, "/names/1": full(NAMES[5])})
    with opened(there) as shop:
        assert shop.pull("names", PLAN).details == ()


def test_a_key_is_written_into_the_path_as_it_has_to_be():
    records = [{"sku": "A/B 1", "name": "x"}]
    seen = []

    def one(request):
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={"sku": "A/B 1", "weight": 2})

    there = Fake({"/items": {"data": records}, "/items/A/B 1": one})
    spec = {"items": {"list": "/items", "detail": "/items/{sku}", "id": "sku"}}
    with opened(there, spec) as shop:
        assert shop.pull("items", PLAN).details == ({"sku": "A/B 1", "weight": 2},)
    assert seen == [b"/items/A%2FB%201"]


def test_a_record_without_the_key_is_passed_over():
    there = Fake({"/names": {"data": [{"name": "x"}]}})
    with opened(there) as shop:
        assert shop.pull("names", PLAN).details == ()
    assert {request.url.path for request in there.requests} == {"/names"}


def test_calls_for_details_count_for_the_budget():
    with opened(fake()) as shop:
        sample = shop.pull("names", Plan(pages=5, size=10, details=3, requests=6))
    assert (len(sample), len(sample.details)) == (47, 1)


def test_children_may_have_a_detail_as_well():
    spec = {
        "orders": {"list": "/orders"},
        "lines": {"parent": "orders", "embedded": "lines", "detail": "/lines/{id}"},
        "notes": {"parent": "orders", "list": "/orders/{id}/notes", "detail": "/notes/{id}"},
    }
    there = Fake({
        "/orders": {"data": [{"id": 7, "lines": [{"id": 70}]}]}, "/lines/70": {"id": 70, "tax": 1},
        "/orders/7/notes": {"data": [{"id": 71}]}, "/notes/71": {"id": 71, "text": "x"},
    })  # fmt: skip
    with opened(there, spec) as shop:
        samples = shop.pull_all(["lines", "notes"], Plan(details=1))
    assert samples["lines"].details == ({"id": 70, "tax": 1},)
    assert samples["notes"].details == ({"id": 71, "text": "x"},)
    assert samples["notes"].parents == (7,)


def shaped(descriptions=()):
    with opened(fake()) as shop:
        return Shaper("Fake", shop.connector, descriptions).shapes("names", shop.pull("names", PLAN))


def test_the_schema_holds_both_and_the_shapes_tell_the_calls_apart():
    shapes = shaped()
    city, rank, name = (shapes.returned.field(path).observed for path in ("address.city", "rank", "name"))
    assert (city.of, city.present) == (3, 3)
    assert (rank.of, rank.present) == (47, 47)
    assert name.of == 47  # what both give is counted in the list
    assert (shapes.returned.records, shapes.listed.records, shapes.detail.records) == (47, 47, 3)
    assert shapes.detail.field("rank") is None
    assert shapes.listed.field("address") is None


def test_differences_name_the_call_that_gave_a_field():
    found = {(row.path, row.difference): row.evidence for row in compare_all(shaped()).rows}
    assert found["address", "only in detail"] == "list: not in 47 records of the list; detail: observed in 3 of 3"
    assert ("rank", "only in list") in found
    assert ("name", "only in list") not in found


def test_what_a_description_declares_of_both_calls_stays_beside_what_was_observed():
    properties = {"id": {"type": "integer"}, "name": {"type": "string"}}
    more = {**properties, "vat": {"type": "string"}}

    def get(schema):
        return {"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}}

    listed = {"type": "array", "items": {"type": "object", "properties": properties}}
    document = {"openapi": "3.0.3", "info": {"title": "N"}, "paths": {
        "/names": get(listed), "/names/{id}": get({"type": "object", "properties": more}),
    }}  # fmt: skip
    shapes = shaped((read_openapi(document),))
    assert shapes.detail.field("vat").declared
    assert shapes.detail.field("address.city").observed.of == 3
    assert shapes.listed.field("vat") is None


def test_a_record_without_its_id_is_not_compared_with_the_envelope():
    rows = [{"code": f"c{n}", "name": "x"} for n in range(1, 4)]
    spec = {"names": {"list": "/names", "detail": "/names/{code}"}}
    answers = {f"/names/{row['code']}": {"data": {**row, "more": 1}, "took": 3} for row in rows}
    with opened(Fake({"/names": {"data": rows}, **answers}), spec) as shop:
        sample = shop.pull("names", Plan(details=3))
    assert sample.details == tuple({**row, "more": 1} for row in rows)
    others = {f"/names/{row['code']}": {"data": {"name": "x", "more": 1}, "took": 3} for row in rows}
    with opened(Fake({"/names": {"data": rows}, **others}), spec) as shop:
        sample = shop.pull("names", Plan(details=3))
    assert sample.details == ()
    assert "no record came by /names/{code}" in sample.claim
