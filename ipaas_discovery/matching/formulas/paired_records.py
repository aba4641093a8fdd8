"""Values of the same records of both sides, field by field, as formulas are looked for in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.formulas.formula_values import Column, Held, comparable, formula_value, one_each
from ipaas_discovery.matching.formulas.operations import Value
from ipaas_discovery.matching.records.record_pairs import Pairs

__all__ = ["Columns", "PairedRecords", "Text"]

LOOKED_AT = 300

Text = str | tuple[()]
"""A text, or no text, with which none begins or ends."""


class Columns(dict[str, Column]):
    """Fields of the same records by path, and what is read of each once, whatever it is compared with."""

    @cached_property
    def texts(self) -> Mapping[str, list[Text]]:
        """The filled texts of each field; no text where there is none."""
        return {path: [a if a and isinstance(a, str) else () for a in column] for path, column in self.items()}

    @cached_property
    def comparables(self) -> Mapping[str, list[object]]:
        """The form in which each field's values are compared."""
        return {path: [*map(comparable, column)] for path, column in self.items()}

    @cached_property
    def by_last_word(self) -> Mapping[str, list[str]]:
        """The paths by the last word of each."""
        paths: dict[str, list[str]] = defaultdict(list)
        for path in self:
            paths["".join(split_words(path)[-1:])].append(path)
        return paths


@dataclass(frozen=True)
class PairedRecords:
    """Values that the same records hold on the left and on the right, by path."""

    sides: tuple[tuple[Held, ...], tuple[Held, ...]]

    @classmethod
    def of(cls, pairs: Pairs) -> PairedRecords:
        """Read the records of all pairs, of very many as many as are looked at, taken evenly."""
        step = max(1, len(pairs) // (2 * LOOKED_AT))
        left, right = (tuple(map(one_each, side[::step])) for side in pairs.values.sides)
        return cls((left, right))

    def columns(self, destination: str, at: int) -> tuple[Columns, Column]:
        """Give the source's fields beside the values of a destination's field, where that has one.

        Raises:
            UnknownNameError: if no paired record has the path.
        """
        if self.sides[at] and destination not in self._columns[at]:
            known = {path for side in self._columns for path in side}
            raise UnknownNameError("field", destination, known, where="the paired records")
        rows = [row for row, held in enumerate(self.sides[at]) if _filled(held.get(destination, ()))]
        rows = rows[:: max(1, len(rows) // LOOKED_AT)]
        return self._of_rows(1 - at, tuple(rows)), [self._columns[at][destination][row] for row in rows]

    def _of_rows(self, at: int, rows: tuple[int, ...]) -> Columns:
        """Give the fields of one side that are filled in some rows, the same for all destinations filled there."""
        if (at, rows) not in self._chosen:
            chosen = {path: [column[row] for row in rows] for path, column in self._columns[at].items()}
            self._chosen[at, rows] = Columns({path: column for path, column in chosen.items() if any(column)})
        return self._chosen[at, rows]

    @cached_property
    def _chosen(self) -> dict[tuple[int, tuple[int, ...]], Columns]:
        return {}

    @cached_property
    def _columns(self) -> tuple[dict[str, list[Value]], dict[str, list[Value]]]:
        left, right = (
            {path: [formula_value(held.get(path, ())) for held in side] for path in _paths(side)} for side in self.sides
        )
        return left, right


def _paths(side: Iterable[Held]) -> list[str]:
    return sorted({path for held in side for path in held})


def _filled(values: tuple[Any, ...]) -> bool:
    return any(value is not None and value != "" for value in values)
