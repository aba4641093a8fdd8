"""Mappings that the same records of both sides explain: a formula, a value map, a look-up, a constant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import THRESHOLD, Matches
from ipaas_discovery.matching.fields.refusals import is_closed, is_own
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import (
    EXPLAINS,
    FEWEST,
    WORTH,
    Formula,
    candidates,
    judge,
    simple_candidates,
)
from ipaas_discovery.matching.formulas.formula_values import Column
from ipaas_discovery.matching.formulas.paired_records import Columns, PairedRecords
from ipaas_discovery.matching.formulas.related_records import RelatedRecords
from ipaas_discovery.matching.mapping import Mapping as Filling
from ipaas_discovery.matching.mapping import mapping_by
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.schema import Schema

__all__ = ["Links", "Neighbours", "explained_mappings"]

NEAR = 0.15
"""Score from which a source is near enough by its name for few records to make it a formula's."""
OPPOSITE = 0.3
"""Score from which one flag may be the opposite of another: two that are mostly one thing each look like it."""
NAMED = 0.1
"""Share of pairs that a full likeness of the names is worth beside what a formula explains."""
GAIN = 0.05
"""Share of pairs more that a formula explains than a plain copy, from which it goes before the copy."""
LIFT, BEYOND = 0.5, 2
"""Share of the pairs without the most frequent value that a formula explains, and their number, with a near name."""
FAR_EXPLAINS, FAR_LIFT, FAR_BEYOND = 0.9, 0.8, 5
"""The same, and the share of all pairs, where the names say nothing."""
CONSTANT = 5
"""Pairs from which one value in all of them is a constant."""
FAR_VALUES = 8
"""Values of a map at most, where the names say nothing."""
OF_EACH = 5
"""Pairs for each id of a map at least."""
YES_OR_NO = {"true", "false"}
ID = ("id",)
LINKED = 0.3
"""Share of pairs in which the linked records are known at least."""

Links = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Neighbours:
    """Records of the source's system, those of `own` being its records, and the ids of linked ones on the other side.

    `links` gives them when they are asked for: by iPaaS.com's collection, the destination's id of each source's id.
    """

    related: RelatedRecords
    own: str = ""
    links: Callable[[], Links] = dict

    def filled(self, mappings: Iterable[Filling]) -> tuple[Filling, ...]:
        """Give the look-ups of mappings that people wrote the records that they look among."""
        return tuple(
            replace(row, formula=replace(row.formula, steps=tuple(map(self.related.filled, row.formula.steps))))
            if row.formula
            else row
            for row in mappings
        )


def explained_mappings(
    matches: Matches,
    received: Schema,
    records: PairedRecords,
    side: Literal["left", "right"],
    neighbours: Neighbours | None = None,
) -> dict[str, Filling]:
    """Find what explains the values of each field of a destination better than a plain copy of its match.

    What a system writes itself, what its documents close, and lists of names and values are left out; so is a list of
    which no match proposes a field, if what explains one stands in no list: each record would become an element. A
    formula of fields whose names are near has to explain four of five pairs, one of other fields nine of ten; and each
    more than the most frequent value does.

    Args:
        matches: ranked matches of source and destination fields.
        received: the destination's fields.
        records: the same records of both sides.
        side: the side of `records` that is the destination.
        neighbours: what else is known of the source's system.
    """
    at = int(side == "right")
    known = {path for row in records.sides[at] for path in row}
    likely = _likely(matches)
    proposed = {match.destination: match.source for match in matches.proposals()}
    fed = {"", *map(_list_of, proposed)}
    filled: dict[str, Filling] = {}
    for traits in traits_of(received, Thesaurus.load()):
        path = traits.path
        if path not in known or is_own(traits) or is_closed(traits):
            continue
        search = _Search(path, *records.columns(path, at), likely.get(path, {}), proposed.get(path, ""))
        mapping = search.mapping(neighbours, required=bool(traits.field.required)) if search.enough else None
        if mapping is not None and (_list_of(path) in fed or any(map(_list_of, mapping.sources))):
            filled[path] = mapping
    return filled


def _list_of(path: str) -> str:
    """Give the outermost list that a path stands in; empty for none."""
    return path.partition("[]")[0] if "[]" in path else ""


def _likely(matches: Matches) -> dict[str, dict[str, float]]:
    likely: dict[str, dict[str, float]] = {}
    for match in matches.rows:
        if match.score >= NEAR:
            likely.setdefault(match.destination, {})[match.source] = match.score
    return likely


@dataclass(frozen=True)
class _Search:
    """The search for what explains one field: the source's fields in the same records beside what is wanted.

    `likely` are the sources that are near by their names, with their scores; `proposed` is the match's, if it has one.
    """

    path: str
    columns: Columns
    wanted: Column
    likely: Mapping[str, float]
    proposed: str

    @property
    def enough(self) -> bool:
        """True if as many pairs hold the field as make a formula."""
        return len(self.wanted) >= FEWEST

    def mapping(self, neighbours: Neighbours | None, *, required: bool) -> Filling | None:
        """Choose what explains the field; None where nothing does, or nothing better than the match."""
        copied = self._explained(self.proposed, (op.Copy(),)) if self.proposed in self.columns else None
        if copied is not None and copied.explained >= EXPLAINS * copied.of:
            return self._better_than(copied)
        linked = self._linked(neighbours) if neighbours else None
        if linked is not None:
            return linked
        near = [*self._near()]
        clear = any(explained >= FAR_EXPLAINS * formula.of for formula, explained in near)
        if best := self._best(near if clear else [*near, *self._far(neighbours)]):
            return mapping_by(best, max((self.likely.get(source, 0.0) for source in best.sources), default=0.0))
        return self._constant() if required and not self.proposed else None

    def _better_than(self, copied: Formula) -> Filling | None:
        """Give what is done to the match's own values, where that explains clearly more than a copy."""
        if copied.of - copied.explained < GAIN * copied.of:
            return None
        own = Columns({self.proposed: self.columns[self.proposed]})
        formulas = [
            self._explained(self.proposed, steps)
            for sources, steps in candidates(own, self.wanted)
            if sources and not any(isinstance(step, op.ValueMap) for step in steps)
        ]
        gains = {formula: formula.explained - self._by_heart(formula) - copied.explained for formula in formulas}
        best = max(formulas, key=lambda formula: (gains[formula], -formula.cost), default=copied)
        gained = gains.get(best, 0) >= max(GAIN * copied.of, 1)
        return mapping_by(best, self.likely.get(self.proposed, 0.0)) if gained else None

    def _explained(self, source: str, steps: tuple[op.FormulaStep, ...]) -> Formula:
        return judge(self.path, (source,), steps, self.columns, self.wanted)

    @cached_property
    def _usual(self) -> int:
        """Count the pairs that hold the most frequent value."""
        return Counter(self.wanted).most_common(1)[0][1]

    def _near(self) -> Iterator[tuple[Formula, int]]:
        """List the formulas of fields whose names are near, with the pairs they explain."""
        near = Columns({path: self.columns[path] for path in sorted({*self.likely, self.proposed} & {*self.columns})})
        close = (one for one in candidates(near, self.wanted) if not (self._numbered(*one) or self._opposite(*one)))
        yield from self._judged(close, EXPLAINS, LIFT, BEYOND)

    def _opposite(self, sources: tuple[str, ...], steps: tuple[op.FormulaStep, ...]) -> bool:
        """Tell whether a flag is taken for the opposite of one that its name is far from."""
        turned = any(
            isinstance(step, op.ValueMap) and {*step.pairs} == {("true", "false"), ("false", "true")} for step in steps
        )
        return turned and all(self.likely.get(source, 0.0) < OPPOSITE for source in sources)

    def _numbered(self, sources: tuple[str, ...], steps: tuple[op.FormulaStep, ...]) -> bool:
        """Tell whether ids are computed with: its own into what is no key, or those of a record that has the value.

        So they are where a map of ids has nearly one for every record.
        """
        if sources == ID and steps != (op.Copy(),):
            return Thesaurus.load().role(split_words(self.path)) != "key"
        mapped = any(isinstance(step, op.ValueMap) for step in steps)
        names = (split_words(path.rpartition(".")[2]) for path in (sources[0] if sources else "", self.path))
        words, own = map(Thesaurus.load().literal, names)
        if not mapped or words[-1:] != ID:
            return False
        one_each = len(self.wanted) < OF_EACH * len({*self.columns[sources[0]]})
        return one_each or (own[-1:] != ID and not {*own} <= {*words})

    def _far(self, neighbours: Neighbours | None) -> Iterator[tuple[Formula, int]]:
        """List the simple formulas of any fields, and look-ups of related records, with the pairs they explain."""
        plain = (one for one in simple_candidates(self.columns, self.wanted) if self._plausible(*one))
        yield from self._judged(plain, FAR_EXPLAINS, FAR_LIFT, FAR_BEYOND)
        if neighbours:
            look_ups = neighbours.related.look_ups(self.columns, self.wanted, neighbours.own)
            yield from self._judged(look_ups, FAR_EXPLAINS, FAR_LIFT, FAR_BEYOND)

    def _plausible(self, sources: tuple[str, ...], steps: tuple[op.FormulaStep, ...]) -> bool:
        """Tell whether a value map may stand where no name speaks for it: one of few codes, no ids, no yes or no."""
        maps = [step for step in steps if isinstance(step, op.ValueMap)]
        codes = all({value for pair in step.pairs for value in pair} - YES_OR_NO for step in maps)
        return all(len(step.pairs) <= FAR_VALUES and split_words(sources[0])[-1:] != ID and codes for step in maps)

    def _judged(
        self,
        search: Iterable[tuple[tuple[str, ...], tuple[op.FormulaStep, ...]]],
        explains: float,
        lift: float,
        beyond: int,
    ) -> Iterator[tuple[Formula, int]]:
        total, usual = len(self.wanted), self._usual
        if total == usual:
            return
        for sources, steps in search:
            formula = judge(self.path, sources, steps, self.columns, self.wanted)
            explained = formula.explained - self._by_heart(formula)
            more = explained - usual
            if sources and explained >= explains * total and more >= max(lift * (total - usual), beyond):
                yield formula, explained

    def _by_heart(self, formula: Formula) -> int:
        """Count the pairs that are explained because they, and few others, were seen: values and gaps that are rare."""
        values = self.columns[formula.sources[0]] if formula.sources else ()
        if any(isinstance(step, op.ValueMap) for step in formula.steps):
            return sum(count == 1 for count in Counter(values).values())
        gaps = sum(not value for value in values) if any(isinstance(step, op.Default) for step in formula.steps) else 0
        return gaps if gaps < FEWEST else 0

    def _best(self, judged: Sequence[tuple[Formula, int]]) -> Formula | None:
        def worth(one: tuple[Formula, int]) -> tuple[float, tuple[str, ...]]:
            formula, explained = one
            named = max((self.likely.get(source, 0.0) for source in formula.sources), default=0.0)
            return formula.cost * WORTH - explained / formula.of - NAMED * named, formula.sources

        return min(judged, key=worth)[0] if judged else None

    def _linked(self, neighbours: Neighbours) -> Filling | None:
        """Find the field that names the record whose counterpart the destination names."""
        if split_words(self.path)[-1:] != ID:
            return None
        ids = {path: self.columns.texts[path] for path in self.columns.by_last_word.get(ID[0], ())}
        fewest = max(FEWEST, LINKED * len(self.wanted))
        linked: list[tuple[int, int, str, str]] = []
        for collection, link in sorted(neighbours.links().items()) if ids else ():
            for path, texts in ids.items():
                if sum(map(link.__contains__, texts)) < fewest:
                    continue
                both = [
                    (link[a], b)
                    for a, b in zip(texts, self.wanted, strict=True)
                    if isinstance(a, str) and isinstance(b, str) and a in link
                ]
                right = [b for a, b in both if a == b]
                enough = len(both) >= fewest and len({*right}) >= BEYOND
                if enough and len(right) >= EXPLAINS * len(both):
                    linked.append((len(right), len(both), path, collection))
        if not linked:
            return None
        held, of, path, collection = min(linked, key=lambda one: (one[1] - one[0], -one[1], *one[2:]))
        why = f"the id of the {collection} record it names; so in {held} of {of} of the same records, as far as linked"
        return Filling(
            self.path, "look-up", (path,), value=collection, standing="matched", score=held / of, evidence=why
        )

    def _constant(self) -> Filling | None:
        value = self.wanted[0]
        if len(self.wanted) < CONSTANT or self._usual < len(self.wanted) or not isinstance(value, str) or " " in value:
            return None
        return mapping_by(judge(self.path, (), (op.Constant(value),), self.columns, self.wanted), THRESHOLD)
