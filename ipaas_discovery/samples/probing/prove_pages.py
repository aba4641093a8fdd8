"""What the pages of a survey prove of a connector's paging."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipaas_discovery.samples.probing.probe_report import Proof
from ipaas_discovery.samples.probing.survey import Survey, keys, same
from ipaas_discovery.samples.pulling.moved_records import span
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.systems.connectors.paging import OffsetPaging, PagePaging

__all__ = [
    "apart", "base", "changed", "different", "disjoint", "found", "honoured", "order", "past_the_end", "sized", "total",
]  # fmt: skip

OTHER_SIZE = 3
"""A second page size, so that a default that happens to be the first is not taken for obedience."""


def found(seen: Survey) -> Proof:
    """Records are where the connector says."""
    claim = "records are found"
    if seen.refused is not None:
        return Proof(claim, False, f"only without the connector's paging: {seen.refused.what}")
    if seen.records_path is not None:
        place, said = seen.records_path or "(the body itself)", len(seen.first.records)
        return Proof(claim, False, f"not where the connector says; '{place}' holds {said}")
    count = len(seen.records)
    return Proof(claim, bool(count) or None, f"{count} in {_pages(seen)}{_of(seen)}")


def disjoint(seen: Survey) -> Proof:
    """Pages are disjoint if no id comes twice."""
    if not apart(seen):
        return Proof("pages are disjoint", None, f"records without '{_id(seen)}' are alike and cannot be told apart")
    if seen.missed:
        return Proof("pages are disjoint", None, seen.missed[0])
    if seen.second is not None and not seen.second.records and (seen.page_count or 0) > 1:
        return Proof("pages are disjoint", False, f"page 2 is empty, though it says there are {seen.page_count}")
    if seen.second is not None and same(seen.first, seen.second, _id(seen)):
        evidence = f"the second page is the first again: {len(seen.first.records)} records"
        return Proof("pages are disjoint", False, evidence)
    return different(seen.ids(seen.records), _id(seen))


def apart(seen: Survey) -> bool:
    """Whether the records of a page can be told from one another."""
    found = keys(seen.first.records, _id(seen))
    return len(set(found)) == len(found) or any(each is not None for each in seen.ids(seen.first.records))


def different(ids: list[Any], name: str) -> Proof:
    """No id comes twice."""
    claim, missing = "pages are disjoint", sum(each is None for each in ids)
    if missing or not ids:
        return Proof(claim, None, f"'{name}' is missing in {missing} of {len(ids)} records")
    distinct = len(set(map(str, ids)))
    return Proof(claim, distinct == len(ids), f"{distinct} different '{name}' in {len(ids)} records")


def sized(seen: Survey) -> str | None:
    """The name of the parameter that asks for a page size, None where the connector names none."""
    named = (getattr(seen.builder.paging, name, None) for name in ("size", "limit", "first"))
    return next((each for each in named if isinstance(each, str)), None)


def honoured(seen: Survey) -> Proof:
    """As many records come as were asked for, in two sizes."""
    claim, wanted = "the page size is honoured", seen.size
    if sized(seen) is None:
        return Proof(claim, None, "the connector names no size parameter")
    came = len(seen.first.records)
    if came > wanted:
        return Proof(claim, False, f"{came} records came where {wanted} were asked for")
    if seen.second is None or not seen.second.records:
        return Proof(claim, None, seen.missed[0] if seen.missed else f"one page of {came} records cannot tell")
    if came < wanted:
        return Proof(claim, False, f"the first of {_pages(seen)} holds {came} records where {wanted} were asked for")
    few = seen.gentle.attempt(seen.builder.page(0, OTHER_SIZE))
    evidence = f"{len(seen.records)} records in {_pages(seen)} of {wanted}"
    if few is None:
        return Proof(claim, True, evidence)
    evidence += f", {len(few.records)} where {OTHER_SIZE} were asked for"
    return Proof(claim, len(few.records) == OTHER_SIZE, evidence)


def total(seen: Survey) -> Proof:
    """The system's total is the number of records counted."""
    claim, counted = "the total is right", seen.counted
    if seen.total is None:
        return Proof(claim, None, "the system tells no total" + (f"; {_counted(seen)}" if counted else ""))
    if seen.refused is not None:
        return Proof(claim, None, f"it says {seen.total}, and pages could not be counted")
    if counted is None or not apart(seen):
        return Proof(claim, *_uncounted(seen))
    if moved := span(seen.totals):
        return Proof(
            claim, None, f"it says {moved[0]}, then {moved[1]}, {_counted(seen)}: it changed while it was read"
        )
    if not counted.complete and counted.records <= seen.total:
        return Proof(claim, None, f"it says {seen.total}, {_counted(seen)} within the probe's cap")
    return Proof(claim, counted.records == seen.total, f"it says {seen.total}, {_counted(seen)}")


def _uncounted(seen: Survey) -> tuple[bool | None, str]:
    """What can be said of a total where records were not, or cannot be, counted."""
    told = f"it says {seen.total}"
    if not seen.first.records:
        return seen.total == 0, f"{told}, and the first page is empty"
    if not apart(seen):
        return None, f"{told}, and records that are alike cannot be counted"
    if seen.last is not None and not seen.last.records:
        return False, f"{told}, and page {seen.last.number}, the last of them, is empty"
    return None, f"{told}, too many to count in a probe"


def order(seen: Survey) -> Proof:
    """The same pages hold the same records when read again."""
    claim = "the order is stable"
    if not seen.first.records:
        return Proof(claim, None, "there are no records")
    read = [page for page in (seen.first, seen.second) if page is not None and page.records]
    again = [seen.heard(seen.gentle.attempt(replace(page.call, bare=False))) for page in read]
    equal = [same(page, other, seen.builder.spec.id) for page, other in zip(read, again, strict=True) if other]
    if not equal:
        return Proof(claim, None, "no page could be read twice")
    moved = len(equal) - sum(equal)
    pages = f"{len(equal)} page{'s'[: len(equal) != 1]}"
    changed = f", {moved} with other records or another order" if moved else ""
    return Proof(claim, not moved, f"{pages} read twice{changed}")


def changed(seen: Survey) -> Iterator[str]:
    """What speaks for a collection that changed while it was probed; what was proven of its pages is then shaken."""
    moved = span(seen.totals)
    twice = seen.counted.twice if seen.counted else 0
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


def base(seen: Survey) -> Proof | None:
    """The first page has the number, or the offset, that the connector says; None where pages have no numbers."""
    paging = seen.builder.paging
    if isinstance(paging, PagePaging):
        return _page_base(seen, paging)
    if isinstance(paging, OffsetPaging):
        return _offset_base(seen, paging)
    return None


def _page_base(seen: Survey, paging: PagePaging) -> Proof:
    claim = f"the first page is page {paging.first}"
    if len(seen.pages) > 1 and all(same(seen.first, each, _id(seen)) for each in seen.pages):
        return Proof(claim, None, "every page is the same")
    bare = {name: value for name, value in seen.first.call.ask.params.items() if name != paging.page}
    nothing = seen.gentle.attempt(seen.plain(bare)) if not paging.in_body else None
    other = 1 - paging.first if paging.first in {0, 1} else paging.first - 1
    before = seen.gentle.attempt(seen.builder.page(other - paging.first, seen.size))
    here, there = same(seen.first, nothing, _id(seen)), same(before, nothing, _id(seen))
    told = f"page {other} {_said(before, seen)}"
    if not seen.first.records and not (before is not None and before.records):
        return Proof(claim, None, f"there are no records; {told}")
    if here and not (other > paging.first and same(seen.first, before, _id(seen))):
        return Proof(claim, True, f"it equals the answer without a page; {told}")
    if there or (here and before is not None):
        evidence = f"page {other} equals the answer without a page; page {paging.first} {_versus(seen, before)}"
        return Proof(claim, False, evidence)
    if nothing is None or not nothing.records:
        return Proof(claim, None, f"without a page nothing comes; {told}")
    return Proof(claim, None, f"the answer without a page equals neither; {told}")


def _offset_base(seen: Survey, paging: OffsetPaging) -> Proof:
    claim = "the offset counts records from 0"
    here = keys(seen.first.records, _id(seen))
    if len(here) < 3:  # noqa: PLR2004  a record and the two that tell records from pages
        return Proof(claim, None, f"{len(here)} records cannot tell")
    one = seen.gentle.attempt(seen.builder.page(0, 2, seen.builder.spec.asking({paging.offset: 1})))
    if one is None or not one.records:
        return Proof(claim, None, "offset 1 brought nothing")
    begins = keys(one.records, _id(seen))[0]
    place = f"record {here.index(begins) + 1}" if begins in here else "none of the first page's"
    return Proof(claim, begins == here[1], f"offset 1 begins with {place}")


def past_the_end(seen: Survey) -> Proof | None:
    """What comes past the end; None where pages have no numbers."""
    claim = "the end is recognised"
    if not seen.builder.paging.numbered or not seen.first.records:
        return None
    known = seen.counted.records if seen.counted and seen.counted.complete else None
    pages = -(-known // len(seen.first.records)) if known else seen.page_count
    if pages is None:
        return Proof(claim, None, "nobody knows where it is")
    call = seen.builder.page(pages, seen.step)
    before = seen.gentle.sent
    page = seen.gentle.attempt(call)
    if page is None and seen.gentle.sent == before:
        return Proof(claim, None, "the probe's cap was reached")
    final = None
    if page is not None and page.records and not any(same(page, each, _id(seen)) for each in seen.pages):
        final = seen.gentle.attempt(seen.builder.page(pages - 1, seen.step))
        if not same(page, final, _id(seen)):
            what = f"page {call.number} of {pages} holds {len(page.records)} records"
            return Proof(claim, False, f"{what}: there are more than the system says, or it pages forever")
    return Proof(claim, True, f"page {call.number} of {pages} {_said(page, seen, final)}")


def _said(page: Page | None, seen: Survey, final: Page | None = None) -> str:
    if page is None:
        return "is refused"
    if page.answer.body is None:
        return f"is {page.answer.status} without content"
    if not page.records:
        return "is empty"
    for each, name in ((seen.first, "the first page"), (final or seen.last or seen.second, "the last page")):
        if same(page, each, _id(seen)):
            return f"repeats {name}"
    return f"holds {len(page.records)} records"


def _versus(seen: Survey, before: Page | None) -> str:
    return "is the same" if same(seen.first, before, _id(seen)) else "is the one after it"


def _id(seen: Survey) -> str:
    return seen.builder.spec.id


def _pages(seen: Survey) -> str:
    count = len(seen.pages)
    return f"{count} page{'s'[: count != 1]}"


def _of(seen: Survey) -> str:
    return f" of {seen.page_count}, {seen.total} records" if seen.page_count and seen.total is not None else ""


def _counted(seen: Survey) -> str:
    number = seen.counted.records if seen.counted else 0
    return f"{number} {'was' if number == 1 else 'were'} counted"
