"""Fields that a schema requires, each with what holds it: looked up once, for all flows into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ipaas_discovery.flows.path_reader import list_of
from ipaas_discovery.matching.traits import above
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Field, Schema

__all__ = ["RequiredField", "is_required", "required_by_list", "required_fields"]


class RequiredField(NamedTuple):
    """A field that is required where its holders are, and the objects and lists that hold it, outermost first."""

    field: Field
    holders: tuple[str, ...]


def is_required(field: Field) -> bool:
    """Tell whether a record has to be sent with the field: required, written by senders, in every variant."""
    declared = field.declared
    return bool(declared and declared.required and not declared.read_only and not declared.variants)


@kept
def required_fields(schema: Schema) -> tuple[RequiredField, ...]:
    """List the fields that are required, in the order of their paths."""
    return tuple(RequiredField(field, above(field.path)) for field in schema.fields if is_required(field))


@kept
def required_by_list(schema: Schema) -> Mapping[str, Sequence[RequiredField]]:
    """List the fields that are required of the elements of each list; of the record itself under an empty name."""
    by_list: defaultdict[str, list[RequiredField]] = defaultdict(list)
    for required in required_fields(schema):
        by_list[list_of(required.field.path)].append(required)
    return dict(by_list)
