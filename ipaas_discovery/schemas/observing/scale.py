"""A whole extract counted part by part, by any executor: threads, processes, or the workers of a cluster.

A worker gets a stretch of a file (its name, first and last byte) if it can read the file itself, else some lines
or records; it gives back counts, never records.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from itertools import islice
from math import inf
from pathlib import Path
from typing import IO, Any, AnyStr, Protocol, cast

from ipaas_discovery.errors import SourceError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.schemas.observing.json_lines import Part

__all__ = ["SUFFIXES", "count_file", "count_records"]

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
PART_RECORDS = 1_000
BLOCK = 2**19
"""Bytes of lines that are parsed together: so few that their records stay in a processor's cache."""
TOGETHER = 16
"""Blocks that are sent to a worker together, where it cannot read them itself."""
SHORTEST, LONGEST, STRETCHES = 8 * 2**20, 64 * 2**20, 4
"""Bytes of a file for one worker: so much at least, at most, and so many stretches of a file in between."""
IN_FLIGHT = 64
"""Tasks handed out before the oldest is waited for."""


class Task(Protocol):
    """A part of the source to be counted."""

    def count(self, part: Part) -> None:
        """Count it into `part`."""


@dataclass(frozen=True, slots=True)
class FileStretch:
    """The lines of a file in UTF-8 that begin at or after the byte `start` and before `end`."""

    path: str
    start: int
    end: int

    def count(self, part: Part) -> None:
        """Count these lines into `part`."""
        with Path(self.path).open("rb") as file:
            if self.start:
                file.seek(self.start - 1)
                file.readline()  # the line that begins before is another's
            elif file.read(len(BOM_UTF8)) != BOM_UTF8:
                file.seek(0)
            for block in _blocks(file, b"\n", self.end):
                part.add_lines(block)


@dataclass(frozen=True, slots=True)
class Lines:
    """Blocks of lines in UTF-8."""

    blocks: tuple[bytes, ...]

    def count(self, part: Part) -> None:
        """Count these lines into `part`."""
        for block in self.blocks:
            part.add_lines(block)


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """A batch of Python records."""

    records: list[Any]

    def count(self, part: Part) -> None:
        """Count these records into `part`."""
        part.add_records(self.records)


def count_file(path: Path, executor: Executor | None = None) -> Part:
    """Count a file of JSON lines, which may be compressed or in UTF-16.

    Raises:
        SourceError: if it is no such file, cannot be read, or a worker is lost.
    """
    if not path.name.lower().endswith(SUFFIXES):
        then = f"give a file that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        raise SourceError("Records are read from JSON lines", where=str(path), then=then)
    try:
        return _counted(_file_tasks(path, executor), executor)
    except FileNotFoundError as error:
        raise SourceError("There is no such file", where=str(path), then="check the path") from error
    except UnicodeError as error:
        raise SourceError(f"The file is not the text that it begins as: {error}", where=str(path)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"The file cannot be read: {error}", where=str(path)) from error
    except BrokenExecutor as error:
        then = "give the workers more memory, or have fewer of them"
        raise SourceError(f"A worker was lost: {error}", where=str(path), then=then) from error


def count_records(records: Iterable[Any], executor: Executor | None = None) -> Part:
    """Count records."""
    remaining = iter(records)
    parts = iter(lambda: [*islice(remaining, PART_RECORDS)], [])
    return _counted(map(RecordBatch, parts), executor)


def _file_tasks(path: Path, executor: Executor | None) -> Iterator[Task]:
    """Yield stretches of a file that workers can read from anywhere; of any other file, its lines."""
    packed = path.suffix.lower() == ".gz"
    with _opened(path, packed=packed) as file:
        encoding = json.detect_encoding(file.read(4))
        file.seek(0)
        if not encoding.startswith("utf-8"):
            text = io.TextIOWrapper(file, encoding, newline="\n")
            yield from _sent(block.removeprefix("\ufeff").encode() for block in _blocks(text, "\n"))
        elif packed:
            if encoding == "utf-8-sig":
                file.read(len(BOM_UTF8))
            yield from _sent(_blocks(file, b"\n"))
        else:
            size = path.stat().st_size
            step = max(size, 1) if executor is None else min(max(size // STRETCHES, SHORTEST), LONGEST)
            yield from (FileStretch(str(path), start, min(start + step, size)) for start in range(0, size, step))


def _sent(blocks: Iterator[bytes]) -> Iterator[Lines]:
    """Group blocks of lines into tasks of a worker's size: merging costs as much for few lines as for many."""
    return map(Lines, iter(lambda: (*islice(blocks, TOGETHER),), ()))


def _opened(path: Path, *, packed: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")


def _blocks(file: IO[AnyStr], newline: AnyStr, end: float = inf) -> Iterator[AnyStr]:
    """Yield whole lines of a file, a block at a time, up to the one that begins before the byte `end`."""
    while (left := end if end == inf else end - file.tell()) > 0:
        block = file.read(int(min(BLOCK, left)))
        if not block:
            return
        yield block if block.endswith(newline) else block + file.readline()


def _counted(tasks: Iterator[Task], executor: Executor | None) -> Part:
    """Count all tasks into one part; an executor's parts are merged in order, few of them in memory at a time."""
    whole = Part()
    if executor is None:
        with gc_paused():
            for task in tasks:
                task.count(whole)
        return whole
    waiting: deque[Future[Part]] = deque()
    try:
        for task in tasks:
            waiting.append(executor.submit(_count, task))
            if len(waiting) >= IN_FLIGHT:
                whole.merge(waiting.popleft().result())
        while waiting:
            whole.merge(waiting.popleft().result())
    finally:
        for future in waiting:
            future.cancel()
    return whole


def _count(task: Task) -> Part:
    part = Part()
    with gc_paused():
        task.count(part)
    return part
