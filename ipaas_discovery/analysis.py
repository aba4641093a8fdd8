"""Analysis of each pair of collections by samples and declarations: shapes, comparison, verdicts, worksheet entry."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.errors import FetchError, MissingCredentialError
from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.surroundings import Learning, Surroundings
from ipaas_discovery.flows.verdict import Verdict, bidirectional, check_flow
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.collection_matches import CollectionMatches, match_collections
from ipaas_discovery.matching.comparison import Comparison, compare
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.explained_mappings import Links, Neighbours
from ipaas_discovery.matching.fields.embeddings import Embeddings
from ipaas_discovery.matching.formulas.related_records import RelatedRecords
from ipaas_discovery.matching.mapping import Mapping as Filling
from ipaas_discovery.matching.records.forecast import Forecast
from ipaas_discovery.matching.records.known_links import external_system
from ipaas_discovery.matching.records.record_pairs import Pairs, pair_records
from ipaas_discovery.matching.reference_pairs import pair_by_references
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.schemas.declaring.facts import load_facts
from ipaas_discovery.schemas.folded_lists import FoldedLists
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.both_sides import BothSides
from ipaas_discovery.settings import CollectionPair
from ipaas_discovery.systems.connectors.collection import CollectionSpec
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.openapi import Documents
from ipaas_discovery.systems.openapi.notices.notice import notices_of
from ipaas_discovery.vocabulary import Direction, Grade, Method, Shape
from ipaas_discovery.worksheet.delivery.delivered import Delivered, compare_delivery
from ipaas_discovery.worksheet.delivery.delivered_collection import Delivery
from ipaas_discovery.worksheet.delivery.required_fields import required_of
from ipaas_discovery.worksheet.draft import draft_entry
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.capabilities import Ability, Capability
from ipaas_discovery.worksheet.facts.gathered import PulledSide, pair_facts
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts
from ipaas_discovery.worksheet.facts.record_dates import growth_of, zones_of
from ipaas_discovery.worksheet.facts.system_profile import SystemProfile, Volume, profile_of
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, FlowCount, OrderedFlow
from ipaas_discovery.worksheet.parts import Claims
from ipaas_discovery.worksheet.remarks import AcceptedFinding

__all__ = ["NOTHING", "Analysis", "Kept", "PulledSystem", "kept_in"]


@dataclass(frozen=True, slots=True)
class PulledSystem:
    """System as one pull left it: its samples and its API descriptions, as values.

    Attributes:
        name: the system's, as people call it.
        connector: what its API is.
        documents: its API descriptions.
        samples: by collection.
        find: gives the path of a file that the connector names.
        lists: which lists of names and values are folded or unfolded.
        environment: the installation that was read.
    """

    name: str
    connector: Connector
    documents: Documents
    samples: Mapping[str, Sample]
    find: Callable[[str], Path] = Path
    lists: FoldedLists = field(default_factory=FoldedLists)
    environment: str = ""

    @property
    def profile(self) -> SystemProfile:
        """The system as a whole: log-in, limits, versions, environments, what it holds."""
        volumes = (
            Volume(name, len(sample) if sample.seen else None, sample.total) for name, sample in self.samples.items()
        )
        platform = self.connector.facts == PLATFORM
        return profile_of(
            self.name, self.connector, self.documents, volumes, environment=self.environment, platform=platform,
            zones=zones_of(self.samples.values()), growth=growth_of(self.samples.values()),
            problems=[sample.problem for sample in self.samples.values() if sample.problem],
        )  # fmt: skip

    def webhooks(self, collection: str) -> tuple[str, ...]:
        """List the webhooks that the descriptions name of a collection."""
        notices = [notice for api in self.documents.descriptions for notice in api.notices]
        return tuple(row.name for row in notices_of(collection, self.connector.collections, notices))

    def side(self, collection: str, shapes: Shapes, scopes: Iterable[str] = ()) -> PulledSide:
        """Put together what is known of a collection, for the worksheet to write out."""
        names, grade = (scopes, Grade.DOCUMENTED) if scopes else (self.webhooks(collection), Grade.DECLARED)
        webhook = Capability(Ability.WEBHOOK.value, True, ", ".join(names), grade.value) if names else None
        spec = self.connector.collections.get(collection)
        return PulledSide(shapes, self.samples[collection], spec, (webhook,) if webhook else ())

    def parent(self, collection: str) -> str | None:
        """Return the collection to whose records those of `collection` belong, None where they stand alone."""
        known = self.connector.collections.get(collection)
        return known.parent if known else None

    def shapes(self, collection: str) -> Shapes:
        """Collect the three shapes of a collection.

        Raises:
            DiscoveryError: if the system's descriptions could not be read, though its samples were.
        """
        sample = self.samples[collection]
        kept_away = isinstance(self.documents.problem, FetchError | MissingCredentialError)
        documents = self.documents.descriptions if sample.absence and kept_away else self.documents.read()
        return Shaper(self.name, self._read(collection), documents, self.find, self.lists).shapes(collection, sample)

    def collection(self, name: str) -> tuple[Shapes, Sample]:
        """Give the shapes of any collection and its sample; one that is in no pair was not pulled, and is declared."""
        problem = "it is in no pair, so no sample of it was pulled"
        sample = self.samples.get(name) or Sample(self.name, name, (), Stop.FAILED, problem=problem)
        return replace(self, samples={**self.samples, name: sample}).shapes(name), sample

    def _read(self, collection: str) -> Connector:
        """Return the connector to read of a collection: with its own words where nobody gives the scope's values."""
        return self.connector.unscoped() if self.samples[collection].absence else self.connector


@dataclass(frozen=True, slots=True)
class Kept:
    """Words of people that the evidence on a pair depends on: mappings, flows, owners, and findings they accept.

    `outside` are iPaaS.com's collections that they leave out of the integration.
    """

    to: tuple[Filling, ...] = ()
    from_: tuple[Filling, ...] = ()
    flows: tuple[OrderedFlow, ...] = ()
    owners: tuple[FieldOwner, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()
    outside: tuple[str, ...] = ()


NOTHING = Kept()
P = ParamSpec("P")
T = TypeVar("T")
OF_PAIR = 2
"""Length of a result's place that depends on its pair alone."""
PLATFORM = "ipaas"
"""Fact file of the connector that is iPaaS.com's own."""


def kept_in(entry: Entry, outside: tuple[str, ...] = ()) -> Kept:
    """List what people said in an entry: all mappings that are not mere proposals, flows, owners, accepted findings."""
    to, from_ = (tuple(row for row in rows if row.status != "proposed") for rows in (entry.to, entry.from_))
    return Kept(to, from_, entry.named_flows, entry.owners, entry.accepted, outside)


@dataclass(frozen=True, slots=True)
class _Way:
    """One direction of a pair: both ends, the source's records, what fills the destination, and what is around it."""

    direction: Direction
    source: Shapes
    destination: Shapes
    columns: RecordColumns
    mappings: tuple[Filling, ...]
    surroundings: Surroundings

    def judge(self, method: Method, flow: OrderedFlow | None = None) -> Verdict:
        """Judge a method, of all records or of those that a named flow moves."""
        return check_flow(
            self.source.returned,
            self.destination.of(Shape.received_by(method)),
            flow.over(self.mappings) if flow else self.mappings,
            direction=self.direction,
            method=method,
            samples=self.columns,
            surroundings=self.surroundings,
            condition=flow.condition if flow else "",
            name=flow.name if flow else "",
        )


def remembered(compute: Callable[Concatenate[Analysis, P], T]) -> Callable[Concatenate[Analysis, P], T]:
    """Keep what a method of an analysis gives among its `results`."""

    @wraps(compute)
    def remember(self: Analysis, /, *args: P.args, **kwargs: P.kwargs) -> T:
        place = (compute.__name__, *args, *kwargs.values())
        if place not in self.results:
            self.results[place] = compute(self, *args, **kwargs)
            self.computed.add(place)
        self.asked.add(place)
        result: T = self.results[place]
        return result

    return remember


class Analysis:
    """All that one pull says, computed when it is asked for and kept.

    Attributes:
        systems: what was pulled from iPaaS.com, then from the third party.
        pairs: all pairs of collections.
        results: what was computed, or read from a file; by the name of its method, the pair, and what people said.
        asked: the results that somebody asked for.
        computed: the results that were computed, not read.

    Args:
        ipaas: what was pulled from iPaaS.com.
        third_party: what was pulled from the other side.
        pairs: all pairs of collections, in the order in which they are built; records of children are paired through
            those of their parents, and a flow's prerequisites are looked for among them.
        embeddings: a model of the user's, as evidence for matches; none by default.
    """

    def __init__(
        self,
        ipaas: PulledSystem,
        third_party: PulledSystem,
        pairs: Iterable[CollectionPair] = (),
        embeddings: Embeddings | None = None,
    ) -> None:
        self._ipaas, self._third_party, self.pairs = ipaas, third_party, tuple(pairs)
        self.embeddings = embeddings
        self.systems = (ipaas, third_party)
        self.results: dict[tuple[Any, ...], Any] = {}
        self.asked: set[tuple[Any, ...]] = set()
        self.computed: set[tuple[Any, ...]] = set()

    @property
    def wanted(self) -> dict[tuple[Any, ...], Any]:
        """Results worth keeping: all but verdicts under words of people that nobody asked for any more."""
        return {place: value for place, value in self.results.items() if len(place) <= OF_PAIR or place in self.asked}

    def samples(self, pair: CollectionPair) -> tuple[Sample, Sample]:
        """Return iPaaS.com's sample, then the third party's."""
        return self._ipaas.samples[pair.ipaas], self._third_party.samples[pair.third_party]

    def overview(self, pairs: Iterable[CollectionPair]) -> Table:
        """Show one row per collection and system: what was read of it, and what that can claim."""
        rows = [
            {
                "ipaas": pair.ipaas,
                "system": sample.system,
                "collection": sample.collection,
                "records": len(sample) if sample.seen else None,
                "of": sample.total,
                "claim": sample.claim,
            }
            for pair in pairs
            for sample in self.samples(pair)
        ]
        kinds = {"ipaas": "str", "system": "str", "collection": "str", "records": "Int64", "of": "Int64"}
        return Table(frame_of(rows, {**kinds, "claim": "str"}), title="What was read of each collection")

    @cache  # noqa: B019  evidence lives as long as its Discovery
    def collection(self, *, ipaas: bool, name: str) -> tuple[Shapes, Sample]:
        """Give the shapes of a collection of one side, paired or not, and its sample."""
        return (self._ipaas if ipaas else self._third_party).collection(name)

    @remembered
    def sides(self, pair: CollectionPair) -> BothSides[Shapes]:
        """Collect the three shapes of both sides, declared and observed."""
        return BothSides(self._ipaas.shapes(pair.ipaas), self._third_party.shapes(pair.third_party))

    @remembered
    def records(self, pair: CollectionPair) -> Pairs:
        """Pair the records that are found in both systems, iPaaS.com's on the left.

        Children are paired through their parents, and records that have nothing in common by the linked ones they name.
        """
        pairs = self._by_themselves(pair)
        return (not len(pairs) and pair_by_references(*self.samples(pair), self._links[0])) or pairs

    @remembered
    def _by_themselves(self, pair: CollectionPair) -> Pairs:
        above = self._parents(pair)
        parents = self.records(above) if above else None
        return pair_records(*self.samples(pair), parents=parents, system=self._external_system)

    @cached_property
    def _external_system(self) -> str | None:
        """Number under which external ids name the third party, as most pairs of collections show it."""
        shown = Counter(external_system(*self.samples(pair)) for pair in self.pairs)
        del shown[""]
        return next((system for system, _ in shown.most_common(1)), None)

    def _parents(self, pair: CollectionPair) -> CollectionPair | None:
        """Return the pair of the collections in whose records those of `pair` stand on both sides, if there is one."""
        ours, theirs = self._ipaas.parent(pair.ipaas), self._third_party.parent(pair.third_party)
        above = (other for other in self.pairs if (other.ipaas, other.third_party) == (ours, theirs))
        return next(above, None)

    @remembered
    def _compared(self, pair: CollectionPair) -> Comparison:
        sides = self.sides(pair)
        return compare(
            sides.ipaas,
            sides.third_party,
            self.records(pair),
            neighbours=self._neighbours(pair),
            embeddings=self.embeddings,
        )

    def _neighbours(self, pair: CollectionPair) -> tuple[Neighbours, Neighbours]:
        names = (pair.ipaas, pair.third_party)
        ours, theirs = (Neighbours(self._related[at], name, partial(self._linked, at)) for at, name in enumerate(names))
        return ours, theirs

    @cached_property
    def _related(self) -> tuple[RelatedRecords, RelatedRecords]:
        return RelatedRecords(self._ipaas.samples), RelatedRecords(self._third_party.samples)

    def _linked(self, side: int) -> Links:
        return self._links[side]

    @cached_property
    def _links(self) -> tuple[Links, Links]:
        """List the ids of all paired records by collection, from iPaaS.com's to the third party's and the other way."""
        both = [
            (pair.ipaas, [*_linked_ids(self._by_themselves(pair))])
            for pair in self.pairs
            if self._parents(pair) is None
        ]
        return {name: dict(ids) for name, ids in both}, {name: {b: a for a, b in ids} for name, ids in both}

    @cache  # noqa: B019  what people said changes rarely
    def comparison(self, pair: CollectionPair, kept: Kept = NOTHING) -> Comparison:
        """Compare both sides, field by field, under what people said."""
        ours, theirs = self._neighbours(pair)
        return self._compared(pair).under(theirs.filled(kept.to), ours.filled(kept.from_))

    def verdicts(self, pair: CollectionPair, kept: Kept = NOTHING) -> tuple[Verdict, ...]:
        """Judge To and From, for each method, then each named flow, then both ways, under what people said."""
        *one_way, both = self._judged(pair, replace(kept, accepted=(), outside=()))
        planned = tuple(other.ipaas for other in self.pairs if other.ipaas not in kept.outside) or None
        placed = [verdict.among(planned, kept.outside) for verdict in one_way]
        forth, back = (verdict for verdict in placed if verdict.method is Method.UPDATE and not verdict.name)
        both = bidirectional(forth, back, {owner.field: owner.owner for owner in kept.owners}, both.trips)
        today = max(sample.taken for sample in self.samples(pair))
        return tuple(verdict.accepting(kept.accepted, today=today) for verdict in (*placed, both))

    @remembered
    def _judged(self, pair: CollectionPair, kept: Kept) -> tuple[Verdict, ...]:
        to, from_ = (self._way(pair, direction, kept) for direction in Direction.BIDIRECTIONAL.flows)
        whole = [way.judge(method) for way in (to, from_) for method in Method]
        named = [
            (to if flow.direction is Direction.TO else from_).judge(method, flow)
            for flow in kept.flows
            for method in flow.methods or Method
        ]
        forth, back = (verdict for verdict in whole if verdict.method is Method.UPDATE)
        return *whole, *named, bidirectional(forth, back)

    def _way(self, pair: CollectionPair, direction: Direction, kept: Kept) -> _Way:
        """Put together what is known of one direction of a pair."""
        sides, comparison = self.sides(pair), self.comparison(pair, kept)
        ours, theirs = (RecordColumns(sample.records) for sample in self.samples(pair))
        owned = self._owned(direction, comparison, kept)
        if direction is Direction.TO:
            ends, columns, mappings = (sides.third_party, sides.ipaas), theirs, comparison.to_mappings
        else:
            ends, columns, mappings = (sides.ipaas, sides.third_party), ours, comparison.from_mappings
        surroundings = replace(self._surroundings(pair, direction, ends[1]), owned=owned)
        return _Way(direction, *ends, columns, mappings, surroundings)

    @staticmethod
    def _owned(direction: Direction, comparison: Comparison, kept: Kept) -> tuple[str, ...]:
        """List the destination's fields that its own side owns, of those that both sides write."""
        side = "iPaaS.com" if direction is Direction.TO else "third party"
        theirs = {owner.field for owner in kept.owners if owner.owner == side}
        to = {row.destination for row in comparison.to_mappings if row.fills}
        back = [row for row in comparison.from_mappings if row.fills]
        shared = [(path, row.destination) for row in back for path in row.sources if path in to & theirs]
        return tuple(dict.fromkeys(path if direction is Direction.TO else other for path, other in shared))

    def _surroundings(self, pair: CollectionPair, direction: Direction, destination: Shapes) -> Surroundings:
        """Collect what else is known of a flow: what is planned, how changes are learned of, what has an id."""
        ours, theirs = (self._ipaas, pair.ipaas), (self._third_party, pair.third_party)
        (source, name), (target, written) = (theirs, ours) if direction is Direction.TO else (ours, theirs)
        spec, receiving = source.connector.collections.get(name), target.connector.collections.get(written)
        known = receiving.operations() if receiving else {}
        scopes = ipaas_collections()[pair.ipaas].scopes if direction is Direction.FROM else source.webhooks(name)
        return Surroundings(
            planned=tuple(other.ipaas for other in self.pairs) or None,
            learning=learning_of(spec, source.samples[name], scopes) if spec else None,
            created=destination.create,
            id_fields=(spec.id,) if spec else (),
            unlisted=tuple(method for method in Method if method not in known),
            parent=(spec.parent if spec else None) or "",
        )

    def delivered(self, document: WorksheetDocument, delivery: Mapping[str, Sample], subscription: str) -> Delivered:
        """Compare what the platform was told to do with what the worksheet orders."""
        return compare_delivery(
            document,
            Delivery.read(delivery),
            subscription=subscription,
            system=self._external_system or "",
            required={
                (pair.ipaas, pair.third_party, direction): required_of(side.create)
                for pair in self.pairs
                for direction, side in zip(Direction.BIDIRECTIONAL.flows, _sides(self.sides(pair)), strict=True)
            },
        )

    @remembered
    def collection_matches(self) -> CollectionMatches:
        """Propose which collection of the third party belongs to each type of iPaaS.com."""
        ours = dict.fromkeys(ipaas_collections()) | {**self._ipaas.samples}
        return match_collections(ours, self._third_party.connector, schemas=self._third_party.samples)

    @remembered
    def forecast(self, pair: CollectionPair) -> Forecast:
        """Forecast what the first transfers of a pair will do."""
        return self.records(pair).forecast()

    def state(self, pair: CollectionPair, kept: Kept = NOTHING) -> PairState:
        """Give the state of a pair, as two pulls are compared by it."""
        sides = self.sides(pair)
        verdicts, forecast = self.verdicts(pair, kept), self.forecast(pair)
        return PairState(
            pair.ipaas, pair.third_party, sides.ipaas, sides.third_party, self.samples(pair), verdicts, forecast
        )

    def _counted(self, pair: CollectionPair, kept: Kept) -> Iterator[FlowCount]:
        """Count the records of the sample that meet the condition of each named flow."""
        ours, theirs = self.samples(pair)
        for flow in kept.flows:
            records = (theirs if flow.direction is Direction.TO else ours).records
            yield FlowCount(flow.name, Condition.parse(flow.condition).count(records), len(records))

    def facts(self, pairs: Iterable[tuple[str, str]]) -> Facts:
        """Gather facts of both systems and of some pairs, for the worksheet to write out."""
        wanted = {*pairs}
        known = {(pair.ipaas, pair.third_party): pair for pair in self.pairs}
        of_pairs = {names: self.pair_facts(pair) for names, pair in known.items() if names in wanted}
        return Facts(self._ipaas.profile, self._third_party.profile, of_pairs)

    @remembered
    def pair_facts(self, pair: CollectionPair) -> PairFacts:
        """Gather what the worksheet writes out of a pair beside its flows; nothing people say changes it."""
        sides, scopes = self.sides(pair), ipaas_collections()[pair.ipaas].scopes
        return pair_facts(
            self._ipaas.side(pair.ipaas, sides.ipaas, scopes),
            self._third_party.side(pair.third_party, sides.third_party),
            self._compared(pair),
        )

    def entry(self, pair: CollectionPair, kept: Kept = NOTHING) -> Entry:
        """Draft the worksheet's entry as the evidence writes it, under what people said."""
        ipaas, third_party = self.samples(pair)
        facts = load_facts("ipaas").get(pair.ipaas)
        return draft_entry(
            self.comparison(pair, kept),
            self.verdicts(pair, kept),
            Claims(ipaas.claim, third_party.claim),
            counts=tuple(self._counted(pair, kept)),
            type_id=facts.id if facts else None,
            facts=self.pair_facts(pair),
        )


def _sides(sides: BothSides[Shapes]) -> tuple[Shapes, Shapes]:
    """Return the destinations of To and From."""
    return sides.ipaas, sides.third_party


def _linked_ids(pairs: Pairs) -> Iterator[tuple[str, str]]:
    for pair in pairs.pairs:
        ours, theirs = pairs.left.records[pair.left].get("id"), pairs.right.records[pair.right].get("id")
        if ours is not None and theirs is not None:
            yield str(ours), str(theirs)


def learning_of(spec: CollectionSpec, sample: Sample, scopes: Iterable[str] = ()) -> Learning:
    """Tell how changes of a collection are learned of: by the platform's webhooks, or by what its list can be asked."""
    records = len(sample) if sample.total is None else sample.total
    page = math.ceil(len(sample) / len(sample.pages)) if sample.pages else 0
    since = spec.since or spec.between or ""
    return Learning(
        ", ".join(scopes), since.partition("=")[0], bool(spec.sort.newest), records, page, spec.file is not None
    )
