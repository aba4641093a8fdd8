"""Paging settings for a collection, found by trying, and only what an answer supports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.samples.probing.survey import Survey, keys, same
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import at, leaves, number_at
from ipaas_discovery.systems.answers.links import next_links, other_links
from ipaas_discovery.systems.answers.signs import flag_of_more
from ipaas_discovery.systems.connectors.paging import HEADER
from ipaas_discovery.systems.connectors.request_parameters import Params, RequestParameters
from ipaas_discovery.systems.http.addresses import followed

__all__ = ["PagingFinding", "find_paging", "find_totals"]

FEW = 2
"""Page size that is tried."""
RANGE = "header:Content-Range"
ENDS = ("pages", "more", "last")
"""Roles of members that tell of the end of a list, and are no parameters."""
IN_BODY = ("page", "offset", "cursor")
"""Ways to page whose parameters stand in the body of a search."""
UNKNOWN = 4
"""Parameters that only the system's description or a member of its answer names, and whose names tell nothing."""


@dataclass(frozen=True, slots=True)
class PagingFinding:
    """Paging settings that worked, and the evidence for them."""

    settings: Mapping[str, Any]
    why: str


def find_paging(survey: Survey) -> PagingFinding | None:
    """Find paging that brings other records than the first page did; None where nothing that was tried does.

    What the answer itself says comes first: a Link header, the URL of the next page, a range, a cursor; then page
    numbers and offsets are tried, those first whose names the answer, a link in it or the system's own description
    holds; then JSON inside a parameter. What was tried in vain is noted in the survey.
    """
    start = survey.requester.attempt(survey.plain())
    if start is None or not start.records:
        return None
    trial = _Trial(survey, start, _hinted(survey, start))
    links = [*next_links(start.answer)]
    addresses = [start.answer.links.get("next", ""), *(url for _, url in links)]
    numbered = any(map(_numbered, addresses))  # the next page has a number: then any page can be asked for
    finding = (
        (trial.by_number() if numbered else None)
        or trial.by_link([*links, *other_links(start.answer, survey.plain().path)])
        or trial.by_range()
        or trial.by_cursor()
        or (None if numbered else trial.by_number())
        or trial.by_last_record()
        or trial.by_joined()
        or trial.by_json()
    )
    if finding is None or survey.builder.spec.search is None or finding.settings["kind"] not in IN_BODY:
        return finding
    return replace(finding, settings={**finding.settings, "in_body": True})


def find_totals(page: Page) -> list[tuple[str, int]]:
    """List paths of an answer that may hold the total, best first.

    They are numbers by a fitting name, not smaller than the number of records on the page.
    """
    numbers = [*_numbers(page.answer.body), *_header_numbers(page.answer)]
    ranged = number_at(page.answer, RANGE)
    words = paging_words()
    named = [(path, value) for path, value in numbers if words.is_total(path) and not words.is_estimate(path)]
    whole = [(RANGE, ranged)] if ranged is not None else []
    candidates = [(path, value) for path, value in (*whole, *named) if value >= len(page.records)]
    return sorted(
        candidates,
        key=lambda candidate: (-candidate[1], "total" not in candidate[0].lower(), len(candidate[0]), candidate[0]),
    )


class _Trial:
    """Tries ways to page against the page that comes without any."""

    def __init__(self, survey: Survey, start: Page, hints: tuple[str, ...]) -> None:
        self._survey, self._start, self._hints = survey, start, hints
        self._path = survey.builder.spec.id
        self._first = keys(start.records, self._path)
        self._total = next((place for place, total in find_totals(start) if total > len(start.records)), None)
        self._size = self._size_parameter()

    def by_link(self, links: list[tuple[str, str]]) -> PagingFinding | None:
        """Find whether the address of the next page, in the Link header, another one or the body, leads on."""
        header = self._start.answer.links.get("next")
        shown = [("", header)] if header else []
        for place, url in [*shown, *links]:
            if (more := self._leads_on(url)) is None:
                self._survey.tried.append(f"the link at {place or 'the Link header'}")
                continue
            settings = {"kind": "next", "next": place} if place else {"kind": "link"}
            why = f"`{place}` is the next page's URL" if place else "the answer has a Link header to the next page"
            return self._finding({**settings, "size": self._size, **more}, why)
        return None

    def by_range(self) -> PagingFinding | None:
        """Find whether a range brings other records, where the answer says which part of the whole it is."""
        header = re.fullmatch(r"\s*([\w.-]*?)[ =]?\d+-\d+/.*", self._start.answer.headers.get("content-range", ""))
        length = len(self._first)
        if header is None:
            return None
        for unit in dict.fromkeys(("items", header[1], "")):
            value = f"{f'{unit}=' if unit else ''}{length}-{2 * length - 1}"
            page = self._asked(RequestParameters(headers={"Range": value}))
            if page is not None and self._other(page):
                settings = {"kind": "range"} | ({} if unit == "items" else {"unit": unit})
                return PagingFinding(settings, f"Range: {value} brought {len(page.records)} others")
        for frame in dict.fromkeys((*self._named("json_frames"), "range")):
            value = json.dumps([length, 2 * length - 1], separators=(",", ":"))
            page = self._asked(RequestParameters({frame: value}))
            if page is not None and self._other(page):
                return PagingFinding(
                    {"kind": "range", "json_in": frame}, f"{frame}={value} brought {len(page.records)} others"
                )
        self._survey.tried.append("a Range header, and a range in a parameter")
        return None

    def by_cursor(self) -> PagingFinding | None:
        """Find whether a text of the answer that looks like a cursor brings other records."""
        headers = [(f"header:{name}", text) for name, text in sorted(self._start.answer.headers.items())]
        for path, value in [*_texts(self._start.answer.body), *headers]:
            key = re.split(r"[.:]", path)[-1]
            may_be = paging_words().is_cursor(key) or (paging_words().is_known(key) and not re.match(r"\d*$", value))
            if not may_be or re.match(r"https?://|[/?]", value) or key == "link":
                continue
            own = re.sub(r"^(x-)?(next|end)[_-]?", "", key, flags=re.IGNORECASE)
            names = dict.fromkeys(
                [*self._named("cursor"), own or key, *paging_words().spelled("cursor"), key, key.lstrip("_")]
            )
            sent_back = self._asked(RequestParameters(headers={key: value})) if path.startswith(HEADER) else None
            if sent_back is not None and self._other(sent_back):
                settings = {"kind": "cursor", "cursor": path, "next": path, "size": self._size}
                return self._finding(settings, f"the header {key} sent back brought {len(sent_back.records)} others")
            for name in names:
                page = self._brings({name: value})
                if page is not None and self._other(page):
                    settings = {"kind": "cursor", "cursor": name, "next": path, "size": self._size}
                    why = f"{name} = the value at `{path}` brought {len(page.records)} other records"
                    return self._finding(settings, why)
            self._survey.tried.append(f"the value at `{path}` as {_list(names)}")
        return None

    def by_last_record(self) -> PagingFinding | None:
        """Find whether the last record's id, or a member that repeats a value of it, brings the records after it."""
        place, last = (
            self._survey.builder.connector.records_of(self._survey.builder.collection),
            self._start.records[-1],
        )
        values = {value for value in last.values() if type(value) is int and value > 1}
        known: list[tuple[str, int | str]] = [
            (path, value) for path, value in _numbers(self._start.answer.body) if value in values
        ]
        if "[]" not in place and isinstance(own := at(last, self._path), str | int):
            known.append((f"{place}[-1].{self._path}", own))
        names = dict.fromkeys([*self._named("cursor"), *paging_words().id_cursors])
        for path, value in known:
            for name in names:
                page = self._brings({name: value})
                if page is not None and self._other(page):
                    settings = {"kind": "cursor", "cursor": name, "next": path, "size": self._size}
                    why = f"{name} = the value at `{path}` brought {len(page.records)} other records"
                    return self._finding(settings | {"more": flag_of_more(self._start.answer) or None}, why)
            self._survey.tried.append(f"the value at `{path}` as {_list(names)}")
        return None

    def by_number(self) -> PagingFinding | None:
        """Find a page number or an offset by which any page can be asked for."""
        unknown = [name for name in self._hints if not paging_words().is_known(name)][:UNKNOWN]
        own = getattr(self._survey.builder.paging, "offset", None)  # what is called an offset may count pages
        pages = self._sorted([*self._named("page"), *paging_words().spelled("page"), *([own] if own else []), *unknown])
        for name in pages:
            second = self._brings({name: 2})
            if second is not None and self._other(second) and (first := self._base(name)) is not None:
                settings = {"kind": "page", "page": name, "size": self._size, "first": first}
                why = f"{name} = 2 brought {len(second.records)} other records, and page {first} is the first"
                return self._finding(settings, why)
            if (third := self._brings_third(name)) is not None:
                return self._finding({"kind": "page", "page": name, "size": self._size}, third)
        self._survey.tried.append(f"page 2 as {_list(pages)}")
        return self._by_offset(unknown)

    def _brings_third(self, name: str) -> str | None:
        """Say so if a page number leads on once a size is given, as where everything comes without one.

        An offset of 3 would bring the fourth record.
        """
        wanted = self._first[2 * FEW : 3 * FEW]
        page = self._brings({name: 3, self._size: FEW}) if self._size and wanted else None
        if page is None or keys(page.records, self._path) != wanted:
            return None
        return f"{name} = 3 with {self._size} = {FEW} brought the fifth and the sixth record"

    def _by_offset(self, unknown: Iterable[str]) -> PagingFinding | None:
        """Find an offset and the limit that goes with it."""
        named = [(offset, size) for offset in self._named("offset") for size in self._named("size")[:1] or ["limit"]]
        odd = [(name, self._size or "limit") for name in unknown if name != self._size]
        pairs = [(row.offset, row.size) for row in paging_words().offsets]
        hints = {*map(bare, self._hints), *map(bare, _keys(self._start.answer.body))}
        wanted = self._first[1 : 1 + FEW]
        pairs = [*dict.fromkeys((*named, *sorted(pairs, key=lambda pair: bare(pair[0]) not in hints), *odd))]
        for offset, limit in pairs:
            page = self._brings({offset: 1, limit: FEW})
            settings: dict[str, Any] = {"kind": "offset", "offset": offset, "limit": limit}
            if page is not None and keys(page.records, self._path) == wanted != []:
                why = f"{offset} = 1 with {limit} = {FEW} brought the second and the third record"
                return self._finding(settings, why)
            if (
                page is not None
                and wanted
                and keys(page.records, self._path)[: len(self._first) - 1] == self._first[1:]
            ):
                return self._finding(settings, f"{offset} = 1 brought the records from the second on")
            if page is not None and self._counts_from_one(page, offset, limit):
                why = f"{offset} counts from 1: with {limit} = {FEW} it brought the first records"
                return self._finding({**settings, "first": 1}, why)
        self._survey.tried.append("offset 1 as " + _list(f"{offset} with {limit}" for offset, limit in pairs))
        return None

    def by_joined(self) -> PagingFinding | None:
        """Find an offset and a size in the value of one parameter."""
        wanted = self._first[1 : 1 + FEW]
        for joined in paging_words().joined:
            name, _, form = joined.partition("=")
            value = form.format(offset=1, limit=FEW, last=FEW)
            page = self._brings({name: value})
            if page is not None and keys(page.records, self._path) == wanted != []:
                why = f"{name}={value} brought the second and the third record"
                return self._finding({"kind": "offset", "joined": joined}, why)
        self._survey.tried.append(f"an offset in {_list(paging_words().joined)}")
        return None

    def by_json(self) -> PagingFinding | None:
        """Find an offset and a size inside the JSON value of one parameter."""
        wanted = self._first[1 : 1 + FEW]
        frames = self._sorted([*self._named("json_frames"), *paging_words().json_frames])
        for frame in frames:
            for row in paging_words().offsets[:3]:
                value = json.dumps({row.size: FEW, row.offset: 1}, separators=(",", ":"))
                page = self._brings({frame: value})
                if page is not None and keys(page.records, self._path) == wanted != []:
                    settings = {"kind": "offset", "offset": row.offset, "limit": row.size, "json_in": frame}
                    return self._finding(settings, f"{frame}={value} brought the second and the third")
        self._survey.tried.append(f"JSON in {_list(frames)}")
        return None

    def _finding(self, settings: Mapping[str, Any], why: str) -> PagingFinding:
        """Give settings with the place of the total, unless the page after all that it counts holds others."""
        total = self._total
        if total is not None and settings["kind"] == "page":
            last = settings.get("first", 1) + (number_at(self._start.answer, total) or 1) // len(self._first)
            beyond, before = (self._brings({settings["page"]: number}) for number in (last + 1, last))
            others = beyond is not None and self._other(beyond) and not same(beyond, before, self._path)
            total = None if others else total
        return PagingFinding({**settings, "total": total}, why)

    def _named(self, role: str) -> list[str]:
        """List the hinted parameters that have a role by their names."""
        if role == "json_frames":
            return [name for name in self._hints if bare(name) in paging_words().json_frames]
        known = paging_words().roles(self._hints)
        return [known[role]] if role in known else []

    def _sorted(self, names: Iterable[str]) -> list[str]:
        """Put those names first that the answer or a hint holds, each once."""
        hints = {*map(bare, self._hints), *map(bare, _keys(self._start.answer.body))}
        return sorted(dict.fromkeys(names), key=lambda name: bare(name) not in hints)

    def _size_parameter(self) -> str | None:
        """Find the parameter that makes a page of two records; None if none does, or the page is too short to tell."""
        if len(self._first) <= FEW:
            return None
        names = self._sorted([*self._named("size"), *self._echoed_sizes(), *paging_words().spelled("size")])
        for name in names:
            page = self._brings({name: FEW})
            if page is not None and len(page.records) == FEW:
                return name
        self._survey.tried.append(f"a page of {FEW} by {_list(names)}")
        return None

    def _echoed_sizes(self) -> list[str]:
        """List members whose value is the number of records that came."""
        came = len(self._start.records)
        return [*_echoed(self._start, range(came, came + 1))][:UNKNOWN]

    def _leads_on(self, url: str) -> dict[str, Any] | None:
        """Return what else has to be set for a URL to bring other records; None if it does not."""
        place = self._survey.plain().path
        inner = urlsplit(url)._replace(scheme="", netloc="").geturl()
        for address, more in ((url, {}), (inner, {"keep_host": True})) if inner != url else ((url, {}),):
            call = replace(self._survey.plain(), path=followed(place, address), ask=RequestParameters(), fixed=False)
            page = self._survey.requester.attempt(call)
            if page is not None and self._other(page):
                return dict(more)
        return None

    def _counts_from_one(self, page: Page, offset: str, limit: str) -> bool:
        """Tell whether offset 1, which brought `page`, is the first record, and the next offset the next ones."""
        if not self._first[FEW : 2 * FEW] or keys(page.records, self._path) != self._first[:FEW]:
            return False
        after = self._brings({offset: 1 + FEW, limit: FEW})
        return after is not None and keys(after.records, self._path) == self._first[FEW : 2 * FEW]

    def _base(self, name: str) -> int | None:
        """Find the number of the page that comes without a number; None where it is neither 0 nor 1."""
        for first in (1, 0):
            page = self._brings({name: first})
            if page is not None and keys(page.records, self._path) == self._first:
                return first
        return None

    def _brings(self, params: Params) -> Page | None:
        """Give the page that parameters bring, None where they are refused."""
        return self._survey.requester.attempt(self._survey.plain(params))

    def _asked(self, ask: RequestParameters) -> Page | None:
        return self._survey.requester.attempt(replace(self._survey.plain(), ask=ask))

    def _other(self, page: Page) -> bool:
        """Tell whether a page holds records, and none of the first page's."""
        return bool(page.records) and not set(keys(page.records, self._path)) & set(self._first)


def _hinted(survey: Survey, start: Page) -> tuple[str, ...]:
    """List the parameters that a link of the answer, the system's description or a member of the answer names."""
    urls = [start.answer.links.get("next", ""), *(url for _, url in next_links(start.answer))]
    linked = [name for url in urls for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    return tuple(dict.fromkeys((*linked, *survey.hints, *_echoed(start, range(2)))))


def _echoed(page: Page, values: range) -> Iterator[str]:
    """Yield the names of members beside the records that hold one of some numbers: what was asked for is told so.

    A member of an object that is called like paging stands for a parameter in brackets, too: `page[number]`.
    """
    words = paging_words()
    other = {*answer_words().errors.outcomes, *(name for role in ENDS for name in words.names(role))}
    for path, value in _numbers(page.answer.body):
        outer, _, name = path.rpartition(".")
        if value in values and bare(name) not in other and not words.is_total(path):
            frame = outer.rpartition(".")[2]
            yield from (f"{frame}[{name}]",) if bare(frame) in words.frames else ()
            yield name


def _numbered(url: str) -> bool:
    """Tell whether a URL asks for page 2 by its number."""
    query = dict(parse_qsl(urlsplit(url).query))
    spelled = {paging_words().roles(query).get("page"), *paging_words().spelled("page")}
    return any(value == "2" for name, value in query.items() if name in spelled)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _keys(body: object) -> Iterator[str]:
    """Yield every key of an answer, records left out."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            yield str(key)
            yield from _keys(value)


def _texts(body: object) -> list[tuple[str, str]]:
    return [(path, value) for path, value in leaves(body) if isinstance(value, str) and value and path]


def _numbers(body: object) -> list[tuple[str, int]]:
    """List the whole numbers of an answer outside its lists; XML, and some others, write them as texts."""
    kinds = ((path, value) for path, value in leaves(body) if path and not isinstance(value, bool))
    return [
        (path, int(value))
        for path, value in kinds
        if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"[0-9]{1,15}", value))
    ]


def _header_numbers(answer: Answer) -> Iterator[tuple[str, int]]:
    """Yield the numbers in headers, and in the members of headers that hold JSON."""
    for name, text in sorted(answer.headers.items()):
        if name.startswith("content-"):
            continue
        if text.isascii() and text.isdigit():
            yield f"header:{name}", int(text)
        elif text.startswith("{"):
            try:
                content = json.loads(text)
            except ValueError:
                continue
            yield from ((f"header:{name}#{path}", value) for path, value in _numbers(content))
