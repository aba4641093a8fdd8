"""Both sandbox systems, as WSGI apps in process or as HTTP servers on loopback ports."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, PASSWORD, platform_app
from ipaas_discovery.sandbox.sandbox_day import sandbox_day
from ipaas_discovery.sandbox.store_app import TOKEN, store_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Addresses", "apps", "run", "serve"]

HIGHEST_PORT = 65535
EXAMPLE = "/v3/customers?limit=2"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses at which the two systems answer: base URLs without a slash at the end."""

    ipaas: str
    store: str


def apps(day: str | None = None) -> dict[str, WSGIApplication]:
    """Make fresh apps of both systems, to be reached in process through `httpx.WSGITransport`.

    Args:
        day: the day on which they answer (ISO); the sandbox's present by default.

    Raises:
        UnknownNameError: if the sandbox does not answer for that day.

    >>> sorted(apps())
    ['ipaas', 'store']
    """
    asked = sandbox_day(day)
    return {"ipaas": platform_app(day=asked), "store": store_app(day=asked)}


@contextmanager
def serve(
    ipaas_port: int = 0, store_port: int = 0, host: str = "127.0.0.1", day: str | None = None
) -> Iterator[Addresses]:
    """Serve both systems on ports of this machine, for as long as the `with` block runs.

    Args:
        ipaas_port: port of iPaaS.com's side; 0 picks a free one.
        store_port: port of the third party's side; 0 picks a free one.
        host: address to listen on; only this machine reaches the default.
        day: the day on which they answer (ISO); the sandbox's present by default.

    Raises:
        ConfigurationError: if a port is taken, not allowed, or no port.
        UnknownNameError: if the sandbox does not answer for that day.
    """
    applications = apps(day)
    ports = {"ipaas": ipaas_port, "store": store_port}
    with ExitStack() as stack:
        sockets = {name: stack.enter_context(_listen(name, host, port)) for name, port in ports.items()}
        for name, listening in sockets.items():
            stack.enter_context(_running(applications[name], listening))
        yield Addresses(**{name: _url(listening) for name, listening in sockets.items()})


def run(
    ipaas_port: int = 0,
    store_port: int = 0,
    day: str | None = None,
    *,
    announce: Callable[[Addresses], str] | None = None,
) -> None:
    """Serve both systems until Ctrl-C, and say how to reach them.

    Raises:
        ConfigurationError: if a port is taken, not allowed, or no port.
    """
    with serve(ipaas_port, store_port, day=day) as addresses:
        print((announce or guide)(addresses), flush=True)  # noqa: T201  what the command is for; a pipe shall see it at once
        try:
            Event().wait()
        except KeyboardInterrupt:
            print("The sandbox has stopped.")  # noqa: T201  the command says that it ends


def guide(addresses: Addresses) -> str:
    """Tell a person how to reach the two systems: addresses, credentials, and a call of each to try."""
    login = f'{{"email_address": "{EMAIL}", "password": "{PASSWORD}"}}'
    return "\n".join(
        (
            f"iPaaS.com's side    {addresses.ipaas}    {EMAIL} / {PASSWORD}, company {COMPANY}",
            f"third party's side  {addresses.store}    X-Auth-Token: {TOKEN}",
            "",
            "Try:",
            f"  curl -s {addresses.ipaas}/sso/v2/Auth/Login -d '{login}'",
            f"  curl -s '{addresses.store}{EXAMPLE}' -H 'X-Auth-Token: {TOKEN}'",
            "",
            "All records are synthetic. Ctrl-C stops.",
        )
    )


class QuietHandler(WSGIRequestHandler):
    """Handler that writes no log line per request, and sends the apps' own `Date` and `Server` alone.

    Errors of the server itself still reach the `werkzeug` logger.
    """

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Send the status line; the base class would add a second `Date`, one that moves."""
        self.send_response_only(code, message)


@contextmanager
def _listen(name: str, host: str, port: int) -> Iterator[socket.socket]:
    where, option = f"{host}:{port}", "choose another port for it, or 0 for any free one"
    if not 0 <= port <= HIGHEST_PORT:
        raise ConfigurationError(f"{port} is no port for the sandbox's {name} side", where=where, then=option)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        why = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        raise ConfigurationError(
            f"Port {port} for the sandbox's {name} side {why}", where=where, then=option
        ) from error
    with listening:
        yield listening


@contextmanager
def _running(app: WSGIApplication, listening: socket.socket) -> Iterator[None]:
    """Run the app, answering on `listening` in a thread of its own until the block ends."""
    host, port = listening.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, request_handler=QuietHandler, fd=listening.fileno())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
