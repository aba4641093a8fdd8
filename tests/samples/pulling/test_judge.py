"""The judge of ends: each proof, each reason to assume, and each sign that wins over both."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.pulling.list_ends import Tail, judge, reported_beside, sentence, stop_of
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.connectors.paging import Paging

EMPTY = "the page after the last one is empty"
BOUND = "`hits.total.relation` says gte, so that its total is no more than a lower bound"
TOLD = "as many records came as the system tells"
ROWS = [{"id": number} for number in range(7)]


def paging(kind, **settings):
    return TypeAdapter(Paging).validate_python({"kind": kind, **settings})


PAGES = paging("page", size="limit")
OFFSETS = paging("offset")
NEXT = paging("next")
NONE = paging("none")


def page(rows=ROWS, number=1, status=200, headers=None, **more):
    body = None if rows is None else {"data": rows, **more}
    return Page(Call("orders", "/o", number=number), Answer("GET /o", status, body, headers or {}), rows or [])


def end(stop, last, how=NEXT, *, asked=20, **more):
    return judge(Tail(stop, last, **{"came": len(last.records) if last else 0, **more}), how, asked)


def test_a_list_of_which_nothing_came_or_that_was_not_read_to_its_end_has_an_open_end():
    assert end(Stop.EMPTY, None) == ListEnd()
    for stop in (Stop.CAP, Stop.TIME, Stop.QUIET, Stop.SPACED, Stop.REFUSED, Stop.INTERRUPTED, Stop.GAP, Stop.FAILED):
        assert end(stop, page(next=None), total=7) == ListEnd()


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (end(Stop.NO_NEXT, page(next=None)), "its last page says that none follows"),
        (end(Stop.NO_NEXT, page(total=7), NONE), "its last page says that none follows"),
        (end(Stop.NO_NEXT, page(), pages=2), "its last page names no next one, as those before it do"),
        (end(Stop.COMPLETE, page(), PAGES, total=7), "as many records came as the system tells"),
        (end(Stop.REPEATED, page(), PAGES, total=7, beyond=page()), "as many records came as the system tells"),
        (end(Stop.COMPLETE, page(), PAGES), "the system tells how many pages there are, and each was read"),
        (end(Stop.EMPTY, page(), PAGES, beyond=page([], 2)), "the page after the last one is empty"),
        (end(Stop.NO_CONTENT, page(), PAGES, beyond=page(None, 2, 204)), "the page after the last one is empty"),
        *(
            (end(Stop.EMPTY, page(), PAGES, beyond=page([], 2), came=came, pages=pages), EMPTY)
            for came, pages in ((500, 10), (999, 10), (1_001, 10), (699, 100), (693, 99), (707, 101))
        ),
        (end(Stop.EMPTY, page(), PAGES, beyond=page([], 2), came=1_000, total=1_000), TOLD),
        (end(Stop.EMPTY, page([]), PAGES), "it is empty"),
        (end(Stop.ABSENT, page(next=None), PAGES), "its last page says that none follows"),
        (end(Stop.SHORT, page(total=7), PAGES), "its last page says that none follows"),
        (end(Stop.ABSENT, page(), paging("range")), "no record is in the range after the last one"),
    ],
)
def test_proofs(judged, why):
    assert judged == ListEnd(Certainty.PROVED, why)


UNKNOWN = "nothing in the answer shows that there is more, and nothing proves that this is all"


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (end(Stop.NO_NEXT, page()), UNKNOWN),
        (end(Stop.NO_NEXT, page(count=7)), UNKNOWN),
        (end(Stop.NO_NEXT, page(), NONE), UNKNOWN),
        (end(Stop.NO_NEXT, page(), NONE, pages=2), UNKNOWN),
        (end(Stop.SHORT, page(), PAGES), "its last page is short, and no page after it came"),
        (end(Stop.NO_BODY, page(), PAGES), "an answer that holds nothing at all proves nothing"),
        (
            end(Stop.ABSENT, page(), PAGES),
            "the page after its last one is not there, which is not the same as empty",
        ),
        (end(Stop.COMPLETE, page(), PAGES, changed=True), "records moved while it was read"),
        (end(Stop.COMPLETE, page(), PAGES, changed=True, total=6), "records moved while it was read"),
        (end(Stop.EMPTY, page([], message="no rights")), "it is empty, and says 'no rights'"),
        (
            end(Stop.EMPTY, page(next="b"), beyond=page([], 2)),
            "the page after the last one is empty, and lacks `next`, which the one before it has",
        ),
        (
            end(Stop.EMPTY, page(), beyond=page([], 2, info="try it later")),
            "the page after the last one is empty, and says 'try it later'",
        ),
        (
            end(Stop.EMPTY, page(), beyond=page([], 2, next="c")),
            "the page after the last one is empty, and yet `next` names a next page",
        ),
        (
            end(Stop.EMPTY, page(), PAGES, beyond=page([], 4), came=2_000, pages=3),
            f"{EMPTY}, and yet exactly 2000 records came, as where a system gives no more than that",
        ),
        (
            end(Stop.NO_CONTENT, page(), PAGES, beyond=page(None, 101, 204), came=700, pages=100),
            f"{EMPTY}, and yet exactly 100 full pages came, as where a system gives no more than that",
        ),
        (
            end(Stop.REPEATED, page(), PAGES, beyond=page(number=2)),
            "page 2 is page 1 again, so that this is all, or the system passes over `page`",
        ),
        (
            end(Stop.REPEATED, page(), OFFSETS, beyond=page(number=2)),
            "page 2 is page 1 again, so that this is all, or the system passes over `offset`",
        ),
        (
            end(Stop.REPEATED, page(), paging("range"), beyond=page(number=2)),
            "page 2 is page 1 again, so that this is all, or the system passes over `Range`",
        ),
        (
            end(Stop.REPEATED, page(), OFFSETS, pages=4, beyond=page(number=5)),
            "from page 5 on its window is clamped: the same 7 records come again",
        ),
        (
            end(Stop.REPEATED, page(), PAGES, pages=4, beyond=page(number=5)),
            "page 5 is one that came before: the system goes no further than its last page, or than it allows",
        ),
        (end(Stop.REPEATED, page(), pages=4, beyond=page(number=5)), "what comes after its last page came before"),
        (end(Stop.REPEATED, page(), pages=4), "what should come next was asked for before"),
    ],
)  # fmt: skip
def test_reasons_to_assume(judged, why):
    assert judged == ListEnd(Certainty.ASSUMED, why)


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        (
            end(Stop.EMPTY, page(hits={"total": {"value": 7, "relation": "gte"}}), PAGES, total=7, beyond=page([], 2)),
            f"one page, and maybe not all: {BOUND}",
        ),
        (
            end(Stop.EMPTY, page(hits={"total": {"value": 60, "relation": "eq"}}), PAGES, beyond=page([], 2)),
            "one page of at least 60 records: `hits.total.value` says 60",
        ),
        (end(Stop.NO_NEXT, page(count=60), NONE), "one page of at least 60 records: `count` says 60"),
        (
            end(Stop.COMPLETE, page(total=60), PAGES, total=7, pages=3),
            "3 pages of at least 60 records: `total` says 60",
        ),
        (end(Stop.COMPLETE, page(has_more=True), PAGES, total=7), "one page, and maybe not all: `has_more` is set"),
        (end(Stop.NO_NEXT, page(has_more="yes"), NONE), "one page, and maybe not all: `has_more` is set"),
        (end(Stop.NO_NEXT, page(), paging("next", size="n"), asked=7), "exactly the 7 that were asked for came"),
        (end(Stop.EMPTY, page(total=9), PAGES, beyond=page([], 2)), "one page of at least 9 records: `total` says 9"),
        (
            end(Stop.REPEATED, page(total=9), OFFSETS, pages=2, beyond=page(number=3)),
            "2 pages of at least 9 records: `total` says 9; from page 3 on its window is clamped",
        ),
    ],
)
def test_signs_of_more_win_and_are_named(judged, why):
    assert judged.certainty is Certainty.OPEN
    assert why in judged.why
    assert judged.why.endswith("probe the collection, or correct its `paging` in the connector")


def test_fewer_than_the_system_tells_is_no_end_and_needs_no_word():
    assert end(Stop.COMPLETE, page(), PAGES, total=8) == ListEnd()


def test_an_empty_page_past_the_end_wins_over_a_flag_of_the_page_before():
    assert end(Stop.EMPTY, page(more=True), PAGES, beyond=page([], 2, more=False)).is_proved
    assert end(Stop.COMPLETE, page(more=True), PAGES, total=7, beyond=page([], 2, more=False)).is_proved


def test_a_size_that_cannot_be_asked_for_is_no_sign():
    assert end(Stop.NO_NEXT, page(), asked=7) == ListEnd(Certainty.ASSUMED, UNKNOWN)


@pytest.mark.parametrize(
    ("given", "stop"),
    [
        (page([]), Stop.EMPTY),
        (page(None, status=204), Stop.NO_CONTENT),
        (page(None, status=304), Stop.NO_CONTENT),
        (page(None), Stop.NO_BODY),
    ],
)
def test_a_page_without_records_is_a_reason_to_stop(given, stop):
    assert stop_of(given) is stop


def test_an_error_beside_records_is_said_once():
    body = Answer("GET /o", 200, {}, trouble="shard 3 did not answer " + "x" * 300)
    pages = [
        Page(Call("o", "/o"), body, ROWS),
        Page(Call("o", "/o"), body, ROWS),
        Page(Call("o", "/o"), body, []),
        page(),
    ]
    (note,) = reported_beside(pages)
    assert note.startswith("the system reported beside records: shard 3 did not answer xxx")
    assert len(note) == len("the system reported beside records: ") + 200


def test_an_error_is_one_sentence():
    assert sentence(ResponseError("It broke", then="try again")) == "It broke: try again"
    assert sentence(ResponseError("It broke")) == "It broke"


def test_a_page_that_comes_again_is_not_all_where_the_total_is_larger():
    ended = end(Stop.REPEATED, page(), PAGES, beyond=page(number=2), total=70)
    assert ended.why == "page 2 is page 1 again, so that the system passes over `page`, or its total is wrong"
