"""The fields of an answer whose values are personal by their form, though their names tell nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields, FormedField
from ipaas_discovery.samples.redaction.by_form.field_column import FieldColumn, Signs, is_of_things
from ipaas_discovery.samples.redaction.by_form.value_form import Form, words_of
from ipaas_discovery.samples.redaction.classify_field import FieldClass
from ipaas_discovery.samples.redaction.field_names import holds_no_person
from ipaas_discovery.samples.redaction.named_values import roles

__all__ = ["FormedFields"]

ROUNDS = 2
"""In the second, what was personal in the first is a sign for what stands beside it."""
MOSTLY_PERSONAL = 0.3
MOST_LOOKED, MOST_COLUMNS, DEEPEST = 16, 1_000, 2
"""Objects in one field that are looked at, columns of an answer, and objects in objects that are looked for texts."""


@dataclass(slots=True)
class _Shape:
    """Knowledge of an object by the names of its keys: where to look, and how many of them are personal."""

    unknown: frozenset[str]
    names: frozenset[str]
    personal: int
    is_of_person: bool


@dataclass(slots=True)
class FormedFields:
    """Looks over an answer for fields whose values are personal by their form.

    Attributes:
        fields: the fields of the system's answers.
    """

    fields: AnswerFields
    _known: dict[tuple[str, ...], frozenset[FormedField]] = field(default_factory=dict)
    _shapes: dict[tuple[AnswerField, tuple[str, ...]], _Shape] = field(default_factory=dict)

    def root(self, body: Any, collections: tuple[str, ...]) -> AnswerField:  # noqa: ANN401  any JSON value
        """Give the field that is a whole answer, with the fields in it that are personal by form there or before."""
        formed = self._known.get(collections, frozenset()) | self._of(body, self.fields.root(collections))
        if formed and collections:
            self._known[collections] = formed
        return self.fields.root(collections, formed)

    def _of(self, body: Any, root: AnswerField) -> frozenset[FormedField]:  # noqa: ANN401  any JSON value
        """Find the fields of an answer that are personal by the form of their values."""
        look = _Look(self)
        look.value(body, root, [0])
        open_, names, personal = look.open_columns(), frozenset(look.names), dict[tuple[str, ...], Form]()
        for _ in range(ROUNDS):
            signs = personal | {column.keys: form for column, form in open_ if column.is_sign(form)}
            personal = {
                column.keys: form for column, form in open_ if column.is_personal(form, names, _around(column, signs))
            }
        return frozenset(
            FormedField(keys, _class(keys, form)) for keys, form in personal.items() if form is not Form.MAIL
        )

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
            key for key, child in inner.items() if key not in apart and child.rule is None and _is_unknown(child)
        }
        names = {key for key in known if inner[key].field_class.names}
        personal = sum(not is_secret(key) for key in known)
        return _Shape(frozenset(unknown), frozenset(names), personal, personal >= MOSTLY_PERSONAL * len(keys))


@dataclass(slots=True)
class _Look:
    """One look over one answer."""

    fields: FormedFields
    columns: dict[tuple[str, ...], FieldColumn] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    looked: dict[AnswerField, int] = field(default_factory=dict)

    def open_columns(self) -> list[tuple[FieldColumn, Form]]:
        """List the columns whose form may be personal, and whose names do not tell of things."""
        columns = ((column, column.form()) for column in self.columns.values())
        return [(column, form) for column, form in columns if form and not is_of_things(column.keys, form)]

    def value(self, value: Any, field: AnswerField, around: list[int]) -> None:  # noqa: ANN401  any JSON value
        """Look at what stands in a field; `around` counts the personal fields of the record."""
        if type(value) is dict:
            self._object(value, field, around)
        elif type(value) is list:
            for item in _some(value):
                if type(item) is dict:
                    self._object(item, field, around if len(value) == 1 and around[0] else [around[0]])
            if len(value) > MOST_LOOKED:
                self._fill([item for item in value if type(item) is dict], field, DEEPEST)

    def _fill(self, items: list[dict[str, Any]], field: AnswerField, depth: int) -> None:
        """Look for texts of the fields that most of many objects leave empty."""
        keys = tuple(dict.fromkeys(chain.from_iterable(items)))
        field = field.described_by(keys)
        shape = self.fields.shape(field, keys)
        for key in shape.unknown:
            column = self.columns.get((*field.keys, key))
            if column is None or len(column.texts) < MOST_LOOKED:
                texts = (item for one in items if type(item := one.get(key)) is str and item)
                for text in islice(texts, MOST_LOOKED):
                    self._text(text, (*field.keys, key), shape, [shape.personal])
        for key in keys if depth else ():
            inner = [item for one in items if type(item := one.get(key)) is dict]
            if len(inner) > MOST_LOOKED:
                self._fill(inner, self.fields.fields.inside(field, key), depth - 1)

    def _object(self, value: dict[str, Any], field: AnswerField, around: list[int]) -> None:
        keys = tuple(value)
        field = field.described_by(keys)
        shape = self.fields.shape(field, keys)
        around[0] += shape.personal
        looked = self.looked[field] = self.looked.get(field, 0) + 1
        if looked > MOST_LOOKED:
            return
        for key, item in value.items():
            kind = type(item)
            if kind is str:
                if key in shape.unknown and item:
                    self._text(item, (*field.keys, key), shape, around)
                elif key in shape.names:
                    self.names.update(words_of(item))
            elif kind is dict or (kind is list and item and type(item[0]) is dict):
                self.value(item, self.fields.fields.inside(field, key), around)
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
        column.around = max(column.around, around[0])
        column.is_of_person = column.is_of_person or shape.is_of_person
        column.texts.append(text)


def _class(keys: tuple[str, ...], form: Form) -> FieldClass:
    """Give the class of a field whose values are personal by their form."""
    if form in {Form.NAMES, Form.WORD}:
        return FieldClass(keys[-1], person=True, alone=True, names=True, titled=True)
    return FieldClass(keys[-1], personal=True, names=form is Form.EASTERN)


def _around(column: FieldColumn, signs: dict[tuple[str, ...], Form]) -> Signs:
    """Count the other fields that are signs of somebody's record, beside a field and elsewhere."""
    others = {keys: form for keys, form in signs.items() if keys != column.keys}
    beside = [form for keys, form in others.items() if keys[:-1] == column.keys[:-1]]
    return Signs(len(beside), len(others) - len(beside), Form.STREET in beside)


def _is_unknown(field: AnswerField) -> bool:
    """Tell whether a field's name leaves open whether a text in it is somebody's name."""
    named = field.field_class
    if named.person and not named.personal:
        return not (named.alone or field.is_reused_in_requests)
    return not field.tells_of_texts


def _some(items: list[Any]) -> Iterable[Any]:
    """Give some of the items of a list, spread over all of it."""
    return items if len(items) <= MOST_LOOKED else items[:: -(-len(items) // MOST_LOOKED)]
