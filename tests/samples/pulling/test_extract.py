"""A whole collection: every record in order, a few pages in memory, recorded and replayed like any other read."""

from __future__ import annotations

import gc

import httpx
import pytest
from clocks import FakeClock
from fakes import NAMES, Fake, cursored, numbered, system

from ipaas_discovery import observe
from ipaas_discovery.errors import ConfigurationError, FetchError, UnknownNameError
from ipaas_discovery.samples.end import Certainty
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System

PAGE = {"kind": "page", "size": "limit", "total": "meta.pagination.total"}
OPEN = {"kind": "page", "size": "limit"}
CURSOR = {"kind": "cursor", "cursor": "after", "next": "next"}
LIST = {"names": {"list": "/names"}}


def there(answer, paging=PAGE, **settings):
    return system(Fake({"/names": answer}), LIST, records="data", paging=paging, **settings)


def test_every_record_comes_once_and_in_order_however_often_it_is_read():
    with there(numbered(NAMES)) as names:
        extract = names.extract("names", size=10)
        assert "not read to its end" in extract.claim
        assert list(extract) == list(extract) == NAMES
    assert extract.stop is Stop.COMPLETE
    assert extract.claim == "47 of 47 records from 5 pages on 2026-11-02; every page was read; nothing is left unseen."


@pytest.mark.parametrize(
    ("records", "past_end", "stop"),
    [
        (NAMES, "empty", Stop.EMPTY),
        (NAMES[:40], "empty", Stop.EMPTY),
        (NAMES[:40], "204", Stop.NO_CONTENT),
        (NAMES[:40], "repeat", Stop.REPEATED),
    ],
)
def test_without_a_total_it_ends_where_the_pages_do(records, past_end, stop):
    with there(numbered(records, total=False, past_end=past_end), OPEN) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == records
    assert (extract.stop, extract.total) == (stop, None)


def test_cursors_are_followed_and_one_that_never_ends_is_left():
    with there(cursored(NAMES), CURSOR) as names:
        extract = names.extract("names")
        assert list(extract) == NAMES
        assert extract.stop is Stop.NO_NEXT
    with there(cursored(NAMES, endless=True), CURSOR) as names:
        extract = names.extract("names")
        assert list(extract) == NAMES
        assert extract.stop is Stop.REPEATED


def test_a_total_that_another_call_tells_is_asked_for():
    collections = {"names": {"list": "/names", "count": "/count", "count_at": "n"}}
    answers = {"/names": numbered(NAMES, total=False), "/count": {"n": 47}}
    with system(Fake(answers), collections, records="data", paging=OPEN) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == NAMES
    assert (extract.total, extract.stop) == (47, Stop.COMPLETE)


@pytest.mark.parametrize("paging", [PAGE, CURSOR])
def test_the_connectors_limit_of_pages_holds(paging):
    fake = Fake({"/names": numbered(NAMES) if paging is PAGE else cursored(NAMES)})
    with system(fake, LIST, records="data", paging=paging, limits={"pages": 2}) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == NAMES[:20]
    assert (extract.stop, len(fake.requests)) == (Stop.CAP, 2)


def pages_in_memory():
    gc.collect()
    return sum(isinstance(each, Page) for each in gc.get_objects())


def test_a_few_pages_are_asked_for_ahead_and_none_is_kept():
    before = pages_in_memory()
    fake = Fake({"/names": numbered(NAMES)})
    with system(fake, LIST, records="data", paging=PAGE, limits={"in_flight": 1}) as names:
        for number, _ in enumerate(names.extract("names", size=1), start=1):
            assert len(fake.requests) <= number + 3
            if number == 30:
                assert pages_in_memory() <= before + 3
    assert len(fake.requests) == 48  # the last page was full, so one more was asked for


def test_who_stops_reading_stops_asking():
    fake = Fake({"/names": numbered(NAMES)})
    with system(fake, LIST, records="data", paging=PAGE, limits={"in_flight": 1}) as names:
        reading = iter(names.extract("names", size=1))
        assert next(reading) == NAMES[0]
        reading.close()
    assert len(fake.requests) <= 4


def failing(pages, status=404):
    page = numbered(NAMES)
    return lambda request: httpx.Response(status) if request.url.params["page"] in pages else page(request)


def test_a_page_that_cannot_be_read_is_left_out_and_said():
    with there(failing({"3"})) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == [*NAMES[:20], *NAMES[30:]]
        assert (extract.pages, extract.stop, extract.end.certainty) == (4, Stop.REFUSED, Certainty.OPEN)
        assert extract.problem.startswith("1 page could not be read: The system answered 404 Not Found")
        assert extract.claim.startswith(
            "37 of 47 records from 4 pages on 2026-11-02; further pages were refused; 1 page"
        )


@pytest.mark.parametrize(("bad", "came"), [("2345", 10), ("1", None), ("45", 30), ("345", 20)])
def test_pages_in_a_row_that_cannot_be_read_end_it_and_a_first_one_is_an_error(bad, came):
    with there(failing(set(bad), 400)) as names:
        extract = names.extract("names", size=10)
        if came is None:
            with pytest.raises(FetchError, match="400"):
                list(extract)
            assert (extract.pages, extract.stop) == (0, None)
        else:
            assert list(extract) == NAMES[:came]
            assert extract.stop is Stop.REFUSED
            assert "The system answered 400" in extract.claim


def test_a_system_that_lets_nobody_in_any_more_is_asked_for_no_further_page():
    fake = Fake({"/names": failing(set("23456789"), 401)})
    with system(fake, LIST, records="data", paging=PAGE, limits={"in_flight": 1}) as names:
        extract = names.extract("names", size=5)
        assert list(extract) == NAMES[:5]
    assert len(fake.requests) <= 5
    assert "what comes after page 1 could not be read: The system answered 401 Unauthorized" in extract.problem
    assert "write under [auth]" in extract.claim


def test_an_extract_ends_with_the_time_of_the_connector():
    def slow(request):
        clock.time += 4
        return numbered(NAMES)(request)

    clock = FakeClock()
    with there(slow, limits={"seconds": 10, "in_flight": 1}) as names:
        names.client._limiter.clock = clock
        extract = names.extract("names", size=10)
        assert 10 <= len(list(extract)) < 47
    assert extract.stop is Stop.TIME
    assert "The time budget of 10 s is used up" in extract.claim


def test_an_answer_that_says_there_is_more_and_not_where_loses_no_record():
    def answer(request):
        return httpx.Response(200, json={"data": NAMES[:10], "more": True, "next": None})

    with there(answer, {**CURSOR, "more": "more"}) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == NAMES[:10]
    assert "`more` says that there is more, and `next` holds no cursor to it" in extract.problem


@pytest.mark.parametrize("hole", ["2", "5"])
def test_a_page_whose_records_are_all_hidden_is_no_end(hole):
    page = numbered(NAMES)

    def answer(request):
        if request.url.params["page"] == hole:
            return httpx.Response(200, json={"data": [], "meta": {"pagination": {"total": 47}}})
        return page(request)

    with there(answer) as names:
        extract = names.extract("names", size=10)
        rows = list(extract)
    assert len(rows) == (37 if hole == "2" else 40)
    assert extract.end.certainty is Certainty.OPEN
    assert f"the system says 47, and {len(rows)} came" in extract.claim or extract.stop is Stop.GAP


def test_a_part_of_another_collection_has_no_list_to_read():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}
    with system(Fake({}), collections) as shop:
        with pytest.raises(ConfigurationError, match=r"'lines' has no list.*read 'orders' as a whole"):
            list(shop.extract("lines"))
        with pytest.raises(UnknownNameError, match="orders"):
            list(shop.extract("order"))


def test_an_extract_is_recorded_redacted_and_replayed(tmp_path, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "key of the tests")
    people = [{"id": number, "email": f"ada{number}@example.com"} for number in range(1, 48)]
    with there(numbered(people)) as names:
        connector = names.connector

    def opened(answers):
        return System(connector, transport=Fake(answers), answers=AnswerPolicy(tmp_path))

    with opened({"/names": numbered(people)}) as live:
        sample = live.pull("names")
        assert live.finish()
        seen = observe(live.extract("names", size=10))
        assert live.finish()
        kept = list(live.extract("names", size=10))
    assert [each["id"] for each in kept] == list(range(1, 48))
    assert "ada" not in str(kept)
    with opened({}) as again:
        assert again.replayed
        assert again.pull("names") == sample
        assert list(again.extract("names", size=10)) == kept
        assert observe(again.extract("names", size=10)) == seen
    bodies = len(list(tmp_path.rglob("*.json.gz")))
    assert "nothing is left unseen" in seen.source
    assert (seen.records, bodies) == (47, 5 + 3 - 1)  # the last page of both is the same seven records


@pytest.mark.parametrize("many", [1, 9, 10])
def test_one_page_that_holds_as_many_as_the_total_says_is_all(many):
    with there(numbered(NAMES[:many])) as names:
        extract = names.extract("names", size=10)
        assert list(extract) == NAMES[:many]
    assert (extract.total, extract.stop) == (many, Stop.COMPLETE)


def test_an_extract_shows_nothing_of_how_it_asks():
    with there(numbered(NAMES)) as names:
        extract = names.extract("names")
        assert "_send" not in repr(extract)
        assert "Requester" not in repr(extract)
