"""A server that answers with any bytes, over a real socket, and a client that asks it."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from threading import Thread

import pytest
from clocks import FakeClock

from ipaas_discovery.systems.connectors.auth import BearerAuth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.http.limiter import Limiter

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"  # as it does


@contextmanager
def served(*answers, certificate=None):
    """A server that sends these bytes, connection by connection, the last again and again; and what it was sent.

    None as an answer is silence; a list of one is these bytes, and silence after them.
    """
    seen, kept = [], []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        left = list(answers)
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            answer = left.pop(0) if len(left) > 1 else left[0]
            try:
                if certificate:
                    connection = certificate.wrap_socket(connection, server_side=True)
                seen.append(connection.recv(65_536))
                if answer is None:
                    kept.append(connection)
                    continue
                if isinstance(answer, list):
                    connection.sendall(answer[0])
                    kept.append(connection)
                    continue
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client has heard enough, or does not trust us
                pass
            connection.close()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in kept:
            connection.close()


def client(host, scheme="http", largest=1_000_000, searches=(), transport=None, **limits):
    """A client with a secret, that waits for nobody."""
    limits = Limits(**{"retries": 1, "timeout": 5, **limits})
    return Client(
        f"{scheme}://{host}/api",
        BearerAuth(kind="bearer"),
        Credentials("fake", {"token": "s3cret-token"}),
        limits,
        searches=searches,
        transport=transport,
        limiter=Limiter(limits, FakeClock()),
        largest=largest,
    )


def body(content, *headers):
    return OK + b"".join(each + b"\r\n" for each in headers) + b"Content-Length: %d\r\n\r\n" % len(content) + content


def fault(answer, error, **settings):
    """What the client says of an answer, the request named and the secret left out."""
    with served(answer) as (host, _), client(host, **settings) as there:
        with pytest.raises(error) as caught:
            there.get("/orders", {"page": 7, "key": "s3cret-token"})
    text = str(caught.value)
    assert "GET http://127.0.0.1" in text
    assert "/api/orders?page=7&key=•••" in text
    assert "s3cret" not in text
    return text
