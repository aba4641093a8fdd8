"""Tables of both systems' data models: every field, every call, and each system as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.worksheet.exports.tables.export_table import PAIR, Cell, ExportTable, yes_no
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.system_profile import SystemProfile
from ipaas_discovery.worksheet.synopsis.schema_line import SchemaLine
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["capability_table", "enum_table", "schema_table", "system_table"]

COLUMNS = {
    "Schemas": (
        *PAIR,
        "side",
        "field",
        "type",
        "data type",
        "format",
        "length",
        "values",
        "required",
        "nullable",
        "key",
        "declared",
        "presence",
        "returned",
        "on create",
        "on update",
        "filled from",
        "goes to",
        "why not",
        "description",
    ),
    "Values": (*PAIR, "side", "field", "count", "known by", "values"),
    "Capabilities": (*PAIR, "side", "ability", "offered", "call", "known by", "note"),
    "Systems": ("system", "subject", "value", "known by"),
}
"""Columns of each table, as people read them."""
MOST_VALUES = 12
"""Values of an enumeration that a cell lists."""
NOT_KNOWN = "unknown"


def schema_table(synopsis: Synopsis) -> ExportTable:
    """List every field of both sides in all shapes, and where it goes or why it goes nowhere."""
    columns = COLUMNS["Schemas"]
    rows = tuple((*part.key, *_schema(line)) for part in synopsis.collections for line in part.schema)
    about = (
        "Every field of both sides, whether a description declares it and in how many records it was seen filled: as "
        "it is returned, as it is received on create and on update, which is only ever declared, and its mapping."
    )
    return ExportTable("Schemas", columns, rows, about, empty="No schema is known.", aside=("why not", "description"))


def enum_table(synopsis: Synopsis) -> ExportTable:
    """List all values of the enumerations of which Schemas shows the first alone."""
    rows = tuple(
        (*part.key, line.side, line.facts.path, len(listed), how or "declared", ", ".join(listed))
        for part in synopsis.collections
        for line in part.schema
        for listed, how in [_listed(line.facts)]
        if len(listed) > MOST_VALUES
    )
    about = f"Fields of more than {MOST_VALUES} values, with all of them; Schemas names the first."
    return ExportTable("Values", COLUMNS["Values"], rows, about, empty="No field has so many values.")


def _schema(line: SchemaLine) -> tuple[Cell, ...]:
    facts = line.facts
    return (
        line.side,
        facts.path,
        " | ".join(facts.types),
        facts.data_type.value if facts.leaf else "",
        facts.format,
        _length(facts),
        _values(facts),
        _required(facts),
        yes_no(facts.nullable),
        yes_no(facts.key),
        yes_no(facts.declared),
        "" if facts.of is None else f"{facts.present} of {facts.of}",
        *(
            NOT_KNOWN if state is None else yes_no(state)
            for state in (facts.returned, facts.on_create, facts.on_update)
        ),
        line.filled_from,
        line.goes_to,
        line.why_not,
        facts.description,
    )


def _length(facts: ModelField) -> str:
    """Say how long a text may be, and how long the longest of the sample is."""
    words = (
        f"at most {facts.max_length}" if facts.max_length is not None else "",
        f"longest {facts.longest}" if facts.longest is not None else "",
    )
    return ", ".join(filter(None, words))


def _values(facts: ModelField) -> str:
    listed, how = _listed(facts)
    more = f", and {len(listed) - MOST_VALUES} more under Values" if len(listed) > MOST_VALUES else ""
    return f"{f'{how}: ' if how else ''}{', '.join(listed[:MOST_VALUES])}{more}" if listed else ""


def _listed(facts: ModelField) -> tuple[tuple[str, ...], str]:
    """Give the values of a field, declared or else seen, and the word for the latter."""
    return (facts.enum, "") if facts.enum else (facts.values, "seen")


def _required(facts: ModelField) -> str:
    """Name the calls that need the field; empty where nothing says so."""
    calls = {"create": facts.required_on_create, "update": facts.required_on_update}
    needed = [call for call, required in calls.items() if required]
    return ", ".join(needed) or ("no" if False in calls.values() else "")


def capability_table(synopsis: Synopsis) -> ExportTable:
    """List what can be done with each collection of both sides, by which call, and how that is known."""
    rows = tuple(
        (*part.key, side, row.ability, yes_no(row.offered) or NOT_KNOWN, row.call, row.grade, row.note)
        for part in synopsis.collections
        for side, facts in (("iPaaS.com", part.facts.ipaas), ("third party", part.facts.third_party))
        for row in facts.capabilities
    )
    about = "What can be done with each collection, by which call, and how that is known."
    columns = COLUMNS["Capabilities"]
    return ExportTable("Capabilities", columns, rows, about, empty="No call is known.")


def system_table(synopsis: Synopsis) -> ExportTable:
    """List what is known of both systems as a whole, the presets of the connection, and how webhooks are read."""
    profiles = (synopsis.facts.ipaas, synopsis.facts.third_party)
    rows = tuple(row for profile in profiles for row in _profile(profile))
    about = "Both systems as a whole: log-in, limits, versions, environments, volumes, presets, webhooks."
    columns = COLUMNS["Systems"]
    return ExportTable("Systems", columns, rows, about, empty="Nothing is known of the systems.")


def _profile(profile: SystemProfile) -> Iterator[tuple[Cell, ...]]:
    for row in profile.rows:
        yield (profile.name, row.subject, row.value, row.grade)
    for preset in profile.presets:
        yield (profile.name, f"preset {preset.name} ({preset.data_type})", preset.description, "declared")
    for row in profile.webhooks:
        yield (profile.name, f"webhook: {row.subject}", row.value, row.grade)
