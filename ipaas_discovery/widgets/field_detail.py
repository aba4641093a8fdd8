"""Everything that helps to decide one destination field: its proposals, its values, formulas, the same records."""

from __future__ import annotations

from typing import Any

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.flows.preview import Preview, preview_mapping
from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.matching.field_matches import Match
from ipaas_discovery.matching.formulas.find_formula import find_formula
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula
from ipaas_discovery.renderings.texts import cut_value
from ipaas_discovery.schemas.schema import Field
from ipaas_discovery.widgets.match_rows import MatchRows

__all__ = ["draft_mapping", "field_detail", "preview_rows", "suggested_formula"]

PROPOSALS, VALUES, SHOWN = 8, 60, 5
"""Proposals, values of a source field, and records that are shown at once."""
Values = dict[str, Any]


def field_detail(rows: MatchRows, key: str) -> Values:
    """Collect what is known of one destination field, and the first records as it is filled now."""
    field, mapping = rows.received.field(key), rows.mappings[key]
    source = mapping.sources[0] if mapping.sources else ""
    return {
        "key": key,
        **_declared(field),
        "proposals": [_proposal(rows, match) for match in rows.near.get(key, ())[:PROPOSALS]],
        "values": source_values(rows, source, key) if source else [],
        "source": source,
        "preview": preview_rows(rows, mapping),
    }


def source_values(rows: MatchRows, source: str, key: str) -> list[list[Any]]:
    """List the values of a source field, most frequent first: value, count, and what is to be written for it.

    That is the value most often beside it in the same records, else the one the destination lists in another case.
    """
    field = rows.source.returned.field(source)
    same = rows.agreement(source, key)
    beside: dict[str, str] = {}
    for left, right, _ in sorted(same.value_map if same else (), key=lambda row: -row[2]):
        theirs, ours = (right, left) if rows.to else (left, right)
        if ours:
            beside.setdefault(theirs.strip("'"), ours.strip("'"))
    target = rows.received.field(key)
    listed = target.declared.enum if target and target.declared else ()
    alike = {str(value).casefold(): str(value) for value in listed}
    top = field.observed.top if field and field.observed else ()
    return [
        [str(value), count, beside.get(str(value)) or alike.get(str(value).casefold(), "")]
        for value, count in top[:VALUES]
        if value is not None
    ]


def preview_rows(rows: MatchRows, mapping: fills.Mapping, at: int = 0) -> Values:
    """Show how `mapping` fills its field in a few of the same records, from number `at`; those that differ first."""
    pairs = rows.pairs
    target = rows.received.field(mapping.destination)
    preview = preview_mapping(mapping, pairs, rows.side, target) if pairs else Preview()
    at = max(0, min(at, len(preview.rows) - 1))
    return {
        "at": at,
        "total": len(preview.rows),
        "summary": preview.summary,
        "rows": [
            {
                "record": row.record,
                "inputs": [[path, cut_value(text)] for path, text in row.inputs],
                "written": cut_value(row.written),
                "there": cut_value(row.there),
                "outcome": row.outcome,
                "difference": row.difference,
            }
            for row in preview.rows[at : at + SHOWN]
        ],
    }


def suggested_formula(rows: MatchRows, key: str) -> Values:
    """Look for a formula that gives the field's values in the same records, with how many it explains."""
    pairs = rows.pairs
    try:
        formula = find_formula(pairs, key, side=rows.side) if pairs else None
    except UnknownNameError:  # no record of the destination holds the field
        formula = None
    if formula is None:
        return {"key": key, "formula": "", "words": "No formula of the catalogue gives the values that are there."}
    return {"key": key, "formula": write_formula(formula), "words": str(formula)}


def draft_mapping(key: str, request: Values) -> fills.Mapping:
    """Make the mapping that a request describes and nobody has said yet.

    Raises:
        ConfigurationError: if it is none; says what is missing.
        UnknownNameError: for a formula with an operation that is not in the catalogue.
    """
    kind, source = str(request.get("kind", "")), str(request.get("source") or "")
    word: Values = {name: str(request.get(name) or "") for name in ("default", "condition")}
    if kind == "constant":
        return fills.Mapping(key, "constant", value=str(request.get("value") or ""), **word)
    if kind == "formula":
        formula = parse_formula(key, str(request.get("formula") or ""))
        return fills.Mapping(key, "formula", formula.sources, formula, formula.csharp(), **word)
    if not source:
        raise ConfigurationError("No source field is named", where=key, then="choose one")
    if kind == "value map":
        values = tuple(sorted((str(left), str(right)) for left, right in (request.get("values") or {}).items()))
        return fills.Mapping(key, "look-up", (source,), values=values or (("", ""),), **word)
    if kind == "look-up":
        return fills.Mapping(key, "look-up", (source,), value=str(request.get("of") or ""), **word)
    return fills.Mapping(key, "field", (source,), **word)


def _proposal(rows: MatchRows, match: Match) -> Values:
    same = rows.agreement(match.source, match.destination)
    field = rows.source.returned.field(match.source)
    examples = field.observed.examples if field and field.observed else ()
    return {
        "source": match.source,
        "score": round(match.score, 3),
        "relation": match.relation,
        "kind": match.kind,
        "why": match.why,
        "parts": [[name, round(part, 2)] for name, part in match.evidence.items() if part is not None],
        "same": same.summary if same else "",
        "examples": [cut_value(str(example)) for example in examples[:3]],
    }


def _declared(field: Field | None) -> Values:
    declared = field.declared if field else None
    if declared is None:
        return {"title": "", "description": "", "allowed": [], "limits": ""}
    limits = [declared.format or "", f"at most {declared.max_length} characters" if declared.max_length else ""]
    return {
        "title": declared.title,
        "description": declared.description,
        "allowed": [str(value) for value in declared.enum if value is not None],
        "limits": ", ".join(filter(None, limits)),
    }
