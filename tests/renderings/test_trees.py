"""Tree-tables as they are stored: plain where a host allows little, true where it allows nothing."""

import re

import bleach
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.trees import Branch, Tree, fold, tree_html, tree_markdown

FULL = (("filled", 1.0), ("null", 0.0), ("empty", 0.0), ("absent", 0.0))
GITHUB_TAGS = {"table", "tr", "td", "th", "p", "b", "br", "i", "wbr", "details", "summary"}
GITHUB_STYLES = {"text-align", "vertical-align", "background-color", "width", "height", "padding", "margin", "border",
                 "border-collapse", "border-bottom", "font-weight"}  # fmt: skip
text = st.text(max_size=30)


def tree(*branches, notes=()):
    return Tree("Shop, orders", "claimed", ("field", "filled", "types"), tuple(branches), notes)


def wide(top, below):
    for number in range(top):
        yield Branch(0, f"k{number}", f"k{number}", FULL, "100 %", ("object",))
        for inner in range(below):
            yield Branch(1, f"v{inner}", f"k{number}.v{inner}", FULL, "100 %", ("string",))


def rows(html):
    return [row for row in BeautifulSoup(html, "html.parser").select("tr") if row.select_one("th[title]")]


def test_nothing_is_used_that_a_host_takes_away():
    soup = BeautifulSoup(tree_html(tree(*wide(3, 40))), "html.parser")
    assert {node.name for node in soup.find_all()} <= GITHUB_TAGS
    assert {name for node in soup.find_all() for name in node.attrs} <= {
        "style",
        "title",
        "colspan",
        "role",
        "scope",
        "aria-label",
    }
    styles = {part.partition(":")[0] for node in soup.select("[style]") for part in node["style"].split(";") if part}
    assert styles <= GITHUB_STYLES
    assert not re.search(r"url\(|var\(|gradient|class=|<script|<style", str(soup))


def test_what_a_strict_host_leaves_still_says_everything():
    html = tree_html(tree(*wide(3, 40)))
    left = bleach.clean(html, tags={"table", "tr", "td", "th", "p", "b"}, attributes={}, strip=True)
    plain = re.sub(r"\s+", " ", BeautifulSoup(left, "html.parser").get_text(" ")).replace("\xa0", " ")
    assert plain.count("v39") == 3
    assert "k0 : 40 fields below" in plain
    assert plain.count("100 %") == 123


@pytest.mark.parametrize(("most", "told"), [(2, True), (3, False), (None, False)])
def test_a_single_row_that_is_not_shown_is_told(most, told):
    assert ("1 more rows are not shown" in tree_html(tree(*wide(3, 0)), most=most)) is told


def test_each_row_is_indented_below_its_parent():
    branches = [Branch(depth, f"k{depth}", "a" * depth, FULL, "100 %", ("object",)) for depth in range(3)]
    names = [row.select_one("th[title]").get_text() for row in rows(tree_html(tree(*branches)))]
    assert [len(name) - len(name.lstrip()) for name in names] == [0, 1, 2]


def test_folded_rows_begin_at_the_left_again():
    branches = [Branch(0, "k", "k", FULL, "100 %", ("object",))]
    branches += [Branch(1 + (n % 2), f"v{n}", f"k.v{n}", FULL, "100 %", ("string",)) for n in range(400)]
    folded = BeautifulSoup(tree_html(tree(*branches)), "html.parser").select("details")
    names = [row.select_one("th[title]").get_text() for row in rows(str(folded[0]))]
    assert [len(name) - len(name.lstrip()) for name in names[:4]] == [0, 1, 0, 1]


def test_deep_rows_are_folded_with_their_count_and_none_is_lost():
    branches = list(wide(5, 30))
    html = tree_html(tree(*branches), shown=60)
    soup = BeautifulSoup(html, "html.parser")
    assert [each.get_text() for each in soup.select("summary")] == [f"k{at}: 30 fields below" for at in range(5)]
    assert sorted(row.th["title"] for row in rows(html)) == sorted(each.path for each in branches)
    assert "+ 30 below" in soup.find("table", role=None).get_text()


def test_every_table_is_named_after_what_it_holds():
    soup = BeautifulSoup(tree_html(tree(*wide(5, 30)), shown=60), "html.parser")
    names = [each["aria-label"] for each in soup.select("table:not([role])")]
    assert names == ["Shop, orders", *(f"Shop, orders: k{at}" for at in range(5))]


def test_a_small_tree_stands_open_as_a_whole():
    html = tree_html(tree(*wide(4, 3)))
    assert "<details>" not in html
    assert len(rows(html)) == 16


def test_more_rows_at_the_top_than_stand_open_follow_folded():
    html = tree_html(tree(*wide(100, 0)), shown=60)
    assert "<summary>40 more fields at the top</summary>" in html
    assert len(rows(html)) == 100


def test_what_is_not_written_is_counted():
    html = tree_html(tree(*wide(100, 0), notes=("Descriptions are left out.",)), most=90)
    assert html.endswith("<p>10 more rows are not shown. Descriptions are left out.</p>")
    assert len(rows(html)) == 90


@given(st.lists(st.integers(0, 4), max_size=60), st.integers(1, 20))
def test_folding_keeps_every_row_once(steps, shown):
    depths = [0]
    for step in steps:
        depths.append(min(step, depths[-1] + 1))
    branches = [Branch(depth, str(at), str(at)) for at, depth in enumerate(depths)]
    parts = fold(branches, shown)
    assert sorted((each for part in parts for each in part.rows), key=lambda each: int(each.path)) == branches
    assert len(parts[0].rows) <= max(shown, 1)
    assert all(row.depth > part.head.depth for part in parts if part.head for row in part.rows)


@given(text, text, text, text)
def test_foreign_text_never_becomes_markup(title, name, words, cell):
    html = tree_html(tree(Branch(0, name, name, FULL, words, (cell,))))
    soup = BeautifulSoup(html, "html.parser")
    assert {node.name for node in soup.find_all()} <= GITHUB_TAGS
    assert len(rows(html)) == 1
    assert {name for node in soup.find_all() for name in node.attrs} <= {
        "style",
        "title",
        "colspan",
        "role",
        "scope",
        "aria-label",
    }


@given(text, text, text)
def test_foreign_text_stays_inside_its_cell_of_a_markdown_table(name, words, cell):
    made = tree_markdown(tree(Branch(0, name, name, FULL, words, (cell or "x",))))
    row = made.split("\n")[-1]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 4
    assert "<" not in row.replace("<br>", "")
    assert not set(row) & set("\r\x0b\x0c\x85\u2028")


@pytest.mark.parametrize("name", ["\ud800", "a\u202eb", "tab\there", "😀", "", " "])
def test_a_strange_name_can_be_saved_and_seen(name):
    html, markdown = (make(tree(Branch(0, name, name, FULL, "1 %", ("x",)))) for make in (tree_html, tree_markdown))
    (html + markdown).encode("utf-8")
    assert "\u202e" not in html + markdown


def test_a_column_that_says_nothing_is_not_there():
    html = tree_html(tree(Branch(0, "id", "id", (), "", ("integer",))))
    heads = [each.get_text() for each in BeautifulSoup(html, "html.parser").select("th[scope=col]")]
    assert heads == ["field", "types"]
    assert "filled" not in tree_markdown(tree(Branch(0, "id", "id", (), "", ("integer",))))


def test_the_smallest_share_is_still_seen():
    html = tree_html(tree(Branch(0, "id", "id", (("filled", 0.999), ("null", 0.001)), "99 %, 1 % null", ("string",))))
    assert "width:2px;height:9px;background-color:#d27d1f" in html


def test_no_rows_is_a_table_too():
    assert "(no fields)" in tree_html(tree())
    assert tree_markdown(tree()).endswith("| --- |")
