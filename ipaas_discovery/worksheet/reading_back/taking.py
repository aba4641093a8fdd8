"""Edits as words: the methods of a worksheet by which a person would have said what a row says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.errors import ConfigurationError, WorksheetError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.editing.find import find_entry
from ipaas_discovery.worksheet.entry import UNDECIDED, Entry
from ipaas_discovery.worksheet.exports.tables.evidence_tables import FEATURES, WHOLE
from ipaas_discovery.worksheet.exports.tables.mapping_tables import CSHARP
from ipaas_discovery.worksheet.exports.workbook.cover import SIGNED_OFF
from ipaas_discovery.worksheet.reading_back.edit import VALUE_MAPS, Edit
from ipaas_discovery.worksheet.synopsis.mapping_line import TYPES
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["Word", "words_of"]

STATUSES = ("open", "proposed", "accepted", "rejected", "manual")
"""Words of a mapping's status that people may write."""
KINDS = {name.lower(): kind for kind, name in TYPES.items()} | {kind: kind for kind in TYPES}
"""Words for what fills a field, the platform's and the kit's."""
NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class Word(Card):
    """A method of the worksheet, and what it is called with."""

    method: str
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


def words_of(edit: Edit, synopsis: Synopsis) -> tuple[Word, ...]:
    """Say an edited row in the worksheet's own methods.

    Args:
        edit: the row.
        synopsis: the worksheet as it stands.

    Raises:
        DiscoveryError: if it cannot be said.
    """
    ways: dict[str, Callable[[Edit, Synopsis], Iterator[Word]]] = {
        "Order": _order,
        "Flows": _flow,
        "Supported Features": _features,
        "Fields To": lambda row, known: _field(row, known, Direction.TO),
        "Fields From": lambda row, known: _field(row, known, Direction.FROM),
        VALUE_MAPS: _value_map,
        "Conflicts": _owner,
        "Questions": _answer,
        "Plan": _plan,
        SIGNED_OFF: _sign_off,
    }
    return tuple(ways[edit.sheet](edit, synopsis))


def _word(method: str, *arguments: object, **keywords: object) -> Word:
    return Word(method, arguments, keywords)


def _pair(edit: Edit) -> tuple[str, str]:
    return edit.key["collection"], edit.key["third party"]


def _changed(edit: Edit, *columns: str) -> bool:
    return any(cell.column in columns for cell in edit.cells)


def _order(edit: Edit, _synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    row = edit.after
    if _changed(edit, "decision") and row["decision"].lower() in {"", UNDECIDED}:
        yield _word("undecide", collection, third_party=third_party)
    elif _changed(edit, "decision", "methods", "why", "by"):
        if row["decision"].lower() in {"", UNDECIDED}:
            raise WorksheetError("It is undecided", where=edit.place, then="fill its decision as well")
        methods = [word for word in re.split(r"[,;\s]", row["methods"]) if word]
        yield _word(
            "decide",
            collection,
            row["decision"],
            methods=methods or None,
            why=row["why"] if _changed(edit, "why") else None,  # a changed direction asks for its reason anew
            by=row["by"] or None,
            third_party=third_party,
        )
    if _changed(edit, "comment"):
        yield _word("remark", collection, row["comment"], third_party=third_party)


def _flow(edit: Edit, synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    entry = _entry(synopsis, collection, third_party)
    name = edit.key["flow"]
    properties = {cell.column.replace(" ", "_"): cell.after for cell in edit.cells}
    direction = None if any(flow.name == name for flow in entry.named_flows) else entry.flow(name).direction
    yield _word("flow", collection, name, direction, third_party=third_party, **properties)


def _features(edit: Edit, _synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    properties = {FEATURES[cell.column]: _property(cell.column, cell.after) for cell in edit.cells}
    yield _word("edit", collection, edit.key["direction"], third_party=third_party, **properties)


def _property(column: str, text: str) -> Any:  # noqa: ANN401  a truth value, a text, or nothing
    if not text or column == "additional information":
        return text or None
    if column == "support":
        return text.capitalize()
    truth = type_words().truth(text)
    if truth is None:
        raise WorksheetError(f"'{text}' is neither yes nor no", where=column, then="write yes or no, or clear it")
    return truth


def _field(edit: Edit, synopsis: Synopsis, direction: Direction) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    if any(cell.column != "comment" for cell in edit.cells):
        word = {"third_party": third_party, "why": edit.after["why"] if _changed(edit, "why") else ""}
        word |= {"flow": edit.key["flow"]} if edit.key.get("flow") else {}
        yield _fill(edit, synopsis, (collection, direction, edit.key["destination"]), word)
    if _changed(edit, "comment"):
        yield _word("remark", collection, edit.after["comment"], edit.key["destination"], third_party=third_party)


Place = tuple[str, Direction, str]


def _fill(edit: Edit, synopsis: Synopsis, place: Place, word: dict[str, str]) -> Word:
    """Say what fills a field, that nothing does, or that what is proposed does not."""
    row, status = edit.after, edit.after["status"].lower()
    if _changed(edit, "status") and status not in STATUSES:
        then = f"write one of {', '.join(STATUSES)}"
        raise WorksheetError(f"'{edit.after['status']}' is no status of a mapping", where=edit.place, then=then)
    cleared = not (row["type"] or row["source"] or row["value"])
    here = {name: word[name] for name in ("third_party", "flow") if name in word}
    if status == "rejected" and _changed(edit, "status"):
        return _word("reject", *place, edit.before["source"] or row["source"] or None, **word)
    if status in {"open", "proposed"} and _changed(edit, "status"):
        return _word("unmap", *place, **here)
    if cleared and edit.before["status"] == "proposed":
        return _word("reject", *place, edit.before["source"] or None, **word)
    if cleared:
        return _word("unmap", *place, **here)
    if edit.translation or _changed(edit, "type", "source", "value"):
        return _map(edit, synopsis, place, word | _extras(row))
    reason = {"why": row["why"]} if edit.before["status"] in {"accepted", "manual"} else {}
    return _keep(edit, synopsis, place, word | _extras(row) | reason)


def _extras(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row[name] for name in ("default", "condition") if row[name]}


def _keep(edit: Edit, synopsis: Synopsis, place: Place, word: dict[str, str]) -> Word:
    """Take what fills a field already, under another default, condition or reason."""
    entry = _entry(synopsis, place[0], word["third_party"])
    rows = entry.mappings(place[1], word.get("flow", ""))
    filled = next((row for row in rows if row.destination == place[2] and row.fills), None)
    if filled is not None and filled.status == "manual":
        return _map(edit, synopsis, place, word)
    return _word("accept", *place, **word)


def _map(edit: Edit, synopsis: Synopsis, place: Place, word: dict[str, str]) -> Word:
    """Fill a field by what the row's type says, or by what its source and value allow."""
    row = edit.after
    source, value = row["source"], row["value"]
    kind = _kind(edit)
    if kind == "constant":
        if not value:
            raise WorksheetError("A fixed value is missing", where=edit.place, then="write it beside Static")
        return _word("constant", *place, value, **word)
    if kind == "look-up":
        values = edit.translation or _values(synopsis, place, word)
        if not values:
            raise WorksheetError("A value map needs values", where=edit.place, then="write them into Value maps")
        return _word("value_map", *place, source, values, **word)
    if kind == "field":
        return _word("map", *place, source, **word)
    if value.upper().startswith(CSHARP.upper()):
        return _word("formula", *place, csharp=value[len(CSHARP) :].strip(), **word)
    if collection_name(value) in ipaas_collections():
        return _word("lookup", *place, source, value, **word)
    return _word("formula", *place, value, **word)


def _values(synopsis: Synopsis, place: Place, word: Mapping[str, str]) -> dict[str, str]:
    """Give the values of the map that fills a field now, be it proposed or a person's."""
    lines = synopsis.of(_entry(synopsis, place[0], word["third_party"]).key).lines(place[1])
    known = next((line for line in lines if line.destination == place[2] and line.flow == word.get("flow", "")), None)
    return dict(known.translation) if known else {}


def _kind(edit: Edit) -> str:
    """Tell what fills a field: what its type says if a person wrote it or it still fits, else what the row allows."""
    row = edit.after
    given = row["type"].lower()
    if given and given not in KINDS:
        known = ", ".join(TYPES.values())
        raise ConfigurationError(f"'{row['type']}' is no type of a mapping", then=f"write one of {known}")
    kind = KINDS.get(given, "")
    if kind and (_changed(edit, "type") or edit.translation or _fits(kind, row)):
        return kind
    if row["value"] and not row["source"]:
        return "constant"
    return "formula" if row["value"] else "field"


def _fits(kind: str, row: Mapping[str, str]) -> bool:
    """Tell whether a source and a value are those of a kind."""
    return {
        "field": bool(row["source"]) and not row["value"],
        "constant": bool(row["value"]) and not row["source"],
        "formula": bool(row["value"]),
        "look-up": bool(row["source"]) and not row["value"],
    }[kind]


def _value_map(edit: Edit, synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    direction, destination = edit.key["direction"], edit.key["destination"]
    word = {"third_party": third_party}
    word |= {"flow": edit.key["flow"]} if edit.key.get("flow") else {}
    entry, way = _entry(synopsis, collection, third_party), Direction.parse(direction)
    rows = entry.mappings(way, word.get("flow", ""))
    kept = next((row for row in rows if row.destination == destination and row.fills), None)
    word |= {name: text for name in ("default", "condition") if (text := getattr(kept, name, ""))}
    yield _word("value_map", collection, direction, destination, edit.key["source"], dict(edit.after), **word)


def _owner(edit: Edit, _synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    field, row = edit.key["iPaaS.com field"], edit.after
    yield _word("own", collection, field, row["owner"], why=row["why"], third_party=third_party)


def _answer(edit: Edit, synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    questions = {str(question.number): question.text for question in synopsis.questions}
    text = questions.get(edit.key["no"])
    if text is None:
        raise WorksheetError(f"There is no question {edit.key['no']}", where=edit.place, then="keep the column 'No'")
    by = edit.after["by"] or None
    if collection == WHOLE:
        yield _word("answer", text, edit.after["answer"], by=by)
    else:
        yield _word("answer", text, edit.after["answer"], by=by, collection=collection, third_party=third_party)


def _plan(edit: Edit, _synopsis: Synopsis) -> Iterator[Word]:
    collection, third_party = _pair(edit)
    if not collection:
        raise WorksheetError("This step is the kit's own", where=edit.place, then="write it in the comment of a pair")
    words = {cell.column: "" if cell.after == NOT_GIVEN else cell.after for cell in edit.cells}
    yield _word("plan", collection, third_party=third_party, **words)


def _sign_off(edit: Edit, _synopsis: Synopsis) -> Iterator[Word]:
    for cell in edit.cells:
        name, _, date = cell.after.rpartition(", ")
        dated = name and date[:4].isdigit()
        yield _word("sign", cell.column, name if dated else cell.after, on=date if dated else None)


def _entry(synopsis: Synopsis, collection: str, third_party: str | None) -> Entry:
    return find_entry(synopsis.document.entries, collection, third_party)
