"""Contents of `worksheet.yaml`, read and checked: the rows, and what should be said of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from ipaas_discovery.errors import WorksheetError, nearest
from ipaas_discovery.worksheet.entry import WorksheetDocument
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, Remark
from ipaas_discovery.worksheet.rows import RowKey, Rows, Statement
from ipaas_discovery.worksheet.saving.earlier_format import EARLIER, HEAD_OF_EARLIER, read_earlier
from ipaas_discovery.worksheet.saving.form_problems import UNKNOWN_KEY, keys_at, problem
from ipaas_discovery.worksheet.saving.order_forms import (
    AnswerForm,
    FlowForm,
    MappingForm,
    OrderForm,
    OwnerForm,
    PairForm,
    RejectedForm,
    rows_in,
)
from ipaas_discovery.worksheet.saving.yaml_text import parse_yaml

__all__ = ["FORMAT", "WHOLE_END", "OrderFile", "read_order", "rows_of_block"]

FORMAT = 2
"""Version of the file's form; a file of a later one is not touched."""
FORMS: dict[str, type] = {
    "accepted": AcceptedFinding,
    "answers": AnswerForm,
    "decision": Decision,
    "features": Features,
    "flows": FlowForm,
    "from_ipaas": MappingForm,
    "left_out": LeftOut,
    "mappings": MappingForm,
    "owners": OwnerForm,
    "pairs": PairForm,
    "reject": RejectedForm,
    "remarks": Remark,
    "to_ipaas": MappingForm,
}
"""Form that stands under each key."""
WHOLE_END = re.compile(r"^\.\.\.[ \t]*\r?$(?=(?:\s++(?:#.*+)?+)*+\Z)", re.MULTILINE)
"""The last line, after which nothing stands but comments."""


@dataclass(frozen=True, slots=True)
class OrderFile:
    """Contents of a file: its rows, notes a sentence each, and from an earlier format what the kit had found."""

    rows: Rows
    notes: tuple[str, ...] = ()
    earlier: WorksheetDocument | None = None


def read_order(content: bytes, *, name: str) -> OrderFile:
    """Read a file's bytes; `name` is the file's, for messages.

    Raises:
        WorksheetError: if it is no worksheet, was cut off, is of a later form, or says something that cannot be; names
            the file, the line and the key.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        then = "save it as UTF-8 or take the earlier version of the file"
        raise WorksheetError("The worksheet is not UTF-8 text", where=name, then=then) from error
    data, tree = parse_yaml(text, name=name)
    if not isinstance(data, dict) or "format" not in data:
        then = f"a worksheet says `format: {FORMAT}`; if it was cut off, take the earlier version of the file"
        raise WorksheetError("This is no worksheet: it has no `format`", where=name, then=then)
    version = data.pop("format")
    _check_format(version, name)
    if (version == FORMAT or HEAD_OF_EARLIER in text) and not WHOLE_END.search(text):
        then = "take the earlier version of the file; if nothing is missing, add the line `...` at its end"
        raise WorksheetError("The worksheet was cut off: its last line is missing", where=name, then=then)
    if version == EARLIER:
        return OrderFile({}, earlier=read_earlier(data, name=name, tree=tree))
    form, unknown = _read(OrderForm, data, name, tree)
    notes = tuple(f"{name}: '{key}' is not known to this version; it is kept" for key in unknown)
    return OrderFile(dict(_once(rows_in(form), name)), notes)


def rows_of_block(block: str) -> Iterator[tuple[RowKey, Statement]]:
    """List the rows of the text of one item of `pairs`.

    Raises:
        WorksheetError: if it cannot be read.
    """
    data, tree = parse_yaml(block, name="a pair")
    form, _ = _read(PairForm, data[0], "a pair", tree)
    return rows_in(OrderForm(pairs=(form,)))


def _read(kind: type, data: Any, name: str, tree: yaml.Node | None) -> tuple[Any, list[str]]:  # noqa: ANN401  its form
    """Read a form; a key that looks like no known one is of a newer version, and only told."""
    unknown: list[str] = []
    data = _without_empty(data)
    while True:
        try:
            return TypeAdapter(kind).validate_python(data), unknown
        except ValidationError as error:
            newer = [
                path
                for entry in error.errors(include_url=False)
                if entry["type"] == UNKNOWN_KEY
                and nearest(str((path := entry["loc"])[-1]), keys_at(path, FORMS, kind)) is None
                and _drop(data, path)
            ]
            if not newer:
                raise problem(error, name=name, tree=tree, forms=FORMS, whole=kind) from error
            unknown += [str(path[-1]) for path in newer]


def _without_empty(data: Any) -> Any:  # noqa: ANN401  any YAML
    """Leave out keys that have no value yet, as a person leaves them: `decision:`."""
    if isinstance(data, dict):
        return {key: _without_empty(value) for key, value in data.items() if value is not None}
    return [_without_empty(value) for value in data] if isinstance(data, list) else data


def _drop(data: Any, path: tuple[Any, ...]) -> bool:  # noqa: ANN401  any YAML
    """Leave out the value at `path`; gives whether it was there."""
    for step in path[:-1]:
        data = data[step] if isinstance(data, list) or step in data else {}
    return data.pop(path[-1], None) is not None if isinstance(data, dict) else False


def _once(rows: Iterator[tuple[RowKey, Statement]], name: str) -> Iterator[tuple[RowKey, Statement]]:
    seen = set()
    for key, row in rows:
        if key in seen:
            raise WorksheetError(f"'{key}' stands here twice", where=name, then="keep one")
        seen.add(key)
        yield key, row


def _check_format(version: object, name: str) -> None:
    if isinstance(version, int) and not isinstance(version, bool) and version in {EARLIER, FORMAT}:
        return
    later = isinstance(version, int) and version > FORMAT
    what = f"The worksheet is of format {version!s:.40}, this version reads {FORMAT}"
    then = "it was written by a later version: upgrade ipaas-discovery" if later else f"write `format: {FORMAT}`"
    raise WorksheetError(what, where=name, then=then)
