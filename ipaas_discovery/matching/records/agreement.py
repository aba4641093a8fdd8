"""Agreement of paired records, field by field: counts that confirm or refute a match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.matching.equivalent_values import equivalent_values
from ipaas_discovery.matching.field_matches import Matches, match_fields
from ipaas_discovery.matching.keys import raw_values
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "AgreementRow", "agreement_of"]

EXAMPLES = 3

COLUMNS = {
    "left": "str",
    "right": "str",
    "compared": "Int64",
    "equal": "Int64",
    "equal_after_normalising": "Int64",
    "different": "Int64",
    "only_left": "Int64",
    "only_right": "Int64",
    "examples": "object",
}

Held = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One pair of fields: in how many pairs of records both are filled, and how their values compare there.

    `compared` is the sum of `equal`, `equal_after_normalising` and `different`; `only_left` and `only_right` count the
    pairs in which one side alone is filled. `examples` are up to three differing pairs of values, as text.
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


@dataclass(frozen=True, slots=True)
class Agreement(Tabular):
    """The frequency with which mapped fields hold the same value in paired records, sorted by the left field's path."""

    rows: tuple[AgreementRow, ...]

    headings: ClassVar[Mapping[str, str]] = {
        name: name.replace("_", " ") for name in ("equal_after_normalising", "only_left", "only_right")
    }
    wording: ClassVar[Wording] = {"examples": "; ".join}

    def frame(self) -> pd.DataFrame:
        """Return one row per pair of fields: both paths, the counts, examples.

        Dtypes: text for left and right, Int64 for the counts, lists of text for examples.
        """
        rows = ({name: getattr(row, name) for name in COLUMNS} | {"examples": list(row.examples)} for row in self.rows)
        return frame_of(rows, COLUMNS)


def agreement_of(
    left: Sample, right: Sample, pairs: Iterable[tuple[int, int]], mappings: Matches | Iterable[tuple[str, str]] | None
) -> Agreement:
    """Count each field pair over `pairs`, positions in both samples; see `Pairs.agreement`."""
    chosen = mappings if mappings is not None else _proposed(left, right)
    edges = [(m.source, m.destination) for m in chosen.proposals()] if isinstance(chosen, Matches) else list(chosen)
    records = [(_held(left.records[ours]), _held(right.records[theirs])) for ours, theirs in pairs]
    return Agreement(tuple(_row(source, destination, records) for source, destination in sorted(edges)))


def _proposed(left: Sample, right: Sample) -> Matches:
    from ipaas_discovery.schemas.observing.observe import observe  # noqa: PLC0415  only needed without mappings

    return match_fields(observe(left), observe(right))


def _held(record: Mapping[str, Any]) -> Held:
    values: dict[str, tuple[Any, ...]] = {}
    for path, value in raw_values(record):
        values[path] = (*values.get(path, ()), value)
    return values


def _row(left: str, right: str, records: Iterable[tuple[Held, Held]]) -> AgreementRow:
    counts: Counter[str] = Counter()
    shown: list[str] = []
    for ours, theirs in records:
        a, b = ours.get(left, ()), theirs.get(right, ())
        plain_a, plain_b = _plain(a), _plain(b)
        if plain_a and plain_b:
            counts["compared"] += 1
            same = _same(left, right, plain_a, plain_b) or _may_be_equivalent((left, a), (right, b))
            outcome = _outcome(a, b, same)
            if outcome == "different":
                shown.append(f"{_shown(a)} / {_shown(b)}")
        elif plain_a or plain_b:
            outcome = "only_left" if plain_a else "only_right"
        else:
            continue
        counts[outcome] += 1
    return AgreementRow(left, right, **counts, examples=tuple(dict.fromkeys(shown))[:EXAMPLES])


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


def _outcome(left: tuple[Any, ...], right: tuple[Any, ...], same: bool) -> str:  # noqa: FBT001  a plain helper
    identical = len(left) == len(right) and all(type(a) is type(b) and a == b for a, b in zip(left, right, strict=True))
    if identical:
        return "equal"
    return "equal_after_normalising" if same else "different"


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(repr(value) for value in values[:EXAMPLES])
