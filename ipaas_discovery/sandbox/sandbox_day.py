"""A day on which the sandbox answers: its records, its documents and its clock; an earlier one turns today's back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from typing import Any

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.sandbox.sandbox_data import read_shipped, shipped_folder
from ipaas_discovery.sandbox.sandbox_records import DATE, Side, load

__all__ = ["SandboxDay", "sandbox_day", "sandbox_days"]

Json = dict[str, Any]
FOLDER = "days"
NINE = 9
"""The hour at which the sandbox's clock stands still, on every day."""


@dataclass(frozen=True)
class SandboxDay:
    """One day of both systems.

    Args:
        day: the day (ISO).
        records: by `side/collection`, the steps that turn today's records into those of the day. A step chooses
            records (`where` fields hold a value, the `last` so many, one in `every` so many; else all) and says what
            to do: `drop` them, `set` fields, `remove` fields.
        documents: by `side/name`, what differs in an API document, as a JSON Merge Patch (RFC 7386).
    """

    day: str
    records: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    documents: Mapping[str, Json] = field(default_factory=dict)

    @property
    def date(self) -> str:
        """The `Date` header of every answer of the day."""
        day = date.fromisoformat(self.day)
        return format_datetime(datetime(day.year, day.month, day.day, NINE, tzinfo=UTC), usegmt=True)

    def load(self, side: Side, name: str) -> list[Json]:
        """Load the records of a collection as they were; shared where nothing differs, so do not change one."""
        records = load(side, name)
        for step in self.records.get(f"{side}/{name}", ()):
            records = [*_after(records, step)]
        return records

    def document(self, side: Side, name: str, document: Json) -> Json:
        """Give a document as it was: as it is today, under the day's patch."""
        patch = self.documents.get(f"{side}/{name}")
        return merged(document, patch) if patch else document


def sandbox_days() -> tuple[str, ...]:
    """List the days on which the sandbox can be asked, the last one its present.

    >>> sandbox_days()
    ('2026-10-26', '2026-11-02')
    """
    return (*sorted(path.stem for path in (shipped_folder() / FOLDER).glob("*.yaml")), _present())


@cache
def sandbox_day(day: str | None = None) -> SandboxDay:
    """Find a day of the sandbox, its present by default.

    >>> sandbox_day().date
    'Mon, 02 Nov 2026 09:00:00 GMT'

    Raises:
        UnknownNameError: if it does not answer for that day.
    """
    if day in {None, _present()}:
        return SandboxDay(_present())
    if day not in sandbox_days():
        raise UnknownNameError("day of the sandbox", str(day), sandbox_days())
    return SandboxDay(str(day), **read_shipped(f"{FOLDER}/{day}"))


def merged(value: Json, patch: Json) -> Json:
    """Apply a JSON Merge Patch: objects are merged, null removes, anything else replaces.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"b": None}, "d": [3]})
    {'a': {'c': 2}, 'd': [3]}
    """
    result = dict(value)
    for name, part in patch.items():
        if part is None:
            result.pop(name, None)
        elif isinstance(part, dict):
            below = result.get(name)
            result[name] = merged(below if isinstance(below, dict) else {}, part)
        else:
            result[name] = part
    return result


def _after(records: Sequence[Json], step: Json) -> Iterator[Json]:
    """Give the records as one step leaves them."""
    removed = {*step.get("remove", ())}
    for number, record in enumerate(records):
        if not _chosen(record, number, len(records), step):
            yield record
        elif not step.get("drop"):
            yield {name: value for name, value in record.items() if name not in removed} | step.get("set", {})


def _chosen(record: Json, number: int, of: int, step: Json) -> bool:
    where = step.get("where", {})
    meets = all(record.get(name) == value for name, value in where.items())
    return meets and number >= of - step.get("last", of) and number % step.get("every", 1) == 0


def _present() -> str:
    return parsedate_to_datetime(DATE).date().isoformat()
