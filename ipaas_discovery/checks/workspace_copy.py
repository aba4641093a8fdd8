"""Copy of a workspace for a run that shall leave nothing in it: what may be written is copied, the rest is linked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipaas_discovery.errors import ConfigurationError

__all__ = ["workspace_copy"]

LEFT_OUT = frozenset({"out", ".ipynb_checkpoints"})
LINKED = ("store", ".env")
"""Beginnings of names in the settings' folder that are only read: systems' answers, and secrets."""


@contextmanager
def workspace_copy(settings: Path, notebooks: Path) -> Iterator[Path]:
    """Copy the folders of the settings and of the notebooks, and give the notebooks' copy until the block ends.

    Raises:
        ConfigurationError: if the two do not stand in one folder.
    """
    data, notebooks = settings.resolve().parent, notebooks.resolve()
    root = notebooks.parent
    if data.parent != root:
        then = "name a folder beside that of the settings with --notebooks-folder"
        raise ConfigurationError("The notebooks are not in this workspace", where=str(notebooks), then=then)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / root.name if root.name else Path(folder) / "workspace"
        copy.mkdir()
        for entry in root.iterdir():
            if entry in {data, notebooks}:
                _copied(entry, copy / entry.name)
            elif not entry.name.startswith("."):
                _linked(entry, copy / entry.name)
        yield copy / notebooks.name


def _copied(folder: Path, copy: Path) -> None:
    """Copy a folder; what is only read in it is linked."""
    copy.mkdir()
    for entry in folder.iterdir():
        if entry.name.startswith(LINKED):
            _linked(entry, copy / entry.name)
        elif entry.name not in LEFT_OUT and entry.is_dir():
            shutil.copytree(entry, copy / entry.name)
        elif entry.name not in LEFT_OUT:
            shutil.copy(entry, copy / entry.name)


def _linked(entry: Path, copy: Path) -> None:
    """Link to a file or folder; where the system makes no links, copy it."""
    try:
        copy.symlink_to(entry, target_is_directory=entry.is_dir())
    except OSError:
        if entry.is_dir():
            shutil.copytree(entry, copy)
        else:
            shutil.copy(entry, copy)
