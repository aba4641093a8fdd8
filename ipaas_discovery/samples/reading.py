"""What has been read of one collection so far, stratum by stratum, and the sample it amounts to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.samples.calls import Asker, Page, Seen, content
from ipaas_discovery.samples.flight import Batch
from ipaas_discovery.samples.novelty import Novelty
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Sample, Stop, Stratum
from ipaas_discovery.systems.answer import at

__all__ = ["MAIN", "Reading"]

MAIN = "spread"
"""The stratum of the pages that are spread over the collection, or followed from its beginning."""
ENDS = {Stop.NO_NEXT, Stop.SHORT, Stop.EMPTY, Stop.NO_CONTENT, Stop.COMPLETE}
"""Stops at which all there is has been seen."""


@dataclass(slots=True)
class Reading:
    """Pages by stratum, why reading stopped, and what has to be said of it."""

    system: str
    asker: Asker
    plan: Plan
    main: list[Page] = field(default_factory=list)
    extra: dict[str, list[Page]] = field(default_factory=dict)
    stop: Stop = Stop.NO_NEXT
    total: int | None = None
    notes: list[str] = field(default_factory=list)
    novelty: Novelty = field(default_factory=Novelty)
    requests: int = 0

    def take(self, pages: Iterable[Page], stratum: str = MAIN) -> None:
        """Keep pages of a stratum."""
        for page in pages:
            (self.main if stratum == MAIN else self.extra.setdefault(stratum, [])).append(page)
            if self.plan.until_quiet:
                self.novelty.add(page.records)

    def take_extra(self, names: list[str], batch: Batch, start: int = 0) -> None:
        """Keep what a batch brought of the strata `names`, its calls from `start` on; say which were refused."""
        for position, name in enumerate(names, start):
            page = batch.pages[position]
            if page is not None:
                self.take([page], name)
            elif position in batch.refused:
                self.notes.append(f"{name} could not be asked for: {batch.refused[position].what}")

    def sample(self) -> Sample:
        """The sample: whole pages that came twice left out, each record once."""
        pages = self._distinct()
        total = self._total(pages)
        records, twice = self._across_pages(pages)
        strata = [Stratum(MAIN, len(pages), len(records))] if self.extra else []
        known = set(map(self._key, records)) if self.extra else set()
        for name, more in self.extra.items():
            fresh = []
            for record in (record for page in more for record in page.records):
                if (key := self._key(record)) not in known:
                    known.add(key)
                    fresh.append(record)
            strata.append(Stratum(name, len(more), len(fresh)))
            records += fresh
        if twice:
            self.notes.append(f"{twice} record{'s'[: twice != 1]} came on two pages and {_are(twice)} kept once")
        everything = [*self.main, *(page for more in self.extra.values() for page in more)]
        return Sample(
            self.system,
            self.asker.collection,
            tuple(records),
            self.stop,
            total=total,
            pages=tuple(page.number for page in pages),
            taken=max((page.answer.date for page in everything), default=""),
            requests=self.requests or len(everything),
            strata=tuple(strata),
            notes=tuple(self.notes),
        )

    def _distinct(self) -> list[Page]:
        """The spread pages in order without those that repeat one: some APIs answer past the end with the last."""
        seen = Seen()
        pages = [page for page in sorted(self.main, key=lambda each: each.number) if not seen.repeats(page)]
        if len(pages) < len(self.main) and self.stop not in {Stop.INTERRUPTED, Stop.TIME}:
            self.stop = Stop.REPEATED
        return pages

    def _total(self, pages: list[Page]) -> int | None:
        """What the system said; where it said nothing, what was counted if all was seen."""
        counted = sum(len(page.records) for page in pages)
        if self.total is None:
            return counted if self.stop in ENDS else None
        said = {self.asker.paging.records_total(page.answer) for page in pages} - {None}
        if len(said) > 1:
            self.notes.append(
                f"the total changed between pages, from {self.total} to {max(said - {self.total}, key=_abs)}"
            )
        elif self.stop is Stop.COMPLETE and counted != self.total and not said <= {None}:
            self.notes.append(f"the system says {self.total}, and {counted} came")
        return self.total

    def _across_pages(self, pages: list[Page]) -> tuple[list[Any], int]:
        """Records of the spread pages; one that comes equal on two pages is kept once, and counted."""
        records: list[Any] = []
        earlier: dict[bytes, Any] = {}
        twice = 0
        for page in pages:
            here: dict[bytes, Any] = {}
            for record in page.records:
                if (value := at(record, self.asker.spec.id)) is not None:
                    key = content(value)
                    if key in earlier and earlier[key] == record:
                        twice += 1
                        continue
                    here.setdefault(key, record)
                records.append(record)
            earlier |= here
        return records, twice

    def _key(self, record: Any) -> bytes:  # noqa: ANN401  a record
        value = at(record, self.asker.spec.id)
        return content(record) if value is None else b"id:" + content(value)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _abs(value: int | None) -> int:
    return value or 0
