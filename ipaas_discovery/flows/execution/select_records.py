"""Records that meet the condition of a flow, and what is observed of them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.selection import Selection
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Field, Observed, Schema

__all__ = ["select_records"]


def select_records(source: Schema, columns: RecordColumns, condition: str) -> tuple[Schema, RecordColumns, Selection]:
    """Select the records that meet a condition; what the schema says of values is then what they show.

    Args:
        source: the schema of all records.
        columns: all records of the sample; none leave the schema as it is.
        condition: a `Condition`, as text; an empty one leaves all as it is.

    Raises:
        ConfigurationError: if it is no condition.
    """
    parsed = Condition.parse(condition)
    if not parsed.either or not columns.records:
        return source, columns, Selection(parsed.text)
    chosen = columns.selected(parsed)
    kept = chosen.kept.get(Selection)
    if kept is None or kept[0] is not source:
        kept = chosen.kept[Selection] = source, _of_records(source, chosen)
    return kept[1], chosen, Selection(parsed.text, len(chosen.records), len(columns.records))


def _of_records(source: Schema, columns: RecordColumns) -> Schema:
    """Replace what was observed of all records by what these alone show."""
    seen = observe(columns.records, known=source, unfold={one.path for one in source.named_lists})
    observed = {field.path: field.observed for field in seen.fields}
    fields = tuple(_of_field(field, observed, len(columns.records)) for field in source.fields)
    return replace(source, fields=fields, records=seen.records, variants=seen.variants)


def _of_field(field: Field, observed: Mapping[str, Observed | None], records: int) -> Field:
    if field.observed is None and field.path not in observed:
        return field
    nothing = Observed(0 if "[]" in field.path else records, 0)
    return replace(field, observed=observed.get(field.path, nothing))
