"""A collection that changes while its pages are read: said with numbers and what to do, by the sample and the probe."""

from __future__ import annotations

import httpx
import pytest
from fakes import Fake, system
from samples.fakes_paging import orders

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.moved_records import changes

PAGE = {"kind": "page", "size": "limit", "total": "total"}
SERIAL = {"in_flight": 1}


class Living:
    """A list, newest first, of which something happens before each page after the first, `times` times."""

    def __init__(self, happens, count=50, times=1):
        self.records, self.happens, self.left, self.asked = orders(count)[::-1], happens, times, 0

    def __call__(self, request):
        self.asked += 1
        if self.asked > 1 and self.left:
            self.left -= 1
            self.records = self.happens(self.records)
        page, limit = int(request.url.params.get("page", 1)), int(request.url.params.get("limit", 10))
        found = self.records[(page - 1) * limit : page * limit]
        return httpx.Response(200, json={"data": found, "total": len(self.records)})


def inserted(records):
    new = max(record["id"] for record in records) + 1
    return [{**records[0], "id": new}, *records]


def deleted(records):
    return records[1:]


def altered(records):
    """The record on top is changed and so moves down, to the middle of the third page."""
    return [*records[1:25], {**records[0], "total": "0.00"}, *records[25:]]


def pulled(happens, plan=None, **more):
    with system({"/orders": Living(happens, **more)}, {"orders": {"list": "/orders"}}, records="data", paging=PAGE,
                limits=SERIAL) as there:  # fmt: skip
        return there.pull("orders", plan or Plan(pages=9, size=10))


def test_a_record_that_is_inserted_shifts_others_onto_two_pages():
    sample = pulled(inserted, times=2)
    said = sample.claim
    assert "the total changed between pages, from 50 to 52" in said
    assert "2 records came on two pages and are kept once" in said
    assert "so it changed while it was read" in said
    assert "pull again when it is quiet, or let the connector's `query` sort by what does not change" in said
    assert sample.total == 52
    assert len({record["id"] for record in sample.records}) == len(sample)
    assert "nothing is left unseen" not in said


def test_a_record_that_is_deleted_hides_another():
    sample = pulled(deleted)
    said = sample.claim
    assert "the total changed between pages, from 50 to 49" in said
    assert "1 record did not come at all" in said
    assert "what moved between pages may be missing" in said
    assert len(sample) == 49  # the deleted one came before it was


def test_a_record_that_changes_and_moves_is_said_and_kept_both_times():
    sample = pulled(altered)
    assert "1 record came on two pages with other values, and both are kept" in sample.claim
    assert "so it changed while it was read" in sample.claim
    assert len({record["id"] for record in sample.records}) == len(sample) - 1


def test_spread_pages_tell_by_the_total():
    sample = pulled(inserted, Plan(pages=3, size=5))
    assert "the total changed between pages, from 50 to 51" in sample.claim


def test_a_collection_that_stands_still_is_not_suspected():
    assert pulled(list).notes == ()


def test_ids_that_tell_nothing_apart_speak_for_no_change():
    records = [{"id": number % 5, "value": number} for number in range(40)]

    def answer(request):
        page = int(request.url.params["page"])
        return httpx.Response(200, json={"data": records[(page - 1) * 10 : page * 10], "total": 40})

    with system({"/x": answer}, {"x": {"list": "/x"}}, records="data", paging=PAGE) as there:
        sample = there.pull("x", Plan(pages=4, size=10))
    assert (len(sample), sample.notes) == (40, ())


@pytest.mark.parametrize(
    ("totals", "more", "said"),
    [
        ([5, 5], {"twice": 0, "again": 0}, []),
        ([], {"twice": 0, "again": 0, "came": 3}, []),
        ([9, 9], {"twice": 0, "again": 0, "came": 7}, []),  # a wrong total is another sentence
        ([], {"twice": 1, "again": 0}, ["1 record came on two pages and is", "so it changed while it was read, or"]),
        ([9, 7, 8], {"twice": 0, "again": 0, "came": 9}, ["the total changed between pages, from 9 to 7", "so it"]),
    ],
)  # fmt: skip
def test_what_is_said(totals, more, said):
    found = list(changes(totals, **more))
    assert len(found) == len(said)
    for sentence, start in zip(found, said, strict=True):
        assert sentence.startswith(start)


def probed(happens, **more):
    with system(Fake({"/orders": Living(happens, **more)}), {"orders": {"list": "/orders"}}, records="data",
                paging=PAGE) as there:  # fmt: skip
        return there.probe("orders")


@pytest.mark.parametrize(("happens", "last"), [(inserted, 51), (deleted, 49)])
def test_a_probe_notices_and_does_not_call_the_total_wrong(happens, last):
    report = probed(happens)
    total = next(proof for proof in report.proofs if proof.claim == "the total is right")
    assert (total.holds, total.evidence.startswith(f"it says 50, then {last}, ")) == (None, True)
    assert any(
        f"the total went from 50 to {last}" in note and "probe again when it is quiet" in note for note in report.notes
    )


def test_a_probe_of_what_stands_still_notes_nothing():
    assert not [note for note in probed(list).notes if "changed" in note]


def test_a_probe_notices_records_that_come_twice_without_a_total():
    records = orders(47)

    def answer(request):
        start = (int(request.url.params.get("page", 1)) - 1) * 9
        return httpx.Response(200, json={"data": records[start : start + 10]})

    with system(Fake({"/orders": answer}), {"orders": {"list": "/orders"}}, records="data",
                paging={"kind": "page"}) as there:  # fmt: skip
        notes = there.probe("orders").notes
    assert any("records came on two of the pages that were counted" in note for note in notes)


def test_records_that_came_twice_are_no_loss_where_as_many_came_as_there_are():
    (_, sentence) = changes([47, 47], twice=3, again=0, came=47)
    assert sentence.endswith("as many records came as the system tells")
    (*_, sentence) = changes([47, 47], twice=3, again=0, came=44)
    assert "others may be missing" in sentence
