"""Parameters of one request beyond its path: query, headers, and the body of a POST that only reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["Params", "RequestParameters", "ends_of", "merged", "nested"]

Params = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class RequestParameters:
    """Parameters of a request: the query, for a POST the body (or the part that paging adds), and headers.

    Two join with `|`: the right one wins, objects in bodies are merged:

    >>> more = RequestParameters(body={"variables": {"after": "x"}})
    >>> RequestParameters({"limit": 2}, {"variables": {"first": 2}}) | more
    RequestParameters(params={'limit': 2}, body={'variables': {'first': 2, 'after': 'x'}}, headers={})
    """

    params: Params = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, more: RequestParameters) -> RequestParameters:
        body = more.body if self.body is None else merged(self.body, more.body or {})
        return RequestParameters(self.params | more.params, body, {**self.headers, **more.headers})


def nested(params: Mapping[str, Any]) -> dict[str, Any]:
    """Nest parameters with dotted names into the object they stand for.

    >>> nested({"limit": 2, "variables.first": 2})
    {'limit': 2, 'variables': {'first': 2}}
    """
    result: dict[str, Any] = {}
    for name, value in params.items():
        for key in reversed(name.split(".")):
            value = {key: value}  # noqa: PLW2901  wrapped from the inside out
        result = merged(result, value)
    return result


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Lay `more` over `base`, objects inside objects joined.

    >>> merged({"a": {"b": 1}, "c": 2}, {"a": {"d": 3}})
    {'a': {'b': 1, 'd': 3}, 'c': 2}
    """
    both = {key: merged(base[key], more[key]) for key in base if _joins(base[key], more.get(key))}
    return {**base, **more, **both}


def _joins(one: object, other: object) -> bool:
    """Tell whether both values are objects."""
    return isinstance(one, Mapping) and isinstance(other, Mapping)


def ends_of(parameter: str) -> Iterator[str]:
    """Guess the parameter that ends the time window which `parameter` begins, the likeliest first.

    >>> list(ends_of("updated_at_min")), list(ends_of("begin_time")), list(ends_of("page"))
    (['updated_at_max'], ['end_time'], [])
    """
    yield from (parameter.replace(begin, end) for begin, end in request_words().changes.pairs if begin in parameter)
