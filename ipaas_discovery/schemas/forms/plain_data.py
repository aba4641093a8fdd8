"""A schema as plain data that JSON can hold, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import Field as Slot
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.schemas.field import Field
from ipaas_discovery.vocabulary import Method

__all__ = ["plain_schema"]


class DescribedSchema(Protocol):
    """The parts of a Schema that its plain data needs; the Schema's module imports this one."""

    __dataclass_fields__: ClassVar[dict[str, Slot[Any]]]

    @property
    def fields(self) -> Sequence[Field]: ...
    @property
    def operations(self) -> Mapping[Method, str | None]: ...


def plain_schema(schema: DescribedSchema) -> dict[str, Any]:
    """Return `schema` as dicts, lists, text, numbers, booleans and None, in a fixed order.

    An empty `Declared` fact is left out; every observed count is there.
    """
    shown = (slot.name for slot in fields(schema) if slot.metadata.get("plain", True))
    names = [name for name in shown if name not in {"fields", "operations"}]
    operations = {method.value: schema.operations[method] for method in sorted(schema.operations)}
    rest = {name: plain(getattr(schema, name)) for name in names}
    return {**rest, "operations": operations, "fields": [_field(field) for field in schema.fields]}


def _field(field: Field) -> dict[str, Any]:
    row: dict[str, Any] = {"path": field.path}
    if field.declared is not None:
        facts = plain(field.declared)
        row["declared"] = {name: value for name, value in facts.items() if value not in (None, "", [], {})}
    if field.observed is not None:
        row["observed"] = plain(field.observed)
    return row
