"""Chromium and JupyterLab for tests: started here, closed here, and cut off from everything outside this machine.

A test that uses them is marked `@pytest.mark.browser`. Without Chromium it fails and says so, since a skipped
browser test proves nothing; only the environment variable IPAAS_DISCOVERY_NO_BROWSER turns it into a skip.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

NO_BROWSER = "IPAAS_DISCOVERY_NO_BROWSER"
CHROMIUM = "IPAAS_DISCOVERY_CHROMIUM"
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--headless",
    "--no-first-run",
    "--no-sandbox",  # a container's root user has no other way to start it
)
INSIDE = ("http://127.0.0.1", "ws://127.0.0.1", "about:", "blob:", "data:", "file:")
LAB_START_SECONDS = 60


def chromium() -> str:
    """The path of Chromium's program; fails the test where there is none."""
    if os.environ.get(NO_BROWSER):
        pytest.skip(f"{NO_BROWSER} is set")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get(CHROMIUM) or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail(f"No Chromium: install it (apt-get install chromium), name it in {CHROMIUM}, or set {NO_BROWSER}=1")
    return found


@contextmanager
def launch() -> Iterator[Browser]:
    """A headless Chromium of this machine, closed at the end."""
    program = chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  tests without a browser need no Playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def block_outside(page: Page) -> list[str]:
    """Stop every request of `page` that would leave this machine; the list that comes back fills with their URLs."""
    outside: list[str] = []

    def judge(route: Route) -> None:
        if route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", judge)
    return outside


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab: its address, its token, the folder it shows."""

    base: str
    token: str
    folder: Path

    def open(self, page: Page, notebook: str) -> None:
        """Open a notebook and wait for its kernel: before that, running a cell asks which kernel is meant."""
        page.goto(f"{self.base}/lab/tree/{notebook}?reset&token={self.token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.wait_for_kernel(page)

    def run(self, page: Page, notebook: str) -> Locator:
        """Run a notebook whole, in one more tab where others are open; gives its panel at once."""
        if page.url.startswith(self.base):
            self.turn_to(page, notebook)
        else:
            self.open(page, notebook)
        self.command(page, "notebook:run-all-cells")
        return page.locator(".jp-NotebookPanel:visible")

    def turn_to(self, page: Page, notebook: str) -> Locator:
        """Bring the tab of a notebook to the front, a new one if it is not open; gives its panel."""
        page.evaluate("(path) => { window.jupyterapp.commands.execute('docmanager:open', { path }); }", notebook)
        path = "window.jupyterapp.shell.currentWidget?.context?.path"
        page.wait_for_function(f"(path) => {path} === path", arg=notebook, timeout=60_000)
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_for_kernel(page)
        return page.locator(".jp-NotebookPanel:visible")

    def wait_for_kernel(self, page: Page) -> None:
        """Wait until the kernel of the open notebook has nothing to do."""
        kernel = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status"
        page.wait_for_function(f"{kernel} === 'idle'", timeout=60_000)

    def command(self, page: Page, name: str) -> None:
        """Start a command of JupyterLab and return at once: waiting for it could hang on a dialog for good."""
        page.evaluate("(name) => { window.jupyterapp.commands.execute(name); }", name)

    def stop_kernels(self) -> None:
        """End every kernel, as by the next morning."""
        for session in json.loads(self._ask("GET", "/api/sessions")):
            self._ask("DELETE", f"/api/sessions/{session['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(f"{self.base}{path}?token={self.token}", method=method)  # noqa: S310  our own server
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310  our own server
            return bytes(response.read())

    def cells(self, page: Page) -> Locator:
        """The cells of the open notebook."""
        return page.locator(".jp-Notebook .jp-Cell")


@contextmanager
def lab(folder: Path) -> Iterator[Lab]:
    """A JupyterLab on a free port of 127.0.0.1 that keeps settings, secrets and kernels' files under `folder`."""
    home = folder / ".lab"
    _settings(home / "settings")
    port, token = _free_port(), secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", *_options(port, token, folder)]
    log = folder / "lab.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=folder, env=_environment(home), stdout=output, stderr=output)
        try:
            _wait(f"http://127.0.0.1:{port}/api/status?token={token}", server, log)
            yield Lab(f"http://127.0.0.1:{port}", token, folder)
        finally:
            server.terminate()
            server.wait(30)


def _options(port: int, token: str, folder: Path) -> list[str]:
    return [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
    ]


def _environment(home: Path) -> dict[str, str]:
    places = {
        "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
    }
    return os.environ | {name: str(home / place) for name, place in places.items()}


def _settings(folder: Path) -> None:
    """Every cell in the page, not only those in view; no news dialog over the notebook."""
    for plugin, values in {
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    }.items():
        path = folder / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; give up when it has ended or its time is over."""
    for _ in range(LAB_START_SECONDS * 5):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  our own address on 127.0.0.1
        except OSError:
            try:
                server.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
