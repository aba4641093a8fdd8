"""The fill of each field in each part of a sample, which shows what only old or only new records hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.heat import Heat, heat_html, heat_markdown, heat_text
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import counted, visible
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.field import Observed
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.showing.unevenness import heat_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Presence", "presence"]

PARTS, MOST = 12, 16
"""Most parts of a sample without named pages, and of one with them."""
ANY_KEY = "*"
"""The key that stands for all keys of a map."""
COLUMNS = {"path": "str", "part": "str", "records": "Int64", "filled": "Float64"}
Row = tuple[str, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True)
class Presence(Tabular):
    """The share of objects that have a field filled, 0 to 1, for each path and each part of a sample, in order.

    A share is None if no object of the part could have held the field: its list was empty.
    A notebook shows it as a heat map of the fields that are not equally filled everywhere.
    """

    system: str
    collection: str
    parts: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    @shows("Fields that are not evenly there", "field", "shares")
    def uneven(self) -> tuple[Row, ...]:
        """The rows that are neither full nor without a value in every part."""
        even = {*self.always, *self.never}
        return tuple(row for row in self.rows if row[0] not in even)

    @property
    @shows("Fields that are always there", "field")
    def always(self) -> tuple[str, ...]:
        """The paths that are filled in every object of every part."""
        return tuple(path for path, shares in self.rows if {*shares} - {None} == {1.0})

    @property
    @shows("Fields that are never there", "field")
    def never(self) -> tuple[str, ...]:
        """The paths that were there and never filled."""
        return tuple(path for path, shares in self.rows if {*shares} - {None} <= {0.0})

    def _heat(self) -> Heat:
        """The uneven fields as a heat map, those that vary most first."""
        title = ", ".join(part for part in (self.system, self.collection, "how full its fields are") if part)
        return heat_of(title, tuple(zip(self.parts, self.sizes, strict=True)), self.uneven, self.always, self.never)

    def frame(self) -> pd.DataFrame:
        """Return one row per path and part: the part's number of records, and the share filled (0 to 1).

        Dtypes: text for path and part, Int64 for records, Float64 for filled.
        `frame.pivot(index="path", columns="part", values="filled")` puts the parts side by side.
        """
        parts = tuple(zip(self.parts, self.sizes, strict=True))
        rows = (
            {"path": path, "part": part, "records": size, "filled": share}
            for path, shares in self.rows
            for (part, size), share in zip(parts, shares, strict=True)
        )
        return frame_of(rows, COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return all shares as plain data, ready for `json.dumps`."""
        parts = [{"part": part, "records": size} for part, size in zip(self.parts, self.sizes, strict=True)]
        rows = [{"path": path, "filled": plain(shares)} for path, shares in self.rows]
        return {"system": self.system, "collection": self.collection, "parts": parts, "fields": rows}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the heat map as a GitHub-flavoured Markdown table."""
        return heat_markdown(self._heat(), max_rows=max_rows)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the heat map as plain HTML, of the 60 fields that vary most."""
        return heat_html(self._heat(), max_rows=max_rows)

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render the heat map's numbers as plain text for a terminal."""
        return f"{visible(self._title())}\n{heat_text(self._heat(), max_rows=max_rows)}"

    def _title(self) -> str:
        paths, parts = counted(len(self.rows), "path"), counted(len(self.parts), "part")
        return f"Presence of {self.collection}: {paths} in {parts}"


def presence(sample: Sample, sizes: Sequence[int] | None = None) -> Presence:
    """Measure the presence of each field in each part of `sample`.

    Args:
        sample: the records, in the order in which they were pulled.
        sizes: the number of records of each part. Defaults to the pages and strata that the sample names, or to
            parts of equal size if it names none.

    Raises:
        ValueError: if `sizes` do not add up to the sample's records.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> records = ({"id": 1}, {"id": 2}, {"id": 3, "note": "new"}, {"id": 4, "note": ""})
    >>> presence(Sample("shop", "orders", records, Stop.COMPLETE, pages=(1, 2), sizes=(2, 2))).rows
    (('id', (1.0, 1.0)), ('note', (0.0, 0.5)))
    """
    parts = dict(_few([(name, size) for name, size in _parts(sample, sizes) if size]))
    ends = list(accumulate(parts.values(), initial=0))
    whole = observe(sample.records)
    seen = [
        {
            field.path: field.observed
            for field in observe(sample.records[start:end], known=whole).fields
            if field.observed
        }
        for start, end in pairwise(ends)
    ]
    rows = tuple((field.path, tuple(_share(field.path, part) for part in seen)) for field in whole.fields)
    return Presence(sample.system, sample.collection, tuple(parts), tuple(parts.values()), rows)


def _parts(sample: Sample, sizes: Sequence[int] | None) -> Sequence[tuple[str, int]]:
    """Return the name and the number of records of each part."""
    if sizes is None and sample.parts:
        return sample.parts
    sizes = _equal(len(sample)) if sizes is None else sizes
    if sum(sizes) != len(sample):
        raise ValueError(f"The pages hold {sum(sizes)} records, the sample {len(sample)}")
    if len(sizes) == len(sample.pages):
        return [(f"page {page}", size) for page, size in zip(sample.pages, sizes, strict=True)]
    return [(f"{start + 1} to {end}", end - start) for start, end in pairwise(accumulate(sizes, initial=0))]


def _few(parts: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Join neighbouring parts if there are too many: those of one filter first, then any.

    >>> list(_few([("page 1", 5), *((f"status = {n}", 2) for n in range(16))]))
    [('page 1', 5), ('16 values of status', 32)]
    """
    if len(parts) > MOST:
        parts = [_together(list(group)) for _, group in groupby(parts, key=_filter)]
    step = -(-len(parts) // MOST) or 1
    for start in range(0, len(parts), step):
        group = parts[start : start + step]
        name = group[0][0] if len(group) == 1 else f"{group[0][0]} to {group[-1][0]}"
        yield name, sum(size for _, size in group)


def _filter(part: tuple[str, int]) -> tuple[str, str]:
    """Return the filter of a part, or its own name, which tells it from its neighbours."""
    name, sign, _ = part[0].partition(" = ")
    return name, sign


def _together(group: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Join the parts of one filter into one."""
    if len(group) == 1:
        return group[0]
    return f"{len(group)} values of {_filter(group[0])[0]}", sum(size for _, size in group)


def _equal(records: int) -> list[int]:
    """Cut `records` into at most `PARTS` parts that differ by one at most."""
    count = min(PARTS, records) or 1
    return [records * (at + 1) // count - records * at // count for at in range(count)]


def _share(path: str, part: dict[str, Observed]) -> float | None:
    """Return the filled share; None if the parent did not occur, or its keys were shown otherwise there."""
    if path in part:
        return part[path].fill if part[path].of else None
    *above, last = split_path(path)
    if list_depth(last)[1]:
        return None  # an element that was not there
    prefix = "".join(f"{key}." for key in above)
    if last == ANY_KEY or f"{prefix}{ANY_KEY}" in part:
        return None  # a map in the whole sample and an object in this part of it, or the other way round
    return 0.0 if not prefix or any(other.startswith(prefix) for other in part) else None
