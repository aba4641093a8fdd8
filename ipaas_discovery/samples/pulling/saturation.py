"""The point at which further pages bring no new path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Saturation", "paths_of"]


class Saturation:
    """Remembers the paths of records, and counts the pages in a row that brought no new one.

    >>> seen = Saturation()
    >>> seen.add([{"id": 1}]), seen.add([{"id": 2}]), seen.quiet
    (True, False, 1)
    """

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.quiet = 0

    def add(self, records: Iterable[Mapping[str, object]]) -> bool:
        """Tell whether one of a page's records has a new path; the count then starts anew."""
        before = len(self.paths)
        for record in records:
            self.paths.update(paths_of(record))
        new = len(self.paths) > before
        self.quiet = 0 if new else self.quiet + 1
        return new


def paths_of(value: object, path: str = "") -> Iterator[str]:
    """Yield every path of a record, dotted, with `[]` for the elements of a list.

    >>> sorted(paths_of({"id": 1, "lines": [{"sku": "a"}]}))
    ['id', 'lines', 'lines[].sku']
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            inner = f"{path}.{key}" if path else str(key)
            yield inner
            yield from paths_of(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from paths_of(item, f"{path}[]")
