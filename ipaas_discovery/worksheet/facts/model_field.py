"""Facts of one field in all three shapes of its collection, as a worksheet writes them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Grade

__all__ = ["ModelField", "PlatformType", "model_fields"]

LONGEST_TEXT = 300
"""Characters of a description that are kept."""


class PlatformType(StrEnum):
    """Data types that the platform has for a field; `NONE` for an object or a list, which is a table of its own."""

    NONE = "none"
    STRING = "string"
    NUMBER = "number"
    BOOL = "boolean"
    GUID = "guid"
    ENCRYPTED = "encrypted"
    PASSWORD = "password"  # noqa: S105  the name of a data type
    ENUM = "enum"
    DATE = "date"
    DATETIME = "datetime"


BY_FORMAT = {
    "uuid": PlatformType.GUID,
    "date": PlatformType.DATE,
    "date-time": PlatformType.DATETIME,
    "password": PlatformType.PASSWORD,
}
BY_TYPE = {
    "string": PlatformType.STRING,
    "integer": PlatformType.NUMBER,
    "number": PlatformType.NUMBER,
    "boolean": PlatformType.BOOL,
}


@dataclass(frozen=True, slots=True)
class ModelField(Card):
    """One field of a collection, in all three shapes.

    `returned`, `on_create` and `on_update` are None where nobody knows that shape, as `required_on_create`,
    `required_on_update`, `nullable` and `key` are where nothing says so.

    >>> ModelField("id", ("integer",), key=True).data_type
    <PlatformType.NUMBER: 'number'>

    Attributes:
        path: the dotted path.
        types: JSON types, without null.
        format: the format of its texts.
        max_length: the declared limit of a text.
        longest: the longest text of the sample.
        enum: the values that are declared.
        values: the values that the sample has again and again, where they are few.
        returned: True if records come with it.
        on_create: True if it is received when a record is created.
        on_update: True if it is received when a record is changed.
        required_on_create: True if a new record needs it.
        required_on_update: True if a change needs it.
        nullable: True if it may be null.
        key: True if it is filled and different in all records of the sample.
        present: the records, or elements of a list, that hold it filled.
        of: those that could hold it; None where nothing was read.
        description: what it is for.
        declared: True if a description names it, False if it was seen alone; None in facts of an earlier version.
    """

    path: str
    types: tuple[str, ...] = ()
    format: str = ""
    max_length: int | None = None
    longest: int | None = None
    enum: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    returned: bool | None = None
    on_create: bool | None = None
    on_update: bool | None = None
    required_on_create: bool | None = None
    required_on_update: bool | None = None
    nullable: bool | None = None
    key: bool | None = None
    present: int | None = None
    of: int | None = None
    description: str = ""
    declared: bool | None = None

    @property
    def grade(self) -> str:
        """Grade of the field: declared, observed in a sample, or both; empty where nothing says so."""
        seen = bool(self.present) or (self.declared is False and self.of is not None)
        return ", ".join(filter(None, (Grade.DECLARED.value * bool(self.declared), Grade.OBSERVED.value * seen)))

    @property
    def received(self) -> bool:
        """True if the system takes it, on create or on update."""
        return bool(self.on_create or self.on_update)

    @property
    def leaf(self) -> bool:
        """True if it holds a value, and no fields of its own."""
        return not set(self.types) & {"object", "array"}

    @property
    def data_type(self) -> PlatformType:
        """The platform's data type, by format, values and JSON type; a text where these leave several open."""
        if self.enum and self.leaf:
            return PlatformType.ENUM
        if self.format in BY_FORMAT:
            return BY_FORMAT[self.format]
        kinds = {BY_TYPE.get(kind, PlatformType.NONE) for kind in self.types} or {PlatformType.NONE}
        return kinds.pop() if len(kinds) == 1 else PlatformType.STRING if self.leaf else PlatformType.NONE


def model_fields(shapes: Shapes) -> tuple[ModelField, ...]:
    """List the facts of every field of a collection, those of all shapes, sorted by path."""
    schemas = (shapes.returned, shapes.create, shapes.update)
    by_path = [{field.path: field for field in schema.fields} for schema in schemas]
    known = [schema.known for schema in schemas]
    return tuple(_facts(path, [fields.get(path) for fields in by_path], known) for path in shapes.paths)


def _facts(path: str, shapes: list[Field | None], known: list[bool]) -> ModelField:
    returned, create, update = shapes
    present = [field for field in shapes if field]
    stated = [field.declared for field in (create, update, returned) if field and field.declared]
    seen = returned.observed if returned else None
    return ModelField(
        path,
        types=next((field.types for field in present if field.types), ()),
        format=next((field.format for field in present if field.format), ""),
        max_length=next((facts.max_length for facts in stated if facts.max_length is not None), None),
        longest=_longest(seen),
        enum=_texts(next((facts.enum for facts in stated if facts.enum), ())),
        values=_texts(seen.enum_candidate if seen else ()),
        returned=None if not known[0] else returned is not None and not _only(returned.declared, written=True),
        on_create=None if not known[1] else create is not None and not _only(create.declared, written=False),
        on_update=None if not known[2] else update is not None and not _only(update.declared, written=False),
        required_on_create=create.required if create else None,
        required_on_update=update.required if update else None,
        nullable=_nullable(stated, seen),
        key=seen.key_candidate if seen else None,
        present=seen.filled if seen else None,
        of=seen.of if seen else None,
        description=next(_descriptions(stated), ""),
        declared=bool(stated),
    )


def _only(declared: Declared | None, *, written: bool) -> bool:
    """Tell whether a shape lists a field only to say that it is not part of it."""
    return bool(declared and (declared.write_only if written else declared.read_only))


def _longest(seen: Observed | None) -> int | None:
    return seen.lengths[1] if seen and seen.lengths and "string" in seen.types else None


def _texts(values: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value is not None)


def _nullable(stated: list[Declared], seen: Observed | None) -> bool | None:
    words = [facts.nullable for facts in stated if facts.nullable is not None]
    return True if any(words) or (seen and seen.nulls) else False if words else None


def _descriptions(stated: list[Declared]) -> Iterator[str]:
    for facts in stated:
        text = ": ".join(dict.fromkeys(filter(None, (facts.title, facts.description))))
        if text:
            yield text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
