"""A pair of small collections with all that a Discovery says of them, computed by the real comparison and rules."""

from __future__ import annotations

from types import SimpleNamespace

from ipaas_discovery.analysis import kept_in
from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.draft import draft_entry
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts
from ipaas_discovery.worksheet.parts import Claims
from ipaas_discovery.worksheet.worksheet import Worksheet

NAMES = ("Ada Byron", "Bo Smith", "Cy Young", "Di Jones", "Ed Stone", "Flo Rivers", "Gus Field", "Hal Woods")
OURS = [
    {"id": at, "email_address": f"{name.split()[0].lower()}@a.test", "name": name, "state": ("A", "B")[at % 2]}
    for at, name in enumerate(NAMES)
]
THEIRS = [
    {
        "uid": f"u{at}",
        "email": row["email_address"],
        "first": row["name"].split()[0],
        "last": row["name"].split()[1],
        "status": {"A": "active", "B": "blocked"}[row["state"]] if at else "gone",
        "memo": "<img src=x onerror=alert(1)>",
    }
    for at, row in enumerate(OURS)
]
RECEIVED = [
    {"path": "email_address", "types": ["string"], "required": True, "title": "E-mail"},
    {"path": "name", "types": ["string"], "required": True},
    {"path": "state", "types": ["string"], "enum": ["A", "B"]},
    {"path": "note", "types": ["string"], "max_length": 10},
    {"path": "type", "types": ["string"], "required": True},
]


class SmallDiscovery:
    """What a board asks of a Discovery, of one or more pairs of the same records."""

    def __init__(self, path, *, collections=("CUSTOMER",), fields=(), today=None):
        ours = Sample("iPaaS.com", "CUSTOMER", tuple(OURS), Stop.COMPLETE)
        theirs = Sample("Shop", "customers", tuple(THEIRS), Stop.COMPLETE)
        received = Schema.from_fields([*RECEIVED, *fields])
        returned = [observe(ours), observe(theirs)]
        mine = {name: Shapes("iPaaS.com", name, returned[0], received, received) for name in collections}
        other = Shapes("Shop", "customers", returned[1], returned[1], returned[1])
        records = pair_records(ours, theirs, [("email_address", "email")])
        self.pairs = [SimpleNamespace(ipaas=name, third_party="customers") for name in collections]
        self.compared = {name: compare(mine[name], other, records) for name in collections}
        self.worksheet = Worksheet("Shop", **({"today": today} if today else {}))
        self.worksheet.refresh([self._entry(pair) for pair in self.pairs], examine=self._examined)
        self.worksheet.save(path)

    def pair(self, name):
        for pair in self.pairs:
            if name in {pair.ipaas, pair.third_party}:
                return pair
        raise UnknownNameError("collection", name, [pair.ipaas for pair in self.pairs])

    def compare(self, name):
        kept = self._kept(self.pair(name))
        return self.compared[name].under(kept.to, kept.from_) if kept else self.compared[name]

    def verdicts(self, name):
        comparison, kept = self.compare(name), self._kept(self.pair(name))
        sides = comparison.ipaas, comparison.third_party
        flows = (
            (Direction.TO, sides[1], sides[0], THEIRS, comparison.to_mappings),
            (Direction.FROM, sides[0], sides[1], OURS, comparison.from_mappings),
        )
        whole = [
            check_flow(source.returned, to.create, mappings, direction=way, method=method, samples=records)
            for way, source, to, records, mappings in flows
            for method in (Method.ADD, Method.UPDATE)
        ]
        named = [
            check_flow(
                source.returned, to.create, flow.over(mappings), direction=way, method=method, samples=records,
                condition=flow.condition, name=flow.name,
            )
            for flow in (kept.flows if kept else ())
            for way, source, to, records, mappings in flows
            for method in flow.methods
            if way is flow.direction
        ]  # fmt: skip
        return whole + named

    def _kept(self, pair):
        if not hasattr(self, "worksheet"):
            return None
        known = {entry.key: entry for entry in self.worksheet.entries}
        entry = known.get((pair.ipaas, pair.third_party))
        return kept_in(entry) if entry else None

    def _entry(self, pair):
        verdicts = self.verdicts(pair.ipaas)
        return draft_entry(self.compare(pair.ipaas), verdicts, Claims("8 of 8", "8 of 8"), type_id=8, facts=PairFacts())

    def _examined(self, entry):
        return self._entry(self.pair(entry.collection))
