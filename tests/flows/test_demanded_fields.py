from ipaas_discovery.flows.demanded_fields import is_required, required_by_list, required_fields
from ipaas_discovery.schemas.schema import Declared, Field, Schema

MUST = Declared(types=("string",), required=True)
FIELDS = {
    "city": MUST,
    "free": Declared(types=("string",)),
    "id": Declared(required=True, read_only=True),
    "kind": Declared(required=True, variants=("One",)),
    "lines[].sku": MUST,
    "lines[].tax.rate": MUST,
    "owner.name": MUST,
}
SCHEMA = Schema(fields=(*(Field(path, declared) for path, declared in FIELDS.items()), Field("seen")))


def test_what_only_the_system_writes_and_what_one_variant_has_is_not_required():
    assert [field.path for field in SCHEMA.fields if is_required(field)] == [
        "city", "lines[].sku", "lines[].tax.rate", "owner.name",
    ]  # fmt: skip


def test_each_required_field_is_known_with_its_holders():
    assert [(one.field.path, one.holders) for one in required_fields(SCHEMA)] == [
        ("city", ()),
        ("lines[].sku", ("lines",)),
        ("lines[].tax.rate", ("lines", "lines[].tax")),
        ("owner.name", ("owner",)),
    ]


def test_required_fields_are_found_by_their_list():
    by_list = required_by_list(SCHEMA)
    assert {name: [one.field.path for one in rows] for name, rows in by_list.items()} == {
        "": ["city", "owner.name"],
        "lines[]": ["lines[].sku", "lines[].tax.rate"],
    }
