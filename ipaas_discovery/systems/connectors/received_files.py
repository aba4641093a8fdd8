"""Files that a connector names as field lists of what a system receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

__all__ = ["Received", "ReceivedFiles"]


class Received(BaseModel):
    """A file that lists the fields a system receives.

    A field list (CSV, Excel, or a pasted list as .txt or .md), the saved answer to an OPTIONS request of a
    Django REST Framework server (.json), an OpenAPI document, or a GraphQL schema (.graphql, or a saved introspection).
    `sheet` is a sheet of a workbook; `collection` is the document's name of the collection, if neither its calls nor
    its name tell, or the input type of a GraphQL schema; `on` is the call that the file is for, if not for both.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    file: str
    sheet: str | None = None
    collection: str | None = None
    on: Literal["create", "update"] | None = None


def _listed(given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
    """Turn a file's name alone, one table, or several into a list of tables."""
    entries = given if isinstance(given, list | tuple) else [given]
    return [entry if isinstance(entry, Mapping | Received) else {"file": entry} for entry in entries]


ReceivedFiles = Annotated[tuple[Received, ...], BeforeValidator(_listed)]
"""`received = "fields.csv"`, or a table, or a list of these."""
