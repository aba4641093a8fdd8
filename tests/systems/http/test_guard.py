"""What may leave this machine, and everything that tries to pass for it."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake, system
from fault_server import body, client, served

from ipaas_discovery import Plan
from ipaas_discovery.errors import NotReadOnlyError, ResponseError
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import load_connector


def asked(path="/search", content=None, method="POST", searches=("/search", "/graphql"), **more):
    """What a server is sent by a client with these searches."""
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, json={"data": {"n": [{"id": 1}]}})

    with client("fake.test", searches=searches, transport=httpx.MockTransport(answer)) as there:
        there._ask(there._http.build_request(method, f"{there.base_url}{path}", json=content, **more))
    return seen


def refused(**settings):
    with pytest.raises(NotReadOnlyError, match="was not sent") as caught:
        asked(**settings)
    return str(caught.value)


def test_a_marked_search_is_posted_signed_and_read():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, json={"orders": [{"id": 1}], "cursor": "x"})

    with client("fake.test", searches=["/orders/search"], transport=httpx.MockTransport(answer)) as there:
        found = there.search("/orders/search", {"limit": 2, "query": {"filter": {}}}, {"v": 3})
    assert found.body["orders"] == [{"id": 1}]
    assert found.request == "POST http://fake.test/api/orders/search?v=3"
    assert (seen[0].method, json.loads(seen[0].content)) == ("POST", {"limit": 2, "query": {"filter": {}}})
    assert seen[0].headers["authorization"] == "Bearer s3cret-token"


@pytest.mark.parametrize("path", ["/orders", "/search/", "/search/1", "/Search", "/search/../orders", "//search", "/"])
def test_no_other_path_is_posted_to(path):
    assert "not marked as a search" in refused(path=path, content={})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post"])
def test_a_marked_path_takes_no_other_method(method):
    if method == "post":  # httpx writes methods large; the guard sees what leaves
        assert len(asked(content={}, method=method)) == 1
    else:
        assert f"{method} writes" in refused(content={}, method=method)


WRITES = [
    "mutation { a }",
    "mutation{a}",
    "  # note\n mutation M($x: Int) { a(x: $x) }",
    "query Q { a } mutation M { b }",
    "{ a } mutation M { b }",
    "fragment F on A { a } subscription { b }",
    'query Q { a(t: "} mutation") } mutation { b }',
    "\ufeffmutation { a }",
    ",,mutation { a }",
    'query Q($x: String = """ } """) { a } mutation { b }',
    "type A { b: C }",
    "# a comment ends at the carriage return\rmutation B { b }",
    'query A { a(t: "x\n") } mutation B { b }',
    'query A { a(t: """ ) } mutation B { b }',
    'query A { a(t: "#") } mutation B { b }',
    "query A { a }} mutation B { b }",
    "query A ( { a } mutation B { b }",
    "query A ) { a } mutation B { b }",
    "\x00mutation { a }",
    "\u00a0mutation { a }",
    "extend type A { b: C }",
    "{" * 3000,
]


@pytest.mark.parametrize("query", WRITES)
def test_graphql_that_is_more_than_queries_is_refused(query):
    assert "its GraphQL" in refused(path="/graphql", content={"query": query})
    assert "its GraphQL" in refused(path="/graphql", method="GET", params={"query": query})


READS = [
    "{ a }",
    "query { mutation }",
    'query Q { a(t: "mutation { b }") { c } }',
    "query Q($m: Mutation = {mutation: 1}) { a } # mutation { x }\nfragment F on A { subscription }",
    'query Q @d(a: "b") { a(t: """ mutation { "quoted" } """) }',
]


@pytest.mark.parametrize("query", READS)
def test_queries_are_sent(query):
    assert len(asked(path="/graphql", content={"query": query})) == 1


@pytest.mark.parametrize(
    "content",
    [
        [{"query": "mutation { a }"}],
        [],
        "text",
        {"_method": "DELETE"},
        {"extensions": {"persistedQuery": {"sha256Hash": "ab"}}},
        {"documentId": "x"},
    ],
)
def test_a_body_that_hides_what_it_does_is_refused(content):
    refused(path="/graphql", content=content)


def test_a_body_that_is_no_json_is_refused():
    refused(path="/graphql", headers={"Content-Type": "application/graphql"})


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_header_makes_a_read_a_write(name, method):
    assert "names another method" in refused(method=method, content={}, headers={name: "delete"})


@pytest.mark.parametrize("path", ["/hookapi/v2/iPaaS", "/HookApi/x", "//hookapi", "/v1/hookapi", "/%68ookapi/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_hooks_are_refused_however_they_are_written(path, method):
    assert "hookapi triggers transfers" in refused(path=path, method=method, content={}, searches=[path])


@pytest.mark.parametrize(
    "content",
    [
        {"query": "query A { a } mutation B { b }", "operationName": "A"},
        {"query": "{ a }", "variables": {"query": "mutation { a }"}},
        {"Query": "mutation { a }"},
        {"query": ["mutation { a }"]},
        {"query": {"x": ["subscription { a }"]}},
        {"operations": '{"query": "mutation { a }"}'},
        {"query": "{ a }", "documentId": "x"},
        {"query": "{ a }", "extensions": {"persistedQuery": {"sha256Hash": "x"}}},
        {"query": "", "id": "stored"},
        {"query": None},
        {"id": "stored"},
        {},
    ],
)
def test_no_member_of_a_body_hides_graphql_that_writes(content):
    refused(path="/graphql", content=content)


@pytest.mark.parametrize(
    "content",
    [
        {"requests": [{"method": "DELETE", "url": "/x"}]},
        {"X-HTTP-Method-Override": "put"},
        {"jsonrpc": "2.0", "method": "delete"},
        {"a": [{"b": [{"_method": " patch "}]}]},
        {"filter": "mutation { a }"},
    ],
)
def test_no_member_of_a_search_names_another_method(content):
    refused(path="/search", content=content)


@pytest.mark.parametrize(
    "content", [{"query": "a mutation"}, {"method": "flat_rate"}, {"filter": {"method": ["card"]}}, {"extensions": 1}]
)
def test_a_search_may_speak_of_methods(content):
    assert len(asked(path="/search", content=content)) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"query": "mutation { a }", "query": "{ a }"}', "application/json"),
        (b'{"query": "{ a }", "variables": {"a": 1, "a": 2}}', "application/json"),
        (b'{"a": "&query=mutation{x}&"}', "application/x-www-form-urlencoded"),
        (b'{"query": "{ a }"}', "application/graphql"),
        (b'{"query": "{ a }"}', "multipart/mixed"),
        (b'{"query": "{ a }"}', ""),
        (b'{"query": "\\u006dutation { a }"}', "application/json"),
        (b'\xef\xbb\xbf{"query": "mutation { a }"}', "application/json"),
        ('{"query": "mutation { a }"}'.encode("utf-16"), "application/json"),
        (b'{"query": ' + b"[" * 100_000, "application/json"),
    ],
)
def test_no_spelling_of_a_body_hides_what_it_does(content, kind):
    seen = []
    with client("fake.test", searches=["/graphql"], transport=httpx.MockTransport(seen.append)) as there:
        request = there._http.build_request(
            "POST", f"{there.base_url}/graphql", content=content, headers={"Content-Type": kind}
        )
        with pytest.raises(NotReadOnlyError):
            there._ask(request)
    assert seen == []


@pytest.mark.parametrize("query", ["_method=DELETE", "_METHOD=put", "method=delete", "httpMethod=PATCH",
                                   "x-http-method-override=PUT", "%5Fmethod=DELETE", "query=mutation%7Ba%7D",
                                   "Query=mutation{a}", "filter=subscription%20{a}"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_parameter_makes_a_read_a_write(query, method):
    refused(path=f"/search?{query}", method=method, content={} if method == "POST" else None)


@pytest.mark.parametrize("query", ["documentId=x", "extensions=%7B%7D", "queryId=7"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_parameter_runs_a_stored_document(query, method):
    content = {"query": "{ a }"} if method == "POST" else None
    assert "stored" in refused(path=f"/graphql?{query}", method=method, content=content)


@pytest.mark.parametrize("query", ["method=flat_rate", "shipping_method=delete", "documentId=7", "query=red {shoes"])
def test_parameters_that_only_sound_so_are_sent(query):
    if "{" in query:
        refused(path=f"/orders?{query}", method="GET")
    else:
        assert len(asked(path=f"/orders?{query}", method="GET")) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"X_HTTP_METHOD_OVERRIDE": "PUT"}, {"X-Method": "PUT"}, {"X-Original-Method": "PUT"}, {"_method": "DELETE"},
        [("X-HTTP-Method-Override", "GET"), ("X-HTTP-Method-Override", "PUT")], {"X-Original-URL": "/hookapi"},
        {"X-Rewrite-URL": "/hookapi"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_header_names_another_method_or_path(headers, method):
    assert "names another" in refused(
        path="/search", method=method, content={} if method == "POST" else None, headers=headers
    )


def test_a_get_with_a_body_is_refused():
    assert "a GET has no body" in refused(method="GET", content={"query": "mutation { a }"})


@pytest.mark.parametrize(
    "path",
    ["/%2568ookapi/x", "/hookapi;x=1/x", "/x%5Chookapi%5Cx", "/x%2fhookapi%2fx", "/x/../hookapi/./x", "/hookapi./x",
     "/\uff48ookapi/x", "/HOOKAPI"],
)  # fmt: skip
def test_no_spelling_hides_a_hook(path):
    assert "hookapi" in refused(path=path, method="GET", content=None)


def test_a_host_of_hooks_is_refused():
    seen = []
    with client("hookapi.ipaas.test", transport=httpx.MockTransport(seen.append)) as there:
        with pytest.raises(NotReadOnlyError, match="hookapi"):
            there.get("/v2/x")
    assert seen == []


@pytest.mark.parametrize("place", ["headers", "query", "body", "hidden"])
def test_a_connector_that_asks_for_another_method_sends_nothing(place):
    names = {"list": "/names"}
    settings = {"headers": {"X-HTTP-Method-Override": "DELETE"}} if place == "headers" else {}
    if place in {"query", "hidden"}:
        names[place] = {"_method": "DELETE"}
    if place == "body":
        names = {"search": {"path": "/names", "body": {"_method": "DELETE"}}}
    fake = Fake({"/names": []})
    with (
        system(fake, {"names": names}, **settings) as there,
        pytest.raises(NotReadOnlyError, match="the kit only reads; see"),
    ):
        there.pull("names")
    assert fake.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_search_that_is_redirected_is_not_sent_again(status):
    with served(body(b"[]")) as (elsewhere, stolen):
        moved = f"HTTP/1.1 {status} Moved\r\nLocation: http://{elsewhere}/api/x\r\nContent-Length: 0\r\n\r\n".encode()
        with served(moved) as (host, seen), client(host, searches=["/search"]) as there:
            with pytest.raises(ResponseError, match="was not followed"):
                there.search("/search", {"a": 1})
    assert (len(seen), stolen) == (1, [])


def test_an_id_cannot_change_what_a_detail_asks():
    """A record's id stands in a path; one that holds signs of its own must not name a method."""
    record = {"id": "A/1?_method=DELETE#x"}
    fake = Fake({"/names": [record], "/names/A/1?_method=DELETE#x": record})
    with system(fake, {"names": {"list": "/names", "detail": "/names/{id}"}}) as there:
        report = there.probe("names")
    assert {request.url.params.get("_method") for request in fake.requests} == {None}
    assert b"/names/A%2F1%3F_method%3DDELETE%23x" in {request.url.raw_path for request in fake.requests}
    assert {proof.claim: proof.holds for proof in report.proofs}["list and detail were compared"] is True


@pytest.mark.parametrize(
    ("spec", "asked", "place"),
    [
        ({"detail": "/names/{id}"}, "..", "detail"),
        ({"count": "/names/hookapi"}, "7", "count"),
    ],
)
def test_what_is_refused_of_a_detail_or_a_count_is_told_with_the_connectors_line(tmp_path, spec, asked, place):
    lines = ['title = "Shop"', 'default_environment = "live"', "[environments.live]", 'base_url = "http://fake.test"']
    lines += ["[collections.names]", 'list = "/names"']
    (tmp_path / "shop.toml").write_text("\n".join([*lines, 'detail = "/names/{id}"', 'count = "/names/count"']))
    connector = load_connector(tmp_path / "shop.toml")
    names = connector.collections["names"].model_copy(update=spec)
    fake = Fake({"/names": [{"id": asked}], "/names/count": {"count": 1}})
    changed = connector.model_copy(update={"collections": {"names": names}})
    with System(changed, transport=fake) as there:
        claim = there.pull("names", Plan(details=1)).claim
    assert f"the kit only reads; see shop.toml, line {7 if place == 'detail' else 8}" in claim
    assert {request.url.path for request in fake.requests} <= {"/names", "/names/count", "/names/7"}
