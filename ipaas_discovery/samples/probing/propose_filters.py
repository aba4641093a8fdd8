"""Filters and limit headers that a connector does not name, found by trying and by looking; only what worked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.samples.probing.probe_report import Proposal, toml_lines
from ipaas_discovery.samples.probing.survey import Survey
from ipaas_discovery.samples.pulling.strata import dates
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
    """Find a parameter that gives records changed since a moment, tried by the usual names."""
    field = next(
        (
            name
            for name in sorted(survey.records[0])
            if request_words().changes.says_when(name) and _moments(survey, name)
        ),
        None,
    )
    known = sorted(set(_moments(survey, field))) if field else []
    if field is None or len(known) < FEWEST:
        return None
    moment = known[len(known) // 2]
    text = moment.isoformat().replace("+00:00", "Z")
    for pattern in request_words().changes.tried:
        if survey.requester.left < ENOUGH:
            return None
        name = pattern.format(field)
        page = survey.requester.attempt(survey.builder.page(0, survey.size, survey.builder.spec.asking({name: text})))
        got = list(dates(({field: record.get(field)} for record in page.records), field)) if page else []
        if got and min(got) >= moment and min(dates(survey.first.records, field)) < moment:
            return name
    return None


def _until(survey: Survey, since: str) -> str | None:
    """Find the parameter that ends a stretch of time which `since` begins, tried by the name that matches it."""
    name = next(ends_of(since), None)
    known = sorted(set(dates(survey.records, since)))
    if name is None or "=" in since or since.startswith("header:") or len(known) <= FEWEST:
        return None
    texts = [moment.isoformat().replace("+00:00", "Z") for moment in known[:2]]
    asked = survey.builder.spec.asking(dict(zip((since, name), texts, strict=True)))
    page = (
        survey.requester.attempt(survey.builder.page(0, survey.size, asked))
        if survey.requester.left >= ENOUGH
        else None
    )
    got = list(dates(page.records, since)) if page else []
    return name if got and known[0] <= min(got) and max(got) <= known[1] else None


def _moments(survey: Survey, name: str) -> list[datetime]:
    return list(dates(({name: record.get(name)} for record in survey.records), name))
