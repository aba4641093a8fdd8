"""A few records asked for one by one, and what that gives beside the list."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.list_ends import sentence
from ipaas_discovery.samples.pulling.saturation import paths_of
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.systems.answers.json_path import at

__all__ = ["against_list", "detail_call", "record_in", "with_details"]

SHOWN = 6
"""Names that a note lists before it says how many there are."""


def with_details(builder: RequestBuilder, sample: Sample, count: int) -> Generator[Sequence[Call], Batch, Sample]:
    """Ask for `count` records of a sample, spread over it, by the call of one record.

    The sample then holds them as its `details`, and says which paths only the one or the other call gave.
    """
    if not sample.records or sample.stop in {Stop.INTERRUPTED, Stop.TIME}:
        return sample
    asked = [sample.records[position] for position in Plan(pages=count).positions(len(sample))]
    pairs = [(record, call) for record in asked if (call := detail_call(builder, record)) is not None]
    batch = yield [call for _, call in pairs]
    answered = zip(pairs, batch.pages, strict=True)
    detailed = [
        (record, detail) for (record, _), page in answered if page and (detail := record_in(page, builder, record))
    ]
    notes = sample.notes
    if detailed:
        notes += tuple(against_list((record for record, _ in detailed), [detail for _, detail in detailed]))
    elif batch.stop is None:
        why = next((f": {sentence(error)}" for error in batch.refused.values()), "")
        notes += (f"no record came by {builder.spec.detail}{why}",)
    requests = sample.requests + batch.answered
    return replace(sample, details=tuple(dict(detail) for _, detail in detailed), notes=notes, requests=requests)


def detail_call(builder: RequestBuilder, record: Record) -> Call | None:
    """Build the call for one record; None where the record lacks what the path asks for.

    A path with one placeholder that no record has a field for asks for the record's id.
    """
    path = builder.spec.detail or ""
    names = re.findall(r"\{([^}]+)\}", path)
    for name in names:
        value = at(record, name)
        if value is None and len(names) == 1 and name not in record:
            value = at(record, builder.spec.id)
        if value is None:
            return None
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    return Call(builder.collection, path, fixed=False, bare=True, optional=True)


def record_in(page: Page, builder: RequestBuilder, record: Record) -> Mapping[str, Any] | None:
    """Find the record that its own call gave, in any envelope; None if the answer holds another or none.

    It is known by its id, or where the list gives none by the fields that the path asks for.
    """
    body, id_path = page.answer.body, builder.spec.id
    asked = re.findall(r"\{([^}]+)\}", builder.spec.detail or "")
    known = [name for name in ([id_path] if at(record, id_path) is not None else asked) if at(record, name) is not None]
    inside: list[Any] = list(body.values()) if isinstance(body, Mapping) else [body]
    inside += [value[0] for value in inside if isinstance(value, list) and len(value) == 1]
    candidates = [value for value in (body, *inside) if isinstance(value, Mapping)]
    wanted = [str(at(record, name)) for name in known]
    return next((value for value in candidates if wanted and [str(at(value, name)) for name in known] == wanted), None)


def against_list(listed: Iterable[Record], detailed: Sequence[Mapping[str, Any]]) -> list[str]:
    """Compare list and detail of the same records: a sentence on the paths that only one of the two gave."""
    of_list = {path for record in listed for path in paths_of(record)}
    of_detail = {path for record in detailed for path in paths_of(record)}
    asked = f"{len(detailed)} record{'s were' if len(detailed) > 1 else ' was'} asked for by the call of one as well"
    differences = [
        f"{_counted(names)} only in the {source}: {_names(names)}"
        for names, source in ((sorted(of_detail - of_list), "detail"), (sorted(of_list - of_detail), "list"))
        if names
    ]
    return [f"{asked}, {' and '.join(differences) or 'which gave no other path than the list'}"]


def _counted(names: list[str]) -> str:
    return f"{len(names)} path{' is' if len(names) == 1 else 's are'}"


def _names(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
