"""A shop of which every twentieth answer has one of ten faults, and what a pull says of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import httpx

from ipaas_discovery import DiscoveryError, Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector
from tools.soak.trial import Trial

__all__ = ["FAULTS", "pull"]

SHARE = 0.05
"""The share of answers with each of the faults."""
RECORDS, SIZE = 60, 10
HTML = b"<html><body>Bad gateway</body></html>"


def _good(records: list[dict[str, Any]]) -> httpx.Response:
    return httpx.Response(200, json={"data": records, "total": RECORDS})


def _raised(error: type[httpx.TransportError]) -> httpx.Response:
    raise error("the connection is gone")


FAULTS: dict[str, Callable[[list[dict[str, Any]]], httpx.Response]] = {
    "rate limit": lambda _: httpx.Response(429, json={"error": "slow down"}),
    "server error": lambda _: httpx.Response(500, json={"error": "oops"}),
    "web page": lambda _: httpx.Response(200, content=HTML, headers={"content-type": "text/html"}),
    "gateway": lambda _: httpx.Response(502, content=HTML, headers={"content-type": "text/html"}),
    "cut off": lambda rows: httpx.Response(200, content=json.dumps({"data": rows}).encode()[:-20]),
    "no answer": lambda _: _raised(httpx.ReadTimeout),
    "broken off": lambda _: _raised(httpx.RemoteProtocolError),
    "error in 200": lambda _: httpx.Response(200, json={"errors": [{"message": "oops"}]}),
    "wrong charset": lambda _: httpx.Response(200, content=b'{"data": ["\xff\xfe"]}'),
    "moved elsewhere": lambda _: httpx.Response(302, headers={"location": "https://elsewhere.example/"}),
}
CONNECTOR = {
    "name": "shop",
    "title": "Shop",
    "default_environment": "live",
    "environments": {"live": {"base_url": "https://shop.example"}},
    "records": "data",
    "paging": {"kind": "page", "page": "page", "size": "limit", "total": "total"},
    "limits": {"retries": 0, "longest_wait": 0.001, "in_flight": 1},
    "collections": {"orders": {"list": "/orders"}},
}


def pull(times: int, seed: int) -> Trial:
    """Pull a collection `times` times from a shop with faults: all records come, or the sample says why not."""
    trial = Trial(f"{len(FAULTS)} faults of a server, each in {SHARE:.0%} of its answers", "all records, or the reason")
    chance = random.Random(seed)  # noqa: S311  a seed makes a soak that can be repeated

    def answer(request: httpx.Request) -> httpx.Response:
        page, size = (int(request.url.params.get(name, default)) for name, default in (("page", 1), ("limit", SIZE)))
        rows = [{"id": n, "status": "open"} for n in range(RECORDS)][(page - 1) * size : page * size]
        trial.tried += 1
        fault = next((make for make in FAULTS.values() if chance.random() < SHARE), None)
        return fault(rows) if fault else _good(rows)

    for number in range(times):
        try:
            with System(
                Connector.model_validate(CONNECTOR),
                transport=httpx.MockTransport(answer),
                credentials={},
                answers=AnswerPolicy(raw=True),
            ) as system:
                sample = system.pull("orders", Plan(pages=20, size=SIZE, until_quiet=0))
                ids = {record["id"] for record in sample.records}
                said = sample.problem or f"{len(ids)} of {RECORDS}" in str(sample.claim)
                if ids != set(range(RECORDS)) and not said:
                    trial.wrong.append(f"pull {number}: {len(ids)} of {RECORDS} records, said: {sample.claim}")
        except DiscoveryError:
            continue
        except Exception as error:  # noqa: BLE001  whatever else comes is what is looked for
            trial.wrong.append(f"pull {number}: {type(error).__name__}: {error}")
    return trial
