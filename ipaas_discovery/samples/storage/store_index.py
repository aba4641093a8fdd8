"""A pull's index: one JSON line per answer, after a first line that says what was recorded."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import SourceError
from ipaas_discovery.systems.answers.notes import Note

__all__ = [
    "FULL",
    "REFRESH",
    "About",
    "StoredAnswer",
    "StoredRequest",
    "append",
    "entries",
    "head_of",
    "header",
    "keep_out_of_git",
    "line_of",
    "scope",
]

REFRESH = "run `ipaas-discovery pull --refresh`"
FULL = "what was stored before stays usable; free space or make the folder writable, then pull again"


@dataclass(frozen=True, slots=True)
class About:
    """The origin of a generation: connector and its version, environment, address, and whether it is redacted."""

    connector: str
    version: str
    environment: str = ""
    base_url: str = ""
    redacted: bool = True


@dataclass(frozen=True, slots=True, order=True)
class StoredRequest:
    """A request without its signature and its secrets, its parameters sorted."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.query)
        return f"{self.method} {self.path}{f'?{query}' if query else ''}"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer: its request, status, headers and timing, and its body's file, empty without a body.

    `again` is true if a later request repeats what was replaced in it, such as an address that is an id: an
    interrupted recording that goes on has to ask for it again, as the store does not know the original. `notes` are
    the oddities of a body that was nearly JSON when it came.
    """

    asked: StoredRequest
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    file: str = ""
    again: bool = False
    notes: tuple[Note, ...] = ()


def keep_out_of_git(folder: Path) -> None:
    """Make a folder that git ignores: records of real systems do not belong there.

    Raises:
        OSError: if it cannot be made.
        SourceError: if what keeps git out of it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        write_atomically(ignored, b"# Records of real systems stay out of git.\n*\n", error=SourceError, then=FULL)


def line_of(entry: StoredAnswer, about: About) -> bytes:
    """Write an answer's line in the index."""
    asked = {"method": entry.asked.method, "path": entry.asked.path, "query": entry.asked.query}
    return _json(
        asked
        | ({"body": entry.asked.body} if entry.asked.body else {})
        | {"status": entry.status, "headers": dict(sorted(entry.headers.items()))}
        | {"seconds": round(entry.seconds, 4), "connector": f"{about.connector} {about.version}"}
        | ({"file": entry.file} if entry.file else {})
        | ({"again": True} if entry.again else {})
        | ({"notes": [[note.what, note.count] for note in entry.notes]} if entry.notes else {})
    )


def head_of(about: About, scope: Mapping[str, str]) -> bytes:
    """Write the index's first line."""
    return _json({"store": 1, **asdict(about), "scope": dict(sorted(scope.items()))})


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode(errors="replace")


def append(path: Path, line: bytes) -> None:
    """Add one line at the end; what was written of it before the disk was full is taken back."""
    try:
        with path.open("ab", buffering=0) as file:  # a buffer would write its rest when the file is closed
            end = os.fstat(file.fileno()).st_size
            try:
                left = memoryview(line)
                while left:
                    left = left[file.write(left) or 0 :]
            except OSError:
                with suppress(OSError):
                    file.truncate(end)
                raise
    except OSError as error:
        raise SourceError(f"Cannot write: {error.strerror}", where=str(path), then=FULL) from None


def _lines(index: Path, *, torn: bool = False) -> list[dict[str, Any]]:
    """Read the index's lines; a last one that an interruption cut off is skipped, with `torn` any but the first."""
    try:
        lines = index.read_bytes().split(b"\n")[:-1]
        return [json.loads(line) for at, line in enumerate(lines) if not (at and torn) or _is_json(line)]
    except FileNotFoundError:
        raise SourceError("The store has no index", where=str(index), then=REFRESH) from None
    except (OSError, ValueError) as error:
        raise SourceError(f"The store's index is damaged, {error}", where=str(index), then=REFRESH) from None


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def header(index: Path) -> About:
    """Read the origin of a pull.

    Raises:
        SourceError: if the index cannot be read.
    """
    lines = _lines(index, torn=True)
    try:
        return About(**{member.name: lines[0][member.name] for member in fields(About)})
    except (IndexError, KeyError, TypeError):
        raise SourceError("The store's index has no beginning", where=str(index), then=REFRESH) from None


def scope(index: Path) -> dict[str, str]:
    """Read the values of the names in the connector's scope."""
    values = _lines(index, torn=True)[0].get("scope", {})
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}


def entries(index: Path, *, torn: bool = False) -> Iterator[StoredAnswer]:
    """Yield every answer that the index names.

    Args:
        index: the file.
        torn: skip a damaged line, as an interrupted recording asks again for what is missing.

    Raises:
        SourceError: if it cannot be read, or a line is damaged.
    """
    header(index)
    for line in _lines(index, torn=torn)[1:]:
        try:
            query = tuple((str(name), str(value)) for name, value in line["query"])
            asked = StoredRequest(str(line["method"]), str(line["path"]), query, str(line.get("body", "")))
            file, again = str(line.get("file", "")), bool(line.get("again"))
            notes = tuple(Note(str(what), int(count)) for what, count in line.get("notes", ()))
            yield StoredAnswer(asked, int(line["status"]), dict(line["headers"]), line["seconds"], file, again, notes)
        except (KeyError, TypeError, ValueError):
            raise SourceError("A line of the store's index is damaged", where=str(index), then=REFRESH) from None
