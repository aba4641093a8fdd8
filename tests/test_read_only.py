"""Nothing but reads leaves this machine: every path of the kit, through a transport that lets nothing else pass."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from workspaces import run, write_settings

import ipaas_discovery
from ipaas_discovery import Discovery, connect
from ipaas_discovery.errors import NotReadOnlyError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.sandbox.serve import apps
from ipaas_discovery.systems.connectors.connector import load_connector

READS = {"GET", "HEAD"}
LOG_INS = {"/sso/v2/Auth/Login", "/sso/v2/Auth/Refresh"}
SETTINGS = Path(__file__).parent.parent / "data" / "discovery.toml"


class Watch(httpx.BaseTransport):
    """Passes reads and the two log-in calls to a sandbox app; anything else is an error of its own."""

    def __init__(self, side):
        self.inner, self.seen = httpx.WSGITransport(app=apps()[side]), []

    def handle_request(self, request):
        call = request.method, request.url.path
        self.seen.append(call)
        if request.method not in READS and not (request.method == "POST" and request.url.path in LOG_INS):
            raise AssertionError(f"{call} would have left this machine")
        assert not request.url.path.startswith("/hookapi")
        return self.inner.handle_request(request)


@pytest.fixture
def watched():
    return {"ipaas": Watch("ipaas"), "third_party": Watch("store")}


def methods(watch):
    return {method for method, _ in watch.seen}


def test_a_whole_discovery_only_reads(watched, tmp_path):
    settings = tmp_path / "discovery.toml"
    settings.write_text(SETTINGS.read_text())
    with Discovery.open(settings, transports=watched) as discovery:
        discovery.pull()
        assert discovery.problems == ()
        discovery.verdicts()
        for pair in discovery.pairs:
            discovery.records(pair.ipaas)
        discovery.worksheet.export(tmp_path / "order.xlsx")
        assert discovery.ipaas.descriptions
        assert discovery.third_party.descriptions
    assert {"GET"} <= methods(watched["third_party"]) <= READS
    posts = [path for method, path in watched["ipaas"].seen if method != "GET"]
    assert set(posts) == {"/sso/v2/Auth/Login"}
    assert len(posts) == 2, "the export looks at the day before as well"
    assert len(watched["ipaas"].seen) > 20


@pytest.mark.parametrize(("name", "side"), [("ipaas", "ipaas"), ("bigcommerce", "store")])
def test_every_collection_of_a_connector_is_pulled_and_probed_by_reads_alone(name, side):
    watch = Watch(side)
    with connect(name, transport=watch) as system:
        system.pull_all(system.collections(), Plan(pages=1, size=5))
        for collection in system.collections()[:4]:
            system.probe(collection)
        assert system.descriptions
    assert {call for call in watch.seen if call[0] not in READS} <= {("POST", path) for path in LOG_INS}


@pytest.mark.parametrize("words", [["pull", "CUSTOMER"], ["compare", "CUSTOMER"], ["probe", "ipaas", "CUSTOMER"],
                                   ["worksheet"], ["discover"]])  # fmt: skip
def test_every_command_only_reads(words, tmp_path, monkeypatch):
    watches = []

    def watched_app(application):
        side = "store" if "sandbox.store" in application.import_name else "ipaas"
        watches.append(Watch(side))
        return watches[-1]

    monkeypatch.setattr("ipaas_discovery.connection.in_process", watched_app)
    done = run(*words, "-s", write_settings(tmp_path))
    assert done.status == 0, done.err
    assert len(watches) == (4 if words == ["discover"] else 2), "discover says what changed since the day before"
    assert all(watch.seen for watch in watches) or words[0] == "probe"


def test_a_search_that_no_connector_marks_is_not_sent():
    watch = Watch("store")
    with connect("bigcommerce", transport=watch) as store, pytest.raises(NotReadOnlyError):
        store.client.search("/v3/customers", {"name": "x"})
    assert not watch.seen


def test_recording_changes_nothing_in_what_may_leave(tmp_path):
    """The recorder stands behind the guard: what it puts back into a request can change neither method nor host."""
    watch, keeping = Watch("store"), AnswerPolicy(tmp_path / "store")
    with connect("bigcommerce", base_url="http://live.test", transport=watch, answers=keeping) as store:
        store.pull("customers", Plan(pages=2, size=5))
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            with pytest.raises(NotReadOnlyError):
                store.client._http.request(method, "http://live.test/v3/customers")
    assert {"GET"} <= methods(watch) <= READS


@pytest.mark.parametrize("name", ["ipaas", "bigcommerce"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_write_that_a_connector_names_can_be_sent(name, method):
    watch = Watch("ipaas" if name == "ipaas" else "store")
    with connect(name, transport=watch) as system:
        for spec in load_connector(name).collections.values():
            path = (spec.list or "/").partition("{")[0]
            with pytest.raises(NotReadOnlyError, match="was not sent"):
                system.client._http.request(method, f"{system.client.base_url}{path}")
    assert not watch.seen


@pytest.mark.parametrize(
    "path", ["/sso/v2/Auth/Login/", "/sso/v2/Auth/login", "/x/sso/v2/Auth/Login", "/sso/v2/Auth/Logout"]
)
def test_only_the_two_log_in_calls_themselves_may_post(path):
    watch = Watch("ipaas")
    with connect("ipaas", transport=watch) as platform, pytest.raises(NotReadOnlyError):
        platform.client._http.post(f"{platform.client.base_url}{path}")
    assert not watch.seen


def test_another_connector_may_not_even_post_to_the_log_in():
    watch = Watch("store")
    with connect("bigcommerce", transport=watch) as store, pytest.raises(NotReadOnlyError):
        store.client._http.post(f"{store.client.base_url}/sso/v2/Auth/Login")
    assert not watch.seen


def test_the_client_has_no_way_to_write():
    with connect("bigcommerce") as store:
        public = {name for name in dir(store.client) if not name.startswith("_")}
    assert public == {
        "base_url",
        "budget",
        "close",
        "fetch",
        "get",
        "linked",
        "search",
    }  # a search is refused unless it is marked


def test_no_module_but_the_client_opens_a_connection():
    package = Path(ipaas_discovery.__file__).parent
    openers = (
        "httpx.Client(",
        "httpx.get(",
        "httpx.post(",
        "httpx.request(",
        "urlopen(",
        "import requests",
        "socket.create_connection",
    )
    users = {
        path.name
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(opener in line for opener in openers) and ">>>" not in line
    }
    assert users == {"client.py"}
