import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.text_tables import WIDTH, left_out, text_table


def test_numbers_stand_to_the_right_and_no_line_ends_in_spaces():
    assert text_table(["name", "n"], [["a", "1"], ["longer", "200"], ["", ""]], numbers={1}).split("\n") == [
        "name      n", "------  ---", "a         1", "longer  200", ""]  # fmt: skip


def test_columns_that_do_not_fit_are_named():
    lines = text_table(["a", "b", "c", "d\n"], [["x" * 39] * 4]).splitlines()
    assert lines[0].split() == ["a", "b"]
    assert lines[-1] == "(2 more columns: c, d\\u000a)"


def test_no_rows_are_said():
    assert text_table(["a"], []) == "a\n-\n(no rows)"


@pytest.mark.parametrize(("most", "told"), [(None, ""), (3, ""), (2, "(1 more row)"), (0, "(3 more rows)")])
def test_rows_left_out_are_counted(most, told):
    assert left_out([1, 2, 3], most) == told
    assert text_table(["a"], [["x"]] * 3, max_rows=most).endswith(told or "x")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_foreign_text_breaks_no_line_and_moves_no_cursor(rows):
    lines = text_table(["one", "two"], rows).split("\n")
    assert len(lines) == 2 + (len(rows) or 1)
    assert all(len(line) <= WIDTH for line in lines)
    assert not any(ord(character) < 32 for line in lines for character in line)
