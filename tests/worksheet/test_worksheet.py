from dataclasses import replace
from datetime import date

import pytest

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import Endpoint, Features, Support
from ipaas_discovery.worksheet.parts import Evidence, FieldMapping, Question
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
    assert (decision.direction, decision.by, decision.on, decision.why) == (
        direction,
        "A. Analyst",
        "2026-02-01",
        "because",
    )


def test_methods_default_to_add_and_update_and_then_to_those_decided_before(worksheet):
    worksheet.decide("CUSTOMER", "to")
    assert worksheet.entry("CUSTOMER").methods == (Method.ADD, Method.UPDATE)
    worksheet.decide("CUSTOMER", "to", methods="delete")
    worksheet.decide("CUSTOMER", "from")
    assert worksheet.entry("CUSTOMER").methods == (Method.DELETE,)
    worksheet.decide("CUSTOMER", "leave out")
    assert worksheet.entry("CUSTOMER").methods == ()


def test_methods_are_kept_in_the_platforms_order(worksheet):
    worksheet.decide("CUSTOMER", "to", methods=[Method.DELETE, "ADD"])
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
        worksheet.decide("CUSTOMER", "to", methods=["updat"])


def test_two_counterparts_of_one_collection_are_told_apart():
    sheet = Worksheet(entries=[Entry("CUSTOMER", 8, "users"), Entry("CUSTOMER", 8, "contacts")])
    with pytest.raises(WorksheetError, match="'users', 'contacts'"):
        sheet.decide("CUSTOMER", "to")
    sheet.decide("CUSTOMER", "to", third_party="contacts")
    assert [entry.decided for entry in sheet.entries] == ["undecided", "To iPaaS.com"]
    with pytest.raises(UnknownNameError, match="did you mean 'users'"):
        sheet.decide("CUSTOMER", "to", third_party="user")


def test_the_same_pair_cannot_stand_twice():
    with pytest.raises(WorksheetError, match="stands here twice"):
        Worksheet(entries=[Entry("CUSTOMER", 8, "users"), Entry("Customers", 8, "users")])


def test_a_decision_against_the_evidence_names_the_reason(worksheet):
    worksheet.decide("CUSTOMER", "to")
    worksheet.decide("PRODUCT", "to")
    against = worksheet.decisions().frame()["against_evidence"]
    assert list(against) == [["To iPaaS.com, add: blocked, email_address has no source"], [], []]


def test_a_decision_for_what_is_not_blocked_is_not_against_the_evidence(worksheet):
    worksheet.decide("CUSTOMER", "to", methods="update")
    assert worksheet.entry("CUSTOMER").against_evidence == ()
    worksheet.decide("CUSTOMER", "from")
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
    worksheet.decide("CUSTOMER", "to")
    worksheet.decide("CUSTOMER", "from")
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
    worksheet.decide("CUSTOMER", "to")
    worksheet.decide("CUSTOMER", "to")
    assert worksheet.undo() == "CUSTOMER"
    assert worksheet.undo() is None


def test_a_decision_has_the_day_on_which_it_was_made_unless_another_is_said(entries_of_two_days):
    worksheet, days = entries_of_two_days
    worksheet.decide("CUSTOMER", "to")
    worksheet.decide("PRODUCT", "to", on="2025-12-24")
    assert list(worksheet.decisions().frame()["on"]) == [days[0], "2025-12-24"]


def test_the_same_decision_on_another_day_keeps_its_date_and_another_one_does_not(entries_of_two_days):
    worksheet, days = entries_of_two_days
    worksheet.decide("CUSTOMER", "to", why="they own them")
    worksheet.decide("CUSTOMER", "to", why="they own them")
    assert worksheet.entry("CUSTOMER").decision.on == days[0]
    worksheet.decide("CUSTOMER", "to", why="we own them")
    assert worksheet.entry("CUSTOMER").decision.on == days[1]


def test_a_loaded_worksheet_dates_its_decisions_by_the_clock_it_is_given(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    loaded = Worksheet.load(tmp_path / "w.yaml", today=lambda: date(2026, 2, 3))
    loaded.decide("CUSTOMER", "to")
    assert loaded.entry("CUSTOMER").decision.on == "2026-02-03"


def test_undo_keeps_evidence_that_came_after_the_decision(worksheet, customer, product):
    worksheet.decide("CUSTOMER", "to")
    fresh = (Evidence(Direction.TO, Method.ADD, Outcome.POSSIBLE),)
    worksheet.refresh([replace(customer, evidence=fresh), product])
    worksheet.undo()
    assert worksheet.entry("CUSTOMER").evidence == fresh
    assert worksheet.entry("CUSTOMER").decision is None


def test_refresh_takes_over_evidence_claims_and_proposals_and_keeps_the_decision(worksheet):
    worksheet.decide("CUSTOMER", "to", why="we know better")
    fresh = Entry("CUSTOMER", 8, "users", mappings=(FieldMapping(Direction.TO, "name", "first_name"),))
    worksheet.refresh([fresh], as_of="2026-03-01")
    entry = worksheet.entry("CUSTOMER")
    assert entry.decision.why == "we know better"
    assert (entry.evidence, entry.mappings, entry.claims) == ((), fresh.mappings, fresh.claims)
    assert worksheet.document.as_of == "2026-03-01"


def test_refresh_keeps_what_vanished_only_if_a_person_worked_on_it(worksheet, customer):
    worksheet.decide("PRODUCT", "to")
    worksheet.answer(1, "all of them", by="A. Analyst", collection="PRODUCT")
    worksheet.refresh([customer])
    assert [(entry.collection, entry.gone) for entry in worksheet.entries] == [("CUSTOMER", False), ("PRODUCT", True)]
    worksheet.refresh([customer, Entry("PRODUCT", 1, "items")])
    assert [(entry.collection, entry.gone) for entry in worksheet.entries] == [("CUSTOMER", False), ("PRODUCT", False)]
    assert worksheet.entry("PRODUCT").questions == (Question("Which records move?", "all of them", "A. Analyst"),)


def test_refresh_with_the_same_entries_changes_nothing(worksheet):
    before = worksheet.document
    worksheet.refresh(worksheet.entries)
    assert worksheet.document == before


def test_refresh_keeps_accepted_rejected_and_manual_mappings(worksheet, customer):
    accepted = FieldMapping(Direction.TO, "mail", "email_address", status="accepted")
    rejected = FieldMapping(Direction.TO, "first", "first_name", status="rejected")
    manual = FieldMapping(Direction.FROM, "", "channel", kind="static", value="web", status="accepted")
    worksheet.edit("CUSTOMER", mappings=(accepted, rejected, manual))
    again = FieldMapping(Direction.TO, "given", "first_name", score=0.7)
    rival = FieldMapping(Direction.TO, "mail2", "email_address", score=0.99)
    worksheet.refresh([replace(customer, mappings=(*customer.mappings, again, rival))])
    assert set(worksheet.entry("CUSTOMER").mappings) == {accepted, rejected, manual, again}


def test_refresh_keeps_features_a_person_changed_and_renews_the_others(worksheet, customer):
    own = replace(customer.features[0], support=Support.PARTIAL, polling_supported=True)
    worksheet.edit("CUSTOMER", features=(own,))
    fresh = Features(Direction.TO, support=Support.FULL, endpoints=(Endpoint("/v2/users/{Id}"),))
    worksheet.refresh([replace(customer, features=(fresh,))])
    kept = worksheet.entry("CUSTOMER").features_of(Direction.TO)
    assert (kept.support, kept.polling_supported) == (Support.PARTIAL, True)
    assert kept.endpoints == (Endpoint("/v2/users/{Id}"),)
    worksheet.refresh([replace(customer, features=())])
    assert worksheet.entry("CUSTOMER").features_of(Direction.TO).support is Support.PARTIAL


def test_answers_are_kept_and_found_by_number_or_beginning(worksheet, customer):
    worksheet.answer(1, "sell online", by="A. Analyst")
    worksheet.answer("which records", "the active ones", collection="CUSTOMER")
    assert worksheet.document.questions[0].answer == "sell online"
    worksheet.refresh([customer])
    assert [each.answer for each in worksheet.entry("CUSTOMER").questions if each.answer] == ["the active ones"]
    for wrong in (0, 7, "nobody asks this", ""):
        with pytest.raises(UnknownNameError, match="question"):
            worksheet.answer(wrong, "?", collection="CUSTOMER")


def test_edit_refuses_what_is_not_of_the_right_kind(worksheet):
    before = worksheet.document
    with pytest.raises(WorksheetError, match="features"):
        worksheet.edit("CUSTOMER", features=("Full",))
    with pytest.raises(WorksheetError, match="use decide"):
        worksheet.edit("CUSTOMER", decision=None)
    with pytest.raises(WorksheetError, match="colour"):
        worksheet.edit("CUSTOMER", colour="red")
    assert worksheet.document == before
