"""A worksheet to decide on, and the board's script in a bare page with the real Python board behind it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import block_outside
from small_discovery import SmallDiscovery

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.widgets.match_board import MatchBoard
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.worksheet import Worksheet

TO, FROM = Direction.TO, Direction.FROM
TODAY = dt.date(2026, 11, 2)
NO_SOURCE = Finding("required", Effect.NEEDS_DEFAULT, "email", "empty in 6 of 200", "give a default")
NO_CALL = Finding("call", Effect.BLOCKS, "", "the store has no call that creates them", "ask the vendor")

MOUNT = """
async ([esm, css, state]) => {
  const sheet = document.head.appendChild(document.createElement("style"));
  sheet.textContent = css;
  const listeners = {};
  const kernel = { statusChanged: { connect: (heard) => (window.kernelSays = heard), disconnect: () => {} } };
  const model = {
    widget_manager: { kernel },
    get: (name) => state[name],
    on: (event, listener) => (listeners[event] ??= []).push(listener),
    off: (event, listener) => (listeners[event] = (listeners[event] ?? []).filter((each) => each !== listener)),
    send: async (message) => {
      if (window.broken) throw new Error("the comm is closed");
      update(await window.toPython(message));
    },
  };
  function update(next) {
    const differs = (name) => JSON.stringify(next[name]) !== JSON.stringify(state[name]);
    const changed = Object.keys(next ?? {}).filter(differs);
    Object.assign(state, next);
    for (const name of changed) for (const listener of listeners[`change:${name}`] ?? []) listener();
  }
  const script = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(esm));
  const el = document.body.appendChild(document.createElement("div"));
  window.outerKeys = [];
  document.addEventListener("keydown", (event) => window.outerKeys.push(event.key));
  const start = performance.now();
  Object.assign(window, { update, listeners, state, dispose: script.default.render({ model, el }) });
  document.body.offsetHeight;
  window.painted = performance.now() - start;
}
"""


def proof(direction, method, outcome, *findings, reason=""):
    return Evidence(direction, method, outcome, reason or outcome.value, findings)


def blocked_from():
    return [proof(FROM, method, Outcome.BLOCKED, NO_CALL, reason="No call.") for method in Method]


@pytest.fixture
def entries():
    fine = [proof(TO, Method.ADD, Outcome.POSSIBLE), proof(TO, Method.UPDATE, Outcome.WITH_DEFAULTS, NO_SOURCE)]
    return (
        Entry("CUSTOMER", 8, "customers", evidence=(*fine, *blocked_from())),
        Entry("PRODUCT", 1, "products", evidence=fine),
        Entry("GIFT_CARD", 5, ""),
    )


@pytest.fixture
def worksheet(tmp_path, entries):
    worksheet = Worksheet("Shop", entries=entries, today=lambda: TODAY)
    worksheet.save(tmp_path / "worksheet.yaml")
    return worksheet


@pytest.fixture
def board(worksheet):
    return DirectionBoard(worksheet, by="Ada")


@dataclass
class Shown:
    """A board in a page: what Python received, and the page."""

    page: object
    messages: list
    errors: list
    outside: list

    def row(self, key):
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=key, exact=True))

    def choice(self, key, direction):
        return self.row(key).get_by_role("radio", name=direction)

    def method(self, key, method):
        return self.row(key).get_by_role("checkbox", name=method)

    def update(self, board):
        """Bring what Python set to the page."""
        self.page.evaluate("(next) => update(next)", state(board))

    def button(self, name):
        return self.page.get_by_role("button", name=name)


@pytest.fixture
def show(browser) -> Callable[..., Shown]:
    """Draw a board in a bare page; `answer=False` leaves every message of it unanswered."""
    pages = []

    def draw(board, *, answer=True, width=1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.set_default_timeout(10_000)
        shown = Shown(page, [], [], block_outside(page))
        page.on("pageerror", lambda error: shown.errors.append(str(error)))
        page.on("console", lambda line: shown.errors.append(line.text) if line.type == "error" else None)

        def to_python(message):
            shown.messages.append(message)
            if not answer:
                return None
            board.handle(message)
            return state(board)

        page.expose_function("toPython", to_python)
        page.set_content("<!doctype html><html lang='en'><title>Board</title><body></body></html>")
        page.clock.install()
        page.evaluate(MOUNT, [board._esm, board._css, state(board)])
        return shown

    yield draw
    for page in pages:
        page.close()


def state(board):
    """What the front end knows of a board."""
    return {name: getattr(board, name) for name in board.trait_names(sync=True) if name in vars_of(board)}


def vars_of(board):
    """Names of a board's own traits, without those of every widget."""
    return {name for kind in type(board).mro()[:-1] for name in vars(kind) if kind.__module__.startswith("ipaas")}


@pytest.fixture
def discovery(tmp_path):
    """Two small collections with all that is known of them."""
    return SmallDiscovery(tmp_path / "worksheet.yaml", today=lambda: TODAY)


@pytest.fixture
def match_board(discovery):
    return MatchBoard(discovery, by="Ada")


@pytest.fixture
def kit(tmp_path):
    """A copy of the committed notebooks and of the demo behind them."""
    root = Path(__file__).parents[2]
    for name in ("notebooks", "data"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("out", "sandbox", "pictures"))
    return tmp_path
