import pytest

from ipaas_discovery.flows.event_methods import event_methods
from ipaas_discovery.vocabulary import Method


@pytest.mark.parametrize(
    ("event", "methods"),
    [
        ("orders/created", [Method.ADD]),
        ("order_placed", [Method.ADD]),
        ("customer.update", [Method.UPDATE]),
        ("productDeleted", [Method.DELETE]),
        ("items/removed", [Method.DELETE]),
        ("create or update", [Method.ADD, Method.UPDATE]),
        ("order/paid", [*Method]),
        ("", [*Method]),
    ],
)
def test_an_event_tells_of_what_its_name_says(event, methods):
    assert event_methods(event) == frozenset(methods)
