"""The board in a real JupyterLab: a click reaches the file, and the notebook's keys stay out of the board."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from browser import block_outside, lab
from playwright.sync_api import expect

from ipaas_discovery.worksheet.worksheet import Worksheet

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SETUP = """
from ipaas_discovery.widgets.direction_board import DirectionBoard
from ipaas_discovery.worksheet.worksheet import Worksheet
worksheet = Worksheet.load("worksheet.yaml")
"""


@pytest.fixture
def notebook(worksheet):
    """A notebook beside the worksheet `worksheet.yaml`."""
    code = nbformat.v4.new_code_cell
    cells = [
        code(SETUP.strip(), id="setup"),
        code("DirectionBoard(worksheet, by='Ada')", id="board"),
        code("print(worksheet.entry('PRODUCT').decided)", id="readback"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = worksheet.path.with_name("decide.ipynb")
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def decided(worksheet):
    return Worksheet.load(worksheet.path).entry("PRODUCT").decided


def test_a_click_changes_the_file_and_no_key_changes_the_notebook(browser, notebook, worksheet):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    outside = block_outside(page)
    with lab(notebook.parent) as running:
        running.run(page, notebook.name)
        group = page.get_by_role("radiogroup", name="Direction for PRODUCT ↔ products")
        expect(group).to_be_visible(timeout=60_000)

        group.get_by_role("radio", name="To iPaaS.com").click()
        saved = page.get_by_text("To iPaaS.com. Saved to worksheet.yaml.")
        expect(saved).to_be_visible(timeout=20_000)
        assert decided(worksheet) == "To iPaaS.com"

        for key in ("b", "a", "d", "d", "x", "ArrowDown"):
            page.keyboard.press(key)
        expect(group.get_by_role("radio", name="From iPaaS.com")).to_be_focused()
        expect(page.get_by_text("From iPaaS.com. Saved to worksheet.yaml.")).to_be_visible(timeout=20_000)
        expect(running.cells(page)).to_have_count(3)
        assert decided(worksheet) == "From iPaaS.com"

        page.get_by_role("button", name="Undo the last choice").click()
        expect(group.get_by_role("radio", name="To iPaaS.com")).to_be_checked(timeout=20_000)
        assert decided(worksheet) == "To iPaaS.com"

        running.cells(page).nth(2).locator(".cm-content").click()
        running.command(page, "notebook:run-cell")
        expect(running.cells(page).nth(2).locator(".jp-OutputArea-output")).to_have_text("To iPaaS.com\n")
        page.screenshot(path=notebook.parent / "lab.png")
        page.close()
    assert outside == []


def test_the_board_survives_a_colleague_a_restart_and_the_end_of_its_kernel(browser, notebook, worksheet):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    with lab(notebook.parent) as running:
        running.run(page, notebook.name)
        group = page.get_by_role("radiogroup", name="Direction for PRODUCT ↔ products")
        expect(group).to_be_visible(timeout=60_000)
        table = page.locator(".ipd-twin")
        expect(table).to_be_hidden()
        other = Worksheet.load(worksheet.path)
        other.decide("PRODUCT", "leave out", by="Bo")
        other.save()
        expect(group.get_by_role("radio", name="Leave out")).to_be_checked(timeout=2_000)
        expect(page.get_by_text("worksheet.yaml was changed elsewhere")).to_be_visible()
        running.command(page, "docmanager:save")

        page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }")
        expect(page.get_by_role("alert").filter(has_text="The kernel is gone")).to_be_visible(timeout=20_000)
        group.get_by_role("radio", name="To iPaaS.com").click()
        expect(group.get_by_role("radio", name="Leave out")).to_be_checked()
        assert decided(worksheet) == "leave out"

        running.wait_for_kernel(page)
        running.stop_kernels()
        running.open(page, notebook.name)
        expect(table).to_be_visible(timeout=20_000)
        expect(table).to_contain_text("Bo")
        expect(page.get_by_text("Error displaying widget")).to_be_hidden()
        page.screenshot(path=notebook.parent / "reopened.png")
        page.close()


MATCH = """
from ipaas_discovery import Discovery, MatchBoard
discovery = Discovery.open("discovery.toml")
MatchBoard(discovery, "CUSTOMER", by="Ada")
"""


@pytest.fixture
def demo(tmp_path):
    """A copy of the demo's settings and worksheet, with a notebook beside them."""
    data = Path(__file__).parents[2] / "data"
    for name in ("discovery.toml", "worksheet.yaml"):
        shutil.copy(data / name, tmp_path)
    code = nbformat.v4.new_code_cell
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [code(MATCH.strip(), id="match")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "match.ipynb")
    return tmp_path / "match.ipynb"


def test_a_pair_is_mapped_by_keys_saved_and_reopened_without_a_kernel(browser, demo):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    outside = block_outside(page)
    with lab(demo.parent) as running:
        running.run(page, demo.name)
        grid = page.get_by_role("grid", name="Fields of CUSTOMER")
        expect(grid).to_be_visible(timeout=90_000)
        grid.focus()
        page.keyboard.press("a")
        expect(page.get_by_text("accepted. Saved to worksheet.yaml.")).to_be_visible(timeout=20_000)
        for key in ("ArrowDown", "a"):
            page.keyboard.press(key)
        expect(page.get_by_text(re.compile("^[2-9] of [0-9]+ fields decided"))).to_be_visible(timeout=20_000)
        expect(grid).to_be_focused()
        expect(running.cells(page)).to_have_count(1)
        entry = Worksheet.load(demo.with_name("worksheet.yaml")).entry("CUSTOMER")
        accepted = [row.destination for row in entry.to if row.status == "accepted" and row.by == "Ada"]
        assert len(accepted) == 2
        running.command(page, "docmanager:save")
        page.screenshot(path=demo.parent / "match.png")
        running.wait_for_kernel(page)
        running.stop_kernels()
        running.open(page, demo.name)
        table = page.locator(".ipd-twin")
        expect(table).to_be_visible(timeout=20_000)
        expect(table).to_contain_text("accepted")
        expect(page.get_by_text("Error displaying widget")).to_be_hidden()
        page.close()
    assert outside == []


def reopen(running, page, name):
    """Save the notebook, end its kernel, and open it the next morning."""
    running.command(page, "docmanager:save")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    running.wait_for_kernel(page)
    running.stop_kernels()
    running.open(page, name)
    expect(page.get_by_text("Error displaying widget")).to_be_hidden()


def test_the_committed_notebooks_show_boards_that_write_and_are_tables_the_next_morning(browser, kit):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    outside = block_outside(page)
    with lab(kit) as running:
        running.run(page, "notebooks/01_know_both_systems.ipynb")
        board = page.locator(".ipb")
        expect(board.get_by_text("in no pair, 0 left out")).to_be_visible(timeout=90_000)
        board.get_by_role("button", name="customer_addresses", exact=True).click()
        expect(board.get_by_role("table", name="Schema of customer_addresses")).to_be_visible(timeout=20_000)
        board.get_by_label("Why customer_addresses is left out").fill("inside their customers")
        board.get_by_role("button", name="Leave customer_addresses out").click()
        expect(board.get_by_text("left out. Saved to worksheet.yaml.")).to_be_visible(timeout=20_000)
        (left_out,) = Worksheet.load(kit / "data" / "worksheet.yaml").document.left_out
        assert (left_out.collection, left_out.why) == ("customer_addresses", "inside their customers")
        page.screenshot(path=kit / "01.png")
        reopen(running, page, "notebooks/01_know_both_systems.ipynb")
        expect(page.locator(".ipd-twin").filter(has_text="inside their customers")).to_be_visible(timeout=20_000)

        running.run(page, "notebooks/03_decide_directions.ipynb")
        board = page.locator(".ipw")
        expect(board.get_by_text("Open: ")).to_be_visible(timeout=120_000)
        board.get_by_role("radio", name="unanswered").check()
        field = board.get_by_role("textbox", name="Answer for ").first
        field.fill("said in Lab")
        expect(board.get_by_text("answered. Saved to worksheet.yaml.")).to_be_visible(timeout=20_000)
        assert "said in Lab" in (kit / "data" / "worksheet.yaml").read_text(encoding="utf-8")
        page.screenshot(path=kit / "03.png")
        board.get_by_role("radio", name="undecided").check()
        board.get_by_role("button", name="on the DirectionBoard").first.click()
        expect(page.locator(".ddb input:focus")).to_have_count(1)
        reopen(running, page, "notebooks/03_decide_directions.ipynb")
        expect(page.locator(".ipd-twin").last).to_be_visible(timeout=20_000)
        page.screenshot(path=kit / "03_reopened.png")
        page.close()
    assert outside == []
