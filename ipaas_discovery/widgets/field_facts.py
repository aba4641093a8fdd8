"""Everything that is known of one field of a collection, in words: declared by whom, and observed in the sample."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.renderings.texts import counted, cut, listed, percent
from ipaas_discovery.schemas.field import Declared, Observed
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape

__all__ = ["field_facts", "list_of"]

LONGEST, MOST = 600, 12
"""Characters of a text, and values that are listed."""
Facts = list[list[str]]


def field_facts(shapes: Shapes, path: str) -> Facts:
    """List what is known of a field, each a heading and a sentence: the sample first, then each declared shape."""
    known = {shape: field for shape in Shape for field in shapes.of(shape).fields if field.path == path}
    seen = next((field.observed for field in known.values() if field.observed), None)
    facts = [["observed", text] for text in (_observed(seen) if seen else ())]
    for shape, field in known.items():
        if field.declared:
            facts += [[f"declared, {shape}", text] for text in _declared(field.declared)]
    return facts or [["", "Nothing is known of it beside its name."]]


def list_of(path: str) -> tuple[str, str]:
    """Return the list of names and values that a path leads into, and how it is read: "unfold", "fold", or nothing.

    >>> list_of("custom_fields{Season}.value"), list_of("custom_fields[].value"), list_of("custom_fields")
    (('custom_fields', 'unfold'), ('custom_fields', 'fold'), ('', ''))
    """
    name, names, _ = path.partition("{")
    if names:
        return name, "unfold"
    name, inside, _ = path.rpartition("[].")
    return (name, "fold") if inside else ("", "")


def _observed(seen: Observed) -> Iterator[str]:
    if not seen.of:
        return
    empty = [f"{counted(seen.nulls, 'null')}" if seen.nulls else "", f"{seen.empties:,} empty" if seen.empties else ""]
    yield ", ".join(filter(None, (f"filled in {percent(seen.fill)} of {seen.of:,}, there in {seen.present:,}", *empty)))
    yield "types: " + ", ".join(f"{name} in {count:,}" for name, count in seen.types.items())
    yield f"{counted(seen.distinct, 'different value')}" + (", could be a key" if seen.key_candidate else "")
    if seen.formats:
        yield "formats: " + ", ".join(f"{name} in {count:,}" for name, count in seen.formats.items())
    if seen.top:
        yield "most frequent: " + ", ".join(f"{cut(str(value), 40)} in {count:,}" for value, count in seen.top[:MOST])
    if seen.lengths:
        yield f"{seen.lengths[0]} to {seen.lengths[1]} characters"


def _declared(declared: Declared) -> Iterator[str]:
    words = {"required": declared.required, "may be null": declared.nullable, "read only": declared.read_only}
    words |= {"write only": declared.write_only}
    limits = [f"at most {declared.max_length} characters"] if declared.max_length else []
    kinds = " or ".join(filter(None, (*declared.types, declared.format)))
    yield ", ".join(filter(None, (kinds, *(word for word, holds in words.items() if holds), *limits))) or "of any type"
    if declared.enum:
        more = len(declared.enum) - MOST
        yield "one of " + listed(map(str, declared.enum[:MOST])) + (f", and {more} more" if more > 0 else "")
    if declared.description or declared.title:
        yield cut(" ".join((declared.description or declared.title).split()), LONGEST)
    if declared.source:
        yield f"source: {declared.source}"
