"""The platform's log-in: user, company, company token, renewed in time, once, whoever asks."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from ipaas_discovery import connect
from ipaas_discovery.errors import ConfigurationError, MissingCredentialError, RefusedError, ResponseError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, EMPTY_COMPANY, PASSWORD, platform_app
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.log_ins.ipaas_login import IpaasLogin

BASE = "http://platform.test"
LOGIN, REFRESH, COMPANIES, CHANGE = "Login", "Refresh", "Companies", "ChangeCompany"
CUSTOMERS = "/customers/v2/Customers"
GIVEN = {"email": EMAIL, "password": PASSWORD, "company": COMPANY}


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self):
        self.now = 10_000_000_000.0  # far ahead: where the real clock is read, tokens are still good

    def __call__(self):
        return self.now


class Platform:
    """The sandbox platform behind a transport that counts calls, and a client that logs in to it."""

    def __init__(self, credentials=GIVEN, lifetime=3600, answer=None):
        self.clock, self.calls = Clock(), []
        self._inner = httpx.WSGITransport(app=platform_app(lifetime=lifetime, clock=self.clock))
        self._answer = answer
        self.credentials = Credentials("ipaas", credentials, sealed=True)
        login = IpaasLogin(self.credentials, BASE, self.clock)
        self.http = httpx.Client(transport=httpx.MockTransport(self._handle), base_url=BASE, auth=login)

    def _handle(self, request):
        self.calls.append(request)
        told = self._answer(request) if self._answer else None
        if told is not None:
            return told
        response = self._inner.handle_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=response.read())

    def get(self, path=CUSTOMERS):
        return self.http.get(path)

    def log_ins(self):
        """How often each call of the log-in was made."""
        parts = (part for request in self.calls for part in request.url.path.split("/"))
        return {name: count for name, count in Counter(parts).items() if name in {LOGIN, REFRESH, COMPANIES, CHANGE}}

    def statuses(self, *paths):
        return [self.get(path).status_code for path in paths]


ONCE = {LOGIN: 1, COMPANIES: 1, CHANGE: 1}


def test_a_first_request_logs_in_chooses_the_company_and_is_then_signed():
    platform = Platform()
    assert len(platform.get().json()) == 20
    assert [request.url.path.split("/")[3:5] for request in platform.calls[:3]] == [
        ["Auth", "Login"], ["User", "101"], ["User", "ChangeCompany"],
    ]  # fmt: skip
    assert platform.log_ins() == ONCE
    assert platform.calls[-1].url.path == CUSTOMERS


def test_later_requests_use_the_same_token():
    platform = Platform()
    assert platform.statuses(CUSTOMERS, CUSTOMERS, CUSTOMERS) == [200] * 3
    assert platform.log_ins() == ONCE
    assert len({request.headers["Authorization"] for request in platform.calls[3:]}) == 1


@pytest.mark.parametrize(
    ("company", "records"),
    [(COMPANY, 20), ("Sandbox Trading Company", 20), (EMPTY_COMPANY, 0), ("Sandbox Empty Company", 0)],
)
def test_the_company_is_chosen_by_id_or_name(company, records):
    assert len(Platform({**GIVEN, "company": company}).get().json()) == records


def test_several_companies_without_a_choice_are_named():
    platform = Platform({"email": EMAIL, "password": PASSWORD})
    with pytest.raises(ConfigurationError) as caught:
        platform.get()
    assert "This user has several companies (log-in to iPaaS.com): set IPAAS_COMPANY to one of: " in str(caught.value)
    assert "Sandbox Empty Company, Sandbox Trading Company" in str(caught.value)


def test_a_misspelt_company_is_answered_with_the_nearest():
    with pytest.raises(ConfigurationError, match="no company 'Sandbox Tradin Company'.*to 'Sandbox Trading Company'"):
        Platform({**GIVEN, "company": "Sandbox Tradin Company"}).get()


def test_an_only_company_needs_no_choice():
    def one(request):
        if request.url.path.endswith("/Companies"):
            return httpx.Response(200, json=[{"id": COMPANY, "name": "Only"}])
        return None

    assert Platform({"email": EMAIL, "password": PASSWORD}, answer=one).get().status_code == 200


def test_a_user_without_any_company_is_said():
    def none(request):
        return httpx.Response(200, json=[]) if request.url.path.endswith("/Companies") else None

    with pytest.raises(ConfigurationError, match="no company"):
        Platform(answer=none).get()


def test_a_token_is_refreshed_before_it_ends():
    platform = Platform(lifetime=3600)
    platform.get()
    platform.clock.now += 3600 - IpaasLogin.EARLY - 1
    platform.get()
    assert platform.log_ins() == ONCE
    platform.clock.now += 2
    assert platform.get().status_code == 200
    assert platform.log_ins() == {**ONCE, REFRESH: 1}
    assert 401 not in platform.statuses(CUSTOMERS)


def test_a_token_is_refreshed_again_and_again():
    platform = Platform(lifetime=3600)
    for _ in range(5):
        assert platform.get().status_code == 200
        platform.clock.now += 3590
    assert platform.log_ins() == {**ONCE, REFRESH: 4}


def test_a_refused_refresh_logs_in_anew():
    def refuse(request):
        return httpx.Response(401, json={}) if request.url.path.endswith("/Refresh") else None

    platform = Platform(answer=refuse)
    platform.get()
    platform.clock.now += 3600
    assert platform.get().status_code == 200
    assert platform.log_ins() == {LOGIN: 2, COMPANIES: 2, CHANGE: 2, REFRESH: 1}


def test_a_token_that_the_platform_drops_mid_pull_is_renewed_once_and_the_pull_goes_on():
    refused = []

    def drop_one(request):
        if request.url.path == CUSTOMERS and request.url.params.get("pageNumber") == "8" and not refused:
            refused.append(request)
            return httpx.Response(401, json={"code": "AUTH-1002"})
        return None

    calls = Platform(answer=drop_one)
    with connect("ipaas", transport=httpx.MockTransport(calls._handle)) as platform:
        sample = platform.pull("CUSTOMER", Plan(pages=5, size=20, until_quiet=0))
    assert len(sample) == 100
    assert calls.log_ins() == {**ONCE, REFRESH: 1}
    tokens = {request.headers["Authorization"] for request in calls.calls if request.url.path == CUSTOMERS}
    assert len(tokens) == 2


def test_a_token_that_stays_refused_is_an_answer_not_a_circle():
    def refuse(request):
        return httpx.Response(401, json={}) if request.url.path == CUSTOMERS else None

    platform = Platform(answer=refuse)
    assert platform.get().status_code == 401
    assert sum(request.url.path == CUSTOMERS for request in platform.calls) == 2


def test_eight_threads_log_in_once():
    platform, together = Platform(), Barrier(8, timeout=30)

    def ask(page):
        together.wait()
        return platform.get(f"{CUSTOMERS}?pageNumber={page}").status_code

    with ThreadPoolExecutor(8) as crew:
        assert list(crew.map(ask, range(1, 9))) == [200] * 8
    assert platform.log_ins() == ONCE


def test_eight_threads_with_an_expired_token_renew_it_once():
    platform, together = Platform(), Barrier(8, timeout=30)
    platform.get()
    platform.clock.now += 4000

    def ask(page):
        together.wait()
        return platform.get(f"{CUSTOMERS}?pageNumber={page}").status_code

    with ThreadPoolExecutor(8) as crew:
        assert list(crew.map(ask, range(1, 9))) == [200] * 8
    assert platform.log_ins() == {**ONCE, REFRESH: 1}


def test_a_failed_log_in_of_one_thread_leaves_the_others_able_to():
    fail = [True]

    def once(request):
        if request.url.path.endswith("/Login") and fail:
            fail.clear()
            return httpx.Response(401, json={})
        return None

    platform = Platform(answer=once)
    with pytest.raises(RefusedError):
        platform.get()
    assert platform.get().status_code == 200


@pytest.mark.parametrize("wrong", [{"email": "nobody@example.test"}, {"password": "wr0ng"}])
def test_wrong_credentials_say_what_to_check_and_nothing_secret(wrong):
    with pytest.raises(RefusedError) as caught:
        Platform({**GIVEN, **wrong}).get()
    said = str(caught.value)
    assert "refused the log-in with status 401 Unauthorized" in said
    assert "(POST http://platform.test/sso/v2/Auth/Login): check IPAAS_EMAIL" in said
    assert "wr0ng" not in str(caught.value)


def test_a_missing_password_names_its_variable():
    with pytest.raises(MissingCredentialError, match="set IPAAS_PASSWORD in the environment"):
        Platform({"email": EMAIL, "company": COMPANY}).get()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(503, text="down"), "answered the log-in with status 503 Service Unavailable: down .*try again"),
        (httpx.Response(302, headers={"Location": "/x"}), r"status 302 Found \(to /x\) .*check the base URL"),
        (httpx.Response(200, text="<html>"), "something other than JSON, text.*check the base URL"),
    ],
)
def test_a_log_in_that_answers_something_else_is_said(answer, said):
    def other(request):
        return answer if request.url.path.endswith("/Login") else None

    with pytest.raises(ResponseError, match=said):
        Platform(answer=other).get()


def test_a_log_in_without_a_token_is_said():
    def empty(request):
        return httpx.Response(200, json={"id": 1}) if "/ChangeCompany/" in request.url.path else None

    with pytest.raises(ResponseError, match="gave no access_token"):
        Platform(answer=empty).get()


def test_an_expiration_that_is_no_date_means_an_hour():
    def undated(request):
        if "/ChangeCompany/" not in request.url.path:
            return None
        return httpx.Response(200, json={"access_token": "t", "refresh_token": "r", "access_token_expiration": "soon"})

    def data_too(request):
        return httpx.Response(200, json=[]) if request.url.path == CUSTOMERS else undated(request)

    platform = Platform(answer=data_too)
    platform.get()
    platform.clock.now += 3600 - IpaasLogin.EARLY - 1
    platform.get()
    assert REFRESH not in platform.log_ins()
    platform.clock.now += 2
    platform.get()
    assert platform.log_ins()[REFRESH] == 1


def test_issued_tokens_are_scrubbed_from_what_is_shown():
    platform = Platform()
    platform.get()
    token = platform.calls[-1].headers["Authorization"].removeprefix("Bearer ")
    assert token not in platform.credentials.scrub(f"the answer repeats {token}")
