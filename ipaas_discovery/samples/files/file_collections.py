"""Collections whose records are in a file: a system without an API is looked at through its exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipaas_discovery.errors import FetchError, SourceError, UnknownNameError
from ipaas_discovery.samples.files.record_file import read_records
from ipaas_discovery.samples.sample import Sample, Stop

if TYPE_CHECKING:
    from ipaas_discovery.samples.redaction.redactor import Redactor
    from ipaas_discovery.systems.connectors.connector import Connector

__all__ = ["FileCollections"]


@dataclass(frozen=True, slots=True)
class FileCollections:
    """Where a connector's files are, and what takes personal data out of them before anybody sees it.

    Attributes:
        find: tells where a file is that the connector names.
        redactor: redacts what is read; nothing is with None.
    """

    find: Callable[[str], Path] = Path
    redactor: Redactor | None = None

    def sample(self, system: str, connector: Connector, collection: str) -> Sample:
        """All records of a collection's file. How many more the system has, a file cannot say.

        Raises:
            FetchError: if the file cannot be read.
        """
        spec = connector.collection(collection)
        try:
            place = connector.records_of(collection)
            records = read_records(self.find(spec.file or ""), spec.sheet, place=place, encoding=spec.encoding)
        except (SourceError, UnknownNameError) as error:
            raise FetchError(error.what, where=error.where, then=error.then) from None
        if self.redactor is not None:
            records = self.redactor.records(records, collection)
        return Sample(system, collection, records, Stop.FILE)
