"""Personal data where no field names it: JSON in a text, pairs of name and value, broken JSON, addresses, headers."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import httpx
import pytest

from ipaas_discovery.errors import BudgetError, DiscoveryError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.redactor import Redactor, UserRules
from ipaas_discovery.samples.redaction.unstructured import broken, link
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.request_values import without_people
from ipaas_discovery.samples.storage.store_index import StoredRequest
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector, load_connector

ADA = {"id": 1, "email": "ada@shop.example", "last_name": "Lovelace", "phone": "5550100199"}
PERSONAL = ("ada@", "Lovelace", "5550100199", "s3cret")
CONNECTOR = {
    "name": "fake", "title": "Fake", "default_environment": "t", "environments": {"t": {"base_url": "http://fake.test"}},
    "records": "data", "auth": {"kind": "basic"}, "paging": {"kind": "page", "size": "limit"},
    "collections": {"customers": {"list": "/customers"}},
}  # fmt: skip


def redacted(record, path="/v3/customers", **rules):
    redactor = Redactor(AnswerPaths(load_connector("bigcommerce")), UserRules(**rules), key=b"key of the tests")
    return redactor.value({"data": [record]}, path)["data"][0]


def pulled(folder, content, status=200, headers=None, **changed):
    """What a caller gets and what is on disk, of a system that answers every request so."""

    def answer(_):
        return httpx.Response(status, content=content, headers={"Content-Type": "application/json", **(headers or {})})

    system = System(
        Connector.model_validate({**CONNECTOR, **changed}), transport=httpx.MockTransport(answer),
        credentials={"username": "admin-user", "password": "s3cret-pass/w rd"}, answers=AnswerPolicy(folder),
    )  # fmt: skip
    with system:
        try:
            shown = json.dumps(system.pull("customers", Plan(pages=2, size=5)).records)
        except DiscoveryError as error:
            shown = str(error)
    files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    kept = b"".join(gzip.decompress(each) if each[:2] == b"\x1f\x8b" else each for each in files).decode()
    return shown, kept


def assert_nothing_of_ada(*texts):
    assert not [(each, text[:300]) for text in texts for each in PERSONAL if each in text]


WHOLE = json.dumps({"data": [ADA]})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WHOLE.encode("utf-8-sig"), "application/json"),
        (WHOLE.encode("utf-8-sig"), "application/json; charset=utf-8"),
        (WHOLE.encode("utf-8-sig"), "application/json; charset=utf-8-sig"),
        (WHOLE.encode("utf-8-sig"), "application/octet-stream"),
        (WHOLE.encode("utf-16"), "text/plain"),
        (WHOLE.encode("utf-16-le"), "application/json"),
        (WHOLE.encode(), "text/html"),
        (b"\n\n " + WHOLE.encode(), ""),
        (WHOLE.replace('"id": 1', r'"id": 1, "cut": "a\ud83d"').encode(), "application/json"),
    ],
)
def test_records_are_redacted_in_whatever_form_they_come(tmp_path, content, kind):
    shown, kept = pulled(tmp_path, content, headers={"Content-Type": kind})
    assert '"id": 1' in shown
    assert_nothing_of_ada(shown, kept)


@pytest.mark.parametrize(
    "content",
    [
        WHOLE + " x", WHOLE[:-3], WHOLE.replace('"', "'"),
        WHOLE.replace('"id": 1', '"id": 1e999999999999999999999'), WHOLE.replace('"id": 1', '"id": ' + "[" * 5000),
        "<html>You are ada@shop.example and sent s3cret-pass/w rd</html>",
    ],
)  # fmt: skip
def test_the_error_of_a_body_that_is_no_json_shows_nobody(tmp_path, content):
    shown, kept = pulled(tmp_path, content.encode())
    assert "The system answered" in shown
    assert_nothing_of_ada(shown, kept)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-User": "ada@shop.example"}, {"X-Customer-Name": "Lovelace"}, {"X-Phone": "5550100199"},
        {"Link": '<http://fake.test/customers?page=2&email=ada%40shop.example&last_name=Lovelace>; rel="next"'},
        {"X-Echo": "http://x.test/?key=s3cret-pass%2Fw+rd"}, {"X-Api-Key": "s3cret"}, {"Set-Cookie": "a=s3cret"},
    ],
)  # fmt: skip
def test_headers_are_kept_without_a_person(tmp_path, headers):
    shown, kept = pulled(tmp_path, WHOLE.encode(), headers=headers)
    assert_nothing_of_ada(shown, kept)
    assert '"headers"' in kept


def test_the_next_pages_url_is_kept_without_a_person_and_followed_as_it_was(tmp_path):
    asked, following = [], "http://fake.test/customers?page=2&q=to%3Aada%40shop.example%3B&page_token=aG9sZA"

    def answer(request):
        asked.append(str(request.url))
        more = None if "page=2" in asked[-1] else following
        return httpx.Response(200, json={"data": [{**ADA, "id": len(asked)}], "next": more})

    def pull():
        connector = Connector.model_validate({**CONNECTOR, "paging": {"kind": "next"}})
        with System(connector, transport=httpx.MockTransport(answer), credentials={"username": "u", "password": "p"},
                    answers=AnswerPolicy(tmp_path)) as system:  # fmt: skip
            records = system.pull("customers", Plan(pages=5)).records
            assert system.finish() or system.replayed
            return records

    live = pull()
    assert len(live) == 2
    assert asked[1] == following
    assert pull() == live
    assert len(asked) == 2
    files = [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    kept = b"".join(gzip.decompress(each) if each[:2] == b"\x1f\x8b" else each for each in files).decode()
    assert_nothing_of_ada(kept)
    assert "page_token=aG9sZA" in kept  # a cursor is a secret to nobody, and a replay asks for it


@pytest.mark.parametrize(
    ("paging", "place"),
    [
        ({"kind": "cursor", "cursor": "page_token", "next": "next_page_token"}, "next_page_token"),
        ({"kind": "cursor", "cursor": "token", "next": "token"}, "token"),
        ({"kind": "cursor", "cursor": "after", "next": "header:X-Next-Token"}, None),
    ],
)
def test_cursors_of_any_name_are_followed_and_replayed(tmp_path, paging, place):
    asked = []

    def answer(request):
        asked.append(dict(request.url.params))
        more = None if len(asked) > 1 else "eyJjb3VudCI.eyJvZmZzZXQi"
        headers = {"X-Next-Token": more} if more and place is None else {}
        return httpx.Response(
            200, json={"data": [{**ADA, "id": len(asked)}], **({place: more} if place else {})}, headers=headers
        )

    def pull():
        connector = Connector.model_validate({**CONNECTOR, "paging": paging})
        with System(connector, transport=httpx.MockTransport(answer), credentials={"username": "u", "password": "p"},
                    answers=AnswerPolicy(tmp_path)) as system:  # fmt: skip
            records = system.pull("customers", Plan(pages=5)).records
            assert system.finish() or system.replayed
            return records

    live = pull()
    assert [each["id"] for each in live] == [1, 2]
    assert asked[1][paging["cursor"]] == "eyJjb3VudCI.eyJvZmZzZXQi"
    assert pull() == live
    assert len(asked) == 2


def test_json_inside_a_text_is_redacted_as_json():
    inner = json.dumps({"customer": ADA, "total": "12.10"})
    found = redacted({"payload": inner, "list": json.dumps([ADA]), "plain": '{"a": 1}', "odd": "{not json}"})
    assert_nothing_of_ada(json.dumps(found))
    assert json.loads(found["payload"])["total"] == "12.10"
    assert (found["plain"], found["odd"]) == ('{"a": 1}', "{not json}")
    assert json.loads(found["payload"])["customer"]["email"] == redacted(ADA)["email"]


def test_json_inside_json_inside_json_too():
    inner = json.dumps({"more": json.dumps({"deep": json.dumps(ADA)})})
    assert_nothing_of_ada(json.dumps(redacted({"payload": inner})))


@pytest.mark.parametrize(
    "pair",
    [
        {"key": "last_name", "value": "Lovelace"}, {"name": "Phone", "value": "5550100199"},
        {"id": 3, "key": "_billing_phone", "value": 5550100199}, {"code": "email", "value": "ada@shop.example"},
        {"label": "Last name", "value": "Lovelace"}, {"custom_field_name": "Username", "value": "Lovelace"},
    ],
)  # fmt: skip
def test_a_value_is_told_by_the_name_beside_it(pair):
    found = redacted({"meta_data": [pair]}, "/v3/catalog/products")
    assert_nothing_of_ada(json.dumps(found))
    assert {name: value for name, value in found["meta_data"][0].items() if name != "value"} == {
        name: value for name, value in pair.items() if name != "value"
    }


def test_a_pair_that_names_nobody_stays():
    record = {"meta_data": [{"key": "colour", "value": "Lovelace blue"}, {"value": 7}]}
    assert redacted(record, "/v3/catalog/products") == record


def test_numbers_that_tell_who_it_is_are_masked_however_short():
    record = {"zip": 12345, "birth_year": 1987, "latitude": Decimal("52.520008"), "lng": Decimal("-13.4")}
    found = redacted(record)
    assert found["zip"] != 12345
    assert len(str(found["zip"])) == 5
    assert found["birth_year"] != 1987
    assert found["latitude"] != record["latitude"]
    assert str(found["latitude"]).startswith("52.")
    assert str(found["lng"]).startswith("-13.")
    assert redacted(record) == found


def test_a_pair_follows_the_analysts_rules_by_either_name():
    record = {"meta_data": [{"key": "last_name", "value": "Lovelace"}, {"key": "colour", "value": "blue"}]}

    def values(**rules):
        redactor = Redactor(AnswerPaths(load_connector("bigcommerce")), UserRules(**rules), key=b"key of the tests")
        return [each["value"] for each in redactor.value({"data": [record]}, "/v3/customers")["data"][0]["meta_data"]]

    assert values()[1] == "blue"
    assert "blue" not in values(hide=("customers.meta_data[].value",))
    assert "blue" not in values(hide=("customers.meta_data.colour",))
    assert values(keep=("customers.meta_data.last_name",)) == ["Lovelace", "blue"]
    assert values(keep=("customers.meta_data.value",)) == ["Lovelace", "blue"]


@pytest.mark.parametrize("value", [52.520008, -13.4, 1e-7, 12345678.5, 5550100199.0, float("nan"), float("inf"), -0.0])
def test_numbers_of_any_kind_are_taken(value):
    for name in ("latitude", "phone", "score"):
        assert isinstance(redacted({name: value})[name], float)
        assert isinstance(redacted({name: value}, hide=("customers.*",))[name], float)


def test_amounts_in_fields_that_sound_personal_stay():
    record = {"vat": "19.00", "price_incl_vat": "119.00", "city": "12.5 %"}
    assert redacted(record) == record


def test_members_named_by_an_address_or_a_number_are_masked_and_join():
    found = redacted({"points": {"ada@shop.example": 7, "+15550100199": 8}, "email": "ada@shop.example"})
    assert found["email"] in found["points"]
    assert_nothing_of_ada(json.dumps(found))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://s.example/orders/1?page=2&page_token=abc", True),
        ("https://s.example/orders/4111111111111111", True),
        ("https://s.example/a?access_token=abc123", False),
        ("https://s.example/a?key=AIzaabcdef", False),
        ("https://s.example/a?sig=abc&last_name=Lovelace", False),
        ("https://ada:pw@s.example/a", False),
        ("https://s.example/a/ada%40shop.example/orders", False),
        ("https://s.example/avatar/da39a3ee5e6b4b0d3255bfef95601890afd80709?s=96", False),
        ("https://s.example/avatar/d41d8cd98f00b204e9800998ecf8427e?s=96", False),
        ("https://s.example/orders/d41d8cd98f00b204e9800998ecf8427e", True),
    ],
)
def test_links(url, kept):
    safe = link(url, lambda text: "x" * len(text))
    assert (safe == url) is kept
    assert_nothing_of_ada(safe.replace("ada:", "ada@"))


def test_broken_json_is_read_as_far_as_it_looks_like_json():
    told = '{"last_name": "Love\\"lace", "n": 1, \'phone\': 5550100199, "city": "Lon'
    assert broken(told, lambda each: "#" * len(each)) == (
        '{"last_name": "#########", "n": 1, \'phone\': ##########, "city": "###'
    )


PEOPLE = {"owner": "boss@acme.example", "last_name": "Lovelace", "phone": "2125550199"}
GRAPHQL = 'query Q($first: Int) { a(owner: "boss@acme.example", last_name: "Lovelace") { id } }'


@pytest.mark.parametrize(
    "spec",
    [
        {"list": "/customers", "query": PEOPLE},
        {"list": "/owners/boss@acme.example/customers"},
        {"search": {"path": "/search", "body": {"filter": [PEOPLE], "state": "open"}}},
        {"search": {"path": "/graphql", "query": GRAPHQL}},
    ],
)
def test_personal_values_of_a_connector_are_not_stored_and_a_replay_finds_its_answers(tmp_path, spec):
    asked = []

    def answer(request):
        asked.append(f"{request.url} {request.content.decode()}")
        return httpx.Response(200, json={"data": [{"id": len(asked)}]})

    def pull():
        made = {**CONNECTOR, "paging": {"kind": "none"}, "collections": {"customers": spec}}
        secrets, network = {"username": "u", "password": "p"}, httpx.MockTransport(answer)
        connector = Connector.model_validate(made)
        with System(connector, transport=network, answers=AnswerPolicy(tmp_path), credentials=secrets) as system:
            return system.pull("customers").records

    assert pull() == pull()
    assert len(asked) == 1
    assert "boss" in asked[0]
    index = "".join(path.read_text() for path in tmp_path.rglob("index.jsonl"))
    assert "(hidden " in index
    assert not [value for value in PEOPLE.values() if value in index]


def test_two_personal_values_of_a_connector_are_told_apart():
    one, other = (StoredRequest("GET", "/a", (("email", f"{name}@x.example"),)) for name in ("ada", "bob"))
    assert without_people(one) != without_people(other)
    assert without_people(one, known=lambda text: text == "ada@x.example") == one


def test_a_body_that_trickles_is_given_up_while_it_is_recorded_too(tmp_path):
    pieces = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                pieces.append(1)
                if len(pieces) == 5:
                    system.client._budget.stop()
                assert len(pieces) < 10
                yield b" "

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    connector = Connector.model_validate(CONNECTOR)
    system = System(
        connector, transport=transport, credentials={"username": "u", "password": "p"}, answers=AnswerPolicy(tmp_path)
    )
    with system, pytest.raises(BudgetError):
        system.client.get("/customers")
    assert len(pieces) == 5
