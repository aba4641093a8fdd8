"""What a probe finds because the answer, a header or the system's own description shows it."""

from __future__ import annotations

import json
import tomllib

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery import Plan, connect
from ipaas_discovery.errors import ResponseError
from ipaas_discovery.samples.probing.probe import probe
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System

RECORDS = [{"id": number, "name": f"n{number}"} for number in range(1, 48)]
IDS = [record["id"] for record in RECORDS]


def rows(start, many=10):
    return RECORDS[start : start + many]


def start_of(request, name, default=0):
    text = request.url.params.get(name, "")
    return int(text) if text.isdecimal() else default


def proposals(answer, *, path="/v1/orders", hints=(), **spec):
    """The settings that a probe of a list without any proposes, by table; and what it notes."""
    with system(Fake({path: answer}), {"orders": {"list": path, "records": "rows", **spec}}) as there:
        report = probe(there.puller, "orders", hints=hints)
    tables = {each.table: tomllib.loads("\n".join(each.after)) for each in report.proposals}
    return tables, report


def read_by(answer, settings, *, path="/v1/orders"):
    """The ids that come by proposed settings."""
    spec = {"list": path, "records": "rows", "paging": settings}
    with system(Fake({path: answer}), {"orders": spec}) as there:
        return sorted(record["id"] for record in there.pull("orders", Plan(pages=9, size=10)).records)


def by_key(request, link):
    """A page that is found by an opaque key; `link` writes how to get to the next one."""
    start = start_of(request, "key")
    return link({"rows": rows(start)}, f"key={start + 10}" if start + 10 < len(RECORDS) else "")


def linked_list(body, query):
    links = [
        {"rel": "self", "href": "/v1/orders"},
        *([{"rel": "next", "href": f"/v1/orders?{query}"}] if query else []),
    ]
    return httpx.Response(200, json={**body, "links": links})


def fhir_list(body, query):
    links = [{"relation": "next", "url": f"http://fake.test/v1/orders?{query}"}] if query else []
    return httpx.Response(200, json={**body, "link": links})


def bare_relative(body, query):
    return httpx.Response(200, json={**body, "paging": {"next": f"orders?{query}" if query else None}})


def query_alone(body, query):
    return httpx.Response(200, json={**body, "nextLink": f"?{query}" if query else None})


def in_a_header(body, query):
    return httpx.Response(200, json=body, headers={"X-Next-Page-Url": f"orders?{query}"} if query else {})


def under_a_name_of_its_own(body, query):
    others = {"self": "/v1/orders?key=0", "last": "/v1/orders?key=40", "form": "/v1/forms?order=1"}
    return httpx.Response(200, json={**body, **others, "go": {"forward": f"/v1/orders?{query}" if query else None}})


def on_an_inner_host(body, query):
    return httpx.Response(200, json={**body, "next": f"http://app.internal:8080/v1/orders?{query}" if query else None})


@pytest.mark.parametrize(
    ("link", "settings"),
    [
        (linked_list, {"kind": "next", "next": "links[rel=next].href"}),
        (fhir_list, {"kind": "next", "next": "link[relation=next].url"}),
        (bare_relative, {"kind": "next", "next": "paging.next"}),
        (query_alone, {"kind": "next", "next": "nextLink"}),
        (in_a_header, {"kind": "next", "next": "header:x-next-page-url"}),
        (on_an_inner_host, {"kind": "next", "next": "next", "keep_host": True}),
        (under_a_name_of_its_own, {"kind": "next", "next": "go.forward"}),
    ],
)
def test_the_address_of_the_next_page_is_found_wherever_it_stands(link, settings):
    def answer(request):
        return by_key(request, link)

    tables, _ = proposals(answer)
    assert tables == {"paging": settings}
    assert read_by(answer, settings) == IDS


@pytest.mark.parametrize(("key", "parameter"), [("next_bookmark", "bookmark"), ("x-next-token", "token")])
def test_a_cursor_is_asked_for_by_what_its_key_says_without_next(key, parameter):
    def answer(request):
        start = start_of(request, parameter)
        more = {key: str(start + 10)} if start + 10 < len(RECORDS) else {}
        return httpx.Response(200, json={"rows": rows(start, 10), **more})

    settings = proposals(answer)[0]["paging"]
    assert (settings["kind"], settings["cursor"], settings["next"]) == ("cursor", parameter, key)
    assert read_by(answer, settings) == IDS


@pytest.mark.parametrize("unit", ["items", "orders", ""])
def test_a_range_is_found_in_the_unit_that_the_answer_names(unit):
    def answer(request):
        text = request.headers.get("range", f"{unit}=0-9" if unit else "0-9")
        given, _, ends = text.rpartition("=")
        first, last = map(int, ends.split("-")) if given == unit else (0, 9)
        found = rows(first, last - first + 1)
        told = f"{unit} {first}-{first + len(found) - 1}/47".strip()
        return httpx.Response(206, json={"rows": found}, headers={"Content-Range": told})

    tables, _ = proposals(answer)
    assert tables == {"paging": {"kind": "range", **({} if unit == "items" else {"unit": unit})}}
    assert read_by(answer, tables["paging"]) == IDS


def test_a_range_is_found_in_a_parameter():
    def answer(request):
        first, last = json.loads(request.url.params.get("range", "[0,9]"))
        found = rows(first, last - first + 1)
        told = f"orders {first}-{first + len(found) - 1}/47"
        return httpx.Response(200, json={"rows": found}, headers={"Content-Range": told})

    tables, _ = proposals(answer)
    assert tables == {"paging": {"kind": "range", "json_in": "range"}}
    assert read_by(answer, tables["paging"]) == IDS


@pytest.mark.parametrize("joined", ["limit={offset},{limit}", "range={offset}-{last}"])
def test_an_offset_and_a_size_in_one_parameter_are_found(joined):
    name, sign = joined.partition("=")[0], "," if "," in joined else "-"

    def answer(request):
        first, mark, second = request.url.params.get(name, "0").partition(sign)
        start = int(first) if mark else 0
        many = int(second) - (start - 1 if sign == "-" else 0) if mark else 10
        return httpx.Response(200, json={"rows": rows(start, many)})

    tables, _ = proposals(answer)
    assert tables == {"paging": {"kind": "offset", "joined": joined}}
    assert read_by(answer, tables["paging"]) == IDS


def test_a_total_in_content_range_is_found():
    def answer(request):
        start = (start_of(request, "page", 1) - 1) * 10
        return httpx.Response(
            200, json={"rows": rows(start)}, headers={"Content-Range": f"rows {start}-{start + 9}/47"}
        )

    tables, _ = proposals(answer)
    assert tables["paging"] == {"kind": "page", "page": "page", "first": 1, "total": "header:Content-Range"}


@pytest.mark.parametrize(
    ("hints", "settings"),
    [
        (("sort", "strona"), {"kind": "page", "page": "strona", "first": 1}),
        (("sort", "depuis", "limit"), {"kind": "offset", "offset": "depuis", "limit": "limit"}),
        (("pageIndex",), {"kind": "page", "page": "pageIndex", "first": 0}),
    ],
)
def test_parameters_of_the_description_are_tried(hints, settings):
    def answer(request):
        if settings["kind"] == "page":
            return httpx.Response(
                200,
                json={"rows": rows((start_of(request, settings["page"], settings["first"]) - settings["first"]) * 10)},
            )
        return httpx.Response(200, json={"rows": rows(start_of(request, "depuis"), start_of(request, "limit", 10))})

    assert proposals(answer)[0] == {}
    assert proposals(answer, hints=hints)[0] == {"paging": settings}


def test_the_description_of_a_system_gives_the_hints(tmp_path):
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/orders": {
                "get": {
                    "parameters": [{"name": "strona", "in": "query"}],
                    "responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}},
                }
            }
        },
    }
    (tmp_path / "shop.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "shop.toml").write_text(
        'title = "Shop"\ndefault_environment = "a"\n[environments.a]\nbase_url = "http://shop.test"\n'
        'openapi = ["shop.json"]\n[collections.orders]\nlist = "/orders"\n',
        encoding="utf-8",
    )

    def answer(request):
        return httpx.Response(200, json=rows((start_of(request, "strona", 1) - 1) * 10))

    with connect(tmp_path / "shop.toml", transport=httpx.MockTransport(answer), root=tmp_path) as shop:
        (proposal,) = shop.probe("orders").proposals
    assert proposal.after[:2] == ('kind = "page"', 'page = "strona"')


def test_a_count_that_only_odata_or_head_tells_is_proposed():
    def odata(request):
        if request.url.path.endswith("/$count"):
            return httpx.Response(200, text="\ufeff47")
        if request.method == "HEAD":
            return httpx.Response(405)
        start, many = start_of(request, "$skip"), start_of(request, "$top", 10)
        return httpx.Response(200, json={"@odata.context": "x", "rows": rows(start, many)})

    spec = {"paging": {"kind": "offset", "offset": "$skip", "limit": "$top"}, "list": "/v1/orders", "records": "rows"}
    for answers, settings in (
        ({"/v1/orders": odata, "/v1/orders/$count": odata}, {"count": "/v1/orders/$count"}),
        ({"/v1/orders": headed}, {"count": "HEAD /v1/orders", "count_at": "header:x-total-count"}),
    ):
        with system(Fake(answers), {"orders": spec}) as there:
            tables = {each.table: tomllib.loads("\n".join(each.after)) for each in there.probe("orders").proposals}
            assert tables == {"collections.orders": settings}
        with system(Fake(answers), {"orders": {**spec, **settings}}) as there:
            assert there.pull("orders", Plan(pages=2, size=10)).total == 47


def headed(request):
    if request.method == "HEAD":
        return httpx.Response(200, headers={"X-Total-Count": "47"})
    return httpx.Response(200, json={"rows": rows(start_of(request, "$skip"), start_of(request, "$top", 10))})


def dated(request, by):
    """Records with three dates, of which the filter goes by one."""
    records = [
        {"id": n, "created": f"2020-01-{1 + n % 28:02d}T00:00:00Z", "shipped": f"2019-02-{28 - n % 28:02d}T00:00:00Z",
         "meta": {"touched": f"2021-03-{1 + n * 5 % 28:02d}T00:00:00Z"}}
        for n in range(30)
    ]  # fmt: skip
    first, last = request.url.params.get("since"), request.url.params.get("until")

    def value(record):
        return record["meta"]["touched"] if by == "meta.touched" else record[by]

    kept = [
        each
        for each in records
        if by == "none" or ((not first or value(each) >= first) and (not last or value(each) <= last))
    ]
    return httpx.Response(200, json={"rows": kept})


@pytest.mark.parametrize(
    ("by", "right"), [("created", True), ("shipped", True), ("meta.touched", True), ("none", False)]
)
@pytest.mark.parametrize(
    ("claim", "spec"),
    [
        ("the filter for changes works", {"since": "since"}),
        ("the filter between moments works", {"between": "since={since}&until={until}"}),
    ],
)
def test_the_right_date_is_the_one_whose_values_all_obey(by, right, claim, spec):
    _, report = proposals(lambda request: dated(request, by), **spec, paging={"kind": "none"})
    proof = next(proof for proof in report.proofs if proof.claim == claim)
    assert proof.holds is right
    assert (f"by `{by}`" in proof.evidence) is right
    assert ("the same records come as without it" in proof.evidence) is not right


def note(answer, **spec):
    return next(
        each for each in proposals(answer, paging={"kind": "none"}, **spec)[1].notes if "no paging is named" in each
    )


def test_under_none_it_says_what_was_tried():
    whole = note(lambda _: httpx.Response(200, json={"rows": rows(0, 10)}))
    assert "tried in vain were a page of 2 by Rows, rows, limit, _limit, per_page, " in whole
    assert "; page 2 as page, Page, _page, pageNumber" in whole
    assert "; offset 1 as offset with limit, skip with take" in whole
    assert "; JSON in filter, where" in whole
    few = note(lambda _: httpx.Response(200, json={"rows": rows(0, 3)}))
    assert few == "no paging is named, and none was tried: 3 records came, with no sign of more"
    sign = note(lambda _: httpx.Response(200, json={"rows": rows(0, 3), "total": 47}))
    assert "tried in vain were" in sign


def test_a_refuted_setting_is_in_the_claim_of_the_next_pull_until_it_is_mended(tmp_path):
    def answer(request):
        start = (start_of(request, "page", 1) - 1) * 10
        return httpx.Response(200, json=rows(start), headers={"Date": "Mon, 02 Nov 2026 09:00:00 GMT"})

    policy = AnswerPolicy(probes=tmp_path / "store")

    def shop(paging, since=""):
        (tmp_path / "shop.toml").write_text(
            'title = "Shop"\ndefault_environment = "a"\n[environments.a]\nbase_url = "http://shop.test"\n'
            f'[collections.orders]\nlist = "/orders"\n{since}\npaging = {paging}\n',
            encoding="utf-8",
        )
        return connect(tmp_path / "shop.toml", transport=httpx.MockTransport(answer), answers=policy)

    wrong, right = '{ kind = "page", page = "seite" }', '{ kind = "page", page = "page" }'
    sentence = "`paging` of the connector is refuted, for pages are disjoint is not true: "
    with shop(wrong) as there:
        assert not there.probe("orders").sound
        assert sentence in there.pull("orders").claim
    with shop(wrong, since='note = "x"') as there:
        claim = there.pull("orders").claim
        assert sentence in claim
        assert "; a probe found this on 2026-11-02" in claim
        assert sentence in there.pull_all(["orders"])["orders"].claim
        assert sentence in there.extract("orders").claim
    with shop(right) as there:
        assert "refuted" not in there.pull("orders").claim
        assert there.probe("orders").sound
    with shop(wrong) as there:  # a later probe found it right
        assert "refuted" not in there.pull("orders").claim
    assert (tmp_path / "store" / ".gitignore").is_file()


@pytest.mark.parametrize("paging", [{}, {"paging": {"kind": "none", "total": "total"}}])
def test_no_end_is_proved_by_paging_that_a_probe_refuted(paging):
    """Each page is answered with a total that counts its own records, as where counting is left out."""

    def answer(request):
        page = rows(start_of(request, "page", 1) * 23 - 23, 23)
        return httpx.Response(200, json={"total": len(page), "data": page})

    spec = {"list": "/orders", "records": "data", **paging}
    with system(Fake({"/orders": answer}), {"orders": spec}) as there:
        assert "nothing is left unseen" in there.pull("orders").claim
        assert not there.probe("orders").sound
        sample, extract = there.pull("orders"), there.extract("orders")
        assert len(list(extract)) == 23
        for claim in (sample.claim, extract.claim):
            assert "nothing is left unseen" not in claim
            assert "23 records" in claim
            assert "its end is assumed: a probe refuted the `paging` by which it was read" in claim


def test_a_file_of_refutations_that_nobody_can_read_says_nothing(tmp_path):
    for content in ("{", "[]", '{"orders": 1}', '{"orders": [1]}'):
        (tmp_path / "fake-test.probes.json").write_text(content, encoding="utf-8")
        answers = AnswerPolicy(probes=tmp_path)
        with system(Fake({"/orders": RECORDS}), {"orders": {"list": "/orders"}}) as there:
            again = System(there.connector, transport=Fake({"/orders": RECORDS}), answers=answers)
            assert "refuted" not in again.pull("orders").claim
            again.close()


def whole_unless_asked(request):
    """Everything at once; a page with `_page` and `_limit`, and only then a total and a link to the next page."""
    params = request.url.params
    size = int(params.get("_limit", 10 if "_page" in params else len(RECORDS)))
    page = int(params.get("_page", 1))
    found = RECORDS[(page - 1) * size : page * size]
    headers = {"X-Total-Count": str(len(RECORDS))} if "_limit" in params or "_page" in params else {}
    if "_page" in params and page * size < len(RECORDS):
        headers["Link"] = f'<http://fake.test/v1/orders?_page={page + 1}&_limit={size}>; rel="next"'
    return httpx.Response(200, json={"rows": found}, headers=headers)


def proofs(report):
    return {proof.claim: (proof.holds, proof.evidence) for proof in report.proofs}


def test_a_list_that_comes_whole_and_pages_as_well_is_not_said_to_be_cut():
    tables, report = proposals(whole_unless_asked)
    assert tables["paging"] == {"kind": "page", "page": "_page", "size": "_limit"}
    holds, evidence = proofs(report)["everything comes at once"]
    assert holds is True
    assert evidence.startswith("nothing follows the 47 that came; _page = 3 with _limit = 2 brought the fifth and the")
    assert report.sound
    assert read_by(whole_unless_asked, tables["paging"]) == IDS


def test_a_list_of_which_more_follows_is_said_to_be_cut():
    def by_offset(request):
        return httpx.Response(200, json={"rows": rows(start_of(request, "offset"), start_of(request, "limit", 10))})

    tables, report = proposals(by_offset)
    assert tables["paging"]["offset"] == "offset"
    assert "[paging] holds for every collection without its own" in " ".join(report.notes)
    assert proofs(report)["everything comes at once"][0] is False
    assert not report.sound


def test_a_link_that_does_not_come_is_refuted_by_the_total_and_the_page_number_is_found():
    paging = {"kind": "link", "size": "_limit"}
    tables, report = proposals(whole_unless_asked, paging=paging)
    assert list(tables) == ["collections.orders.paging"]
    assert not any("holds for every collection" in note for note in report.notes)
    assert proofs(report)["the pages come"] == (
        False,
        "the first page of 10 records leads to no other, though `header:x-total-count` says 47",
    )
    assert tables["collections.orders.paging"] == {"kind": "page", "page": "_page", "size": "_limit"}
    assert not report.sound


def test_one_page_of_as_many_as_were_asked_for_is_not_proven_to_be_all():
    paging = {"kind": "link", "size": "limit"}
    _, report = proposals(lambda _: httpx.Response(200, json={"rows": rows(0, 10)}), paging=paging)
    holds, evidence = proofs(report)["the pages come"]
    assert holds is None
    assert "exactly the 10 that were asked for" in evidence
    assert report.sound


def test_one_short_page_leads_nowhere_and_nothing_is_said_against_it():
    paging = {"kind": "link", "size": "limit"}
    _, report = proposals(lambda _: httpx.Response(200, json={"rows": rows(0, 7)}), paging=paging)
    assert "the pages come" not in proofs(report)


@pytest.mark.parametrize("total", ["47", 47])
def test_a_total_that_is_written_as_a_text_is_found(total):
    def answer(request):
        return httpx.Response(
            200, json={"rows": rows((start_of(request, "page", 1) - 1) * 10), "meta": {"total": total}}
        )

    assert proposals(answer)[0]["paging"]["total"] == "meta.total"


def test_xml_is_probed_like_json():
    def answer(request):
        found = rows((start_of(request, "page", 1) - 1) * 10)
        listed = "".join(f"<row><id>{row['id']}</id></row>" for row in found)
        return httpx.Response(200, content=f'<rows total="47">{listed}</rows>'.encode())

    tables, _ = proposals(answer, records="rows.row")
    assert tables["paging"] == {"kind": "page", "page": "page", "first": 1, "total": "rows.@total"}


@pytest.mark.parametrize("name", ["X-Next-Cursor", "X-Continuation-Token"])
def test_a_cursor_in_a_header_is_found_with_the_parameter_that_takes_it(name):
    taken = {"X-Next-Cursor": "cursor", "X-Continuation-Token": "continuation-token"}[name]

    def answer(request):
        start = int(request.url.params.get(taken, "c0").removeprefix("c"))
        more = {name: f"c{start + 10}"} if start + 10 < len(RECORDS) else {}
        return httpx.Response(200, json={"rows": rows(start)}, headers=more)

    tables, _ = proposals(answer, hints=(taken,))
    assert tables == {"paging": {"kind": "cursor", "cursor": taken, "next": f"header:{name.lower()}"}}
    assert read_by(answer, tables["paging"]) == IDS


def test_a_cursor_of_a_search_stands_in_its_body():
    def answer(request):
        start = int(json.loads(request.content or b"{}").get("nextToken", 0))
        more = {"nextToken": str(start + 10)} if start + 10 < len(RECORDS) else {}
        return httpx.Response(200, json={"rows": rows(start), **more})

    with system(Fake({"/v1/find": answer}), {"orders": {"search": {"path": "/v1/find"}, "records": "rows"}}) as there:
        (proposal,) = there.probe("orders").proposals
    paging = tomllib.loads("\n".join(proposal.after))
    assert paging == {"kind": "cursor", "cursor": "nextToken", "next": "nextToken", "in_body": True}
    spec = {"search": {"path": "/v1/find"}, "records": "rows", "paging": paging}
    with system(Fake({"/v1/find": answer}), {"orders": spec}) as there:
        assert [record["id"] for record in there.pull("orders", Plan(pages=9)).records] == IDS


def test_a_cursor_of_a_header_may_be_sent_back_in_it():
    def answer(request):
        start = int(request.headers.get("x-continuation", 0))
        more = {"x-continuation": str(start + 10)} if start + 10 < len(RECORDS) else {}
        return httpx.Response(200, json={"rows": rows(start)}, headers=more)

    settings = proposals(answer)[0]["paging"]
    assert settings == {"kind": "cursor", "cursor": "header:x-continuation", "next": "header:x-continuation"}
    assert read_by(answer, settings) == IDS


def test_a_list_whose_newest_records_come_first_pages_by_those_before_the_last():
    def answer(request):
        before = start_of(request, "before", 10**6)
        return httpx.Response(200, json={"rows": [row for row in reversed(RECORDS) if row["id"] < before][:10]})

    settings = proposals(answer)[0]["paging"]
    assert settings == {"kind": "cursor", "cursor": "before", "next": "rows[-1].id"}
    assert read_by(answer, settings) == IDS


def test_a_list_inside_an_error_is_no_list_of_records():
    issues = [{"severity": "error", "code": "invalid", "diagnostics": "Unknown parameter"}]
    body = {"resourceType": "OperationOutcome", "issue": issues}
    spec = {"orders": {"list": "/v1/orders", "records": "entry[].resource"}}
    with system({"/v1/orders": body}, spec) as there, pytest.raises(ResponseError, match="Unknown parameter"):
        there.probe("orders")
