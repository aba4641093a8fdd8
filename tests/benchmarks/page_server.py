"""A server of pages made beforehand: as little work as can be, so that the client is what is measured.

`python page_server.py LATENCY_MS PAGES` prints its port; it ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys

SIZE = 200
ASKED = re.compile(rb"GET /(\w+)\?\S*?page=(\d+)")


def order(number: int) -> dict[str, object]:
    """A nested order of about 2 kB, plainly synthetic."""
    address = {"street": f"{number} Example Street", "city": "Sampleton", "zip": f"{number:05}", "country": "XX"}
    line = {"sku": "SKU-0001", "name": "A thing with a name of some length", "quantity": 2, "price": "19.99"}
    return {
        "id": number,
        "number": f"ORD-{number:08}",
        "created": "2026-11-02T09:00:00Z",
        "customer": {"id": number % 997, "email": f"buyer{number}@example.test", "name": f"Buyer {number}"},
        "billing": address,
        "shipping": {**address, "method": {"code": "std", "cost": 4.5}},
        "lines": [
            {**line, "id": number * 10 + at, "tax": {"rate": 0.2, "amount": 4.0}, "note": None} for at in range(8)
        ],
        "payments": [{"method": "card", "amount": 159.92, "paid": True}],
        "tags": ["one", "two", "three"],
        "note": "x" * 300,
    }


def pages(count: int) -> list[bytes]:
    """Whole answers, head and body."""
    found = []
    for page in range(count):
        records = [order(page * SIZE + at) for at in range(SIZE)]
        body = json.dumps({"data": records, "total": count * SIZE, "pages": count}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        head += f"X-Length: {len(body)}\r\n\r\n"
        found.append(head.encode() + body)
    return found


class Pages(asyncio.Protocol):
    """Answers each request on a connection, after the latency."""

    def __init__(self, made: list[bytes], latency: float) -> None:
        self._made, self._latency, self._heard = made, latency, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A request, or a piece of one."""
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            asked = ASKED.match(head)
            page = int(asked[2]) if asked else 1
            answer = self._made[(page - 1) % len(self._made)]
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._transport.write, answer)
            else:
                self._transport.write(answer)


async def main() -> None:
    """Serve until standard input ends."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    latency, made = float(sys.argv[1]) / 1000, pages(int(sys.argv[2]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Pages(made, latency), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  the caller reads it
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
