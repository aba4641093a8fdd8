"""How the boards stand on a page: all pairs of the sandbox in sight, no word broken, all that is to do in reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from open_collections import Browsed
from playwright.sync_api import expect

from ipaas_discovery.widgets.board import style_of
from ipaas_discovery.widgets.collection_browser import CollectionBrowser
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser
ORDER = Path(__file__).parents[2] / "data" / "worksheet.yaml"
BROKEN = r"""
(root) => {
  const broken = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".ipd-hidden, textarea")) continue;
    for (const word of node.data.matchAll(/[^\s\-/→]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}
"""
"""Words of which one part stands on the next line."""


@pytest.mark.parametrize("width", [1400, 1000])
def test_all_14_pairs_are_in_sight_and_no_word_is_broken(show, width):
    shown = show(DirectionBoard(Worksheet.load(ORDER), by="Ada"), width=width)
    rows = shown.page.locator("tbody > tr:has(th[scope=row])")
    expect(rows).to_have_count(14)
    last = rows.last.bounding_box()
    scroll = shown.page.locator(".ddb .ipd-scroll").bounding_box()
    assert last["y"] + last["height"] <= min(800, scroll["y"] + scroll["height"])  # what JupyterLab leaves of 900
    assert shown.page.evaluate(BROKEN, shown.page.locator(".ddb table").element_handle()) == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_broken_word_would_be_seen(show):
    shown = show(DirectionBoard(Worksheet.load(ORDER), by="Ada"))
    shown.page.add_style_tag(
        content=".ddb th { overflow-wrap: anywhere; max-width: 20px; } .ddb table { width: 500px; min-width: 0 }"
    )
    shown.page.add_style_tag(content=".ddb col:nth-child(2) { width: 40px !important; }")
    assert shown.page.evaluate(BROKEN, shown.page.locator(".ddb table").element_handle()) != []


def test_a_narrow_list_of_fields_still_accepts_and_rejects(show, match_board):
    shown = show(match_board, width=600)
    row = shown.page.locator(".mb-body > .mb-row", has=shown.page.locator("[title=email_address]"))
    row.hover()
    accept = row.get_by_role("button", name="Accept email_address")
    box, frame = accept.bounding_box(), shown.page.locator(".mb-list").bounding_box()
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    accept.click()
    expect(row).to_have_class("mb-row mb-accepted")


def test_many_collections_are_left_out_for_one_reason_and_undone_at_once(show, tmp_path):
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(tmp_path / "worksheet.yaml")
    shown = show(CollectionBrowser(Browsed(worksheet), by="Ada"), width=1000)
    several = shown.button("Leave all of these out")
    expect(several).to_be_hidden()
    shown.page.get_by_role("radio", name="in no pair").check()
    expect(several).to_have_text("Leave these 3 out")
    several.click()
    expect(shown.page.get_by_role("alert").filter(has_text="Leaving out needs a reason")).to_be_visible()
    shown.page.get_by_label("Why these are left out").fill("not part of this project")
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")
    expect(shown.page.get_by_text("2 of 5 collections paired, 0 in no pair, 3 left out")).to_be_visible()
    shown.button("Undo the last choice").click()
    expect(shown.page.get_by_text("2 of 5 collections paired, 3 in no pair, 0 left out")).to_be_visible()


def test_what_is_not_in_a_record_is_marked_absent(show, tmp_path):
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(tmp_path / "worksheet.yaml")
    records = ({"id": 1, "lines": [{"sku": "a", "qty": 1}, {"sku": "b"}]}, {"id": 2, "nick": "absent"})
    shown = show(CollectionBrowser(Browsed(worksheet, records=records), by="Ada"))
    shown.button("users").click()
    shown.button("Next record of users").click()
    table = shown.page.get_by_role("table", name="Record 1 of users")
    expect(table.get_by_role("row", name="lines[2].qty absent")).to_be_visible()
    expect(table.get_by_role("row", name="nick absent")).to_be_visible()
    expect(table.locator(".ipb-absent")).to_have_count(2)
    shown.button("Next record of users").click()
    table = shown.page.get_by_role("table", name="Record 2 of users")
    expect(table.locator(".ipb-absent")).to_have_count(1)
    expect(table.get_by_role("row", name="lines absent")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 967])
def test_a_board_beside_others_stays_as_dense(show, width):
    shown = show(DirectionBoard(Worksheet.load(ORDER), by="Ada"), width=width)  # 967: what JupyterLab leaves of 1,400
    rows = shown.page.locator("tbody > tr:has(th[scope=row])")
    alone = [row.bounding_box() for row in rows.all()]
    for other in ("work_board", "match_board", "collection_browser"):
        shown.page.add_style_tag(content=style_of(other))
    assert [row.bounding_box() for row in rows.all()] == alone
    assert alone[-1]["y"] + alone[-1]["height"] <= 700  # of 780 that JupyterLab leaves of 900
