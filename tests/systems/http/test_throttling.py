"""A call leaves its place at the host as soon as its answer came, whatever is done with the answer then."""

from __future__ import annotations

from threading import Barrier

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.errors import RateLimitedError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.limiter import Limiter
from ipaas_discovery.systems.http.throttling import ARRIVED, ThrottledTransport

LISTS = {f"c{number}": {"list": f"/c{number}"} for number in range(4)}


def test_answers_are_redacted_while_further_calls_are_at_the_host(monkeypatch):
    redacting, inner = Barrier(4, timeout=20), Redactor.answer

    def slow(redactor, content, path):
        redacting.wait()  # passes only when all four answers are redacted at once, though two may be in flight
        return inner(redactor, content, path)

    monkeypatch.setattr(Redactor, "answer", slow)
    connector = system(Fake({}), LISTS, records="data", limits={"in_flight": 2}).connector
    fake = Fake({spec["list"]: {"data": [{"id": 1}]} for spec in LISTS.values()})
    with System(connector, transport=fake, answers=AnswerPolicy()) as there:
        samples = there.pull_all([*LISTS], Plan(pages=1))
    assert [len(sample) for sample in samples.values()] == [1] * 4


class Working(httpx.BaseTransport):
    """A transport that tells when an answer came, and works on it then."""

    def __init__(self, response, then):
        self._response, self._then = response, then

    def handle_request(self, request):
        request.extensions[ARRIVED](self._response)
        self._then()
        return self._response


def throttled(limiter, response, then):
    budget = Budget(None, limiter.clock)
    return ThrottledTransport(Working(response, then), limiter, lambda: budget, lambda _: "GET /a", 1_000)


def test_the_place_is_free_once_and_the_host_is_closed_before_it_is():
    limiter, seen = Limiter(Limits(in_flight=2, longest_wait=5)), []
    refused = httpx.Response(429, headers={"Retry-After": "9"}, json=[])

    def another():
        seen.append(limiter.busy)
        with pytest.raises(RateLimitedError), limiter.slot(Budget(None, limiter.clock)):
            pass

    response = throttled(limiter, refused, another).handle_request(httpx.Request("GET", "http://fake.test/a"))
    assert response.status_code == 429
    assert (seen, limiter.busy) == ([0], 0)


def test_an_answer_is_taken_into_account_once(monkeypatch):
    limiter, adjusted = Limiter(Limits()), []
    monkeypatch.setattr(Limiter, "adjust", lambda _, status, headers: adjusted.append((status, headers["x-left"])))
    response = httpx.Response(200, headers={"X-Left": "7"}, json=[])
    throttled(limiter, response, lambda: None).handle_request(httpx.Request("GET", "http://fake.test/a"))
    assert adjusted == [(200, "7")]


def test_leaving_early_frees_one_place_and_no_other():
    limiter = Limiter(Limits(in_flight=2))
    with limiter.slot(Budget(None)), limiter.slot(Budget(None)) as leave:
        leave()
        leave()
        assert limiter.busy == 1
    assert limiter.busy == 0
