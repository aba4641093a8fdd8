"""What a system receives, told by a file that the connector names: every form, and every way to get it wrong."""

from __future__ import annotations

import json

import graphql
import openpyxl
import pytest
from workspaces import changed_connector, run, write_settings

from ipaas_discovery import Discovery, Shape
from ipaas_discovery.errors import ConfigurationError, DescriptionError, SourceError, UnknownNameError
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.systems.connectors.connector import connector_of, load_connector
from ipaas_discovery.vocabulary import Method

CONNECTOR = """\
title = "ERP"
default_environment = "live"
[environments.live]
base_url = "https://erp.example.test"
[collections.customers]
list = "/customers"
received = {received}
[collections.lines]
parent = "customers"
embedded = "lines"
"""
CSV = "Field Name;Data type;Mandatory;Max. length\nname;varchar(40);yes;\nemail;text;no;80\nlines[].sku;text;yes;\n"
ROWS = [("Field", "Type", "Required"), ("name", "string", "yes"), ("vat", "string", "no")]
SDL = """
"What a customer is made of." input CustomerInput {
  "The whole name" name: String!, state: State = OPEN, born: Date, tags: [String!], addresses: [AddressInput!]!
}
input AddressInput { city: String!, customer: CustomerInput, at: Odd }
extend input AddressInput { zip: ID }
enum State { OPEN CLOSED } extend enum State { GONE }
"""
FIELDS = {"name": {"type": "string", "required": True, "max_length": 40}, "id": {"type": "integer", "read_only": True}}
BODY = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "vat": {"type": "string"}}}
SENT = {"content": {"application/json": {"schema": BODY}}}


def api(path="/customers"):
    answer = {"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": BODY}}}}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "ERP API", "version": "7"},
        "paths": {path: {"get": answer, "post": {"requestBody": SENT, "responses": {"201": {"description": ""}}}}},
    }


@pytest.fixture
def declared(tmp_path):
    """What is declared of customers, the connector's `received` being as given and files beside it."""

    def made(received, shape, collection="customers", **files):
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            if callable(content):
                content(path)
            else:
                path.write_text(content if isinstance(content, str) else json.dumps(content))
        (tmp_path / "erp.toml").write_text(CONNECTOR.format(received=received))
        return Shaper("ERP", load_connector(tmp_path / "erp.toml"), find=tmp_path.joinpath).declared(collection, shape)

    return made


def paths(schema):
    return [each.path for each in schema.fields]


def workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["see the other sheet"])
    sheet = book.create_sheet("Customer")
    for row in ROWS:
        sheet.append(row)
    book.save(path)


def test_a_sheet_of_fields_tells_both_shapes_and_is_the_evidence(declared):
    create = declared('"fields.csv"', Shape.CREATE, fields_csv=CSV)
    assert paths(create) == ["email", "lines[].sku", "name"]
    assert (create.shape, create.system, create.collection) == (Shape.CREATE, "ERP", "customers")
    assert {each.declared.source for each in create.fields} == {"fields.csv"} == {create.source}
    assert (create.field("name").required, create.field("name").declared.max_length) == (True, 40)
    update = declared('"fields.csv"', Shape.UPDATE)
    assert paths(update) == paths(create)
    assert update.field("name").required is None  # the file does not say on which call


def test_the_returned_shape_is_not_declared_by_it(declared):
    assert not declared('"fields.csv"', Shape.RETURNED, fields_csv=CSV).known


def test_what_travels_inside_the_parent_is_told_by_the_parents_file(declared):
    lines = declared('"fields.csv"', Shape.CREATE, "lines", fields_csv=CSV)
    assert (paths(lines), lines.source) == (["sku"], "fields.csv")


def test_a_file_for_one_call_leaves_the_other_unknown_and_each_may_have_its_own(declared):
    assert not declared('{ file = "fields.csv", on = "create" }', Shape.UPDATE, fields_csv=CSV).known
    both = '[{ file = "fields.csv", on = "create" }, { file = "more.txt", on = "update" }]'
    update = declared(both, Shape.UPDATE, more_txt="id integer required\nname string(40)\n")
    assert (paths(update), update.source, update.field("id").required) == (["id", "name"], "more.txt", True)


def test_a_sheet_of_a_workbook(declared):
    create = declared('{ file = "fields.xlsx", sheet = "Customer" }', Shape.CREATE, fields_xlsx=workbook)
    assert (paths(create), create.source) == (["name", "vat"], "fields.xlsx")


def test_a_pasted_table_of_a_manual(declared):
    create = declared('"manual.md"', Shape.CREATE, manual_md="| Field | Type |\n|---|---|\n| `name` | string |\n")
    assert (paths(create), create.source) == (["name"], "manual.md")


def test_the_answer_to_options(declared):
    answer = {"name": "Customer List", "actions": {"POST": FIELDS}}
    create = declared('"options.json"', Shape.CREATE, options_json=answer)
    assert (paths(create), create.source) == (["id", "name"], "options.json: actions.POST")
    assert create.field("id").declared.read_only
    assert not declared('"options.json"', Shape.UPDATE).known


def test_a_list_of_rows_as_json(declared):
    rows = [{"path": "name", "types": ["string"], "required": True}]
    assert declared('"rows.json"', Shape.CREATE, rows_json=rows).field("name").required is True
    assert declared('"rows.json"', Shape.UPDATE).field("name").required is None


def test_a_list_of_rows_that_is_nearly_json_is_read_and_said(declared):
    text = '\ufeff[{"path": "name", "max_length": NaN}, {"path": "vat", "max_length": 9}]'
    create = declared('"rows.json"', Shape.CREATE, rows_json=text)
    assert (paths(create), create.field("vat").declared.max_length) == (["name", "vat"], 9)
    assert create.source.startswith("rows.json; ")
    assert "NaN or Infinity, which JSON does not have, read as null: once" in create.source


def test_an_api_description_by_the_connectors_own_path(declared):
    create = declared('"erp.json"', Shape.CREATE, erp_json=api())
    assert (paths(create), create.source) == (["name", "vat"], "erp.json: POST /customers")
    assert create.operations == {Method.ADD: "POST /customers", Method.UPDATE: None, Method.DELETE: None}
    assert not declared('"erp.json"', Shape.UPDATE).known


def test_an_api_description_that_calls_it_otherwise(declared):
    create = declared('{ file = "erp.json", collection = "debtors" }', Shape.CREATE, erp_json=api("/debtors"))
    assert paths(create) == ["name", "vat"]
    with pytest.raises(DescriptionError, match=r"what 'customers' receives \(erp.json\).*collection = \"debtors\""):
        declared('"erp.json"', Shape.CREATE)
    with pytest.raises(UnknownNameError, match=r"'debtor' \(erp.json\): did you mean 'debtors'"):
        declared('{ file = "erp.json", collection = "debtor" }', Shape.CREATE)


@pytest.mark.parametrize(
    ("received", "files", "said"),
    [
        ('"feilds.csv"', {"fields_csv": CSV}, r"no such file \(.*feilds.csv\): did you mean 'fields.csv'"),
        ('"fields.csv"', {"fields_csv": "Feild;Type\ncity;text\n"}, r"fields.csv, line 1\): did you mean 'field' by"),
        ('"fields.xlx"', {"fields_xlx": CSV}, r"ends in '.xlx', which is no field list .*did you mean '.xlsx'"),
        ('"order.xsd"', {"order_xsd": CSV}, r"an XML Schema, which is not read .*write its fields into a CSV file"),
        ('"fields"', {"fields": CSV}, r"has no ending, which is no field list .*known are .csv"),
        ('{ file = "fields.xlsx", sheet = "Custmer" }', {"fields_xlsx": workbook}, "did you mean 'Customer'"),
        ('{ file = "fields.txt", sheet = "A" }', {"fields_txt": "name"}, r"has no sheet 'A' \(.*fields.txt\)"),
        ('"erp.json"', {"erp_json": {"a": 1}}, r"no API description: it has neither .*\(erp.json\)"),
        ('"erp.json"', {"erp_json": "{"}, r"erp.json"),
        ('"shop.graphql"', {"shop_graphql": SDL}, r"has many inputs \(shop.graphql\): say which 'customers' is, as in"),
        ('{ file = "shop.gql", collection = "CustomrInput" }', {"shop_gql": SDL}, "did you mean 'CustomerInput'"),
        ('{ file = "shop.gql", collection = "A" }', {"shop_gql": "input {"}, r"no GraphQL schema, .*\(shop.gql"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_said_with_the_nearest_right_name(declared, received, files, said):
    with pytest.raises((SourceError, UnknownNameError, DescriptionError), match=said):
        declared(received, Shape.CREATE, **files)


def test_a_wrong_key_or_value_is_answered_with_the_right_one():
    with pytest.raises(UnknownNameError, match="Unknown key 'sheets' .*did you mean 'sheet'"):
        connector_of(CONNECTOR.format(received='{ file = "a.csv", sheets = "A" }'), "erp")
    with pytest.raises(ConfigurationError, match=r"`collections.customers.received.on` is wrong: .*'create' or 'upd"):
        connector_of(CONNECTOR.format(received='{ file = "a.csv", on = "add" }'), "erp")


def test_discovery_and_the_command_line_show_it(tmp_path):
    changed_connector_folder(tmp_path)
    settings = write_settings(tmp_path, third_party="bigcommerce.toml")
    with Discovery.open(settings) as discovery:
        shapes = discovery.schemas("Customers").third_party
        assert paths(shapes.create) == ["email", "first_name"]
        assert shapes.create.source == "received.csv"
        assert shapes.create.operations[Method.ADD] == "POST /v3/customers"  # still by the connector or description
    done = run("compare", "Customers", "-s", settings)
    assert (done.status, done.err) == (0, "")
    (tmp_path / "data" / "received.csv").unlink()
    done = run("compare", "Customers", "-s", settings)
    assert done.status == 1
    assert "There is no such file" in done.err
    assert "received.csv" in done.err


def changed_connector_folder(folder):
    (folder / "data").mkdir()
    (folder / "data" / "received.csv").write_text("field,type,required\nfirst_name,string,yes\nemail,string,no\n")
    changed_connector(
        folder, "bigcommerce", "[collections.customers]\n", '[collections.customers]\nreceived = "received.csv"\n'
    )


def test_an_input_of_a_graphql_schema_is_what_is_received(declared):
    made = declared('{ file = "shop.graphql", collection = "CustomerInput" }', Shape.CREATE, shop_graphql=SDL)
    assert paths(made) == [
        "addresses", "addresses[].at", "addresses[].city", "addresses[].customer", "addresses[].zip", "born", "name",
        "state", "tags", "tags[]",
    ]  # fmt: skip
    assert [each.path for each in made.fields if each.required] == ["addresses", "addresses[].city", "name"]
    told = {each.path: each.declared for each in made.fields}
    assert (told["state"].enum, told["born"].format, told["tags"].types) == (
        ("OPEN", "CLOSED", "GONE"),
        "date",
        ("array",),
    )
    assert (told["name"].description, told["addresses[].at"].types) == ("The whole name", ())
    assert (made.collection, made.source) == ("customers", "shop.graphql: CustomerInput")
    update = declared('{ file = "shop.graphql", collection = "CustomerInput" }', Shape.UPDATE, shop_graphql=SDL)
    assert {each.required for each in update.fields} == {None}


def test_a_saved_introspection_says_the_same(declared):
    schema = graphql.build_schema(f"{SDL} scalar Date scalar Odd type Query {{ a: Int }}")
    for saved in (answer := graphql.introspection_from_schema(schema), {"data": answer}):
        told = '{ file = "shop.json", collection = "CustomerInput" }'
        made = declared(told, Shape.CREATE, shop_json=saved)
        plain = declared('{ file = "a.gql", collection = "CustomerInput" }', Shape.CREATE, a_gql=SDL)
        assert [(f.path, f.required, f.types) for f in made.fields] == [
            (f.path, f.required, f.types) for f in plain.fields
        ]
