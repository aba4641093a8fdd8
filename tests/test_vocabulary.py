import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, plain_names
from ipaas_discovery.vocabulary import Direction, Method, Shape


@pytest.mark.parametrize("text", ["to", "To iPaaS.com", "TO", " to ipaas.com "])
def test_a_direction_is_understood_as_people_write_it(text):
    assert Direction.parse(text) is Direction.TO


def test_both_ways_are_two_flows_on_the_platform():
    assert Direction.parse("Bi-directional").flows == (Direction.TO, Direction.FROM)
    assert [each.platform_id for each in Direction] == [1, 2, None]


def test_an_unknown_direction_names_the_nearest():
    with pytest.raises(UnknownNameError, match=r"did you mean 'To iPaaS.com'"):
        Direction.parse("to ipaas")


def test_the_platforms_numbers_of_methods():
    assert [method.sync_type for method in Method] == [1, 2, 4]
    assert [Shape.received_by(method) for method in Method] == [Shape.CREATE, Shape.UPDATE, Shape.UPDATE]


def test_plain_names_of_the_guide_are_collection_types():
    assert {collection_name(name) for name in plain_names()} == set(plain_names().values())
    assert collection_name("product variant") == "PRODUCT_VARIANT"
