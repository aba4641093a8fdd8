"""The match board's script in a bare page, with the real Python board, comparison and file behind it."""

import os
import re
from pathlib import Path

import pytest
import small_discovery
from accessibility import violations
from contrast import CONTRAST, DARK
from playwright.sync_api import expect
from small_discovery import SmallDiscovery

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.widgets.match_board import MatchBoard
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser

REFERENCE = Path(__file__).parent / "reference" / "match_board.aria.yaml"
LIST_KEYS = ("ArrowDown", "End", "Home", "PageDown", "PageUp", "ArrowUp")


def row(shown, key):
    return shown.page.get_by_role("row").filter(has=shown.page.locator(f"[title='{key}']"))


def press(shown, *keys):
    for key in keys:
        shown.page.keyboard.press(key)


def said(board, key):
    entry = Worksheet.load(board._worksheet.path).entry("CUSTOMER")
    return [mapping for mapping in entry.to if mapping.destination == key and mapping.status != "proposed"]


def panel(shown, key):
    return shown.page.get_by_role("region", name=f"Field {key}", exact=True)


def test_the_keyboard_alone_accepts_rejects_clears_and_undoes(show, match_board):
    shown = show(match_board)
    grid = shown.page.get_by_role("grid", name="Fields of CUSTOMER")
    grid.focus()
    press(shown, "a")
    expect(row(shown, "email_address")).to_contain_text("accepted")
    expect(shown.page.get_by_text("email_address: accepted. Saved to worksheet.yaml.")).to_be_visible()
    expect(grid).to_be_focused()
    press(shown, "ArrowDown", "ArrowDown", "ArrowDown", "r")
    expect(row(shown, "note")).to_contain_text("rejected")
    expect(shown.page.get_by_text("2 of 5 fields decided")).to_be_visible()
    press(shown, "c")
    expect(row(shown, "note")).to_contain_text("memo")
    press(shown, "Control+z", "Control+z", "Control+z")
    expect(row(shown, "email_address")).to_contain_text("undecided")
    assert said(match_board, "email_address") == []
    assert shown.page.evaluate("outerKeys") == []
    assert (shown.errors, shown.outside) == ([], [])


def test_enter_opens_the_field_and_another_source_is_chosen_by_keyboard(show, match_board):
    shown = show(match_board)
    shown.page.get_by_role("grid").focus()
    press(shown, "ArrowDown", "Enter")
    name = panel(shown, "name")
    expect(name.get_by_role("heading", name="name")).to_be_focused()
    first = name.get_by_role("radio", name="first")
    first.focus()
    press(shown, "Space")
    expect(shown.page.get_by_text("name: accepted. Saved to worksheet.yaml.")).to_be_visible()
    expect(first).to_be_checked()
    expect(first).to_be_focused()
    (mapping,) = said(match_board, "name")
    assert mapping.sources == ("first",)
    expect(name.get_by_role("table", name="As it is filled now")).to_contain_text("Ada Byron")
    expect(name.get_by_role("table", name="As it is filled now")).to_contain_text("different")


def test_a_formula_is_found_tried_and_saved_and_the_pass_rate_moves(show, match_board):
    shown = show(match_board)
    row(shown, "type").click()
    filled = panel(shown, "type")
    filled.get_by_text("Fixed value, formula, look-up, value map").click()
    filled.get_by_role("textbox", name="Fixed value").fill("Order")
    filled.get_by_role("button", name="Save this way to fill it").click()
    expect(row(shown, "type")).to_contain_text("always 'Order'")
    row(shown, "name").click()
    name = panel(shown, "name")
    expect(name.get_by_role("radio", name="Formula")).to_be_checked()
    name.get_by_role("button", name="Find a formula in the same records").click()
    expect(name.get_by_role("textbox", name="Formula")).to_have_value('first, last | join " "')
    expect(name.get_by_role("status")).to_contain_text("explains 8 of 8 pairs")
    shown.page.clock.fast_forward(400)
    expect(name.get_by_text("As it would be filled: gives what is there in 8 of 8 records.")).to_be_visible()
    name.get_by_role("button", name="Save this way to fill it").click()
    row(shown, "note").hover()
    row(shown, "note").get_by_role("button", name="Reject note").click()
    coverage = shown.page.get_by_role("list", name="Coverage and pass rates")
    expect(coverage).to_contain_text("3 of 3 filled")
    expect(coverage).to_contain_text("8 of 8 records pass")


def test_a_formula_that_is_none_says_what_is_wrong_while_it_is_typed(show, match_board):
    shown = show(match_board)
    row(shown, "name").click()
    name = panel(shown, "name")
    expect(name.get_by_role("radio", name="Formula")).to_be_checked()
    name.get_by_role("textbox", name="Formula").fill("frst | upper")
    shown.page.clock.fast_forward(400)
    expect(name.get_by_text("did you mean 'first'")).to_be_visible()
    assert said(match_board, "name") == []


def test_a_value_map_shows_frequencies_and_what_is_written_for_each_value(show, match_board):
    shown = show(match_board)
    row(shown, "state").click()
    state = panel(shown, "state")
    shown.page.clock.fast_forward(200)
    values = state.get_by_role("table", name="Value map")
    expect(values.get_by_role("row").filter(has_text="blocked")).to_contain_text("4")
    expect(values.get_by_role("combobox", name="Written for blocked")).to_have_value("B")
    values.get_by_role("combobox", name="Written for gone").fill("B")
    shown.page.clock.fast_forward(400)
    expect(state.get_by_text("As it would be filled: gives what is there in 7 of 8 records.")).to_be_visible()
    state.get_by_role("button", name="Save this way to fill it").click()
    expect(row(shown, "state")).to_contain_text("1 differ")
    (mapping,) = said(match_board, "state")
    assert mapping.values == (("active", "A"), ("blocked", "B"), ("gone", "B"))
    expect(state.get_by_text("As it is filled now: gives what is there in 7 of 8 records.")).to_be_visible()


def test_words_beside_a_choice_are_saved_while_they_are_typed(show, match_board):
    shown = show(match_board)
    shown.page.get_by_role("grid").focus()
    press(shown, "a")
    expect(shown.page.get_by_text("accepted. Saved")).to_be_visible()
    why = panel(shown, "email_address").get_by_role("textbox", name="Why")
    why.focus()
    shown.page.keyboard.type("one a person")
    shown.page.clock.fast_forward(700)
    expect(shown.page.get_by_text("1 of 5 fields decided")).to_be_visible()
    expect(why).to_be_focused()
    assert [mapping.why for mapping in said(match_board, "email_address")] == ["one a person"]


def test_a_conflict_shows_both_versions_and_asks(show, match_board):
    shown = show(match_board)
    other = Worksheet.load(match_board._worksheet.path)
    other.reject("CUSTOMER", "to", "email_address", by="Bo")
    other.save()
    shown.page.get_by_role("grid").focus()
    press(shown, "a")
    asked = shown.page.get_by_role("alert").filter(has_text="email_address was changed elsewhere meanwhile")
    expect(asked).to_contain_text("rejected by Bo")
    expect(row(shown, "email_address")).to_contain_text("rejected")
    shown.button("Keep theirs for email_address").click()
    assert [mapping.by for mapping in said(match_board, "email_address")] == ["Bo"]


def test_a_choice_is_seen_at_once_and_goes_back_when_no_answer_comes(show, match_board):
    shown = show(match_board, answer=False)
    grid = shown.page.get_by_role("grid")
    grid.focus()
    seen = shown.page.evaluate("""() => {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
      return document.querySelector(".mb-body .mb-row").textContent;
    }""")
    assert "saving…" in seen
    shown.page.clock.fast_forward(5000)
    expect(shown.page.get_by_role("alert")).to_contain_text("No answer from the kernel")
    expect(row(shown, "email_address")).to_contain_text("undecided")


def test_all_that_are_accepted_together_are_seen_at_once_and_asked_for_in_one_request(show, match_board):
    shown = show(match_board, answer=False)
    seen = shown.page.evaluate("""() => {
      [...document.querySelectorAll("button")].find((node) => node.ariaLabel === "Accept all clear proposals").click();
      return [...document.querySelectorAll(".mb-busy .mb-key")].map((node) => node.title);
    }""")
    assert seen == ["email_address", "name", "state"]
    (request,) = [message for message in shown.messages if not message.get("silent")]
    assert (request["do"], request["keys"]) == ("accept clear", seen)
    shown.page.clock.fast_forward(5000)
    expect(row(shown, "email_address")).to_contain_text("undecided")


def test_a_failed_save_is_told_and_the_row_shows_the_file(show, match_board, monkeypatch):
    def full(*_args, **_kwargs):
        raise WorksheetError("No space is left on the disk", where="worksheet.yaml", then="free some")

    shown = show(match_board)
    monkeypatch.setattr(Worksheet, "save", full)
    row(shown, "email_address").hover()
    row(shown, "email_address").get_by_role("button", name="Accept email_address").click()
    expect(shown.page.get_by_role("alert")).to_contain_text("No space is left on the disk")
    expect(row(shown, "email_address")).to_contain_text("undecided")


def test_filters_and_search_show_what_they_say(show, match_board):
    shown = show(match_board)
    rows = shown.page.locator(".mb-body > .mb-row")
    for name, left in {
        "Undecided": 5,
        "Required": 3,
        "Conflicts": 2,
        "One side only": 2,
        "Disagreeing values": 0,
        "All": 5,
    }.items():
        shown.page.get_by_role("radiogroup", name="Show").get_by_role("radio", name=name, exact=True).check()
        expect(rows).to_have_count(left)
    shown.page.get_by_label("Search").fill("E-MAIL")
    expect(rows).to_have_count(1)
    expect(shown.page.get_by_text("Showing 1 of 5 fields.")).to_be_visible()
    shown.page.get_by_label("Search").fill("nothing like it")
    expect(shown.page.get_by_text("No field fits the filter and the search.")).to_be_visible()


def test_pair_and_direction_are_chosen_on_the_board(show, tmp_path):
    board = MatchBoard(SmallDiscovery(tmp_path / "w.yaml", collections=("CUSTOMER", "EMPLOYEE")), by="Ada")
    shown = show(board)
    shown.page.get_by_role("combobox", name="Pair of collections").select_option("EMPLOYEE")
    expect(shown.page.get_by_role("grid", name="Fields of EMPLOYEE")).to_be_visible()
    shown.page.get_by_role("radio", name="From iPaaS.com").check()
    expect(shown.page.get_by_role("grid", name="Fields of customers")).to_be_visible()
    expect(row(shown, "email")).to_contain_text("email_address")


def test_another_board_leads_to_a_field(show, match_board):
    shown = show(match_board)
    shown.page.get_by_label("Search").fill("nothing like it")
    place = "{ board: 'MatchBoard', collection: 'CUSTOMER', about: 'memo' }"
    go = f"!document.dispatchEvent(new CustomEvent('ipd-go', {{ detail: {place}, cancelable: true }}))"
    assert shown.page.evaluate(go)
    expect(shown.page.get_by_role("grid", name="Fields of customers")).to_be_focused()
    expect(panel(shown, "memo")).to_be_visible()
    assert not shown.page.evaluate(go.replace("MatchBoard", "OtherBoard"))


def test_foreign_text_is_shown_as_text(show, match_board):
    shown = show(match_board)
    row(shown, "note").click()
    shown.page.clock.fast_forward(200)
    expect(panel(shown, "note").get_by_role("cell", name="<img src=x").first).to_be_visible()
    assert shown.page.locator("img").count() == 0


def test_the_heat_map_is_named_and_opens_a_field(show, match_board):
    shown = show(match_board)
    shown.button("Heat map").click()
    expect(shown.page.get_by_role("img", name="Heat map: 5 destination fields downwards, 6 source")).to_be_visible()
    shown.page.locator(".mb-map i[title^='memo → note']").click()
    expect(panel(shown, "note")).to_be_visible()


def test_an_integration_without_pairs_is_a_sentence(show, tmp_path):
    shown = show(MatchBoard(SmallDiscovery(tmp_path / "w.yaml", collections=())))
    expect(shown.page.get_by_text("No collections are paired yet.")).to_be_visible()
    assert shown.errors == []


@pytest.mark.parametrize("number", [6, 14])
def test_few_fields_are_painted(show, tmp_path, number):
    fields = [{"path": f"field_{at}", "types": ["string"]} for at in range(number - 5)]
    shown = show(MatchBoard(SmallDiscovery(tmp_path / "w.yaml", fields=fields), by="Ada"))
    expect(shown.page.locator(".mb-body > .mb-row")).to_have_count(number)
    counts = shown.page.get_by_text("fields decided").inner_text()
    of, blank = map(int, re.fullmatch(r"0 of (\d) fields decided, (\d+) more without a source", counts).groups())
    assert of + blank == number
    assert shown.errors == []


def test_of_six_hundred_fields_and_five_thousand_only_those_in_sight_are_drawn(show, tmp_path):
    fields = [{"path": f"part_{at // 100}.field_{at:04}", "types": ["string"]} for at in range(595)]
    board = MatchBoard(SmallDiscovery(tmp_path / "w.yaml", fields=fields), by="Ada")
    shown = show(board)
    expect(
        shown.page.get_by_text(re.compile("^0 of [345] fields decided, 59[567] more without a source$"))
    ).to_be_visible()
    assert shown.page.locator(".mb-body > .mb-row").count() < 60
    shown.page.get_by_role("grid").focus()
    press(shown, *LIST_KEYS)
    expect(shown.page.get_by_role("grid")).to_be_focused()
    shown = show(board, answer=False)
    many = [{**one, "key": f"{one['key']}_{copy}"} for copy in range(9) for one in board.rows][:5000]
    shown.page.evaluate("(rows) => update({ rows, status: { ...window.state.status, turn: -1 } })", many)
    shown.page.get_by_role("searchbox").fill("field_0123_4")
    expect(shown.page.get_by_text("Showing 1 of 5000 fields.")).to_be_visible()
    shown.page.get_by_role("searchbox").fill("field_")
    expect(shown.page.get_by_text("fields.").last).to_be_visible()
    assert shown.page.locator(".mb-body > .mb-row").count() < 60


def test_roles_and_names_are_the_reference(show, match_board):
    shown = show(match_board)
    expect(panel(shown, "email_address").get_by_role("table")).to_be_visible()
    snapshot = re.sub(r"\d+ %", "n %", shown.page.locator("body").aria_snapshot()) + "\n"
    if not REFERENCE.exists():
        REFERENCE.write_text(snapshot, encoding="utf-8")
        pytest.fail(f"{REFERENCE.name} is new: review it, then run again")
    assert snapshot == REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_against_its_ground(show, match_board, theme, tmp_path):
    shown = show(match_board)
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    row(shown, "note").click()
    shown.page.clock.fast_forward(200)
    expect(panel(shown, "note").get_by_text("would be refused: length").first).to_be_visible()
    shown.page.screenshot(path=Path(os.environ.get("IPAAS_DISCOVERY_SHOTS", tmp_path)) / f"match-{theme}.png")
    ratios = shown.page.evaluate(CONTRAST)
    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_of_accessibility_find_nothing(show, match_board, theme):
    shown = show(match_board)
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    row(shown, "state").click()
    shown.page.clock.fast_forward(200)
    expect(panel(shown, "state").get_by_role("table", name="Value map")).to_be_visible()
    shown.button("Heat map").click()
    assert violations(shown.page) == {}


def test_a_named_flow_is_mapped_alone_with_its_own_condition_and_pass_rate(show, match_board, discovery):
    discovery.worksheet.flow(
        "CUSTOMER", "blocked ones", "to", methods=["update"], condition="status = blocked", by="Bo"
    )
    match_board.look()
    shown = show(match_board)
    expect(shown.page.get_by_text("blocked ones update0 of 4 records pass")).to_be_visible()
    shown.page.get_by_label("Flow").select_option("blocked ones")
    words = "blocked ones moves records where status = blocked, by update; 4 of the same records are among them."
    expect(shown.page.get_by_text(words)).to_be_visible()
    expect(shown.page.get_by_text("add0 of 8 records pass")).to_be_hidden()
    row(shown, "type").click()
    form = panel(shown, "type")
    form.get_by_text("Fixed value, formula").click()
    form.get_by_role("textbox", name="Fixed value").fill("Order")
    form.get_by_role("button", name="Save this way").click()
    expect(row(shown, "type")).to_contain_text("always 'Order'")
    expect(shown.page.get_by_text("required3 of 3 filled")).to_be_visible()
    flow = Worksheet.load(discovery.worksheet.path).entry("CUSTOMER").flow("blocked ones")
    assert [(mapping.destination, mapping.value) for mapping in flow.mappings] == [("type", "Order")]
    assert said(match_board, "type") == []
    shown.page.get_by_label("Flow").select_option("all flows this way")
    expect(row(shown, "type")).to_contain_text("nothing proposed")


def test_keys_take_the_clear_ones_and_go_on_to_the_next_pair(show, tmp_path):
    shown = show(MatchBoard(SmallDiscovery(tmp_path / "w.yaml", collections=("CUSTOMER", "EMPLOYEE")), by="Ada"))
    grid = shown.page.get_by_role("grid")
    grid.focus()
    shown.page.get_by_role("radio", name="Undecided").check()
    grid.focus()
    press(shown, "t")
    expect(shown.page.get_by_text("3 clear proposals accepted.")).to_be_visible()
    expect(shown.page.locator(".mb-body > .mb-row")).to_have_count(2)
    expect(shown.page.locator("[aria-selected=true]")).to_contain_text("type")
    press(shown, "n")
    expect(shown.page.get_by_role("radio", name="From iPaaS.com")).to_be_checked()
    press(shown, "n")
    expect(shown.page.get_by_label("Pair of collections")).to_have_value("EMPLOYEE")
    expect(grid).to_be_focused()
    assert shown.errors == []


def test_where_no_record_is_in_both_systems_no_value_is_called_the_same(show, tmp_path, monkeypatch):
    unlike = [("email_address", "uid")]
    monkeypatch.setattr(small_discovery, "pair_records", lambda ours, theirs, _: pair_records(ours, theirs, unlike))
    board = MatchBoard(SmallDiscovery(tmp_path / "worksheet.yaml"), by="Ada")
    given = {row["key"]: (row["same"], row["compared"]) for row in board.rows}
    assert given["email_address"] == ("none of the same records holds both", 0)
    shown = show(board)
    expect(row(shown, "email_address")).to_contain_text("email")
    expect(shown.page.get_by_text("the same", exact=True)).to_have_count(0)
