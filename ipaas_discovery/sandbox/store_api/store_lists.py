"""The store's lists: filtered, sorted, one page at a time, in the form of v2 or v3."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from ipaas_discovery.sandbox.store_api.store_calls import StoreCall

__all__ = ["DEFAULT_LIMIT", "MAX_LIMIT", "BadQueryError", "enveloped", "page", "select"]

DEFAULT_LIMIT = 50
MAX_LIMIT = 250

Query = Mapping[str, str]
Record = dict[str, Any]


class BadQueryError(ValueError):
    """A query the store cannot follow: the parameter, and what is wrong with it."""

    def __init__(self, parameter: str, problem: str) -> None:
        self.parameter, self.problem = parameter, problem
        super().__init__(f"{parameter}: {problem}")


def select(call: StoreCall, records: Sequence[Record], query: Query) -> list[Record]:
    """Select the records that pass every filter of the call that the query names, in the order it asks for.

    A query name that is no filter is passed over, as the vendor does.

    Raises:
        BadQueryError: if a filter's value or the sort cannot be read.
    """
    selected = list(records)
    for name in call.filters:
        if name in query:
            selected = [record for record in selected if _passes(record, name, query[name])]
    return _sorted(call, selected, query)


def _passes(record: Record, name: str, wanted: str) -> bool:
    field, _, how = name.partition(":")
    if field.startswith(("min_", "max_")):
        how, _, field = field.partition("_")
    value = record.get("identity", record)[field]  # stock is found by what it is stock of
    if how == "in":
        return str(value).casefold() in {one.strip().casefold() for one in wanted.split(",")}
    if how in {"min", "max"}:
        left, right = _ordinal(value, name), _ordinal(wanted, name)
        return left >= right if how == "min" else left <= right
    return str(value).casefold() == wanted.strip().casefold()


def _ordinal(value: object, name: str) -> float:
    """Convert a number or a moment to a number that orders; a moment is ISO 8601 or RFC 2822, UTC without zone."""
    text = str(value)
    try:
        return float(text)
    except ValueError:
        pass
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    raise BadQueryError(name, f"'{text}' is neither a number nor a date")


def _sorted(call: StoreCall, records: list[Record], query: Query) -> list[Record]:
    sort = query.get("sort")
    if not sort:
        return records
    field, _, way = sort.partition(":")
    way = (way or query.get("direction", "asc")).lower()
    if field not in call.sorts or way not in {"asc", "desc"}:
        raise BadQueryError("sort", f"'{sort}' is not one of {', '.join(call.sorts) or 'none'}, with :asc or :desc")
    moment = field.startswith("date_")
    return sorted(
        records, key=lambda row: _ordinal(row[field], "sort") if moment else row[field], reverse=way == "desc"
    )


def page(records: Sequence[Record], query: Query) -> tuple[list[Record], int, int]:
    """Cut one page of the records, its number (from 1) and its size.

    Raises:
        BadQueryError: if `page` is not a whole number from 1, or `limit` not one from 1 to 250.

    >>> page([{"id": 1}, {"id": 2}, {"id": 3}], {"page": "2", "limit": "2"})
    ([{'id': 3}], 2, 2)
    """
    number, limit = _whole(query, "page", 1, None), _whole(query, "limit", DEFAULT_LIMIT, MAX_LIMIT)
    start = (number - 1) * limit
    return list(records[start : start + limit]), number, limit


def _whole(query: Query, name: str, default: int, most: int | None) -> int:
    text = query.get(name, str(default))
    value = int(text) if text.isascii() and text.isdigit() else 0
    if value < 1 or (most is not None and value > most):
        raise BadQueryError(name, f"'{text}' is not a whole number from 1{f' to {most}' if most else ' on'}")
    return value


def enveloped(call: StoreCall, records: Sequence[Record], query: Query) -> Record:
    """Make a v3 answer: one page under `data`, and where it stands under `meta`.

    Raises:
        BadQueryError: if the paging cannot be followed.
    """
    if call.cursor and "after" in query:
        return _after(records, query)
    rows, number, limit = page(records, query)
    pages = -(-len(records) // limit)
    near = {"previous": number - 1, "current": number, "next": number + 1}
    pagination = {
        "total": len(records),
        "count": len(rows),
        "per_page": limit,
        "current_page": number,
        "total_pages": pages,
        "links": {name: _link(query, page=at) for name, at in near.items() if 1 <= at <= max(pages, number)},
    }
    cursor = {"cursor_pagination": _cursor(records, rows, query, limit)} if call.cursor else {}
    return {"data": rows, "meta": {"pagination": pagination, **cursor}}


def _after(records: Sequence[Record], query: Query) -> Record:
    """Cut the page after a cursor; such an answer tells no total."""
    if "page" in query:
        raise BadQueryError("after", "cannot be used together with page")
    limit = _whole(query, "limit", DEFAULT_LIMIT, MAX_LIMIT)
    keys = [_key(record) for record in records]
    if (cursor := query["after"]) not in keys:
        raise BadQueryError("after", f"'{cursor}' is no cursor of this list")
    start = keys.index(cursor) + 1
    rows = list(records[start : start + limit])
    return {"data": rows, "meta": {"cursor_pagination": _cursor(records, rows, query, limit)}}


def _cursor(records: Sequence[Record], rows: Sequence[Record], query: Query, limit: int) -> Record:
    more = bool(rows) and rows[-1] is not records[-1]
    links = {"current": _link(query)} | ({"next": _link(query, after=_key(rows[-1]))} if more else {})
    ends = {"start_cursor": _key(rows[0]), "end_cursor": _key(rows[-1])} if rows else {}
    return {"count": len(rows), "per_page": limit, **ends, "links": links}


def _key(record: Record) -> str:
    """Write a record's cursor: opaque on purpose."""
    return urlsafe_b64encode(f"id:{record.get('id') or record['identity']['variant_id']}".encode()).decode().rstrip("=")


def _link(query: Query, **changes: object) -> str:
    left_out = {"after", "page"} if changes else set()
    return "?" + urlencode({name: value for name, value in query.items() if name not in left_out} | changes)
