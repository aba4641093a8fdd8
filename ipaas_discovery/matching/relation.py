"""How the values of two matched fields relate, and why they were matched, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from ipaas_discovery.matching.traits import Traits
from ipaas_discovery.schemas.schema import Field

__all__ = ["relation_of", "why_of"]

STRONG = 0.95


def relation_of(source: Traits, destination: Traits) -> str:
    """Whether each source value fits: by kind first, then by length.

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


def _limit(each: Field) -> int | None:
    return each.declared.max_length if each.declared else None


def _longest(each: Field) -> int | None:
    """The declared limit, else the longest text observed."""
    seen = each.observed.lengths[1] if each.observed and each.observed.lengths else None
    limit = _limit(each)
    return seen if limit is None else limit


def why_of(source: Traits, destination: Traits, evidence: Mapping[str, float | None]) -> str:
    """The strongest evidence for a match, in words."""
    told = [text for text in (_of_values(evidence), _of_names(source, destination, evidence)) if text]
    if (evidence.get("path") or 0) >= 0.8 and source.place:  # noqa: PLR2004  the places all but agree
        told.append(f"both in {' '.join(dict.fromkeys(destination.place or source.place))}")
    if source.kind and source.kind == destination.kind and source.kind not in {"text", "number", "integer"}:
        told.append(f"both {source.kind}")
    return "; ".join(told) or "nothing better"


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
