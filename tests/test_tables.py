import pandas as pd
import pytest

from ipaas_discovery.tables import Table, frame_of, html_table, markdown_table


def test_a_frame_without_rows_keeps_its_columns_and_kinds():
    frame = frame_of([], {"path": "str", "n": "Int64", "share": "Float64", "ok": "boolean"})
    assert dict(frame.dtypes.astype(str)) == {"path": "str", "n": "Int64", "share": "Float64", "ok": "boolean"}
    assert html_table(frame).endswith("<p>(no rows)</p>")


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


def test_missing_values_are_blank_and_numbers_stand_right():
    frame = frame_of([{"n": None, "t": None, "x": 0.123456}], {"n": "Int64", "t": "str", "x": "Float64"})
    assert '<td style="text-align:right"></td><td style="text-align:left"></td>' in html_table(frame)
    assert ">0.1235<" in html_table(frame)


def test_a_long_path_may_break_where_a_reader_would_break_it():
    assert "lines[].<wbr>address.<wbr>city" in html_table(pd.DataFrame({"p": ["lines[].address.city"]}))


@pytest.mark.parametrize(("wanted", "left"), [({"a": 1}, ["x"]), ({"a": {1, 2}}, ["x", "y"]), ({"a": 1, "b": "y"}, [])])
def test_rows_are_chosen_by_their_values(wanted, left):
    table = Table(pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]}))
    assert table.where(**wanted).frame()["b"].tolist() == left


def test_a_table_is_stored_as_html_and_one_line_of_text():
    bundle = Table(pd.DataFrame({"a": [1]}))._repr_mimebundle_()
    assert bundle["text/plain"] == "Table: 1 row"
    assert bundle["text/html"].startswith("<table>")
