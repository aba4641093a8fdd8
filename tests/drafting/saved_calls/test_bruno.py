"""Bruno collections: files, folders of them, and the JSON export, read alike."""

from __future__ import annotations

import json

import pytest

from ipaas_discovery.drafting.saved_calls.bruno import read_bruno
from ipaas_discovery.drafting.saved_calls.collected import AuthMet
from ipaas_discovery.errors import SourceError, UnknownNameError

LIST = """\
meta {
  name: List orders
  type: http
  seq: 2
}

get {
  url: {{base}}/orders?page=1
  body: none
  auth: inherit
}

params:query {
  page: 1
  ~status: open
}

params:path {
  ignored: 1
}

example {
  name: Saved
  description: of the test shop

  request: {
    url: {{base}}/orders
    method: get
  }

  response: {
    headers: {
      Content-Type: application/json
    }

    status: {
      code: 200
      text: OK
    }

    body: {
      type: json
      content: '''
        {
          "orders": [
            {"id": 1},
            {"id": 2}
          ],
          "access_token": "s3cret-answer"
        }
      '''
    }
  }
}
"""
LOG_IN = """\
meta {
  name: Log in
  seq: 1
}

post {
  url: {{base}}/login
  body: json
  auth: none
}

body:json {
  {
    "user": "ada",
    "password": "s3cret-password"
  }
}
"""
COLLECTION = """\
auth {
  mode: bearer
}

auth:bearer {
  token: s3cret-token
}

vars:pre-request {
  base: https://default.example.test
}
"""


@pytest.fixture
def folder(saved, tmp_path):
    saved({"version": "1", "name": "Shop", "type": "collection"}, "shop/bruno.json")
    saved(COLLECTION, "shop/collection.bru")
    saved("vars {\n  base: https://{{host}}/v2\n  host: dev.example.test\n}\nvars:secret [\n  key\n]\n",
          "shop/environments/dev.bru")  # fmt: skip
    saved("vars {\n  base: https://live.example.test\n  api_key: s3cret-key\n}\n", "shop/environments/live.bru")
    saved("meta {\n  name: Orders\n}\nheaders {\n  X-Api-Key: s3cret-key\n}\n", "shop/orders/folder.bru")
    saved(LIST, "shop/orders/list.bru")
    saved(LIST.replace("seq: 2", "seq: 1").replace("get {", "post {"), "shop/orders/new.bru")
    saved(LOG_IN, "shop/login.bru")
    saved("broken", "shop/node_modules/x.bru")
    return tmp_path / "shop"


def labels(collected):
    return [each.label for each in collected.requests]


def test_a_folder_is_one_collection_in_its_own_order(folder):
    found = read_bruno(folder)
    assert (found.title, found.source) == ("Shop", "shop")
    assert labels(found) == ["POST /orders", "GET /orders", "POST /login"]
    assert found.requests[1].query == ("page", "status")
    assert found.requests[1].name == "orders / List orders"


def test_variables_come_from_the_environment_that_is_wanted(folder):
    assert read_bruno(folder).base_urls == ("https://dev.example.test/v2",)
    assert read_bruno(folder, environment="live").base_urls == ("https://live.example.test",)
    assert read_bruno(folder).warnings == ("Of the environments dev, live, the variables of 'dev' were used.",)
    with pytest.raises(UnknownNameError, match="Unknown environment 'liv'.*did you mean 'live'"):
        read_bruno(folder, environment="liv")


def test_saved_answers_are_examples(folder):
    (example,) = [each for each in read_bruno(folder).examples["/orders"] if each.request.method == "GET"]
    assert (example.place, example.records, example.status) == ("orders", ({"id": 1}, {"id": 2}), 200)


def test_authentication_is_named_and_no_secret_is_taken_over(folder):
    found = read_bruno(folder)
    assert found.auth == (AuthMet("bearer"), AuthMet("header", "X-Api-Key"))
    assert found.requests[2].body == {"user": "ada", "password": "(removed)"}
    assert "s3cret" not in repr(found)


def test_one_file_is_a_collection_of_its_own(saved):
    found = read_bruno(saved(LIST, "list.bru"))
    assert (labels(found), found.base_urls) == (["GET /orders"], ("{base}",))


def test_an_older_example_without_content_is_read(saved):
    old = LIST.replace("      type: json\n", "").replace("      content: '''\n        {\n", "")
    old = old.replace("        }\n      '''\n", "")
    assert "content" not in old.partition("body: {")[2]
    found = read_bruno(saved(old, "list.bru"))
    assert found.examples["/orders"][0].records == ({"id": 1}, {"id": 2})


def export(*items, **more):
    return {"name": "Shop", "version": "1", "items": list(items), **more}


def request(url="{{base}}/orders", **more):
    return {"type": "http", "name": "List", "request": {"method": "GET", "url": url, **more}}


def test_the_json_export_is_read_like_the_folder(saved):
    answer = {"status": "200", "headers": [], "body": {"type": "json", "content": json.dumps([{"id": 1}])}}
    listed = request(
        params=[{"name": "page", "value": "1", "type": "query"}, {"name": "id", "value": "1", "type": "path"}],
        auth={"mode": "apikey", "apikey": {"key": "k", "value": "s3cret", "placement": "queryparams"}},
        headers=[{"name": "X-Token", "value": "s3cret", "enabled": True}],
    )
    listed["examples"] = [{"name": "Saved", "response": answer}]
    variables = [{"name": "base", "value": "https://shop.example.test", "enabled": True},
                 {"name": "hush", "value": "s3cret", "secret": True}]  # fmt: skip
    folder = {"type": "folder", "name": "Orders", "items": [listed]}
    found = read_bruno(saved(export(folder, environments=[{"name": "dev", "variables": variables}])))
    assert (labels(found), found.base_urls) == (["GET /orders"], ("https://shop.example.test",))
    assert found.requests[0].query == ("page",)
    assert found.examples["/orders"][0].records == ({"id": 1},)
    assert found.auth == (AuthMet("header", "X-Token"), AuthMet("query", "k"))
    assert "s3cret" not in repr(found)


def test_other_kinds_of_requests_are_left_out_with_a_warning(saved):
    chat = {"type": "ws", "name": "Chat", "request": {"url": "wss://shop.example.test"}}
    found = read_bruno(saved(export(request(), chat, {"type": "http", "name": "Bare"}, 5, {"type": "js"})))
    assert labels(found) == ["GET /orders"]
    assert found.warnings == (
        "A request of kind 'ws' was left out: Chat.",
        "An entry without a request was left out: Bare.",
        "An entry that is no object was left out: at the top.",
    )


def test_bodies_of_forms_and_graphql_are_kept(saved):
    form = {
        "mode": "formUrlEncoded",
        "formUrlEncoded": [{"name": "a", "value": "1"}, {"name": "pin", "value": "s3cret"}],
    }
    query = {"mode": "graphql", "graphql": {"query": "{ a }", "variables": '{"first": 2}'}}
    found = read_bruno(saved(export(request(body=form), request(url="{{base}}/graphql", body=query))))
    assert [each.body for each in found.requests] == [
        {"a": "1", "pin": "(removed)"},
        {"query": "{ a }", "variables": {"first": 2}},
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.bru", "", "The file is empty"),
        ("a.bru", "meta {\n  name: x\n}\n", r"holds no request \(.*a.bru, line 1\)"),
        ("a.bru", "get {\n  url: x\n", r"block 'get' is not closed \(.*a.bru, line 1\)"),
        ("a.bru", "get {\n  url: {{base}}/a\n}\nheaders {\n  nonsense\n}\n", r"is no pair \(.*a.bru, line 5\)"),
        ("a.json", "{", "The file is not JSON"),
        ("a.json", {"item": []}, "no Bruno export: it has no list 'items'"),
        ("a.json", {"items": []}, "holds no request"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(saved, name, content, message):
    with pytest.raises(SourceError, match=message):
        read_bruno(saved(content, name))


def test_a_folder_without_requests_says_what_to_give(tmp_path):
    with pytest.raises(SourceError, match="holds no .bru file"):
        read_bruno(tmp_path)
    (tmp_path / "opencollection.yml").write_text("opencollection: 1.0.0\n")
    with pytest.raises(SourceError, match="Bruno's YAML format, which is not read.*: export the collection"):
        read_bruno(tmp_path)
