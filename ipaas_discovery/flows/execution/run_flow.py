"""A flow run over records: its mapping is carried out, and every declared constraint of the destination is checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from ipaas_discovery.flows.demanded_fields import required_by_list
from ipaas_discovery.flows.execution.constraints import MONEY, Judged, places_of
from ipaas_discovery.flows.execution.element_records import element_list
from ipaas_discovery.flows.execution.field_check import FieldCheck, all_filled, constraints_of, is_filled
from ipaas_discovery.flows.execution.masked_examples import examples_of, shown
from ipaas_discovery.flows.execution.money_places import currency_fields, names_currency, places_by_record
from ipaas_discovery.flows.execution.program import SIGNS, Program
from ipaas_discovery.flows.execution.record_columns import EVERY, ListColumn, Place, RecordColumns
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.path_reader import ABSENT, depth_of, list_of
from ipaas_discovery.flows.sample_run import Execution, Loss, Rejection
from ipaas_discovery.matching.traits import above
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.schema import Field
from ipaas_discovery.vocabulary import Method

__all__ = ["run_flow"]

MOST_VALUES = 20
"""Different values of a field that are listed with their counts."""
EXAMPLES = 3
FIRST_OF_SEVERAL = "all but the first of several values"
Broken = dict[tuple[str, str], dict[int, Any]]
Flaws = Mapping[tuple[str, str], Mapping[int, Any]]
"""By problem and loss, one of them empty: the first value of each record, by its number, that has it."""
Kept = TypeVar("Kept")


def run_flow(flow: Flow, columns: RecordColumns | None = None) -> Execution:
    """Run a flow's mapping over the records of its source, and check what would be written.

    A record passes if the destination, as it is declared, would take it; a field that nothing fills rejects the record
    if the destination requires it. Nothing is sent.

    Args:
        flow: the flow.
        columns: its records as columns, if other flows read them, too.
    """
    columns = columns or RecordColumns(flow.records)
    pairs = [(path, mapping.destination) for mapping in flow.mappings for path in mapping.sources[:1]]
    name = element_list(pairs)
    made = columns.unfolded(name) if name else columns
    run = _Run(flow, len(made.records), made)
    for mapping in flow.mappings:
        target = flow.destination_field(mapping.destination)
        if target is not None and not (target.declared and target.declared.read_only):
            run.fill(target, Program(mapping))
    run.check_lists()
    run.check_money()
    run.check_required()
    run.check_unique()
    return run.outcome(len(flow.records), name)


@dataclass(slots=True)
class _Run:
    """State of a run: values written, records that hold each object, and the constraints that are broken.

    Sets of records are whole numbers, a bit for each record.
    """

    flow: Flow
    size: int
    source: RecordColumns
    broken: Broken = field(default_factory=lambda: defaultdict(dict))
    """By field and problem: the records, by number, each with a value that breaks it."""
    lost: Broken = field(default_factory=lambda: defaultdict(dict))
    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By path: the records in which it is filled; of objects and lists, those in which something in them is."""
    lacking: dict[str, int] = field(default_factory=dict)
    """By required field that nothing fills: the records that are sent without it."""
    columns: dict[str, list[Any]] = field(default_factory=dict)
    lists: dict[str, dict[str, tuple[Field, list[ListColumn]]]] = field(default_factory=lambda: defaultdict(dict))
    """By innermost list: the fields in it, and what each record writes into them."""

    def fill(self, target: Field, program: Program) -> None:
        """Write one field of every record, and check the values."""
        if depth_of(target.path):
            fields = self.lists[list_of(target.path)]
            fields.setdefault(target.path, (target, []))[1].append(program.list_column(self.source))
        else:
            checked = self._checked(target)
            outcome = self._once((program.mapping, checked.key), lambda: _column_of(program, checked, self.source))
            self.columns[target.path] = outcome.column
            self._hold(target.path, outcome.held)
            self._note(target, outcome.flaws)
        if program.dropped:
            self.lost[target.path, FIRST_OF_SEVERAL] = dict.fromkeys(range(program.dropped))

    def _checked(self, target: Field) -> FieldCheck:
        key = constraints_of(target)
        return self._once(key, lambda: FieldCheck(target, key))

    def _once(self, key: Any, work: Callable[[], Kept]) -> Kept:  # noqa: ANN401  whatever tells it apart
        """Work something out, or take what another flow worked out of the same records."""
        try:
            if key not in self.source.kept:
                self.source.kept[key] = work()
            kept: Kept = self.source.kept[key]
        except TypeError:  # a list of allowed values may hold objects
            return work()
        return kept

    def _note(self, target: Field, flaws: Flaws) -> None:
        for (problem, loss), values in flaws.items():
            noted = self.broken[target.path, problem] if problem else self.lost[target.path, loss]
            noted.update({**values, **noted} if noted else values)

    def _hold(self, path: str, held: int) -> None:
        self.held[path] |= held
        for holder in above(path):
            self.held[holder] |= held

    def check_lists(self) -> None:
        """Check the elements of each list: their values, and that each has what is required of it."""
        every = self._places()
        for name, places in every.items():
            self._hold(name, _bits(at for at, made in enumerate(places) if made))
            for target, columns in self.lists.get(name, {}).values():
                self._check_elements(target, columns, places)
        for name, places in every.items():
            self._check_missing_in(name, places)

    def _places(self) -> dict[str, list[Sequence[Place]]]:
        """List, for each list and each record, the elements that are made in it, inner ones making outer ones."""
        sources = {
            name: {id(column.places): column.places for _, columns in fields.values() for column in columns}
            for name, fields in self.lists.items()
        }
        key = "places", tuple((name, *held) for name, held in sources.items())
        return self._once(key, lambda: (sources, _places_in(sources)))[1]

    def _check_elements(self, target: Field, columns: list[ListColumn], places: Sequence[Sequence[Place]]) -> None:
        checked, required = self._checked(target), bool(target.required)
        key = "elements", checked.key, required, id(places), *map(id, columns)
        made = self._once(key, lambda: (_elements_of(checked, columns, places, required=required), columns, places))
        outcome = made[0]  # the rest is kept so that no other object gets its id
        for at in outcome.nulls:
            self.broken[target.path, "nullable"].setdefault(at, None)
        for at in outcome.lacking:
            if at not in outcome.nulls:
                self.broken[target.path, "required"].setdefault(at, ABSENT)
        self._note(target, outcome.flaws)
        self._hold(target.path, outcome.held)

    def _check_missing_in(self, name: str, places: Sequence[Sequence[Place]]) -> None:
        """Reject the elements of a list that lack a required field which nothing fills."""
        fields = self.lists.get(name, {})
        made = _bits(at for at, elements in enumerate(places) if elements)
        for target, holders in required_by_list(self.flow.destination).get(name, ()):
            if target.path not in fields:
                inner = [path for path in holders if path.startswith(f"{name}.")]
                self.lacking[target.path] = self._all_hold(inner, made & ~self.held.get(target.path, 0))

    def _all_hold(self, paths: Iterable[str], records: int) -> int:
        for path in paths:
            records &= self.held.get(path, 0)
        return records

    def check_money(self) -> None:
        """Check the decimal places of amounts by the currency of their record, where one is named."""
        amounts: list[tuple[str, Sequence[Sequence[Any]]]] = [
            (path, [[value] for value in column])
            for path, column in self.columns.items()
            if _is_money(self._field(path))
        ]
        for path, (target, columns) in ((path, row) for fields in self.lists.values() for path, row in fields.items()):
            amounts += [(path, column.values) for column in columns if _is_money(target)]
        places = places_by_record(self._currencies()) if amounts else None
        for path, _ in amounts if places else ():
            self.broken[path, "precision"] = {}
        for path, records in amounts if places else ():
            for at, values in enumerate(records):
                beyond = [value for value in values if places and places_of(value) > places[at]]
                self.broken[path, "precision"].update({at: beyond[0]} if beyond else {})

    def _currencies(self) -> Iterator[Sequence[Any]]:
        """Yield the columns that may hold currencies: those that are written, then those of the source."""
        yield from (column for path, column in sorted(self.columns.items()) if names_currency(path))
        paths = currency_fields(self.flow.source)
        yield from (column for path in paths if (column := self.source.plain(path)) is not None)

    def check_required(self) -> None:
        """Reject the records that lack a field which is required of them: outside of lists, and a list itself."""
        every = (1 << self.size) - 1
        for target, holders in required_by_list(self.flow.destination).get("", ()):
            if self.flow.supplied(target):
                continue
            nulls = _bits(self.broken.get((target.path, "nullable"), ()))
            lacking = self._all_hold(holders, every & ~self.held.get(target.path, 0)) & ~nulls
            column = self.columns.get(target.path)
            if column is None:
                self.lacking[target.path] = lacking
            else:
                self.broken[target.path, "required"].update((at, column[at]) for at in _numbers(lacking))

    def check_unique(self) -> None:
        """Reject records that would be added with a key that an earlier one has."""
        if self.flow.method is not Method.ADD:
            return
        for path in self.flow.unique:
            seen: set[str] = set()
            for at, value in enumerate(self.columns.get(path, ())):
                if value is ABSENT or value is None or value in SIGNS or value == "":
                    continue
                if str(value) in seen:
                    self.broken[path, "unique"][at] = value
                seen.add(str(value))

    def outcome(self, source_records: int, elements_of: str) -> Execution:
        """Sum up."""
        refused = _bits(set().union(*self.broken.values()) if self.broken else ())
        for records in self.lacking.values():
            refused |= records
        rejections = [self._rejection(*key, held) for key, held in self.broken.items() if held]
        rejections += [
            Rejection(path, "required", records.bit_count(), self.size)
            for path, records in self.lacking.items()
            if records
        ]
        filled = {*self.columns, *(path for fields in self.lists.values() for path in fields)}
        return Execution(
            self.size,
            self.size - refused.bit_count(),
            tuple(sorted(rejections, key=lambda rejection: (rejection.field, rejection.problem))),
            tuple(
                Loss(path, what, len(held), self.size, examples_of(self._field(path), _seen(held)))
                for (path, what), held in sorted(self.lost.items())
            ),
            {path: self.held[path].bit_count() for path in sorted(filled)},
            source_records,
            elements_of,
        )

    def _rejection(self, path: str, problem: str, held: Mapping[int, Any]) -> Rejection:
        target, counts = self._field(path), Counter[str]()
        for value, records in _counted(_seen(held)):
            counts[shown(target, value)] += records
        values = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        return Rejection(path, problem, len(held), self.size, tuple(text for text, _ in values[:EXAMPLES]), values)

    def _field(self, path: str) -> Field:
        return self.flow.destination_field(path) or Field(path)


def _is_money(target: Field) -> bool:
    return bool(target.declared and target.declared.format in MONEY)


def _counted(values: list[Any]) -> list[tuple[Any, int]]:
    """Count the most frequent values, whatever they are; True and 1 are told apart, and so are 1 and 1.0.

    >>> _counted([True, 1, [2], [2], 1.0, "a"])
    [([2], 2), (True, 1), (1, 1), (1.0, 1), ('a', 1)]
    """
    texts = [*map(repr, values)]
    values_of = dict(zip(texts, values, strict=True))
    return [(values_of[text], count) for text, count in Counter(texts).most_common(MOST_VALUES)]


def _seen(held: Mapping[int, Any]) -> list[Any]:
    return [value for value in held.values() if value is not ABSENT and value is not None]


def _bits(numbers: Iterable[int]) -> int:
    """Return the set of some records.

    >>> bin(_bits([0, 2, 3]))
    '0b1101'
    """
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _numbers(bits: int) -> Iterator[int]:
    """List the records of a set, in order.

    >>> [*_numbers(0b1101)]
    [0, 2, 3]
    """
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _pairs(column: ListColumn, at: int) -> Iterator[tuple[Place, Any]]:
    return zip(column.places[at], column.values[at], strict=True)


def _cut(places: Sequence[Sequence[Place]], depth: int) -> list[Sequence[Place]]:
    """Return the elements of an outer list in which those of an inner one stand."""
    return [[(holder, index[:depth]) for holder, index in row] for row in places]


def _together(rows: Sequence[Sequence[Place]]) -> Sequence[Place]:
    """Join the elements that several fields make; one, if they are only written to every element."""
    first = rows[0]
    if len(rows) == 1 and EVERY not in first and len(set(first)) == len(first):
        return first
    different = dict.fromkeys(place for row in rows for place in row)
    own = tuple(place for place in different if place != EVERY)
    return own or tuple(different)


def _lists_on_the_way(name: str) -> list[str]:
    """List the lists that a list stands in, and itself.

    >>> _lists_on_the_way("lines[].taxes[]")
    ['lines[]', 'lines[].taxes[]']
    """
    parts = split_path(name)
    starts = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return list(dict.fromkeys(filter(None, map(list_of, starts))))


class _Column(NamedTuple):
    """Column that one mapping writes outside of lists, the records in which it is filled, and its flaws."""

    column: list[Any]
    held: int
    flaws: Flaws


def _column_of(program: Program, checked: FieldCheck, source: RecordColumns) -> _Column:
    column = program.column(source)
    every = (1 << len(column)) - 1
    if all_filled(column):
        return _Column(column, every, _by_kind(checked.flaws(column)))
    numbers = [at for at, value in enumerate(column) if is_filled(value)]
    held = _bits(numbers)
    flaws: list[tuple[int, Any, Judged]] = []
    for at in _numbers(every & ~held):
        if column[at] is None and checked.takes_null:
            held |= 1 << at
        elif judged := checked.of_nothing(column[at]):
            flaws.append((at, column[at], judged))
    flaws += [(numbers[at], value, judged) for at, value, judged in checked.flaws([column[at] for at in numbers])]
    return _Column(column, held, _by_kind(flaws))


def _by_kind(flaws: Iterable[tuple[int, Any, Judged]]) -> Flaws:
    kinds: defaultdict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
    for at, value, judged in flaws:
        kinds[judged.problem, "" if judged.problem else judged.loss].setdefault(at, value)
    return kinds


class _Elements(NamedTuple):
    """Elements of one field of a list: the records that fill it, lack it or hold a null that is refused, and flaws."""

    held: int
    nulls: Collection[int]
    lacking: Sequence[int]
    flaws: Flaws


def _elements_of(
    checked: FieldCheck, columns: list[ListColumn], places: Sequence[Sequence[Place]], *, required: bool
) -> _Elements:
    flaws: list[tuple[int, Any, Judged]] = []
    nulls: dict[int, None] = {}
    counts = [0] * len(places)
    for column in columns:
        values = [*chain.from_iterable(column.values)]
        whole = all_filled(values)
        if beyond := checked.flaws(values if whole else [*filter(is_filled, values)]):
            numbers = [at for at, row in enumerate(column.values) for value in row if whole or is_filled(value)]
            flaws += [(numbers[at], value, judged) for at, value, judged in beyond]
        if checked.refuses_null and not whole:
            nulls.update((at, None) for at, row in enumerate(column.values) if any(value is None for value in row))
        for at, made in enumerate(places):
            counts[at] += (
                len(made) if whole and column.places[at] is made else _filled_in(checked, column, at, len(made))
            )
    held = _bits(at for at, count in enumerate(counts) if count)
    lacking = [at for at, made in enumerate(places) if required and counts[at] < len(made)]
    return _Elements(held, nulls, lacking, _by_kind(sorted(flaws, key=itemgetter(0))))


def _filled_in(checked: FieldCheck, column: ListColumn, at: int, size: int) -> int:
    """Count the elements that a record's values fill; one that every element gets fills all of them."""
    return sum(
        size if place == EVERY else 1
        for place, value in _pairs(column, at)
        if is_filled(value) or (value is None and checked.takes_null)
    )


def _places_in(sources: Mapping[str, Mapping[int, Sequence[Sequence[Place]]]]) -> dict[str, list[Sequence[Place]]]:
    made: dict[str, dict[int, Sequence[Sequence[Place]]]] = defaultdict(dict)
    for name, held in sources.items():
        for outer in _lists_on_the_way(name):
            depth = depth_of(outer)
            for key, places in held.items():
                made[outer][key] = places if outer == name else _cut(places, depth)
    return {name: [*map(_together, zip(*made[name].values(), strict=True))] for name in sorted(made)}
