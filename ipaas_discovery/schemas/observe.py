"""A schema from records: what was seen at every path, in one pass."""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.schemas.tally import Tally

__all__ = ["observe"]

PART_RECORDS = 1_000
PART_BYTES = 4_000_000
"""A part ends with whichever comes first, so that memory stays small whatever the file's length."""
IN_FLIGHT = 16
"""Parts handed to an executor before the oldest is waited for."""
SUFFIXES = (".jsonl", ".jsonl.gz")


def observe(source: Sample | Iterable[Any] | str | Path, *, executor: Executor | None = None) -> Schema:
    """What `source` shows of each field: presence, types, formats, ranges, values, each with its own denominator.

    A list is a path of its own (`lines`), its elements' fields are below it (`lines[].sku`), its plain
    elements have a path (`tags[]`). Absent, null and empty are counted apart; integers of any size stay
    exact, and a boolean is no integer. `distinct`, `top` and `examples` are about filled plain values;
    beyond 2,000 different ones `distinct` is 2,000 and means "at least", and `top` is empty.

    >>> schema = observe([{"id": 1, "tags": ["new"]}, {"id": 2, "tags": []}, {"id": None}])
    >>> [(each.path, each.observed.present, each.observed.of, each.observed.filled) for each in schema.fields]
    [('id', 3, 3, 2), ('tags', 2, 3, 1), ('tags[]', 1, 1, 1)]

    Args:
        source: a Sample, any iterable of dicts, or the path of a `.jsonl` or `.jsonl.gz` file.
        executor: counts parts of the source side by side and merges the counts; the result is the same.

    Raises:
        SourceError: if the file cannot be read, or one of its lines is not JSON.
    """
    tally = Tally()
    for part in _counted(_parts(source), executor):
        tally.merge(part)
    return Schema(
        collection=source.collection if isinstance(source, Sample) else "",
        system=source.system if isinstance(source, Sample) else "",
        fields=tuple(Field(path, observed=seen) for path, seen in tally.observed()),
        records=tally.records,
        source=_claim(source),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Some lines of a file, not yet parsed, and the number of the first."""

    name: str
    first: int
    lines: list[bytes]

    def __iter__(self) -> Iterator[Any]:
        decode = msgspec.json.Decoder().decode
        for number, line in enumerate(self.lines, start=self.first):
            if line.strip():
                try:
                    yield decode(line)
                except (ValueError, RecursionError) as error:
                    where = f"{self.name}, line {number}"
                    raise SourceError(
                        f"A line is not JSON: {error}", where=where, then="correct or remove it"
                    ) from None


def _counted(parts: Iterator[Iterable[Any]], executor: Executor | None) -> Iterator[Tally]:
    """The tally of each part, in order; only a few parts are in memory at a time."""
    if executor is None:
        yield from map(_count, parts)
        return
    waiting: deque[Future[Tally]] = deque()
    for part in parts:
        waiting.append(executor.submit(_count, part))
        if len(waiting) >= IN_FLIGHT:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _count(part: Iterable[Any]) -> Tally:
    tally = Tally()
    tally.add(part)
    return tally


def _parts(source: Sample | Iterable[Any] | str | Path) -> Iterator[Iterable[Any]]:
    if isinstance(source, str | Path):
        yield from _file_parts(Path(source))
        return
    records = source.records if isinstance(source, Sample) else source
    if isinstance(records, Mapping | bytes) or not isinstance(records, Iterable):
        kind = type(records).__name__
        raise SourceError(f"Records come as a Sample, a list or a file, not as {kind}", then="put one record in a list")
    remaining = iter(records)
    while part := list(islice(remaining, PART_RECORDS)):
        yield part


def _file_parts(path: Path) -> Iterator[_Lines]:
    if not path.name.lower().endswith(SUFFIXES):
        raise SourceError(
            "Records are read from JSON lines", where=str(path), then=f"give a {' or '.join(SUFFIXES)} file"
        )
    try:
        with _opened(path) as file:
            first = 1
            while lines := _lines(file):
                if first == 1:
                    lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
                yield _Lines(path.name, first, lines)
                first += len(lines)
    except FileNotFoundError as error:
        raise SourceError("There is no such file", where=str(path), then="check the path") from error
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"The file cannot be read: {error}", where=str(path)) from error


def _opened(path: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def _lines(file: BinaryIO | gzip.GzipFile) -> list[bytes]:
    """The next lines of a part."""
    lines: list[bytes] = []
    size = 0
    for line in file:
        lines.append(line)
        size += len(line)
        if len(lines) >= PART_RECORDS or size >= PART_BYTES:
            break
    return lines


def _claim(source: Sample | Iterable[Any] | str | Path) -> str:
    if isinstance(source, Sample):
        return source.claim
    return Path(source).name if isinstance(source, str | Path) else "records"
