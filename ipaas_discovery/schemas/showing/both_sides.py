"""The same of both sides: one value that shows iPaaS.com's, then the third party's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ipaas_discovery.renderings.tables import Tabular
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Sides
from ipaas_discovery.schemas.showing.census import Census, census
from ipaas_discovery.schemas.showing.presence import Presence, presence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BothSides", "Census", "Presence", "censuses", "presences"]


class Shown(Protocol):
    """A value of one system that shows itself."""

    @property
    def system(self) -> str:
        """The system's name."""

    def frame(self) -> pd.DataFrame:
        """Its rows."""

    def to_json(self) -> dict[str, Any]:
        """Its plain data."""

    def to_markdown(self) -> str:
        """Its Markdown."""

    def _repr_html_(self) -> str: ...

    def _repr_mimebundle_(self) -> dict[str, str]: ...


Side = TypeVar("Side", bound=Shown)


@dataclass(frozen=True, slots=True)
class BothSides(Tabular, Generic[Side]):
    """iPaaS.com's value and the third party's."""

    ipaas: Side
    third_party: Side

    def frame(self) -> pd.DataFrame:
        """The rows of both, iPaaS.com's first, after a column that names the system."""
        import pandas as pd  # noqa: PLC0415  frames are made at the edge

        frames = [side.frame() for side in (self.ipaas, self.third_party)]
        for side, frame in zip((self.ipaas, self.third_party), frames, strict=True):
            frame.insert(0, "system", pd.Series([side.system] * len(frame), dtype="str"))
        return pd.concat(frames, ignore_index=True)

    def to_json(self) -> dict[str, Any]:
        """Both as plain data, ready for `json.dumps`."""
        return {"ipaas": self.ipaas.to_json(), "third_party": self.third_party.to_json()}

    def to_markdown(self) -> str:
        """Both as Markdown, one below the other."""
        return f"{self.ipaas.to_markdown()}\n\n{self.third_party.to_markdown()}"

    def _repr_html_(self) -> str:
        return f"{self.ipaas._repr_html_()}\n{self.third_party._repr_html_()}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What Jupyter shows and stores: both, one below the other."""
        lines = [side._repr_mimebundle_()["text/plain"] for side in (self.ipaas, self.third_party)]
        return {"text/html": self._repr_html_(), "text/plain": "\n".join(lines)}


def presences(ipaas: Sample, third_party: Sample) -> BothSides[Presence]:
    """How full each field of a pair's samples is, page by page."""
    return BothSides(presence(ipaas), presence(third_party))


def censuses(pairs: Iterable[Sides]) -> BothSides[Census]:
    """What both systems hold: every collection of `pairs`, its fields, how full they are and of what type."""
    sides = list(pairs)
    return BothSides(census(each.ipaas.returned for each in sides), census(each.third_party.returned for each in sides))
