import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tables import html_table, markdown_table
from ipaas_discovery.renderings.tabular import Table


def test_a_table_without_rows_says_so():
    assert html_table(frame_of([], {"path": "str", "n": "Int64"})).endswith("<p>(no rows)</p>")


def test_foreign_text_is_escaped_and_line_breaks_show():
    frame = pd.DataFrame({"<b>": ["<script>alert(1)</script>\nx|y"]})
    assert "<script>" not in html_table(frame) + markdown_table(frame)
    assert "&lt;b&gt;" in html_table(frame)
    assert "<br>" in html_table(frame)
    assert markdown_table(frame).splitlines()[2] == "| &lt;script&gt;alert(1)&lt;/script&gt;<br>x\\|y |"


def test_a_long_table_says_how_much_it_leaves_out():
    frame = pd.DataFrame({"n": range(600)})
    assert html_table(frame).endswith("<p>(540 more rows not shown)</p>")
    assert "not shown" not in html_table(frame, max_rows=None)


@pytest.mark.parametrize(
    ("rows", "open_", "folded", "left"), [(60, 60, 0, 0), (61, 60, 1, 0), (600, 60, 540, 0), (700, 60, 540, 100)]
)
def test_in_a_notebook_the_rows_beyond_the_first_stand_folded(rows, open_, folded, left):
    soup = BeautifulSoup(Table(pd.DataFrame({"n": range(rows)}))._repr_html_(), "html.parser")
    assert len(soup.select("table:not(details table) td")) == open_
    assert len(soup.select("details td")) == folded
    assert [each.get_text() for each in soup.select("summary")] == [f"{folded} more row{'s'[: folded != 1]}"] * bool(
        folded
    )
    assert (f"({left} more rows not shown)" in soup.get_text()) == bool(left)


@given(st.text(max_size=30))
def test_foreign_text_stays_in_its_cell(text):
    frame = pd.DataFrame({"a": [text, "x"], "b": ["1", "2"]})
    line = markdown_table(frame).split("\n")[2]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*]", line)
    soup = BeautifulSoup(html_table(frame), "html.parser")
    assert {node.name for node in soup.find_all()} <= {"table", "tr", "th", "td", "br", "wbr"}


def test_missing_values_are_blank_and_numbers_stand_right():
    frame = frame_of([{"n": None, "t": None, "x": 0.123456}], {"n": "Int64", "t": "str", "x": "Float64"})
    assert '<tr><td></td><td></td><td style="text-align:right">0.1235</td></tr>' in html_table(frame)


def test_a_long_path_may_break_where_a_reader_would_break_it():
    assert "lines[].<wbr>address.<wbr>city" in html_table(pd.DataFrame({"p": ["lines[].address.city"]}))


@pytest.mark.parametrize(("wanted", "left"), [({"a": 1}, ["x"]), ({"a": {1, 2}}, ["x", "y"]), ({"a": 1, "b": "y"}, [])])
def test_rows_are_chosen_by_their_values(wanted, left):
    table = Table(pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]}))
    assert table.filter(**wanted).frame()["b"].tolist() == left
