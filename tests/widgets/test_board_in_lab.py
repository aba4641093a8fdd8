"""The board in a real JupyterLab: a click reaches the file, and the notebook's keys stay out of the board."""

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
        running.open(page, notebook.name)
        running.command(page, "notebook:run-all-cells")
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
        running.open(page, notebook.name)
        running.command(page, "notebook:run-all-cells")
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
