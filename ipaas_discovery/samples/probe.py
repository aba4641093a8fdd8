"""Proves how a collection pages, before anything relies on it: what was proven, what refuted, what nobody can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.systems.answer import at
from ipaas_discovery.tables import Tabular, frame_of

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.samples.pull import Puller

__all__ = ["ProbeReport", "Proof", "probe"]


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim: True proven, False refuted, None not provable; with the numbers that decided."""

    claim: str
    holds: bool | None
    evidence: str


@dataclass(frozen=True, slots=True)
class ProbeReport(Tabular):
    """What a probe of one collection's paging found."""

    collection: str
    proofs: tuple[Proof, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was refuted."""
        return all(each.holds is not False for each in self.proofs)

    def frame(self) -> pd.DataFrame:
        """One row a claim: claim, holds, evidence."""
        rows = ({"claim": each.claim, "holds": each.holds, "evidence": each.evidence} for each in self.proofs)
        return frame_of(rows, {"claim": "str", "holds": "boolean", "evidence": "str"})


def probe(puller: Puller, collection: str, *, size: int = 10) -> ProbeReport:
    """Read up to the first two pages and the last one twice, and say what they prove of the connector's settings.

    Raises:
        UnknownNameError: if there is no such collection.
        FetchError: if the system does not answer.
    """
    spec = puller.connector.collection(collection)
    spread = puller.pull(collection, Plan(pages=3, size=size))
    again = puller.pull(collection, Plan(pages=3, size=size))
    ids = [at(record, spec.id) for record in spread.records]
    whole = puller.pull(collection, Plan(pages=10_000, size=250)) if spread.total and spread.total <= 2500 else None  # noqa: PLR2004  ten pages of 250
    return ProbeReport(
        collection,
        (
            Proof("records are found", bool(spread.records) or None, spread.claim),
            _ids(ids, spec.id),
            _size(puller, collection, spread, size),
            _total(spread, whole),
            Proof("the order is stable", spread.records == again.records, "the same pages were read twice"),
        ),
    )


def _ids(ids: list[Any], name: str) -> Proof:
    """Pages are disjoint if no id comes twice."""
    missing = sum(each is None for each in ids)
    if missing or not ids:
        return Proof("pages are disjoint", None, f"`{name}` is missing in {missing} of {len(ids)} records")
    different = len(set(map(str, ids)))
    return Proof("pages are disjoint", different == len(ids), f"{different} different `{name}` in {len(ids)} records")


def _size(puller: Puller, collection: str, spread: Sample, size: int) -> Proof:
    paging = puller.connector.paging_of(collection)
    if not (getattr(paging, "size", None) or getattr(paging, "limit", None)):
        return Proof("the page size is honoured", None, "the connector names no size parameter")
    if len(spread.pages) < 2:  # noqa: PLR2004  one page may be short because it is the last
        return Proof("the page size is honoured", None, f"one page of {len(spread)} records cannot tell")
    full = len(spread) > size * (len(spread.pages) - 1) and len(spread) <= size * len(spread.pages)
    evidence = f"{len(spread)} records in {len(spread.pages)} pages of {size}"
    return Proof("the page size is honoured", full, evidence)


def _total(spread: Sample, whole: Sample | None) -> Proof:
    if spread.total is None:
        return Proof("the total is right", None, "the system tells no total")
    if whole is None:
        return Proof("the total is right", None, f"it says {spread.total}, too many to count in a probe")
    return Proof("the total is right", len(whole) == spread.total, f"it says {spread.total}, {len(whole)} were counted")
