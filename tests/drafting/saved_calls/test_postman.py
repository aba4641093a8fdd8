"""Postman exports: followed into folders, variables filled, secrets left where they are."""

from __future__ import annotations

import json

import pytest
from saved_calls import CUSTOMERS, ORDERS, SECRETS, answer, call, postman, shop

from ipaas_discovery.drafting.saved_calls.collected import AuthMet
from ipaas_discovery.drafting.saved_calls.postman import read_postman
from ipaas_discovery.errors import SourceError


def labels(collected):
    return [each.label for each in collected.requests]


def test_requests_are_found_in_folders_with_ids_as_placeholders(saved):
    found = read_postman(saved(shop()))
    assert labels(found) == [
        "GET /orders", "GET /orders/{order_id}", "GET /orders/{id}/lines", "POST /orders", "PUT /orders/{order}",
        "DELETE /orders/{id}", "POST /login", "GET /customers",
    ]  # fmt: skip
    assert (found.title, found.source, found.base_urls) == ("Shop", "shop.json", ("https://api.example.test/v2",))
    assert found.requests[0].name == "Orders / List orders"
    assert found.requests[0].query == ("page", "limit", "status", "since")
    assert found.requests[3].body == {"status": "open"}


def test_saved_answers_have_their_records_and_the_place_of_them(saved):
    examples = read_postman(saved(shop())).examples
    (orders,), (customers,), (one,) = examples["/orders"], examples["/customers"], examples["/orders/{order_id}"]
    assert (orders.place, orders.many, list(orders.records)) == ("data", True, ORDERS["data"])
    assert (customers.place, list(customers.records)) == ("", CUSTOMERS)
    assert (one.place, one.many, one.records) == ("data", False, ({"id": 1, "note": "x"},))


def test_authentication_is_named_and_its_secret_left_out(saved):
    assert read_postman(saved(shop())).auth == (AuthMet("header", "X-Api-Key"), AuthMet("query", "token"))


def test_no_secret_of_the_file_is_taken_over(saved):
    assert not [secret for secret in SECRETS if secret in repr(read_postman(saved(shop())))]
    assert all(secret in json.dumps(shop()) for secret in SECRETS)


def test_version_2_0_with_plain_addresses_and_objects_for_authentication_is_read(saved):
    bearer = {"type": "bearer", "bearer": {"token": "s3cret-token"}}
    document = postman(call("List", "GET", "https://shop.example.test/items", auth=bearer))
    document["info"]["schema"] = document["info"]["schema"].replace("v2.1.0", "v2.0.0")
    found = read_postman(saved(document))
    assert (labels(found), found.auth) == (["GET /items"], (AuthMet("bearer"),))
    assert "s3cret" not in repr(found)


def test_an_address_in_parts_is_put_together(saved):
    url = {"protocol": "https", "host": ["shop", "example", "test"], "port": "8443", "path": ["a", {"value": ":id"}]}
    found = read_postman(saved(postman(call("List", "GET", url))))
    assert (found.base_urls, labels(found)) == (("https://shop.example.test:8443",), ["GET /a/{id}"])


def test_headers_tell_authentication_and_keep_no_value(saved):
    header = [{"key": "Authorization", "value": "Bearer s3cret-token"}, {"key": "X-Store", "value": "1"}]
    text = "Authorization: Basic s3cret-key\nAccept: application/json"
    found = read_postman(
        saved(postman(call("A", "GET", "{{base}}/a", header=header), call("B", "GET", "{{base}}/b", header=text)))
    )
    assert [each.kind for each in found.auth] == ["basic", "bearer"]
    assert "s3cret" not in repr(found)


def test_an_unknown_way_to_authenticate_is_named_in_a_warning(saved):
    found = read_postman(saved(postman(call("A", "GET", "{{base}}/a", auth={"type": "frob", "frob": []}))))
    assert (found.auth, found.warnings) == (
        (AuthMet("frob"),),
        ("The authentication 'frob' is not known here: A.",),
    )


def test_what_cannot_be_used_is_left_out_with_a_warning(saved):
    found = read_postman(
        saved(
            postman(
                call("Good", "GET", "{{base}}/a", answer("<html>"), answer("", 204), answer([{"id": 1}], 404)),
                call("No URL", "GET", ""),
                {"name": "No request"},
                "no object",
                call("Relative", "GET", "/b"),
                call("No scheme", "GET", "shop.example.test/c"),
            )
        )
    )
    assert labels(found) == ["GET /a", "GET /b", "GET /c"]
    assert found.examples == {}
    assert found.warnings == (
        "An example whose answer is not JSON was left out: Good / saved.",
        "A request without a URL was left out: No URL.",
        "An entry without a request was left out: No request.",
        "An entry that is no object was left out: at the top.",
        "A URL names no host: /b.",
        "The address 'shop.example.test' names no scheme; https is assumed.",
    )


def test_a_variable_nobody_gives_stays_a_name(saved):
    found = read_postman(saved(postman(call("A", "GET", "{{host}}/{{shop}}/orders"))))
    assert (found.base_urls, labels(found)) == (("{host}",), ["GET /{shop}/orders"])


def test_a_graphql_query_and_its_variables_are_the_body(saved):
    body = {"mode": "graphql", "graphql": {"query": "{ orders { id } }", "variables": '{"first": 2}'}}
    found = read_postman(saved(postman(call("A", "POST", "{{base}}/graphql", body=body))))
    assert found.requests[0].body == {"query": "{ orders { id } }", "variables": {"first": 2}}


def test_folders_as_deep_as_they_come_are_followed(saved):
    item = call("Deep", "GET", "{{base}}/a")
    text = json.dumps(postman("X")).replace('"X"', '{"name": "f", "item": [' * 400 + json.dumps(item) + "]}" * 400)
    assert labels(read_postman(saved(text))) == ["GET /a"]


def test_an_answer_nested_too_deeply_is_left_out(saved):
    deep = '{"a":' * 600 + "1" + "}" * 600
    found = read_postman(saved(postman(call("A", "GET", "{{base}}/a", answer(deep), answer("[" * 99999)))))
    assert found.requests
    assert not [each for examples in found.examples.values() for each in examples if len(repr(each.body)) > 99999]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"The file is empty \(.*shop.json\)"),
        ("{\n  nonsense", r"not JSON, .* \(.*shop.json, line 2, column 3\)"),
        ("[]", r"holds a list, not an object \(.*shop.json, line 1\)"),
        ("[" * 100000, "no JSON to rely on, it is nested too deeply"),
        (b"\xff\xfe{", "not text in UTF-8"),
        (b'{"a": "\n\xe9"}', r"not text in UTF-8 \(.*shop.json, line 2\)"),
        ({"openapi": "3.1.0"}, "no Postman collection: it has no 'info'"),
        ({"info": {"name": "x"}}, "no list 'item'"),
        ({"info": {"schema": "https://x.test/collection/v3.0.0/"}, "item": []}, "of version 3.0 .*: export it as v2.1"),
        ({"id": "x", "order": [], "requests": []}, "Postman export of version 1 .*: export it again as v2.1"),
        ({"info": {}, "item": []}, "holds no request"),
        ({"info": {}, "item": [None, 1, {"item": None}]}, "holds no request"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(saved, content, message):
    with pytest.raises(SourceError, match=message) as caught:
        read_postman(saved(content))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"no such file \(.*none.json\): check the path"):
        read_postman(tmp_path / "none.json")
