"""The fourth part of the labelled set: records as twenty-five vendors write them, one answer a line of a file."""

from __future__ import annotations

import json
from pathlib import Path

from personal_values.labels import Answer, Described, Keys, Personal, Unlabelled

RECORDS = Path(__file__).with_name("vendor_records.json")


def labelled(value):
    """Give a value with its labels."""
    if isinstance(value, list):
        return [labelled(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"personal"}:
        kind, held, *parts = value["personal"]
        return Personal(kind, held, tuple(parts))
    if set(value) == {"unlabelled"}:
        return Unlabelled(value["unlabelled"])
    if set(value) == {"keys"}:
        return Keys(tuple((labelled(key), labelled(inner)) for key, inner in value["keys"]))
    return {key: labelled(inner) for key, inner in value.items()}


def systems():
    """All systems, each with its answers in the order in which they come."""
    answers: dict[str, list[Answer]] = {}
    for line in json.loads(RECORDS.read_text(encoding="utf-8")):
        answers.setdefault(line["system"], []).append(Answer(line["path"], labelled(line["body"])))
    return tuple(Described(name, _collections(of_system), tuple(of_system)) for name, of_system in answers.items())


def _collections(answers):
    paths = {answer.path for answer in answers if answer.path.startswith("/")}
    return {path[1:]: {"list": path, "detail": f"{path}/{{id}}", "id": "id"} for path in sorted(paths) or ["/x"]}
