import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Method, Shape

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_whatever_was_observed_becomes_json_and_comes_back_the_same(value):
    made = plain(value)
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_exact_numbers_stay_exact():
    assert plain([2**70, Decimal("336.32"), Decimal("0.1234567890123456789"), 1.5, float("nan")]) == [
        2**70, 336.32, "0.1234567890123456789", 1.5, "nan"]  # fmt: skip


def test_a_schema_keeps_what_it_knows_and_leaves_out_what_nobody_says():
    seen = Observed(3, 2, nulls=1, types={"string": 1, "null": 1}, top=(("x", 1),), examples=("x",))
    schema = Schema("orders", Shape.CREATE, "Shop", (Field("a", Declared(("string",), nullable=False), seen),), 3,
                    {Method.UPDATE: None, Method.ADD: "POST /orders"}, "data", "doc")  # fmt: skip
    made = schema.to_dict()
    assert made["shape"] == "received on create"
    assert made["operations"] == {"add": "POST /orders", "update": None}
    (field,) = made["fields"]
    assert field["declared"] == {"types": ["string"], "nullable": False}
    assert field["observed"]["types"] == {"null": 1, "string": 1}
    assert field["observed"]["top"] == [["x", 1]]
    assert field["observed"]["of"] == 3
    assert json.loads(json.dumps(made)) == made
