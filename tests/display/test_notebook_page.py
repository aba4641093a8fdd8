import nbformat
import pytest
from bs4 import BeautifulSoup

from ipaas_discovery.display.notebook_page import notebook_page
from ipaas_discovery.errors import SourceError

new = nbformat.v4
WIDGET = {"model_id": "0a1b", "version_major": 2, "version_minor": 0}


@pytest.fixture
def notebook(tmp_path):
    board = {"text/plain": "DirectionBoard(1 of 2 decided)", "application/vnd.jupyter.widget-view+json": WIDGET}
    table = {"text/html": "<table><tr><th>direction</th></tr><tr><td>To iPaaS.com</td></tr></table>", "text/plain": "t"}

    def cell(name, source, data, **metadata):
        output = new.new_output("execute_result", data=data, execution_count=1)
        return new.new_code_cell(source, id=name, execution_count=1, outputs=[output], metadata=metadata)

    cells = [
        new.new_markdown_cell("# Decide <directions>\n\nWhat it costs: $x^2$.", id="title"),
        cell("live", "DirectionBoard(live)", board | {"text/plain": "LIVE BOARD"}, tags=["live"]),
        cell("board", "DirectionBoard(worksheet)", board),
        cell("table", "worksheet.decisions()", table),
    ]
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"0a1b": {}}, "version_major": 2}}
    path = tmp_path / "03_decide.ipynb"
    nbformat.write(new.new_notebook(cells=cells, metadata={"widgets": state}), path)
    return path


def test_the_page_shows_outputs_and_leaves_out_live_cells_and_code(notebook):
    page = notebook_page(notebook)
    assert "To iPaaS.com" in page
    assert "DirectionBoard(1 of 2 decided)" in page
    assert "LIVE BOARD" not in page
    assert "worksheet.decisions()" not in BeautifulSoup(page, "html.parser").body.get_text()


def test_code_is_shown_where_it_is_asked_for(notebook):
    body = BeautifulSoup(notebook_page(notebook, code=True), "html.parser").body.get_text()
    assert "worksheet.decisions()" in body
    assert "DirectionBoard(live)" not in body


def test_there_is_no_script_no_widget_state_and_nothing_to_fetch(notebook):
    soup = BeautifulSoup(notebook_page(notebook), "html.parser")
    assert not soup.select("script, link, iframe, [src]")
    assert "widget-state" not in str(soup)
    assert soup.title.get_text() == "Decide <directions>"


def test_the_same_notebook_gives_the_same_bytes(notebook):
    assert notebook_page(notebook) == notebook_page(notebook)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"cannot be read .*nowhere\.ipynb.*No such file"):
        notebook_page(tmp_path / "nowhere.ipynb")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"no json", b'{"nbformat": 4, "cells": 3}', b"\xff\xfe\x00"])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"The file is no notebook .*broken\.ipynb"):
        notebook_page(path)
