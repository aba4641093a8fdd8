"""One system of an integration, ready to be asked: its collections, its API descriptions, samples of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Self

from ipaas_discovery.errors import ConfigurationError, DiscoveryError, FetchError, MissingCredentialError
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.samples.absence import Absence, Lack, unset
from ipaas_discovery.samples.files.file_collections import FileCollections
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.requests.executor import DaemonExecutor
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.refutations import Refutations
from ipaas_discovery.samples.storage.route import open_route
from ipaas_discovery.systems.connectors.connector import Connector, Environment
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.addresses import host_names
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.openapi import ApiDescription, Documents, read_openapi

if TYPE_CHECKING:
    from ipaas_discovery.samples.probing.probe_report import ProbeReport
    from ipaas_discovery.samples.pulling.extract import Extract
    from ipaas_discovery.systems.http import Transport

__all__ = ["System"]

WHOLE = Plan(pages=1000, size=100, edges=False, most_pages=1000, details=100_000)
"""Every record of a list, and each of them by the call of one."""


class System:
    """One system of an integration.

    Args:
        connector: the description of its API.
        environment: one of the connector's environments, by name. Defaults to the connector's default.
        base_url: another address than the environment's.
        credentials: secrets by name, used before those of the environment, the `.env` file and the keyring.
        transport: any httpx transport to use instead of the network.
        openapi: descriptions to read instead of the environment's: paths under the base URL, or files.
        root: the folder that relative files are relative to.
        folder: the connector file's own folder, searched first for files that it names. Defaults to `root`.
        on_page: called after each answer, with the collection and the number of records.
        answers: the policy for its answers. Defaults to redacting personal data and storing nothing; the embedded
            sandbox's records are synthetic, so they stay as they are.

    Raises:
        UnknownNameError: if the connector has no such environment.
    """

    def __init__(  # noqa: PLR0913  one for each thing that may differ from the connector
        self,
        connector: Connector,
        *,
        environment: str | None = None,
        base_url: str | None = None,
        credentials: Mapping[str, str] | None = None,
        transport: Transport | None = None,
        openapi: tuple[str, ...] = (),
        root: Path | None = None,
        folder: Path | None = None,
        on_page: Callable[[str, int], None] | None = None,
        answers: AnswerPolicy | None = None,
    ) -> None:
        self.root = root or Path()
        self._folders = (folder or self.root, self.root)
        self.environment: Environment = connector.environment(environment)
        self.environment_name = environment or connector.default_environment
        self._synthetic = self.environment.sandbox is not None and base_url is None
        address = self._address(base_url, transport)
        secrets = self._secrets = self._credentials(connector.name, credentials or {}, address)
        self._route = open_route(
            connector,
            self.environment_name,
            address,
            secrets,
            transport=transport,
            answers=AnswerPolicy(raw=True) if self._synthetic else answers,
        )
        self.connector = self._route.connector
        self.client = Client(
            self._route.base_url,
            self._route.auth,
            secrets,
            connector.limits,
            headers=connector.headers,
            transport=self._route.transport,
            searches=connector.searches,
            limiter=self._route.limiter,
        )
        in_flight = connector.limits.in_flight
        workers = 2 * in_flight if in_flight > 1 else 1  # some redact what came while others wait for the system
        self._executor = DaemonExecutor(workers, connector.name)
        files = FileCollections(self.file, self._route.redactor)
        self.puller = Puller(self.name, self.connector, self.client, self._executor, on_page, files=files)
        self._openapi = openapi or self.environment.openapi
        probes = answers.probes if answers and not self._synthetic else None
        file = probes / f"{connector.name}-{self.environment_name}.probes.json" if probes else None
        self._refutations = Refutations(connector, file)

    def _address(self, base_url: str | None, transport: Transport | None) -> str:
        """Choose the base URL, its `{placeholders}` not filled yet."""
        if self._synthetic and transport is None:
            raise ConfigurationError(
                f"The sandbox '{self.environment.sandbox}' has no address",
                then="open it with ipaas_discovery.connect or Discovery.open",
            )
        return base_url or self.environment.address

    def _credentials(self, connector: str, given: Mapping[str, str], address: str) -> Credentials:
        """Collect the secrets; the sandbox asks neither the environment nor the keyring for any."""
        return Credentials(
            connector,
            {**self.environment.credentials, **given},
            env_file=self.root / ".env",
            sealed=self.environment.sandbox is not None,
            shown=host_names(address),
        )

    def __repr__(self) -> str:
        return f"System({self.name}, {len(self.connector.collections)} collections)"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release threads and connections; a closed system cannot be asked again."""
        self._executor.shutdown(wait=False, cancel_futures=True)  # Ctrl-C does not wait for a system that is silent
        self.client.close()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Secrets that are in use, and those that the `.env` file holds for this system."""
        return self._secrets.values()

    @property
    def name(self) -> str:
        """The name shown to people: the environment's title, else the connector's with the environment's name."""
        return self.environment.title or f"{self.connector.title} ({self.environment_name})"

    @property
    def address(self) -> str:
        """The base URL; empty for the embedded sandbox, for files, and while nobody gives all of it."""
        nowhere = self.environment.sandbox or self.environment.files or self._route.unfilled
        return "" if nowhere else self.client.base_url

    @property
    @shows("Notes", "note")
    def notes(self) -> tuple[str, ...]:
        """Sentences about these records: a key that does not last, another version's store, a doubtful placeholder."""
        return () if self._synthetic else (*self._route.notes, *self.connector.doubts)

    @property
    def replayed(self) -> bool:
        """True if the store answers, and not the network."""
        return self._route.store is not None and self._route.recording is None and not self._route.unfilled

    @property
    def declared(self) -> bool:
        """True if descriptions, shipped facts or files at hand declare what its collections hold."""
        received = any(spec.received for spec in self.connector.collections.values())
        return bool(self.connector.facts or received or self.documents.descriptions)

    @property
    @shows("Days of the pulls", "day")
    def days(self) -> tuple[str, ...] | None:
        """The names of the stored pulls, the earliest first; None for a system whose answers are not stored."""
        return self._route.store.days if self._route.store is not None else None

    @property
    def synthetic(self) -> bool:
        """True for the embedded sandbox."""
        return self._synthetic

    @property
    def pulled_before(self) -> bool:
        """True if an earlier pull is stored."""
        return self._route.store is not None and self._route.store.latest is not None

    def absence(self, collection: str) -> Absence | None:
        """Tell what a sample of a collection lacks, as far as that is known before anybody is asked.

        Raises:
            UnknownNameError: if there is no such collection, with the nearest.
        """
        scope = self.connector.scope_of(collection)
        if self.replayed or self.environment.files or self.connector.everything[collection].file:
            return None
        auth = self.connector.auth
        missing = self._secrets.missing((*self._route.unfilled, *auth.needed(self._secrets.find), *scope))
        if not missing:
            return None
        lack = Lack.ADDRESS if self._route.unfilled else Lack.SECRET
        instead = auth.instead if set(auth.secrets) & {*missing} else None
        return unset(
            tuple(map(self._secrets.variable, missing)), lack, self._secrets.env_file,
            instead=self._secrets.variable(instead) if instead else "",
        )  # fmt: skip

    def finish(self) -> bool:
        """Put the recorded pull in use, API descriptions included; return False if an answer of it did not last.

        Raises:
            SourceError: if it cannot be written.
        """
        if self._route.recording is None:
            return True
        _ = self.documents
        self._route.finish()
        return self._route.recording.complete

    def file(self, name: str) -> Path:
        """Find a file that the connector names: beside the connector file, else under `root`."""
        beside, under = (folder / name for folder in self._folders)
        return under if under.is_file() and not beside.is_file() else beside

    @shows("Collections", "collection")
    def collections(self) -> tuple[str, ...]:
        """List the names of the collections the connector knows, in its order."""
        return tuple(self.connector.collections)

    def pull(self, collection: str, plan: Plan | None = None, *, parent: Sample | None = None) -> Sample:
        """Pull a sample of a collection.

        Args:
            collection: one of `collections()`.
            plan: how much of it to pull. Defaults to ten spaced pages of twenty records.
            parent: for a child collection, the parent's sample, so that it is not pulled again.

        Raises:
            UnknownNameError: if there is no such collection, with the nearest.
            FetchError: if the system does not give it.
        """
        sample = self.puller.pull(collection, plan or Plan(), parent)
        return self._finished({collection: sample})[collection]

    @shows("Samples", "collection", "sample")
    def pull_all(
        self,
        collections: Iterable[str],
        plan: Plan | None = None,
        *,
        plans: Mapping[str, Plan] | None = None,
        cancel: Event | None = None,
    ) -> dict[str, Sample]:
        """Pull samples of several collections at once; the sample of one that cannot be read gives the reason.

        Args:
            collections: the collections.
            plan: how much of each; its `seconds` are for all of them.
            plans: another plan for some of them, by name; its `seconds` are for that collection alone.
            cancel: set it, from another thread, to stop and keep what was fetched.

        Raises:
            UnknownNameError: if there is no such collection.
            FetchError: if none of them can be read.
        """
        return self._finished(self.puller.pull_all(collections, plan or Plan(), plans=plans, cancel=cancel))

    @shows("Samples", "collection", "sample")
    def read_all(
        self,
        collections: Iterable[str],
        plan: Plan,
        *,
        plans: Mapping[str, Plan] | None = None,
        cancel: Event | None = None,
    ) -> dict[str, Sample | FetchError]:
        """Pull samples of several collections and of the parents they need; give a sample or the error of each.

        Raises:
            UnknownNameError: if there is no such collection.
        """
        results = self.puller.read_all(collections, plan, plans=plans, cancel=cancel)
        samples = {name: result for name, result in results.items() if isinstance(result, Sample)}
        return {**results, **self._finished(samples)}

    @shows("Samples of what was delivered", "collection", "sample")
    def read_delivery(self) -> dict[str, Sample]:
        """Read what the platform was told to do, whole, as far as the connector says where; a sample each.

        What cannot be read becomes an empty sample that says why: a key may not be allowed to see it.
        """
        names = tuple(self.connector.delivery)
        absent = {name: Sample.absent(self.name, name, absence) for name in names if (absence := self.absence(name))}
        results = {**self.read_all([name for name in names if name not in absent], WHOLE), **absent}
        return {
            name: result
            if isinstance(result, Sample)
            else Sample(self.name, name, (), Stop.FAILED, problem=str(result))
            for name, result in results.items()
        }

    def _finished(self, samples: dict[str, Sample]) -> dict[str, Sample]:
        """Replace the names that all answers told in the samples' free texts, and note what probes refuted."""
        changes = self._route.settle()
        settled = {name: sample.with_texts(changes) if changes else sample for name, sample in samples.items()}
        return {name: self._refutations.noted(sample) for name, sample in settled.items()}

    def extract(self, collection: str, *, size: int = 100) -> Extract:
        """Read every record of a collection, however many, with one page at a time in memory.

        The records are stored like those of a sample, once `finish` is called; `observe` takes the extract as it is.

        Args:
            collection: one of `collections()` that has a list of its own.
            size: the number of records per page to ask for.
        """
        from ipaas_discovery.samples.pulling.extract import Extract  # noqa: PLC0415  most users pull samples only

        known = self._refutations
        return Extract(self.puller, collection, size, refuted=known.of(collection), judged=known.judged)

    def probe(self, collection: str) -> ProbeReport:
        """Test how a collection pages, before anything relies on it.

        What is refuted stands in the claim of every later sample of the collection, until the setting is changed or
        another probe finds it right.

        Raises:
            UnknownNameError: if there is no such collection, with the nearest.
            FetchError: if the system does not answer.
        """
        from ipaas_discovery.samples.probing.probe import probe  # noqa: PLC0415  most users pull samples only
        from ipaas_discovery.samples.probing.probe_file import probe_file  # noqa: PLC0415  most users pull samples only

        spec = self.connector.collection(collection)
        if spec.file:
            return probe_file(self.pull(collection), spec.id)
        report = probe(self.puller, collection, hints=self._hints(collection))
        self._refutations.note(report)
        return report

    def _hints(self, collection: str) -> tuple[str, ...]:
        """Name the parameters that the descriptions list for the call that lists a collection."""
        spec = self.connector.collections[collection]
        method, path = ("POST", spec.search.path) if spec.search else ("GET", spec.list or "")
        calls = [call for api in self.documents.descriptions if (call := api.find(method, path))] if path else []
        return tuple(dict.fromkeys(name for call in calls for name in call.parameters))

    @cached_property
    def documents(self) -> Documents:
        """The API descriptions, or the error that kept one away and those that are files here."""
        try:
            return Documents(self.descriptions)
        except (FetchError, MissingCredentialError) as error:
            here = (source for source in self._openapi if self.file(source).is_file())
            return Documents(tuple(map(self._description, here)), problem=error)
        except DiscoveryError as error:
            return Documents(problem=error)

    @cached_property
    @shows("API descriptions", "description")
    def descriptions(self) -> tuple[ApiDescription, ...]:
        """The system's API descriptions, in the order they are configured.

        Raises:
            DescriptionError: if one cannot be read.
            FetchError: if one cannot be fetched.
        """
        return tuple(self._description(source) for source in self._openapi)

    @property
    def description(self) -> ApiDescription | None:
        """The first API description, None if none is known."""
        return self.descriptions[0] if self.descriptions else None

    def _description(self, source: str) -> ApiDescription:
        file = self.file(source)
        if file.is_file():
            return read_openapi(file)
        if self.environment.files:
            raise ConfigurationError("There is no such API description", where=str(file), then="check the path")
        return read_openapi(self.client.get(source, signed=False).body)
