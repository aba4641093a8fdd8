"""The records that a list's query string asks for, and the page of them."""

from __future__ import annotations

import json
import math
from decimal import Decimal, InvalidOperation

import flask
from werkzeug.datastructures import MultiDict

from ipaas_discovery.sandbox.platform_api.error_answers import answer, refuse, whole_number
from ipaas_discovery.sandbox.platform_api.platform_calls import filter_fields
from ipaas_discovery.sandbox.platform_api.platform_records import Record
from ipaas_discovery.schemas.declaring.facts import CollectionFacts

__all__ = ["PAGE_SIZE", "filtered", "page_of"]

PAGE_SIZE = 20
"""Records a page: the sandbox's own decision; the platform's page size, and a parameter for it, are not known."""

NOT_FIELDS = frozenset({"action", "pageNumber", "trackingGuid"})


def filtered(records: list[Record], facts: CollectionFacts, query: MultiDict[str, str]) -> list[Record]:
    """Select the records for which every `<PascalCase>=<value>` beside `action=equals` holds.

    The sandbox's own decisions: another action, an action without a field, or a field the collection does
    not have is 400 VALD-1008; without an action, parameters that nobody knows are ignored; numbers are
    compared as numbers, `true` and `false` in any case, text exactly; null equals nothing.
    """
    action = query.get("action")
    if action is None:
        return records
    if action != "equals":
        refuse("VALD-1008", f"Unknown action '{action}': the sandbox knows 'equals'.")
    known = filter_fields(facts)
    filters = {name: value for name, value in query.items() if name not in NOT_FIELDS}
    unknown = sorted(set(filters) - set(known))
    if unknown or not filters:
        refuse("VALD-1008", f"No field to filter by: '{', '.join(unknown)}'. Fields are: {', '.join(sorted(known))}.")
    wanted = [(known[name].path, value) for name, value in filters.items()]
    return [record for record in records if all(_equals(record.get(path), value) for path, value in wanted)]


def page_of(records: list[Record], query: MultiDict[str, str]) -> flask.Response:
    """Return the page that `pageNumber` (from 1) asks for, with its `X-Pagination` header.

    The sandbox's own decisions: `page_Size` and `total_Count` beside the two members that are known; a
    page past the end is an empty array; an empty collection has 0 pages.
    """
    number = whole_number(query.get("pageNumber", "1"), "pageNumber")
    first = (number - 1) * PAGE_SIZE
    facts = {
        "current_Page": number,
        "total_Pages": math.ceil(len(records) / PAGE_SIZE),
        "page_Size": PAGE_SIZE,
        "total_Count": len(records),
    }
    return answer(records[first : first + PAGE_SIZE], X_Pagination=json.dumps(facts))


def _equals(value: object, text: str) -> bool:
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int | float):
        try:
            return Decimal(text) == Decimal(str(value))
        except InvalidOperation:
            return False
    return isinstance(value, str) and value == text
