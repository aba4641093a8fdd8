"""A pull is settled before it is put in use: no name that any of its answers told stays in a stored text of another."""

from __future__ import annotations

import threading
from itertools import permutations

import httpx
import pytest
from fakes import Fake

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redaction import pull_names
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.store import Store
from ipaas_discovery.samples.storage.store_index import About
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector

DATE = {"Date": "Mon, 02 Nov 2026 09:00:00 GMT"}
PAGES = {
    1: {"id": 1, "note": "Ask Xanthe or Ottokar, then Perrin", "first_name": "Ada"},
    2: {"id": 2, "note": "Ada and Xanthe's", "first_name": "Ottokar"},
    3: {"id": 3, "note": "none", "first_name": "Xanthe"},
}
NAMES = ("Ada", "Ottokar", "Xanthe")
CONNECTOR = Connector.model_validate(
    {
        "name": "shop", "title": "Shop", "default_environment": "live", "records": "data",
        "environments": {"live": {"base_url": "http://fake.test/api"}},
        "paging": {"kind": "page", "size": "limit", "total": "total"},
        "collections": {"orders": {"list": "/orders"}, "people": {"list": "/people"}},
    }
)  # fmt: skip


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "key of the tests")


class InOrder:
    """A server that answers the second and third page once those that come before them in `order` were answered."""

    def __init__(self, order):
        self.order, self.done, self.turn = [page for page in order if page > 1], [1], threading.Condition()

    def __call__(self, request):
        page = int(request.url.params.get("page", 1))
        with self.turn:
            if page in self.order:
                before = self.order[: self.order.index(page)]
                assert self.turn.wait_for(lambda: {*before} <= {*self.done}, timeout=20)
            self.done.append(page)
            self.turn.notify_all()
        return httpx.Response(200, json={"data": [PAGES[page]] if page in PAGES else [], "total": 3}, headers=DATE)


def everything(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("bodies/*"))}


def pulled(folder, order=(1, 2, 3)):
    fake = Fake({"/api/orders": InOrder(order)})
    with System(CONNECTOR, transport=fake, answers=AnswerPolicy(folder)) as system:
        records = system.pull("orders", Plan(pages=3, size=1)).records
        assert system.finish()
    return records


def test_the_order_of_answers_changes_neither_the_sample_nor_the_store(tmp_path):
    first = pulled(tmp_path / "123")
    text = str(first)
    assert not [name for name in NAMES if name in text]
    assert "Perrin" in text
    for order in list(permutations((1, 2, 3)))[1:]:
        folder = tmp_path / "".join(map(str, order))
        assert pulled(folder, order) == first
        assert everything(folder) == everything(tmp_path / "123")


def test_a_replay_gives_what_the_pull_gave(tmp_path):
    first = pulled(tmp_path)
    with System(CONNECTOR, answers=AnswerPolicy(tmp_path)) as system:
        assert system.pull("orders", Plan(pages=3, size=1)).records == first
    assert (
        len(everything(tmp_path)) == len(PAGES) + 1
    )  # the empty page behind the last; bodies that were rewritten are gone


def test_a_later_collection_tells_names_of_an_earlier_one(tmp_path):
    people = httpx.Response(200, json={"data": [{"id": 1, "first_name": "Perrin"}], "total": 1}, headers=DATE)
    fake = Fake({"/api/orders": InOrder((1, 2, 3)), "/api/people": people})
    with System(CONNECTOR, transport=fake, answers=AnswerPolicy(tmp_path)) as system:
        before = system.pull("orders", Plan(pages=3, size=1)).records
        system.pull("people")
        assert "Perrin" in str(before)
        assert system.finish()
    with System(CONNECTOR, answers=AnswerPolicy(tmp_path)) as system:
        again = system.pull("orders", Plan(pages=3, size=1)).records
    assert "Perrin" not in str(again)
    with System(CONNECTOR, transport=fake) as system:
        samples = system.pull_all(("orders", "people"), Plan(pages=3, size=1))
    assert samples["orders"].records == again


@pytest.mark.parametrize("fits", [True, False])
def test_a_pull_that_goes_on_settles_what_an_earlier_process_stored(tmp_path, fits, monkeypatch):
    whole = pulled(tmp_path / "whole")
    if not fits:
        monkeypatch.setattr(pull_names, "MOST_WAITING", 0)
    with System(CONNECTOR, transport=Fake({"/api/orders": InOrder((1, 3))}), answers=AnswerPolicy(tmp_path)) as system:
        first = system.puller.pull("orders", Plan(pages=2, size=1))  # as if the process ended here, unsettled
        assert "Xanthe" in str(first.records)
    with System(CONNECTOR, transport=Fake({"/api/orders": InOrder((1, 2))}), answers=AnswerPolicy(tmp_path)) as system:
        records = system.pull("orders", Plan(pages=3, size=1)).records
        assert system.finish()
    stored = Store(tmp_path / "shop-live", About("shop", "1", "live", "http://fake.test/api"))
    stored.replaying()
    assert len(everything(tmp_path / "shop-live")) == len(everything(tmp_path / "whole"))
    with System(CONNECTOR, answers=AnswerPolicy(tmp_path)) as system:
        assert system.pull("orders", Plan(pages=3, size=1)).records == whole
    assert [record["id"] for record in records] == [record["id"] for record in whole]
