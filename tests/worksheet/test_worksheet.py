from dataclasses import replace
from datetime import date

import pytest

from ipaas_discovery.errors import DiscoveryError, ReasonMissingError, UnknownNameError, WorksheetError
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import Endpoint, Features, Support
from ipaas_discovery.worksheet.parts import Evidence, Question
from ipaas_discovery.worksheet.worksheet import Worksheet


@pytest.fixture
def entries_of_two_days(customer, product):
    """A worksheet whose clock shows one day when it is first asked and a later one ever after."""
    days = [date(2026, 2, 1), date(2026, 2, 2)]
    clock = iter([days[0], *[days[1]] * 9])
    return Worksheet(entries=[customer, product], today=lambda: next(clock)), [day.isoformat() for day in days]


def test_nothing_is_decided_before_somebody_decides(worksheet):
    assert repr(worksheet) == "Worksheet(0 of 3 decided)"
    assert list(worksheet.decisions().frame()["decision"]) == ["undecided"] * 3


@pytest.mark.parametrize(
    ("word", "direction"),
    [
        ("to", Direction.TO),
        (Direction.FROM, Direction.FROM),
        ("Bi-directional", Direction.BIDIRECTIONAL),
        (None, None),
        ("Leave out", None),
    ],
)
def test_a_direction_is_taken_as_enum_or_word(worksheet, word, direction):
    worksheet.decide("Customers", word, by="A. Analyst", on="2026-02-01", why="because")
    decision = worksheet.entry("customer").decision
    assert (decision.direction, decision.by, decision.date, decision.why) == (
        direction,
        "A. Analyst",
        "2026-02-01",
        "because",
    )


def test_methods_default_to_add_and_update_and_then_to_those_decided_before(worksheet):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    assert worksheet.entry("CUSTOMER").methods == (Method.ADD, Method.UPDATE)
    worksheet.decide("CUSTOMER", "to", methods="delete", why="agreed")
    worksheet.decide("CUSTOMER", "from", why="agreed")
    assert worksheet.entry("CUSTOMER").methods == (Method.DELETE,)
    worksheet.decide("CUSTOMER", "leave out", why="no")
    assert worksheet.entry("CUSTOMER").methods == ()


def test_methods_are_kept_in_the_platforms_order(worksheet):
    worksheet.decide("CUSTOMER", "to", methods=[Method.DELETE, "ADD"], why="agreed")
    assert worksheet.entry("CUSTOMER").methods == (Method.ADD, Method.DELETE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Custmers", "to"), "did you mean 'Customers'"),
        (("CUSTOMERX", "to"), "did you mean 'CUSTOMER'"),
        (("GIFT_CARD", "to"), "Unknown collection 'GIFT_CARD'"),
        (("CUSTOMER", "form"), "did you mean 'From iPaaS.com'|leave out"),
    ],
)
def test_a_wrong_name_is_answered_with_what_is_known(worksheet, arguments, message):
    with pytest.raises(UnknownNameError, match=message):
        worksheet.decide(*arguments)
    assert repr(worksheet) == "Worksheet(0 of 3 decided)"


def test_a_wrong_method_is_answered_with_the_nearest(worksheet):
    with pytest.raises(UnknownNameError, match="did you mean 'update'"):
        worksheet.decide("CUSTOMER", "to", methods=["updat"], why="agreed")


def test_two_counterparts_of_one_collection_are_told_apart():
    sheet = Worksheet(entries=[Entry("CUSTOMER", 8, "users"), Entry("CUSTOMER", 8, "contacts")])
    with pytest.raises(WorksheetError, match="'users', 'contacts'"):
        sheet.decide("CUSTOMER", "to", why="agreed")
    sheet.decide("CUSTOMER", "to", third_party="contacts", why="agreed")
    assert [entry.decided for entry in sheet.entries] == ["undecided", "To iPaaS.com"]
    with pytest.raises(UnknownNameError, match="did you mean 'users'"):
        sheet.decide("CUSTOMER", "to", third_party="user", why="agreed")


def test_the_same_pair_cannot_stand_twice():
    with pytest.raises(WorksheetError, match="stands here twice"):
        Worksheet(entries=[Entry("CUSTOMER", 8, "users"), Entry("Customers", 8, "users")])


def test_a_decision_against_the_evidence_names_the_reason(worksheet):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.decide("PRODUCT", "to")
    against = worksheet.decisions().frame()["against_evidence"]
    assert list(against) == [["To iPaaS.com, add: blocked, email_address has no source"], [], []]


def test_a_decision_for_what_is_not_blocked_is_not_against_the_evidence(worksheet):
    worksheet.decide("CUSTOMER", "to", methods="update", why="agreed")
    assert worksheet.entry("CUSTOMER").against_evidence == ()
    worksheet.decide("CUSTOMER", "from", why="agreed")
    assert worksheet.entry("CUSTOMER").against_evidence == ()


def test_the_frame_shows_outcomes_and_decision(worksheet):
    worksheet.decide("CUSTOMER", "both", why="both edit", by="A. Analyst", on="2026-02-01")
    frame = worksheet.frame()
    assert list(frame.columns) == [
        "collection",
        "third_party",
        "to",
        "from",
        "decision",
        "methods",
        "against_evidence",
        "by",
        "on",
        "why",
    ]
    first = frame.iloc[0]
    assert first["to"] == "add: blocked; update: possible"
    assert (first["decision"], first["why"]) == ("Bi-directional", "both edit")
    assert first["methods"] == ["add", "update"]
    assert '<th scope="col" style="text-align:left">against the evidence</th>' in worksheet.to_html()


def test_an_empty_worksheet_shows_its_columns():
    assert Worksheet().frame().shape == (0, 10)
    assert "undecided" not in Worksheet()._repr_html_()
    assert repr(Worksheet()) == "Worksheet(0 of 0 decided)"


def test_undo_and_redo_walk_the_decisions_made_here(worksheet):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.decide("CUSTOMER", "from", why="agreed")
    worksheet.decide("PRODUCT", None)
    assert (worksheet.undo(), worksheet.undo()) == ("PRODUCT", "CUSTOMER")
    assert worksheet.entry("CUSTOMER").decided == "To iPaaS.com"
    assert worksheet.redo() == "CUSTOMER"
    assert worksheet.entry("CUSTOMER").decided == "From iPaaS.com"
    worksheet.undecide("CUSTOMER")
    assert worksheet.redo() is None
    assert worksheet.undo() == "CUSTOMER"
    assert worksheet.entry("CUSTOMER").decided == "From iPaaS.com"


def test_undo_with_nothing_to_undo_changes_nothing(worksheet):
    before = worksheet.document
    assert worksheet.undo() is None
    assert worksheet.redo() is None
    assert worksheet.document == before


def test_the_same_decision_again_is_no_step(worksheet):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.decide("CUSTOMER", "to", why="agreed")
    assert worksheet.undo() == "CUSTOMER"
    assert worksheet.undo() is None


def test_a_decision_has_the_day_on_which_it_was_made_unless_another_is_said(entries_of_two_days):
    worksheet, days = entries_of_two_days
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.decide("PRODUCT", "to", on="2025-12-24")
    assert list(worksheet.decisions().frame()["on"]) == [days[0], "2025-12-24"]


def test_the_same_decision_on_another_day_keeps_its_date_and_another_one_does_not(entries_of_two_days):
    worksheet, days = entries_of_two_days
    worksheet.decide("CUSTOMER", "to", why="they own them")
    worksheet.decide("CUSTOMER", "to", why="they own them")
    assert worksheet.entry("CUSTOMER").decision.date == days[0]
    worksheet.decide("CUSTOMER", "to", why="we own them")
    assert worksheet.entry("CUSTOMER").decision.date == days[1]


def test_a_loaded_worksheet_dates_its_decisions_by_the_clock_it_is_given(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    loaded = Worksheet.load(tmp_path / "w.yaml", today=lambda: date(2026, 2, 3))
    loaded.decide("CUSTOMER", "to", why="agreed")
    assert loaded.entry("CUSTOMER").decision.date == "2026-02-03"


def test_undo_keeps_evidence_that_came_after_the_decision(worksheet, customer, product):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    fresh = (Evidence(Direction.TO, Method.ADD, Outcome.POSSIBLE),)
    worksheet.refresh([replace(customer, evidence=fresh), product])
    worksheet.undo()
    assert worksheet.entry("CUSTOMER").evidence == fresh
    assert worksheet.entry("CUSTOMER").decision is None


def test_refresh_takes_over_evidence_claims_and_proposals_and_keeps_the_decision(worksheet):
    worksheet.decide("CUSTOMER", "to", why="we know better")
    fresh = Entry("CUSTOMER", 8, "users", to=(Mapping("first_name", "field", ("name",)),))
    worksheet.refresh([fresh], as_of="2026-03-01")
    entry = worksheet.entry("CUSTOMER")
    assert entry.decision.why == "we know better"
    assert (entry.evidence, entry.to, entry.claims) == ((), fresh.to, fresh.claims)
    assert worksheet.document.as_of == "2026-03-01"


def test_refresh_keeps_what_vanished_and_marks_it_gone(worksheet, customer):
    worksheet.answer(1, "all of them", by="A. Analyst", collection="PRODUCT")
    worksheet.refresh([customer])
    gone = [(entry.collection, entry.gone) for entry in worksheet.entries]
    assert gone == [("CUSTOMER", False), ("PRODUCT", True), ("TRANSACTION", True)]
    worksheet.refresh([customer, Entry("PRODUCT", 1, "items", questions=(Question("Which records move?"),))])
    assert [entry.gone for entry in worksheet.entries] == [False, False, True]
    answer = Question("Which records move?", "all of them", "A. Analyst", worksheet.entry("PRODUCT").questions[0].date)
    assert worksheet.entry("PRODUCT").questions == (answer,)
    worksheet.unpair("TRANSACTION")
    assert [entry.collection for entry in worksheet.entries] == ["CUSTOMER", "PRODUCT"]


def test_refresh_with_the_same_entries_changes_nothing(worksheet):
    before = worksheet.document
    worksheet.refresh(worksheet.entries)
    assert worksheet.document == before


def test_refresh_keeps_what_people_mapped_and_proposes_nothing_beside_it(worksheet, customer):
    worksheet.accept("CUSTOMER", "to", "email_address")
    worksheet.reject("CUSTOMER", "to", "first_name")
    worksheet.constant("CUSTOMER", "from", "channel", "web")
    again, rival, same = (
        Mapping(path, "field", (source,), standing="matched", score=0.9)
        for path, source in (("last_name", "name"), ("email_address", "mail2"), ("first_name", "first"))
    )
    worksheet.refresh([replace(customer, to=(again, rival, same))])
    kept = [(row.destination, row.sources, row.status) for row in worksheet.entry("CUSTOMER").to]
    assert kept == [
        ("email_address", ("mail",), "accepted"), ("first_name", ("first",), "rejected"),
        ("last_name", ("name",), "proposed"),
    ]  # fmt: skip
    assert [row.value for row in worksheet.entry("CUSTOMER").from_] == ["web"]


def test_refresh_keeps_features_a_person_gave_and_renews_the_others(worksheet, customer):
    worksheet.edit("CUSTOMER", "to", support=Support.PARTIAL, polling_supported=True)
    fresh = Features(Direction.TO, support=Support.FULL, endpoints=(Endpoint("/v2/users/{Id}"),))
    worksheet.refresh([replace(customer, features=(fresh,))])
    kept = worksheet.entry("CUSTOMER").features_of(Direction.TO)
    assert (kept.support, kept.polling_supported) == (Support.PARTIAL, True)
    assert kept.endpoints == (Endpoint("/v2/users/{Id}"),)
    worksheet.refresh([replace(customer, features=())])
    assert worksheet.entry("CUSTOMER").features_of(Direction.TO).support is Support.PARTIAL
    worksheet.edit("CUSTOMER", "to", support=None, polling_supported=None)
    assert worksheet.entry("CUSTOMER").own_features == ()


def test_answers_are_kept_and_found_by_number_or_beginning(worksheet, customer):
    worksheet.answer(1, "sell online", by="A. Analyst")
    worksheet.answer("which records", "the active ones", collection="CUSTOMER")
    assert worksheet.document.questions[0].answer == "sell online"
    worksheet.refresh([customer])
    assert [question.answer for question in worksheet.entry("CUSTOMER").questions if question.answer] == [
        "the active ones"
    ]
    for wrong in (0, 7, "nobody asks this", ""):
        with pytest.raises(UnknownNameError, match="question"):
            worksheet.answer(wrong, "?", collection="CUSTOMER")


def test_edit_refuses_what_is_not_of_the_right_kind(worksheet):
    before = worksheet.document
    with pytest.raises(WorksheetError, match="'support' cannot be 'Ful'"):
        worksheet.edit("CUSTOMER", "to", support="Ful")
    with pytest.raises(WorksheetError, match="colour"):
        worksheet.edit("CUSTOMER", "to", colour="red")
    assert worksheet.document == before


def test_a_turned_decision_asks_for_its_reason_anew(worksheet):
    worksheet.decide("PRODUCT", "to", why="sold here")
    with pytest.raises(
        ReasonMissingError, match=r"The reason was given for To iPaaS.com \(PRODUCT ↔ items: sold here\)"
    ):
        worksheet.decide("PRODUCT", "from")
    assert worksheet.entry("PRODUCT").decided == "To iPaaS.com"
    worksheet.decide("PRODUCT", "to", methods="add")
    assert worksheet.entry("PRODUCT").decision.why == "sold here"
    worksheet.decide("PRODUCT", "from", why="made here")
    assert worksheet.entry("PRODUCT").decision.why == "made here"
    worksheet.decide("PRODUCT", "to", why="")
    worksheet.decide("PRODUCT", "from")
    assert worksheet.entry("PRODUCT").decision.why == ""


@pytest.mark.parametrize("why", [None, "", "  "])
def test_a_decision_against_the_evidence_needs_a_reason(worksheet, why):
    with pytest.raises(ReasonMissingError, match="To iPaaS.com, add: blocked, email_address has no source"):
        worksheet.decide("CUSTOMER", "to", why=why)
    worksheet.decide("CUSTOMER", "to", methods="update", why=why)
    with pytest.raises(ReasonMissingError):
        worksheet.decide("CUSTOMER", "to", methods=["add"], why=why)
    assert worksheet.entry("CUSTOMER").methods == (Method.UPDATE,)


def test_who_decides_is_remembered(worksheet, monkeypatch):
    worksheet.decide("PRODUCT", "to")
    assert worksheet.entry("PRODUCT").decision.by == "A. Tester"
    worksheet.decide("TRANSACTION", "to", by="Jo")
    worksheet.answer(1, "sell")
    worksheet.constant("PRODUCT", "to", "type", "x")
    assert worksheet.document.questions[0].by == worksheet.entry("PRODUCT").to[0].by == "Jo"


def test_the_methods_of_a_flow_are_its_own_and_bidirectional_is_two_flows(worksheet):
    worksheet.decide("PRODUCT", "both", why="both sell")
    worksheet.flow("PRODUCT", "prices", "from", methods="update", condition="status = live", trigger="webhook")
    worksheet.flow("PRODUCT", "stock", "from", methods=["add", "update"], every="15 minutes")
    assert [(flow.name, flow.methods) for flow in worksheet.entry("PRODUCT").flows] == [
        ("To iPaaS.com", (Method.ADD, Method.UPDATE)),
        ("prices", (Method.UPDATE,)),
        ("stock", (Method.ADD, Method.UPDATE)),
    ]
    worksheet.flow("PRODUCT", "prices", why="cheaper")
    prices = worksheet.entry("PRODUCT").flow("prices")
    assert (prices.condition, prices.trigger, prices.why) == ("status = live", "webhook", "cheaper")
    assert worksheet.entry("PRODUCT").methods_of(Direction.FROM) == (Method.ADD, Method.UPDATE)
    worksheet.unflow("PRODUCT", "stock")
    assert worksheet.entry("PRODUCT").methods_of(Direction.FROM) == (Method.UPDATE,)
    worksheet.undo()
    assert len(worksheet.entry("PRODUCT").flows) == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda sheet: sheet.flow("PRODUCT", "prices"), "Unknown flow 'prices'.*say a direction"),
        (lambda sheet: sheet.flow("PRODUCT", "p", "both"), "belongs to one flow"),
        (lambda sheet: sheet.flow("PRODUCT", "p", "to", trigger="webhok"), "did you mean 'webhook'"),
        (lambda sheet: sheet.flow("PRODUCT", "p", "to", condition="status"), "no condition"),
        (lambda sheet: sheet.flow("PRODUCT", "p", "to", conditon="a = b"), "did you mean 'condition'"),
        (lambda sheet: sheet.unflow("PRODUCT", "p"), "Unknown flow 'p'"),
        (lambda sheet: sheet.own("PRODUCT", "price", "third"), "'owner' cannot be 'third'"),
        (lambda sheet: sheet.leave_out("ipaas", "EMPLOYEE", "none"), "did you mean 'iPaaS.com'"),
        (lambda sheet: sheet.take_in("iPaaS.com", "EMPLOYEE"), "Unknown collection that is left out"),
        (lambda sheet: sheet.pair("EMPLOYE", "staff"), "did you mean 'EMPLOYEE'"),
        (lambda sheet: sheet.accept_finding("CUSTOMER", "to", "requird"), "did you mean 'required'"),
        (lambda sheet: sheet.accept_finding("CUSTOMER", "to", "required", "mail"), "known are: email_address"),
    ],
)
def test_a_wrong_word_is_answered_with_what_is_known_and_changes_nothing(worksheet, call, message):
    before = worksheet.document
    with pytest.raises(DiscoveryError, match=message):
        call(worksheet)
    assert worksheet.document == before


def test_scope_owners_remarks_and_accepted_findings_are_rows_of_their_own(worksheet, tmp_path):
    worksheet.leave_out("iPaaS.com", "EMPLOYEE", "nobody needs it", route="custom fields")
    worksheet.leave_out("third party", "wishlists", "no model in iPaaS.com")
    worksheet.own("PRODUCT", "price", "third party", why="they price")
    worksheet.remark("PRODUCT", "ask Jo", "price")
    worksheet.accept_finding("CUSTOMER", "to", "required", "email_address", until="2026-12-31", why="known")
    worksheet.save(tmp_path / "w.yaml")
    document = Worksheet.load(tmp_path / "w.yaml").document
    assert document == worksheet.document
    assert [(row.collection, row.route) for row in document.left_out] == [
        ("EMPLOYEE", "custom fields"),
        ("wishlists", ""),
    ]
    assert [(row.field, row.owner) for row in document.entries[1].owners] == [("price", "third party")]
    assert [(row.about, row.text) for row in document.entries[1].remarks] == [("price", "ask Jo")]
    assert [(row.rule, row.until) for row in document.entries[0].accepted] == [("required", "2026-12-31")]
    worksheet.take_in("third party", "wishlists")
    worksheet.remark("PRODUCT", "", "price")
    assert (len(worksheet.document.left_out), worksheet.entry("PRODUCT").remarks) == (1, ())


def test_a_pair_can_be_added_and_taken_out_with_all_its_words(worksheet):
    worksheet.pair("EMPLOYEE", "staff")
    worksheet.decide("EMPLOYEE", "to", why="they come")
    assert worksheet.entries[-1].key == ("EMPLOYEE", "staff")
    worksheet.unpair("EMPLOYEE")
    assert [entry.collection for entry in worksheet.entries] == ["CUSTOMER", "PRODUCT", "TRANSACTION"]
