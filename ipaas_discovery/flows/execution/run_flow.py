"""A flow run over records: its mapping is carried out, and every declared constraint of the destination is checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.flows.execution.constraints import Judged, judge
from ipaas_discovery.flows.execution.element_records import element_list, unfolded
from ipaas_discovery.flows.execution.masked_examples import examples_of, shown
from ipaas_discovery.flows.execution.program import EVERY, LINKED, Place, Program, Written
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.path_reader import ABSENT, depth_of, list_of
from ipaas_discovery.flows.sample_run import Execution, Loss, Rejection
from ipaas_discovery.matching.traits import above
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.schema import Field
from ipaas_discovery.vocabulary import Method

__all__ = ["run_flow"]

MOST_VALUES = 20
"""Different values of a field that are listed with their counts."""
FIRST_OF_SEVERAL = "all but the first of several values"
Broken = dict[tuple[str, str], dict[int, Any]]


def run_flow(flow: Flow) -> Execution:
    """Run a flow's mapping over the records of its source, and check what would be written.

    A record passes if the destination, as it is declared, would take it; a field that nothing fills rejects the record
    if the destination requires it. Nothing is sent.
    """
    pairs = [(path, mapping.destination) for mapping in flow.mappings for path in mapping.sources[:1]]
    name = element_list(pairs)
    made = [*unfolded(flow.records, name)] if name else flow.records
    run = _Run(flow, len(made))
    for mapping in flow.mappings:
        target = flow.destination_field(mapping.destination)
        if target is not None and not (target.declared and target.declared.read_only):
            run.fill(target, Program(mapping), made)
    run.check_lists()
    run.check_required()
    run.check_unique()
    return run.outcome(len(flow.records), name)


@dataclass(slots=True)
class _Run:
    """State of a run: values written, records that hold each object, and the constraints that are broken."""

    flow: Flow
    size: int
    broken: Broken = field(default_factory=lambda: defaultdict(dict))
    """By field and problem: the records, by number, each with a value that breaks it."""
    lost: Broken = field(default_factory=lambda: defaultdict(dict))
    held: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By path: the records in which it is filled; of objects and lists, those in which something in them is."""
    columns: dict[str, list[Any]] = field(default_factory=dict)
    lists: dict[str, dict[str, tuple[Field, list[Written]]]] = field(default_factory=lambda: defaultdict(dict))
    """By innermost list: the fields in it, and what each record writes into them."""

    def fill(self, target: Field, program: Program, records: Sequence[Record]) -> None:
        """Write one field of every record, and check the values."""
        if depth_of(target.path):
            written = [*map(program.run, records)]
            earlier = self.lists[list_of(target.path)].get(target.path)
            both = [a + b for a, b in zip(earlier[1], written, strict=True)] if earlier else written
            self.lists[list_of(target.path)][target.path] = target, both
        else:
            column = program.column(records)
            self.columns[target.path] = column
            self._check_column(target, column)
        if program.dropped:
            self.lost[target.path, FIRST_OF_SEVERAL] = dict.fromkeys(range(program.dropped))

    def _check_column(self, target: Field, column: Sequence[Any]) -> None:
        checked, held = _Checked(target), set()
        plain = checked.known
        for at, value in enumerate(column):
            if value is ABSENT or value is None or value == "":
                if value is None and checked.refuses_null:
                    self.broken[target.path, "nullable"][at] = value
                elif value is None and checked.takes_null:
                    held.add(at)
                elif value == "" and checked.too_short:
                    self._note(target, at, value, Judged(value, "length"))
                continue
            held.add(at)
            try:
                judged = plain.get((value.__class__, value))
            except TypeError:
                judged = None
            if judged is None:
                judged = checked(value)
            if judged.problem or judged.loss:
                self._note(target, at, value, judged)
        self._hold(target.path, held)

    def _note(self, target: Field, at: int, value: Any, judged: Judged) -> None:  # noqa: ANN401  any JSON value
        if judged.problem:
            self.broken[target.path, judged.problem].setdefault(at, value)
        elif judged.loss:
            self.lost[target.path, judged.loss].setdefault(at, value)

    def _hold(self, path: str, held: Iterable[int]) -> None:
        self.held[path].update(held)
        for holder in above(path):
            self.held[holder].update(self.held[path])

    def check_lists(self) -> None:
        """Check the elements of each list: their values, and that each has what is required of it."""
        for name, places in self._places().items():
            fields = self.lists.get(name, {})
            self._hold(name, (at for at, made in enumerate(places) if made))
            for target, written in fields.values():
                self._check_elements(target, written, places)
        for name, places in self._places().items():
            self._check_missing_in(name, places)

    def _places(self) -> dict[str, list[tuple[Place, ...]]]:
        """List, for each list and each record, the elements that are made in it, inner ones making outer ones."""
        made: dict[str, list[dict[Place, None]]] = {}
        for name, fields in self.lists.items():
            for outer in _lists_on_the_way(name):
                depth = depth_of(outer)
                into = made.setdefault(outer, [{} for _ in range(self.size)])
                for _, column in fields.values():
                    for at, written in enumerate(column):
                        into[at].update(dict.fromkeys((holder, index[:depth]) for (holder, index), _ in written))
        return {
            name: [tuple(place for place in at if place != EVERY) or tuple(at) for at in made[name]]
            for name in sorted(made)
        }

    def _check_elements(self, target: Field, column: Sequence[Written], places: Sequence[tuple[Place, ...]]) -> None:
        checked, required = _Checked(target), bool(target.required)
        nulls = self.broken[target.path, "nullable"]
        for at, written in enumerate(column):
            filled = 0
            for place, value in written:
                times = len(places[at]) if place == EVERY else 1
                if value is None and checked.refuses_null:
                    nulls.setdefault(at, value)
                elif value is None or value is ABSENT or value == "":
                    filled += times * (value is None and checked.takes_null)
                else:
                    filled += times
                    self._note(target, at, value, checked(value))
            if filled:
                self._hold(target.path, (at,))
            if required and filled < len(places[at]) and at not in nulls:
                self.broken[target.path, "required"].setdefault(at, ABSENT)

    def _check_missing_in(self, name: str, places: Sequence[tuple[Place, ...]]) -> None:
        """Reject the elements of a list that lack a required field which nothing fills."""
        fields = self.lists.get(name, {})
        for target in self.flow.required_in(name):
            if target.path not in fields:
                inner = [path for path in above(target.path) if path.startswith(f"{name}.")]
                lacking = (at for at, made in enumerate(places) if made and at not in self.held[target.path])
                without = dict.fromkeys((at for at in lacking if self._hold_all(inner, at)), ABSENT)
                self.broken[target.path, "required"].update(without)

    def _hold_all(self, paths: Iterable[str], at: int) -> bool:
        return all(at in self.held[path] for path in paths)

    def check_required(self) -> None:
        """Reject the records that lack a field which is required of them: outside of lists, and a list itself."""
        for target in self.flow.required_in(""):
            if self.flow.linked_id(target):
                continue
            holders, nulls = above(target.path), self.broken[target.path, "nullable"]
            held, column = self.held[target.path], self.columns.get(target.path)
            for at in range(self.size):
                if at not in held and at not in nulls and self._hold_all(holders, at):
                    self.broken[target.path, "required"][at] = column[at] if column else ABSENT

    def check_unique(self) -> None:
        """Reject records that would be added with a key that an earlier one has."""
        if self.flow.method is not Method.ADD:
            return
        for path in self.flow.unique:
            seen: set[str] = set()
            for at, value in enumerate(self.columns.get(path, ())):
                if value is ABSENT or value is None or value is LINKED or value == "":
                    continue
                if str(value) in seen:
                    self.broken[path, "unique"][at] = value
                seen.add(str(value))

    def outcome(self, source_records: int, elements_of: str) -> Execution:
        """Sum up."""
        refused: set[int] = set().union(*self.broken.values()) if self.broken else set()
        return Execution(
            self.size,
            self.size - len(refused),
            tuple(
                self._rejection(path, problem, held) for (path, problem), held in sorted(self.broken.items()) if held
            ),
            tuple(
                Loss(path, what, len(held), self.size, examples_of(self._field(path), _seen(held)))
                for (path, what), held in sorted(self.lost.items())
            ),
            {
                path: len(self.held[path])
                for path in sorted({*self.columns, *(p for f in self.lists.values() for p in f)})
            },
            source_records,
            elements_of,
        )

    def _rejection(self, path: str, problem: str, held: Mapping[int, Any]) -> Rejection:
        target = self._field(path)
        counts = Counter(shown(target, value) for value in _seen(held))
        values = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
        return Rejection(path, problem, len(held), self.size, tuple(text for text, _ in values[:3]), values)

    def _field(self, path: str) -> Field:
        return self.flow.destination_field(path) or Field(path)


def _seen(held: Mapping[int, Any]) -> list[Any]:
    return [value for value in held.values() if value is not ABSENT and value is not None]


def _lists_on_the_way(name: str) -> list[str]:
    """List the lists that a list stands in, and itself.

    >>> _lists_on_the_way("lines[].taxes[]")
    ['lines[]', 'lines[].taxes[]']
    """
    parts = split_path(name)
    starts = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return list(dict.fromkeys(filter(None, map(list_of, starts))))


class _Checked:
    """Judgements of one field, each made once."""

    def __init__(self, target: Field) -> None:
        declared = target.declared
        self._judge = judge(target)
        self.known: dict[tuple[type, Any], Judged] = {}
        self.refuses_null = bool(declared and declared.nullable is False)
        self.takes_null = bool(declared and (declared.nullable or None in declared.enum))
        self.too_short = bool(declared and declared.min_length and not target.required)

    def __call__(self, value: Any) -> Judged:  # noqa: ANN401  any JSON value
        if value is LINKED:
            return Judged(value)
        try:
            key = value.__class__, value
            if key not in self.known:
                self.known[key] = self._judge(value)
            return self.known[key]
        except TypeError:  # an object or a list
            return self._judge(value)
