"""Sentences for what is wrong in a worksheet's file: the key, the value, the line, and what fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

import yaml
from pydantic import ValidationError

from ipaas_discovery.errors import WorksheetError, nearest
from ipaas_discovery.worksheet.saving.yaml_text import line_of

__all__ = ["UNKNOWN_KEY", "keys_at", "problem"]

UNKNOWN_KEY = "unexpected_keyword_argument"
SHORT = 60
"""Length of a value that a sentence shows whole."""
SAYS = {
    "string_type": "write a text, in quotes where it looks like a number, a date or true",
    "tuple_type": "write a list, such as [a, b]",
    "list_type": "write a list, such as [a, b]",
    "dict_type": "write names and values below it",
    "dataclass_type": "write names and values below it",
    "bool_type": "write true or false",
    "int_type": "write a whole number",
}
"""Sentences in place of the validator's own, by the kind of mistake."""


def problem(
    error: ValidationError,
    *,
    name: str,
    tree: yaml.Node | None = None,
    forms: Mapping[str, type] | None = None,
    whole: type | None = None,
) -> WorksheetError:
    """Describe the first thing that is wrong in one sentence.

    Args:
        error: what the validator says.
        name: the file's name.
        tree: the file's tree, which knows the lines.
        forms: the form that stands under each key, to know the keys that would have been right.
        whole: the form of the whole file.
    """
    errors = error.errors(include_url=False)
    # an unknown key often causes the missing one that is reported beside it
    first = min(errors, key=lambda entry: (entry["type"] != UNKNOWN_KEY, line_of(tree, entry["loc"]) or 0))
    path = first["loc"]
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "worksheet")
    line = line_of(tree, path)
    where = ", ".join(filter(None, [name, f"line {line}" if line else "", " / ".join(map(_step, path[:-1]))]))
    more = f" ({len(errors) - 1} more to mend after it)" if len(errors) > 1 else ""
    if first["type"] == UNKNOWN_KEY:
        known = keys_at(path, forms or {}, whole)
        return WorksheetError(f"Unknown key '{key}'", where=where, then=_suggestion(key, known) + more)
    if first["type"] in {"missing", "missing_argument"}:
        return WorksheetError(f"The key '{key}' is missing", where=where, then="add it" + more)
    if "ctx" in first and "expected" in first["ctx"]:
        options = re.findall(r"'([^']*)'", first["ctx"]["expected"]) or [first["ctx"]["expected"]]
        what = f"'{key}' cannot be '{_short(first['input'])}'"
        return WorksheetError(what, where=where, then=_suggestion(str(first["input"]), options) + more)
    message = str(first.get("ctx", {}).get("error", "")) or SAYS.get(first["type"]) or first["msg"]
    return WorksheetError(f"'{key}' cannot be '{_short(first['input'])}'", where=where, then=message.rstrip(".") + more)


def keys_at(path: tuple[int | str, ...], forms: Mapping[str, type], whole: type | None) -> list[str]:
    """List the keys that are known where the last step of `path` stands."""
    parents = [step for step in path[:-1] if isinstance(step, str) and step in forms]
    form = forms[parents[-1]] if parents else whole
    return [field.name for field in fields(form)] if form else []


def _step(step: int | str) -> str:
    return str(step + 1) if isinstance(step, int) else step


def _short(value: object) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= SHORT else text[: SHORT - 3] + "..."


def _suggestion(given: str, known: list[str]) -> str:
    guess = nearest(given, known)
    listed = ", ".join(filter(None, known))
    return f"did you mean '{guess}'? Known are: {listed}" if guess else f"known are: {listed}"
