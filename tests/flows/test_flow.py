import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Direction, Method


def schema(*paths, **names):
    return Schema.from_fields([{"path": path} for path in paths], **names)


def flow(source, destination, mappings):
    return Flow.of((source, destination), mappings, Direction.TO, Method.ADD)


@pytest.mark.parametrize("pair", [("emial", "mail"), ("email", "mial")])
def test_a_misspelt_path_is_answered_with_the_nearest(pair):
    with pytest.raises(UnknownNameError, match=r"did you mean '(email|mail)'") as caught:
        flow(schema("email", system="store"), schema("mail", system="store"), [pair])
    assert "(store returned)" in str(caught.value)


def test_an_unknown_destination_has_no_paths_to_be_wrong_about():
    assert flow(schema("email"), Schema(), [("email", "anything")]).edges == ()


def test_proposals_that_the_shape_does_not_receive_are_left_out():
    matches = match_fields(schema("email", "sku"), schema("email", "sku"))
    result = flow(schema("email", "sku"), schema("email"), matches)
    assert [edge.destination.path for edge in result.edges] == ["email"]
    assert result.left_out == ("sku",)


def test_a_mapping_below_a_list_fills_the_list():
    result = flow(
        schema("items[].sku"), schema("lines", "lines[].sku", "lines_total"), [("items[].sku", "lines[].sku")]
    )
    assert len(result.into("lines")) == 1
    assert result.into("lines_total") == ()
