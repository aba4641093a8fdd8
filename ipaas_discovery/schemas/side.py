"""A schema as one side of a comparison: what it lists, what it leaves open, and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery.schemas.paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.words import Shape

__all__ = ["Side", "accepts", "differs", "evidence_of"]


def accepts(received: Iterable[str], sent: Iterable[str]) -> bool:
    """Whether `received` types take every one of the `sent` types; no types at all means any.

    >>> accepts(["number"], ["integer"]), accepts(["array"], ["object"]), accepts([], ["string"])
    (True, False, True)
    """
    taken, given = ({kind.replace("integer", "number") for kind in kinds} for kinds in (received, sent))
    return not taken or given <= taken


class Side:
    """A schema asked for paths, and for whether a path it lacks is missing or just not told."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.fields = {each.path: each for each in schema.fields}
        self.parents = {above for path in self.fields for above in _above(path)}
        self.keys: dict[str, list[str]] = {}
        """The keys of each object, by its path; a list's elements are `lines[]`."""
        for path in self.fields:
            *holder, key = split_path(path)
            if not list_depth(key)[1]:
                self.keys.setdefault(".".join(holder), []).append(key)

    def element_types(self, path: str) -> tuple[str, ...]:
        """The types of the elements of the list at `path`; nothing where it is not told."""
        if element := self.fields.get(f"{path}[]"):
            return element.types
        return ("object",) if f"{path}[]" in self.parents else ()

    def settable(self, path: str) -> bool:
        """Whether the schema lists `path` and does not mark it read-only."""
        field = self.fields.get(path)
        return field is not None and not (field.declared and field.declared.read_only)

    def silent(self, path: str) -> bool:
        """Whether the schema does not tell if `path` is there: it is unknown, or what holds the path is closed."""
        if not self.schema.known:
            return True
        holder = next((above for above in _above(path) if above in self.fields), None)
        if holder is None or holder in self.parents:
            return False
        types = self.fields[holder].types
        return not types or bool({"object", "array"} & set(types))


def _above(path: str) -> list[str]:
    """The paths that hold `path`, nearest first, lists before their elements' marks.

    >>> _above("a.lines[].sku")
    ['a.lines[]', 'a.lines', 'a']
    """
    parts, found = split_path(path), []
    while parts:
        key, depth = list_depth(parts[-1])
        found += [".".join([*parts[:-1], key + "[]" * marks]) for marks in range(depth, -1, -1)]
        parts = parts[:-1]
    return [each for each in found if each != path]


def differs(path: str, given: Side, taken: Side) -> bool:
    """Whether `taken` does not take what `given` holds at `path`: another type, or a list of other elements."""
    one, other = given.fields[path].types, taken.fields[path].types
    if not accepts(other, one):
        return True
    lists = "array" in one and "array" in other
    return lists and not accepts(taken.element_types(path), given.element_types(path))


def evidence_of(path: str, side: Side) -> str:
    """Who says that the field is, or is not, in the shape."""
    shape = side.schema.shape.value
    field = side.fields.get(path)
    if field is None:
        if side.silent(path):
            return f"{shape}: unknown"
        return f"{shape}: not in {side.schema.source or 'the field list'}"
    said = []
    if field.observed and field.observed.of:
        said.append(f"observed in {field.observed.present} of {field.observed.of}")
    if field.declared:
        read_only = " as read-only" if field.declared.read_only and side.schema.shape is not Shape.RETURNED else ""
        said.append(f"declared{read_only} by {field.declared.source or 'an unnamed source'}")
    return f"{shape}: {', '.join(said) or 'listed'}"
