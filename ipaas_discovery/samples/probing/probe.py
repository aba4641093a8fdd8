"""Proof of how a collection pages, before anything relies on it, and proposals for the connector."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.probing.probe_report import SIZED, ProbeReport, Proof, Proposal, toml_lines
from ipaas_discovery.samples.probing.propose_filters import suggestions
from ipaas_discovery.samples.probing.propose_paging import PagingFinding, find_paging, find_totals
from ipaas_discovery.samples.probing.prove_filters import between, detail, filters, hidden, rate_limits, since, sorts
from ipaas_discovery.samples.probing.prove_pages import (
    base,
    changed,
    different,
    disjoint,
    order,
    past_the_end,
    records_found,
    size_honoured,
    size_parameter,
    total,
)
from ipaas_discovery.samples.probing.survey import Survey, count, keys, take_survey
from ipaas_discovery.samples.record_ids import id_field
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.answers.signs import sign_of_more
from ipaas_discovery.systems.connectors.paging import NoPaging, PagePaging, Paging

if TYPE_CHECKING:
    from ipaas_discovery.samples.pulling.puller import Puller

__all__ = ["ProbeReport", "Proof", "Proposal", "probe"]

REQUESTS = 60
"""The most calls of a probe."""
RESERVE = 30
"""Calls that counting leaves for the proofs after it."""
PARENTS = 5
"""Parent records whose children a probe asks for."""
SUSPECT = 10
"""Number of records that, without paging, may be the first page of more."""


def probe(
    puller: Puller, collection: str, *, size: int = 10, requests: int = REQUESTS, hints: tuple[str, ...] = ()
) -> ProbeReport:
    """Read the first two pages and the last, some of them twice, and say what they prove of the connector's settings.

    Where they refute it, or it says nothing of paging, ways to page are tried, and what works is proposed.

    Args:
        puller: the system, ready to be asked.
        collection: the collection, as the connector names it.
        size: records per page to ask for.
        requests: calls to make at most; a probe that reaches them says so.
        hints: parameters that the system's own description lists for this call; they are tried first.

    Raises:
        UnknownNameError: if there is no such collection.
        FetchError: if the system does not answer.
    """
    if puller.connector.collection(collection).parent is not None:
        return _probe_children(puller, collection, size)
    requester = Requester(puller.connector, puller.client, puller.on_page)
    survey = take_survey(puller.connector, requester, collection, size=size, cap=requests)
    survey.hints = hints
    place = "paging" if survey.refused else "records"
    proofs = {
        "found": replace(records_found(survey), setting=place),
        "disjoint": disjoint(survey),
        "size": size_honoured(survey),
    }
    if survey.first.records and survey.refused is None:
        survey.counted = count(survey, RESERVE)
    proofs |= {"total": total(survey), "order": order(survey)}
    survey.notes += changed(survey)
    if (come := _pages_come(survey)) is not None:
        proofs["come"] = come
    optional = {"base": base(survey), "end": past_the_end(survey)} if survey.refused is None else {}
    proofs |= {name: proof for name, proof in optional.items() if proof is not None}
    rest = _rest(survey)
    steady = proofs["order"].holds is not False
    if not steady:
        survey.notes.append("the order changes between reads, so that no other settings can be tried: sort by the id")
    proposals = (*_proposals(survey, puller, proofs), *suggestions(survey)) if steady else ()
    more = [proposal for proposal in proposals if "paging" in proposal.table]
    if more and come is not None and come.holds is None:
        proofs["come"] = replace(come, holds=False, evidence=f"{come.evidence}, and the proposed settings lead on")
    if more and isinstance(survey.builder.paging, NoPaging):
        rest.insert(0, _beyond(survey, more[0]))
    elif isinstance(survey.builder.paging, NoPaging) and (judged := _all_at_once(survey)) is not None:
        rest.insert(0, judged)
    if isinstance(survey.builder.paging, NoPaging):
        better = any("paging" in proposal.table for proposal in proposals)
        survey.notes.append(_tried(survey, steady=steady, better=better))
    if survey.requester.left <= 0:
        survey.notes.append(f"the probe's cap of {requests} requests was reached; not everything was tried")
    return ProbeReport(
        collection, (*proofs.values(), *rest), proposals, tuple(survey.notes), survey.requester.sent,
        survey.first.answer.date,
    )  # fmt: skip


def _pages_come(survey: Survey) -> Proof | None:
    """Judge whether the pages come that the connector's paging should lead to; None where nothing speaks against it."""
    if survey.missed:
        return Proof("the pages come", False, survey.missed[0])
    if survey.second is not None or survey.refused is not None or isinstance(survey.builder.paging, NoPaging):
        return None
    came = len(survey.first.records)
    alone = f"the first page of {counted(came, 'record')} leads to no other, though"
    sign = sign_of_more(survey.first.answer, came, asked=survey.size)
    larger = survey.counted.records if survey.counted is not None else 0
    if larger > came and (sign is None or sign.at_least is None):
        return Proof("the pages come", False, f"{alone} {larger} came where more were asked for at once")
    if sign is None:
        return None
    return Proof("the pages come", False if sign.at_least is not None else None, f"{alone} {sign.text}")


def _beyond(survey: Survey, proposal: Proposal) -> Proof:
    """Judge whether anything follows what one answer gave, by the paging that was found to work."""
    claim, came = "everything comes at once", len(survey.first.records)
    paging = TypeAdapter[Paging](Paging).validate_python(tomllib.loads("\n".join(proposal.after)))
    if not paging.numbered:
        return Proof(claim, False, proposal.why)
    page = survey.requester.attempt(replace(survey.plain(), ask=paging.ask(1, came)))
    if page is not None and not page.records:
        return Proof(claim, True, f"nothing follows the {came} that came; {proposal.why}")
    known = set(keys(survey.first.records, survey.builder.spec.id))
    others = page is not None and not known & set(keys(page.records, survey.builder.spec.id))
    return Proof(claim, False if others else None, proposal.why)


def _all_at_once(survey: Survey) -> Proof | None:
    """Judge whether one answer is the whole collection by what it says itself; None where nothing speaks against it."""
    sign = sign_of_more(survey.first.answer, len(survey.first.records))
    if sign is None:
        return None
    tried = "what was tried led to no others" if survey.tried else "no other way was tried"
    evidence = f"these may not be all records: {sign.text}; {tried}"
    return Proof("everything comes at once", None if "round" in sign.text else False, evidence)


def _tried(survey: Survey, *, steady: bool, better: bool) -> str:
    """Say what was tried to find paging where the connector names none; `better` if something was found."""
    if not steady:
        return "no paging is named, and none was tried, for the order changes between reads"
    if survey.tried:
        return f"no paging is named; tried in vain were {'; '.join(survey.tried)}"
    if better:
        return "no paging is named, and the first way that was tried led on"
    if _may_page(survey):
        return "no paging is named, and none could be tried: the list did not come once more"
    return f"no paging is named, and none was tried: {len(survey.first.records)} records came, with no sign of more"


def _may_page(survey: Survey) -> bool:
    """Tell whether an answer may be the first page of more."""
    came = len(survey.first.records)
    return came >= SUSPECT or (came > 0 and sign_of_more(survey.first.answer, came) is not None)


def _rest(survey: Survey) -> list[Proof]:
    """Prove what else is claimed: filters, sort orders, the detail, limits."""
    compared, notes = detail(survey)
    survey.notes += notes
    asked = {"hidden": hidden(survey), "since": since(survey), "between": between(survey)}
    names = [f"filters.{name}" for name in survey.builder.spec.filters]
    about = [
        *zip(names, filters(survey), strict=True),
        *((name, proof) for name, proof in asked.items() if proof),
        *(("sort", proof) for proof in sorts(survey)),
        *([("detail", compared)] if compared else []),
        ("limits", rate_limits(survey)),
    ]
    return [replace(proof, setting=setting) for setting, proof in about]


def _proposals(survey: Survey, puller: Puller, proofs: Mapping[str, Proof]) -> Iterator[Proposal]:
    """Yield the changes that the answers support; what nothing supports is said in a note."""
    name, spec = survey.builder.collection, survey.builder.spec
    if survey.records_path is not None:
        before = puller.connector.records_of(name)
        yield Proposal(
            f"collections.{name}", toml_lines({"records": before}), toml_lines({"records": survey.records_path}),
            f"`{survey.records_path or 'the body itself'}` holds {len(survey.first.records)} records",
        )  # fmt: skip
    if survey.records and all(value is None for value in survey.ids(survey.records)):
        better = id_field(survey.records)
        if better:
            yield Proposal(f"collections.{name}", toml_lines({"id": spec.id}), toml_lines({"id": better}),
                           f"`{better}` is there and different in all {len(survey.records)} records")  # fmt: skip
    changed = _paging(survey, proofs)
    if changed is not None:
        table = f"collections.{name}.paging" if spec.paging else "paging"
        before_lines, after_lines = toml_lines(_settings(survey.builder.paging)), toml_lines(changed.settings)
        if before_lines != after_lines and _differs(survey.builder.paging, changed):
            yield Proposal(table, before_lines, after_lines, changed.why)
            if not spec.paging:
                own = f"write [collections.{name}.paging] for this one"
                survey.notes.append(f"[paging] holds for every collection without its own; {own}")


def _paging(survey: Survey, proofs: Mapping[str, Proof]) -> PagingFinding | None:
    """Find better paging settings, None where those of the connector stand or nothing better was found."""
    paging = survey.builder.paging
    if "base" in proofs and proofs["base"].holds is False and isinstance(paging, PagePaging):
        first = 1 - paging.first if paging.first in {0, 1} else paging.first - 1
        return PagingFinding({**_settings(paging), "first": first}, proofs["base"].evidence)
    if survey.refused is not None and isinstance(paging, PagePaging) and paging.first in {0, 1}:
        other = survey.requester.attempt(survey.builder.page(1 - 2 * paging.first, survey.size))
        if other is not None and other.records:
            why = f"page {1 - paging.first} holds {len(other.records)} records, and page {paging.first} is refused"
            return PagingFinding({**_settings(paging), "first": 1 - paging.first}, why)
    none = isinstance(paging, NoPaging) and _may_page(survey)
    lost = survey.second is None and "come" in proofs  # a weak sign is enough to try: only what leads on is proposed
    wrong = survey.refused is not None or proofs["disjoint"].holds is False or none or lost
    ignored = proofs["size"].holds is False
    if wrong or (ignored and size_parameter(survey)):
        better = find_paging(survey)
        if better is not None:
            return better if wrong else _resized(paging, better)
        if not none:
            survey.notes.append("no other way to page was found; the system's own description has to tell")
    return _totalled(survey, proofs["total"])


def _resized(paging: Paging, better: PagingFinding) -> PagingFinding:
    """Give the connector's paging with the size parameter that works, or without one."""
    name = "size" if hasattr(paging, "size") else "limit"
    size_name = better.settings.get("size") or better.settings.get("limit")
    settings = {**_settings(paging), name: size_name}
    works = (
        f"`{size_name}` makes a page of the size asked for" if size_name else "no size parameter that was tried works"
    )
    return PagingFinding(settings, works)


def _totalled(survey: Survey, proof: Proof) -> PagingFinding | None:
    """Give the connector's paging with the path of the total, found by a count of the records."""
    paging, counted = survey.builder.paging, survey.counted
    if counted is None or not counted.complete or proof.holds is True or isinstance(paging, NoPaging):
        return None
    path = next((path for path, value in find_totals(survey.first) if value == counted.records), None)
    if path is None and proof.holds is None:
        return None
    why = f"`{path}` says {counted.records}, as many as were counted" if path else proof.evidence
    return PagingFinding({**_settings(paging), "total": path}, why)


def _differs(paging: Paging, changed: PagingFinding) -> bool:
    """Tell whether settings differ from the connector's paging, defaults counted."""
    settings = {name: value for name, value in changed.settings.items() if value is not None}
    return settings.get("kind") != paging.kind or type(paging).model_validate(settings) != paging


def _settings(paging: Paging) -> dict[str, Any]:
    """Give the settings as the connector file has them."""
    return {"kind": paging.kind} | paging.model_dump(exclude_unset=True)


def _probe_children(puller: Puller, collection: str, size: int) -> ProbeReport:
    """Prove what can be proved of the children of a few parents: they have no pages and no total of their own."""
    spec = puller.connector.collection(collection)
    parent = puller.pull(spec.parent or "", Plan(pages=3, size=size, edges=False))
    few = parent if spec.embedded else replace(parent, records=parent.records[:PARENTS])
    sample, again = (puller.pull(collection, Plan(pages=3, size=size), few) for _ in range(2))
    kept = f"{len(sample)} records of {len(few)} parents"
    return ProbeReport(
        collection,
        (
            Proof("records are found", bool(sample.records) or None, kept),
            different([at(record, spec.id) for record in sample.records], spec.id),
            Proof(SIZED, None, "children are asked for parent by parent"),
            Proof("the total is right", None, "children have no total"),
            Proof("the order is stable", sample.records == again.records, f"{kept} were read twice"),
        ),
        requests=parent.requests + sample.requests + again.requests,
    )
