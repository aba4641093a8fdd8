"""File that keeps an analysis beside the settings: whoever opens the same samples again computes nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

from ipaas_discovery.analysis import Analysis, PulledSystem
from ipaas_discovery.caching.digests import program_digest
from ipaas_discovery.caching.value_file import ValueFile
from ipaas_discovery.samples.sample import Sample

__all__ = ["AnalysisFile"]


class AnalysisFile:
    """File of what an analysis computed, named by its samples, descriptions, connectors and pairs.

    Samples are not in it, and words of people only where evidence was computed under them.

    Args:
        analysis: the analysis to fill and to keep.
        folder: the folder of such files.
    """

    def __init__(self, analysis: Analysis, folder: Path) -> None:
        self._analysis, self._file = analysis, ValueFile(folder, _inputs(analysis))
        self._samples, self._saved = dict(_named(analysis)), 0

    def load(self) -> None:
        """Take over what was computed before."""
        self._analysis.results.update(self._file.read(self._samples.__getitem__) or {})

    def save(self, *, at_once: bool = True) -> None:
        """Keep what was computed, if anything was since it was kept last.

        Args:
            at_once: False waits until twice as much was computed, so that all writing together costs little.
        """
        computed = len(self._analysis.computed)
        if computed > self._saved * (1 if at_once else 2):
            self._file.write(self._analysis.wanted, self._samples)
            self._saved = computed


def _named(analysis: Analysis) -> Iterator[tuple[tuple[str, str], Sample]]:
    """Yield each sample behind its name."""
    for side, system in zip(("ipaas", "third_party"), analysis.systems, strict=True):
        for name, sample in system.samples.items():
            yield (side, name), sample


def _inputs(analysis: Analysis) -> Iterator[bytes]:
    """Yield everything that an analysis is computed from."""
    yield program_digest()
    yield repr((analysis.pairs, analysis.embeddings and analysis.embeddings.version)).encode()
    for system in analysis.systems:
        yield from _inputs_of(system)


def _inputs_of(system: PulledSystem) -> Iterator[bytes]:
    yield repr((system.name, system.lists, system.environment, system.documents)).encode()
    yield system.connector.model_dump_json().encode()
    yield from (pickle.dumps(api.document) for api in system.documents.descriptions)
    for collection in system.connector.collections.values():
        for received in collection.received:
            with suppress(OSError):
                yield system.find(received.file).read_bytes()
    for name in sorted(system.samples):
        sample = system.samples[name]
        parts = [getattr(sample, part.name) for part in fields(sample)]  # its own repr is for people
        yield repr(parts).encode("utf-8", "surrogatepass")
