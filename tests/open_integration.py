"""An integration without systems: a worksheet, and what is open on it."""

from __future__ import annotations

from ipaas_discovery.worksheet.open_work.work_list import WorkList, work_list
from ipaas_discovery.worksheet.worksheet import Worksheet


class Integration:
    """The worksheet and what is open on it; `asked` counts how often the list was made."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet, self.asked = worksheet, 0

    def open_work(self) -> WorkList:
        """What is open, one collection of the third party in no pair among it."""
        self.asked += 1
        return work_list(self.worksheet.document, {}, unpaired=[("third party", "zebras", "none like it")])
