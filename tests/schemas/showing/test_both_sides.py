import json

from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.showing.both_sides import BothSides
from ipaas_discovery.schemas.showing.census import census


def side(system, *names):
    fields = tuple(Field(name, observed=Observed(2, 1, types={"string": 1})) for name in names)
    return census([Schema("orders", system=system, fields=fields, records=2)])


BOTH = BothSides(side("iPaaS.com", "id"), side("Shop", "id", "note"))


def test_the_frame_names_the_system_of_each_row():
    frame = BOTH.frame()
    assert frame[["system", "fields"]].values.tolist() == [["iPaaS.com", 1], ["Shop", 2]]
    assert str(frame["fields"].dtype) == "Int64"


def test_every_rendering_holds_both_ipaas_first():
    made = json.loads(json.dumps(BOTH.to_dict()))
    assert [made[each]["system"] for each in ("ipaas", "third_party")] == ["iPaaS.com", "Shop"]
    bundle = BOTH._repr_mimebundle_()
    assert [block.split("\n")[0] for block in bundle["text/plain"].split("\n\n")] == [
        "Census of iPaaS.com: 1 field in 1 collection",
        "Census of Shop: 2 fields in 1 collection",
    ]
    for shown in (bundle["text/html"], BOTH.to_markdown()):
        assert 0 <= shown.index("iPaaS.com, how full") < shown.index("Shop, how full")
