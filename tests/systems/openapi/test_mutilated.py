"""Whatever is done to a valid document, it is read, or refused in the family's words; nothing else is raised."""

from __future__ import annotations

import json
from copy import deepcopy

import yaml
from documents import RECORD, TEXT, WHOLE, answers, document, listed, ref, takes, thing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.declaring.declare import declare_shapes
from ipaas_discovery.systems.openapi import read_openapi

ORDER = {
    "allOf": [
        RECORD,
        thing(lines=listed(ref("Line")), kind={"enum": ["a", None]}, tags={"additionalProperties": TEXT}),
    ],
    "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/Line"}},
    "required": ["kind"],
}
LINE = {"oneOf": [thing(sku=TEXT | {"maxLength": 9}), {"$ref": "#/components/schemas/Order"}], "nullable": True}
PATHS = {
    "/orders": {"get": answers(thing(data=listed(ref("Order")), meta=thing(total=WHOLE))), "post": takes(ref("Order"))},
    "/orders/{id}": {
        "parameters": [{"name": "id", "in": "path"}],
        "get": answers(ref("Order")),
        "put": takes(ref("Line")),
    },
    "/orders/{id}/lines": {"get": answers(listed(ref("Line"))), "delete": {"responses": {"204": {}}}},
    "/settings": {"get": answers(thing(a=TEXT)), "patch": takes(thing(a=TEXT))},
}
WHOLE_DOCUMENT = document(PATHS, Order=ORDER, Line=LINE) | {"servers": [{"url": "https://x.test/v1"}], "tags": []}
SWAGGER = {
    "swagger": "2.0", "host": "x.test", "schemes": ["https"], "definitions": {"Order": RECORD},
    "paths": {"/orders": {
        "get": {"responses": {"200": {"schema": listed({"$ref": "#/definitions/Order"})}}},
        "post": {"parameters": [{"in": "formData", "name": "a", "type": "string", "required": True}], "responses": {}},
    }},
}  # fmt: skip

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
    | st.sampled_from(["#", "#/", "#/paths", "#/components/schemas/Order", "~", "object", "array"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["$ref", "allOf", "type", "properties", "items", "get", ""]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


def places(part, found):
    """Every container of a document with each of its keys."""
    for key, value in list(part.items() if isinstance(part, dict) else enumerate(part)):
        found.append((part, key))
        if isinstance(value, dict | list):
            places(value, found)
    return found


@st.composite
def mutilated(draw):
    document = deepcopy(draw(st.sampled_from([WHOLE_DOCUMENT, SWAGGER])))
    for _ in range(draw(st.integers(1, 4))):
        found = places(document, [])
        if not found:
            break
        holder, key = found[draw(st.integers(0, len(found) - 1))]
        deed = draw(st.sampled_from(["remove", "replace", "rename", "swap"]))
        if deed == "remove":
            del holder[key]
        elif deed == "replace":
            holder[key] = draw(JUNK)
        elif deed == "rename" and isinstance(holder, dict):
            holder[draw(st.text(max_size=3))] = holder.pop(key)
        else:
            other, at = found[draw(st.integers(0, len(found) - 1))]
            holder[key] = deepcopy(other[at])
    return document


def use(source):
    """Everything that can be asked of a description."""
    try:
        api = read_openapi(source)
    except DescriptionError:
        return
    assert all(isinstance(each, str) for each in (*api.servers, *api.warnings))
    for name in api.collections():
        compare_all(declare_shapes(api, name)).frame()
    for path in ("/orders", "/orders/1", ""):
        api.find("GET", path)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutilated())
def test_a_mutilated_document_is_read_or_refused(document):
    use(document)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data(), st.sampled_from([json.dumps(WHOLE_DOCUMENT, indent=1), yaml.safe_dump(WHOLE_DOCUMENT)]))
def test_a_mutilated_file_is_read_or_refused(tmp_path, data, text):
    at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 30))
    cut = (text[:at] + data.draw(st.text(max_size=8)) + text[at + length :]).encode("utf-8", "surrogatepass")
    path = tmp_path / "api.yaml"
    path.write_bytes(cut)
    use(path)
