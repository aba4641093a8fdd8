"""Every spelling by which a read could write, and what only sounds so."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.graphql_writes import objection_to_graphql
from ipaas_discovery.systems.answers.statements import writes_in_statement
from ipaas_discovery.systems.answers.write_detection import (
    objection_to_body,
    objection_to_headers,
    objection_to_members,
    objection_to_path,
    objection_to_query,
)


@pytest.mark.parametrize(
    "path",
    [
        "/orders/_delete_by_query",
        "/deleteCustomer",
        "/orders/1/delete",
        "/orders/bulk-delete",
        "/orders:batchDelete",
        "/DELETE",
        "/orders/%64elete",
        "/orders/findAndModify/upsert",
        "/customers.update",
        "/deleteorders",
        "/getAndDelete",
        "/x;_method=DELETE",
        "/x;action=delete/y",
        "/Orders(1)/cancel",
    ],
)
def test_a_path_that_writes_is_objected_to(path):
    assert "its path" in objection_to_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "/orders/..",
        "/orders/../customers",
        "/orders/%2e%2e/customers",
        "/orders/..%2Fcustomers",
        "/orders/..%252Fx",
        "/orders/..;/customers",
        "/orders/..;x=1/customers",
        "/orders\\\\..\\\\customers",
        "/./orders",
        "/orders/ .. /x",
    ],
)
def test_a_path_that_walks_is_objected_to(path):
    assert objection_to_path(path) == "its path walks to another one"


@pytest.mark.parametrize(
    "path",
    [
        "/orders",
        "/orders/search",
        "/customers/delete-requests",
        "/price-updates",
        "/updated",
        "/deleted-records",
        "/posts",
        "/register/sales",
        "/orders/{order.update}/lines",
        "/items/UPDATE-KIT/prices",
        "/items/a%2Fdelete%3Fx",
        "/archive",
        "/listUpdates",
        "/v1.2/orders.json",
        "/items/...",
        "/creators",
        "/insertions",
    ],
)
def test_a_path_that_only_sounds_so_is_none(path):
    assert objection_to_path(path) == ""


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-Method",
        "X-Http-Verb",
        "x_http_verb",
        "X-HTTP-Verb-Override",
        "X-Method",
        "Http-Method",
        "Verb",
        "X-Original-Method",
        "X-Rewrite-Method",
        "X-Tunnel-Method",
        "_method",
        "X-Request-Method",
        "X-API-Method",
        "X-SAP-HTTP-Method",
        "X-HTTP-Method-Overide",
        "X-Method-Tunnel",
        "X-Gateway-Verb",
    ],
)
def test_every_spelling_of_another_method_is_objected_to(name):
    assert objection_to_headers([(name, "delete")]) == f"its header {name} names another method"
    assert objection_to_headers([(name, " get ")]) == ""


@pytest.mark.parametrize("name", ["X-Original-URL", "X-Rewrite-Url", "X-Forwarded-Path", "X-Original-Uri"])
def test_every_spelling_of_another_path_is_objected_to(name):
    assert objection_to_headers([(name, "/x")]) == f"its header {name} names another path"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOAPAction", "urn:DeleteCustomer"),
        ("X-Amz-Target", "Db_1.DeleteItem"),
        ("X-Acme-Api-Call-Name", "AddItem"),
        ("X-HTTP-Action", "delete"),
        ("Operation-Name", "orderCancel"),
    ],
)
def test_a_header_that_says_what_to_do_is_objected_to(name, value):
    assert objection_to_headers([(name, value)]) == f"its header {name} says '{value}'"


@pytest.mark.parametrize("name", ["X-Shipping-Method", "Accept", "X-Path", "X-Verbose", "Content-Location"])
def test_other_headers_are_none(name):
    assert objection_to_headers([(name, "DELETE")]) == ""


@pytest.mark.parametrize(("name", "value"), [("X-Acme-Call-Name", "GetOrders"), ("X-Action-Version", "delete")])
def test_a_header_that_tells_a_read_is_none(name, value):
    assert objection_to_headers([(name, value)]) == ""


@pytest.mark.parametrize(
    "body",
    [
        {"action": "delete"},
        {"Action": "DELETE"},
        {"op": "order.remove"},
        {"filter": {"cmd": "updateAll"}},
        {"filter": {"cmd": "delete"}},
        {"filter": {"operation": "delete", "ids": [1]}},
        {"jsonrpc": "2.0", "method": "deleteCustomer", "params": [1]},
        {"method": "call", "params": {"args": ["db", 1, "res.partner", "unlink", [[1]]]}},
        {"method": "call", "params": ["Write"]},
        {"delete": {"id": 7}},
        {"commands": [{"upsert": [1]}]},
        {"deleteMany": {}},
        {"operations": ["delete"]},
        {"statement": "DELETE FROM orders"},
        {"sql": "drop table x"},
        {"q": "select 1; insert into x values (1)"},
        {"query": "UPDATE orders SET a = 1"},
        {"_method": "delete"},
        {"verb": "PURGE"},
        {"func": "findAndModify"},
        {"input": "mutation { a }"},
        {"payload": {"text": "mutation M { a }"}},
        {"payload": ' {"action": "delete"}'},
        {"payload": '[{"request": {"_method": "PUT"}}]'},
        {"payload": '{"inner": "{\\"cmd\\": \\"purge\\"}"}'},
        {"xml": "<request><deleteOrder><id>7</id></deleteOrder></request>"},
        {"callName": "AddItem"},
        {"verb": "remove"},
        {"requestType": "deleteOrder"},
        {"route": "order/delete"},
        {"relative_url": "/orders/../customers"},
        {"pipeline": [{"$match": {}}, {"$out": "copy"}]},
        {"params": {"args": ["shop", 2, "x", "sale.order", "action_confirm", [7]]}},
        {"params": {"args": ["shop", 2, "x", "mail.thread", "message_post", [7]]}},
    ],
)
def test_a_body_that_writes_is_objected_to(body):
    assert objection_to_members(body, graphql=False)
    assert objection_to_members({"outer": [body]} if "params" not in body else body, graphql=False)


@pytest.mark.parametrize(
    "body",
    [
        {"query": {"match_all": {}}},
        {"action": "list"},
        {"action": "listUpdates"},
        {"op": "and"},
        {"method": "flat_rate"},
        {"jsonrpc": "2.0", "method": "listOrders", "params": ["created", "deleted"]},
        {"status": "delete"},
        {"create_date": {"gt": "2026"}},
        {"delete": False},
        {"update": "2026-01-01"},
        {"q": "update the set"},
        {"statement": "SELECT last_update FROM orders WHERE note = 'please delete from list'"},
        {"sql": "id"},
        {"statement": "with x as (select 1) select * from x;"},
        {"query": "name:ada"},
        {"function": "sum"},
        {"payload": '{"action": "list"}'},
        {"payload": "{not JSON: delete}"},
        {"text": "<b>delete</b> is no XML & stays"},
        {"route": "delete"},
        {"route": "order/list"},
        {"verb": "list"},
        {"params": {"args": ["shop", 2, "x", "account.move", "search_read", [], {"fields": ["write_date"]}]}},
        {"params": {"args": ["shop", 2, "x", "res.partner", "fields_get"]}},
        {"params": {"args": ["a.b", "c.d", 7]}},
    ],
)
def test_a_body_that_only_asks_is_none(body):
    assert objection_to_members(body, graphql=False) == ""


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("select 1; DELETE/**/FROM x", True),
        ("select '/*' ; drop table x; select '*/'", True),
        ("with d as (delete from x returning *) select * from d", True),
        ("select * into copy from x", True),
        ("explain analyze delete from x", True),
        ("select /*!50000 delete */ 1", True),
        ("call wipe(1)", True),
        ("select 'a\\\\''; delete from x; -- '", True),
        ("(select 1)", False),
        ("match (n) set n.a = 1", True),
        ("select a -- delete from x", False),
        ('select "update", `set` from x', False),
        ('select "; delete from x" from "x"; delete from y', True),
        ("select 1; select 2", False),
        ("select 1; vacuum", True),
    ],
)
def test_a_statement_is_judged_by_what_it_does(text, writes):
    assert writes_in_statement(text, certain=True) is writes


@pytest.mark.parametrize(
    "query",
    [
        "mutation { login { token } deleteCustomer(id: 1) { id } }",
        "mutation { login: deleteCustomer { id } }",
        "mutation { deleteAll }",
        "mutation { deleteToken }",
        "mutation { ...F } fragment F on M { deleteAll }",
        "mutation { ... on M { login { a } } }",
        "mutation { createAuthor { id } }",
        "subscription { login { a } }",
        "mutation { auth { deleteUser { id } } }",
        "mutation { login { a } } mutation B { b }",
        "mutation { changeToken }",
    ],
)
def test_a_log_in_by_graphql_does_nothing_else(query):
    assert "its GraphQL holds" in objection_to_graphql(query, log_in=True)
    assert (
        "query" in objection_to_query([("query", query)], graphql=True, log_in=True) or "GraphQL" in query + "GraphQL"
    )
    assert objection_to_members({"query": query}, graphql=True, log_in=True)


@pytest.mark.parametrize(
    "query",
    [
        'mutation { login(username: "a") { token createdAt } }',
        "mutation { tokenCreate { token } }",
        "mutation { signIn { id } }",
        "mutation { customerAccessTokenCreate { a } }",
        "mutation { auth { login { t } } }",
        "mutation { generateCustomerToken { token } }",
        "mutation { authenticate { id } }",
        "{ session { id } }",
    ],
)
def test_a_log_in_by_graphql_passes(query):
    assert objection_to_graphql(query, log_in=True) == ""
    assert objection_to_members({"query": query}, graphql=True, log_in=True) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"_method=DELETE&password=x",
        b"a=1&X-HTTP-Method-Override=put",
        b"action=delete",
        b"action=login&action=deleteUser",
        b"\xff=1",
        b"%5Fmethod=delete",
    ],
)
def test_a_form_of_a_log_in_is_judged(content):
    assert objection_to_body(content, "application/x-www-form-urlencoded; charset=utf-8", graphql=False, log_in=True)
    assert (
        objection_to_body(
            b"grant_type=client_credentials&scope=write",
            "application/x-www-form-urlencoded",
            graphql=False,
            log_in=True,
        )
        == ""
    )


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("content", "objection"),
    [
        (b"", ""),
        (b"page=2&filter%5Bstatus%5D=open&action=list", ""),
        (b"filter[name]=Delete", ""),
        (b"action=delete", "its body says 'delete'"),
        (b"call[action]=deleteOrder", "its body says 'deleteOrder'"),
        (b"_method=PUT", "its body names another method"),
        (b"delete[id]=7", "its form names a verb"),
        (b"query=mutation+%7B+a+%7D", "its GraphQL holds a mutation"),
        (b"\xff=1", "its form is odd"),
    ],
)
def test_a_form_of_a_search_may_only_ask(content, objection):
    assert objection_to_body(content, FORM, graphql=False) == objection


@pytest.mark.parametrize(
    ("content", "objection"),
    [
        (
            b"<s:Envelope xmlns:s='u'><s:Body><GetOrders><setFrom>x</setFrom></GetOrders></s:Body></s:Envelope>",
            "",
        ),
        (
            b"<s:Envelope xmlns:s='u'><s:Body><s:DeleteOrder><id>1</id></s:DeleteOrder></s:Body></s:Envelope>",
            "its body says 'DeleteOrder'",
        ),
        (b"<updateOrder id='1'/>", "its body says 'updateOrder'"),
        (b"<r><cancelAll/></r>", "its body says 'cancelAll'"),
        (b"<methodCall><methodName>order.delete</methodName></methodCall>", "its body says 'order.delete'"),
        (b"<r action='delete'>x</r>", "its body says 'delete'"),
        (b"<r><update>2026</update><postCode>1</postCode><updatedAfter>x</updatedAfter></r>", ""),
        (b"<r><deleteOrder>7</deleteOrder></r>", "its body says 'deleteOrder'"),
        (b"<r>", "its body is no well-formed XML"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", "its body is no well-formed XML"),
    ],
)
def test_the_xml_of_a_search_may_only_ask(content, objection):
    for kind in ("text/xml; charset=utf-8", "application/soap+xml"):
        assert objection_to_body(content, kind, graphql=False) == objection


def test_a_body_of_another_kind_is_refused():
    assert objection_to_body(b"a", "text/plain", graphql=False) == "its body is neither JSON nor XML nor a form"
    assert objection_to_body(b"", "", graphql=False) == "its body is neither JSON nor XML nor a form"
    assert objection_to_body(b"", "", graphql=False, log_in=True) == ""


@pytest.mark.parametrize("path", ["/token/create", "/sessions/create", "/auth/login", "/oauth/token"])
def test_a_log_in_may_create_a_token(path):
    assert objection_to_path(path, log_in=True) == ""


@pytest.mark.parametrize("path", ["/customers/delete", "/customers/create", "/token/delete", "/auth/../customers"])
def test_a_log_in_creates_nothing_else(path):
    assert objection_to_path(path, log_in=True)


@pytest.mark.parametrize(
    "path",
    [
        "/orders/1;delete",
        "/orders%3Bdelete",
        "/api/orders!delete",
        "/api/DeleteOrder,1",
        "/rest/~delete/1",
        "/orders/[delete]",
        "/orders/massdelete",
        "/ordersdelete",
        "/orders/7/approve",
        "/orders/7/close",
        "/api/saveOrder",
        "/api/AddOrder",
        "/_reindex",
        "/commande/supprimer",
        "/pedidos/eliminar",
        "/bestellung/l%C3%B6schen",
        "/deleteNote",
        "/api/DeleteQueue",
    ],
)
def test_a_path_that_writes_in_other_spellings_is_objected_to(path):
    assert "its path says" in objection_to_path(path)


@pytest.mark.parametrize(
    "path", ["/a/%c0%ae%c0%ae/b", "/a/\uff0e\uff0e/b", "/a/\u2025/b", "/a/..%00/b", "/a/..%23/b", "/a/..%3Fx"]
)
def test_a_path_that_walks_in_odd_signs_is_objected_to(path):
    assert objection_to_path(path) == "its path walks to another one"


@pytest.mark.parametrize(
    "path",
    [
        "/add-ons",
        "/addOns",
        "/pay-periods",
        "/post-codes",
        "/closures",
        "/orders/refund",
        "/delete-jobs",
        "/updateHistory",
        "/items/a+b,c=d",
        "/removals",
        "/saved",
        "/sender",
        "/setups",
        "/orders/batch/read",
        "/import",
    ],
)
def test_a_path_whose_nouns_sound_so_is_none(path):
    assert objection_to_path(path) == ""


@pytest.mark.parametrize("path", ["/orders/_bulk", "/orders/import", "/orders/7/refund", "/placeOrder", "/jobs/1/run"])
def test_a_verb_that_is_a_noun_as_well_writes_where_it_is_posted_to(path):
    assert "its path says" in objection_to_path(path, posted=True)
    assert objection_to_path(path) == ""


@pytest.mark.parametrize(
    "path", ["/orders/search", "/orders/batch/read", "/inventory/counts/batch-retrieve", "/place-search", "/orders"]
)
def test_a_search_may_be_posted_to(path):
    assert objection_to_path(path, posted=True) == ""


@pytest.mark.parametrize(
    "query",
    [
        "delete",
        "delete=7",
        "remove=true",
        "cancel=1",
        "act=del",
        "cmd=rm",
        "mode=delete",
        "m=deleteOrder",
        "request=DeleteOrder",
        "action[delete]=1",
        "rest_route=/wp/v2/posts/7/delete",
        "Action=StopInstances",
        "Action=DeleteQueue",
        "form_action=delete",
        "oper=del",
        "call[action]=deleteOrder",
    ],
)
def test_a_query_that_writes_is_objected_to(query):
    name, _, value = query.partition("=")
    assert objection_to_query([(name, value)], graphql=False)


@pytest.mark.parametrize(
    "query",
    [
        "delete=0",
        "update=2026-01-01",
        "update=7",
        "event=order.delete",
        "type=delete",
        "mode=list",
        "page=2",
        "m=month",
        "filter[status]=cancel",
        "reset=",
        "start=1",
        "action=started",
        "a=b",
        "service=post",
        "action=view_update",
    ],
)
def test_a_query_that_only_sounds_so_is_none(query):
    name, _, value = query.partition("=")
    assert bool(objection_to_query([(name, value)], graphql=False)) is (query == "reset=")


@pytest.mark.parametrize(
    "body",
    [
        {"delete": True},
        {"_delete": True},
        {"remove": "7"},
        {"deletes": [{"q": {}}]},
        {"writes": [{"delete": "x"}]},
        {"cmd": {"a": "crm.deal.delete?id=1"}},
        {"method": "user.logout"},
        {"method": "host.massremove", "params": {}},
        {"method": "call", "params": {"model": "sale.order", "method": "button_validate", "args": [[1]]}},
        {"method": "tools/call", "jsonrpc": "2.0", "params": {"name": "delete_order", "arguments": {}}},
        {"resourcePath": "catalog_product.delete"},
        {"query": "MATCH (n) DELETE n"},
        {"query": "MATCH (n) SET n.x = 1"},
        {"q": "SELECT a FROM b; DROP TABLE b"},
        {"query": "CLEAR GRAPH <x>"},
        {"update": "DELETE WHERE { ?s ?p ?o }"},
        {"query": "CREATE (n:X)"},
        {"headers": "X-HTTP-Method-Override: DELETE"},
        {"query": "EXEC wipe_all"},
    ],
)
def test_a_body_that_writes_in_vendors_own_ways_is_objected_to(body):
    assert objection_to_members(body, graphql=False)


@pytest.mark.parametrize(
    "body",
    [
        {"delete": 0},
        {"update": 7},
        {"remove": "no"},
        {"cmd": {"a": "crm.deal.list?start=50"}},
        {"op": "started"},
        {"method": "call", "params": {"model": "sale.order", "method": "web_search_read", "kwargs": {}}},
        {"method": "tools/call", "jsonrpc": "2.0", "params": {"name": "list_orders", "arguments": {}}},
        {"q": "select a size from the set"},
        {"query": "MATCH (n) RETURN n"},
        {"text": "match (set) of two"},
    ],
)
def test_a_body_that_asks_in_vendors_own_ways_is_none(body):
    assert objection_to_members(body, graphql=False) == ""


@pytest.mark.parametrize("name", ["id", "hash", "queryHash", "sha256Hash"])
def test_no_stored_graphql_is_run_beside_one_that_asks(name):
    assert "stored" in objection_to_members({"query": "{ a }", name: "x"}, graphql=True)
    assert "stored" in objection_to_query([(name, "x")], graphql=True)
    assert objection_to_members({"query": "{ a }", "variables": {"id": "x"}}, graphql=True) == ""


@pytest.mark.parametrize(
    ("content", "writes"),
    [
        (
            (
                b"<methodCall><methodName>execute_kw</methodName><params><param><value>res.partner</value></param>"
                b"<param><value>unlink</value></param></params></methodCall>"
            ),
            True,
        ),
        (
            (
                b"<methodCall><methodName>execute_kw</methodName><params><param><value>sale.order</value></param>"
                b"<param><value>action_confirm</value></param></params></methodCall>"
            ),
            True,
        ),
        (
            b"<methodCall><methodName>system.multicall</methodName><params><a>wp.deletePost</a></params></methodCall>",
            True,
        ),
        (
            (
                b"<methodCall><methodName>execute_kw</methodName><params><param><value>res.partner</value></param>"
                b"<param><value>search_read</value></param></params></methodCall>"
            ),
            False,
        ),
        (b"<QBXML><QBXMLMsgsRq><CustomerModRq><a>1</a></CustomerModRq></QBXMLMsgsRq></QBXML>", True),
        (b"<QBXML><QBXMLMsgsRq><CustomerQueryRq><a>1</a></CustomerQueryRq></QBXMLMsgsRq></QBXML>", False),
    ],
)
def test_remote_calls_in_xml_may_only_ask(content, writes):
    assert bool(objection_to_body(content, "text/xml", graphql=False)) is writes


@pytest.mark.parametrize(
    "body",
    [
        {"script": {"source": "ctx._source.remove('x')"}, "query": {"match_all": {}}},
        {"script": {"source": "ctx.op = 'delete'"}},
        {"gremlin": "g.V().has('a', 1).drop()"},
        {"gremlin": "g.addV('order')"},
        {"doc": {"a": 1}, "doc_as_upsert": True},
        {"btnDelete": 1},
        {"service": "Order.delete"},
    ],
)
def test_scripts_graphs_and_buttons_that_write_are_refused(body):
    assert objection_to_members(body, graphql=False)


@pytest.mark.parametrize(
    "body",
    [
        {"script_fields": {"a": {"script": {"source": "doc['price'].value * params.rate"}}}},
        {"gremlin": "g.V().has('dropped', 1).values('address').limit(5)"},
        {"canDelete": True},
        {"service": "Order.list"},
        {"documents_updated": 1},
    ],
)
def test_their_like_that_only_read_are_not(body):
    assert not objection_to_members(body, graphql=False)


def test_a_mutation_beside_a_query_a_header_of_grpc_and_a_method_behind_a_type_are_refused():
    assert objection_to_query([("query", "{a}"), ("mutation", "{b}")], graphql=True)
    assert objection_to_headers([("grpc-method", "Delete")])
    assert objection_to_headers([("Content-Type", "application/json; _method=DELETE")])
    assert not objection_to_headers([("Content-Type", "application/json; charset=utf-8"), ("grpc-method", "List")])


def test_what_soap_calls_is_judged_as_a_call():
    envelope = "<s:Envelope xmlns:s='u'><s:Body><n:{0} xmlns:n='x'><a>1</a></n:{0}></s:Body></s:Envelope>"
    objections = [objection_to_body(envelope.format(name).encode(), "text/xml", graphql=False) for name in CALLED]
    assert [name for name, objection in zip(CALLED, objections, strict=True) if objection] == [
        "processOrder",
        "stopJob",
    ]


CALLED = ("processOrder", "stopJob", "getOrders", "runReport", "searchProcesses")
