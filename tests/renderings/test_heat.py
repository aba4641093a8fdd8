"""Heat maps as they are stored: each number on its shade, readable without it."""

import re

import bleach
import pytest
from bs4 import BeautifulSoup
from colours import contrast, luminance
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.heat import SHADES, Heat, HeatRow, heat_html, heat_markdown

text = st.text(max_size=30)
HEAT = Heat(
    "Shop, orders",
    "percent",
    "field",
    (("page 1", "20"), ("page 9", "")),
    (HeatRow("id", (1.0, 0.001)), HeatRow("lines[].gift", (None, 0.0), ("other",))),
    ("A note.",),
)
TAGS = {"table", "tr", "td", "th", "p", "b", "br", "i", "wbr", "span"}


@pytest.mark.parametrize(("shade", "ink"), SHADES)
def test_the_ink_on_every_shade_reads(shade, ink):
    assert contrast(shade, ink) >= 4.5


def test_the_shades_go_from_light_to_dark():
    assert [luminance(shade) for shade, _ in SHADES] == sorted((luminance(shade) for shade, _ in SHADES), reverse=True)


def test_each_number_stands_on_its_shade_below_its_column_and_beside_its_row():
    soup = BeautifulSoup(heat_html(HEAT), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("tr")]
    assert rows == [["field", "page 120", "page 9"], ["id", "100", "1"], ["lines[].gift + 1 alike", "·", "0"]]
    assert ["background-color" in cell["style"] for cell in soup.select("td")] == [True, True, False, True]
    assert [each["scope"] for each in soup.select("th")] == ["col"] * 3 + ["row"] * 2
    assert soup.select_one("th[title]")["title"] == "other"


def test_what_a_strict_host_leaves_still_says_everything():
    left = bleach.clean(heat_html(HEAT), tags={"table", "tr", "td", "th", "p", "b"}, attributes={}, strip=True)
    plain = BeautifulSoup(left, "html.parser").get_text(" ")
    assert all(part in plain for part in ("Shop, orders", "page 9", "lines[].gift", "100", "·", "A note."))


def test_markdown_marks_how_dark_a_number_is():
    assert heat_markdown(HEAT).split("\n")[3:7] == [
        "| field | page 1 (20) | page 9 |",
        "| --- | --- | --- |",
        "| `id` | █ 100 | ░ 1 |",
        "| `lines[].gift` + 1 alike | · | 0 |",
    ]


@given(text, text, text)
def test_foreign_text_stays_text(title, name, below):
    heat = Heat(title, title, "field", ((name, below),), (HeatRow(name, (0.5,), (below,)),), (title,))
    html = heat_html(heat)
    html.encode("utf-8")
    assert {node.name for node in BeautifulSoup(html, "html.parser").find_all()} <= TAGS
    row = heat_markdown(heat).split("| --- | --- |\n")[1].split("\n")[0]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3
