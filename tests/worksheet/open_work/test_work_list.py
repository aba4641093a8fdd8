"""Open work: every kind is listed once, in the order to work on it, with where and how it is said."""

import json

import pytest

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.matching.collections.collection_matches import match_collections
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.mapping import Mapping as Filling
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Method, Outcome, Shape
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList, work_list
from ipaas_discovery.worksheet.parts import Decision, Evidence, Question
from ipaas_discovery.worksheet.remarks import LeftOut

TO, FROM = Direction.TO, Direction.FROM
MISSING = Finding("required", Effect.NEEDS_DEFAULT, "type", "required, and nothing is mapped to it", "give a value")
REFUSED = Finding("enum", Effect.NEEDS_DEFAULT, "status", "values that are not taken: 'x' (3)", "give a value map")
WARNING = Finding("key", Effect.WARNS, "id", "weak", "")
WHOLE = Finding("pass rate", Effect.BLOCKS, "", "none passes", "")


def entry(decision=None, *, collection="CUSTOMER", third_party="users", **parts):
    proofs = [
        Evidence(way, method, Outcome.WITH_DEFAULTS, findings=(MISSING, REFUSED, WARNING, WHOLE))
        for way in (TO, FROM)
        for method in (Method.ADD, Method.UPDATE)
    ]
    return Entry(collection, 8, third_party, decision=decision, evidence=proofs, **parts)


def listed(*entries, comparisons=None, questions=(), left_out=(), matches=None, unpaired=()):
    document = WorksheetDocument("Shop", questions=questions, entries=entries, left_out=left_out)
    return work_list(document, comparisons or {}, matches, unpaired)


def shapes(system, collection, records):
    seen = observe(records)
    received = [Schema(collection, shape, system, seen.fields, source="as returned") for shape in list(Shape)[1:]]
    return Shapes(system, collection, seen, *received)


def differing():
    """Two collections whose totals differ in every one of the same records."""
    ours = [{"email": f"a{n}@example.test", "order_total": n * 3 + 1} for n in range(20)]
    theirs = [{"email": f"a{n}@example.test", "order_total": (n * 7919) % 31 + 2001} for n in range(20)]
    samples = [
        Sample(system, name, tuple(records), Stop.COMPLETE, total=20)
        for system, name, records in (("iPaaS.com", "CUSTOMER", ours), ("Shop", "users", theirs))
    ]
    pairs = pair_records(*samples, keys=[("email", "email")])
    return compare(shapes("iPaaS.com", "CUSTOMER", ours), shapes("Shop", "users", theirs), pairs)


def test_proposals_nobody_decided_are_counted_for_each_ordered_direction():
    rows = [
        Filling("name", "field", ("full_name",)),
        Filling("city", "field", ("town",), status="accepted"),
        Filling("fax", "", ("phone", "mobile"), standing="ambiguous"),
        Filling("note"),
    ]
    open_one = entry(Decision(TO, ("add",)), to=rows, from_=[Filling("x", "field", ("y",))])
    (item,) = listed(open_one).of(WorkKind.UNCONFIRMED)
    assert (item.about, item.open) == ("To iPaaS.com", "2 proposals: fax and name")
    assert item.command == "ipaas-discovery map CUSTOMER to name --accept"
    assert item.board == "MatchBoard"
    assert listed(entry(to=rows)).of(WorkKind.UNCONFIRMED) == ()
    (item,) = listed(entry(Decision(TO, ("add",)), to=[Filling(f"f{at}", "field", ("x",)) for at in range(9)])).of(
        WorkKind.UNCONFIRMED
    )
    assert item.open == "9 proposals: f0, f1, f2, f3, f4, f5 and 3 more"
    said = [Filling("name", "field", ("full_name",), status="accepted"), Filling("note")]
    assert listed(entry(Decision(TO, ("add",)), to=said)).of(WorkKind.UNCONFIRMED) == ()


def test_an_undecided_pair_is_one_item_and_its_fields_wait():
    work = listed(entry())
    assert [(item.kind, item.title, item.board) for item in work] == [
        ("undecided", "CUSTOMER ↔ users", "DirectionBoard")
    ]
    assert work.items[0].command == "ipaas-discovery decide CUSTOMER DIRECTION"
    assert len(work) == 1


def test_a_way_that_the_evidence_proposes_stands_beside_it():
    proofs = (Evidence(TO, Method.ADD, Outcome.POSSIBLE), Evidence(FROM, Method.ADD, Outcome.BLOCKED))
    (item,) = listed(Entry("CUSTOMER", 8, "users", evidence=proofs))
    assert (item.answer, item.command) == ("To iPaaS.com: add", "ipaas-discovery decide CUSTOMER to")


def test_fields_of_an_ordered_flow_are_listed_once_for_all_its_methods():
    work = listed(entry(Decision(TO, (Method.ADD, Method.UPDATE))))
    assert [(item.kind, item.about, item.open) for item in work] == [
        ("unmapped", "type", "To iPaaS.com, add and update: required, and nothing is mapped to it"),
        ("refused", "status", "To iPaaS.com, add and update: values that are not taken: 'x' (3)"),
    ]
    assert work.items[0].command == "ipaas-discovery map CUSTOMER to type --constant VALUE"
    assert work.items[1].command == "ipaas-discovery map CUSTOMER to status --source FIELD --default VALUE"
    assert {item.board for item in work} == {"MatchBoard"}


def test_only_the_ordered_way_and_its_methods_count():
    work = listed(entry(Decision(FROM, (Method.UPDATE,))))
    assert {item.open.partition(":")[0] for item in work} == {"From iPaaS.com, update"}


@pytest.mark.parametrize("parts", [{"decision": Decision(None)}, {"gone": True}])
def test_what_is_left_out_or_gone_is_no_work(parts):
    assert not listed(entry(**parts, questions=(Question("Which records move?"),))).items


def test_matched_fields_that_differ_are_listed_with_their_numbers():
    pair = entry(Decision(FROM, (Method.ADD,)))
    work = listed(pair, comparisons={pair.key: differing()})
    (item,) = work.of("disagreeing")
    assert item.about == "order_total ↔ order_total"
    assert item.open.startswith("equal in 0 of 20 of the same records; different in 20")
    assert item.answer == "look-up, formula or wrong match"
    assert item.command == "ipaas-discovery map CUSTOMER from order_total --source order_total --accept"
    undecided = entry()
    (item,) = listed(undecided, comparisons={undecided.key: differing()}).of(WorkKind.DISAGREEING)
    assert " to order_total " in item.command


def test_questions_come_last_the_integrations_first_and_answered_ones_not():
    asked = (Question("Which way?"), Question("Which records?", "all of them"), Question("Why?"))
    work = listed(entry(Decision(TO), questions=asked), questions=(Question("What for?"), Question("When?", "now")))
    assert [(item.title, item.about, item.command) for item in work] == [
        ("the integration", "What for?", "ipaas-discovery answer 1 TEXT"),
        ("CUSTOMER ↔ users", "Which way?", "ipaas-discovery answer 1 TEXT --collection CUSTOMER"),
        ("CUSTOMER ↔ users", "Why?", "ipaas-discovery answer 3 TEXT --collection CUSTOMER"),
    ]


def test_collections_in_no_pair_are_offered_their_partner_and_the_rest_is_counted():
    matches = match_collections(["CUSTOMER_ADDRESS", "EMPLOYEE", "LOCATION"], ["customer_addresses", "zebras"])
    rows = matches.unpaired([]).frame().itertuples(index=False, name=None)
    work = listed(matches=matches, unpaired=rows)
    pair, scope = work.of("unpaired")
    assert (pair.title, pair.board) == ("CUSTOMER_ADDRESS ↔ customer_addresses", "CollectionBrowser")
    assert pair.command == 'worksheet.pair("CUSTOMER_ADDRESS", "customer_addresses")'
    assert (scope.title, scope.about) == ("zebras", "scope")
    assert work.notes == ("2 collection types of iPaaS.com are in no pair, and nothing is proposed for them.",)


def test_a_collection_that_is_left_out_is_settled():
    matches = match_collections(["LOCATION"], ["zebras"])
    rows = [("iPaaS.com", "LOCATION", "none"), ("third party", "zebras", "none")]
    work = listed(matches=matches, unpaired=rows, left_out=[LeftOut("third party", "zebras", "no use")])
    assert not work.items
    assert work.notes == ("1 collection type of iPaaS.com is in no pair, and nothing is proposed for it.",)
    assert not listed(unpaired=rows, left_out=[LeftOut("iPaaS.com", "LOCATION")]).notes


def test_kinds_stand_in_the_order_to_work_on_them():
    proposed = [Filling("name", "field", ("full_name",))]
    first = entry(Decision(TO, (Method.ADD,)), questions=(Question("Which way?"),), to=proposed)
    second = entry(collection="PRODUCT", third_party="items")
    work = listed(first, second, comparisons={first.key: differing()}, unpaired=[("third party", "zebras", "none")])
    assert [item.kind for item in work] == list(WorkKind)
    assert list(work.counts) == list(WorkKind)
    assert work.summary == (
        "Open: 1 unpaired, 1 undecided, 1 unmapped, 1 refused, 1 disagreeing, 1 unconfirmed, 1 unanswered."
    )


def test_it_is_a_frame_a_dict_html_markdown_and_text():
    work = listed(entry(Decision(TO, (Method.ADD,))), unpaired=[("iPaaS.com", "LOCATION", "none")])
    frame = work.frame()
    assert list(frame.columns) == [
        "kind", "collection", "third_party", "about", "open", "answer", "board", "command",
    ]  # fmt: skip
    plain = json.loads(json.dumps(work.to_dict()))
    assert plain["counts"] == {"unmapped": 1, "refused": 1}
    assert plain["items"][0]["board"] == "MatchBoard"
    assert plain["notes"] == list(work.notes)
    assert "| refused |" in work.to_markdown()
    html = work.to_html()
    assert html.startswith("<p><b>Open: 1 unmapped, 1 refused.</b></p>\n<details open>")
    assert html.count("<details") == 2
    assert html.count("<details open") == 1
    assert work.notes[0] in html
    assert "<td></td>" not in html
    text = work.to_list()
    assert "Required fields that nothing fills (MatchBoard)\n  CUSTOMER ↔ users: type: To iPaaS.com, add:" in text
    assert text.endswith(f"\n\n{work.notes[0]}")
    assert work.to_text().startswith("WorkList: Open: 1 unmapped, 1 refused.\nkind")


def test_an_empty_list_says_that_nothing_is_open():
    work = listed()
    assert work.to_list() == "Nothing is open."
    assert work.to_html() == "<p><b>Nothing is open.</b></p>"
    assert work.counts == {}


def test_foreign_text_stays_text():
    item = WorkItem(WorkKind.UNPAIRED, "", "<script>x</script>", "scope", "<b>", "", "")
    assert "<script>" not in WorkList((item,), ("<i>",)).to_html()
    assert "<i>" not in WorkList((item,), ("<i>",)).to_html()
