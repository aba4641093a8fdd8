import gc
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from threading import Barrier, Event, Thread

import httpx
import pytest
from clocks import FakeClock

from ipaas_discovery.errors import BudgetError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.systems.connectors.auth import NoAuth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.http.limiter import Limiter, shared
from ipaas_discovery.systems.http.quota import quota, retry_after


@pytest.fixture
def clock():
    return FakeClock()


def client(answer, limiter, **limits):
    """A client of its own over `answer`, under a limiter it may share."""
    return Client(
        "http://fake.test",
        NoAuth(),
        Credentials("fake"),
        Limits(**limits),
        transport=httpx.MockTransport(answer),
        limiter=limiter,
    )


def start(limiter, clock, budget=None):
    """When a call that asks now gets through."""
    with limiter.slot(budget or Budget(None, clock)):
        return clock.now() - 1000


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 2.0 "}, 2),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": formatdate(1030, usegmt=True)}, 30),
        ({"retry-after": formatdate(900, usegmt=True)}, 0),
        ({"retry-after": formatdate(5030, usegmt=True), "date": formatdate(5000, usegmt=True)}, 30),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_seconds_fractions_or_a_date(said, seconds, clock):
    assert retry_after(said, clock) == seconds


@pytest.mark.parametrize(
    ("named", "said", "found"),
    [
        (
            {"remaining_header": "X-Left", "reset_header": "X-Ms", "reset_unit": "ms"},
            {"x-left": "3", "x-ms": "1500"},
            (3, 1.5),
        ),
        (
            {"remaining_header": "X-Left", "reset_header": "X-At", "reset_unit": "epoch"},
            {"x-left": "0", "x-at": "1012"},
            (0, 12),
        ),
        (
            {"remaining_header": "X-Left", "reset_header": "X-At", "reset_unit": "epoch"},
            {"x-left": "0", "x-at": "990"},
            (0, 0),
        ),
        ({"used_header": "X-Used"}, {"x-used": "32/40"}, (8, None)),
        ({"used_header": "X-Used"}, {"x-used": "many"}, (None, None)),
        ({"remaining_header": "X-Left"}, {"x-left": "5", "ratelimit-reset": "9"}, (5, None)),
        ({}, {"ratelimit-remaining": "5", "ratelimit-reset": "9"}, (5, 9)),
        ({}, {}, (None, None)),
    ],
)
def test_a_quota_is_read_from_the_headers_the_connector_names(named, said, found, clock):
    assert quota(said, Limits(**named), clock) == found


def test_a_429_of_one_client_closes_the_host_for_another(clock):
    limiter = Limiter(Limits(), clock)
    answers = [httpx.Response(429, headers={"Retry-After": "40"}), httpx.Response(200, json=[])]
    asked = []

    def other(request):
        asked.append(clock.now())
        return httpx.Response(200, json=[])

    with client(lambda _: answers.pop(0), limiter, retries=0) as first, client(other, limiter) as second:
        with pytest.raises(Exception, match="429"):
            first.get("/a")
        second.get("/b")
    assert asked == [1040]
    assert clock.sleeps == [40]


def test_a_429_in_one_thread_stops_every_thread_until_then(clock):
    limiter, gate, asked = Limiter(Limits(in_flight=8), clock), Barrier(8), []

    def answer(request):
        asked.append((request.url.path, clock.now()))
        if request.url.path == "/0" and len(asked) == 1:
            return httpx.Response(429, headers={"Retry-After": "30"})
        return httpx.Response(200, json=[])

    def ask(number):
        gate.wait()
        if number:
            refused.wait(5)
        return there.get(f"/{number}")

    refused = Event()
    adjust = limiter.adjust

    def adjusted(status, headers):
        adjust(status, headers)
        refused.set()

    limiter.adjust = adjusted
    with client(answer, limiter) as there, ThreadPoolExecutor(8) as crew:
        assert len(list(crew.map(ask, range(8)))) == 8
    assert len(asked) == 9
    assert [when for _, when in asked[1:] if when < 1030] == []


def test_a_wait_without_a_time_backs_off_with_full_jitter_for_everybody(clock):
    limiter = Limiter(Limits(), clock)
    answers = [httpx.Response(429), httpx.Response(429), httpx.Response(200, json=[])]
    with client(lambda _: answers.pop(0), limiter) as there:
        there.get("/a")
    assert len(clock.sleeps) == 2
    assert 0 < clock.sleeps[0] <= 0.5
    assert 0 < clock.sleeps[1] <= 1.0


def test_a_wait_that_is_told_is_kept_to_the_letter(clock):
    answers = [httpx.Response(429, headers={"Retry-After": "0.01"})] * 5 + [httpx.Response(200, json=[])]
    with client(lambda _: answers.pop(0), Limiter(Limits(), clock)) as there:
        there.get("/a")
    assert clock.sleeps == pytest.approx([0.01] * 5)


@pytest.mark.parametrize("said", ["soon", "0", "-1"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_is_told_badly_is_no_leave_to_hurry(said, status, clock):
    answers = [httpx.Response(status, headers={"Retry-After": said})] * 3 + [httpx.Response(200, json=[])]
    with client(lambda _: answers.pop(0), Limiter(Limits(), clock)) as there:
        there.get("/a")
    assert len(clock.sleeps) == 3


def test_no_more_calls_are_in_flight_than_the_host_allows_whichever_client_asks(clock):
    limiter, busy, most = Limiter(Limits(in_flight=3), clock), [], []
    full, go = Event(), Event()

    def answer(request):
        busy.append(1)
        most.append(len(busy))
        if len(busy) == 3:
            full.set()
        go.wait(5)
        busy.pop()
        return httpx.Response(200, json=[])

    with client(answer, limiter) as one, client(answer, limiter) as two, ThreadPoolExecutor(10) as crew:
        asked = [crew.submit(each.get, "/a") for each in (one, two) * 5]
        assert full.wait(5)
        go.set()
        for each in asked:
            each.result(5)
    assert len(most) == 10
    assert max(most) == 3


def test_a_quota_that_ends_slows_the_calls_so_that_it_lasts(clock):
    limiter = Limiter(Limits(in_flight=2, remaining_header="X-Left", reset_header="X-Reset"), clock)
    limiter.adjust(200, {"x-left": "4", "x-reset": "20"})
    assert [start(limiter, clock) for _ in range(4)] == pytest.approx([5, 10, 15, 20])


def test_a_quota_with_plenty_left_slows_nothing(clock):
    limiter = Limiter(Limits(in_flight=2, remaining_header="X-Left", reset_header="X-Reset"), clock)
    limiter.adjust(200, {"x-left": "1", "x-reset": "20"})
    limiter.adjust(200, {"x-left": "400", "x-reset": "20"})
    assert start(limiter, clock) == 0


def test_a_quota_used_up_closes_the_host_until_there_is_more(clock):
    limiter = Limiter(Limits(remaining_header="X-Left", reset_header="X-Ms", reset_unit="ms"), clock)
    with limiter.slot(Budget(None, clock)):
        limiter.adjust(200, {"x-left": "0", "x-ms": "12000"})
    assert {limiter._turn() for _ in range(5)} == {1012}
    assert [start(limiter, clock) for _ in range(2)] == [12, 12]


def test_a_bucket_that_is_nearly_full_is_given_time_to_leak(clock):
    limiter = Limiter(Limits(in_flight=2, used_header="X-Used"), clock)
    limiter.adjust(200, {"x-used": "37/40"})
    assert [start(limiter, clock) for _ in range(2)] == [0.5, 1.0]


def test_a_replay_does_not_wait_for_what_a_host_said_once(clock):
    limiter = Limiter(Limits(), clock, listens=False)
    limiter.adjust(429, {"retry-after": "60"})
    assert start(limiter, clock) == 0


def test_one_host_has_one_limiter_and_the_last_limits_count():
    first = shared("http://One.test:80/v1", Limits(in_flight=2))
    assert shared("http://one.test", Limits(in_flight=5)) is first
    assert first.limits.in_flight == 5
    assert shared("http://other.test", Limits()) is not first


def test_two_clients_of_one_host_share_its_limiter():
    clients = [Client(f"https://same.test/{path}", NoAuth(), Credentials("f"), Limits()) for path in ("v2", "v3")]
    assert clients[0]._limiter is clients[1]._limiter
    for each in clients:
        each.close()


def test_a_time_budget_that_is_used_up_says_what_to_change(clock):
    def slow(request):
        clock.time += 25
        return httpx.Response(200, json=[])

    with client(slow, Limiter(Limits(), clock), seconds=60) as there, there.budget():
        assert [there.get("/a").status for _ in range(2)] == [200, 200]
        with pytest.raises(BudgetError) as caught:
            there.get("/a", {"page": 3})
    assert str(caught.value) == (
        "The time budget of 60 s is used up (GET http://fake.test/a?page=3): what was fetched until then is kept; "
        "raise `limits.seconds` in the connector, or ask for fewer pages."
    )


def test_a_wait_that_would_outlast_the_budget_is_not_begun(clock):
    limited = httpx.Response(429, headers={"Retry-After": "80"})
    with client(lambda _: limited, Limiter(Limits(), clock), seconds=60) as there, there.budget():
        with pytest.raises(BudgetError, match="does not last, and the system asks for a wait of 80 s"):
            there.get("/a")
    assert clock.sleeps == []


def test_each_piece_of_work_has_the_whole_budget_and_work_inside_counts_to_it(clock):
    def slow(request):
        clock.time += 40
        return httpx.Response(200, json=[])

    with client(slow, Limiter(Limits(), clock), seconds=60) as there:
        for _ in range(3):
            with there.budget():
                there.get("/a")
        there.get("/a")
        there.get("/a")
        with there.budget(), there.budget():
            there.get("/a")
            with pytest.raises(BudgetError):
                there.get("/a")


def test_stopping_a_budget_wakes_those_who_wait():
    limiter, budget, raised = Limiter(Limits()), Budget(None), []
    limiter.close(60)

    def wait():
        try:
            with limiter.slot(budget, "GET /a"):
                pass
        except BudgetError as error:
            raised.append(str(error))

    waiting = Thread(target=wait)
    waiting.start()
    budget.stop()
    waiting.join(5)
    assert raised == ["The work was stopped (GET /a): what was fetched until then is kept."]
    assert limiter.busy == 0


def test_closing_a_client_ends_its_waits():
    limiter = Limiter(Limits())
    limiter.close(60)
    there = client(lambda _: httpx.Response(200, json=[]), limiter)
    with ThreadPoolExecutor(1) as crew:
        asked = crew.submit(there.get, "/a")
        there.close()
        with pytest.raises((BudgetError, RuntimeError)):  # before its turn, or before it was sent at all
            asked.result(5)


def test_garbage_collection_is_paused_once_for_all_and_comes_back():
    assert gc.isenabled()
    with gc_paused():
        with gc_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_had_switched_collection_off_keeps_it_off():
    gc.disable()
    try:
        with pytest.raises(ValueError, match="inside"), gc_paused():
            raise ValueError("inside")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_came_during_a_pause_counts_as_old():
    with gc_paused():
        kept = [[number] for number in range(10)]
    assert any(each is kept for each in gc.get_objects(generation=2))


def test_what_somebody_froze_stays_frozen():
    gc.freeze()
    try:
        with gc_paused():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_no_more_calls_start_in_a_minute_than_the_connector_allows(clock):
    limiter = Limiter(Limits(per_minute=3), clock)
    assert [start(limiter, clock) for _ in range(3)] == [0, 0, 0]
    clock.time += 20
    assert [start(limiter, clock) for _ in range(5)] == [60, 60, 60, 120, 120]


def test_a_minute_slides_and_counts_every_start(clock):
    limiter = Limiter(Limits(per_minute=2), clock)
    begun = []
    for _ in range(4):
        begun.append(start(limiter, clock))
        clock.time += 25
    assert begun == [0, 25, 60, 85]


def test_a_budget_that_is_shorter_than_the_minute_ends_it(clock):
    limiter = Limiter(Limits(per_minute=1), clock)
    start(limiter, clock)
    with pytest.raises(BudgetError):
        start(limiter, clock, Budget(30, clock))


def test_a_replay_is_not_slowed(clock):
    limiter = Limiter(Limits(per_minute=1), clock, listens=False)
    assert [start(limiter, clock) for _ in range(3)] == [0, 0, 0]


def test_a_host_that_is_busy_and_tells_only_when_there_is_more_is_left_alone_until_then(clock):
    limiter = Limiter(Limits(reset_header="X-Ms", reset_unit="ms"), clock)
    limiter.adjust(200, {"x-ms": "9000"})
    assert start(limiter, clock) == 0
    limiter.adjust(429, {"x-ms": "9000"})
    assert start(limiter, clock) == 9


@pytest.mark.parametrize("text", ["1790000000", formatdate(1000 + 366 * 86_400, usegmt=True)])
def test_a_wait_of_a_year_is_a_mistake(text, clock):
    assert retry_after({"retry-after": text}, clock) is None
    assert quota({"ratelimit-remaining": "0", "ratelimit-reset": "1790000000"}, Limits(), clock) == (0, None)
