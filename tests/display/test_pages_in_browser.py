"""The offline pages in Chromium with everything outside cut off."""

import os
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browser import block_outside
from playwright.sync_api import expect

from ipaas_discovery.display.notebook_page import notebook_page
from ipaas_discovery.display.report import report
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser


@pytest.fixture
def shots(tmp_path):
    return Path(os.environ.get("IPAAS_DISCOVERY_SHOTS", tmp_path))


@pytest.fixture
def shop(systems, views, worksheet):
    return report("Shop and iPaaS.com", systems, views, worksheet, as_of="2026-11-02")


@pytest.fixture
def read(browser, tmp_path):
    """Open a page from disk; gives the page and whatever it asked for outside or complained of."""
    contexts = []

    def opened(text, *, width=1280, scripts=True, **context):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, java_script_enabled=scripts, **context))
        page = contexts[-1].new_page()
        trouble = block_outside(page)
        page.on("console", lambda line: trouble.append(line.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(path.as_uri())
        return page, trouble

    yield opened
    for context in contexts:
        context.close()


def overflows(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800, 390])
def test_the_report_reads_at_every_width_and_asks_for_nothing(read, shop, shots, width, scheme):
    page, trouble = read(shop, width=width, color_scheme=scheme)
    expect(page.get_by_role("heading", name="Shop and iPaaS.com")).to_be_visible()
    expect(page.get_by_role("heading", name="Directions at a glance")).to_be_visible()
    expect(page.locator("#pair-1").get_by_text("the shop <owns> them")).to_be_visible()
    expect(page.locator("#pair-1 .field-table").get_by_text("email_address").first).to_be_visible()
    page.screenshot(path=shots / f"report-{width}-{scheme}.png", full_page=True)
    assert not overflows(page)
    assert trouble == []


def test_the_report_is_complete_without_scripts(read, shop):
    page, _ = read(shop, scripts=False)
    summary = page.locator("#pair-1 summary").first
    folded = page.locator("#pair-1 details > *:not(summary)").first
    expect(folded).to_be_hidden()
    summary.click()
    expect(folded).to_be_visible()


def test_600_fields_can_be_filtered_and_their_head_stays_in_view(read, systems, wide):
    page, trouble = read(report("Wide", systems, [wide], Worksheet("Wide")))
    assert not overflows(page)
    page.locator("#pair-1 .field-table tbody tr").nth(30).scroll_into_view_if_needed()
    head = page.locator("#pair-1 .field-table thead th").first
    expect(head).to_be_in_viewport()
    page.get_by_label("Filter fields of this pair").fill("attribute_399")
    expect(page.locator("#pair-1 .fields tbody tr:visible")).to_have_count(1)
    assert trouble == []


HIDDEN = "(parts) => parts.filter((part) => !part.checkVisibility({ contentVisibilityAuto: true })).length"


def pages_of(page):
    """Pages of paper that a page prints to."""
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4")))


def test_paper_gets_the_summary_and_the_details_on_request(read, shop):
    page, _ = read(shop, scripts=False)
    page.emulate_media(media="print")
    expect(page.locator("#decided")).to_be_visible()
    expect(page.locator("#pair-1")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_label("Print the details, too").check()
    page.emulate_media(media="print")
    expect(page.locator("#pair-1")).to_be_visible()
    assert page.locator("details").count() > 0
    assert page.locator("details > *:not(summary)").evaluate_all(HIDDEN) == 0


def test_a_summary_prints_to_twenty_pages_at_most_and_in_dark_ink(read, systems, views, worksheet):
    kinds = [kind for kind in WorkKind for _ in range(300)]
    text = "a long text about what is open " * 9
    items = [WorkItem(kind, "CUSTOMER", "users", f"field_{n}", text, text) for n, kind in enumerate(kinds)]
    frame = pd.DataFrame([("iPaaS.com", f"TYPE_{n}", f"{n}: {text}") for n in range(300)],
                         columns=["system", "collection", "reason"])  # fmt: skip
    many = [replace(views[1], collection=f"TYPE_{n}") for n in range(300)]
    sheet = Worksheet("Shop", entries=[Entry(f"TYPE_{n}") for n in range(300)])
    for n in range(300):
        sheet.decide(f"TYPE_{n}", None, why=text, by="Ada")
    html = report("Shop", systems, many, sheet, unpaired=Table(frame), work=WorkList(tuple(items)))
    page, _ = read(html, scripts=False, color_scheme="dark")
    assert pages_of(page) <= 20
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('#needs td')).color") == "rgb(27, 36, 48)"


def test_on_paper_a_heading_what_it_says_and_a_legend_stay_with_their_table(read, shop):
    page, _ = read(shop, scripts=False)
    page.emulate_media(media="print")
    style = "(node) => [getComputedStyle(node).breakAfter, getComputedStyle(node).breakInside]"
    assert page.locator("#directions .legend").evaluate(style)[0] == "avoid"
    assert page.locator("#directions-head + p").evaluate(style) == ["avoid", "avoid"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_choices_need_no_script(read, shop, scripts):
    page, _ = read(shop, scripts=scripts)
    page.get_by_label("Undecided").check()
    expect(page.locator("#pair-1")).to_be_hidden()
    expect(page.locator("#pair-2")).to_be_visible()
    expect(page.locator(".matrix tbody tr:visible")).to_have_count(1)
    page.get_by_label("Decided", exact=True).check()
    expect(page.locator("#pair-2")).to_be_hidden()
    page.get_by_label("Against the evidence").check()
    expect(page.locator(".pair:visible")).to_have_count(0)
    page.get_by_label("All pairs").check()
    expect(page.locator(".pair:visible")).to_have_count(2)


def test_a_search_leaves_what_holds_the_word_and_opens_it(read, shop):
    page, trouble = read(shop)
    page.get_by_label("Search the whole page").fill("store_credit")
    expect(page.locator(".hits")).to_have_text("3 rows")
    expect(page.locator("#pair-1 .lone tbody tr:visible")).to_have_count(1)
    expect(page.locator("#pair-2")).to_be_hidden()
    expect(page.locator("#pair-1 .fields details:visible")).to_have_count(1)
    page.get_by_label("Search the whole page").fill("")
    expect(page.locator("#pair-2")).to_be_visible()
    assert trouble == []


def test_a_table_that_scrolls_says_so_on_a_phone(read, shop):
    page, _ = read(shop, width=390)
    matrix = page.locator("#directions .scroll")
    expect(page.locator("#directions .sideways")).to_have_text("Scrolls sideways →")
    assert matrix.evaluate("(box) => box.scrollWidth > box.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("#directions .sideways")).to_have_count(0)
    blind, _ = read(shop, width=390, scripts=False)
    shadow = "getComputedStyle(document.querySelector('#directions .scroll')).backgroundAttachment"
    assert blind.evaluate(shadow) == "local, local, scroll, scroll"


def test_a_notebook_page_asks_for_nothing_and_reads(read, tmp_path):
    new = nbformat.v4
    table = {"text/html": "<table><tr><th>direction</th></tr><tr><td>To iPaaS.com</td></tr></table>"}
    output = new.new_output("execute_result", data=table, execution_count=1)
    cells = [
        new.new_markdown_cell("# Decide\n\nA formula: $x^2$", id="a"),
        new.new_code_cell("worksheet", id="b", execution_count=1, outputs=[output]),
    ]
    nbformat.write(new.new_notebook(cells=cells), tmp_path / "n.ipynb")
    page, trouble = read(notebook_page(tmp_path / "n.ipynb"))
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
    expect(page.get_by_role("cell", name="To iPaaS.com")).to_be_visible()
    assert trouble == []
