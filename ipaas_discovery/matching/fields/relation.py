"""Relation between two matched fields, the kind of mapping they make, and the reason for the match, in a few words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import Traits
from ipaas_discovery.schemas.schema import Field

__all__ = ["mapping_kind", "refers", "relation_of", "why_of"]


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


def mapping_kind(source: Traits, destination: Traits, share: float | None) -> str:
    """Tell how the value gets across: as a "field" as it is, by a "look-up" of another value, or by a "formula".

    `share` is the part of the values that both sides hold. Ids and codes of other records are looked up, and
    so are the words of two lists that differ; lists that become single values are computed.
    """
    if share == 1.0:
        return "field"
    if source.kind == "array" and destination.kind not in {"array", ""} and not source.path.endswith("[]"):
        return "formula"
    both = refers(source), refers(destination)
    if any(both) or (_listed(destination) and share is not None):
        return "look-up"
    return "field"


def refers(traits: Traits) -> bool:
    """Tell whether the field holds the id of another record: `customer_id` does, `id` and `external_id` do not."""
    words = traits.meanings[0][0]
    spelled = len(traits.words) > 1 and traits.words[-1] == "id" and Thesaurus.load().role(words) != "key"
    return (spelled or (len(words) > 1 and words[-1] == "id")) and not {"external", "tracking"} & set(words)


def _listed(traits: Traits) -> bool:
    return bool(traits.field.declared and traits.field.declared.enum)


def why_of(source: Traits, destination: Traits, evidence: Mapping[str, float | None], shared: int) -> str:
    """Put the strongest evidence for a match into words; `shared` is the number of values that both sides hold."""
    reasons = [
        text for text in (_of_values(source, destination, shared), _of_names(source, destination, evidence)) if text
    ]
    if (evidence.get("path") or 0) >= 0.8 and source.place:  # noqa: PLR2004  the places all but agree
        reasons.append(f"both in {' '.join(dict.fromkeys(destination.place or source.place))}")
    if (evidence.get("description") or 0) >= 0.5:  # noqa: PLR2004  half of what they say
        reasons.append("their descriptions are alike")
    if source.kind and source.kind == destination.kind and source.kind not in {"text", "number", "integer"}:
        reasons.append(f"both {source.kind}")
    return "; ".join(reasons) or "nothing better"


def _of_values(source: Traits, destination: Traits, shared: int) -> str:
    if not shared:
        return ""
    known = "sampled" if source.observed and destination.observed else "known"
    return f"{shared} of {min(len(source.values), len(destination.values))} different {known} values are shared"


def _of_names(source: Traits, destination: Traits, evidence: Mapping[str, float | None]) -> str:
    if source.words == destination.words:
        return "same name"
    if alike := next(
        (ours for ours, _ in source.meanings if any(ours == theirs for theirs, _ in destination.meanings)), None
    ):
        own = source.words == ("id",) and alike != source.words
        return f"{'its own id may be kept as' if own else 'both mean'} {' '.join(alike)}"
    common = sorted(set(source.meanings[0][0]) & set(destination.meanings[0][0]))
    if common:
        return _in_common("names", common, {*source.words} & {*destination.words})
    if (evidence.get("name") or 0) >= 0.6:  # noqa: PLR2004  a few letters apart
        return "names are spelled alike"
    if common := sorted(_all_words(source) & _all_words(destination)):
        written = {*split_words(source.path)} & {*split_words(destination.path)}
        return _in_common("names with their places", common, written)
    return _of_words(_all_words(source), _all_words(destination))


def _in_common(who: str, words: Sequence[str], written: Collection[str]) -> str:
    """Say which words stand in both names, and what else both mean in part: the date, where one says `at`."""
    thesaurus = Thesaurus.load()
    meanings = {one: {one, *chain(*thesaurus.meanings((one,)))} for one in written}
    shared = sorted(one for one, means in meanings.items() if not means.isdisjoint(words))
    meant = [word for word in words if not any(word in means for means in meanings.values())]
    parts = (f"share {', '.join(shared)}" if shared else "", f"mean {', '.join(meant)} in part" if meant else "")
    return f"{who} {' and '.join(filter(None, parts))}"


def _of_words(ours: frozenset[str], theirs: frozenset[str]) -> str:
    """Name a word of each that are alike or near in meaning."""
    from ipaas_discovery.matching.fields.likeness import word_likeness  # noqa: PLC0415  it imports numpy

    pairs = [(a, b) for a in sorted(ours) for b in sorted(theirs)]
    if spelled := next(((a, b) for a, b in pairs if word_likeness(a, b)), None):
        return f"{spelled[0]} and {spelled[1]} are alike"
    fields = Thesaurus.load().fields
    near = next(((a, b) for a, b in pairs if not fields.get(a, frozenset()).isdisjoint(fields.get(b, ()))), None)
    return f"{near[0]} and {near[1]} are near in meaning" if near else ""


def _all_words(traits: Traits) -> frozenset[str]:
    readings = (*(meaning for meaning, _ in traits.meanings), *traits.wholes)
    return frozenset(word for words in readings for word in words)
