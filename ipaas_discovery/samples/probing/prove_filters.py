"""Proofs of sort orders and filters, of what the detail adds to the list, and of announced limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.samples.probing.probe_report import Proof
from ipaas_discovery.samples.probing.survey import Survey, same
from ipaas_discovery.samples.pulling.details import detail_call, record_in
from ipaas_discovery.samples.pulling.saturation import paths_of
from ipaas_discovery.samples.pulling.strata import dates, field_of, fields
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answers.json_path import at, leaves
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = [
    "between",
    "date_columns",
    "detail",
    "filters",
    "hidden",
    "iso",
    "moments",
    "rate_limits",
    "since",
    "sorts",
]

DATE_FIELDS = 4
"""Fields with dates that are tried as what a filter for changes goes by."""
DETAILS = 3
"""Records whose detail is compared with the list."""
SHOWN = 6
"""Names that evidence lists before it says how many there are."""


def filters(survey: Survey) -> Iterator[Proof]:
    """Prove each filter: the records it gives have the value, and fewer come than without."""
    for name, known in survey.builder.spec.filters.items():
        value = _value(survey, name, known)
        if value is None:
            yield Proof(f"the filter {name} works", None, "no value is known to try")
        else:
            page = survey.requester.attempt(_with(survey, survey.builder.spec.asking({name: value})))
            yield filtered(survey, f"the filter {name} works", name, value, page)


def filtered(survey: Survey, claim: str, name: str, value: str | int, page: Page | None) -> Proof:
    """Prove that a page asked for by `name` = `value` holds what that promises."""
    if page is None:
        return Proof(claim, False, f"{name} = {value} is refused")
    got = [str(shown).casefold() for record in page.records for shown in fields(record, name)]
    others = sum(text != str(value).casefold() for text in got)
    if others:
        return Proof(claim, False, f"{others} of {len(got)} records for {name} = {value} have another value")
    total, all_of = survey.builder.paging.records_total(page.answer), survey.total
    less = f", {total} instead of {all_of}" if None not in (total, all_of) else ""
    differs = not same(survey.first, page, survey.builder.spec.id) or (None not in (total, all_of) and total != all_of)
    if not differs:
        return Proof(claim, None, f"{name} = {value} gives the same page as no filter")
    if got:
        return Proof(claim, True, f"{len(got)} records for {name} = {value}, each has it{less}")
    return Proof(claim, None, f"other records come for {name} = {value}{less}, but no field of that name shows it")


def hidden(survey: Survey) -> Proof | None:
    """Prove that the `hidden` parameters show more records than a bare request; None where there are none."""
    spec, all_of = survey.builder.spec, survey.total
    if not spec.hidden:
        return None
    named = ", ".join(f"{name} = {value}" for name, value in spec.hidden.items())
    claim = f"{named} shows what is left out otherwise"
    call = survey.builder.page(0, survey.size)
    rest = {name: value for name, value in spec.query.items() if name not in spec.hidden}
    page = survey.requester.attempt(replace(call, fixed=False, ask=RequestParameters(rest) | call.ask))
    if page is None:
        return Proof(claim, None, "the request without it is refused")
    bare = survey.builder.paging.records_total(page.answer)
    if bare is None or all_of is None:
        differs = not same(survey.first, page, spec.id)
        return Proof(
            claim, True if differs else None, f"the first page is {'another' if differs else 'the same'} without"
        )
    return Proof(
        claim, True if all_of > bare else None if all_of == bare else False, f"{all_of} with it, {bare} without"
    )


def since(survey: Survey) -> Proof | None:
    """Prove that only records changed since a moment are given; None where the connector names no such filter."""
    spec = survey.builder.spec
    if spec.since is None:
        return None
    claim = "the filter for changes works"
    columns = date_columns(survey, spec.since, 2)[:DATE_FIELDS]
    return _by_any(claim, "two dates", [(name, *_since_by(survey, claim, name)) for name in columns])


def between(survey: Survey) -> Proof | None:
    """Prove that only records changed between two moments are given; None without such a filter."""
    spec = survey.builder.spec
    if spec.between is None:
        return None
    claim = "the filter between moments works"
    columns = date_columns(survey, spec.since or spec.between, 3)[:DATE_FIELDS]
    return _by_any(claim, "three dates", [(name, *_between_by(survey, claim, name)) for name in columns])


def _by_any(claim: str, fewest: str, judged: list[tuple[str, Proof, bool]]) -> Proof:
    """Choose the proof by the field whose values all obey; a filter that is passed over obeys none.

    Each judged field stands with its proof, and with True where the same records came as without the filter.
    """
    if not judged:
        return Proof(claim, None, f"the records have no {fewest} to divide them")
    proved = next((proof for _, proof, _ in judged if proof.holds), None)
    if proved is not None or len(judged) == 1:
        return proved or judged[0][1]
    tried = "; ".join(f"{name}: {proof.evidence}" for name, proof, _ in judged)
    if all(proof.holds is False and passed_over for _, proof, passed_over in judged):
        return Proof(claim, False, f"the same records come as without it: {tried}")
    return Proof(claim, None, f"none of its dates obeys: {tried}")


def date_columns(survey: Survey, parameter: str, fewest: int) -> list[str]:
    """List the fields with that many dates which a filter for changes may mean, as dotted paths.

    They are the one that the filter names, else all, those of a change first.
    """
    wanted = field_of(parameter.partition("=")[0])
    names = [
        name
        for name in dict.fromkeys(path for record in survey.records for path, _ in leaves(record))
        if len(set(moments(survey.records, name))) >= fewest
    ]
    named = [name for name in names if wanted in {bare(name), bare(name.rpartition(".")[2])}]
    return named or sorted(names, key=lambda name: not request_words().changes.says_when(name.rpartition(".")[2]))


def moments(records: Iterable[Record], path: str) -> list[datetime]:
    """List the moments at a dotted path of records."""
    return [moment for record in records for moment in dates([{"": at(record, path)}], "")]


def _since_by(survey: Survey, claim: str, name: str) -> tuple[Proof, bool]:
    """Prove the filter for changes by the dates of one field; tell also whether it was passed over."""
    known = sorted(moments(survey.records, name))
    moment = known[len(known) // 2]
    text = iso(moment)
    page = survey.requester.attempt(_with(survey, survey.builder.spec.changed_since(text) or RequestParameters()))
    if page is None:
        return Proof(claim, False, f"since {text} is refused"), False
    got = moments(page.records, name)
    early = sum(date < moment for date in got)
    if early:
        passed_over = same(survey.first, page, survey.builder.spec.id)
        return Proof(claim, False, f"{early} of {len(got)} dates are before {text}"), passed_over
    evidence = f"{len(page.records)} records since {text}, none earlier by `{name}`"
    return Proof(claim, True if got else None, evidence), False


def _between_by(survey: Survey, claim: str, name: str) -> tuple[Proof, bool]:
    """Prove the filter between moments by the dates of one field; tell also whether it was passed over."""
    known = sorted(set(moments(survey.records, name)))
    start, end = known[len(known) // 3], known[2 * len(known) // 3]
    asked = survey.builder.spec.changed_between(iso(start), iso(end))
    page = survey.requester.attempt(_with(survey, asked or RequestParameters()))
    period = f"{iso(start)} to {iso(end)}"
    if page is None:
        return Proof(claim, False, f"{period} is refused"), False
    got = moments(page.records, name)
    outside = sum(not start <= date <= end for date in got)
    if outside:
        passed_over = same(survey.first, page, survey.builder.spec.id)
        return Proof(claim, False, f"{outside} of {len(got)} dates are outside {period}"), passed_over
    evidence = f"{len(page.records)} records from {period}, none outside by `{name}`"
    return Proof(claim, True if got else None, evidence), False


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601, in UTC with a `Z`."""
    return moment.isoformat().replace("+00:00", "Z")


def sorts(survey: Survey) -> Iterator[Proof]:
    """Prove each sort order: dates or ids fall, or rise."""
    spec = survey.builder.spec
    for name, params, rising in (("newest", spec.sort.newest, False), ("oldest", spec.sort.oldest, True)):
        if not params:
            continue
        claim = f"the {name} come first"
        page = survey.requester.attempt(_with(survey, spec.asking(params)))
        if page is None:
            yield Proof(claim, False, "the sort order is refused")
            continue
        ordered = _ordered(page, spec.id, rising=rising)
        if ordered:
            yield Proof(claim, True, f"{len(page.records)} records, '{ordered}' {'rises' if rising else 'falls'}")
        elif same(survey.first, page, spec.id) and len(page.records) > 1:
            yield Proof(claim, False, "the order is the same as without")
        else:
            yield Proof(claim, None, f"no date and no id of {len(page.records)} records is in order")


def detail(survey: Survey) -> tuple[Proof | None, tuple[str, ...]]:
    """Compare one record's own call with the list, for up to three records; and give notes of the difference."""
    spec = survey.builder.spec
    if spec.detail is None or not survey.records:
        return None, ()
    claim = "list and detail were compared"
    listed: set[str] = set()
    detailed: set[str] = set()
    compared = 0
    for record in survey.records[:: max(1, len(survey.records) // DETAILS)][:DETAILS]:
        detail_record = _detail(survey, record)
        if detail_record is not None:
            compared += 1
            listed |= set(paths_of(record))
            detailed |= set(paths_of(detail_record))
    if not compared:
        return Proof(claim, None, f"no detail came by {spec.detail}"), ()
    more, less = sorted(detailed - listed), sorted(listed - detailed)
    evidence = f"{compared} records: {len(listed)} paths in the list, {len(detailed)} in the detail"
    notes = [
        f"{len(names)} paths are only in the {source}: {_names(names)}"
        for names, source in ((more, "detail"), (less, "list"))
        if names
    ]
    return Proof(claim, True, evidence), tuple(notes)


def rate_limits(survey: Survey) -> Proof:
    """Prove that headers announce limits, those that the connector names among them."""
    claim, limits, met = "rate limits are announced", survey.builder.connector.limits, survey.requester.rates
    named = [name.lower() for name in (limits.remaining_header, limits.used_header, limits.reset_header) if name]
    missing = [name for name in named if name not in met]
    announced = ", ".join(f"{name}: {value}" for name, value in sorted(met.items())) or "no such header was met"
    if missing:
        return Proof(claim, False, f"the connector names {', '.join(missing)}, which did not come; {announced}")
    return Proof(claim, bool(met) or None, announced)


def _with(survey: Survey, more: RequestParameters) -> Call:
    return survey.builder.page(0, survey.size, more)


def _value(survey: Survey, name: str, known: tuple[str | int, ...]) -> str | int | None:
    """Choose a value to try: the rarest one that records have, else the first the connector names."""
    got = [value for record in survey.records for value in fields(record, name)]
    rare = sorted(set(map(str, got)), key=lambda text: (list(map(str, got)).count(text), text))
    return rare[0] if rare else next(iter(known), None)


def _ordered(page: Page, id_path: str, *, rising: bool) -> str | None:
    """Find a field of a page that is in order, dates before the id; with two different values at least."""
    names = sorted({key for record in page.records for key in record if isinstance(record[key], str)})
    series = {
        name: [next(iter(dates([{name: record.get(name)}], "")), None) for record in page.records] for name in names
    }
    columns: dict[str, list[Any]] = {name: list(values) for name, values in series.items()}
    columns[id_path] = [at(record, id_path) for record in page.records]
    for name, values in columns.items():
        if None in values or len(set(values)) < 2 or len({type(value) for value in values}) > 1:  # noqa: PLR2004  one value has no order
            continue
        if values == sorted(values, reverse=not rising):
            return name
    return None


def _detail(survey: Survey, record: Record) -> Mapping[str, object] | None:
    """Get the record that its own call gives, in any envelope."""
    page = survey.requester.attempt(detail_call(survey.builder, record))
    return record_in(page, survey.builder, record) if page else None


def _names(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
