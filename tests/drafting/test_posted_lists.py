"""Saved POSTs that only ask become collections; those that write, or may, are named with the reason."""

from __future__ import annotations

import json
import tomllib

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.drafting.from_calls import connector_text
from ipaas_discovery.drafting.saved_calls.har import read_har
from ipaas_discovery.samples.plan import Plan

ROWS = [{"id": number, "name": f"S{number}", "partner": "Ada Lovelace"} for number in range(1, 12)]
PERSONAL = ("Lovelace", "ada@", "s3cret", "Europe", "4711")


def remote(model, method, offset=0, limit=4, **more):
    """A remote call as ERPs take it, with a condition and a context that name somebody."""
    kwargs = {"domain": [["partner", "=", "Lovelace"]], "fields": ["name"], "limit": limit, "offset": offset}
    params = {"model": model, "method": method, "args": [], "kwargs": {**kwargs, "context": {"tz": "Europe/Bern"}}}
    return {"jsonrpc": "2.0", "id": 4711 + offset, "method": "call", "params": params, **more}


def answered(body):
    kwargs = body["params"]["kwargs"]
    rows = ROWS[kwargs["offset"] : kwargs["offset"] + kwargs["limit"]]
    return {"jsonrpc": "2.0", "id": body["id"], "result": {"count": len(rows), "rows": rows}}


def drafted(tmp_path, *calls):
    """The text of the connector that is drafted from POSTs and their answers."""
    entries = [
        {
            "request": {
                "method": "POST",
                "url": f"https://erp.example.test{path}",
                "headers": [],
                "postData": {"mimeType": "application/json", "text": json.dumps(body)},
            },
            "response": {"status": 200, "content": {"mimeType": "application/json", "text": json.dumps(answer)}},
        }
        for path, body, answer in calls
    ]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    text = connector_text(read_har(tmp_path / "calls.har"), "erp")
    assert not [word for word in PERSONAL if word in text]
    return text


def test_remote_calls_that_read_are_collections_by_model_and_are_pulled_whole(tmp_path):
    pages = [remote("sale.order", "search_read", offset) for offset in (0, 4)]
    other = remote("res.partner", "search_read")
    text = drafted(tmp_path, *(("/call", body, answered(body)) for body in (*pages, other)))
    orders, partners = (tomllib.loads(text)["collections"][name] for name in ("sale_order", "res_partner"))
    assert orders["paging"] == {
        "kind": "offset", "offset": "params.kwargs.offset", "limit": "params.kwargs.limit", "in_body": True,
    }  # fmt: skip
    assert partners["search"]["body"]["params"]["model"] == "res.partner"
    assert "# Left out of its body: params.kwargs.domain, params.kwargs.context.tz." in text
    fake = Fake({"/call": lambda request: httpx.Response(200, json=answered(json.loads(request.content)))})
    with system(fake, {"orders": orders}) as erp:
        sample = erp.pull("orders", Plan(pages=9, size=4))
    assert [record["id"] for record in sample.records] == [row["id"] for row in ROWS]
    assert "nothing is left unseen" in sample.claim


QUERY = """query Q($n: Int, $c: String) {
  # for Ada Lovelace
  orders(first: $n, after: $c) { nodes { id } pageInfo { endCursor } }
}"""
LISTED = {"data": {"orders": {"nodes": [{"id": 1}, {"id": 2}]}}}


def test_graphql_queries_are_collections_that_page_by_their_own_variables(tmp_path):
    text = drafted(tmp_path, ("/graphql", {"query": QUERY, "variables": {"n": 2, "mail": "ada@x.test"}}, LISTED))
    orders = tomllib.loads(text)["collections"]["orders"]
    assert orders["paging"] == {"kind": "graphql", "first": "n", "after": "c"}
    assert orders["records"] == "data.orders.nodes"
    assert "# Left out of its body: variables.n, variables.mail." in text


def test_a_search_with_a_body_is_a_collection_without_its_conditions(tmp_path):
    def found(after, ids):
        body = {"filterGroups": [{"value": "Lovelace"}], "properties": ["name"], "limit": 2, "after": after}
        return "/contacts/search", body, {"results": [{"id": n} for n in ids], "next": "t2", "total": 9}

    text = drafted(tmp_path, found("t0", (1, 2)), found("t2", (3, 4)))
    contacts = tomllib.loads(text)["collections"]["contacts"]
    assert contacts["search"] == {"path": "/contacts/search", "body": {"filterGroups": [], "properties": ["name"]}}
    assert contacts["paging"] == {
        "kind": "cursor", "cursor": "after", "next": "next", "size": "limit", "total": "total", "in_body": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "answer", "reason"),
    [
        ("/call", remote("sale.order", "action_confirm"), {"result": ROWS}, "it may change something"),
        ("/call", remote("sale.order", "unlink"), {"result": ROWS}, "it may change something"),
        ("/rpc", {"jsonrpc": "2.0", "method": "tidy", "params": {}}, {"result": ROWS}, "does not say that it only"),
        ("/graphql", {"query": "mutation { orders { id } }"}, LISTED, "it may change something"),
        ("/graphql", {"query": '{ orders(of: "ada@x.test") { nodes { id } } }'}, LISTED, "holds values of its own"),
        ("/graphql", {"query": "{ orders(of: 471100) { nodes { id } } }"}, LISTED, "holds values of its own"),
        ("/orders/search", {"limit": 2}, {"ok": True}, "no saved answer to it holds a list"),
    ],
)
def test_a_post_of_which_no_collection_is_made_is_named_with_the_reason(tmp_path, path, body, answer, reason):
    read = ("/things/search", {"limit": 2}, {"results": [{"id": 1}, {"id": 2}]})
    text = drafted(tmp_path, read, (path, body, answer))
    assert list(tomllib.loads(text)["collections"]) == ["things"]
    (line,) = (line for line in text.splitlines() if line.startswith(f"# - POST {path}"))
    assert reason in line


def test_more_than_a_hundred_lists_of_one_name_are_told_apart(tmp_path):
    body = remote("sale.order", "search_read")
    text = drafted(
        tmp_path, *((f"/call/{chr(97 + at // 26)}{chr(97 + at % 26)}", body, answered(body)) for at in range(120))
    )
    names = [*tomllib.loads(text)["collections"]]
    assert len(names) == 120
    assert {"sale_order", "sale_order_2", "sale_order_120"} <= {*names}
