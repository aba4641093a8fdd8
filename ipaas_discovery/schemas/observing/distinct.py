"""The values of one JSON type at one path: each different one counted, up to a cap; beyond it, sketched."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ipaas_discovery.schemas.observing.value_columns import NAN
from ipaas_discovery.schemas.text_formats import format_counts

if TYPE_CHECKING:
    from datasketches import hll_sketch

__all__ = ["DISTINCT_CAP", "Span", "Summary", "Values", "span"]

DISTINCT_CAP = 2_000
"""Different values that are counted one by one; beyond it their number is an estimate."""
EXAMPLES, FIRST = 5, 100
"""How many examples there are, and of how many values they are taken where not all are kept."""
LG_K = 12
"""2^12 registers of a HyperLogLog: a relative standard error of 1.6 %."""
SAFE, LONG = 2**53, 2**63
"""Whole numbers beyond the first have no binary double of their own, beyond the second no 64 bits."""
_SURROGATE = re.compile("[\ud800-\udfff]")
Span = tuple[Any, Any] | None
Example = tuple[int, Any]
"""A value and the checksum of its text."""


@dataclass(slots=True)
class Summary:
    """What is known of values of one type. All but the last four fields just add up."""

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
        elif kind != "boolean" and (real := counts.keys() - {NAN} if NAN in counts else counts.keys()):
            low, high = min(real), max(real)
            self.numbers = span(self.numbers, (low, high))
            if kind == "integer" and (low < -SAFE or high > SAFE):
                self.unsafe += sum(times for each, times in counts.items() if abs(each) > SAFE)

    def merge(self, other: Summary) -> None:
        """Take over what adds up."""
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
        """All that is known of the values."""
        if self.sketch is not None:
            return self.sketch.summary()
        known, counts = Summary(), self.counts.copy()
        if counts:
            known.add(self.kind, counts)
            known.examples = _examples(self.kind, counts)
        known.distinct, known.top = len(counts), counts
        return known

    def cap(self) -> None:
        """Go over to a sketch, if there are too many."""
        if len(self.counts) > DISTINCT_CAP:
            self.sketch = Sketch(self.kind)
            self.sketch.known.examples = _examples(self.kind, islice(self.counts, FIRST))
            self.sketch.add(self.counts)
            self.counts = Counter()


class Sketch:
    """What stays of more different values than are counted one by one.

    Their number is estimated by a HyperLogLog (Flajolet et al. 2007, as the library datasketches builds it);
    frequent values are counted with a bounded error (Misra and Gries 1982, merged as by Agarwal et al. 2012): a
    count may be too low by `missed`, and no value that occurs more often than that is left out. Examples are of
    the first values.
    """

    __slots__ = ("frequent", "kind", "known", "missed", "registers")

    def __init__(self, kind: str) -> None:
        import datasketches  # noqa: PLC0415  most samples need no sketch

        self.kind, self.known = kind, Summary()
        self.registers: hll_sketch = datasketches.hll_sketch(LG_K)
        self.frequent: Counter[Any] = Counter()
        self.missed = 0

    def __getstate__(self) -> tuple[Any, ...]:
        return self.kind, self.known, self.registers.serialize_compact(), self.frequent, self.missed

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        import datasketches  # noqa: PLC0415  the same

        self.kind, self.known, registers, self.frequent, self.missed = state
        self.registers = datasketches.hll_sketch.deserialize(registers)

    def add(self, counts: Counter[Any]) -> None:
        """Take over values, each with its count; `counts` is used up."""
        self.known.add(self.kind, counts)
        _enter(counts, self.kind, self.registers.update)
        if len(counts) < counts.total():
            self.frequent.update({each: times - 1 for each, times in counts.items() if times > 1})
        self.missed += 1  # once a batch, so that values that occur once in it, which are most, need not be kept
        self._prune()

    def merge(self, other: Sketch) -> None:
        """Take over what `other` knows."""
        self.known.merge(other.known)
        self.registers = _union(self.registers, other.registers).get_result()
        self.frequent.update(other.frequent)
        self.missed += other.missed
        self._prune()

    def summary(self) -> Summary:
        """What is known, the frequent values those that are certain to be."""
        known = Summary()
        known.merge(self.known)
        both = _union(self.registers, self.registers)  # the estimate of a union does not depend on an order
        known.distinct = round(both.get_estimate())
        known.error = abs(both.get_rel_err(True, True, LG_K, 1))
        known.top = {each: times for each, times in self.frequent.items() if times > self.missed}
        known.top_error = self.missed
        return known

    def _prune(self) -> None:
        if len(self.frequent) > DISTINCT_CAP:
            ranked = sorted(self.frequent.values(), reverse=True)
            least = ranked[DISTINCT_CAP // 2]
            self.frequent = Counter({each: n - least for each, n in self.frequent.items() if n > least})
            self.missed += least


def span(one: Span, other: Span) -> Span:
    """The range that holds both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _union(one: hll_sketch, other: hll_sketch) -> Any:  # noqa: ANN401  the library has no types
    import datasketches  # noqa: PLC0415  the same

    both = datasketches.hll_union(LG_K)
    both.update(one)
    both.update(other)
    return both


def _enter(values: Collection[Any], kind: str, update: Callable[[Any], None]) -> None:
    """Put values into a sketch, each always in the same way: those that it does not take exactly, as text."""
    if kind == "integer":
        plain = all(-LONG <= value < LONG for value in (min(values, default=0), max(values, default=0)))
    else:
        plain = kind == "string" or {*map(type, values)} == {float}
    try:
        deque(map(update, values if plain else map(_plain, values)), maxlen=0)
    except TypeError:  # a lone surrogate; to enter a value twice changes nothing
        deque(map(update, map(_plain, values)), maxlen=0)


def _plain(value: Any) -> Any:  # noqa: ANN401  a value
    """`value`, or the text for one that the sketch does not take exactly."""
    if type(value) is int:
        exact = -LONG <= value < LONG
    else:
        exact = type(value) is float or (type(value) is str and not _SURROGATE.search(value))
    return value if exact else ascii(str(value))


def _examples(kind: str, values: Iterable[Any]) -> tuple[Example, ...]:
    """A few values, picked by checksum: as good as by chance, and the same whatever their order."""
    filled = [each for each in values if each != ""]
    texts = filled if kind == "string" else [*map(str, filled)]
    try:
        sums = [*map(crc32, map(str.encode, texts))]
    except UnicodeEncodeError:
        sums = [crc32(text.encode("utf-8", "surrogatepass")) for text in texts]
    worst = max(sorted(sums)[:EXAMPLES], default=0)
    return _picked((total, each) for total, each in zip(sums, filled, strict=True) if total <= worst)


def _picked(candidates: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(sorted(dict.fromkeys(candidates), key=lambda each: (each[0], str(each[1])))[:EXAMPLES])
