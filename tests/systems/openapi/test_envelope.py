"""Envelopes of many vendors' kinds are opened and named; a record with lists of its own is none."""

from __future__ import annotations

import pytest
from documents import RECORD, TEXT, WHOLE, answers, document, listed, takes, thing

from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Shape

MANY = listed(RECORD)


@pytest.mark.parametrize(
    ("answer", "envelope"),
    [
        (thing(_embedded=thing(orders=MANY), _links=thing(self=thing(href=TEXT)), page=thing(size=WHOLE)),
         "_embedded.orders"),
        ({"properties": {"@odata.context": TEXT, "value": MANY, "@odata.nextLink": TEXT}}, "value"),
        (thing(d=thing(results=MANY)), "d.results"),
        (thing(elements=thing(orders=MANY), meta=thing(totalCount=WHOLE)), "elements.orders"),
        (thing(object=TEXT, data=MANY, has_more={"type": "boolean"}, url=TEXT), "data"),
        (thing(Id=TEXT, Status=TEXT, ProviderName=TEXT, DateTimeUTC=TEXT, Orders=MANY), "Orders"),
        (thing(items=MANY, search_criteria=thing(page=WHOLE), total_count=WHOLE), "items"),
        (thing(list=MANY, facets=listed(RECORD), paging=thing(total=WHOLE)), "list"),
        (thing(count=WHOLE, next=TEXT, previous=TEXT, results=MANY), "results"),
        (thing(ErrorCode=TEXT, Orders=MANY), "Orders"),
        (thing(data=listed(thing(id=TEXT, type=TEXT, attributes=RECORD)), included=MANY, links=thing(next=TEXT)),
         "data"),
        (thing(orderList=MANY, company=thing(name=TEXT), note=TEXT), "orderList"),
        (thing(hits=thing(total=WHOLE, hits=MANY), took=WHOLE), "hits.hits"),
        (thing(response=thing(orders=thing(order=MANY))), "response.orders.order"),
        ({"oneOf": [MANY, thing(code=WHOLE, message=TEXT)]}, ""),
        ({"anyOf": [thing(orders=MANY, next=TEXT), thing(error=TEXT)]}, "orders"),
        (thing(entries=MANY, pageNumber=WHOLE, pageSize=WHOLE, totalElements=WHOLE), "entries"),
    ],
)  # fmt: skip
def test_a_page_is_opened_whoever_made_it(answer, envelope):
    api = read_openapi(document({"/orders": {"get": answers(answer)}}))
    found = api.returned(api.operations("orders").list)
    assert (found.envelope, found.many) == (envelope, True)


@pytest.mark.parametrize(
    "record",
    [
        thing(id=WHOLE, items=MANY, total=WHOLE),
        thing(street=TEXT, city=TEXT, zip=TEXT, custom_attributes=MANY),
        thing(payment_methods=MANY, totals=thing(grand=WHOLE)),
        thing(metadata=RECORD, spec=thing(containers=MANY), status=thing(conditions=MANY)),
        thing(subtotal=WHOLE, tax=WHOLE, currency=TEXT, coupon=TEXT, items=MANY),
    ],
)
def test_one_record_with_lists_of_its_own_is_no_page(record):
    api = read_openapi(document({"/carts/mine": {"get": answers(record)}}))
    (name,) = api.collections()
    held = api.returned(api.operations(name).detail)
    assert (held.envelope, held.many, api.operations(name).list) == ("", False, None)


@pytest.mark.parametrize(
    ("codes", "fields"),
    [
        ({"204": None, "default": thing(code=WHOLE, message=TEXT)}, None),
        ({"200": MANY, "default": thing(code=WHOLE)}, {"id", "name"}),
        ({"2XX": MANY}, {"id", "name"}),
        ({"default": MANY}, {"id", "name"}),
        ({"202": None, "2XX": MANY, "404": thing(code=WHOLE)}, {"id", "name"}),
    ],
)
def test_the_answer_is_that_of_success_and_not_of_an_error(codes, fields):
    told = {
        code: {"description": ""} | ({"content": {"application/json": {"schema": schema}}} if schema else {})
        for code, schema in codes.items()
    }
    api = read_openapi(document({"/orders": {"get": {"responses": told}, "post": takes(RECORD)}}))
    held = api.returned(api.find("GET", "/orders"))
    assert (set(api.node(held.schema).properties) if held else None) == fields


@pytest.mark.parametrize(
    "media",
    [
        "application/json; charset=utf-8", "application/vnd.api+json", "*/*", "application/*", "text/json",
        "application/x-www-form-urlencoded", "multipart/form-data", "application/vnd.shop.v2+json;q=0.9",
        "application/hal+json",
    ],
)  # fmt: skip
def test_bodies_are_read_whatever_their_media_type_is_called(media):
    api = read_openapi(document({"/orders": {"get": answers(MANY, media=media), "post": takes(RECORD, media=media)}}))
    assert {each.path for shape in (Shape.RETURNED, Shape.CREATE) for each in declare(api, "orders", shape).fields} == {
        "id",
        "name",
    }


@pytest.mark.parametrize(
    ("call", "envelope"),
    [
        ({"get": answers(thing(ErrorCode=TEXT, AR_CUST=RECORD))}, "AR_CUST"),
        ({"get": answers(thing(address=RECORD, status=TEXT))}, ""),
        ({"get": answers(thing(address=RECORD))}, ""),
        ({"post": takes(thing(AR_CUST=RECORD))}, "AR_CUST"),
        ({"put": takes(thing(rule=RECORD))}, "rule"),
        ({"patch": takes(thing(address=RECORD))}, ""),
        ({"post": takes(thing(address=RECORD, name=TEXT))}, ""),
    ],
)
def test_the_only_object_of_a_whole_body_is_the_record_whatever_it_is_called(call, envelope):
    api = read_openapi(document({"/customers": call}))
    ((_, operation),) = api._operations.items()
    held = api.returned(operation) or api.received(operation)
    assert held.envelope == envelope


def test_a_body_that_may_be_one_record_or_many_is_told_as_the_record():
    either = {"oneOf": [RECORD, MANY]}
    api = read_openapi(document({"/orders": {"get": answers(MANY), "post": takes(either)}}))
    assert [each.path for each in declare(api, "orders", Shape.CREATE).fields] == ["id", "name"]


def test_of_several_media_types_json_is_read_and_a_list_of_changes_last():
    content = {
        "application/xml": {"schema": thing(x=TEXT)},
        "application/json-patch+json": {"schema": listed(thing(op=TEXT))},
        "application/merge-patch+json; charset=utf-8": {"schema": RECORD},
        "multipart/form-data": {"schema": thing(file=TEXT)},
    }
    patch = {"requestBody": {"content": content}, "responses": {"204": {}}}
    api = read_openapi(document({"/orders": {"get": answers(MANY)}, "/orders/{id}": {"patch": patch}}))
    assert [each.path for each in declare(api, "orders", Shape.UPDATE).fields] == ["id", "name"]


@pytest.mark.parametrize(("depth", "found"), [(1, True), (4, True), (5, False)])
def test_a_list_is_looked_for_four_envelopes_deep(depth, found):
    answer = MANY
    for _ in range(depth):
        answer = thing(data=answer)
    api = read_openapi(document({"/orders": {"get": answers(answer)}}))
    assert (declare(api, "orders", Shape.RETURNED).envelope == ".".join(["data"] * depth)) is found
