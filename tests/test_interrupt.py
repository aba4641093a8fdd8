"""Ctrl-C in the middle of both systems' pull: what was fetched is kept, nothing hangs, and the next run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from workspaces import write_settings

from ipaas_discovery import Discovery
from ipaas_discovery.errors import FetchError
from ipaas_discovery.pull_both import PullInterrupt
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.sample import Stop

SHOP = """
title = "Shop"
default_environment = "local"
records = "data"
[environments.local]
base_url = "http://127.0.0.1:{port}"
[limits]
retries = 0
timeout = 600
in_flight = 4
[paging]
kind = "page"
size = "limit"
total = "total"
[collections.customers]
list = "/customers"
[collections.orders]
list = "/orders"
"""
SCRIPT = """\
from ipaas_discovery import Discovery
discovery = Discovery.open("data/discovery.toml")
try:
    discovery.pull()
    print("whole")
except KeyboardInterrupt as interrupt:
    print("interrupted:", interrupt)
for collection in ("Customers", "Transactions"):
    for sample in discovery.samples(collection):
        print(sample.collection, len(sample), sample.stop.name)
print(len(discovery.overview().frame()), len(discovery.schemas("Transactions").third_party.returned.fields))
"""
BLOCKED = """\
import os, pathlib, urllib.request
pathlib.Path("{name}.pid").write_text(str(os.getpid()))
urllib.request.urlopen("http://127.0.0.1:{port}/orders").read()
"""
KEY = {"IPAAS_DISCOVERY_KEY": "a key for tests"}


class Slow:
    """A shop of two lists; from page `hold` of orders on, answers are held until `let_go` is set."""

    def __init__(self, hold):
        self.hold, self.held, self.let_go, self.asked = hold, Event(), Event(), Counter()

    def answer(self, path):
        url = urlsplit(path)
        page = int(parse_qs(url.query).get("page", ["1"])[0])
        self.asked[f"{url.path} {page}"] += 1
        if url.path == "/orders" and page >= self.hold:
            self.held.set()
            self.let_go.wait()
        start = (page - 1) * 10 + 1
        return {
            "total": 60,
            "data": [{"id": number, "name": f"n{number}"} for number in range(start, min(start + 10, 61))],
        }


@contextmanager
def serving(slow):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            content = json.dumps(slow.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.handle_error = lambda *_: None  # who was interrupted takes no answer
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield running.server_address[1]
        finally:
            slow.let_go.set()
            running.shutdown()


@pytest.fixture
def shop(tmp_path):
    """A workspace whose shop answers the first pages of orders and holds the others."""
    slow = Slow(hold=3)
    with serving(slow) as port:
        settings = write_settings(tmp_path, {"CUSTOMER": "customers", "TRANSACTION": "orders"}, third_party="shop.toml")
        settings.write_text(settings.read_text().replace("pages = 2", "pages = 6"))
        (settings.parent / "shop.toml").write_text(SHOP.format(port=port))
        yield slow, settings


def test_what_was_fetched_is_kept_the_program_ends_and_the_next_run_goes_on(shop, tmp_path):
    slow, settings = shop
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **KEY}
    ) as running:
        assert slow.held.wait(60)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=60)  # the shop still holds its answers, for ten minutes if need be
        finally:
            running.kill()
    assert (running.returncode, err) == (0, "")
    said, *samples, looked = out.splitlines()
    assert said.startswith("interrupted: ")
    assert "overview() shows them, and pull() goes on" in said
    kept = {name: (int(count), stop) for name, count, stop in map(str.split, samples)}
    assert kept["customers"][0] % 10 == 0  # pages; the orders may have taken every turn
    assert kept["orders"][0] in {10, 20}
    assert kept["orders"][1] == "INTERRUPTED"
    assert looked.split() == ["4", "2"]
    assert not (settings.parent / "store" / "shop-local" / "latest").exists()

    slow.let_go.set()
    before = Counter(slow.asked)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, **KEY})
    assert done.stdout.splitlines()[0] == "whole"
    assert "orders 60 COMPLETE" in done.stdout
    assert slow.asked["/orders 1"] == before["/orders 1"] == 1  # what had come was not asked again
    assert (settings.parent / "store" / "shop-local" / "latest").exists()


def test_a_notebooks_interrupt_leaves_what_there_is_to_look_at_and_to_go_on_with(shop, tmp_path):
    slow, _ = shop
    manager, client = start_new_kernel(
        kernel_name="python3", cwd=str(tmp_path), env={**os.environ, **KEY}, extra_arguments=["--log-level=ERROR"]
    )
    try:
        said = []
        client.execute_interactive(
            "from ipaas_discovery import Discovery\ndiscovery = Discovery.open('data/discovery.toml')", timeout=60
        )
        asked = client.execute("discovery.pull()")
        assert slow.held.wait(60)
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)["content"]
        assert (reply["status"], reply["ename"]) == ("error", "PullInterrupt")
        assert reply["traceback"][0].startswith("Interrupted: ")
        assert asked
        slow.let_go.set()
        look = "orders = discovery.samples('orders')[1]; print(len(orders) < 60, orders.stop.name)"
        more = "print(len(discovery.pull().samples('orders')[1]))"
        for code in (look, more):
            client.execute_interactive(code, timeout=60, output_hook=lambda each: said.append(each["content"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert "".join(each["text"] for each in said if "text" in each) == "True INTERRUPTED\n60\n"


def test_an_interrupted_pull_is_not_gone_on_with_by_looking(shop, monkeypatch):
    slow, settings = shop
    monkeypatch.setenv(*next(iter(KEY.items())))
    whole = Puller.read_all

    def pressed(self, *given, cancel, **more):
        if self.connector.name == "shop":
            slow.let_go.set()
            cancel.set()
        return whole(self, *given, cancel=cancel, **more)

    with Discovery.open(settings) as discovery:
        monkeypatch.setattr(Puller, "read_all", pressed)
        with pytest.raises(PullInterrupt, match="of 4 collections are complete"):
            discovery.pull()
        monkeypatch.setattr(Puller, "read_all", whole)
        first = discovery.samples("Transactions")[1]
        assert first.stop is Stop.INTERRUPTED
        assert discovery.samples("Transactions")[1] is first
        assert discovery.worksheet.entry("TRANSACTION")
        assert len(discovery.pull().samples("Transactions")[1]) == 60
        assert "60 of 60" in discovery.worksheet.entry("TRANSACTION").claims.third_party


def test_a_side_that_gave_nothing_before_ctrl_c_does_not_hide_the_other(shop, monkeypatch):
    slow, settings = shop
    whole = Puller.read_all

    def pressed(self, *given, cancel, **more):
        if self.connector.name == "shop":
            cancel.set()
            return dict.fromkeys(given[0], FetchError("No answer", then="wait"))
        return whole(self, *given, **more)

    monkeypatch.setattr(Puller, "read_all", pressed)
    with Discovery.open(settings, stored=False) as discovery:
        with pytest.raises(PullInterrupt):
            discovery.pull()
        ours, theirs = discovery.samples("Customers")
        assert len(ours) > 0
        assert theirs.claim == "Not read: No answer: wait."
    assert not slow.held.is_set()


def test_ctrl_c_while_notebooks_are_executed_ends_them_and_their_kernels(tmp_path):
    slow = Slow(hold=1)
    with serving(slow) as port:
        settings = write_settings(tmp_path)
        (tmp_path / "notebooks").mkdir()
        for name in ("one", "two", "three"):
            cell = nbformat.v4.new_code_cell(BLOCKED.format(name=name, port=port), id="a")
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "notebooks" / f"{name}.ipynb")
        command = [
            sys.executable,
            "-c",
            "from ipaas_discovery.cli.app import app; app()",
            "discover",
            "-s",
            str(settings),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            assert slow.held.wait(120)
            running.send_signal(signal.SIGINT)
            try:
                out, err = running.communicate(timeout=60)  # the cells would wait for ever
            finally:
                running.kill()
    assert (running.returncode, out, err) == (130, "", "Interrupted: what was saved before is untouched.\n")
    kernels = [int(path.read_text()) for path in tmp_path.glob("notebooks/*.pid")]
    assert 1 <= len(kernels) <= 2
    assert not [kernel for kernel in kernels if alive(kernel)]
    assert (settings.parent / "worksheet.yaml").exists()  # what was written before stays
    assert not list((settings.parent / "out" / "notebooks").glob("*.html"))


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_on_the_command_line_says_so_and_stores_what_came(shop, tmp_path):
    slow, settings = shop
    command = [sys.executable, "-c", "from ipaas_discovery.cli.app import app; app()", "pull", "orders"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **KEY}
    ) as running:
        assert slow.held.wait(60)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, out) == (130, "")
    assert err == "Interrupted: what was saved before is untouched.\n"
    assert list((settings.parent / "store" / "shop-local").glob("*/index.jsonl"))
