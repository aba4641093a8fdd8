"""A folder of JSON files that the kit alone writes: the same contents as the same bytes, and nothing but them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from os import SEEK_END
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import DiscoveryError

__all__ = ["MachineFiles"]

T = TypeVar("T")
END = b"\n}"
"""End of a file that was written to its end: the one brace without an indent before it."""
LAST = 16
"""Bytes in which the end is looked for."""


class MachineFiles:
    """Files of one folder, each by its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, contents: Mapping[str, bytes], *, keep: Container[str] = ()) -> None:
        """Write what differs from what is there, and remove the files that are no more.

        Args:
            contents: the files to write, by name.
            keep: names of files that stay as they are.

        Raises:
            WorksheetError: if the disk will not have it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != content:
                write_atomically(path, content, lasting=False)
        for path in self.folder.glob("*.json"):
            if path.name not in contents and path.name not in keep:
                path.unlink()

    def is_whole(self, name: str) -> bool:
        """Tell, without reading all of it, whether a file is there and ends as these files do."""
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(max(file.seek(0, SEEK_END) - LAST, 0))
                return file.read().rstrip().endswith(END)
        except OSError:
            return False

    def read(self, name: str, build: Callable[[Any], T], torn: Callable[[str], object] = str) -> T | None:
        """Read a file as what `build` makes of its data; None if it is missing or torn, and then `torn` is told."""
        path = self.folder / name
        try:
            return build(msgspec.json.decode(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError, ValidationError, DiscoveryError, TypeError, KeyError, AttributeError):
            torn(name)
            return None
