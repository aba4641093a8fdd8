"""A schema from a sheet with one field per row, as systems without a description are often documented."""

from __future__ import annotations

from pathlib import Path

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.grid import read_grid
from ipaas_discovery.schemas.field_lists.field_table import read_field_table
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape

__all__ = ["read_field_list"]


def read_field_list(
    path: str | Path,
    sheet: str | None = None,
    *,
    collection: str = "",
    part: str = "",
    shape: Shape = Shape.RETURNED,
    system: str = "",
) -> Schema:
    """Read the schema that a sheet of fields describes, one field per row.

    The row that names the columns may stand below a title, and may name them as people do: `Field Name`,
    `Data type`, `Mandatory`, `Max. length`, `Description`, `Allowed values`. Types may be words of databases
    (`varchar(50)`, `decimal(10,2)`, `datetime`). Other words than yes or no, and types that are not known, are
    kept in the field's description.

    Args:
        path: a CSV file or an .xlsx workbook.
        sheet: the name of the sheet, if a workbook has several.
        collection: the collection the fields are of. Defaults to the sheet's name.
        part: the object whose fields are meant, where a column of the list names several. Defaults to the collection.
        shape: the shape they belong to.
        system: the system they belong to.

    Raises:
        SourceError: if it cannot be read, no column names the fields, a row has no name or one that an
            earlier row has; with the line.
        UnknownNameError: if there is no such sheet, with the nearest.
    """
    path = Path(path)
    grid = read_grid(path, sheet)
    rows = [(row.line, row.cells) for row in grid.rows]
    table = read_field_table(rows, lambda line: f"{path}, line {line}", collection=part or collection or grid.name)
    if not table.rows:
        raise SourceError("The sheet lists no field", where=str(path), then="write one field a row below the names")
    name = collection or grid.name
    source = "; ".join([path.name, *table.remarks, *grid.notes])
    return Schema.from_fields(table.rows, collection=name, shape=shape, system=system, source=source)
