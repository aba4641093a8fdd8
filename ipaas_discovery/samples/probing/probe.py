"""Proves how a collection pages, before anything relies on it, and proposes what the connector should say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.probing.probe_report import ProbeReport, Proof, Proposal, toml_lines
from ipaas_discovery.samples.probing.propose_filters import suggestions
from ipaas_discovery.samples.probing.propose_paging import PagingFinding, find_paging, find_totals
from ipaas_discovery.samples.probing.prove_filters import between, detail, filters, hidden, rate_limits, since, sorts
from ipaas_discovery.samples.probing.prove_pages import (
    base,
    changed,
    different,
    disjoint,
    found,
    honoured,
    order,
    past_the_end,
    sized,
    total,
)
from ipaas_discovery.samples.probing.survey import Survey, count, survey
from ipaas_discovery.samples.record_ids import id_field
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.connectors.paging import NoPaging, PagePaging, Paging

if TYPE_CHECKING:
    from ipaas_discovery.samples.pulling.puller import Puller

__all__ = ["ProbeReport", "Proof", "Proposal", "probe"]

REQUESTS = 60
"""Calls a probe makes at most."""
RESERVE = 30
"""Calls that counting leaves for what comes after it."""
PARENTS = 5
"""Parent records whose children a probe asks for."""
SUSPECT = 10
"""So many records without paging may be the first page of more."""


def probe(puller: Puller, collection: str, *, size: int = 10, requests: int = REQUESTS) -> ProbeReport:
    """Read the first two pages and the last, some of them twice, and say what they prove of the connector's settings.

    Where they refute it, or it says nothing of paging, ways to page are tried, and what works is proposed.

    Args:
        puller: the system, ready to be asked.
        collection: the collection, as the connector names it.
        size: records a page to ask for.
        requests: calls to make at most; a probe that reaches them says so.

    Raises:
        UnknownNameError: if there is no such collection.
        FetchError: if the system does not answer.
    """
    if puller.connector.collection(collection).parent is not None:
        return _probe_children(puller, collection, size)
    caller = Requester(puller.connector, puller.client, puller.on_page)
    seen = survey(puller.connector, caller, collection, size=size, cap=requests)
    proofs = {"found": found(seen), "disjoint": disjoint(seen), "size": honoured(seen)}
    if seen.first.records and seen.refused is None:
        seen.counted = count(seen, RESERVE)
    proofs |= {"total": total(seen), "order": order(seen)}
    seen.notes += changed(seen)
    if seen.missed:
        proofs["come"] = Proof("the pages come", False, seen.missed[0])
    further = {"base": base(seen), "end": past_the_end(seen)} if seen.refused is None else {}
    proofs |= {name: proof for name, proof in further.items() if proof is not None}
    rest = _rest(seen)
    steady = proofs["order"].holds is not False
    if not steady:
        seen.notes.append("the order changes between reads, so that no other settings can be tried: sort by the id")
    proposals = (*_proposals(seen, puller, proofs), *suggestions(seen)) if steady else ()
    if isinstance(seen.builder.paging, NoPaging) and (more := [each for each in proposals if "paging" in each.table]):
        rest.insert(0, Proof("everything comes at once", False, more[0].why))
    if seen.gentle.left <= 0:
        seen.notes.append(f"the probe's cap of {requests} requests was reached; not everything was tried")
    return ProbeReport(collection, (*proofs.values(), *rest), proposals, tuple(seen.notes), seen.gentle.sent)


def _rest(seen: Survey) -> list[Proof]:
    """What else is claimed: filters, sort orders, the detail, limits."""
    compared, notes = detail(seen)
    seen.notes += notes
    asked = (hidden(seen), since(seen), between(seen))
    return [
        *filters(seen),
        *(proof for proof in asked if proof),
        *sorts(seen),
        *([compared] if compared else []),
        rate_limits(seen),
    ]


def _proposals(seen: Survey, puller: Puller, proofs: Mapping[str, Proof]) -> Iterator[Proposal]:
    """Changes that the answers speak for; what nothing speaks for is said in a note."""
    name, spec = seen.builder.collection, seen.builder.spec
    if seen.records_path is not None:
        before = puller.connector.records_of(name)
        yield Proposal(
            f"collections.{name}", toml_lines({"records": before}), toml_lines({"records": seen.records_path}),
            f"`{seen.records_path or 'the body itself'}` holds {len(seen.first.records)} records",
        )  # fmt: skip
    if seen.records and all(each is None for each in seen.ids(seen.records)):
        better = id_field(seen.records)
        if better:
            yield Proposal(f"collections.{name}", toml_lines({"id": spec.id}), toml_lines({"id": better}),
                           f"`{better}` is there and different in all {len(seen.records)} records")  # fmt: skip
    changed = _paging(seen, proofs)
    if changed is not None:
        table = f"collections.{name}.paging" if spec.paging else "paging"
        before_lines, after_lines = toml_lines(_settings(seen.builder.paging)), toml_lines(changed.settings)
        if before_lines != after_lines and _differs(seen.builder.paging, changed):
            yield Proposal(table, before_lines, after_lines, changed.why)
            if not spec.paging:
                own = f"write [collections.{name}.paging] for this one"
                seen.notes.append(f"[paging] holds for every collection without its own; {own}")


def _paging(seen: Survey, proofs: Mapping[str, Proof]) -> PagingFinding | None:
    """Better paging settings, None where those of the connector stand or nothing better was found."""
    paging = seen.builder.paging
    if "base" in proofs and proofs["base"].holds is False and isinstance(paging, PagePaging):
        first = 1 - paging.first if paging.first in {0, 1} else paging.first - 1
        return PagingFinding({**_settings(paging), "first": first}, proofs["base"].evidence)
    if seen.refused is not None and isinstance(paging, PagePaging) and paging.first in {0, 1}:
        other = seen.gentle.attempt(seen.builder.page(1 - 2 * paging.first, seen.size))
        if other is not None and other.records:
            why = f"page {1 - paging.first} holds {len(other.records)} records, and page {paging.first} is refused"
            return PagingFinding({**_settings(paging), "first": 1 - paging.first}, why)
    none = isinstance(paging, NoPaging) and len(seen.first.records) >= SUSPECT
    lost = seen.second is None and bool(seen.missed)
    wrong = seen.refused is not None or proofs["disjoint"].holds is False or none or lost
    ignored = proofs["size"].holds is False
    if wrong or (ignored and sized(seen)):
        better = find_paging(seen)
        if better is not None:
            return better if wrong else _resized(paging, better)
        if not none:
            seen.notes.append("no other way to page was found; the system's own description has to tell")
    return _totalled(seen, proofs["total"])


def _resized(paging: Paging, better: PagingFinding) -> PagingFinding:
    """The connector's paging with the size parameter that works, or without one."""
    name = "size" if hasattr(paging, "size") else "limit"
    size_name = better.settings.get("size") or better.settings.get("limit")
    settings = {**_settings(paging), name: size_name}
    works = (
        f"`{size_name}` makes a page of the size asked for" if size_name else "no size parameter that was tried works"
    )
    return PagingFinding(settings, works)


def _totalled(seen: Survey, proof: Proof) -> PagingFinding | None:
    """The connector's paging with the place where the total is, told by a count of the records."""
    paging, counted = seen.builder.paging, seen.counted
    if counted is None or not counted.complete or proof.holds is True or isinstance(paging, NoPaging):
        return None
    place = next((place for place, value in find_totals(seen.first) if value == counted.records), None)
    if place is None and proof.holds is None:
        return None
    why = f"`{place}` says {counted.records}, as many as were counted" if place else proof.evidence
    return PagingFinding({**_settings(paging), "total": place}, why)


def _differs(paging: Paging, changed: PagingFinding) -> bool:
    """Whether settings say anything that the connector's paging does not, defaults counted."""
    told = {name: value for name, value in changed.settings.items() if value is not None}
    return told.get("kind") != paging.kind or type(paging).model_validate(told) != paging


def _settings(paging: Paging) -> dict[str, Any]:
    """The settings as the connector file says them."""
    return {"kind": paging.kind} | paging.model_dump(exclude_unset=True)


def _probe_children(puller: Puller, collection: str, size: int) -> ProbeReport:
    """The claims that hold for children, of a few parents: they have no pages and no total of their own."""
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
            Proof("the page size is honoured", None, "children are asked for parent by parent"),
            Proof("the total is right", None, "children have no total"),
            Proof("the order is stable", sample.records == again.records, f"{kept} were read twice"),
        ),
        requests=parent.requests + sample.requests + again.requests,
    )
