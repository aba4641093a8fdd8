"""Paging settings for a collection, found by trying, and only what an answer supports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.samples.probing.survey import Survey, keys
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import leaves
from ipaas_discovery.systems.answers.links import is_link
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["PagingFinding", "find_paging", "find_totals"]

FEW = 2
"""Page size that is tried."""


@dataclass(frozen=True, slots=True)
class PagingFinding:
    """Paging settings that worked, and the evidence for them."""

    settings: Mapping[str, Any]
    why: str


def find_paging(survey: Survey) -> PagingFinding | None:
    """Find paging that brings other records than the first page did; None where nothing that was tried does.

    What the answer itself says comes first: a Link header, the URL of the next page, a cursor; then page numbers
    and offsets are tried, those first whose names the answer holds.
    """
    start = survey.requester.attempt(survey.plain())
    if start is None or not start.records:
        return None
    size = _size_parameter(survey, start)
    sized = {"size": size} if size else {}
    total = next(iter(find_totals(start)), (None, 0))[0]
    texts = [*_texts(start.answer.body), ("Link", start.answer.links.get("next", ""))]
    if any(_numbered(value) for _, value in texts):
        spread = _by_number(survey, start, sized, total)  # the next page has a number: then any page can be asked for
        if spread is not None:
            return spread
    if "next" in start.answer.links and _leads_on(survey, start, start.answer.links["next"]):
        return PagingFinding({"kind": "link", **sized, "total": total}, "the answer has a Link header to the next page")
    headers = [(f"header:{name}", value) for name, value in sorted(start.answer.headers.items())]
    for path, value in [*_texts(start.answer.body), *headers]:
        if _is_next(path) and is_link(value) and _leads_on(survey, start, value):
            return PagingFinding(
                {"kind": "next", "next": path, **sized, "total": total}, f"`{path}` is the next page's URL"
            )
    return (
        _by_range(survey, start)
        or _by_cursor(survey, start, sized, total)
        or _by_number(survey, start, sized, total)
        or _by_json(survey, start, total)
    )


def _is_next(path: str) -> bool:
    return paging_words().is_next_url(path.rpartition(":")[2].removeprefix("x-"))


def _by_range(survey: Survey, start: Page) -> PagingFinding | None:
    """Find whether a `Range` header brings other records, where the answer says which part of the whole it is."""
    if not re.search(r"\d+-\d+/", start.answer.headers.get("content-range", "")):
        return None
    length = len(start.records)
    second = RequestParameters(headers={"Range": f"items={length}-{2 * length - 1}"})
    page = survey.requester.attempt(replace(survey.plain(), ask=second))
    if page is None or not _other(survey, start, page):
        return None
    return PagingFinding({"kind": "range"}, f"Range: {second.headers['Range']} brought {len(page.records)} others")


def _by_json(survey: Survey, start: Page, total: str | None) -> PagingFinding | None:
    """Find an offset and a size inside the JSON value of one parameter."""
    path = survey.builder.spec.id
    wanted = keys(start.records, path)[1 : 1 + FEW]
    for frame in paging_words().json_frames:
        for row in paging_words().offsets[:3]:
            value = json.dumps({row.size: FEW, row.offset: 1}, separators=(",", ":"))
            page = survey.requester.attempt(survey.plain({frame: value}))
            if page is not None and wanted and keys(page.records, path) == wanted:
                settings = {"kind": "offset", "offset": row.offset, "limit": row.size, "json_in": frame}
                return PagingFinding({**settings, "total": total}, f"{frame}={value} brought the second and the third")
    return None


def _numbered(url: str) -> bool:
    """Tell whether a URL asks for page 2 by its number."""
    pages = "|".join(map(re.escape, paging_words().spelled("page")))
    return re.search(rf"[?&]({pages})=2(&|$)", url) is not None


def find_totals(page: Page) -> list[tuple[str, int]]:
    """List paths of an answer that may hold the total, best first.

    They are numbers by a fitting name, not smaller than the number of records on the page.
    """
    numbers = [*_numbers(page.answer.body), *_header_numbers(page.answer)]
    candidates = [
        (path, value) for path, value in numbers if paging_words().is_total(path) and value >= len(page.records)
    ]
    return sorted(
        candidates,
        key=lambda candidate: (-candidate[1], "total" not in candidate[0].lower(), len(candidate[0]), candidate[0]),
    )


def _leads_on(survey: Survey, start: Page, url: str) -> bool:
    """Tell whether a URL brings other records."""
    page = survey.requester.attempt(replace(survey.plain(), path=url, ask=RequestParameters(), fixed=False))
    return page is not None and _other(survey, start, page)


def _by_cursor(survey: Survey, start: Page, sized: Mapping[str, Any], total: str | None) -> PagingFinding | None:
    for path, value in _texts(start.answer.body):
        key = path.rpartition(".")[2]
        if not paging_words().is_cursor(key) or re.match(r"https?://|[/?]", value):
            continue
        own = re.sub(r"^(next|end)_?", "", key, flags=re.IGNORECASE)
        for name in dict.fromkeys([own or key, *paging_words().spelled("cursor"), key]):
            page = survey.requester.attempt(survey.plain({name: value}))
            if page is not None and _other(survey, start, page):
                settings = {"kind": "cursor", "cursor": name, "next": path, **sized, "total": total}
                return PagingFinding(
                    settings, f"{name} = the value at `{path}` brought {len(page.records)} other records"
                )
    return None


def _by_number(survey: Survey, start: Page, sized: Mapping[str, Any], total: str | None) -> PagingFinding | None:
    hints = {bare(name) for name in _keys(start.answer.body)}
    own = getattr(survey.builder.paging, "offset", None)  # what is called an offset may count pages
    for name in sorted(
        (*paging_words().spelled("page"), *([own] if own else [])), key=lambda name: bare(name) not in hints
    ):
        second = survey.requester.attempt(survey.plain({name: 2}))
        if second is None or not _other(survey, start, second):
            continue
        first = _first(survey, start, name)
        if first is None:
            continue
        size = next(iter(sized.values()), None)
        settings = {"kind": "page", "page": name, "size": size, "first": first, "total": total}
        return PagingFinding(
            settings, f"{name} = 2 brought {len(second.records)} other records, and page {first} is the first"
        )
    pairs = [(row.offset, row.size) for row in paging_words().offsets]
    for offset, limit in sorted(pairs, key=lambda pair: bare(pair[0]) not in hints):
        page = survey.requester.attempt(survey.plain({offset: 1, limit: FEW}))
        path = survey.builder.spec.id
        if page is not None and keys(page.records, path) == keys(start.records, path)[1 : 1 + FEW] != []:
            settings = {"kind": "offset", "offset": offset, "limit": limit, "total": total}
            return PagingFinding(settings, f"{offset} = 1 with {limit} = {FEW} brought the second and the third record")
        if page is not None and _counts_from_one(survey, start, page, offset, limit):
            settings = {"kind": "offset", "offset": offset, "limit": limit, "first": 1, "total": total}
            return PagingFinding(settings, f"{offset} counts from 1: with {limit} = {FEW} it brought the first records")
    return None


def _counts_from_one(survey: Survey, start: Page, page: Page, offset: str, limit: str) -> bool:
    """Tell whether offset 1, which brought `page`, is the first record, and the next offset the next ones."""
    path = survey.builder.spec.id
    first = keys(start.records, path)
    if not first[FEW : 2 * FEW] or keys(page.records, path) != first[:FEW]:
        return False
    after = survey.requester.attempt(survey.plain({offset: 1 + FEW, limit: FEW}))
    return after is not None and keys(after.records, path) == first[FEW : 2 * FEW]


def _first(survey: Survey, start: Page, name: str) -> int | None:
    """Find the number of the page that comes without a number; None where it is neither 0 nor 1."""
    for first in (1, 0):
        page = survey.requester.attempt(survey.plain({name: first}))
        if page is not None and keys(page.records, survey.builder.spec.id) == keys(
            start.records, survey.builder.spec.id
        ):
            return first
    return None


def _size_parameter(survey: Survey, start: Page) -> str | None:
    """Find the parameter that makes a page of two records; None if none does, or the page is too short to tell."""
    if len(start.records) <= FEW:
        return None
    hints = {bare(name) for name in _keys(start.answer.body)}
    for name in sorted(paging_words().spelled("size"), key=lambda name: bare(name) not in hints):
        page = survey.requester.attempt(survey.plain({name: FEW}))
        if page is not None and len(page.records) == FEW:
            return name
    return None


def _other(survey: Survey, start: Page, page: Page) -> bool:
    """Tell whether a page holds records, and none of the first page's."""
    path = survey.builder.spec.id
    return bool(page.records) and not set(keys(page.records, path)) & set(keys(start.records, path))


def _keys(body: object) -> Iterator[str]:
    """Yield every key of an answer, records left out."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            yield str(key)
            yield from _keys(value)


def _texts(body: object) -> list[tuple[str, str]]:
    return [(path, value) for path, value in leaves(body) if isinstance(value, str) and value and path]


def _numbers(body: object) -> list[tuple[str, int]]:
    return [
        (path, value) for path, value in leaves(body) if isinstance(value, int) and not isinstance(value, bool) and path
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
