"""Every value that is a table has the whole family of forms, and shows itself as a table wherever it is shown."""

from __future__ import annotations

import importlib
import json
import pickle
import pkgutil
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from frames import dtypes
from IPython.core.formatters import DisplayFormatter

import ipaas_discovery
from ipaas_discovery.changes.baseline import Baseline, BaselineRow
from ipaas_discovery.changes.changes import Aspect, Changes, FlowChange
from ipaas_discovery.checks.check_report import CheckItem, CheckReport, CheckStatus
from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.flows.verdicts import Verdicts
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.collection_matches import match_collections
from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.matching.side_by_side import side_by_side
from ipaas_discovery.renderings.tabular import ByName, ListedSet, Listing, Table, Tabular, shows
from ipaas_discovery.samples.probing.probe_report import ProbeReport, Proof
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.comparing.conformance import check_conformance
from ipaas_discovery.schemas.comparing.drift import ChangeEffect, drift
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.schemas.showing.both_sides import BothSides
from ipaas_discovery.schemas.showing.census import census
from ipaas_discovery.schemas.showing.presence import presence
from ipaas_discovery.vocabulary import Direction, Method, Shape
from ipaas_discovery.worksheet.decisions import Decisions
from ipaas_discovery.worksheet.delivery.delivered import Delivered
from ipaas_discovery.worksheet.delivery.delivery_gap import DeliveryGap, GapKind
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.reading_back.edit import CellEdit, Edit
from ipaas_discovery.worksheet.reading_back.read_back import ReadBack
from ipaas_discovery.worksheet.worksheet import Worksheet

TYPES = tuple(ipaas_collections())
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

CHANGE = FlowChange(
    "A", "a", Direction.TO, Aspect.SCHEMA, "Shop", "returned", "b", "removed", "string", "", ChangeEffect.BREAKING
)
EDITED = CellEdit("why", "", "as agreed", "")


def classes(base=Tabular):
    """The name of every tabular class of the package, once all its modules are loaded."""
    for module in pkgutil.walk_packages(ipaas_discovery.__path__, "ipaas_discovery."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = set()
    for one in base.__subclasses__():
        found |= {one.__name__, *classes(one)} if one.__module__.startswith("ipaas_discovery.") else set()
    return found


def examples(count):
    """One value of each tabular class, of `count` records or fields."""
    records = tuple({"id": at, f"a{at:03}": "x" if at % 2 else None, "note": str(at)} for at in range(count))
    sample = Sample("Shop", "orders", records, Stop.COMPLETE, pages=(1, 2), sizes=(count - count // 2, count // 2))
    other = Sample(
        "iPaaS.com", "TRANSACTION", tuple({"key": at, "remark": str(at)} for at in range(count)), Stop.COMPLETE
    )
    seen = observe(sample)
    names = [field.path for field in seen.fields]
    create = Schema.from_fields([{"path": f"b.{name}", "types": ["string"]} for name in names], shape=Shape.CREATE)
    required = Schema.from_fields([{"path": name, "types": ["array"], "required": True} for name in names])
    shapes = Shapes("Shop", "orders", seen, create, Schema(shape=Shape.UPDATE))
    verdict = check_flow(seen, required, [], direction=Direction.TO, method=Method.ADD)
    pairs = pair_records(sample, other, [("id", "key")])
    entries = tuple(Entry(f"TYPE_{at}", at, "items") for at in range(count))
    worksheet = Worksheet("Shop", entries=entries)
    schemas = (Schema(f"c{at}", fields=seen.fields[:1], records=count) for at in range(count))
    return [
        sample, seen, shapes, verdict, pairs, worksheet, compare(shapes, shapes), match_fields(seen, create),
        Verdicts((verdict,) * count), Table(pd.DataFrame({"n": range(count)})),
        pairs.agreement([("id", "key")] * count), compare_all(shapes),
        check_conformance(required, seen), drift(seen, required), compare_shapes(seen, create),
        presence(sample), census(schemas), BothSides(shapes, shapes), BothSides(presence(sample), presence(sample)),
        ProbeReport("orders", (Proof("it pages", None, "nobody says"),) * count), Decisions(entries),
        worksheet.table("Order"), pairs.forecast([("id", "key")] * count),
        match_collections(TYPES[:count], [name.lower() for name in TYPES[:count]]),
        side_by_side(pairs, 0, [("id", "key")] * count),
        WorkList((WorkItem(WorkKind.REFUSED, "A", "b", "c", "d"),) * count),
        CheckReport("Shop", (CheckItem("flows", "A ↔ a", CheckStatus.FAILED, "blocked"),) * count),
        Delivered(gaps=(DeliveryGap(GapKind.DIRECTION, "A", "a", Direction.TO),) * count),
        Changes("2026-01-01", "2026-01-02", (CHANGE,) * count),
        Baseline(tuple(BaselineRow(f"TYPE_{at}", "a", "schema", "returned", "b", "string") for at in range(count))),
        Listing([CHANGE] * count), ListedSet(range(count)), ByName({f"a{at}": at for at in range(count)}),
        ReadBack("order.xlsx", tuple(Edit("Order", at, {"collection": "A"}, (EDITED,), {}, {}) for at in range(count))),
    ]  # fmt: skip


def name(value):
    return type(value).__name__


FEW, MANY = examples(3), examples(70)
DRAWN = {"Sample", "Presence", "Census", "BothSides", "Schema"}
"""Classes whose own drawing decides how much of them is shown."""


def test_each_tabular_class_has_an_example():
    assert set(map(name, FEW)) == classes()


@pytest.mark.parametrize("value", FEW, ids=name)
def test_a_frame_has_columns_that_can_be_names_and_its_docstring_tells_their_dtypes(value):
    columns = list(value.frame().columns)
    assert columns
    if not isinstance(value, Sample):  # its columns are the system's own
        assert [column for column in columns if not SNAKE_CASE.fullmatch(column)] == []
    promise = type(value).frame.__doc__
    assert re.search(r"[Dd]types?\b|all text|are text|the frame itself", promise), promise


@pytest.mark.parametrize("value", FEW, ids=name)
def test_a_dict_is_ready_for_json_and_the_same_each_time(value):
    data = value.to_dict()
    assert isinstance(data, dict)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert json.dumps(data) == json.dumps(value.to_dict())


@pytest.mark.parametrize("value", FEW, ids=name)
def test_markdown_html_and_text_each_show_a_table(value):
    assert re.search(r"^\|( ?---+ ?\|)+", value.to_markdown(), re.MULTILINE)
    assert BeautifulSoup(value.to_html(), "html.parser").select("table tr td, table tr th")
    text = value.to_text()
    assert re.search(r"^-+(  -+)*$|^\|---", text, re.MULTILINE)
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("value", FEW, ids=name)
def test_jupyter_stores_html_markdown_and_text(value):
    bundle = value._repr_mimebundle_(include=None, exclude=None)
    kept = {"text/tab-separated-values"} if isinstance(value, Baseline) else set()  # what the next check compares
    assert set(bundle) == {"text/html", "text/markdown", "text/plain", *kept}
    assert value._repr_html_() == bundle["text/html"]
    if not isinstance(value, Sample):
        caption, _, table = bundle["text/markdown"].partition("\n\n")
        assert value.to_markdown() in {table, bundle["text/markdown"]}
        assert caption.startswith("**")
        assert bundle["text/html"].startswith("<p><b>")
        assert bundle["text/plain"] == value.to_text()


@pytest.mark.parametrize("value", MANY, ids=name)
def test_what_jupyter_stores_is_sixty_rows_and_a_line_that_counts_the_others(value):
    bundle = value._repr_mimebundle_()
    rows = [line for line in bundle["text/markdown"].splitlines() if line.startswith("| ")]
    assert len(rows) <= 2 * 62
    if name(value) not in DRAWN:
        left = len(value.frame()) - 60
        assert (len(rows) == 61) == (left >= 0)
        assert (f"({left} more row{'s'[: left != 1]})" in bundle["text/markdown"]) == (left > 0)
        assert (f"({left} more row{'s'[: left != 1]})" in bundle["text/plain"]) == (left > 0)


@pytest.mark.parametrize("value", MANY, ids=name)
def test_whoever_asks_for_the_markdown_gets_all_rows(value):
    assert "more row" not in value.to_markdown()
    assert "more row)" not in value.to_text()


@pytest.mark.parametrize("value", FEW, ids=name)
def test_a_wrong_column_is_answered_with_the_nearest(value):
    column = list(value.frame().columns)[-1]
    with pytest.raises(UnknownNameError, match=f"Unknown column '{column}x' .*did you mean '{column}'"):
        value.filter(**{f"{column}x": 1})


TABLE = Table(pd.DataFrame({
    "a": pd.Series([1, 2, None], dtype="Int64"), "types": [["x"], ["x", "y"], []], "from": ["p", None, "q"],
}), headings={"from": "comes from"}, wording={"types": " | ".join})  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ({"a": 1}, [0]),
        ({"a": {1, 2}}, [0, 1]),
        ({"a": None}, [2]),
        ({"types": "y"}, [1]),
        ({"types": ["x"]}, [0]),
        ({"types": []}, [2]),
        ({"from_": "q"}, [2]),
        ({"from_": None, "types": "x"}, [1]),
        ({}, [0, 1, 2]),
        ({"a": "1"}, []),
    ],
)
def test_rows_are_chosen_by_what_their_cells_hold(wanted, rows):
    assert TABLE.filter(**wanted).frame().index.tolist() == rows


def test_what_is_chosen_keeps_its_dtypes_its_headings_and_its_words():
    chosen = TABLE.filter(a=2)
    assert dtypes(chosen.frame()) == dtypes(TABLE.frame())
    assert chosen.to_markdown().splitlines() == ["| a | types | comes from |", "|---|---|---|", "| 2 | x \\| y |  |"]


def test_a_listing_is_the_tuple_it_holds_and_stays_one_where_it_is_cut():
    days = Listing(("2026-10-26", "2026-11-02"), "Days", ("day",))
    assert days == ("2026-10-26", "2026-11-02")
    assert (days[-1], len(days), next(iter(days)), hash(days)) == ("2026-11-02", 2, "2026-10-26", hash(tuple(days)))
    assert isinstance(days[:1], Listing)
    assert days[:1].to_markdown() == "| day |\n|---|\n| 2026-10-26 |"
    assert days._title() == "Days: 2 rows"
    assert pickle.loads(pickle.dumps(days)).title == "Days"  # noqa: S301  our own bytes
    assert Listing().to_text().startswith("Nothing: 0 rows")


def test_a_listing_puts_in_words_what_is_no_plain_value():
    rows = Listing([{"fill": 0.2434, "score": 7.5, "whole": 2**60, "none": None, "of": ["x"] * 10, "by": {"a": 0.5}}])
    assert [*rows.frame().drop(columns="none").iloc[0]] == ["24 %", 7.5, 2**60, f"{'x, ' * 7}x and 2 more", "a 50 %"]
    assert rows.frame()["none"].isna().all()
    assert rows.frame()["whole"].dtype == "Int64"
    assert Listing([("sku", 2)]).frame().to_dict("list") == {"value": ["sku, 2"]}
    assert Listing([("sku", 2)], "", ("part", "records")).frame().to_dict("list") == {"part": ["sku"], "records": [2]}
    titled = Listing([TABLE, TABLE]).frame()
    assert titled.to_dict("list") == {"value": ["Table: 3 rows"] * 2}


def test_a_wide_listing_shows_what_varies_and_counts_the_rest():
    wide = Listing([{f"c{at}": row if at == 19 else 1 for at in range(20)} for row in range(2)])
    shown = wide.to_markdown()
    assert shown.startswith("| c19 | c0 |")
    assert shown.endswith("(8 more columns not shown; `frame()` has all)")
    assert len(wide.frame().columns) == 20
    assert "not shown" not in Listing([{f"c{at}": 1 for at in range(12)}]).to_markdown()


def test_a_dict_by_name_shows_counts_and_counts_of_counts():
    counts = ByName({"same": 62, "unknown": 0}, "Paths", ("kind", "paths"))
    assert counts == {"same": 62, "unknown": 0}
    assert counts.to_markdown() == "| kind | paths |\n|---|---|\n| same | 62 |\n| unknown | 0 |"
    deep = ByName({"reader": {"risky": 1}, "writer": {"risky": 2}}, "Changes", ("for the", "changes"))
    assert deep.frame().to_dict("list") == {"for the": ["reader", "writer"], "risky": [1, 2]}
    assert ByName({Direction.TO: TABLE}).frame().to_dict("list") == {
        "name": ["To iPaaS.com"],
        "value": ["Table: 3 rows"],
    }


def test_a_function_shows_its_tuple_or_dict_and_leaves_the_rest_alone():
    say = shows("Things", "thing")
    assert say(lambda: ("a",))()._title() == "Things: 1 row"
    assert say(lambda: {"a": 1})()._title() == "Things: 1 row"
    assert say(lambda: ["a"])() == ["a"]
    assert type(say(lambda: ["a"])()) is list


def test_tuples_and_dicts_in_a_table_show_themselves_too():
    value = examples(3)[3]
    assert isinstance(value.findings, Listing)
    assert value.findings.title == "Findings"
    assert isinstance(FEW[1].operations, ByName)


class Sourced(Table):
    """A table with a column of sources."""

    provenance = ("source",)
    section = "kind"

    def _provenance(self):
        return self.provenance


def sourced(*sources, kinds=None):
    kinds = kinds or ["k"] * len(sources)
    return Sourced(pd.DataFrame({"path": range(len(sources)), "kind": kinds, "source": sources}))


def test_where_a_fact_comes_from_stands_once_below_the_table():
    assert sourced("seen", "seen").to_markdown().splitlines()[-1] == "Source of every row: seen"
    assert "source" not in sourced("seen", "seen").to_markdown().splitlines()[0]
    mixed = sourced("seen", "told", "seen", "")
    assert mixed.to_markdown().splitlines()[2:] == [
        "| 0 | k | 1) |", "| 1 | k | told |", "| 2 | k | 1) |", "| 3 | k |  |", "", "1) seen",
    ]  # fmt: skip
    assert mixed.to_text().endswith("\n1) seen")
    assert "<p>1) seen</p>" in mixed.to_html()
    assert sourced("a", "b").to_markdown().endswith("| 1 | k | b |")


def test_a_long_table_is_folded_by_its_sections():
    kinds = ["same"] * 61 + ["<other>"] * 2
    page = BeautifulSoup(sourced(*map(str, range(63)), kinds=kinds).to_html(), "html.parser")
    parts = page.find_all("details", recursive=False)
    assert [part.summary.get_text() for part in parts] == ["same: 61 rows", "<other>: 2 rows"]
    assert [part.has_attr("open") for part in parts] == [True, False]
    assert page.get_text().count("1 more row") == 1
    few = sourced(*map(str, range(60)), kinds=kinds[3:])
    assert "details" not in few.to_html()
    cut = BeautifulSoup(sourced(*map(str, range(63)), kinds=kinds).to_html(max_rows=62), "html.parser")
    assert [part.summary.get_text() for part in cut.find_all("details", recursive=False)] == [
        "same: 61 rows", "<other>: 1 row",
    ]  # fmt: skip
    assert "(1 more row not shown)" in cut.get_text()


def test_a_column_of_shares_is_in_percent_and_any_other_number_is_not():
    frame = pd.DataFrame({"fill": pd.array([0.2434, None], "Float64"), "weight": pd.array([0.5, 1.0], "Float64")})
    assert Table(frame).to_markdown().splitlines()[2:] == ["| 24 % | 0.5 |", "|  | 1 |"]
    beyond = pd.DataFrame({"score": pd.array([0.5, 7.25], "Float64")})
    assert Table(beyond).to_markdown().splitlines()[2:] == ["| 0.5 |", "| 7.25 |"]


def test_what_is_chosen_says_what_was_asked_for():
    assert TABLE.filter(a={1, 2}, from_=None)._title() == "Table where a is 1 or 2, from is empty: 1 row"
    assert TABLE.filter()._title() == "Table: 3 rows"


LONG = Listing([(at, "x" * 500) for at in range(3)], "Rows", ("at", "text"))


@pytest.mark.parametrize("value", [LONG, ByName({"a": range(99), "b": "y"}, "Parts")])
def test_ipython_prints_the_table_and_not_all_that_is_in_it(value):
    data, _ = DisplayFormatter().format(value)
    assert data["text/plain"] == value.to_text(max_rows=60)
    assert {"text/html", "text/markdown"} <= data.keys()


def test_a_cell_that_is_a_table_is_compared_as_a_whole():
    table = Table(pd.DataFrame({"a": pd.Series([{"x": 1}, {"x": 2}, None], dtype=object)}))
    assert table.filter(a={"x": 1}).frame().index.tolist() == [0]
