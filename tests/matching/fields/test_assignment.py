from dataclasses import replace

import pytest

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.assignment import assign
from ipaas_discovery.matching.fields.candidate import Candidate
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def schema(paths, collection=""):
    return Schema.from_fields([{"path": path} for path in paths.split()], collection=collection)


def proposed(left, right):
    return {(match.source, match.destination) for match in match_fields(left, right).proposals()}


def test_a_tie_is_left_open_and_named():
    matches = match_fields(schema("email"), schema("email_x email_y"))
    assert matches.proposals() == ()
    assert [match.ambiguous for match in matches.rows] == [True, True]
    assert [match.confidence for match in matches.rows] == [0.0, 0.0]


def test_what_has_no_order_is_the_first_of_several():
    assert proposed(schema("email"), schema("email_1 email_2")) == {("email", "email_1")}
    ours = schema("address_1.city address_2.city address_1.zip address_2.zip")
    theirs = schema("shipping.town billing.town shipping.postcode billing.postcode")
    assert {pair for pair in proposed(ours, theirs) if "town" in pair[1]} == {
        ("address_1.city", "billing.town"),
        ("address_2.city", "shipping.town"),
    }


def test_a_list_feeds_its_namesake_and_no_other_that_has_more_alike():
    address = "first_name last_name city postal_code phone"
    ours = schema(
        "rows[].quantity rows[].sku parcels[].rows[].quantity "
        + " ".join(f"parcels[].to.{part}" for part in address.split())
    )
    theirs = schema("lines[].qty lines[].sku " + " ".join(f"lines[].address.{part}" for part in address.split()))
    assert proposed(ours, theirs) == {("rows[].quantity", "lines[].qty"), ("rows[].sku", "lines[].sku")}


def test_without_a_namesake_a_list_goes_where_most_is_alike():
    parts = "sku quantity unit_price description"
    ours, theirs = (schema(" ".join(f"{name}[].{part}" for part in parts.split())) for name in ("wares", "lines"))
    assert len(proposed(ours, theirs)) == len(parts.split())


def typed(*rows, collection=""):
    return Schema.from_fields(
        [{"path": path, "types": [kind], **more} for path, kind, more in rows], collection=collection
    )


def test_words_go_into_no_number():
    unit = ("weight_unit", "string", {"enum": ["POUND", "GRAM"]})
    assert not proposed(typed(unit), typed(("weight", "number", {})))
    assert proposed(typed(unit), typed(("weight_unit", "string", {})))
    sizes = ("weight", "string", {"enum": ["0.5", "1"]})
    assert proposed(typed(sizes), typed(("weight", "number", {}))) == {("weight", "weight")}


def test_an_id_is_no_name():
    assert not proposed(schema("customer_ids[]"), schema("customer_name email"))
    assert not proposed(schema("customer_name"), schema("customer_id"))
    assert proposed(schema("order_name"), schema("order_number")) == {("order_name", "order_number")}


def test_a_field_of_one_installation_needs_the_words_themselves():
    theirs = typed(*((f"custom_fields{{{name}}}.value", "string", {}) for name in ("customer_origin", "Tax Exempt")))
    assert not proposed(schema("address.country tax_ids.eu_vat"), theirs)
    assert proposed(schema("tax_exempt"), theirs) == {("tax_exempt", "custom_fields{Tax Exempt}.value")}


def test_one_value_and_a_list_of_values_need_the_words_themselves():
    groups = ("location_groups", "array", {})
    assert not proposed(typed(("type", "string", {})), typed(groups))
    assert proposed(typed(("location_group", "string", {})), typed(groups)) == {("location_group", "location_groups")}


def test_the_id_of_another_record_is_no_number_of_this_one():
    assert not proposed(schema("warehouse_id sku"), schema("invoice_number email"))
    assert proposed(schema("customer_id"), schema("customer_number")) == {("customer_id", "customer_number")}


def test_flags_that_have_nothing_in_common_are_two():
    refunded, shipping = ("is_refunded", "boolean", {}), ("is_primary_shipping", "boolean", {})
    assert not proposed(typed(refunded), typed(shipping))
    assert proposed(typed(("refunded", "boolean", {})), typed(refunded)) == {("refunded", "is_refunded")}
    assert proposed(typed(("enabled", "boolean", {})), typed(("is_active", "boolean", {})))


def test_one_place_makes_no_names_alike():
    ours = schema("lines[].sku lines[].qty lines[].unit_price lines[].description")
    theirs = schema("products[].sku products[].quantity products[].price_each products[].wrapping_message")
    assert ("lines[].description", "products[].wrapping_message") not in proposed(ours, theirs)
    assert ("lines[].unit_price", "products[].price_each") in proposed(ours, theirs)


def test_a_total_is_no_elements_amount():
    ours = schema("subtotal_tax sku email city")
    assert ("subtotal_tax", "taxes[].amount") not in proposed(ours, schema("taxes[].amount sku email city"))


def test_an_address_of_a_line_is_no_part_of_the_bill():
    parts = "city postal_code first_name"
    ours = schema(
        "items[].sku items[].quantity items[].title " + " ".join(f"billing_address.{part}" for part in parts.split())
    )
    theirs = schema(
        "lines[].sku lines[].qty lines[].title "
        + " ".join(f"{place}.{part}" for place in ("lines[].address", "addresses[]") for part in parts.split())
    )
    bill = {pair[1] for pair in proposed(ours, theirs) if pair[0].startswith("billing")}
    assert bill == {f"addresses[].{part}" for part in parts.split()}


def test_a_nested_id_is_a_reference_and_no_id_of_its_own():
    pairs = proposed(schema("seller_item_id buyer_item_id"), schema("seller_item.id buyer_item.id"))
    assert pairs == {("seller_item_id", "seller_item.id"), ("buyer_item_id", "buyer_item.id")}


def test_an_object_that_is_one_value_needs_no_other_fields_of_its_own():
    ours = schema("ticket_state city email phone")
    assert ("ticket_state", "ticket_state.name") in proposed(
        ours, schema("ticket_state.name ticket_state.id city email phone")
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "key"),
    [
        ("id email", "id external_id customer_number email", "external_id"),
        ("id email", "id customer_number email", "customer_number"),
        ("id email", "id reference email", "reference"),
        ("id email", "id code email", "code"),
        ("id email", "id email", None),
    ],
)
def test_an_own_id_goes_to_the_external_one_or_to_the_number_that_people_call_the_record_by(ours, theirs, key):
    sides = (schema(paths, "customers") for paths in (ours, theirs))
    chosen = {match.source: match.destination for match in match_fields(*sides).proposals()}
    assert chosen.get("id") == key


def test_what_people_call_the_record_by_goes_there_before_the_id():
    sides = (schema(paths, "customers") for paths in ("id code email", "id customer_number email"))
    chosen = {match.source: match.destination for match in match_fields(*sides).proposals()}
    assert chosen == {"code": "customer_number", "email": "email"}


def test_an_own_id_goes_to_no_record_that_is_held_and_to_that_which_holds_all():
    assert proposed(schema("id email"), schema("customer.id email")) == {("email", "email")}
    assert proposed(schema("id email"), schema("customer.id customer.email")) == {
        ("id", "customer.id"),
        ("email", "customer.email"),
    }
    assert ("id", "external_id") in proposed(schema("id email"), schema("external_id email"))


def test_what_is_all_but_sure_needs_no_other_fields_of_its_object():
    pairs = proposed(schema("website phone city email"), schema("web_addr.website phone city email"))
    assert ("website", "web_addr.website") in pairs


def test_what_records_do_not_speak_for_gives_way_to_a_better_name():
    fields = traits_of(schema("city_a city_b"), Thesaurus.load()), traits_of(schema("city"), Thesaurus.load())
    better, other = Candidate(0, 0, 0.5, 0.9), Candidate(1, 0, 0.6, 0.6)
    assert assign([better, other], *fields).chosen == (better,)
    near, shown = replace(other, alone=0.71, score=0.71), replace(other, alone=0.5)
    assert assign([better, near], *fields).chosen == (near,)
    assert assign([better, shown], *fields).chosen == (shown,)


def test_the_schemas_alone_break_a_tie():
    fields = traits_of(schema("a b"), Thesaurus.load()), traits_of(schema("c"), Thesaurus.load())
    first, second = Candidate(0, 0, 0.9, 0.8), Candidate(1, 0, 0.9, 0.6)
    assert assign([first, second], *fields).chosen == (first,)
    assert assign([first, replace(second, alone=0.8)], *fields).ambiguous == {0, 1}


def test_records_that_speak_for_two_decide_nothing_where_the_names_do_not():
    fields = traits_of(schema("a b"), Thesaurus.load()), traits_of(schema("c"), Thesaurus.load())
    first, second = Candidate(0, 0, 0.95, 0.7, 0.5, 0.9), Candidate(1, 0, 0.9, 0.6, 0.5, 0.85)
    assert assign([first, second], *fields).ambiguous == {0, 1}
    assert assign([replace(first, named=0.6), second], *fields).chosen == (replace(first, named=0.6),)
    assert assign([first, replace(second, shown=0.79)], *fields).chosen == (first,)
    few = replace(first, shown=0.55), replace(second, shown=0.49)
    assert assign(few, *fields).chosen == few[:1]


def test_what_a_system_writes_itself_is_not_proposed():
    names = "id created_at updated_at sku"
    assert proposed(schema(names), schema(names)) == {("sku", "sku")}


def test_a_name_that_says_little_has_to_share_a_word():
    table = traits_of(schema("type_id group_type location_groups"), Thesaurus.load())
    groups, shared, little = table
    assert [traits.path for traits in table] == ["group_type", "location_groups", "type_id"]
    likely = Candidate(0, 0, 0.64, alone=0.64)
    assert not assign([likely], [little], [shared]).chosen
    assert assign([likely], [little], [groups]).chosen


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


def test_names_that_only_touch_are_not_proposed_where_little_is_sure_or_a_list_of_names_is_filled():
    def chosen(ours, theirs, score, **more):
        fields = [traits_of(schema(path), Thesaurus.load()) for path in (ours, theirs)]
        return bool(assign([Candidate(0, 0, score, **{"alone": score, **more})], *fields).chosen)

    assert not chosen("loyalty_card", "loyalty_points", score=0.64)
    assert chosen("loyalty_card", "loyalty_points", score=0.65)
    assert chosen("loyalty_card", "loyalty_points", score=0.64, valued=0.5)
    assert chosen("loyalty_card", "loyalty_points", score=0.64, shown=0.5)
    assert chosen("loyalty_card", "loyalty_points", score=0.64, alone=0.6)
    assert not chosen("loyalty_card", "custom_fields{Loyalty_Points}.value", score=0.9)
    assert chosen("loyalty_points", "custom_fields{Loyalty_Points}.value", score=0.9)
    assert chosen("loyalty_points", "points", score=0.6)
    assert not chosen("created_date", "trigger_account_created_notification", score=0.6)


def test_members_of_a_map_have_names_that_are_data_and_are_not_proposed():
    assert proposed(schema("card_type"), schema("card_type.*")) == set()
    assert proposed(schema("card_type.*"), schema("card_type")) == set()


def test_a_field_goes_into_an_object_within_its_own_only_by_its_name():
    parts = "sku quantity unit_price"
    left = schema(" ".join(f"rows[].{part}" for part in f"{parts} ship_date account_id".split()))
    right = schema(" ".join(f"lines[].{part}" for part in f"{parts} address.ship_date address.company".split()))
    pairs = proposed(left, right)
    assert ("rows[].ship_date", "lines[].address.ship_date") in pairs
    assert ("rows[].account_id", "lines[].address.company") not in pairs


def test_a_match_on_its_own_level_goes_before_one_in_a_list():
    left = schema("options[].name options[].position options[].values[]")
    inner = "options[].values[].option_name options[].values[].order options[].values[].value"
    pairs = proposed(left, schema(f"options[].option_name options[].order {inner}"))
    assert ("options[].name", "options[].option_name") in pairs


def test_objects_that_each_go_with_another_share_no_field():
    parts = "city zip street"
    left = schema(
        " ".join(f"{name}.{part}" for name in ("billTo", "shipTo") for part in f"{parts}".split())
        + " billTo.residential"
    )
    right = schema(
        " ".join(f"{name}.{part}" for name in ("billing", "shipping") for part in parts.split())
        + " shipping.residential"
    )
    assert ("billTo.residential", "shipping.residential") not in proposed(left, right)
    assert ("billTo.city", "billing.city") in proposed(left, right)


def test_a_field_that_nothing_rivals_may_go_into_a_list_alone():
    ours = schema("id title currency body picture.width")
    assert ("currency", "price_ranges[].currency") in proposed(
        ours, schema("id headline text price_ranges[].currency price_ranges[].minimum price_ranges[].maximum")
    )


def test_a_light_name_does_not_go_into_a_list_alone():
    ours = schema("fees[].type fees[].id")
    assert proposed(ours, schema("notes[].type notes[].text")) == set()


@pytest.mark.parametrize(
    ("ours", "theirs", "proposed"),
    [
        ({}, {}, True),
        ({}, {"read_only": True}, False),
        ({"read_only": True}, {}, True),
        ({"description": "Deprecated, use `qty`."}, {}, False),
        ({}, {"description": "[Obsolete] The amount."}, False),
        ({}, {"description": "How much. Read-only."}, False),
        ({}, {"description": "This field is internal only."}, False),
        ({}, {"description": "Replaces the deprecated `amount`."}, True),
        ({}, {"description": "Once the order is read only its status tells."}, True),
    ],
)
def test_what_documents_call_withdrawn_or_unwritable_is_not_proposed(ours, theirs, proposed):
    left, right = (Schema.from_fields([{"path": "quantity", **more}, {"path": "sku"}]) for more in (ours, theirs))
    matches = match_fields(left, right)
    assert matches.best("quantity").destination == "quantity"
    assert ("quantity" in {match.source for match in matches.proposals()}) is proposed
