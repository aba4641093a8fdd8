"""Find the records in an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.knowledge.answer_words import answer_words, envelope_words
from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.body import XML
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, OUTCOME, failure_in, outcome_text, remark_in
from ipaas_discovery.systems.answers.json_path import at, leaves, values_at
from ipaas_discovery.systems.answers.notes import Note
from ipaas_discovery.systems.answers.signs import says_empty, sign_of_more

__all__ = ["LEFT_OUT", "NULLS", "RecordList", "elements_at", "lacks_list_alone", "list_paths", "records_at"]

NULLS = "null among the records, left out"
ALONE = "one object in place of a list, read as one record"
LEFT_OUT = "no list in an answer, taken for an empty one that is left out"
MAPPED = "records in a map in place of a list"
NUMBERED = "records under numbers in place of a list, as PHP writes one"
KEY = "key"
FEWEST = 2
"""Fields of its own that an object without an id needs to be taken for a record."""
DATA_KEY = re.compile(r"(?=.*\d)[\w.:@-]*")
"""A key that looks like data: it has a digit in it."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """The records at a place, and notes on how they stood there."""

    records: list[dict[str, Any]]
    notes: tuple[Note, ...] = ()


def records_at(answer: Answer, path: str, *, single: bool = False) -> RecordList:
    """Return the records of an answer: those at `path` (empty: the body itself), or with `single` the one object.

    A path through a list, such as GraphQL's `data.orders.edges[].node`, takes the value there from each element. A
    map of records, one object alone, and a list that is left out because it is empty are records as well.

    Raises:
        ResponseError: if there is none, with up to three paths that hold lists of objects.
    """
    value = _values_through_list(answer.body, path) if "[]" in path else at(answer.body, path)
    if answer.body is None:
        return RecordList([])
    if single and isinstance(value, Mapping):
        return RecordList([dict(value)])
    records = None if single else _listed(value, answer, path)
    if records is not None and "[]" in path:
        records = _without_outcomes(records)
    if records is not None and (records.records or not answer.trouble):  # nothing beside an error is not empty
        return records
    if answer.trouble:
        raise ResponseError(
            f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}",
            where=answer.request,
            then="do what it says; where it names a field or a parameter, correct that in the connector",
        )
    expected = f"`{path}`" if path else "the body itself"
    candidates = sorted(_lists(answer.body), key=lambda candidate: (-candidate[1], candidate[0]))[:3]
    alternatives = ", ".join(f"{where} ({count})" for where, count in candidates) or "no list of objects anywhere"
    failure = failure_in(answer.body)
    raise ResponseError(
        f"No {'record' if single else 'list of records'} at {expected}, {_describe_mismatch(answer.body, path, value)}"
        + (f"; the answer says '{failure:.{EXCERPT}}'" if failure else ""),
        where=answer.request,
        then=("do what it says, or " if failure else "")
        + f"set `records` in the connector; the answer has {alternatives}",
    )


def lacks_list_alone(before: object, body: object, path: str) -> bool:
    """Tell whether a later answer lacks nothing of what one before had but the list at `path`, and says no more.

    >>> lacks_list_alone({"feed": {"title": "t", "entry": [{}]}}, {"feed": {"title": "t"}}, "feed.entry")
    True
    """
    outer, _, name = path.partition("[]")[0].rpartition(".")
    earlier, holder = at(before, outer), at(body, outer)
    if not isinstance(earlier, Mapping) or not isinstance(holder, Mapping) or not holder:
        return False
    return name in earlier and name not in holder and set(holder) <= set(earlier)


def elements_at(record: object, path: str) -> list[Any]:
    """Return the elements at a dotted path of a record, through lists with or without `[]` behind their names.

    Of a list its elements, of a map of records these, of one object that.

    >>> elements_at({"lines": [{"taxes": [{"rate": 19}]}, {"taxes": {"rate": 7}}]}, "lines.taxes")
    [{'rate': 19}, {'rate': 7}]
    """
    values: list[Any] = [record]
    for key in path.replace("[]", "").split("."):
        inside = [value.get(key) for value in values if isinstance(value, Mapping)]
        values = [element for value in inside for element in _elements(value)]
    return values


def _without_outcomes(listed: RecordList) -> RecordList:
    """Take out of a list what FHIR puts among its records to say how the search went; it becomes a note."""
    outcomes = [record for record in listed.records if record.get("resourceType") == OUTCOME]
    if not outcomes:
        return listed
    notes = (Note(f"the system says among the records: {outcome_text(record):.{EXCERPT}}") for record in outcomes)
    records = [record for record in listed.records if record.get("resourceType") != OUTCOME]
    return RecordList(records, (*listed.notes, *notes))


def _elements(value: object) -> list[Any]:
    if isinstance(value, Mapping):
        mapped = _mapped(value)
        return mapped.records if mapped else [value] if value else []
    return value if isinstance(value, list) else []


def _listed(value: object, answer: Answer, path: str) -> RecordList | None:
    """Return the records that a value holds in whatever form; None if it holds none."""
    if isinstance(value, list):
        records = [record for record in value if record is not None]
        if not all(isinstance(record, (dict, Mapping)) for record in records):  # the abstract class is slow to ask
            return None
        nulls = len(value) - len(records)
        return RecordList(records, (Note(NULLS, nulls),) if nulls else ())
    if _is_empty(value, answer, path):
        return RecordList([])
    if isinstance(value, Mapping) and value and not answer.trouble:
        alone = RecordList([dict(value)]) if _was_xml(answer) else None  # which writes a list of one like one object
        return alone or _mapped(value) or _alone(value, answer, path)
    return RecordList([], (Note(LEFT_OUT),)) if value is None and _leaves_out(answer, path) else None


def _alone(value: Mapping[str, Any], answer: Answer, path: str) -> RecordList | None:
    """Return the one record that an object is; None for an envelope, and any other object.

    A record has a field that looks like its id, or stands with some fields of its own where the connector says.
    """
    own = [str(key) for key in value if not envelope_words().is_companion(str(key))]
    plain = [name for name in own if not isinstance(value[name], Mapping | list) and _is_field(name)]
    lists = {place.partition(".")[0].removesuffix("[]") for place, _ in list_paths(value)}
    if any(_holds_page(name, answer, alone=len(plain) < FEWEST) for name in lists):
        return None
    words = field_words().key_words("lone")
    has_id = any(split_words(name)[-1:] == (word,) for name in own for word in words)
    is_record = has_id or (bool(path) and not lists and len(plain) >= FEWEST)
    return RecordList([dict(value)], (Note(ALONE),)) if is_record else None


def _is_field(name: str) -> bool:
    """Tell whether a member's name is none of those by which an answer says how the call went."""
    errors = answer_words().errors
    return bare(name) not in (*errors.says, *errors.outcomes, *errors.keys)


def _holds_page(name: str, answer: Answer, *, alone: bool) -> bool:
    """Tell whether a list is a page of records: it is called like the path, or stands `alone` under any list's name."""
    words, asked = envelope_words(), re.split(r"[/\s]", answer.request.partition("?")[0].rstrip("/"))[-1]
    return bare(name) == bare(asked) or (alone and bare(name) in {*words.batches, *words.wrappers, *words.holders})


def _mapped(value: Mapping[str, Any]) -> RecordList | None:
    """Return the records that an object holds by their keys, each with its key if it does not hold it itself.

    They are records if they are objects that have fields in common, and a single one if its key looks like data.
    Keys that count from 0 are PHP's way to write a list from which something was taken out.
    """
    records = [record for record in value.values() if record is not None]
    if not records or not all(isinstance(record, Mapping) and record for record in records):
        return None
    fields = [set(record) for record in records]
    data = all(DATA_KEY.fullmatch(str(key)) for key in value)
    alike = len(records) > 1 and 2 * len(set.intersection(*fields)) >= max(map(len, fields))
    if not data and not alike:
        return None
    keys = [str(key) for key, record in value.items() if record is not None]
    nulls = (Note(NULLS, len(value) - len(records)),) if len(value) > len(records) else ()
    if "0" in keys and all(key.isdecimal() for key in keys):
        return RecordList([dict(record) for record in records], (Note(NUMBERED), *nulls))
    if any(
        all(str(record.get(name)) == key for key, record in zip(keys, records, strict=True))
        for name in set.intersection(*fields)
    ):
        return RecordList([dict(record) for record in records], (Note(MAPPED), *nulls))
    name = KEY
    while any(name in record for record in records):
        name += "_"
    kept = [{name: key, **record} for key, record in zip(keys, records, strict=True)]
    return RecordList(kept, (Note(f"{MAPPED}, each key in `{name}`"), *nulls))


def _is_empty(value: object, answer: Answer, path: str) -> bool:
    """Tell whether a list is left out, or something empty stands in its place, because there are no records."""
    if value is None and path and _is_null(answer.body, path, xml=_was_xml(answer)):
        return True
    if value not in (None, "", {}) and value is not False:
        return False
    return bool(path) and (value == {} or answer.body == [] or says_empty(answer))  # PHP's empty object is a list


def _leaves_out(answer: Answer, path: str) -> bool:
    """Tell whether nothing stands where the list would, in an answer that tells neither of records nor of an error."""
    holder: object = answer.body
    for name in path.split(".")[:-1]:
        holder = holder[name] if isinstance(holder, Mapping) and isinstance(holder.get(name), Mapping) else holder
    if not isinstance(holder, Mapping) or not all(envelope_words().is_companion(str(name)) for name in holder):
        return False
    sign = sign_of_more(answer, 0)
    counted = (sign is not None and sign.at_least is not None) or any(
        paging_words().is_total(place) for place, _ in leaves(answer.body)
    )
    return bool(path) and "[]" not in path and not (counted or answer.trouble or remark_in(None, answer.body))


def _was_xml(answer: Answer) -> bool:
    """Tell whether an answer came as XML."""
    return any(note.what == XML for note in answer.notes)


def _is_null(body: object, path: str, *, xml: bool) -> bool:
    """Tell whether a path leads to a null: some systems write an empty list so.

    In XML an empty list is a null above the path's end, too, and what has nothing but attributes is empty.
    """
    *outer, name = path.split(".")
    holder = at(body, ".".join(outer))
    if isinstance(holder, Mapping):
        return name in holder or (xml and all(key.startswith("@") for key in holder))
    return xml and holder is None and bool(outer) and _is_null(body, ".".join(outer), xml=True)


def _values_through_list(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """Collect the value at a path from each element of the list it passes through; None if no element has one."""
    outer, _, inner = path.partition("[]")
    elements = at(body, outer)
    if not isinstance(elements, list):
        return elements
    inner = inner.lstrip(".")
    values = [value for element in elements for value in (values_at(element, inner) if inner else [element])]
    if values and all(isinstance(value, list) for value in values):  # each element holds a list of its own
        return [record for value in values for record in value]
    return values if values or not elements else None


def _lists(body: object) -> list[tuple[str, int]]:
    """List the paths that hold lists of objects, as a connector writes them, with their lengths."""
    return [(f"`{path}`" if path else 'the body itself, written `""`', count) for path, count in list_paths(body)]


def list_paths(body: object, path: str = "") -> list[tuple[str, int]]:
    """List the paths that hold lists of objects, an edge of a GraphQL connection by its node, with their lengths.

    >>> list_paths({"data": {"orders": [{"id": 1}], "tags": ["a"]}})
    [('data.orders', 1)]
    """
    if isinstance(body, list) and all(isinstance(element, Mapping) for element in body):
        if body and all(isinstance(element.get("node"), Mapping) for element in body):
            path += "[].node"
        return [(path, len(body))]
    if not isinstance(body, Mapping):
        return []
    return [inner for key, value in body.items() for inner in list_paths(value, f"{path}.{key}".lstrip("."))]


def _describe_mismatch(body: object, path: str, value: object) -> str:
    """Describe the value at a path that holds no records, or the list that stands in its way."""
    parts = path.split(".")
    prefixes = (".".join(parts[:count]) for count in range(len(parts)))
    blocked = next((prefix for prefix in prefixes if isinstance(at(body, prefix), list)), None)
    if blocked is None:
        return f"which holds {_describe_kind(value)}"
    return f"for {f'`{blocked}`' if blocked else 'the body itself'} is a list already"


def _describe_kind(value: object) -> str:
    """Name the kind of a JSON value."""
    if value is None:
        return "nothing"
    kinds: dict[type, str] = {dict: "an object", list: "a list of other values", str: "text"}
    return kinds.get(type(value), f"{value!r:.40}")
