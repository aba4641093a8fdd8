"""How full each field is, part by part of a sample: what only old or only new records hold shows here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.field import Observed
from ipaas_discovery.schemas.observe import observe
from ipaas_discovery.schemas.paths import list_depth, split_path
from ipaas_discovery.tables import Tabular, frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Presence", "presence"]

PARTS = 12
"""Parts of a sample whose pages are not told apart."""


@dataclass(frozen=True, slots=True)
class Presence(Tabular):
    """The share of objects that have a field filled, 0 to 1, for each path and each part of a sample, in order.

    A share is None where no object of the part could have held the field: the list it stands in was empty.
    """

    system: str
    collection: str
    parts: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]

    @property
    def uneven(self) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
        """The rows that are neither full nor without a value in every part."""
        return tuple(row for row in self.rows if not {*row[1]} - {None} <= {1.0} and not {*row[1]} - {None} <= {0.0})

    @property
    def always(self) -> int:
        """How many paths are filled in every object of every part."""
        return sum({*row[1]} - {None} == {1.0} for row in self.rows)

    @property
    def never(self) -> int:
        """How many paths were there and never filled."""
        return sum({*row[1]} - {None} <= {0.0} for row in self.rows)

    def frame(self) -> pd.DataFrame:
        """One row a path, then a column of shares for each part."""
        rows = ({"path": path, **dict(zip(self.parts, found, strict=True))} for path, found in self.rows)
        return frame_of(rows, {"path": "str"} | dict.fromkeys(self.parts, "Float64"))


def presence(sample: Sample, sizes: Sequence[int] | None = None) -> Presence:
    """What each part of `sample` fills of each field.

    Args:
        sample: the records, in the order in which they were pulled.
        sizes: the number of records of each part, instead of the pages and strata that the sample names; where it
            names none it is cut into parts of equal size, and the parts' names say so.

    Raises:
        ValueError: if `sizes` do not add up to the sample's records.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> records = ({"id": 1}, {"id": 2}, {"id": 3, "note": "new"}, {"id": 4, "note": ""})
    >>> presence(Sample("shop", "orders", records, Stop.COMPLETE, pages=(1, 2), sizes=(2, 2))).rows
    (('id', (1.0, 1.0)), ('note', (0.0, 0.5)))
    """
    parts = {name: size for name, size in _parts(sample, sizes) if size}
    ends = list(accumulate(parts.values(), initial=0))
    seen = [
        {each.path: each.observed for each in observe(sample.records[start:end]).fields if each.observed}
        for start, end in pairwise(ends)
    ]
    paths = sorted({path for part in seen for path in part})
    rows = tuple((path, tuple(_share(path, part) for part in seen)) for path in paths)
    return Presence(sample.system, sample.collection, tuple(parts), tuple(parts.values()), rows)


def _parts(sample: Sample, sizes: Sequence[int] | None) -> Sequence[tuple[str, int]]:
    """The name and the number of records of each part."""
    if sizes is None and sample.parts:
        return sample.parts
    sizes = _equal(len(sample)) if sizes is None else sizes
    if sum(sizes) != len(sample):
        raise ValueError(f"The pages hold {sum(sizes)} records, the sample {len(sample)}")
    if len(sizes) == len(sample.pages):
        return [(f"page {page}", size) for page, size in zip(sample.pages, sizes, strict=True)]
    return [(f"{start + 1} to {end}", end - start) for start, end in pairwise(accumulate(sizes, initial=0))]


def _equal(records: int) -> list[int]:
    """`records` cut into at most `PARTS` parts that differ by one at most."""
    count = min(PARTS, records) or 1
    return [records * (at + 1) // count - records * at // count for at in range(count)]


def _share(path: str, part: dict[str, Observed]) -> float | None:
    """The share filled; None where the object it stands in did not occur."""
    if path in part:
        return part[path].fill if part[path].of else None
    *above, last = split_path(path)
    if list_depth(last)[1]:
        return None  # an element that was not there
    place = "".join(f"{key}." for key in above)
    return 0.0 if not place or any(other.startswith(place) for other in part) else None
