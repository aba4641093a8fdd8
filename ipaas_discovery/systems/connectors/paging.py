"""Paging styles as settings, with the few answers that one loop needs of them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import at, is_true, lookup, number_at, whole
from ipaas_discovery.systems.answers.links import is_link
from ipaas_discovery.systems.answers.signs import estimate, lower_bound
from ipaas_discovery.systems.connectors.request_parameters import (
    Params,
    RequestParameters,
    listed,
    nested,
    value_in,
)

__all__ = [
    "CursorPaging",
    "GraphQLPaging",
    "LinkPaging",
    "NextPaging",
    "NoPaging",
    "OffsetPaging",
    "PagePaging",
    "Paging",
    "RangePaging",
    "RequestParameters",
    "joined_pattern",
]


JOINED = r"^[^=]+=.*\{offset\}"
"""A parameter whose value holds the place of the offset."""
HEADER = "header:"
"""Prefix of a header's name where the name of a parameter could stand as well."""


class _Paging(BaseModel):
    """The questions that the paging loop asks of every style; a style overrides those it can answer.

    A parameter called `header:NAME` is a header; a dotted name in a body may hold positions in lists: `args[1].limit`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    total: str | None = None
    """Path of the number of records in an answer: a dotted body path, `header:NAME` or `header:NAME#member`.

    Of `Content-Range` it is the number behind the slash.
    """
    in_body: bool = False
    """True if the parameters stand in the body of a POST; dotted names nest: `variables.after`."""
    json_in: str | None = None
    """Name of the one parameter whose value is JSON that holds the others: `filter={"limit":25,"skip":50}`."""
    keep_host: bool = False
    """True if the host in a link to the next page is ignored: some systems write an inner name of their own there."""

    @property
    def numbered(self) -> bool:
        """True if any page can be asked for by its position."""
        return False

    def params(self, position: int, size: int | None) -> Params:
        """Name the parameters of the page at `position`, counted from 0."""
        return {}

    def ask(self, position: int, size: int | None) -> RequestParameters:
        """Build the request of the page at `position`, counted from 0, its parameters where they belong."""
        return self._placed(self.params(position, size))

    def stride(self, size: int | None, came: int) -> int | None:
        """Return the size of further pages, after a first page of `size` returned `came` records."""
        return size

    def following(self, answer: Answer) -> str | RequestParameters | None:
        """Return the request after `answer`: a URL, parameters to add to the first request, or None at the end."""
        return None

    def records_total(self, answer: Answer) -> int | None:
        """Return the number of records in the collection, if the answer names it, and no bound or estimate of it."""
        return self._total_at(answer, self.total)

    def _total_at(self, answer: Answer, place: str | None) -> int | None:
        total = number_at(answer, place)
        if total is None or lower_bound(answer) or estimate(answer) or paging_words().is_estimate(place or ""):
            return None
        return total

    def page_count(self, answer: Answer, records: int) -> int | None:
        """Return the number of pages with `records` records each, if the answer names it."""
        total = self.records_total(answer)
        return math.ceil(total / records) if total is not None and records else None

    def _placed(self, params: Params) -> RequestParameters:
        """Put parameters where they belong: headers, the body, one parameter of the query, or the query."""
        headers = {name.removeprefix(HEADER): str(value) for name, value in params.items() if name.startswith(HEADER)}
        rest = {name: value for name, value in params.items() if not name.startswith(HEADER)}
        if self.json_in is not None:
            return RequestParameters({self.json_in: _json(listed(nested(rest)))} if rest else {}, headers=headers)
        return (
            RequestParameters(body=nested(rest), headers=headers)
            if self.in_body
            else RequestParameters(rest, headers=headers)
        )


class PagePaging(_Paging):
    """Page numbers, with or without a page size."""

    kind: Literal["page"]
    page: str = "page"
    """Name of the parameter for the page's number."""
    size: str | None = None
    """Name of the parameter for the records of a page."""
    first: int = 1
    """The number of the first page."""
    pages: str | None = None
    """Path of the number of pages in an answer, written like `total`."""

    @property
    def numbered(self) -> bool:
        """True: any page can be asked for."""
        return True

    def params(self, position: int, size: int | None) -> Params:
        """Name the page number, and the size if the API takes one."""
        return {self.page: position + self.first, **self._sized(size)}

    def without_number(self, size: int | None) -> RequestParameters:
        """Build the request for what comes where no page is named, the size alone."""
        return self._placed(self._sized(size))

    def _sized(self, size: int | None) -> Params:
        return {self.size: size} if self.size and size else {}

    def page_count(self, answer: Answer, records: int) -> int | None:
        """Return the count that the answer names, else the one that follows from its total."""
        named = number_at(answer, self.pages)
        return named if named is not None else super().page_count(answer, records)


class OffsetPaging(_Paging):
    """An offset in records, and a limit."""

    kind: Literal["offset"]
    offset: str = "offset"
    """Name of the parameter for the position of the page's first record."""
    limit: str = "limit"
    """Name of the parameter for the records of a page."""
    default_limit: int = 50
    """Records of a page where nothing else is asked for."""
    first: int = 0
    """The offset of the first record: some systems count from 1."""
    joined: Annotated[str, Field(pattern=JOINED)] | None = None
    """The one parameter that holds both, and its value: `limit={offset},{limit}`; `{last}` is the last position.

    A text of a query language can be one: `query=select * from Item startposition {offset} maxresults {limit}`.
    """

    @property
    def numbered(self) -> bool:
        """True: any page can be asked for."""
        return True

    def params(self, position: int, size: int | None) -> Params:
        """Name the offset of the page's first record, and the limit."""
        limit = size or self.default_limit
        return self._joined(self.first + position * limit, limit)

    def at_offset(self, offset: int, limit: int) -> RequestParameters:
        """Build the parameters for `limit` records from an offset on."""
        return self._placed(self._joined(offset, limit))

    def offset_of(self, ask: RequestParameters) -> int:
        """Return the offset that parameters ask for."""
        name, _, form = (self.joined or self.offset).partition("=")
        if name.startswith(HEADER):
            value: object = ask.headers.get(name.removeprefix(HEADER))
        elif self.json_in is not None:
            value = at(json.loads(str(ask.params.get(self.json_in, "{}"))), name)
        else:
            value = value_in(ask.body, name) if self.in_body else ask.params.get(name)
        joined = re.fullmatch(joined_pattern(form), str(value)) if form else None
        return whole(joined["offset"] if joined else value) or 0

    def _joined(self, offset: int, limit: int) -> Params:
        """Name an offset and a limit, in one parameter where they are joined."""
        if self.joined is None:
            return {self.offset: offset, self.limit: limit}
        name, _, form = self.joined.partition("=")
        for word, number in (("offset", offset), ("limit", limit), ("last", offset + limit - 1)):
            form = form.replace(f"{{{word}}}", str(number))
        return {name: form}

    def stride(self, size: int | None, came: int) -> int | None:
        """Return the number of records that came: an offset of another size would leave gaps or repeat records."""
        return came or size


class RangePaging(_Paging):
    """A range of positions, and the total in `Content-Range`.

    The range stands in a header as `items=0-24`, or as the list `[0,24]` in the parameter that `json_in` names.
    """

    kind: Literal["range"]
    unit: str = "items"
    """The word before the range; `0-24` alone is sent if it is empty."""
    header: str = "Range"
    """The header that holds it."""
    default_size: int = 25
    """Records of a page where nothing else is asked for."""

    @property
    def numbered(self) -> bool:
        """True: any page can be asked for."""
        return True

    def ask(self, position: int, size: int | None) -> RequestParameters:
        """Name the first and the last position of the page, both counted from 0."""
        many = size or self.default_size
        first, last = position * many, (position + 1) * many - 1
        if self.json_in is not None:
            return RequestParameters({self.json_in: _json([first, last])})
        return RequestParameters(headers={self.header: f"{f'{self.unit}=' if self.unit else ''}{first}-{last}"})

    def stride(self, size: int | None, came: int) -> int | None:
        """Return the number of records that came, so that ranges leave no gaps."""
        return came or size

    def records_total(self, answer: Answer) -> int | None:
        """Return the number that the connector names, else the one behind the slash of `Content-Range`."""
        return self._total_at(answer, self.total or "header:Content-Range")


class CursorPaging(_Paging):
    """An opaque cursor in one answer that asks for the next page."""

    kind: Literal["cursor"]
    cursor: str = "cursor"
    """Name of the parameter for the cursor."""
    next: str
    """Path of the cursor in an answer, written like `total`; the last record's id is `data[-1].id`."""
    more: str | None = None
    """Path of the flag that more pages follow, written like `total`, for APIs that give a cursor at the end too."""
    size: str | None = None
    """Name of the parameter for the records of a page."""

    def params(self, position: int, size: int | None) -> Params:
        """Name the size alone: the first page has no cursor."""
        return {self.size: size} if self.size and size else {}

    def following(self, answer: Answer) -> str | RequestParameters | None:
        """Return the next cursor as a parameter.

        Raises:
            ResponseError: if the answer says that there is more, but holds no cursor.
        """
        value = lookup(answer, self.next)
        if self.more is not None and not is_true(lookup(answer, self.more)):
            return None
        if self.more is not None and not value:
            then = "correct `next`; where the last record's id is the cursor, write it like `data[-1].id`"
            message = f"`{self.more}` says that there is more, and `{self.next}` holds no cursor to it"
            raise ResponseError(message, where=answer.request, then=then)
        return self._placed({self.cursor: value}) if value else None


class GraphQLPaging(_Paging):
    """A GraphQL connection: `first` and `after` among the query's variables, `pageInfo` in the answer.

    The query has to ask for `pageInfo { hasNextPage endCursor }` beside its `nodes`.
    """

    kind: Literal["graphql"]
    connection: str = ""
    """Path of the connection, such as `data.orders`. Defaults to the object that holds the records."""
    first: str = "first"
    """Name of the variable for the records of a page."""
    after: str = "after"
    """Name of the variable for the cursor."""
    default_first: int = 50
    """Records of a page where nothing else is asked for."""
    in_body: Literal[True] = True
    """Always true: the variables stand in the body."""

    def params(self, position: int, size: int | None) -> Params:
        """Name the size, which a connection cannot do without."""
        return {f"variables.{self.first}": size or self.default_first}

    def following(self, answer: Answer) -> str | RequestParameters | None:
        """Return the end cursor of this page as the variable that asks for the next one.

        Raises:
            ResponseError: if the query does not ask for it: all pages but the first would be lost unnoticed.
        """
        connection = at(answer.body, self.connection)
        if not isinstance(connection, Mapping):
            return None
        page = connection.get("pageInfo")
        if not isinstance(page, Mapping) or (is_true(page.get("hasNextPage", True)) and not page.get("endCursor")):
            then = "let the query ask for `pageInfo { hasNextPage endCursor }` beside the records"
            message = f"Nothing at `{self.connection}.pageInfo` says where the next page begins"
            raise ResponseError(message, where=answer.request, then=then)
        if not page.get("hasNextPage", True):
            return None
        return self._placed({f"variables.{self.after}": page["endCursor"]})


class NextPaging(_Paging):
    """The URL of the next page in the body."""

    kind: Literal["next"]
    next: str = "next"
    """Path of the URL in an answer, written like `total`."""
    size: str | None = None
    """Name of the parameter for the records of a page."""

    def params(self, position: int, size: int | None) -> Params:
        """Name the size alone: later pages come by URL."""
        return {self.size: size} if self.size and size else {}

    def following(self, answer: Answer) -> str | RequestParameters | None:
        """Return the URL as the answer writes it.

        Raises:
            ResponseError: if the value is no address, such as a number: the lost pages would go unnoticed.
        """
        value = lookup(answer, self.next)
        if not value or is_link(value):
            return value or None
        shown = f"the text '{value:.40}'" if isinstance(value, str) else json.dumps(value, default=str)[:40]
        cursor = f'`kind = "cursor"`, `next = "{self.next}"`, and as `cursor` its parameter'
        then = f"if it is a number or a cursor, write {cursor}"
        raise ResponseError(
            f"The next page at `{self.next}` is no address but {shown}", where=answer.request, then=then
        )


class LinkPaging(_Paging):
    """The URL of the next page in a `Link` header (RFC 8288)."""

    kind: Literal["link"]
    size: str | None = None
    """Name of the parameter for the records of a page."""

    def params(self, position: int, size: int | None) -> Params:
        """Name the size alone: later pages come by URL."""
        return {self.size: size} if self.size and size else {}

    def following(self, answer: Answer) -> str | RequestParameters | None:
        """Return the URL with `rel="next"`."""
        return answer.links.get("next")


class NoPaging(_Paging):
    """No paging: everything comes in one answer."""

    kind: Literal["none"] = "none"


def joined_pattern(form: str) -> str:
    """Write the regular expression of a value in which an offset and other numbers stand at their places."""
    pattern = re.escape(form)
    for word in ("offset", "limit", "last"):
        pattern = pattern.replace(rf"\{{{word}\}}", rf"(?P<{word}>\d+)", 1)
    return pattern


def _json(value: object) -> str:
    """Write JSON as a parameter holds it, without blanks."""
    return json.dumps(value, separators=(",", ":"))


Paging = Annotated[
    PagePaging | OffsetPaging | RangePaging | CursorPaging | GraphQLPaging | NextPaging | LinkPaging | NoPaging,
    Field(discriminator="kind"),
]
