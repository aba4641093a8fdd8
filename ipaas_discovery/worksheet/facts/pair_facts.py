"""Facts of a pair of collections that its worksheet writes out beside the evidence of its flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Grade
from ipaas_discovery.worksheet.facts.capabilities import Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.system_profile import SystemProfile

__all__ = ["Conflict", "Facts", "ForecastFacts", "PairFacts", "SideFacts"]


@dataclass(frozen=True, slots=True)
class SideFacts(Card):
    """One collection on one side: its fields in all shapes, what can be done with it, and what was read.

    Attributes:
        system: the system's name.
        collection: the collection.
        fields: every field of any shape, sorted by path.
        capabilities: one row for each ability.
        id: the field that names a record.
        parent: the collection in whose records, or under whose calls, its own stand; empty if none.
        embedded: True if its records come inside those of the parent.
        records: the number of records read; None where nothing was.
        total: the number of records there are; None where nobody knows.
        custom_fields: the lists of names and values in which people keep fields of their own.
        sources: where each known shape is said.
    """

    system: str = ""
    collection: str = ""
    fields: tuple[ModelField, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    id: str = ""
    parent: str = ""
    embedded: bool = False
    records: int | None = None
    total: int | None = None
    custom_fields: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def grade(self) -> str:
        """Grade of its records: observed where any was read, else declared; empty where nothing says so.

        >>> SideFacts(records=3).grade, SideFacts(fields=(ModelField("id", declared=True),)).grade
        ('observed', 'declared')
        """
        if self.records:
            return Grade.OBSERVED.value
        return Grade.DECLARED.value if any(facts.declared for facts in self.fields) else ""

    def field(self, path: str) -> ModelField | None:
        """Return the facts of a path, or None."""
        return next((facts for facts in self.fields if facts.path == path), None)

    def capability(self, ability: str) -> Capability:
        """Return what is known of an ability."""
        return next((row for row in self.capabilities if row.ability == ability), Capability(ability))


@dataclass(frozen=True, slots=True)
class ForecastFacts(Card):
    """Forecast of a first transfer in one direction; a number that nobody knows is None."""

    direction: str
    match: int | None = None
    create: int | None = None
    update: int | None = None
    duplicates: int | None = None
    undecided: int | None = None
    fields: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict(Card):
    """Two fields that differ in records found on both sides: in how many, and what the values suggest.

    `values` lists the value of iPaaS.com, that of the third party beside it, and in how many records, where these
    suggest a value map.
    """

    ipaas: str
    third_party: str
    compared: int
    equal: int
    different: int
    only_ipaas: int = 0
    only_third_party: int = 0
    ipaas_fresher: int = 0
    third_party_fresher: int = 0
    outcome: str = ""
    values: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PairFacts(Card):
    """Both sides of a pair, the forecast of both directions, and the fields that differ.

    `keys` are the pairs of fields by which records were found on both sides, `paired` the number of these records.
    """

    ipaas: SideFacts = field(default_factory=SideFacts)
    third_party: SideFacts = field(default_factory=SideFacts)
    forecast: tuple[ForecastFacts, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    paired: int | None = None


@dataclass(frozen=True, slots=True)
class Facts(Card):
    """Facts of an integration: the profiles of both systems, and those of each pair of collections."""

    ipaas: SystemProfile = field(default_factory=SystemProfile)
    third_party: SystemProfile = field(default_factory=SystemProfile)
    pairs: Mapping[tuple[str, str], PairFacts] = field(default_factory=dict)

    def of(self, pair: tuple[str, str]) -> PairFacts:
        """Return the facts of a pair, empty ones where nobody gathered any."""
        return self.pairs.get(pair) or PairFacts()
