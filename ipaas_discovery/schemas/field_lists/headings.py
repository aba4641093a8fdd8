"""The headings that tables of fields use for a field's name, type and the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["HEADINGS", "columns_of"]

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "path": ("path", "fieldpath", "jsonpath", "apiname", "technicalname", "internalname", "systemname", "fieldname",
             "field", "attributename", "attribute", "property", "propertyname", "columnname", "column", "element",
             "parameter", "key", "name"),
    "types": ("type", "types", "datatype", "fieldtype", "valuetype", "jsontype"),
    "required": ("required", "isrequired", "mandatory", "ismandatory", "req", "requirement", "requiredoncreate",
                 "mandatoryoptional", "requiredoptional", "optional", "isoptional"),
    "nullable": ("nullable", "isnullable", "null", "allownull", "nullallowed"),
    "read_only": ("readonly", "isreadonly"),
    "write_only": ("writeonly", "iswriteonly"),
    "max_length": ("maxlength", "maxlen", "maximumlength", "length", "len", "size", "fieldlength", "maxsize",
                   "maxchars", "maxcharacters"),
    "format": ("format", "pattern"),
    "enum": ("enum", "enums", "enumvalues", "allowedvalues", "validvalues", "possiblevalues", "acceptedvalues",
             "picklist", "picklistvalues", "options", "choices", "codes", "values"),
    "description": ("description", "desc", "fielddescription", "definition", "meaning", "explanation", "comment",
                    "comments", "notes", "note", "remarks", "remark"),
    "examples": ("example", "examples", "examplevalue", "sample", "samplevalue", "samplevalues"),
}  # fmt: skip
"""Each key of a row, and the headings it may stand under: letters only, the likeliest first."""
INVERSE = frozenset({"optional", "isoptional"})
"""Headings under which yes means that a field is not required."""


def columns_of(head: Sequence[object]) -> list[str]:
    """Return the key that each column holds, empty if unknown; of several candidates the likeliest.

    >>> columns_of(["Field Name", "Data type", "Optional?", "Since"])
    ['path', 'types', 'optional', '']
    """
    plain = [re.sub(r"[^a-z]", "", str(cell).lower()) if cell is not None else "" for cell in head]
    columns = [""] * len(plain)
    for key, headings in HEADINGS.items():
        at = next((plain.index(heading) for heading in headings if heading in plain), None)
        if at is not None:
            columns[at] = "optional" if plain[at] in INVERSE else key
    return columns
