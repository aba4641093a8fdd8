import pytest

from ipaas_discovery import Discovery, Shape
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shaping import Shaper, part
from ipaas_discovery.systems.connector import load_connector
from ipaas_discovery.words import Method


@pytest.fixture(scope="module")
def discovery():
    with Discovery.open("data/discovery.toml") as found:
        yield found


def top(schema):
    return {field.path for field in schema.fields if "." not in field.path and "[" not in field.path}


@pytest.mark.parametrize(
    ("collection", "counts"),
    [
        ("CUSTOMER", {"returned": 22, "create": 17, "both": 16}),
        ("TRANSACTION", {"returned": 72, "create": 44, "both": 44}),
        ("PRODUCT", {"returned": 77, "create": 67, "both": 65}),
    ],
)
def test_the_stores_declared_shapes_differ_as_its_vendor_describes(discovery, collection, counts):
    name = discovery.pair(collection).third_party
    shaper = Shaper("store", discovery.third_party.connector, discovery.third_party.descriptions)
    returned, create = (top(shaper.declared(name, shape)) for shape in (Shape.RETURNED, Shape.CREATE))
    assert {"returned": len(returned), "create": len(create), "both": len(returned & create)} == counts


def test_stock_is_returned_and_received_without_one_common_field(discovery):
    shapes = discovery.schemas("Inventory").third_party
    assert not top(shapes.returned) & top(shapes.update)
    assert shapes.update.known
    assert shapes.create.operations[Method.ADD] is None


def test_an_order_returns_links_and_receives_arrays(discovery):
    shapes = discovery.schemas("Transactions").third_party
    assert shapes.returned.field("products").types == ("object",)
    assert shapes.create.field("products").types == ("array",)


def test_lines_are_received_inside_their_order(discovery):
    shapes = discovery.schemas("Lines")
    assert shapes.third_party.create.field("quantity") is not None
    assert shapes.third_party.create.operations[Method.ADD] == "inside POST /v2/orders"
    assert shapes.ipaas.create.operations[Method.ADD] == "inside POST /transactions/v2/Transaction"


def test_what_is_seen_and_what_is_declared_stand_in_one_field(discovery):
    field = discovery.schemas("Customers").third_party.returned.field("email")
    assert field.declared.max_length == 255
    assert field.observed.of == len(discovery.samples("Customers")[1])


def test_facts_speak_where_no_description_does():
    shaper = Shaper("iPaaS.com", load_connector("ipaas"))
    create = shaper.declared("CUSTOMER", Shape.CREATE)
    assert create.field("email_address").required
    assert create.source
    sample = Sample("iPaaS.com", "CUSTOMER", ({"id": 1, "first_name": "A"},), Stop.COMPLETE, total=1)
    assert shaper.shapes("CUSTOMER", sample).returned.field("first_name").observed.present == 1


def test_nothing_is_known_of_a_shape_that_nobody_describes():
    shaper = Shaper("store", load_connector("bigcommerce"))
    create = shaper.declared("customers", Shape.CREATE)
    assert not create.known
    assert create.operations[Method.ADD] == "POST /v3/customers"


def test_a_part_that_its_parent_does_not_receive_cannot_be_written():
    whole = Schema.from_fields([{"path": "id"}], shape=Shape.CREATE)
    assert part(whole, "lines").operations == dict.fromkeys(Method)
    assert not part(Schema(shape=Shape.CREATE), "lines").known
