"""Discovery of one integration: its two systems, its collection pairs, what is known of them, and its worksheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from ipaas_discovery.connection import connect, find_connector
from ipaas_discovery.errors import ConfigurationError, DiscoveryError, UnknownNameError
from ipaas_discovery.flows.order import implementation_order
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.pull_both import Pulled, PullInterrupt, finished, pull_jobs, pull_together, unread
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.store import day_order
from ipaas_discovery.schemas.folded_lists import FoldedLists
from ipaas_discovery.settings import CollectionPair, Settings, SystemSettings
from ipaas_discovery.system import System

if TYPE_CHECKING:
    from ipaas_discovery.analysis import Analysis, Kept
    from ipaas_discovery.caching.analysis_file import AnalysisFile
    from ipaas_discovery.caching.pulled_file import PulledFile
    from ipaas_discovery.changes.baseline import Baseline
    from ipaas_discovery.changes.changes import Changes
    from ipaas_discovery.changes.pair_state import PairState
    from ipaas_discovery.flows.verdicts import Verdicts
    from ipaas_discovery.matching.collections.collection_matches import CollectionMatches
    from ipaas_discovery.matching.comparison import Comparison
    from ipaas_discovery.matching.fields.embeddings import Embeddings
    from ipaas_discovery.matching.records.record_pairs import Pairs
    from ipaas_discovery.renderings.tabular import Table
    from ipaas_discovery.schemas.shapes import Shapes
    from ipaas_discovery.schemas.showing.both_sides import BothSides, Census, Presence
    from ipaas_discovery.systems.http import Transport
    from ipaas_discovery.worksheet.delivery.delivered import Delivered
    from ipaas_discovery.worksheet.entry import Entry
    from ipaas_discovery.worksheet.open_work.work_list import WorkList
    from ipaas_discovery.worksheet.parts import Question
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["Discovery"]

PROPOSED = (
    "Proposed by their names alone: {pairs}; what you decide of one, or say by `worksheet.pair`, keeps it in {path}"
)
CACHE = ".cache"
"""Folder beside the settings that holds what was computed; it may be removed at any time."""
STORE = "store"
"""Folder beside the settings that holds what real systems answered."""
OnPage = Callable[[str, str, int], None]


class Discovery:
    """Everything about one integration, computed when it is asked for and kept.

    Collections are named by iPaaS.com's type (`"TRANSACTION"`) or the guide's plain name ("Transactions").
    Nothing is fetched before it is needed; each collection is pulled once.
    """

    def __init__(
        self, integration: Settings, ipaas: System, third_party: System, *, path: Path, raw: bool = False
    ) -> None:
        self.integration, self.path = integration, path
        self.ipaas, self.third_party = ipaas, third_party
        integration.check_names(ipaas.collections(), third_party.collections(), str(path))
        self._pulled: Pulled | None = None
        self._analysis: Analysis | None = None
        self._file: AnalysisFile | None = None
        self._reads, self._keeps = False, False
        self._unfinished: tuple[str, ...] = ()
        self._drafts: set[tuple[str, str]] = set()
        self._matched: CollectionMatches | None = None
        self.raw = raw
        self._at: Callable[..., Discovery] = partial(type(self).open, path)
        self._days_before: dict[str, Discovery] = {}
        self.day = ""
        """Day of the pull that is shown (ISO); empty while nothing is stored."""

    @classmethod
    def open(  # noqa: PLR0913  all but one are optional keywords
        cls,
        path: str | Path,
        *,
        day: str | None = None,
        transports: Mapping[str, Transport] | None = None,
        on_page: OnPage | None = None,
        refresh: bool = False,
        raw: bool = False,
        stored: bool = True,
        record: bool = True,
    ) -> Self:
        """Open the integration that a `discovery.toml` describes.

        Args:
            path: the file; relative names in it, and its `.env`, are relative to its folder.
            day: one of `days`, to look at what the systems answered then; by default what the settings say, else the
                latest. What people say in the worksheet is today's in any case.
            transports: httpx transports to use instead of the network, for "ipaas" and "third_party".
            on_page: called with the system, the collection and the number of records after each answer.
            refresh: ask real systems again though their answers are stored; what is stored is kept beside.
            raw: redact nothing, and store records as they are.
            stored: record real systems' answers in `store` beside the file, and replay them once they are complete;
                False asks the network and stores nothing.
            record: False stores nothing, either, but replays what is stored.

        Raises:
            ConfigurationError: for a missing file or a wrong value; UnknownNameError for a wrong name or day.
        """
        integration = Settings.read(path := Path(path))
        day = _asked_day(integration, day, refresh=refresh)
        store = path.parent / STORE
        sides = (integration.ipaas, integration.third_party)
        sandbox_day = day if day and _all_embedded(sides, path.parent) else None
        answers = AnswerPolicy(
            store if stored else None, integration.rules, raw=raw, refresh=refresh, probes=store, day=day or "",
            record=record,
        )  # fmt: skip

        def system(side: SystemSettings, name: str) -> System:
            report = (lambda collection, records: on_page(name, collection, records)) if on_page else None
            return connect(
                side.connector,
                environment=side.environment,
                base_url=side.base_url,
                openapi=side.openapi,
                root=path.parent,
                transport=(transports or {}).get(name),
                on_page=report,
                answers=answers,
                day=sandbox_day,
            )

        ipaas = system(integration.ipaas, "ipaas")
        third_party = system(integration.third_party, "third_party")
        opened = cls(integration, ipaas, third_party, path=path, raw=raw)
        opened._at = partial(cls.open, path, transports=transports, raw=raw, stored=stored, record=record)
        opened._reads, opened._keeps = stored and not (refresh or transports), stored and record
        opened._choose(day)
        return opened

    def _choose(self, day: str | None) -> None:
        """Take the day to look at, if it is one.

        Raises:
            UnknownNameError: if nothing was pulled then, with the days there are.
        """
        if day and day not in self.days:
            self.close()
            raise UnknownNameError("day of a pull", day, self.days, where=str(self.path.parent / STORE))
        self.day = day or (self.days[-1] if self.days else "")

    @property
    @shows("Days whose pulls can be looked at", "day")
    def days(self) -> tuple[str, ...]:
        """The days whose pulls can be looked at (ISO), the earliest first: `Discovery.open(path, day=...)`.

        A second pull of a day has a number behind it. A day on which only one of two systems was pulled shows the
        other one's latest pull before it. The embedded sandbox has days only where both systems are embedded.
        """
        stored = [system.days for system in (self.ipaas, self.third_party) if system.days is not None]
        if all(stored):
            first = max((days[0] for days in stored), key=day_order, default="")
            names = {name for days in stored for name in days if day_order(name) >= day_order(first)}
            if stored:
                return tuple(sorted(names, key=day_order))
        if self.ipaas.synthetic and self.third_party.synthetic:
            from ipaas_discovery.sandbox.sandbox_day import sandbox_days  # noqa: PLC0415  live systems need no sandbox

            return sandbox_days()
        return ()

    def changes(self, since: str | Discovery | None = None) -> Changes:
        """Compare with an earlier pull: schemas, values, verdicts, pass rates, forecast, for each direction.

        Both are judged under what the worksheet says today; what it accepts is shown as accepted.

        Args:
            since: one of `days`, or another Discovery of the same integration. Defaults to the pull before this one.

        Raises:
            UnknownNameError: if nothing was pulled on that day.
            ConfigurationError: if there is no earlier pull.
        """
        from ipaas_discovery.changes.compare_states import compare_states  # noqa: PLC0415  to open one is quick

        if isinstance(since, Discovery):
            now, before = [*self.states()], since
        else:
            day = since or self._day_before()
            with self._day_beside(day):
                now = [*self.states()]
            before = self._earlier(day)
        then = [*before.states()]
        accepted = {entry.key: entry.accepted for entry in self.written.stated.entries}
        return compare_states(then, now, since=before.day or before.as_of, until=self.day or self.as_of).accepting(
            accepted
        )

    def _day_beside(self, day: str) -> AbstractContextManager[None]:
        """Have another process compute an earlier day, where nothing of today was kept and so nothing of then."""
        if not (self._reads and self._keeps) or self.raw or day in self._days_before or self._analysed().results:
            return nullcontext()
        from ipaas_discovery.caching.day_ahead import day_computed_beside  # noqa: PLC0415  only a first comparison

        return day_computed_beside(self.path, day)

    def _earlier(self, day: str) -> Discovery:
        """Give what the systems answered on another day, analysed once, under what is said now, saved or not."""
        if day not in self._days_before:
            before = self._at(day=day)
            before.written = self.written
            with before:
                before.pull()
                before._analysed()  # noqa: SLF001  of this class; a kept pull has no descriptions, which are asked for here
            self._days_before[day] = before
        return self._days_before[day]

    def baseline(self) -> Baseline:
        """Take what `check --notebooks` compares: each field, value set, verdict, pass rate and decision of all pairs.

        At the end of a cell it is kept in the notebook's output.
        """
        from ipaas_discovery.changes.baseline import baseline_of  # noqa: PLC0415  to open one is quick
        from ipaas_discovery.worksheet.entry import UNDECIDED  # noqa: PLC0415  to open one is quick

        decisions = {(pair.ipaas, pair.third_party): UNDECIDED for pair in self.pairs}
        decisions |= {entry.key: ", ".join((entry.decided, *entry.methods)) for entry in self.written.stated.entries}
        return baseline_of(self.states(), decisions)

    def _day_before(self) -> str:
        """Name the day of the pull before this one.

        Raises:
            ConfigurationError: if there is none.
        """
        earlier = [day for day in self.days if day_order(day) < day_order(self.day)]
        if not earlier:
            there = f"the only pull is of {self.day}" if self.day else "nothing is stored"
            then = "`ipaas-discovery pull --refresh` adds one, to compare with"
            if self.ipaas.days is None and self.third_party.days is None:
                there = "records of files and of the embedded sandbox are read anew each time, and not stored"
                then = "keep a copy of this folder, and compare with it: `discovery.changes(Discovery.open(copy))`"
            raise ConfigurationError(
                f"There is no earlier pull: {there}", where=str(self.path.parent / STORE), then=then
            )
        return earlier[-1]

    def _changes_of_order(self) -> Changes:
        """Compare with the pull that was signed off, else with the one before; without any, say that there is none."""
        from ipaas_discovery.changes.changes import Changes as NoChanges  # noqa: PLC0415  to open one is quick

        earlier = [day for day in self.days if day_order(day) < day_order(self.day)]
        if not earlier:
            return NoChanges("", self.day or self.as_of)
        signed = max((text.rpartition(", ")[2] for _, text in self.written.stated.sign_off), default="")
        try:
            return self.changes(next((day for day in reversed(earlier) if day[:10] <= signed), earlier[-1]))
        except DiscoveryError as error:
            return NoChanges("", self.day, notes=(f"The earlier pull cannot be compared with: {error}",))

    def states(self) -> Iterator[PairState]:
        """Give the state of every pair, as two pulls are compared by them."""
        analysis = self._analysed()
        yield from (analysis.state(pair, self._kept(pair)) for pair in self.pairs)
        self._keep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        named = f"Discovery({self.integration.title}: {len(self.pairs)} collection pairs)"
        missing = self._pulled.missing if self._pulled else ""
        return f"{named}\n{missing}." if missing else named

    def close(self) -> None:
        """Give both systems' connections back."""
        self.ipaas.close()
        self.third_party.close()

    @cached_property
    @shows("Pairs of collections, in the order of implementation")
    def pairs(self) -> tuple[CollectionPair, ...]:
        """Collection pairs in the platform's recommended implementation order: the worksheet's, and the settings'.

        Where the settings pair none, those that the collections' names propose follow; `notes` says so.
        """
        pairs = (*self._stated, *self._proposed)
        order = implementation_order(pair.ipaas for pair in pairs)
        return tuple(sorted(pairs, key=lambda pair: order.index(pair.ipaas)))

    @cached_property
    def _stated(self) -> tuple[CollectionPair, ...]:
        """Pairs that people wrote, in the settings or in the worksheet, as both stood at first."""
        own = {(pair.ipaas, pair.third_party): pair for pair in self.integration.collections}
        ours, theirs = {*ipaas_collections(), *self.ipaas.collections()}, self.third_party.collections()
        for entry in self.written.stated.entries:
            if not entry.proposed and entry.collection in ours and entry.third_party in theirs:
                own.setdefault(entry.key, CollectionPair(ipaas=entry.collection, third_party=entry.third_party))
        return tuple(own.values())

    @cached_property
    def written(self) -> Worksheet:
        """Worksheet as it stands on disk, with the evidence beside it; an empty one if there is none.

        Raises:
            WorksheetError: if the file on disk cannot be read.
        """
        from ipaas_discovery.worksheet.worksheet import Worksheet  # noqa: PLC0415  to open one is quick

        path = self.path.parent / self.integration.worksheet
        return Worksheet.load(path) if path.exists() else Worksheet(self.integration.title)

    @cached_property
    def _folded(self) -> FoldedLists:
        """Lists that the worksheet, and where it is silent the settings, fold and unfold.

        Raises:
            UnknownNameError: for a collection that does not exist, with the nearest.
        """
        words = dict(self.written.stated.lists)
        settings = self.integration.folded
        fold, unfold = (
            (*(name for name in names if name not in words), *(name for name in words if words[name] == word))
            for names, word in ((settings.fold, "fold"), (settings.unfold, "unfold"))
        )
        lists = FoldedLists(fold, unfold)
        where = str(self.written.path or self.path)
        lists.check((*self.ipaas.collections(), *self.third_party.collections()), where)
        return lists

    @property
    def _embeddings(self) -> Embeddings | None:
        """Embedding model in the folder that the settings name; none where they name none."""
        from ipaas_discovery.matching.fields.embeddings import Embeddings  # noqa: PLC0415  to open one is quick

        folder = self.integration.matching.embeddings
        return Embeddings(self.path.parent / Path(folder).expanduser()) if folder else None

    def _kept(self, pair: CollectionPair) -> Kept:
        """List the mappings of a pair that people decided."""
        from ipaas_discovery.analysis import kept_in  # noqa: PLC0415  to open one is quick

        return kept_in(self.written.stated_of((pair.ipaas, pair.third_party)), self.written.outside)

    @cached_property
    def _proposed(self) -> tuple[CollectionPair, ...]:
        """Pairs that names propose of what is in no pair yet and not left out, where the settings pair nothing."""
        if self.integration.collections:
            return ()
        taken = {(row.system, row.collection) for row in self.written.stated.left_out}
        taken |= {("iPaaS.com", pair.ipaas) for pair in self._stated}
        taken |= {("third party", pair.third_party) for pair in self._stated}
        ours, theirs = self.ipaas.collections(), self.third_party.connector.collections
        return tuple(
            CollectionPair(ipaas=match.ipaas, third_party=match.third_party)
            for match in self.match_collections()
            if match.ipaas in ours
            and ("iPaaS.com", match.ipaas) not in taken
            and match.third_party in theirs
            and ("third party", match.third_party) not in taken
        )

    def match_collections(self) -> CollectionMatches:
        """Propose which collection of the third party belongs to each type of iPaaS.com, with evidence and runner-up.

        Names count, and the records of what is pulled already; nothing is fetched for it.
        """
        from ipaas_discovery.matching.collections.collection_matches import (  # noqa: PLC0415  only a proposal needs it
            match_collections,
        )

        if self._pulled:
            return self._analysed().collection_matches()
        if self._matched is None:
            self._matched = match_collections(dict.fromkeys(ipaas_collections()), self.third_party.connector)
        return self._matched

    def unpaired(self) -> Table:
        """List the collections of both systems that are in no pair, each with the reason.

        Columns, all text: system ("iPaaS.com" or "third party"), collection, reason.
        """
        return self.match_collections().unpaired((pair.ipaas, pair.third_party) for pair in self.pairs)

    def pair(self, collection: str) -> CollectionPair:
        """Return the pair of an iPaaS.com collection.

        Raises:
            UnknownNameError: if none is configured, with the nearest.
        """
        wanted = collection_name(collection)
        for pair in self.pairs:
            if pair.ipaas == wanted or pair.third_party == collection:
                return pair
        alike = [pair for pair in self.pairs if pair.third_party.lower() == collection.strip().lower()]
        if len(alike) == 1:
            return alike[0]
        types, known = ipaas_collections(), {name for pair in self.pairs for name in (pair.ipaas, pair.third_party)}
        plain = {types[pair.ipaas].plain for pair in self.pairs if pair.ipaas in types} - {"", *map(str.lower, known)}
        known |= {*map(str.capitalize, plain)}
        raise UnknownNameError("collection", collection, known, where=str(self.path))

    def pull(self) -> Self:
        """Pull a sample of every collection of both systems at once, unless that was done already.

        Ctrl-C, or a notebook's interrupt, ends it and keeps what was fetched: all that is asked of this Discovery then
        speaks of that, each sample's claim says so, and another `pull()` goes on.

        Raises:
            ConfigurationError: if no collections are paired.
            FetchError: if one of the systems gives nothing at all, and nothing declared stands in for that.
            KeyboardInterrupt: if it was interrupted, with what was kept.
        """
        if not self.pairs:
            self.integration.require_pairs(self.third_party.collections(), str(self.path))
        if self._pulled is None or self._pulled.interrupted:
            file = self._pulled_file()
            kept = file.read() if file else None
            self._pulled = kept or self._ask()
            self._analysis = None
            self.__dict__.pop("worksheet", None)
            if self._pulled.interrupted:
                raise PullInterrupt(self._pulled.summary)
            if kept is None:
                self._pulled = replace(self._pulled, delivery=self.ipaas.read_delivery())
                self._unfinished = finished({"ipaas": self.ipaas, "third_party": self.third_party}, self._pulled)
                if file and self._keeps:
                    file.write(self._pulled)
        return self

    def _ask(self) -> Pulled:
        """Ask both systems at once."""
        pulled = pull_together(pull_jobs(self.integration, self.pairs, self.ipaas, self.third_party))
        ours = {**pulled.samples["ipaas"], **unread(self.ipaas, self.pairs)}
        return replace(pulled, samples={**pulled.samples, "ipaas": ours})

    def _pulled_file(self) -> PulledFile | None:
        """Give the file that keeps what the embedded sandbox answers; what others answer is in their stores."""
        systems = self.ipaas, self.third_party
        if self.raw or not self._reads or not all(system.synthetic for system in systems):
            return None
        from ipaas_discovery.caching.pulled_file import PulledFile  # noqa: PLC0415  live systems need no sandbox

        return PulledFile(self.path.parent / CACHE, self.integration, self.pairs, systems, self.day)

    def _pulled_once(self) -> Pulled:
        """Return what was pulled; an interrupted pull is not gone on with by looking at it."""
        if self._pulled is None:
            self.pull()
        return cast("Pulled", self._pulled)

    def _analysed(self) -> Analysis:
        """Return the analysis of what was pulled."""
        samples = self._pulled_once().samples
        if self._analysis is None:
            from ipaas_discovery.analysis import Analysis, PulledSystem  # noqa: PLC0415  to open one is quick

            ipaas, third_party = (
                PulledSystem(
                    system.name,
                    system.connector,
                    system.documents,
                    samples[side],
                    system.file,
                    self._folded,
                    system.environment_name,
                )
                for side, system in (("ipaas", self.ipaas), ("third_party", self.third_party))
            )
            self._analysis = Analysis(ipaas, third_party, self.pairs, self._embeddings)
            if self._reads and not self.raw:
                from ipaas_discovery.caching.analysis_file import AnalysisFile  # noqa: PLC0415  to open one is quick

                self._file = AnalysisFile(self._analysis, self.path.parent / CACHE)
                self._file.load()
        return self._analysis

    def _keep(self, *, at_once: bool = True) -> None:
        """Keep what was computed, for whoever opens the same records again; of some pairs only, not `at_once`."""
        if self._file and self._keeps:
            self._file.save(at_once=at_once)

    @property
    @shows("Notes", "note")
    def notes(self) -> tuple[str, ...]:
        """Notes on the origin of these records that a person should know, a sentence each."""
        titles = ", ".join(f"{pair.ipaas} ↔ {pair.third_party}" for pair in self._proposed)
        where = self.path.parent / self.integration.worksheet
        proposed = [PROPOSED.format(pairs=titles, path=where)] if titles else []
        missing = [self._pulled.missing, *self._undescribed()] if self._pulled and self._pulled.missing else []
        origins = [note for system in self._looked_at() for note in system.notes]
        return tuple(dict.fromkeys((*origins, *missing, *self._unfinished, *proposed, *self.written.notes)))

    def _looked_at(self) -> list[System]:
        """List the systems of which records are shown, as far as anything was pulled."""
        systems = {"ipaas": self.ipaas, "third_party": self.third_party}
        samples = self._pulled.samples if self._pulled else {}
        return [
            system
            for side, system in systems.items()
            if side not in samples or any(sample.seen for sample in samples[side].values())
        ]

    def _undescribed(self) -> Iterator[str]:
        """Yield a sentence for each system whose API descriptions could not be fetched and are done without."""
        for system in (self.ipaas, self.third_party):
            if system.documents.problem is not None:
                yield f"API descriptions of {system.name} are missing, too: {system.documents.problem}".rstrip(".")

    @shows("Samples of both sides", "sample")
    def samples(self, collection: str) -> tuple[Sample, Sample]:
        """Return the samples of a pair: iPaaS.com's, then the third party's."""
        return self._analysed().samples(self.pair(collection))

    def overview(self) -> Table:
        """Show one row per collection and system: what was read of it, and what that can claim.

        Columns: ipaas, system, collection and claim are text, records and of (the total, missing where the system does
        not say) are Int64.
        """
        return self._analysed().overview(self.pairs)

    @property
    @shows("Collections that could not be read", "problem")
    def problems(self) -> tuple[str, ...]:
        """Collections that could not be read, a sentence each; `notes` tell of those that nobody could ask for yet."""
        unread = (sample for sample in self._pulled_once().everything if not sample.absence)
        return tuple(sorted({sample.problem for sample in unread if sample.problem}))

    @property
    def as_of(self) -> str:
        """Latest day a system gave with its answers (ISO), empty if none did."""
        return max((sample.taken for sample in self._pulled_once().everything), default="")

    def schemas(self, collection: str) -> BothSides[Shapes]:
        """Collect the three shapes of both sides of a pair, declared and observed."""
        return self._analysed().sides(self.pair(collection))

    @shows("The shapes of a collection, and its sample", "what")
    def collection(self, system: str, name: str) -> tuple[Shapes, Sample]:
        """Give any collection of one system, paired or not: its three shapes, and its sample, empty if none was pulled.

        Args:
            system: "iPaaS.com" or "third party".
            name: the collection, as that system names it.

        Raises:
            UnknownNameError: if the system has no such collection, with the nearest.
        """
        return self._analysed().collection(ipaas=system == "iPaaS.com", name=name)

    def compare(self, collection: str) -> Comparison:
        """Compare both sides of a pair, field by field."""
        pair = self.pair(collection)
        return self._analysed().comparison(pair, self._kept(pair))

    def verdicts(self, collection: str | None = None) -> Verdicts:
        """Judge To and From, for each method, with reasons; of one pair or of all."""
        from ipaas_discovery.flows.verdicts import Verdicts  # noqa: PLC0415  only verdicts need the rules

        pairs = self.pairs if collection is None else (self.pair(collection),)
        analysis = self._analysed()
        judged = tuple(verdict for pair in pairs for verdict in analysis.verdicts(pair, self._kept(pair)))
        if collection is None:
            self._keep()
        return Verdicts(judged)

    def delivered(self) -> Delivered:
        """Compare what the platform was told to do, as it was pulled, with what the worksheet orders."""
        delivery, wanted = self._pulled_once().delivery, self.integration.ipaas.subscription
        return self._analysed().delivered(self.written.document, delivery, wanted)

    def records(self, collection: str) -> Pairs:
        """Pair the records that are found in both systems, iPaaS.com's on the left."""
        return self._analysed().records(self.pair(collection))

    def presence(self, collection: str) -> BothSides[Presence]:
        """Measure how full each field of a pair is, page by page of both samples."""
        from ipaas_discovery.schemas.showing.both_sides import presences  # noqa: PLC0415  only a heat map needs it

        return presences(*self.samples(collection))

    def census(self) -> BothSides[Census]:
        """Count every compared collection's fields in both systems, how full they are and of what type."""
        from ipaas_discovery.schemas.showing.both_sides import censuses  # noqa: PLC0415  only a census needs it

        both = censuses(map(self._analysed().sides, self.pairs))
        self._keep()
        return both

    @cached_property
    def worksheet(self) -> Worksheet:
        """Worksheet on disk with today's evidence beside it; a new one is written if there is none.

        What people say in it changes the evidence, and every other answer of this Discovery, at once. Nothing is
        written to a file that is there before somebody saves.

        Raises:
            WorksheetError: if the file on disk cannot be read.
        """
        from ipaas_discovery.worksheet.parts import CollectionSide as SystemName  # noqa: PLC0415  to open one is quick
        from ipaas_discovery.worksheet.questions import default_questions  # noqa: PLC0415  to open one is quick
        from ipaas_discovery.worksheet.saving.evidence_files import Systems  # noqa: PLC0415  to open one is quick

        systems = Systems(
            SystemName(self.ipaas.name, self.ipaas.environment_name),
            SystemName(self.third_party.name, self.third_party.environment_name),
            self.as_of,
            default_questions("integration"),
            tuple(self.unpaired().frame()[["system", "collection", "reason"]].itertuples(index=False, name=None)),
            tuple((pair.ipaas, pair.third_party) for pair in self._proposed),
        )
        worksheet, path = self.written, self.path.parent / self.integration.worksheet
        worksheet.refresh(
            {(pair.ipaas, pair.third_party): partial(self._drafted, pair) for pair in self.pairs},
            systems=systems,
            examine=self._examined,
            facts=lambda pairs: self._analysed().facts(pairs),
            changes=self._changes_of_order,
            raw=self.raw,
        )
        if worksheet.path is None:
            worksheet.save(path)
        return worksheet

    @property
    def secrets(self) -> tuple[str, ...]:
        """Secrets that are in use or stand in the `.env` file, so that nothing that leaves this machine holds one."""
        return tuple(dict.fromkeys((*self.ipaas.secrets, *self.third_party.secrets)))

    def open_work(self) -> WorkList:
        """List what is unpaired, undecided, unmapped, disagreeing or unanswered, in the order to work on it."""
        from ipaas_discovery.worksheet.open_work.work_list import work_list  # noqa: PLC0415  to open one is quick

        document, matches = self.worksheet.document, self.match_collections()
        unpaired = matches.unpaired(entry.key for entry in document.entries).frame()
        comparisons = {(pair.ipaas, pair.third_party): self.compare(pair.ipaas) for pair in self.pairs}
        rows = unpaired[["system", "collection", "reason"]].itertuples(index=False, name=None)
        return work_list(document, comparisons, matches, rows, self._known_of_systems(document.questions))

    def _known_of_systems(self, questions: Iterable[Question]) -> dict[str, str]:
        """Give what the data answer to the questions of both systems, by their texts."""
        from ipaas_discovery.worksheet.synopsis.profile_proposal import profile_proposal  # noqa: PLC0415  most opens ask no profile

        profiles = [system.profile for system in self._analysed().systems]
        answers = {question.text: profile_proposal(question.text, *profiles)[0] for question in questions}
        return {text: answer for text, answer in answers.items() if answer}

    def _examined(self, entry: Entry) -> Entry:
        """Draft an entry anew, under what people now say of it."""
        from ipaas_discovery.analysis import kept_in  # noqa: PLC0415  to open one is quick

        pair = next(pair for pair in self.pairs if (pair.ipaas, pair.third_party) == entry.key)
        return self._analysed().entry(pair, kept_in(entry, self.written.outside))

    def _drafted(self, pair: CollectionPair) -> Entry:
        """Draft the entry of a pair under what people said; everything that was computed is kept with the last."""
        entry = self._analysed().entry(pair, self._kept(pair))
        self._drafts.add((pair.ipaas, pair.third_party))
        self._keep(at_once=len(self._drafts) == len(self.pairs))
        return entry

    @shows("Entries of the worksheet")
    def entries(self) -> tuple[Entry, ...]:
        """Draft the worksheet's entries as today's evidence writes them, under what people said."""
        return tuple(self._analysed().entry(pair, self._kept(pair)) for pair in self.pairs)


def _asked_day(integration: Settings, day: str | None, *, refresh: bool) -> str | None:
    """Choose the day to look at: the one asked for, else the settings'; a refresh asks today.

    Raises:
        ConfigurationError: if a day that is over shall be asked again.
    """
    if day and refresh:
        raise ConfigurationError("What was answered on a day that is over cannot be asked again", where=day)
    return integration.day if day is None and not refresh else day


def _all_embedded(sides: Iterable[SystemSettings], root: Path) -> bool:
    """Tell whether every system is the embedded sandbox; beside a live one, it shows its present alone."""
    connectors = ((side, find_connector(side.connector, root=root, base_url=side.base_url)) for side in sides)
    return all(spec.environment(side.environment).sandbox and not side.base_url for side, spec in connectors)
