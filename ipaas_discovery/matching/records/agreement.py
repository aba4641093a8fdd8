"""Agreement of paired records, field by field: counts that confirm or refute a match."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.matching.column_values import days_of
from ipaas_discovery.matching.equivalent_values import equivalent_values
from ipaas_discovery.matching.field_matches import Matches, match_fields
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.matching.records.columns import folded, values_by_path
from ipaas_discovery.matching.records.freshness import changed_last
from ipaas_discovery.matching.records.levelling import levelling
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table, Tabular, Wording
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LOOKED_UP",
    "MAPPED",
    "REFUTES",
    "SCALED",
    "Agreement",
    "AgreementRow",
    "Held",
    "PairedValues",
    "compare_values",
    "edges_of",
]

MAPPED, SCALED, LOOKED_UP = "a value map", "a formula", "a look-up"
REFUTES = "a look-up, a formula or a wrong match"

EXAMPLES = 3
FEW_VALUES, REPEATED = 40, 2
"""Different values at most, and pairs for each at least, from which a field's values are listed one by one."""
REFUTED, TOO_FEW = 0.9, 5
"""Share of pairs whose values differ, and number of pairs, from which a match is no plain copy."""
AGAIN = 3
"""Values that come again and stand beside the same one, from which that is no chance."""
SEVERAL, ROUGH = 3, 0.01
"""Different numbers from which their ratio says something, and what rounding may change of it."""

_NUMBER = re.compile(r"'?[+-]?\d{1,15}(\.\d{1,15})?'?")

COLUMNS = {
    "left": "str",
    "right": "str",
    "compared": "Int64",
    "equal": "Int64",
    "equal_after_normalising": "Int64",
    "different": "Int64",
    "only_left": "Int64",
    "only_right": "Int64",
    "outcome": "str",
    "normalising": "object",
    "left_fresher": "Int64",
    "right_fresher": "Int64",
    "examples": "object",
}

Held = Mapping[str, tuple[Any, ...]]
"""Values of a record, by path."""


@dataclass(frozen=True, slots=True)
class AgreementRow(Card):
    """One pair of fields: in how many pairs of records both are filled, and how their values compare there.

    `compared` is the sum of `equal`, `equal_after_normalising` and `different`; `only_left` and `only_right` count the
    pairs in which one side alone is filled. `examples` are up to three differing pairs of values, as text.

    Attributes:
        normalising: what had to be levelled for values to be equal, and in how many pairs, the most frequent first.
        value_map: where a field has few values: a left value, the right value beside it, and in how many pairs; those
            with none beside it first (right is empty), then those that differ most often.
        ratio: what nearly every left number is multiplied by to give the right one, empty where there is no factor.
        looked_up: a value that comes again stands beside the same other one again, on both sides.
        left_fresher: pairs that differ here whose left record was changed last, as far as both say when.
        right_fresher: those whose right record was.
        different_rows: the pairs that differ, by position among the pairs.
        left_rows: the pairs in which the left side alone is filled.
        right_rows: the pairs in which the right side alone is.
    """

    left: str
    right: str
    compared: int = 0
    equal: int = 0
    equal_after_normalising: int = 0
    different: int = 0
    only_left: int = 0
    only_right: int = 0
    examples: tuple[str, ...] = ()
    normalising: tuple[tuple[str, int], ...] = ()
    value_map: tuple[tuple[str, str, int], ...] = ()
    ratio: str = ""
    looked_up: bool = False
    left_fresher: int = 0
    right_fresher: int = 0
    different_rows: frozenset[int] = frozenset()
    left_rows: frozenset[int] = frozenset()
    right_rows: frozenset[int] = frozenset()

    @property
    def share(self) -> float | None:
        """The share of compared pairs whose values are the same, 0 to 1; None where none could be compared."""
        return (self.equal + self.equal_after_normalising) / self.compared if self.compared else None

    @property
    def counted(self) -> str:
        """The counts in words, without a value.

        >>> AgreementRow("a", "b", 3, 1, 1, 1, normalising=(("case", 1),)).counted
        'equal in 2 of 3 of the same records, after case in 1; different in 1'
        """
        if not self.compared:
            return "none of the same records holds both"
        levelled = [f"after {word} in {count}" for word, count in self.normalising]
        equal = f"equal in {self.equal + self.equal_after_normalising} of {self.compared} of the same records"
        return ", ".join([equal, *levelled]) + (f"; different in {self.different}" if self.different else "")

    @property
    def summary(self) -> str:
        """The counts in words, and the first examples of values that differ.

        >>> AgreementRow("a", "b", compared=3, equal=2, different=1, examples=("'x' / 'y'",)).summary
        "equal in 2 of 3 of the same records; different in 1: 'x' / 'y'"
        """
        times = f", {self.ratio} times as much" if self.outcome == SCALED else ""
        return f"{self.counted}{times}" + (f": {'; '.join(self.examples)}" if self.different else "")

    @property
    def outcome(self) -> str:
        """The meaning of these counts for a match, in a word or two.

        "unknown" where no pair holds both, "agrees", "a value map" where each left value stands beside one right value.
        Where nearly all differ "a formula" if one number is a multiple of the other, "a look-up" if what comes again
        stands beside the same value again, else "a look-up, a formula or a wrong match". Else "differs in some".
        """
        if not self.compared:
            return "unknown"
        if not self.different:
            return "agrees"
        if self.value_map and self.compared >= TOO_FEW and self._maps():
            return MAPPED
        if self.different >= REFUTED * self.compared and self.compared >= TOO_FEW:
            return SCALED if self.ratio else LOOKED_UP if self.looked_up else REFUTES
        return "differs in some"

    def _maps(self) -> bool:
        """Tell whether nearly every left value stands beside one right value, and not beside itself."""
        best: dict[str, int] = {}
        for left, right, count in self.value_map:
            if right:
                best[left] = max(best.get(left, 0), count)
        several = len({b for _, b, _ in self.value_map if b}) > 1
        more = sum(best.values()) - self.equal - self.equal_after_normalising
        return several and sum(best.values()) >= REFUTED * self.compared and more > (1 - REFUTED) * self.compared


@dataclass(frozen=True, slots=True)
class Agreement(Tabular):
    """The frequency with which mapped fields hold the same value in paired records, sorted by the left field's path."""

    rows: tuple[AgreementRow, ...]

    section: ClassVar[str] = "outcome"
    headings: ClassVar[Mapping[str, str]] = {
        name: name.replace("_", " ")
        for name in ("equal_after_normalising", "only_left", "only_right", "left_fresher", "right_fresher")
    }
    wording: ClassVar[Wording] = {"examples": "; ".join, "normalising": "; ".join}

    def frame(self) -> pd.DataFrame:
        """Return one row per pair of fields: both paths, the counts, what they mean, what was levelled, examples.

        Dtypes: text for left, right and outcome, Int64 for the counts, lists of text for normalising and examples.
        """
        rows = (
            {name: getattr(row, name) for name in COLUMNS}
            | {"examples": list(row.examples), "normalising": [f"{word} in {n}" for word, n in row.normalising]}
            for row in self.rows
        )
        return frame_of(rows, COLUMNS)

    def _subject(self) -> str:
        return "Values of the same records, field by field"

    def row(self, left: str, right: str) -> AgreementRow | None:
        """Return what is known of one pair of fields."""
        return next((row for row in self.rows if (row.left, row.right) == (left, right)), None)

    def value_maps(self) -> Table:
        """Show the values of fields that have few: the value on each side, and in how many pairs; unmapped first."""
        rows = (
            {"left": row.left, "right": row.right, "left_value": a, "right_value": b, "pairs": count}
            for row in self.rows
            for a, b, count in row.value_map
        )
        kinds = {"left": "str", "right": "str", "left_value": "str", "right_value": "str", "pairs": "Int64"}
        return Table(frame_of(rows, kinds))


@dataclass(frozen=True, slots=True)
class PairedValues(Card):
    """Values of paired records: what the left one and the right one hold at each path, and which was changed last."""

    records: tuple[tuple[Held, Held, str], ...]
    _rows: dict[tuple[str, str], AgreementRow] = field(default_factory=dict, repr=False, compare=False)

    @property
    def sides(self) -> tuple[list[Held], list[Held]]:
        """The values of all left records, and of all right ones."""
        return [left for left, _, _ in self.records], [right for _, right, _ in self.records]

    @classmethod
    def of(cls, left: Sample, right: Sample, pairs: Iterable[tuple[int, int]]) -> PairedValues:
        """Collect the values of `pairs`, positions in both samples."""
        return cls(
            tuple(
                (
                    values_by_path(left.records[ours]),
                    values_by_path(right.records[theirs]),
                    changed_last(left.records[ours], right.records[theirs]),
                )
                for ours, theirs in pairs
            )
        )

    def agreement(self, edges: Iterable[tuple[str, str]]) -> Agreement:
        """Count each pair of fields, a left and a right path."""
        return Agreement(tuple(self.row(left, right) for left, right in sorted(edges)))

    def row(self, left: str, right: str) -> AgreementRow:
        """Count one pair of fields, once however often it is asked for."""
        if (left, right) not in self._rows:
            self._rows[left, right] = _row(left, right, self.records)
        return self._rows[left, right]


def edges_of(
    left: Sample, right: Sample, mappings: Matches | Iterable[tuple[str, str]] | None
) -> list[tuple[str, str]]:
    """List the pairs of fields of mappings, by default of what both samples propose; see `Pairs.agreement`."""
    chosen = mappings if mappings is not None else _proposed(left, right)
    return [(m.source, m.destination) for m in chosen.proposals()] if isinstance(chosen, Matches) else list(chosen)


def _proposed(left: Sample, right: Sample) -> Matches:
    from ipaas_discovery.schemas.observing.observe import observe  # noqa: PLC0415  only needed without mappings

    return match_fields(observe(left), observe(right))


def _row(left: str, right: str, records: Sequence[tuple[Held, Held, str]]) -> AgreementRow:
    counts: Counter[str] = Counter()
    levelled: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    rows: dict[str, list[int]] = {"different": [], "only_left": [], "only_right": []}
    shown: list[str] = []
    days = _days(ours.get(left, ()) for ours, _, _ in records), _days(theirs.get(right, ()) for _, theirs, _ in records)
    for at, (ours, theirs, fresher) in enumerate(records):
        a, b = ours.get(left, ()), theirs.get(right, ())
        outcome, how = compare_values((left, a), (right, b))
        if outcome == "different" and any(days) and _plain(_dated(a, days[0])) == _plain(_dated(b, days[1])):
            outcome, how = "equal_after_normalising", "way to write a day"
        if not outcome:
            continue
        counts[outcome] += 1
        beside[_shown(a) if outcome != "only_right" else "", _shown(b) if outcome != "only_left" else ""] += 1
        rows.setdefault(outcome, []).append(at)
        if how:
            levelled[how] += 1
        if outcome == "different":
            shown.append(f"{_shown(a)} / {_shown(b)}")
            counts[fresher] += 1
    del counts[""]
    both = {(a, b): count for (a, b), count in beside.items() if a and b}
    return AgreementRow(
        left,
        right,
        compared=counts["equal"] + counts["equal_after_normalising"] + counts["different"],
        **counts,
        examples=tuple(dict.fromkeys(shown))[:EXAMPLES],
        normalising=tuple(sorted(levelled.items(), key=lambda item: (-item[1], item[0]))),
        value_map=_value_map(beside),
        ratio=_ratio([(a, b) for (a, b), count in both.items() for _ in range(count)]),
        looked_up=_looked_up(both),
        different_rows=frozenset(rows["different"]),
        left_rows=frozenset(rows["only_left"]),
        right_rows=frozenset(rows["only_right"]),
    )


def _days(values: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Read what a field holds in all pairs as days, where all are written in one way that leaves nothing open."""
    return days_of([value for some in values for value in some if value not in (None, "")])


def _dated(values: tuple[Any, ...], days: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(days.get(value, value) if isinstance(value, str) else value for value in values)


def compare_values(left: tuple[str, tuple[Any, ...]], right: tuple[str, tuple[Any, ...]]) -> tuple[str, str]:
    """Compare one field of a pair of records: the outcome, and what had to be levelled; empty where both are.

    >>> compare_values(("total", ("-5",)), ("total", ("5",))), compare_values(("tags", (["a", "b"],)), ("tags", ("b",)))
    (('different', ''), ('different', ''))
    """
    left, right = (left[0], _opened(left[1])), (right[0], _opened(right[1]))
    if _identical(left[1], right[1]):
        return ("equal" if any(normalised(value) is not None for value in left[1]) else ""), ""
    plain_a, plain_b = _plain(left[1]), _plain(right[1])
    if not plain_a and not plain_b:
        return "", ""
    if not plain_a or not plain_b:
        return ("only_left" if plain_a else "only_right"), ""
    same = _same(left[0], right[0], plain_a, plain_b)
    if same or _may_be_equivalent(left, right):
        return "equal_after_normalising", levelling(left, right, same=same)
    for how, write in (("accents and signs", _without_signs), ("order of words around a comma", _turned)):
        if _same(left[0], right[0], {write(value) for value in plain_a}, {write(value) for value in plain_b}):
            return "equal_after_normalising", how
    return "different", ""


def _turned(text: str) -> str:
    """Fold a text, and what stands behind its one comma first: `ada gross` for `Groß, Ada`."""
    last, comma, first = text.partition(", ")
    turns = comma and "," not in first and not any(map(str.isdigit, text))
    return folded(f"{first} {last}") if turns else _without_signs(text)


def _value_map(beside: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    """List the values of a field that has few, those with nothing beside them first, then the most frequent."""
    lefts = {a for a, _ in beside if a}
    total = sum(beside.values())
    if not 1 < len(lefts) <= FEW_VALUES or total < REPEATED * len(lefts) or len(beside) > total / REPEATED:
        return ()
    rows = [(a, b, count) for (a, b), count in beside.items() if a]
    return tuple(sorted(rows, key=lambda row: (bool(row[1]), -row[2], row)))


def _looked_up(both: Mapping[tuple[str, str], int]) -> bool:
    """Tell whether values that come again stand beside the same ones again, seen from either side."""
    total = sum(both.values())
    for side in (0, 1):
        most: dict[str, int] = {}
        for pair, count in both.items():
            most[pair[side]] = max(most.get(pair[side], 0), count)
        if sum(most.values()) < REFUTED * total or total - len(most) < AGAIN:
            return False
    return len(both) > 1


def _ratio(both: Sequence[tuple[str, str]]) -> str:
    """Give the factor between the numbers of both sides, as far as they are written to two digits or more."""
    numbers = [
        (float(a.strip("'")), float(b.strip("'"))) for a, b in both if _NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)
    ]
    factors = sorted(b / a for a, b in numbers if a and b)
    if len({a for a, _ in numbers}) < SEVERAL or len(factors) < REFUTED * len(both):
        return ""
    middle = factors[len(factors) // 2]
    near = sum(abs(factor / middle - 1) <= ROUGH for factor in factors)
    return f"{middle:.4g}" if near >= REFUTED * len(both) and abs(middle - 1) > ROUGH else ""


def _opened(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give the elements of a list that stands for one value, and an object as its JSON: neither is nothing."""
    if not any(isinstance(value, list | dict) for value in values):
        return values
    opened: list[Any] = []
    for value in values:
        if isinstance(value, list):
            opened += _opened(tuple(value))
        else:
            filled = isinstance(value, dict) and value
            opened.append(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str) if filled else value)
    return tuple(opened)


def _without_signs(text: str) -> str:
    """Leave out signs and accents, but not those that say how much a number is: -5 is not 5, nor are 10 % ten."""
    if any(map(str.isalpha, text)):
        return folded(text)
    return f"{'-' if text.startswith(('-', '(')) else ''}{folded(text)}{'%' if text.endswith('%') else ''}"


def _plain(values: tuple[Any, ...]) -> set[str]:
    """Bring the filled values to one spelling; the order of a list and what it repeats say nothing here."""
    return {plain for plain in map(normalised, values) if plain is not None}


def _same(left: str, right: str, ours: set[str], theirs: set[str]) -> bool:
    """Tell whether the values are the same; one value that faces a list has to be in it."""
    if left.count("[]") == right.count("[]"):
        return ours == theirs
    return ours <= theirs or theirs <= ours


def _may_be_equivalent(left: tuple[str, tuple[Any, ...]], right: tuple[str, tuple[Any, ...]]) -> bool:
    """Tell whether values may stand for each other: cents for an amount, a code for a country."""
    (here, ours), (there, theirs) = [
        (path.count("[]"), [spellings for value in values if (spellings := equivalent_values(value, path))])
        for path, values in (left, right)
    ]
    missing = any(not any(one & other for other in theirs) for one in ours)
    lacking = any(not any(one & other for other in ours) for one in theirs)
    return not (missing or lacking) if here == there else not (missing and lacking)


def _identical(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    """Tell whether the values are identical, their types too."""
    return len(left) == len(right) and all(type(a) is type(b) and a == b for a, b in zip(left, right, strict=True))


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(repr(value) for value in values[:EXAMPLES])
