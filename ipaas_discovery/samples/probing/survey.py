"""The pages a probe looks at: the first, the second and the last, the first again, all of them where they are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.probing.probe_requests import CappedRequester
from ipaas_discovery.samples.pulling.sequential import SequentialPages
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.paging import NoPaging
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["Counted", "Survey", "lists_in", "same", "survey"]

LARGE = 250
"""A page size for counting, if the system takes it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many different records came, whether that was all, and how the end looked."""

    records: int
    complete: bool
    end: str
    twice: int = 0
    """Records that came more often than once."""


@dataclass(slots=True)
class Survey:
    """What a probe has seen of a collection; `builder` and `gentle` let it look further."""

    builder: RequestBuilder
    gentle: CappedRequester
    size: int
    first: Page
    second: Page | None = None
    last: Page | None = None
    counted: Counted | None = None
    records_path: str | None = None
    """Where the records were, where the connector names another place."""
    refused: FetchError | None = None
    """The error of the first page with the connector's paging, where only a call without it was answered."""
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Pages that should be there and were refused, as sentences."""
    totals: list[int] = field(default_factory=list)
    """What the system said it has, each time an unfiltered page came."""

    def heard(self, page: Page | None) -> Page | None:
        """`page`, the total that it tells remembered."""
        total = self.builder.paging.records_total(page.answer) if page else None
        if total is not None:
            self.totals.append(total)
        return page

    @property
    def pages(self) -> list[Page]:
        """The first, the second and the last page, as far as they are."""
        found = [self.first]
        for page in (self.second, self.last):
            if page is not None and page.records and page.number not in {each.number for each in found}:
                found.append(page)
        return found

    @property
    def records(self) -> list[dict[str, Any]]:
        """Their records."""
        return [record for page in self.pages for record in page.records]

    @property
    def total(self) -> int | None:
        """What the system says it has."""
        return self.builder.paging.records_total(self.first.answer)

    @property
    def step(self) -> int | None:
        """The size that further pages have to be asked for with, so that offsets leave no gaps."""
        return self.builder.paging.stride(self.size, len(self.first.records))

    @property
    def page_count(self) -> int | None:
        """What that is in pages."""
        return self.builder.paging.page_count(self.first.answer, len(self.first.records))

    def ids(self, records: list[dict[str, Any]]) -> list[Any]:
        """The ids of records, None where one has none."""
        return [at(record, self.builder.spec.id) for record in records]

    def plain(self, params: Mapping[str, str | int] | None = None) -> Call:
        """The call for the list without the connector's paging, with `params` alone."""
        return replace(self.builder.page(0, None), ask=self.builder.spec.asking(dict(params or {})))


def survey(connector: Connector, caller: Requester, collection: str, *, size: int, cap: int) -> Survey:
    """Look at the first, second and last page.

    Raises:
        FetchError: if the system answers neither with the connector's paging nor without.
    """
    seen = _first(RequestBuilder(connector, collection), CappedRequester(caller, cap), caller, size)
    seen.heard(seen.first)
    if seen.first.records and seen.refused is None:
        seen.second = seen.heard(_wanted(seen, _following(seen)))
        count = seen.page_count
        if seen.builder.paging.numbered and count is not None and count > 2:  # noqa: PLR2004  the second was asked for
            seen.last = seen.heard(_wanted(seen, seen.builder.page(count - 1, seen.step)))
    return seen


def _wanted(seen: Survey, call: Call | None) -> Page | None:
    """A page that should be there; if it does not come, that is kept."""
    if call is None:
        return None
    try:
        return seen.gentle.ask(call)
    except FetchError as error:
        seen.missed.append(f"page {call.number} did not come: {error.what}")
        return None


def _following(seen: Survey) -> Call | None:
    count = seen.page_count
    return None if seen.builder.paging.numbered and count == 1 else _after(seen, seen.first, seen.step)


def _after(seen: Survey, page: Page, size: int | None) -> Call | None:
    """The call for the page after `page`; None at the end, and where what should lead there does not, which is kept."""
    try:
        return seen.builder.after(page, size)
    except FetchError as error:
        if (said := f"page {page.number + 1} did not come: {error.what}") not in seen.missed:
            seen.missed.append(said)
        return None


def _first(builder: RequestBuilder, gentle: CappedRequester, caller: Requester, size: int) -> Survey:
    """The first page; where the connector is wrong about its records or its paging, what can be had instead."""
    call = builder.page(0, size)
    bare = replace(call, ask=RequestParameters())
    try:
        return Survey(builder, gentle, size, gentle.ask(call))
    except FetchError as error:
        for number, each in enumerate((call, bare) if call.ask != RequestParameters() else (call,)):
            page = gentle.attempt(replace(each, bare=True))
            if page is None:
                continue
            path = _records_path(builder, page)
            if path is None:
                continue
            changed = _with_records(builder.connector, builder.collection, path)
            gentle.send = replace(caller, connector=changed)
            found = replace(page, records=at(page.answer.body, path) if path else page.answer.body, call=each)
            other = None if path == builder.connector.records_of(builder.collection) else path
            return Survey(
                RequestBuilder(changed, builder.collection), gentle, size, found, records_path=other,
                refused=error if number else None,
            )  # fmt: skip
        raise


def _records_path(builder: RequestBuilder, page: Page) -> str | None:
    """Where an answer holds records: the connector's place if it holds them, else the longest list of objects."""
    configured = builder.connector.records_of(builder.collection)
    lists = sorted(lists_in(page.answer.body), key=lambda each: (-each[1], each[0]))
    if not lists:
        return None
    return configured if configured in dict(lists) else lists[0][0]


def lists_in(body: object, path: str = "") -> Iterator[tuple[str, int]]:
    """Places that hold lists of objects, with their lengths; not inside such lists.

    >>> list(lists_in({"result": {"rows": [{"id": 1}]}, "errors": []}))
    [('result.rows', 1)]
    """
    if isinstance(body, list):
        if body and all(isinstance(each, Mapping) for each in body):
            yield path, len(body)
    elif isinstance(body, Mapping):
        for key, value in body.items():
            yield from lists_in(value, f"{path}.{key}".lstrip("."))


def _with_records(connector: Connector, collection: str, path: str) -> Connector:
    spec = connector.collection(collection).model_copy(update={"records": path})
    return connector.model_copy(update={"collections": {**connector.collections, collection: spec}})


def same(left: Page | None, right: Page | None, path: str) -> bool:
    """Whether two pages hold the same records in the same order, by their ids where they have them."""
    if left is None or right is None:
        return False
    return keys(left.records, path) == keys(right.records, path)


def keys(records: list[dict[str, Any]], path: str) -> list[bytes]:
    """What tells records apart: the id, else the whole record."""
    return [_key(record, path) for record in records]


def _key(record: Record, path: str) -> bytes:
    value = at(record, path)
    return content(record) if value is None else b"id:" + content(value)


def count(seen: Survey, reserve: int) -> Counted | None:
    """All records, counted page by page, if that takes no more calls than are left over a reserve.

    The system's own total is not believed: the end is a page that is short, empty, repeated or refused.
    """
    builder, gentle = seen.builder, seen.gentle
    if isinstance(builder.paging, NoPaging):
        return Counted(len(set(keys(seen.first.records, builder.spec.id))), complete=True, end="it does not page")
    size = LARGE if builder.paging.ask(0, LARGE) != builder.paging.ask(0, seen.size) else seen.size
    first = gentle.attempt(builder.page(0, size)) if size != seen.size else seen.first
    if first is None or not first.records or len(first.records) < len(seen.first.records):
        first, size = seen.first, seen.size
    if seen.total is not None and seen.total > len(first.records) * max(0, gentle.left - reserve):
        _capped(seen, first, size)
        return None
    trail = SequentialPages(builder, size)
    trail.take(first)
    step = builder.paging.stride(size, len(first.records))
    end = "nothing comes next"
    while trail.stop is None and (call := _after(seen, trail.pages[-1], step)) is not None:
        if gentle.left <= reserve:
            return _counted(trail, builder, "the probe's cap", complete=False)
        page = seen.heard(gentle.attempt(call))
        if page is None:
            end = "a page past the end is refused"
            break
        trail.take(page)
    if any(page.records for page in trail.pages[1:]):
        _capped(seen, first, size)
    return _counted(trail, builder, trail.stop.value if trail.stop else end, complete=True)


def _capped(seen: Survey, first: Page, size: int) -> None:
    """Note a page that is smaller than was asked for, though there are more records."""
    if len(first.records) < size:
        seen.notes.append(f"at most {len(first.records)} records come at once, though {size} were asked for")


def _counted(trail: SequentialPages, builder: RequestBuilder, end: str, *, complete: bool) -> Counted:
    found = [key for page in trail.pages for key in keys(page.records, builder.spec.id)]
    return Counted(len(set(found)), complete, end, len(found) - len(set(found)))
