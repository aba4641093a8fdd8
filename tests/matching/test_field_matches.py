import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.matching.field_matches import Matches, match_fields
from ipaas_discovery.matching.traits import leaves
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema

TYPES = {"s": "string", "i": "integer", "n": "number", "b": "boolean", "a": "array", "o": "object"}


def schema(collection, listed):
    """Fields as `path:t`, the type by its first letter."""
    pairs = (each.split(":") for each in listed.split())
    return Schema.from_fields(
        [{"path": path, "types": [TYPES[kind]]} for path, kind in sorted(pairs)], collection=collection
    )


STORE = schema(
    "orders",
    """orderId:i orderNo:s state:s placedAt:s lastModified:s currency:s buyer:o buyer.id:i buyer.eMail:s
    grandTotal:s netTotal:s vat:s freight:s couponDiscount:s itemCount:i remarks:s
    billTo:o billTo.forename:s billTo.surname:s billTo.streetAddress1:s billTo.zip:s billTo.province:s
    billTo.town:s billTo.tel:s billTo.ctry:s
    items:a items[].id:i items[].itemNo:s items[].qty:i items[].title:s items[].priceEach:s items[].lineTotal:s
    tenders:a tenders[].kind:s tenders[].amt:s parcels:a parcels[].trackingCode:s parcels[].carrier:s""",
)
PLATFORM = schema(
    "TRANSACTION",
    """id:s system_id:i transaction_number:s customer_id:i email_address:s type:s status:s discount_amount:n
    tax_amount:n shipping_amount:n subtotal:n total:n total_qty:n created_datetime:s updated_datetime:s
    addresses:a addresses[].id:s addresses[].first_name:s addresses[].last_name:s addresses[].address_1:s
    addresses[].address_2:s addresses[].city:s addresses[].region:s addresses[].country:s
    addresses[].postal_code:s addresses[].phone_number:s addresses[].is_primary_billing:b
    lines:a lines[].id:s lines[].sku:s lines[].description:s lines[].qty:n lines[].unit_price:n
    lines[].extended_price:n lines[].status:s payments:a payments[].method:s payments[].amount:n
    payments[].status:s tracking:a tracking[].tracking_number:s tracking[].shipping_method:s
    notes:a notes[].text:s notes[].type:s custom_fields:a custom_fields[].custom_field_name:s
    custom_fields[].value:s external_ids:a external_ids[].id:i external_ids[].external_id:s""",
)
GOLD = {
    "orderNo": "transaction_number",
    "state": "status",
    "placedAt": "created_datetime",
    "lastModified": "updated_datetime",
    "buyer.id": "customer_id",
    "buyer.eMail": "email_address",
    "grandTotal": "total",
    "netTotal": "subtotal",
    "vat": "tax_amount",
    "freight": "shipping_amount",
    "couponDiscount": "discount_amount",
    "itemCount": "total_qty",
    "remarks": "notes[].text",
    "billTo.forename": "addresses[].first_name",
    "billTo.surname": "addresses[].last_name",
    "billTo.streetAddress1": "addresses[].address_1",
    "billTo.zip": "addresses[].postal_code",
    "billTo.province": "addresses[].region",
    "billTo.town": "addresses[].city",
    "billTo.tel": "addresses[].phone_number",
    "billTo.ctry": "addresses[].country",
    "items[].id": "lines[].id",
    "items[].itemNo": "lines[].sku",
    "items[].qty": "lines[].qty",
    "items[].title": "lines[].description",
    "items[].priceEach": "lines[].unit_price",
    "items[].lineTotal": "lines[].extended_price",
    "tenders[].amt": "payments[].amount",
    "parcels[].trackingCode": "tracking[].tracking_number",
    "parcels[].carrier": "tracking[].shipping_method",
}


def test_known_pairs_rank_near_the_top():
    matches = match_fields(STORE, PLATFORM, top=len(PLATFORM.fields))
    ranks = {
        source: next(row.rank for row in matches.rows if (row.source, row.destination) == (source, destination))
        for source, destination in GOLD.items()
    }
    mean = sum(1 / rank for rank in ranks.values()) / len(ranks)
    assert mean >= 0.9, {source: rank for source, rank in ranks.items() if rank > 1}


def test_most_proposals_are_right_and_the_rest_is_outside_the_known_pairs():
    proposed = {each.source: each.destination for each in match_fields(STORE, PLATFORM).proposals()}
    right = [source for source, destination in GOLD.items() if proposed.get(source) == destination]
    wrong = {s: d for s, d in proposed.items() if s in GOLD and GOLD[s] != d}
    assert len(right) >= 0.8 * len(GOLD), sorted(set(GOLD) - set(right))
    assert len(wrong) <= 2, wrong


def test_the_place_decides_between_equal_names():
    left = schema("orders", "status:s items[].status:s billing.state:s")
    right = schema("TRANSACTION", "status:s lines[].status:s addresses[].region:s")
    best = {each.source: each.destination for each in match_fields(left, right).rows if each.rank == 1}
    assert best == {
        "status": "status",
        "items[].status": "lines[].status",
        "billing.state": "addresses[].region",
    }


def test_shared_values_find_what_names_hide():
    left = observe([{"f1": f"c{i}@example.test", "f2": f"part-{i:04}"} for i in range(5)])
    right = observe([{"k": f"PART-{i:04}", "m": f"C{i}@example.test"} for i in range(5)])
    best = {each.source: each for each in match_fields(left, right).rows if each.rank == 1}
    assert best["f1"].destination == "m"
    assert best["f2"].destination == "k"
    assert best["f1"].evidence["values"] == 1.0
    assert "values are shared" in best["f1"].why


def test_values_are_no_evidence_when_one_side_was_not_observed():
    match = match_fields(observe([{"sku": "part-1"}]), schema("x", "sku:s")).rows[0]
    assert match.evidence["values"] is None
    assert match.evidence["keyness"] is None
    assert match.why == "same name"


def test_objects_and_lists_of_objects_are_context_only():
    fields = "lines:a lines[].sku:s lines[].options:o tags:a tags[]:s address:o address.city:s id:i"
    assert [each.path for each in leaves(schema("orders", fields))] == ["address.city", "id", "lines[].sku", "tags[]"]


@pytest.mark.parametrize(
    ("ours", "theirs", "relation"),
    [
        (Declared(types=("integer",)), Declared(types=("string",)), "source narrower"),
        (Declared(types=("string",)), Declared(types=("integer",)), "source broader"),
        (Declared(types=("integer",)), Declared(types=("number",)), "source narrower"),
        (Declared(types=("number",)), Declared(types=("integer",)), "source broader"),
        (Declared(types=("string",), max_length=50), Declared(types=("string",), max_length=20), "source broader"),
        (Declared(types=("string",), max_length=20), Declared(types=("string",), max_length=50), "source narrower"),
        (Declared(types=("string",)), Declared(types=("string",)), "equivalent"),
        (Declared(types=("boolean",)), Declared(types=("integer",)), "related"),
        (Declared(), Declared(types=("integer",)), "equivalent"),
    ],
)
def test_the_relation_says_whether_every_value_fits(ours, theirs, relation):
    left, right = (Schema("x", fields=(Field("code", declared),), source="test") for declared in (ours, theirs))
    assert match_fields(left, right).rows[0].relation == relation


def test_observed_length_beyond_the_limit_is_broader():
    left = observe([{"code": "abcdefgh"}])
    right = Schema("x", fields=(Field("code", Declared(types=("string",), max_length=4)),), source="test")
    assert match_fields(left, right).rows[0].relation == "source broader"


@pytest.mark.parametrize(("left", "right"), [("", ""), ("id:i", ""), ("", "id:i"), ("a:o", "id:i")])
def test_empty_schemas_have_no_matches_and_an_empty_frame(left, right):
    matches = match_fields(schema("x", left), schema("y", right))
    assert matches.rows == ()
    assert list(matches.frame().columns[:7]) == ["source", "destination", "rank", "score", "relation", "kind", "why"]
    assert len(matches.frame()) == 0


def test_the_frame_has_a_column_for_each_kind_of_evidence():
    frame = match_fields(schema("x", "sku:s qty:i"), schema("y", "sku:s")).frame()
    assert list(frame.columns[9:]) == [
        "name", "concept", "path", "type", "values", "texts", "look", "description", "keyness", "agreement",
        "embedding",
    ]  # fmt: skip
    assert frame["values"].isna().all()


def test_the_ranking_is_complete_however_low_the_scores():
    matches = match_fields(schema("x", "zzz:b"), schema("y", "a:s b:s c:s d:s e:s f:s"), top=5)
    assert [each.rank for each in matches.rows] == [1, 2, 3, 4, 5]
    assert matches.proposals() == ()


def test_ties_are_broken_by_path_and_the_result_is_stable():
    left, right = schema("x", "zzz:b"), schema("y", "c:s b:s a:s")
    assert [each.destination for each in match_fields(left, right).rows] == ["a", "b", "c"]
    assert match_fields(left, right) == match_fields(left, right)


def test_the_own_name_of_a_collection_says_little():
    matches = match_fields(
        schema("orders", "number:s"), schema("TRANSACTION", "transaction_number:s tracking_number:s")
    )
    assert matches.rows[0].destination == "transaction_number"


def test_large_schemas_are_matched_in_seconds():
    words = ["id", "name", "total", "tax", "city", "qty", "sku", "date", "status", "email", "code", "note"]
    left = schema("x", " ".join(f"g{i % 50}.{words[i % 12]}_{i}:s" for i in range(600)))
    right = schema("y", " ".join(f"h{i % 30}[].{words[i % 12]}_{i}:s" for i in range(300)))
    started = time.perf_counter()
    assert len(match_fields(left, right).rows) == 600 * 5
    assert time.perf_counter() - started < 10


PATHS = st.lists(st.text("abcid_.[]Éß1 ", min_size=1, max_size=12), unique=True, max_size=8)


@given(PATHS, PATHS, st.integers(1, 4))
def test_scores_ranks_and_proposals_keep_their_promises(ours, theirs, top):
    left, right = (
        Schema("x", fields=tuple(Field(path) for path in sorted(paths)), source="test") for paths in (ours, theirs)
    )
    matches = match_fields(left, right, top=top)
    by_source = {}
    for each in matches.rows:
        assert 0 <= each.score <= 1
        assert all(part is None or 0 <= part <= 1 for part in each.evidence.values())
        by_source.setdefault(each.source, []).append(each)
    for rows in by_source.values():
        assert [each.rank for each in rows] == list(range(1, min(top, len(leaves(right))) + 1))
        assert [each.score for each in rows] == sorted((each.score for each in rows), reverse=True)
    chosen = matches.proposals(0.3)
    assert len({each.source for each in chosen}) == len(chosen)
    into = {(each.destination, Field(each.source).parent) for each in chosen}
    assert len(into) == len(chosen)
    assert all(each.score >= 0.3 for each in chosen)


def test_brothers_and_sisters_go_the_same_way():
    left = schema("o", "billing.city:s billing.zip:s billing.street_1:s pickup.zip:s pickup.hours:s")
    right = schema("t", "address.city:s address.postal_code:s address.address_1:s")
    proposed = {each.destination: each.source for each in match_fields(left, right).proposals()}
    assert proposed["address.postal_code"] == "billing.zip"


def test_no_matches_have_no_best():
    assert Matches().best("id") is None


def test_a_sheet_with_a_row_for_each_line_fills_the_lines():
    sheet = [
        "Order No",
        "Line No",
        "Line Total (USD)",
        "Line Tax",
        "Item SKU",
        "Qty (pcs)",
        "Unit Price (USD)",
        "Total",
    ]
    order = ["transaction_number", "total", "total_qty", *(f"lines[].{name}" for name in ("sku", "qty", "unit_price"))]
    order += ["lines[].sequence_number", "lines[].extended_price", "lines[].tax_amount"]
    left, right = (Schema.from_fields([{"path": path} for path in paths]) for paths in (sheet, order))
    proposed = {match.source: match.destination for match in match_fields(left, right).proposals()}
    wanted = {
        "Item SKU": "lines[].sku",
        "Qty (pcs)": "lines[].qty",
        "Unit Price (USD)": "lines[].unit_price",
        "Line Total (USD)": "lines[].extended_price",
        "Total": "total",
    }
    assert {name: proposed.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("name", ["weight-kg", "Weight (lbs)", "weight_g", "WEIGHT OZ"])
def test_a_unit_behind_a_name_says_little(name):
    left = Schema.from_fields([{"path": name}, {"path": "height-mm"}, {"path": "sku"}])
    right = Schema.from_fields([{"path": path} for path in ("weight", "height", "sku", "name")])
    assert match_fields(left, right).best(name).destination == "weight"
    assert name in {match.source for match in match_fields(left, right).proposals()}
