"""One answer, or one record, redacted in its place: each value by the name, the rule and the form that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields
from ipaas_discovery.samples.redaction.field_names import is_name, is_person, is_personal
from ipaas_discovery.samples.redaction.free_text import NamesInText
from ipaas_discovery.samples.redaction.named_values import (
    Beside,
    are_pairs,
    cells_of,
    columns_of,
    is_head,
    name_beside,
    names_somebody,
    referred,
    roles,
)
from ipaas_discovery.samples.redaction.text_redactor import TextRedactor
from ipaas_discovery.samples.redaction.unstructured import as_json, as_text, host, introduced
from ipaas_discovery.samples.redaction.value_patterns import LEAST_CARD, LEAST_DIGITS, harmless, is_card
from ipaas_discovery.samples.redaction.walking.column_survey import (
    LEAST_RECORDS,
    ColumnSurvey,
    KnownMembers,
    Need,
    Told,
)

__all__ = ["AnswerWalk"]

LEAST_REPEATED, PAIR = 10 ** (LEAST_DIGITS - 1), 2


@dataclass(slots=True, eq=False)
class AnswerWalk:
    """The way through one answer, or through one record of it.

    Attributes:
        fields: the fields of the system's answers.
        texts: redacts single texts.
        names: the names and texts met so far.
        survey: what is known beforehand of the objects in the records, by identity.
    """

    fields: AnswerFields
    texts: TextRedactor
    names: NamesInText
    survey: Mapping[int, KnownMembers] = field(default_factory=dict)

    def value(self, value: Any, field: AnswerField) -> Any:  # noqa: ANN401  any JSON value
        """Redact what stands in a field; objects in their place."""
        if isinstance(value, dict):
            return self._object(value, field)
        if isinstance(value, list):
            return self._list(value, field)
        if isinstance(value, str):
            return self._text(value, field) if value else value
        return value if value is None or isinstance(value, bool) else self._number(value, field)

    def record(self, value: dict[str, Any], field: AnswerField) -> Any:  # noqa: ANN401  an object again
        """Redact an object of its own: the names that it holds are replaced in its texts as well."""
        whole, names = self.names, self.names.part()
        self.names = names
        walked = self._object(value, field)
        names.apply(self.texts.masked)
        whole.take_up(names)
        self.names = whole
        return walked

    def _number(self, value: Any, field: AnswerField) -> Any:  # noqa: ANN401  a number of any kind
        if field.rule is False:
            return value
        if field.is_reused_in_requests and not (field.has_personal_numbers and abs(value) >= LEAST_REPEATED):
            return value  # a short number that later requests repeat says nothing, and its pseudonym could be another's
        if not field.rule and not field.field_class.of_number(value):
            return self._card(value, field)
        masked = self.texts.masked_number(value, field.field_class.name, hidden=bool(field.rule))
        if field.is_reused_in_requests and masked != value:
            self.texts.keep(str(masked), str(value))
        return masked

    def _card(self, value: Any, field: AnswerField) -> Any:  # noqa: ANN401  a number of any kind
        """Replace a whole number that has the form of a payment card's."""
        if type(value) is not int or value < LEAST_CARD or not field.may_be_card or not is_card(str(value)):
            return value
        return self.texts.masked_number(value, field.field_class.name, hidden=True)

    def _list(self, value: list[Any], field: AnswerField) -> list[Any]:
        if len(value) == PAIR and type(value[0]) is int and type(value[1]) is str and field.rule is None:
            return self._reference(value, field)
        if field.rule is None and value and isinstance(value[0], list) and (rows := self._rows(value, field)):
            return rows
        if self.names.whole and len(value) >= LEAST_RECORDS and {dict} == set(map(type, value)):
            survey = ColumnSurvey(self.fields, self.texts.masked)
            look = survey.of_records(value, field)
            if look is not Need.EACH:
                texts = look.keys if isinstance(look, Told) else ()
                self.names.texts += [(item, key) for item in value for key in texts if type(item[key]) is str]
                return value
            self.survey = survey.members
        take = self.record if self.names.whole else self._object
        walked = [take(item, field) if type(item) is dict else self.value(item, field) for item in value]
        if str in set(map(type, value)) and not (field.rule is False or field.has_no_names or field.has_personal_text):
            for at, item in enumerate(walked):
                if isinstance(item, str):
                    self.names.add_text(walked, at, free=field.field_class.free, prose=field.field_class.prose)
        return walked

    def _reference(self, value: list[Any], field: AnswerField) -> list[Any]:
        """Redact a record's id and what it is called: `"user_id": [2, "Ada Example"]`."""
        inner = self.fields.inside(field, referred(field.field_class.name, of_person=field.is_of_people))
        value[1] = self._text(value[1], inner) if value[1] else value[1]
        if inner.takes_names:
            self.names.add_text(value, 1)
        return value

    def _rows(self, rows: list[Any], field: AnswerField) -> list[Any] | None:
        """Redact lists whose first names their columns, or that are pairs of a name and a value; None for others."""
        head = rows[0]
        if are_pairs(rows):
            return [[row[0], *self._row(row[1:], row[:1], field)] for row in rows]
        if is_head(head, rows):
            return [head, *(self._row(row, head, field) for row in rows[1:])]
        return None

    def _row(self, row: list[Any], columns: list[str], field: AnswerField) -> list[Any]:
        """Redact the cells of a row by the names of their columns."""
        field = field.described_by(tuple(columns))
        cells = zip(row, columns, strict=True)
        return [self.value(cell, self._labelled(self.fields.inside(field, column), column)) for cell, column in cells]

    def _labelled(self, field: AnswerField, name: str) -> AnswerField:
        """Hide a field whose label is personal though its words, as a field's name, are not."""
        hides = field.rule is None and not field.has_personal_text and names_somebody(name)
        return field.under(True) if hides else field

    def _object(self, value: dict[str, Any], field: AnswerField) -> dict[str, Any]:
        members = self.survey.get(id(value))
        if members is not None:
            return self._surveyed(value, field, members)
        if (field.kept_by == "person" or " " in next(iter(value), "")) and _is_of_people(value):
            field = field.by_user()
        shape = tuple(value)
        described = field.unnamed.get(shape)
        if described is not None:
            field = described
        else:
            whole, field = field, field.described_by(shape)
            beside = roles(shape)
            if beside is None:
                whole.remember_unnamed(shape, field)
            elif beside.columns and field.rule is None and (table := columns_of(value, beside)):
                return self._table(value, field, *table)
            elif beside.naming and (named := name_beside(value, beside)):
                return self._named(value, field, beside, *named)
        return self._members(value, field, value)

    def _surveyed(self, value: dict[str, Any], field: AnswerField, members: KnownMembers) -> dict[str, Any]:
        """Redact an object of which it is known what needs a look."""
        self.names.texts += [(value, key) for key in members.texts if type(value[key]) is str]
        self.names.texts += [(value[key], at) for key in members.lists for at in range(len(value[key] or ()))]
        self.names.free += [(value, key) for key in members.free if value[key]]
        for key, names in members.held:
            held = value[key] if type(value[key]) is list else [value[key]] if value[key] else ()
            self.names.texts += [(inner, name) for inner in held for name in names if type(inner[name]) is str]
        for key, masked in members.masked:
            text = value[key]
            if text:
                value[key] = masked.pseudonyms[text]
                if masked.field_class.tells_name(text):
                    self.names.add_name(text)
        return self._members(value, members.field or field, members.looked) if members.looked else value

    def _rename(self, value: dict[str, Any], field: AnswerField) -> None:
        """Write the keys of an object without what is personal in them, in their places."""
        members = [(self.fields.inside(field, key).safe_key, item) for key, item in value.items()]
        value.clear()
        value.update(members)
        self.names.keyed.append(value)

    def _members(self, value: dict[str, Any], field: AnswerField, keys: Iterable[str]) -> dict[str, Any]:
        """Redact members of an object, in its place."""
        plain, quiet, met, texts = field.plain, field.quiet, field.inner, self.names.texts
        for key in keys:  # the only loop over every value of an answer: what needs no look is done here
            item = value[key]
            kind = type(item)
            if kind is str:
                written = plain.get(key)
                match = None if written is None else harmless(item)
                if match is None:
                    inner = met.get(key) or self.fields.inside(field, key)
                    value[key] = self._text(item, inner) if item else item
                    if item and inner.takes_names:
                        self.names.add_text(
                            value, inner.safe_key, free=inner.field_class.free, prose=inner.field_class.prose
                        )
                elif written and match.lastindex and item:
                    texts.append((value, written))
            elif kind is dict:
                value[key] = self._object(item, met.get(key) or self.fields.inside(field, key))
            elif kind is list:
                value[key] = self._list(item, met.get(key) or self.fields.inside(field, key))
            elif key not in quiet or (kind is int and item >= LEAST_CARD):
                self._member(value, key, item, met.get(key) or self.fields.inside(field, key))
        if field.renamed:
            self._rename(value, field)
        return value

    def _member(self, walked: dict[str, Any], key: str, item: Any, inner: AnswerField) -> None:  # noqa: ANN401  any JSON value
        """Redact one member of an object."""
        kind = type(item)
        if kind is str:
            walked[key] = self._text(item, inner) if item else item
            if item and inner.takes_names:
                written = inner.safe_key if key in inner.keys[-1:] else key
                self.names.add_text(walked, written, free=inner.field_class.free, prose=inner.field_class.prose)
        elif kind is dict:
            walked[key] = self._object(item, inner)
        elif kind is list:
            walked[key] = self._list(item, inner)
        elif item is None or kind is bool:
            walked[key] = item
        else:
            needs_look = inner.rule or inner.has_personal_numbers or (kind is int and item >= LEAST_CARD)
            walked[key] = self._number(item, inner) if needs_look else item

    def _named(
        self, value: dict[str, Any], field: AnswerField, beside: Beside, naming: str, name: str
    ) -> dict[str, Any]:
        """Redact an object whose values are told by the name beside them."""
        walked: dict[str, Any] = {}
        values = beside.values - {naming}
        about = self.fields.inside(field, name)
        personal = names_somebody(name)
        if about.field_class.personal and not personal:
            about = self.fields.inside(field, next(iter(values)))
        for key, item in value.items():
            own = self.fields.inside(field, key)
            if key == naming and own.has_personal_text and isinstance(item, str):
                label = personal or item.split(" ")[-1].islower()
                self._member(walked, own.safe_key, item, self.fields.inside(field, "label") if label else own)
                continue
            free = own.field_class.free and about.rule is None
            if key not in values or (not personal and (own.has_personal_text or free)):
                self._member(walked, own.safe_key, item, own)
                continue
            rule = about.rule if own.user_rule is None else own.user_rule
            whole = personal and (not about.has_personal_text or isinstance(item, dict | list))
            self._member(walked, key, item, about.under(True if whole and rule is None else rule))
            if personal and isinstance(item, str) and is_name(name, of_person=True):
                self.names.add_name(item)
        return walked

    def _table(
        self, value: dict[str, Any], field: AnswerField, columns: list[str], rows: frozenset[str]
    ) -> dict[str, Any]:
        """Redact an object that names the columns of its rows."""
        walked: dict[str, Any] = {}
        for key, item in value.items():
            inner = self.fields.inside(field, key)
            if key not in rows:
                self._member(walked, inner.safe_key, item, inner)
            elif isinstance(item[0], list):
                walked[key] = [self._row(row, columns, inner) for row in item]
            elif isinstance(item[0], dict):
                cells = [cells_of(row, len(columns)) or "" for row in item]
                walked[key] = [
                    {**row, at: self._row(row[at], columns, inner)} for at, row in zip(cells, item, strict=True)
                ]
            else:
                walked[key] = self._row(item, columns, inner)
        return walked

    def _text(self, text: str, field: AnswerField) -> str:
        """Redact a text: as a whole by its field's name or rule, else what in it is personal."""
        if field.rule is False:
            return text
        personal = field.has_personal_text
        if field.is_reused_in_requests and text.isdecimal() and not (personal and len(text) >= LEAST_DIGITS):
            return text
        url = text.startswith(("http://", "https://"))
        if field.rule or (personal and not url and field.field_class.of_text(text)):
            masked = self.texts.masked(text)
            if field.field_class.tells_name(text):
                self.names.add_name(text)
        elif url:
            masked = self.texts.link(text, personal=field.field_class.personal)
            masked = masked if field.is_reused_in_requests else host(masked, self.texts.masked)
        else:
            masked = self._inside(text, field)
        if masked != text and field.is_reused_in_requests:
            self.texts.keep(masked, text)
        return masked

    def _inside(self, text: str, field: AnswerField) -> str:
        """Redact what is personal in a text that is not personal as a whole."""
        if text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self.value(inside, field)
            return text if walked == as_json(text) else as_text(walked)
        if not harmless(text):
            text = self.texts.searched(text, field.field_class.name, self._opened)
        return introduced(text, self.texts.masked) if field.field_class.free else text

    def _opened(self, text: str, name: str) -> str:
        """Redact a text that was packed: JSON, members and elements in it, too."""
        inside = as_json(text)
        if inside is None:
            return self.texts.unpacked(text, name)
        walked = AnswerWalk(self.fields, self.texts, NamesInText()).value(inside, self.fields.root(()))
        return text if walked == as_json(text) else as_text(walked)


def _is_of_people(value: dict[str, Any]) -> bool:
    """Tell whether each member of an object is a person's record, so that its keys are what people are called."""
    inner = [item for item in value.values() if type(item) is dict]
    if any(is_person(key) or is_personal(key) for key in value):
        return False
    return len(inner) == len(value) and any(is_personal(key, of_person=True) for item in inner for key in item)
