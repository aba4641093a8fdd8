"""A stranger who has nothing but the exported workbook builds the same: mappings of two flows, and their skeleton."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ipaas_discovery import Discovery
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.capabilities import Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts, SideFacts
from ipaas_discovery.worksheet.facts.system_profile import Preset, SystemProfile
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features, Support, SyncType
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, decided_direction
from ipaas_discovery.worksheet.skeleton.skeleton import skeleton

DATA = Path(__file__).parents[2] / "data"
PAIRS = (("CUSTOMER", "customers"), ("TRANSACTION", "orders"))
KINDS = {"Field": "field", "Static": "constant", "Dynamic Formula": "formula", "Lookup Translation": "look-up"}
SAYS = {"yes": True, "no": False}
FLAGS = {
    "Allow initialization": "allow_initialization", "Collision handling": "collision_handling_supported",
    "Custom fields": "custom_field_supported", "Independent transfers": "independent_transfer_supported",
    "Polling": "polling_supported", "Records matching": "record_matching_supported",
}  # fmt: skip


class Workbook:
    """The sheets of a workbook as rows by their headings."""

    def __init__(self, path):
        self.book = load_workbook(path)

    def rows(self, sheet, pair=None, **wanted):
        head, *body = self.book[sheet].iter_rows(values_only=True)
        for cells in body:
            row = dict(zip(head, ("" if cell is None else str(cell) for cell in cells), strict=True))
            if pair in {None, (row.get("Collection"), row.get("Third party"))} and wanted.items() <= row.items():
                yield row

    def entry(self, pair):
        (row,) = self.rows("Order", pair)
        methods = tuple(filter(None, row["Methods"].split(", ")))
        decision = Decision(decided_direction(row["Decision"]), methods)
        features = tuple(map(self.features, self.rows("Supported Features", pair)))
        to, from_ = (tuple(self.mappings(pair, way)) for way in (Direction.TO, Direction.FROM))
        return Entry(pair[0], int(row["Type id"]), pair[1], decision=decision, features=features, to=to, from_=from_)

    def mappings(self, pair, way):
        sheet = "Fields To" if way is Direction.TO else "Fields From"
        for row in self.rows(sheet, pair):
            if row["Type"] and row["Status"] != "rejected":
                yield self.mapping(pair, way, row)

    def mapping(self, pair, way, row):
        common = Mapping(
            row["Destination"], KINDS[row["Type"]], tuple(filter(None, row["Source"].split(", "))),
            default=row["Default"], condition=row["Condition"], status=row["Status"],
        )  # fmt: skip
        if common.kind == "look-up":
            same = {name: row[name] for name in ("Destination", "Source", "Status")}
            maps = self.rows("Value maps", pair, Direction=way.value, **same)
            return replace(common, values=tuple((line["Value"], line["Becomes"]) for line in maps))
        if row["Value"] in ipaas_collections():
            return replace(common, kind="look-up", value=row["Value"])
        if common.kind != "formula":
            return replace(common, value=row["Value"])
        formula = parse_formula(row["Destination"], row["Value"])
        return replace(common, formula=formula, sources=formula.sources, value=formula.csharp())

    def features(self, row):
        lines = {name: row[name].split("\n") if row[name] else [] for name in
                 ("API endpoints", "External id formats", "External data types", "Methods")}  # fmt: skip
        return Features(
            Direction.parse(row["Direction"]),
            support=Support(row["Support"]) if row["Support"] else None,
            sync_methods=tuple(SyncType(name) for name in lines["Methods"]),
            endpoints=tuple(map(Endpoint, lines["API endpoints"])),
            external_id_formats=tuple(map(ExternalId, lines["External id formats"])),
            external_data_types=tuple(map(DataType, lines["External data types"])),
            external_webhook_support=int(row["Webhooks"][0]) if row["Webhooks"] else None,
            additional_information=row["Additional information"] or None,
            **{name: SAYS.get(row[heading]) for heading, name in FLAGS.items()},
        )

    def side(self, pair, side, system):
        first = next(self.rows("Supported Features", pair))
        fields = tuple(self.field(pair, row) for row in self.rows("Schemas", pair, Side=side))
        able = tuple(
            Capability(row["Ability"], SAYS.get(row["Offered"]), row["Call"], row["Known by"], row["Note"])
            for row in self.rows("Capabilities", pair, Side=side)
        )
        named = re.fullmatch(r"\{\{(\w+)\}\}", first["External id formats"])
        read = re.match(r"observed (\d+)", able[0].grade)
        return SideFacts(
            system, pair[side == "third party"], fields, able,
            id=named[1] if named else "", records=int(read[1]) if read else None,
        )  # fmt: skip

    def field(self, pair, row):
        seen = row["Values"].startswith("seen: ")
        presence = map(int, filter(None, row["Presence"].split(" of ")))
        if row["Values"].endswith(" under Values"):
            (whole,) = self.rows("Values", pair, Field=row["Field"], Side=row["Side"])
            row["Values"] = whole["Values"]
        return ModelField(
            row["Field"], tuple(filter(None, row["Type"].split(" | "))), row["Format"],
            enum=() if seen or not row["Values"] else tuple(row["Values"].split(", ")),
            returned=SAYS.get(row["Returned"]),
            on_create=SAYS.get(row["On create"]), on_update=SAYS.get(row["On update"]),
            required_on_create="create" in row["Required"], description=row["Description"],
            declared=SAYS.get(row["Declared"]), **dict(zip(("present", "of"), presence, strict=False)),
        )  # fmt: skip

    def presets(self, system):
        for row in self.rows("Systems", System=system):
            if match := re.fullmatch(r"preset (.+) \((\w+)\)", row["Subject"]):
                yield Preset(match[1], match[2], row["Value"])

    def order(self, pairs):
        systems = list(dict.fromkeys(row["System"] for row in self.rows("Systems")))
        third_party = SystemProfile(systems[1], presets=tuple(self.presets(systems[1])))
        known = {pair: PairFacts(self.side(pair, "iPaaS.com", systems[0]), self.side(pair, "third party", systems[1]))
                 for pair in pairs}  # fmt: skip
        title = self.book["Cover"]["A1"].value
        document = WorksheetDocument(title, CollectionSide(systems[0]), CollectionSide(systems[1]),
                                     entries=tuple(map(self.entry, pairs)))  # fmt: skip
        return document, Facts(third_party=third_party, pairs=known)


def words(mapping):
    """What a mapping says, in words that a workbook can hold."""
    if mapping.kind == "formula":
        try:
            text = write_formula(mapping.formula) if mapping.formula else mapping.value
        except ConfigurationError:
            text = mapping.value
    else:
        text = mapping.value
    return (mapping.destination, mapping.kind, mapping.sources, text, mapping.values, mapping.default,
            mapping.condition, mapping.status)  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    for name in ("discovery.toml", "worksheet.yaml"):
        shutil.copy(DATA / name, folder)
    with Discovery.open(folder / "discovery.toml") as discovery:
        discovery.worksheet.export(folder / "order.xlsx")
        whole = discovery.worksheet.document
        ordered = replace(whole, entries=tuple(entry for entry in whole.entries if entry.key in PAIRS))
        yield Workbook(folder / "order.xlsx").order(PAIRS), (ordered, discovery.worksheet.facts)


def test_the_mappings_of_the_flows_are_those_of_the_original(exported):
    (document, _), (original, _) = exported
    for entry, known in zip(document.entries, original.entries, strict=True):
        assert entry.directions == known.directions
        for way in known.directions:
            rows = [row for row in known.mappings(way) if row.fills]
            assert [*map(words, entry.mappings(way))] == [*map(words, rows)]
            assert len(rows) >= 5


def test_the_skeleton_of_the_flows_is_that_of_the_original(exported):
    made, wanted = (dict(skeleton(*both).files) for both in exported)
    names = [name for name in wanted if name.endswith(".cs")]
    assert [name for name in made if name.endswith(".cs")] == names
    assert len(names) == 4
    for name in names:
        assert made[name].split("\n") == wanted[name].split("\n"), name
