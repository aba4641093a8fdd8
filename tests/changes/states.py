"""States of one small pair of collections, which tests change."""

from __future__ import annotations

from dataclasses import replace

from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.flows.sample_run import Execution
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.matching.records.forecast import Forecast, ForecastRow
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Method, Shape

FIELDS = ({"path": "id", "types": ["integer"]}, {"path": "mail", "types": ["string"], "enum": ["a", "b"]})


def shapes(system, *, returned=FIELDS, create=FIELDS, update=FIELDS):
    made = [
        Schema.from_fields(rows, shape=shape) for shape, rows in zip(Shape, (returned, create, update), strict=True)
    ]
    return Shapes(system, "things", *made)


def forecast(**counts):
    numbers = {"match": 3, "create": 2, "update": 1, "duplicates": 0, "undecided": 0}
    row = ForecastRow("a", "b", **numbers, fields=(), note="")
    return Forecast((row, replace(row, **counts)))


def verdict(*findings, direction=Direction.TO, method=Method.ADD, passed=None, records=10):
    run = None if passed is None else Execution(records, passed)
    return Verdict("orders", "TRANSACTION", direction, method, findings, run=run)


def sample(system, total=9, stop=Stop.COMPLETE, **more):
    return Sample(system, "things", more.pop("records", ()), stop, total=total, **more)


def state(**changes):
    samples = sample("iPaaS.com"), sample("Shop")
    usual = PairState("TRANSACTION", "orders", shapes("iPaaS.com"), shapes("Shop"), samples, (), forecast())
    return replace(usual, **changes)
