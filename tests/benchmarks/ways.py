"""The ways to read 20,000 orders from the server of pages: by hand, by what others offer, by the kit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx
import msgspec

from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector

PAGES, SIZE = 100, 200
IN_FLIGHT = 8


@contextmanager
def served(latency: int, pages: int = PAGES) -> Iterator[str]:
    """The address of a server in a process and on a core of its own, which takes `latency` ms a page."""
    words = [sys.executable, str(Path(__file__).parent / "page_server.py"), str(latency), str(pages)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


def connector(address: str, in_flight: int = IN_FLIGHT, collections: int = 1) -> Connector:
    """The server as a connector file would say it."""
    names = ["orders", *(f"c{number}" for number in range(1, collections))]
    return Connector.model_validate(
        {
            "name": "bench",
            "title": "Bench",
            "default_environment": "local",
            "environments": {"local": {"base_url": address}},
            "records": "data",
            "paging": {"kind": "page", "size": "limit", "total": "total", "pages": "pages"},
            "limits": {"in_flight": in_flight},
            "collections": {name: {"list": f"/{name}"} for name in names},
        }
    )


RAW = AnswerPolicy(raw=True)


def by_kit(address: str, in_flight: int = IN_FLIGHT, answers: AnswerPolicy = RAW) -> int:
    """The kit: a sample that is the whole collection."""
    with System(connector(address, in_flight), answers=answers) as system:
        found = len(system.pull("orders", Plan(pages=PAGES, size=SIZE)))
        system.finish()
    return found


def by_hand(address: str) -> int:
    """The usual loop: one connection, page after page."""
    found = []
    with httpx.Client() as client:
        for page in range(1, PAGES + 1):
            found += client.get(f"{address}/orders", params={"page": page, "limit": SIZE}).json()["data"]
    return len(found)


def by_dlt(address: str) -> int:
    """What dlt offers to read an API."""
    from dlt.sources.helpers.rest_client import RESTClient  # noqa: PLC0415  may not be installed
    from dlt.sources.helpers.rest_client.paginators import PageNumberPaginator  # noqa: PLC0415  it is an extra

    paginator = PageNumberPaginator(base_page=1, page_param="page", total_path="pages")
    client = RESTClient(address, paginator=paginator, data_selector="data")
    found = []
    for page in client.paginate("/orders", params={"limit": SIZE}):
        found += page
    return len(found)


def by_bare_tools(address: str) -> int:
    """The fastest of what the same tools give, with nothing of a kit around them; it knows beforehand where to stop."""
    loads = parsers()[-1][1]
    with httpx.Client() as client, ThreadPoolExecutor(IN_FLIGHT) as crew, gc_paused():

        def read(page: int) -> list[object]:
            return loads(client.get(f"{address}/orders?page={page}&limit={SIZE}").content)["data"]

        return sum(map(len, list(crew.map(read, range(1, PAGES + 1)))))


def parsers() -> list[tuple[str, Callable[[bytes], dict[str, list[object]]]]]:
    """What parses JSON here, by name."""
    import json  # noqa: PLC0415  a peer like the others

    found: list[tuple[str, Callable[[bytes], dict[str, list[object]]]]] = [("json", json.loads)]
    found.append(("msgspec, the kit's", msgspec.json.decode))
    if find_spec("orjson"):
        import orjson  # noqa: PLC0415  may not be installed

        found.append(("orjson", orjson.loads))
    return found
