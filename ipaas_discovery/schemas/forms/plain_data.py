"""A schema as plain data: what JSON can hold, and nothing that is lost on the way."""

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
    """A Schema, whose module tells itself through this one."""

    __dataclass_fields__: ClassVar[dict[str, Slot[Any]]]

    @property
    def fields(self) -> Sequence[Field]: ...
    @property
    def operations(self) -> Mapping[Method, str | None]: ...


def plain_schema(schema: DescribedSchema) -> dict[str, Any]:
    """`schema` as dicts, lists, text, numbers, booleans and None, in a fixed order.

    What nothing says (an empty `Declared` fact) is left out; of what was observed every count is there.
    """
    names = [each.name for each in fields(schema) if each.name not in {"fields", "operations"}]
    operations = {method.value: schema.operations[method] for method in sorted(schema.operations)}
    rest = {name: plain(getattr(schema, name)) for name in names}
    return {**rest, "operations": operations, "fields": [_field(each) for each in schema.fields]}


def _field(each: Field) -> dict[str, Any]:
    row: dict[str, Any] = {"path": each.path}
    if each.declared is not None:
        said = plain(each.declared)
        row["declared"] = {name: value for name, value in said.items() if value not in (None, "", [], {})}
    if each.observed is not None:
        row["observed"] = plain(each.observed)
    return row
