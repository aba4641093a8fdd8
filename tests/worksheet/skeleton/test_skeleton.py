"""The skeleton as an integrator gets it: what it holds, that it compiles, and that no text breaks out of its place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mono import compiled, needs_mono

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.capabilities import Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts, SideFacts
from ipaas_discovery.worksheet.facts.system_profile import Preset, SystemProfile
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features, Support
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import CollectionSide, Decision
from ipaas_discovery.worksheet.skeleton.condition_code import condition_code
from ipaas_discovery.worksheet.skeleton.identifiers import Identifiers, pascal
from ipaas_discovery.worksheet.skeleton.model_tree import model_classes
from ipaas_discovery.worksheet.skeleton.skeleton import skeleton

STUB = sorted((Path(__file__).parent / "sdk_stub").glob("*.cs"))
BREAKERS = (
    '"); System.Diagnostics.Process.Start("x"); //', "*/ } } class Evil { /*", "</summary><x>", "\\", "\\u0022",
    "line\nTODO: class B { }\u2028}\u0085}\r\nx", "\u202e\u2066trojan", '@"', "{0}", '$"{1}"', "#if false", "\ud83d",
)  # fmt: skip
NAMES = (
    "class", "namespace", "Get", "TypeId", "orders", "Orders", "商品", "цена", "naïve", "2nd", "", "a-b", "a_b", "a b",
    "ORDERS_MODEL", "System", "Convert", "Features", "Integration", "match", "😀", "$ref", "@id", "x" * 300,
)  # fmt: skip


def entry(collection="CUSTOMER", third_party="users", direction=Direction.BIDIRECTIONAL, **more):
    return Entry(collection, 8, third_party, decision=Decision(direction, ("add", "update")), **more)


def facts(*fields, collection="users", pair=("CUSTOMER", "users"), **more):
    side = SideFacts("Shop", collection, fields, id="id", **more)
    presets = (Preset("API URL", "string", "base address"), Preset("token", "password", "credential"))
    return Facts(third_party=SystemProfile("Shop", presets=presets), pairs={pair: PairFacts(third_party=side)})


def text_of(made, name):
    return dict(made.files)[name]


def built(made, folder):
    made.write(folder)
    return compiled(folder / "made.dll", [*STUB, *sorted(folder.rglob("*.cs"))])


FULL = Features(
    Direction.TO, support=Support.PARTIAL, endpoints=(Endpoint("GET /users", "all"),), polling_supported=True,
    external_id_formats=(ExternalId("{{id}}", "{{id}}", "note"),), external_data_types=(DataType("User", ""),),
    allow_initialization=False, collision_handling_supported=True, custom_field_supported=False,
    independent_transfer_supported=True, record_matching_supported=False, external_webhook_support=2,
    additional_information="sales alone",
)  # fmt: skip
FIELDS = (
    ModelField("id", ("integer",), on_create=False),
    ModelField("email", ("string",), required_on_create=True, description='the "key"', enum=("a", 'b"')),
    ModelField("active", ("boolean",)),
    ModelField("total", ("integer", "number")),
    ModelField("at", ("string",), format="date-time"),
    ModelField("either", ("string", "integer")),
    ModelField("tags", ("array",)),
    ModelField("tags[]", ("string",)),
    ModelField("grid[][]", ("number",)),
    ModelField("address", ("object",)),
    ModelField("address.city", ("string",)),
    ModelField("prices.*", ("number",)),
    ModelField("lines[].sku", ("string",)),
    ModelField("meta{Season}.value", ("string",)),
)


def test_a_model_has_a_property_for_each_field_with_its_type_and_attributes():
    made = skeleton(WorksheetDocument("Demo", entries=(entry(features=(FULL,)),)), facts(*FIELDS))
    model = text_of(made, "Models/UsersModel.cs")
    for line in (
        "public long? Id { get; set; }",
        "public string Email { get; set; }",
        "public bool? Active { get; set; }",
        "public decimal? Total { get; set; }",
        "public DateTimeOffset? At { get; set; }",
        "public object Either { get; set; }",
        "public List<string> Tags { get; set; }",
        "public List<List<decimal?>> Grid { get; set; }",
        "public UsersAddressPart Address { get; set; }",
        "public Dictionary<string, decimal?> Prices { get; set; }",
        "public List<UsersLinesPart> Lines { get; set; }",
        '[iPaaSMetaData(Description = "the \\"key\\"", Type = SY_DataType.ENUM, Required = true)]',
        'FieldValues = new List<FieldValues> { new FieldValues { Value = "a" }, new FieldValues { Value = "b\\"" } },',
        "// TODO: the type of either is not known, or not one alone",
    ):
        assert line in model, line
    assert "Season" not in model
    assert model.count("Required = true") == 2
    assert 'Type = "datetime",' in model


def test_features_scopes_presets_and_tables_are_those_of_the_order():
    made = skeleton(WorksheetDocument("Demo", entries=(entry(features=(FULL,)),)), facts(*FIELDS))
    model, meta = text_of(made, "Models/UsersModel.cs"), text_of(made, "Interface/MetaData.cs")
    for line in (
        "Support = Features.SupportLevel.Partial,", 'AdditionalInformation = "sales alone",',
        "AllowInitialization = false,",
        "CollisionHandlingSupported = true,", "CustomfieldSupported = false,", "PollingSupported = true,",
        "ExternalWebhookSupportId = (int)WH_ExternalSupport.LOGICAL_SUPPORT_FOR_POLLING,",
        "MappingDirectionId = (int)Integration.Constants.TM_MappingDirection.FROM_IPAAS,",
        "SupportedMethods = new List<int> { (int)TM_SyncType.ADD, (int)TM_SyncType.UPDATE }",
        "// TODO: Support is None, Partial or Full; nobody said",
    ):  # fmt: skip
        assert line in model, line
    assert model.count("supported.Add(") == 2
    assert re.findall(r'Name = "(.*?)"', meta) == ["Shop", "customer/created", "customer/updated", "API URL", "token"]
    assert 'DataType = "password",' in meta
    assert (
        'tables.Add(UsersModel.Table("users", (int)Integration.Constants.TM_MappingCollectionType.CUSTOMER));' in meta
    )
    assert "features.AddRange(new UsersModel().GetFeatureSupport());" in meta


def test_a_polled_flow_has_a_scope_for_polling_and_from_has_none():
    flow = OrderedFlow("all", Direction.TO, ("add",), trigger="poll")
    polled = entry(direction=Direction.TO, named_flows=(flow,))
    meta = text_of(skeleton(WorksheetDocument(entries=(polled,))), "Interface/MetaData.cs")
    assert re.findall(r'Name = "(\w+/\w+)"', meta) == ["customer/poll"]
    away = text_of(skeleton(WorksheetDocument(entries=(entry(direction=Direction.FROM),))), "Interface/MetaData.cs")
    assert "scopes.Add" not in away


def test_calls_and_unknown_things_are_left_to_do_with_what_is_known():
    abilities = (Capability("create", True, "POST /users"), Capability("delete", False, "", "", "none"),
                 Capability("since", True, "GET /users, by min_id"))  # fmt: skip
    side = facts(*FIELDS, capabilities=abilities)
    made = skeleton(WorksheetDocument("Demo", entries=(entry(), Entry("PRODUCT", 1, "items"))), side)
    told = "\n".join(made.todo)
    for words in (": POST /users", ": no call is named, none", ": GET /users, by min_id", ": the call is unknown"):
        assert words in told
    page = text_of(made, "TODO.md")
    assert all(line in page for line in made.todo)
    assert "Nothing is decided of PRODUCT ↔ items" in page
    assert not any("Items" in name for name, _ in made.files)


def test_a_collection_in_two_pairs_has_one_model_and_the_features_of_both():
    known = facts(*FIELDS)
    both = replace(known, pairs={**known.pairs, ("CUSTOMER_COMPANY", "users"): known.pairs["CUSTOMER", "users"]})
    made = skeleton(WorksheetDocument(entries=(entry(), entry("CUSTOMER_COMPANY"))), both)
    assert [name for name, _ in made.files if name.startswith("Models/")] == ["Models/UsersModel.cs"]
    assert text_of(made, "Models/UsersModel.cs").count("supported.Add(") == 4
    assert text_of(made, "Interface/MetaData.cs").count("tables.Add(") == 2
    assert text_of(made, "Interface/MetaData.cs").count("features.AddRange(") == 1


def test_a_formula_is_a_method_step_by_step():
    mapping = replace(formula("first_name", "name | split ' ' 0 | upper"), default="?", condition="name is not empty")
    made = skeleton(WorksheetDocument("Demo", entries=(entry(to=(mapping,)),)))
    lines = text_of(made, "Interface/ConversionFunctions.cs").split("\n")
    at = next(at for at, line in enumerate(lines) if "CustomerToFirstName" in line)
    assert [line.strip() for line in lines[at : at + 9]] == [
        "public static string CustomerToFirstName(object Name)",
        "{",
        "if (!((Filled(Name).Any())))",
        "return null;",
        "var value0 = Single(Name);",
        'var step0 = Attempt(() => value0?.Split(new[] { " " }, StringSplitOptions.None).ElementAtOrDefault(0));',
        "var made = Attempt(() => step0?.ToUpperInvariant());",
        'return string.IsNullOrEmpty(made) ? "?" : made;',
        "}",
    ]


def formula(destination, text):
    made = parse_formula(destination, text)
    return Mapping(destination, "formula", made.sources, made, status="manual")


def test_what_a_row_of_the_platform_says_by_itself_is_no_method():
    rows = (
        Mapping("a", "field", ("x",), default="d"), Mapping("b", "constant", value="c"),
        Mapping("c", "look-up", ("y",), value="CUSTOMER"), replace(formula("d", "x | trim"), status="rejected"),
        Mapping("e"), Mapping("f", "look-up", ("z",)),
    )  # fmt: skip
    text = text_of(skeleton(WorksheetDocument(entries=(entry(to=rows),))), "Interface/ConversionFunctions.cs")
    assert "f is the id that the record of z has over there" in text
    assert "CustomerTo" not in text
    assert "// TODO: CUSTOMER ↔ users, To iPaaS.com: c is the id that the CUSTOMER of y has over there" in text


@needs_mono
def test_constants_copies_and_maps_under_a_condition_and_foreign_csharp_compile(tmp_path):
    rows = (
        Mapping("a", "field", ("x",), condition="x = 1"), Mapping("b", "constant", value='c"', condition="y != 2"),
        Mapping("c", "look-up", ("y",), values=(("1", "one"), ('"', "\\"))),
        Mapping("d", "formula", value="Whatever(They) + wrote;\n} }"),
        formula("e", "l[] | join_list ', ' | trim | count | times 2"), formula("f", "l[], k[] | where 'x'"),
    )  # fmt: skip
    flows = (OrderedFlow("my flow", Direction.TO, ("add",), "x > 1 and y contains 'z'", mappings=rows[:1]),)
    made = skeleton(WorksheetDocument("Demo", entries=(entry(to=rows, named_flows=flows),)), facts(*FIELDS))
    text = text_of(made, "Interface/ConversionFunctions.cs")
    assert "public static bool CustomerToMyFlowApplies(object X, object Y)" in text
    assert "// TODO: the formula as it was written: Whatever(They) + wrote; } }" in text
    assert built(made, tmp_path).exists()


@needs_mono
def test_no_text_breaks_out_of_its_place(tmp_path):
    fields = [
        ModelField(re.sub(r"[.\\{}\[\]*]", "_", name) or "e", ("string",), description=text, enum=(text,))
        for name, text in zip((*BREAKERS, *NAMES), (*BREAKERS, *BREAKERS, *BREAKERS), strict=False)
    ]
    fields += [ModelField(f"part.{at}", ("string",), description=text) for at, text in enumerate(BREAKERS)]
    entries = []
    pairs = {}
    for at, text in enumerate((*BREAKERS, *NAMES)):
        name = text or "nameless"
        rows = (
            replace(formula(name.replace(".", "_") or "f", "x | trim"), default=text),
            Mapping("look", "look-up", (text or "s",), values=((text, text),)),
            Mapping("const", "constant", value=text, condition="x is empty"),
        )
        features = (replace(FULL, additional_information=text, endpoints=(Endpoint(text, text),)),)
        entries.append(entry(f"TYPE_{at}", name, to=rows, features=features))
        pairs[entries[-1].key] = PairFacts(third_party=SideFacts(text, name, tuple(fields) if not at else (), id="id"))
    known = Facts(third_party=SystemProfile("x", presets=(Preset(BREAKERS[0], "string", BREAKERS[1]),)), pairs=pairs)
    document = WorksheetDocument(BREAKERS[5], third_party=CollectionSide(BREAKERS[0]), entries=tuple(entries))
    made = skeleton(document, known)
    assert built(made, tmp_path).exists()
    for text in (text for name, text in made.files if name.endswith((".cs", ".md", ".mmd"))):
        assert not re.search("[\u202e\u2066\u2028\u0085]", text)
        assert "\n    }\u2028" not in text


def test_the_same_worksheet_gives_the_same_bytes():
    document = WorksheetDocument("Demo", entries=(entry(features=(FULL,)),))
    assert skeleton(document, facts(*FIELDS)) == skeleton(document, facts(*FIELDS))


def test_files_that_somebody_changed_are_never_overwritten(tmp_path):
    made = skeleton(WorksheetDocument("Demo", entries=(entry(),)), facts(*FIELDS))
    made.write(tmp_path)
    made.write(tmp_path)
    path = tmp_path / "Models" / "UsersModel.cs"
    path.write_text("mine")
    (tmp_path / "TODO.md").unlink()
    with pytest.raises(WorksheetError, match="another text.*UsersModel.cs"):
        made.write(tmp_path)
    assert path.read_text() == "mine"
    assert not (tmp_path / "TODO.md").exists()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("", "Field"), ("2", "Field2"), ("billing_address.city", "BillingAddressCity"), ("SKUCode", "SkuCode"),
        ("isURL", "IsUrl"), ("größe", "Grosse"), ("日本", "RiBen"), ("x" * 300, "X" + "x" * 119),
    ],
)  # fmt: skip
def test_identifiers_are_pascal_case_of_the_latin_alphabet(name, wanted):
    assert pascal(name) == wanted


@given(st.lists(st.text(max_size=8), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_two_identifiers_are_alike(names):
    given_ = Identifiers(["Get"])
    made = [given_.give(name) for name in names]
    assert len({name.lower() for name in (*made, "Get")}) == len(names) + 1
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) for name in made)


def test_parts_of_one_name_in_two_collections_are_told_apart():
    classes = Identifiers()
    first = model_classes("a", [ModelField("b.c", ("string",))], classes)
    second = model_classes("A", [ModelField("b.c", ("string",))], classes)
    assert [row.identifier for row in (*first, *second)] == ["AModel", "ABPart", "AModel2", "ABPart2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "true"), ("a = 1", '(Filled(A).Any(text => Same(text, "1")))'),
        ("a != 1", '(!Filled(A).Any(text => Same(text, "1")))'),
        ("a in (1, 2)", '(Filled(A).Any(text => Same(text, "1") || Same(text, "2")))'),
        ("a is empty", "(!Filled(A).Any())"), ("a contains x", '(Filled(A).Any(text => text.Contains("x")))'),
        ("a <= 2 and b = x",
         '(Filled(A).Any(text => Compare(text, "2") <= 0) && Filled(B).Any(text => Same(text, "x")))'),
    ],
)  # fmt: skip
def test_a_condition_in_csharp(text, code):
    assert condition_code(Condition.parse(text), {"a": "A", "b": "B"}) == code


def test_a_related_record_is_asked_for_and_none_of_the_sample_stands_in_the_code():
    looked = replace(formula("name", "customer_id | lookup users name 7=Ada"), kind="look-up")
    text = text_of(skeleton(WorksheetDocument(entries=(entry(to=(looked,)),))), "Interface/ConversionFunctions.cs")
    assert 'Attempt(() => value0 == null ? null : Related("users", "id", "name", value0));' in text
    assert "// TODO: read the related record" in text
    assert "Ada" not in text
    assert "Related" not in text_of(skeleton(WorksheetDocument(entries=(entry(),))), "Interface/ConversionFunctions.cs")
