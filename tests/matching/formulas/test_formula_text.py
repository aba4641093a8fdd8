from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
STEPS = st.one_of(
    st.sampled_from(
        [
            op.Copy(),
            op.Trim(),
            op.Upper(),
            op.Lower(),
            op.Coalesce(),
            op.Count(),
            op.Sum(),
            op.First(),
            op.Product(),
            op.Plus(),
            op.Minus(),
        ]
    ),
    st.builds(op.Letters, st.integers(-9, 9)),
    st.builds(op.Constant, TEXT),
    st.builds(op.Pad, st.integers(0, 20), st.sampled_from("0 *")),
    st.builds(op.Affix, TEXT, TEXT),
    st.builds(op.Without, TEXT),
    st.builds(op.SplitPart, TEXT.filter(bool), st.integers(-3, 3)),
    st.builds(op.Join, TEXT),
    st.builds(op.JoinList, TEXT),
    st.builds(op.Default, TEXT),
    st.builds(op.DateFormat, st.sampled_from(("yyyy-MM-dd", "dd.MM.yyyy", "yyyy' of 'MM"))),
    st.builds(op.Round, st.integers(0, 6)),
    st.builds(op.Times, st.decimals(allow_nan=False, allow_infinity=False, places=4)),
)
PATHS = st.lists(st.from_regex(r"[a-z_.\[\]{}]{1,9}", fullmatch=True), min_size=1, max_size=3).map(tuple)


@given(PATHS, st.lists(STEPS, min_size=1, max_size=4).map(tuple))
def test_what_is_written_is_read_back(sources, steps):
    formula = Formula("x", sources, steps, 0, 0)
    assert parse_formula("x", write_formula(formula)) == formula


def test_a_value_map_is_written_in_pairs():
    formula = parse_formula("status", 'state | map 1=paid "2=not paid"')
    assert formula.steps == (op.ValueMap((("1", "paid"), ("2", "not paid"))),)
    assert parse_formula("status", write_formula(formula)) == formula


def test_a_field_alone_is_a_copy_and_a_constant_needs_no_field():
    assert parse_formula("x", "a.b[]").steps == (op.Copy(),)
    assert parse_formula("x", '| constant "a | b"').run({}) == "a | b"
    assert parse_formula("x", "a | times 0.01").steps == (op.Times(Decimal("0.01")),)
    assert str(parse_formula("x", "a | upper")) == "x = a: in capitals"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "name the source fields first"),
        ("| upper", "name the source fields first"),
        ("a |", "an operation after each bar"),
        ("a || upper", "an operation after each bar"),
        ('a | join "', "close the quotes"),
        (r'a | join "\d"', "a backslash is written twice"),
        ("a | join", r"`join` needs separator \(a text\)"),
        ("a | trim 3", "`trim` needs nothing"),
        ("a | round two", r"`round` needs digits \(a whole number\)"),
        ("a | times x", r"`times` needs factor \(a number\)"),
        ("a | map 1", "pairs such as 1=paid"),
    ],
)
def test_what_does_not_parse_says_what_is_needed(text, message):
    with pytest.raises(ConfigurationError, match=message) as caught:
        parse_formula("x", text)
    assert f"`{text}`" in str(caught.value)


def test_an_unknown_operation_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'upper'"):
        parse_formula("x", "a | uper")
