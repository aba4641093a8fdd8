"""What a system answered is kept once, found again, and a store that is damaged says so in one sentence."""

from __future__ import annotations

import errno
import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fakes import Fake

from ipaas_discovery.errors import FetchError, SourceError
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.store import Store
from ipaas_discovery.samples.storage.store_index import About
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector, connector_of
from ipaas_discovery.systems.http.log_ins.token_requests import LOG_IN

ABOUT = About("shop", "1", "live", "http://fake.test/api")
DATE = {"Date": "Mon, 02 Nov 2026 09:00:00 GMT", "Set-Cookie": "sid=s3cret", "X-Auth-Token": "t0ken", "X-Total": "2"}
SHOP = Connector.model_validate(
    {
        "name": "shop", "title": "Shop", "default_environment": "live",
        "environments": {"live": {"base_url": "http://fake.test/api"}},
        "paging": {"kind": "next", "next": "links.next"},
        "collections": {
            "people": {"list": "/people", "id": "email"},
            "visits": {"list": "/people/{email}/visits", "parent": "people"},
        },
    }
)  # fmt: skip


def orders(request):
    page = int(request.url.params.get("page", 1))
    return httpx.Response(200, json=[{"id": page, "email": f"ann{page}@shop.example"}], headers=DATE)


def client(transport):
    return httpx.Client(transport=transport, base_url="http://fake.test/api")


@pytest.fixture
def fake():
    page = httpx.Response(200, text="<p>hi", headers={"content-type": "text/html"})
    return Fake({"/api/orders": orders, "/api/page": page,
                 "/api/busy": httpx.Response(503, json={}), "/api/none": httpx.Response(204)})  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store" / "shop-live", ABOUT)


@pytest.fixture
def recorded(store, fake):
    """A store with three answers in use."""
    with client(store.recording(fake)) as http:
        for page in (1, 2):
            http.get("/orders", params={"page": page, "limit": 5})
        http.get("/none")
    store.finish()
    return store


def replay(store, path, **params):
    with client(Store(store.folder, ABOUT).replaying()) as http:
        return http.get(path, params=params or None)


def index(store):
    return store.folder / "2026-11-02" / "index.jsonl"


def body(store):
    return next(path for path in sorted((store.folder / "2026-11-02" / "bodies").iterdir()))


def test_an_answer_is_replayed_with_status_headers_and_body(recorded):
    answer = replay(recorded, "/orders", page=2, limit=5)
    assert (answer.status_code, answer.headers["x-total"]) == (200, "2")
    [record] = answer.json()
    assert record["id"] == 2
    assert record["email"] != "ann2@shop.example"  # a store redacts unless raw is said aloud
    assert replay(recorded, "/none").status_code == 204


def test_the_order_of_parameters_and_what_signs_do_not_matter(recorded):
    with client(Store(recorded.folder, ABOUT).replaying()) as http:
        assert http.get("/orders", params={"limit": 5, "page": 1}, headers={"Authorization": "Bearer x"}).json()


def test_a_parameter_that_signs_is_no_part_of_the_request(store, fake):
    with client(store.recording(fake, unsent=("api_key",))) as http:
        http.get("/orders", params={"api_key": "t0p-s3cret"})
    store.finish()
    assert replay(store, "/orders").status_code == 200
    assert "t0p-s3cret" not in index(store).read_text()


def test_a_search_by_post_is_told_from_another_by_its_body(store):
    fake = Fake({"/api/search": lambda request: httpx.Response(200, json=json.loads(request.content), headers=DATE)})
    with client(store.recording(fake)) as http:
        http.post("/search", json={"after": 1, "size": 2})
        http.post("/search", json={"after": 2, "size": 2})
    store.finish()
    with client(Store(store.folder, ABOUT).replaying()) as http:
        assert http.post("/search", json={"size": 2, "after": 2}).json() == {"after": 2, "size": 2}
        with pytest.raises(FetchError, match="has no answer"):
            http.post("/search", json={"after": 3, "size": 2})


def test_an_unknown_request_says_what_is_missing_and_what_to_do(recorded):
    with pytest.raises(FetchError, match=r"no answer to this request \(GET /orders\?limit=5&page=3\): run `ipaas-disc"):
        replay(recorded, "/orders", page=3, limit=5)


def test_a_store_of_another_connector_version_says_so(recorded):
    newer = Store(recorded.folder, About("shop", "2", "live"))
    assert "recorded with connector shop version 1, this is shop version 2: run `ipaas" in newer.differs()
    with client(newer.replaying()) as http, pytest.raises(FetchError, match="recorded with connector shop version 1"):
        http.get("/elsewhere")


def test_the_index_holds_no_cookie_and_no_secret_header_and_the_bytes_depend_on_nothing_else(recorded):
    text = index(recorded).read_text()
    assert "s3cret" not in text
    assert "t0ken" not in text
    line = json.loads(text.splitlines()[2])
    assert line.pop("seconds") >= 0
    assert line["connector"] == "shop 1"
    assert (line["method"], line["path"], line["query"]) == ("GET", "/orders", [["limit", "5"], ["page", "1"]])
    packed = (index(recorded).parent / "bodies" / line["file"]).read_bytes()
    assert packed[4:8] == bytes(4)  # gzip's time
    assert b"ann1@shop.example" not in gzip.decompress(packed)


def test_what_says_nothing_of_the_system_is_not_kept(store, fake):
    with client(store.recording(fake)) as http:
        assert http.get("/busy").status_code == 503
        assert http.get("/page").text == "<p>hi"
    assert not store.generations()


def test_a_log_in_is_passed_on_and_never_kept(store):
    fake = Fake({"/api/login": httpx.Response(200, json={"access_token": "t0ken"}), "/api/orders": orders})
    transport = store.recording(fake, Redactor(AnswerPaths(SHOP), key=b"k"))
    with client(transport) as http:
        marked = http.build_request("POST", "/login", json={"password": "s3cret"}, extensions={LOG_IN: True})
        assert http.send(marked).json() == {"access_token": "t0ken"}
        http.get("/orders")
    kept = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.suffix != ".gz" and path.is_file())
    assert b"login" not in kept
    assert len(list(store.folder.rglob("*.gz"))) == 1


def test_ids_that_are_personal_are_stored_as_pseudonyms_and_asked_for_as_they_are(store):
    people = {
        "data": [{"email": "ann.smith@shop.example"}],
        "links": {"next": "http://fake.test/api/people?token=abcd1234ef"},
    }
    fake = Fake({"/api/people": {**people}, "/api/people/ann.smith@shop.example/visits": [{"ip": "192.0.2.17"}]})
    with client(store.recording(fake, Redactor(AnswerPaths(SHOP), key=b"k"))) as http:
        answer = http.get("/people").json()
        masked = answer["data"][0]["email"]
        assert masked != "ann.smith@shop.example"
        assert http.get(f"/people/{masked}/visits").status_code == 200
        http.get(answer["links"]["next"])
    assert fake.requests[1].url.path == "/api/people/ann.smith@shop.example/visits"
    assert dict(fake.requests[2].url.params) == {"token": "abcd1234ef"}
    store.finish()
    assert replay(store, f"/people/{masked}/visits").status_code == 200
    kept = b"".join(gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()
                    for p in store.folder.rglob("*") if p.is_file())  # fmt: skip
    for personal in (b"ann.smith", b"abcd1234ef", b"192.0.2.17"):
        assert personal not in kept


def test_an_interrupted_recording_is_gone_on_with(store, fake):
    with client(store.recording(fake)) as http:
        http.get("/orders", params={"page": 1})
    with index(store).open("ab") as file:
        file.write(b'{"method": "GET", "path": "/ord')  # the power went
    again = Store(store.folder, ABOUT)
    assert again.latest is None
    with client(again.recording(fake)) as http:
        http.get("/orders", params={"page": 1})
        http.get("/orders", params={"page": 2})
    assert len(fake.requests) == 2
    again.finish()
    assert [replay(again, "/orders", page=page).json()[0]["id"] for page in (1, 2)] == [1, 2]
    assert again.generations() == ("2026-11-02",)


def test_a_refresh_that_is_interrupted_leaves_the_earlier_pull_in_use(recorded, fake):
    with client(Store(recorded.folder, ABOUT).recording(fake, refresh=True)) as http:
        http.get("/orders", params={"page": 9})
    assert recorded.generations() == ("2026-11-02", "2026-11-02.2")
    assert recorded.latest == "2026-11-02"
    assert replay(recorded, "/orders", page=1, limit=5).status_code == 200


def test_a_full_disk_while_storing_is_one_sentence_and_what_was_stored_stays_usable(store, fake, monkeypatch):
    recording = store.recording(fake)
    with client(recording) as http:
        http.get("/orders", params={"page": 1})

        def full(*_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr("ipaas_discovery.atomic.os.replace", full)
            with pytest.raises(SourceError, match="Cannot write: No space left on device .*stays usable; free space"):
                http.get("/orders", params={"page": 2})
        assert not recording.complete
        assert not list(store.folder.rglob("*.tmp"))
        http.get("/orders", params={"page": 2})
        assert recording.complete
    store.finish()
    assert replay(store, "/orders", page=2).status_code == 200


def test_a_line_that_a_full_disk_took_in_part_is_taken_back(store, fake):
    with client(store.recording(fake)) as http:
        http.get("/orders", params={"page": 1})
        before = index(store).read_bytes()
        index(store).unlink()
        index(store).symlink_to("/dev/full")
        with pytest.raises(SourceError, match="No space left on device"):
            http.get("/orders", params={"page": 2})
    assert before.endswith(b"\n")


def cut(path):
    path.write_bytes(path.read_bytes()[:-9])


def garbled(path):
    path.write_bytes(path.read_bytes().replace(b'"status"', b'"st', 1))


def headless(path):
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[1:]))


@pytest.mark.parametrize(
    ("which", "damage", "said"),
    [
        (body, cut, "A stored answer is damaged"),
        (body, lambda path: path.unlink(), "A stored answer is missing"),
        (body, lambda path: path.write_bytes(gzip.compress(b"[]")), "A stored answer was changed"),
        (index, garbled, "index is damaged"),
        (index, headless, "index has no beginning"),
        (index, lambda path: path.write_bytes(b""), "index has no beginning"),
        (index, lambda path: path.unlink(), "There is no stored pull '2026-11-02'"),
        (lambda store: store.folder / "latest", lambda path: path.write_bytes(b"\xff\xfe"), "The store cannot be read"),
        (
            lambda store: store.folder / "latest",
            lambda path: path.write_bytes(b"../elsewhere"),
            "There is no stored pull",
        ),
    ],
)
def test_a_damaged_store_is_one_sentence_that_says_what_to_do(recorded, which, damage, said):
    damage(which(recorded))
    with pytest.raises(SourceError, match=said) as caught:
        [replay(recorded, "/orders", page=page, limit=5) for page in (1, 2)]
    assert "run `ipaas-discovery pull --refresh`" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_many_threads_record_at_once(store, fake):
    with client(store.recording(fake)) as http, ThreadPoolExecutor(8) as crew:
        list(crew.map(lambda page: http.get("/orders", params={"page": page % 40}), range(120)))
    store.finish()
    assert len(index(store).read_text().splitlines()) == 41
    assert len(list((store.folder / "2026-11-02" / "bodies").iterdir())) == 40


def test_the_folder_of_stores_is_ignored_by_git_and_private(recorded):
    assert (recorded.folder.parent / ".gitignore").read_text().endswith("*\n")
    assert recorded.folder.stat().st_mode & 0o077 == 0


def test_a_full_disk_leaves_no_store_that_git_takes_in(store, fake, monkeypatch):
    """A `.gitignore` that was cut off would stay, and be taken for a whole one by the next pull."""

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("ipaas_discovery.atomic.os.replace", full)
    with client(store.recording(fake)) as http, pytest.raises(SourceError, match="Cannot write"):
        http.get("/orders", params={"page": 1})
    assert not [*store.folder.parent.rglob(".gitignore")]


PERSONAL_IDS = """\
title = "Shop"
default_environment = "live"
records = "data"
[environments.live]
base_url = "http://fake.test"
[collections.customers]
list = "/customers"
id = "email"
[collections.products]
list = "/products"
[collections.orders]
parent = "customers"
list = "/customers/{email}/orders"
"""


def test_an_interrupted_pull_of_people_known_by_their_address_is_gone_on_with_in_another_process(tmp_path, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    answers = {
        "/customers": {"data": [{"email": "ada@shop.example"}]}, "/products": {"data": [{"id": 1}]},
        "/customers/ada@shop.example/orders": {"data": [{"id": 7, "customer_email": "ada@shop.example"}]},
    }  # fmt: skip

    def opened(fake):
        return System(connector_of(PERSONAL_IDS, "shop"), transport=fake, answers=AnswerPolicy(tmp_path))

    with opened(Fake(answers)) as first:
        first.pull_all(["customers", "products"])  # and then it was interrupted
    fake = Fake(answers)
    with opened(fake) as second:
        samples = second.pull_all(["customers", "products", "orders"])
        assert second.finish()
    assert [request.url.path for request in fake.requests] == ["/customers", "/customers/ada@shop.example/orders"]
    assert samples["orders"].records[0]["customer_email"] == samples["customers"].records[0]["email"]
    with opened(Fake({})) as third:
        assert third.pull_all(["customers", "products", "orders"]) == samples
    assert not any(b"ada@shop" in path.read_bytes() for path in tmp_path.rglob("*.jsonl"))


def test_an_address_makes_no_request_a_log_in(store):
    """What an auth flow did not make itself is redacted and kept, whatever address it goes to."""
    fake = Fake({"/api/login": [{"id": 1, "email": "ann.smith@shop.example"}]})
    with client(store.recording(fake)) as http:
        assert "ann.smith@shop.example" not in http.get("/login").text
    assert len(list(store.folder.rglob("*.gz"))) == 1


def test_an_index_cut_at_any_byte_gives_whole_answers_or_one_sentence(recorded):
    whole, first = index(recorded).read_bytes(), replay(recorded, "/orders", page=1, limit=5).content
    told = 0
    for end in range(len(whole)):
        index(recorded).write_bytes(whole[:end])
        try:
            assert replay(recorded, "/orders", page=1, limit=5).content == first
        except (SourceError, FetchError):
            told += 1
    assert 0 < told < len(whole)
