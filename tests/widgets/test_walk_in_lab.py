"""A whole integration decided on the boards in a real JupyterLab and handed over: by mouse, then by keys alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from browser import block_outside, lab
from playwright.sync_api import expect

from ipaas_discovery.worksheet.worksheet import Worksheet

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Lab
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SLOW = 60_000
"""Milliseconds for what a kernel has to work out."""
NEXT = """(target) => {
  const here = document.activeElement;
  if (here === target) return "";
  if (target.type === "radio" && here.type === "radio" && here.name === target.name) return "ArrowRight";
  return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING ? "Tab" : "Shift+Tab";
}"""
LEFT = re.compile(r"^Open: \d refused$")
"""What stays open: values of the sample that a destination refuses, whatever is mapped."""
NONE_CLEAR = "Accept the 0 clear ones"
FIRST = {
    "PRODUCT ↔ products, From iPaaS.com": {"weight": "a formula that is found"},
    "TRANSACTION ↔ orders, To iPaaS.com": {"customer_id": "id of CUSTOMER"},
}
"""What is said of fields before the clear proposals are taken, by pair and direction: a formula, a look-up."""
SAID = {
    ("PRODUCT ↔ products, From iPaaS.com", "page_title"): "Reject",
    ("GIFT_CARD ↔ gift_certificates, To iPaaS.com", "number"): "code",
    ("GIFT_CARD ↔ gift_certificates, To iPaaS.com", "type"): "'Gift Card'",
    ("CUSTOMER ↔ customers, To iPaaS.com", "customer_number"): "id",
    ("GIFT_CARD ↔ gift_certificates, To iPaaS.com", "status"): "value map",
    ("TRANSACTION ↔ orders, To iPaaS.com", "system_id"): "'1'",
    ("TRANSACTION ↔ orders, To iPaaS.com", "type"): "'Order'",
    ("TRANSACTION_LINE ↔ order_products, To iPaaS.com", "status"): "'Open'",
    ("TRANSACTION_PAYMENT ↔ order_transactions, To iPaaS.com", "status"): "value map",
}
"""What is said of fields that no click on a proposal decides: another field, a 'fixed value', a formula, values."""


@dataclass
class Mouse:
    """A hand that points and clicks."""

    page: Page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.click()
        target.press_sequentially(text)

    def erase(self, target: Locator) -> None:
        target.fill("")

    def decide(self, row: Locator, what: str) -> None:
        row.click()
        row.page.locator(".mb:visible").get_by_role("button", name=f"{what} what is proposed").click()

    def open(self, row: Locator) -> None:
        row.click()

    def take_clear(self, board: Locator) -> None:
        board.get_by_role("button", name="Accept all clear proposals").click()

    def go_on(self, board: Locator) -> None:
        board.get_by_role("button", name="Next pair and direction").click()


@dataclass
class Keys:
    """A hand that never leaves the keyboard."""

    page: Page
    pressed: int = 0

    def reach(self, target: Locator) -> None:
        """Go to an element as the keys lead there: Tab, or an arrow in a group of radio buttons."""
        for _ in range(400):
            if not (key := target.evaluate(NEXT)):
                return
            self.key(key)
        raise AssertionError(f"no key leads to {target}")

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def press(self, target: Locator) -> None:
        self.reach(target)
        if target.evaluate("(node) => node.type !== 'radio' || !node.checked"):
            self.key("Space")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.type(text)

    def erase(self, target: Locator) -> None:
        self.reach(target)
        self.key("Control+a")
        self.key("Delete")

    def decide(self, row: Locator, what: str) -> None:
        self.go_to(row)
        self.key(what[0].lower())

    def open(self, row: Locator) -> None:
        self.go_to(row)
        self.key("Enter")

    def take_clear(self, board: Locator) -> None:
        self.reach(board.get_by_role("grid"))
        self.key("t")

    def go_on(self, board: Locator) -> None:
        self.reach(board.get_by_role("grid"))
        self.key("n")

    def go_to(self, row: Locator) -> None:
        """Make a row of the list the active one."""
        self.reach(row.locator("xpath=ancestor::*[@role='grid']"))
        self.key("Home")
        for _ in range(int(row.get_attribute("data-at") or 0)):
            self.key("ArrowDown")


Hand = Mouse | Keys


def know_both_systems(hand: Hand, board: Locator) -> None:
    """Leave out the one collection that is in no pair and could be in one."""
    expect(board.get_by_text("28 of ")).to_be_visible(timeout=SLOW)
    hand.write(board.get_by_role("searchbox").first, "customer_addresses")
    hand.press(board.get_by_role("button", name="customer_addresses", exact=True))
    hand.write(board.get_by_label("Why customer_addresses is left out"), "They come inside their customers.")
    hand.press(board.get_by_role("button", name="Leave customer_addresses out"))
    expect(board.get_by_text("left out. Saved to worksheet.yaml.")).to_be_visible(timeout=SLOW)


def decide_directions(hand: Hand, board: Locator) -> None:
    """Take what the evidence proposes, say the one that it leaves open, and sign."""
    expect(board.get_by_text("5 of 14 decided")).to_be_visible(timeout=SLOW)
    hand.press(board.get_by_role("button", name="Take what the evidence proposes"))
    expect(board.get_by_text("13 of 14 decided")).to_be_visible(timeout=SLOW)
    hand.press(
        board.get_by_role("radiogroup", name="Direction for GIFT_CARD").get_by_role("radio", name="To iPaaS.com")
    )
    hand.write(board.get_by_label("Why, for GIFT_CARD"), "Gift cards are sold in the store.")
    expect(board.get_by_text("14 of 14 decided")).to_be_visible(timeout=SLOW)
    hand.press(board.get_by_role("button", name="Sign the directions off"))
    expect(board.get_by_text("Signed off by")).to_be_visible(timeout=SLOW)


def decide_fields(hand: Hand, board: Locator) -> None:
    """Go from pair to pair: take what is clear, then decide what is left, field by field."""
    expect(board.get_by_role("grid")).to_be_visible(timeout=SLOW)
    hand.press(board.get_by_role("radio", name="Undecided"))
    for _ in range(20):
        for key, said in FIRST.get(board.get_attribute("data-title") or "", {}).items():
            decide_first(hand, board, key, said)
        clear = board.get_by_role("button", name="Accept all clear proposals")
        if clear.inner_text() != NONE_CLEAR:
            hand.take_clear(board)
            expect(clear).to_have_text(NONE_CLEAR, timeout=SLOW)
        rows = board.locator(".mb-body > .mb-row")
        while rows.count():
            decide_field(hand, board, rows.first)
        if board.get_by_label("Pair of collections").locator("option", has_text=" open").count() == 0:
            return
        hand.go_on(board)
        expect(rows.first).to_be_visible(timeout=SLOW)


def decide_first(hand: Hand, board: Locator, key: str, said: str) -> None:
    """Search for a field, and say what fills it though something else is proposed."""
    search = board.get_by_role("searchbox")
    hand.write(search, key)
    hand.open(board.locator(".mb-body > .mb-row", has=board.page.locator(f"[title='{key}'].mb-key")))
    fill(hand, board.get_by_role("region", name=f"Field {key}", exact=True), said)
    expect(board.locator(f".mb-body [title='{key}'].mb-key")).to_have_count(0, timeout=SLOW)
    hand.erase(search)


def decide_field(hand: Hand, board: Locator, row: Locator) -> None:
    """Decide the first field of the list."""
    key = row.locator(".mb-key").get_attribute("title") or ""
    said = SAID.get((board.get_attribute("data-title") or "", key), "")
    if said in {"", "Reject"} and row.get_by_text("one of ").count() == 0:
        hand.decide(row, said or "Accept")
    else:
        hand.open(row)
        fill(hand, board.get_by_role("region", name=f"Field {key}", exact=True), said)
    expect(board.locator(f".mb-body [title='{key}'].mb-key")).to_have_count(0, timeout=SLOW)


def fill(hand: Hand, panel: Locator, said: str) -> None:
    """Say what fills the field that is open: by default the best of the sources that are as good."""
    if not said:
        return hand.press(panel.get_by_role("radio").first)
    if said.isidentifier():
        hand.write(panel.get_by_label("Another field"), said)
        return hand.press(panel.get_by_role("button", name="Use this field"))
    ways = panel.locator("details", has_text="Fixed value, formula")
    if ways.get_attribute("open") is None:
        hand.press(panel.get_by_text("Fixed value, formula"))
    if said.startswith("'"):
        hand.press(panel.get_by_role("radio", name="Fixed value"))
        hand.write(panel.get_by_role("textbox", name="Fixed value"), said.strip("'"))
    elif said.startswith("id of "):
        hand.press(panel.get_by_role("radio", name="Look-up"))
        expect(panel.get_by_label("Collection it names")).to_have_value(said.removeprefix("id of "))
    elif said == "value map":
        hand.press(panel.get_by_role("radio", name="Value map"))
        expect(panel.get_by_label("Written for ").first).not_to_have_value("")
    else:
        hand.press(panel.get_by_role("radio", name="Formula"))
        formula = panel.get_by_role("textbox", name="Formula")
        hand.erase(formula)
        hand.press(panel.get_by_role("button", name="Find a formula in the same records"))
        expect(formula).to_have_value(re.compile(r"^weight \| times 2\.2046"), timeout=SLOW)
        expect(panel.get_by_role("status").get_by_text("As it would be filled: gives what is there in")).to_be_visible(
            timeout=SLOW
        )
    return hand.press(panel.get_by_role("button", name="Save this way to fill it"))


def answer_questions(hand: Hand, board: Locator) -> None:
    """Take every answer that the data proposes, and write the others."""
    expect(board.get_by_text("undecided,")).to_be_hidden(timeout=SLOW)
    hand.press(board.get_by_role("radio", name="unanswered"))
    hand.press(board.get_by_role("button", name="Take what is proposed for every question"))
    expect(board.get_by_role("button", name="Take what is proposed for every question")).to_have_text(
        "Take what is proposed (0)", timeout=SLOW
    )
    unanswered = board.locator("tr:not(.ipw-answered) textarea")
    for left in range(unanswered.count() - 1, -1, -1):
        hand.write(unanswered.first, "Asked, and agreed.")
        expect(unanswered).to_have_count(left, timeout=SLOW)


def hand_over(running: Lab, page: Page) -> None:
    """Write the order from the last notebook, in a cell of one's own."""
    tab = running.run(page, "notebooks/04_worksheet.ipynb")
    prompts = tab.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.last).to_have_text(re.compile(r"\d"), timeout=SLOW)
    running.command(page, "notebook:insert-cell-below")
    expect(prompts.filter(has_text=re.compile(r"^\[ \]:$"))).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type('worksheet.export("../data/order.md")')
    page.keyboard.press("Control+Enter")
    expect(prompts.filter(has_text=re.compile(r"^\[( |\*)\]:$"))).to_have_count(0, timeout=SLOW)


@pytest.mark.parametrize("hand", [Mouse, Keys])
def test_a_whole_integration_is_decided_on_the_boards_and_handed_over(browser, kit, hand):
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(20_000)
    outside, hand = block_outside(page), hand(page)
    with lab(kit) as running:
        tab = running.run(page, "notebooks/01_know_both_systems.ipynb")
        know_both_systems(hand, tab.locator(".ipb"))
        tab = running.run(page, "notebooks/03_decide_directions.ipynb")
        decide_directions(hand, tab.locator(".ddb"))
        tab = running.run(page, "notebooks/02_match.ipynb")
        decide_fields(hand, tab.locator(".mb"))
        tab = running.turn_to(page, "notebooks/03_decide_directions.ipynb")
        answer_questions(hand, tab.locator(".ipw"))
        expect(tab.locator(".ipw .ipd-counter")).to_have_text(LEFT, timeout=SLOW)
        page.screenshot(path=kit / "decided.png")
        hand_over(running, page)
        page.close()
    assert outside == []
    check_order(kit / "data")


def check_order(data: Path) -> None:
    """The files say what was decided: directions, fields, answers, the signature; and the order that is handed over."""
    worksheet = Worksheet.load(data / "worksheet.yaml")
    assert [entry.title for entry in worksheet.entries if entry.decision is None] == []
    assert worksheet.entry("GIFT_CARD").decision.why == "Gift cards are sold in the store."
    assert [row.collection for row in worksheet.document.left_out] == ["customer_addresses"]
    assert dict(worksheet.document.sign_off).keys() == {"approved"}
    said = {(row.destination, row.kind, row.value) for row in worksheet.entry("TRANSACTION").to if row.decided}
    assert {("type", "constant", "Order"), ("system_id", "constant", "1")} <= said
    orders, items = worksheet.entry("TRANSACTION").to, worksheet.entry("PRODUCT").from_
    look_ups = [(row.destination, row.value) for row in orders if row.kind == "look-up" and row.status == "manual"]
    assert ("customer_id", "CUSTOMER") in look_ups
    assert [row.status for row in items if row.destination == "weight" and row.kind == "formula"] == ["manual"]
    decided = sum(row.decided for entry in worksheet.entries for row in (*entry.to, *entry.from_))
    assert decided > 150
    questions = [question for entry in worksheet.entries for question in entry.questions]
    assert sum(question.answer == "Asked, and agreed." for question in questions) >= 3
    assert "Gift cards are sold in the store." in (data / "order.md").read_text(encoding="utf-8")
