"""The same of both sides: one value that shows iPaaS.com's, then the third party's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ipaas_discovery.renderings.tabular import Tabular
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

    def to_dict(self) -> dict[str, Any]:
        """Its plain data."""

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Its Markdown."""

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Its HTML."""

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Its text."""


Side = TypeVar("Side", bound=Shown)


@dataclass(frozen=True, slots=True)
class BothSides(Tabular, Generic[Side]):
    """iPaaS.com's value and the third party's."""

    ipaas: Side
    third_party: Side

    def frame(self) -> pd.DataFrame:
        """The rows of both, iPaaS.com's first, after a text column `system`; the others as in each side's frame."""
        import pandas as pd  # noqa: PLC0415  frames are made at the edge

        frames = [side.frame() for side in (self.ipaas, self.third_party)]
        for side, frame in zip((self.ipaas, self.third_party), frames, strict=True):
            frame.insert(0, "system", pd.Series([side.system] * len(frame), dtype="str"))
        filled = [frame for frame in frames if len(frame)] or frames[:1]  # nothing to join may not change a dtype
        return pd.concat(filled, ignore_index=True)

    def to_dict(self) -> dict[str, Any]:
        """Both as plain data, ready for `json.dumps`."""
        return {"ipaas": self.ipaas.to_dict(), "third_party": self.third_party.to_dict()}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Both as Markdown, one below the other, at most `max_rows` of each."""
        return "\n\n".join(side.to_markdown(max_rows=max_rows) for side in (self.ipaas, self.third_party))

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Both as plain HTML, one below the other, at most `max_rows` of each."""
        return "\n".join(side.to_html(max_rows=max_rows) for side in (self.ipaas, self.third_party))

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Both as plain text for a terminal, one below the other, at most `max_rows` of each."""
        return "\n\n".join(side.to_text(max_rows=max_rows) for side in (self.ipaas, self.third_party))


def presences(ipaas: Sample, third_party: Sample) -> BothSides[Presence]:
    """How full each field of a pair's samples is, page by page."""
    return BothSides(presence(ipaas), presence(third_party))


def censuses(pairs: Iterable[Sides]) -> BothSides[Census]:
    """What both systems hold: every collection of `pairs`, its fields, how full they are and of what type."""
    sides = list(pairs)
    return BothSides(census(each.ipaas.returned for each in sides), census(each.third_party.returned for each in sides))
