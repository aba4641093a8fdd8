"""A page is known again by its records, whatever call brought it."""

from __future__ import annotations

from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator
from ipaas_discovery.systems.answers.answer import Answer


def page(*ids, number=1):
    return Page(Call("orders", "/orders", number=number), Answer("GET /orders", 200), [{"id": id_} for id_ in ids])


def test_a_page_with_the_same_records_repeats_one_and_an_empty_one_repeats_nothing():
    seen = PageDeduplicator([page(1, 2, 3)])
    assert seen.repeats(page(1, 2, 3, number=2))
    assert not seen.repeats(page(1, 9, 3))
    assert [seen.repeats(page()), seen.repeats(page())] == [False, False]
