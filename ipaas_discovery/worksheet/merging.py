"""Merging of a worksheet that two people, or a person and a new pull, have changed: nothing anyone did is lost."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from typing import Any, TypeVar, cast

from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.parts import FieldMapping, Question

__all__ = ["merge", "refreshed"]

T = TypeVar("T")
NOTHING = object()
WHOLE = (WorksheetDocument, Entry, Features, Question)
"""Parts merged property by property; a decision or a mapping is one statement and is kept or replaced whole."""


def merge(base: object, ours: T, theirs: T) -> T:
    """Merge `ours` and `theirs`, both having started from `base`; `ours` wins where both changed.

    >>> merge(1, 1, 2), merge(1, 3, 1), merge(1, 3, 2)
    (2, 3, 3)
    """
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    merged: Any = ours
    if isinstance(ours, WHOLE) and type(ours) is type(theirs):
        merged = _merge_properties(base, ours, theirs)
    elif isinstance(ours, tuple) and isinstance(theirs, tuple) and all(hasattr(part, "key") for part in ours + theirs):
        merged = _merge_parts(base if isinstance(base, tuple) else (), ours, theirs)
    return cast("T", merged)


def _merge_properties(base: object, ours: Any, theirs: Any) -> Any:  # noqa: ANN401  see merge
    """Merge property by property; a part that `base` did not have counts as having started out empty."""
    values = {}
    for field in fields(ours):
        start = _untouched(field) if base in (NOTHING, None) else getattr(base, field.name)
        values[field.name] = merge(start, getattr(ours, field.name), getattr(theirs, field.name))
    return replace(ours, **values)


def _untouched(field: Field[Any]) -> object:
    """Return the value of a property before anybody wrote there."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _merge_parts(base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Merge part by part; what one side dropped goes, unless the other side changed it."""
    before, here, there = ({part.key: part for part in side} for side in (base, ours, theirs))
    order = [*here, *(key for key in there if key not in here)]
    if [key for key in here if key in before] == list(before):  # we did not reorder, they may have
        order = [*there, *(key for key in here if key not in there)]
    merged = []
    for key in order:
        start = before.get(key, NOTHING)
        if key in here and key in there:
            merged.append(merge(start, here[key], there[key]))
        elif (only := here.get(key, there.get(key))) != start:
            merged.append(only)
    return tuple(merged)


def refreshed(old: tuple[Entry, ...], fresh: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Give the `fresh` entries what people did in `old`; worked-on pairs that vanished follow, marked gone."""
    known = {entry.key: entry for entry in old}
    current = {entry.key for entry in fresh}
    gone = (replace(entry, gone=True) for entry in old if entry.key not in current and _worked_on(entry))
    return (*(_refresh(known.get(entry.key), entry) for entry in fresh), *gone)


def _worked_on(entry: Entry) -> bool:
    return (
        entry.decision is not None
        or any(question.answer for question in entry.questions)
        or any(mapping.status != "proposed" for mapping in entry.mappings)
        or entry.features != entry.proposed_features
    )


def _refresh(old: Entry | None, fresh: Entry) -> Entry:
    proposed = replace(fresh, proposed_features=fresh.features, gone=False)
    if old is None:
        return proposed
    return replace(
        proposed,
        type_id=old.type_id if fresh.type_id is None else fresh.type_id,
        decision=old.decision or fresh.decision,
        questions=_questions(old.questions, fresh.questions),
        mappings=_mappings(old.mappings, fresh.mappings),
        features=merge(old.proposed_features, old.features, fresh.features),
    )


def _questions(old: tuple[Question, ...], fresh: tuple[Question, ...]) -> tuple[Question, ...]:
    answered = {question.key: question for question in old if question.answer}
    asked = {question.key for question in fresh}
    return (
        *(answered.get(question.key, question) for question in fresh),
        *(question for key, question in answered.items() if key not in asked),
    )


def _mappings(old: tuple[FieldMapping, ...], fresh: tuple[FieldMapping, ...]) -> tuple[FieldMapping, ...]:
    """Keep what a person accepted, rejected or wrote, and the fresh proposals for what is still open."""
    kept = [mapping for mapping in old if mapping.status != "proposed"]
    filled = {(mapping.direction, mapping.destination) for mapping in kept if mapping.status == "accepted"}
    known = {(mapping.direction, mapping.source, mapping.destination) for mapping in kept}
    proposals = (
        mapping
        for mapping in fresh
        if (mapping.direction, mapping.destination) not in filled
        and (mapping.direction, mapping.source, mapping.destination) not in known
    )
    return (*kept, *proposals)
