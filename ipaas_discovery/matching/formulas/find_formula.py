"""The simplest formula that explains a destination field by the same records of the other side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations, permutations
from math import comb, prod
from operator import eq
from statistics import median_low
from typing import Any, Literal

from ipaas_discovery.knowledge.matching.unit_factors import unit_factor
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.formula_values import Column, comparable, formula_value, held_values, same_value
from ipaas_discovery.matching.formulas.operations import FormulaStep, Value
from ipaas_discovery.matching.formulas.paired_records import Columns, PairedRecords, Text
from ipaas_discovery.matching.formulas.related_records import RelatedRecords
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record, Sample

__all__ = ["Formula", "find_formula", "formula_value"]

EXPLAINS = 0.8
"""The share of pairs that a formula has to explain to be reported."""
WORTH = 0.01
"""The share of pairs more that a formula has to explain for each point of cost more."""
FEWEST = 3
TRIED = 12
"""Pairs on which an operation is tried before it is run on all."""
MOST_VALUES, REPEATED = 60, 2
PARTS = 4
DAYS = ("yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "yyyyMMdd")
TIMES = ("", "'T'HH:mm:ss'Z'", "'T'HH:mm:ss'+00:00'", "'T'HH:mm:ss", " HH:mm:ss")
MAIL_FORMS = ("ddd, dd MMM yyyy HH:mm:ss '+0000'", "ddd, dd MMM yyyy HH:mm:ss 'GMT'")
FARTHEST, STEP = 14 * 60, 15
"""Minutes that a zone is from UTC at most, and by which zones differ."""
SEPARATORS = (" ", "-", ", ", "/", "_", "@", ",", "|", ":")
MOST_ENDS = 8
CHANCE = 0.1
"""Probability up to which a map that fits is not taken for luck; what explains it better is reported anyway."""
MOST_NUMBERS, TERMS = 24, 3
"""Fields of numbers that are calculated with, and those of one sum."""
CALCULATED_FROM, DIFFERENT = 8, 5
"""Pairs, and different values among them, that a calculation has to explain."""
FILLERS = "0 *"
MOST_PLACES = 6
"""Decimals of a measure that was changed to another unit."""
FRACTION = re.compile(r"[+-]?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Formula(Card):
    """Operations that make a destination field of source fields, and how many of the same records they explain.

    `steps` are carried out in turn, the first on all `sources`. `others` are up to three pairs that they do not
    explain: what would be written beside what stands there.
    """

    destination: str
    sources: tuple[str, ...]
    steps: tuple[FormulaStep, ...]
    explained: int
    of: int
    others: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> Literal["field", "constant", "look-up", "formula"]:
        """The platform's kind of mapping: "field", "constant", "look-up" or "formula"."""
        if len(self.steps) > 1:
            return "formula"
        match self.steps[0]:
            case op.Copy():
                return "field"
            case op.Constant():
                return "constant"
            case op.ValueMap() | op.LookUp():
                return "look-up"
            case _:
                return "formula"

    @property
    def cost(self) -> int:
        """The effort of understanding it."""
        return sum(step.cost for step in self.steps) + len(self.sources)

    @property
    def size(self) -> int:
        """The number of values that its maps list; of two that are as good the shorter map is reported."""
        return sum(len(step.pairs) for step in self.steps if isinstance(step, op.ValueMap))

    def run(self, record: Record) -> Value:
        """Compute the destination's value for one source record."""
        held = held_values(record)
        values: Sequence[Value] = [formula_value(held.get(path, ())) for path in self.sources]
        for step in self.steps:
            values = [step.run(values)]
        return values[0]

    def csharp(self) -> str:
        """Write it as an expression of the platform's dynamic formulas: a source field is a variable in PascalCase."""
        names: Sequence[str] = [_pascal(path) for path in self.sources]
        for step in self.steps:
            names = [step.csharp(names)]
        return names[0]

    def __str__(self) -> str:
        made = " and ".join(self.sources)
        how = ", ".join(map(str, self.steps))
        text = f"{self.destination} = {made + ': ' if made else ''}{how}"
        if not self.of:
            return text
        rest = "; ".join(f"{would!r} where {is_!r} stands" for would, is_ in self.others)
        return f"{text}; explains {self.explained} of {self.of} pairs" + (f"; others: {rest}" if rest else "")


def find_formula(
    pairs: Pairs, destination: str, *, side: str | None = None, related: Mapping[str, Sample] | None = None
) -> Formula | None:
    """Find the simplest formula that gives the destination's values in paired records; None if there is none.

    Args:
        pairs: the same records of both sides.
        destination: the path of the field that is to be filled.
        side: "left" or "right", the destination's side; by default the one that has the path, right if both have.
        related: samples of the source's other collections, by name, whose records its fields may name by their `id`.

    Raises:
        UnknownNameError: if no paired record has the path.

    >>> from ipaas_discovery.matching.records.record_pairs import pair_records
    >>> from ipaas_discovery.samples.sample import Sample, Stop
    >>> people = ("Ada Lovelace", "Bo Smith", "Cy Young", "Di Jones")
    >>> ours = [{"k": f"k-{at}", "first": n.split()[0], "last": n.split()[1]} for at, n in enumerate(people)]
    >>> theirs = [{"k": f"k-{at}", "name": name} for at, name in enumerate(people)]
    >>> samples = [Sample("a", "people", tuple(rows), Stop.COMPLETE) for rows in (ours, theirs)]
    >>> print(find_formula(pair_records(*samples, [("k", "k")]), "name"))
    name = first and last: joined with ' '; explains 4 of 4 pairs
    """
    paired = PairedRecords.of(pairs)
    at = {"left": 0, "right": 1}[side] if side else int(any(destination in row for row in paired.sides[1]))
    columns, wanted = paired.columns(destination, at)
    if len(wanted) < FEWEST:
        return None
    search = (*candidates(columns, wanted), *RelatedRecords(related or {}).look_ups(columns, wanted))
    judged = [judge(destination, sources, steps, columns, wanted) for sources, steps in search]
    fitting = [formula for formula in judged if formula.explained >= EXPLAINS * formula.of]
    return min(
        fitting,
        key=lambda formula: (formula.cost * WORTH - formula.explained / formula.of, formula.size, formula.sources),
        default=None,
    )


def _pascal(path: str) -> str:
    name = "".join(word.title() for word in split_words(path))
    return name if name[:1].isalpha() else f"Field{name}"


def judge(
    destination: str,
    sources: tuple[str, ...],
    steps: tuple[FormulaStep, ...],
    columns: Mapping[str, Column],
    wanted: Column,
) -> Formula:
    made = _made(sources, steps, columns, range(len(wanted)))
    wrong = [(a, b) for a, b in zip(made, wanted, strict=True) if not same_value(a, b)]
    others = tuple(dict.fromkeys((str(a or ""), str(b)) for a, b in wrong))[:FEWEST]
    return Formula(destination, sources, steps, len(wanted) - len(wrong), len(wanted), others)


def _made(
    sources: tuple[str, ...], steps: tuple[FormulaStep, ...], columns: Mapping[str, Column], rows: Iterable[int]
) -> list[Value]:
    taken = [columns[path] for path in sources]
    values: list[list[Value]] = [[column[row] for column in taken] for row in rows]
    for step in steps:
        values = [[step.run(value)] for value in values]
    return [value for (value,) in values]


Candidate = tuple[tuple[str, ...], tuple[FormulaStep, ...]]


def simple_candidates(columns: Columns, wanted: Column) -> Iterator[Candidate]:
    """List copies, multiples and value maps of one field, and two fields joined, as far as a few pairs speak for it."""
    tried = slice(0, len(wanted), max(1, len(wanted) // TRIED))
    compared = [*map(comparable, wanted[tried])]
    for path, texts in columns.texts.items():
        if 2 * sum(map(eq, columns.comparables[path][tried], compared)) >= len(compared):
            yield (path,), (op.Copy(),)
        both = [(a, b) for a, b in zip(texts, wanted, strict=True) if a and isinstance(b, str)]
        for steps in (*_scaled(both), *_mapped(both)):
            if _speaks((path,), steps, columns, wanted, range(len(wanted))[tried]):
                yield (path,), steps
    yield from _joined(columns, wanted)


def candidates(columns: Columns, wanted: Column) -> Iterator[Candidate]:
    """List formulas that give the value of at least half of a few pairs."""
    tried = range(0, len(wanted), max(1, len(wanted) // TRIED))
    if len(set(wanted)) == 1 and isinstance(wanted[0], str):
        yield (), (op.Constant(wanted[0]),)
    for path, values in columns.items():
        for steps in _of_one(values, wanted):
            if _speaks((path,), steps, columns, wanted, tried):
                yield (path,), steps
    yield from _of_two(columns, wanted)


def _speaks(
    sources: tuple[str, ...],
    steps: tuple[FormulaStep, ...],
    columns: Mapping[str, Column],
    wanted: Column,
    tried: Sequence[int],
) -> bool:
    """Tell whether a formula gives the value of at least half of a few pairs."""
    made = _made(sources, steps, columns, tried)
    return 2 * sum(map(same_value, made, [wanted[row] for row in tried])) >= len(tried)


def _of_one(values: Column, wanted: Column) -> Iterator[tuple[FormulaStep, ...]]:
    """List what may be done to one field, with settings read from the values themselves."""
    yield (op.Copy(),)
    if any(isinstance(value, tuple) for value in values):
        yield from ((op.Count(),), (op.Sum(),), (op.First(),), (op.JoinList(", "),), (op.JoinList(","),))
    yield from ((op.Trim(),), (op.Upper(),), (op.Lower(),), (op.Trim(), op.Lower()), (op.Trim(), op.Upper()))
    both = [(a, b) for a, b in zip(values, wanted, strict=True) if isinstance(a, str) and isinstance(b, str) and a]
    for settle in (_padded, _affixed, _shortened, _cut, _scaled, _rounded, _mapped):
        yield from settle(both)
    yield from _defaulted(values, wanted)
    yield from (
        (op.SplitPart(separator, at),)
        for separator in SEPARATORS
        for at in (*range(PARTS), -1)
        if any(separator in a for a, _ in both[:TRIED])
    )
    if any(op.moment_of(a) for a, _ in both[:TRIED]):
        forms = [*(f"{day}{time}" for day in DAYS for time in TIMES), *MAIL_FORMS]
        yield from ((op.DateFormat(form, minutes),) for minutes in (0, *_zones(both)) for form in forms)


Both = Sequence[tuple[str, str]]
Settled = Iterator[tuple[FormulaStep, ...]]


def _most(values: Iterable[Any]) -> list[Any]:
    """Give the most frequent one, the first of several."""
    return [value for value, _ in Counter(values).most_common(1)]


def _padded(both: Both) -> Settled:
    for width in _most(len(b) for a, b in both if len(b) > len(a) and b.endswith(a)):
        for sign in _most(b[0] for a, b in both if len(b) == width > len(a)):
            if sign in FILLERS:
                yield (op.Pad(width, sign),)


def _affixed(both: Both) -> Settled:
    ends = [
        (b[: b.index(a)], b[b.index(a) + len(a) :]) for a, b in both if a in b and a != b and op.plain_number(b) is None
    ]
    yield from ((op.Affix(*end),) for end in _most(ends))


def _shortened(both: Both) -> Settled:
    yield from (
        (op.Without(start),) for start in _most(a[: -len(b)] for a, b in both if b and a != b and a.endswith(b))
    )


def _cut(both: Both) -> Settled:
    """List so many letters at the start or the end of a text; a code's length is always the same."""
    for length in _most(len(b) for _, b in both):
        shorter = [(a, b) for a, b in both if len(a) > len(b) == length]
        for count, fits in ((length, str.startswith), (-length, str.endswith)):
            if 2 * sum(fits(a, b) for a, b in shorter) >= len(both):
                yield (op.Letters(count),)


def _scaled(both: Both) -> Settled:
    if not all(b[-1:].isdigit() for _, b in both):
        return
    numbers = [(op.plain_number(a), op.plain_number(b)) for a, b in both if a[-1:].isdigit()]
    ratios = [b / a for a, b in numbers if a and b]
    for factor in _most(ratios):
        if abs(factor).normalize().as_tuple().digits == (1,) and factor != 1:
            yield (op.Times(factor.normalize()),)
    if ratios and (unit := unit_factor(median_low(ratios))):
        places = max(len(b.partition(".")[2]) for _, b in both)
        yield (op.Times(unit.factor), op.Round(min(places, MOST_PLACES)))


def _rounded(both: Both) -> Settled:
    places = [
        len(b.partition(".")[2]) for a, b in both if op.plain_number(a) is not None and op.plain_number(b) is not None
    ]
    if places:
        yield (op.Round(max(places)),)


def _mapped(both: Both) -> Settled:
    """List what each value of a field that has few stands beside."""
    keys = {a for a, _ in both}
    if len(keys) > MOST_VALUES or len(both) < REPEATED * len(keys) or any(map(FRACTION.fullmatch, keys)):
        return
    best: dict[str, str] = {}
    for (a, b), _ in Counter(both).most_common():
        best.setdefault(a, b)
    if len(set(best.values())) > 1 and not _by_chance(both, best):
        yield (op.ValueMap(tuple(sorted(best.items()))),)


def _by_chance(both: Both, best: Mapping[str, str]) -> bool:
    """Tell whether a map may fit by luck: each value's first pair says nothing, the others agree as two of them do."""
    others, wrong = len(both) - len(best), sum(best[a] != b for a, b in both)
    alike = sum((count / len(both)) ** 2 for count in Counter(b for _, b in both).values())
    return comb(others, wrong) * alike ** max(others - wrong, 0) > CHANCE


def _zones(both: Both) -> list[int]:
    """Give the difference of most moments, in minutes, if it may be that of a zone."""
    moments = ((op.moment_of(a), op.moment_of(b)) for a, b in both)
    differences = [(theirs - ours).total_seconds() / 60 for ours, theirs in moments if ours and theirs]
    return [int(one) for one in _most(differences) if one % STEP == 0 and 0 < abs(one) <= FARTHEST]


def _defaulted(values: Column, wanted: Column) -> Settled:
    missing = [b for a, b in zip(values, wanted, strict=True) if not a and isinstance(b, str)]
    yield from ((op.Default(text),) for text in _most(missing))


def _joined(columns: Columns, wanted: Column) -> Iterator[Candidate]:
    """List two fields joined, where one stands at the beginning and the other at the end."""
    starts = _ends(columns, wanted, str.startswith)
    ends = _ends(columns, wanted, str.endswith)
    for first in starts:
        for last in ends:
            between = [
                b[len(a) : len(b) - len(c)]
                for a, b, c in zip(columns[first], wanted, columns[last], strict=True)
                if isinstance(a, str) and isinstance(b, str) and isinstance(c, str) and a and c
                if b.startswith(a) and b.endswith(c) and len(a) + len(c) <= len(b)
            ]
            if first != last and 2 * len(between) >= len(wanted):
                yield from (((first, last), (op.Join(text),)) for text in _most(between))


def _of_two(columns: Columns, wanted: Column) -> Iterator[Candidate]:
    """List two fields joined, elements of a list by a field beside them, and two that fill in."""
    yield from _joined(columns, wanted)
    yield from _where(columns, wanted)
    yield from _calculated(columns, wanted)
    partly = [path for path, values in columns.items() if _partly(values, wanted)]
    for first in partly[:MOST_ENDS]:
        for second, values in columns.items():
            if second != first and any(
                same_value(v, b) and not a for a, v, b in zip(columns[first], values, wanted, strict=True)
            ):
                yield (first, second), (op.Coalesce(),)


def _calculated(columns: Columns, wanted: Column) -> Iterator[Candidate]:
    """List products, sums and differences of numbers that give the values of at least half of a few pairs."""
    numbers = _numbers(wanted)
    given = [number for number in numbers if number is not None]
    if len(given) < max(CALCULATED_FROM, EXPLAINS * len(wanted)) or len(set(given)) < DIFFERENT:
        return
    places = max(-min(int(number.as_tuple().exponent), 0) for number in given)
    rows = range(0, len(wanted), max(1, len(wanted) // TRIED))
    aim, near = [float(numbers[row] or 0) for row in rows], 0.51 / 10**places
    some: dict[str, list[float]] = {}
    for path, values in columns.items():
        read = _numbers([values[row] for row in rows])
        if None not in read and len(set(read)) > 1 and len(some) < MOST_NUMBERS:
            some[path] = [float(number or 0) for number in read]
    for operation, make, choices in (
        (op.Product(), prod, combinations(some, 2)),
        (op.Minus(), lambda row: row[0] - row[1], permutations(some, 2)),
        (op.Plus(), sum, chain.from_iterable(combinations(some, terms) for terms in range(2, TERMS + 1))),
    ):
        for paths in choices:
            made = map(make, zip(*(some[path] for path in paths), strict=True))
            if 2 * sum(abs(a - b) < near for a, b in zip(made, aim, strict=True)) >= len(aim):
                yield from ((paths, steps) for steps in ((operation,), (operation, op.Round(places))))


def _numbers(values: Iterable[Value]) -> list[Decimal | None]:
    return [op.plain_number(value) if isinstance(value, str) else None for value in values]


def _partly(values: Column, wanted: Column) -> bool:
    """Tell whether a field has gaps, and what it has is mostly what is wanted."""
    filled = [same_value(a, b) for a, b in zip(values, wanted, strict=True) if a]
    return 0 < len(filled) < len(values) and sum(filled) >= EXPLAINS * len(filled)


def _where(columns: Mapping[str, Column], wanted: Column) -> Iterator[Candidate]:
    """List elements of a list that are wanted where a field beside them has one text."""
    lists = [path for path, values in columns.items() if any(isinstance(value, tuple) for value in values)]
    for what in lists:
        for where in lists:
            if where == what or where.rpartition(".")[0] != what.rpartition(".")[0]:
                continue
            texts = [
                kind
                for kinds, values, b in zip(columns[where], columns[what], wanted, strict=True)
                if isinstance(kinds, tuple) and isinstance(values, tuple) and len(kinds) == len(values)
                for kind, value in zip(kinds, values, strict=True)
                if same_value(value, b)
            ]
            if 2 * len(texts) >= len(wanted):
                yield from (((where, what), (op.FirstWhere(text),)) for text in _most(texts))


def _ends(columns: Columns, wanted: Column, test: Callable[[str, Text], bool]) -> list[str]:
    """List the fields whose value stands at one end of most of the wanted ones, the longest first."""
    lengths: dict[str, int] = {}
    texts = [b if isinstance(b, str) else "" for b in wanted]
    for path, values in columns.texts.items():
        if 2 * sum(map(test, texts, values)) < len(wanted):
            continue
        hits = [len(a) for a, b in zip(values, texts, strict=True) if a != b and test(b, a)]
        if 2 * len(hits) >= len(wanted):
            lengths[path] = sum(hits)
    return sorted(lengths, key=lambda path: (-lengths[path], path))[:MOST_ENDS]
