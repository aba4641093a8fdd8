"""What one request brought back, parsed; and where the records are in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ipaas_discovery.errors import ResponseError

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "at", "day_of", "links_of", "records_at", "texts_in", "trouble_in", "values_at"]

MARKS = ("errors", "error", "fault")
"""Keys, in any case, under which systems put an error into an answer whose status is 200."""
FLAGS = {"success": ("false", "0"), "ok": ("false", "0"), "status": ("error", "fail", "failed", "failure")}
"""Keys that say by one of these values that something is wrong."""
WELL = ("", "success", "ok", "none", "0")
"""Error codes that are no error."""
SAID = ("message", "detail", "faultstring", "error_description", "title", "description", "reason", "code", "errorcode")
"""Keys under which an error says what it is, in any case, the most telling first."""
EXCERPT = 200
"""Characters of somebody else's text that an error shows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the request it answers, status, headers (lower-case names) and the parsed JSON body.

    `body` is None for an empty body. `links` are the URLs of a `Link` header by their `rel`. `date` is the
    day the server gave with it (ISO), empty where it gave none. `trouble` is the error it speaks of though its
    status is a success, without secrets.
    """

    request: str
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    trouble: str = ""


def at(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """The value at a dotted path of nested objects, or None; an empty path is the body itself.

    >>> at({"meta": {"pagination": {"total": 3}}}, "meta.pagination.total")
    3
    """
    for key in filter(None, path.split(".")):
        body = body.get(key) if isinstance(body, Mapping) else None
    return body


def values_at(record: object, path: str) -> list[Any]:
    """Every value at a dotted path that may pass through lists, nulls left out.

    >>> values_at({"categories": [{"id": 1}, {"id": 2}]}, "categories[].id")
    [1, 2]
    """
    found: list[Any] = [record]
    for key in path.split("."):
        name = key.removesuffix("[]")
        found = [each[name] for each in found if isinstance(each, Mapping) and each.get(name) is not None]
        if key.endswith("[]"):
            found = [item for each in found if isinstance(each, list) for item in each]
    return found


def records_at(answer: Answer, path: str, *, single: bool = False) -> list[dict[str, Any]]:
    """The records of an answer: the list at `path` (empty: the body itself), or with `single` the one object there.

    A path through a list, such as GraphQL's `data.orders.edges[].node`, takes what is there of each element.

    Raises:
        ResponseError: if there is none, with up to three places that hold lists of objects.
    """
    found = _each(answer.body, path) if "[]" in path else at(answer.body, path)
    if answer.body is None:
        return []
    if single and isinstance(found, Mapping):
        return [dict(found)]
    listed = not single and isinstance(found, list) and all(isinstance(each, Mapping) for each in found)
    if listed and (found or not answer.trouble):  # an empty list beside an error is no empty collection
        return list(found)
    if found is None and path and not answer.trouble and _is_null(answer.body, path):
        return []
    if answer.trouble:
        raise ResponseError(
            f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}",
            where=answer.request,
            then="do what it says; where it names a field or a parameter, correct that in the connector",
        )
    expected = f"`{path}`" if path else "the body itself"
    candidates = sorted(_lists(answer.body), key=lambda each: (-each[1], each[0]))[:3]
    seen = ", ".join(f"{where} ({count})" for where, count in candidates) or "no list of objects anywhere"
    raise ResponseError(
        f"No {'record' if single else 'list of records'} at {expected}, {_held(answer.body, path, found)}",
        where=answer.request,
        then=f"set `records` in the connector; the answer has {seen}",
    )


def _is_null(body: object, path: str) -> bool:
    """Whether a path leads to a null: some systems write an empty list so."""
    outer, _, name = path.rpartition(".")
    holder = at(body, outer)
    return isinstance(holder, Mapping) and name in holder


def _each(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """What a path finds in each element of the list it passes through; None where it finds nothing in any."""
    outer, _, inner = path.partition("[]")
    elements = at(body, outer)
    if not isinstance(elements, list):
        return elements
    inner = inner.lstrip(".")
    found = [value for each in elements for value in (values_at(each, inner) if inner else [each])]
    return found if found or not elements else None


def trouble_in(body: object) -> str:
    """What an answer says is wrong though its status is a success: `errors` or `error`, as text; else empty.

    >>> trouble_in({"errors": [{"message": "Access denied"}], "data": None})
    'Access denied'
    >>> trouble_in({"errors": [], "data": []})
    ''
    """
    if not isinstance(body, Mapping):
        return ""
    plain = {str(key).lower(): value for key, value in body.items()}
    found = next((plain[mark] for mark in MARKS if plain.get(mark)), None)
    if found is True or (found is None and _flagged(plain)):
        found = body
    return "; ".join(_said(each) for each in (found if isinstance(found, list) else [found]) if each)


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Whether a flag or a code says that something is wrong."""
    code = plain.get("errorcode", plain.get("error_code")) or ""
    return str(code).lower() not in WELL or any(str(plain.get(flag)).lower() in bad for flag, bad in FLAGS.items())


def _said(trouble: object) -> str:
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    named = [plain[key] for key in SAID if isinstance(plain.get(key), str) and plain[key]]
    return named[0] if named else json.dumps(trouble, ensure_ascii=False, default=str)


def texts_in(body: object, path: str = "") -> list[str]:
    """The dotted places of an answer that hold text, nothing of the text itself.

    >>> texts_in({"data": {"jwt": "abc", "lives": 60}, "ok": True})
    ['data.jwt']
    """
    if isinstance(body, Mapping):
        return [found for key, value in body.items() for found in texts_in(value, f"{path}.{key}".lstrip("."))]
    return [path] if path and isinstance(body, str) else []


def _lists(body: object, path: str = "") -> list[tuple[str, int]]:
    """Places that hold lists of objects, as a connector writes them, with their lengths."""
    if isinstance(body, list) and all(isinstance(each, Mapping) for each in body):
        if body and all(isinstance(each.get("node"), Mapping) for each in body):
            path += "[].node"  # an edge of a GraphQL connection
        return [(f"`{path}`" if path else 'the body itself, written `""`', len(body))]
    if not isinstance(body, Mapping):
        return []
    return [found for key, value in body.items() for found in _lists(value, f"{path}.{key}".lstrip("."))]


def _held(body: object, path: str, found: object) -> str:
    """What is at a path instead, or which list stands in its way."""
    parts = path.split(".")
    before = (".".join(parts[:count]) for count in range(len(parts)))
    blocked = next((each for each in before if isinstance(at(body, each), list)), None)
    if blocked is None:
        return f"which holds {_kind(found)}"
    return f"for {f'`{blocked}`' if blocked else 'the body itself'} is a list already"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    kinds: dict[type, str] = {dict: "an object", list: "a list of other values", str: "text"}
    return kinds.get(type(value), f"{value!r:.40}")


def links_of(response: httpx.Response) -> dict[str, str]:
    """The URLs of a `Link` header by their `rel`; none of a header that is garbled."""
    try:
        return {str(rel): urljoin(str(response.url), link["url"]) for rel, link in response.links.items()}
    except (KeyError, ValueError):
        return {}


def day_of(date: str | None) -> str:
    """A `Date` header as an ISO day; empty where there is none."""
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else ""
    except ValueError:
        return ""
