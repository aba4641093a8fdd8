"""What has been read of one collection so far, stratum by stratum, and the sample it amounts to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.moved_records import changes
from ipaas_discovery.samples.pulling.saturation import Saturation
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator, content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Sample, Stop, Stratum
from ipaas_discovery.systems.answers.json_path import at

__all__ = ["MAIN", "ReadState"]

MAIN = "spread"
"""The stratum of the pages that are spread over the collection, or followed from its beginning."""
ENDS = {Stop.NO_NEXT, Stop.SHORT, Stop.EMPTY, Stop.NO_CONTENT, Stop.ABSENT, Stop.COMPLETE}
"""Stops at which all there is has been seen."""


@dataclass(slots=True)
class ReadState:
    """Pages by stratum, why reading stopped, and what has to be said of it."""

    system: str
    asker: RequestBuilder
    plan: Plan
    main: list[Page] = field(default_factory=list)
    extra: dict[str, list[Page]] = field(default_factory=dict)
    stop: Stop = Stop.NO_NEXT
    total: int | None = None
    notes: list[str] = field(default_factory=list)
    requests: int = 0
    size: int | None = None
    """Records a page, as the first one showed that they can be asked for."""
    told: bool = True
    """Whether what pages say of the total is to be believed."""
    _novelty: Saturation = field(default_factory=Saturation)
    _unlooked: list[Page] = field(default_factory=list)

    @property
    def everything(self) -> list[Page]:
        """Every page of every stratum."""
        return [*self.main, *(page for more in self.extra.values() for page in more)]

    @property
    def quiet(self) -> int:
        """How many of the last pages, in a row, had no path that none before them had; empty ones tell nothing."""
        for page in self._unlooked:
            self._novelty.add(page.records)
        self._unlooked.clear()
        return self._novelty.quiet

    def take(self, pages: Iterable[Page], stratum: str = MAIN) -> None:
        """Keep pages of a stratum."""
        for page in pages:
            (self.main if stratum == MAIN else self.extra.setdefault(stratum, [])).append(page)
            if page.records:
                self._unlooked.append(page)

    def take_extra(self, names: list[str], batch: Batch, start: int = 0) -> None:
        """Keep what a batch brought of the strata `names`, its calls from `start` on; say which were refused."""
        for position, name in enumerate(names, start):
            page = batch.pages[position]
            if page is not None:
                self.take([page], name)
            elif position in batch.refused:
                self.notes.append(f"{name} could not be asked for: {batch.refused[position].what}")

    def is_new(self, page: Page) -> bool:
        """Whether a page holds a record that no page before had."""
        known = {self._key(record) for each in self.everything for record in each.records}
        return any(self._key(record) not in known for record in page.records)

    def sample(self) -> Sample:
        """The sample: whole pages that came twice left out, each record once."""
        pages = self._distinct()
        kept, twice, again = self._across_pages(pages)
        total = self._total(pages, twice, again)
        records = [record for page in kept for record in page]
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
        everything = self.everything
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
            sizes=tuple(map(len, kept)),
        )

    def _distinct(self) -> list[Page]:
        """The spread pages in order without those that repeat one: some APIs answer past the end with the last."""
        seen = PageDeduplicator()
        pages = [page for page in sorted(self.main, key=lambda each: each.number) if not seen.repeats(page)]
        if len(pages) < len(self.main) and self.stop not in {Stop.INTERRUPTED, Stop.TIME}:
            self.stop = Stop.REPEATED
        return pages

    def _total(self, pages: list[Page], twice: int, again: int) -> int | None:
        """What the system said, the most where that changed; else what was counted, if all was seen."""
        counted = sum(len(page.records) for page in pages)
        told = [self.asker.paging.records_total(page.answer) for page in pages] if self.told else []
        said = [total for total in told if total is not None]
        came = counted - twice if self.stop is Stop.COMPLETE else None
        moved = [*changes(said, twice=twice, again=again, came=came)]
        self.notes += moved
        if self.total is None:
            return counted if self.stop in ENDS else None
        if said and not moved and self.stop is Stop.COMPLETE and counted != self.total:
            self.notes.append(f"the system says {self.total}, and {counted} came")
        return max([self.total, *said])

    def _across_pages(self, pages: list[Page]) -> tuple[list[list[Any]], int, int]:
        """Records of the spread pages, page by page; one that comes equal on two pages is kept once.

        How many did, and how many came again with other values, as far as ids tell records apart.
        """
        records: list[list[Any]] = []
        earlier: dict[bytes, Any] = {}
        again: set[bytes] = set()
        twice, tells = 0, True
        for page in pages:
            here: dict[bytes, Any] = {}
            kept: list[Any] = []
            for record in page.records:
                if (value := at(record, self.asker.spec.id)) is not None:
                    key = content(value)
                    if key in earlier:
                        if earlier[key] == record:
                            twice += 1
                            continue
                        again.add(key)
                    tells &= key not in here
                    here.setdefault(key, record)
                kept.append(record)
            records.append(kept)
            earlier |= here
        return records, twice, len(again) if tells else 0

    def _key(self, record: Any) -> bytes:  # noqa: ANN401  a record
        value = at(record, self.asker.spec.id)
        return content(record) if value is None else b"id:" + content(value)
