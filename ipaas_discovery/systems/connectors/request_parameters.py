"""Parameters of one request beyond its path: query, headers, and the body of a POST that only reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["Params", "RequestParameters", "ends_of", "listed", "merged", "nested", "value_in"]

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


def nested(params: Mapping[str, Any]) -> dict[Any, Any]:
    """Nest parameters with dotted names into the object they stand for; a position in a list is a whole number.

    >>> nested({"limit": 2, "variables.first": 2})
    {'limit': 2, 'variables': {'first': 2}}
    >>> nested({"params.args[1].limit": 2})
    {'params': {'args': {1: {'limit': 2}}}}
    """
    result: dict[Any, Any] = {}
    for name, value in params.items():
        for key in reversed(_steps(name)):
            value = {key: value}  # noqa: PLW2901  wrapped from the inside out
        result = merged(result, value)
    return result


def _steps(name: str) -> list[str | int]:
    """Split a dotted name with positions in lists into members and positions; `filter[]` and `page[size]` are names."""
    steps: list[str | int] = []
    for part in name.split("."):
        member, *positions = re.split(r"\[(\d+)\]", part)
        steps += [member] if member or not positions else []
        steps += [int(text) for text in positions if text]
    return steps


def merged(base: Mapping[Any, Any], more: Mapping[Any, Any]) -> dict[Any, Any]:
    """Lay `more` over `base`, objects inside objects joined, positions laid into lists.

    >>> merged({"a": {"b": 1}, "c": 2}, {"a": {"d": 3}})
    {'a': {'b': 1, 'd': 3}, 'c': 2}
    >>> merged({"args": ["shop", {}]}, {"args": {1: {"limit": 2}}})
    {'args': ['shop', {'limit': 2}]}
    """
    return {**base, **{key: _over(base.get(key), value) for key, value in more.items()}}


def _over(base: Any, more: Any) -> Any:  # noqa: ANN401  any JSON value
    """Lay a value over another one."""
    if isinstance(base, Mapping) and isinstance(more, Mapping):
        return merged(base, more)
    if isinstance(base, list | tuple) and _is_positions(more):
        return listed(merged(dict(enumerate(base)), more))
    return more


def _is_positions(value: object) -> bool:
    """Tell whether an object stands for elements of a list, by their positions."""
    return isinstance(value, Mapping) and bool(value) and all(isinstance(key, int) for key in value)


def listed(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Make a list of every object that stands for one, null at the positions that nothing fills.

    >>> listed({"args": {1: {"limit": 2}}})
    {'args': [None, {'limit': 2}]}
    """
    if isinstance(value, Mapping) and _is_positions(value):
        return [listed(value.get(position)) for position in range(max(value) + 1)]
    if isinstance(value, Mapping):
        return {key: listed(member) for key, member in value.items()}
    return [listed(element) for element in value] if isinstance(value, list | tuple) else value


def value_in(body: object, name: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value that a dotted name with positions names in nested parameters, None without one."""
    for step in _steps(name):
        body = body.get(step) if isinstance(body, Mapping) else None
    return body


def ends_of(parameter: str) -> Iterator[str]:
    """Guess the parameter that ends the time window which `parameter` begins, the likeliest first.

    >>> list(ends_of("updated_at_min")), list(ends_of("begin_time")), list(ends_of("page"))
    (['updated_at_max'], ['end_time'], [])
    """
    yield from (parameter.replace(begin, end) for begin, end in request_words().changes.pairs if begin in parameter)
