"""A schema as plain data: what JSON can hold, and nothing that is lost on the way."""

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


def plain(value: Any) -> Any:  # noqa: ANN401  any value in, plain data out
    """`value` as plain data: exact integers stay, a decimal that no float holds becomes text, so does NaN.

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
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in sorted(value.items(), key=lambda item: str(item[0]))}
    return [plain(each) for each in value] if isinstance(value, Iterable) else str(value)


def _number(value: Decimal | float) -> float | str:
    """A float where it is the number exactly as written, text otherwise."""
    if not Decimal(value).is_finite():
        return str(value)
    near = float(value)
    exact = isinstance(value, float) or (math.isfinite(near) and Decimal(repr(near)) == value)
    return near if exact else str(value)


def _field(each: Field) -> dict[str, Any]:
    row: dict[str, Any] = {"path": each.path}
    if each.declared is not None:
        said = plain(each.declared)
        row["declared"] = {name: value for name, value in said.items() if value not in (None, "", [], {})}
    if each.observed is not None:
        row["observed"] = plain(each.observed)
    return row
