"""Recognise a page of records that came before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ipaas_discovery.samples.requests.page import Page

__all__ = ["PageDeduplicator", "content"]


class PageDeduplicator:
    """Knows a page of records that came before, exactly, at the price of its first and last record."""

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._marks: dict[tuple[int, bytes, bytes], list[list[dict[str, Any]]]] = {}
        for page in pages:
            self.repeats(page)

    def repeats(self, page: Page) -> bool:
        """Whether an earlier page held the same records; this one is remembered. Empty pages repeat nothing."""
        if not page.records:
            return False
        mark = (len(page.records), content(page.records[0]), content(page.records[-1]))
        alike = self._marks.setdefault(mark, [])
        if any(each == page.records for each in alike):
            return True
        alike.append(page.records)
        return False


def content(record: object) -> bytes:
    """Equal for equal JSON, whatever the order of its keys."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except (OverflowError, msgspec.MsgspecError):  # integers past 64 bits
        return repr(record).encode()
