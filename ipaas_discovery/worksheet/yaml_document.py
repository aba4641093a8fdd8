"""YAML form of a document, written and read back, checked, with the line of whatever is wrong."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from ipaas_discovery.errors import WorksheetError, nearest
from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.worksheet.entry import UNDECIDED, Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features
from ipaas_discovery.worksheet.parts import Claims, CollectionSide, Decision, Evidence, FieldMapping, Question
from ipaas_discovery.worksheet.yaml_text import line_of, parse_yaml, to_yaml

__all__ = ["FORMAT", "dump", "parse", "problem"]

FORMAT = 1
"""Version of the file's form; a file of a later one is not touched."""

UNKNOWN_KEY = "unexpected_keyword_argument"

HEADER = """\
# The worksheet: which collections the integration moves, in which direction, and why.
# Yours to change here as well: decision, questions, features, and a mapping's status. They are kept
# when samples are pulled again; claims, evidence, proposed mappings and proposed features are replaced.
# Comments are not kept: say it in a `why`.
# The file ends with a line of three dots; without it, something was cut off.
"""
END = "...\n"
"""The last line, YAML's own sign of an end."""

PARTS: dict[str, type] = {
    "claims": Claims,
    "decision": Decision,
    "endpoints": Endpoint,
    "entries": Entry,
    "evidence": Evidence,
    "external_data_types": DataType,
    "external_id_formats": ExternalId,
    "features": Features,
    "findings": Finding,
    "ipaas": CollectionSide,
    "mappings": FieldMapping,
    "proposed_features": Features,
    "questions": Question,
    "third_party": CollectionSide,
}
"""Part that stands under each key, to know the keys that would have been right."""


def dump(document: WorksheetDocument) -> bytes:
    """Write the file's bytes; the same document gives the same bytes.

    >>> document = WorksheetDocument(title="Shop", entries=(Entry("CUSTOMER", 8, "users"),))
    >>> print(dump(document).decode().split("cut off.")[1])
    format: 1
    title: Shop
    entries:
    - collection: CUSTOMER
      type_id: 8
      third_party: users
      decision: undecided
    ...
    """
    about = _adapter(WorksheetDocument).dump_python(document, mode="json", exclude_defaults=True, exclude={"entries"})
    entries = "entries:\n" if document.entries else "entries: []\n"
    return "".join(
        [HEADER, to_yaml({"format": FORMAT, **about}), entries, *map(_entry, document.entries), END]
    ).encode()


@lru_cache(maxsize=1024)
def _entry(entry: Entry) -> str:
    """Write one entry without what is empty; kept, since a save changes few entries of many."""
    data = _adapter(Entry).dump_python(entry, mode="json", exclude_defaults=True)
    head = {key: data.pop(key) for key in ("collection", "type_id", "third_party") if key in data}
    return to_yaml([{**head, "decision": data.pop("decision", UNDECIDED), **data}])


@cache
def _adapter(part: type) -> TypeAdapter[Any]:
    return TypeAdapter(part)


def parse(content: bytes, *, name: str) -> WorksheetDocument:
    """Read the document in a file's bytes; `name` is the file's, for messages.

    Raises:
        WorksheetError: if it is no worksheet, of a later form, or says something that cannot be; names the
            file, the line and the key.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        then = "save it as UTF-8 or take the earlier version of the file"
        raise WorksheetError("The worksheet is not UTF-8 text", where=name, then=then) from error
    if HEADER.splitlines()[-1] in text and not re.search(r"^\.\.\.\s*\Z", text, re.MULTILINE):
        then = "take the earlier version of the file; if nothing is missing, add the line `...` at its end"
        raise WorksheetError("The worksheet was cut off: its last line is missing", where=name, then=then)
    data, tree = parse_yaml(text, name=name)
    if not isinstance(data, dict) or "format" not in data:
        raise WorksheetError(
            "This is no worksheet: it has no `format`", where=name, then=f"a worksheet says `format: {FORMAT}`"
        )
    _check_format(data.pop("format"), name)
    try:
        document: WorksheetDocument = _adapter(WorksheetDocument).validate_python(data)
    except ValidationError as error:
        raise problem(error, name=name, tree=tree) from error
    return document


def _check_format(version: object, name: str) -> None:
    if version == FORMAT and not isinstance(version, bool):
        return
    later = isinstance(version, int) and version > FORMAT
    what = f"The worksheet is of format {version}, this version reads {FORMAT}"
    then = "it was written by a later version: upgrade ipaas-discovery" if later else f"write `format: {FORMAT}`"
    raise WorksheetError(what, where=name, then=then)


def problem(error: ValidationError, *, name: str, tree: yaml.Node | None = None) -> WorksheetError:
    """Describe the first thing that is wrong in one sentence: the key, the value, the line, and what fits."""
    errors = error.errors(include_url=False)
    # an unknown key often causes the missing one that is reported beside it
    first = min(errors, key=lambda entry: (entry["type"] != UNKNOWN_KEY, line_of(tree, entry["loc"]) or 0))
    path = first["loc"]
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "worksheet")
    line = line_of(tree, path)
    where = ", ".join(filter(None, [name, f"line {line}" if line else "", " / ".join(map(_step, path[:-1]))]))
    more = f" ({len(errors) - 1} more to mend after it)" if len(errors) > 1 else ""
    if first["type"] == UNKNOWN_KEY:
        return WorksheetError(f"Unknown key '{key}'", where=where, then=_suggestion(key, _keys(path)) + more)
    if first["type"] in {"missing", "missing_argument"}:
        return WorksheetError(f"The key '{key}' is missing", where=where, then="add it" + more)
    if "ctx" in first and "expected" in first["ctx"]:
        options = re.findall(r"'([^']*)'", first["ctx"]["expected"]) or [first["ctx"]["expected"]]
        what = f"'{key}' cannot be '{_short(first['input'])}'"
        return WorksheetError(what, where=where, then=_suggestion(str(first["input"]), options) + more)
    message = str(first.get("ctx", {}).get("error", "")) or first["msg"]
    return WorksheetError(f"'{key}' cannot be '{_short(first['input'])}'", where=where, then=message.rstrip(".") + more)


def _step(step: int | str) -> str:
    return str(step + 1) if isinstance(step, int) else step


def _short(value: object) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004  a sentence's worth


def _keys(path: tuple[int | str, ...]) -> list[str]:
    """List the keys that are known where the last step of `path` stands."""
    parents = [step for step in path[:-1] if isinstance(step, str)]
    part = PARTS.get(parents[-1], WorksheetDocument) if parents else WorksheetDocument
    return [field.name for field in fields(part)]


def _suggestion(given: str, known: list[str]) -> str:
    guess = nearest(given, known)
    listed = ", ".join(known)
    return f"did you mean '{guess}'? Known are: {listed}" if guess else f"known are: {listed}"
