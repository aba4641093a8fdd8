"""A schema as one side of a comparison: its fields, the paths it leaves open, and the evidence for both."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Shape

__all__ = ["ComparableSchema", "accepts", "differs", "evidence_of"]


def accepts(received: Iterable[str], sent: Iterable[str]) -> bool:
    """Tell whether `received` types take every one of the `sent` types; no types at all means any.

    >>> accepts(["number"], ["integer"]), accepts(["array"], ["object"]), accepts([], ["string"])
    (True, False, True)
    """
    taken, given = ({kind.replace("integer", "number") for kind in kinds} for kinds in (received, sent))
    return not taken or given <= taken


class ComparableSchema:
    """A schema looked up by path, which tells a missing path from one it says nothing about."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema.folded()  # names in a list are one installation's, and no description has them
        self.fields = {field.path: field for field in self.schema.fields}
        self.parents = {above for path in self.fields for above in _above(path)}
        self.keys: dict[str, list[str]] = {}
        """The keys of each object, by its path; a list's elements are `lines[]`."""
        for path in self.fields:
            *holder, key = split_path(path)
            if not list_depth(key)[1]:
                self.keys.setdefault(".".join(holder), []).append(key)

        self.maps = [split_path(path) for path in self.fields if _in_map(path)]
        """The paths that hold for any key of a map, in their parts."""

    def at(self, path: str) -> Field | None:
        """Return the field at `path`, else that of a map's values whatever their keys; a `*` stands for any key."""
        if (own := self.fields.get(path)) or not (self.maps or _in_map(path)):
            return own
        wanted = split_path(path)
        known = self.maps if not _in_map(path) else [split_path(key) for key in self.fields]
        match = next((parts for parts in known if _fits(wanted, parts)), None)
        return self.fields[".".join(match)] if match else None

    def element_types(self, path: str) -> tuple[str, ...]:
        """Return the types of the elements of the list at `path`, or nothing if they are not known."""
        if element := self.at(f"{path}[]"):
            return element.types
        return ("object",) if f"{path}[]" in self.parents else ()

    def settable(self, path: str) -> bool:
        """Tell whether the schema lists `path` and does not mark it read-only."""
        field = self.at(path)
        return field is not None and not (field.declared and field.declared.read_only)

    def silent(self, path: str) -> bool:
        """Tell whether the schema leaves `path` open: it is unknown, or says nothing of what is inside the parent."""
        if not self.schema.known:
            return True
        holder = next((field for above in _above(path) if (field := self.at(above))), None)
        if holder is None or holder.path in self.parents:
            return False
        types = holder.types
        return not types or bool({"object", "array"} & set(types))


def _in_map(path: str) -> bool:
    """Tell whether a part of the path stands for any key: `prices.*`."""
    return "*" in path and any(list_depth(part)[0] == "*" for part in split_path(path))


def _fits(wanted: list[str], parts: list[str]) -> bool:
    """Tell whether two paths are the same, a `*` in one of them standing for any key of the other."""
    return len(wanted) == len(parts) and all(
        one == other
        or ("*" in (list_depth(one)[0], list_depth(other)[0]) and list_depth(one)[1] == list_depth(other)[1])
        for one, other in zip(wanted, parts, strict=True)
    )


def _above(path: str) -> list[str]:
    """List the paths that hold `path`, nearest first, lists before their elements' marks.

    >>> _above("a.lines[].sku")
    ['a.lines[]', 'a.lines', 'a']
    """
    parts, above = split_path(path), []
    while parts:
        key, depth = list_depth(parts[-1])
        above += [".".join([*parts[:-1], key + "[]" * marks]) for marks in range(depth, -1, -1)]
        parts = parts[:-1]
    return [holder for holder in above if holder != path]


def differs(path: str, given: ComparableSchema, taken: ComparableSchema) -> bool:
    """Tell whether `taken` does not take what `given` holds at `path`: another type, or a list of other elements."""
    one, other = (field.types if (field := side.at(path)) else () for side in (given, taken))
    if not accepts(other, one):
        return True
    lists = "array" in one and "array" in other
    return lists and not accepts(taken.element_types(path), given.element_types(path))


def evidence_of(path: str, side: ComparableSchema) -> str:
    """Name the evidence that the field is, or is not, in the shape."""
    shape = side.schema.shape.value
    field = side.at(path)
    if field is None:
        if side.silent(path):
            return f"{shape}: unknown"
        return f"{shape}: not in {side.schema.source or 'the field list'}"
    facts = []
    if field.observed and field.observed.of:
        facts.append(f"observed in {field.observed.present} of {field.observed.of}")
    if field.declared:
        read_only = " as read-only" if field.declared.read_only and side.schema.shape is not Shape.RETURNED else ""
        facts.append(f"declared{read_only} by {field.declared.source or 'an unnamed source'}")
    return f"{shape}: {', '.join(facts) or 'listed'}"
