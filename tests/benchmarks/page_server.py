"""A server of pages made beforehand: as little work as can be, so that the client is what is measured.

`python page_server.py LATENCY_MS PAGES` prints its port; it ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sys

SIZE = 200
MADE = 100
"""Pages made beforehand; later ones are these with other ids, numbers and addresses of mail."""
FIRST = "7000"
"""What ids begin with: 7, and how often all pages were given already."""
WORDS = (
    *("oak", "pine", "steel", "glass", "linen", "cotton", "copper", "amber", "cedar", "olive", "maple", "slate"),
    *("ivory", "coral", "basil", "ember", "frost", "harbor", "lantern", "meadow", "nectar", "orchid", "pebble"),
    *("quartz", "ridge", "saddle", "timber", "umber", "velvet", "willow", "yarrow", "zephyr"),
)
ASKED = re.compile(rb"GET /(\w+)\?\S*?page=(\d+)")


def order(number: int, rng: random.Random) -> dict[str, object]:
    """A nested order of about 2 kB, plainly synthetic; numbers and texts vary as they do in a shop."""

    def words(count: int) -> str:
        return " ".join(rng.choices(WORDS, k=count))

    def price() -> str:
        return f"{rng.randint(100, 99_999) / 100:.2f}"

    def line(at: int) -> dict[str, object]:
        tax = {"rate": rng.choice((0.07, 0.19, 0.2)), "amount": rng.randint(1, 9_999) / 100}
        sku = f"SKU-{rng.randint(1, 9_999):04}"
        return {
            "id": number * 10 + at, "sku": sku, "name": words(5), "quantity": rng.randint(1, 9), "price": price(),
            "tax": tax, "note": None,
        }  # fmt: skip

    street = f"{rng.randint(1, 999)} {words(1).title()} Street"
    address = {"street": street, "city": words(1).title(), "zip": f"{rng.randint(1, 99_999):05}", "country": "XX"}
    buyer = f"{words(1).title()} {words(1).title()}"
    return {
        "id": int(f"{FIRST}{number:06}"),
        "number": f"ORD-{FIRST}{number:06}",
        "created": f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T09:{rng.randint(0, 59):02}:00Z",
        "customer": {"id": number % 997, "email": f"buyer{FIRST}{number:06}@example.test", "name": buyer},
        "billing": address,
        "shipping": {**address, "method": {"code": rng.choice(("std", "express")), "cost": 4.5}},
        "lines": [line(at) for at in range(8)],
        "payments": [{"method": "card", "amount": rng.randint(1, 99_999) / 100, "paid": True}],
        "tags": rng.sample(WORDS, 3),
        "note": words(55),
    }


def pages(count: int) -> list[bytes]:
    """Whole answers, head and body."""
    rng, found = random.Random(1), []  # noqa: S311  seeded chance is the point
    for page in range(min(count, MADE)):
        records = [order(page * SIZE + at, rng) for at in range(SIZE)]
        body = json.dumps({"data": records, "total": count * SIZE, "pages": count}, separators=(",", ":")).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        found.append(head.encode() + body)
    return found


class Pages(asyncio.Protocol):
    """Answers each request on a connection, after the latency."""

    def __init__(self, made: list[bytes], latency: float, count: int) -> None:
        self._made, self._latency, self._count, self._heard = made, latency, count, b""

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
            answer = self._page(page) if page <= self._count else self._past_the_last()
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._transport.write, answer)
            else:
                self._transport.write(answer)

    def _page(self, page: int) -> bytes:
        again, position = divmod(page - 1, len(self._made))
        head, mark, body = self._made[position].partition(b"\r\n\r\n")
        return head + mark + (body.replace(FIRST.encode(), b"7%03d" % again) if again else body)

    def _past_the_last(self) -> bytes:
        body = b'{"data":[],"total":%d,"pages":%d}' % (self._count * SIZE, self._count)
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def main() -> None:
    """Serve until standard input ends."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    latency, count = float(sys.argv[1]) / 1000, int(sys.argv[2])
    made = pages(count)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Pages(made, latency, count), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  the caller reads it
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
