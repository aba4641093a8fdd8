"""Recognition of a page of records that came before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ipaas_discovery.samples.requests.page import Page

__all__ = ["PageDeduplicator", "content"]


class PageDeduplicator:
    """Knows exactly whether a page of records came before, at the price of encoding its first and last record."""

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._marks: dict[tuple[int, bytes, bytes], list[list[dict[str, Any]]]] = {}
        for page in pages:
            self.repeats(page)

    def repeats(self, page: Page) -> bool:
        """Tell whether an earlier page held the same records, and remember this one. Empty pages repeat nothing."""
        if not page.records:
            return False
        mark = (len(page.records), content(page.records[0]), content(page.records[-1]))
        candidates = self._marks.setdefault(mark, [])
        if any(records == page.records for records in candidates):
            return True
        candidates.append(page.records)
        return False


def content(record: object) -> bytes:
    """Encode a JSON value so that equal values give equal bytes, whatever the order of their keys."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except (OverflowError, msgspec.MsgspecError):  # msgspec encodes no integer past 64 bits
        return repr(record).encode()
