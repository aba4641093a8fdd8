"""Read from several saved answers of one list how it pages: what asks for another page brought other records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import Example
from ipaas_discovery.drafting.saved_calls.guesses import id_field
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import leaves, number_at, whole
from ipaas_discovery.systems.answers.signs import counts_page, flag_of_more

__all__ = ["counts_its_page", "seen_paging"]

CONTENT_RANGE, RANGE = "content-range", "range"
UNIT = re.compile(r"([\w.-]*?)=?\d+-\d+")
LIST = re.compile(r"\[\s*\d+\s*,\s*\d+\s*\]")
TWO_NUMBERS = re.compile(r"(\d+)([,;:-])(\d+)")
"""A value that may hold an offset and a size, or the last position."""


def seen_paging(examples: Sequence[Example]) -> dict[str, Any]:
    """Write the paging that saved answers of a list show; empty where they show none.

    A range is shown by one page. Of numbers, two pages have to be there: another page number brought other records, or
    an offset went on by what came. A cursor is shown by a parameter that repeats a value of the page before.
    """
    pages = [example for example in examples if example.records]
    if ranged := next((settings for page in pages if (settings := _range(page))), None):
        return ranged
    ways = (_numbers, _cursors)
    return next((settings for way in ways for pair in combinations(pages, 2) for settings in way(*pair)), {})


def counts_its_page(place: str, examples: Sequence[Example]) -> bool:
    """Tell whether a total counts the records of its page: there is another page, or its name says so."""
    pages = [example for example in examples if example.records]
    own = [page for page in pages if number_at(Answer("", page.status, page.body), place) == len(page.records)]
    others = any(page.records[0] != pages[0].records[0] for page in pages)
    return bool(own) and (others or counts_page(place))


def _range(page: Example) -> dict[str, Any]:
    """Write the settings of a range that was asked for in a header or a parameter, and answered as one."""
    asked = page.asked.get(RANGE, "")
    if page.total_header != CONTENT_RANGE:
        return {}
    if LIST.fullmatch(asked):
        return {"kind": "range", "json_in": RANGE}
    unit = UNIT.fullmatch(asked) if RANGE not in page.request.query else None  # a parameter of this name is no header
    return {"kind": "range", **({} if unit[1] == "items" else {"unit": unit[1]})} if unit else {}


def _numbers(one: Example, other: Example) -> Iterator[dict[str, Any]]:
    """Yield the settings that the parameters of two pages with other records show."""
    if one.records[0] == other.records[0]:
        return
    total = one.total_header or other.total_header
    more = {"total": f"header:{total}"} if total else {}
    for name in (None, *sorted({*one.asked, *other.asked})):
        first, second = (_parameters(page, name) for page in (one, other))
        framed = {"json_in": name} if name else {}
        if settings := _page(first, second) or _offset((first, one), (second, other)):
            yield {**settings, **framed, **more}
        elif name and (joined := _joined(name, one, other)):
            yield {**joined, **more}


def _parameters(page: Example, frame: str | None) -> Mapping[str, Any]:
    """Give the parameters of a page: those of the query, or those of the JSON in one of them."""
    if frame is None:
        return page.asked
    try:
        inside = json.loads(page.asked.get(frame, ""))
    except ValueError:
        return {}
    return inside if isinstance(inside, Mapping) else {}


def _page(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Write the settings of page numbers, which a first page may do without."""
    roles = paging_words().roles({**first, **second})
    if (name := roles.get("page")) is None:
        return {}
    given = {whole(asked[name]) for asked in (first, second) if name in asked}
    unnamed = {0 if given == {1} else 1} if any(name not in asked for asked in (first, second)) else set[int]()
    numbers = given | unnamed
    if None in numbers or len(numbers) == 1:
        return {}
    return {"kind": "page", "page": name, **_sized("size", roles), **({"first": 0} if 0 in numbers else {})}


def _offset(first: tuple[Mapping[str, Any], Example], second: tuple[Mapping[str, Any], Example]) -> dict[str, Any]:
    """Write the settings of an offset that goes on by what came; a first page without one may tell it in its answer."""
    roles = paging_words().roles({**first[0], **second[0]})
    if (name := roles.get("offset")) is None:
        return {}
    places = [
        (whole(asked[name]) if name in asked else _answered(page, name), asked, page) for asked, page in (first, second)
    ]
    (start, named, page), (after, more, _) = sorted(places, key=lambda place: place[0] or 0)
    if start is None or after is None:
        return {}
    came = len(page.records)
    start += int(name not in named and start == 0 and after == came + 1)  # the second page shows that it counts from 1
    step = after - start
    hidden = came < step == whole({**named, **more}.get(roles.get("size", "")))  # as much was asked for
    if step != came and not hidden:
        return {}
    base = {"first": 1} if start % step == 1 and step > 1 else {}
    return {"kind": "offset", "offset": name, **_sized("limit", roles), **base}


def _answered(page: Example, name: str) -> int:
    """Give the offset that an answer tells; 0 where it tells none."""
    numbers = (whole(value) for path, value in leaves(page.body) if bare(path.rpartition(".")[2]) == bare(name))
    return next(numbers, None) or 0


def _cursors(one: Example, other: Example) -> Iterator[dict[str, Any]]:
    """Yield the settings of a parameter that repeats what the page before holds: a cursor, or its last record's id."""
    if one.records[0] == other.records[0]:
        return
    for before, after in ((one, other), (other, one)):
        roles = paging_words().roles({**one.asked, **other.asked})
        counted = {name for role, name in roles.items() if role != "cursor"}
        fresh = {name: value for name, value in after.asked.items() if value and before.asked.get(name) != value}
        known = {name: _holds(before, name, value) for name, value in fresh.items() if name not in counted}
        places = [(name, place) for name, place in known.items() if place]
        if len(places) == 1:  # a cursor of two parts cannot be written
            flag = flag_of_more(Answer("", before.status, before.body))
            more = {"more": flag} if flag else {}
            yield {"kind": "cursor", "cursor": places[0][0], "next": places[0][1], **more, **_sized("size", roles)}


def _holds(page: Example, parameter: str, value: str) -> str:
    """Give the place at which a page holds what a parameter of the next one repeats; empty where it does not."""
    words = paging_words()
    equal = (place for place, own in leaves(page.body) if place and str(own) == value)
    if cursor := next((place for place in equal if words.is_cursor(place.rpartition(".")[2])), ""):
        return cursor
    key = id_field(page.records, "", "")
    last = page.many and "[]" not in page.place and str(page.records[-1].get(key)) == value
    return f"{page.place}[-1].{key}" if last and bare(parameter) != bare(key) else ""


def _joined(name: str, *pages: Example) -> dict[str, Any]:
    """Write the settings of one parameter that holds an offset and a size; a first page may name the size alone."""
    values = [(TWO_NUMBERS.fullmatch(page.asked.get(name, "")), page) for page in pages]
    signs = {value[2] for value, _ in values if value}
    if len(signs) != 1:
        return {}
    sign = signs.pop()
    ranged = sign == "-"
    places = [(int(value[1]) if value else 0, page) for value, page in values]
    (start, page), (after, _) = sorted(places, key=lambda place: place[0])
    many = {int(value[3]) - (int(value[1]) - 1 if ranged else 0) for value, _ in values if value}
    if after - start != len(page.records) or many != {len(page.records)}:
        return {}
    base = {"first": 1} if start == 1 and len(page.records) > 1 else {}
    return {"kind": "offset", "joined": f"{name}={{offset}}{sign}{{{'last' if ranged else 'limit'}}}", **base}


def _sized(setting: str, roles: Mapping[str, str]) -> dict[str, str]:
    return {setting: roles["size"]} if "size" in roles else {}
