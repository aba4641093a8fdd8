"""One call, and the page of records that it brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.notes import Note
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["Call", "LazyPage", "Page"]


@dataclass(frozen=True, slots=True)
class Call:
    """One request for one page of a collection.

    `number` is the page's number, counted from 1; 0 where it has none. `optional` calls may be refused
    without ending the pull. `fixed` calls carry the collection's fixed query; a URL from an answer does not.
    `parent` is the key of the parent record that a child's call belongs to. A `bare` call brings no records; its
    `method` may be HEAD, where headers alone are wanted.
    """

    collection: str
    path: str
    ask: RequestParameters = field(default_factory=RequestParameters)
    number: int = 0
    optional: bool = False
    fixed: bool = True
    bare: bool = False
    parent: Any = None
    method: Literal["GET", "HEAD"] = "GET"


@dataclass(frozen=True, slots=True)
class Page:
    """One page's answer, the call that brought it, the records it held, and the oddities of both."""

    call: Call
    answer: Answer
    records: list[dict[str, Any]]
    notes: tuple[Note, ...] = ()

    @property
    def number(self) -> int:
        """The page's number, counted from 1."""
        return self.call.number


class LazyPage:
    """A page that has arrived and is not parsed yet.

    Calling it parses it, once, so that the thread that waited for the answer need not do it.
    """

    def __init__(self, read: Callable[[], Page]) -> None:
        self._read: Callable[[], Page] | None = read
        self._page: Page | None = None
        self._error: Exception | None = None

    def __call__(self) -> Page:
        """Give the page, parsed at the first call.

        Raises:
            FetchError: if the answer does not hold one.
        """
        if self._read is not None:
            read, self._read = self._read, None
            try:
                self._page = read()
            except Exception as error:  # noqa: BLE001  raised right below, and whenever the page is asked for
                self._error = error
        if self._error is not None:
            raise self._error
        assert self._page is not None  # noqa: S101  else there is an error
        return self._page
