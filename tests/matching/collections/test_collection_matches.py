"""Collections matched by names, parents, fields and values; what only looks like one is left, with the reason."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery import match_collections, observe
from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.candidates import candidates_of
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.connectors.connector import Connector, catalogue, load_connector

BENCH = Path(__file__).parents[2] / "benchmarks" / "bench_collections.py"
TYPES = tuple(ipaas_collections())


def bench():
    spec = importlib.util.spec_from_file_location("bench_collections", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_collections"] = module
    spec.loader.exec_module(module)
    return module


def proposed(names, ours=TYPES, **more):
    return {row.ipaas: row.third_party for row in match_collections(ours, names, **more)}


def reasons_of(matches):
    return {row["collection"]: row["reason"] for row in matches.unpaired().frame().to_dict("records")}


@pytest.mark.parametrize("half", ["tuning", "test"])
def test_the_labelled_systems_are_right_and_no_trap_is_taken(half):
    rows = [bench().judged(vendor) for vendor in bench().vendors(half)]
    right, given_, labelled, traps = (sum(row[at] for row in rows) for at in range(4))
    assert traps == 0
    assert right / given_ >= 0.95
    assert right / labelled >= 0.95


@pytest.mark.parametrize("name", [name for name in catalogue() if name != "ipaas"])
def test_every_connector_of_the_catalogue_has_its_customers_products_and_orders(name):
    chosen = proposed(load_connector(name))
    assert (chosen["CUSTOMER"], chosen["PRODUCT"]) == ("customers", "products")
    assert chosen.get("TRANSACTION", "orders") == "orders"


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["res.partner", "res.users"], {"CUSTOMER": "res.partner"}),
        (["salesOrder", "salesOrderLine"], {"TRANSACTION": "salesOrder", "TRANSACTION_LINE": "salesOrderLine"}),
        (["orders", "orders_products"], {"TRANSACTION": "orders", "TRANSACTION_LINE": "orders_products"}),
        (["BusinessPartners"], {"CUSTOMER": "BusinessPartners"}),
        (["thirdparties"], {"CUSTOMER": "thirdparties"}),
        (["users", "carts"], {"CUSTOMER": "users", "TRANSACTION": "carts"}),
        (["Catalog_Контрагенты", "Document_Заказы"], {"CUSTOMER": "Catalog_Контрагенты"}),
        (["klanten", "orderregels", "voorraad"],
         {"CUSTOMER": "klanten", "TRANSACTION_LINE": "orderregels", "PRODUCT_INVENTORY": "voorraad"}),
        (["Aufträge", "Auftragspositionen"], {"TRANSACTION": "Aufträge", "TRANSACTION_LINE": "Auftragspositionen"}),
        (["clienti", "ordini", "righe_ordine"],
         {"CUSTOMER": "clienti", "TRANSACTION": "ordini", "TRANSACTION_LINE": "righe_ordine"}),
        (["acme_customers"], {"CUSTOMER": "acme_customers"}),
        (["stock_items"], {"PRODUCT": "stock_items"}),
        (["stock_items", "products"], {"PRODUCT": "products", "PRODUCT_INVENTORY": "stock_items"}),
        (["accounts", "contacts", "deals"], {"CUSTOMER_COMPANY": "accounts", "CUSTOMER": "contacts"}),
    ],
)  # fmt: skip
def test_names_are_read_as_words_and_beside_each_other(names, pairs):
    assert pairs.items() <= proposed(names).items()


@pytest.mark.parametrize(
    ("names", "type_name", "trap", "reason"),
    [
        (["contacts", "users"], "CUSTOMER", "users", "staff"),
        (["customers", "customer_users"], "CUSTOMER", "customers", "companies"),
        (["companies", "customers", "vendors"], "CUSTOMER_COMPANY", "companies", "the system's own"),
        (["accounts", "contacts"], "CUSTOMER_COMPANY", "accounts", "ledger"),
        (["carts", "orders"], "TRANSACTION", "carts", "not ordered yet"),
        (["sales", "orders"], "TRANSACTION", "orders", "suppliers"),
        (["transactions", "orders"], "TRANSACTION", "transactions", "payments"),
    ],
)
def test_a_trap_is_shown_with_its_reason_and_not_taken(names, type_name, trap, reason):
    matches = match_collections(TYPES, names)
    (row,) = [row for row in matches.rows if (row.ipaas, row.third_party) == (type_name, trap)]
    assert not row.proposed
    assert reason in row.caution
    assert row.score < 0.5


@pytest.mark.parametrize(
    "trap", ["stock_movements", "itemLedgerEntries", "purchase_orders", "bank_transactions", "taxes"]
)
def test_what_is_something_else_altogether_is_no_candidate(trap):
    assert not match_collections(TYPES, [trap]).rows
    reasons = dict(
        match_collections(TYPES, [trap]).unpaired().frame()[["collection", "reason"]].itertuples(index=False)
    )
    assert reasons[trap] == "no type of iPaaS.com has a name or fields like it"


def test_a_connectors_calls_speak_against_its_names():
    chosen = proposed(load_connector("business_central"))
    assert "CUSTOMER_COMPANY" not in chosen
    assert "PRODUCT_INVENTORY" not in chosen


def test_a_tie_is_no_proposal_and_says_so():
    matches = match_collections(["CUSTOMER"], ["acme_customers", "emca_customers"])
    assert matches.proposals() == ()
    assert [(row.rank, row.runner_up, row.margin) for row in matches.rows] == [
        (1, "emca_customers", 0.0), (2, "", 0.76),
    ]  # fmt: skip
    reasons = reasons_of(matches)
    told = "it may belong to CUSTOMER, but {} fits as well: nothing tells them apart"
    assert reasons["acme_customers"] == told.format("emca_customers")
    assert reasons["emca_customers"] == told.format("acme_customers")


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["orders_2", "orders"], "orders"),
        (["orders2", "orders_3", "orders"], "orders"),
        (["orders_1", "orders_2"], None),
    ],
)
def test_of_names_that_differ_by_a_number_the_one_without_is_proposed(names, taken):
    assert proposed(names).get("TRANSACTION") == taken


def test_lists_inside_records_are_offered_as_child_collections():
    fields = [{"path": path} for path in ("id", "items[].sku", "items[].qty", "addresses[].city", "categories[].id")]
    orders = Schema.from_fields(fields, collection="orders")
    matches = match_collections(TYPES, {"orders": orders})
    assert {row.ipaas: (row.third_party, row.inside) for row in matches} == {
        "TRANSACTION": ("orders", ""),
        "TRANSACTION_LINE": ("orders.items", "orders"),
        "TRANSACTION_ADDRESS": ("orders.addresses", "orders"),
    }


def test_a_list_inside_records_that_is_in_no_pair_is_no_unpaired_collection():
    orders = Schema.from_fields([{"path": path} for path in ("id", "items[].sku", "items[].qty")], collection="orders")
    rows = match_collections(["TRANSACTION"], {"orders": orders, "x": None}).unpaired().frame()
    assert rows["collection"].tolist() == ["x"]


def test_a_collection_of_its_own_goes_before_the_list():
    orders = Schema.from_fields([{"path": "lines[].sku"}], collection="orders")
    assert proposed({"orders": orders, "order_lines": None})["TRANSACTION_LINE"] == "order_lines"


def test_fields_and_values_decide_where_names_say_nothing():
    people = [
        {"id": n, "first_name": f"Ada{n}", "last_name": f"Test{n}", "email": f"a{n}@example.test"} for n in range(9)
    ]
    things = [{"code": f"T-{n}", "label": f"thing {n}"} for n in range(9)]
    matches = match_collections({"CUSTOMER": people}, {"zq1": things, "zq2": people})
    assert [(row.ipaas, row.third_party) for row in matches] == [("CUSTOMER", "zq2")]
    assert matches.rows[0].evidence["values"] == 1.0
    assert "100% of the telling values" in matches.rows[0].why


def test_equal_values_raise_the_score_and_are_evidence():
    people = observe([{"email": f"a{n}@example.test", "name": f"Ada Test {n}"} for n in range(9)])
    alone = match_collections(["CUSTOMER"], ["contacts"]).best("CUSTOMER")
    same = match_collections({"CUSTOMER": people}, {"contacts": people}).best("Customers")
    assert (alone.evidence["fields"], alone.evidence["values"]) == (None, None)
    assert same.evidence["fields"] == pytest.approx(1.0)
    assert alone.score < same.score <= 0.99


def test_the_frame_has_every_candidate_with_its_evidence():
    frame = match_collections(["CUSTOMER"], ["contacts", "users", "stones"]).frame()
    assert frame["third_party"].tolist() == ["contacts", "users"]
    assert frame["proposed"].tolist() == [True, False]
    assert frame.loc[0, "runner_up"] == "users"
    assert frame.loc[0, "why"] == "the name reads as contact"


def test_unpaired_collections_of_both_sides_have_a_reason():
    matches = match_collections(
        ["CUSTOMER", "SHIPMENT", "MESSAGE", "WHATEVER"], ["shoppers", "clients", "shipments", "x"]
    )
    rows = reasons_of(matches)
    assert rows["MESSAGE"] == "no collection of the third party has a name or fields like it"
    assert rows["WHATEVER"] == "it is no collection type of iPaaS.com"
    assert rows["SHIPMENT"] == "shipments may belong to it, but the platform does not implement SHIPMENT yet"
    assert rows["x"] == "no type of iPaaS.com has a name or fields like it"
    assert set(rows) == {"MESSAGE", "WHATEVER", "SHIPMENT", "x", "CUSTOMER", "shoppers", "clients", "shipments"}


def test_pairs_of_ones_own_are_what_the_unpaired_are_beside():
    matches = match_collections(["CUSTOMER", "PRODUCT"], ["customers", "products"])
    rows = matches.unpaired([("CUSTOMER", "customers")]).frame().to_dict("records")
    assert [(row["collection"], row["reason"]) for row in rows] == [
        ("PRODUCT", "products may belong to it, but nobody has paired them"),
        ("products", "it may belong to PRODUCT, but nobody has paired them"),
    ]


def test_plain_names_of_the_guide_are_types_too():
    assert proposed(["orders"], ours=["Transactions"]) == {"TRANSACTION": "orders"}


@pytest.mark.parametrize("names", [[], ["", "?", "1", "v2"], ["顧客"], ["a" * 5000], ["order" * 200]])
def test_odd_names_are_no_error(names):
    matches = match_collections(TYPES, names)
    assert len(matches.unpaired().frame()) + 2 * len(matches) == len(TYPES) + len(set(names))


@given(st.lists(st.text(max_size=30), unique=True, max_size=8))
def test_any_names_are_matched_alike_in_any_order(names):
    assert proposed(names, ours=["CUSTOMER", "TRANSACTION"]) == proposed(names[::-1], ours=["CUSTOMER", "TRANSACTION"])


def test_one_name_alone_is_no_list():
    with pytest.raises(SourceError, match="give a list"):
        match_collections(["CUSTOMER"], "customers")


def connector(base_url, scope, **lists):
    return Connector.model_validate(
        {
            "title": "Till", "version": "1", "default_environment": "own", "auth": {"kind": "none"}, "scope": scope,
            "environments": {"own": {"base_url": base_url}},
            "collections": {name: {"list": path} for name, path in lists.items()},
        }
    )  # fmt: skip


def told(source, type_name, collection):
    rows = match_collections(TYPES, source).rows
    return next(row for row in rows if (row.ipaas, row.third_party) == (type_name, collection))


def test_what_few_collections_are_asked_for_under_is_a_collection_as_others_are():
    few = connector(
        "https://till.test", {"location_id": "one of locations"},
        locations="/v2/locations", old_sales="/v1/{location_id}/sales", customers="/v2/customers", items="/v2/items",
    )  # fmt: skip
    assert told(few, "LOCATION", "locations").proposed


@pytest.mark.parametrize(
    ("base_url", "prefix", "count"),
    [("https://erp.test", "/companies/{company_id}", "2 of 3"), ("https://erp.test/{company_id}", "", "3 of 3")],
)
def test_what_most_collections_are_asked_for_under_is_the_systems_own(base_url, prefix, count):
    most = connector(
        base_url, {"company_id": "the company"},
        companies="/all", customers=f"{prefix}/customers", orders=f"{prefix}/orders", currencies="/currencies",
    )  # fmt: skip
    row = told(most, "CUSTOMER_COMPANY", "companies")
    assert not row.proposed
    wanted = f"{count} other collections are asked for under one of companies: they are the system's own"
    assert row.caution == wanted


def test_half_of_the_others_are_not_most():
    half = connector(
        "https://erp.test", {"company_id": "the company"},
        companies="/companies", contacts="/{company_id}/contacts", deals="/deals", leads="/leads",
        orders="/{company_id}/orders",
    )  # fmt: skip
    assert "system's own" not in told(half, "CUSTOMER_COMPANY", "companies").caution


def test_of_two_versions_of_a_collection_the_later_one_is_proposed():
    both = connector("https://till.test", {}, v1_orders="/v1/orders", orders="/v2/orders", customers="/v1/customers")
    assert told(both, "TRANSACTION", "orders").proposed
    row = told(both, "TRANSACTION", "v1_orders")
    assert not row.proposed
    assert row.caution == "orders is the same in version 2 of the API, this is version 1"
    assert told(both, "CUSTOMER", "customers").proposed


def test_the_call_that_reads_a_collection_tells_its_version():
    both = connector("https://till.test", {}, v1_orders="/v1/orders")
    searched = both.collections["v1_orders"].model_validate({"search": {"path": "/v2/orders/search", "body": {}}})
    both = both.model_copy(update={"collections": {**both.collections, "orders": searched}})
    assert told(both, "TRANSACTION", "orders").proposed


def test_of_equals_the_one_with_the_types_own_name_is_proposed():
    assert proposed(["sites", "locations"])["LOCATION"] == "locations"
    assert proposed(["outlets", "sites"]).get("LOCATION") is None


def test_lists_of_objects_inside_records_are_collections_too_and_single_objects_are_none():
    order = {"id": 1, "billing": {"city": "Ulm"}, "lines": [{"sku": "a", "taxes": [{"rate": 1}]}], "tags": ["a"]}
    candidates = candidates_of(["orders"], {"orders": [order]})
    assert [one.name for one in candidates] == ["orders", "orders.lines", "orders.lines.taxes"]
