"""Settings of one collection in a connector file: the calls that return its records, and their parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.systems.connectors.paging import HEADER, Paging
from ipaas_discovery.systems.connectors.received_files import ReceivedFiles
from ipaas_discovery.systems.connectors.request_parameters import Params, RequestParameters, listed, merged, nested
from ipaas_discovery.vocabulary import Method

__all__ = ["CollectionSpec", "Search", "Sort"]

Call = Annotated[str, Field(pattern=r"^((POST|PUT|PATCH|DELETE) /\S*|mutation \w+)$")] | Literal[False] | None
"""A call such as "POST /v2/orders" or "mutation orderCreate"; false if the system has none, left out if unknown."""
HEAD = "HEAD "
"""Prefix of a path that is asked by HEAD, for a number that stands in a header."""
SOURCES = ("list", "search", "embedded", "link", "file")
SCOPED = ("list", "detail", "count", "query", "search")
"""Settings that may hold names of the scope."""


class _Settings(BaseModel):
    """Base of all settings of a collection."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


SentAs = Literal["json", "form", "xml"]
"""The form in which the body of a search is sent."""


class Search(_Settings):
    """A list that is read by POST: a search with a body, or a GraphQL query. It never writes."""

    path: Annotated[str, Field(pattern=r"^/[^{}\s]*$")]
    """The path that is asked by POST."""
    body: dict[str, Any] = {}
    """The fixed part of the body; paging and filters are added to it."""
    sent_as: SentAs = "json"
    """The body's form: JSON, a form (`filter[status]=open` of a table inside), or XML.

    Of XML it names the one root; attributes have `@` in front, a text beside attributes is `#text`.
    """
    query: str = ""
    """A GraphQL query with the variables `$first` and `$after`, or those its paging names."""

    @model_validator(mode="after")
    def _one_root(self) -> Self:
        """Require the one root that XML has."""
        if self.sent_as == "xml" and len(self.body) != 1:
            raise ValueError("XML has one root: write `body` as a table with one member, such as { request = { … } }")
        return self

    def payload(self, ask: RequestParameters) -> dict[str, Any]:
        """Build the whole body of one request: the fixed part, the GraphQL query, and the body of `ask`.

        >>> Search(path="/search", body={"sort": "id"}).payload(RequestParameters(body={"cursor": "x"}))
        {'sort': 'id', 'cursor': 'x'}
        """
        fixed = {"query": self.query, **self.body} if self.query else self.body
        return dict(listed(merged(fixed, ask.body or {})))


class Sort(_Settings):
    """The parameters that put the newest or the oldest records first."""

    newest: Params = {}
    """Parameters that put the newest first."""
    oldest: Params = {}
    """Parameters that put the oldest first."""


class CollectionSpec(_Settings):
    """The place of one collection's records, and the calls that could write them (facts for verdicts, never sent).

    Records come from exactly one of `list`, `search`, `embedded`, `link` and `file`. Parameters of a search are dotted
    paths in its body.
    """

    list: str | None = None
    """The path that lists the records; with a `parent`, `{placeholders}` are filled from each of its records."""
    parent: str | None = None
    """The collection whose records hold these, or lead to them."""
    search: Search | None = None
    """A POST that only asks, where the system lists by searching."""
    embedded: str | None = None
    """The list inside each of the parent's records."""
    link: str | None = None
    """The field of the parent's records that holds the URL to ask."""
    file: str | None = None
    """A CSV, Excel, JSON or JSON-lines file beside the connector, for a system without an API."""
    sheet: str | None = None
    """The sheet of a workbook that has several."""
    encoding: str | None = None
    """The encoding of a CSV, if it cannot be detected."""
    records: str | None = None
    """The dotted path of the list in an answer; `data.orders.edges[].node` takes the value there from each element."""
    single: bool = False
    """True if the answer is one record and not a list."""
    detail: str | None = None
    """The path of one record, such as `/orders/{id}`; often it returns more than the list."""
    received: ReceivedFiles = ()
    """Files that list the fields the system receives: field lists, descriptions, examples."""
    received_in: str | None = None
    """The list inside the parent in which the system receives a collection that has no call of its own."""
    id: str = "id"
    """The field that is the record's id."""
    query: Params = {}
    """Parameters of every request for the list."""
    paging: Paging | None = None
    """The paging of this collection, if unlike the rest."""
    count: str | None = None
    """The path that gives the number of records; `HEAD /orders` asks for headers alone."""
    count_at: str = "count"
    """The number's place in that answer, which may be the number itself, or `header:X-Total-Count`."""
    since: str | None = None
    """The way to ask for records changed since a moment: a parameter, a query with `{since}`, or `header:NAME`."""
    between: str | None = None
    """A query string with `{since}` and `{until}` that asks for records changed between two moments."""
    sort: Sort = Field(default_factory=Sort)
    """The parameters that sort by time."""
    filters: dict[str, tuple[str | int | bool, ...]] = {}
    """Parameters by which the collection can be split, with their values."""
    hidden: Params = {}
    """Parameters that include what a bare request leaves out, such as archived records: they are always sent."""
    create: Call = None
    """The call that creates a record, such as `POST /orders`; `false` if the API has none, left out if unknown."""
    update: Call = None
    """The call that changes one."""
    delete: Call = None
    """The call that deletes one."""
    note: str = ""
    """A fact that people should know; the worksheet's profile of the system says it."""

    @model_validator(mode="before")
    @classmethod
    def _hide_nothing(cls, given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
        """Add the parameters of `hidden` to those of every request."""
        if isinstance(given, Mapping) and all(isinstance(given.get(name, {}), Mapping) for name in ("hidden", "query")):
            return {**given, "query": {**given.get("hidden", {}), **given.get("query", {})}}
        return given

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        """Require exactly one source of records, and no setting of another."""
        sources = [name for name in SOURCES if getattr(self, name) is not None]
        if len(sources) != 1:
            stated = " and ".join(f"`{name}`" for name in sources) or "none"
            raise ValueError(f"say exactly one of {', '.join(f'`{name}`' for name in SOURCES)}; this says {stated}")
        if sources[0] in {"embedded", "link"} and self.parent is None:
            raise ValueError(f"`{sources[0]}` needs the `parent` whose records hold it")
        if (self.sheet or self.encoding) and self.file is None:
            raise ValueError("a `sheet` and an `encoding` are those of a `file`; name it")
        if self.file and self.parent is not None:
            raise ValueError("a `file` stands alone; children inside its records are `embedded`")
        if self.search and self.parent is not None:
            raise ValueError("a `search` stands alone; a child of each parent record is a `list`")
        return self

    @field_validator("detail")
    @classmethod
    def _fields_in_braces(cls, path: str | None) -> str | None:
        """Require that every placeholder of one record's path can be a field."""
        rest = re.sub(r"\{[^{}\s=/?&]+\}", "", path or "")
        if "{" in rest or "}" in rest:
            raise ValueError("a placeholder is the name of a field in braces, such as /orders/{id}")
        return path

    @field_validator("between")
    @classmethod
    def _two_moments(cls, text: str | None) -> str | None:
        """Require both moments in `between`."""
        if text is not None and not ("{since}" in text and "{until}" in text):
            raise ValueError("it asks between two moments: write {since} and {until} where they belong")
        return text

    @property
    def splits(self) -> bool:
        """True if parts of it can be asked for: records changed in some time, or with a filter's value."""
        return bool(self.since or self.between or self.filters)

    @property
    def reading(self) -> str:
        """The source of its records in words: the call, the file, or the parent that holds them.

        >>> CollectionSpec(list="/orders").reading, CollectionSpec(file="customers.csv").reading
        ('GET /orders', 'file customers.csv')
        """
        if self.search is not None:
            return f"POST {self.search.path}"
        if self.file is not None:
            return f"file {self.file}" + (f", sheet {self.sheet}" if self.sheet else "")
        return f"GET {self.list}" if self.list else f"inside {self.parent}"

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The paths of the parent's records that fill `list`."""
        return tuple(re.findall(r"\{([^}]+)\}", self.list or "")) if self.parent else ()

    def doubted_placeholder(self, scope: tuple[str, ...] = ()) -> str:
        """Name the one placeholder of `detail` that sounds like the id and is another name; empty without one.

        >>> CollectionSpec(list="/payments", detail="/payments/{payment_id}").doubted_placeholder()
        'payment_id'
        >>> CollectionSpec(list="/orders", detail="/orders/{number}").doubted_placeholder()
        ''
        """
        names = [name for name in re.findall(r"\{([^{}]*)\}", self.detail or "") if name not in scope]
        sounds = len(names) == 1 and names[0] != self.id and split_words(names[0])[-1:] == ("id",)
        return names[0] if sounds else ""

    def operations(self) -> dict[Method, str | None]:
        """Return the calls this connector knows of; None for one the system is known to lack."""
        calls = {Method.ADD: self.create, Method.UPDATE: self.update, Method.DELETE: self.delete}
        return {method: call or None for method, call in calls.items() if call is not None}

    def asking(self, params: Params) -> RequestParameters:
        """Put parameters, such as a sort order or a filter, where they belong: the query, or a search's body.

        >>> CollectionSpec(search=Search(path="/orders/search")).asking({"query.sort.order": "DESC"})
        RequestParameters(params={}, body={'query': {'sort': {'order': 'DESC'}}}, headers={})
        """
        return RequestParameters(body=nested(params)) if self.search else RequestParameters(params)

    def changed_since(self, moment: str) -> RequestParameters | None:
        """Ask for records changed since `moment` (ISO 8601); None if the system cannot be asked.

        >>> CollectionSpec(list="/orders", since="$filter=changed gt {since}").changed_since("2026-01-31").params
        {'$filter': 'changed gt 2026-01-31'}
        >>> CollectionSpec(list="/orders", since="header:If-Modified-Since").changed_since("2026-01-31").headers
        {'If-Modified-Since': '2026-01-31'}
        """
        if self.since is None:
            return None
        if self.since.startswith(HEADER):
            return RequestParameters(headers={self.since.removeprefix(HEADER): moment})
        if "{since}" not in self.since:
            return self.asking({self.since: moment})
        return self._filled(self.since, {"{since}": moment})

    def changed_between(self, start: str, end: str) -> RequestParameters | None:
        """Ask for records changed between two moments (ISO 8601); None if the system cannot be asked.

        >>> spec = CollectionSpec(list="/orders", between="from={since}&to={until}")
        >>> spec.changed_between("2026-01", "2026-02").params
        {'from': '2026-01', 'to': '2026-02'}
        """
        return self._filled(self.between, {"{since}": start, "{until}": end}) if self.between else None

    def _filled(self, text: str, moments: Mapping[str, str]) -> RequestParameters:
        """Turn a query string into request parameters, its moments filled in."""
        params: Params = {}
        for part in text.split("&"):
            name, _, value = part.partition("=")
            for mark, moment in moments.items():
                value = value.replace(mark, moment)
            params[name] = value
        return self.asking(params)

    def scoped(self, names: Mapping[str, str], find: Callable[[str], str]) -> CollectionSpec:
        """Fill the scope's `{names}` in the settings, each with what `find` returns.

        In a list of values a name alone stands for every comma-separated value that `find` returns.
        """
        fill = _Filler(frozenset(names), find)
        templates = {name: getattr(self, name) for name in SCOPED}
        changed = {
            name: fill(value.model_dump() if name == "search" and value else value) for name, value in templates.items()
        }
        if changed["search"]:
            changed["search"] = Search.model_validate(changed["search"])
        return self.model_copy(update=changed)


class _Filler:
    """A function that replaces scope names in every text of a JSON value."""

    def __init__(self, names: frozenset[str], find: Callable[[str], str]) -> None:
        self._find = find
        self._pattern = re.compile("|".join(rf"\{{({re.escape(name)})\}}" for name in sorted(names)) or "(?!)")

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  JSON in, JSON out
        """Replace scope names in a JSON value."""
        if isinstance(value, str):
            return self._pattern.sub(lambda name: self._find(name.group(0)[1:-1]), value)
        if isinstance(value, Mapping):
            return {key: self(member) for key, member in value.items()}
        if isinstance(value, list | tuple):
            return [item for element in value for item in self._items(element)]
        return value

    def _items(self, value: Any) -> list[Any]:  # noqa: ANN401  any JSON value can be an element
        """Fill one element of a list; a scope name alone may stand for several."""
        filled = self(value)
        alone = isinstance(value, str) and self._pattern.fullmatch(value)
        return [part.strip() for part in filled.split(",") if part.strip()] if alone else [filled]
