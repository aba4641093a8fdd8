"""The contents of a file of saved API calls: requests, addresses, ways to authenticate, examples. No secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["AuthMet", "Collected", "Example", "SavedRequest"]


@dataclass(frozen=True, slots=True)
class SavedRequest:
    """One saved call.

    `server` is the address in front of `path` (`https://api.example.test/v2`), empty if the file has none;
    names without a value in the file stand in braces. Ids in `path` are placeholders as well.
    `query` are the names of query parameters, in the file's order, `fixed` the values of the few that say what a
    record holds. `entity` is the kind of records that the text of a query language asks for, `statement` that text
    without its conditions, `asked_in` the parameter that takes it.
    `subject` is what a POST with a body seems to ask for: a model, a GraphQL field, the word before `search`.
    `keys` are the values of OData keys, in whose place `path` has `{id}`, until a list's records tell whose they are.
    `body` is the parsed JSON body or a `form`'s fields, without members that are named like a secret; None without one.
    """

    method: str
    path: str
    server: str = ""
    query: tuple[str, ...] = ()
    body: Any = None
    name: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict, hash=False)
    entity: str = ""
    statement: str = ""
    asked_in: str = ""
    form: bool = False
    keys: tuple[str, ...] = field(default=(), repr=False, compare=False)
    subject: str = ""

    @property
    def label(self) -> str:
        """The call in a few characters: `GET /orders`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Example:
    """One saved answer that holds JSON.

    `place` is the dotted path of `records` in the body (empty: the body itself). `many` tells a list of
    records from a single one. `link` is True if the answer names a next page in its `Link` header, `next_header` the
    name of another header that holds the next page's address, `total_header` that of one that tells the number of
    records. `asked` are the values of the query's parameters and of the `Range` header, which no file repeats. `taken`
    is the day of the answer (ISO), empty if the file has none.
    """

    request: SavedRequest
    status: int
    body: Any
    records: tuple[Mapping[str, Any], ...]
    place: str = ""
    many: bool = True
    link: bool = False
    next_header: str = ""
    total_header: str = ""
    asked: Mapping[str, str] = field(default_factory=dict, repr=False)
    taken: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, order=True)
class AuthMet:
    """A way to authenticate that the file uses, by its `kind`: bearer, basic, header, query, cookie, oauth2 and others.

    `name` is the header or query parameter that carries the secret, for `header` and `query`; `word` stands before it.
    `empty` is the part of HTTP Basic's pair that nothing fills.
    """

    kind: str
    name: str = ""
    word: str = ""
    empty: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Collected:
    """The saved calls of one file.

    `requests` are the distinct calls in the file's order, `base_urls` their addresses, the most used first.
    `auth` is sorted. `examples` are the saved answers by the path they answer. `warnings` are sentences about
    calls that were left out. `headers` are those that no client sends by itself, and that hold no secret.
    """

    title: str
    source: str
    requests: tuple[SavedRequest, ...] = ()
    base_urls: tuple[str, ...] = ()
    auth: tuple[AuthMet, ...] = ()
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
