"""What can be said in a connector file, each against a small server that knows no other way."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import b64encode
from contextlib import contextmanager
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from small_server import Answered, serving

from ipaas_discovery import Plan, connect
from ipaas_discovery.errors import ConfigurationError, NotReadOnlyError, RefusedError, ResponseError
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.systems.connectors.paging import OffsetPaging
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape

RECORDS = [{"id": number, "name": f"n{number}"} for number in range(1, 48)]
IDS = [record["id"] for record in RECORDS]
ALL = Plan(pages=20, size=10)
HEAD = """\
title = "Small"
default_environment = "here"
[environments.here]
base_url = "{address}"
"""


@contextmanager
def system(tmp_path, answer, text, *, credentials=None, answers=None):
    """A system that the text describes, over a server that answers so; and the requests it saw."""
    with serving(answer) as (address, seen):
        (tmp_path / "small.toml").write_text(HEAD.format(address=address) + text, encoding="utf-8")
        with connect(
            tmp_path / "small.toml", credentials=credentials, answers=answers or AnswerPolicy(raw=True)
        ) as opened:
            yield opened, seen


def ids(sample):
    return sorted(int(record["id"]) for record in sample.records)


def sliced(start, many):
    return RECORDS[start : start + many]


def test_an_offset_from_one(tmp_path):
    def answer(asked):
        start = int(asked.query["from"])
        return {"rows": sliced(start - 1, int(asked.query["max"]))} if start > 0 else Answered({"error": "from 1"}, 400)

    paging = 'paging = { kind = "offset", offset = "from", limit = "max", first = 1 }'
    with system(tmp_path, answer, f'[collections.rows]\nlist = "/rows"\nrecords = "rows"\n{paging}') as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS


def ranged(asked, text):
    first, last = map(int, text.split("-"))
    found = sliced(first, last - first + 1)
    end = f"{first}-{first + len(found) - 1}" if found else "*"
    return Answered(found, 206 if found else 416, {"Content-Range": f"rows {end}/{len(RECORDS)}"})


@pytest.mark.parametrize(
    ("paging", "read"),
    [
        ('kind = "range"', lambda asked: asked.headers["range"].removeprefix("items=")),
        ('kind = "range", unit = ""', lambda asked: asked.headers["range"]),
        ('kind = "range", unit = "rows", header = "X-Range"', lambda asked: asked.headers["x-range"][len("rows=") :]),
        ('kind = "range", json_in = "range"', lambda asked: "-".join(map(str, json.loads(asked.query["range"])))),
    ],
)  # fmt: skip
def test_a_range_and_the_total_in_content_range(tmp_path, paging, read):
    text = f'[collections.rows]\nlist = "/rows"\npaging = {{ {paging} }}'
    with system(tmp_path, lambda asked: ranged(asked, read(asked)), text) as (small, _):
        sample = small.pull("rows", ALL)
    assert (ids(sample), sample.total) == (IDS, 47)


def test_an_offset_and_a_total_in_headers(tmp_path):
    def answer(asked):
        found = sliced(int(asked.headers["x-offset"]), int(asked.headers["x-limit"]))
        return Answered(found, headers={"X-Total": "47"})

    paging = 'kind = "offset", offset = "header:X-Offset", limit = "header:X-Limit", total = "header:X-Total"'
    text = f'[collections.rows]\nlist = "/rows"\npaging = {{ {paging} }}'
    with system(tmp_path, answer, text) as (small, seen):
        sample = small.pull("rows", ALL)
        assert (ids(sample), sample.total) == (IDS, 47)
        assert not any(asked.query for asked in seen)


def test_a_cursor_that_goes_from_header_to_header(tmp_path):
    def answer(asked):
        start = int(asked.headers.get("range", "id 0").split()[1])
        more = {"Next-Range": f"id {start + 10}"} if start + 10 < len(RECORDS) else {}
        return Answered(sliced(start, 10), 206 if more else 200, more)

    paging = 'kind = "cursor", cursor = "header:Range", next = "header:Next-Range"'
    with system(tmp_path, answer, f'[collections.rows]\nlist = "/rows"\npaging = {{ {paging} }}') as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS


@pytest.mark.parametrize("header", [{"X-Total-Count": "47"}, {"Content-Range": "rows 0-9/47"}])
def test_a_total_that_only_head_tells(tmp_path, header):
    def answer(asked):
        if asked.method == "HEAD":
            return Answered(None, headers=header)
        return sliced((int(asked.query["page"]) - 1) * 10, 10)

    text = f"""
[collections.rows]
list = "/rows"
count = "HEAD /rows"
count_at = "header:{next(iter(header))}"
paging = {{ kind = "page" }}"""
    folder = tmp_path / "store"
    with system(tmp_path, answer, text, answers=AnswerPolicy(folder=folder, raw=True)) as (small, seen):
        assert small.pull("rows", Plan(pages=2, size=10)).total == 47
        assert [asked.method for asked in seen].count("HEAD") == 1
        assert small.finish()
        with connect(tmp_path / "small.toml", answers=AnswerPolicy(folder=folder, raw=True)) as again:
            assert again.pull("rows", Plan(pages=2, size=10)).total == 47
        assert [asked.method for asked in seen].count("HEAD") == 1


@pytest.mark.parametrize("answered", ["47", "\ufeff47", 47, {"count": 47}])
def test_a_count_is_a_number_alone_or_in_an_answer(tmp_path, answered):
    def answer(asked):
        return answered if asked.path == "/rows/$count" else {"value": sliced(int(asked.query["$skip"]), 10)}

    text = """
[collections.rows]
list = "/rows"
records = "value"
count = "/rows/$count"
paging = { kind = "offset", offset = "$skip", limit = "$top" }"""
    folder = tmp_path / "store"
    with system(tmp_path, answer, text, answers=AnswerPolicy(folder=folder)) as (small, _):
        assert small.pull("rows", Plan(pages=2, size=10)).total == 47
        assert small.finish()
    with connect(tmp_path / "small.toml", answers=AnswerPolicy(folder=folder)) as again:
        assert again.pull("rows", Plan(pages=2, size=10)).total == 47


def test_paging_inside_a_json_value_of_a_parameter(tmp_path):
    def answer(asked):
        told = json.loads(asked.query["filter"])
        return {"rows": sliced(told["skip"], told["limit"])} if asked.query.keys() == {"filter"} else None

    paging = 'kind = "offset", offset = "skip", limit = "limit", json_in = "filter"'
    text = f'[collections.rows]\nlist = "/rows"\nrecords = "rows"\npaging = {{ {paging} }}'
    with system(tmp_path, answer, text) as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        ("limit={offset},{limit}", 0),
        ("range={offset}-{last}", 0),
        ("header:X-Rows={limit}@{offset}", 1),
        ("query=select * from Item startposition {offset} maxresults {limit}", 1),
    ],
)
def test_an_offset_and_a_size_in_the_value_of_one_parameter(tmp_path, joined, first):
    name = joined.partition("=")[0]

    def answer(asked):
        assert len(asked.query) == (0 if name.startswith("header:") else 1)
        text = asked.headers["x-rows"] if name.startswith("header:") else asked.query[name]
        numbers = dict(zip(re.findall(r"\{(\w+)\}", joined), map(int, re.findall(r"\d+", text)), strict=True))
        start = numbers["offset"] - first
        many = numbers["limit"] if "limit" in numbers else numbers["last"] - numbers["offset"] + 1
        return {"rows": sliced(start, min(many, 7))}  # fewer than are asked for, so that offsets go on by what came

    paging = f'kind = "offset", joined = "{joined}", first = {first}'
    text = f'[collections.rows]\nlist = "/rows"\nrecords = "rows"\npaging = {{ {paging} }}'
    with system(tmp_path, answer, text) as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS
        assert sorted(int(record["id"]) for record in small.extract("rows")) == IDS


@pytest.mark.parametrize("joined", ["limit={offset},{limit}", "q={limit} from {offset} to {last}", "header:X={offset}"])
def test_the_offset_is_read_back_out_of_the_value(joined):
    paging = OffsetPaging(kind="offset", joined=joined)
    assert paging.offset_of(paging.at_offset(30, 4)) == 30


@pytest.mark.parametrize("joined", ["limit", "limit={limit}", "={offset}"])
def test_a_joined_parameter_without_a_place_for_the_offset_is_refused(tmp_path, joined):
    text = f'[collections.rows]\nlist = "/rows"\npaging = {{ kind = "offset", joined = "{joined}" }}'
    with pytest.raises(ConfigurationError), system(tmp_path, lambda _: {}, text):
        pass


SEARCH = """
[collections.rows]
records = "result"
[collections.rows.search]
path = "/jsonrpc"
[collections.rows.search.body]
jsonrpc = "2.0"
method = "call"
id = 1
[collections.rows.search.body.params]
service = "object"
method = "execute_kw"
args = ["shop", 0, "", "res.partner", "search_read", [[]], { order = "id" }]
[collections.rows.paging]
kind = "offset"
in_body = true
offset = "params.args[6].offset"
limit = "params.args[6].limit"
"""


def rpc(asked):
    """Answer as an ERP that is asked by JSON-RPC does; its calls carry the user's number and password."""
    params = asked.json["params"]
    if params["method"] == "authenticate":
        known = params["args"][1:3] == ["ada", "s3cret-pass"]
        return {"jsonrpc": "2.0", "id": 1, "result": 7 if known else False}
    *_, model, method, _domain, options = params["args"]
    if params["args"][1:3] != [7, "s3cret-pass"]:
        return {"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Access Denied"}}
    assert (model, method, options["order"]) == ("res.partner", "search_read", "id")
    return {"jsonrpc": "2.0", "id": 1, "result": sliced(options["offset"], options["limit"])}


RPC_LOG_IN = """
[auth]
kind = "log-in"
path = "/jsonrpc"
token_at = { uid = "result" }
header = ""
members = { "params.args[1]" = "{uid}", "params.args[2]" = "{password}" }
[auth.body]
jsonrpc = "2.0"
method = "call"
params = { service = "common", method = "authenticate", args = ["shop", "{user}", "{password}", {}] }
"""


def test_positions_in_a_list_of_the_body_and_a_log_in_whose_parts_stand_in_it(tmp_path):
    secrets = {"user": "ada", "password": "s3cret-pass"}
    folder = tmp_path / "store"
    with system(tmp_path, rpc, RPC_LOG_IN + SEARCH, credentials=secrets, answers=AnswerPolicy(folder=folder)) as (
        small,
        seen,
    ):
        assert ids(small.pull("rows", ALL)) == IDS
        assert small.finish()
        assert small.connector.auth.secrets == ("password", "user")
    assert sum(asked.json["params"]["method"] == "authenticate" for asked in seen) == 1
    assert not [path for path in folder.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]
    with connect(tmp_path / "small.toml", answers=AnswerPolicy(folder=folder)) as again:
        assert ids(again.pull("rows", ALL)) == IDS


def test_a_refused_json_rpc_log_in_says_so(tmp_path):
    secrets = {"user": "ada", "password": "wrong-pass"}
    with (
        system(tmp_path, rpc, RPC_LOG_IN + SEARCH, credentials=secrets) as (small, _),
        pytest.raises(RefusedError, match="refused, status 200, and in place of a token `result` is false .*PASSWORD"),
    ):
        small.pull("rows", ALL)


def test_a_json_rpc_call_that_writes_is_refused_as_the_file_is_loaded(tmp_path):
    text = SEARCH.replace('"search_read"', '"unlink"')
    with pytest.raises(ConfigurationError, match="never sent, its body says 'unlink'"), system(tmp_path, rpc, text):
        pass


def test_secrets_in_the_body_without_a_log_in(tmp_path):
    text = '[auth]\nkind = "members"\nmembers = { "params.args[1]" = "{number}", "params.args[2]" = "{password}" }\n'

    def answer(asked):
        asked.json["params"]["args"][1] = int(asked.json["params"]["args"][1])
        params = asked.json["params"]
        assert params["args"][1:3] == ["7", "s3cret-pass"]
        return {"result": sliced(params["args"][6]["offset"], params["args"][6]["limit"])}

    secrets = {"number": "7", "password": "s3cret-pass"}
    with system(tmp_path, answer, text + SEARCH, credentials=secrets) as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS


SESSION = """
[auth]
kind = "log-in"
path = "/web/session/authenticate"
body = { params = { login = "{user}", password = "{password}" } }
token_at = { session = "cookie:session_id", uid = "result.uid", company = "header:X-Company" }
header = "Cookie"
sent = "session_id={session}; cids={uid}"
headers = { "X-Company" = "{company}", "X-App" = "{app}" }
parameters = { sid = "{uid}-{session}" }
[collections.rows]
list = "/rows"
paging = { kind = "page", page = "page", size = "limit" }
"""


def test_a_token_composed_of_the_parts_of_an_answer_and_renewed_where_a_session_ended(tmp_path):
    sessions = []

    def answer(asked):
        if asked.path == "/web/session/authenticate":
            assert asked.headers["x-app"] == "s3cret-app"
            assert "x-company" not in asked.headers
            sessions.append(f"s3cret-session-{len(sessions)}")
            cookies = {"Set-Cookie": f"session_id={sessions[-1]}; Path=/; HttpOnly", "X-Company": "ACME"}
            return Answered({"result": {"uid": 7}}, headers=cookies)
        assert (asked.headers["x-company"], asked.headers["x-app"]) == ("ACME", "s3cret-app")
        if asked.query["page"] == "3" and len(sessions) == 1:
            return {"error": {"code": 100, "message": "Odoo Session Expired"}}
        assert asked.headers["cookie"].startswith("session_id=s3cret-session-")
        assert asked.headers["cookie"].endswith("; cids=7")
        assert asked.query["sid"].startswith("7-s3cret-session-")
        return sliced((int(asked.query["page"]) - 1) * 10, 10)

    secrets = {"user": "ada", "password": "s3cret-pass", "app": "s3cret-app"}
    folder = tmp_path / "store"
    with system(tmp_path, answer, SESSION, credentials=secrets, answers=AnswerPolicy(folder=folder)) as (small, _):
        assert ids(small.pull("rows", ALL)) == IDS
        assert small.finish()
        assert small.connector.auth.secrets == ("app", "password", "user")
    assert len(sessions) == 2
    assert not [path for path in folder.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


def test_a_form_as_the_body_of_a_search(tmp_path):
    def answer(asked):
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert asked.form["filter[status]"] == "open & paid"
        return {"rows": sliced(int(asked.form["start"]), int(asked.form["page[size]"]))}

    text = """
[collections.rows]
records = "rows"
search = { path = "/rows/find", sent_as = "form", body = { filter = { status = "open & paid" } } }
paging = { kind = "offset", in_body = true, offset = "start", limit = "page.size" }"""
    with system(tmp_path, answer, text) as (small, seen):
        assert ids(small.pull("rows", ALL)) == IDS
        assert {asked.method for asked in seen} == {"POST"}


SOAP = """
[headers]
SOAPAction = "urn:GetRows"
[collections.rows]
records = "Envelope.Body.GetRowsResponse.rows.row"
id = "@id"
[collections.rows.search]
path = "/soap"
sent_as = "xml"
[collections.rows.search.body."soap:Envelope"]
"@xmlns:soap" = "http://schemas.xmlsoap.org/soap/envelope/"
[collections.rows.search.body."soap:Envelope"."soap:Body".GetRows]
"@xmlns" = "urn:rows"
status = "open & paid"
[collections.rows.paging]
kind = "offset"
in_body = true
offset = "soap:Envelope.soap:Body.GetRows.skip"
limit = "soap:Envelope.soap:Body.GetRows.take"
total = "Envelope.Body.GetRowsResponse.rows.@total"
"""


def soap(asked):
    text = asked.body.decode()
    assert asked.headers["content-type"].startswith("text/xml")
    assert "<status>open &amp; paid</status>" in text
    skip, take = (int(text.partition(f"<{name}>")[2].partition("<")[0]) for name in ("skip", "take"))
    rows = "".join(
        f'<r:row id="{row["id"]}"><r:firstName lang="en">Adalbert</r:firstName>'
        f"<r:mail>ada{row['id']}@shop.example</r:mail><lines><line><sku>S-1</sku></line></lines></r:row>"
        for row in sliced(skip, take)
    )
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<r:GetRowsResponse xmlns:r="urn:rows"><r:rows total="47">{rows}</r:rows></r:GetRowsResponse>'
        "</s:Body></s:Envelope>"
    ).encode()


def test_xml_in_the_search_and_in_the_answer_redacted_stored_and_replayed_like_json(tmp_path):
    folder = tmp_path / "store"
    with system(tmp_path, soap, SOAP, answers=AnswerPolicy(folder=folder)) as (small, _):
        sample = small.pull("rows", ALL)
        assert small.finish()
    assert sorted(int(record["@id"]) for record in sample.records) == IDS
    assert sample.total == 47
    assert "XML in place of JSON, its values read as texts: " in " ".join(sample.notes)
    stored = [path for path in folder.rglob("*") if path.is_file()]
    assert len(stored) > 5
    with connect(tmp_path / "small.toml", answers=AnswerPolicy(folder=folder)) as again:
        assert again.pull("rows", ALL).records == sample.records
    assert len(sample.frame("lines.line")) == 47
    assert not any(
        "Adalbert" in json.dumps(record) or "shop.example" in json.dumps(record) for record in sample.records
    )


def test_a_page_of_one_and_a_page_of_none_in_xml(tmp_path):
    def answer(asked):
        number = int(asked.query["page"])
        rows = "".join(f"<order><id>{row['id']}</id></order>" for row in sliced((number - 1) * 23, 23))
        return f"<data><size>{23}</size>{rows}</data>".encode() if rows else b"<data/>"

    text = '[collections.rows]\nlist = "/rows"\nrecords = "data.order"\npaging = { kind = "page" }'
    with system(tmp_path, answer, text) as (small, _):
        assert ids(small.pull("rows", Plan(pages=9, size=23))) == IDS


def test_a_fault_in_xml_is_an_error(tmp_path):
    fault = b"<s:Fault><faultstring>No such report</faultstring></s:Fault>"
    fault = b'<s:Envelope xmlns:s="u"><s:Body>' + fault + b"</s:Body></s:Envelope>"
    with (
        system(tmp_path, lambda _: fault, SOAP) as (small, _),
        pytest.raises(ResponseError, match="answered 200 with an error inside: No such report"),
    ):
        small.pull("rows", ALL)


def oauth_signature(asked, address, secrets, method):
    """The signature that RFC 5849 wants, made without the library."""
    header = asked.headers.get("authorization", "")
    told = [part.strip().partition("=")[::2] for part in header.removeprefix("OAuth ").split(",") if "=" in part]
    given = {name: unquote(value.strip('"')) for name, value in told}
    pairs = [*given.items(), *parse_qsl(urlsplit(asked.target).query, keep_blank_values=True)]
    signature = dict(pairs)["oauth_signature"]
    signed = sorted(
        (quote(name, safe="~"), quote(value, safe="~"))
        for name, value in pairs
        if name not in {"oauth_signature", "realm"}
    )
    base = "&".join(f"{name}={value}" for name, value in signed)
    text = "&".join(quote(part, safe="~") for part in (asked.method, f"{address}{asked.path}", base))
    key = "&".join(quote(part, safe="~") for part in secrets).encode()
    return signature, b64encode(hmac.new(key, text.encode(), method).digest()).decode(), dict(pairs)


@pytest.mark.parametrize(
    ("auth", "secrets", "digest"),
    [
        ("", ("s3cret-consumer", "s3cret-token2"), hashlib.sha256),
        ('method = "HMAC-SHA1"\nrealm = "123456_SB1"', ("s3cret-consumer", "s3cret-token2"), hashlib.sha1),
        ('signed_in = "query"\ntoken = ""\ntoken_secret = ""', ("s3cret-consumer", ""), hashlib.sha256),
    ],
)
def test_oauth_1_signs_every_try_anew(tmp_path, auth, secrets, digest):
    nonces, address, failed = [], [""], []

    def answer(asked):
        signature, right, told = oauth_signature(asked, address[0], secrets, digest)
        assert signature == right
        assert told["oauth_nonce"] not in nonces
        nonces.append(told["oauth_nonce"])
        if asked.query["page"] == "2" and not failed:
            failed.append(asked)
            return Answered({"error": "busy"}, 503)
        return sliced((int(asked.query["page"]) - 1) * 10, 10)

    text = f"""
[auth]
kind = "oauth1"
{auth}
[collections.rows]
list = "/rows"
query = {{ "fields[a]" = "x y~*/ü" }}
paging = {{ kind = "page" }}
"""
    credentials = {
        "consumer_key": "ck", "consumer_secret": "s3cret-consumer", "token": "tk", "token_secret": "s3cret-token2",
    }  # fmt: skip
    folder = tmp_path / "store"
    with system(tmp_path, answer, text, credentials=credentials, answers=AnswerPolicy(folder=folder)) as (small, _):
        address[0] = small.address
        assert ids(small.pull("rows", ALL)) == IDS
        assert small.finish()
    assert failed
    with connect(tmp_path / "small.toml", answers=AnswerPolicy(folder=folder)) as again:
        assert ids(again.pull("rows", ALL)) == IDS


def test_a_post_signed_by_oauth_1_signs_its_form(tmp_path):
    address = [""]

    def answer(asked):
        asked_with_form = asked.__class__(
            asked.method, asked.path, {}, asked.headers, b"", f"{asked.path}?{asked.body.decode()}"
        )
        signature, right, _ = oauth_signature(asked_with_form, address[0], ("s3cret-consumer", ""), hashlib.sha256)
        assert signature == right
        return sliced(int(asked.form["start"]), int(asked.form["limit"]))

    text = """
[auth]
kind = "oauth1"
token = ""
token_secret = ""
[collections.rows]
search = { path = "/rows/find", sent_as = "form" }
paging = { kind = "offset", in_body = true, offset = "start" }"""
    credentials = {"consumer_key": "ck", "consumer_secret": "s3cret-consumer"}
    with system(tmp_path, answer, text, credentials=credentials) as (small, _):
        address[0] = small.address
        assert ids(small.pull("rows", ALL)) == IDS


def test_oauth_1_that_is_refused_names_its_secrets(tmp_path):
    text = '[auth]\nkind = "oauth1"\n[collections.rows]\nlist = "/rows"'
    credentials = {"consumer_key": "ck", "consumer_secret": "s3cret-a", "token": "tk", "token_secret": "s3cret-b"}
    with (
        system(tmp_path, lambda _: Answered({"m": "no"}, 401), text, credentials=credentials) as (small, _),
        pytest.raises(RefusedError, match="SMALL_CONSUMER_KEY, SMALL_CONSUMER_SECRET, SMALL_TOKEN, SMALL_TOKEN_SECRET"),
    ):
        small.pull("rows")


def test_what_the_body_of_a_search_would_write_is_never_sent(tmp_path):
    text = SOAP.replace("GetRows", "ListRows")
    with system(tmp_path, soap, text) as (small, seen):
        with pytest.raises(NotReadOnlyError, match="its body says 'DeleteRows'"):
            small.client.search("/soap", {"DeleteRows": {"id": 1}}, sent_as="xml")
        assert not seen


SDL = """
type Query { orders(first: Int, after: String): OrderConnection }
type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Order { id: ID! name: String }
type Mutation {
  placeOrder(cart: CartInput!, note: String): Order
  changeOrder(id: ID!, note: String): Order
}
input CartInput { items: [ItemInput!]! coupon: String }
input ItemInput { sku: String! qty: Int! = 1 }
"""
GRAPHQL = """
[collections.orders]
records = "data.orders.nodes"
create = "mutation placeOrder"
update = "mutation changeOrder"
{more}
[collections.orders.search]
path = "/graphql"
query = "query ($first: Int, $after: String) {{ orders(first: $first, after: $after) {{ nodes {{ id name }} }} }}"
[collections.orders.paging]
kind = "none"
"""


@pytest.mark.parametrize("where", ["openapi", "received"])
def test_a_graphql_mutation_declares_what_is_received_and_is_never_sent(tmp_path, where):
    (tmp_path / "shop.graphql").write_text(SDL, encoding="utf-8")
    with system(
        tmp_path,
        lambda _: {"data": {"orders": {"nodes": RECORDS}}},
        GRAPHQL.format(more='received = "shop.graphql"' if where == "received" else ""),
    ) as (small, seen):
        described = [read_openapi(tmp_path / "shop.graphql")] if where == "openapi" else []
        shapes = Shaper(small.name, small.connector, described, small.file).shapes("orders", small.pull("orders"))
        assert not any(b"mutation" in asked.body for asked in seen)
    received = [(field.path, field.required) for field in shapes.of(Shape.CREATE).fields]
    assert received == [("coupon", False), ("items", True), ("items[].qty", False), ("items[].sku", True)]
    assert [field.path for field in shapes.of(Shape.UPDATE).fields] == ["id", "note"]
    assert shapes.of(Shape.CREATE).operations[Method.ADD] == "mutation placeOrder"
