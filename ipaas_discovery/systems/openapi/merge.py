"""Schema nodes joined: the parts of an allOf, and the alternatives of a oneOf or anyOf."""

from __future__ import annotations

from typing import Any

from ipaas_discovery.systems.openapi.node import VARIANTS, Node

__all__ = ["both", "either"]


def both(one: Node, other: Node) -> Node:
    """A schema that says what both say: the parts of an allOf; the first wins where they differ."""
    properties = dict(one.properties)
    for name, raw in other.properties.items():
        properties[name] = {"allOf": [properties[name], raw]} if name in properties else raw
    return Node(
        types=one.types or other.types,
        nullable=other.nullable if one.nullable is None else one.nullable,
        properties=properties,
        required=one.required | other.required,
        items=other.items if one.items is None else one.items,
        format=one.format or other.format,
        enum=one.enum or other.enum,
        max_length=other.max_length if one.max_length is None else one.max_length,
        read_only=other.read_only if one.read_only is None else one.read_only,
        write_only=other.write_only if one.write_only is None else one.write_only,
        description=one.description or other.description,
        refs=one.refs | other.refs,
        variants=one.variants or other.variants,
    )


def either(branches: list[Node], names: list[str]) -> Node:
    """A schema that is one of several: any branch's types and properties, required what all require."""
    real = [node for node in branches if not _is_null(node)]
    if not real:
        return Node(nullable=True if branches else None)
    properties = _united([(name, node) for name, node in zip(names, branches, strict=True) if not _is_null(node)])
    first = real[0]
    same = len(real) == 1
    items = [node.items for node in real if node.items is not None]
    lengths = [node.max_length for node in real]
    nullable = True if len(real) < len(branches) or any(node.nullable for node in real) else first.nullable
    return Node(
        types=tuple(sorted({kind for node in real for kind in node.types})) if all(node.types for node in real) else (),
        nullable=nullable,
        properties=properties,
        required=frozenset.intersection(*(node.required for node in real)),
        items={"anyOf": items} if len(items) > 1 else (items[0] if items else None),
        format=first.format if len({node.format for node in real}) == 1 else None,
        enum=tuple(dict.fromkeys(map(_hashable, (v for node in real for v in node.enum)))) if _closed(real) else (),
        max_length=None if None in lengths else max(length for length in lengths if length is not None),
        read_only=first.read_only if same else (True if all(node.read_only for node in real) else None),
        write_only=first.write_only if same else (True if all(node.write_only for node in real) else None),
        description=first.description if same else "",
        refs=frozenset().union(*(node.refs for node in real)),
    )


def _united(branches: list[tuple[str, Node]]) -> dict[str, Any]:
    """The properties of all alternatives; one that some lack keeps the names of those that have it."""
    raws: dict[str, list[Any]] = {}
    owners: dict[str, list[str]] = {}
    for branch, node in branches:
        for name, raw in node.properties.items():
            owners.setdefault(name, []).append(branch)
            if raw not in raws.setdefault(name, []):
                raws[name].append(raw)
    holders = sum(bool(node.properties) for _, node in branches)
    united = {name: found[0] if len(found) == 1 else {"anyOf": found} for name, found in raws.items()}
    return {
        name: raw if len(owners[name]) == holders else {"allOf": [raw], VARIANTS: tuple(owners[name])}
        for name, raw in united.items()
    }


def _closed(nodes: list[Node]) -> bool:
    return all(node.enum for node in nodes)


def _hashable(value: Any) -> Any:  # noqa: ANN401  an enum may list anything
    return repr(value) if isinstance(value, dict | list) else value


def _is_null(node: Node) -> bool:
    return node.nullable is True and not (node.types or node.properties or node.items or node.enum)
