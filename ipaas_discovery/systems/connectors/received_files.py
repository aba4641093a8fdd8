"""Files that a connector names as field lists of what a system receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

__all__ = ["Received", "ReceivedFiles"]


class Received(BaseModel):
    """A file that lists the fields a system receives."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    file: str
    """A field list (CSV, Excel, pasted `.txt`, `.md`), a saved OPTIONS answer, an OpenAPI file or a GraphQL schema."""
    sheet: str | None = None
    """The sheet of a workbook."""
    collection: str | None = None
    """The document's name of the collection, if nothing else tells, or the input type of a GraphQL schema."""
    on: Literal["create", "update"] | None = None
    """The call that the file is for, if not for both."""


def _listed(given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
    """Turn a file's name alone, one table, or several into a list of tables."""
    entries = given if isinstance(given, list | tuple) else [given]
    return [entry if isinstance(entry, Mapping | Received) else {"file": entry} for entry in entries]


ReceivedFiles = Annotated[tuple[Received, ...], BeforeValidator(_listed)]
"""`received = "fields.csv"`, or a table, or a list of these."""
