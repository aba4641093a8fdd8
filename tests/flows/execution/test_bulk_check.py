from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.flows.execution.bulk_check import proof_for
from ipaas_discovery.flows.execution.constraints import judge
from ipaas_discovery.flows.execution.field_check import FieldCheck
from ipaas_discovery.schemas.schema import Declared, Field

TEXT, NUMBER, WHOLE, YES = (Declared(types=(kind,)) for kind in ("string", "number", "integer", "boolean"))
DATE = replace(TEXT, format="date")


@pytest.mark.parametrize(
    ("declared", "values"),
    [
        (Declared(), ["a", "b"]),
        (Declared(), [1, 2.5]),
        (TEXT, ["a", "b"]),
        (TEXT, [1, 2]),
        (replace(TEXT, max_length=2, min_length=1), ["a", "ab"]),
        (replace(TEXT, pattern="^a"), ["a", "ab"]),
        (replace(TEXT, enum=("a", "b")), ["a", "b", "a"]),
        (DATE, ["2026-01-02", "2024-02-29"]),
        (replace(TEXT, format="html"), ["<p>"]),
        (NUMBER, [1, 2.5, Decimal("3.25")]),
        (replace(NUMBER, minimum=0, maximum=10), [0, 10]),
        (replace(NUMBER, exclusive_minimum=0, exclusive_maximum=10), [0.5, 9.5]),
        (NUMBER, [2**53 - 1, -(2**53) + 1]),
        (replace(WHOLE, format="int32"), [2**31 - 1, -(2**31)]),
        (WHOLE, [1, 2]),
        (YES, [True, False]),
        (TEXT, []),
    ],
)
def test_a_column_that_fits_is_proven_at_once(declared, values):
    assert proof_for(Field("a", declared))(values)


@pytest.mark.parametrize(
    ("declared", "values"),
    [
        (TEXT, ["a", 1]),
        (TEXT, [1.5]),
        (TEXT, [True]),
        (TEXT, [{}]),
        (replace(TEXT, max_length=2), ["abc"]),
        (replace(TEXT, max_length=2), [1]),
        (replace(TEXT, min_length=2), ["ab", "a"]),
        (replace(TEXT, pattern="^a"), ["a", "b"]),
        (replace(TEXT, enum=("a",)), ["a", "b"]),
        (replace(TEXT, enum=("a",)), [1]),
        (replace(TEXT, enum=("abc",), max_length=2), ["abc"]),
        (DATE, ["2026-01-02", "2026-02-30"]),
        (DATE, ["2026-01-02", "soon"]),
        (replace(TEXT, format="int64"), ["1"]),
        (replace(NUMBER, minimum=0), [-1]),
        (replace(NUMBER, maximum=10), [11]),
        (replace(NUMBER, exclusive_minimum=0), [0]),
        (replace(NUMBER, exclusive_maximum=10), [10]),
        (replace(NUMBER, format="money"), [1]),
        (replace(NUMBER, format="decimal(4,2)"), [1]),
        (replace(NUMBER, enum=(1,)), [1]),
        (NUMBER, [2**53]),
        (NUMBER, [-(2**53) - 1]),
        (NUMBER, [float("nan"), 1.0]),
        (replace(WHOLE, format="int32"), [2**31]),
        (WHOLE, [1.5]),
        (YES, [True, 1]),
        (replace(YES, enum=(True,)), [True]),
        (NUMBER, [True]),
        (WHOLE, ["1"]),
    ],
)
def test_what_may_not_fit_is_not_proven(declared, values):
    assert not proof_for(Field("a", declared))(values)


VALUES = st.one_of(
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.sampled_from(["a", "abc", "1", "true", "2026-01-02", "2026-02-30", "2026-01-02T10:00:00Z", "ada@example.test"]),
)
DECLARED = st.builds(
    Declared,
    types=st.sampled_from([(), ("string",), ("integer",), ("number",), ("boolean",), ("string", "number")]),
    format=st.sampled_from(
        [None, "date", "date-time", "email", "int32", "int64", "money", "float", "decimal(5,2)", "html"]
    ),
    max_length=st.sampled_from([None, 0, 3]),
    min_length=st.sampled_from([None, 2]),
    enum=st.sampled_from([(), ("a", "abc"), (1, "1"), (True,)]),
    pattern=st.sampled_from([None, "^a", "("]),
    minimum=st.sampled_from([None, 0, 0.1]),
    maximum=st.sampled_from([None, 10]),
    exclusive_minimum=st.sampled_from([None, 0]),
    exclusive_maximum=st.sampled_from([None, 10.5]),
)


@given(DECLARED, st.lists(VALUES, max_size=4))
def test_what_is_proven_is_true_of_each_value(declared, values):
    field = Field("a", declared)
    if proof_for(field)(values):
        judged = [judge(field)(value) for value in values]
        assert not [one for one in judged if one.problem or one.loss]


@given(DECLARED, VALUES, VALUES, st.lists(st.integers(0, 40), max_size=3))
def test_flaws_found_by_halves_are_those_of_each_value(declared, common, odd, places):
    field, values = Field("a", declared), [odd if at in places else common for at in range(41)]
    expected = [(at, judge(field)(value)) for at, value in enumerate(values)]
    flaws = [(at, judged) for at, _, judged in FieldCheck(field).flaws(values)]
    assert repr(flaws) == repr([(at, judged) for at, judged in expected if judged.problem or judged.loss])


def test_a_whole_number_beyond_what_floats_keep_is_no_proof_where_any_number_is_taken():
    assert not proof_for(Field("a", Declared(types=("number",), format="int64")))([float(2**53)])
    assert proof_for(Field("a", Declared(types=("integer",), format="int64")))([2**53])
