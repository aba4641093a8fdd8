"""The values of one JSON type at one path: each different one counted, up to a cap; beyond it, sketched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ipaas_discovery.schemas.text_formats import format_counts

if TYPE_CHECKING:
    from ipaas_discovery.schemas.observing.sketch import DistinctSketch

__all__ = ["DISTINCT_CAP", "Span", "Summary", "Values", "span"]

DISTINCT_CAP = 2_000
"""Different values that are counted one by one; beyond it their number is an estimate."""
EXAMPLES, FIRST = 5, 100
"""Number of examples, and number of values they are taken from if not all are kept."""
SAFE = 2**53
"""Whole numbers beyond it have no binary double of their own."""
Span = tuple[Any, Any] | None
Example = tuple[int, Any]
"""A value and the checksum of its text."""


@dataclass(slots=True)
class Summary:
    """Summary of the values of one type. All but the last four fields just add up."""

    empties: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    lengths: Span = None
    numbers: Span = None
    unsafe: int = 0
    examples: tuple[Example, ...] = ()
    distinct: int = 0
    error: float = 0.0
    top: Mapping[Any, int] = field(default_factory=dict)
    top_error: int = 0

    def add(self, kind: str, counts: Counter[Any]) -> None:
        """Take over values of JSON type `kind`, each with its count; an empty text is counted and taken out."""
        if kind == "string":
            sizes = [*map(len, counts)]
            longest = max(sizes)
            self.lengths = span(self.lengths, (min(sizes), longest))
            self.empties += counts.pop("", 0)
            self.formats.update(format_counts(counts, longest))
        elif kind != "boolean":
            low, high = min(counts), max(counts)
            self.numbers = span(self.numbers, (low, high))
            if kind == "integer" and (low < -SAFE or high > SAFE):
                self.unsafe += sum(times for number, times in counts.items() if abs(number) > SAFE)

    def merge(self, other: Summary) -> None:
        """Take over the counts that add up."""
        self.empties += other.empties
        self.formats.update(other.formats)
        self.lengths = span(self.lengths, other.lengths)
        self.numbers = span(self.numbers, other.numbers)
        self.unsafe += other.unsafe
        self.examples = _picked((*self.examples, *other.examples))


class Values:
    """Counts of the values of one JSON type, which can be merged in any order.

    Up to `DISTINCT_CAP` different values `counts` holds how often each occurs, and all else follows from it.
    Beyond, the values themselves are let go: see `Sketch`.
    """

    __slots__ = ("counts", "kind", "sketch")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.counts: Counter[Any] = Counter()
        self.sketch: Sketch | None = None

    def add(self, column: Sequence[Any]) -> None:
        """Count values."""
        if self.sketch is not None:
            self.sketch.add(Counter(column))
        else:
            self.counts.update(column)
            self.cap()

    def merge(self, other: Values) -> None:
        """Take over what `other` counted; `other` is used up."""
        if self.sketch is None and other.sketch is not None:
            self.counts, other.counts = other.counts, self.counts
            self.sketch, other.sketch = other.sketch, None
        if self.sketch is None:
            self.counts.update(other.counts)
            self.cap()
        elif other.sketch is not None:
            self.sketch.merge(other.sketch)
        elif other.counts:
            self.sketch.add(other.counts)

    def summary(self) -> Summary:
        """Summarise the values."""
        if self.sketch is not None:
            return self.sketch.summary()
        known, counts = Summary(), self.counts.copy()
        if counts:
            known.add(self.kind, counts)
            known.examples = _examples(self.kind, counts)
        known.distinct, known.top = len(counts), counts
        return known

    def cap(self) -> None:
        """Switch to a sketch if there are too many values."""
        if len(self.counts) > DISTINCT_CAP:
            self.sketch = Sketch(self.kind)
            self.sketch.known.examples = _examples(self.kind, islice(self.counts, FIRST))
            self.sketch.add(self.counts)
            self.counts = Counter()


class Sketch:
    """Estimates for more different values than are counted one by one.

    Their number is estimated by a HyperLogLog. Frequent values are counted with a bounded error: a count may be too
    low by `missed`, which is at most 2 N / `DISTINCT_CAP` of N values, and no value that occurs more often is left
    out. It is the summary of Misra and Gries (1982), which is that of Space-Saving (Metwally et al. 2005) with its
    least count taken off each (Agarwal et al., Mergeable summaries, 2012): a schema claims what is certain, so it
    counts at least and not at most. Examples are of the first values.
    """

    __slots__ = ("frequent", "kind", "known", "missed", "registers")

    def __init__(self, kind: str) -> None:
        from ipaas_discovery.schemas.observing.sketch import DistinctSketch  # noqa: PLC0415  most samples need none

        self.kind, self.known = kind, Summary()
        self.registers: DistinctSketch = DistinctSketch()
        self.frequent: Counter[Any] = Counter()
        self.missed = 0

    def add(self, counts: Counter[Any]) -> None:
        """Take over values, each with its count; `counts` is used up."""
        self.known.add(self.kind, counts)
        self.registers.add(counts, texts=self.kind == "string")
        if len(counts) < counts.total():
            self.frequent.update({value: times - 1 for value, times in counts.items() if times > 1})
        self.missed += 1  # once a batch, so that values that occur once in it, which are most, need not be kept
        self._prune()

    def merge(self, other: Sketch) -> None:
        """Take over what `other` knows."""
        self.known.merge(other.known)
        self.registers.merge(other.registers)
        self.frequent.update(other.frequent)
        self.missed += other.missed
        self._prune()

    def summary(self) -> Summary:
        """Summarise the values; the frequent ones are those certain to be."""
        known = Summary()
        known.merge(self.known)
        known.distinct = round(self.registers.estimate())
        known.error = self.registers.error
        known.top = {value: times for value, times in self.frequent.items() if times > self.missed}
        known.top_error = self.missed
        return known

    def _prune(self) -> None:
        if len(self.frequent) > DISTINCT_CAP:
            ranked = sorted(self.frequent.values(), reverse=True)
            least = ranked[DISTINCT_CAP // 2]
            self.frequent = Counter({value: n - least for value, n in self.frequent.items() if n > least})
            self.missed += least


def span(one: Span, other: Span) -> Span:
    """Return the range that holds both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _examples(kind: str, values: Iterable[Any]) -> tuple[Example, ...]:
    """Pick a few values by checksum: as good as by chance, and the same whatever their order."""
    filled = [value for value in values if value != ""]
    texts = filled if kind == "string" else [*map(str, filled)]
    try:
        sums = [*map(crc32, map(str.encode, texts))]
    except UnicodeEncodeError:
        sums = [crc32(text.encode("utf-8", "surrogatepass")) for text in texts]
    worst = max(sorted(sums)[:EXAMPLES], default=0)
    return _picked((total, value) for total, value in zip(sums, filled, strict=True) if total <= worst)


def _picked(candidates: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(sorted(dict.fromkeys(candidates), key=lambda example: (example[0], str(example[1])))[:EXAMPLES])
