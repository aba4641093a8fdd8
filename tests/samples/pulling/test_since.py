"""Changes asked for by a header: sent, answered with 304 or records, replayed apart from the plain request."""

from __future__ import annotations

import httpx
import pytest
from fakes import Fake

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import connector_of

CONNECTOR = """\
title = "Shop"
default_environment = "live"
records = "data"
[environments.live]
base_url = "http://fake.test"
[paging]
kind = "cursor"
cursor = "after"
next = "next"
[collections.orders]
list = "/orders"
since = "header:If-Modified-Since"
[collections.parcels.search]
path = "/parcels"
[collections.parcels]
since = "header:X-Since"
"""
DATE = {"Date": "Mon, 02 Nov 2026 09:00:00 GMT"}


def answer(request):
    """A hundred orders, one a day, twenty a page; nothing is newer than the first of May."""
    since = request.headers.get("If-Modified-Since", "")
    if since > "2026-05-01":
        return httpx.Response(304, headers=DATE)
    days = [f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}" for number in range(100)]
    ids = [number for number in range(100) if days[number] >= since[:10]]
    start = int(request.url.params.get("after", 0))
    body = {"data": [{"id": each, "changed": f"{days[each]}T00:00:00Z"} for each in ids[start : start + 20]]}
    return httpx.Response(200, json={**body, "next": start + 20 if start + 20 < len(ids) else None}, headers=DATE)


def opened(fake, folder=None):
    return System(connector_of(CONNECTOR, "shop"), transport=fake, answers=AnswerPolicy(folder) if folder else None)


def test_a_cursor_is_split_by_stretches_of_time_that_a_header_names(tmp_path, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    fake = Fake({"/orders": answer})
    with opened(fake, tmp_path) as system:
        sample = system.pull("orders", Plan(pages=4))
        assert system.finish()
    assert [each.name.partition(" ")[0] for each in sample.strata] == ["spread", "since", "since"]
    assert max(record["id"] for record in sample.records) > 60  # far past the two pages that were followed
    assert sample.strata[-1].records == 0  # 304: nothing is newer
    assert not any("could not be asked" in note for note in sample.notes)
    refused = Fake({})
    with opened(refused, tmp_path) as system:
        again = system.pull("orders", Plan(pages=4))
        assert system.replayed
    assert (again, refused.requests) == (sample, [])


def test_the_header_goes_along_to_the_next_pages_url():
    def linked(request):
        assert request.headers["If-Modified-Since"] == "2026-01-01"
        url = None if "page" in request.url.params else "http://fake.test/orders?page=2"
        return httpx.Response(200, json={"data": [{"id": str(request.url)}], "next": url})

    text = CONNECTOR.replace('kind = "cursor"\ncursor = "after"\n', 'kind = "next"\n')
    with System(connector_of(text, "shop"), transport=Fake({"/orders": linked})) as system:
        builder = RequestBuilder(system.connector, "orders")
        first = system.puller.send(builder.page(0, None, builder.spec.changed_since("2026-01-01")))
        assert len(system.puller.send(builder.after(first, None)).records) == 1


def test_a_search_sends_it_too():
    fake = Fake({"/parcels": {"data": [{"id": 1}]}})
    with opened(fake) as system:
        builder = RequestBuilder(system.connector, "parcels")
        system.puller.send(builder.page(0, None, builder.spec.changed_since("2026-01-01")))
    assert (fake.requests[0].method, fake.requests[0].headers["X-Since"]) == ("POST", "2026-01-01")


def test_a_304_that_nobody_asked_for_is_an_error():
    with opened(Fake({"/orders": httpx.Response(304)})) as system, pytest.raises(ResponseError, match="304"):
        system.pull("orders")


def test_a_sample_without_dates_is_not_split():
    with opened(Fake({"/orders": {"data": [{"id": 1}], "next": "x"}})) as system:
        assert system.pull("orders", Plan(pages=2)).stop in {Stop.CAP, Stop.REPEATED}
