"""State of one pair of collections as one pull shows it: what two pulls are compared by."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.matching.records.forecast import Forecast
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction

__all__ = ["PairState"]


@dataclass(frozen=True, slots=True)
class PairState(Card):
    """Both sides' shapes and samples of a pair, its verdicts, and the forecast of a first transfer."""

    collection: str
    third_party: str
    ours: Shapes
    theirs: Shapes
    samples: tuple[Sample, Sample]
    verdicts: tuple[Verdict, ...]
    forecast: Forecast

    @property
    def key(self) -> tuple[str, str]:
        """The pair of collections."""
        return self.collection, self.third_party

    def source(self, direction: Direction) -> Shapes:
        """Return the shapes of the side that a flow reads."""
        return self.theirs if direction is Direction.TO else self.ours

    def destination(self, direction: Direction) -> Shapes:
        """Return the shapes of the side that a flow writes."""
        return self.ours if direction is Direction.TO else self.theirs

    def sample(self, direction: Direction) -> Sample:
        """Return the sample of the side that a flow reads."""
        return self.samples[1 if direction is Direction.TO else 0]
