"""A schema as a tree-table: fields nested by path, filled shares as a bar, types, format, facts in words, examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ipaas_discovery.renderings.texts import counted, cut, percent
from ipaas_discovery.renderings.trees import Branch, Tree
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.field_paths import list_depth, split_path, unescape

if TYPE_CHECKING:
    from ipaas_discovery.schemas.named_list import NamedList
    from ipaas_discovery.schemas.problems import Variant
    from ipaas_discovery.vocabulary import Shape

__all__ = ["outline", "shares"]

COLUMNS = ("field", "filled", "types", "format", "said of it", "seen", "examples")
EXAMPLES, LONGEST, VALUES, VARIANTS, PROSE = 3, 28, 5, 4, 160
"""Examples a field, characters an example, values of an enumeration, kinds of records, characters of a description."""

Location = tuple[str, ...]


class OutlinedSchema(Protocol):
    """The parts of a Schema that an outline needs; the Schema's module imports this one."""

    @property
    def system(self) -> str: ...
    @property
    def collection(self) -> str: ...
    @property
    def shape(self) -> Shape: ...
    @property
    def fields(self) -> Sequence[Field]: ...
    @property
    def named_lists(self) -> Sequence[NamedList]: ...
    @property
    def records(self) -> int | None: ...
    @property
    def known(self) -> bool: ...
    @property
    def envelope(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def variants(self) -> Sequence[Variant]: ...
    @property
    def problems(self) -> Sequence[object]: ...


def outline(schema: OutlinedSchema) -> Tree:
    """Outline every field of `schema` as rows to read; values and descriptions are cut, and a note says so.

    >>> from ipaas_discovery.schemas.schema import Schema
    >>> schema = Schema.from_fields([{"path": "lines[].sku", "types": ["string"], "required": True, "max_length": 50}])
    >>> [(branch.depth, branch.name, branch.cells[0], branch.cells[2]) for branch in outline(schema).branches]
    [(0, 'lines', '', ''), (1, 'sku', 'string', 'required, length up to 50')]
    """
    branches = tuple(_branch(location, field, schema.records) for location, field in _nested(schema.fields))
    return Tree(_title(schema), _claim(schema), COLUMNS, branches, tuple(_notes(schema)))


def shares(seen: Observed) -> tuple[tuple[str, float], ...]:
    """Return the shares of objects with the field filled, null, empty, or absent; together 1.

    >>> shares(Observed(of=10, present=8, nulls=1, empties=2))
    (('filled', 0.5), ('null', 0.1), ('empty', 0.2), ('absent', 0.2))
    """
    counts = {"filled": seen.filled, "null": seen.nulls, "empty": seen.empties, "absent": seen.of - seen.present}
    return tuple((name, count / seen.of if seen.of else 0.0) for name, count in counts.items())


def _nested(fields: Iterable[Field]) -> Iterator[tuple[Location, Field]]:
    """Yield fields in reading order, each after its parent; a parent without a field of its own gets an empty one."""
    by_location: dict[Location, Field] = {}
    for field in sorted(fields, key=lambda field: _location(field.path)):
        location = _location(field.path)
        for depth in range(1, len(location)):
            if location[:depth] not in by_location:
                by_location[location[:depth]] = Field(_above(field.path, location[:depth]))
        by_location[location] = field
    yield from sorted(by_location.items())


def _location(path: str) -> Location:
    """Return the location of a path in the tree: its keys, and one more step for each list whose elements it means.

    `lines[].sku` stands below `lines` as `lines` does not hold plain elements; `tags[]` stands below `tags`.
    """
    parts = [list_depth(part) for part in split_path(path)]
    last = parts[-1][1]
    return (*(key for key, _ in parts), *(["[]"] * last))


def _above(path: str, location: Location) -> str:
    """Return the path of the row at `location`, above the row of `path`."""
    parts = split_path(path)[: len(location)]
    return ".".join([*parts[:-1], list_depth(parts[-1])[0] + "[]" * (len(location) - len(parts))])


def _branch(location: Location, field: Field, records: int | None) -> Branch:
    declared, seen = field.declared or Declared(), field.observed
    return Branch(
        depth=len(location) - 1,
        name="[] each element" if location[-1] == "[]" else unescape(location[-1]) or '""',
        path=field.path,
        shares=shares(seen) if seen and seen.of else (),
        words=_filled(seen, records) if seen else "",
        cells=(
            _types(field),
            field.format or "",
            ", ".join(_declared_facts(declared)),
            ", ".join(_seen(seen)) if seen else "",
            ", ".join(map(_value, seen.examples[:EXAMPLES])) if seen else "",
        ),
        note=cut(_prose(field), PROSE),
    )


def _prose(field: Field) -> str:
    r"""Join the title and the description of a field on one line; a title that only spells the name anew says nothing.

    >>> _prose(Field("customer_id", Declared(title="Customer ID", description="Who\n  pays")))
    'Who pays'
    """
    declared = field.declared or Declared()
    title, name = ("".join(filter(str.isalnum, text)).lower() for text in (declared.title, field.name))
    parts = (declared.title if title != name else "", declared.description)
    return ": ".join(" ".join(part.split()) for part in parts if part.strip())


def _filled(seen: Observed, records: int | None) -> str:
    """Describe the bar in words, with the number of objects if it is not the number of records."""
    parts = [f"{percent(share)} {name}" for name, share in shares(seen)[1:] if share]
    of = "" if seen.of == records else f" of {seen.of:,}"
    return ", ".join([percent(seen.fill) + of, *parts])


def _types(field: Field) -> str:
    """List the observed types, with counts if there are several, and the declared ones if they differ."""
    declared = [kind for kind in (field.declared.types if field.declared else ()) if kind != "null"]
    seen = sorted(kind for kind in field.observed.types if kind != "null") if field.observed else []
    if not seen:
        return ", ".join(declared)
    counts = field.observed.types if field.observed else {}
    ranked = sorted(seen, key=lambda kind: (-counts[kind], kind))
    shown = ", ".join(f"{kind} {counts[kind]:,}" for kind in ranked) if len(seen) > 1 else seen[0]
    return f"{shown} (declared {', '.join(declared)})" if declared and set(seen) - set(declared) else shown


def _declared_facts(declared: Declared) -> Iterator[str]:
    """Yield the declared facts in words; nothing for a fact that is not declared."""
    facts = {
        "required": declared.required,
        "may be null": declared.nullable,
        "read-only": declared.read_only,
        "write-only": declared.write_only,
    }
    yield from (words for words, flag in facts.items() if flag)
    if declared.nullable is False:
        yield "never null"
    if declared.max_length is not None:
        yield f"length up to {declared.max_length:,}"
    if declared.enum:
        yield f"one of {_values(declared.enum)}"


def _values(values: Sequence[Any]) -> str:
    more = len(values) - VALUES
    return " | ".join(map(_value, values[:VALUES])) + (f" and {more:,} more" if more > 0 else "")


def _seen(seen: Observed) -> Iterator[str]:
    """Yield ranges, the number of different values, and their possible use."""
    if seen.values is not None:
        yield _span(*seen.values)
    if seen.list_lengths is not None:
        yield f"{_span(*seen.list_lengths)} element{'s'[: seen.list_lengths != (1, 1)]}"
    if seen.lengths is not None and seen.lengths != seen.list_lengths:
        yield f"length {_span(*seen.lengths)}"
    if seen.keys:
        yield f"a map of {seen.keys:,} keys"
    yield from _different(seen)
    if seen.unsafe_integers:
        yield f"{seen.unsafe_integers:,} beyond 2^53"


def _different(seen: Observed) -> Iterator[str]:
    """Describe the number of different values, or the values themselves if they are few and repeat."""
    few = seen.enum_candidate
    if seen.distinct == 1 and seen.filled > 1:
        yield "always the same"
    elif 0 < len(few) <= VALUES:
        yield f"always one of {_values(few)}"
    elif seen.distinct:
        about, again = "about " if seen.distinct_error else "", ", again and again" if few else ""
        yield f"{about}{seen.distinct:,} different{again}"
    if seen.key_candidate:
        yield "could be a key"


def _span(low: Any, high: Any) -> str:  # noqa: ANN401  int, float or Decimal
    return cut(f"{low:,}", LONGEST) if low == high else f"{cut(f'{low:,}', LONGEST)} to {cut(f'{high:,}', LONGEST)}"


def _value(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Write a value as JSON would, a text without its quotes."""
    return cut({True: "true", False: "false"}[value] if isinstance(value, bool) else str(value), LONGEST)


def _title(schema: OutlinedSchema) -> str:
    return ", ".join(part for part in (schema.system, schema.collection, schema.shape.value) if part)


def _claim(schema: OutlinedSchema) -> str:
    count = counted(len(schema.fields), "field")
    seen = "" if schema.records is None else f" in {counted(schema.records, 'record')}"
    if not schema.known:
        return "Nothing is known of this shape."
    envelope = f" The records are wrapped in {schema.envelope}." if schema.envelope else ""
    source = "" if schema.source in ("", "records") else f" {schema.source.rstrip('.')}."
    return f"{count}{seen}.{source}{envelope}"


def _notes(schema: OutlinedSchema) -> Iterator[str]:
    """Yield notes on what the rows do not show: kinds of records, problems, and what is left out."""
    if len(schema.variants) > 1:
        yield _variants(schema.variants)
    yield from (f"{note}." for note in (*schema.problems, *schema.named_lists))
    seen = [field.observed for field in schema.fields if field.observed]
    if any(
        len(observed.examples) > EXAMPLES or any(len(str(value)) > LONGEST for value in observed.examples)
        for observed in seen
    ):
        yield f"Examples: {EXAMPLES} a field at most, cut at {LONGEST} characters."
    if any(len(_prose(field)) > PROSE for field in schema.fields):
        yield f"Descriptions are cut at {PROSE} characters."
    if any(observed.top for observed in seen):
        yield "Frequent values are left out."


def _variants(variants: Sequence[Variant]) -> str:
    """Count the records with each set of keys, besides the keys that all of them hold."""
    common = frozenset.intersection(*(frozenset(variant.keys) for variant in variants))
    parts = []
    for variant in variants[:VARIANTS]:
        extra = [key for key in variant.keys if key not in common]
        names = ", ".join(cut(key, LONGEST) for key in extra[:VALUES]) or "nothing else"
        more = f" and {len(extra) - VALUES:,} more keys" if len(extra) > VALUES else ""
        parts.append(f"{variant.count:,} hold {names}{more}")
    left = f"; {len(variants) - VARIANTS:,} more kinds" if len(variants) > VARIANTS else ""
    besides = f"{len(variants):,} kinds of record, by their keys besides the {len(common):,} that all hold"
    return f"{besides}: {'; '.join(parts)}{left}."
