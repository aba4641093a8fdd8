"""iPaaS.com's side of the sandbox: log-in, tokens, lists, single records, look-ups, errors."""

from __future__ import annotations

import json

import httpx
import pytest

from ipaas_discovery.sandbox import sandbox_records
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, EMPTY_COMPANY, PASSWORD, platform_app

CUSTOMERS = [
    {
        "id": str(1000 + number),
        "email_address": f"customer{number}@example.test",
        "first_name": "Ana" if number % 2 else None,
        "category_id": number % 3,
        "external_ids": [{"id": number, "system_id": 7, "external_id": f"C-{number}"}] if number < 3 else [],
    }
    for number in range(45)
]
BIG = 2**53 + 1
PRODUCTS = [
    {"id": "1", "sku": "A", "allow_discounts": True, "variants": [{"id": "11", "sku": "A-1", "kit": None}]},
    {"id": str(BIG), "sku": "B", "allow_discounts": False, "variants": [{"id": "12", "sku": "B-1"}, {"id": "13"}]},
]
TRANSACTIONS = [
    {"id": "5", "total": 12.50, "lines": [{"id": "51", "external_ids": [{"system_id": 7, "external_id": "L/1"}]}]}
]
RECORDS = {"CUSTOMER": CUSTOMERS, "PRODUCT": PRODUCTS, "TRANSACTION": TRANSACTIONS}


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def connect(clock):
    """Opens a client on a fresh app."""

    def open_client(**options):
        app = platform_app(clock=clock, load=lambda name: RECORDS.get(name, []), **options)
        return httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://sandbox.test")

    return open_client


@pytest.fixture
def client(connect):
    with connect() as client:
        yield client


def log_in(client, company=COMPANY):
    """Logs in, changes to `company`, and puts the token on the client; the last answer is returned."""
    answer = client.post("/sso/v2/Auth/Login", json={"email_address": EMAIL, "password": PASSWORD}).json()
    client.headers["Authorization"] = f"Bearer {answer['access_token']}"
    if company:
        answer = client.get(f"/sso/v2/User/ChangeCompany/{company}").json()
        client.headers["Authorization"] = f"Bearer {answer['access_token']}"
    return answer


@pytest.fixture
def entered(client):
    log_in(client)
    return client


def refused(response, status, code):
    """Whether `response` is a problem of this status and code, in every member that a problem has."""
    body = response.json()
    assert (response.status_code, body.get("code")) == (status, code)
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert body["status"] == status
    assert body["instance"] == response.request.url.path
    assert body["title"]
    assert body["detail"]
    assert body["help_link"].startswith("https://support.ipaas.com/en/articles/")
    return True


def test_log_in_answers_with_the_documented_members(client):
    asked = {"email_address": EMAIL, "password": PASSWORD, "return_url": "/x", "tracking_guid": COMPANY}
    answer = client.post("/sso/v2/Auth/Login", json=asked).json()
    assert list(answer) == [
        "id",
        "name",
        "email_address",
        "access_token",
        "access_token_expiration",
        "refresh_token",
        "return_url",
        "permissions",
        "tracking_guid",
    ]
    assert isinstance(answer["id"], int)
    assert answer["access_token_expiration"] == "1970-01-12T14:46:40+00:00"
    assert (answer["return_url"], answer["tracking_guid"]) == ("/x", COMPANY)


def test_the_way_from_log_in_to_data(client):
    user = log_in(client, company=None)["id"]
    companies = client.get(f"/sso/v2/User/{user}/Companies").json()
    assert [each["id"] for each in companies] == [COMPANY, EMPTY_COMPANY]
    assert set(companies[0]) == {"id", "name", "logo", "designation_id", "user_type_id", "designations"}
    log_in(client)
    assert client.get("/customers/v2/Customers").json() == CUSTOMERS[:20]


def test_a_second_company_has_no_records(client):
    log_in(client, EMPTY_COMPANY)
    response = client.get("/customers/v2/Customers")
    assert response.json() == []
    assert json.loads(response.headers["X-Pagination"])["total_Pages"] == 0
    assert refused(client.get("/customers/v2/Customer/1000"), 404, "NFND-1005")


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({"email_address": EMAIL, "password": "wrong"}, "AUTH-1001", 401),
        ({"email_address": "other@example.test", "password": PASSWORD}, "AUTH-1001", 401),
        ({"email_address": EMAIL}, "VALD-1001", 400),
        ({"email_address": EMAIL, "password": 1}, "VALD-1001", 400),
        ([], "VALD-1001", 400),
    ],
)
def test_wrong_credentials_are_refused(client, body, code, status):
    assert refused(client.post("/sso/v2/Auth/Login", json=body), status, code)


def test_a_body_that_is_no_json_is_refused(client):
    assert refused(client.post("/sso/v2/Auth/Login", content=b"<xml/>"), 400, "VALD-1001")


def test_no_error_repeats_the_password(client):
    answer = client.post("/sso/v2/Auth/Login", json={"email_address": EMAIL, "password": "hunter-secret"})
    assert "hunter-secret" not in answer.text


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer nonsense", "Basic YTpi", "nonsense"])
def test_data_without_a_valid_bearer_is_refused(client, header):
    headers = {} if header is None else {"Authorization": header}
    response = client.get("/customers/v2/Customers", headers=headers)
    assert refused(response, 401, "AUTH-1001")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_without_a_company_opens_no_data(client):
    log_in(client, company=None)
    assert refused(client.get("/customers/v2/Customers"), 401, "AUTH-1003")


def test_an_unknown_company_is_refused(client):
    log_in(client, company=None)
    unknown = COMPANY.replace("1", "9")
    assert refused(client.get(f"/sso/v2/User/ChangeCompany/{unknown}"), 401, "AUTH-1004")


def test_another_user_s_companies_are_refused(client):
    log_in(client, company=None)
    assert refused(client.get("/sso/v2/User/999/Companies"), 403, "AUTZ-1002")
    assert refused(client.get("/sso/v2/User/me/Companies"), 400, "VALD-1004")


def test_a_token_lives_its_lifetime_and_no_longer(connect, clock):
    with connect(lifetime=60) as client:
        log_in(client)
        clock.now += 59.9
        assert client.get("/customers/v2/Customers").status_code == 200
        clock.now += 0.1
        assert refused(client.get("/customers/v2/Customers"), 401, "AUTH-1002")


def test_an_expired_token_is_refreshed_for_the_same_company(client, clock):
    answer = log_in(client)
    clock.now += 3600
    tokens = {name: answer[name] for name in ("access_token", "refresh_token")}
    new = client.post("/sso/v2/Auth/Refresh", json=tokens).json()
    assert new["access_token"] != answer["access_token"]
    assert new["access_token_expiration"] > answer["access_token_expiration"]
    headers = {"Authorization": f"Bearer {new['access_token']}"}
    assert client.get("/customers/v2/Customers", headers=headers).json() == CUSTOMERS[:20]


def test_a_refresh_needs_both_tokens_of_one_log_in(client):
    first, second = log_in(client), log_in(client)
    mixed = {"access_token": first["access_token"], "refresh_token": second["refresh_token"]}
    assert refused(client.post("/sso/v2/Auth/Refresh", json=mixed), 401, "AUTH-1002")
    assert refused(client.post("/sso/v2/Auth/Refresh", json={"access_token": "x"}), 400, "VALD-1001")


def test_the_same_calls_give_the_same_tokens_and_no_token_twice(connect):
    with connect() as one, connect() as other:
        tokens = [log_in(one)["access_token"] for _ in range(3)]
        assert tokens == [log_in(other)["access_token"] for _ in range(3)]
        assert len(set(tokens)) == 3


def test_paging_visits_every_record_once(entered):
    seen, number, pages = [], 0, 1
    while number < pages:
        number += 1
        response = entered.get("/customers/v2/Customers", params={"pageNumber": number})
        facts = json.loads(response.headers["X-Pagination"])
        assert facts["current_Page"] == number
        pages = facts["total_Pages"]
        seen += response.json()
    assert seen == CUSTOMERS
    assert number == 3


def test_a_page_past_the_end_is_an_empty_array(entered):
    response = entered.get("/customers/v2/Customers?pageNumber=4")
    assert response.json() == []
    assert json.loads(response.headers["X-Pagination"])["total_Pages"] == 3


@pytest.mark.parametrize(
    ("page", "code"), [("0", "VALD-1005"), ("-1", "VALD-1005"), ("x", "VALD-1004"), ("", "VALD-1004")]
)
def test_a_page_number_is_a_positive_integer(entered, page, code):
    assert refused(entered.get(f"/customers/v2/Customers?pageNumber={page}"), 400, code)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"EmailAddress": "customer7@example.test"}, ["1007"]),
        ({"EmailAddress": "nobody@example.test"}, []),
        ({"Id": "1003"}, ["1003"]),
        ({"CategoryId": "1.0", "EmailAddress": "customer4@example.test"}, ["1004"]),
        ({"CategoryId": "one"}, []),
        ({"FirstName": "None"}, []),
    ],
)
def test_a_filter_finds_equal_values(entered, query, ids):
    found = entered.get("/customers/v2/Customers", params={"action": "equals"} | query).json()
    assert [each["id"] for each in found] == ids


def test_a_filter_on_a_boolean_is_about_its_value(entered):
    found = entered.get("/products/v2/Catalog/Products?action=equals&AllowDiscounts=TRUE").json()
    assert [each["sku"] for each in found] == ["A"]


def test_a_filtered_list_is_paged_by_what_it_found(entered):
    query = {"action": "equals", "FirstName": "Ana", "pageNumber": 2, "trackingGuid": COMPANY}
    response = entered.get("/customers/v2/Customers", params=query)
    assert response.json() == [each for each in CUSTOMERS if each["first_name"]][20:]
    assert json.loads(response.headers["X-Pagination"])["total_Pages"] == 2


@pytest.mark.parametrize(
    "query",
    ["action=like&EmailAddress=a", "action=equals", "action=equals&email_address=a", "action=equals&ExternalIds=a"],
)
def test_a_filter_nobody_knows_is_refused(entered, query):
    assert refused(entered.get(f"/customers/v2/Customers?{query}"), 400, "VALD-1008")


def test_a_record_is_got_by_its_id_as_a_bare_object(entered):
    assert entered.get("/customers/v2/Customer/1044").json() == CUSTOMERS[44]


def test_an_id_beyond_double_precision_is_exact(entered):
    assert entered.get(f"/products/v2/Catalog/Product/{BIG}").json()["sku"] == "B"
    assert refused(entered.get(f"/products/v2/Catalog/Product/{BIG - 1}"), 404, "NFND-1005")


@pytest.mark.parametrize(
    ("number", "status", "code"),
    [
        ("abc", 400, "VALD-1004"),
        ("1.5", 400, "VALD-1004"),
        ("9" * 5000, 400, "VALD-1004"),
        ("0", 400, "VALD-1005"),
        ("-5", 400, "VALD-1005"),
        ("999", 404, "NFND-1005"),
    ],
)
def test_a_bad_or_missing_id_has_its_code(entered, number, status, code):
    assert refused(entered.get(f"/customers/v2/Customer/{number}"), status, code)


def test_variants_are_taken_out_of_their_products(entered):
    assert [each["id"] for each in entered.get("/products/v2/Catalog/Product/Variants").json()] == ["11", "12", "13"]
    assert entered.get("/products/v2/Catalog/Product/Variant/12").json()["sku"] == "B-1"


def test_an_external_id_is_looked_up_as_a_json_string(entered):
    assert entered.get("/customers/v2/External/LookupExternal/1002/7/Customer").text == '"C-2"'
    assert entered.get("/customers/v2/External/LookupSpaceport/7/customer/C-2").text == '"1002"'


def test_a_child_s_external_id_is_looked_up_too(entered):
    assert entered.get("/transactions/v2/External/LookupExternal/51/7/Transaction Line").json() == "L/1"
    assert entered.get("/transactions/v2/External/LookupSpaceport/7/transaction line/L%2F1").json() == "51"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("LookupExternal/1002/8/customer", 404, "NFND-1005"),
        ("LookupExternal/1044/7/customer", 404, "NFND-1005"),
        ("LookupSpaceport/7/customer/C-99", 404, "NFND-1005"),
        ("LookupExternal/x/7/customer", 400, "VALD-1004"),
        ("LookupExternal/1002/0/customer", 400, "VALD-1017"),
        ("LookupSpaceport/seven/customer/C-2", 400, "VALD-1017"),
        ("LookupExternal/1002/7/product", 400, "VALD-1008"),
    ],
)
def test_a_look_up_that_finds_nothing_says_why(entered, path, status, code):
    assert refused(entered.get(f"/customers/v2/External/{path}"), status, code)


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/customers/v2/Customer", "/transactions/v2/Transaction", "/giftcards/v2/GiftCard/1"])
def test_no_verb_changes_anything(entered, verb, path):
    response = entered.request(verb, path)
    assert refused(response, 405, "AUTZ-1002")
    assert response.headers["Allow"] == "GET, HEAD"


def test_the_quota_is_followed_by_one_429_and_starts_again(connect):
    with connect(quota=2) as client:
        log_in(client)
        answers = [client.get("/customers/v2/Customers") for _ in range(6)]
        assert [each.status_code for each in answers] == [200, 200, 429, 200, 200, 429]
        assert answers[2].headers["Retry-After"] == "0"
        assert refused(answers[2], 429, "AUTZ-1001")


@pytest.mark.parametrize("path", ["/hookapi/v2/iPaaS", "/hookapi/index.html", "/", "/customers/v2/Orders"])
def test_what_is_not_there_is_a_problem_without_a_code(entered, path):
    for verb in ("GET", "POST") if path.startswith("/hookapi") else ("GET",):
        response = entered.request(verb, path)
        assert response.status_code == 404
        assert response.json()["title"] == "Not Found"
        assert "code" not in response.json()


def test_a_wrong_verb_at_the_log_in_names_the_right_one(client):
    response = client.get("/sso/v2/Auth/Login")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_the_date_stands_still(entered):
    paths = ("/customers/v2/Customers", "/customers/swagger/v2/swagger.json", "/nowhere")
    assert {entered.get(path).headers["Date"] for path in paths} == {sandbox_records.DATE}


def test_text_beyond_latin_is_sent_as_it_is():
    names = [{"id": "1", "name": "東京 Ærø"}]
    app = platform_app(load=lambda _: names)
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://sandbox.test") as client:
        log_in(client)
        response = client.get("/products/v2/Catalog/Locations")
    assert "東京 Ærø".encode() in response.content
    assert response.json() == names


LISTS = [
    "/customers/v2/Customers",
    "/customers/v2/Customer/Categories",
    "/customers/v2/Customer/Companies",
    "/giftcards/v2/GiftCards",
    "/products/v2/Catalog/Categories",
    "/products/v2/Catalog/Locations",
    "/products/v2/Catalog/Product/Variants",
    "/products/v2/Catalog/Products",
    "/transactions/v2/PaymentMethods",
    "/transactions/v2/ShippingMethods",
    "/transactions/v2/Transactions",
]


@pytest.mark.parametrize("path", LISTS)
def test_every_shipped_collection_is_paged_through_completely(path):
    with httpx.Client(transport=httpx.WSGITransport(app=platform_app()), base_url="http://sandbox.test") as client:
        log_in(client)
        first = json.loads(client.get(path).headers["X-Pagination"])
        pages = range(1, first["total_Pages"] + 1)
        ids = [each["id"] for number in pages for each in client.get(f"{path}?pageNumber={number}").json()]
    assert len(ids) == len(set(ids)) == first["total_Count"] > 0
