"""Small workspaces to run the command line in, and what they held before and after."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from typer.testing import CliRunner

from ipaas_discovery.cli.app import app

CATALOG = Path(__file__).parent.parent / "ipaas_discovery" / "systems" / "connectors" / "catalog"
PAIRS = {"CUSTOMER": "customers", "LOCATION": "locations"}
SHOP = """
title = "Shop"
default_environment = "local"
[environments.local]
base_url = "http://127.0.0.1:{port}"
[limits]
retries = 0
[collections.orders]
list = "/orders"
"""
LIVE = """
[environments.live]
base_url = "{address}"
title = "{title}"
openapi = {openapi}
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind: exit status, both streams."""

    status: int
    out: str
    err: str


def write_settings(folder: Path, pairs: Mapping[str, str] = PAIRS, **change: str) -> Path:
    """A `data/discovery.toml` under `folder`; `change` replaces connectors or environments."""
    values = {"ipaas": "ipaas", "third_party": "bigcommerce", "environment": ""} | change
    settings = folder / "data" / "discovery.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    tables = "".join(f'[[collections]]\nipaas = "{ours}"\nthird_party = "{theirs}"\n' for ours, theirs in pairs.items())
    settings.write_text(
        f'title = "Test"\n[ipaas]\nconnector = "{values["ipaas"]}"\n'
        f'[third_party]\nconnector = "{values["third_party"]}"\n{values["environment"]}\n'
        f"[sample]\npages = 2\nsize = 10\n{tables}",
        encoding="utf-8",
    )
    return settings


def write_shop(folder: Path, port: int) -> Path:
    """A connector file `data/shop.toml` for a server on a port of this machine, and settings that use it."""
    path = folder / "data" / "shop.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SHOP.format(port=port), encoding="utf-8")
    return write_settings(folder, {"TRANSACTION": "orders"}, third_party="shop.toml")


def changed_connector(folder: Path, name: str, old: str, new: str) -> None:
    """A copy of a catalogue connector in `data/`, with one text replaced."""
    text = (CATALOG / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "data" / f"{name}.toml").write_text(text.replace(old, new), encoding="utf-8")


def run(*words: object) -> Ran:
    """The command line in this process."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    return Ran(done.exit_code, done.stdout, done.stderr)


def run_program(*words: object, cwd: Path, prefix: tuple[str, ...] = (), **options: object) -> Ran:
    """The command line as a program of its own."""
    command = [*prefix, sys.executable, "-c", "from ipaas_discovery.cli.app import app; app()", *map(str, words)]
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "TERM": "dumb"}, stdin=subprocess.DEVNULL, **options,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_live(folder: Path, pairs: Mapping[str, str], ipaas: str, store: str) -> Path:
    """Settings whose two systems are the catalogue's connectors at these addresses, in an environment `live`."""
    settings = write_settings(folder, pairs, ipaas="ipaas.toml", third_party="bigcommerce.toml")
    for name, address in (("ipaas", ipaas), ("bigcommerce", store)):
        text = (CATALOG / f"{name}.toml").read_text(encoding="utf-8")
        openapi = re.search(r"openapi = (\[.*?\])", text, re.DOTALL).group(1)
        text = text.replace('default_environment = "sandbox"', 'default_environment = "live"')
        text += LIVE.format(address=address, title=f"Live {name}", openapi=openapi)
        (settings.parent / f"{name}.toml").write_text(text, encoding="utf-8")
    return settings


@contextmanager
def server(status: int, content_type: str, body: object) -> Iterator[int]:
    """A server on a free port of this machine that answers everything alike; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield running.server_address[1]
        finally:
            running.shutdown()
            thread.join()
