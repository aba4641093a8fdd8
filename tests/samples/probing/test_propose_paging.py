"""What a probe sees of every way to page and of every wrong setting, and what it proposes instead."""

from __future__ import annotations

import tomllib

import httpx
import pytest
from fakes import Fake, system
from samples.fakes_paging import Api, orders

from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.validation import validated

RIGHT = {"kind": "page", "page": "page", "size": "limit", "total": "total"}
OFFSET = {"kind": "offset", "offset": "offset", "limit": "limit", "total": "total"}
CURSOR = {"kind": "cursor", "cursor": "after", "next": "next_cursor", "size": "limit", "total": "total"}


def probed(api, paging=None, **spec):
    """The report on a fake's list, under a connector with this paging."""
    settings = {"records": "data", **({"paging": paging} if paging else {})}
    answers = {"/orders": api, **spec.pop("answers", {})}
    with system(Fake(answers), {"orders": {"list": "/orders", **spec}}, **settings) as there:
        return there.probe("orders")


def holds(report, claim):
    return next(proof.holds for proof in report.proofs if proof.claim == claim)


def evidence(report, claim):
    return next(proof.evidence for proof in report.proofs if proof.claim == claim)


def proposed(report):
    """The one table that is proposed, as settings."""
    (proposal,) = report.proposals
    return proposal.table, tomllib.loads("\n".join(proposal.after))


@pytest.mark.parametrize(
    ("api", "paging"),
    [
        (Api(orders(47)), RIGHT),
        (Api(orders(47), base=0), {**RIGHT, "first": 0}),
        (Api(orders(47), style="offset", page="offset"), OFFSET),
        (Api(orders(47), style="cursor", page="after"), CURSOR),
        (Api(orders(47), style="url"), {"kind": "next", "size": "limit", "total": "total"}),
        (Api(orders(47), style="url", page="link"), {"kind": "link", "size": "limit", "total": "total"}),
        (Api(orders(7)), {"kind": "none"}),
    ],
    ids=["page-1", "page-0", "offset", "cursor", "next", "link", "none"],
)
def test_right_settings_are_sound_and_nothing_is_proposed(api, paging):
    report = probed(api, paging)
    assert [proof for proof in report.proofs if proof.holds is False] == []
    assert not report.proposals
    assert report.requests == len(api.queries) <= 60
    assert holds(report, "pages are disjoint") is True


@pytest.mark.parametrize("count", [7, 17, 47])
def test_the_second_page_is_read_where_the_first_says_there_is_one(count):
    seen = evidence(probed(Api(orders(count)), RIGHT), "pages are disjoint")
    read = {7: 7, 17: 17, 47: 27}[count]
    assert seen.startswith(f"{read} different 'id' in {read} records")


@pytest.mark.parametrize("below", ["error", "first"])
def test_a_connector_that_counts_from_0_where_the_system_counts_from_1_is_told_so(below):
    report = probed(Api(orders(47), below=below), {**RIGHT, "first": 0})
    assert not report.sound
    assert below == "error" or holds(report, "the first page is page 0") is False
    table, settings = proposed(report)
    assert (table, settings) == ("paging", {**RIGHT, "first": 1})


def test_a_connector_that_counts_from_1_where_the_system_counts_from_0_is_told_so():
    report = probed(Api(orders(47), base=0), RIGHT)
    assert holds(report, "the first page is page 1") is False
    assert proposed(report) == ("paging", {**RIGHT, "first": 0})
    assert "+ first = 0" in report.proposals[0].diff
    assert "- first" not in report.proposals[0].diff


def test_a_system_whose_only_page_is_page_0_is_told_by_what_it_refuses():
    report = probed(Api(orders(7), base=0, past="error"), RIGHT)
    assert proposed(report) == ("paging", {**RIGHT, "first": 0})


def test_a_page_0_without_records_is_not_the_first():
    inner = Api(orders(47), page="pageNumber", size=None)

    def answer(request):
        if request.url.params.get("page") == "0":
            return httpx.Response(200, json={"data": [], "total": 47})
        return httpx.Response(400, json={}) if set(request.url.params) - {"pageNumber"} else inner(request)

    settings = proposed(probed(answer, RIGHT))[1]
    assert (settings["page"], settings["first"]) == ("pageNumber", 1)


def test_a_proposal_shows_the_settings_as_the_file_has_them_without_defaults():
    (proposal,) = probed(Api(orders(47), base=0), {"kind": "page", "size": "limit", "total": "total"}).proposals
    assert set(proposal.before) == {'kind = "page"', 'size = "limit"', 'total = "total"'}
    assert set(proposal.after) - set(proposal.before) == {"first = 0"}
    (proposal,) = probed(Api(orders(47))).proposals
    assert proposal.before == ('kind = "none"',)


@pytest.mark.parametrize("said", [40, 60])
def test_a_total_that_lies_is_refuted_by_counting(said):
    report = probed(Api(orders(47), total=said), RIGHT)
    assert evidence(report, "the total is right") == f"it says {said}, 47 were counted"
    assert holds(report, "the total is right") is False
    assert "total" not in proposed(report)[1]


def test_a_total_elsewhere_is_found_by_what_was_counted():
    report = probed(Api(orders(47), headers={"X-Total-Count": "47"}, total=None), {"kind": "page", "size": "limit"})
    assert proposed(report)[1]["total"] == "header:x-total-count"


def test_a_size_that_is_ignored_is_refuted_even_if_it_happens_to_be_the_default():
    report = probed(Api(orders(47), size=None), RIGHT)
    assert holds(report, "the page size is honoured") is False
    assert evidence(report, "the page size is honoured").endswith("10 where 3 were asked for")
    assert "size" not in proposed(report)[1]


def test_a_size_parameter_of_another_name_is_found():
    report = probed(Api(orders(47), size="per_page"), RIGHT)
    assert proposed(report)[1] == {**RIGHT, "size": "per_page"}


@pytest.mark.parametrize(
    ("past", "said"),
    [
        ("empty", "is empty"),
        ("204", "is 204 without content"),
        ("repeat", "repeats the last page"),
        ("error", "is refused"),
    ],
)  # fmt: skip
def test_what_comes_past_the_end_is_told(past, said):
    report = probed(Api(orders(47), past=past), RIGHT)
    assert evidence(report, "the end is recognised") == f"page 6 of 5 {said}"
    assert report.sound


def test_pages_without_end_are_refuted_within_the_cap():
    api = Api(orders(47), past="endless")
    report = probed(api, RIGHT)
    assert holds(report, "the end is recognised") is False
    assert len(api.queries) <= 60


def test_an_order_that_changes_is_refuted():
    assert holds(probed(Api(orders(47), shuffled=True), RIGHT), "the order is stable") is False


def test_a_list_that_grows_while_it_is_read_is_refuted():
    assert holds(probed(Api(orders(47), grows=True), RIGHT), "the order is stable") is False


@pytest.mark.parametrize(
    ("api", "found"),
    [
        (Api(orders(47), page="p"), {"kind": "page", "page": "p", "first": 1}),
        (Api(orders(47), base=0), {"kind": "page", "page": "page", "first": 0}),
        (
            Api(orders(47), style="offset", page="skip", size="take"),
            {"kind": "offset", "offset": "skip", "limit": "take"},
        ),
        (Api(orders(47), style="cursor", page="cursor"), {"kind": "cursor", "cursor": "cursor", "next": "next_cursor"}),
        (Api(orders(47), style="cursor", page="after"), {"kind": "cursor", "cursor": "after", "next": "next_cursor"}),
        (Api(orders(47), style="url"), {"kind": "next", "next": "next"}),
        (Api(orders(47), style="url", page="link"), {"kind": "link"}),
    ],
    ids=["page-1", "page-0", "offset", "cursor", "after", "next", "link"],
)  # fmt: skip
@pytest.mark.parametrize("wrong", [None, {"kind": "page", "page": "seite", "size": "limit"}], ids=["missing", "wrong"])
def test_paging_that_is_missing_or_wrong_is_found_by_trying(api, found, wrong):
    api.queries.clear()
    report = probed(api, wrong)
    table, settings = proposed(report)
    size = {} if found["kind"] == "offset" else {"size": "limit"}
    assert (table, settings) == ("paging", {**found, **size, "total": "total"})
    assert len(api.queries) <= 60
    assert report.sound is False
    right = probed(api, settings)
    assert right.sound
    assert not right.proposals


def test_a_list_that_refuses_the_connectors_parameters_is_still_probed():
    inner = Api(orders(47), page="pageNumber", size=None)

    def strict(request):
        unknown = set(request.url.params) - {"pageNumber"}
        return httpx.Response(400, json={"title": f"unknown {unknown}"}) if unknown else inner(request)

    report = probed(strict, RIGHT)
    assert holds(report, "records are found") is False
    assert proposed(report)[1] == {"kind": "page", "page": "pageNumber", "first": 1, "total": "total"}


def test_records_elsewhere_are_found_and_proposed():
    report = probed(Api(orders(47), place="rows"), RIGHT)
    assert report.proposals[0].diff == '  [collections.orders]\n- records = "data"\n+ records = "rows"'
    assert not report.sound
    assert holds(report, "the total is right") is True


def test_an_id_that_no_record_has_is_answered_with_one_that_tells_them_apart():
    records = [{"number": f"A{each['id']}", "status": "open"} for each in orders(47)]
    report = probed(Api(records), RIGHT)
    assert report.proposals[0].after == ('id = "number"',)


def test_filters_are_proven_or_refuted():
    right = probed(Api(orders(90), filters=("status",)), RIGHT, filters={"status": ["paid"]})
    assert holds(right, "the filter status works") is True
    wrong = probed(Api(orders(90)), RIGHT, filters={"status": ["paid"]})
    assert holds(wrong, "the filter status works") is False


def test_a_filter_that_every_record_fulfils_proves_nothing():
    for api in (Api(orders(30)), Api(orders(30), total=None)):
        assert holds(probed(api, RIGHT, filters={"status": ["open"]}), "the filter status works") is None


def test_changes_since_are_proven_or_refuted():
    assert holds(probed(Api(orders(90), since="from"), RIGHT, since="from"), "the filter for changes works") is True
    assert holds(probed(Api(orders(90)), RIGHT, since="from"), "the filter for changes works") is False


def test_sort_orders_are_proven_or_refuted():
    sort = {"newest": {"sort": "-updated_at"}, "oldest": {"sort": "updated_at"}}
    right = probed(Api(orders(90), sort=True), RIGHT, sort=sort)
    assert holds(right, "the newest come first") is True
    assert holds(right, "the oldest come first") is True
    assert holds(probed(Api(orders(90)), RIGHT, sort=sort), "the newest come first") is False


def test_fields_that_only_the_detail_has_are_named():
    answers = {f"/orders/{each['id']}": {"order": {**each, "lines": [{"sku": "a"}]}} for each in orders(47)}
    report = probed(Api(orders(47)), RIGHT, detail="/orders/{id}", answers=answers)
    assert holds(report, "list and detail were compared") is True
    assert any("2 paths are only in the detail: lines, lines[].sku" in note for note in report.notes)


def test_rate_limit_headers_are_reported_and_proposed():
    report = probed(Api(orders(7), headers={"X-RateLimit-Remaining": "38"}), RIGHT)
    assert evidence(report, "rate limits are announced") == "x-ratelimit-remaining: 38"
    assert report.proposals[0].diff == '  [limits]\n+ remaining_header = "x-ratelimit-remaining"'


def test_filters_that_work_and_are_not_named_are_proposed():
    report = probed(Api(orders(90), filters=("status",), since="updated_at_min"), RIGHT)
    assert [line for each in report.proposals for line in each.after] == [
        'filters = { status = ["open", "paid", "void"] }',
        'since = "updated_at_min"',
    ]
    assert report.sound


def test_two_moments_are_enough_to_propose_a_filter_for_changes():
    records = [each | {"updated_at": f"2026-01-0{1 + each['id'] % 2}T10:00:00Z"} for each in orders(47)]
    assert ('since = "updated_at_min"',) in [
        each.after for each in probed(Api(records, since="updated_at_min"), RIGHT).proposals
    ]


def test_what_is_not_proven_is_a_sentence():
    report = probed(Api(orders(7)), {"kind": "none"})
    assert "Not proven that the page size is honoured: the connector names no size parameter." in report.unproven
    assert "requests were made" in report.to_text()


def test_a_proposal_makes_a_connector_that_loads():
    table, settings = proposed(probed(Api(orders(47), base=0), RIGHT))
    made = {"title": "x", "default_environment": "a", "environments": {"a": {"base_url": "http://fake.test"}}}
    connector = validated(Connector, {**made, "collections": {"o": {"list": "/o"}}, table: settings}, where="x")
    assert connector.paging.first == 0


def test_offsets_of_a_system_that_gives_fewer_than_asked_for_are_counted_in_what_comes():
    report = probed(Api(orders(47), style="offset", page="offset", most=7), OFFSET)
    assert holds(report, "the page size is honoured") is False
    assert evidence(report, "the total is right") == "it says 47, 47 were counted"
    assert evidence(report, "the end is recognised") == "page 8 of 7 is empty"


def test_two_moments_are_proven_proposed_or_refuted():
    both = {"since": "from", "between": "from={since}&to={until}"}
    claim = "the filter between moments works"
    right = probed(Api(orders(47), since="from", until="to"), RIGHT, **both)
    assert holds(right, claim) is True
    assert "none outside" in evidence(right, claim)
    assert not right.proposals
    passed_over = probed(Api(orders(47)[::-1], since="from"), RIGHT, **both)
    assert holds(passed_over, claim) is False
    assert holds(probed(Api(orders(2), since="from", until="to"), RIGHT, **both), claim) is None


def test_the_end_of_a_stretch_is_found_by_the_name_that_matches_its_begin():
    report = probed(Api(orders(47), since="from", until="to"), RIGHT, since="from")
    assert proposed(report) == ("collections.orders", {"between": "from={since}&to={until}"})
    assert not probed(Api(orders(47), since="from"), RIGHT, since="from").proposals
