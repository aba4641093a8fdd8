"""The calls for one collection, built from its connector settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answers.json_path import at, number_at, whole
from ipaas_discovery.systems.connectors.collection import HEAD, CollectionSpec
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.paging import OffsetPaging, Paging
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters
from ipaas_discovery.systems.http.addresses import followed

__all__ = ["RequestBuilder"]


@dataclass(frozen=True, slots=True)
class RequestBuilder:
    """Builds the calls for one collection that has a list or a search of its own."""

    connector: Connector
    collection: str

    @property
    def spec(self) -> CollectionSpec:
        """The collection's settings."""
        return self.connector.collection(self.collection)

    @property
    def paging(self) -> Paging:
        """The way the collection pages."""
        return self.connector.paging_of(self.collection)

    def page(
        self, position: int, size: int | None, more: RequestParameters | None = None, *, optional: bool = False
    ) -> Call:
        """Build the call for the page at `position`, counted from 0; `more` is a sort order or a filter."""
        ask = self.paging.ask(position, size) | (more or RequestParameters())
        path = self.spec.search.path if self.spec.search is not None else self.spec.list or ""
        return Call(self.collection, path, ask, position + 1, optional=optional)

    def after(self, page: Page, size: int | None, more: RequestParameters | None = None) -> Call | None:
        """Build the call for what comes after `page`: the next number, or what its answer says; None at the end.

        A numbered page always has a next one here: its reader has to know where the list ends.
        """
        call = replace(page.call, number=page.number + 1)
        if self.paging.numbered:
            return replace(call, ask=self.paging.ask(page.number, size) | (more or RequestParameters()))
        following = self.paging.following(page.answer)
        if isinstance(following, str) and self.paging.keep_host:
            following = urlsplit(following)._replace(scheme="", netloc="").geturl()
        if isinstance(following, str):
            return replace(
                call,
                path=followed(page.call.path, following),
                ask=RequestParameters(headers=page.call.ask.headers),
                fixed=False,
            )
        return (
            None
            if following is None
            else replace(call, ask=self.paging.ask(0, size) | (more or RequestParameters()) | following)
        )

    def rest_of(self, page: Page, size: int | None) -> Call | None:
        """Build the call for what a page by offset lacks of `size` records; None where it is full or has no offset."""
        lacking = (size or 0) - len(page.records)
        if not isinstance(self.paging, OffsetPaging) or lacking <= 0 or not page.records:
            return None
        offset = self.paging.offset_of(page.call.ask) + len(page.records)
        return replace(page.call, ask=page.call.ask | self.paging.at_offset(offset, lacking), optional=True)

    def count(self) -> Call | None:
        """Build the call that gives the collection's size, where the connector names one."""
        if self.spec.count is None:
            return None
        path = self.spec.count.removeprefix(HEAD)
        method: Literal["GET", "HEAD"] = "GET" if path == self.spec.count else "HEAD"
        return Call(self.collection, path, bare=True, fixed=False, method=method)

    def counted(self, page: Page | None) -> int | None:
        """Read the size from the answer to the count call."""
        if page is None:
            return None
        body = page.answer.body
        return whole(body) if isinstance(body, int) else number_at(page.answer, self.spec.count_at)

    def key(self, record: Record) -> Any:  # noqa: ANN401  ids are numbers or text
        """Give the parent's key of a record of the parent collection."""
        if self.spec.parent is None:
            raise ConfigurationError("A collection without a parent has no parent's key")
        return at(record, self.connector.collection(self.spec.parent).id)
