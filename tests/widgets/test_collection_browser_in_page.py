"""The browser of collections in a bare page: choose, pair, leave out, fold, narrow, walk through records."""

import pytest
from open_collections import Browsed
from playwright.sync_api import expect

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
    expect(shown.page.get_by_text("2 paired, 3 in no pair, 0 left out")).to_be_visible()
    shown.button("users").click()
    expect(fields(shown)).to_have_count(5)
    shown.button("Fields below lines").click()
    expect(fields(shown)).to_have_count(4)
    expect(shown.button("Fields below lines")).to_be_focused()
    shown.button("Fields below lines").click()
    expect(fields(shown)).to_have_count(5)
    assert (shown.errors, shown.outside) == ([], [])


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
    expect(shown.page.get_by_text("4 paired, 1 in no pair, 0 left out")).to_be_visible()
    shown.button("zebras").click()
    shown.button("Leave zebras out").click()
    expect(shown.page.get_by_role("alert").filter(has_text="Leaving out needs a reason")).to_be_visible()
    shown.page.get_by_label("Why zebras is left out").fill("no use")
    shown.button("Leave zebras out").click()
    expect(shown.page.get_by_text("4 paired, 0 in no pair, 1 left out")).to_be_visible()
    shown.button("Undo the last choice").click()
    expect(shown.page.get_by_text("4 paired, 1 in no pair, 0 left out")).to_be_visible()
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
    expect(shown.page.get_by_text("the first 400 are drawn")).to_be_visible()
    shown.page.get_by_label("Search fields").fill("field_4999")
    expect(fields(shown)).to_have_count(1)


def test_foreign_text_stays_text(show, integration):
    integration.create = [{"path": "<b>x</b>", "types": ["string"], "description": "<img src=x>"}]
    shown = show(CollectionBrowser(integration, by="Ada"))
    shown.button("users").click()
    expect(shown.page.get_by_text("<img src=x>")).to_be_visible()
    assert shown.page.locator("img, td b").count() == 0
