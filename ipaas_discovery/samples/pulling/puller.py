"""Samples pulled with pages and collections in flight together; what was fetched is kept, whatever ends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event

from ipaas_discovery.errors import FetchError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.files.file_collections import FileCollections
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.child_pages import embedded, read_children
from ipaas_discovery.samples.pulling.details import with_details
from ipaas_discovery.samples.pulling.pages import read_list
from ipaas_discovery.samples.requests.interrupt import interrupts
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.samples.requests.scheduler import Scheduler, Steps, within
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.http.client import Client

__all__ = ["Puller"]


@dataclass(frozen=True, slots=True)
class Puller:
    """Pulls samples of one system's collections.

    Attributes:
        system: the name samples carry.
        connector: where collections are and how they page.
        client: sends the requests.
        executor: runs single requests, as many in flight as it has workers.
        on_page: called with the collection and the number of records after each answer.
        clock: seconds that only go forward, for plans with a time.
        files: where collections are that come from files.
    """

    system: str
    connector: Connector
    client: Client
    executor: Executor
    on_page: Callable[[str, int], None] | None = None
    clock: Callable[[], float] = time.monotonic
    files: FileCollections = field(default_factory=FileCollections)

    @property
    def send(self) -> Requester:
        """The requester of single calls."""
        return Requester(self.connector, self.client, self.on_page)

    def pull(self, collection: str, plan: Plan, parent: Sample | None = None, *, cancel: Event | None = None) -> Sample:
        """Pull a sample of `collection` by `plan`; a child's records are those of the parents in `parent`.

        Ctrl-C, or `cancel` set from another thread, ends it: what was fetched is the sample, and its `stop` says so.

        Raises:
            UnknownNameError: if the connector has no such collection.
            FetchError: if the system does not give it.
        """
        name = self.connector.collection(collection).parent
        given = {name: parent} if parent is not None and name is not None else {}
        result = self.read_all([collection], plan, given=given, cancel=cancel)[collection]
        if isinstance(result, FetchError):
            raise result
        return result

    def pull_all(
        self,
        collections: Iterable[str],
        plan: Plan,
        *,
        plans: Mapping[str, Plan] | None = None,
        cancel: Event | None = None,
    ) -> dict[str, Sample]:
        """Pull a sample of each collection, and of the parents they need, in flight together.

        A collection that cannot be read becomes an empty sample that says why; its children too. Ctrl-C, or
        `cancel` set from another thread, ends it: every sample holds what was fetched, and its `stop` says so.

        Args:
            collections: the collections.
            plan: how much of each; its `seconds` are for all of them.
            plans: another plan for some of them, by name; its `seconds` are for that collection alone.
            cancel: set it, from any thread, to stop.

        Raises:
            UnknownNameError: if the connector has no such collection.
            FetchError: the first one, if no collection at all could be read.
        """
        results = self.read_all(collections, plan, plans=plans, cancel=cancel)
        problems = [result for result in results.values() if isinstance(result, FetchError)]
        if problems and len(problems) == len(results):
            raise problems[0]
        return {
            name: self._unread(name, str(result)) if isinstance(result, FetchError) else result
            for name, result in results.items()
        }

    def read_all(
        self,
        collections: Iterable[str],
        plan: Plan,
        *,
        plans: Mapping[str, Plan] | None = None,
        given: Mapping[str, Sample] | None = None,
        cancel: Event | None = None,
    ) -> dict[str, Sample | FetchError]:
        """Read every collection and its ancestors, ancestors first, with one scheduler; give a sample or an error each.

        Raises:
            UnknownNameError: if the connector has no such collection.
        """
        plans, given = plans or {}, given or {}
        names: dict[str, None] = {}
        for collection in collections:
            for name in reversed(list(self._ancestry(collection, given))):
                names.setdefault(name)
        capped = {name: self._capped(plans.get(name, plan)) for name in names}
        requests = {name: own.requests for name, own in capped.items() if own.requests is not None}
        began = self.clock()
        late = lambda: plan.seconds is not None and self.clock() - began >= plan.seconds  # noqa: E731
        cancel = cancel or Event()
        scheduler = Scheduler(self.executor, self.send, cancel=cancel, requests=requests, until=late)

        def steps(name: str) -> Steps:
            reading = self._steps(name, capped[name], {**scheduler.done, **given})
            seconds = plans[name].seconds if name in plans else None
            return reading if seconds is None else within(reading, seconds, self.clock)

        parents = {name: self.connector.collection(name).parent for name in names}
        with interrupts(cancel), gc_paused(), self.client.budget() as budget:
            scheduler.run({name: partial(steps, name) for name in names}, parents, budget.stop)
        return {name: scheduler.done[name] for name in names}

    def _ancestry(self, name: str, given: Mapping[str, Sample]) -> Iterator[str]:
        """Yield a collection, its parent, and so on, up to one whose sample is given."""
        spec = self.connector.collection(name)
        yield name
        if spec.parent is not None and spec.parent not in given:
            yield from self._ancestry(spec.parent, given)

    def _capped(self, plan: Plan) -> Plan:
        """Limit the plan to the connector's own number of pages."""
        most = self.connector.limits.pages
        if most is None:
            return plan
        return replace(plan, pages=min(plan.pages, most), most_pages=min(plan.most_pages, most))

    def _steps(self, name: str, plan: Plan, done: Mapping[str, Sample | FetchError]) -> Steps:
        """Read one collection whose parent has been read; then a few records one by one."""
        builder = RequestBuilder(self.connector, name)
        sample = yield from self._records(name, builder, plan, done)
        if plan.details and builder.spec.detail is not None:
            return (yield from with_details(builder, sample, plan.details))
        return sample

    def _records(
        self, name: str, builder: RequestBuilder, plan: Plan, done: Mapping[str, Sample | FetchError]
    ) -> Steps:
        if builder.spec.file is not None:
            return self._from_file(name)
        if builder.spec.parent is None:
            return (yield from read_list(self.system, builder, plan, self.connector.limits.in_flight))
        parent = done[builder.spec.parent]
        if isinstance(parent, FetchError):
            raise parent
        if parent.problem:
            return self._unread(name, parent.problem)
        if builder.spec.embedded is not None:
            return embedded(self.system, builder, parent)
        return (yield from read_children(self.system, builder, parent, plan.most_pages))

    def _from_file(self, name: str) -> Sample:
        sample = self.files.sample(self.system, self.connector, name)
        if self.on_page:
            self.on_page(name, len(sample))
        return sample

    def _unread(self, name: str, problem: str) -> Sample:
        return Sample(self.system, name, (), Stop.FAILED, problem=problem)
