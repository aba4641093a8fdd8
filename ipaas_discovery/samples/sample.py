"""Records of one collection, with where, when and how they were taken, and what that can claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import typed_column, typed_frame, varied_first
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tables import html_table, markdown_table
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import counted, html_text, markdown_text, visible
from ipaas_discovery.samples.absence import Absence
from ipaas_discovery.samples.end import ListEnd
from ipaas_discovery.samples.named_lists import named_columns
from ipaas_discovery.samples.redaction.pull_names import with_changes
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.answers.record_list import elements_at

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Record", "Sample", "Stop", "Stratum"]

Record = Mapping[str, Any]
SHOWN_COLUMNS, SHOWN_ROWS = 8, 6
"""Columns and rows of a sample that a notebook shows."""
TOO_FEW = 3
"""With so few records the rule of three bounds nothing."""


class Stop(StrEnum):
    """The reason why a pull ended."""

    COMPLETE = "every page was read"
    SPACED = "the planned pages were read"
    NO_NEXT = "there was no next page"
    SHORT = "a page was short"
    EMPTY = "a page was empty"
    NO_CONTENT = "the system answered 204"
    NO_BODY = "an answer held nothing, not even an empty list"
    ABSENT = "a page was not there"
    GAP = "a page between others held nothing"
    REFUSED = "further pages were refused"
    REPEATED = "a page came twice"
    CAP = "the plan's budget was used up"
    TIME = "the time was used up"
    QUIET = "the last pages brought no new path"
    PARENTS = "every parent of the sample was asked"
    INTERRUPTED = "it was interrupted"
    FILE = "it was read from a file"
    FAILED = "it could not be read"
    UNASKED = "nobody was asked"


UNSEEN = {Stop.INTERRUPTED, Stop.TIME, Stop.CAP, Stop.NO_BODY}
"""Stops after which a sample without records does not show that there are none."""
SPREAD_STOPS = {Stop.COMPLETE, Stop.SPACED, Stop.QUIET, Stop.PARENTS}
"""Stops after which the records come from all over the collection, unless their pages are its first ones."""


@dataclass(frozen=True, slots=True)
class Stratum(Card):
    """One way of looking for records: its name, pages read, and records that no earlier one had brought."""

    name: str
    pages: int
    records: int


@dataclass(frozen=True, slots=True)
class Sample(Tabular):
    """Records of one collection of one system.

    `records` are as returned, exact integers included. `parents` holds, for a child collection, each
    record's parent id in the same order. `total` is the number of records the system says it has, or that a proved
    end shows, else None. `pages` are the numbers of the pages read, `taken` the date the system gave
    with its answers (ISO), empty where it gave none. `requests` counts the calls made. `sizes` are the numbers of
    records that each of the `pages` brought first, empty where records do not come by pages. `strata` says what the
    newest page, the oldest and those of filter values brought beside the spread pages, empty where only these were
    read. `details` are a few of the records as the call of one record gives them, where they were asked for; a note
    tells what they have and the list lacks. `notes` are what else the reader has to know. `end` is what is known of the
    collection's end. `problem` says, in one sentence, why a collection could not be read; such a sample is empty. Where
    only a secret, the address or the network is missing for it, `absence` tells which.
    """

    system: str
    collection: str
    records: tuple[Record, ...]
    stop: Stop
    total: int | None = None
    pages: tuple[int, ...] = ()
    parents: tuple[Any, ...] = ()
    taken: str = ""
    requests: int = 0
    problem: str = ""
    strata: tuple[Stratum, ...] = ()
    notes: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    details: tuple[Record, ...] = ()
    end: ListEnd = field(default_factory=ListEnd)
    absence: Absence | None = None

    @classmethod
    def absent(cls, system: str, collection: str, absence: Absence) -> Sample:
        """Make the sample that was not pulled, for a reason that has nothing to do with its collection."""
        return cls(system, collection, (), Stop.UNASKED, problem=str(absence), absence=absence)

    @property
    def seen(self) -> bool:
        """True if the collection was looked at: its records, or that it has none."""
        return bool(self.records) or not (self.problem or self.stop in UNSEEN)

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        return f"Sample({self._title()})"

    def name_of(self, at: int) -> str:
        """Name a record, counted from 0: by its id, else by its place."""
        return str(self.records[at].get("id", f"record {at + 1}"))

    def with_texts(self, changes: Mapping[str, str]) -> Sample:
        """Give the sample with other texts in place of some."""
        return replace(self, records=with_changes(self.records, changes), details=with_changes(self.details, changes))

    @property
    @shows("Stretches in which the records came", "part", "records")
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The stretches in which the records came, in their order: the name and the number of records of each.

        First the pages, then the strata beside them; empty where that is not known.

        >>> Sample("store", "orders", ({"id": 1},) * 5, Stop.SPACED, pages=(1, 9), sizes=(2, 3)).parts
        (('page 1', 2), ('page 9', 3))
        """
        pages = [(f"page {page}", size) for page, size in zip(self.pages, self.sizes, strict=False)]
        parts = (*pages, *((stratum.name, stratum.records) for stratum in self.strata[1:]))
        return parts if pages and sum(size for _, size in parts) == len(self) else ()

    @property
    def is_whole(self) -> bool:
        """True if these are all the records there are, as its end proves."""
        return self.end.is_proved

    @property
    def claim(self) -> str:
        """One sentence with numbers on what this sample can say of the whole collection.

        A path not seen in n spread records has a presence below 3/n at 95 % (the rule of three).

        >>> print(Sample("store", "orders", ({"id": 1},) * 200, Stop.SPACED, total=412, pages=(1, 12, 21)).claim)
        200 of 412 records from 3 pages; the planned pages were read; a path not seen has a presence under
        1.5 % at 95 %.
        """
        if self.problem:
            return f"Not read: {self.problem}"
        n = len(self.records)
        known = (
            f"{n} of {self.total} records"
            if self.total is not None
            else f"{n} record{'s'[: n != 1]}, the total unknown"
        )
        when = f" on {self.taken}" if self.taken else ""
        end = "" if self.end.is_proved else self.end.sentence
        parts = (f"{known}{self._spread()}{when}", self.stop.value, *self.notes, end, self._bound())
        return "; ".join(filter(None, parts)) + "."

    def _spread(self) -> str:
        """Say how many pages were read, and how they are spread."""
        count = sum(stratum.pages for stratum in self.strata) or len(self.pages)
        if not count:
            return ""
        return f" from {count} page{'s'[: count != 1]}" + (f" ({', '.join(self._strata())})" if self.strata else "")

    def _strata(self) -> Iterator[str]:
        """Yield the strata in words; those of one filter counted together."""
        filters = Counter(stratum.name.partition(" = ")[0] for stratum in self.strata if " = " in stratum.name)
        for stratum in self.strata:
            name, _, value = stratum.name.partition(" = ")
            if not value:
                yield f"{stratum.pages} {name}" if stratum.pages > 1 else name
        yield from (f"{count} value{'s'[: count != 1]} of {name}" for name, count in filters.items())

    def _bound(self) -> str:
        """Say what is known of the records that were not seen; only the spread ones count for it."""
        n = self.strata[0].records if self.strata else len(self.records)
        if self.end.is_proved:
            return self.end.sentence if self.records else "the collection is empty"
        if n <= TOO_FEW:
            return "too few to say anything of the rest" if self.records else "nothing was seen"
        first = ", if the rest is like these first ones" if self._from_beginning() else ""
        return f"a path not seen has a presence under {300 / n:.2g} % at 95 %{first}"

    def _from_beginning(self) -> bool:
        """Tell whether the records are the first ones of the collection, as far as is known."""
        in_a_row = self.stop is Stop.QUIET and self.pages == tuple(range(1, len(self.pages) + 1))
        return not self.parents and (in_a_row or self.stop not in SPREAD_STOPS)

    @property
    @shows("Lists inside the records", "list")
    def lists(self) -> tuple[str, ...]:
        """The lists inside the records, those that hold most elements first: each is a `frame` of its own.

        >>> Sample("store", "orders", ({"tags": ["a"], "lines": [{"sku": 1}, {"sku": 2}]},), Stop.COMPLETE).lists
        ('lines', 'tags')
        """
        elements: Counter[str] = Counter()
        for record in self.records:
            for path, length in _lists(record):
                elements[path] += length
        return tuple(sorted(elements, key=lambda name: (-elements[name], name)))

    def frame(self, child: str | None = None, *, unfold: bool = True) -> pd.DataFrame:
        """Give the records one row each, nested objects as dotted columns; or `child`, one row per element.

        Dtypes: what holds all values of a column and loses none: Int64, Float64, boolean, text; datetime64[ns]
        where all are ISO date-times of one form, with their zone; else object, as for lists, mixed values, numbers past
        64 bits, and where nothing is filled. A code such as "00123" and a date without a time stay text.

        Args:
            child: a list inside the records, such as `"lines"`, `"address.phones"` or `"lines[].taxes"`; its rows start
                with `parent_id`, the record's `id`, and `parent_row`, its position in the sample (Int64). A field of
                the element's own that is called so becomes `parent_id_`.
            unfold: give each name in a list of names and values a column, such as `custom_fields{Season}.value`.

        Raises:
            UnknownNameError: if no record holds a list named `child`.
        """
        if child is None:
            parents = {"parent_id": typed_column(self.parents)} if self.parents else {}
            rows = [dict(_flat(record)) for record in self.records]
            for path, column in [*named_columns(rows)] if unfold else ():
                for at, value in column.items():
                    rows[at][path] = value
            return typed_frame(rows, parents)
        places = _elements(self.records, child)
        if not places and child.replace("[]", "") not in {name.replace("[]", "") for name in self.lists}:
            raise UnknownNameError("child list", child, self.lists, where=f"{self.system} {self.collection}")
        rows = [dict(_flat(item)) if isinstance(item, Mapping) else {"value": item} for _, item in places]
        ids = typed_column([record.get("id") for record in self.records])
        positions = [position for position, _ in places]
        before = {
            "parent_id": ids.iloc[positions].reset_index(drop=True),
            "parent_row": typed_column(positions, empty="Int64"),
        }
        return typed_frame(rows, before)

    def to_dict(self) -> dict[str, Any]:
        """Return the sample as plain data: where, when and how it was taken, its claim, and its `records`."""
        return {**plain(self), "claim": self.claim}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the claim and the records as a GitHub-flavoured Markdown table, one column for each field."""
        return f"**{markdown_text(self._title())}**\n\n{markdown_table(self.frame(), max_rows=max_rows)}"

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the claim and the records as plain HTML, one column for each field."""
        return f"<p><b>{html_text(self._title())}</b></p>{html_table(self.frame(), max_rows=max_rows)}"

    def _title(self) -> str:
        return visible(f"{self.system}, {self.collection}: {self.claim}")

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Show the claim and the first records in Jupyter, as many columns as fit."""
        frame = varied_first(self.frame())
        hidden = len(frame.columns) - SHOWN_COLUMNS
        more = f"({counted(hidden, 'more column')} not shown)" if hidden > 0 else ""
        shown, title = frame.iloc[:, :SHOWN_COLUMNS], self._title()
        html = f"<p><b>{html_text(title)}</b></p>{html_table(shown, max_rows=SHOWN_ROWS)}"
        markdown = [f"**{markdown_text(title)}**", markdown_table(shown, max_rows=SHOWN_ROWS)]
        return {
            "text/html": html + (f"<p>{more}</p>" if more else ""),
            "text/markdown": "\n\n".join([*markdown, *filter(None, [more])]),
            "text/plain": self.to_text(max_rows=SHOWN_ROWS),
        }


def _elements(records: tuple[Record, ...], path: str) -> list[tuple[int, Any]]:
    """List the elements at a path, each with its record's position.

    One object in a list's place is an element, but not a link that stands there instead of the elements.
    """
    places = [(position, item) for position, record in enumerate(records) for item in elements_at(record, path)]
    alone = {position for position, item in places if isinstance(item, Mapping) and item is at(records[position], path)}
    names = {name for position, item in places if position not in alone and isinstance(item, Mapping) for name in item}
    return [place for place in places if not names or place[0] not in alone or names & set(place[1])]


def _lists(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, int]]:
    """Yield the path and the length of each list inside an object, and of those inside their objects."""
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _lists(inner, f"{prefix}{key}.")
        elif isinstance(inner, list):
            yield f"{prefix}{key}", len(inner)
            for element in inner:
                if isinstance(element, Mapping):
                    yield from _lists(element, f"{prefix}{key}[].")


def _flat(record: Record, prefix: str = "") -> list[tuple[str, Any]]:
    """List the key-value pairs of a record, nested objects flattened to dotted names; a literal dot is escaped."""
    pairs: list[tuple[str, Any]] = []
    for key, value in record.items():
        name = prefix + key.replace(".", "\\.")
        pairs += _flat(value, name + ".") if isinstance(value, Mapping) and value else [(name, value)]
    return pairs
