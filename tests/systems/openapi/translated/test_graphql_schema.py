"""GraphQL schemas: what the query lists, what mutations write, and a query that asks for it."""

from __future__ import annotations

import graphql
import pytest
from documents import labels

from ipaas_discovery import connect
from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.systems.connectors.connector import load_connector
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape
from ipaas_discovery.workspace.create import create

SDL = """
type Query {
  orders(first: Int, after: String): OrderConnection!
  shelves: [Shelf!]
  order(id: ID!): Order
  found(text: String!): [Shelf]
  counts: [Int]
  bins: BinPage
}
type OrderConnection { edges: [OrderEdge] pageInfo: PageInfo! }
type OrderEdge { node: Order }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Order { id: ID! total: Float! state: State home: Home priced(in: String!): Float lines: [Line] parent: Order }
type Line { sku: String home: Home }
type Home { city: String }
type Shelf { id: ID! label: String }
type BinPage { items: [Shelf] }
enum State { OPEN PAID }
input OrderInput { total: Float! note: String = "none" }
type Mutation {
  orderCreate(input: OrderInput!): Order
  updateOrder(id: ID!, input: OrderInput!): Order
  deleteOrders(id: ID!): Order
  createInvoice(input: OrderInput!): Order
  ping: Boolean
}
"""


def written(tmp_path, text, name="shop.graphql"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_of_objects_are_collections_and_mutations_their_writing_calls(tmp_path):
    api = read_openapi(written(tmp_path, SDL))
    assert api.collections() == ("bins", "orders", "shelves")
    assert labels(api.operations("orders"))[2:] == [
        "mutation orderCreate", "mutation updateOrder", "mutation deleteOrders",
    ]  # fmt: skip
    places = {name: api.returned(api.operations(name).list).envelope for name in api.collections()}
    assert places == {"bins": "data.bins.items", "orders": "data.orders.edges[].node", "shelves": "data.shelves"}
    assert api.find("mutation", "orderCreate") is api.operations("orders").create
    assert api.find("mutation", "ping").label == "mutation ping"  # of no collection, and a connector may name it
    assert api.find("mutation", "pong") is None


def test_an_introspection_says_the_same(tmp_path):
    answer = {"data": graphql.introspection_from_schema(graphql.build_schema(SDL))}
    assert read_openapi(answer).collections() == read_openapi(written(tmp_path, SDL)).collections()


def test_the_written_connector_asks_and_knows_its_shapes(tmp_path):
    create(tmp_path / "new", from_openapi=written(tmp_path, SDL))
    with connect(tmp_path / "new" / "data" / "shop.toml", base_url="https://shop.example.test") as system:
        spec, paging = system.connector.collection("orders"), system.connector.paging_of("orders")
        shapes = Shaper("shop", system.connector, system.descriptions)
        declared = {shape: shapes.declared("orders", shape) for shape in Shape}
    assert not graphql.validate(graphql.build_schema(SDL), graphql.parse(spec.search.query))
    assert (paging.kind, spec.create) == ("graphql", "mutation orderCreate")
    assert "priced" not in spec.search.query
    assert "lines { sku }" in spec.search.query
    returned = [field.path for field in declared[Shape.RETURNED].fields]
    assert {"id", "total", "state", "lines[].sku"} <= set(returned)
    assert [(field.path, field.required) for field in declared[Shape.CREATE].fields] == [
        ("note", False),
        ("total", True),
    ]
    assert declared[Shape.CREATE].operations[Method.ADD] == "mutation orderCreate"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type Query { ping: Boolean }", "gives no collection"),
        ("type Query {", "no GraphQL schema that can be read"),
        ("", "no GraphQL schema that can be read"),
    ],
)
def test_a_schema_without_lists_is_refused_in_a_sentence(tmp_path, text, message):
    with pytest.raises(DescriptionError, match=message):
        read_openapi(written(tmp_path, text))


COUNTED = """
type Query {{ orders(first: Int, after: String): OrderConnection! }}
type OrderConnection {{ nodes: [Order!] pageInfo: PageInfo! {field} }}
type PageInfo {{ hasNextPage: Boolean! endCursor: String }}
type Order {{ id: ID! total: Int }}
"""


@pytest.mark.parametrize(
    ("field", "total"),
    [
        ("totalCount: Int!", "totalCount"),
        ("name: String total: Int", "total"),
        ("totalCount: String", ""),
        ("totalCount(of: String): Int", ""),
        ("weight: Int", ""),
        ("", ""),
    ],
)
def test_a_connection_that_tells_its_total_is_asked_for_it(tmp_path, field, total):
    path = written(tmp_path, COUNTED.format(field=field))
    create(tmp_path / "new", from_openapi=path)
    spec = load_connector(tmp_path / "new" / "data" / "shop.toml").collections["orders"]
    assert spec.search.query.endswith(f"pageInfo {{ hasNextPage endCursor }}{total and ' ' + total} }} }}")
    assert spec.paging.total == (f"data.orders.{total}" if total else None)
    assert spec.records == "data.orders.nodes"


def test_a_list_without_pages_is_not_asked_for_a_total(tmp_path):
    text = COUNTED.format(field="totalCount: Int").replace("first: Int, after: String", "limit: Int")
    create(tmp_path / "new", from_openapi=written(tmp_path, text))
    assert "totalCount" not in (tmp_path / "new" / "data" / "shop.toml").read_text()
