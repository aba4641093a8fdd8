"""One value of both sides, which shows iPaaS.com's, then the third party's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ipaas_discovery.renderings.tables import Table, Tabular
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.census import Census, census
from ipaas_discovery.schemas.showing.presence import Presence, presence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BothSides", "Census", "Presence", "censuses", "presences"]


class Rendered(Protocol):
    """A value that shows itself."""

    def frame(self) -> pd.DataFrame:
        """Return its rows."""

    def to_markdown(self) -> str:
        """Return its Markdown."""

    def _repr_html_(self) -> str: ...

    def _repr_mimebundle_(self) -> dict[str, str]: ...


class OfOneSystem(Rendered, Protocol):
    """A value of one system that shows itself."""

    @property
    def system(self) -> str:
        """The system's name."""

    def to_json(self) -> dict[str, Any]:
        """Return its plain data."""


Side = TypeVar("Side", bound=OfOneSystem)


@dataclass(frozen=True, slots=True)
class BothSides(Tabular, Generic[Side]):
    """iPaaS.com's value and the third party's."""

    ipaas: Side
    third_party: Side

    def frame(self) -> pd.DataFrame:
        """Return the rows of both, iPaaS.com's first, after a column that names the system."""
        import pandas as pd  # noqa: PLC0415  frames are made at the edge

        frames = [side.frame() for side in (self.ipaas, self.third_party)]
        for side, frame in zip((self.ipaas, self.third_party), frames, strict=True):
            frame.insert(0, "system", pd.Series([side.system] * len(frame), dtype="str"))
        return pd.concat(frames, ignore_index=True)

    def to_json(self) -> dict[str, Any]:
        """Return both as plain data, ready for `json.dumps`."""
        return {"ipaas": self.ipaas.to_json(), "third_party": self.third_party.to_json()}

    def to_markdown(self) -> str:
        """Render both as Markdown, iPaaS.com's first."""
        return "\n\n".join(part.to_markdown() for part in self._parts)

    def _repr_html_(self) -> str:
        return "\n".join(part._repr_html_() for part in self._parts)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return both for Jupyter to show and store, iPaaS.com's first."""
        lines = [part._repr_mimebundle_()["text/plain"] for part in self._parts]
        return {"text/html": self._repr_html_(), "text/plain": "\n".join(lines)}

    @property
    def _parts(self) -> tuple[Rendered, ...]:
        """Both sides if they draw charts, else one table of all rows with the system's name in each."""
        drawn = type(self.ipaas)._repr_html_ is not Tabular._repr_html_
        return (self.ipaas, self.third_party) if drawn else (Table(self.frame()),)


def presences(ipaas: Sample, third_party: Sample) -> BothSides[Presence]:
    """Measure the presence of each field in both samples of a pair, page by page."""
    return BothSides(presence(ipaas), presence(third_party))


def censuses(pairs: Iterable[BothSides[Shapes]]) -> BothSides[Census]:
    """Take the census of both systems: every collection of `pairs`, with its fields, their fill and their types."""
    shapes = list(pairs)
    return BothSides(
        census(pair.ipaas.returned for pair in shapes), census(pair.third_party.returned for pair in shapes)
    )
