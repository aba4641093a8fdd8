"""The docs: what is written from the package is up to date, examples are read, links lead somewhere."""

from __future__ import annotations

import re
import tomllib

import pytest

from ipaas_discovery import Direction, Worksheet
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.systems.connectors.connector import connector_of
from tools.reference import DOCS, EXAMPLES, PAGES, page

ROOT = DOCS.parent
TEXTS = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])


def blocks(name, language):
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_reference_are_what_the_package_says(name):
    again = "run `python -m tools.reference`"
    assert (DOCS / name).read_text(encoding="utf-8") == page(name), again


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_exist(text):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text.read_text(encoding="utf-8"))
    assert [link for link in links if not (text.parent / link).exists()] == []


def test_the_example_of_a_connector_is_one():
    example, _ = blocks("connector-file.md", "toml")
    connector = connector_of(example, "shop")
    assert connector.auth.secrets == ("token",)
    assert connector.paging_of("payments") == connector.paging
    assert tomllib.loads(example)["collections"].keys() == {"customers", "orders", "lines", "payments"}


def test_the_example_of_a_worksheet_is_one(tmp_path):
    (example,) = blocks("worksheet.md", "yaml")
    file = tmp_path / "worksheet.yaml"
    file.write_text(example, encoding="utf-8")
    worksheet = Worksheet.load(file)
    (entry,) = worksheet.entries
    assert entry.decision is not None
    filled = {row.destination for row in entry.mappings(Direction.TO)}
    assert filled >= {"transaction_number", "type", "total", "status", "customer_id", "email_address"}
    worksheet.decide("TRANSACTION", "leave out", why="Elsewhere.", by="A. Tester")
    worksheet.save()
    kept = file.read_text(encoding="utf-8")
    assert "# questions about the whole" in kept
    assert "leave out" in kept


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_operation_gives_something_in_its_example(name):
    written, record = EXAMPLES[name]
    assert f"| {name}" in written or name == "copy"
    assert parse_formula("field", written).run(record) not in (None, "", "0")
