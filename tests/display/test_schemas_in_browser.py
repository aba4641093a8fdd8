"""A schema, heat map and census in Chromium, as a notebook's offline page shows them, everything outside cut off."""

import nbformat
import pytest
from browser import block_outside
from playwright.sync_api import expect

from ipaas_discovery.display.notebook_page import notebook_page
from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.showing.census import census
from ipaas_discovery.schemas.showing.presence import Presence

pytestmark = pytest.mark.browser
SEEN = Observed(80, 60, nulls=10, empties=10, types={"string": 50, "null": 10}, distinct=9, examples=("one", "two"))
WIDE = Schema(
    "orders",
    system="Shop",
    fields=tuple(Field(f"block{a}[].field_{b:02}", observed=SEEN) for a in range(6) for b in range(100)),
    records=80,
    source="80 of 80 records",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The page of a notebook whose stored outputs are a schema, a heat map and a census of 600 paths."""
    names = tuple(f"page {at}" for at in range(1, 13))
    rows = tuple(
        (f"block{at // 100}[].part.field_{at:03}_of_a_long_name", tuple((at * part) % 601 / 600 for part in range(12)))
        for at in range(600)
    )
    shown = (WIDE, Presence("Shop", "orders", names, (7,) * 12, rows), census([WIDE]))
    notebook = nbformat.v4.new_notebook()
    for number, value in enumerate(shown, 1):
        output = nbformat.v4.new_output("execute_result", data=value._repr_mimebundle_(), execution_count=number)
        notebook.cells.append(nbformat.v4.new_code_cell("shown", id=f"c{number}", outputs=[output]))
    folder = tmp_path_factory.mktemp("schemas")
    nbformat.write(notebook, folder / "shown.ipynb")
    page = folder / "shown.html"
    page.write_text(notebook_page(folder / "shown.ipynb"), encoding="utf-8")
    return page


@pytest.fixture
def page(browser, path, request):
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    opened.trouble = block_outside(opened)
    opened.goto(path.as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("page", [(w, s) for w in (1280, 800, 420) for s in ("light", "dark")], indirect=True)
def test_it_reads_at_every_width_and_asks_for_nothing(page):
    expect(page.get_by_text("600 fields in 80 records")).to_be_visible()
    expect(page.get_by_role("rowheader", name="block0 + 100 below")).to_be_visible()
    assert not page.trouble
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_folded_fields_open_by_the_keyboard_and_show_their_bar(page):
    summary = page.get_by_text("block3: 100 fields below")
    row = page.locator("tr:has(> th[title='block3[].field_42'])")
    expect(row).to_be_hidden()
    summary.press("Enter")
    expect(row).to_be_visible()
    expect(row).to_contain_text("█████▒▒░░░ 50 %, 12 % null, 12 % empty, 25 % absent")


def test_each_number_of_the_heat_map_is_read_with_its_row_and_column(page):
    heat = page.get_by_role("table", name="Shop, orders, how full its fields are")
    assert heat.get_by_role("columnheader").count() == 13
    assert heat.get_by_role("rowheader").count() == 60
    assert heat.get_by_role("cell").count() == 60 * 12
    expect(heat.get_by_role("rowheader").first).to_contain_text("field_")


def test_the_census_says_its_bars_in_words(page):
    row = page.get_by_role("row", name="orders 80 records")
    expect(row.get_by_role("cell", name="600", exact=True)).to_be_visible()
    expect(row.get_by_role("cell", name="50 %, 12 % null, 12 % empty, 25 % absent")).to_be_visible()
    widths = row.locator("td table").first.locator("td").evaluate_all("cells => cells.map(each => each.offsetWidth)")
    assert widths == [120, 30, 30, 60]
