"""Facts of the sandbox's two systems, as its worksheet writes them out."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.schema import Declared, Field, Observed, Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.systems.connectors.collection import CollectionSpec
from ipaas_discovery.systems.connectors.connector import load_connector
from ipaas_discovery.systems.openapi import Documents
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome, Shape
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.capabilities import Capability, ReadSample, capabilities
from ipaas_discovery.worksheet.facts.model_field import ModelField, PlatformType, model_fields
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts, SideFacts
from ipaas_discovery.worksheet.facts.proposed_features import proposed_features
from ipaas_discovery.worksheet.facts.system_profile import Preset, ProfileRow, SystemProfile, Volume, profile_of
from ipaas_discovery.worksheet.features import Support, SyncType
from ipaas_discovery.worksheet.saving.fact_files import FactFiles
from ipaas_discovery.worksheet.worksheet import Worksheet


def shapes(returned=(), create=None, update=None, operations=()):
    def schema(fields, shape):
        known = fields is not None
        calls = {Method(name): call for name, call in dict(operations).items()}
        return Schema("orders", shape, "shop", tuple(fields or ()), source="doc" * known, operations=calls)

    return Shapes(
        "shop", "orders", schema(returned, Shape.RETURNED), schema(create, Shape.CREATE), schema(update, Shape.UPDATE)
    )


def test_a_field_is_told_in_all_three_shapes():
    seen = Observed(of=10, present=10, nulls=2, types={"string": 8, "null": 2}, lengths=(1, 7), distinct=8)
    listed = Declared(("string",), max_length=9, required=True, description="the name", title="Name")
    rows = model_fields(
        shapes(
            [Field("id", Declared(("integer",), read_only=True)), Field("name", observed=seen)],
            [Field("id", Declared(("integer",), read_only=True)), Field("name", listed)],
        )
    )
    number, name = rows
    assert (number.returned, number.on_create, number.on_update) == (True, False, None)
    assert (name.returned, name.on_create, name.on_update) == (True, True, None)
    assert (name.max_length, name.longest, name.present, name.of) == (9, 7, 8, 10)
    assert (name.required_on_create, name.required_on_update, name.nullable) == (True, None, True)
    assert name.description == "Name: the name"
    assert (name.received, number.received) == (True, False)


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ({}, ""),
        ({"declared": True}, "declared"),
        ({"declared": True, "present": 0, "of": 9}, "declared"),
        ({"declared": True, "present": 4, "of": 9}, "declared, observed"),
        ({"declared": False, "present": 4, "of": 9}, "observed"),
        ({"declared": False, "present": 0, "of": 9}, "observed"),
    ],
)
def test_a_field_says_how_it_is_known(facts, grade):
    assert ModelField("a", **facts).grade == grade


def test_a_long_description_is_cut():
    (row,) = model_fields(shapes([Field("a", Declared(("string",), description="x" * 301))]))
    assert (len(row.description), row.description[-1]) == (300, "…")
    (row,) = model_fields(shapes([Field("a", Declared(("string",), description="x" * 300))]))
    assert row.description == "x" * 300


@pytest.mark.parametrize(
    ("types", "format_", "enum", "kind"),
    [
        (("string",), "", (), PlatformType.STRING),
        (("integer",), "", (), PlatformType.NUMBER),
        (("integer", "number"), "", (), PlatformType.NUMBER),
        (("boolean",), "", (), PlatformType.BOOL),
        (("string",), "uuid", (), PlatformType.GUID),
        (("string",), "date", (), PlatformType.DATE),
        (("string",), "date-time", (), PlatformType.DATETIME),
        (("string",), "email", ("a",), PlatformType.ENUM),
        (("object",), "", ("a",), PlatformType.NONE),
        (("integer", "string"), "", (), PlatformType.STRING),
        ((), "", (), PlatformType.NONE),
    ],
)
def test_a_field_has_one_of_the_platforms_data_types(types, format_, enum, kind):
    assert ModelField("a", types, format=format_, enum=enum).data_type is kind


def sheet(spec, read=None, **operations):
    known = {name: None if call is False else call for name, call in operations.items()}
    rows = capabilities(spec, shapes(operations=known), read or ReadSample())
    return {row.ability: row for row in rows}


def test_a_capability_says_by_which_call_and_how_that_is_known():
    spec = CollectionSpec(list="/orders", detail="/orders/{id}", since="min_date", filters={"status": ("1",)})
    rows = sheet(spec, ReadSample(200, 3, 412), add="POST /orders", delete=False)
    assert (rows["list"].call, rows["list"].grade) == ("GET /orders", "observed 200 of 412")
    assert (rows["get"].call, rows["get"].grade) == ("GET /orders/{id}", "observed 3 of 3")
    assert rows["since"].call == "GET /orders, by min_date"
    assert rows["search"].call == "GET /orders, by status"
    assert (rows["create"].offered, rows["create"].call, rows["create"].grade) == (True, "POST /orders", "declared")
    assert (rows["delete"].offered, rows["delete"].note) == (False, "this API has no call for it")
    assert (rows["update"].offered, rows["update"].grade) == (None, "unknown")
    assert (rows["webhook"].offered, rows["bulk"].offered) == (None, None)
    assert [row.ability for row in rows.values()] == [
        "list", "get", "create", "update", "delete", "search", "since", "bulk", "webhook"]  # fmt: skip


def test_what_was_not_read_is_declared_and_what_nobody_knows_unknown():
    rows = sheet(CollectionSpec(list="/orders", detail="/orders/{id}"))
    assert (rows["list"].grade, rows["get"].grade) == ("declared", "declared")
    assert {row.offered for row in sheet(None).values()} == {None}


def test_an_inference_says_so():
    rows = sheet(None, add=Grade.DOCUMENTED.value, update="perhaps PUT /orders", delete="inside PUT /parents/{id}")
    assert (rows["create"].offered, rows["create"].call, rows["create"].grade) == (True, "", Grade.DOCUMENTED.value)
    assert (rows["update"].offered, rows["update"].call, rows["update"].grade) == (None, "PUT /orders", "inferred")
    assert (rows["delete"].offered, rows["delete"].grade) == (True, "inferred")
    assert (rows["bulk"].offered, rows["bulk"].call) == (None, "PUT /orders")


OURS = SideFacts("iPaaS.com", "CUSTOMER", custom_fields=("custom_fields",))
THEIRS = SideFacts(
    "shop",
    "users",
    (ModelField("id", ("integer",), key=True, on_create=False),),
    (
        Capability("list", True, "GET /users", "declared"),
        Capability("get", True, "GET /users/{id}", "declared"),
        Capability("create", True, "POST /users", "declared"),
        Capability("since", True, "GET /users, by since", "declared"),
    ),
    id="id",
    custom_fields=("attributes",),
)
PAIR = PairFacts(OURS, THEIRS, keys=(("external_ids[].external_id", "id"), ("email_address", "mail")), paired=9)
POSSIBLE = {Method.ADD: Outcome.POSSIBLE, Method.UPDATE: Outcome.WITH_DEFAULTS, Method.DELETE: Outcome.BLOCKED}


def test_the_supported_features_are_filled_as_far_as_facts_carry():
    to = proposed_features("CUSTOMER", PAIR, Direction.TO, POSSIBLE)
    assert (to.support, to.sync_methods) == (Support.FULL, (SyncType.ADD, SyncType.UPDATE))
    assert [point.value for point in to.endpoints] == ["GET /users", "GET /users/{id}"]
    assert [row.record for row in to.external_id_formats] == ["{{id}}"]
    assert (to.allow_initialization, to.collision_handling_supported, to.custom_field_supported) == (True, True, True)
    assert (to.independent_transfer_supported, to.polling_supported, to.record_matching_supported) == (True, True, True)
    assert to.external_webhook_support is None
    assert to.additional_information == "Needs CUSTOMER_CATEGORY, CUSTOMER_COMPANY first."
    back = proposed_features("CUSTOMER", PAIR, Direction.FROM, POSSIBLE)
    assert [point.value for point in back.endpoints] == ["GET /users/{id}", "POST /users"]
    assert back.polling_supported is None


def test_what_nobody_knows_stays_open():
    empty = proposed_features("SOMETHING", PairFacts(), Direction.TO, {})
    assert {"support", "custom_field_supported", "record_matching_supported", "polling_supported",
            "independent_transfer_supported", "collision_handling_supported"} & empty.known.keys() == set()  # fmt: skip


@pytest.mark.parametrize(
    ("add", "update", "support"),
    [
        (Outcome.POSSIBLE, Outcome.BLOCKED, Support.PARTIAL),
        (Outcome.BLOCKED, Outcome.BLOCKED, Support.NONE),
        (Outcome.BLOCKED, Outcome.UNKNOWN, None),
    ],
)
def test_the_support_is_that_of_add_and_update(add, update, support):
    outcomes = {Method.ADD: add, Method.UPDATE: update}
    assert proposed_features("CUSTOMER", PAIR, Direction.TO, outcomes).support is support


def test_a_childs_id_that_is_unique_in_its_parent_alone_is_composite():
    child = SideFacts(
        "shop", "lines", (ModelField("id", key=False),), (Capability("list", True, "GET /x"),), "id", "orders", True
    )
    features = proposed_features("TRANSACTION_LINE", PairFacts(OURS, child), Direction.TO, POSSIBLE)
    assert features.external_id_formats[0].record == "{{parent_id}}|{{id}}"
    assert features.independent_transfer_supported is False
    assert "Its records stand inside those of orders." in features.additional_information


def test_facts_are_the_same_after_a_way_through_the_files(tmp_path):
    profile = SystemProfile("Shop", (ProfileRow("version", 'a "quoted" 1\n2'),), (Preset("url", "string", "x"),))
    facts = Facts(profile, SystemProfile("Other"), {("CUSTOMER", "users"): PAIR, ("A", "b/C"): PairFacts()})
    files = FactFiles(tmp_path / "worksheet.yaml")
    files.save(facts)
    before = {path.name: path.read_bytes() for path in files.folder.iterdir()}
    assert files.load(facts.pairs) == (facts, ())
    files.save(facts)
    assert {path.name: path.read_bytes() for path in files.folder.iterdir()} == before
    files.save(Facts(profile, SystemProfile("Other"), {("CUSTOMER", "users"): PAIR}))
    assert len(list(files.folder.iterdir())) == 3


def test_a_system_is_described_by_its_connector_alone():
    connector = load_connector("ipaas")
    volumes = (Volume("A", 5, 9), Volume("B", 3), Volume("C"))
    profile = profile_of("iPaaS.com", connector, Documents(), volumes, environment="staging", platform=True)
    values = {row.value: row.grade for row in profile.rows}
    assert values["A: 9 records"] == values["B: 3 records read, the total unknown"] == "observed"
    assert values["C: not read"] == values["no API description was read"] == "unknown"
    assert any(value.startswith("staging: https://") and "read for this worksheet" in value for value in values)
    assert [(row.subject, row.value.partition(":")[0]) for row in profile.webhooks] == [
        ("AuthToken", "Header"), ("Scope", "BodyJsonPath"), ("ExternalId", "BodyJsonPath")]  # fmt: skip
    assert {preset.data_type for preset in profile.presets} == {"string", "password"}
    notes = {row.subject: row for row in profile.rows if row.subject.startswith("note on ")}
    assert notes["note on GIFT_CARD"].value == connector.collections["GIFT_CARD"].note
    assert notes["note on GIFT_CARD"].grade == "declared"
    other = profile_of("Shop", connector, Documents(), (), zones=("+02:00",))
    assert {row.value for row in other.webhooks} == {"unknown: ask"}
    assert "date-times name +02:00" in {row.value for row in other.rows}


def test_torn_or_missing_facts_are_left_out(tmp_path):
    files = FactFiles(tmp_path / "worksheet.yaml")
    assert files.load([("CUSTOMER", "users")]) == (Facts(), ())
    files.save(Facts(pairs={("CUSTOMER", "users"): PAIR}))
    path = files.folder / "CUSTOMER.users.json"
    path.write_bytes(path.read_bytes()[:-20])
    told = "evidence/facts/CUSTOMER.users.json cannot be read; `ipaas-discovery discover` writes it anew"
    assert files.load([("CUSTOMER", "users")]) == (Facts(), (told,))


def test_a_worksheet_whose_facts_are_torn_says_so_once(tmp_path):
    path = tmp_path / "worksheet.yaml"
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(path)
    files = FactFiles(path)
    files.save(Facts(pairs={("CUSTOMER", "users"): PAIR}))
    torn = files.folder / "third_party.json"
    torn.write_bytes(torn.read_bytes()[:-2])
    again = Worksheet.load(path)
    assert again.notes == ()
    for suffix in (".md", ".json"):
        again.export(tmp_path / f"order{suffix}")
    assert [note.partition(" ")[0] for note in again.notes] == ["evidence/facts/third_party.json"]
