from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.flows.order import implementation_order, prerequisites
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections

ORDER = {name: row.needs for name, row in ipaas_collections().items()}


def test_all_types_of_the_platform_have_a_place():
    assert len(ORDER) == 63


def test_what_a_collection_needs_stands_before_it():
    place = {name: at for at, name in enumerate(ORDER)}
    assert [(name, need) for name in ORDER for need in ORDER[name] if place[need] >= place[name]] == []


def test_plain_names_are_understood_and_unknown_ones_come_last():
    given_names = ["zebra", "Payments", "Inventory", "apple", "Transactions", "Items", "LOCATION", "Customers"]
    assert implementation_order(given_names) == [
        "Customers",
        "LOCATION",
        "Items",
        "Inventory",
        "Transactions",
        "Payments",
        "apple",
        "zebra",
    ]


@given(st.permutations(sorted(ORDER)))
def test_the_order_does_not_depend_on_the_input(names):
    assert implementation_order(names) == list(ORDER)


def test_prerequisites_name_parents_first():
    assert prerequisites("Lines") == ("TRANSACTION", "PRODUCT")
    assert prerequisites("returns") == ()
