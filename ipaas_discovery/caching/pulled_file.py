"""File that keeps what the embedded sandbox answered, as a store keeps what real systems did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ipaas_discovery.caching.digests import folder_digest, program_digest
from ipaas_discovery.caching.value_file import ValueFile
from ipaas_discovery.pull_both import Pulled
from ipaas_discovery.settings import CollectionPair, Settings
from ipaas_discovery.system import System

__all__ = ["PulledFile"]

SUFFIXES = {".json", ".yaml"}


class PulledFile:
    """File of one pull from two embedded systems, named by the sandbox's records and by what was asked.

    Args:
        folder: the folder of such files.
        integration: the settings.
        pairs: the pairs of collections that are asked for.
        systems: both systems.
        day: the day of the sandbox.
    """

    def __init__(
        self, folder: Path, integration: Settings, pairs: Iterable[CollectionPair], systems: Iterable[System], day: str
    ) -> None:
        self._file = ValueFile(folder, _inputs(integration, pairs, systems, day))

    def read(self) -> Pulled | None:
        """Read the pull; None if it was not kept."""
        pulled = self._file.read()
        return pulled if isinstance(pulled, Pulled) else None

    def write(self, pulled: Pulled) -> None:
        """Keep a pull that nobody interrupted."""
        if not pulled.interrupted:
            self._file.write(pulled)


def _inputs(
    integration: Settings, pairs: Iterable[CollectionPair], systems: Iterable[System], day: str
) -> Iterator[bytes]:
    from ipaas_discovery.sandbox.sandbox_data import shipped_folder  # noqa: PLC0415  live systems need no sandbox
    from ipaas_discovery.sandbox.sandbox_records import records_folder  # noqa: PLC0415  live systems have no such folder

    yield program_digest()
    yield repr((integration, tuple(pairs), day)).encode()
    yield from (system.connector.model_dump_json().encode() for system in systems)
    yield from (folder_digest(folder, SUFFIXES) for folder in (shipped_folder(), records_folder()))
