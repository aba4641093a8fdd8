"""Differences between a baseline and what is there now, each as a sentence that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipaas_discovery.changes.baseline import DECISION, Baseline, BaselineRow
from ipaas_discovery.changes.changes import Aspect
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows

__all__ = ["BaselineDifference", "compare_baselines"]

Rows = Mapping[tuple[str, ...], BaselineRow]


@dataclass(frozen=True, slots=True)
class BaselineDifference(Card):
    """One difference: the pair of collections, and the sentence."""

    collection: str
    third_party: str
    sentence: str


@shows("What is different")
def compare_baselines(before: Baseline, after: Baseline) -> tuple[BaselineDifference, ...]:
    """List what differs, in the order of the later baseline; a pair that came or went is one difference.

    >>> row = "TRANSACTION", "orders", "values", "third party, returned", "status"
    >>> old, new = (Baseline((BaselineRow(*row, values),)) for values in ({"paid": 9}, {"paid": 8, "lost": 1}))
    >>> [difference.sentence for difference in compare_baselines(old, new)]
    ['TRANSACTION.status: new value lost, 1 of 9 (third party, returned)']
    """
    old, new = ({row.key: row for row in baseline.rows} for baseline in (before, after))
    pairs = dict.fromkeys((*after.pairs, *before.pairs))
    return tuple(
        BaselineDifference(*pair, sentence) for pair in pairs for sentence in _pair(pair, before, after, old, new)
    )


def _pair(pair: tuple[str, str], before: Baseline, after: Baseline, old: Rows, new: Rows) -> Iterator[str]:
    title = " ↔ ".join(pair)
    if pair not in before.pairs:
        yield f"{title}: a new pair"
    elif pair not in after.pairs:
        yield f"{title}: it is not paired any more"
    else:
        keys = dict.fromkeys((*new, *old))
        for key in (key for key in keys if key[:2] == pair):
            yield from _difference(old.get(key), new.get(key))


def _difference(old: BaselineRow | None, new: BaselineRow | None) -> Iterator[str]:
    row = new or old
    if row is None or (old and new and old.value == new.value):
        return
    if row.aspect == Aspect.VALUES:
        yield from _values(old, new, row)
        return
    before, after = (str(one.value) if one else "" for one in (old, new))
    if row.aspect == DECISION:
        yield f"{row.collection}: decided {after or 'nothing'}, it was {before or 'nothing'}"
    elif row.aspect == Aspect.PASS_RATE:
        yield f"{row.collection}, {row.place}: {after or 'none'} of the records pass, it was {before or 'none'}"
    elif row.aspect == Aspect.VERDICT:
        yield f"{row.collection}, {row.place}: {after or 'no verdict'}, it was {before or 'none'}"
    else:
        what = f"it was {before}, it is {after}" if old and new else f"a new field, {after}" if new else "it is gone"
        yield f"{row.collection}.{row.field}: {what} ({row.place})"


def _values(old: BaselineRow | None, new: BaselineRow | None, row: BaselineRow) -> Iterator[str]:
    """Name the values that came and went; where the values are few no longer, or again, that is one sentence."""
    before, after = (dict(one.value) if one and isinstance(one.value, Mapping) else {} for one in (old, new))
    name = f"{row.collection}.{row.field}"
    if not after or not before:
        yield f"{name}: {'a few values now' if after else 'no longer a few values'} ({row.place})"
        return
    of = sum(after.values())
    for value in (value for value in after if value not in before):
        yield f"{name}: new value {value}, {after[value]} of {of} ({row.place})"
    for value in (value for value in before if value not in after):
        yield f"{name}: no more {value}, it was in {before[value]} of {sum(before.values())} ({row.place})"
