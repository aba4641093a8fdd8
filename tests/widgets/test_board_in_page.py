"""The board's script in a bare page, with the real Python board and its file behind it."""

import os
from pathlib import Path

import pytest
from accessibility import violations
from contrast import CONTRAST, DARK
from playwright.sync_api import expect

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser

REFERENCE = Path(__file__).parent / "reference" / "board.aria.yaml"
CUSTOMER, PRODUCT, GIFT = "CUSTOMER", "PRODUCT", "GIFT_CARD"


def full(*_args, **_kwargs):
    raise WorksheetError("No space is left on the disk", where="worksheet.yaml", then="free some, then save again")


def saved(worksheet, collection=CUSTOMER):
    return Worksheet.load(worksheet.path).entry(collection).decision


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.value")


def test_a_click_is_saved_counted_and_told(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    expect(shown.page.get_by_text("Saved to worksheet.yaml.")).to_be_visible()
    expect(shown.method(CUSTOMER, "add")).to_be_checked()
    expect(shown.method(CUSTOMER, "delete")).not_to_be_checked()
    expect(shown.row(CUSTOMER)).to_contain_text("Decided by Ada on 2026-11-02")
    assert saved(worksheet).title == "To iPaaS.com"
    assert (shown.errors, shown.outside) == ([], [])


def test_on_a_phone_a_pair_is_a_card_and_nothing_scrolls_sideways(show, board, worksheet):
    shown = show(board, width=390)
    beyond = "(area) => area.scrollWidth - area.clientWidth"
    assert shown.page.locator(".ipd-scroll").evaluate(beyond) <= 0
    assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(shown.row(CUSTOMER)).to_be_visible()  # it is still a row to those who do not see it
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    assert saved(worksheet).title == "To iPaaS.com"
    assert violations(shown.page) == {}
    shown.page.get_by_placeholder("Name, field, finding").fill("gift")
    expect(shown.row(CUSTOMER)).to_be_hidden()


def test_methods_why_and_name_are_saved_with_the_choice(show, board, worksheet):
    shown = show(board)
    shown.page.get_by_label("Decided by").fill("Grace")
    shown.row(CUSTOMER).get_by_role("textbox").fill("the shop owns them")
    shown.page.keyboard.press("Tab")
    expect(shown.row(CUSTOMER)).to_contain_text("Not saved yet: choose a direction.")
    assert shown.messages == []
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    shown.method(CUSTOMER, "update").uncheck()
    expect(shown.row(CUSTOMER)).to_contain_text("Decided by Grace")
    expect(shown.method(CUSTOMER, "update")).not_to_be_checked()
    decision = saved(worksheet)
    assert (decision.methods, decision.why, decision.by) == (("add",), "the shop owns them", "Grace")


def test_a_decision_against_the_evidence_is_taken_and_marked_in_words(show, board, worksheet):
    shown = show(board)
    reason = shown.row(CUSTOMER).get_by_role("textbox")
    reason.fill("they will open it")
    shown.choice(CUSTOMER, "From iPaaS.com").click()
    expect(shown.row(CUSTOMER)).to_contain_text("Against the evidence: From iPaaS.com, add: blocked, No call.")
    expect(shown.page.get_by_text("1 of 3 decided, 1 against the evidence")).to_be_visible()
    assert saved(worksheet).title == "From iPaaS.com"
    shown.choice(CUSTOMER, "Leave out").click()
    expect(shown.row(CUSTOMER)).to_contain_text("Not saved yet: say why Leave out.")
    expect(reason).to_have_attribute("placeholder", "they will open it")
    assert saved(worksheet).title == "From iPaaS.com"
    reason.fill("nobody needs it")
    shown.page.keyboard.press("Tab")
    expect(shown.row(CUSTOMER)).not_to_contain_text("Against the evidence")
    assert (saved(worksheet).title, saved(worksheet).why) == ("leave out", "nobody needs it")


def test_undo_and_redo_are_there_only_while_there_is_something_to_do(show, board):
    shown = show(board)
    undo, redo = shown.button("Undo the last choice"), shown.button("Redo the choice taken back")

    def can(undone, redone):
        expect(undo).to_have_attribute("aria-disabled", str(not undone).lower())
        expect(redo).to_have_attribute("aria-disabled", str(not redone).lower())

    can(undone=False, redone=False)
    undo.click(force=True)
    assert shown.messages == []
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    can(undone=True, redone=False)
    undo.click()
    can(undone=False, redone=True)
    assert focused(shown.page) == "Undo the last choice"
    redo.click()
    can(undone=True, redone=False)


def test_a_reason_may_have_lines_and_is_saved_when_the_field_is_left(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    why = shown.row(CUSTOMER).get_by_role("textbox")
    why.click()
    shown.page.keyboard.type("the shop owns them")
    shown.page.keyboard.press("Enter")
    shown.page.keyboard.type("agreed in the kick-off")
    assert len(shown.messages) == 1
    shown.page.keyboard.press("Control+Enter")
    expect(shown.page.get_by_text("Saved to worksheet.yaml.")).to_be_visible()
    assert len(shown.messages) == 2
    assert saved(worksheet).why == "the shop owns them\nagreed in the kick-off"
    expect(why).to_have_value("the shop owns them\nagreed in the kick-off")
    why.focus()
    assert why.evaluate("each => each.scrollHeight <= each.clientHeight")


def test_undo_in_a_text_field_is_the_texts_own(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    shown.row(CUSTOMER).get_by_role("textbox").click()
    shown.page.keyboard.press("Control+z")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    assert [message["do"] for message in shown.messages] == ["decide"]


def test_undo_and_redo_by_button_and_by_key(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    shown.button("Undo the last choice").click()
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).not_to_be_checked()
    assert focused(shown.page) == "Undo the last choice"
    shown.button("Redo the choice taken back").click()
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    shown.page.keyboard.press("Control+z")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).not_to_be_checked()
    shown.page.keyboard.press("Control+Shift+Z")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    assert saved(worksheet).title == "To iPaaS.com"


def test_clear_makes_a_pair_undecided_and_keeps_the_focus(show, board, worksheet):
    shown = show(board)
    clear = shown.button("Clear the decision for CUSTOMER")
    expect(clear).to_have_attribute("aria-disabled", "true")
    shown.choice(CUSTOMER, "Leave out").click()
    expect(clear).to_have_attribute("aria-disabled", "false")
    clear.click()
    expect(shown.page.get_by_text("0 of 3 decided")).to_be_visible()
    assert focused(shown.page) == "Clear the decision for CUSTOMER ↔ customers"
    assert saved(worksheet) is None


def test_arrows_move_the_choice_and_the_focus_stays_with_it(show, board, worksheet):
    shown = show(board)
    shown.choice("PRODUCT", "To iPaaS.com").focus()
    shown.page.keyboard.press("Space")
    shown.page.keyboard.press("ArrowDown")
    expect(shown.choice("PRODUCT", "From iPaaS.com")).to_be_checked()
    expect(shown.choice("PRODUCT", "From iPaaS.com")).to_be_focused()
    expect(shown.page.get_by_text("From iPaaS.com. Saved to worksheet.yaml.")).to_be_visible()
    expect(shown.choice("PRODUCT", "From iPaaS.com")).to_be_focused()
    assert worksheet.entry("PRODUCT").decided == "From iPaaS.com"


def test_keys_pressed_in_the_board_stay_there_but_saving_the_notebook_does_not(show, board):
    shown = show(board)
    for target in (shown.choice(CUSTOMER, "Leave out"), shown.button("Undo the last choice")):
        target.focus()
        for key in ("b", "d", "d", "ArrowDown", "Enter"):
            shown.page.keyboard.press(key)
    assert shown.page.evaluate("outerKeys") == []
    shown.page.keyboard.press("Control+s")
    assert shown.page.evaluate("outerKeys") == ["s"]


def test_the_reasons_open_by_keyboard_and_hold_the_fix(show, board):
    shown = show(board)
    expect(shown.row(CUSTOMER)).to_contain_text("update possible with defaults")
    expect(shown.row(CUSTOMER).locator("[title^='possible']").first).to_have_attribute("title", "possible: possible")
    more = shown.button(f"More on {CUSTOMER} ↔ customers")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    shown.page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(shown.page.get_by_role("definition").filter(has_text="give a default")).to_be_visible()


def test_a_failed_save_is_an_alert_and_the_screen_returns_to_the_file(show, board, worksheet, monkeypatch):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    with monkeypatch.context() as patch:
        patch.setattr(Worksheet, "save", full)
        shown.choice(CUSTOMER, "Leave out").click()
        expect(shown.page.get_by_role("alert")).to_contain_text("No space is left on the disk")
        expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
        shown.row(CUSTOMER).get_by_role("textbox").fill("a long reason")
        shown.page.keyboard.press("Tab")
        expect(shown.row(CUSTOMER)).to_contain_text("Not saved.")
        expect(shown.row(CUSTOMER).get_by_role("textbox")).to_have_value("a long reason")
    shown.choice(CUSTOMER, "From iPaaS.com").click()
    expect(shown.page.get_by_role("alert")).to_be_empty()
    expect(shown.row(CUSTOMER).get_by_role("textbox")).to_have_attribute("aria-invalid", "false")
    decision = saved(worksheet)
    assert (decision.title, decision.why) == ("From iPaaS.com", "a long reason")


def test_no_answer_from_the_kernel_is_told_and_the_choice_goes_back_to_the_files_state(show, board, worksheet):
    shown = show(board, answer=False)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_text("Saving…")).to_be_visible()
    shown.page.clock.fast_forward(1000)
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    shown.page.clock.fast_forward(4000)
    expect(shown.page.get_by_role("alert")).to_contain_text("No answer from the kernel: the last choice is not saved")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).not_to_be_checked()
    board.handle(shown.messages[0])  # it was only busy
    shown.update(board)
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    expect(shown.page.get_by_role("alert")).to_be_empty()


def test_a_kernel_that_cannot_be_reached_is_told_at_once_and_what_was_typed_stays(show, board):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    shown.page.evaluate("window.broken = true")
    shown.choice(CUSTOMER, "Leave out").click()
    expect(shown.page.get_by_role("alert")).to_contain_text("The kernel is gone: nothing can be saved")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()
    why = shown.row(CUSTOMER).get_by_role("textbox")
    why.fill("a long reason")
    shown.page.keyboard.press("Tab")
    expect(shown.row(CUSTOMER)).to_contain_text("Not saved.")
    expect(why).to_have_value("a long reason")


def test_a_kernel_that_was_restarted_is_told_before_anything_is_clicked(show, board):
    shown = show(board)
    shown.page.evaluate("kernelSays(null, 'busy')")
    expect(shown.page.get_by_role("alert")).to_be_empty()
    shown.page.evaluate("kernelSays(null, 'restarting')")
    expect(shown.page.get_by_role("alert")).to_contain_text("The kernel is gone")
    shown.choice(CUSTOMER, "Leave out").click()
    expect(shown.choice(CUSTOMER, "Leave out")).not_to_be_checked()


def test_a_reason_is_saved_while_it_is_typed_and_its_field_keeps_focus_and_spaces(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    why = shown.row(CUSTOMER).get_by_role("textbox")
    why.click()
    shown.page.keyboard.type("the shop ")
    shown.page.clock.fast_forward(700)
    expect(shown.page.get_by_text("Saved to worksheet.yaml.")).to_be_visible()
    assert saved(worksheet).why == "the shop"
    expect(why).to_be_focused()
    shown.page.keyboard.type("owns them")
    expect(why).to_have_value("the shop owns them")
    shown.page.clock.fast_forward(700)
    expect(shown.page.get_by_text("Saved to worksheet.yaml.")).to_be_visible()
    assert saved(worksheet).why == "the shop owns them"
    shown.button("Undo the last choice").click()
    expect(why).to_have_value("")
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()


def test_a_conflict_shows_both_versions_and_asks(show, board, worksheet):
    shown = show(board)
    other = Worksheet.load(worksheet.path)
    other.decide("CUSTOMER", "leave out", why="not here", by="Bo")
    other.save()
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    asked = shown.page.get_by_role("alert").filter(has_text="changed elsewhere meanwhile")
    expect(asked).to_contain_text("Leave out, because not here, by Bo")
    expect(asked).to_contain_text("To iPaaS.com, by Ada")
    expect(shown.choice(CUSTOMER, "Leave out")).to_be_checked()
    assert saved(worksheet).by == "Bo"
    shown.button("Keep theirs for CUSTOMER").click()
    expect(asked).to_have_count(0)
    assert focused(shown.page) == "Undo the last choice"
    shown.row(CUSTOMER).get_by_role("textbox").fill("ours after all")
    other.decide("CUSTOMER", "leave out", why="really not", by="Bo")
    other.save()
    shown.page.keyboard.press("Tab")
    shown.button("Say mine again for CUSTOMER").click()
    expect(shown.row(CUSTOMER)).to_contain_text("Decided by Ada")
    assert saved(worksheet).why == "ours after all"


def test_what_others_wrote_appears_without_a_click_and_is_told(show, board, worksheet):
    shown = show(board)
    other = Worksheet.load(worksheet.path)
    other.decide("CUSTOMER", "leave out", why="not here", by="Bo")
    other.save()
    board.look()
    shown.update(board)
    expect(shown.choice(CUSTOMER, "Leave out")).to_be_checked()
    expect(shown.page.get_by_text("worksheet.yaml was changed elsewhere")).to_be_visible()


def test_an_early_answer_does_not_disturb_the_rows_still_waiting(show, board):
    shown = show(board, answer=False)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    shown.choice(PRODUCT, "From iPaaS.com").click()
    board.handle(shown.messages[0])
    shown.update(board)
    expect(shown.choice(PRODUCT, "From iPaaS.com")).to_be_checked()
    expect(shown.page.get_by_text("Saving…")).to_be_visible()
    board.handle(shown.messages[1])
    shown.update(board)
    expect(shown.page.get_by_text("2 of 3 decided")).to_be_visible()


def test_filter_and_search_show_what_they_say(show, board, worksheet):
    worksheet.decide("CUSTOMER", "from", why="head office")
    board.refresh()
    shown = show(board)
    rows = shown.page.locator("tbody tr:visible")
    for name, left in {"Undecided": 2, "Decided": 1, "Against the evidence": 1, "All": 3}.items():
        shown.page.get_by_role("radiogroup", name="Show").get_by_role("radio", name=name, exact=True).check()
        expect(rows).to_have_count(left)
    shown.page.get_by_label("Search").fill("PROD")
    expect(rows).to_have_count(1)
    expect(shown.page.get_by_text("Showing 1 of 3 pairs.")).to_be_visible()
    shown.page.get_by_label("Search").fill("office")
    expect(rows).to_have_count(1)
    shown.page.get_by_label("Search").fill("nothing like it")
    expect(shown.page.get_by_text("No pair fits the filter and the search.")).to_be_visible()


def test_a_row_decided_under_the_undecided_filter_stays_with_its_focus(show, board):
    shown = show(board)
    shown.page.get_by_role("radiogroup", name="Show").get_by_role("radio", name="Undecided").check()
    shown.choice(PRODUCT, "Leave out").click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    expect(shown.choice(PRODUCT, "Leave out")).to_be_focused()


def test_an_empty_worksheet_is_a_sentence_and_no_table(show):
    shown = show(DirectionBoard(Worksheet("Shop")))
    expect(shown.page.get_by_text("The worksheet holds no collection pairs yet.")).to_be_visible()
    expect(shown.page.get_by_role("table")).to_have_count(0)


def test_foreign_text_is_shown_as_text(show, tmp_path):
    name = "<img src=x onerror=alert(1)>"
    worksheet = Worksheet("Shop", entries=[Entry("ITEM", 1, name)])
    worksheet.save(tmp_path / "worksheet.yaml")
    shown = show(DirectionBoard(worksheet))
    expect(shown.page.get_by_role("cell", name=name, exact=True)).to_be_visible()
    assert shown.page.locator("img").count() == 0


def test_two_views_in_one_page_do_not_share_their_radio_buttons(show, board):
    shown = show(board)
    names = "[...document.querySelectorAll('input[type=radio]')].map((each) => each.name)"
    first = set(shown.page.evaluate(names))
    other = set(show(board).page.evaluate(names))
    assert len(first) == 4
    assert first.isdisjoint(other)


def test_a_closed_view_listens_no_more(show, board):
    shown = show(board)
    shown.page.evaluate("dispose()")
    assert shown.page.evaluate("Object.values(listeners).flat().length") == 0


def test_other_evidence_redraws_the_rows(show, board, worksheet, entries):
    shown = show(board)
    worksheet.refresh(entries[:2])
    worksheet.unpair("GIFT_CARD")
    board.refresh()
    shown.page.evaluate("(next) => update(next)", {"rows": board.rows, "status": {**board.status, "saved": "fresh"}})
    expect(shown.page.locator("tbody tr")).to_have_count(2)
    expect(shown.page.get_by_text("0 of 2 decided")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 500])
def test_long_names_wrap_and_the_board_scrolls_inside_itself(show, tmp_path, width):
    names = [f"COLLECTION_{number}_{'WITH_A_LONG_NAME_' * 4}" for number in range(60)]
    worksheet = Worksheet("Shop", entries=[Entry(name, None, name.lower() * 2) for name in names])
    worksheet.save(tmp_path / "worksheet.yaml")
    shown = show(DirectionBoard(worksheet), width=width)
    expect(shown.page.locator("tbody tr")).to_have_count(60)
    assert shown.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert shown.page.evaluate("[...document.querySelectorAll('td, th')].every((c) => c.scrollWidth <= c.clientWidth)")


def test_600_pairs_are_drawn_and_one_choice_changes_one_row(show, tmp_path, entries):
    evidence = entries[0].evidence
    many = [Entry(f"COLLECTION_{number:03}", None, f"c{number}", evidence=evidence) for number in range(600)]
    worksheet = Worksheet("Shop", entries=many)
    worksheet.save(tmp_path / "worksheet.yaml")
    shown = show(DirectionBoard(worksheet))
    shown.choice("COLLECTION_599", "To iPaaS.com").click()
    expect(shown.page.get_by_text("1 of 600 decided")).to_be_visible()
    assert shown.page.locator("input[type=radio]:checked").count() == 2  # the filter's and the one clicked


@pytest.mark.parametrize("number", [1, 14])
def test_few_pairs_are_drawn_each_with_its_evidence(show, tmp_path, number):
    shown = show(DirectionBoard(many(tmp_path, number)))
    expect(shown.page.get_by_text(f"0 of {number} decided")).to_be_visible()
    expect(shown.page.locator(".ddb tbody tr")).to_have_count(number)
    assert (shown.errors, shown.outside) == ([], [])


def test_roles_and_names_are_the_reference(show, board, worksheet):
    worksheet.decide("CUSTOMER", "from", why="head office", by="Ada", on="2026-11-02")
    board.refresh()
    snapshot = show(board).page.locator("body").aria_snapshot() + "\n"
    if not REFERENCE.exists():
        REFERENCE.write_text(snapshot, encoding="utf-8")
        pytest.fail(f"{REFERENCE.name} is new: review it, then run again")
    assert snapshot == REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_against_its_ground(show, board, worksheet, theme, tmp_path):
    worksheet.decide("CUSTOMER", "from", why="they will open it", by="Ada", on="2026-11-02")
    board.refresh()
    shown = show(board)
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    shown.page.screenshot(path=Path(os.environ.get("IPAAS_DISCOVERY_SHOTS", tmp_path)) / f"board-{theme}.png")
    ratios = shown.page.evaluate(CONTRAST)
    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}


def many(tmp_path, count=14):
    """A worksheet of as many pairs as the sandbox has, with its longest names."""
    proofs = [
        Evidence(way, method, outcome, passed=9, records=200)
        for way, outcome in ((Direction.TO, Outcome.WITH_DEFAULTS), (Direction.FROM, Outcome.POSSIBLE))
        for method in Method
    ]
    names = ["TRANSACTION_TRACKING_NUMBER", *(f"PRODUCT_CATEGORY_{n}" for n in range(count - 1))]
    worksheet = Worksheet(
        "Shop", entries=[Entry(name, None, "order_shipping_addresses", evidence=proofs) for name in names]
    )
    worksheet.save(tmp_path / "worksheet.yaml")
    return worksheet


def test_fourteen_rows_are_seen_at_once_and_no_word_is_broken(show, tmp_path):
    worksheet = many(tmp_path)
    worksheet.decide(worksheet.entries[0].collection, "to", why="a long reason " * 20, by="Ada")
    shown = show(DirectionBoard(worksheet), width=1000)
    bottoms = shown.page.evaluate(
        "[...document.querySelectorAll('tbody tr')].map((r) => r.getBoundingClientRect().bottom)"
    )
    scroll = shown.page.locator(".ipd-scroll").bounding_box()
    assert len(bottoms) == 14
    assert max(bottoms) <= min(900, scroll["y"] + scroll["height"])
    broken = """() => [...document.querySelectorAll('tbody th, tbody td, thead th')].filter((cell) => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest('.ipd-hidden, .ddb-note')) continue;
        for (const match of walker.currentNode.textContent.matchAll(/[^\\s_.]+/g)) {
          range.setStart(walker.currentNode, match.index);
          range.setEnd(walker.currentNode, match.index + match[0].length);
          if (range.getClientRects().length > 1) return true;
        }
      }
      return false;
    }).map((cell) => cell.textContent)"""
    assert shown.page.evaluate(broken) == []


def test_what_the_evidence_proposes_is_taken_for_all_or_for_the_chosen(show, board, worksheet):
    shown = show(board)
    take = shown.button("Take what the evidence proposes")
    expect(take).to_have_text("Take what the evidence proposes (2 undecided)")
    shown.page.get_by_role("checkbox", name="Choose PRODUCT ↔ products").check()
    expect(take).to_have_text("Take what the evidence proposes (1 chosen)")
    take.click()
    expect(shown.page.get_by_text("1 of 3 decided")).to_be_visible()
    assert saved(worksheet, PRODUCT).title == "To iPaaS.com"
    shown.page.get_by_role("checkbox", name="Choose every pair shown").check()
    shown.button("Leave out, for every chosen pair").click()
    expect(shown.page.get_by_text("3 of 3 decided")).to_be_visible()
    told = "2 pairs decided: CUSTOMER ↔ customers, GIFT_CARD. Not decided: The reason"
    expect(shown.page.locator(".ipd-state")).to_contain_text(told)
    assert saved(worksheet, PRODUCT).title == "To iPaaS.com"
    shown.page.get_by_text("Actions on this board").click()
    expect(shown.page.locator(".ddb-log li")).to_have_count(2)


@pytest.mark.parametrize(
    ("button", "direction"),
    [("Take what the evidence proposes", "To iPaaS.com"), ("Leave out, for every chosen pair", "Leave out")],
)
def test_what_is_said_of_several_pairs_is_seen_at_once_and_goes_back_without_an_answer(show, board, button, direction):
    shown = show(board, answer=False)
    for key in (CUSTOMER, PRODUCT):
        shown.page.get_by_role("checkbox", name=f"Choose {key}").check()
    seen = shown.page.evaluate(
        """(name) => {
          [...document.querySelectorAll("button")].find((node) => node.ariaLabel === name).click();
          return [...document.querySelectorAll(".ddb-way input:checked")].map((node) => node.value);
        }""",
        button,
    )
    assert seen == [direction] * 2
    assert len(shown.messages) == 1
    shown.page.clock.fast_forward(5000)
    expect(shown.choice(CUSTOMER, direction)).not_to_be_checked()


def test_overruling_asks_for_the_reason_before_anything_is_sent(show, board, worksheet):
    shown = show(board)
    shown.choice(CUSTOMER, "From iPaaS.com").click()
    expect(shown.row(CUSTOMER)).to_contain_text("Not saved yet: add and update blocked, say why all the same.")
    expect(shown.row(CUSTOMER).get_by_role("textbox")).to_be_focused()
    assert shown.messages == []
    shown.page.keyboard.type("they will open it")
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_text("1 of 3 decided, 1 against the evidence")).to_be_visible()
    assert saved(worksheet).why == "they will open it"


def test_flows_are_made_changed_and_removed_in_the_row_below(show, board, worksheet):
    shown = show(board)
    shown.button("More on PRODUCT ↔ products").click()
    shown.page.get_by_label("Name of the flow, for PRODUCT ↔ products").fill("b2b")
    shown.page.get_by_label("Condition of the flow, for PRODUCT ↔ products").fill("kind = company")
    shown.button("Save the flow for PRODUCT ↔ products").click()
    expect(shown.page.get_by_text("b2b: To iPaaS.com, add, update, where kind = company")).to_be_visible()
    assert Worksheet.load(worksheet.path).entry(PRODUCT).named_flows[0].condition == "kind = company"
    shown.button("Remove the flow b2b of PRODUCT ↔ products").click()
    expect(shown.page.get_by_text("None: each direction decided moves every record.")).to_be_visible()
    expect(shown.page.get_by_text("Nothing can be forecast")).to_be_visible()


@pytest.mark.parametrize("word", ["give a default", "blocked", "unknown field", "items"])
def test_the_search_finds_findings_verdicts_fields_and_plain_names(show, board, worksheet, word):
    shown = show(board)
    rows = [{**row, "words": row["words"] + " unknown field" * (row["collection"] == PRODUCT)} for row in board.rows]
    shown.page.evaluate("(next) => update(next)", {"rows": rows})
    shown.page.get_by_label("Search").fill(word)
    left = {"give a default": 2, "blocked": 1, "unknown field": 1, "items": 1}[word]
    expect(shown.page.locator("tbody tr:visible")).to_have_count(left)
    shown.page.get_by_label("Search").fill("")


def test_another_board_leads_to_a_pair(show, board):
    shown = show(board)
    detail = "{ detail: { board: 'DirectionBoard', collection: 'PRODUCT' }, cancelable: true }"
    assert shown.page.evaluate(f"!document.dispatchEvent(new CustomEvent('ipd-go', {detail}))")
    expect(shown.choice(PRODUCT, "To iPaaS.com")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_of_accessibility_find_nothing(show, board, worksheet, theme):
    worksheet.decide("CUSTOMER", "from", why="they will open it", by="Ada", on="2026-11-02")
    board.refresh()
    shown = show(board)
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    assert violations(shown.page) == {}


def test_two_answers_of_which_the_page_sees_the_latest_are_both_taken(show, board, worksheet):
    shown = show(board, answer=False)
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    shown.choice("PRODUCT", "To iPaaS.com").click()
    expect(shown.page.get_by_text("Saving…")).to_be_visible()
    for message in shown.messages:
        board.handle(message)
    shown.update(board)
    expect(shown.page.get_by_text("PRODUCT ↔ products: To iPaaS.com. Saved to worksheet.yaml.")).to_be_visible()
    shown.page.clock.fast_forward(5000)
    expect(shown.page.get_by_role("alert").first).to_be_empty()
    expect(shown.choice(CUSTOMER, "To iPaaS.com")).to_be_checked()


def test_an_error_stays_until_the_next_choice_though_others_write_meanwhile(show, board, worksheet):
    shown = show(board)
    board.handle({"do": "decide", "key": "nothing", "request": "x"})
    shown.update(board)
    expect(shown.page.get_by_role("alert").first).to_contain_text("Unknown pair")
    other = Worksheet.load(worksheet.path)
    other.decide("PRODUCT", "to", by="Bo")
    other.save()
    board.look()
    shown.update(board)
    expect(shown.page.get_by_text("worksheet.yaml was changed elsewhere")).to_be_visible()
    shown.choice(CUSTOMER, "To iPaaS.com").click()
    expect(shown.page.get_by_role("alert").first).to_be_empty()
