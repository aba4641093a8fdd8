import json

from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.both_sides import BothSides
from ipaas_discovery.schemas.showing.census import census
from ipaas_discovery.vocabulary import Shape


def side(system, *names):
    fields = tuple(Field(name, observed=Observed(2, 1, types={"string": 1})) for name in names)
    return census([Schema("orders", system=system, fields=fields, records=2)])


BOTH = BothSides(side("iPaaS.com", "id"), side("Shop", "id", "note"))


def test_the_frame_names_the_system_of_each_row():
    frame = BOTH.frame()
    assert frame[["system", "fields"]].values.tolist() == [["iPaaS.com", 1], ["Shop", 2]]
    assert str(frame["fields"].dtype) == "Int64"


def test_every_rendering_holds_both_ipaas_first():
    data = json.loads(json.dumps(BOTH.to_dict()))
    assert [data[name]["system"] for name in ("ipaas", "third_party")] == ["iPaaS.com", "Shop"]
    bundle = BOTH._repr_mimebundle_()
    assert [block.split("\n")[0] for block in bundle["text/plain"].split("\n\n")] == [
        "Census of iPaaS.com: 1 field in 1 collection",
        "Census of Shop: 2 fields in 1 collection",
    ]
    for shown in (bundle["text/html"], BOTH.to_markdown()):
        assert 0 <= shown.index("iPaaS.com, how full") < shown.index("Shop, how full")


def shapes(system, path):
    rows = [{"path": path, "types": "integer", "required": True}]
    create, update = (Schema.from_fields(rows, shape=shape) for shape in (Shape.CREATE, Shape.UPDATE))
    return Shapes(system, "orders", Schema(), create, update)


def test_the_shapes_of_both_sides_are_rows_after_the_system():
    both = BothSides(shapes("iPaaS.com", "total"), shapes("Shop", "amount"))
    assert both.frame()[["system", "path", "returned", "on_create"]].values.tolist() == [
        ["iPaaS.com", "total", "unknown", "integer*"],
        ["Shop", "amount", "unknown", "integer*"],
    ]
    assert both.filter(system="Shop").frame()["path"].tolist() == ["amount"]


def test_the_shapes_of_both_sides_are_shown_as_one_table_that_names_the_systems():
    both = BothSides(shapes("iPaaS.com", "total"), shapes("<Shop>", "amount"))
    assert both._repr_html_().count("<table") == both.to_markdown().count("\n|---") == 1
    for text in (both._repr_html_(), both.to_markdown()):
        assert text.index("iPaaS") < text.index("total") < text.index("&lt;Shop&gt;") < text.index("amount")


def test_the_plain_data_holds_the_schema_of_each_shape():
    both = BothSides(shapes("iPaaS.com", "total"), shapes("Shop", "amount"))
    data = json.loads(json.dumps(both.to_dict()))
    assert data["third_party"]["shapes"][Shape.CREATE.value]["fields"][0]["path"] == "amount"
