"""GraphQL servers of two manners: connections whose records stand inside edges, and lists with skip and take."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.record_list import records_at

ORDERS = [{"id": f"T3JkZXI6{number}", "number": number} for number in range(1, 24)]
QUERY = """query ($first: Int!, $after: String) { orders(first: $first, after: $after) {
  edges { node { id number lines { edges { node { sku } } } } } pageInfo { hasNextPage endCursor } } }"""


def edges(records, **more):
    return {"edges": [{"cursor": f"c{position}", "node": each} for position, each in enumerate(records)], **more}


def connection(request):
    variables = json.loads(request.content)["variables"]
    start = int(variables.get("after") or 0)
    end = start + variables["first"]
    info = {"hasNextPage": end < len(ORDERS), "endCursor": str(end)}
    found = [{**each, "lines": edges([{"sku": f"S{each['number']}"}])} for each in ORDERS[start:end]]
    return httpx.Response(200, json={"data": {"orders": edges(found, pageInfo=info)}})


COLLECTIONS = {
    "orders": {"records": "data.orders.edges[].node", "search": {"path": "/graphql", "query": QUERY}},
    "lines": {"parent": "orders", "embedded": "lines.edges[].node", "id": "sku"},
}


def test_records_inside_edges_are_found_page_by_page_and_their_children_too():
    fake = Fake({"/graphql": connection})
    with system(fake, COLLECTIONS, paging={"kind": "graphql"}) as there:
        found = there.pull_all(["orders", "lines"], Plan(pages=5, size=10))
    assert [each["number"] for each in found["orders"].records] == list(range(1, 24))
    assert [each["sku"] for each in found["lines"].records] == [f"S{number}" for number in range(1, 24)]
    assert len(fake.requests) == 3


def test_a_field_inside_edges_is_called_as_it_is_in_its_record():
    with system({}, COLLECTIONS, paging={"kind": "graphql"}) as there:
        places = AnswerPaths(there.connector)
    assert places.names(("data", "orders", "edges", "node", "email"), ("orders",)) == ("orders.email",)


@pytest.mark.parametrize("records", ["data.orders.nodes", "data.orders.edges.node", "data.orders.edges[].nod"])
def test_a_wrong_place_of_records_is_answered_with_the_one_inside_the_edges(records):
    collections = {"orders": {**COLLECTIONS["orders"], "records": records}}
    with system({"/graphql": connection}, collections, paging={"kind": "graphql"}) as there:
        with pytest.raises(ResponseError, match=r"the answer has `data\.orders\.edges\[\]\.node` \(20\)"):
            there.pull("orders")


def test_no_edges_are_no_records_and_an_empty_edge_is_passed_over():
    assert records_at(Answer("", 200, {"edges": []}), "edges[].node").records == []
    assert records_at(Answer("", 200, {"edges": [{"node": None}, {"node": {"id": 1}}]}), "edges[].node").records == [
        {"id": 1}
    ]


def test_a_list_with_skip_and_take_is_read_by_its_variables():
    def listed(request):
        options = json.loads(request.content)["variables"]["options"]
        found = ORDERS[options["skip"] : options["skip"] + options["take"]]
        return httpx.Response(200, json={"data": {"orders": {"items": found, "totalItems": len(ORDERS)}}})

    query = "query ($options: OrderListOptions) { orders(options: $options) { items { id } totalItems } }"
    paging = {"kind": "offset", "offset": "variables.options.skip", "limit": "variables.options.take",
              "in_body": True, "total": "data.orders.totalItems"}  # fmt: skip
    orders = {"records": "data.orders.items", "search": {"path": "/admin-api", "query": query}}
    with system({"/admin-api": listed}, {"orders": orders}, paging=paging) as there:
        sample = there.pull("orders", Plan(pages=5, size=10))
    assert (len(sample), sample.total) == (23, 23)
