"""Join schema nodes: the parts of an allOf, and the alternatives of a oneOf or anyOf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ipaas_discovery.systems.openapi.node import VARIANTS, Node

__all__ = ["both", "either"]

Number = TypeVar("Number", int, float)


def both(one: Node, other: Node) -> Node:
    """Join two schemas that both apply: the parts of an allOf.

    Limits are the narrower; of what cannot be joined (types, formats, descriptions) the first is kept.
    """
    properties = dict(one.properties)
    for name, raw in other.properties.items():
        properties[name] = {"allOf": [properties[name], raw]} if name in properties else raw
    return Node(
        types=one.types or other.types,
        nullable=_first(one.nullable, other.nullable),
        properties=properties,
        required=one.required | other.required,
        items=_joined(one.items, other.items),
        values=_joined(one.values, other.values),
        format=one.format or other.format,
        enum=tuple(value for value in one.enum if value in other.enum) or one.enum or other.enum,
        min_length=_of(max, [one.min_length, other.min_length]),
        max_length=_of(min, [one.max_length, other.max_length]),
        pattern=one.pattern or other.pattern,
        minimum=_of(max, [one.minimum, other.minimum]),
        maximum=_of(min, [one.maximum, other.maximum]),
        exclusive_minimum=_of(max, [one.exclusive_minimum, other.exclusive_minimum]),
        exclusive_maximum=_of(min, [one.exclusive_maximum, other.exclusive_maximum]),
        multiple_of=_of(max, [one.multiple_of, other.multiple_of]),
        read_only=_first(one.read_only, other.read_only),
        write_only=_first(one.write_only, other.write_only),
        title=one.title or other.title,
        description=one.description or other.description,
        refs=one.refs | other.refs,
        variants=one.variants or other.variants,
    )


def either(branches: Sequence[Node], names: Sequence[str], *, alone: bool = False) -> Node:
    """Join schemas of which one applies: any branch's types and properties, required if all require them.

    With `alone` none of them may apply as well, so that nothing is required.
    """
    real = [node for node in branches if not _is_null(node)]
    if not real:
        return Node(nullable=True if branches else None)
    named = [(name, node) for name, node in zip(names, branches, strict=True) if not _is_null(node)]
    first = real[0]
    same = len(real) == 1
    values = [node.values for node in real if node.values is not None]
    items = [node.items for node in real if node.items is not None]
    nullable = True if len(real) < len(branches) or any(node.nullable for node in real) else first.nullable
    return Node(
        types=tuple(sorted({kind for node in real for kind in node.types})) if all(node.types for node in real) else (),
        nullable=nullable,
        properties=_united(named, alone=alone),
        required=frozenset() if alone else frozenset.intersection(*(node.required for node in real)),
        items=_any(items),
        values=_any(values),
        format=first.format if len({node.format for node in real}) == 1 else None,
        enum=_values(real) if all(node.enum for node in real) else (),
        min_length=_of(min, [node.min_length for node in real], every=True),
        max_length=_of(max, [node.max_length for node in real], every=True),
        pattern=first.pattern if len({node.pattern for node in real}) == 1 else None,
        minimum=_of(min, [node.minimum for node in real], every=True),
        maximum=_of(max, [node.maximum for node in real], every=True),
        exclusive_minimum=_of(min, [node.exclusive_minimum for node in real], every=True),
        exclusive_maximum=_of(max, [node.exclusive_maximum for node in real], every=True),
        multiple_of=_of(min, [node.multiple_of for node in real], every=True),
        read_only=first.read_only if same else (True if all(node.read_only for node in real) else None),
        write_only=first.write_only if same else (True if all(node.write_only for node in real) else None),
        title=first.title if same else "",
        description=first.description if same else "",
        refs=frozenset().union(*(node.refs for node in real)),
    )


def _united(branches: Sequence[tuple[str, Node]], *, alone: bool) -> dict[str, Any]:
    """Join the properties of all alternatives; one that some lack keeps the names of those that have it."""
    raws: dict[str, list[Any]] = {}
    owners: dict[str, list[str]] = {}
    for branch, node in branches:
        for name, raw in node.properties.items():
            owners.setdefault(name, []).append(branch)
            if raw not in raws.setdefault(name, []):
                raws[name].append(raw)
    holders = sum(bool(node.properties) for _, node in branches) + alone
    united = {name: schemas[0] if len(schemas) == 1 else {"anyOf": schemas} for name, schemas in raws.items()}
    return {
        name: raw if len(owners[name]) == holders else {"allOf": [raw], VARIANTS: tuple(owners[name])}
        for name, raw in united.items()
    }


def _first(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001  three-valued
    """Return the first flag that is set."""
    return other if one is None else one


def _joined(one: Any, other: Any) -> Any:  # noqa: ANN401  raw schemas
    """Join two schemas of the same elements; equal ones are kept once."""
    if one is None or other is None or one == other:
        return other if one is None else one
    return {"allOf": [one, other]}


def _any(raws: list[Any]) -> Any:  # noqa: ANN401  a raw schema
    """Join schemas of which any may apply."""
    return {"anyOf": raws} if len(raws) > 1 else (raws[0] if raws else None)


def _of(choose: Callable[[list[Number]], Number], limits: list[Number | None], *, every: bool = False) -> Number | None:
    """Return the limit that `choose` prefers; with `every`, none unless all have one."""
    known = [limit for limit in limits if limit is not None]
    return None if not known or (every and len(known) < len(limits)) else choose(known)


def _values(nodes: list[Node]) -> tuple[Any, ...]:
    """List the values of several enums, each once."""
    return tuple(dict.fromkeys(map(_hashable, (value for node in nodes for value in node.enum))))


def _hashable(value: Any) -> Any:  # noqa: ANN401  an enum may list anything
    """Make a value of an enum hashable."""
    return repr(value) if isinstance(value, dict | list) else value


def _is_null(node: Node) -> bool:
    """Tell whether a node allows null alone."""
    return node.nullable is True and not (node.types or node.properties or node.items or node.enum)
