from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ConfigurationError, DiscoveryError, UnknownNameError
from ipaas_discovery.matching.condition import Comparing, Condition

ORDER = {"status": "refunded", "total": 10, "paid": True, "note": "", "lines": [{"sku": "a"}, {"sku": "b"}]}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", True),
        ("status = refunded", True),
        ("status = Refunded", False),
        ("status != refunded", False),
        ("status != void", True),
        ("gone != void", True),
        ("total = 10.0", True),
        ("total > 9", True),
        ("total > 10", False),
        ("total >= 10", True),
        ("total < 10", False),
        ("total <= 10", True),
        ("total <= 9.99", False),
        ("paid = true", True),
        ("note is empty", True),
        ("note is not empty", False),
        ("gone is empty", True),
        ("status is not empty", True),
        ("status contains fund", True),
        ("status contains x", False),
        ("lines[].sku = b", True),
        ("lines[].sku != b", False),
        ("lines[].sku in (c, 'b')", True),
        ("status in (a, b)", False),
        ("status in refunded", True),
        ("status = void and total > 0", False),
        ("status = void or total > 0", True),
        ("status = void and total > 0 or paid = true", True),
        ("paid = false or status = refunded and total > 10", False),
        ('status = "a and b"', False),
        ("status>=refunded", True),
        ("status==refunded", True),
        ("  status   =   refunded  ", True),
    ],
)
def test_a_record_meets_it_or_not(text, holds):
    assert Condition.parse(text).holds(ORDER) is holds


def test_it_counts_what_meets_it_and_names_its_fields():
    condition = Condition.parse("status = refunded and total > 0 or status = void")
    assert condition.count([ORDER, {"status": "void"}, {"status": "open"}]) == 2
    assert condition.paths == ("status", "total")
    assert str(condition) == "status = refunded and total > 0 or status = void"
    with pytest.raises(UnknownNameError, match="did you mean 'state'"):
        condition.check(["state", "total"])
    condition.check(["status", "total"])


def test_quoted_values_may_hold_the_joining_words():
    assert Condition.parse("name = 'this and that' or x = 1").either == (
        (Comparing("name", "=", ("this and that",)),),
        (Comparing("x", "=", ("1",)),),
    )


@pytest.mark.parametrize(
    "text", ["status", "status =", "status = and x = 1", "= refunded", "a = 1 and", "a = b c or", "1==0 or", "a = = b"]
)
def test_what_is_no_condition_is_said_with_the_operators(text):
    with pytest.raises(ConfigurationError, match="condition"):
        Condition.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_a_condition_or_an_error_of_the_family(text):
    with suppress(DiscoveryError):
        Condition.parse(text).holds(ORDER)
