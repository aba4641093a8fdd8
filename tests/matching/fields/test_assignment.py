from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def schema(paths, collection=""):
    return Schema.from_fields([{"path": path} for path in paths.split()], collection=collection)


def proposed(left, right):
    return {(match.source, match.destination) for match in match_fields(left, right).proposals()}


def test_a_tie_is_left_open_and_named():
    matches = match_fields(schema("email"), schema("email_1 email_2"))
    assert matches.proposals() == ()
    assert [match.ambiguous for match in matches.rows] == [True, True]
    assert [match.confidence for match in matches.rows] == [0.0, 0.0]


def test_what_a_system_writes_itself_is_not_proposed():
    names = "id created_at updated_at sku"
    assert proposed(schema(names), schema(names)) == {("sku", "sku")}


def test_an_own_id_goes_to_no_other_records_id():
    assert proposed(schema("id"), schema("customer_id")) == set()


def test_two_addresses_feed_one_list():
    parts = "city zip first_name"
    left = schema(
        " ".join(f"{place}.{part}" for place in ("billing_address", "shipping_address") for part in parts.split())
    )
    pairs = proposed(left, schema("addresses[].city addresses[].postal_code addresses[].first_name"))
    assert {("billing_address.city", "addresses[].city"), ("shipping_address.city", "addresses[].city")} <= pairs


def test_lists_with_one_light_word_in_common_are_not_one():
    assert proposed(schema("fees[].type fees[].amount"), schema("notes[].type notes[].text")) == set()


def test_a_name_may_hold_the_place_of_the_other():
    left = schema("payment_method sku total email city")
    assert ("payment_method", "payments[].method") in proposed(left, schema("payments[].method sku total email city"))


def test_all_values_shared_propose_by_themselves():
    left = observe([{"f1": f"part-{at:04}", "f2": at} for at in range(40)])
    right = observe([{"kq": f"PART-{at:04}", "zz": at * 7919 + 100000} for at in range(40)])
    (match,) = match_fields(left, right).proposals()
    assert (match.source, match.destination) == ("f1", "kq")
    assert match.why == "40 of 40 different sampled values are shared"
