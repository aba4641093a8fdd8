from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.operations import Join, JoinList, Round, Times, Upper, ValueMap
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Method, Outcome, Shape

CALLS = {Method.ADD: "POST /customers", Method.UPDATE: "PUT /customers/{id}"}


def received(collection="CUSTOMER", **fields):
    """A received schema from `path=Declared`, `__` for a dot and `L` for a list."""
    named = {name.replace("__", ".").replace("L.", "[]."): declared for name, declared in fields.items()}
    every = tuple(Field(path, declared) for path, declared in sorted(named.items()))
    return Schema(collection, Shape.CREATE, "iPaaS.com", every, operations=CALLS, source="test")


def run(records, destination, mappings, method=Method.ADD):
    source = replace(observe(records), collection="users", system="store")
    return check_flow(source, destination, mappings, direction=Direction.TO, method=method, samples=records)


def rejections(verdict):
    return {(row.field, row.problem): row.records for row in verdict.run.rejections}


TEXT, NUMBER, WHOLE = (Declared(types=(kind,)) for kind in ("string", "number", "integer"))

SEEDED = {
    "required": (replace(TEXT, required=True), "good", {}),
    "required, null": (replace(TEXT, required=True), "good", {"a": None}),
    "required, empty": (replace(TEXT, required=True), "good", {"a": ""}),
    "nullable": (replace(TEXT, nullable=False), "good", {"a": None}),
    "type": (WHOLE, 7, {"a": "seven"}),
    "type, fraction": (WHOLE, 7, {"a": 7.5}),
    "type, list": (TEXT, "good", {"a": [1]}),
    "enum": (replace(TEXT, enum=("good", "better")), "good", {"a": "bad"}),
    "length": (replace(TEXT, max_length=4), "good", {"a": "worse"}),
    "length, short": (replace(TEXT, min_length=4), "good", {"a": "bad"}),
    "range": (replace(NUMBER, minimum=0), 0, {"a": -0.01}),
    "range, most": (replace(NUMBER, maximum=10), 10, {"a": 10.01}),
    "range, above": (replace(NUMBER, exclusive_minimum=0), 0.01, {"a": 0}),
    "range, below": (replace(NUMBER, exclusive_maximum=10), 9.99, {"a": 10}),
    "integer size": (replace(WHOLE, format="int32"), 2**31 - 1, {"a": 2**31}),
    "integer size, least": (replace(WHOLE, format="int32"), -(2**31), {"a": -(2**31) - 1}),
    "integer size, 64": (replace(WHOLE, format="int64"), 2**63 - 1, {"a": 2**63}),
    "multiple of": (replace(NUMBER, multiple_of=0.1), 0.3, {"a": 0.25}),
    "multiple of, large": (replace(WHOLE, multiple_of=3), 3 * 10**14, {"a": 10**14}),
    "precision": (replace(NUMBER, format="decimal(6,2)"), 9999.99, {"a": 1.125}),
    "precision, digits": (replace(NUMBER, format="decimal(6,2)"), 9999.99, {"a": 10000}),
    "precision, money": (replace(NUMBER, format="money"), 1.25, {"a": 1.255}),
    "pattern": (replace(TEXT, pattern="^[A-Z]{2}-\\d+$"), "AB-12", {"a": "12-AB"}),
    "date": (replace(TEXT, format="date"), "2026-02-28", {"a": "2026-02-30"}),
    "date, never": (replace(TEXT, format="date-time"), "2026-02-28T10:00:00Z", {"a": "0000-00-00 00:00:00"}),
    "format": (replace(TEXT, format="date-time"), "2026-02-28T10:00:00Z", {"a": "soon"}),
    "format, email": (replace(TEXT, format="email"), "ada@example.test", {"a": "ada"}),
}


@pytest.mark.parametrize("bad", [1, 3])
@pytest.mark.parametrize("case", SEEDED)
def test_the_rate_falls_by_exactly_the_records_that_break_a_constraint(case, bad):
    declared, good, seeded = SEEDED[case]
    records = [{"a": good}] * 9 + [seeded] * bad + [{"a": good}]
    verdict = run(records, received(a=declared), [("a", "a")])
    assert rejections(verdict) == {("a", case.partition(",")[0]): bad}
    assert verdict.pass_rate == 10 / (10 + bad)
    assert verdict.outcome is Outcome.WITH_DEFAULTS
    assert run([{"a": good}] * 10, received(a=declared), [("a", "a")]).pass_rate == 1


CURRENCY_SEEDS = [("USD", 1.25, 1.255), ("JPY", 1250, 1250.5), ("kwd", 1.255, 1.2555), ("???", 1.25, 1.255)]


@pytest.mark.parametrize(("currency", "good", "bad"), CURRENCY_SEEDS)
@pytest.mark.parametrize("mapped", [True, False])
def test_an_amount_has_the_places_of_its_currency(currency, good, bad, mapped):
    money = replace(NUMBER, format="money")
    pairs = [
        ("total", "total"),
        ("lines[].price", "lines[].price"),
        *([("currency", "currency_code")] if mapped else ()),
    ]
    destination = received(total=money, currency_code=TEXT, **{"lines[].price": money})

    def order(total, price):
        return {"currency": currency, "total": total, "lines": [{"price": good}, {"price": price}]}

    others = [{"currency": "EUR", "total": 9.99, "lines": [{"price": 9.99}]}] * 2
    verdict = run([order(good, good), order(bad, good), order(good, bad), *others], destination, pairs)
    assert rejections(verdict) == {("total", "precision"): 1, ("lines[].price", "precision"): 1}
    assert verdict.pass_rate == 3 / 5


def test_a_record_that_breaks_several_constraints_is_refused_once():
    destination = received(a=replace(TEXT, max_length=2), b=WHOLE)
    verdict = run([{"a": "abc", "b": "x"}, {"a": "ab", "b": 1}], destination, [("a", "a"), ("b", "b")])
    assert rejections(verdict) == {("a", "length"): 1, ("b", "type"): 1}
    assert verdict.pass_rate == 0.5


@pytest.mark.parametrize(
    ("method", "rate", "broken"), [(Method.ADD, 0.5, {("customer_number", "unique"): 2}), (Method.UPDATE, 1, {})]
)
def test_an_add_with_the_key_of_an_earlier_record_is_refused(method, rate, broken):
    records = [{"no": "c1"}, {"no": "c1"}, {"no": "c2"}, {"no": "c1"}]
    verdict = run(records, received(customer_number=TEXT), [("no", "customer_number")], method)
    assert rejections(verdict) == broken
    assert verdict.pass_rate == rate


def test_the_numbers_of_a_child_may_repeat():
    records = [{"sku": "a", "n": 1}] * 3
    verdict = run(records, received("TRANSACTION_LINE", sku=TEXT), [("sku", "sku")])
    assert verdict.pass_rate == 1


def test_a_required_field_that_nothing_fills_refuses_every_record_and_a_constant_mends_it():
    destination = received(a=TEXT, type=Declared(types=("string",), required=True, enum=("Order", "Return")))
    mapped = Mapping("a", "field", ("a",), status="manual")
    verdict = run([{"a": "x"}] * 4, destination, [mapped])
    assert (verdict.pass_rate, verdict.outcome) == (0, Outcome.WITH_DEFAULTS)
    fixed = run([{"a": "x"}] * 4, destination, [mapped, Mapping("type", "constant", value="Order", status="manual")])
    assert (fixed.pass_rate, fixed.outcome) == (1, Outcome.POSSIBLE)
    wrong = run([{"a": "x"}] * 4, destination, [mapped, Mapping("type", "constant", value="order", status="manual")])
    assert (wrong.pass_rate, wrong.outcome) == (0, Outcome.WITH_DEFAULTS)


def test_a_default_fills_what_is_empty():
    destination = received(a=Declared(types=("integer",), required=True))
    row = Mapping("a", "field", ("a",), status="manual")
    records = [{"a": 1}, {"a": None}, {}, {"a": ""}]
    assert run(records, destination, [row]).pass_rate == 0.25
    assert run(records, destination, [replace(row, default="0")]).pass_rate == 1
    assert run(records, destination, [replace(row, default="none")]).pass_rate == 0.25


def test_a_value_map_writes_nothing_for_what_is_not_listed():
    destination = received(a=Declared(types=("string",), required=True, enum=("Open",)))
    row = Mapping("a", "look-up", ("a",), values=(("1", "Open"),), status="manual")
    verdict = run([{"a": 1}, {"a": 2}, {"a": "1"}], destination, [row])
    assert rejections(verdict) == {("a", "required"): 1}


def test_a_link_to_a_record_writes_an_id_where_the_source_has_one():
    destination = received(customer_id=Declared(types=("integer",), required=True))
    row = Mapping("customer_id", "look-up", ("customer",), value="CUSTOMER", status="manual")
    assert rejections(run([{"customer": "c-1"}, {"customer": None}], destination, [row])) == {
        ("customer_id", "required"): 1
    }


def test_a_formula_in_csharp_fills_its_field_and_nothing_more_is_said_of_what_it_makes():
    destination = received(
        currency=replace(TEXT, required=True), total=Declared(format="money"), **{"lines[].price": WHOLE}
    )
    rows = [Mapping(path, "formula", value="X.Trim()", status="manual") for path in ("currency", "total")]
    rows += [Mapping("lines[].price", "formula", value="Y", default="1", status="manual")]
    verdict = run([{"a": 1}, {"a": 2}], destination, rows)
    assert (rejections(verdict), verdict.pass_rate) == ({}, 1)
    assert [finding.field for finding in verdict.findings if finding.rule == "C# formula"] == [
        "currency", "lines[].price", "total"
    ]  # fmt: skip


def formula(destination, sources, *steps):
    made = Formula(destination, sources, steps, 0, 0)
    return Mapping(destination, "formula", sources, made, status="manual")


def test_a_formula_is_run_on_each_record_and_on_each_element():
    records = [
        {"first": "Ada", "last": "Example", "cents": 1250, "lines": [{"sku": "a"}, {"sku": "b"}], "tags": ["x", "y"]}
    ]
    destination = received(
        name=replace(TEXT, enum=("Ada Example",)),
        total=replace(NUMBER, enum=(12.5,)),
        tags=replace(TEXT, enum=("x, y",)),
        itemsL__sku=replace(TEXT, enum=("A", "B")),
    )
    rows = [
        formula("name", ("first", "last"), Join(" ")),
        formula("total", ("cents",), Times(Decimal("0.01"))),
        formula("tags", ("tags[]",), JoinList(", ")),
        formula("items[].sku", ("lines[].sku",), Upper()),
    ]
    assert run(records, destination, rows).run.rejections == ()
    only_a = replace(destination, fields=(Field("items[].sku", replace(TEXT, enum=("A",))),))
    assert rejections(run(records, only_a, rows[3:])) == {("items[].sku", "enum"): 1}


def test_a_number_that_no_decimal_holds_gives_nothing():
    row = formula("a", ("a",), Round(2))
    assert rejections(run([{"a": 10**40}], received(a=replace(NUMBER, required=True)), [row])) == {("a", "required"): 1}


@pytest.mark.parametrize("kind", ["field", "look-up"])
def test_a_mapping_without_a_source_fills_nothing(kind):
    verdict = run([{"a": 1}], received(a=replace(NUMBER, required=True)), [Mapping("a", kind, status="manual")])
    assert verdict.run is None


def test_a_map_found_in_paired_records_is_a_look_up():
    row = Mapping("a", "look-up", ("a",), Formula("a", ("a",), (ValueMap((("1", "x"),)),), 1, 1), status="manual")
    assert run([{"a": 1}], received(a=replace(TEXT, enum=("x",))), [row]).pass_rate == 1


ORDER = {
    "lines": Declared(types=("array",)),
    "linesL__sku": Declared(types=("string",), required=True),
    "linesL__qty": Declared(types=("integer",)),
}


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([("items[].sku", "lines[].sku")], {("lines[].sku", "required"): 1}),
        ([("items[].n", "lines[].qty")], {("lines[].sku", "required"): 2}),
        ([("items[].n", "lines[].qty"), ("code", "lines[].sku")], {}),
    ],
)
def test_what_is_required_of_each_element_is_required_where_there_are_elements(rows, broken):
    records = [
        {"code": "z", "items": [{"sku": "a", "n": 1}, {"n": 2}]},
        {"code": "z", "items": []},
        {"code": "z", "items": [{"sku": "a", "n": 1}]},
    ]
    assert rejections(run(records, received(**ORDER), rows)) == broken


def test_a_required_list_needs_an_element():
    destination = received(**{**ORDER, "lines": Declared(types=("array",), required=True)})
    records = [{"items": [{"sku": "a"}]}, {"items": []}, {}]
    assert rejections(run(records, destination, [("items[].sku", "lines[].sku")])) == {("lines", "required"): 2}


def test_what_an_inner_list_makes_is_required_of_the_outer_element_too():
    destination = received(linesL__sku=replace(TEXT, required=True), linesL__taxesL__rate=NUMBER)
    records = [{"lines": [{"taxes": [{"rate": 1}]}]}, {"lines": [{"taxes": []}]}]
    rows = [("lines[].taxes[].rate", "lines[].taxes[].rate")]
    assert rejections(run(records, destination, rows)) == {("lines[].sku", "required"): 1}


def test_an_optional_object_requires_its_fields_only_where_it_is_sent():
    destination = received(
        address=Declared(types=("object",)), address__city=replace(TEXT, required=True), address__zip=TEXT
    )
    records = [{"zip": "1"}, {"zip": None}, {}]
    assert rejections(run(records, destination, [("zip", "address.zip")])) == {("address.city", "required"): 1}


def test_a_field_of_one_alternative_is_not_required():
    destination = received(a=TEXT, card=Declared(types=("string",), required=True, variants=("Card",)))
    assert run([{"a": "x"}], destination, [("a", "a")]).pass_rate == 1


def test_two_objects_make_two_elements():
    destination = received(addressesL__city=replace(TEXT, required=True), addressesL__zip=replace(TEXT, required=True))
    rows = [
        ("billing.city", "addresses[].city"),
        ("shipping.city", "addresses[].city"),
        ("billing.zip", "addresses[].zip"),
        ("shipping.zip", "addresses[].zip"),
    ]
    records = [
        {"billing": {"city": "a", "zip": "1"}, "shipping": {"city": "b", "zip": None}},
        {"billing": {"city": "a", "zip": "1"}},
    ]
    verdict = run(records, destination, rows)
    assert rejections(verdict) == {("addresses[].zip", "required"): 1}
    assert verdict.pass_rate == 0.5


def test_each_element_becomes_a_record_where_most_of_it_comes_from_there():
    records = [{"id": 1, "locations": [{"place": "a", "n": 1}, {"place": "b", "n": "x"}]}, {"id": 2, "locations": []}]
    destination = received("PRODUCT_INVENTORY", id=WHOLE, location=TEXT, quantity=WHOLE)
    rows = [("locations[].place", "location"), ("locations[].n", "quantity"), ("id", "id")]
    verdict = run(records, destination, rows)
    assert (verdict.run.records, verdict.run.source_records, verdict.run.elements_of) == (2, 2, "locations[]")
    assert rejections(verdict) == {("quantity", "type"): 1}


def test_the_first_of_several_values_is_taken_and_the_loss_is_told():
    records = [{"a": 1, "mails": [{"m": "x"}, {"m": "y"}]}, {"a": 2, "mails": [{"m": "x"}]}]
    verdict = run(records, received(a=WHOLE, email=TEXT), [("a", "a"), ("mails[].m", "email")])
    assert [(loss.field, loss.records, loss.of) for loss in verdict.run.losses] == [("email", 1, 2)]
    assert verdict.pass_rate == 1


@pytest.mark.parametrize(
    ("value", "declared", "loss"),
    [
        ("2026-01-02T10:00:00Z", replace(TEXT, format="date"), "the time of day"),
        ("2026-01-02T10:00:00", replace(TEXT, format="date-time"), "its zone is assumed"),
        ("2026-01-02", replace(TEXT, format="date-time"), "its time and zone are assumed"),
        (2**53, NUMBER, "digits beyond 2^53"),
        (16777.217, replace(NUMBER, format="float"), "digits beyond 7"),
    ],
)
def test_conversions_with_loss_pass_and_are_told(value, declared, loss):
    verdict = run([{"a": value}, {}], received(a=declared), [("a", "a")])
    assert [(row.field, row.what, row.records) for row in verdict.run.losses] == [("a", loss, 1)]
    assert verdict.pass_rate == 1


@pytest.mark.parametrize(
    ("value", "declared"),
    [
        ("12.50", NUMBER), ("12", WHOLE), (12.0, WHOLE), (12, TEXT), (True, TEXT), (None, TEXT), ("", WHOLE),
        ("true", Declared(types=("boolean",))),
        ("Fri, 02 Jan 2026 10:00:00 +0000", replace(TEXT, format="date-time")), (1, replace(TEXT, enum=("1", "2"))),
        ("1", Declared(enum=(1, 2))), (2**53 - 1, NUMBER), (1677721, replace(NUMBER, format="float")),
    ],
)  # fmt: skip
def test_conversions_without_loss_pass_and_are_no_loss(value, declared):
    verdict = run([{"a": value}], received(a=declared), [("a", "a")])
    assert (verdict.pass_rate, verdict.run.losses) == (1, ())


def test_null_is_taken_where_it_is_declared():
    declared = replace(TEXT, required=True, nullable=True)
    assert run([{"a": None}, {}], received(a=declared), [("a", "a")]).pass_rate == 0.5


def test_nothing_is_sent_to_a_field_that_the_destination_writes():
    destination = received(id=replace(TEXT, read_only=True, required=True, max_length=1), a=TEXT)
    assert run([{"a": "xyz"}], destination, [("a", "id"), ("a", "a")]).pass_rate == 1


def test_an_update_takes_the_id_from_the_link():
    destination = received(id=replace(WHOLE, required=True), a=TEXT)
    assert run([{"a": "x"}], destination, [("a", "a")], Method.UPDATE).pass_rate == 1
    assert run([{"a": "x"}], destination, [("a", "a")], Method.ADD).pass_rate == 0


def test_examples_of_personal_fields_keep_their_form_alone():
    verdict = run([{"email": "ada@example.test"}], received(email=replace(TEXT, max_length=5)), [("email", "email")])
    (rejection,) = verdict.run.rejections
    assert rejection.examples == ("xxx@xxxxxxx.xxxx",)
    assert "ada@" not in str(verdict.to_dict())


def test_without_records_nothing_is_run():
    destination = received(a=TEXT)
    assert run([], destination, []).pass_rate is None
    source = observe([{"a": "x"}])
    verdict = check_flow(source, destination, [("a", "a")], direction=Direction.TO, method=Method.ADD)
    assert (verdict.run, verdict.pass_rate) == (None, None)
    deleting = check_flow(
        source, destination, [("a", "a")], direction=Direction.TO, method=Method.DELETE, samples=[{"a": 1}]
    )
    assert deleting.pass_rate is None


def test_a_sample_is_run_like_its_records():
    sample = Sample("store", "users", ({"a": "x"}, {"a": None}), Stop.COMPLETE)
    destination = received(a=replace(TEXT, required=True))
    verdict = check_flow(
        observe(sample), destination, [("a", "a")], direction=Direction.TO, method=Method.ADD, samples=sample
    )
    assert verdict.pass_rate == 0.5


NAMES = st.sampled_from(["a", "b", "lines", "c"])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["2026-02-30", "1"])
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
FIELDS = st.builds(
    Declared,
    types=st.sampled_from([(), ("string",), ("integer",), ("number",), ("boolean",), ("array",), ("object",)]),
    required=st.sampled_from([None, True]),
    nullable=st.sampled_from([None, True, False]),
    format=st.sampled_from([None, "date", "int32", "money", "float", "decimal(4,1)"]),
    max_length=st.sampled_from([None, 0, 2]),
    enum=st.sampled_from([(), ("a", 1), (None, True)]),
    minimum=st.sampled_from([None, 0]),
    pattern=st.sampled_from([None, "(", "^a"]),
)
PATHS = st.sampled_from(["a", "b", "lines[].a", "lines[].b", "c.a", "lines[].lines[].b", "a[]"])


@given(
    st.lists(st.dictionaries(NAMES, JSON, max_size=4), max_size=4),
    st.dictionaries(PATHS, FIELDS, max_size=5),
    st.lists(st.tuples(PATHS, PATHS), max_size=5),
    st.sampled_from(Method),
)
def test_any_records_can_be_run_and_the_counts_agree(records, fields, pairs, method):
    destination = Schema(
        "x", fields=tuple(Field(path, declared) for path, declared in sorted(fields.items())), operations=CALLS
    )
    rows = [Mapping(to, "field", (path,), status="manual") for path, to in pairs]
    verdict = check_flow(observe(records), destination, rows, direction=Direction.TO, method=method, samples=records)
    if verdict.run:
        refused = [row.records for row in verdict.run.rejections]
        assert max(refused, default=0) <= verdict.run.records - verdict.run.passed <= sum(refused)
        assert (verdict.run.passed < verdict.run.records) is bool(refused)
        assert not (verdict.outcome is Outcome.POSSIBLE and verdict.run.passed < verdict.run.records)
