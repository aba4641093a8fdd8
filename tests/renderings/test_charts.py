"""Bar charts as they are stored: bars as table cells, their numbers beside them."""

import re

import pytest
from bs4 import BeautifulSoup
from colours import contrast
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.bars import PARTS, TYPES
from ipaas_discovery.renderings.charts import Bar, Chart, ChartRow, chart_html, chart_markdown

text = st.text(max_size=30)
TAGS = {"table", "tr", "td", "th", "p", "b", "br", "wbr", "small"}
CHART = Chart(
    "Shop",
    "what it holds",
    ("collection", "", "fields", "types"),
    (
        ChartRow("orders", "9 records", (Bar((("filled", 0.75), ("null", 0.25)), PARTS, 1.0),
                                    Bar((("string", 1.0),), TYPES, 1.0)), (1200, "string 1,200")),
        ChartRow("tags", "", (Bar((("filled", 1.0),), PARTS, 0.5),), (3, "")),
        ChartRow("nothing", "", (), (0, "")),
    ),
    ("A note.",),
)  # fmt: skip


@pytest.mark.parametrize("colour", sorted({*PARTS.values(), *TYPES.values()} - {""}))
@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_every_part_of_a_bar_stands_out_on_a_light_and_on_a_dark_page(colour, page):
    assert contrast(colour, page) >= 3


def test_no_two_parts_of_a_bar_look_the_same():
    assert len({*PARTS.values()}) == len(PARTS)
    assert len({*TYPES.values()}) == len(TYPES)


def test_bars_are_as_long_as_said_and_their_parts_as_wide_as_their_shares():
    soup = BeautifulSoup(chart_html(CHART), "html.parser")
    bars = [[int(cell["style"].partition("width:")[2].partition("px")[0]) for cell in bar.select("td")]
            for bar in soup.select("td table")]  # fmt: skip
    assert bars == [[180, 60], [240], [120]]


def test_numbers_stand_right_below_their_heading_and_are_grouped():
    soup = BeautifulSoup(chart_html(CHART), "html.parser")
    sides = [each["style"].partition(";")[0] for each in soup.select("th[scope=col]")]
    assert sides == ["text-align:left", "text-align:left", "text-align:right", "text-align:left"]
    assert "1,200" in soup.select_one("tr:has(th[scope=row])").get_text()


def test_each_kind_of_bar_has_its_legend_and_drawings_are_marked_as_such():
    soup = BeautifulSoup(chart_html(CHART), "html.parser")
    legends = [each.get_text(" ").split() for each in soup.select("table[role=presentation]:not(td table)")]
    assert legends == [["filled", "null"], ["string"]]
    assert len(soup.select("table:not([role])")) == 1


def test_markdown_has_the_first_bar_as_text():
    lines = chart_markdown(CHART).split("\n")
    assert lines[3:7] == [
        "| collection |  | fields | types |",
        "| --- | --- | --- | --- |",
        "| `orders` 9 records | ████████▒▒ | 1200 | string 1,200 |",
        "| `tags` | ██████████ | 3 |  |",
    ]
    assert lines[-1] == "A note."


@given(text, text, text)
def test_foreign_text_stays_text(title, name, cell):
    chart = Chart(title, title, ("a", "b", "c"), (ChartRow(name, name, (), (cell,)),), (title,))
    html = chart_html(chart)
    html.encode("utf-8")
    assert {node.name for node in BeautifulSoup(html, "html.parser").find_all()} <= TAGS
    row = chart_markdown(chart).split("| --- |\n")[1].split("\n")[0]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 4
