"""A schema as plain data that JSON can hold, with nothing lost on the way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field as Slot
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Protocol

from ipaas_discovery.schemas.field import Field
from ipaas_discovery.vocabulary import Method

__all__ = ["plain", "plain_schema"]


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
    names = [slot.name for slot in fields(schema) if slot.name not in {"fields", "operations"}]
    operations = {method.value: schema.operations[method] for method in sorted(schema.operations)}
    rest = {name: plain(getattr(schema, name)) for name in names}
    return {**rest, "operations": operations, "fields": [_field(field) for field in schema.fields]}


def plain(value: Any) -> Any:  # noqa: ANN401  any value in, plain data out
    """Return `value` as plain data: exact integers stay, a decimal that no float holds becomes text, so does NaN.

    >>> plain((Decimal("1.50"), Decimal("0.1234567890123456789"), 2**70, float("inf")))
    [1.5, '0.1234567890123456789', 1180591620717411303424, 'inf']
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | float):
        return _number(value)
    if value is None or isinstance(value, str | int):
        return value
    if is_dataclass(value):
        return {slot.name: plain(getattr(value, slot.name)) for slot in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(member) for key, member in sorted(value.items(), key=lambda item: str(item[0]))}
    return [plain(element) for element in value] if isinstance(value, Iterable) else str(value)


def _number(value: Decimal | float) -> float | str:
    """Return a float if it is exactly the number as written, else text."""
    if not Decimal(value).is_finite():
        return str(value)
    near = float(value)
    exact = isinstance(value, float) or (math.isfinite(near) and Decimal(repr(near)) == value)
    return near if exact else str(value)


def _field(field: Field) -> dict[str, Any]:
    row: dict[str, Any] = {"path": field.path}
    if field.declared is not None:
        facts = plain(field.declared)
        row["declared"] = {name: value for name, value in facts.items() if value not in (None, "", [], {})}
    if field.observed is not None:
        row["observed"] = plain(field.observed)
    return row
