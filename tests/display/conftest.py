"""One integration to show: two pairs of collections, compared by the real compare layer."""

import pytest

from ipaas_discovery.display.view import CollectionView, SystemView
from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.census import census
from ipaas_discovery.schemas.showing.presence import Presence
from ipaas_discovery.vocabulary import Direction, Method, Shape
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.worksheet import Worksheet

OURS = [
    {"path": "id", "types": ["integer"]},
    {"path": "email_address", "types": ["string"], "required": True},
    {"path": "first_name", "types": ["string"]},
    {"path": "<b>custom</b>", "types": ["string"]},
]
THEIRS = [
    {"path": "id", "types": ["integer"]},
    {"path": "email", "types": ["string"], "required": True},
    {"path": "first_name", "types": ["string"]},
    {"path": "store_credit", "types": ["string"]},
]
RECORDS = [{"id": 1, "email": "ada@example.test", "first_name": ""}, {"id": 2, "email": "x@example.test"}]


PRESENCES = tuple(
    Presence(system, "customers", ("page 1", "page 9"), (2, 2), (("id", (1.0, 1.0)), ("<b>custom</b>", (0.0, 0.5))))
    for system in ("iPaaS.com", "Sandbox store")
)


def shapes(system, collection, rows, records=()):
    declared = {
        shape: Schema.from_fields(rows, collection=collection, shape=shape, system=system, source="facts")
        for shape in (Shape.RETURNED, Shape.CREATE)
    }
    returned = declared[Shape.RETURNED].merged(observe(list(records))) if records else declared[Shape.RETURNED]
    unknown = Schema(collection, Shape.UPDATE, system)
    return Shapes(system, collection, returned, declared[Shape.CREATE], unknown)


def view_of(ours, theirs, claims=("200 of 412 records.", "2 records, the total unknown.")):
    comparison = compare(ours, theirs)
    ways = {
        Direction.TO: (theirs, ours, comparison.to_matches),
        Direction.FROM: (ours, theirs, comparison.from_matches),
    }
    verdicts = [
        check_flow(source.returned, target.of(Shape.received_by(method)), matches, direction=direction, method=method)
        for direction, (source, target, matches) in ways.items()
        for method in Method
    ]
    differences = (comparison.ipaas_difference, comparison.third_party_difference)
    return CollectionView(ours.collection, theirs.collection, claims, comparison, verdicts, differences, PRESENCES)


def entry_of(view):
    found = [Evidence(each.direction, each.method, each.outcome, each.reason, each.findings) for each in view.verdicts]
    return Entry(view.collection, None, view.third_party, evidence=found)


@pytest.fixture(scope="session")
def systems():
    returned = observe(RECORDS)
    counted = census([Schema("<b>customers</b>", system="Sandbox store", fields=returned.fields, records=2)])
    return (
        SystemView("iPaaS.com", "sandbox", "https://api.example.test", collections=63, compared=2, records=4210),
        SystemView(
            "Sandbox store", "", "https://store.example.test/v3", collections=14, compared=1, records=2, census=counted
        ),
    )


@pytest.fixture(scope="session")
def views():
    ours = shapes("iPaaS.com", "CUSTOMER", OURS)
    lone = CollectionView("GIFT_CARD", "", ("", ""), None, (), (None, None))
    return [view_of(ours, shapes("Sandbox store", "customers", THEIRS, RECORDS)), lone]


@pytest.fixture
def worksheet(views):
    sheet = Worksheet("Shop", entries=map(entry_of, views))
    sheet.decide("CUSTOMER", "to", methods=["add"], why="the shop <owns> them", by="Ada", on="2026-11-02")
    return sheet


@pytest.fixture(scope="session")
def wide():
    """A pair with 600 fields on each side, 400 of them alike, with names as long as they come."""
    alike = [{"path": f"group_{number % 20}.attribute_{number}", "types": ["string"]} for number in range(400)]
    ours = [{"path": f"ours_{number}_{'long_' * 12}name", "types": ["string"]} for number in range(200)]
    theirs = [{"path": f"zz{number}", "types": ["integer"]} for number in range(200)]
    return view_of(shapes("iPaaS.com", "PRODUCT", alike + ours), shapes("Store", "products", alike + theirs))
