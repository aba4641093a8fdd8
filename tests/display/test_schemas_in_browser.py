"""A schema and the plots in Chromium, as an offline page of a notebook shows them, with everything outside cut off."""

import nbformat
import pytest
from browser import block_outside
from playwright.sync_api import expect

from ipaas_discovery.display.page import notebook_page
from ipaas_discovery.display.plots import plot_census, plot_presence
from ipaas_discovery.schemas.census import census
from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.presence import Presence
from ipaas_discovery.schemas.schema import Schema

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
    """The page of a notebook whose stored outputs are a schema of 600 paths and both plots."""
    parts = Presence("Shop", "orders", ("1 to 40", "41 to 80"), (40, 40), (("note", (0.2, 0.9)),))
    shown = (WIDE, plot_presence(parts), plot_census(census([WIDE])))
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
    expect(page.get_by_role("cell", name="block0 + 100 below")).to_be_visible()
    assert not page.trouble
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_folded_fields_open_by_the_keyboard_and_show_their_bar_at_its_true_size(page):
    summary = page.get_by_text("block3: 100 fields below")
    row = page.locator("tr:has(> td[title='block3[].field_42'])")
    expect(row).to_be_hidden()
    summary.press("Enter")
    expect(row).to_be_visible()
    sizes = row.locator("td[style*='height:9px']").evaluate_all("cells => cells.map(each => each.offsetWidth)")
    assert sizes == [36, 9, 9, 18]


def test_both_plots_are_drawn(page):
    images = page.locator("img[src^='data:image/svg']")
    expect(images).to_have_count(2)
    expect(page.get_by_role("img", name="Shop orders: share filled, part by part of the sample.")).to_be_visible()
    expect(page.get_by_role("img", name="Shop: how full its fields are, and of what type.")).to_be_visible()
    assert all(images.evaluate_all("images => images.map(each => each.complete && each.naturalWidth >= 640)"))
