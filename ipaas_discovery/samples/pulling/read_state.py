"""The pages read of one collection so far, stratum by stratum, and the sample they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.samples.end import ListEnd
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.list_ends import ENDS, Tail, judge, omitted, reported_beside, sentence
from ipaas_discovery.samples.pulling.moved_records import changes
from ipaas_discovery.samples.pulling.saturation import Saturation
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator, content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Sample, Stop, Stratum
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.answers.notes import in_words

__all__ = ["MAIN", "ReadState"]

MAIN = "spread"
"""The stratum of the pages that are spread over the collection, or followed from its beginning."""
BY_ID = b"id:"
"""The beginning of the key of a record that has an id."""


@dataclass(slots=True)
class ReadState:
    """Pages by stratum, why reading stopped, and what the sample has to note."""

    system: str
    builder: RequestBuilder
    plan: Plan
    main: list[Page] = field(default_factory=list)
    extra: dict[str, list[Page]] = field(default_factory=dict)
    stop: Stop = Stop.NO_NEXT
    total: int | None = None
    counted: int | None = None
    """The number of records by the place of the last page, where the system does not tell it."""
    is_limited: bool = False
    """True if the list may go on behind its last page, so that `counted` is no total."""
    notes: list[str] = field(default_factory=list)
    requests: int = 0
    size: int | None = None
    """Records per page, as the first page showed that they can be asked for."""
    total_is_trusted: bool = True
    """False if the total that pages report has proved wrong."""
    is_confirmed: bool = False
    """True if the page after all that are told is not there."""
    beyond: Page | None = None
    """The page that came after the last one, empty or one that came before."""
    _saturation: Saturation = field(default_factory=Saturation)
    _unexamined: list[Page] = field(default_factory=list)
    _keys: dict[int, tuple[Page, list[bytes]]] = field(default_factory=dict)
    """The keys of the records of each page, by its identity; the page is held so that this stays its own."""

    @property
    def expected(self) -> int | None:
        """The number of records that there should be."""
        return self.counted if self.total is None else self.total

    @property
    def everything(self) -> list[Page]:
        """Every page of every stratum."""
        return [*self.main, *(page for more in self.extra.values() for page in more)]

    @property
    def quiet(self) -> int:
        """The number of last pages in a row without a path that is new; empty ones do not count."""
        for page in self._unexamined:
            self._saturation.add(page.records)
        self._unexamined.clear()
        return self._saturation.quiet

    @property
    def came(self) -> int:
        """The number of different records on the spread pages."""
        return len(self._keys_on(self.main))

    def take(self, pages: Iterable[Page], stratum: str = MAIN) -> None:
        """Keep pages of a stratum."""
        for page in pages:
            (self.main if stratum == MAIN else self.extra.setdefault(stratum, [])).append(page)
            if page.records:
                self._unexamined.append(page)

    def take_extra(self, names: list[str], batch: Batch, start: int = 0) -> None:
        """Keep the pages of the strata `names` from a batch, its calls from `start` on; note which were refused."""
        for position, name in enumerate(names, start):
            page = batch.pages[position]
            if page is not None:
                self.take([page], name)
            elif position in batch.refused:
                self.notes.append(f"{name} could not be asked for: {sentence(batch.refused[position])}")

    def is_new(self, page: Page) -> bool:
        """Tell whether a page holds a record that no page before had."""
        return not self._keys_on(self.everything).issuperset(self._keys_of(page))

    def sample(self) -> Sample:
        """Make the sample: whole pages that came twice left out, each record once."""
        pages = self._distinct()
        kept, twice, again = self._across_pages(pages)
        came = sum(map(len, kept))
        total, moved = self._total(came, pages, twice, again)
        end = self._end(pages, came, total, moved=moved)
        if end.is_proved:
            total = max(total or 0, came)
        elif total is None and self.stop not in ENDS and not self.is_limited:
            total = self.counted
        self.notes += reported_beside(self.everything)
        records = [record for page in kept for record in page]
        strata = [Stratum(MAIN, len(pages), len(records))] if self.extra else []
        known = self._keys_on(pages) if self.extra else set()
        for name, more in self.extra.items():
            fresh = []
            for key, record in ((key, record) for page in more for key, record in self._keyed(page)):
                if key not in known:
                    known.add(key)
                    fresh.append(record)
            strata.append(Stratum(name, len(more), len(fresh)))
            records += fresh
        everything = self.everything
        return Sample(
            self.system,
            self.builder.collection,
            tuple(records),
            self.stop,
            total=total,
            pages=tuple(page.number for page in pages),
            taken=max((page.answer.date for page in everything), default=""),
            requests=self.requests or len(everything),
            strata=tuple(strata),
            notes=(*self.notes, *in_words(note for page in everything for note in page.notes)),
            sizes=tuple(map(len, kept)),
            end=end,
        )

    def _end(self, pages: list[Page], came: int, total: int | None, *, moved: bool) -> ListEnd:
        """Judge how far the end of the list is known, by its spread pages."""
        full = [page for page in pages if page.records] or pages
        last = full[-1] if full else None
        if total is None and self.counted is not None and self.counted > came:
            total = self.counted
        tail = Tail(
            self.stop, last, self.beyond, came, len(full), total, moved, self.is_confirmed, omits=omitted(pages)
        )
        return judge(tail, self.builder.paging, self.plan.size)

    def _distinct(self) -> list[Page]:
        """Order the spread pages and leave out repeats: some APIs answer past the end with the last page."""
        seen = PageDeduplicator()
        pages: list[Page] = []
        for page in sorted(self.main, key=lambda page: page.number):
            if not seen.repeats(page):
                pages.append(page)
            elif self.stop not in {Stop.INTERRUPTED, Stop.TIME}:
                self.stop, self.beyond = Stop.REPEATED, page
        return pages

    def _total(self, came: int, pages: list[Page], twice: int, again: int) -> tuple[int | None, bool]:
        """Give the system's own total, the largest where it changed, and tell whether records moved meanwhile."""
        answers = [self.builder.paging.records_total(page.answer) for page in pages] if self.total_is_trusted else []
        reported = [total for total in answers if total is not None]
        whole = self.stop is Stop.COMPLETE or came == self.total
        moved = [*changes(reported, twice=twice, again=again, came=came if whole else None)]
        self.notes += moved
        if self.total is None:
            return None, bool(moved)
        if not moved and self.stop in ENDS and came != self.total:
            self.notes.append(f"the system says {self.total}, and {came} came")
        return max([self.total, *reported]), bool(moved)

    def _across_pages(self, pages: list[Page]) -> tuple[list[list[Any]], int, int]:
        """List the records of the spread pages, page by page; one that comes equal on two pages is kept once.

        Also count those, and those that came again with other values, as far as ids tell records apart.
        """
        records: list[list[Any]] = []
        earlier: dict[bytes, Any] = {}
        again: set[bytes] = set()
        twice, ids_differ = 0, True
        for page in pages:
            on_page: dict[bytes, Any] = {}
            kept: list[Any] = []
            for key, record in self._keyed(page):
                if key.startswith(BY_ID):
                    if key in earlier:
                        if earlier[key] == record:
                            twice += 1
                            continue
                        again.add(key)
                    ids_differ &= key not in on_page
                    on_page.setdefault(key, record)
                kept.append(record)
            records.append(kept)
            earlier |= on_page
        return records, twice, len(again) if ids_differ else 0

    def _keyed(self, page: Page) -> Iterator[tuple[bytes, Any]]:
        return zip(self._keys_of(page), page.records, strict=True)

    def _keys_on(self, pages: Iterable[Page]) -> set[bytes]:
        return set().union(*map(self._keys_of, pages))

    def _keys_of(self, page: Page) -> list[bytes]:
        """Return what tells each record of a page from others: its id, or all that it holds."""
        known = self._keys.get(id(page))
        if known is None:
            path = self.builder.spec.id
            nested = "." in path  # most ids are not, and are found faster without a walk
            ids = [at(record, path) if nested else record.get(path) for record in page.records]
            keys = [
                content(record) if value is None else BY_ID + content(value)
                for value, record in zip(ids, page.records, strict=True)
            ]
            known = self._keys[id(page)] = page, keys
        return known[1]
