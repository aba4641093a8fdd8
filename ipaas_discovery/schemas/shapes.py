"""The three shapes of one collection of one system, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.tables import Tabular, frame_of
from ipaas_discovery.words import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shapes"]

COLUMNS = {
    "path": "str",
    "returned": "str",
    "on create": "str",
    "on update": "str",
    "fill": "Float64",
    "examples": "str",
}


@dataclass(frozen=True, slots=True)
class Shapes(Tabular):
    """One collection of one system: as returned, as received on create, as received on update.

    An unknown shape is a `Schema` for which `known` is False.
    """

    system: str
    collection: str
    returned: Schema
    create: Schema
    update: Schema

    def of(self, shape: Shape) -> Schema:
        """The schema in `shape`."""
        return {Shape.RETURNED: self.returned, Shape.CREATE: self.create, Shape.UPDATE: self.update}[shape]

    def frame(self) -> pd.DataFrame:
        """One row a path: its types in each shape (`*` marks a required field), observed fill 0 to 1, examples."""
        paths = sorted({each.path for schema in (self.returned, self.create, self.update) for each in schema.fields})
        return frame_of(map(self._row, paths), COLUMNS)

    def _row(self, path: str) -> dict[str, Any]:
        seen = self.returned.field(path)
        observed = seen.observed if seen else None
        return {
            "path": path,
            "returned": _types(self.returned, seen),
            "on create": _types(self.create, self.create.field(path)),
            "on update": _types(self.update, self.update.field(path)),
            "fill": observed.fill if observed else None,
            "examples": ", ".join(map(str, observed.examples[:3])) if observed else None,
        }


def _types(schema: Schema, field: Field | None) -> str:
    if field is None:
        return "" if schema.known else "unknown"
    return (" | ".join(field.types) or "any") + ("*" if field.required else "")
