"""Read from several saved answers of one list how it pages: what asks for another page brought other records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import Example
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.json_path import leaves, whole

__all__ = ["seen_paging"]

CONTENT_RANGE, RANGE = "content-range", "range"
UNIT = re.compile(r"([\w.-]*?)=?\d+-\d+")
LIST = re.compile(r"\[\s*\d+\s*,\s*\d+\s*\]")
TWO_NUMBERS = re.compile(r"(\d+)([,;:-])(\d+)")
"""A value that may hold an offset and a size, or the last position."""


def seen_paging(examples: Sequence[Example]) -> dict[str, Any]:
    """Write the paging that saved answers of a list show; empty where they show none.

    A range is shown by one page. Of numbers, two pages have to be there: another page number brought other records, or
    an offset went on by what came.
    """
    pages = [example for example in examples if example.records]
    if ranged := next((settings for page in pages if (settings := _range(page))), None):
        return ranged
    return next((settings for one, other in combinations(pages, 2) for settings in _numbers(one, other)), {})


def _range(page: Example) -> dict[str, Any]:
    """Write the settings of a range that was asked for in a header or a parameter, and answered as one."""
    asked = page.asked.get(RANGE, "")
    if page.total_header != CONTENT_RANGE:
        return {}
    if LIST.fullmatch(asked):
        return {"kind": "range", "json_in": RANGE}
    unit = UNIT.fullmatch(asked)
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
    numbers = {whole(asked.get(name, 1)) for asked in (first, second)}
    if None in numbers or len(numbers) == 1:
        return {}
    return {"kind": "page", "page": name, **_sized("size", roles), **({"first": 0} if 0 in numbers else {})}


def _offset(first: tuple[Mapping[str, Any], Example], second: tuple[Mapping[str, Any], Example]) -> dict[str, Any]:
    """Write the settings of an offset that goes on by what came; a first page without one may tell it in its answer."""
    roles = paging_words().roles({**first[0], **second[0]})
    if (name := roles.get("offset")) is None:
        return {}
    places = [(whole(asked[name]) if name in asked else _answered(page, name), page) for asked, page in (first, second)]
    (start, page), (after, _) = sorted(places, key=lambda place: place[0] or 0)
    if start is None or after is None or after - start != len(page.records):
        return {}
    base = {"first": 1} if start % len(page.records) == 1 and len(page.records) > 1 else {}
    return {"kind": "offset", "offset": name, **_sized("limit", roles), **base}


def _answered(page: Example, name: str) -> int:
    """Give the offset that an answer tells; 0 where it tells none."""
    numbers = (whole(value) for path, value in leaves(page.body) if bare(path.rpartition(".")[2]) == bare(name))
    return next(numbers, None) or 0


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
