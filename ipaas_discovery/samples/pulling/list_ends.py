"""The judge of ends: how far the end of a list is known, and what its answers say beside records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, remark_in
from ipaas_discovery.systems.answers.record_list import LEFT_OUT
from ipaas_discovery.systems.answers.signs import (
    Omissions,
    counts_page,
    lacking,
    limit_of,
    proves_all,
    says_all,
    sign_of_more,
    sized_like_a_page,
)
from ipaas_discovery.systems.connectors.paging import OffsetPaging, PagePaging, Paging, RangePaging

__all__ = ["BELIED", "ENDS", "Tail", "judge", "may_count_page", "omitted", "reported_beside", "sentence", "stop_of"]

PAST_THE_END = {Stop.EMPTY, Stop.NO_CONTENT, Stop.NO_BODY, Stop.ABSENT}
"""Reasons to stop that a page past the end gave."""
ENDS = {*PAST_THE_END, Stop.NO_NEXT, Stop.SHORT, Stop.COMPLETE, Stop.REPEATED}
"""Reasons to stop at which the whole collection may have been seen."""
WITHOUT_BODY = {204, 205, 304}
"""Statuses of an answer that has no body."""
BELIED = "the system says {total}, which is not the whole: correct `total` in the connector"
COUNTS_ALONE = "the total agrees with the {count} records of its one page, and may count no more than these"
NO_SIGN = "nothing in the answer shows that there is more, and nothing proves that this is all"


@dataclass(frozen=True, slots=True)
class Tail:
    """The last part of a list as it was read.

    Attributes:
        stop: why reading ended.
        last: its last page with records; the empty first page where none had any.
        beyond: the page that came after it, empty or one that came before; None where none came.
        came: different records that came.
        pages: pages that came with records.
        total: the number of records that the system tells, where that is believed.
        changed: True if records moved while the list was read.
        confirmed: True if the page after all that are told is not there.
        omits: what shows that records may be left out of some page; empty where nothing does.
    """

    stop: Stop
    last: Page | None
    beyond: Page | None = None
    came: int = 0
    pages: int = 1
    total: int | None = None
    changed: bool = False
    confirmed: bool = False
    omits: str = ""


def judge(tail: Tail, paging: Paging, asked: int | None) -> ListEnd:
    """Judge how far the end of a list is known; signs in its answers win over settings.

    Args:
        tail: the last part of the list.
        paging: how the connector says that it pages.
        asked: the records per page that were wished for.
    """
    if tail.last is None or tail.stop not in ENDS:
        return ListEnd()
    if doubt := _doubt(tail, tail.last, paging, asked):
        return ListEnd(why=doubt)
    if tail.total is not None and tail.came < tail.total:
        return ListEnd(why=_repeated(tail, paging) if tail.stop is Stop.REPEATED else tail.omits)
    if tail.changed and tail.came != tail.total:
        return ListEnd(Certainty.ASSUMED, "records moved while it was read")
    if tail.total is not None and tail.came == tail.total and not _may_count_alone(tail, tail.last, paging):
        return ListEnd(Certainty.PROVED, "as many records came as the system tells")
    proof, reason = ("", tail.omits) if tail.omits else _by_stop(tail, tail.last, paging)
    return ListEnd(Certainty.PROVED, proof) if proof else ListEnd(Certainty.ASSUMED, reason)


def _doubt(tail: Tail, last: Page, paging: Paging, asked: int | None) -> str:
    """Say what shows that a list which seems to have ended has more records; empty where nothing does."""
    sized = paging.ask(0, asked) != paging.ask(0, None)
    repeats = tail.stop is Stop.REPEATED  # so that what would ask for a next page may be passed over
    by_number = tail.stop in PAST_THE_END or (paging.numbered and tail.beyond is not None and not repeats)
    sign = sign_of_more(
        last.answer,
        tail.came,
        pages=tail.pages,
        asked=asked if sized else None,
        by_number=by_number,
        is_total=tail.came == tail.total,
    )
    if sign is None:
        return ""
    pages = "one page" if tail.pages == 1 else f"{tail.pages} pages"
    least = f"{pages} of at least {sign.at_least} records" if sign.at_least else f"{pages}, and maybe not all"
    again = f"; {_repeated(tail, paging)}" if tail.stop is Stop.REPEATED else ""
    return f"{least}: {sign.text}{again}; probe the collection, or correct its `paging` in the connector"


def _by_stop(tail: Tail, last: Page, paging: Paging) -> tuple[str, str]:
    """Give the proof of an end by the reason to stop, or the reason why it is only assumed."""
    empty = {Stop.EMPTY, Stop.NO_CONTENT}
    if tail.stop in empty or (tail.beyond and not tail.beyond.records and stop_of(tail.beyond) in empty):
        return _by_empty(tail, last, paging)
    if proves_all(last.answer, tail.came, tail.pages):
        return "its last page says that none follows", ""
    if tail.stop is Stop.ABSENT and isinstance(paging, RangePaging):
        return "no record is in the range after the last one", ""
    if tail.stop is Stop.NO_NEXT and tail.pages > 1 and paging.kind != "none":
        return "its last page names no next one, as those before it do", ""
    alone = _may_count_alone(tail, last, paging) or (tail.pages == 1 and says_all(last.answer, tail.came))
    if tail.stop is Stop.COMPLETE and not alone:
        return "the system tells how many pages there are, and each was read", ""
    reasons = {
        Stop.REPEATED: _repeated(tail, paging),
        Stop.SHORT: "its last page is short, and no page after it came",
        Stop.NO_BODY: "an answer that holds nothing at all proves nothing",
        Stop.ABSENT: "the page after its last one is not there, which is not the same as empty",
    }
    return "", reasons.get(tail.stop) or (COUNTS_ALONE.format(count=tail.came) if alone else NO_SIGN)


def _may_count_alone(tail: Tail, last: Page, paging: Paging) -> bool:
    """Tell whether a total that agrees may count the records of the one page that came, as their number is a page's."""
    if tail.pages != 1 or tail.confirmed or (paging.total or "").startswith("header:"):
        return False
    own = paging.records_total(last.answer) == tail.total is not None
    return own and bool(sized_like_a_page(last.answer, tail.came)) and not proves_all(last.answer, tail.came, 1)


def _by_empty(tail: Tail, last: Page, paging: Paging) -> tuple[str, str]:
    """Give the proof, or the reason, of a list that ends with an empty page."""
    empty = last if tail.beyond is None else tail.beyond
    which = "it is empty" if empty is last else "the page after the last one is empty"
    doubt = next(_doubts_of_empty(tail, empty, paging), "") or (
        _doubt_after(tail, last, empty) if empty is not last else ""
    )
    return ("", f"{which}{doubt}") if doubt else (which, "")


def _doubts_of_empty(tail: Tail, empty: Page, paging: Paging) -> Iterator[str]:
    """Yield what an empty page says itself, or leaves out, so that it proves no end."""
    before = tail.last.answer.body if tail.last is not None and tail.last is not empty else None
    if remark := remark_in(before, empty.answer.body):
        yield f", and says '{remark:.{EXCERPT}}'"
    if sign := sign_of_more(empty.answer, tail.came, pages=max(1, tail.pages), is_total=True):
        yield f", and yet {sign.text}"
    if any(note.what == LEFT_OUT for note in empty.notes):
        yield ", for no list stands in its answer"
    if tail.beyond is None and isinstance(paging, PagePaging) and paging.first < 1:
        yield f": page {paging.first}, and the first one may be page 1; probe the collection"


def _doubt_after(tail: Tail, last: Page, empty: Page) -> str:
    """Say why the empty page after the last one proves nothing; empty where the last one tells that none follows."""
    if says_all(last.answer, tail.came):
        return ""
    if missing := lacking(last.answer, empty.answer):
        return f", and lacks {missing}, which the one before it has"
    full = tail.pages if tail.came == tail.pages * len(last.records) else 0
    limit = limit_of(tail.came, full)
    return f", and yet {limit} came, as where a system gives no more than that" if limit else ""


def _repeated(tail: Tail, paging: Paging) -> str:
    """Tell what a page that came twice shows: a parameter that is passed over, or a window that goes no further."""
    if tail.beyond is None:
        return "what should come next was asked for before"
    number = tail.beyond.number
    if not paging.numbered:
        return "what comes after its last page came before"
    if tail.pages == 1:
        first, second = (
            {**ask.params, **(ask.body or {}), **ask.headers} for ask in (paging.ask(0, 1), paging.ask(1, 1))
        )
        names = ", ".join(f"`{name}`" for name in second if second[name] != first.get(name))
        lacks = tail.total is not None and tail.came < tail.total
        passed = f"the system passes over {names}"
        what = f"{passed}, or its total is wrong" if lacks else f"this is all, or {passed}"
        return f"page {number} is page 1 again, so that {what}"
    if isinstance(paging, OffsetPaging | RangePaging):
        return f"from page {number} on its window is clamped: the same {len(tail.beyond.records)} records come again"
    return f"page {number} is one that came before: the system goes no further than its last page, or than it allows"


def omitted(pages: Iterable[Page]) -> str:
    """Say what shows that records may be left out of some of a list's pages; empty where nothing does."""
    omissions = Omissions()
    for page in pages:
        if page.records:
            omissions.add(page.answer)
    return omissions.text


def reported_beside(pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each error that the system reported beside records."""
    texts = dict.fromkeys(page.answer.trouble for page in pages if page.records and page.answer.trouble)
    yield from (f"the system reported beside records: {text:.{EXCERPT}}" for text in texts)


def may_count_page(first: Page, total: int | None, paging: Paging, asked: int) -> bool:
    """Tell whether a total may count the first page alone, as where `total` is configured wrongly."""
    came = len(first.records)
    if total is None or total != came:
        return total is not None and total < came
    if came == asked or (counts_page(paging.total) and not says_all(first.answer, came)):
        return True
    in_body = not (paging.total or "").startswith("header:") and paging.records_total(first.answer) == total
    by_size = bool(sized_like_a_page(first.answer, came)) and not proves_all(first.answer, came, 1)
    unsized = came > asked or paging.ask(0, asked) == paging.ask(0, None)  # any number may be that of a page
    return in_body and (by_size or (paging.numbered and unsized))


def stop_of(page: Page) -> Stop:
    """Give the reason to stop that a page without records is."""
    if page.answer.body is not None:
        return Stop.EMPTY
    return Stop.NO_CONTENT if page.answer.status in WITHOUT_BODY else Stop.NO_BODY


def sentence(error: FetchError) -> str:
    """Put what went wrong, and what to do, in one sentence."""
    return f"{error.what}: {error.then}" if error.then else error.what
