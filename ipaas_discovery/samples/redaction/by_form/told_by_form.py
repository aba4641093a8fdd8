"""The fields of an answer whose values are personal by their form, though their names tell nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields
from ipaas_discovery.samples.redaction.by_form.field_column import FieldColumn, Signs, is_of_things
from ipaas_discovery.samples.redaction.by_form.value_form import Form, words_of
from ipaas_discovery.samples.redaction.field_names import holds_no_person
from ipaas_discovery.samples.redaction.named_values import roles

__all__ = ["ToldByForm"]

Told = frozenset[tuple[tuple[str, ...], Form]]
"""Fields by their keys, with the form by which their values are personal."""
NOTHING: Told = frozenset()
ROUNDS = 2
"""In the second, what the first told is a sign for what stands beside it."""
MOSTLY_PERSONAL = 0.3
MOST_LOOKED, MOST_COLUMNS, MOST_TEXTS = 24, 1_000, 200
"""Objects of one list that are looked at, and columns of an answer and texts of each."""


@dataclass(slots=True)
class _Shape:
    """What the names of an object's keys tell: where to look, and how many of them are personal."""

    unknown: frozenset[str]
    names: frozenset[str]
    personal: int
    is_of_person: bool


@dataclass(slots=True)
class ToldByForm:
    """Looks over an answer for fields whose values are personal by their form.

    Attributes:
        fields: the fields of the system's answers.
    """

    fields: AnswerFields
    _told: dict[tuple[str, ...], Told] = field(default_factory=dict)
    _shapes: dict[tuple[AnswerField, tuple[str, ...]], _Shape] = field(default_factory=dict)

    def root(self, body: Any, collections: tuple[str, ...]) -> AnswerField:  # noqa: ANN401  any JSON value
        """Give the field that is a whole answer, in which the fields are known that it tells, and that others told."""
        root = self.fields.root(collections)
        found = self._told.get(collections, NOTHING) | self._of(body, root)
        if found and collections:
            self._told[collections] = found
        return self.fields.root(collections, found)

    def _of(self, body: Any, root: AnswerField) -> Told:  # noqa: ANN401  any JSON value
        """Find the fields of an answer that are personal by the form of their values."""
        look = _Look(self)
        look.value(body, root, [0])
        formed = ((column, column.form()) for column in look.columns.values())
        known = [(column, form) for column, form in formed if form is not None and not is_of_things(column.keys, form)]
        names, told = frozenset(look.names), dict[tuple[str, ...], Form]()
        for _ in range(ROUNDS):
            signs = told | {column.keys: form for column, form in known if column.is_sign(form)}
            told = {
                column.keys: form for column, form in known if column.is_personal(form, names, _around(column, signs))
            }
        return frozenset((keys, form) for keys, form in told.items() if form is not Form.MAIL)

    def shape(self, field: AnswerField, keys: tuple[str, ...]) -> _Shape:
        """Tell what the names of an object's keys tell, looked up once."""
        known = self._shapes.get((field, keys))
        if known is None:
            known = self._shape(field, keys)
            if len(self._shapes) < MOST_COLUMNS * 10:
                self._shapes[field, keys] = known
        return known

    def _shape(self, field: AnswerField, keys: tuple[str, ...]) -> _Shape:
        beside = roles(keys)
        apart = {*beside.naming, *beside.values} if beside else set()
        inner = {key: self.fields.inside(field, key) for key in keys}
        known = {key for key, child in inner.items() if child.field_class.personal or child.field_class.person}
        unknown = {
            key
            for key, child in inner.items()
            if key not in apart and child.rule is None and _is_unknown(child)
        }
        names = {key for key in known if inner[key].field_class.names}
        personal = sum(not is_secret(key) for key in known)
        return _Shape(frozenset(unknown), frozenset(names), personal, personal >= MOSTLY_PERSONAL * len(keys))


@dataclass(slots=True)
class _Look:
    """One look over one answer."""

    told: ToldByForm
    columns: dict[tuple[str, ...], FieldColumn] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def value(self, value: Any, field: AnswerField, around: list[int]) -> None:  # noqa: ANN401  any JSON value
        """Look at what stands in a field; `around` counts the personal fields of the record."""
        if isinstance(value, list):
            for item in _some(value):
                if isinstance(item, dict):
                    self._object(item, field, around if len(value) == 1 and around[0] else [around[0]])
        elif isinstance(value, dict):
            self._object(value, field, around)

    def _object(self, value: dict[str, Any], field: AnswerField, around: list[int]) -> None:
        keys = tuple(value)
        field = field.described_by(keys)
        shape = self.told.shape(field, keys)
        around[0] += shape.personal
        for key, item in value.items():
            kind = type(item)
            if kind is str:
                if item and key in shape.unknown:
                    self._text(item, (*field.keys, key), shape, around)
                elif item and key in shape.names:
                    self.names.update(words_of(item))
            elif kind is dict or (kind is list and item and type(item[0]) is dict):
                self.value(item, self.told.fields.inside(field, key), around)
            elif kind is list and key in shape.unknown:
                for text in item[:MOST_LOOKED]:
                    if type(text) is str and text:
                        self._text(text, (*field.keys, key), shape, around)

    def _text(self, text: str, keys: tuple[str, ...], shape: _Shape, around: list[int]) -> None:
        column = self.columns.get(keys)
        if column is None:
            if len(self.columns) >= MOST_COLUMNS:
                return
            column = self.columns[keys] = FieldColumn(keys, of_goods=holds_no_person(keys[:-1]))
        column.siblings = max(column.siblings, shape.personal)
        column.is_of_person = column.is_of_person or shape.is_of_person
        column.around = max(column.around, around[0])
        if len(column.texts) < MOST_TEXTS:
            column.texts.append(text)


def _around(column: FieldColumn, signs: dict[tuple[str, ...], Form]) -> Signs:
    """Part the other fields of an answer that are signs of somebody's record into those beside a field, and the rest."""
    others = {keys: form for keys, form in signs.items() if keys != column.keys}
    beside = [form for keys, form in others.items() if keys[:-1] == column.keys[:-1]]
    return Signs(len(beside), len(others) - len(beside), Form.STREET in beside)


def _is_unknown(field: AnswerField) -> bool:
    """Tell whether a field's name leaves open whether a text in it is somebody's name."""
    told = field.field_class
    if told.person and not told.personal:
        return not (told.alone or field.is_reused_in_requests)
    return not field.tells_of_texts


def _some(items: list[Any]) -> Iterable[Any]:
    """Give some of the items of a list, spread over all of it."""
    return items if len(items) <= MOST_LOOKED else items[:: -(-len(items) // MOST_LOOKED)]
