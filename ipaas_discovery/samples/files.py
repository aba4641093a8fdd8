"""Collections whose records are in a file: a system without an API is looked at through its exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipaas_discovery.errors import FetchError, SourceError, UnknownNameError
from ipaas_discovery.samples.probe_report import ProbeReport, Proof
from ipaas_discovery.samples.readers.recordfile import read_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.systems.answer import at

if TYPE_CHECKING:
    from ipaas_discovery.samples.redact import Redactor
    from ipaas_discovery.systems.connector import Connector

__all__ = ["Files", "probe_file"]


@dataclass(frozen=True, slots=True)
class Files:
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


def probe_file(sample: Sample, id_path: str) -> ProbeReport:
    """What can be proven of a file: that it holds records, and that their ids are different."""
    ids: list[Any] = [at(record, id_path) for record in sample.records]
    missing, distinct = sum(each is None for each in ids), len({str(each) for each in ids if each is not None})
    said = f"'{id_path}' is missing in {missing} of {len(ids)} records" if missing else ""
    different = Proof(
        "ids are different",
        None if missing or not ids else distinct == len(ids),
        said or f"{distinct} different '{id_path}' in {len(ids)} records",
    )
    found = Proof("records are found", bool(ids) or None, f"{len(ids)} in the file")
    return ProbeReport(sample.collection, (found, different), notes=("a file does not page, and nothing was asked",))
