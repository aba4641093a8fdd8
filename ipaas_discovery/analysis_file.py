"""File that keeps an analysis beside the settings, so that whoever opens the same samples again computes nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from platform import python_version
from typing import Any

from pydantic import BaseModel

from ipaas_discovery.analysis import Analysis, PulledSystem
from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.samples.sample import Sample

__all__ = ["AnalysisFile"]

HEAD = b"ipaas-discovery analysis, made anew where it is missing\n"
SUFFIX = ".analysis"
KEPT = 6
"""Files that stay in the folder: two days, and what stood before the last changes."""
PACKAGE = Path(__file__).parent
LIBRARIES = ("anyascii", "numpy", "pandas", "python-stdnum", "rapidfuzz")
"""Libraries whose version may change what is computed."""
PLAIN = {("builtins", "list"), ("collections", "defaultdict"), ("decimal", "Decimal")}
"""Types beside the kit's own values that an analysis consists of."""


class AnalysisFile:
    """File of what an analysis computed, named by all that it was computed from: a change of any makes another file.

    It holds values of this package and nothing that could run, and is ignored by git. Samples are not in it.

    Args:
        analysis: the analysis to fill and to keep.
        folder: the folder of such files; it is made when the first one is saved.
    """

    def __init__(self, analysis: Analysis, folder: Path) -> None:
        self._analysis, self._folder = analysis, folder
        self._complete = False

    @cached_property
    def path(self) -> Path:
        """Path of the file, by the content of samples, descriptions, connectors, pairs, and of this package."""
        digest = sha256(_program())
        for part in _inputs(self._analysis):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        return self._folder / f"{digest.hexdigest()[:32]}{SUFFIX}"

    def load(self) -> None:
        """Take over what was computed before; without a file, or with one that is damaged, nothing."""
        samples = {key: sample for sample, key in _named(self._analysis)}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, pickle.UnpicklingError):
            content = self.path.read_bytes()
            digest, payload = content[len(HEAD) : len(HEAD) + 32], content[len(HEAD) + 32 :]
            if content.startswith(HEAD) and sha256(payload).digest() == digest:
                self._analysis.results.update(_Reader(payload, samples).load())
                self._complete = True

    def save(self) -> None:
        """Keep what was computed, if anything was; a folder that cannot be written is done without."""
        if self._complete and not self._analysis.computed:
            return
        buffer = BytesIO()
        _Writer(buffer, {id(sample): key for sample, key in _named(self._analysis)}).dump(self._analysis.wanted)
        payload = buffer.getvalue()
        with suppress(DiscoveryError, OSError):
            self._folder.mkdir(exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            write_atomically(self.path, HEAD + sha256(payload).digest() + payload, lasting=False)
            self._forget()
        self._complete = True
        self._analysis.computed = 0

    def _forget(self) -> None:
        """Remove the files that were not written for longest."""
        files = sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)


class _Writer(pickle.Pickler):
    """Writer that names samples instead of writing them."""

    def __init__(self, buffer: BytesIO, names: Mapping[int, tuple[str, str]]) -> None:
        super().__init__(buffer, protocol=5)
        self._names = names

    def persistent_id(self, value: object) -> tuple[str, str] | None:
        """Give the name of a sample that was pulled, None of anything else."""
        return self._names.get(id(value)) if type(value) is Sample else None


class _Reader(pickle.Unpickler):
    """Reader that knows the values of this package and plain ones, and no function."""

    def __init__(self, payload: bytes, samples: Mapping[tuple[str, str], Sample]) -> None:
        super().__init__(BytesIO(payload))
        self._samples = samples

    def persistent_load(self, name: tuple[str, str]) -> Sample:
        """Give the sample of a name."""
        return self._samples[name]

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  as the library has it
        """Find a type whose values may be read.

        Raises:
            UnpicklingError: for anything else.
        """
        if (module, name) in PLAIN or module.startswith(f"{PACKAGE.name}."):
            value = super().find_class(module, name)
            if (module, name) in PLAIN or _is_value(value):
                return value
        raise pickle.UnpicklingError(f"{module}.{name} is no value of an analysis")


def _is_value(kind: object) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum | BaseModel))


def _named(analysis: Analysis) -> Iterator[tuple[Sample, tuple[str, str]]]:
    """Yield each sample with its name."""
    for side, system in zip(("ipaas", "third_party"), analysis.systems, strict=True):
        for name, sample in system.samples.items():
            yield sample, (side, name)


def _inputs(analysis: Analysis) -> Iterator[bytes]:
    """Yield everything that an analysis is computed from."""
    yield repr(analysis.pairs).encode()
    for system in analysis.systems:
        yield from _inputs_of(system)


def _inputs_of(system: PulledSystem) -> Iterator[bytes]:
    yield repr((system.name, system.lists, system.environment)).encode()
    yield system.connector.model_dump_json().encode()
    yield from (pickle.dumps(api.document) for api in system.documents.descriptions)
    yield repr(system.documents).encode()
    for collection in system.connector.collections.values():
        for received in collection.received:
            with suppress(OSError):
                yield system.find(received.file).read_bytes()
    for name in sorted(system.samples):
        yield repr(system.samples[name]).encode("utf-8", "surrogatepass")


@cache
def _program() -> bytes:
    """Sum up the program: Python, the libraries that count, and every file of this package."""
    digest = sha256(repr((python_version(), [(name, version(name)) for name in LIBRARIES])).encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".toml", ".csv", ".json"} and path.is_file():
            digest.update(f"{path.relative_to(PACKAGE)}\n".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()
