"""One value of both sides, which shows iPaaS.com's, then the third party's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from ipaas_discovery.renderings.in_words import kind_words
from ipaas_discovery.renderings.tabular import Table, Tabular
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.census import Census, census
from ipaas_discovery.schemas.showing.presence import Presence, presence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BothSides", "Census", "Presence", "censuses", "presences"]


class Rendered(Protocol):
    """A value that shows itself."""

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Return its Markdown."""

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Return its HTML."""

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Return its text."""

    def _repr_html_(self) -> str: ...


class OfOneSystem(Rendered, Protocol):
    """A value of one system that shows itself."""

    headings: ClassVar[Mapping[str, str]]

    @property
    def system(self) -> str:
        """The system's name."""

    def frame(self) -> pd.DataFrame:
        """Return its rows."""

    def to_dict(self) -> dict[str, Any]:
        """Return its plain data."""


Side = TypeVar("Side", bound=OfOneSystem)


@dataclass(frozen=True, slots=True)
class BothSides(Tabular, Generic[Side]):
    """iPaaS.com's value and the third party's."""

    ipaas: Side
    third_party: Side

    def frame(self) -> pd.DataFrame:
        """Return the rows of both, iPaaS.com's first, after a text column `system`; dtypes as in each side's frame."""
        import pandas as pd  # noqa: PLC0415  frames are made at the edge

        frames = [side.frame() for side in (self.ipaas, self.third_party)]
        for side, frame in zip((self.ipaas, self.third_party), frames, strict=True):
            frame.insert(0, "system", pd.Series([side.system] * len(frame), dtype="str"))
        filled = [frame for frame in frames if len(frame)] or frames[:1]  # nothing to join may not change a dtype
        return pd.concat(filled, ignore_index=True)

    def to_dict(self) -> dict[str, Any]:
        """Return both as plain data, ready for `json.dumps`."""
        return {"ipaas": self.ipaas.to_dict(), "third_party": self.third_party.to_dict()}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render both as Markdown, iPaaS.com's first; of charts at most `max_rows` each."""
        return "\n\n".join(part.to_markdown(max_rows=max_rows) for part in self._parts)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render both as plain HTML, iPaaS.com's first; of charts at most `max_rows` each."""
        return "\n".join(part.to_html(max_rows=max_rows) for part in self._parts)

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render both as plain text for a terminal, iPaaS.com's first; of charts at most `max_rows` each."""
        return "\n\n".join(part.to_text(max_rows=max_rows) for part in self._parts)

    def _repr_html_(self) -> str:
        return "\n".join(part._repr_html_() for part in self._parts)

    @property
    def _parts(self) -> tuple[Rendered, ...]:
        """Both sides if they draw charts, else one table of all rows with the system's name in each."""
        drawn = type(self.ipaas).to_html is not Tabular.to_html
        return (
            (self.ipaas, self.third_party)
            if drawn
            else (
                Table(
                    self.frame(),
                    headings=self.ipaas.headings,
                    title=f"{kind_words(type(self.ipaas))} of both systems",
                    section="system",
                ),
            )
        )


def presences(ipaas: Sample, third_party: Sample) -> BothSides[Presence]:
    """Measure the presence of each field in both samples of a pair, page by page."""
    return BothSides(presence(ipaas), presence(third_party))


def censuses(pairs: Iterable[BothSides[Shapes]]) -> BothSides[Census]:
    """Take the census of both systems: every collection of `pairs`, with its fields, their fill and their types."""
    shapes = list(pairs)
    return BothSides(
        census(pair.ipaas.returned for pair in shapes), census(pair.third_party.returned for pair in shapes)
    )
