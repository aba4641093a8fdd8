"""Log-ins that answer oddly, tokens that end early, and eight threads that need one token."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import httpx
import pytest
from fault_server import served

from ipaas_discovery.errors import ConfigurationError, DiscoveryError, RefusedError, ResponseError, UnreachableError
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.auth import IpaasAuth, LogInAuth, OAuth2Auth
from ipaas_discovery.systems.connectors.connector import Connector, Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.http.log_ins.ipaas_login import IpaasLogin
from ipaas_discovery.systems.http.log_ins.token_login import ClientCredentialsLogin, PostLogin

TOKEN = {"access_token": "issued-token", "token_type": "Bearer", "token": "issued-token"}


def oauth(clock=lambda: 0.0):
    return ClientCredentialsLogin(
        Credentials("x"), "http://t.test/token", client=("id", "s3cret-secret"), clock=clock
    )  # fmt: skip


def post(clock=lambda: 0.0):
    return PostLogin(Credentials("x"), "http://t.test/token", body={"p": "s3cret-secret"}, clock=clock, seconds=600)


def calls(auth, answer, count=2):
    """Ask so often; gives how often it was logged in and the last header sent."""
    log_ins = []

    def handle(request):
        if request.url.path != "/token":
            return httpx.Response(200, json=[])
        log_ins.append(request)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, content=answer)

    with httpx.Client(transport=httpx.MockTransport(handle), auth=auth) as client:
        for _ in range(count):
            last = client.get("http://t.test/orders")
    return len(log_ins), last.request.headers["authorization"]


@pytest.mark.parametrize(
    "more",
    [{}, {"expires_in": "3600"}, {"expires_in": "soon"}, {"expires_in": None}, {"expires_in": 0}, {"expires_in": -1},
     {"expires_in": 10}, {"expires_in": 3599.5}, {"expires_in": [1]}, {"token_type": None}, {"scope": ["a"]}],
)  # fmt: skip
def test_one_log_in_is_enough_whatever_is_said_of_its_end(more):
    assert calls(oauth(), json.dumps({**TOKEN, **more}).encode(), 5) == (1, "Bearer issued-token")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + json.dumps(TOKEN).encode(), b"access_token=issued-token&x=1"])
def test_other_spellings_of_an_answer_are_read(content):
    assert calls(oauth(), content)[1] == "Bearer issued-token"


@pytest.mark.parametrize(
    "content", [b"[]", b'["a"]', b'"text"', b"null", b"7", b"", b"<html>Sign in</html>", b"\xff\xfe{}"]
)
@pytest.mark.parametrize("make", [oauth, post])
def test_an_answer_that_is_no_log_ins_says_so(make, content):
    with pytest.raises(ResponseError, match=r"The log-in's answer .* \(POST http://t\.test/token\)"):
        calls(make(), content)


@pytest.mark.parametrize("token", ["", {}, [], "two\nlines", "t\u00f6ken", " ", None, True])
@pytest.mark.parametrize("make", [oauth, post])
def test_a_token_that_no_header_can_carry_is_named(make, token):
    with pytest.raises(DiscoveryError, match=r"The log-in"):
        calls(make(), json.dumps({"access_token": token, "token": token}).encode())


@pytest.mark.parametrize("make", [oauth, post])
@pytest.mark.parametrize(("status", "error"), [(400, RefusedError), (401, RefusedError), (429, ResponseError),
                                               (302, ResponseError), (500, ResponseError)])  # fmt: skip
def test_what_is_no_refusal_is_not_called_one(make, status, error):
    answer = httpx.Response(status, json={"error": "invalid_client"}, headers={"Location": "http://elsewhere.test/"})
    with pytest.raises(error, match=r"The log-in (was refused|answered with status)"):
        calls(make(), answer)


@pytest.mark.parametrize("make", [oauth, post])
@pytest.mark.parametrize("how", ["it ends", "it is refused"])
def test_eight_threads_renew_an_ended_token_once_in_the_middle_of_a_pull(make, how):
    now, valid, log_ins, lock, together = [0.0], [1], [], Lock(), Barrier(8)

    def handle(request):
        with lock:
            if request.url.path == "/token":
                log_ins.append(request)
                token = f"token-{len(log_ins)}"
                return httpx.Response(200, json={"access_token": token, "token": token, "expires_in": 600})
        right = request.headers["authorization"] == f"Bearer token-{valid[0]}"
        return httpx.Response(200 if right else 401, json=[])

    with httpx.Client(transport=httpx.MockTransport(handle), auth=make(clock=lambda: now[0])) as client:

        def ask(_):
            together.wait(10)
            return client.get("http://t.test/orders").status_code

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(8))) == {200}
            assert len(log_ins) == 1
            valid[0] = 2
            now[0] = 580.0 if how == "it ends" else 10.0
            assert set(pool.map(ask, range(8))) == {200}
    assert len(log_ins) == 2


def ipaas(companies, expiration="2099-01-01T00:00:00Z", company=None):
    """The company that a log-in chooses, and how often it logs in for three calls."""
    seen = []
    grant = {"id": 7, "access_token": "issued-token", "access_token_expiration": expiration, "refresh_token": "r"}

    def handle(request):
        seen.append(request.url.path)
        if request.url.path.endswith("/Companies"):
            return httpx.Response(200, json=companies)
        return httpx.Response(200, json=grant if "/sso/" in request.url.path else [])

    given = {"email": "e@x.test", "password": "s3cret"} | ({"company": company} if company else {})
    login = IpaasLogin(Credentials("ipaas", given, sealed=True), "http://t.test", clock=lambda: 1_800_000_000.0)
    with httpx.Client(transport=httpx.MockTransport(handle), auth=login) as client:
        for _ in range(3):
            client.get("http://t.test/orders")
    changed = [path.rpartition("/")[2] for path in seen if "ChangeCompany" in path]
    return changed, seen.count("/sso/v2/Auth/Login")


@pytest.mark.parametrize(
    "expiration", ["2001-01-01T00:00:00Z", "2099-01-01T00:00:00.1234567+02:00", 5, None, "soon", {}]
)
def test_a_clock_that_is_wrong_makes_no_storm_of_log_ins(expiration):
    assert ipaas([{"id": "c1", "name": "North"}], expiration) == (["c1"], 1)


@pytest.mark.parametrize(
    "companies",
    [
        {"admin_companies": [{"id": "c1", "name": "North"}], "misps": [], "companies": None},
        [{"id": "c1", "name": "North"}, "odd", None],
        {"companies": [{"id": "c1", "name": "North"}], "integrators": [{"id": "c1", "name": "North"}]},
    ],
)
def test_companies_of_the_earlier_shape_are_read_too(companies):
    assert ipaas(companies)[0] == ["c1"]


def test_two_companies_of_one_name_are_told_apart_by_their_ids():
    twins = [{"id": "c1", "name": "North"}, {"id": "c2", "name": "North"}, {"id": "c3", "name": "South"}]
    with pytest.raises(
        ConfigurationError, match=r"has 2 companies called 'North' .*IPAAS_COMPANY to the id of one: c1, c2"
    ):
        ipaas(twins, company="North")
    assert ipaas(twins, company="c2")[0] == ["c2"]
    assert ipaas(twins, company="South")[0] == ["c3"]


@pytest.mark.parametrize("company", ["../../hookapi/x", "c1?x=1", "a/b"])
def test_a_companys_id_stays_one_part_of_the_path(company):
    assert ipaas([{"id": company, "name": "North"}])[1] == 1


@pytest.mark.parametrize("answer", ["text", None, [1], 7, {"access_token": {}}, {"access_token": "a\nb"}, {}])
def test_a_log_in_of_the_platform_that_answers_something_else_is_said(answer):
    login = IpaasLogin(Credentials("ipaas", {"email": "e@x.test", "password": "s3cret"}, sealed=True), "http://t.test")
    respond = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    with httpx.Client(transport=respond, auth=login) as client, pytest.raises(DiscoveryError):
        client.get("http://t.test/orders")


AUTHS = {
    "oauth": (OAuth2Auth, {"kind": "oauth2", "token_url": "/token"}, "/token"),
    "log-in": (LogInAuth, {"kind": "log-in", "path": "/token", "body": {"p": "{password}"}}, "/token"),
    "ipaas": (IpaasAuth, {"kind": "ipaas"}, "/sso/v2/Auth/Login"),
}


@pytest.mark.parametrize("kind", AUTHS)
def test_a_log_in_that_never_answers_is_given_up_and_named(kind):
    make, settings, path = AUTHS[kind]
    given = {"client_id": "i", "client_secret": "s3cret", "password": "s3cret", "email": "e@x.test"}
    limits = Limits(timeout=0.05, retries=0)
    with served(None) as (host, _):
        there = Client(f"http://{host}", make(**settings), Credentials("x", given, sealed=True), limits)
        with there, pytest.raises(UnreachableError, match="took too long") as caught:
            there.get("/orders")
    assert f"(POST http://{host}{path})" in str(caught.value)


@pytest.mark.parametrize("kind", AUTHS)
def test_no_answer_of_a_log_in_is_kept(kind, tmp_path):
    _, settings, path = AUTHS[kind]
    grant = {"id": 7, "access_token": "issued-token", "token": "issued-token", "refresh_token": "issued-refresh"}

    def answer(request):
        if request.url.path.endswith("/Companies"):
            return httpx.Response(200, json=[{"id": "c", "name": "C"}])
        log_in = request.url.path == path or "ChangeCompany" in request.url.path
        return httpx.Response(200, json=grant if log_in else [{"id": 1}])

    connector = Connector.model_validate({
        "name": "x", "title": "X", "default_environment": "t", "environments": {"t": {"base_url": "http://x.test"}},
        "auth": settings, "collections": {"orders": {"list": "/orders"}},
    })  # fmt: skip
    given = {"client_id": "i", "client_secret": "s3cret", "password": "s3cret", "email": "e@x.test"}
    transport = httpx.MockTransport(answer)
    with System(connector, transport=transport, credentials=given, answers=AnswerPolicy(tmp_path)) as system:
        assert len(system.pull("orders")) == 1
    (index,) = tmp_path.rglob("index.jsonl")
    assert [json.loads(line)["path"] for line in index.read_text().splitlines()[1:]] == ["/orders"]
