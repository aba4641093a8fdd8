"""Connections stay open from one call to the next, however many are in flight."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from fakes import system

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.system import System


def test_as_many_connections_stay_open_as_calls_are_in_flight():
    calls = 24
    together, opened = threading.Barrier(calls, timeout=20), []

    class Paged(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            opened.append(self.client_address)
            super().setup()

        def do_GET(self):
            page = int(parse_qs(self.path.partition("?")[2])["page"][0])
            if page > 1:
                together.wait()  # every call of a wave waits for the others, so each needs a connection of its own
            body = json.dumps({"data": [{"id": page}], "total": 1 + 3 * calls}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Paged) as server:
        threading.Thread(target=server.serve_forever).start()
        paging = {"kind": "page", "size": "limit", "total": "total"}
        with system({}, {"a": {"list": "/a"}}, records="data", paging=paging, limits={"in_flight": calls}) as fake:
            connector = fake.connector
        with System(connector, base_url=f"http://127.0.0.1:{server.server_port}") as there:
            assert len(there.pull("a", Plan(pages=1 + 3 * calls, size=1))) == 1 + 3 * calls
        server.shutdown()
    assert len(opened) == calls
