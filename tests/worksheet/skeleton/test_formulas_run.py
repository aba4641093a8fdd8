"""The formulas of a skeleton, run by Mono on the records of the sandbox's samples, give what Python gives."""

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from mono import compiled, needs_mono, ran

from ipaas_discovery import Discovery
from ipaas_discovery.flows.execution.program import Program
from ipaas_discovery.flows.path_reader import ABSENT, depth_of, values_at
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.formulas.find_formula import formula_value
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.formulas.operations import LookUp
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import WorksheetDocument
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.skeleton.conversion_functions import formula_methods
from ipaas_discovery.worksheet.skeleton.skeleton import skeleton

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "data"
SAID = {
    "orders": [
        ("status", "status | map Pending=Pending Completed=Complete Shipped=Shipped", "Hold", ""),
        ("total", "total_inc_tax | times 100 | round 0", "", "status != Cancelled and total_inc_tax > 50"),
        (
            "transaction_number",
            "id | affix SO- '' | pad 12 0",
            "",
            "status in (Pending, Shipped) or total_inc_tax <= 20",
        ),
        ("source", "date_created | date yyyy-MM-dd", "unknown", ""),
        ("discount_amount", "discount_amount | times 0.01", "0", "customer_message is not empty"),
        ("comment", "billing_address.first_name, billing_address.last_name | join ' ' | trim | upper", "", ""),
        ("type", "id | split 1 -1 | default none", "", "status contains end"),
    ],
    "products": [
        ("description", "images[].url_thumbnail | join_list '; '", "", ""),
        ("type", "categories[] | count", "", "categories[] = 23 or name contains a"),
        ("sku", "sku, name | coalesce | lower", "", "is_visible = true"),
        ("weight", "variants[].price | sum", "", ""),
        ("name", "categories[] | first | without 2", "", "weight >= 1"),
    ],
}
"""Formulas that people may write, by the third party's collection: the field, the formula, default and condition."""


@pytest.fixture(scope="module")
def discovery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formulas")
    shutil.copy(DATA / "discovery.toml", folder)
    shutil.copy(DATA / "worksheet.yaml", folder)
    with Discovery.open(folder / "discovery.toml") as discovery:
        yield discovery


def written(destination, text, default, condition):
    formula = parse_formula(destination, text)
    return Mapping(destination, "formula", formula.sources, formula, default=default, condition=condition,
                   status="manual")  # fmt: skip


def with_formulas(entry):
    """Decide both ways, and fill what is proposed and what people may write."""
    rows = {row.destination: row for row in entry.to}
    rows |= {row[0]: written(*row) for row in SAID.get(entry.third_party, ())}
    return replace(entry, to=tuple(rows.values()), decision=Decision(Direction.BIDIRECTIONAL, ("add", "update")))


def related(document):
    """Related records that look-ups saw, as the runner reads them."""
    steps = {
        (step.collection, step.key, step.field, value, there)
        for entry in document.entries
        for row in (*entry.to, *entry.from_)
        for step in (row.formula.steps if row.formula else ())
        if isinstance(step, LookUp)
        for value, there in step.pairs
    }
    return "\n".join("\t".join(map(argument, row)) for row in sorted(steps))


def argument(value):
    if isinstance(value, list | tuple):
        return "l" + ",".join(map(argument, value))
    if value is None or value is ABSENT:
        return "n"
    if isinstance(value, bool):
        return f"b{value:d}"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float | Decimal):
        return f"d{value}"
    return shown(str(value))


def shown(text):
    if text is None:
        return "null"
    units = text.encode("utf-16-be", "surrogatepass")
    return "s" + "".join(f"{units[at] * 256 + units[at + 1]:04x}" for at in range(0, len(units), 2))


def held(record, path):
    values = [value for _, value in values_at(record, path)]
    return values if "[]" in path else (values or [None])[0]


def calls(method, record):
    """Arguments of each call that a record needs, and what Python writes."""
    mapping = method.mapping
    made = Program(mapping).run(record)
    condition = Condition.parse(mapping.condition)
    if not depth_of(mapping.destination):
        value = made[0][1] if made else None
        yield [held(record, path) for path in method.parameters], value
        return
    sources = mapping.formula.sources if mapping.formula else mapping.sources
    inner = next((path for path in sources if depth_of(path) == depth_of(mapping.destination)), None)
    if inner is None:
        yield [held(record, path) for path in method.parameters], made[0][1] if made else None
        return
    tables = {path: dict(values_at(record, path, absent=True)) for path in method.parameters}
    by_index = {place[1]: value for place, value in made}
    for index in tables[inner]:
        given = [tables[path].get(index, tables[path].get(())) if path in sources else held(record, path)
                 for path in method.parameters]  # fmt: skip
        yield given, by_index.get(index) if condition.holds(record) else None


def text_of(value):
    made = None if value is ABSENT else value
    return made if made is None or isinstance(made, str) else formula_value((made,))


@needs_mono
def test_every_formula_gives_in_csharp_what_it_gives_in_python_record_by_record(discovery, tmp_path):
    entries = tuple(map(with_formulas, discovery.worksheet.entries))
    document = WorksheetDocument("formulas", entries=entries)
    skeleton(document).write(tmp_path)
    runner = compiled(
        tmp_path / "runner.exe",
        [HERE / "Runner.cs", *sorted((HERE / "sdk_stub").glob("*.cs")), tmp_path / "Interface/ConversionFunctions.cs"],
    )
    flows = [(entry, flow) for entry in entries for flow in entry.flows]
    rows, tried = [], 0
    methods = iter(formula_methods(document))
    by_flow = {}
    for method in methods:
        by_flow.setdefault(method.title.partition(": ")[0], []).append(method)
    for entry, flow in flows:
        ours, theirs = discovery.samples(entry.collection)
        records = (theirs if flow.direction is Direction.TO else ours).records
        for method in by_flow.get(f"{entry.title}, {flow.name}", ()):
            tried += 1
            for record in records:
                for given, value in calls(method, record):
                    rows.append((method.identifier, [*map(argument, given)], shown(text_of(value)), method))
    (tmp_path / "calls.txt").write_text("\n".join("\t".join([name, *given]) for name, given, *_ in rows))
    (tmp_path / "related.txt").write_text(related(document))
    answers = ran(runner, tmp_path / "calls.txt", tmp_path / "related.txt")
    assert tried >= 20
    assert related(document)
    assert len(answers) == len(rows) > 2500
    wrong = [
        (str(row[3].mapping), row[1], row[2], answer)
        for row, answer in zip(rows, answers, strict=True)
        if row[2] != answer
    ]
    assert wrong[:3] == []
    assert sum(row[2] != "null" for row in rows) > 1000


@needs_mono
def test_the_filter_of_a_flow_selects_the_same_records(discovery, tmp_path):
    entry = discovery.worksheet.entry("TRANSACTION")
    texts = (
        "status = Shipped",
        "total_inc_tax > 100 and status != Cancelled",
        "customer_message is empty",
        "status in (Pending, 'Awaiting Payment') or items_total >= 3",
        "billing_address.country contains United",
    )
    flows = tuple(OrderedFlow(f"flow {at}", Direction.TO, ("add",), text) for at, text in enumerate(texts))
    document = WorksheetDocument(
        entries=(replace(entry, named_flows=flows, decision=Decision(Direction.TO, ("add",))),)
    )
    skeleton(document).write(tmp_path)
    stub = sorted((HERE / "sdk_stub").glob("*.cs"))
    runner = compiled(tmp_path / "r.exe", [HERE / "Runner.cs", *stub, tmp_path / "Interface/ConversionFunctions.cs"])
    _, orders = discovery.samples("TRANSACTION")
    rows = [
        (f"TransactionToFlow{at}Applies", [argument(held(record, path)) for path in Condition.parse(text).paths],
         str(Condition.parse(text).holds(record)))
        for at, text in enumerate(texts) for record in orders.records
    ]  # fmt: skip
    (tmp_path / "calls.txt").write_text("\n".join("\t".join([name, *given]) for name, given, _ in rows))
    assert ran(runner, tmp_path / "calls.txt") == [wanted for *_, wanted in rows]
    assert len({wanted for *_, wanted in rows}) == 2
