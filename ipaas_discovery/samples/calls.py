"""One call and the page it brings: what a collection's connector settings amount to, request by request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import urljoin

import msgspec

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answer import Answer, at, records_at
from ipaas_discovery.systems.ask import Ask
from ipaas_discovery.systems.client import Client
from ipaas_discovery.systems.collection import CollectionSpec
from ipaas_discovery.systems.connector import Connector
from ipaas_discovery.systems.paging import Paging

__all__ = ["Asker", "Call", "Caller", "Door", "Page", "Seen", "Unread", "content"]


@dataclass(frozen=True, slots=True)
class Call:
    """One request for one page of a collection.

    `number` is the page's as people count it, from 1; 0 where it has none. `optional` calls may be refused
    without ending the pull. `fixed` calls carry the collection's fixed query; a URL from an answer does not.
    `parent` is the key of the parent record that a child's call belongs to. A `bare` call brings no records.
    """

    collection: str
    path: str
    ask: Ask = field(default_factory=Ask)
    number: int = 0
    optional: bool = False
    fixed: bool = True
    bare: bool = False
    parent: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page's answer, the call that brought it, and the records it held."""

    call: Call
    answer: Answer
    records: list[dict[str, Any]]

    @property
    def number(self) -> int:
        """The page's number as people count it."""
        return self.call.number


class Unread:
    """A page that is here and not parsed yet. Calling it parses it, once: who waits for pages leaves that to others."""

    def __init__(self, read: Callable[[], Page]) -> None:
        self._read: Callable[[], Page] | None = read
        self._page: Page | None = None

    def __call__(self) -> Page:
        """The page.

        Raises:
            FetchError: if the answer does not hold one.
        """
        if self._page is None:
            assert self._read is not None  # noqa: S101  one of the two is there
            self._page, self._read = self._read(), None
        return self._page


class Door(Protocol):
    """What sends a call: a `Caller`, or one that counts what it sends."""

    def __call__(self, call: Call) -> Page:
        """The page that `call` brings."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Sends calls through the client, by GET or where the collection is searched by POST, and finds their records."""

    connector: Connector
    client: Client
    on_page: Callable[[str, int], None] | None = None

    def __call__(self, call: Call) -> Page:
        """The page that `call` brings.

        Raises:
            FetchError: if the system does not give it.
        """
        return self.fetch(call)()

    def fetch(self, call: Call) -> Unread:
        """The same, once the answer is here; it is parsed when the result is called."""
        return Unread(partial(self._page, call, self._answer(call)))

    def _page(self, call: Call, read: Callable[[], Answer]) -> Page:
        answer = read()
        records: list[dict[str, Any]] = []
        if not call.bare:
            single = self.connector.collection(call.collection).single
            records = records_at(answer, self.connector.records_of(call.collection), single=single)
            if self.on_page:
                self.on_page(call.collection, len(records))
        return Page(call, answer, records)

    def _answer(self, call: Call) -> Callable[[], Answer]:
        spec = self.connector.collection(call.collection)
        fixed = spec.query if call.fixed else {}
        params = {**fixed, **call.ask.params} or None
        if spec.search is None or call.path != spec.search.path:
            path = self.client.linked(call.path) if spec.link or not (call.fixed or call.bare) else call.path
            return self.client.fetch(path, params, headers=call.ask.headers)
        found = self.client.search(call.path, spec.search.payload(call.ask), params, headers=call.ask.headers)
        return lambda: found


@dataclass(frozen=True, slots=True)
class Asker:
    """Makes the calls for one collection that has a list or a search of its own."""

    connector: Connector
    collection: str

    @property
    def spec(self) -> CollectionSpec:
        """The collection's settings."""
        return self.connector.collection(self.collection)

    @property
    def paging(self) -> Paging:
        """How it pages."""
        return self.connector.paging_of(self.collection)

    def page(self, position: int, size: int | None, more: Ask | None = None, *, optional: bool = False) -> Call:
        """The call for the page at `position`, counted from 0; `more` is a sort order or a filter."""
        ask = self.paging.ask(position, size) | (more or Ask())
        path = self.spec.search.path if self.spec.search is not None else self.spec.list or ""
        return Call(self.collection, path, ask, position + 1, optional=optional)

    def after(self, page: Page, size: int | None, more: Ask | None = None) -> Call | None:
        """The call for what comes after `page`: the next number, or what its answer says; None at the end.

        Whether a numbered page is the last one is for its reader to say.
        """
        call = replace(page.call, number=page.number + 1)
        if self.paging.numbered:
            size = self.paging.step(size, len(page.records))
            return replace(call, ask=self.paging.ask(page.number, size) | (more or Ask()))
        following = self.paging.following(page.answer)
        if isinstance(following, str):
            return replace(
                call, path=urljoin(page.call.path, following), ask=Ask(headers=page.call.ask.headers), fixed=False
            )
        return None if following is None else replace(call, ask=self.paging.ask(0, size) | (more or Ask()) | following)

    def count(self) -> Call | None:
        """The call that tells the collection's size, where the connector names one."""
        return Call(self.collection, self.spec.count, bare=True, fixed=False) if self.spec.count else None

    def counted(self, page: Page | None) -> int | None:
        """The size that the count call told."""
        value = at(page.answer.body, self.spec.count_at) if page else None
        return value if isinstance(value, int) else None

    def key(self, record: Record) -> Any:  # noqa: ANN401  ids are numbers or text
        """The parent's key of a record of the parent collection."""
        if self.spec.parent is None:
            raise ConfigurationError("A collection without a parent has no parent's key")
        return at(record, self.connector.collection(self.spec.parent).id)


class Seen:
    """Knows a page of records that came before, exactly, at the price of its first and last record."""

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._marks: dict[tuple[int, bytes, bytes], list[list[dict[str, Any]]]] = {}
        for page in pages:
            self.repeats(page)

    def repeats(self, page: Page) -> bool:
        """Whether an earlier page held the same records; this one is remembered. Empty pages repeat nothing."""
        if not page.records:
            return False
        mark = (len(page.records), content(page.records[0]), content(page.records[-1]))
        alike = self._marks.setdefault(mark, [])
        if any(each == page.records for each in alike):
            return True
        alike.append(page.records)
        return False


def content(record: object) -> bytes:
    """Equal for equal JSON, whatever the order of its keys."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except (OverflowError, msgspec.MsgspecError):  # integers past 64 bits
        return repr(record).encode()
