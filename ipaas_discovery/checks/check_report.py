"""Report of a check: what was looked at, what holds, and what does not; as text, plain data and JUnit XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree import ElementTree as ET

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import visible

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CheckItem", "CheckReport", "CheckStatus"]


NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow."""


class CheckStatus(StrEnum):
    """Outcome of one thing that was looked at."""

    PASSED = "passed"
    FAILED = "failed"
    ACCEPTED = "accepted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckItem(Card):
    """One thing that was looked at: the part of the check, what it is about, how it went, and why."""

    part: str
    subject: str
    status: CheckStatus
    detail: str = ""


COLUMNS = dict.fromkeys(CheckItem.__dataclass_fields__, "str")


@dataclass(frozen=True, slots=True)
class CheckReport(Tabular):
    """All that a check looked at, in the order in which it did.

    >>> item = CheckItem("flows", "CUSTOMER ↔ users, To iPaaS.com, add", CheckStatus.FAILED, "blocked: no call")
    >>> report = CheckReport("Shop", (item,))
    >>> report.ok, report.summary
    (False, '1 failed')
    """

    title: str
    items: tuple[CheckItem, ...] = ()

    section: ClassVar[str] = "status"

    @property
    def ok(self) -> bool:
        """True if nothing failed."""
        return not self.failed

    @property
    @shows("Checks that failed")
    def failed(self) -> tuple[CheckItem, ...]:
        """List what failed."""
        return tuple(item for item in self.items if item.status is CheckStatus.FAILED)

    @property
    def summary(self) -> str:
        """Count the outcomes, in a few words."""
        counted = Counter(item.status for item in self.items)
        return (
            ", ".join(f"{counted[status]} {status}" for status in CheckStatus if counted[status]) or "nothing to check"
        )

    def joined(self, items: Iterable[CheckItem]) -> CheckReport:
        """Return the report with further items."""
        return CheckReport(self.title, (*self.items, *items))

    def frame(self) -> pd.DataFrame:
        """Return one row per item, all text: part, subject, status, detail."""
        return frame_of(({name: str(getattr(item, name)) for name in COLUMNS} for item in self.items), COLUMNS)

    def to_lines(self) -> str:
        """Write what failed, was accepted or could not be looked at, a line each, and the count of everything."""
        notable = [item for item in self.items if item.status is not CheckStatus.PASSED]
        lines = [f"{item.status:<8} {item.part}: {item.subject}: {item.detail}".rstrip(": ") for item in notable]
        return "\n".join([*lines, f"{self.title}: {self.summary}."])

    def to_junit(self) -> bytes:
        """Write the report as JUnit XML, as build servers read it; what is accepted counts as passed, and says so."""
        counted = Counter(item.status for item in self.items)
        suite = ET.Element(
            "testsuite",
            name=_xml(self.title),
            tests=str(len(self.items)),
            failures=str(counted[CheckStatus.FAILED]),
            errors="0",
            skipped=str(counted[CheckStatus.SKIPPED]),
        )
        for item in self.items:
            case = ET.SubElement(suite, "testcase", classname=item.part, name=_xml(item.subject))
            _outcome(case, item)
        root = ET.Element("testsuites")
        root.append(suite)
        ET.indent(root)
        content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return content + b"\n"

    def _facts(self) -> dict[str, Any]:
        return {"title": self.title, "ok": self.ok, "summary": self.summary}

    def _title(self) -> str:
        return f"Check: {self.summary}"


def _xml(text: str) -> str:
    """Make text that XML can hold."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def _outcome(case: ET.Element, item: CheckItem) -> None:
    """Write how an item went into its case."""
    detail = _xml(item.detail)
    match item.status:
        case CheckStatus.FAILED:
            ET.SubElement(case, "failure", message=detail).text = detail
        case CheckStatus.SKIPPED:
            ET.SubElement(case, "skipped", message=detail)
        case CheckStatus.ACCEPTED:
            ET.SubElement(case, "system-out").text = detail
        case CheckStatus.PASSED:
            if detail:
                ET.SubElement(case, "system-out").text = detail
