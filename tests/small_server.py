"""A small HTTP server on a real socket: a function from a request to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    target: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answered:
    """One answer: a body as JSON, or as text or bytes of another type."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def content(self) -> tuple[bytes, str]:
        if isinstance(self.body, bytes):
            return self.body, "text/xml; charset=utf-8"
        if isinstance(self.body, str):
            return self.body.encode(), "text/plain"
        return b"" if self.body is None else json.dumps(self.body).encode(), "application/json"


@contextmanager
def serving(answer: Callable[[Asked], Answered | Any]) -> Iterator[tuple[str, list[Asked]]]:
    """Serve `answer`; give the server's address and the requests it saw."""
    seen: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            asked = Asked(
                self.command, parts.path, query, {name.lower(): text for name, text in self.headers.items()}, body,
                self.path,
            )  # fmt: skip
            seen.append(asked)
            given = answer(asked)
            reply = given if isinstance(given, Answered) else Answered(given)
            content, kind = reply.content()
            self.send_response(reply.status)
            for name, value in {"Content-Type": kind, **reply.headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
