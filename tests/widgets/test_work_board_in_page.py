"""The board of open work in a bare page: kinds, search, answers, proposals, and the way to another board."""

import os

import pytest
from accessibility import violations
from contrast import CONTRAST, DARK
from open_integration import Integration
from playwright.sync_api import expect

from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.widgets.work_board import OpenWork
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.questions import default_questions
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser


@pytest.fixture
def integration(tmp_path):
    decision = Decision(Direction.TO, (Method.ADD,))
    questions = default_questions("collection")
    entries = [
        Entry("CUSTOMER", 8, "users", decision=decision, questions=questions),
        Entry("PRODUCT", 1, "<b>items</b>"),
    ]
    worksheet = Worksheet("Shop", entries=entries)
    worksheet.save(tmp_path / "worksheet.yaml")
    return Integration(worksheet)


@pytest.fixture
def shown(show, integration):
    return show(OpenWork(integration, by="Ada"))


def answers(integration):
    return [question.answer for question in Worksheet.load(integration.worksheet.path).entry("CUSTOMER").questions]


def test_it_reads_and_foreign_text_stays_text(shown):
    expect(shown.page.get_by_text("Open: 1 unpaired, 1 undecided, 6 unanswered")).to_be_visible()
    expect(shown.page.get_by_role("rowheader", name="PRODUCT ↔ <b>items</b>")).to_be_visible()
    assert shown.page.locator("b").count() == 0
    assert (shown.errors, shown.outside) == ([], [])


def test_what_is_proposed_is_taken_by_a_click_or_by_keys(shown, integration):
    take = shown.page.get_by_role("button", name="Take what is proposed for CUSTOMER ↔ users: Which way")
    take.focus()
    shown.page.keyboard.press("Enter")
    expect(shown.page.get_by_text("Answered by Ada")).to_be_visible()
    assert answers(integration)[0] == "To iPaaS.com, by add (decided). A delete is not sent."
    expect(take).to_be_focused()
    shown.page.keyboard.press("Control+z")
    expect(shown.page.get_by_text("Answered by Ada")).to_have_count(0)
    assert answers(integration)[0] == ""


def test_an_answer_is_saved_while_it_is_typed_and_keys_stay_inside(shown, integration):
    field = shown.page.get_by_role("textbox", name="Answer for CUSTOMER ↔ users: Which records")
    field.press_sequentially("only dd paid")
    shown.page.clock.run_for(700)
    expect(shown.page.get_by_text("Answered by Ada")).to_be_visible()
    assert answers(integration)[1] == "only dd paid"
    expect(field).to_be_focused()
    assert shown.page.evaluate("window.outerKeys") == []


def test_on_a_phone_nothing_is_cut_or_scrolls_sideways(show, integration):
    shown = show(OpenWork(integration, by="Ada"), width=390)
    assert shown.page.locator(".ipd-scroll").evaluate("(area) => area.scrollWidth - area.clientWidth") <= 0
    assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shown.page.get_by_role("textbox", name="Answer for").first.fill("said on a phone")
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_text("Answered by Ada").first).to_be_visible()


def test_kinds_and_search_narrow_the_list(shown):
    shown.page.get_by_role("radio", name="undecided").check()
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(1)
    shown.page.get_by_role("radio", name="All").check()
    shown.page.get_by_label("Search").fill("zebra")
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(1)
    expect(shown.page.get_by_text("Showing 1 of 8.")).to_be_visible()
    shown.page.get_by_label("Search").fill("nobody")
    expect(shown.page.get_by_text("Nothing fits.")).to_be_visible()


def test_a_row_leads_to_its_board_or_says_where_it_is(shown):
    go = shown.page.get_by_role("button", name="Go to PRODUCT ↔ <b>items</b>, direction, on the DirectionBoard")
    go.click()
    expect(shown.page.get_by_text("This board is not on this page")).to_be_visible()
    shown.page.evaluate(
        "document.addEventListener('ipd-go', (event) => { window.went = event.detail; event.preventDefault(); })"
    )
    go.click()
    expect(shown.page.get_by_text("This board is not on this page")).to_have_count(0)
    assert shown.page.evaluate("window.went.collection") == "PRODUCT"


def test_a_dead_kernel_is_told_at_once(show, integration):
    shown = show(OpenWork(integration, by="Ada"))
    shown.page.evaluate("window.kernelSays(null, 'dead')")
    expect(shown.page.get_by_text("The kernel is gone")).to_be_visible()


def test_nothing_open_is_said(show, tmp_path):
    worksheet = Worksheet("Shop")
    worksheet.save(tmp_path / "worksheet.yaml")
    board = OpenWork(Empty(worksheet), by="Ada")
    shown = show(board)
    expect(shown.page.get_by_text("Nothing is open: every pair is decided")).to_be_visible()


def test_600_items_are_drawn_quickly_and_a_search_reaches_all(show, integration):
    items = tuple(WorkItem(WorkKind.REFUSED, "CUSTOMER", "users", f"field_{n}", "x", "y", "z") for n in range(600))
    integration.open_work = lambda: WorkList(items)
    shown = show(OpenWork(integration, by="Ada"))
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(100)
    shown.page.get_by_role("region", name="What is open").evaluate("(node) => (node.scrollTop = node.scrollHeight)")
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(200)
    shown.page.get_by_label("Search").fill("field_599")
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(1)


@pytest.mark.parametrize("number", [0, 1, 14, 600])
def test_any_number_of_items_is_painted(show, integration, number):
    items = tuple(WorkItem(WorkKind.UNMAPPED, "CUSTOMER", "users", f"field_{n}", "x", "y", "z") for n in range(number))
    integration.open_work = lambda: WorkList(items)
    shown = show(OpenWork(integration, by="Ada"))
    expect(shown.page.locator(".ipw tbody tr")).to_have_count(min(number, 100))
    expect(shown.page.get_by_text("Nothing is open:")).to_have_count(int(number == 0))
    assert shown.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everybody(shown, theme, tmp_path):
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    shown.page.get_by_role("button", name="Take what is proposed for CUSTOMER ↔ users: Which way").click()
    expect(shown.page.get_by_text("Answered by Ada")).to_be_visible()
    shown.button("Go to PRODUCT").click()
    shown.page.screenshot(path=f"{os.environ.get('IPAAS_DISCOVERY_SHOTS', tmp_path)}/work_{theme}.png")
    assert min(shown.page.evaluate(CONTRAST).values()) >= 4.5
    assert violations(shown.page) == {}


def test_the_keyboard_alone_walks_from_the_kinds_to_an_answer(shown, integration):
    press = shown.page.keyboard.press
    shown.page.get_by_role("radio", name="All").focus()
    press("ArrowLeft")  # around to the last kind
    expect(shown.page.get_by_role("radio", name="unanswered")).to_be_checked()
    expect(shown.page.get_by_role("radio", name="unanswered")).to_be_focused()
    for name in ("button", "searchbox", "region", "textbox"):
        press("Tab")
        expect(shown.page.get_by_role(name).and_(shown.page.locator(":focus"))).to_have_count(1)
    press("Tab")
    take = shown.page.get_by_role("button", name="Take what is proposed for CUSTOMER ↔ users: Which way")
    expect(take).to_be_focused()
    press("Space")
    expect(shown.page.get_by_text("Answered by Ada")).to_be_visible()
    expect(take).to_be_focused()
    assert answers(integration)[0].startswith("To iPaaS.com")
    assert shown.page.evaluate("outerKeys") == []


class Empty(Integration):
    """An integration with nothing open."""

    def open_work(self):
        return WorkList()
