"""Freshness: which of two records was changed last, as far as both say when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["changed_last"]

CHANGED = {"updated", "modified", "changed", "update"}


def changed_last(left: Mapping[str, Any], right: Mapping[str, Any]) -> str:
    """Name the side that was changed last: "left_fresher", "right_fresher", or empty where that is not known.

    >>> changed_last({"updated_at": "2026-03-01T10:00:00Z"}, {"date_modified": "2026-02-01T10:00:00+02:00"})
    'left_fresher'
    """
    ours, theirs = _changed(left), _changed(right)
    if ours is None or theirs is None or (ours.tzinfo is None) != (theirs.tzinfo is None) or ours == theirs:
        return ""
    return "left_fresher" if ours > theirs else "right_fresher"


def _changed(record: Mapping[str, Any]) -> datetime | None:
    moments = (
        _moment(value) for key, value in record.items() if isinstance(value, str) and CHANGED & set(split_words(key))
    )
    return next((moment for moment in moments if moment is not None), None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(normalised(text) or "")
    except ValueError:
        return None
