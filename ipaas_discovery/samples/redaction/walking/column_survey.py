"""Records of an answer looked at column by column: which of their values need no look of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import chain
from operator import itemgetter
from typing import Any

from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields
from ipaas_discovery.samples.redaction.classify_field import FieldClass
from ipaas_discovery.samples.redaction.named_values import roles
from ipaas_discovery.samples.redaction.unstructured import may_introduce
from ipaas_discovery.samples.redaction.value_patterns import LEAST_CARD, are_harmless, are_numbers

__all__ = ["LEAST_RECORDS", "ColumnSurvey", "KnownMembers"]

LEAST_RECORDS = 8
"""Fewer objects of the same keys are sooner looked at one by one."""
NOTHING, TEXTS, LISTS, CONTAINERS = {type(None), bool}, {type(None), str}, {type(None), list}, {type(None), dict, list}
Record = dict[str, Any]
Table = dict[str, Sequence[Any]]


class Need(Enum):
    """Need of a look at values: at none, or at each."""

    NONE = auto()
    EACH = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """Harmless texts, in which a name may be told.

    Attributes:
        keys: their keys, where they stand in objects of their own.
        free: true where people write what they like.
        listed: true where they stand in lists.
    """

    keys: tuple[str, ...] = ()
    free: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """The texts of one key, all of them personal as a whole, and some of them names.

    Attributes:
        field_class: what the name of the key tells.
        pseudonyms: the pseudonym of each text.
    """

    field_class: FieldClass
    pseudonyms: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class KnownMembers:
    """The members of an object that its redaction is about.

    Attributes:
        looked: the keys of those that may be personal, or hold what is.
        texts: the keys of harmless texts, in which a name may be told.
        free: the keys of those among them where people write what they like.
        lists: the keys of lists of such texts.
        held: the keys of objects, or lists of them, of which nothing but such texts matters, with the texts' keys.
        masked: the keys of texts that are personal as a whole and may be names, with the pseudonym of each.
        field: the field in which the object stands, as its keys tell it.
    """

    looked: tuple[str, ...]
    texts: tuple[str, ...]
    free: tuple[str, ...]
    lists: tuple[str, ...]
    held: tuple[tuple[str, tuple[str, ...]], ...]
    masked: tuple[tuple[str, Masked], ...]
    field: AnswerField | None = None

    @property
    def are_texts(self) -> bool:
        """True if nothing but harmless texts matters."""
        return not (self.looked or self.free or self.lists or self.held or self.masked)


Column = Need | Told | Masked | AnswerField
"""All values of one key; or the field of the objects that they are."""


@dataclass(slots=True, eq=False)
class ColumnSurvey:
    """Knowledge beforehand of the objects in a list, and of those that they hold; texts that need no more are redacted.

    Attributes:
        fields: the fields of the system's answers.
        mask: gives the pseudonym of a text.
        members: by an object's identity, its members to redact; nothing of an object that was not surveyed.
        surveyed: the objects, kept so that no other takes the identity of one.
    """

    fields: AnswerFields
    mask: Callable[[str], str]
    members: dict[int, KnownMembers] = field(default_factory=dict)
    surveyed: list[list[Record]] = field(default_factory=list)

    def of_records(self, records: list[Record], field: AnswerField) -> Need | Told:
        """Look over the objects in one field, and tell what is to be done about all of them."""
        inner: dict[AnswerField, list[Record]] = {}
        groups = []
        for values, group in _tables(records):
            described = field.described_by(tuple(values))
            groups.append((group, described, self._columns(values, group, described, inner)))
        of_inner = {child: self.of_records(held, child) for child, held in inner.items()}
        members = [None if columns is None else _members(columns, of_inner, known) for _, known, columns in groups]
        if len(groups) == 1 and (only := members[0]) is not None and only.are_texts:
            return Told(only.texts) if only.texts else Need.NONE
        for (group, _, _), known in zip(groups, members, strict=True):
            if known is not None:
                self.members.update(dict.fromkeys(map(id, group), known))
                self.surveyed.append(group)
        return Need.EACH

    def _columns(
        self, table: Table, records: list[Record], field: AnswerField, inner: dict[AnswerField, list[Record]]
    ) -> dict[str, Column] | None:
        """Tell of each key what its values are; None of objects that are few, or more than their members.

        Args:
            table: the values by key.
            records: the objects.
            field: the field in which they stand.
            inner: takes up the objects that they hold, by the field in which these stand.
        """
        if len(records) < LEAST_RECORDS or field.kept_by == "person" or roles(tuple(table)) is not None:
            return None
        fields = {key: self.fields.inside(field, key) for key in table}
        if field.renamed:
            return None
        columns: dict[str, Column] = {}
        for (key, values), child in zip(table.items(), fields.values(), strict=True):
            kinds = set(map(type, values))
            if kinds <= NOTHING:
                columns[key] = Need.NONE
            elif kinds <= CONTAINERS and (held := _objects_in(values)) is not None:
                inner.setdefault(child, []).extend(held)
                columns[key] = child
            elif kinds <= LISTS and (texts := _texts_in(values)) is not None:
                columns[key] = _of_lists(texts, key, field)
            elif kinds <= TEXTS and child.is_personal:
                columns[key] = self._masked(values, child, key, records)
            elif kinds <= TEXTS and child.is_free:
                columns[key] = _of_free(values, child)
            else:
                columns[key] = _of_plain(values, kinds, key, field)
        return columns

    def _masked(
        self, values: Sequence[str | None], child: AnswerField, key: str, records: Iterable[Record]
    ) -> Masked | Need:
        """Redact texts that are all personal as a whole; names stay until they are told, others need a look."""
        texts = set(filter(None, values))
        if not child.field_class.of_all(texts):
            return Need.EACH
        pseudonyms = {text: self.mask(text) for text in texts}
        if child.field_class.names:
            return Masked(child.field_class, pseudonyms)
        for record, text in zip(records, values, strict=True):
            if text:
                record[key] = pseudonyms[text]
        return Need.NONE


def _members(
    columns: Mapping[str, Column], of_inner: Mapping[AnswerField, Need | Told], field: AnswerField
) -> KnownMembers:
    """Part the keys of objects in a field by what is to be done about their values."""
    inner = {key: of_inner[column] for key, column in columns.items() if isinstance(column, AnswerField)}
    plain = {key: column for key, column in columns.items() if key not in inner}
    texts = {key: column for key, column in plain.items() if isinstance(column, Told)}
    return KnownMembers(
        tuple(key for key, column in {**plain, **inner}.items() if column is Need.EACH),
        tuple(key for key, column in texts.items() if not (column.free or column.listed)),
        tuple(key for key, column in texts.items() if column.free),
        tuple(key for key, column in texts.items() if column.listed),
        tuple((key, column.keys) for key, column in inner.items() if isinstance(column, Told)),
        tuple((key, column) for key, column in plain.items() if isinstance(column, Masked)),
        field,
    )


def _tables(records: list[Record]) -> Iterator[tuple[Table, list[Record]]]:
    """Sort objects by their keys, and give the values under each."""
    keys = tuple(records[0])
    if {len(keys)} == set(map(len, records)):
        with suppress(KeyError):
            yield _table(keys, records), records
            return
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple(record), []).append(record)
    yield from ((_table(keys, group), group) for keys, group in groups.items())


def _table(keys: tuple[str, ...], records: list[Record]) -> Table:
    if len(keys) < 2:  # noqa: PLR2004  of one key, the getter gives no row
        return {key: [record[key] for record in records] for key in keys}
    return dict(zip(keys, zip(*map(itemgetter(*keys), records), strict=True), strict=True))


def _objects_in(values: Iterable[Any]) -> list[Record] | None:
    """List the objects among these values and in the lists among them; None if a list holds anything else."""
    lists = [value for value in values if type(value) is list]
    items = [*chain.from_iterable(lists)]
    objects = [value for value in values if type(value) is dict]
    return [*objects, *items] if (objects or items) and set(map(type, items)) <= {dict} else None


def _texts_in(values: Iterable[list[Any] | None]) -> list[str] | None:
    """List the texts in these lists; None if there are none, or anything else."""
    items = [*chain.from_iterable(filter(None, values))]
    return items if set(map(type, items)) == {str} else None


def _of_lists(texts: Sequence[str], key: str, field: AnswerField) -> Need | Told:
    """Tell what texts in lists under one key are."""
    if key not in field.plain or not are_harmless(texts):
        return Need.EACH
    return Told(listed=True) if field.plain[key] else Need.NONE


def _of_free(values: Iterable[str | None], child: AnswerField) -> Need | Told:
    """Tell what texts are in which people write what they like; with a word before a name in any, they need a look."""
    texts = [*filter(None, values)]
    if not are_harmless(texts) or may_introduce("\n".join(texts)):
        return Need.EACH
    return Told(free=True) if child.takes_names else Need.NONE


def _of_plain(values: Sequence[Any], kinds: set[type], key: str, field: AnswerField) -> Need | Told:
    """Tell what texts and numbers under one key are; by the key's name, or the form of any, they need a look."""
    if key not in field.quiet or not kinds.isdisjoint({dict, list}):
        return Need.EACH
    if int in kinds and max(_of_kind(int, values, kinds)) >= LEAST_CARD:
        return Need.EACH
    texts = _of_kind(str, values, kinds)
    if not texts or (key in field.plain and are_numbers(texts)):
        return Need.NONE
    if key not in field.plain or not are_harmless(texts):
        return Need.EACH
    return Told() if field.plain[key] else Need.NONE


def _of_kind(kind: type, values: Sequence[Any], kinds: set[type]) -> Sequence[Any]:
    """Give the values of one kind."""
    if kinds == {kind}:
        return values
    return [value for value in values if type(value) is kind] if kind in kinds else ()
