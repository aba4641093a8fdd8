"""Child collections: lists inside the parent's records, or one call and more for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any
from urllib.parse import quote

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.sequential import SequentialPages
from ipaas_discovery.samples.requests.page import Call
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Steps
from ipaas_discovery.samples.sample import Record, Sample, Stop, Stratum
from ipaas_discovery.systems.answers.json_path import values_at

__all__ = ["embedded", "read_children"]


def embedded(system: str, asker: RequestBuilder, parent: Sample) -> Sample:
    """The elements of a list inside the parent's records."""
    path = (asker.spec.embedded or "").removesuffix("[]")
    found = [list(_inside(record, path)) for record in parent.records]
    pairs = [(asker.key(record), item) for record, items in zip(parent.records, found, strict=True) for item in items]
    ends = list(accumulate((size for _, size in parent.parts), initial=0))
    sizes = [sum(map(len, found[start:end])) for start, end in pairwise(ends)]
    return Sample(
        system,
        asker.collection,
        tuple(item for _, item in pairs),
        parent.stop,
        total=len(pairs) if parent.total == len(parent) else None,
        pages=parent.pages,
        parents=tuple(key for key, _ in pairs),
        taken=parent.taken,
        sizes=tuple(sizes[: len(parent.pages)]),
        strata=_strata(parent, sizes) if sizes else (),
    )


def _inside(record: Record, path: str) -> Iterator[dict[str, Any]]:
    """The objects at a path of a record, one by one where it is a list of them."""
    for value in values_at(record, path):
        yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def _strata(parent: Sample, sizes: list[int]) -> tuple[Stratum, ...]:
    """The parent's strata with the numbers of elements in them."""
    spread = len(parent.pages)
    counts = [sum(sizes[:spread]), *sizes[spread:]]
    return tuple(replace(each, records=count) for each, count in zip(parent.strata, counts, strict=False))


def read_children(system: str, asker: RequestBuilder, parent: Sample, most_pages: int) -> Steps:
    """The steps that ask for each parent record's children, each list followed to its end; the same call once."""
    asked = _unique(_calls(asker, parent.records))
    kept = _spaced(asked, asker.connector.limits.parents)
    notes = [f"{len(kept)} of {len(asked)} parents were asked"] if len(kept) < len(asked) else []
    trails = [SequentialPages(asker, None) for _ in kept]
    calls = {number: _call(asker, path, key) for number, (path, key) in enumerate(kept.items())}
    stop: Stop | None = None
    requests, absent = 0, list[FetchError]()
    while calls and stop is None:
        batch = yield list(calls.values())
        requests, stop = requests + batch.answered, batch.stop
        for place, (number, page) in enumerate(zip(calls, batch.pages, strict=True)):
            if page is not None:
                trails[number].take(page)
            elif place in batch.refused:
                trails[number].miss(batch.refused[place])
                absent += [] if trails[number].pages else [batch.refused[place]]
        ahead = {number: trails[number].next() for number in calls}
        calls = {number: each for number, each in ahead.items() if each and len(trails[number].pages) < most_pages}
        cut = sum(each is not None and number not in calls for number, each in ahead.items())
        if cut:
            notes.append(f"{cut} parents have more than {most_pages} pages")
    pages = [page for trail in trails for page in trail.pages]
    if absent and len(absent) == len(kept):
        raise absent[0]  # not one parent has any: the path is wrong
    pairs = [(page.call.parent, record) for page in pages for record in page.records]
    complete = not notes and stop is None
    if absent:
        notes.append(f"{len(absent)} of {len(kept)} parents have none: the system says that they are not there")
    return Sample(
        system,
        asker.collection,
        tuple(record for _, record in pairs),
        stop or (Stop.PARENTS if complete else Stop.CAP),
        total=len(pairs) if complete and parent.total == len(parent) else None,
        parents=tuple(key for key, _ in pairs),
        taken=max((page.answer.date for page in pages), default=parent.taken),
        requests=requests,
        notes=tuple(notes),
    )


def _call(asker: RequestBuilder, path: str, key: object) -> Call:
    return Call(asker.collection, path, asker.paging.ask(0, None), 1, optional=True, parent=key)


def _calls(asker: RequestBuilder, records: Iterable[Record]) -> Iterator[tuple[str, Any]]:
    """The path to ask for each parent record, with the parent's key; records that lack a value are passed over."""
    spec = asker.spec
    for record in records:
        key = asker.key(record)
        if spec.link is not None:
            yield from ((str(url), key) for url in values_at(record, spec.link))
            continue
        for value in values_at(record, spec.placeholders[0]) if spec.placeholders else []:
            yield (spec.list or "").replace("{" + spec.placeholders[0] + "}", quote(str(value), safe="")), key


def _spaced(asked: dict[str, Any], most: int) -> dict[str, Any]:
    """At most so many calls, spread evenly over all: the first parents alone would be one stretch of time."""
    if len(asked) <= most:
        return asked
    positions = Plan(pages=most).positions(len(asked))
    calls = list(asked.items())
    return dict(calls[position] for position in positions)


def _unique(calls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each path once, with the first parent that asks for it."""
    found: dict[str, Any] = {}
    for path, key in calls:
        found.setdefault(path, key)
    return found
