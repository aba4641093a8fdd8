import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.execution.select_records import select_records
from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.flows.selection import Selection
from ipaas_discovery.flows.surroundings import Surroundings
from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome, Shape

ORDERS = [
    {"status": "paid", "total": 5, "note": "a", "lines": [{"sku": "x"}, {"sku": ""}]},
    {"status": "refunded", "total": -2, "reason": "broken", "lines": []},
    {"status": "paid", "total": 7, "note": None},
]
CALLS = {Method.ADD: "POST /x", Method.UPDATE: "PUT /x/{id}", Method.DELETE: None}
THEIRS = Schema(
    "TRANSACTION",
    Shape.CREATE,
    fields=(
        Field("note", Declared(types=("string",), required=True)),
        Field("total", Declared(types=("number",), minimum=0)),
        Field("vat"),
    ),
    operations=CALLS,
    source="test",
)


def select(condition, records=ORDERS, source=None):
    return select_records(source or observe(records), RecordColumns(records), condition)


def judge(condition, method=Method.ADD, pairs=(("note", "note"), ("total", "total")), samples=ORDERS, **more):
    ways = {"direction": Direction.TO, "method": method, "samples": samples}
    return check_flow(observe(samples), THEIRS, list(pairs), condition=condition, **ways, **more)


def test_the_schema_of_a_selection_is_that_of_its_records():
    schema, columns, selection = select("status = paid")
    alone = observe([ORDERS[0], ORDERS[2]])
    assert (selection.meets, selection.of, schema.records, len(columns.records)) == (2, 3, 2, 2)
    for field in schema.fields:
        if alone.field(field.path):
            assert field == alone.field(field.path)
    missing = schema.field("reason").observed
    assert (missing.of, missing.present, missing.types) == (2, 0, {})
    assert select("status = refunded")[0].field("lines[].sku").observed.of == 0


def test_what_is_declared_stays_and_what_was_never_seen_is_not_seen_now():
    source = observe(ORDERS).merged(Schema.from_fields([{"path": "total", "types": ["number"]}, {"path": "vat"}]))
    schema, _, _ = select("status = paid", source=source)
    assert schema.field("total").declared == source.field("total").declared
    assert schema.field("total").observed.values == (5, 7)
    assert schema.field("vat").observed is None


def test_the_same_selection_is_observed_once():
    source, columns = observe(ORDERS), RecordColumns(ORDERS)
    one, other = (select_records(source, columns, "status = paid") for _ in range(2))
    assert one[0] is other[0]
    assert one[1] is other[1]
    again = select_records(observe(ORDERS[:1]), columns, "status = paid")
    assert again[0].field("reason") is None


def test_names_in_a_list_of_names_and_values_are_observed_too():
    records = [{"s": at, "meta": [{"name": "Season", "value": "x" * (at + 1)}]} for at in range(3)]
    schema, _, _ = select("s > 0", records)
    assert schema.field("meta{Season}.value").observed.lengths == (2, 3)


def test_without_a_condition_or_records_nothing_is_selected():
    source = observe(ORDERS)
    assert select_records(source, RecordColumns(ORDERS), " ")[::2] == (source, Selection())
    assert select_records(source, RecordColumns([]), "status = paid")[::2] == (source, Selection("status = paid"))
    assert str(Selection("a = b", 1, 2)) == "1 of 2 meet `a = b`"
    with pytest.raises(ConfigurationError, match="no condition"):
        select("status paid")


def test_a_flow_is_judged_on_the_records_that_it_moves():
    paid, refunded = judge("status = paid", name="sales"), judge("status = refunded", name="returns")
    assert [(row.run.passed, row.run.records) for row in (paid, refunded, judge(""))] == [(1, 2), (0, 1), (1, 3)]
    assert (paid.name, paid.selection) == ("sales", Selection("status = paid", 2, 3))
    assert [row.rule for row in paid.findings if row.rule == "range"] == []
    assert next(row.fact for row in refunded.findings if row.rule == "range").startswith("1 of 1 records")
    (readable,) = [row for row in paid.findings if row.rule == "readable"]
    assert (readable.effect, readable.fact, readable.grade) == (
        Effect.SUPPORTS, "2 of 3 records of the source meet `status = paid`", "observed 2 of 3",
    )  # fmt: skip
    (readable,) = [row for row in refunded.findings if row.rule == "readable"]
    assert readable.fact == "1 of 3 records of the source meets `status = refunded`"


def test_a_condition_that_no_record_meets_leaves_the_verdict_open():
    verdict = judge("status = sent")
    assert (verdict.outcome, verdict.run, verdict.grade) == (Outcome.UNKNOWN, None, Grade.OBSERVED)
    assert verdict.reason == (
        "none of 3 records of the source meets `status = sent`: nothing shows what would be sent."
    )


def test_what_the_destinations_side_owns_an_update_leaves_as_it_is():
    around = {"surroundings": Surroundings(owned=("note", "total"))}
    add, update = (judge("", method, **around) for method in (Method.ADD, Method.UPDATE))
    assert (add.run.passed, update.run) == (1, None)
    (mapped,) = [row for row in update.findings if row.rule == "mapped"]
    assert (mapped.effect, mapped.fact) == (
        Effect.WARNS,
        "the destination's side owns all that is mapped: nothing changes",
    )
    update = judge("", Method.UPDATE, (("note", "note"), ("total", "total"), ("reason", "vat")), **around)
    assert [row.field for row in update.findings if row.rule == "owner"] == ["note", "total"]
    assert [(row.field, row.effect) for row in update.findings if row.rule == "required"] == [("note", Effect.WARNS)]
