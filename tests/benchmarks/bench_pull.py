"""Pulling a collection with pages in flight beside the loop one would write with httpx, from the same slow server."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.system import System
from ipaas_discovery.systems.connector import Connector

LATENCY, RECORDS, SIZE, ROUNDS = 0.020, 2000, 50, 3
ORDERS = [{"id": number, "total": "10.00", "buyer": {"email": f"b{number}@example.test"}} for number in range(RECORDS)]


class Slow(BaseHTTPRequestHandler):
    """Pages of ORDERS, each after the latency of a network."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One page."""
        asked = {name: int(values[0]) for name, values in parse_qs(urlsplit(self.path).query).items()}
        start = (asked["page"] - 1) * asked["limit"]
        body = json.dumps({"data": ORDERS[start : start + asked["limit"]], "total": RECORDS}).encode()
        time.sleep(LATENCY)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The slow server's address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def by_hand(address: str) -> int:
    """The usual loop: one connection, page after page."""
    found = []
    with httpx.Client() as client:
        for page in range(1, RECORDS // SIZE + 1):
            found += client.get(f"{address}/orders", params={"page": page, "limit": SIZE}).json()["data"]
    return len(found)


def by_kit(address: str, in_flight: int) -> int:
    """The kit, the whole collection."""
    connector = Connector.model_validate(
        {
            "name": "bench",
            "title": "Bench",
            "default_environment": "local",
            "environments": {"local": {"base_url": address}},
            "records": "data",
            "paging": {"kind": "page", "size": "limit", "total": "total"},
            "limits": {"in_flight": in_flight},
            "collections": {"orders": {"list": "/orders"}},
        }
    )
    with System(connector) as system:
        return len(system.pull("orders", Plan(pages=RECORDS, size=SIZE)))


def lines() -> Iterator[str]:
    """A line a number of requests in flight: how many times as fast as the loop, all records counted."""
    runs = {"loop": by_hand} | {
        f"{count} in flight": lambda address, n=count: by_kit(address, n) for count in (1, 4, 8)
    }
    best = dict.fromkeys(runs, float("inf"))
    with served() as address:
        for _ in range(ROUNDS):
            for name, run in runs.items():
                start = time.perf_counter()
                count = run(address)
                best[name] = min(best[name], time.perf_counter() - start)
                if count != RECORDS:
                    raise SystemExit(f"{name} read {count} of {RECORDS} records")
    pages = RECORDS // SIZE
    what = f"{pages} pages of {SIZE}, {LATENCY * 1000:.0f} ms each"
    yield f"httpx in a loop: {best['loop'] * 1000:.0f} ms for {what} = 1.0 x"
    for name in list(runs)[1:]:
        yield f"the kit, {name}: {best[name] * 1000:.0f} ms = {best['loop'] / best[name]:.1f} x as fast"
