"""The three shapes of one collection of one system, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording, share_text, shows
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shapes"]

COLUMNS = {
    "path": "str",
    "returned": "str",
    "on_create": "str",
    "on_update": "str",
    "fill": "Float64",
    "examples": "object",
}
HEADINGS = {"on_create": "on create", "on_update": "on update"}
OUTERMOST = re.compile(r"(?<!\\)[.\[{]")
"""End of the first name of a path."""


@dataclass(frozen=True, slots=True)
class Shapes(Tabular):
    """One collection of one system: as returned, as received on create, as received on update.

    An unknown shape is a `Schema` for which `known` is False. `listed` and `detail` are what the list call
    and the call of one record return, each by itself, if a description distinguishes them.
    """

    system: str
    collection: str
    returned: Schema
    create: Schema
    update: Schema
    listed: Schema | None = None
    detail: Schema | None = None

    headings: ClassVar[Mapping[str, str]] = HEADINGS
    wording: ClassVar[Wording] = {"fill": share_text}

    def of(self, shape: Shape) -> Schema:
        """Return the schema in `shape`."""
        return {Shape.RETURNED: self.returned, Shape.CREATE: self.create, Shape.UPDATE: self.update}[shape]

    def frame(self) -> pd.DataFrame:
        """Return one row per path: its types in each shape (`*` marks a required field), observed fill, examples.

        Dtypes: text, Float64 for fill, lists for examples.
        """
        return frame_of(map(self.row, self.paths), COLUMNS)

    @property
    @shows("Paths of any shape", "path")
    def paths(self) -> tuple[str, ...]:
        """Every path of any shape, sorted."""
        schemas = (self.returned, self.create, self.update)
        return tuple(sorted({field.path for schema in schemas for field in schema.fields}))

    def row(self, path: str) -> dict[str, Any]:
        """Return one path as a row of `frame()`."""
        seen = self.returned.field(path)
        observed = seen.observed if seen else None
        return {
            "path": path,
            "returned": _types(self.returned, seen),
            "on_create": _types(self.create, self.create.field(path)),
            "on_update": _types(self.update, self.update.field(path)),
            "fill": observed.fill if observed else None,
            "examples": list(observed.examples[:3]) if observed else [],
        }

    def _sections(self) -> Sequence[str]:
        """Name the object or list of the record in which each path stands."""
        tops = [OUTERMOST.split(path, maxsplit=1)[0] for path in self.paths]
        many = {top for top, times in Counter(tops).items() if times > 1}
        return [top if top in many else "of the record itself" for top in tops]

    def _subject(self) -> str:
        return f"The three shapes of {self.collection}, {self.system}; * is required"

    def to_dict(self) -> dict[str, Any]:
        """Return the schema of each shape as plain data, ready for `json.dumps`."""
        shapes = {shape.value: self.of(shape).to_dict() for shape in Shape}
        return {"system": self.system, "collection": self.collection, "shapes": shapes}


def _types(schema: Schema, field: Field | None) -> str:
    if field is None:
        return "" if schema.known else "unknown"
    return (" | ".join(field.types) or "any") + ("*" if field.required else "")
