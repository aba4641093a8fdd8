"""Names for groups of calls."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.saved_calls.grouping import _name


@pytest.mark.parametrize(
    ("word", "base", "taken", "name"),
    [
        ("orders", ("orders",), set(), "orders"),
        ("orders", ("shop", "orders"), {"orders"}, "shop_orders"),
        ("orders", ("eu", "shop", "orders"), {"orders", "shop_orders"}, "eu_shop_orders"),
        ("orders", ("orders",), {"orders"}, "orders_2"),
        ("order-lines", ("order-lines",), set(), "order_lines"),
        ("$", ("$",), set(), "records"),
    ],
)
def test_a_name_is_the_last_word_of_the_path_with_those_before_it_where_it_is_taken(word, base, taken, name):
    assert _name(word, base, None, taken) == name
