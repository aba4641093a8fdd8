"""Proofs of a connector's paging from the pages of a survey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipaas_discovery.samples.probing.probe_report import SIZED, Proof
from ipaas_discovery.samples.probing.propose_paging import find_totals
from ipaas_discovery.samples.probing.survey import Survey, keys, same
from ipaas_discovery.samples.pulling.moved_records import span
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.systems.answers.signs import sign_of_more
from ipaas_discovery.systems.connectors.paging import OffsetPaging, PagePaging

__all__ = [
    "apart", "base", "changed", "different", "disjoint", "order", "past_the_end", "records_found", "size_honoured",
    "size_parameter", "total",
]  # fmt: skip

OTHER_SIZE = 3
"""Second page size, so that a default that equals the first is not taken for obedience."""


def records_found(survey: Survey) -> Proof:
    """Prove that records are at the connector's path."""
    claim = "records are found"
    if survey.refused is not None:
        return Proof(claim, False, f"only without the connector's paging: {survey.refused.what}")
    if survey.records_path is not None:
        path, number = survey.records_path or "(the body itself)", len(survey.first.records)
        return Proof(claim, False, f"not where the connector says; '{path}' holds {number}")
    count = len(survey.records)
    return Proof(claim, bool(count) or None, f"{count} in {_pages(survey)}{_of(survey)}")


def disjoint(survey: Survey) -> Proof:
    """Prove that pages are disjoint: no id comes twice."""
    if not apart(survey):
        return Proof("pages are disjoint", None, f"records without '{_id(survey)}' are alike and cannot be told apart")
    if survey.missed:
        return Proof("pages are disjoint", None, survey.missed[0])
    if survey.second is not None and not survey.second.records and (survey.page_count or 0) > 1:
        return Proof("pages are disjoint", False, f"page 2 is empty, though it says there are {survey.page_count}")
    if survey.second is not None and same(survey.first, survey.second, _id(survey)):
        evidence = f"the second page is the first again: {len(survey.first.records)} records"
        return Proof("pages are disjoint", False, evidence)
    alone = survey.second is None and sign_of_more(survey.first.answer, len(survey.first.records), asked=survey.size)
    proof = different(survey.ids(survey.records), _id(survey))
    return replace(proof, holds=None, evidence=f"{proof.evidence} of one page") if alone and proof.holds else proof


def apart(survey: Survey) -> bool:
    """Tell whether the records of a page differ from one another or have ids."""
    record_keys = keys(survey.first.records, _id(survey))
    return len(set(record_keys)) == len(record_keys) or any(
        value is not None for value in survey.ids(survey.first.records)
    )


def different(ids: list[Any], name: str) -> Proof:
    """Prove that no id comes twice."""
    claim, missing = "pages are disjoint", sum(value is None for value in ids)
    if not ids:
        return Proof(claim, None, "there are no records")
    if missing:
        return Proof(claim, None, f"'{name}' is missing in {missing} of {len(ids)} records")
    distinct = len(set(map(str, ids)))
    return Proof(claim, distinct == len(ids), f"{distinct} different '{name}' in {len(ids)} records")


def size_parameter(survey: Survey) -> str | None:
    """Find the name of the parameter that asks for a page size, None where the connector names none."""
    named = (getattr(survey.builder.paging, name, None) for name in ("size", "limit", "first"))
    return next((name for name in named if isinstance(name, str)), None)


def size_honoured(survey: Survey) -> Proof:
    """Prove that as many records come as were asked for, in two sizes."""
    claim, wanted = SIZED, survey.size
    if size_parameter(survey) is None:
        return Proof(claim, None, "the connector names no size parameter")
    came = len(survey.first.records)
    if came > wanted:
        return Proof(claim, False, f"{came} records came where {wanted} were asked for")
    if survey.second is None or not survey.second.records:
        return Proof(claim, None, survey.missed[0] if survey.missed else f"one page of {came} records cannot tell")
    if came < wanted:
        return Proof(claim, False, f"the first of {_pages(survey)} holds {came} records where {wanted} were asked for")
    few = survey.requester.attempt(survey.builder.page(0, OTHER_SIZE))
    evidence = f"{len(survey.records)} records in {_pages(survey)} of {wanted}"
    if few is None:
        return Proof(claim, True, evidence)
    evidence += f", {len(few.records)} where {OTHER_SIZE} were asked for"
    return Proof(claim, len(few.records) == OTHER_SIZE, evidence)


def total(survey: Survey) -> Proof:
    """Prove that the system's total is the number of records counted."""
    claim, counted = "the total is right", survey.counted
    if survey.total is None:
        return Proof(claim, None, _no_total(survey) + (f"; {_counted(survey)}" if counted else ""))
    if survey.refused is not None:
        return Proof(claim, None, f"it says {survey.total}, and pages could not be counted")
    if counted is None or not apart(survey):
        return Proof(claim, *_uncounted(survey))
    if moved := span(survey.totals):
        return Proof(
            claim, None, f"it says {moved[0]}, then {moved[1]}, {_counted(survey)}: it changed while it was read"
        )
    if not counted.complete and counted.records <= survey.total:
        return Proof(claim, None, f"it says {survey.total}, {_counted(survey)} up to {counted.end}")
    return Proof(claim, counted.records == survey.total, f"it says {survey.total}, {_counted(survey)}")


def _no_total(survey: Survey) -> str:
    """Say why no total can be judged: none stands where the connector says, or it says nothing."""
    named = getattr(survey.builder.paging, "total", None)
    if named:
        return f"no number stands at `{named}`"
    shown = [f"`{place}` says {value}" for place, value in find_totals(survey.first)[:1]]
    return f"the connector names none, and {(*shown, 'none was recognised')[0]}"


def _uncounted(survey: Survey) -> tuple[bool | None, str]:
    """Judge a total where records were not, or cannot be, counted."""
    reported = f"it says {survey.total}"
    if not survey.first.records:
        return survey.total == 0, f"{reported}, and the first page is empty"
    if not apart(survey):
        return None, f"{reported}, and records that are alike cannot be counted"
    if survey.last is not None and not survey.last.records:
        return False, f"{reported}, and page {survey.last.number}, the last of them, is empty"
    return None, f"{reported}, too many to count in a probe"


def order(survey: Survey) -> Proof:
    """Prove that the same pages hold the same records when read again."""
    claim = "the order is stable"
    if not survey.first.records:
        return Proof(claim, None, "there are no records")
    read = [page for page in (survey.first, survey.second) if page is not None and page.records]
    again = [survey.note_total(survey.requester.attempt(replace(page.call, bare=False))) for page in read]
    equal = [same(page, other, survey.builder.spec.id) for page, other in zip(read, again, strict=True) if other]
    if not equal:
        return Proof(claim, None, "no page could be read twice")
    moved = len(equal) - sum(equal)
    pages = f"{len(equal)} page{'s'[: len(equal) != 1]}"
    changed = f", {moved} with other records or another order" if moved else ""
    return Proof(claim, not moved, f"{pages} read twice{changed}")


def changed(survey: Survey) -> Iterator[str]:
    """Yield what shows that a collection changed while it was probed, which shakes the proofs of its pages."""
    moved = span(survey.totals)
    twice = survey.counted.twice if survey.counted else 0
    if moved:
        yield (
            f"the collection changed while it was probed: the total went from {moved[0]} to {moved[1]}"
            + (f", and {twice} records came twice" if twice else "")
            + "; probe again when it is quiet"
        )
    elif twice:
        yield (
            f"{twice} records came on two of the pages that were counted: the collection changed while it was probed, "
            "or its order is not stable; probe again, or let the connector's `query` sort by what does not change"
        )


def base(survey: Survey) -> Proof | None:
    """Prove the number, or the offset, of the first page; None where pages have no numbers."""
    paging = survey.builder.paging
    if isinstance(paging, PagePaging):
        return _page_base(survey, paging)
    if isinstance(paging, OffsetPaging):
        return _offset_base(survey, paging)
    return None


def _page_base(survey: Survey, paging: PagePaging) -> Proof:
    claim = f"the first page is page {paging.first}"
    if len(survey.pages) > 1 and all(same(survey.first, page, _id(survey)) for page in survey.pages):
        return Proof(claim, None, "every page is the same")
    nothing = survey.requester.attempt(replace(survey.plain(), ask=paging.without_number(survey.size)))
    other = 1 - paging.first if paging.first in {0, 1} else paging.first - 1
    before = survey.requester.attempt(survey.builder.page(other - paging.first, survey.size))
    here, there = same(survey.first, nothing, _id(survey)), same(before, nothing, _id(survey))
    neighbour = f"page {other} {_describe(before, survey)}"
    if not survey.first.records and not (before is not None and before.records):
        return Proof(claim, None, f"there are no records; {neighbour}")
    if here and not (other > paging.first and same(survey.first, before, _id(survey))):
        return Proof(claim, True, f"it equals the answer without a page; {neighbour}")
    if there or here:
        evidence = f"page {other} equals the answer without a page; page {paging.first} {_versus(survey, before)}"
        return Proof(claim, False, evidence)
    if nothing is None or not nothing.records:
        return Proof(claim, None, f"without a page nothing comes; {neighbour}")
    return Proof(claim, None, f"the answer without a page equals neither; {neighbour}")


def _offset_base(survey: Survey, paging: OffsetPaging) -> Proof:
    claim = "the offset counts records from 0"
    here = keys(survey.first.records, _id(survey))
    if len(here) < 3:  # noqa: PLR2004  a record and the two that tell records from pages
        return Proof(claim, None, f"{len(here)} records cannot tell")
    one = survey.requester.attempt(survey.builder.page(0, 2, paging.at_offset(1, 2)))
    if one is None or not one.records:
        return Proof(claim, None, "offset 1 brought nothing")
    begins = keys(one.records, _id(survey))[0]
    position = f"record {here.index(begins) + 1}" if begins in here else "none of the first page's"
    return Proof(claim, begins == here[1], f"offset 1 begins with {position}")


def past_the_end(survey: Survey) -> Proof | None:
    """Prove that the end is recognised by what comes past it; None where pages have no numbers."""
    claim = "the end is recognised"
    if not survey.builder.paging.numbered or not survey.first.records:
        return None
    known = survey.counted.records if survey.counted and survey.counted.complete else None
    pages = -(-known // len(survey.first.records)) if known else survey.page_count
    if pages is None:
        read = f": {survey.counted.records} records were read up to {survey.counted.end}" if survey.counted else ""
        return Proof(claim, None, f"nobody knows where it is{read}")
    call = survey.builder.page(pages, survey.step)
    before = survey.requester.sent
    page = survey.requester.attempt(call)
    if page is None and survey.requester.sent == before:
        return Proof(claim, None, "the probe's cap was reached")
    final = None
    if (
        page is not None
        and page.records
        and not any(same(page, known_page, _id(survey)) for known_page in survey.pages)
    ):
        final = survey.requester.attempt(survey.builder.page(pages - 1, survey.step))
        if not same(page, final, _id(survey)):
            what = f"page {call.number} of {pages} holds {len(page.records)} records"
            return Proof(claim, False, f"{what}: there are more than the system says, or it pages forever")
    final = final or next((known_page for known_page in survey.pages if known_page.number == pages), None)
    return Proof(claim, True, f"page {call.number} of {pages} {_describe(page, survey, final)}")


def _describe(page: Page | None, survey: Survey, final: Page | None = None) -> str:
    """Describe a page in words, compared with the first, the last and the second one."""
    if page is None:
        return "is refused"
    if page.answer.body is None:
        return f"is {page.answer.status} without content"
    if not page.records:
        return "is empty"
    for known_page, name in (
        (survey.first, "the first page"),
        (final or survey.last, "the last page"),
        (survey.second, "the second page"),
    ):
        if same(page, known_page, _id(survey)):
            return f"repeats {name}"
    return f"holds {len(page.records)} records"


def _versus(survey: Survey, before: Page | None) -> str:
    return "is the same" if same(survey.first, before, _id(survey)) else "is the one after it"


def _id(survey: Survey) -> str:
    return survey.builder.spec.id


def _pages(survey: Survey) -> str:
    count = len(survey.pages)
    return f"{count} page{'s'[: count != 1]}"


def _of(survey: Survey) -> str:
    return f" of {survey.page_count}, {survey.total} records" if survey.page_count and survey.total is not None else ""


def _counted(survey: Survey) -> str:
    number = survey.counted.records if survey.counted else 0
    return f"{number} {'was' if number == 1 else 'were'} counted"
