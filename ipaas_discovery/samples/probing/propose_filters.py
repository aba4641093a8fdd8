"""Filters and limit headers that a connector does not name, found by trying and by looking; only what worked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.samples.probing.probe_report import Proposal, toml_lines
from ipaas_discovery.samples.probing.propose_paging import find_totals
from ipaas_discovery.samples.probing.prove_filters import date_columns, iso, moments
from ipaas_discovery.samples.probing.survey import Survey
from ipaas_discovery.samples.pulling.strata import dates
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.request_parameters import ends_of

__all__ = ["suggestions"]

FIELDS = 3
"""The most fields that are tried as filters."""
FEWEST, MOST = 2, 8
"""Bounds of the number of different values of a field that looks like a choice."""
ENOUGH = 10
"""Records that make a choice of values worth a try, and calls that have to be left for it."""


def suggestions(survey: Survey) -> Iterator[Proposal]:
    """Yield settings beside paging that the answers support."""
    yield from _limits(survey)
    yield from _count(survey)
    spec = survey.builder.spec
    if spec.search is not None or len(survey.records) < ENOUGH:
        return
    table = f"collections.{survey.builder.collection}"
    if not spec.filters:
        filters = dict(_choices(survey))
        if filters:
            why = f"records for {', '.join(filters)} have the value asked for, and others come without"
            yield Proposal(table, (), toml_lines({"filters": filters}), why)
    name = spec.since
    if name is None and (name := _since(survey)) is not None:
        yield Proposal(table, (), toml_lines({"since": name}), f"records that `{name}` gives are not older than asked")
    if spec.between is None and name is not None and (until := _until(survey, name)) is not None:
        both = f"{name}={{since}}&{until}={{until}}"
        yield Proposal(table, (), toml_lines({"between": both}), f"with `{until}` too, none are younger than asked")


def _limits(survey: Survey) -> Iterator[Proposal]:
    """Yield the headers that say how much is left, where the connector names none."""
    configured, met = survey.builder.connector.limits, survey.requester.rates
    if configured.remaining_header or configured.used_header:
        return
    left = [name for name, value in sorted(met.items()) if re.search(r"remaining|left", name) and value.isdigit()]
    used = [name for name, value in sorted(met.items()) if re.fullmatch(r"\d+/\d+", value)]
    if left or used:
        limits = {"remaining_header": left[0]} if left else {"used_header": used[0]}
        name = (left or used)[0]
        yield Proposal("limits", (), toml_lines(limits), f"the header {name} came, last with {met[name]}")


def _choices(survey: Survey) -> Iterator[tuple[str, list[str]]]:
    """Yield fields with few different values that work as a filter by their own name."""
    tried = 0
    for name in sorted(survey.records[0]):
        values = {record.get(name) for record in survey.records if isinstance(record.get(name), str)}
        known = sorted(str(value) for value in values if value)
        if (
            not FEWEST <= len(known) <= MOST
            or len(known) * 2 > len(survey.records)
            or any(dates([{name: known[0]}], ""))
        ):
            continue
        if tried == FIELDS or survey.requester.left < ENOUGH:
            return
        tried += 1
        page = survey.requester.attempt(
            survey.builder.page(0, survey.size, survey.builder.spec.asking({name: known[-1]}))
        )
        if page is not None and page.records and all(record.get(name) == known[-1] for record in page.records):
            base = {record.get(name) for record in survey.first.records}
            if base != {known[-1]}:
                yield name, known


def _since(survey: Survey) -> str | None:
    """Find a parameter that gives records changed since a moment: those of the description first, then the usual names.

    It works if the dates of one field all obey it, and did not before.
    """
    columns = [name for name in date_columns(survey, "", FEWEST) if request_words().changes.says_when(name)][:FIELDS]
    hinted = [name for name in survey.hints if request_words().changes.asks_since(name)]
    usual = (pattern.format(column) for column in columns for pattern in request_words().changes.tried)
    for name in dict.fromkeys((*hinted, *usual)) if columns else ():
        if survey.requester.left < ENOUGH:
            return None
        named = [column for column in columns if column in name] or columns
        known = sorted(set(moments(survey.records, named[0])))
        moment = known[len(known) // 2]
        asked = survey.builder.spec.asking({name: iso(moment)})
        page = survey.requester.attempt(survey.builder.page(0, survey.size, asked))
        if page is not None and any(_obeys(survey, page.records, column, moment) for column in named):
            return name
    return None


def _obeys(survey: Survey, records: Iterable[Record], column: str, moment: datetime) -> bool:
    """Tell whether records have no earlier date in a field, and the first page had."""
    got, before = moments(records, column), moments(survey.first.records, column)
    return bool(got) and min(got) >= moment and bool(before) and min(before) < moment


def _until(survey: Survey, since: str) -> str | None:
    """Find the parameter that ends a stretch of time which `since` begins, tried by the name that matches it."""
    name = next(ends_of(since), None)
    if name is None or "=" in since or since.startswith("header:"):
        return None
    for column in date_columns(survey, since, FEWEST + 1)[:FIELDS]:
        if survey.requester.left < ENOUGH:
            return None
        known = sorted(set(moments(survey.records, column)))
        texts = map(iso, known[:2])
        asked = survey.builder.spec.asking(dict(zip((since, name), texts, strict=True)))
        page = survey.requester.attempt(survey.builder.page(0, survey.size, asked))
        got = moments(page.records, column) if page else []
        if got and known[0] <= min(got) and max(got) <= known[1]:
            return name
    return None


def _count(survey: Survey) -> Iterator[Proposal]:
    """Yield a call that gives the number of records, where pages do not tell it: OData's, or HEAD."""
    builder, spec = survey.builder, survey.builder.spec
    known = survey.total is not None or spec.count is not None or bool(find_totals(survey.first))
    if known or spec.list is None or not survey.first.records:
        return
    path, counted = spec.list.partition("?")[0].rstrip("/"), survey.counted
    for way in [*([f"{path}/$count"] if _is_odata(survey) else []), f"HEAD {spec.list}"]:
        call = replace(builder, connector=_with_count(builder, way)).count()
        page = survey.requester.attempt(call) if survey.requester.left >= ENOUGH else None
        for place, total in _counts(page) if page else ():
            if total < len(survey.records) or (counted and counted.complete and total != counted.records):
                continue
            settings = {"count": way, **({"count_at": place} if place else {})}
            why = f"{way} says {total}, and no page does"
            yield Proposal(f"collections.{builder.collection}", (), toml_lines(settings), why)
            return


def _counts(page: Page) -> list[tuple[str, int]]:
    """List the places of the answer to a counting call that may hold the number, the body itself first."""
    body = page.answer.body
    alone = [("", body)] if isinstance(body, int) else []
    return alone + find_totals(replace(page, answer=replace(page.answer, body=None)))


def _with_count(builder: RequestBuilder, way: str) -> Connector:
    """Return the connector with another call that counts."""
    spec = builder.connector.collections[builder.collection].model_copy(update={"count": way})
    return builder.connector.model_copy(
        update={"collections": {**builder.connector.collections, builder.collection: spec}}
    )


def _is_odata(survey: Survey) -> bool:
    """Tell whether an answer looks like OData's."""
    body = survey.first.answer.body
    named = isinstance(body, Mapping) and any("odata" in str(key).lower() or key == "d" for key in body)
    return named or any("odata" in name for name in survey.first.answer.headers)
