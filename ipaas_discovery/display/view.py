"""Views of an integration for a page: values of the compare layer, put together, nothing computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaas_discovery.flows.verdict import Verdict
    from ipaas_discovery.matching.comparison import Comparison
    from ipaas_discovery.schemas.comparing.returned_vs_received import ShapeDifference
    from ipaas_discovery.schemas.showing.census import Census
    from ipaas_discovery.schemas.showing.presence import Presence

__all__ = ["CollectionView", "SystemView"]


@dataclass(frozen=True, slots=True)
class SystemView:
    """One of the two systems, as a page's header names it.

    `collections` counts what the system is known to hold, `compared` what is shown of it, `records`
    the records seen in all samples, None where no sample was pulled; `census` tells how full its fields
    are, None where nothing was observed.

    >>> SystemView("Sandbox store", "sandbox", collections=14, compared=9, records=1520).label
    'Sandbox store (sandbox)'
    """

    name: str
    environment: str = ""
    address: str = ""
    collections: int = 0
    compared: int = 0
    records: int | None = 0
    census: Census | None = None

    @property
    def label(self) -> str:
        """Name of the system, and the environment if it has one."""
        return f"{self.name} ({self.environment})" if self.environment else self.name


@dataclass(frozen=True, slots=True)
class CollectionView:
    """One pair of collections: iPaaS.com's values first wherever there are two.

    `claims` are the samples' claims, `verdicts` those of each one-way flow and method, `differences`
    returned against received on each side, `presences` how full each field is on each side. None stands for
    what is not known.
    """

    collection: str
    third_party: str
    claims: tuple[str, str]
    comparison: Comparison | None
    verdicts: Sequence[Verdict]
    differences: tuple[ShapeDifference | None, ShapeDifference | None]
    presences: tuple[Presence, ...] = ()

    @property
    def title(self) -> str:
        """Title of the pair, for a heading."""
        return f"{self.collection} ↔ {self.third_party}" if self.third_party else self.collection
