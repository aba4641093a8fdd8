"""Where a base URL, a link of an answer and a redirect lead: never to another host, nor with less than was asked."""

from __future__ import annotations

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.errors import (
    ConfigurationError,
    MissingCredentialError,
    NotReadOnlyError,
    ResponseError,
    UnreachableError,
)
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.auth import HeadersAuth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.addresses import fill_base_url
from ipaas_discovery.systems.http.client import Client

BASE = "https://shop.test/api/v1"
RECORDS = [{"id": number} for number in range(25)]


def shop(answers, **settings):
    """A system whose base URL has a path of its own, and the transport that saw what it was asked."""
    fake = Fake(answers)
    with system({}, settings.pop("collections", {"orders": {"list": "/orders"}}), **settings) as made:
        connector = made.connector
    return System(connector, base_url=BASE, transport=fake, credentials={"token": "s3cret-token"}), fake


def following(form):
    """A list whose answers name the next page in this form."""

    def answer(request):
        page = int(request.url.params.get("page", 1))
        following = form.format(page + 1) if page * 10 < len(RECORDS) else None
        return httpx.Response(200, json={"data": RECORDS[(page - 1) * 10 : page * 10], "next": following})

    return answer


@pytest.mark.parametrize(
    "form",
    [
        "https://shop.test/api/v1/orders?page={}", "/api/v1/orders?page={}", "?page={}", "orders?page={}",
        "//shop.test/api/v1/orders?page={}", "/orders?page={}", "http://shop.test/api/v1/orders?page={}",
    ],
)  # fmt: skip
def test_a_next_page_is_found_however_its_address_is_written(form):
    there, _ = shop({"/api/v1/orders": following(form)}, records="data", paging={"kind": "next"})
    with there:
        assert list(there.pull("orders", Plan(pages=5)).records) == RECORDS


@pytest.mark.parametrize(
    "link",
    [
        "../customers?page={}",
        "/api/v1/orders/../customers?page={}",
        "orders/../../customers?page={}",
        "../../orders?page={}",
    ],
)
@pytest.mark.parametrize("style", ["next", "link"])
def test_a_next_page_that_walks_to_another_path_is_not_followed(link, style):
    def answer(request):
        href = link.format(2)
        headers = {"Link": f'<{href}>; rel="next"'} if style == "link" else {}
        return httpx.Response(200, json={"data": RECORDS[:10], "next": href}, headers=headers)

    there, fake = shop({"/api/v1/orders": answer}, records="data", paging={"kind": style})
    with there:
        sample = there.pull("orders")
    assert len(sample) == 10
    assert not sample.is_whole
    assert "its path walks to another one: the kit only reads; see connector fake" in sample.claim
    assert {request.url.path for request in fake.requests} == {"/api/v1/orders"}


def test_a_next_page_may_walk_back_to_where_it_came_from():
    def answer(request):
        page = int(request.url.params.get("page", 1))
        headers = {"Link": f"<../v1/./orders?page={page + 1}>; rel=next"} if page < 3 else {}
        return httpx.Response(200, json=RECORDS[(page - 1) * 10 : page * 10], headers=headers)

    there, _ = shop({"/api/v1/orders": answer}, paging={"kind": "link"})
    with there:
        assert list(there.pull("orders").records) == RECORDS


@pytest.mark.parametrize("key", ["..", ".", "../customers", "..;x", "%2e%2e"])
def test_a_parents_id_leads_to_no_other_path(key):
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}
    there, fake = shop(
        {"/api/v1/orders": [{"id": key}, {"id": 2}, {"id": ""}], "/api/v1/orders/2/lines": [{"id": 21}]},
        collections=collections,
    )
    with there:
        sample = there.pull("lines")
    assert [record["id"] for record in sample.records] == [21]
    assert "its path walks to another one" in sample.claim
    assert {request.url.path for request in fake.requests} == {"/api/v1/orders", "/api/v1/orders/2/lines"}


def test_a_name_of_the_scope_leads_to_no_other_path():
    collections = {"orders": {"list": "/{company}/orders"}}
    there, fake = shop({}, collections=collections, scope={"company": "which"})
    with System(there.connector, base_url=BASE, transport=fake, credentials={"company": ".."}) as other:
        with pytest.raises(NotReadOnlyError, match="walks to another one"):
            other.pull("orders")
    there.close()
    assert fake.requests == []


def test_the_address_of_a_child_is_found_from_the_root():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "link": "lines"}}
    answers = {"/api/v1/orders": [{"id": 1, "lines": "/api/v1/orders/1/lines"}, {"id": 2, "lines": "/orders/2/lines"}],
               "/api/v1/orders/1/lines": [{"id": 11}], "/api/v1/orders/2/lines": [{"id": 21}]}  # fmt: skip
    there, _ = shop(answers, collections=collections)
    with there:
        assert [each["id"] for each in there.pull("lines").records] == [11, 21]


@pytest.mark.parametrize(
    ("following", "said"),
    [
        (2, "no address but 2"), (True, "no address but true"), ("abc==", "no address but the text 'abc=='"),
        ({"href": "/x"}, 'no address but {"href": "/x"}'), ("http://[bad", "no address but the text 'http://[bad'"),
        ("ftp://shop.test/x", "no address but the text 'ftp://shop.test/x'"),
    ],
)  # fmt: skip
def test_a_next_page_that_is_no_address_says_what_it_may_be(following, said):
    there, fake = shop({"/api/v1/orders": {"data": RECORDS[:5], "next": following}},
                       records="data", paging={"kind": "next"})  # fmt: skip
    with there:
        sample = there.pull("orders")
    assert len(sample) == 5
    assert f"The next page at `next` is {said}" in sample.claim
    assert len(fake.requests) == 1


def test_a_probe_finds_the_paging_of_a_next_page_that_is_a_number():
    def answer(request):
        page = int(request.url.params.get("page", 1))
        found = RECORDS[(page - 1) * 10 : page * 10]
        return httpx.Response(200, json={"data": found, "next": page + 1 if page < 3 else None})

    there, _ = shop({"/api/v1/orders": answer}, records="data", paging={"kind": "next"})
    with there:
        report = there.probe("orders")
    (proposal,) = [each for each in report.proposals if each.table == "paging"]
    assert 'kind = "page"' in proposal.after
    assert "page 2 did not come: The next page at `next` is no address but 2" in report.to_text().replace("\\", "")


@pytest.mark.parametrize("link", ["https://shop.test/" + "a" * 70_000, "https://shop.test/\0"])
def test_a_link_that_nobody_could_ask_for_ends_in_a_sentence(link):
    with client(lambda _: httpx.Response(200)) as there, pytest.raises(ResponseError, match="A link is no address"):
        there.get(link)


# redirects


def client(answer, auth=None):
    return Client(
        BASE,
        auth or HeadersAuth(kind="headers", headers={"X-Token": "{token}"}),
        Credentials("shop", {"token": "s3cret-token"}, sealed=True),
        Limits(retries=0),
        transport=httpx.MockTransport(answer),
        searches=("/search",),
    )


def moving(location, status=301):
    """A server that sends `/api/v1/orders` elsewhere, and what it was asked."""
    seen = []

    def answer(request):
        seen.append(request)
        if request.url.path == "/api/v1/orders":
            return httpx.Response(status, headers={"Location": location.format(request.url.query.decode())})
        return httpx.Response(200, json=[{"id": 1}])

    return answer, seen


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/api/v1/orders/?{}", "https://shop.test/api/v2/orders?{}&v=2",
                                      "http://shop.test/api/v1/orders/?{}"])  # fmt: skip
def test_a_redirect_on_the_same_host_is_followed_with_all_that_was_asked(location, status):
    answer, seen = moving(location, status)
    with client(answer) as there:
        got = there.get("/orders", {"page": 7}, headers={"If-Modified-Since": "2026-01-01"})
    assert got.body == [{"id": 1}]
    assert seen[1].url.params["page"] == "7"
    assert seen[1].url.scheme == "https"
    assert [each.headers["X-Token"] for each in seen] == ["s3cret-token"] * 2
    assert seen[1].headers["If-Modified-Since"] == "2026-01-01"
    assert got.request == f"GET {seen[1].url}"


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("/api/v1/orders/", "it was not followed, for it forgets page"),
        ("/api/v1/orders/?page=1", "it was not followed, for it forgets page"),
        ("https://elsewhere.test/api/v1/orders?{}", "so that no secret goes there"),
        ("https://shop.test:8443/api/v1/orders?{}", "so that no secret goes there"),
        ("/login?from=orders", r"this asks for a log-in: check the credentials \(SHOP_TOKEN\)"),
        ("/api/v1/orders?{}", "it leads back to itself"),
        ("../v1/customers?{}", "it walks to another path"),
        ("/api/v1/orders/%2e%2e/customers?{}", "it walks to another path"),
        ("https://shop.test/api/v1/orders/..%252fcustomers?{}", "it walks to another path"),
    ],
)
def test_a_redirect_that_is_not_safe_is_named_and_not_followed(location, said):
    answer, seen = moving(location)
    with client(answer) as there, pytest.raises(ResponseError, match=said):
        there.get("/orders", {"page": 7})
    assert len(seen) == 1


def test_two_points_in_a_redirects_query_walk_nowhere():
    answer, seen = moving("/api/v2/orders?{}&range=1/../2#../top")
    with client(answer) as there:
        assert there.get("/orders", {"page": 7}).body == [{"id": 1}]
    assert len(seen) == 2


def test_redirects_end():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(302, headers={"Location": f"/api/v1/{len(seen)}"})

    with client(answer) as there, pytest.raises(ResponseError, match="one of too many"):
        there.get("/orders")
    assert len(seen) == 6


def test_a_redirect_cannot_lead_to_what_triggers_transfers():
    answer, seen = moving("/hookapi/v2/orders?{}")
    with client(answer) as there, pytest.raises(NotReadOnlyError, match="hookapi"):
        there.get("/orders")
    assert len(seen) == 1


def test_a_search_is_not_sent_on():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(308, headers={"Location": "/api/v1/search/"})

    with client(answer) as there, pytest.raises(ResponseError, match="what is posted is not sent on"):
        there.search("/search", {"limit": 1})
    assert len(seen) == 1


def test_a_key_in_the_query_need_not_be_repeated_by_a_redirect():
    auth = {"kind": "query", "parameters": {"key": "{token}"}}

    def answer(request):
        if request.url.params.get("key") != "s3cret-token":
            return httpx.Response(401)
        if request.url.path.endswith("orders"):
            return httpx.Response(301, headers={"Location": f"/api/v1/orders/?page={request.url.params['page']}"})
        return httpx.Response(200, json=RECORDS if request.url.params["page"] == "1" else [])

    there, _ = shop({"/api/v1/orders": answer, "/api/v1/orders/": answer}, auth=auth, paging={"kind": "page"})
    with there:
        assert len(there.pull("orders", Plan(pages=3))) == len(RECORDS)


def test_what_was_redirected_is_replayed(tmp_path):
    people = [{"id": number, "email": f"ann{number}@shop.example"} for number in range(20)]

    def list_of(request):
        page = int(request.url.params["page"])
        found = people[(page - 1) * 10 : page * 10]
        return httpx.Response(200, json=found) if found else httpx.Response(404, html="<p>No such page")

    def moved(request):
        location = {"Location": f"/api/v1/orders/?{request.url.query.decode()}"}
        return httpx.Response(301, headers=location, html="<p>Moved")

    there, fake = shop({"/api/v1/orders": moved, "/api/v1/orders/": list_of}, paging={"kind": "page", "size": "limit"})
    kept = AnswerPolicy(folder=tmp_path)
    with System(there.connector, base_url=BASE, transport=fake, answers=kept) as live:
        recorded = live.pull("orders", Plan(size=10))
        assert live.finish()
    with System(there.connector, base_url=BASE, answers=kept) as again:
        assert again.replayed
        assert again.pull("orders", Plan(size=10)).records == recorded.records
    assert len(recorded) == 20


# base URLs


@pytest.mark.parametrize(
    ("template", "host", "said"),
    [
        (
            "https://{host}/api",
            "https://shop.test",
            "The host 'https://shop.test' begins with a scheme: write 'shop.test'",
        ),
        ("https://{host}/api", "my shop", "no web address"),
        ("https://{host}:port", "shop.test", "no web address, Invalid port: 'port'"),
        ("https://{host}/api?key=1", "shop.test", "holds a query or a fragment: take it out"),
        ("https://ada:s3cret-pass@{host}", "shop.test", "The base URL 'https://•••@shop.test' holds a user name"),
        ("shop.test", "", "no web address: write it like https://host/path"),
    ],
)
def test_a_base_url_that_cannot_be_one_says_why(template, host, said):
    with pytest.raises(ConfigurationError) as caught:
        fill_base_url(template, {"host": host}.__getitem__)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_what_people_copy_along_with_a_host_is_left_away():
    assert fill_base_url("https://{host}/api", {"host": " shop.test/ "}.__getitem__) == "https://shop.test/api"


def test_a_host_that_nobody_gives_is_asked_for():
    credentials = Credentials("shop", {}, sealed=True)
    with pytest.raises(MissingCredentialError, match="SHOP_HOST"):
        fill_base_url("https://{host}/api", credentials.get)


def test_a_host_that_was_given_is_named_where_it_cannot_be_reached():
    given = {"host": "shop-of-ada.test", "token": "s3cret-token"}
    with system({}, {"orders": {"list": "/orders"}}, auth={"kind": "bearer"}) as made:
        connector = made.connector

    def unknown(request):
        raise httpx.ConnectError("Name or service not known for s3cret-token", request=request)

    transport = httpx.MockTransport(unknown)
    with System(connector, base_url="https://{host}/api", credentials=given, transport=transport) as there:
        with pytest.raises(UnreachableError) as caught:
            there.pull("orders")
    assert "not known for ••• (GET https://shop-of-ada.test/api/orders)" in str(caught.value)
