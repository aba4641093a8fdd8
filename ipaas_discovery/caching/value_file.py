"""A file that holds values of this package: read back as they were, or not at all."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.renderings.tabular import Tabular

__all__ = ["ValueFile"]

HEAD = b"ipaas-discovery: values that were computed, made anew where this file is missing\n"
DIGEST = 32
"""Bytes of a digest."""
SUFFIX = ".values"
KEPT = 12
"""Files that stay in a folder: pulls and analyses of two days, and those from before the last changes."""
OWN = __name__.split(".", maxsplit=1)[0] + "."
PLAIN = {("builtins", "list"), ("collections", "defaultdict"), ("decimal", "Decimal")}
"""Types beside this package's own values that may be read."""
PROTOCOL = 5


class ValueFile:
    """File named by all that its value was computed from, so that a change of any makes another file.

    It holds dataclasses, enums and settings of this package and nothing that could run; git ignores its folder.

    Args:
        folder: the folder of such files; it is made when the first one is saved.
        inputs: everything that the value is computed from.
    """

    def __init__(self, folder: Path, inputs: Iterable[bytes]) -> None:
        digest = sha256()
        for part in inputs:
            digest.update(sha256(part).digest())
        self.path = folder / f"{digest.hexdigest()[:DIGEST]}{SUFFIX}"

    def read(self, named: Callable[[Any], Any] = {}.__getitem__) -> Any:  # noqa: ANN401  what was saved
        """Read the value; None without a file, and where it is damaged.

        Args:
            named: gives what was not written, by its name.
        """
        with suppress(Exception):  # whatever is wrong with it, the value is computed anew
            content = self.path.read_bytes()
            digest, payload = content[len(HEAD) : len(HEAD) + DIGEST], content[len(HEAD) + DIGEST :]
            if content.startswith(HEAD) and sha256(payload).digest() == digest:
                with gc_paused():
                    return _Reader(payload, named).load()
        return None

    def write(self, value: object, named: Mapping[Any, object] | None = None) -> None:
        """Save the value; a folder that cannot be written is done without.

        Args:
            value: the value.
            named: objects of this package that are not written, by their names.
        """
        buffer = BytesIO()
        with gc_paused():
            _writer(buffer, named or {}).dump(value)
        payload, folder = buffer.getvalue(), self.path.parent
        with suppress(DiscoveryError, OSError):
            folder.mkdir(exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            write_atomically(self.path, HEAD + sha256(payload).digest() + payload, lasting=False)
            _forget(folder)


def _forget(folder: Path) -> None:
    """Remove the files that were not written for longest."""
    files = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)


def _writer(buffer: BytesIO, named: Mapping[Any, object]) -> pickle.Pickler:
    """Make a writer that names some objects instead of writing them; it is called for objects of their types alone."""
    names = {id(value): name for name, value in named.items()}

    def written(value: Any) -> Any:  # noqa: ANN401  as the library has it
        return (_named, (names[id(value)],)) if id(value) in names else value.__reduce_ex__(PROTOCOL)

    writer = pickle.Pickler(buffer, protocol=PROTOCOL)
    writer.dispatch_table = dict.fromkeys(map(type, named.values()), written)
    return writer


def _named(name: object) -> object:
    """Stand in a file for an object that has a name; whoever reads it gives the object."""
    raise LookupError(name)


class _Reader(pickle.Unpickler):
    """Reader that knows the values of this package and plain ones, and no function."""

    def __init__(self, payload: bytes, named: Callable[[Any], Any]) -> None:
        super().__init__(BytesIO(payload))
        self._named = named

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  as the library has it
        """Find a type whose values may be read.

        Raises:
            UnpicklingError: for anything else.
        """
        if (module, name) == (__name__, _named.__name__):
            return self._named
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.startswith(OWN) and _is_value(kind := super().find_class(module, name)):
            return kind
        raise pickle.UnpicklingError(f"{module}.{name} is no value of this package")


def _is_value(kind: object) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum | BaseModel | Tabular))
