"""Files that a connector names: field lists of what a system receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

__all__ = ["Received", "ReceivedFiles"]


class Received(BaseModel):
    """A file that tells which fields a system receives.

    A field list (CSV, Excel, or a pasted list as .txt or .md), the saved answer to an OPTIONS request of a
    Django REST Framework server (.json), an OpenAPI document, or a GraphQL schema (.graphql, or a saved introspection).
    `sheet` is which one of a workbook; `collection` is what a document calls the collection, where neither its calls
    nor its name tell, or the input type of a GraphQL schema; `on` is for which call the file holds, where it is not
    for both.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    file: str
    sheet: str | None = None
    collection: str | None = None
    on: Literal["create", "update"] | None = None


def _listed(given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
    """A file's name alone, one table, or several, as a list of tables."""
    several = given if isinstance(given, list | tuple) else [given]
    return [each if isinstance(each, Mapping | Received) else {"file": each} for each in several]


ReceivedFiles = Annotated[tuple[Received, ...], BeforeValidator(_listed)]
"""`received = "fields.csv"`, or a table, or a list of these."""
