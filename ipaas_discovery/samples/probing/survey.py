"""The pages a probe looks at: the first, the second and the last, the first again, all of them where they are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ipaas_discovery.errors import AbsentError, FetchError
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

__all__ = ["Counted", "Survey", "lists_in", "same", "take_survey"]

LARGE = 250
"""A page size for counting, if the system takes it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of different records that came, whether that was all, and how the end looked."""

    records: int
    complete: bool
    end: str
    twice: int = 0
    """Records that came more than once."""


@dataclass(slots=True)
class Survey:
    """The pages a probe has read of a collection; `builder` and `requester` let it look further."""

    builder: RequestBuilder
    requester: CappedRequester
    size: int
    first: Page
    second: Page | None = None
    last: Page | None = None
    counted: Counted | None = None
    records_path: str | None = None
    """The path of the records, if the connector names another one."""
    refused: FetchError | None = None
    """The error of the first page with the connector's paging, where only a call without it was answered."""
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Pages that should be there and were refused, as sentences."""
    hints: tuple[str, ...] = ()
    """Parameters that the system's own description lists for the call."""
    tried: list[str] = field(default_factory=list)
    """Ways to page that were tried in vain, in words."""
    totals: list[int] = field(default_factory=list)
    """The totals that the system reported, one for each unfiltered page."""

    def note_total(self, page: Page | None) -> Page | None:
        """Note the total that a page reports, and hand the page on."""
        total = self.builder.paging.records_total(page.answer) if page else None
        if total is not None:
            self.totals.append(total)
        return page

    @property
    def pages(self) -> list[Page]:
        """The first, the second and the last page, as far as they exist."""
        pages = [self.first]
        for page in (self.second, self.last):
            if page is not None and page.records and page.number not in {known.number for known in pages}:
                pages.append(page)
        return pages

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of these pages."""
        return [record for page in self.pages for record in page.records]

    @property
    def total(self) -> int | None:
        """The number of records that the system reports."""
        return self.builder.paging.records_total(self.first.answer)

    @property
    def step(self) -> int | None:
        """The size that further pages have to be asked for with, so that offsets leave no gaps."""
        return self.builder.paging.stride(self.size, len(self.first.records))

    @property
    def page_count(self) -> int | None:
        """The number of pages by the system's own report."""
        return self.builder.paging.page_count(self.first.answer, len(self.first.records))

    def ids(self, records: list[dict[str, Any]]) -> list[Any]:
        """List the ids of records, None where one has none."""
        return [at(record, self.builder.spec.id) for record in records]

    def plain(self, params: Mapping[str, str | int] | None = None) -> Call:
        """Build the call for the list without the connector's paging, with `params` alone."""
        return replace(self.builder.page(0, None), ask=self.builder.spec.asking(dict(params or {})))


def take_survey(connector: Connector, base_requester: Requester, collection: str, *, size: int, cap: int) -> Survey:
    """Read the first, second and last page.

    Raises:
        FetchError: if the system answers neither with the connector's paging nor without.
    """
    survey = _first(RequestBuilder(connector, collection), CappedRequester(base_requester, cap), base_requester, size)
    survey.note_total(survey.first)
    if survey.first.records and survey.refused is None:
        survey.second = survey.note_total(_wanted(survey, _following(survey)))
        count = survey.page_count
        if survey.builder.paging.numbered and count is not None and count > 2:  # noqa: PLR2004  the second was asked for
            survey.last = survey.note_total(_wanted(survey, survey.builder.page(count - 1, survey.step)))
    return survey


def _wanted(survey: Survey, call: Call | None) -> Page | None:
    """Get a page that should exist; if it does not come, that is noted."""
    if call is None:
        return None
    try:
        return survey.requester.ask(call)
    except FetchError as error:
        survey.missed.append(f"page {call.number} did not come: {error.what}")
        return None


def _following(survey: Survey) -> Call | None:
    count = survey.page_count
    return None if survey.builder.paging.numbered and count == 1 else _after(survey, survey.first, survey.step)


def _after(survey: Survey, page: Page, size: int | None) -> Call | None:
    """Build the call for the page after `page`; None at the end, and where none can be built, which is noted."""
    try:
        return survey.builder.after(page, size)
    except FetchError as error:
        if (message := f"page {page.number + 1} did not come: {error.what}") not in survey.missed:
            survey.missed.append(message)
        return None


def _first(builder: RequestBuilder, requester: CappedRequester, base_requester: Requester, size: int) -> Survey:
    """Read the first page; where the connector is wrong about its records or its paging, what can be had instead."""
    call = builder.page(0, size)
    bare = replace(call, ask=RequestParameters())
    try:
        return Survey(builder, requester, size, requester.ask(call))
    except FetchError as error:
        for number, attempt in enumerate((call, bare) if call.ask != RequestParameters() else (call,)):
            page = requester.attempt(replace(attempt, bare=True))
            if page is None or page.answer.trouble:
                continue
            path = _records_path(builder, page)
            if path is None:
                continue
            changed = _with_records(builder.connector, builder.collection, path)
            requester.send = replace(base_requester, connector=changed)
            first = replace(page, records=at(page.answer.body, path) if path else page.answer.body, call=attempt)
            other = None if path == builder.connector.records_of(builder.collection) else path
            return Survey(
                RequestBuilder(changed, builder.collection), requester, size, first, records_path=other,
                refused=error if number else None,
            )  # fmt: skip
        raise


def _records_path(builder: RequestBuilder, page: Page) -> str | None:
    """Find the records of an answer: the connector's path if a list is there, else the longest list of objects."""
    configured = builder.connector.records_of(builder.collection)
    if at(page.answer.body, configured) == []:
        return configured
    lists = sorted(lists_in(page.answer.body), key=lambda item: (-item[1], item[0]))
    if not lists:
        return None
    return configured if configured in dict(lists) else lists[0][0]


def lists_in(body: object, path: str = "") -> Iterator[tuple[str, int]]:
    """Yield the paths of lists of objects, with their lengths; not inside such lists.

    >>> list(lists_in({"result": {"rows": [{"id": 1}]}, "errors": []}))
    [('result.rows', 1)]
    """
    if isinstance(body, list):
        if body and all(isinstance(item, Mapping) for item in body):
            yield path, len(body)
    elif isinstance(body, Mapping):
        for key, value in body.items():
            yield from lists_in(value, f"{path}.{key}".lstrip("."))


def _with_records(connector: Connector, collection: str, path: str) -> Connector:
    spec = connector.collection(collection).model_copy(update={"records": path})
    return connector.model_copy(update={"collections": {**connector.collections, collection: spec}})


def same(left: Page | None, right: Page | None, path: str) -> bool:
    """Tell whether two pages hold the same records in the same order, by their ids where they have them."""
    if left is None or right is None:
        return False
    return keys(left.records, path) == keys(right.records, path)


def keys(records: list[dict[str, Any]], path: str) -> list[bytes]:
    """Encode what tells records apart: the id, else the whole record."""
    return [_key(record, path) for record in records]


def _key(record: Record, path: str) -> bytes:
    value = at(record, path)
    return content(record) if value is None else b"id:" + content(value)


def count(survey: Survey, reserve: int) -> Counted | None:
    """Count all records page by page, if that takes no more calls than are left over a reserve.

    The system's own total is not trusted: the end is a page that is short, empty, repeated or refused.
    """
    builder, requester = survey.builder, survey.requester
    if isinstance(builder.paging, NoPaging):
        return Counted(len(set(keys(survey.first.records, builder.spec.id))), complete=True, end="it does not page")
    size = LARGE if builder.paging.ask(0, LARGE) != builder.paging.ask(0, survey.size) else survey.size
    first = requester.attempt(builder.page(0, size)) if size != survey.size else survey.first
    if first is None or not first.records or len(first.records) < len(survey.first.records):
        first, size = survey.first, survey.size
    if survey.total is not None and survey.total > len(first.records) * max(0, requester.left - reserve):
        _capped(survey, first, size)
        return None
    sequence = SequentialPages(builder, size)
    sequence.take(first)
    step = builder.paging.stride(size, len(first.records))
    end = "nothing comes next"
    while sequence.stop is None and (call := _after(survey, sequence.pages[-1], step)) is not None:
        if requester.left <= reserve:
            return _counted(sequence, builder, "the probe's cap", complete=False)
        try:
            page = requester.ask(call)
        except FetchError as error:
            if not isinstance(error, AbsentError) and sequence.came != survey.total:
                survey.notes.append(f"the records could not be counted to their end: {error.what}")
                return _counted(sequence, builder, "a page that could not be read", complete=False)
            end = "a page past the end is refused"
            break
        survey.note_total(page)
        sequence.take(page)
    if any(page.records for page in sequence.pages[1:]):
        _capped(survey, first, size)
    return _counted(sequence, builder, sequence.stop.value if sequence.stop else end, complete=True)


def _capped(survey: Survey, first: Page, size: int) -> None:
    """Note a page that is smaller than was asked for, though there are more records."""
    if len(first.records) < size:
        survey.notes.append(f"at most {len(first.records)} records come at once, though {size} were asked for")


def _counted(sequence: SequentialPages, builder: RequestBuilder, end: str, *, complete: bool) -> Counted:
    record_keys = [key for page in sequence.pages for key in keys(page.records, builder.spec.id)]
    return Counted(len(set(record_keys)), complete, end, len(record_keys) - len(set(record_keys)))
