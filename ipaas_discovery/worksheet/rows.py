"""Rows of a worksheet: what people said, each statement under its key, so that two writers never overwrite unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias, TypeVar

from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, OrderedFlow
from ipaas_discovery.worksheet.parts import Decision, Question
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, Remark

__all__ = ["WHOLE", "RowKey", "RowPart", "Rows", "Statement", "merged", "of_pair"]

WHOLE = ("", "")
"""Pair of collections that stands for the whole integration."""


class RowPart:
    """Names of the parts that rows belong to, as the file spells them."""

    TITLE = "title"
    PAIR = "pair"
    LEFT_OUT = "left_out"
    LISTS = "lists"
    SIGN_OFF = "sign_off"
    DECISION = "decision"
    FLOWS = "flows"
    TO, FROM = "to_ipaas", "from_ipaas"
    OWNERS = "owners"
    ANSWERS = "answers"
    FEATURES = "features"
    ACCEPTED = "accepted"
    REMARKS = "remarks"
    PLAN = "plan"


class RowKey(NamedTuple):
    """The place of one statement: the pair of collections, the part, and the name within it."""

    pair: tuple[str, str]
    part: str
    name: str = ""

    def __str__(self) -> str:
        words = [" ↔ ".join(filter(None, self.pair)), self.part.replace("_", " "), self.name]
        return ", ".join(filter(None, words))


Statement: TypeAlias = (
    str
    | bool
    | Decision
    | Question
    | Features
    | OrderedFlow
    | FieldOwner
    | LeftOut
    | AcceptedFinding
    | Remark
    | tuple[fills.Mapping, ...]
)
Rows: TypeAlias = Mapping[RowKey, Statement]
"""Everything people said; the order of pairs is that of the file."""
R = TypeVar("R")


def of_pair(rows: Rows, pair: tuple[str, str]) -> Iterator[tuple[RowKey, Statement]]:
    """List the rows of one pair."""
    return ((key, row) for key, row in rows.items() if key.pair == pair)


def merged(base: Rows, ours: Rows, theirs: Rows) -> tuple[dict[RowKey, Statement], tuple[RowKey, ...]]:
    """Merge two changes of the same rows; gives the merged rows, and the keys that both changed, there as `theirs`.

    >>> key = RowKey(WHOLE, "title")
    >>> merged({key: "a"}, {key: "b"}, {key: "a"}), merged({key: "a"}, {key: "b"}, {key: "c"})[0] == {key: "c"}
    (({RowKey(pair=('', ''), part='title', name=''): 'b'}, ()), True)
    """
    result: dict[RowKey, Statement] = {}
    both = []
    for key in _in_order(ours, theirs):
        start, here, there = base.get(key), ours.get(key), theirs.get(key)
        if here not in (start, there) and there != start:
            both.append(key)
        kept = there if here == start or key in both else here
        if kept is not None:
            result[key] = kept
    return result, tuple(both)


def _in_order(ours: Iterable[RowKey], theirs: Iterable[RowKey]) -> Iterable[RowKey]:
    return dict.fromkeys((*theirs, *ours))
