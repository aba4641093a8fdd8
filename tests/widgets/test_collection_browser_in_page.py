"""The browser of collections in a bare page: choose, pair, leave out, fold, narrow, walk through records."""

import os

import pytest
from accessibility import violations
from contrast import CONTRAST, DARK
from open_collections import Browsed
from playwright.sync_api import expect

from ipaas_discovery.matching.collections.collection_matches import match_collections
from ipaas_discovery.widgets.collection_browser import CollectionBrowser
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.browser


@pytest.fixture
def integration(tmp_path):
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(tmp_path / "worksheet.yaml")
    return Browsed(worksheet)


@pytest.fixture
def shown(show, integration):
    return show(CollectionBrowser(integration, by="Ada"))


def fields(shown):
    return shown.page.locator("table[aria-label^='Schema'] tbody tr")


def test_a_collection_is_chosen_and_its_schema_is_a_tree(shown):
    expect(shown.page.get_by_text("2 of 5 collections paired, 3 in no pair, 0 left out")).to_be_visible()
    shown.button("users").click()
    expect(fields(shown)).to_have_count(5)
    shown.button("Fields below lines").click()
    expect(fields(shown)).to_have_count(4)
    expect(shown.button("Fields below lines")).to_be_focused()
    shown.button("Fields below lines").click()
    expect(fields(shown)).to_have_count(5)
    assert (shown.errors, shown.outside) == ([], [])


def test_what_is_paired_stands_first_and_what_has_no_partner_is_folded(show, integration):
    types = ["ALTERNATE_ID_TYPE", "BULK_PRICE", "CATALOG_CATEGORY_SET", "COMPANY_RELATIONSHIP", "EMPLOYEE", "KIT",
             "GIFT_CARD_ACTIVITY", "LOCATION_GROUP", "MESSAGE", "SUBSCRIPTION"]  # fmt: skip
    integration.matches = match_collections(["CUSTOMER", *types], ["users", "zebras"])
    shown = show(CollectionBrowser(integration, by="Ada"))
    assert shown.page.locator(".ipb-names .ipb-name").first.get_attribute("aria-label") == "CUSTOMER"
    expect(shown.button("zebras")).to_be_visible()
    expect(shown.button("EMPLOYEE")).to_be_hidden()
    shown.page.get_by_text("10 more, nothing proposed").click()
    shown.button("EMPLOYEE").click()
    expect(shown.page.locator("[aria-pressed=true]")).to_have_attribute("aria-label", "EMPLOYEE")
    shown.page.get_by_text("10 more, nothing proposed").click()
    shown.page.get_by_label("Search", exact=True).fill("employ")
    expect(shown.page.locator(".ipb-names .ipb-name")).to_have_count(1)
    expect(shown.page.locator(".ipb-names .ipb-name")).to_be_visible()


def test_fields_are_narrowed_and_sorted(shown):
    shown.button("users").click()
    shown.page.get_by_role("radio", name="Required").check()
    expect(fields(shown)).to_have_count(1)
    shown.page.get_by_role("radio", name="All fields").check()
    shown.page.get_by_label("Search fields").fill("who")
    expect(fields(shown)).to_have_count(1)
    shown.page.get_by_label("Search fields").fill("")
    shown.page.get_by_label("Order of the fields").select_option("fullest first")
    expect(fields(shown).last).to_contain_text("note")


def test_records_are_walked_through_by_keys(shown):
    shown.button("users").click()
    shown.button("Next record of users").focus()
    shown.page.keyboard.press("Enter")
    expect(shown.page.get_by_text("Record 1 of 6", exact=True)).to_be_visible()
    shown.page.keyboard.press("Enter")
    expect(shown.page.get_by_text("Record 2 of 6", exact=True)).to_be_visible()
    expect(shown.button("Next record of users")).to_be_focused()
    shown.button("Previous record of users").click()
    expect(shown.page.get_by_role("row", name="name Ada")).to_be_visible()


def test_collections_are_paired_left_out_and_undone(shown, integration):
    shown.button("customer_addresses").click()
    shown.button("Pair customer_addresses and CUSTOMER_ADDRESS").click()
    expect(shown.page.get_by_text("4 of 5 collections paired, 1 in no pair, 0 left out")).to_be_visible()
    shown.button("zebras").click()
    shown.button("Leave zebras out").click()
    expect(shown.page.get_by_role("alert").filter(has_text="Leaving out needs a reason")).to_be_visible()
    shown.page.get_by_label("Why zebras is left out").fill("no use")
    shown.button("Leave zebras out").click()
    expect(shown.page.get_by_text("4 of 5 collections paired, 0 in no pair, 1 left out")).to_be_visible()
    shown.button("Undo the last choice").click()
    expect(shown.page.get_by_text("4 of 5 collections paired, 1 in no pair, 0 left out")).to_be_visible()
    assert len(Worksheet.load(integration.worksheet.path).entries) == 2


def test_the_list_is_narrowed_and_another_board_leads_here(shown):
    shown.page.get_by_role("radio", name="in no pair").check()
    expect(shown.page.locator(".ipb-name")).to_have_count(3)
    shown.page.get_by_label("Search", exact=True).fill("zeb")
    expect(shown.page.locator(".ipb-name")).to_have_count(1)
    detail = "{ detail: { board: 'CollectionBrowser', collection: 'CUSTOMER_ADDRESS' }, cancelable: true }"
    assert shown.page.evaluate(f"!document.dispatchEvent(new CustomEvent('ipd-go', {detail}))")
    expect(shown.page.get_by_role("heading", name="CUSTOMER_ADDRESS")).to_be_visible()


def test_5000_fields_are_searched_at_once(show, integration):
    integration.create = [{"path": f"group_{n % 50}.field_{n}", "types": ["string"]} for n in range(5_000)]
    shown = show(CollectionBrowser(integration, by="Ada"))
    shown.button("users").click()
    expect(fields(shown)).to_have_count(40)
    shown.page.get_by_role("region", name="Fields of users").evaluate("(node) => (node.scrollTop = node.scrollHeight)")
    expect(fields(shown)).to_have_count(80)
    shown.page.get_by_label("Search fields").fill("field_4999")
    expect(fields(shown)).to_have_count(1)


def test_a_row_of_a_list_of_names_and_values_keeps_its_name(show, integration):
    paths = ("more", "more{Tax. Exempt}.value", r"more.a\.b")
    integration.create = [{"path": path, "types": ["string"]} for path in paths]
    shown = show(CollectionBrowser(integration, by="Ada"))
    shown.button("customer_addresses").click()
    heads = shown.page.locator("table[aria-label^='Schema'] tbody th")
    expect(heads).to_have_text(["▾more…", r"a\.b…", "{Tax. Exempt} value…"])


def test_foreign_text_stays_text(show, integration):
    integration.create = [{"path": "<b>x</b>", "types": ["string"], "description": "<img src=x>"}]
    shown = show(CollectionBrowser(integration, by="Ada"))
    shown.button("users").click()
    expect(shown.page.get_by_text("<img src=x>")).to_be_visible()
    assert shown.page.locator("img, td b").count() == 0


def test_the_keyboard_alone_pairs_asks_after_a_conflict_and_undoes(shown, integration):
    press = shown.page.keyboard.press
    shown.button("customer_addresses").focus()
    press("Enter")
    pair = shown.button("Pair customer_addresses and CUSTOMER_ADDRESS")
    press("Tab")  # past zebras, the last name of the list
    press("Tab")
    expect(pair).to_be_focused()
    other = Worksheet.load(integration.worksheet.path)
    other.pair("CUSTOMER_ADDRESS", "zebras")
    other.save()
    press("Enter")
    expect(shown.page.get_by_text("CUSTOMER_ADDRESS ↔ zebras; customer_addresses: no pair")).to_be_visible()
    again = shown.button("Say mine again for CUSTOMER_ADDRESS ↔ customer_addresses")
    again.focus()
    press("Enter")
    expect(shown.button("Take customer_addresses and CUSTOMER_ADDRESS apart")).to_be_visible()
    press("Control+z")
    expect(shown.page.get_by_text("4 of 5 collections paired, 1 in no pair")).to_be_visible()
    assert [entry.key for entry in Worksheet.load(integration.worksheet.path).entries] == [
        ("CUSTOMER", "users"), ("CUSTOMER_ADDRESS", "zebras"),
    ]  # fmt: skip
    assert shown.page.evaluate("outerKeys") == []


def test_the_focus_stays_where_the_reader_works(shown):
    shown.button("customer_addresses").click()
    shown.button("Pair customer_addresses and CUSTOMER_ADDRESS").press("Enter")
    apart = shown.button("Take customer_addresses and CUSTOMER_ADDRESS apart")
    expect(apart).to_be_focused()
    apart.press("Enter")
    expect(shown.button("Pair customer_addresses and CUSTOMER_ADDRESS")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everybody(shown, theme, tmp_path):
    if theme == "dark":
        shown.page.add_style_tag(content=DARK)
    shown.button("users").click()
    shown.button("Next record of users").click()
    expect(shown.page.get_by_text("Record 1 of 6", exact=True)).to_be_visible()
    shown.page.screenshot(path=f"{os.environ.get('IPAAS_DISCOVERY_SHOTS', tmp_path)}/collections_{theme}.png")
    assert min(shown.page.evaluate(CONTRAST).values()) >= 4.5
    assert violations(shown.page) == {}


@pytest.mark.parametrize("number", [0, 1, 14, 600])
def test_any_number_of_collections_is_painted(show, integration, number):
    names = [f"list_{at}" for at in range(number)]
    integration.worksheet = Worksheet("Shop")
    integration.worksheet.save(integration.path.with_name("other.yaml"))
    integration.matches = match_collections([], names)
    shown = show(CollectionBrowser(integration, by="Ada"))
    drawn = min(number, 400)
    expect(shown.page.locator(".ipb-name")).to_have_count(drawn)
    expect(shown.page.get_by_text("200 more: search for them.")).to_have_count(int(number > 400))
    expect(shown.page.get_by_text("No collection fits.")).to_have_count(int(number == 0))
    assert shown.errors == []


def test_the_evidence_of_a_field_opens_below_it_by_key(shown):
    shown.button("users").click()
    more = shown.button("Evidence of name")
    more.press("Enter")
    facts = shown.page.locator("tr[data-field=name]")
    expect(facts).to_contain_text("filled in")
    expect(facts).to_contain_text("most frequent")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(more).to_be_focused()
    more.press("Enter")
    expect(facts).to_have_count(0)
    assert (shown.errors, shown.outside) == ([], [])


def test_a_list_of_names_and_values_is_kept_one_list_by_the_analysts_word(show, integration):
    integration.create = [{"path": "more{Season}.value", "types": ["string"]}]
    shown = show(CollectionBrowser(integration, by="Ada"))
    shown.button("users").click()
    shown.button("Evidence of more{Season}.value").click()
    shown.button("Keep it one list: users.more").click()
    expect(shown.page.get_by_text("users.more is kept one list, from the next opening on.")).to_be_visible()
    assert Worksheet.load(integration.worksheet.path).document.lists == (("users.more", "fold"),)
    expect(shown.button("Take its names for fields: users.more")).to_be_focused()
    shown.button("Undo the last choice").click()
    expect(shown.button("Keep it one list: users.more")).to_be_visible()
    assert Worksheet.load(integration.worksheet.path).document.lists == ()
