"""Contracts beside the skeleton: records fit their schema, the contract says what the worksheet says."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from ipaas_discovery import Discovery
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Shape
from ipaas_discovery.worksheet.contracts.data_contract import data_contract, to_odcs
from ipaas_discovery.worksheet.contracts.order_diagram import order_diagram
from ipaas_discovery.worksheet.contracts.shape_schemas import shape_schemas
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts, SideFacts
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import CollectionSide, Decision

DATA = Path(__file__).parents[3] / "data"
PAIR = ("CUSTOMER", "users")
USERS = SideFacts(
    "Shop",
    "users",
    (
        ModelField("id", ("integer",), returned=True, on_create=False, on_update=False, key=True, nullable=False),
        ModelField("email", ("string",), "email", 80, returned=True, on_create=True, required_on_create=True),
        ModelField("level", ("integer",), enum=("1", "2"), returned=True, on_create=True, description="the level"),
        ModelField("made", ("string",), "date-time", returned=True),
        ModelField("tags", ("array",), returned=True),
        ModelField("tags[]", ("string",), returned=True),
        ModelField("orders[].lines[].sku", ("string",), returned=True),
        ModelField("address.city", ("string",), returned=True, on_update=True),
        ModelField("either", ("integer", "string"), returned=True),
        ModelField("a\\.b", ("boolean",), returned=True, nullable=True),
    ),
    id="id",
)
FACTS = Facts(pairs={PAIR: PairFacts(third_party=USERS)})


def document(direction=Direction.FROM, **more):
    entry = Entry(*PAIR[:1], 8, PAIR[1], decision=Decision(direction, ("add", "update")), **more)
    return WorksheetDocument("My shop", third_party=CollectionSide("Shop"), as_of="2026-01-31", entries=(entry,))


def schemas():
    return dict(shape_schemas(USERS))


def test_each_shape_has_the_fields_that_stand_in_it():
    made = schemas()
    assert list(made) == [Shape.RETURNED, Shape.CREATE, Shape.UPDATE]
    assert set(made[Shape.CREATE]["properties"]) == {"email", "level"}
    assert made[Shape.CREATE]["required"] == ["email"]
    assert set(made[Shape.UPDATE]["properties"]) == {"address"}
    returned = made[Shape.RETURNED]
    assert "required" not in returned
    assert returned["properties"]["level"] == {"type": "integer", "enum": [1, 2], "description": "the level"}
    assert returned["properties"]["email"]["maxLength"] == 80
    assert returned["properties"]["a.b"]["type"] == ["boolean", "null"]
    assert returned["description"] == "users of Shop, returned"


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        (ModelField("a", ("string",), enum=("x",)), ["x"]), (ModelField("a", ("number",), enum=("1.5",)), [1.5]),
        (ModelField("a", ("integer",), enum=("one",)), None), (ModelField("a", ("boolean",), enum=("True",)), None),
        (ModelField("a", ("string", "integer"), enum=("1",)), None), (ModelField("a", (), enum=("1",)), None),
        (ModelField("a", ("string",), enum=tuple(map(str, range(400)))), [*map(str, range(400))]),
    ],
)  # fmt: skip
def test_allowed_values_are_of_the_fields_own_type_or_are_not_told(field, allowed):
    ((_, schema),) = shape_schemas(SideFacts("s", "c", (replace(field, returned=True),)))
    assert schema["properties"]["a"].get("enum") == allowed


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copy(DATA / "discovery.toml", folder)
    shutil.copy(DATA / "worksheet.yaml", folder)
    with Discovery.open(folder / "discovery.toml") as discovery:
        yield discovery


def test_the_sandboxs_records_fit_the_schema_of_the_shape_they_are_returned_in(sandbox):
    worksheet, seen = sandbox.worksheet, 0
    for name in ("CUSTOMER", "PRODUCT", "TRANSACTION"):
        entry = worksheet.entry(name)
        facts = worksheet.facts.of(entry.key)
        for side, sample in zip((facts.ipaas, facts.third_party), sandbox.samples(name), strict=True):
            schema = dict(shape_schemas(side))[Shape.RETURNED]
            Draft202012Validator.check_schema(schema)
            validator = Draft202012Validator(schema)
            for record in sample.records:
                seen += 1
                assert not [error.message for error in validator.iter_errors(record) if error.validator != "enum"]
    assert seen > 500


def object_of(contract, name):
    return next(row for row in contract["schema"] if row["name"] == name)


def property_of(rows, *names):
    row = next(row for row in rows["properties"] if row["name"] == names[0])
    return property_of(row.get("items", row), *names[1:]) if names[1:] else row


def test_the_contract_says_what_the_worksheet_says():
    rows = (
        Mapping("email", "field", ("mail",), default="none", condition="mail is not empty", status="accepted"),
        Mapping("level", "look-up", ("rank",), values=(("a", "1"),), status="manual"),
        Mapping("made", "field", ("at",), status="rejected"),
    )
    contract = to_odcs(document(from_=rows), FACTS)
    assert {key: contract[key] for key in ("version", "apiVersion", "kind", "id", "name", "status")} == {
        "version": "1.0.0", "apiVersion": "v3.1.0", "kind": "DataContract", "id": "my-shop", "name": "My shop",
        "status": "proposed",
    }  # fmt: skip
    users = object_of(contract, "third_party_users")
    assert (users["physicalName"], users["logicalType"]) == ("users", "object")
    assert property_of(users, "id") == {
        "name": "id", "logicalType": "integer", "physicalType": "integer", "required": True, "primaryKey": True,
        "unique": True,
        "customProperties": [{"property": "returned", "value": True}, {"property": "receivedOnCreate", "value": False},
                             {"property": "receivedOnUpdate", "value": False}],
    }  # fmt: skip
    email = property_of(users, "email")
    assert email["logicalTypeOptions"] == {"maxLength": 80, "format": "email"}
    assert email["transformSourceObjects"] == ["mail"]
    assert email["transformDescription"] == "field, accepted, for mail is not empty, else none"
    level = property_of(users, "level")
    assert level["transformLogic"] == "a → 1"
    assert level["quality"] == [
        {"type": "library", "metric": "invalidValues", "arguments": {"validValues": ["1", "2"]}, "mustBe": 0}
    ]
    assert property_of(users, "made")["logicalType"] == "timestamp"
    assert "transformSourceObjects" not in property_of(users, "made")
    assert property_of(users, "tags")["items"] == {"logicalType": "string"}
    assert property_of(users, "orders", "lines", "sku")["logicalType"] == "string"
    assert "logicalType" not in property_of(users, "either")
    assert property_of(users, "a.b")["logicalType"] == "boolean"
    assert users["customProperties"][1] == {"property": "directions", "value": "From iPaaS.com"}


def test_the_contract_is_a_draft_while_something_is_undecided_and_has_no_word_of_what_is_left_out():
    whole = document()
    undecided = replace(whole, entries=(*whole.entries, Entry("PRODUCT", 1, "items")))
    left_out = replace(whole, entries=(*whole.entries, Entry("PRODUCT", 1, "items", decision=Decision(None))))
    assert to_odcs(undecided, FACTS)["status"] == "draft"
    contract = to_odcs(left_out, FACTS)
    assert contract["status"] == "proposed"
    assert [row["name"] for row in contract["schema"]] == ["ipaas_customer", "third_party_users"]


WORDS = {
    "contract": {"version", "apiVersion", "kind", "id", "name", "status", "description", "schema"},
    "object": {"name", "physicalName", "logicalType", "physicalType", "description", "properties", "customProperties"},
    "property": {"name", "logicalType", "physicalType", "description", "required", "primaryKey", "unique",
                 "logicalTypeOptions", "quality", "customProperties", "transformSourceObjects", "transformLogic",
                 "transformDescription", "properties", "items"},
}  # fmt: skip
"""The standard's own words that a contract may hold; any other is refused by its readers."""
TYPES = {"string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"}


def check_property(row, *, item=False):
    assert {*row} <= WORDS["property"]
    assert item or row["name"]
    assert row.get("logicalType", "string") in TYPES
    if row.get("logicalType") != "string":
        assert "logicalTypeOptions" not in row
    assert ("properties" in row) <= (row.get("logicalType") == "object")
    assert ("items" in row) <= (row.get("logicalType") == "array")
    for inner in row.get("properties", ()):
        check_property(inner)
    if "items" in row:
        check_property(row["items"], item=True)


def test_the_sandboxs_contract_has_no_word_that_the_standard_has_not(sandbox):
    worksheet = sandbox.worksheet
    contract = yaml.safe_load(data_contract(worksheet.document, worksheet.facts))
    assert {*contract} == WORDS["contract"]
    assert contract["version"] == "1.0.0"
    assert len(contract["schema"]) == 8
    for row in contract["schema"]:
        assert {*row} <= WORDS["object"]
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", row["name"])
        for inner in row["properties"]:
            check_property(inner)
    assert data_contract(worksheet.document, worksheet.facts) == data_contract(worksheet.document, worksheet.facts)


def test_the_diagram_draws_what_moves_where_and_what_has_to_be_there_before():
    decision = Decision(Direction.BIDIRECTIONAL, ("add",))
    looked = parse_formula("customer_name", "customer_id | lookup users name 1=Ada")
    entries = (
        Entry("CUSTOMER", 8, "users", decision=decision),
        Entry("TRANSACTION", 9, "orders", decision=Decision(Direction.TO, ("add", "update")),
              to=(Mapping("customer_name", "formula", looked.sources, looked),),
              named_flows=(OrderedFlow("returns", Direction.TO, ("add",), 'kind = "r"'),)),
        Entry("TRANSACTION_LINE", 10, "lines"), Entry("LOCATION", 7, "", decision=Decision(None)),
    )  # fmt: skip
    facts = Facts(
        pairs={("TRANSACTION_LINE", "lines"): PairFacts(third_party=SideFacts("Shop", "lines", parent="orders"))}
    )
    drawn = order_diagram(WorksheetDocument(entries=entries, third_party=CollectionSide('A "shop" #1')), facts)
    lines = [line.strip() for line in drawn.splitlines()]
    assert lines[0] == "flowchart LR"
    assert 'subgraph theirs["A #quot;shop#quot; #35;1"]' in lines
    assert [line for line in lines if "-->" in line] == [
        't0 -->|"add"| i0', 'i0 -->|"add"| t0', 't1 -->|"returns: add, if kind = #quot;r#quot;"| i1',
    ]  # fmt: skip
    assert [line for line in lines if "-." in line] == [
        't2 -.-|"undecided"| i2', 'i1 -. "needs" .-> i0', 'i1 -. "needs" .-> i3', 'i2 -. "part of" .-> i1',
        't2 -. "part of" .-> t1', 't1 -. "customer_id" .-> t0',
    ]  # fmt: skip
