"""Signs in an answer that there is more than came, whatever the connector says of paging."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import is_true, leaves, whole
from ipaas_discovery.systems.answers.links import next_links

__all__ = [
    "Omissions",
    "Sign",
    "counts_page",
    "estimate",
    "flag_of_more",
    "lacking",
    "limit_of",
    "lower_bound",
    "proves_all",
    "says_all",
    "says_empty",
    "sign_of_more",
    "sized_like_a_page",
]

FEWEST = 10
"""With fewer records than this, their number is no sign: no system makes its pages so small by itself."""
PARTIAL = 206
LIMIT, PAGE_LIMIT = 1_000, 100
"""Systems that give no more than some number of records, or of pages, choose a multiple of these."""
RANGE = re.compile(r"(\d+)\s*-\s*(\d+)\s*/\s*(\d+|\*)")
"""The page and the whole in a `Content-Range`."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that there is more: what shows it, and the number of records there are at least, where that is known."""

    text: str
    at_least: int | None = None


@dataclass(slots=True)
class Omissions:
    """A record of what each page of a list says of records that it leaves out.

    A flag such as `truncated` speaks of its page alone, and not of the list, where a page without it had a next one.

    >>> cut = Omissions()
    >>> for flag in (False, True, False):
    ...     cut.add(Answer("GET /o", 200, {"data": [{}], "truncated": flag}))
    >>> cut.text
    '`truncated` is set on one page, so that records may be left out'
    """

    _partial: list[str] = field(default_factory=list)
    _error: str = ""
    _flags: list[bool] = field(default_factory=list)
    _place: str = ""

    def add(self, answer: Answer) -> None:
        """Add the next page of the list that holds records."""
        stated = _statements(answer)
        self._partial += [place for place, value in stated if _says_partial(place, value)][:1]
        self._error = self._error or answer.trouble
        flags = [(place, is_true(value)) for place, value in stated if _may_speak_of_page(place)]
        if flags:
            self._place = flags[0][0]
            self._flags.append(any(flag for _, flag in flags))

    @property
    def text(self) -> str:
        """The sign that records may be left out of some page; empty where there is none."""
        cut = [self._place] * sum(self._flags) if False in self._flags[:-1] else []
        if places := self._partial or cut:
            count = "one page" if len(places) == 1 else f"{len(places)} pages"
            return f"`{places[0]}` is set on {count}, so that records may be left out"
        return "an error was reported beside records, so that others may be left out" if self._error else ""


def sign_of_more(
    answer: Answer,
    came: int,
    *,
    pages: int = 1,
    asked: int | None = None,
    by_number: bool = False,
    is_total: bool = False,
) -> Sign | None:
    """Find the strongest sign in a list's last answer that there is more than came.

    >>> sign_of_more(Answer("GET /o", 200, {"data": [{}], "count": 60}), 1)
    Sign(text='`count` says 60', at_least=60)
    >>> sign_of_more(Answer("GET /o", 200, {"data": [{}], "next": None}), 1)

    Args:
        answer: the last answer that held records.
        came: different records that came, on all pages.
        pages: pages that came.
        asked: the records per page that were asked for, None where none were.
        by_number: True where the next page was asked for and is not there, so that only a total counts.
        is_total: True where the connector's own total agrees, so that a round number is no sign.
    """
    stated = _statements(answer)
    if (sign := _of_totals(answer, stated, came, by_number=by_number)) is not None:
        return sign
    if left_out := _left_out(answer, stated):
        return Sign(left_out)
    if (sign := _of_range(answer, came)) is not None or by_number:
        return sign
    flags = {f"`{place}` is {'set' if is_true(value) else 'not set'}": more for place, value, more in _flags(stated)}
    if (sign := _of_next(answer, stated, flags, pages, came)) is not None:
        return sign
    if pages > 1 or is_total or says_all(answer, came):
        return None
    cursor = next((place for place, value in stated if _may_be_cursor(place) and value not in (None, "", 0)), None)
    return Sign(f"`{cursor}` may be a cursor to a next page") if cursor else _of_size(came, asked, stated)


def flag_of_more(answer: Answer) -> str:
    """Name the place of a flag that says that there is more; empty without one.

    >>> flag_of_more(Answer("GET /o", 200, {"data": [{}], "has_more": True}))
    'has_more'
    """
    return next((place for place, value, more in _flags(_statements(answer)) if more and is_true(value)), "")


def lower_bound(answer: Answer) -> str:
    """Say where an answer tells that its total is no more than a lower bound; empty where it does not.

    >>> lower_bound(Answer("GET /o", 200, {"hits": {"total": {"value": 10000, "relation": "gte"}, "hits": [{}]}}))
    '`hits.total.relation` says gte'
    """
    return next((f"`{place}` says {value}" for place, value in _statements(answer) if _is_bound(place, value)), "")


def estimate(answer: Answer) -> str:
    """Name the place of a flag that says that a total is an estimate; empty without one.

    >>> estimate(Answer("GET /o", 200, {"data": [{}], "total": 120, "total_is_exact": False}))
    'total_is_exact'
    """
    for place, value in _statements(answer):
        words = set(split_words(_last_name(place)))
        if str(value).lower() in answer_words().yes_or_no and words & (
            paging_words().estimates if is_true(value) else paging_words().exact
        ):
            return place
    return ""


def says_all(answer: Answer, came: int) -> bool:
    """Tell whether an answer in which no sign of more stands says that `came` records are all.

    A `count` alone proves nothing: it may count the page.

    >>> says_all(Answer("GET /o", 200, {"data": [{}], "next": None}), 1), says_all(Answer("GET /o", 200, [{}]), 1)
    (True, False)
    >>> says_all(Answer("GET /o", 200, {"data": [{}], "count": 1}), 1)
    False
    """
    stated = _statements(answer)
    flags, guessed = [more for _, _, more in _flags(stated)], estimate(answer)
    if any(flags):
        return False
    closed = any(
        (_names_next(place) and not value) or (_counts_all(place) and whole(value) == came and not guessed)
        for place, value in stated
    )
    return bool(flags) or closed or bool(RANGE.search(answer.headers.get("content-range", "").replace("*", "")))


def sized_like_a_page(answer: Answer, came: int, asked: int | None = None) -> str:
    """Say why the records of an answer may be no more than a page, by their number alone; empty where it shows nothing.

    >>> sized_like_a_page(Answer("GET /o", 200, {"data": [{}], "total": 50}), 50)
    '50 is a round number, as that of a page'
    """
    sign = _of_size(came, asked, _statements(answer)) if came else None
    return sign.text if sign else ""


def proves_all(answer: Answer, came: int, pages: int) -> bool:
    """Tell whether an answer proves that `came` records are all; the total beside one page may count that alone.

    >>> proves_all(Answer("GET /o", 200, {"data": [{}], "total": 47}), 47, 1)
    True
    >>> proves_all(Answer("GET /o", 200, {"data": [{}], "total": 50}), 50, 1)
    False
    """
    if not says_all(answer, came):
        return False
    own = (_is_total, _may_speak_of_page)  # of the page alone, maybe
    stated = [(place, value) for place, value in leaves(answer.body) if not any(speaks(place) for speaks in own)]
    without = Answer(answer.request, answer.status, dict(stated), answer.headers)
    return pages > 1 or not sized_like_a_page(answer, came) or says_all(without, came)


def counts_page(place: str | None) -> bool:
    """Tell whether a total at this place of an answer may count the records of one page.

    >>> counts_page("meta.count"), counts_page("header:x-total-count"), counts_page(None)
    (True, False, False)
    """
    return place is not None and bare(re.split(r"[.:#]", place)[-1]) in paging_words().page_counts


def lacking(before: Answer, answer: Answer) -> str:
    """Name what an answer before says of a next page, and this one leaves out; empty where it leaves out nothing.

    >>> lacking(Answer("GET /o", 200, {"data": [{}], "next": "b"}), Answer("GET /o", 200, {"data": []}))
    '`next`'
    """
    if "next" in before.links and not answer.links:
        return "the Link header"
    stated = {place for place, _ in _statements(answer)}
    places = (
        place for place, value in _statements(before) if [*_flags([(place, value)])] or (_names_next(place) and value)
    )
    return next((f"`{place}`" for place in places if place not in stated), "")


def limit_of(came: int, pages: int = 0) -> str:
    """Name the limit at which a list seems to stop, so that an empty page proves nothing; empty where none is seen.

    >>> limit_of(10_000), limit_of(2_500, pages=100), limit_of(1_001)
    ('exactly 10000 records', 'exactly 100 full pages', '')
    """
    if came >= LIMIT and came % LIMIT == 0:
        return f"exactly {came} records"
    return f"exactly {pages} full pages" if pages >= PAGE_LIMIT and pages % PAGE_LIMIT == 0 else ""


def says_empty(answer: Answer) -> bool:
    """Tell whether an answer says that there are no records at all.

    >>> says_empty(Answer("GET /o", 200, {"total": "0"})), says_empty(Answer("GET /o", 200, {"id": 0}))
    (True, False)
    >>> says_empty(Answer("GET /o", 200, {"page": {"totalElements": 0, "size": 20}}))
    True
    """
    totals = {place: whole(value) for place, value in _statements(answer) if _is_total(place)}
    telling = [total for place, total in totals.items() if _name(place) not in paging_words().sizes]
    telling = telling or list(totals.values())
    return bool(telling) and all(total == 0 for total in telling)


def _of_totals(answer: Answer, stated: list[tuple[str, object]], came: int, *, by_number: bool) -> Sign | None:
    """Find a total that is larger than what came; an estimate counts only where no page was asked for in vain."""
    totals = {place: total for place, value in stated if _is_total(place) and (total := whole(value)) is not None}
    guessed = bool(estimate(answer))
    for place, total in sorted(totals.items()):
        if total > came and not (guessed or paging_words().is_estimate(place)):
            return Sign(f"`{place}` says {total}", total)
        if total > came and not by_number:
            return Sign(f"`{place}` says about {total}")
    return None


def _of_next(
    answer: Answer, stated: list[tuple[str, object]], flags: dict[str, bool], pages: int, came: int
) -> Sign | None:
    """Find a next page that an answer names, by a flag, a link, a number of pages or a cursor."""
    if flag := next((text for text, more in flags.items() if more), None):
        return Sign(flag)
    if "next" in answer.links:
        return Sign("its Link header names a next page")
    for place, value in stated:
        counts = _names_pages(place) or (_names_page_total(place) and whole(value) != came)
        if counts and (count := whole(value)) is not None and count > pages:
            return Sign(f"`{place}` says {count}")
        if not flags and _names_next(place) and value not in (None, "", False, 0):
            return Sign(f"`{place}` names a next page")
    link = None if flags else next(iter(next_links(answer)), None)
    return Sign(f"`{link[0]}` names a next page") if link else None


def _of_range(answer: Answer, came: int) -> Sign | None:
    """Find what `Content-Range` says of the whole."""
    match = RANGE.search(answer.headers.get("content-range", ""))
    if match and match[3] != "*":
        total = int(match[3])
        return Sign(f"its Content-Range says {total}", total) if total > came else None
    return Sign("its status is 206, a part of the whole") if answer.status == PARTIAL else None


def _of_size(came: int, asked: int | None, stated: list[tuple[str, object]]) -> Sign | None:
    """Find whether the number of records is that of a page."""
    if came == asked:
        return Sign(f"exactly the {came} that were asked for came")
    if size := next((place for place, value in stated if _names_size(place) and whole(value) == came > 0), None):
        return Sign(f"exactly the {came} of a page by `{size}` came")
    round_number = came % 10 == 0 or came % 25 == 0 or came & (came - 1) == 0
    return Sign(f"{came} is a round number, as that of a page") if came >= FEWEST and round_number else None


def _statements(answer: Answer) -> list[tuple[str, object]]:
    """List the plain values of an answer beside its records: those of the body and of the headers."""
    headers = (
        (f"header:{name}", text) for name, text in sorted(answer.headers.items()) if not name.startswith("content-")
    )
    return [*leaves(answer.body), *(statement for header in headers for statement in _of_header(*header))]


def _of_header(place: str, text: str) -> Iterator[tuple[str, object]]:
    """Yield what a header says: its text, or the plain values of the JSON in it."""
    if text.lstrip().startswith("{"):
        with suppress(ValueError):
            yield from leaves(msgspec.json.decode(text), place)
            return
    yield place, text


def _last(place: str) -> str:
    return re.split(r"[._#:]", place)[-1]


def _last_name(place: str) -> str:
    return re.split(r"[.#:]", place)[-1]


def _name(place: str) -> str:
    """Give the bare name at the end of a place, a header's without the `x` before it."""
    return bare(_last_name(place)).removeprefix("x")


def _ending(place: str) -> set[str]:
    """Give the last word at the end of a place, and the last two as one."""
    words = split_words(_last_name(place))
    return {"".join(words[-1:]), "".join(words[-2:])}


def _is_total(place: str) -> bool:
    return paging_words().is_total(place)


def _counts_all(place: str) -> bool:
    """Tell whether a place counts all records, and not maybe those of a page, and does not estimate them."""
    return _is_total(place) and not counts_page(place) and not paging_words().is_estimate(place)


def _flags(stated: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object, bool]]:
    """Yield each flag that tells whether there is more, with its value, and what it says."""
    words = paging_words()
    for place, value in stated:
        plain = str(value).lower() in answer_words().yes_or_no
        if not {_name(place), bare(_last(place))}.isdisjoint(words.names("more")):
            yield place, value, is_true(value)
        elif plain and _name(place) in words.names("last"):
            yield place, value, not is_true(value)
        elif plain and "more" in split_words(_last_name(place)):
            yield place, value, is_true(value)


def _is_bound(place: str, value: object) -> bool:
    """Tell whether a value beside a total says that there are at least as many."""
    words = paging_words()
    return str(value).lower() in words.lower_bounds and bare(_last(place)) in words.names("bound")


def _left_out(answer: Answer, stated: list[tuple[str, object]]) -> str:
    """Say what shows that records, or the counting of them, were left out; empty where nothing does."""
    if bound := lower_bound(answer):
        return f"{bound}, so that its total is no more than a lower bound"
    cut = next((place for place, value in stated if _says_partial(place, value)), "")
    return f"`{cut}` is set, so that records may be left out" if cut else ""


def _says_partial(place: str, value: object) -> bool:
    """Tell whether a flag says that the system gave up before all records were found."""
    plain = str(value).lower() in answer_words().yes_or_no
    return plain and is_true(value) and _name(place) in paging_words().names("partial")


def _may_speak_of_page(place: str) -> bool:
    """Tell whether a flag of more may say of its page alone that it was cut short."""
    return _name(place) in paging_words().names("cut")


def _names_pages(place: str) -> bool:
    return not {_name(place), *_ending(place)}.isdisjoint(paging_words().names("pages"))


def _names_size(place: str) -> bool:
    """Tell whether a place says how many records a page holds, and not how many came."""
    name = _name(place)
    return name in paging_words().sizes and not counts_page(name)


def _may_be_cursor(place: str) -> bool:
    """Tell whether a place may hold the cursor of a next page, though its name does not say `next`."""
    return not {_name(place), *_ending(place)}.isdisjoint(paging_words().names("next_cursor"))


def _names_page_total(place: str) -> bool:
    """Tell whether a place is the total of an object that is called like a page, which may be the number of pages."""
    outer, _, name = place.rpartition(".")
    return bare(name) in {"total", "count", "last"} and bare(_last_name(outer)) in paging_words().frames


def _names_next(place: str) -> bool:
    """Tell whether a place holds what asks for the next page: it is called so, in words that are paging's own."""
    *outer, name = re.split(r"[.#:]", place)
    if bare(name) == "href":
        return paging_words().is_next_url(place)
    known, words = paging_words(), {word for word in split_words(name) if word != "x"}
    plain = bare(name).removeprefix("x")
    if "next" in plain and plain in (*known.names("next_url"), *known.names("next_cursor")):
        return True
    inside = any(bare(part) == "next" for part in outer)
    return (inside or "next" in words) and words - {"next"} <= known.next_words
