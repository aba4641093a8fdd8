"""Answers of a system on disk: one compressed body per answer, and an index that names the request of each.

A store holds generations, one per pull, each a folder named by the day the system gave; `latest` names the one in use.
A generation that was never in use was interrupted: the next recording goes on with it. `complete` marks the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ipaas_discovery.atomic import locked, remove_drafts, write_atomically
from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.storage.packing import file_name, packed, unpacked
from ipaas_discovery.samples.storage.request_values import concealed
from ipaas_discovery.samples.storage.store_index import (
    FULL,
    REFRESH,
    About,
    StoredAnswer,
    StoredRequest,
    append,
    entries,
    head_of,
    header,
    keep_out_of_git,
    line_of,
    scope,
)

if TYPE_CHECKING:
    from ipaas_discovery.samples.redaction.redactor import Redactor
    from ipaas_discovery.samples.storage.recording import Recording, Replaying
    from ipaas_discovery.systems.connectors.credentials import Credentials
    from ipaas_discovery.systems.http import Transport

__all__ = ["About", "Store", "StoredAnswer", "StoredRequest", "day_order"]

LATEST, INDEX, BODIES, COMPLETE = "latest", "index.jsonl", "bodies", "complete"
UNDATED = "undated"


class Store:
    """The answers of one system, in a folder of their own. Safe to use from several threads.

    >>> store = Store(Path("store/shop-live"), About("shop", "1", "live"))
    >>> store.latest is None, store
    (True, Store(shop-live, nothing recorded))

    Args:
        folder: the system's folder; it is made when the first answer comes.
        about: what is recorded, or what is expected of the recording.
        day: the day whose pull is replayed; by default the latest.
    """

    def __init__(self, folder: Path, about: About, day: str = "") -> None:
        self.folder, self.about, self.day = folder, about, day
        self._lock = Lock()
        self._generation: Path | None = None
        self._entries: dict[StoredRequest, StoredAnswer] = {}
        self.scope: dict[str, str] = {}
        """Values of the names in the connector's scope, so that a replay makes the same requests and asks for none."""

    def __repr__(self) -> str:
        return f"Store({self.folder.name}, {self.latest or 'nothing recorded'})"

    @property
    def latest(self) -> str | None:
        """The name of the generation in use, such as `2026-11-02`; None before the first pull was completed.

        Raises:
            SourceError: if the file that says so names none.
        """
        try:
            name = (self.folder / LATEST).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"The store cannot be read, {error}", where=str(self.folder / LATEST), then=REFRESH
            ) from None
        if name not in self.generations():
            raise SourceError(f"There is no stored pull '{name}'", where=str(self.folder / LATEST), then=REFRESH)
        return name

    @property
    def days(self) -> tuple[str, ...]:
        """The names of all completed pulls, the earliest first: the day, and a number for another one on that day."""
        latest = self.latest
        complete = (name for name in self.generations() if (self.folder / name / COMPLETE).is_file() or name == latest)
        return tuple(sorted(complete, key=day_order))

    @property
    def in_use(self) -> str | None:
        """The name of the pull that is replayed: the latest, or the last one up to the day that was asked for."""
        if not self.day:
            return self.latest
        earlier = [name for name in self.days if day_order(name) <= day_order(self.day)]
        return earlier[-1] if earlier else None

    def generations(self) -> tuple[str, ...]:
        """List the names of all stored pulls, sorted, interrupted ones among them."""
        return tuple(sorted(path.parent.name for path in self.folder.glob(f"*/{INDEX}")))

    def recording(  # noqa: PLR0913  all but one are optional keywords
        self,
        inner: Transport | None,
        redactor: Redactor | None = None,
        *,
        raw: bool = False,
        unsent: tuple[str, ...] = (),
        refresh: bool = False,
        base_url: str = "",
        learn: Callable[[str, str], None] = lambda _name, _value: None,
    ) -> Recording:
        """Make a transport that asks `inner` and stores its redacted answers, resuming an interrupted recording.

        Args:
            inner: what to ask; None is the network.
            redactor: takes personal data and secrets out before anything else sees them. Defaults to one
                that knows no connector.
            raw: redact nothing; only for a store that is about raw records.
            unsent: parameters that carry a secret and do not belong to the request.
            refresh: start anew beside what is there.
            base_url: the address that is asked, where that of the store hides a part of it.
            learn: told the secrets that the system issues on the way, such as a session's cookie.
        """
        from ipaas_discovery.samples.storage.recording import Recording  # noqa: PLC0415  httpx only where something is asked

        if raw is self.about.redacted:
            message = "A store of redacted records" if self.about.redacted else "A store of raw records"
            raise SourceError(
                f"{message} takes no others", where=str(self.folder), then="say `raw` for both, or neither"
            )
        unfinished = () if refresh or self.latest else self.generations()
        if unfinished:
            self._resume(unfinished[-1])
        root = "/" + (base_url or self.about.base_url).partition("://")[2].partition("/")[2]
        return Recording(inner, redactor, self, raw=raw, unsent=unsent, root=root.rstrip("/"), learn=learn)

    def replaying(self) -> Replaying:
        """Make a transport that answers from the pull in use alone, and names what is missing.

        Raises:
            SourceError: if nothing was recorded, or the index cannot be read.
        """
        from ipaas_discovery.samples.storage.recording import Replaying  # noqa: PLC0415  httpx only where a pull is replayed

        name = self.in_use
        if name is None:
            raise SourceError("Nothing was recorded yet", where=str(self.folder), then=REFRESH)
        self._generation = self.folder / name
        self._entries = {entry.asked: entry for entry in entries(self._generation / INDEX)}
        self.scope = scope(self._generation / INDEX)
        return Replaying(self)

    def recorded(self) -> About:
        """Read the origin of the pull in use.

        Raises:
            SourceError: if nothing was recorded, or it cannot be read.
        """
        return header(self.folder / str(self.in_use) / INDEX)

    def differs(self) -> str:
        """Return a sentence if the pull in use comes from another connector or version, else an empty text."""
        then, now = self.recorded(), self.about
        if (then.connector, then.version) != (now.connector, now.version):
            return (
                f"The store was recorded with connector {then.connector} version {then.version}, this is "
                f"{now.connector} version {now.version}: {REFRESH}"
            )
        return ""

    def scope_value(self, name: str) -> str:
        """Return the value that a name of the connector's scope had when the store was recorded.

        Raises:
            SourceError: if the store does not say.
        """
        if name not in self.scope:
            raise SourceError(f"The store does not say what {{{name}}} was", where=str(self.folder), then=REFRESH)
        return self.scope[name]

    def remember_scope(self, credentials: Credentials, name: str) -> str:
        """Return the value of a name of the connector's scope, and remember it for a replay.

        Raises:
            MissingCredentialError: if nobody gives it.
        """
        value = credentials.get(name)
        self.scope[name] = concealed(value)
        return value

    def find(self, asked: StoredRequest) -> StoredAnswer | None:
        """Find the answer stored for a request, None if there is none."""
        with self._lock:
            return self._entries.get(asked)

    def body(self, entry: StoredAnswer) -> bytes:
        """Read an answer's body, as it was stored.

        Raises:
            SourceError: if its file is missing, truncated or was changed.
        """
        if not entry.file:
            return b""
        return unpacked(self._current_folder() / BODIES / entry.file)

    def keep(self, entry: StoredAnswer, content: bytes, date: str = "") -> None:
        """Store an answer: its body first, then the line that names it.

        Args:
            entry: the answer; its `file` is filled in.
            content: its body, decoded.
            date: the day the system gave (ISO), which names the generation if this is its first answer.

        Raises:
            SourceError: if the disk will not have it.
        """
        with self._lock:
            folder = self._generation = self._generation or self._begun(date or UNDATED)
        name = file_name(content) if content else ""
        path = folder / BODIES / name
        if name and not path.exists():
            write_atomically(path, packed(content), error=SourceError, then=FULL, lasting=False)
        entry = replace(entry, file=name)
        with self._lock:
            append(folder / INDEX, line_of(entry, self.about))
            self._entries[entry.asked] = entry

    def stored(self) -> tuple[StoredAnswer, ...]:
        """List the answers of the pull that is being recorded, in the order of their requests."""
        with self._lock:
            return tuple(self._entries[asked] for asked in sorted(self._entries)) if self._generation else ()

    def rewrite(self, entry: StoredAnswer, content: bytes) -> None:
        """Replace a stored answer's body; the old one goes, unless another answer has the same.

        Raises:
            SourceError: if the disk will not have it.
        """
        self.keep(entry, content)
        with self._lock:
            if all(other.file != entry.file for other in self._entries.values()):
                (self._current_folder() / BODIES / entry.file).unlink(missing_ok=True)

    def finish(self) -> None:
        """Complete the pull: from now on it is the one in use, and its index is in order."""
        if self._generation is None:
            return
        with self._lock, locked(self.folder):
            index = self._generation / INDEX
            self._entries = {entry.asked: entry for entry in entries(index, torn=True)}
            self._write_index(index)
            write_atomically(self._generation / COMPLETE, b"", error=SourceError, then=FULL)
            write_atomically(self.folder / LATEST, f"{self._generation.name}\n".encode(), error=SourceError, then=FULL)

    def _begun(self, date: str) -> Path:
        """Make a new generation's folder, beside the earlier ones of that day."""
        try:
            keep_out_of_git(self.folder.parent)
            self.folder.mkdir(exist_ok=True, mode=0o700)
            folder = next(path for path in _names(self.folder, date) if not path.exists())
            (folder / BODIES).mkdir(parents=True)
        except OSError as error:
            raise SourceError(f"Cannot write: {error.strerror}", where=str(self.folder), then=FULL) from None
        write_atomically(folder / INDEX, head_of(self.about, self.scope), error=SourceError, then=FULL)
        return folder

    def _resume(self, name: str) -> None:
        """Resume an interrupted generation, if it has the same origin; a line that was cut off is dropped.

        So is an answer whose personal ids later requests repeat: only the process that asked knows the originals.
        """
        index = self.folder / name / INDEX
        remove_drafts(index.parent / BODIES)
        if header(index) == self.about:
            self._generation = self.folder / name
            self._entries = {entry.asked: entry for entry in entries(index, torn=True) if not entry.again}
            self._write_index(index)

    def _write_index(self, index: Path) -> None:
        lines = [line_of(self._entries[asked], self.about) for asked in sorted(self._entries)]
        write_atomically(index, head_of(self.about, self.scope) + b"".join(lines), error=SourceError, then=FULL)

    def _current_folder(self) -> Path:
        return self._generation or self.folder


def day_order(name: str) -> tuple[str, int]:
    """Order the names of pulls: by the day, then by their number on that day.

    >>> sorted(["2026-11-02.10", "2026-11-02", "2026-11-02.2"], key=day_order)
    ['2026-11-02', '2026-11-02.2', '2026-11-02.10']
    """
    day, _, number = name.partition(".")
    return day, int(number) if number.isdigit() else 1


def _names(folder: Path, date: str) -> Iterator[Path]:
    yield folder / date
    number = 2
    while True:
        yield folder / f"{date}.{number}"
        number += 1
