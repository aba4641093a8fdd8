import pytest

from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.schemas.schema import Schema

NESTED, FLAT = ("client.town", "supplier.town"), ("customer_city", "vendor_city")


@pytest.mark.parametrize(("ours", "theirs"), [(NESTED, FLAT), (FLAT, NESTED)])
def test_a_name_that_holds_the_others_place_means_the_same(ours, theirs):
    """From either side: `client.town` is `customer_city`, and `supplier.town` is another."""
    left, right = (Schema.from_fields([{"path": path} for path in paths]) for paths in (ours, theirs))
    concepts = {(row.source, row.destination): row.evidence["concept"] for row in match_fields(left, right).rows}
    assert concepts[ours[0], theirs[0]] == pytest.approx(0.95)
    assert concepts[ours[0], theirs[1]] < 0.6
