"""What the call of one record gives beside the list: a few records asked for one by one."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.saturation import paths_of
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.systems.answers.json_path import at

__all__ = ["against_list", "detail_call", "record_in", "with_details"]

SHOWN = 6
"""Names that a note lists before it says how many there are."""


def with_details(asker: RequestBuilder, sample: Sample, count: int) -> Generator[Sequence[Call], Batch, Sample]:
    """The steps that ask for `count` records of a sample, spread over it, by the call of one record.

    The sample then holds them as its `details`, and says which paths only the one or the other call gave.
    """
    if not sample.records or sample.stop in {Stop.INTERRUPTED, Stop.TIME}:
        return sample
    asked = [sample.records[position] for position in Plan(pages=count).positions(len(sample))]
    pairs = [(record, call) for record in asked if (call := detail_call(asker, record)) is not None]
    batch = yield [call for _, call in pairs]
    answered = zip(pairs, batch.pages, strict=True)
    found = [(record, one) for (record, _), page in answered if page and (one := record_in(page, asker, record))]
    notes = sample.notes
    if found:
        notes += tuple(against_list((record for record, _ in found), [one for _, one in found]))
    elif batch.stop is None:
        why = next((f": {error.what}" for error in batch.refused.values()), "")
        notes += (f"no record came by {asker.spec.detail}{why}",)
    requests = sample.requests + batch.answered
    return replace(sample, details=tuple(dict(one) for _, one in found), notes=notes, requests=requests)


def detail_call(asker: RequestBuilder, record: Record) -> Call | None:
    """The call for one record; None where the record lacks what the path asks for."""
    path = asker.spec.detail or ""
    for name in re.findall(r"\{([^}]+)\}", path):
        value = at(record, name)
        if value is None:
            return None
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    return Call(asker.collection, path, fixed=False, bare=True, optional=True)


def record_in(page: Page, asker: RequestBuilder, record: Record) -> Mapping[str, Any] | None:
    """The record that its own call gave, out of whatever envelope; None if the answer holds another or none."""
    body, id_path = page.answer.body, asker.spec.id
    inside: list[Any] = list(body.values()) if isinstance(body, Mapping) else [body]
    inside += [each[0] for each in inside if isinstance(each, list) and len(each) == 1]
    candidates = [each for each in (body, *inside) if isinstance(each, Mapping)]
    wanted = str(at(record, id_path))
    return next((each for each in candidates if str(at(each, id_path)) == wanted), None)


def against_list(listed: Iterable[Record], detailed: Sequence[Mapping[str, Any]]) -> list[str]:
    """Which paths only the list or only the detail gave of the same records, a sentence each."""
    of_list = {path for record in listed for path in paths_of(record)}
    of_detail = {path for record in detailed for path in paths_of(record)}
    asked = f"{len(detailed)} record{'s were' if len(detailed) > 1 else ' was'} asked for by the call of one as well"
    told = [
        f"{_counted(names)} only in the {place}: {_names(names)}"
        for names, place in ((sorted(of_detail - of_list), "detail"), (sorted(of_list - of_detail), "list"))
        if names
    ]
    return [f"{asked}, {' and '.join(told) or 'which gave no other path than the list'}"]


def _counted(names: list[str]) -> str:
    return f"{len(names)} path{' is' if len(names) == 1 else 's are'}"


def _names(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
