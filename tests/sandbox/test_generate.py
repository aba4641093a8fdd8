"""The committed records: they come out of the generator byte for byte, and disagree as they should."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import tools
from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.sandbox.sandbox_records import load, names, records_folder
from ipaas_discovery.sandbox.store_api.store_documents import document
from tools.sandbox.disagreements import PLACEHOLDER_EMAIL, happens, tax_cents
from tools.sandbox.make_world import make_world
from tools.sandbox.store.common import returned
from tools.sandbox.write import COLLECTIONS, write_records

FLOAT_EXACT = 2**53


def bare(code):
    return code.lstrip("0")


def customer_pairs():
    stores = {row["form_fields"][0]["value"]: row for row in load("store", "customers")}
    ours = {bare(row["customer_number"][1:]): row for row in load("ipaas", "CUSTOMER")}
    return [(ours[key], stores[key]) for key in ours if key in stores]


def product_pairs():
    stores = {row["sku"]: row for row in load("store", "products")}
    return [(row, stores[bare(row["sku"])]) for row in load("ipaas", "PRODUCT") if bare(row["sku"]) in stores]


def order_pairs():
    stores = {str(row["id"]): row for row in load("store", "orders")}
    ours = [(bare(row["transaction_number"]), row) for row in load("ipaas", "TRANSACTION")]
    return [(row, stores[key]) for key, row in ours if key in stores]


def share(values):
    values = list(values)
    return sum(values) / len(values)


def test_generating_again_gives_the_committed_bytes_whatever_the_hash_seed(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "tools.sandbox", str(tmp_path)],
        check=True,
        cwd=Path(tools.__file__).parents[1],
        env={"PYTHONHASHSEED": "4711"},
        capture_output=True,
    )
    committed = {path.relative_to(records_folder()): path.read_bytes() for path in records_folder().glob("*/*.json")}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert again == committed


def test_another_seed_makes_another_world():
    assert make_world(1) != make_world(2)
    assert make_world(1) == make_world(1)


def test_all_records_together_stay_below_four_megabytes(tmp_path):
    assert write_records(tmp_path) < 4_000_000


def test_files_left_short_are_read_whole():
    world = make_world()
    for name, draw in COLLECTIONS["store"].items():
        assert load("store", name) == json.loads(json.dumps(draw(world))), name
        assert [list(row) for row in load("store", name)] == [list(row) for row in draw(world)], name


def test_an_unknown_collection_is_answered_with_the_nearest_known_one():
    with pytest.raises(UnknownNameError, match="did you mean 'customers'"):
        load("store", "custmers")


def test_a_record_has_no_field_that_its_document_does_not_name():
    with pytest.raises(KeyError, match="shoe_size"):
        returned("CustomerGroup", {"shoe_size": 43})


@pytest.mark.parametrize(
    ("pairs", "ours", "theirs"),
    [
        (customer_pairs, "CUSTOMER", "customers"),
        (product_pairs, "PRODUCT", "products"),
        (order_pairs, "TRANSACTION", "orders"),
    ],
)
def test_six_in_ten_records_exist_on_both_sides_and_half_of_those_are_linked(pairs, ours, theirs):
    found = pairs()
    for side, name in (("ipaas", ours), ("store", theirs)):
        assert 0.55 <= len(found) / len(load(side, name)) <= 0.65
    assert 0.35 < share(bool(row["external_ids"]) for row, _ in found) < 0.65


def test_links_point_at_the_same_record_and_at_nothing_else():
    for pairs in (customer_pairs, product_pairs, order_pairs):
        for ours, theirs in pairs():
            for link in ours["external_ids"]:
                assert (link["system_id"], link["external_id"]) == (5001, str(theirs["id"]))
                assert link["internal_id"] == ours["id"]


def test_ids_are_unique_and_every_reference_leads_somewhere():
    for side in ("ipaas", "store"):
        for name in names(side):
            rows = [row for row in load(side, name) if "id" in row]
            assert len({row["id"] for row in rows}) == len(rows), name
    people = {row["id"] for row in load("ipaas", "CUSTOMER")}
    skus = {row["sku"] for row in load("ipaas", "PRODUCT")}
    skus |= {variant["sku"] for row in load("ipaas", "PRODUCT") for variant in row["variants"]}
    for row in load("ipaas", "TRANSACTION"):
        assert row["customer_id"] is None or str(row["customer_id"]) in people
        assert {line["sku"] for line in row["lines"]} <= skus
    orders = {row["id"] for row in load("store", "orders")}
    buyers = {row["id"] for row in load("store", "customers")} | {0}
    variants = {row["id"] for row in load("store", "variants")}
    assert {row["customer_id"] for row in load("store", "orders")} <= buyers
    assert {row["order_id"] for row in load("store", "order_products")} == orders
    assert {row["variant_id"] for row in load("store", "order_products")} <= variants


def test_email_case_differs_in_about_a_fifth_of_the_pairs():
    real = [(ours["email_address"], theirs["email"]) for ours, theirs in customer_pairs()]
    real = [(left, right) for left, right in real if PLACEHOLDER_EMAIL not in {left, right}]
    assert 0.1 < share(left != right for left, right in real) < 0.3
    assert all(left.lower() == right for left, right in real)


def test_several_customers_share_the_placeholder_address():
    shared = [row for row in load("ipaas", "CUSTOMER") if row["email_address"] == PLACEHOLDER_EMAIL]
    assert 3 < len(shared) < 30
    assert any(row["email"] == PLACEHOLDER_EMAIL for row in load("store", "customers"))


def test_codes_are_padded_on_one_side_only():
    assert any(ours["sku"] != theirs["sku"] for ours, theirs in product_pairs())
    padded = share(ours["transaction_number"] != str(theirs["id"]) for ours, theirs in order_pairs())
    assert 0.05 < padded < 0.2


def test_the_same_moment_is_written_with_other_offsets_and_in_another_format():
    offsets = {row["created_datetime"][-6:] for row in load("ipaas", "TRANSACTION")}
    assert offsets == {"+00:00", "-05:00"}
    v2 = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000|")
    assert all(v2.fullmatch(row["date_shipped"]) for row in load("store", "orders"))
    assert any(row["date_shipped"] == "" for row in load("store", "orders"))


def test_countries_and_states_are_codes_here_and_names_there():
    regions = {ours["addresses"][-1]["country"] for ours, _ in order_pairs()}
    assert {"US", "United States"} <= regions
    assert 0.05 < share(len(ours["addresses"][-1]["country"]) > 2 for ours, _ in order_pairs()) < 0.3
    assert all(len(theirs["billing_address"]["country"]) > 2 for _, theirs in order_pairs())


def test_a_missing_company_is_told_in_three_ways_here_and_in_one_there():
    without = [ours for ours, theirs in customer_pairs() if theirs["company"] == ""]
    told = [("absent" if "company" not in row else repr(row["company"])) for row in without]
    assert {"absent", "None", "''"} == set(told)
    assert min(told.count(way) for way in set(told)) > 10


def test_msrp_is_in_cents_and_weight_in_kilograms_here():
    for ours, theirs in product_pairs():
        assert ours["msrp"] == pytest.approx(theirs["retail_price"] * 100)
        assert ours["weight"] == pytest.approx(theirs["weight"] * 0.45359237, abs=0.0006)


def test_totals_differ_by_rounding_in_some_orders_and_never_by_more_than_cents():
    gaps = [abs(Decimal(str(ours["total"])) - Decimal(theirs["total_inc_tax"])) for ours, theirs in order_pairs()]
    assert 0.03 < share(gap > 0 for gap in gaps) < 0.4
    assert max(gaps) < Decimal("0.03")


def test_tax_per_line_is_not_tax_on_the_sum():
    percent = Decimal("8.25")
    assert sum(tax_cents(106, percent) for _ in range(3)) != tax_cents(318, percent)


@pytest.mark.parametrize(
    ("side", "name", "field"),
    [
        ("store", "customers", "loyalty_card"),
        ("store", "orders", "reward_points"),
        ("ipaas", "CUSTOMER", "tracking_guid"),
    ],
)
def test_some_fields_are_seen_in_one_of_fifty_records(side, name, field):
    assert 0.003 < share(field in row for row in load(side, name)) < 0.045


def fields(name, schema):
    return document(name)["components"]["schemas"][schema]["properties"]


def test_documents_lie_a_little():
    declared = fields("customers.v3", "Customer") | fields("orders.v2", "Order") | fields("catalog.v3", "Product")
    assert "loyalty_card" not in declared
    assert "reward_points" not in declared
    assert {row["availability"] for row in load("store", "products")} - set(declared["availability"]["enum"])
    assert {row["payment_status"] for row in load("store", "orders")} - set(declared["payment_status"]["enum"])
    assert any(row["base_variant_id"] is None for row in load("store", "products"))
    assert "nullable" not in declared["base_variant_id"]


def test_one_field_has_mixed_types():
    kinds = {type(row["payment_provider_id"]).__name__ for row in load("store", "orders")}
    assert kinds == {"int", "str", "NoneType"}


def test_some_ids_lie_beyond_what_a_float_holds():
    payments = [row["id"] for row in load("store", "order_transactions")]
    assert min(payments) > FLOAT_EXACT
    assert any(int(float(number)) != number for number in payments)
    wide = [row["customer_id"] for row in load("ipaas", "TRANSACTION") if (row["customer_id"] or 0) > FLOAT_EXACT]
    assert any(int(float(number)) != number for number in wide)


def test_names_are_written_in_other_scripts_too_and_not_escaped():
    people = [ours["first_name"] for ours, _ in customer_pairs()]
    assert sum(not name.isascii() for name in people) > 3
    assert "\\u" not in (records_folder() / "ipaas" / "CUSTOMER.json").read_text(encoding="utf-8")


def test_one_name_is_longer_than_the_store_takes():
    limit = fields("catalog.v3", "Product")["name"]["maxLength"]
    assert sum(len(row["name"]) > limit for row in load("ipaas", "PRODUCT")) == 1


def test_products_nest_what_the_platform_nests():
    rows = load("ipaas", "PRODUCT")
    for name in ("variants", "inventory", "categories", "options", "units", "alternate_ids", "related_products"):
        assert any(row[name] for row in rows), name
    assert sum(row["kit"] is not None for row in rows) > 2
    rows = load("ipaas", "TRANSACTION")
    for name in ("lines", "taxes", "payments", "tracking", "addresses", "notes"):
        assert any(row[name] for row in rows), name


def test_nobody_real_can_be_written_to():
    text = "".join(path.read_text(encoding="utf-8") for path in records_folder().rglob("*.json"))
    domains = set(re.findall(r"@([\w.-]+)", text))
    assert {domain.lower().removeprefix("firm.") for domain in domains} == {"example.test"}


def test_a_disagreement_happens_to_a_record_or_not_whatever_was_asked_before():
    first = [happens("renamed", number) for number in range(50)]
    assert [happens("renamed", number) for number in reversed(range(50))] == first[::-1]
