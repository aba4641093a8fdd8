"""Flows on which each rule speaks, and flows on which it must be silent: by the rule's name, two lists of cases."""

from __future__ import annotations

from dataclasses import replace

from ipaas_discovery.flows.execution.run_flow import run_flow
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.surroundings import Learning, Surroundings
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Grade, Method, Shape

TEXT, NUMBER, WHOLE, YES, LIST, OBJECT = (
    Declared(types=(kind,)) for kind in ("string", "number", "integer", "boolean", "array", "object")
)
MUST = replace(TEXT, required=True)
DATE = replace(TEXT, format="date")
CALLS = {Method.ADD: "POST /x", Method.UPDATE: "PUT /x/{id}", Method.DELETE: "DELETE /x/{id}"}


def flow(  # noqa: PLR0913  each case names only what it is about
    records,
    fields,
    mappings,
    *,
    run=False,
    method=Method.ADD,
    direction=Direction.TO,
    collection="CUSTOMER",
    calls=CALLS,
    source=None,
    **around,
):
    """A flow from records (or a declared `source`) into declared fields, by pairs of paths or mappings."""
    ours = Schema.from_fields(source, collection="users") if source else replace(observe(records), collection="users")
    every = tuple(Field(path, declared) for path, declared in sorted(fields.items()))
    theirs = Schema(collection, Shape.CREATE, "iPaaS.com", every, operations=calls, source="test")
    given = tuple(records) if run else ()
    made = Flow.of((ours, theirs), mappings, direction, method, Surroundings(**around), given)
    return made.ran(run_flow(made)) if run else made


def one(values, declared, *, run=True, path="a", **settings):
    """A flow of one field."""
    return flow([{path: value} for value in values], {path: declared}, [(path, path)], run=run, **settings)


PLAIN = one(["x", "y"], TEXT)
DOCUMENTED = one("x", TEXT, calls={Method.ADD: Grade.DOCUMENTED.value})
EMPTY = Schema("users", records=0)
SIX = [10, 250, 1999, 5, 70, 123]


def unknown_shape():
    return flow([{"a": 1}], {}, [])


def created(*paths):
    return Schema("CUSTOMER", Shape.CREATE, fields=tuple(Field(path, TEXT) for path in paths))


CASES = {
    "call": ([one("x", TEXT, calls={}), one("x", TEXT, calls={Method.ADD: None})], [PLAIN, DOCUMENTED]),
    "shape known": ([unknown_shape()], [PLAIN]),
    "readable": ([replace(PLAIN, source=EMPTY), replace(PLAIN, source=Schema("users"))], [PLAIN]),
    "mapped": ([PLAIN, flow([{"a": 1}], {"b": TEXT}, [])], [unknown_shape()]),
    "source": (
        [flow([{"a": 1}], {"b": TEXT}, [Mapping("b", "field", ("gone",), status="accepted")])],
        [
            PLAIN,
            flow([{"a": 1}], {"b": TEXT}, [Mapping("b", "field", ("gone",), standing="matched")]),
            flow([{"a": 1}], {"b": TEXT}, [Mapping("b", "constant", value="x", status="manual")]),
        ],
    ),
    "pass rate": ([PLAIN, one(["x", None], MUST)], [one("x", TEXT, run=False)]),
    "required": (
        [flow([{"a": 1}], {"a": TEXT, "type": MUST}, [("a", "a")])],
        [
            one("x", MUST),
            flow([{"a": 1}], {"a": TEXT, "id": replace(MUST, read_only=True)}, [("a", "a")]),
            flow([{"a": 1}], {"a": TEXT, "o": OBJECT, "o.type": MUST}, [("a", "a")]),
            flow([{"a": 1}], {"type": MUST}, [Mapping("type", "constant", value="x", status="manual")]),
            flow([{"a": 1}], {"type": replace(MUST, variants=("One",))}, []),
        ],
    ),
    "fill": (
        [
            one(["x", None], MUST),
            one(["x", None], MUST, run=False),
            one(["x", "y"], MUST),
            flow([], {"a": MUST}, [("a", "a")], source=[{"path": "a"}]),
            flow([{"l": [{"a": 1}]}, {"l": []}], {"b": MUST}, [("l[].a", "b")]),
        ],
        [one(["x", None], TEXT), one(["x", None], TEXT, run=False)],
    ),
    "nullable": (
        [
            one(["x", None], replace(TEXT, nullable=False)),
            one(["x", None], replace(TEXT, nullable=False), run=False),
            flow([], {"a": replace(TEXT, nullable=False)}, [("a", "a")], source=[{"path": "a", "nullable": True}]),
        ],
        [one(["x", None], TEXT), one(["x"], replace(TEXT, nullable=False)), one([None], replace(TEXT, nullable=True))],
    ),
    "key": (
        [one(["1", "2"], TEXT, method=Method.UPDATE), one(["1", "1"], TEXT, path="id", method=Method.UPDATE)],
        [one(["1", "2"], TEXT, path="id"), replace(unknown_shape(), method=Method.UPDATE)],
    ),
    "unique": (
        [one(["1", "1"], TEXT, path="id"), one(["1", "1"], TEXT, path="id", method=Method.UPDATE)],
        [
            one(["1", "2"], TEXT, path="id"),
            one(["1", "1"], TEXT),
            one(["1", "1"], TEXT, path="sku", collection="TRANSACTION_LINE"),
        ],
    ),
    "id form": (
        [
            one(["1", None], TEXT, path="id"),
            one(["1|2", "3"], TEXT, path="id"),
            one(["x"], TEXT, parent="orders"),
            one(["1", None], TEXT, path="uid", id_fields=("uid",)),
        ],
        [
            one(["1", "2"], TEXT, path="id"),
            one(["x"], TEXT),
            one(["1", None], TEXT, path="id", direction=Direction.FROM),
        ],
    ),
    "type": (
        [
            one(["x"], WHOLE),
            one(["x"], WHOLE, run=False),
            one([1.5], WHOLE),
            one(["1"], WHOLE),
            one([{"b": 1}], TEXT),
            one(["no"], YES),
        ],
        [one([1], WHOLE), one([1], TEXT), one([2.0], WHOLE), one([True], TEXT), one([1], NUMBER), one([None], WHOLE)],
    ),
    "constant": (
        [
            flow([], {"a": WHOLE}, [Mapping("a", "constant", value="x", status="manual")]),
            flow(
                [{"a": 1}],
                {"a": replace(TEXT, enum=("Open",))},
                [Mapping("a", "look-up", ("a",), values=(("1", "open"),), status="manual")],
            ),
            flow([{"a": 1}], {"a": WHOLE}, [Mapping("a", "field", ("a",), default="none", status="manual")]),
        ],
        [PLAIN, flow([], {"a": WHOLE}, [Mapping("a", "constant", value="7", status="manual")])],
    ),
    "C# formula": (
        [
            flow([{"a": 1}], {"b": TEXT}, [Mapping("b", "formula", value="A.Trim()", status="manual")]),
            flow([{"a": 1}], {"b": replace(MUST, enum=("x",))}, [Mapping("b", "formula", value="A", status="manual")]),
            flow([{"a": 1}], {"l[].b": TEXT}, [Mapping("l[].b", "formula", value="A", status="manual")]),
        ],
        [PLAIN],
    ),
    "format": (
        [
            one(["ada"], replace(TEXT, format="email")),
            one(["ada"], replace(TEXT, format="email"), run=False),
            one(["Fri, 02 Jan 2026 10:00:00 +0000"], replace(TEXT, format="date-time")),
        ],
        [one(["ada@example.test"], replace(TEXT, format="email")), one(["x"], replace(TEXT, format="html")), PLAIN],
    ),
    "date": (
        [one(["2026-02-30"], DATE), one(["2026-02-30"], DATE, run=False), one(["0000-00-00"], DATE)],
        [one(["2026-02-28"], DATE), one(["2026-02-30"], TEXT), one(["2026-02-30"], TEXT, run=False)],
    ),
    "pattern": (
        [one(["b"], replace(TEXT, pattern="^a"))],
        [one(["ab"], replace(TEXT, pattern="^a")), one(["b"], replace(TEXT, pattern="("))],
    ),
    "structure": (
        [
            flow(
                [{"l": [{"a": 1}, {"a": 2}], "b": 1, "c": 2}],
                {"a": WHOLE, "b": WHOLE, "c": WHOLE},
                [("l[].a", "a"), ("b", "b"), ("c", "c")],
                run=True,
            ),
            flow([{"a": 1}], {"m[].a": WHOLE}, [("a", "m[].a")]),
            flow([{"l": [{"a": 1}]}], {"a": WHOLE}, [("l[].a", "a")], run=True),
        ],
        [PLAIN, flow([{"l": [{"a": 1}]}], {"m[].a": WHOLE}, [("l[].a", "m[].a")], run=True)],
    ),
    "array and object": (
        [flow([{"l": {"url": "https://x.test"}}], {"l": LIST, "l[].a": TEXT}, [])],
        [
            flow([{"l": [{"a": "x"}]}], {"l": LIST, "l[].a": TEXT}, []),
            flow([{"l": {"url": "x"}, "m": [{"a": "x"}]}], {"l": LIST, "l[].a": TEXT}, [("m[].a", "l[].a")]),
        ],
    ),
    "two sources": (
        [flow([{"a": "x", "b": "y"}], {"c": TEXT}, [("a", "c"), ("b", "c")])],
        [
            PLAIN,
            flow([{"a": {"z": "x"}, "b": {"z": "y"}}], {"l[].z": TEXT}, [("a.z", "l[].z"), ("b.z", "l[].z")]),
        ],
    ),
    "enum": (
        [
            one(["open", "Open"], replace(TEXT, enum=("Open",))),
            one(["void"], replace(TEXT, enum=("Open",)), run=False),
            one(["Open"], replace(TEXT, enum=("Open",))),
            flow([], {"a": replace(TEXT, enum=("x",))}, [("a", "a")], source=[{"path": "a", "enum": ["y"]}]),
        ],
        [PLAIN, flow([], {"a": replace(TEXT, enum=("x",))}, [("a", "a")], source=[{"path": "a", "enum": ["x"]}])],
    ),
    "spelling": (
        [one([1, 2], replace(TEXT, enum=("1", "2")))],
        [one(["1"], replace(TEXT, enum=("1", "2"))), one(["x"], replace(TEXT, enum=("1",))), PLAIN],
    ),
    "length": (
        [
            one(["abcde"], replace(TEXT, max_length=4)),
            one(["abcde"], replace(TEXT, max_length=4), run=False),
            one(["abc"], replace(TEXT, min_length=4)),
            flow(
                [],
                {"a": replace(TEXT, max_length=4)},
                [("a", "a")],
                source=[{"path": "a", "types": ["string"], "max_length": 5}],
            ),
        ],
        [one(["abcd"], replace(TEXT, max_length=4, min_length=4)), PLAIN],
    ),
    "range": (
        [
            one([-1], replace(NUMBER, minimum=0)),
            one([-1], replace(NUMBER, minimum=0), run=False),
            one([10], replace(NUMBER, exclusive_maximum=10), run=False),
        ],
        [
            one([0, 10], replace(NUMBER, minimum=0, maximum=10)),
            one([0, 10], replace(NUMBER, minimum=0, maximum=10), run=False),
            one(["x"], replace(TEXT, minimum=0)),
        ],
    ),
    "integer size": (
        [
            one([2**31], replace(WHOLE, format="int32")),
            one([2**31], replace(WHOLE, format="int32"), run=False),
            one([2**63], replace(WHOLE, format="int64")),
            flow(
                [],
                {"a": replace(WHOLE, format="int32")},
                [("a", "a")],
                source=[{"path": "a", "types": ["integer"], "format": "int64"}],
            ),
        ],
        [one([2**31 - 1], replace(WHOLE, format="int32")), one([2**31], replace(WHOLE, format="int64")), PLAIN],
    ),
    "multiple of": (
        [one([0.3, 0.07], replace(NUMBER, multiple_of=0.05)), one([12, 13], replace(WHOLE, multiple_of=12))],
        [one([0.3, 0.35, 0], replace(NUMBER, multiple_of=0.05)), one(["x"], replace(TEXT, multiple_of=2)), PLAIN],
    ),
    "precision": (
        [one([1.234], replace(NUMBER, format="decimal(9,2)")), one([1.234], replace(NUMBER, format="currency"))],
        [one([1.23], replace(NUMBER, format="decimal(9,2)")), one([1.234], NUMBER)],
    ),
    "cents": (
        [
            flow([{"total": n} for n in (11288, *SIX)], {"total": NUMBER}, [("total", "total")]),
            flow([{"total": n / 4} for n in SIX], {"total": WHOLE}, [("total", "total")]),
        ],
        [
            flow([{"total": n / 4} for n in SIX], {"total": NUMBER}, [("total", "total")]),
            flow([{"stock": n} for n in SIX], {"stock": NUMBER}, [("stock", "stock")]),
            flow([{"items_total": n} for n in SIX], {"total": NUMBER}, [("items_total", "total")]),
            flow([{"total": n} for n in SIX], {"total": WHOLE}, [("total", "total")]),
        ],
    ),
    "content": (
        [
            flow([{"a": 1}], {"name": TEXT, "amount": NUMBER}, [("a", "name")], collection="TRANSACTION_TAX"),
            flow(
                [{"a": 1}],
                {"quantity": NUMBER, "location_id": TEXT},
                [("a", "quantity")],
                collection="PRODUCT_INVENTORY",
            ),
        ],
        [
            PLAIN,
            flow([{"a": 1}], {"name": TEXT, "amount": NUMBER}, [("a", "amount")], collection="TRANSACTION_TAX"),
            flow([{"a": 1}], {"name": TEXT}, [("a", "name")], collection="TRANSACTION_TAX"),
        ],
    ),
    "writable": ([one("x", replace(TEXT, read_only=True))], [PLAIN]),
    "big integers": (
        [one([2**53 + 1], WHOLE)],
        [one([2**53 - 1], WHOLE), one([2**53 + 1], TEXT), one([2**53 + 1], NUMBER)],
    ),
    "time zone": ([one(["2026-01-02T10:00:00"], TEXT)], [one(["2026-01-02T10:00:00Z"], TEXT), PLAIN]),
    "loss": (
        [one(["2026-01-02T10:00:00Z"], DATE), one(["2026-01-02"], replace(TEXT, format="date-time"))],
        [one(["2026-01-02"], DATE), PLAIN],
    ),
    "custom fields": (
        [
            flow([{"a": "x", "custom_fields": [{"name": "Season", "value": "S"}]}], {"a": TEXT}, [("a", "a")]),
            flow(
                [{"a": "x", "custom_fields": [{"name": "Season", "value": "S"}]}],
                {"a": TEXT, "custom_fields": LIST},
                [("a", "a")],
            ),
        ],
        [PLAIN],
    ),
    "parent": ([one("x", TEXT, calls={Method.ADD: "inside POST /orders"})], [PLAIN]),
    "owner": (
        [one(["x"], TEXT, method=Method.UPDATE, owned=("a",))],
        [one(["x"], TEXT, owned=("a",)), one(["x"], TEXT, method=Method.UPDATE, owned=("b",)), PLAIN],
    ),
    "create only": (
        [
            flow(
                [{"a": "x", "b": "y"}],
                {"a": TEXT},
                [Mapping("b", "field", ("b",), status="manual")],
                method=Method.UPDATE,
                created=created("a", "b"),
            )
        ],
        [
            flow([{"a": "x"}], {"a": TEXT}, [("a", "a")], method=Method.UPDATE, created=created("a", "b")),
            flow(
                [{"b": "y"}], {"a": TEXT}, [Mapping("b", "field", ("b",), status="manual")], created=created("a", "b")
            ),
        ],
    ),
    "not received": ([flow([{"b": "y"}], {"a": TEXT}, [Mapping("b", "field", ("b",), status="manual")])], [PLAIN]),
    "changes": (
        [
            one("x", TEXT, learning=Learning(webhook="orders/created, orders/updated")),
            one("x", TEXT, learning=Learning(webhook="orders/updated")),
            one("x", TEXT, learning=Learning(since="updated_after")),
            one("x", TEXT, learning=Learning(since="updated_after", records=90, page=30), method=Method.DELETE),
            one("x", TEXT, learning=Learning(newest=True, records=1000, page=50)),
            one("x", TEXT, learning=Learning()),
            one("x", TEXT, learning=Learning(file=True)),
            one("x", TEXT, learning=Learning(file=True), method=Method.DELETE),
        ],
        [PLAIN],
    ),
    "scope": (
        [one("x", TEXT, collection="TRANSACTION_LINE", planned=("TRANSACTION_LINE",))],
        [
            one("x", TEXT, collection="TRANSACTION_LINE", planned=("TRANSACTION", "TRANSACTION_LINE")),
            one("x", TEXT, collection="TRANSACTION_LINE"),
            one("x", TEXT, collection="CUSTOMER", planned=("CUSTOMER",)),
        ],
    ),
    "outside": (
        [
            one("x", TEXT, path="customer_id", collection="TRANSACTION", planned=("TRANSACTION",)),
            *(
                flow([{"a": "x"}], {"b": TEXT}, [Mapping("b", "look-up", ("a",), value=of)], planned=("PRODUCT",))
                for of in ("CUSTOMER", "EMPLOYEE")
            ),
        ],
        [
            flow([{"a": "x"}], {"b": TEXT}, [Mapping("b", "look-up", ("a",), value="CUSTOMER")], planned=("CUSTOMER",)),
            flow(
                [{"a": "x"}], {"b": TEXT}, [Mapping("b", "look-up", ("a",), values=(("x", "y"),))], planned=("PRODUCT",)
            ),
            one("x", TEXT, path="customer_id", collection="TRANSACTION", planned=("CUSTOMER", "TRANSACTION")),
            flow(
                [{"a": "x"}],
                {"b": TEXT},
                [Mapping("b", "look-up", ("a",), value="the width of the record whose id it is")],
                planned=("PRODUCT",),
            ),
            one("x", TEXT, path="total", collection="TRANSACTION", planned=("TRANSACTION",)),
            one("x", TEXT, path="customer_id", collection="TRANSACTION"),
        ],
    ),
    "order": (
        [one("x", TEXT, collection="TRANSACTION", planned=("TRANSACTION", "CUSTOMER"))],
        [
            one("x", TEXT, collection="TRANSACTION", planned=("CUSTOMER", "TRANSACTION")),
            one("x", TEXT, collection="TRANSACTION", planned=("TRANSACTION",)),
            one("x", TEXT, collection="TRANSACTION"),
        ],
    ),
    "unmapped": ([flow([{"a": "x", "b": "y"}], {"a": TEXT}, [("a", "a")])], [PLAIN, unknown_shape()]),
}
"""By rule: the flows on which it has a finding, and those on which it has none."""

ALWAYS = {"call", "readable"}
"""Rules that have a finding on every flow; where nothing is wrong it supports the flow."""
