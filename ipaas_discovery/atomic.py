"""Files that are either as they were or as they should be, never in between."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EACCES, EDEADLK
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from platform import node
from tempfile import gettempdir
from time import time
from typing import Any
from zlib import crc32

from ipaas_discovery.errors import DiscoveryError, WorksheetError

__all__ = ["fill_folder", "locked", "remove_drafts", "write_atomically"]

ABANDONED = 3600
"""Seconds after which a draft is one that nobody finishes."""
SAVE_AGAIN = "your work is still in memory; free space, make the folder or choose another place, then save again"


def write_atomically(
    path: Path,
    content: bytes,
    *,
    error: type[DiscoveryError] = WorksheetError,
    then: str = SAVE_AGAIN,
    lasting: bool = True,
) -> None:
    """Write `content` to `path` in one step, through a temporary file in the same folder.

    Args:
        path: the file.
        content: all of it.
        error: the error to raise if it cannot be written.
        then: what to do next in that case.
        lasting: wait until the disk has it, so that it outlasts a power cut.

    Raises:
        DiscoveryError: `error`, if the folder or the disk will not have it; the earlier file is then as it was.
    """
    target = path.resolve()  # a link stays a link: what it points at is replaced
    draft = target.with_name(f".{target.name}.{_here()}.{os.getpid()}.{threading.get_ident()}.tmp")
    if lasting:
        remove_drafts(target.parent, target.name)
    try:
        with draft.open("wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(target, draft)
        os.replace(draft, target)  # noqa: PTH105  the call whose promise this function rests on
        if lasting:
            _sync_folder(target.parent)
    except OSError as problem:
        raise _unwritten(path, problem, error, then) from problem
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def fill_folder(folder: Path, contents: Mapping[str, bytes], *, error: type[DiscoveryError]) -> list[Path]:
    """Write all of some new files into a folder that is empty or not there yet, or none of them.

    Returns:
        The files, sorted.

    Raises:
        DiscoveryError: `error`, if one cannot be written; nothing is left behind.
    """
    first = next((path for path in reversed((folder, *folder.absolute().parents)) if not path.exists()), None)
    try:
        for name, content in contents.items():
            with _told_as(error, folder / name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(
                folder / name, content, error=error, then="free space or choose another place", lasting=False
            )
    except BaseException:
        for made in [first] if first else folder.iterdir():
            with suppress(OSError):
                shutil.rmtree(made) if made.is_dir() else made.unlink()
        raise
    return sorted(folder / name for name in contents)


@contextmanager
def _told_as(error: type[DiscoveryError], path: Path) -> Iterator[None]:
    """Say in one sentence what cannot be written."""
    try:
        yield
    except OSError as problem:
        raise _unwritten(path, problem, error, "choose another place") from problem


def remove_drafts(folder: Path, name: str = "*") -> None:
    """Remove the drafts that killed savers left in `folder`, of the file `name` or of any.

    Those of another machine are left alone for an hour: it may be at work.
    """
    with suppress(OSError):
        for draft in folder.glob(f".{name}.*.*.*.tmp"):
            *_, host, process, _thread, _tmp = draft.name.split(".")
            old = time() - draft.stat().st_mtime > ABANDONED
            if old or (host == _here() and not _runs(process)):
                draft.unlink(missing_ok=True)


def _here() -> str:
    """Name this machine in the name of a draft."""
    return f"{crc32(node().encode()):08x}"


def _runs(process: str) -> bool:
    """Tell whether a process of this machine runs; where that cannot be asked, it may."""
    if os.name == "nt" or not process.isdecimal():  # Windows would end the process that is asked
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _unwritten(path: Path, problem: OSError, error: type[DiscoveryError], then: str) -> DiscoveryError:
    kept = "the file there is untouched" if path.is_file() else "nothing was written"
    reason = problem.strerror or type(problem).__name__
    return error(f"Cannot write: {reason}", where=str(path), then=f"{kept}, {then}")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last; systems that cannot open a folder need no such step."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other savers of this kit out of `folder` between reading a file and replacing it.

    Where the system will not lock, nothing is locked; the merge by content then does its best.
    """
    lock = _posix_lock if find_spec("fcntl") else _windows_lock
    with ExitStack() as held:
        with suppress(OSError):
            held.enter_context(lock(folder))
        yield


@contextmanager
def _posix_lock(folder: Path) -> Iterator[None]:
    """Lock the folder itself, so that no file is left behind."""
    fcntl: Any = import_module("fcntl")
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _windows_lock(folder: Path) -> Iterator[None]:
    """Lock a byte of a file named by the folder, outside of it: Windows opens no folder, and nobody sees the file."""
    msvcrt: Any = import_module("msvcrt")
    name = sha256(os.path.normcase(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(gettempdir()) / f"ipaas-discovery-{name}.lock").open("a+b") as file:
        file.seek(0)
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                break
            except OSError as error:  # it gives up after ten seconds
                if error.errno not in {EACCES, EDEADLK}:
                    raise
        try:
            yield
        finally:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
