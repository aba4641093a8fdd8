"""Load YAML as OpenAPI means it: with the scalars of version 1.2, and limits on size and depth."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any, ClassVar

import yaml

__all__ = ["load_yaml"]

SCALARS = (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
    ("merge", r"<<", "<"),
)
"""Plain scalars that are no text: their tag, their pattern, and their first characters."""
NO_TEXT = frozenset(f"tag:yaml.org,2002:{tag}" for tag in ("null", "bool", "int", "float"))
MERGE = "tag:yaml.org,2002:merge"
LONGEST_INT = 4_000
"""The most digits of a whole number; Python reads no more, and no document needs more."""
LARGEST = 20_000_000
"""The most values of a document, repeated parts counted each time: aliases of aliases turn few lines into billions."""
LARGEST_MERGE = 1_000_000
"""The most members that merges bring in, each time counted."""
DEEPEST = 500
"""The deepest nesting; the C library would crash Python at some thousands."""
SUSPICIOUS = re.compile(r"^ {500}|^ *(?:[-?] +){100}", re.MULTILINE)
"""Text that may nest deeply without a bracket."""


def load_yaml(text: str) -> tuple[Any, dict[int, tuple[object, list[str]]]]:
    """Load a document, and the repeated keys of its objects, by the object's `id()`.

    YAML 1.1 would turn an example's date into a date, a country `NO` or a property `on` into a boolean,
    and the codes `010` and `12:30` into other numbers.

    Raises:
        yaml.YAMLError: if it is no YAML.
        ValueError: if it nests too deeply, or its aliases stand for more than can be held.
    """
    if SUSPICIOUS.search(text) or _brackets(text) > DEEPEST:
        _check_depth(text)
    loader = _loader()(text)
    try:
        document = loader.get_single_data()
        doubled = loader.doubled
    finally:
        loader.dispose()
    _check_size(document)
    return document, doubled


@cache
def _loader() -> Any:  # noqa: ANN401  the C loader where PyYAML has it, typed as neither
    """Build the loader: the C one if PyYAML has it."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """PyYAML's safe loader with fewer scalars, keys as they are written, and keys counted."""

        yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}

        def __init__(self, stream: str) -> None:
            super().__init__(stream)
            self.doubled: dict[int, tuple[object, list[str]]] = {}
            self.merged = 0

        def flatten_mapping(self, node: Any) -> None:  # noqa: ANN401
            """Resolve merge keys, each key once, as text: merges of merges would repeat it a billion times."""
            self.merged += _merged_once(node)
            if self.merged > LARGEST_MERGE:
                raise ValueError("its merges stand for more values than a document can hold")
            super().flatten_mapping(node)
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode) and key.tag in NO_TEXT:
                    key.tag = "tag:yaml.org,2002:str"  # a property named `null` or `200` is text
            node.value = list({_key(pair): pair for pair in node.value}.values())

        def construct_yaml_map(self, node: Any) -> Any:  # noqa: ANN401
            """Build an object and note its repeated keys."""
            made: dict[Any, Any] = {}
            yield made
            counted = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            counted.pop("<<", None)
            if twice := [key for key, times in counted.items() if times > 1]:
                self.doubled[id(made)] = made, twice
            made.update(self.construct_mapping(node))

    for tag, pattern, first in SCALARS:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))
    Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_yaml_map)
    Loader.add_constructor("tag:yaml.org,2002:int", _whole)
    return Loader


def _merged_once(node: Any) -> int:  # noqa: ANN401  an object's node
    """Let an object merge each part once, and count the members that come in so."""
    count = 0
    for key, part in node.value:
        if key.tag == MERGE:
            if isinstance(part, yaml.SequenceNode):
                part.value = list({id(merged): merged for merged in part.value}.values())
            count += sum(
                len(merged.value) for merged in (part.value if isinstance(part, yaml.SequenceNode) else [part])
            )
    return count


def _key(pair: Any) -> object:  # noqa: ANN401  a key's node and a value's
    """Return the identity of a key, for comparison."""
    key, _ = pair
    return (key.tag, key.value) if isinstance(key, yaml.ScalarNode) else id(key)


def _whole(loader: Any, node: Any) -> int | str:  # noqa: ANN401
    """Build a whole number, or a text if it has too many digits."""
    text = str(loader.construct_scalar(node))
    return text if len(text) > LONGEST_INT else int(text, 16 if text[:2].lower() == "0x" else 10)


def _brackets(text: str) -> int:
    """Measure the deepest nesting of a text's brackets, those in its prose included."""
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _check_depth(text: str) -> None:
    """Refuse a text that nests too deeply, by the parser's events, which do not nest."""
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError(f"it nests more than {DEEPEST} deep")


def _check_size(document: object) -> None:
    """Refuse a document that is too large with every alias written out; shared parts are counted once and added."""
    sizes: dict[int, int] = {}
    todo: list[tuple[object, bool]] = [(document, False)]
    while todo:
        part, entered = todo.pop()
        if not isinstance(part, dict | list) or (not entered and id(part) in sizes):
            continue
        inside = list(part.values()) if isinstance(part, dict) else part
        if entered:
            sizes[id(part)] = 1 + sum(sizes.get(id(child), 1) for child in inside)
            if sizes[id(part)] > LARGEST:
                raise ValueError("its aliases stand for more values than a document can hold")
        else:
            sizes[id(part)] = 1  # while it is open: what an anchor nests in itself is counted once
            todo.append((part, True))
            todo.extend((child, False) for child in inside if isinstance(child, dict | list))
