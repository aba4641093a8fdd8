"""Pages of records that spread pages miss: the newest, the oldest, each value of a filter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["Named", "call", "dates", "edges", "field_of", "fields", "ignored", "values", "values_found"]

Named = tuple[str, RequestParameters]
"""The name of a stratum, and the parameters that ask for its page."""


def edges(builder: RequestBuilder, plan: Plan) -> list[Named]:
    """List the newest and the oldest page, as far as the connector names a sort."""
    if not plan.edges:
        return []
    sort = builder.spec.sort
    named = (("the newest", sort.newest), ("the oldest", sort.oldest))
    return [(name, builder.spec.asking(params)) for name, params in named if params]


def values(builder: RequestBuilder, plan: Plan) -> list[Named]:
    """List one page for each filter value that the connector names, as many as the plan allows."""
    if not plan.edges:
        return []
    pairs = [(name, value) for name, known in builder.spec.filters.items() for value in known]
    return [_named(builder, name, value) for name, value in pairs[: plan.values]]


def values_found(builder: RequestBuilder, plan: Plan, records: Iterable[Record]) -> list[Named]:
    """List one page for each value of a filter's field that records have and the connector does not name."""
    if not plan.edges:
        return []
    room = plan.values - sum(map(len, builder.spec.filters.values()))
    records = list(records)
    pairs = [
        (name, value)
        for name, known in builder.spec.filters.items()
        for value in sorted(_values(records, name) - set(map(str, known)))
    ]
    return [_named(builder, name, value) for name, value in pairs[: max(0, room)]]


def call(builder: RequestBuilder, plan: Plan, named: Named) -> Call:
    """Build the call for the first page of a stratum; a system that refuses it loses nothing else."""
    return builder.page(0, plan.size, named[1], optional=True)


def ignored(builder: RequestBuilder, extra: Mapping[str, list[Page]]) -> Iterator[str]:
    """Yield a sentence for each filter that the system ignores: it gives only records of other values."""
    refuted: dict[str, list[str]] = {}
    for stratum, pages in extra.items():
        name, _, wanted = stratum.partition(" = ")
        if name not in builder.spec.filters:
            continue
        got = [str(value) for page in pages for record in page.records for value in fields(record, name)]
        if got and wanted.casefold() not in {value.casefold() for value in got}:
            refuted.setdefault(name, []).append(wanted)
    for name, unseen in refuted.items():
        yield f"the filter {name} is passed over: no record of {', '.join(unseen)} came"


def field_of(parameter: str) -> str:
    """Find the field that a filter's parameter names, as letters and digits alone.

    >>> field_of("date_modified:min"), field_of("filter[status]"), field_of("OrderStatus"), field_of("created_at_min")
    ('datemodified', 'status', 'orderstatus', 'createdat')
    """
    words = [
        word
        for word in re.split(r"[^\w]+", parameter)
        if word and word.lower() not in request_words().filters.operators
    ]
    plain = request_words().filters.affix.sub("", (words or [parameter])[-1].lower())
    return bare(plain)


def _named(builder: RequestBuilder, name: str, value: str | int) -> Named:
    return f"{name} = {value}", builder.spec.asking({name: value})


def fields(record: Record, parameter: str) -> list[object]:
    """List the plain values of a record's field that a parameter names."""
    wanted = field_of(parameter)
    return [value for key, value in record.items() if bare(key) == wanted and isinstance(value, str | int)]


def _values(records: Iterable[Record], parameter: str) -> set[str]:
    return {str(value) for record in records for value in fields(record, parameter) if value != ""}


def dates(records: Iterable[Record], parameter: str) -> Iterator[datetime]:
    """Yield the moments in the field that `parameter` names, else in any field of a record."""
    records = list(records)
    wanted = field_of(parameter.partition("=")[0])
    named = [value for record in records for value in fields(record, wanted)]
    for value in named or [value for record in records for value in record.values()]:
        moment = _moment(value)
        if moment is not None:
            yield moment


def _moment(value: object) -> datetime | None:
    """Read a date written as ISO 8601, as RFC 2822 or in milliseconds, `/Date(…)/`; without a zone it is UTC."""
    if not isinstance(value, str):
        return None
    try:
        if re.match(r"\d{4}-\d\d-\d\d", value):
            moment = datetime.fromisoformat(value)
        elif re.match(r"[A-Z][a-z]{2}, \d", value):
            moment = parsedate_to_datetime(value)
        elif milliseconds := re.fullmatch(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/", value):
            moment = datetime.fromtimestamp(int(milliseconds.group(1)) / 1000, UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
