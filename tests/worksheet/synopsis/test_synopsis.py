"""The synopsis: flows as the platform names them, every field with a reason, questions asked once, a plan in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping, filled_by
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.exports.content import content
from ipaas_discovery.worksheet.facts.capabilities import Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField, PlatformType
from ipaas_discovery.worksheet.facts.pair_facts import Conflict, Facts, ForecastFacts, PairFacts, SideFacts
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.synopsis.documentation import documentation
from ipaas_discovery.worksheet.synopsis.synopsis import synopsis
from ipaas_discovery.worksheet.worksheet import Worksheet

FACTS = Facts(
    pairs={
        ("CUSTOMER", "users"): PairFacts(
            SideFacts(
                "iPaaS.com",
                "CUSTOMER",
                (
                    ModelField("email_address", ("string",), returned=True, on_create=True, required_on_create=True),
                    ModelField("first_name", ("string",), returned=True, on_create=True),
                    ModelField("id", ("integer",), returned=True, on_create=False, on_update=False),
                ),
            ),
            SideFacts("shop", "users", (ModelField("id", ("integer",), key=True, present=9, of=9),), id="id"),
            forecast=(ForecastFacts("To iPaaS.com", 7, duplicates=2),),
            paired=7,
        )
    }
)


@pytest.fixture
def whole(worksheet):
    worksheet._by = "A. Analyst"
    worksheet.decide("CUSTOMER", "both", methods=["add", "update", "delete"], why="agreed")
    worksheet.flow("CUSTOMER", "shops", "from", methods="add", condition="type = shop")
    worksheet.plan("CUSTOMER", effort="2 days", owner="B. Builder")
    worksheet.leave_out("third party", "coupons", "no model in iPaaS.com")

    def made():
        return synopsis(worksheet.document, FACTS, unpaired=[("third party", "brands", "nobody paired it")])

    return made


def test_flows_are_named_as_on_the_platform(whole):
    names = {flow.flow.name: [(row.name, row.sync_type_id) for row in flow.collections] for flow in whole().flows}
    assert names == {
        "To iPaaS.com": [
            ("Add/Update Example shop Customer TO iPaaS.com", 3),
            ("Delete Example shop Customer TO iPaaS.com", 4),
        ],
        "shops": [("Add Example shop Customer (shops) FROM iPaaS.com", 1)],
    }
    back = whole().flows[1]
    assert dict(back.scopes) == {"created": "customer/created"}
    assert dict(whole().flows[0].scopes)["created"].startswith("the third party's own name")


def test_every_field_of_the_destination_has_a_line_and_a_reason(whole, worksheet):
    worksheet.reject("CUSTOMER", "to", "first_name", why="another name")
    part = whole().of(("CUSTOMER", "users"))
    lines = {line.destination: line for line in part.to}
    assert list(lines) == ["email_address", "first_name", "id"]
    mail, first, number = lines.values()
    assert (mail.sequence, mail.mapping_type, mail.sources, mail.required) == (1, "Field", ("mail",), ("add",))
    assert (first.sequence, first.status, first.why) == (None, "rejected", "rejected: first; another name")
    assert (number.status, number.why) == ("not received", "returned, and not received: the destination sets it")
    assert mail.data_type is PlatformType.STRING
    fields = {(line.side, line.facts.path): line for line in part.schema}
    assert fields["iPaaS.com", "email_address"].filled_from == "mail (Field, proposed)"
    assert fields["third party", "id"].why_not == "nothing on the other side is like it"


def test_a_value_map_and_a_linked_record_are_told_apart(whole, worksheet):
    worksheet.value_map("CUSTOMER", "to", "first_name", "first", {"a": "b"})
    worksheet.lookup("CUSTOMER", "to", "email_address", "mail", "CUSTOMER")
    lines = {line.destination: line for line in whole().of(("CUSTOMER", "users")).to}
    assert (lines["first_name"].mapping_type, lines["first_name"].translation) == ("Lookup Translation", (("a", "b"),))
    assert (lines["email_address"].mapping_type, lines["email_address"].value) == ("Dynamic Formula", "CUSTOMER")


def test_the_lines_of_a_named_flow_stand_beside_those_of_all(whole, worksheet):
    worksheet.constant("CUSTOMER", "from", "kind", "shop", flow="shops")
    own = [line for line in whole().of(("CUSTOMER", "users")).from_ if line.flow]
    assert [(line.destination, line.flow, line.value) for line in own] == [("kind", "shops", "shop")]
    assert whole().flows[1].lines[0].value == "shop"


def test_a_child_that_the_other_side_keeps_in_its_parent_is_parent_only():
    line = Mapping("sku", "field", ("sku",), standing="matched")
    entries = (Entry("TRANSACTION", 9, "orders"), Entry("TRANSACTION_LINE", 10, "orders", to=(line,)))

    parent, child = synopsis(Worksheet("Shop", entries=entries).document).collections
    assert (parent.parent_only, child.parent_only) == (False, True)
    assert [row.parent_only for row in child.to] == [True]


def test_questions_are_asked_once_and_answered_by_data(whole):
    questions = whole().questions
    assert [question.number for question in questions] == list(range(1, 13))
    assert len({question.text for question in questions}) == 12
    proposals = {question.number: question.answers[0].proposal for question in questions}
    assert proposals[6] == "Bi-directional: add, update, delete, as decided"
    assert proposals[7] == "shops: type = shop"
    assert proposals[8] == "7 records were found on both sides, one to one; To iPaaS.com: 2 repeat a record"
    assert proposals[9] == "id is filled and different in all 9 records read"
    assert "CUSTOMER_CATEGORY (is not in this order)" in proposals[11]
    assert questions[8].answers[0].grade == "observed 9 of 9"


def test_the_plan_is_in_the_order_of_dependency(whole, worksheet):
    worksheet.decide("PRODUCT", None, why="not now")
    steps = whole().plan
    assert [step.number for step in steps] == list(range(1, 7))
    assert [step.pair[0] for step in steps] == ["", "", "CUSTOMER", "TRANSACTION", "", ""]
    assert (steps[2].effort, steps[2].owner, steps[2].flows) == ("2 days", "B. Builder", ("To iPaaS.com", "shops"))
    assert (steps[3].after, steps[3].effort) == (("CUSTOMER",), "not given")
    assert steps[0].effort.startswith("1 to 2 days")
    assert steps[-1].state == "not signed off"


def test_what_is_left_out_stands_in_the_scope_with_its_reason(whole):
    rows = {row[1]: row for row in whole().scope}
    assert rows["coupons"][2:4] == ("out", "no model in iPaaS.com")
    assert rows["brands"][2:4] == ("open", "nobody paired it")
    assert rows["CUSTOMER"][2:4] == ("in", "agreed")


def test_documentation_has_every_head_and_says_what_it_does_not_know(whole):
    parts = {part.head: part.text for part in documentation(whole().flows[0], FACTS, whole().flows)}
    assert len(parts) == 14
    assert parts["Summary"] == "To iPaaS.com: users to CUSTOMER, add, update, delete. agreed"
    assert parts["Deleted record support"] == "deletes are transferred"
    assert (
        parts["Duplicate or conflicting mappings"] == "shops writes the same records; whose value counts is not decided"
    )
    assert parts["Authentication"].startswith("not known from this order")


def test_changes_are_unknown_until_somebody_compares(whole, worksheet):
    assert whole().changes is None
    assert worksheet.synopsis().changes is None
    assert worksheet.changes() is None
    assert worksheet.table("Changes").empty.startswith("No earlier pull was compared with this one: ")
    assert whole().of(("CUSTOMER", "users")).lines(Direction.FROM) == whole().of(("CUSTOMER", "users")).from_


def with_facts(worksheet, facts):
    return content(synopsis(worksheet.document, Facts(pairs={("CUSTOMER", "users"): facts})))


@pytest.mark.parametrize(("count", "listed"), [(12, False), (13, True)])
def test_long_enumerations_stand_in_a_table_of_their_own(worksheet, count, listed):
    values = tuple(f"v{at}" for at in range(count))
    fields = (ModelField("state", ("string",), enum=values), ModelField("tier", ("string",), values=values))
    tables = with_facts(worksheet, PairFacts(SideFacts("iPaaS.com", "CUSTOMER", fields), SideFacts("shop", "users")))
    shown = [row[8] for row in tables.table("Schemas").rows]
    rows = tables.table("Values").rows
    if listed:
        first = ", ".join(values[:12])
        assert shown == [f"{first}, and 1 more under Values", f"seen: {first}, and 1 more under Values"]
        assert [row[2:] for row in rows] == [
            ("iPaaS.com", "state", 13, "declared", ", ".join(values)),
            ("iPaaS.com", "tier", 13, "seen", ", ".join(values)),
        ]
    else:
        assert shown == [", ".join(values), f"seen: {', '.join(values)}"]
        assert rows == ()


@pytest.mark.parametrize(("count", "rows"), [(20, 20), (21, 1)])
def test_a_suggested_map_of_many_values_is_one_row(worksheet, count, rows):
    values = tuple((f"our {at}", f"their {at}", 2) for at in range(count))
    conflict = Conflict("category_id", "group", 2 * count, 0, 2 * count, values=values)
    facts = PairFacts(SideFacts("iPaaS.com", "CUSTOMER"), SideFacts("shop", "users"), conflicts=(conflict,))
    table = with_facts(worksheet, facts).table("Value maps")
    assert len(table.rows) == rows
    if rows == 1:
        assert table.rows[0][-4:-2] == ("", "")
        assert table.rows[0][-2].startswith("suggested: 21 values, each its own")
        assert table.rows[0][-1] == 42
    else:
        assert table.rows[-1][-4:] == ("their 19", "our 19", "suggested", 2)


def test_a_look_up_names_the_related_collection_and_the_field(worksheet):
    formula = parse_formula("email_address", "group | lookup groups mail")
    row = filled_by(Mapping("email_address", status="proposed"), formula)
    worksheet.refresh([replace(worksheet.entry("CUSTOMER"), to=(row,))])
    tables = with_facts(worksheet, FACTS.of(("CUSTOMER", "users")))
    fields = tables.table("Fields To")
    (line,) = (line for line in fields.frame().to_dict("records") if line["destination"] == "email_address")
    assert (line["type"], line["source"], line["value"]) == ("Dynamic Formula", "group", "group | lookup groups mail")
    assert tables.table("Value maps").rows == ()


def test_what_no_flow_needs_is_not_printed(whole):
    table = content(whole()).table("Fields To")
    assert table.aside == table.columns[-3:] == ("flow", "parent only", "score")


def _steps(*pairs):
    """The building steps of some pairs; each has look-ups of other collections, decided or only proposed."""
    entries = [
        Entry(name, None, f"their {name}", to=tuple(
            Mapping(f"{other}_id", "look-up", ("ref",), value=other, status=status) for other in others))
        for name, status, others in pairs
    ]  # fmt: skip
    plan = synopsis(WorksheetDocument(entries=tuple(entries))).plan
    return {row.pair[0]: row for row in plan if any(row.pair)}


def test_a_decided_look_up_is_built_after_what_it_looks_up():
    steps = _steps(("LOCATION", "manual", ()), ("CUSTOMER", "accepted", ("LOCATION", "CUSTOMER")))
    assert (steps["CUSTOMER"].after, steps["CUSTOMER"].state) == (("LOCATION",), "undecided")
    assert _steps(("LOCATION", "manual", ()), ("CUSTOMER", "proposed", ("LOCATION",)))["CUSTOMER"].after == (
        "Connection",
    )


def test_a_circle_of_look_ups_is_told_in_the_plan():
    steps = _steps(("LOCATION", "manual", ("CUSTOMER",)), ("CUSTOMER", "manual", ("LOCATION",)))
    assert "none of them can be the first; build one of them without" in steps["LOCATION"].state
    assert "LOCATION needs CUSTOMER, CUSTOMER needs LOCATION" in steps["LOCATION"].state


def test_what_is_planned_too_early_or_without_its_parent_is_told_in_the_plan():
    steps = _steps(
        ("LOCATION", "manual", ("CUSTOMER",)), ("CUSTOMER", "manual", ()), ("TRANSACTION_LINE", "manual", ())
    )
    assert steps["LOCATION"].state.endswith(
        "CUSTOMER has to exist before, and is planned after it; build CUSTOMER first"
    )
    assert "stand in those of TRANSACTION, which is not planned" in steps["TRANSACTION_LINE"].state


@pytest.mark.parametrize(("events", "scope"), [("order.updated, order.created", "order.created"), ("order.gone", "")])
def test_scopes_to_the_platform_are_the_third_partys_webhooks(events, scope):
    entry = Entry("TRANSACTION", 9, "orders", decision=Decision(Direction.TO, (Method.ADD,)))
    hooks = (Capability("webhook", True, events, "declared"),)
    facts = Facts(pairs={entry.key: PairFacts(third_party=SideFacts("Shop", "orders", capabilities=hooks))})
    (flow,) = synopsis(WorksheetDocument(entries=(entry,)), facts).flows
    assert dict(flow.scopes)["created"] == (scope or "order.gone")
