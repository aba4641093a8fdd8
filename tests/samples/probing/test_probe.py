"""A probe proves the connector right, or refutes it with the numbers that decided, or says that nobody can tell."""

from __future__ import annotations

import httpx
import pytest
from fakes import NAMES, Fake, cursored, numbered, system
from frames import TEXT, dtypes

from ipaas_discovery import connect
from ipaas_discovery.errors import ResponseError, UnknownNameError

LIST = {"names": {"list": "/names"}}
PAGE = {"kind": "page", "size": "limit", "total": "meta.pagination.total"}
CLAIMS = [
    "records are found", "pages are disjoint", "the page size is honoured", "the total is right", "the order is stable",
]  # fmt: skip


def probed(answer, **settings):
    """What a probe says of each of the five claims that every collection has, and the report."""
    fake = answer if isinstance(answer, Fake) else Fake({"/names": answer})
    with system(fake, LIST, **{"records": "data", "paging": PAGE, **settings}) as there:
        report = there.probe("names")
    assert [proof.claim for proof in report.proofs[: len(CLAIMS)]] == CLAIMS
    return {proof.claim: proof.holds for proof in report.proofs[: len(CLAIMS)]}, report


def evidence(report, claim):
    return next(proof.evidence for proof in report.proofs if proof.claim == claim)


def test_a_right_connector_is_proven_in_every_claim():
    holds, report = probed(numbered(NAMES))
    assert set(holds.values()) == {True}
    assert report.sound
    assert evidence(report, "the total is right") == "it says 47, 47 were counted"


def test_an_ignored_page_number_shows_as_pages_that_overlap_or_a_total_that_is_wrong():
    def first_page_always(_):
        return httpx.Response(200, json={"data": NAMES[:10], "meta": {"pagination": {"total": 47}}})

    holds, report = probed(first_page_always)
    assert not report.sound
    assert holds["the total is right"] is False


def test_an_ignored_size_is_refuted():
    def twenty(request):
        page = int(request.url.params.get("page", 1))
        found = NAMES[(page - 1) * 20 : page * 20]
        return httpx.Response(200, json={"data": found, "meta": {"pagination": {"total": 47}}})

    holds, report = probed(twenty)
    assert holds["the page size is honoured"] is False
    assert not report.sound


def test_a_wrong_total_is_refuted():
    def liar(request):
        page, limit = int(request.url.params.get("page", 1)), int(request.url.params.get("limit", 10))
        found = NAMES[(page - 1) * limit : page * limit]
        return httpx.Response(200, json={"data": found, "meta": {"pagination": {"total": 60}}})

    holds, report = probed(liar)
    assert holds["the total is right"] is False
    assert evidence(report, "the total is right") == "it says 60, 47 were counted"


def test_an_order_that_changes_between_two_reads_is_refuted():
    asked = []

    def shuffled(request):
        asked.append(request)
        return httpx.Response(200, json={"data": NAMES[:5] if len(asked) % 2 else NAMES[4::-1]})

    holds, _ = probed(shuffled, paging={"kind": "none"})
    assert holds["the order is stable"] is False


def test_ids_that_come_twice_are_refuted():
    holds, report = probed(
        lambda _: httpx.Response(200, json={"data": [*NAMES[:3], NAMES[0]]}), paging={"kind": "none"}
    )
    assert holds["pages are disjoint"] is False
    assert evidence(report, "pages are disjoint") == "3 different 'id' in 4 records"


def test_records_without_the_id_prove_nothing():
    holds, report = probed(lambda _: httpx.Response(200, json={"data": [{"n": 1}, {"n": 2}]}), paging={"kind": "none"})
    assert holds["pages are disjoint"] is None
    assert evidence(report, "pages are disjoint") == "'id' is missing in 2 of 2 records"
    assert report.sound


def test_an_empty_collection_proves_nothing_and_refutes_nothing():
    holds, report = probed(numbered([]))
    assert (holds["records are found"], holds["pages are disjoint"], holds["the page size is honoured"]) == (None,) * 3
    assert report.sound


def test_one_page_cannot_tell_whether_the_size_is_honoured():
    holds, report = probed(numbered(NAMES[:3]))
    assert holds["the page size is honoured"] is None
    assert evidence(report, "the page size is honoured") == "one page of 3 records cannot tell"


def test_a_cursor_is_probed_too():
    holds, report = probed(cursored(NAMES), paging={"kind": "cursor", "cursor": "after", "next": "next"})
    assert report.sound
    assert holds["the page size is honoured"] is None
    assert evidence(report, "the page size is honoured") == "the connector names no size parameter"


def test_a_collection_of_many_records_is_not_counted():
    def many(request):
        page, limit = int(request.url.params.get("page", 1)), int(request.url.params.get("limit", 10))
        found = [{"id": number} for number in range((page - 1) * limit, page * limit)]
        return httpx.Response(200, json={"data": found, "meta": {"pagination": {"total": 1_000_000}}})

    fake = Fake({"/names": many})
    holds, report = probed(fake)
    assert holds["the total is right"] is None
    assert "1000000, too many to count" in evidence(report, "the total is right")
    assert len(fake.requests) == report.requests < 15


def test_a_report_is_a_table():
    _, report = probed(numbered(NAMES))
    assert report.frame().columns.tolist() == ["claim", "holds", "evidence"]
    assert list(dtypes(report.frame()).values()) == [TEXT, "boolean", TEXT]
    assert len(report.to_markdown().splitlines()) == len(report.proofs) + 2


def test_what_cannot_be_read_cannot_be_probed():
    with system({}, LIST) as there:
        with pytest.raises(ResponseError):
            there.probe("names")
        with pytest.raises(UnknownNameError, match="did you mean 'names'"):
            there.probe("name")


@pytest.mark.parametrize(
    ("connector", "collections"),
    [
        ("ipaas", ["CUSTOMER", "PRODUCT", "TRANSACTION", "TRANSACTION_LINE"]),
        ("bigcommerce", ["customers", "products", "orders", "order_products", "inventory"]),
    ],
)
def test_the_shipped_connectors_are_sound_on_the_sandbox(connector, collections):
    with connect(connector) as there:
        reports = {name: there.probe(name) for name in collections}
    refuted = {name: [each for each in report.proofs if each.holds is False] for name, report in reports.items()}
    assert not {name: proofs for name, proofs in refuted.items() if proofs}


def test_a_probe_of_children_counts_every_request_it_makes():
    parents = [{"id": number} for number in range(1, 4)]
    lines = {f"/orders/{number}/lines": [{"id": 10 * number}] for number in range(1, 4)}
    collections = {"orders": {"list": "/orders"}, "lines": {"list": "/orders/{id}/lines", "parent": "orders"}}
    fake = Fake({"/orders": parents, **lines})
    with system(fake, collections) as there:
        report = there.probe("lines")
    assert report.requests == len(fake.requests)
    assert evidence(report, "records are found") == "3 records of 3 parents"
