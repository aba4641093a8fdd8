"""Pulling a sample: pages in flight where they can be asked for by number, one after the other where not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ipaas_discovery.errors import ConfigurationError, FetchError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Record, Sample, Stop
from ipaas_discovery.systems.answer import Answer, at, records_at, values_at
from ipaas_discovery.systems.client import Client
from ipaas_discovery.systems.connector import CollectionSpec, Connector

__all__ = ["Puller"]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page's answer, what it held, and its number as people count it, from 1."""

    number: int
    answer: Answer
    records: list[dict[str, Any]]

    @property
    def mark(self) -> int:
        """Equal for pages with equal records."""
        return hash(json.dumps(self.records, sort_keys=True, default=str))


@dataclass(frozen=True, slots=True)
class Puller:
    """Pulls samples of one system's collections.

    Attributes:
        system: the name samples carry.
        connector: where collections are and how they page.
        client: the door.
        executor: runs single requests; its workers are the requests in flight.
        on_page: told the collection and the number of records after each answer.
    """

    system: str
    connector: Connector
    client: Client
    executor: Executor
    on_page: Callable[[str, int], None] | None = None

    def pull(self, collection: str, plan: Plan, parent: Sample | None = None) -> Sample:
        """A sample of `collection` by `plan`; a child's records are those of the parents in `parent`.

        Raises:
            UnknownNameError: if the connector has no such collection.
            FetchError: if the system does not give it.
        """
        spec = self.connector.collection(collection)
        if spec.parent is None:
            return self._pull_list(collection, spec, plan)
        parent = parent or self.pull(spec.parent, plan)
        if spec.embedded is not None:
            return self._embedded(collection, spec, parent)
        return self._pull_children(collection, spec, parent)

    def pull_all(self, collections: Iterable[str], plan: Plan) -> dict[str, Sample]:
        """A sample of each collection, and of the parents they need, in flight together.

        A collection that cannot be read becomes an empty sample that says why; its children too.

        Raises:
            UnknownNameError: if the connector has no such collection.
            FetchError: the first one, if no collection at all could be read.
        """
        levels: dict[int, dict[str, None]] = {}
        for name in collections:
            for depth, each in enumerate(reversed(list(self._ancestry(name)))):
                levels.setdefault(depth, {})[each] = None
        done: dict[str, Sample] = {}
        problems: list[FetchError] = []
        with ThreadPoolExecutor(self.connector.limits.in_flight) as crew:
            for depth in sorted(levels):
                found = crew.map(lambda name: self._try(name, plan, done, problems), levels[depth])
                done.update(zip(levels[depth], list(found), strict=True))
        if problems and all(sample.problem for sample in done.values()):
            raise problems[0]
        return done

    def _ancestry(self, name: str) -> Iterator[str]:
        """A collection, its parent, and so on."""
        spec = self.connector.collection(name)
        yield name
        if spec.parent is not None:
            yield from self._ancestry(spec.parent)

    def _try(self, name: str, plan: Plan, done: dict[str, Sample], problems: list[FetchError]) -> Sample:
        parent = done.get(self.connector.collection(name).parent or "")
        if parent is not None and parent.problem:
            return Sample(self.system, name, (), Stop.FAILED, problem=parent.problem)
        try:
            return self.pull(name, plan, parent)
        except FetchError as error:
            problems.append(error)
            return Sample(self.system, name, (), Stop.FAILED, problem=str(error))

    def _pull_list(self, collection: str, spec: CollectionSpec, plan: Plan) -> Sample:
        paging = self.connector.paging_of(collection)
        first = self._page(collection, spec.list or "", paging.params(0, plan.size), 1)
        counted = self._count(spec)
        total = paging.records_total(first.answer) if counted is None else counted
        pages, stop = [first], Stop.NO_NEXT
        if not first.records:
            stop = Stop.NO_CONTENT if first.answer.body is None else Stop.EMPTY
            total = 0 if total is None else total
        elif paging.numbered:
            count = paging.page_count(first.answer, len(first.records))
            if count is None and counted is not None:
                count = -(-counted // len(first.records))
            rest, stop = self._numbered(collection, spec, plan, count)
            pages += rest
        else:
            pages, stop = self._followed(collection, first, plan)
        pages, stop = _distinct(pages, stop)
        if total is None and stop in {Stop.NO_NEXT, Stop.SHORT, Stop.EMPTY, Stop.NO_CONTENT}:
            total = sum(len(page.records) for page in pages)  # the end was reached, so all were seen
        return self._sample(collection, pages, stop, total)

    def _numbered(
        self, collection: str, spec: CollectionSpec, plan: Plan, count: int | None
    ) -> tuple[list[_Page], Stop]:
        """The planned pages after the first, in flight together; in waves up to the end where no count is known."""
        paging = self.connector.paging_of(collection)

        def ask(position: int) -> _Page:
            return self._page(collection, spec.list or "", paging.params(position, plan.size), position + 1)

        if count is not None:
            positions = plan.positions(count)
            return list(self.executor.map(ask, positions[1:])), Stop.COMPLETE if count <= plan.pages else Stop.SPACED
        pages: list[_Page] = []
        positions_left = iter(range(1, plan.pages))
        while wave := list(islice(positions_left, self.connector.limits.in_flight)):
            for page in self.executor.map(ask, wave):
                if not page.records:
                    return pages, Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY
                pages.append(page)
                if len(page.records) < len(pages[0].records):
                    return pages, Stop.SHORT
        return pages, Stop.CAP

    def _followed(self, collection: str, first: _Page, plan: Plan) -> tuple[list[_Page], Stop]:
        """Page after page by what each says comes next."""
        paging = self.connector.paging_of(collection)
        spec = self.connector.collection(collection)
        pages, seen = [first], {first.mark}
        while (following := paging.following(pages[-1].answer)) is not None:
            if len(pages) >= plan.pages:
                return pages, Stop.CAP
            number = len(pages) + 1
            if isinstance(following, str):
                page = self._page(collection, following, {}, number, fixed=False)
            else:
                page = self._page(collection, spec.list or "", paging.params(0, plan.size) | following, number)
            if not page.records:
                return pages, Stop.EMPTY
            if page.mark in seen:
                return pages, Stop.REPEATED
            pages.append(page)
            seen.add(page.mark)
        return pages, Stop.NO_NEXT

    def _page(self, collection: str, path: str, params: dict[str, Any], number: int, *, fixed: bool = True) -> _Page:
        spec = self.connector.collection(collection)
        answer = self.client.get(path, {**(spec.query if fixed else {}), **params} or None)
        records = records_at(answer, self.connector.records_of(collection), single=spec.single)
        if self.on_page:
            self.on_page(collection, len(records))
        return _Page(number, answer, records)

    def _count(self, spec: CollectionSpec) -> int | None:
        """The collection's size where the connector names a call that tells it."""
        value = at(self.client.get(spec.count).body, spec.count_at) if spec.count else None
        return value if isinstance(value, int) else None

    def _embedded(self, collection: str, spec: CollectionSpec, parent: Sample) -> Sample:
        """The elements of a list inside the parent's records."""
        path = spec.embedded or ""
        pairs = [
            (self._key(spec, record), item)
            for record in parent.records
            for item in values_at(record, path if path.endswith("[]") else f"{path}[]")
            if isinstance(item, dict)
        ]
        return Sample(
            self.system,
            collection,
            tuple(item for _, item in pairs),
            parent.stop,
            total=len(pairs) if parent.total == len(parent) else None,
            pages=parent.pages,
            parents=tuple(key for key, _ in pairs),
            taken=parent.taken,
        )

    def _pull_children(self, collection: str, spec: CollectionSpec, parent: Sample) -> Sample:
        """One call for each of the parent's records, in flight together; the same call is made once."""
        asked = _unique(self._calls(spec, parent.records))
        limit = self.connector.limits.parents
        kept = dict(islice(asked.items(), limit))
        pages = list(self.executor.map(lambda path: self._page(collection, path, {}, 0), kept))
        pairs = [(key, record) for key, page in zip(kept.values(), pages, strict=True) for record in page.records]
        complete = len(kept) == len(asked)
        return Sample(
            self.system,
            collection,
            tuple(record for _, record in pairs),
            Stop.PARENTS if complete else Stop.CAP,
            total=len(pairs) if complete and parent.total == len(parent) else None,
            parents=tuple(key for key, _ in pairs),
            taken=max((page.answer.date for page in pages), default=parent.taken),
            requests=len(pages),
        )

    def _calls(self, spec: CollectionSpec, records: Iterable[Record]) -> Iterator[tuple[str, Any]]:
        """The path to ask for each parent record, with the parent's key; records that lack a value are passed over."""
        for record in records:
            key = self._key(spec, record)
            if spec.link is not None:
                yield from ((str(url), key) for url in values_at(record, spec.link))
                continue
            for value in values_at(record, spec.placeholders[0]) if spec.placeholders else []:
                yield (spec.list or "").replace("{" + spec.placeholders[0] + "}", str(value)), key

    def _key(self, spec: CollectionSpec, record: Record) -> Any:  # noqa: ANN401  ids are numbers or text
        if spec.parent is None:
            raise ConfigurationError("A collection without a parent has no parent's key")
        return at(record, self.connector.collection(spec.parent).id)

    def _sample(self, collection: str, pages: list[_Page], stop: Stop, total: int | None) -> Sample:
        return Sample(
            self.system,
            collection,
            tuple(record for page in pages for record in page.records),
            stop,
            total=total,
            pages=tuple(page.number for page in pages),
            taken=max((page.answer.date for page in pages), default=""),
            requests=len(pages),
        )


def _distinct(pages: list[_Page], stop: Stop) -> tuple[list[_Page], Stop]:
    """The pages without those that repeat an earlier one: some APIs answer a page past the end with the last."""
    kept: dict[int, _Page] = {}
    for page in pages:
        kept.setdefault(page.mark, page)
    return list(kept.values()), stop if len(kept) == len(pages) else Stop.REPEATED


def _unique(calls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each path once, with the first parent that asks for it."""
    found: dict[str, Any] = {}
    for path, key in calls:
        found.setdefault(path, key)
    return found
