import pytest

from ipaas_discovery.matching.fields.place_likeness import NAMED, place_likeness


def test_likeness_of_two_places():
    assert place_likeness((), ()) == 1.0
    assert place_likeness(("billing", "address"), ("address",)) == pytest.approx(2 / 3)
    assert place_likeness(("customer",), ("address",)) == 0.0
    assert NAMED == 0.6
