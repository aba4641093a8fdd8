"""Collections whose records are in a file: a system without an API is read from its exports."""

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
    """A connector's files, and the redactor that their records go through.

    Attributes:
        find: gives the path of a file that the connector names.
        redactor: redacts what is read; None redacts nothing.
    """

    find: Callable[[str], Path] = Path
    redactor: Redactor | None = None

    def sample(self, system: str, connector: Connector, collection: str) -> Sample:
        """Read all records of a collection's file; a file cannot say how many more the system has.

        Raises:
            FetchError: if the file cannot be read.
        """
        spec = connector.collection(collection)
        try:
            path = connector.records_of(collection)
            read = read_records(self.find(spec.file or ""), spec.sheet, place=path, encoding=spec.encoding)
        except (SourceError, UnknownNameError) as error:
            raise FetchError(error.what, where=error.where, then=error.then) from None
        records = read.records if self.redactor is None else self.redactor.records(read.records, collection)
        return Sample(system, collection, records, Stop.FILE, notes=read.notes)
