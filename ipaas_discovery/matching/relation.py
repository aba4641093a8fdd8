"""Relation between the values of two matched fields, and the reason why they were matched, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from ipaas_discovery.matching.traits import Traits
from ipaas_discovery.schemas.schema import Field

__all__ = ["relation_of", "why_of"]

STRONG = 0.95


def relation_of(source: Traits, destination: Traits) -> str:
    """Tell whether each source value fits: by kind first, then by length.

    Text holds anything, a number holds an integer; the way back is broader. Kinds of which neither
    holds the other are only related.
    """
    ours, theirs = source.kind, destination.kind
    if not ours or not theirs or ours == theirs:
        return _by_length(source.field, destination.field)
    if theirs == "text" or (ours, theirs) == ("integer", "number"):
        narrower = _by_length(source.field, destination.field) == "source broader"
        return "source broader" if narrower else "source narrower"
    if ours == "text" or (ours, theirs) in {
        ("number", "integer"),
        ("number text", "integer"),
        ("number text", "number"),
    }:
        return "source broader"
    if (ours, theirs) in {("integer", "number text"), ("number", "number text"), ("boolean", "boolean text")}:
        return "source narrower"
    return "related"


def _by_length(source: Field, destination: Field) -> str:
    ours, theirs = _longest(source), _limit(destination)
    if theirs is None or ours is None or ours == theirs:
        return "equivalent"
    return "source narrower" if ours < theirs else "source broader"


def _limit(field: Field) -> int | None:
    return field.declared.max_length if field.declared else None


def _longest(field: Field) -> int | None:
    """Return the declared limit, else the length of the longest text observed."""
    seen = field.observed.lengths[1] if field.observed and field.observed.lengths else None
    limit = _limit(field)
    return seen if limit is None else limit


def why_of(source: Traits, destination: Traits, evidence: Mapping[str, float | None]) -> str:
    """Put the strongest evidence for a match into words."""
    reasons = [text for text in (_of_values(evidence), _of_names(source, destination, evidence)) if text]
    if (evidence.get("path") or 0) >= 0.8 and source.place:  # noqa: PLR2004  the places all but agree
        reasons.append(f"both in {' '.join(dict.fromkeys(destination.place or source.place))}")
    if source.kind and source.kind == destination.kind and source.kind not in {"text", "number", "integer"}:
        reasons.append(f"both {source.kind}")
    return "; ".join(reasons) or "nothing better"


def _of_values(evidence: Mapping[str, float | None]) -> str:
    shared = evidence.get("values")
    return f"{shared:.0%} of the sampled values are shared" if shared else ""


def _of_names(source: Traits, destination: Traits, evidence: Mapping[str, float | None]) -> str:
    if source.words == destination.words:
        return "same name"
    if (evidence.get("concept") or 0) >= STRONG:
        return f"both mean {' '.join(source.meanings[0][0])}"
    common = sorted(set(source.meanings[0][0]) & set(destination.meanings[0][0]))
    if common:
        return f"names share {', '.join(common)}"
    return "names are spelled alike" if (evidence.get("name") or 0) >= 0.7 else ""  # noqa: PLR2004  a few letters apart
