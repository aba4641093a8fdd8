"""The OpenAPI documents of iPaaS.com's side: whole, true to the facts, and true to the records."""

from __future__ import annotations

import re

import httpx
import jsonschema
import pytest

from ipaas_discovery.sandbox import sandbox_records
from ipaas_discovery.sandbox.platform_api.platform_calls import apis, platform_calls, title
from ipaas_discovery.sandbox.platform_api.platform_documents import platform_document
from ipaas_discovery.sandbox.platform_app import platform_app
from ipaas_discovery.schemas.declaring.facts import load_facts

SERVER_MADE = {"id", "tracking_guid", "created_datetime", "updated_datetime"}


@pytest.fixture(scope="module")
def documents():
    """The documents as anyone gets them: over HTTP, without a token."""
    app = platform_app()
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://sandbox.test") as client:
        return {api: client.get(f"/{api}/swagger/v2/swagger.json").raise_for_status().json() for api in apis()}


@pytest.fixture(scope="module")
def schemas(documents):
    return {name: each for one in documents.values() for name, each in one["components"]["schemas"].items()}


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def paths_of(schema, schemas, prefix=""):
    """Every dotted path of a schema, through its references."""
    schema = resolved(schema, schemas)
    if schema.get("type") == "array":
        yield from paths_of(schema["items"], schemas, prefix.removesuffix(".") + "[].")
    for name, inner in schema.get("properties", {}).items():
        yield prefix + name
        yield from paths_of(inner, schemas, f"{prefix}{name}.")


def resolved(schema, schemas):
    schema = schema.get("allOf", [schema])[0]
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def as_json_schema(value):
    """An OpenAPI 3.0 schema in JSON Schema's words: `nullable` becomes a choice with null."""
    if isinstance(value, list):
        return [as_json_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    plain = {name: as_json_schema(each) for name, each in value.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if value.get("nullable") is True else plain


@pytest.mark.parametrize("api", apis())
def test_every_reference_resolves(documents, api):
    schemas, pointers = documents[api]["components"]["schemas"], set(references(documents[api]))
    assert {each.removeprefix("#/components/schemas/") for each in pointers} <= set(schemas)


@pytest.mark.parametrize("api", apis())
def test_a_document_says_what_it_is_and_what_was_decided(documents, api):
    found = documents[api]
    assert found["openapi"].startswith("3.0")
    assert found["servers"] == [{"url": f"/{api}"}]
    assert "sandbox" in found["info"]["title"]
    assert "Decided by the sandbox" in found["info"]["description"]
    assert found == platform_document(api)


@pytest.mark.parametrize("api", apis())
def test_operations_have_ids_of_their_own_and_declare_their_path_parameters(documents, api):
    operations = [(path, each) for path, verbs in documents[api]["paths"].items() for each in verbs.values()]
    ids = [each["operationId"] for _, each in operations]
    assert len(ids) == len(set(ids))
    for path, each in operations:
        declared = {one["name"] for one in each.get("parameters", []) if one["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))


def test_every_get_that_is_described_is_served(documents):
    app = platform_app()
    served = {str(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    described = {
        f"/{api}{path}".replace("{id}", "<number>")
        for api, found in documents.items()
        for path, verbs in found["paths"].items()
        if "get" in verbs
    }
    assert described <= served
    assert len(described) == 20


def test_the_one_known_create_path_and_those_made_after_it(documents):
    verbs = {
        (verb, f"/{api}{path}")
        for api, found in documents.items()
        for path, operations in found["paths"].items()
        for verb in operations
    }
    assert {
        ("post", "/transactions/v2/Transaction"),
        ("put", "/transactions/v2/Transaction/{id}"),
        ("post", "/customers/v2/Customer"),
        ("put", "/customers/v2/Customer/{id}"),
        ("post", "/products/v2/Catalog/Product/Variant"),
        ("post", "/transactions/v2/PaymentMethod"),
    } <= verbs
    assert {path for verb, path in verbs if verb == "delete"} == {
        "/customers/v2/Customer/{id}",
        "/products/v2/Catalog/Product/{id}",
        "/transactions/v2/Transaction/{id}",
    }


def test_a_list_says_how_it_is_filtered_and_paged(documents):
    listing = documents["customers"]["paths"]["/v2/Customers"]["get"]
    names = [each["name"] for each in listing["parameters"]]
    assert names[:2] == ["action", "pageNumber"]
    assert "EmailAddress" in names
    assert "X-Pagination" in listing["responses"]["200"]["headers"]


@pytest.mark.parametrize("name", [call.facts.name for call in platform_calls()])
def test_a_returned_record_has_every_field_of_the_facts(schemas, name):
    made = set(paths_of(schemas[f"{title(name)}Response"], schemas))
    extension = {path for path in made if re.search(r"extension_fields\[\]\.(key|value)$", path)}
    assert made - extension == {each.path for each in load_facts()[name].fields}


@pytest.mark.parametrize("name", [call.facts.name for call in platform_calls()])
def test_a_request_has_what_may_be_sent_and_not_what_the_server_makes(schemas, name):
    made = set(paths_of(schemas[f"{title(name)}Request"], schemas))
    for field in load_facts()[name].fields:
        unsaid = field.in_request is None and field.path.rpartition(".")[2] not in SERVER_MADE
        assert (field.path in made) is bool(field.in_request or field.required_on_create or unsaid), field.path


def test_required_fields_are_required_on_create_and_free_on_update(schemas):
    assert set(schemas["CustomerRequest"]["required"]) == {
        "customer_number",
        "email_address",
        "first_name",
        "last_name",
    }
    assert schemas["TransactionLineRequest"]["required"] == ["status", "type"]
    assert [name for name, each in schemas.items() if "required" in each and not name.endswith("Request")] == []
    assert [name for name, each in schemas.items() if "required" in each and "Update" in name] == []


def test_what_is_fixed_at_creation_cannot_be_sent_on_update(schemas):
    for name, field in (("ProductOptionValue", "value"), ("ProductAlternateId", "unit")):
        assert field in schemas[f"{name}Request"]["properties"]
        assert field not in schemas[f"{name}UpdateRequest"]["properties"]


def test_values_are_an_enum_only_where_the_list_is_complete(schemas):
    order, product = schemas["TransactionResponse"]["properties"], schemas["ProductResponse"]["properties"]
    assert "Validated Return" in order["type"]["enum"]
    assert "enum" not in product["type"]
    assert product["type"]["x-known-values"] == ["Physical", "Virtual"]


@pytest.mark.parametrize("name", sandbox_records.names("ipaas"))
def test_the_shipped_records_are_what_the_document_promises(documents, name):
    whole = as_json_schema(documents[load_facts()[name].api])
    root = {"$ref": f"#/components/schemas/{title(name)}Response", "components": whole["components"]}
    validator = jsonschema.Draft202012Validator(root)
    wrong = [
        f"{each['id']} {error.json_path}: {error.message[:120]}"
        for each in sandbox_records.load("ipaas", name)
        for error in validator.iter_errors(each)
    ]
    assert wrong == []
