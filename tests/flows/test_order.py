from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.flows.order import (
    implementation_order,
    lacking_parent,
    plan_findings,
    planned_later,
    prerequisites,
)
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


def facts(planned, **settings):
    return [(finding.rule, finding.field, finding.fact) for finding in plan_findings(planned, **settings)]


def test_a_plan_in_order_has_no_findings():
    assert facts(["CUSTOMER", "PRODUCT", "TRANSACTION", "TRANSACTION_LINE"]) == []
    assert facts([]) == []


def test_a_child_without_its_parent_and_a_prerequisite_that_comes_later_are_told():
    assert facts(["Lines", "Customers"]) == [
        ("scope", "TRANSACTION_LINE", "its records stand in those of TRANSACTION, which is not planned")
    ]
    assert facts(["TRANSACTION", "CUSTOMER", "PRODUCT"]) == [
        ("order", "TRANSACTION", "CUSTOMER has to exist before, and is planned after it"),
        ("order", "TRANSACTION", "PRODUCT has to exist before, and is planned after it"),
    ]


def test_a_circle_is_told_once_and_the_rest_of_the_plan_is_looked_at():
    needs = {"A": ["B"], "B": ["C"], "C": ["A"], "D": ["E"], "E": []}
    told = facts(["A", "B", "C", "D", "E"], needs=needs.__getitem__)
    assert told[0][0] == "circle"
    assert told[0][2].endswith(": none of them can be the first")
    assert {"A needs B", "B needs C", "C needs A"} == set(told[0][2].split(":")[0].split(", "))
    assert told[1:] == [("order", "D", "E has to exist before, and is planned after it")]


def test_a_collection_that_needs_itself_is_a_circle():
    assert [rule for rule, _, _ in facts(["A"], needs=lambda _: ["A"])] == ["circle"]


def test_what_nobody_plans_is_neither_early_nor_late():
    assert planned_later("X", ["CUSTOMER"]) == ()
    assert lacking_parent("X", []) == ""
