"""Plots as they are stored: SVG that needs nothing, names itself, and says its numbers in words and in a table."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_files import agrees

from ipaas_discovery.display.plots import plot_census, plot_presence
from ipaas_discovery.schemas.census import Census, Tallied
from ipaas_discovery.schemas.presence import Presence

SVG = "{http://www.w3.org/2000/svg}"
PAGES = Presence(
    "Shop",
    "orders",
    ("page 1", "page 5", "page 9"),
    (20, 20, 7),
    (
        ("id", (1.0, 1.0, 1.0)),
        ("lines[].gift", (0.05, None, 0.6)),
        ("new", (0.0, 0.0, 0.999)),
        ("old", (0.0, None, 0.0)),
    ),
)


def part(filled, null=0.0, empty=0.0):
    return {"filled": filled, "null": null, "empty": empty, "absent": 1 - filled - null - empty}


SHOP = Census(
    "Shop",
    (
        Tallied("orders", 190, (("id", part(1.0)), ("note", part(0.5, 0.25)), ("gone", part(0.0, 0.0, 1.0))),
                {"string": 2, "integer": 1}),
        Tallied("empty", 0, (), {}),
    ),
)  # fmt: skip
PLOTS = {"presence": plot_presence(PAGES), "census": plot_census(SHOP)}


def drawing(plot):
    return ET.fromstring(plot.svg)  # noqa: S314  our own text


def texts(plot):
    return [node.text for node in drawing(plot).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", PLOTS)
def test_the_drawing_is_the_one_kept(name):
    assert agrees(f"{name}.svg", PLOTS[name].svg + "\n")


@pytest.mark.parametrize("name", PLOTS)
def test_it_names_and_describes_itself_and_asks_for_nothing(name):
    root = drawing(PLOTS[name])
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.find(f"{SVG}title").text == PLOTS[name].title
    assert root.find(f"{SVG}desc").text == PLOTS[name].words
    assert "href" not in PLOTS[name].svg
    assert "url(" not in PLOTS[name].svg


@pytest.mark.parametrize("name", PLOTS)
def test_it_is_whole_where_styles_are_dropped(name):
    """Every shape has its colour as an attribute, so that none turns black."""
    shapes = [node for node in drawing(PLOTS[name]).iter() if node.tag.removeprefix(SVG) in {"rect", "text", "polygon"}]
    assert shapes
    assert all(node.get("fill") for node in shapes)


@pytest.mark.parametrize("name", PLOTS)
def test_everything_stands_on_the_card(name):
    root = drawing(PLOTS[name])
    width, height = float(root.get("width")), float(root.get("height"))
    for node in root.iter():
        if node.get("x") and node.get("y"):
            assert 0 <= float(node.get("x")) + float(node.get("width") or 0) <= width
            assert 0 <= float(node.get("y")) + float(node.get("height") or 0) <= height


def test_each_percentage_is_written_on_its_cell():
    assert [each for each in texts(PLOTS["presence"]) if each.isdigit() or each == "·"] == [
        "1", "5", "9", "5", "·", "60", "0", "0", "99"]  # fmt: skip


def test_even_fields_are_counted_not_drawn():
    assert "Not drawn: 1 fields filled everywhere, 1 filled nowhere." in PLOTS["presence"].words
    assert "id" not in texts(PLOTS["presence"])


def test_where_images_are_not_drawn_the_words_and_the_table_remain():
    bundle = PLOTS["presence"]._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert "| `lines[].gift` | 0.05 |  | 0.6 |" in bundle["text/plain"].replace("lines[].gift", "`lines[].gift`")
    page = PLOTS["census"].to_html()
    assert page.count("<svg") == 1
    assert "<summary>The same as a table</summary>" in page
    assert "orders" in page.partition("<details>")[2]


def test_a_census_says_its_numbers():
    assert "3 fields, 50 % filled, 1 never" in texts(PLOTS["census"])
    assert "0 fields" in texts(PLOTS["census"])
    assert "190 records" in texts(PLOTS["census"])


def test_more_rows_than_fit_are_counted():
    rows = tuple((f"field_{at:03}", (0.5, 0.2)) for at in range(75))
    plot = plot_presence(Presence("Shop", "orders", ("1 to 5", "6 to 9"), (5, 4), rows))
    assert plot.words.endswith("15 more fields are not drawn.")
    many = Census("Shop", tuple(Tallied(f"c{at:03}", 1, (("id", part(1.0)),), {"integer": 1}) for at in range(63)))
    assert plot_census(many).words.endswith("3 more collections are not drawn.")


def test_nothing_to_draw_is_a_drawing_too():
    assert drawing(plot_presence(Presence("Shop", "orders", (), (), ()))) is not None
    assert drawing(plot_census(Census("", ()))).get("aria-label")


def test_a_drawing_can_be_kept_as_a_file(tmp_path):
    path = PLOTS["census"].save(tmp_path / "shop.svg")
    assert path.read_text(encoding="utf-8") == PLOTS["census"].svg


@given(st.text(max_size=40), st.text(max_size=40))
def test_foreign_text_stays_text(name, path):
    presence = plot_presence(Presence(name, path, ("page 1",), (1,), ((path, (0.5,)),)))
    census = plot_census(Census(name, (Tallied(path, 1, ((path, part(0.5)),), {"string": 1}),)))
    for plot in (presence, census):
        tags = {node.tag.removeprefix(SVG) for node in drawing(plot).iter()}
        assert tags <= {"svg", "title", "desc", "style", "rect", "text", "polygon"}
        plot.svg.encode("utf-8")
