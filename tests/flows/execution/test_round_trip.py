from dataclasses import replace
from decimal import Decimal

import pytest

from ipaas_discovery.flows.execution.round_trip import round_trips
from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.flows.verdict import bidirectional, check_flow
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.operations import Times, Upper
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Method, Outcome

CALLS = {Method.UPDATE: "PUT /x"}
TEXT, NUMBER = Declared(types=("string",)), Declared(types=("number",))


def field(source, destination):
    return Mapping(destination, "field", (source,), status="manual")


def formula(source, destination, *steps):
    return Mapping(destination, "formula", (source,), Formula(destination, (source,), steps, 0, 0), status="manual")


def received(**fields):
    every = tuple(Field(path.replace("__", "[]."), declared) for path, declared in sorted(fields.items()))
    return Schema("x", fields=every, operations=CALLS, source="test")


def both(records, ours, theirs, there, back, stored=None):
    """Verdicts of both ways: what the third party's records become, and what comes back."""
    to = check_flow(observe(records), ours, there, direction=Direction.TO, method=Method.UPDATE, samples=records)
    source = observe(stored if stored is not None else [{"id": 1}])
    from_ = check_flow(source, theirs, back, direction=Direction.FROM, method=Method.UPDATE, samples=stored or [])
    return to, from_


def trips(*args):
    to, from_ = both(*args)
    return {trip.field: (trip.via, trip.same, trip.of) for trip in round_trips(to.flow, from_.flow)}


@pytest.mark.parametrize(
    ("value", "ours", "theirs", "same"),
    [
        ("x", TEXT, TEXT, 1),
        ("12.50", NUMBER, TEXT, 1),
        (12.5, TEXT, NUMBER, 1),
        (True, TEXT, Declared(types=("boolean",)), 1),
    ],
)
def test_what_is_kept_comes_back_as_it_was(value, ours, theirs, same):
    records = [{"a": value}, {"a": None}, {}]
    there, back = [field("a", "b")], [field("b", "a")]
    assert trips(records, received(b=ours), received(a=theirs), there, back) == {"a": (("b",), same, 1)}


def test_what_a_formula_changes_does_not_come_back_and_its_inverse_mends_it():
    records = [{"a": "x"}, {"a": "X"}]
    there = [formula("a", "b", Upper())]
    assert trips(records, received(b=TEXT), received(a=TEXT), there, [field("b", "a")]) == {"a": (("b",), 1, 2)}
    cents = [{"a": 1250}, {"a": 99}]
    there, back = [formula("a", "b", Times(Decimal("0.01")))], [formula("b", "a", Times(Decimal(100)))]
    assert trips(cents, received(b=NUMBER), received(a=NUMBER), there, back) == {"a": (("b",), 2, 2)}


def test_lists_and_objects_come_back_element_by_element():
    records = [{"l": [{"a": "x"}, {"a": "y"}], "o": {"p": "z"}}]
    there, back = [field("l[].a", "m[].b"), field("o.p", "q")], [field("m[].b", "l[].a"), field("q", "o.p")]
    ours, theirs = received(m__b=TEXT, q=TEXT), received(**{"l__a": TEXT, "o.p": TEXT})
    assert trips(records, ours, theirs, there, back) == {"l[].a": (("m[].b",), 1, 1), "o.p": (("q",), 1, 1)}


@pytest.mark.parametrize(
    ("value", "ours", "theirs", "same"),
    [
        ("open", replace(TEXT, enum=("Open",)), TEXT, 0),
        ("Open", replace(TEXT, enum=("Open",)), TEXT, 1),
        ("abcd", replace(TEXT, max_length=3), TEXT, 0),
        ("2026-01-02T10:00:00Z", replace(TEXT, format="date"), TEXT, 0),
        ("2026-01-02", replace(TEXT, format="date"), replace(TEXT, format="date-time"), 0),
    ],
)
def test_what_either_side_refuses_or_keeps_in_part_does_not_come_back(value, ours, theirs, same):
    there, back = [field("a", "b")], [field("b", "a")]
    assert trips([{"a": value}], received(b=ours), received(a=theirs), there, back) == {"a": (("b",), same, 1)}


def test_a_field_that_no_record_has_proves_nothing():
    there, back = [field("a", "b")], [field("b", "a")]
    joined = bidirectional(*both([{"a": None}], received(b=TEXT), received(a=TEXT), there, back))
    (trip,) = [row for row in joined.findings if row.rule == "round trip"]
    assert (trip.effect, trip.fact) == (Effect.WARNS, "would come back through b, and no record of the sample has it")


def test_a_named_element_comes_back():
    records = [{"meta": [{"name": "size", "value": "L"}, {"name": "x", "value": "y"}]}]
    there, back = (
        [field("meta{size}.value", "custom_fields{Size}.value")],
        [field("custom_fields{Size}.value", "meta{size}.value")],
    )
    ours, theirs = received(**{"custom_fields{Size}.value": TEXT}), received(**{"meta{size}.value": TEXT})
    assert trips(records, ours, theirs, there, back) == {"meta{size}.value": (("custom_fields{Size}.value",), 1, 1)}


def test_what_nothing_brings_back_is_told():
    records = [{"a": "x", "c": "y"}]
    there = [field("a", "b"), field("c", "d")]
    assert trips(records, received(b=TEXT, d=TEXT), received(a=TEXT, c=TEXT), there, [field("b", "c")]) == {
        "a": ((), 0, 0), "c": ((), 0, 0),
    }  # fmt: skip


def test_where_nobody_knows_what_is_received_nobody_says_that_nothing_comes_back():
    there, back = [field("a", "b")], [field("b", "a")]
    unknown = Schema("x", operations=CALLS)
    joined = bidirectional(*both([{"a": "x"}], received(b=TEXT), unknown, there, back, [{"b": "x"}]))
    assert [row.fact for row in joined.findings if row.rule == "round trip"] == []
    known = bidirectional(*both([{"a": "x"}], received(b=TEXT), received(c=TEXT), there, back, [{"b": "x"}]))
    assert ["nothing brings it back" in row.fact for row in known.findings if row.rule == "round trip"] == [True]


def test_an_id_of_a_linked_record_comes_back_by_its_link():
    there = [Mapping("customer_id", "look-up", ("customer",), value="CUSTOMER", status="manual")]
    back = [Mapping("customer", "look-up", ("customer_id",), value="CUSTOMER", status="manual")]
    ours, theirs = received(customer_id=TEXT), received(customer=TEXT)
    assert trips([{"customer": "c"}], ours, theirs, there, back) == {"customer": (("customer_id",), 1, 1)}


def test_both_ways_need_that_fields_come_back_and_that_no_id_is_missing():
    records = [{"id": 1, "a": "x"}, {"id": 2, "a": "Y"}]
    there, back = [formula("a", "b", Upper())], [field("b", "a")]
    to, from_ = both(records, received(b=TEXT), received(a=TEXT), there, back, [{"id": 1, "b": "X"}, {"b": "Y"}])
    joined = bidirectional(to, from_)
    added = [row for row in joined.findings if row.rule in {"round trip", "unique id"}]
    assert [(row.rule, row.effect, row.field) for row in added] == [
        ("round trip", Effect.NEEDS_DEFAULT, "a"),
        ("unique id", Effect.NEEDS_DEFAULT, "id"),
    ]
    assert "as it was in 1 of 2 records, such as 'x'" in added[0].fact
    assert "1 of 2: both ways need an id" in added[1].fact
    assert joined.outcome is not Outcome.POSSIBLE
    fine = bidirectional(*both(records, received(b=TEXT), received(a=TEXT), [field("a", "b")], back, records))
    assert [row.effect for row in fine.findings if row.rule in {"round trip", "unique id"}] == [Effect.SUPPORTS]


@pytest.mark.parametrize(
    ("owner", "trip", "whose"),
    [
        ("", (Effect.NEEDS_DEFAULT, "both sides would overwrite each other"), (Effect.WARNS, "nobody says whose")),
        ("newest", (Effect.NEEDS_DEFAULT, "would overwrite each other"), (Effect.SUPPORTS, "the newest value counts")),
        ("third party", (Effect.WARNS, "nothing overwrites it there"), (Effect.SUPPORTS, "third party owns it")),
        ("iPaaS.com", (Effect.WARNS, "iPaaS.com owns it"), (Effect.SUPPORTS, "both write it, and iPaaS.com owns it")),
    ],
)
def test_an_owner_settles_which_side_counts(owner, trip, whose):
    there, back = [formula("a", "b", Upper())], [field("b", "a")]
    to, from_ = both([{"a": "x"}], received(b=TEXT), received(a=TEXT), there, back)
    joined = bidirectional(to, from_, {"b": owner, "a": "newest"} if owner else {"a": "newest"})
    rows = {row.rule: row for row in joined.findings if row.field == "a"}
    assert [(rows[rule].effect, text in rows[rule].fact.replace("both sides", "both")) for rule, (_, text) in (
        ("round trip", (0, trip[1].replace("both sides", "both"))), ("owner", (0, whose[1])),
    )] == [(trip[0], True), (whose[0], True)]  # fmt: skip


def test_without_records_a_field_that_both_write_needs_an_owner_all_the_same():
    joined = bidirectional(*both([], received(b=TEXT), received(a=TEXT), [field("a", "b")], [field("b", "a")]))
    assert [(row.rule, row.field) for row in joined.findings if row.field] == [("owner", "a")]
    assert [(trip.via, trip.of) for trip in joined.trips] == [(("b",), 0)]


def test_a_field_that_an_update_leaves_to_its_owner_still_goes_both_ways():
    there, back = [field("a", "b")], [field("b", "a")]
    to, from_ = both([{"a": "x"}], received(b=TEXT), received(a=TEXT), there, back)
    owned = replace(to.flow, mappings=(), owned=to.flow.mappings)
    assert [(trip.field, trip.via, trip.same, trip.of) for trip in round_trips(owned, from_.flow)] == [
        ("a", ("b",), 1, 1)
    ]


def test_values_that_came_back_as_others_are_masked_where_they_are_personal():
    records = [{"email": "Ada@example.test"}]
    there, back = [formula("email", "b", Upper())], [field("b", "email")]
    to, from_ = both(records, received(b=TEXT), received(email=TEXT), there, back)
    (trip,) = round_trips(to.flow, from_.flow)
    assert trip.examples == ("xxx@xxxxxxx.xxxx",)
    assert replace(trip, examples=()).same == 0
