"""Each connector of the catalogue against a small server with that vendor's manners: all records, each once."""

from __future__ import annotations

import re

import pytest
from systems.vendors.adobe_commerce import AdobeCommerce
from systems.vendors.bigcommerce import BigCommerce
from systems.vendors.business_central import BusinessCentral
from systems.vendors.counterpoint import Counterpoint
from systems.vendors.ipaas import IPaaS
from systems.vendors.medusa import Medusa
from systems.vendors.oscar import Oscar
from systems.vendors.shopify import Shopify
from systems.vendors.shopify_graphql import ShopifyGraphQL
from systems.vendors.square import Square
from systems.vendors.woocommerce import WooCommerce
from systems.vendors.xero import Xero

from ipaas_discovery.errors import MissingCredentialError, RefusedError, ResponseError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.probing.probe import probe
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.system import System
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.connectors.connector import catalogue, load_connector

VENDORS = (
    AdobeCommerce, BigCommerce, BusinessCentral, Counterpoint, IPaaS, Medusa, Oscar, Shopify, ShopifyGraphQL, Square,
    WooCommerce, Xero,
)  # fmt: skip
ALL = Plan(pages=50, size=3)
NAMED = pytest.mark.parametrize("vendor", VENDORS, ids=lambda each: each.name)


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)


def opened(fake, **changed):
    credentials = {name: text for name, text in {**fake.credentials, **changed}.items() if text is not None}
    connector = load_connector(fake.name)
    return System(connector, environment=fake.environment, credentials=credentials, transport=fake.transport())


def ids(system, sample):
    spec = system.connector.collection(sample.collection)
    return sorted(str(at(record, spec.id)) for record in sample.records)


def test_every_vendor_of_the_catalogue_is_tried():
    assert {each.name for each in VENDORS} == set(catalogue())


@NAMED
def test_customers_and_orders_come_completely_and_once_each(vendor):
    fake = vendor()
    with opened(fake) as system:
        for collection in fake.reads:
            sample = system.pull(collection, ALL)
            assert ids(system, sample) == fake.expected(collection), collection
            assert sample.total == len(fake.expected(collection)), collection
    assert len(fake.seen) > 2 * len(fake.reads)  # they did page


@NAMED
def test_a_vendor_that_is_busy_for_a_moment_is_asked_again(vendor):
    fake = vendor(busy_at={2, 4})
    with opened(fake) as system:
        sample = system.pull(fake.reads[0], ALL)
        assert ids(system, sample) == fake.expected(fake.reads[0])


@NAMED
def test_a_refusal_names_the_credentials_and_shows_no_secret(vendor):
    fake = vendor()
    fake.refuse_all = True
    with opened(fake) as system, pytest.raises(RefusedError) as caught:
        system.pull(fake.reads[0], ALL)
    said = str(caught.value)
    secret = [text for name, text in fake.credentials.items() if text.startswith(("fake", "ck_", "cs_"))]
    assert secret
    assert not [text for text in secret if text in said]


@pytest.mark.parametrize(("vendor", "secret"), [(Medusa, "password"), (Xero, "client_secret"),
                                                (BusinessCentral, "client_secret"), (IPaaS, "password")])  # fmt: skip
def test_a_log_in_that_is_refused_says_so(vendor, secret):
    fake = vendor()
    with opened(fake, **{secret: "wrong-secret"}) as system, pytest.raises(RefusedError) as caught:
        system.pull(fake.reads[0], ALL)
    assert re.search(r"log-in was refused|refused the log-in", str(caught.value))
    assert "wrong-secret" not in str(caught.value)


SECRETS = {"token", "password", "username", "email", "api_key", "client_id", "client_secret", "consumer_key",
           "consumer_secret"}  # fmt: skip
EACH_SECRET = [(each, name) for each in VENDORS for name in sorted(SECRETS & set(each.credentials))]


@pytest.mark.parametrize(("vendor", "secret"), EACH_SECRET, ids=lambda each: getattr(each, "name", each))
def test_each_secret_of_a_vendor_counts(vendor, secret):
    fake = vendor()
    with opened(fake, **{secret: "wr0ng-secret"}) as system, pytest.raises(RefusedError) as caught:
        system.pull(fake.reads[0], ALL)
    assert re.search(rf"{system.connector.name}_{secret}".upper(), str(caught.value))
    assert "wr0ng" not in str(caught.value)


NOTHING = {
    "adobe_commerce": '404 Not Found: {"message":"Request does not match any route."}',
    "bigcommerce": "404 Not Found: .*The requested resource was not found",
    "business_central": "404 Not Found: .*BadRequest_NotFound",
    "counterpoint": "404 Not Found: .*ERROR_RECORD_NOT_FOUND",
    "ipaas": "404 Not Found: .*NFND-1001",
    "medusa": "404 Not Found: .*Not Found",
    "oscar": "404 Not Found: .*Not found.",
    "shopify": '404 Not Found: {"errors":"Not Found"}',
    "shopify_graphql": '404 Not Found: {"errors":"Not Found"}',
    "square": "404 Not Found: .*NOT_FOUND",
    "woocommerce": "404 Not Found: .*rest_no_route",
    "xero": "404 Not Found: The resource you're looking for cannot be found",
}


@NAMED
def test_what_a_vendor_says_of_an_unknown_path_is_shown(vendor):
    with opened(vendor()) as system, pytest.raises(ResponseError) as caught:
        system.client.get("/nowhere")
    assert re.search(NOTHING[vendor.name], str(caught.value))
    assert f"(GET {system.client.base_url.split('/stores/')[0].split('/v2.0/')[0]}" in str(caught.value)
    assert "/nowhere): check the path in the connector" in str(caught.value)


@pytest.mark.parametrize(
    ("vendor", "collection", "size", "said"),
    [
        (BigCommerce, "customers", 500, "422 Unprocessable Entity: .*The limit must be at most 250"),
        (WooCommerce, "orders", 500, r"400 Bad Request: .*Invalid parameter\(s\): per_page"),
        (ShopifyGraphQL, "orders", 500, "answered 200 with an error inside: The first must be at most 250"),
    ],
)
def test_a_page_that_a_vendor_finds_too_large_is_answered_with_its_own_words(vendor, collection, size, said):
    with opened(vendor()) as system, pytest.raises(ResponseError, match=said):
        system.pull(collection, Plan(size=size))


@pytest.mark.parametrize("vendor", [Medusa, Xero, BusinessCentral], ids=lambda each: each.name)
def test_a_token_that_ends_in_the_middle_of_a_pull_is_asked_for_anew_and_nothing_is_lost(vendor):
    class Ending(vendor):
        issued = 0

        def log_in(self, request):
            self.issued += 1
            answer = super().log_in(request)
            self.ends = len(self.seen) + (2 if self.issued == 1 else 1000)
            return answer

        def knows(self, request):
            return len(self.seen) <= self.ends and super().knows(request)

    fake = Ending()
    with opened(fake) as system:
        sample = system.pull("orders", ALL)
        assert ids(system, sample) == fake.expected("orders")
    assert fake.issued == 2


def test_an_error_of_square_in_a_search_is_shown_with_its_code():
    with opened(Square(), location_ids="L9") as system, pytest.raises(ResponseError) as caught:
        system.pull("orders", ALL)
    assert "400 Bad Request" in str(caught.value)
    assert "MISSING_REQUIRED_PARAMETER" in str(caught.value)


@NAMED
def test_only_reads_searches_and_log_ins_reach_a_vendor(vendor):
    fake = vendor()
    with opened(fake) as system:
        for collection in fake.reads:
            system.pull(collection, ALL)
            system.probe(collection)
        allowed = {f"{system.client.base_url}{path}" for path in system.connector.searches} | set(fake.logs_in_at)
    for request in fake.seen:
        assert request.method in {"GET", "HEAD"} or (request.method == "POST" and str(request.url) in allowed)


@NAMED
def test_the_probe_proves_a_vendors_paging_and_refutes_nothing(vendor):
    fake = vendor()
    with opened(fake) as system:
        for collection in fake.reads:
            report = probe(system.puller, collection, size=3)
            holds = {proof.claim: proof.holds for proof in report.proofs}
            assert report.sound, report.to_text()
            assert holds["records are found"] is holds["pages are disjoint"] is holds["the order is stable"] is True
            assert not [each for each in report.proposals if "paging" in each.table], report.to_text()


@NAMED
def test_a_token_is_asked_for_once_however_many_pages_there_are(vendor):
    fake = vendor()
    with opened(fake) as system:
        system.pull(fake.reads[0], ALL)
    assert sum(str(request.url) in fake.logs_in_at for request in fake.seen) == len(fake.logs_in_at)


@pytest.mark.parametrize(("vendor", "collection", "name"), [(Square, "orders", "SQUARE_LOCATION_IDS"),
                         (BusinessCentral, "customers", "BUSINESS_CENTRAL_COMPANY_ID"),
                         (Counterpoint, "inventory", "COUNTERPOINT_LOCATION")])  # fmt: skip
def test_a_scope_that_nobody_gives_is_named_when_it_is_needed(vendor, collection, name):
    fake = vendor()
    missing = name.removeprefix(fake.name.upper() + "_").lower()
    with opened(fake, **{missing: None}) as system, pytest.raises(MissingCredentialError, match=name):
        system.pull(collection, ALL)


def test_a_collection_without_the_scope_needs_none():
    fake = Square()
    with opened(fake, location_ids=None) as system:
        assert len(system.pull("customers", ALL)) == len(fake.customers)


def test_what_a_vendor_hides_by_default_is_asked_for():
    hidden = {name: {each: dict(spec.hidden) for each, spec in load_connector(name).collections.items() if spec.hidden}
              for name in ("shopify", "woocommerce", "xero")}  # fmt: skip
    assert hidden["shopify"] == {"orders": {"status": "any"}}
    assert hidden["woocommerce"]["customers"] == {"role": "all"}
    assert hidden["xero"] == {"customers": {"includeArchived": "true"}}


@pytest.mark.parametrize(
    ("vendor", "collection", "claim", "said"),
    [
        (Xero, "customers", "includeArchived = true shows what is left out otherwise", "7 with it, 6 without"),
        (Shopify, "orders", "status = any shows what is left out otherwise", "the first page is another without"),
    ],
)
def test_a_probe_proves_that_what_a_vendor_hides_comes(vendor, collection, claim, said):
    with opened(vendor()) as system:
        proof = next(each for each in system.probe(collection).proofs if each.claim == claim)
    assert (proof.holds, proof.evidence) == (True, said)


def test_changes_are_asked_for_by_a_header_where_a_vendor_has_one():
    fake = Xero()
    with opened(fake) as system:
        builder = RequestBuilder(system.connector, "orders")
        page = system.puller.send(builder.page(0, 3, builder.spec.changed_since("2026-01-06T12:00:00Z")))
        assert [record["InvoiceID"] for record in page.records] == ["105", "106", "107"]
        after = builder.after(page, 3, builder.spec.changed_since("2026-01-06T12:00:00Z"))
        assert [record["InvoiceID"] for record in system.puller.send(after).records] == ["108"]
        report = system.probe("orders")
    proof = next(each for each in report.proofs if each.claim == "the filter for changes works")
    evidence = "4 records since 2026-01-06T12:00:00Z, none earlier by `UpdatedDateUTC`"
    assert (proof.holds, proof.evidence) == (True, evidence)
    asked = [request.headers["If-Modified-Since"] for request in fake.seen if "If-Modified-Since" in request.headers]
    assert asked == ["2026-01-06T12:00:00Z"] * 3


def test_the_newest_records_of_a_connection_come_first_when_asked():
    fake = ShopifyGraphQL()
    with opened(fake) as system:
        spec = system.connector.collection("orders")
        ask = system.connector.paging_of("orders").ask(0, 2) | spec.asking(spec.sort.newest)
        answer = system.client.search(spec.search.path, spec.search.payload(ask))
    assert [each["id"] for each in at(answer.body, "data.orders.nodes")] == [
        "gid://shopify/orders/108",
        "gid://shopify/orders/107",
    ]


@NAMED
def test_a_default_sample_is_read_without_an_error(vendor):
    fake = vendor()
    with opened(fake) as system:
        for collection in fake.reads:
            sample = system.pull(collection, Plan())
            assert set(ids(system, sample)) == set(fake.expected(collection))


def test_a_company_token_that_ends_in_the_middle_of_a_pull_is_refreshed_and_nothing_is_lost():
    class Ending(IPaaS):
        def answer(self, request, path, query):
            if query.get("pageNumber") == "2" and self.refreshed == 0:
                return self.refusal()
            return super().answer(request, path, query)

    fake = Ending()
    with opened(fake) as system:
        sample = system.pull("TRANSACTION", ALL)
        assert ids(system, sample) == fake.expected("TRANSACTION")
    paths = [request.url.path for request in fake.seen]
    assert paths.count("/sso/v2/Auth/Login") == 1
    assert paths.count("/sso/v2/Auth/Refresh") == 1


def test_a_page_of_v2_that_is_empty_is_the_end():
    fake = BigCommerce()
    with opened(fake) as system:
        for size in (2, 4, 8):  # 8 orders: the last page is full each time
            assert len(system.pull("orders", Plan(pages=50, size=size))) == 8
