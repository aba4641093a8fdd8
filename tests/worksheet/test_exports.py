import json
import os
import re
import zipfile

import pytest
import yaml
from bs4 import BeautifulSoup
from openpyxl import Workbook, load_workbook

from ipaas_discovery.changes.changes import Aspect, Changes, FlowChange
from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.exports.forms import FORMS, renderer
from ipaas_discovery.worksheet.exports.tables.mapping_tables import _single
from ipaas_discovery.worksheet.exports.workbook.xlsx import _spread
from ipaas_discovery.worksheet.features import Support, SyncType
from ipaas_discovery.worksheet.worksheet import Worksheet

SHEETS = [
    "Cover", "Order", "Flows", "Schemas", "Values", "Supported Features", "Fields To", "Fields From", "Value maps",
    "Verdicts", "Gaps", "Conflicts", "Forecast", "Questions", "Plan", "Scope", "Capabilities", "Systems", "Samples",
    "Documentation", "Evidence", "Changes",
]  # fmt: skip
OF_PAIRS = ["Order", "Schemas", "Supported Features", "Fields To", "Fields From", "Gaps", "Questions", "Evidence"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.test")', "#N/A", "\t=1"]


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str.lower, head), row, strict=True)) for row in body]


CHANGE = FlowChange(
    "CUSTOMER", "users", Direction.TO, Aspect.VALUES, "Shop", "returned", "tier", "new value seen", "", "platinum",
    ChangeEffect.RISKY,
)  # fmt: skip


@pytest.fixture
def book(tmp_path):
    def read(worksheet):
        worksheet.export(tmp_path / "w.xlsx")
        return load_workbook(tmp_path / "w.xlsx")

    return read


@pytest.mark.parametrize("suffix", FORMS)
def test_two_exports_are_equal_byte_for_byte(many, tmp_path, suffix):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix.upper()}"
    many.export(one)
    many.export(two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("suffix", FORMS)
def test_an_empty_worksheet_exports(tmp_path, suffix):
    Worksheet().export(tmp_path / f"w{suffix}")
    assert (tmp_path / f"w{suffix}").stat().st_size > 0


@pytest.mark.parametrize("name", ["w.xls", "w.htm", "worksheet"])
def test_an_unknown_suffix_lists_those_that_are_known(worksheet, tmp_path, name):
    with pytest.raises(UnknownNameError, match=re.escape(", ".join(sorted(FORMS)))):
        worksheet.export(tmp_path / name)


def test_a_workbook_whose_sheets_find_no_space_is_one_sentence(worksheet, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.workbook.workbook.Workbook.save", full)
    with pytest.raises(WorksheetError, match=r"workbook's sheets: No space left on device: free space"):
        worksheet.export(tmp_path / "w.xlsx")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("suffix", FORMS)
def test_a_failed_export_leaves_the_earlier_file(worksheet, tmp_path, monkeypatch, suffix):
    path = tmp_path / f"w{suffix}"
    path.write_bytes(b"earlier")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(WorksheetError, match=r"No space left on device.*untouched"):
        worksheet.export(path)
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_the_workbook_holds_every_decision(many, book):
    workbook = book(many)
    assert workbook.sheetnames == [*SHEETS, "_sent"]
    assert workbook["_sent"].sheet_state == "veryHidden"
    order = {row["collection"]: row for row in rows(workbook["Order"])}
    assert len(order) == 60
    for entry in many.entries:
        row = order[entry.collection]
        assert (row["decision"], row["methods"] or "") == (entry.decided, ", ".join(entry.methods))
        if entry.decision:
            assert (row["why"], row["by"]) == (entry.decision.why, entry.decision.by)


@pytest.mark.parametrize(("columns", "pages"), [(3, 1), (4, 2)])
def test_a_sheet_that_would_be_too_small_to_read_on_one_page_takes_two(columns, pages):
    sheet = Workbook().active
    for column in "ABCD"[:columns]:
        sheet.column_dimensions[column].width = 70
    sheet.print_area = f"A1:{'ABCD'[columns - 1]}9"
    _spread(sheet)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.print_title_cols == ("$A:$B" if pages == 2 else None)


def test_every_sheet_has_filter_frozen_head_and_its_rows(worksheet, book):
    worksheet.decide("CUSTOMER", "both", why="agreed")
    workbook = book(worksheet)
    assert workbook["Cover"].page_setup.fitToHeight == 1, "the sign-off stands under what it signs"
    heights = workbook["Cover"].row_dimensions
    assert heights[1].height > heights[2].height > 0, "the title is larger than what it is about"
    tables = workbook.worksheets[1:-1]
    counts = {sheet.title: sheet.max_row - 1 for sheet in tables if sheet.title in OF_PAIRS}
    empty = 1  # a sentence in place of rows
    assert counts == {
        "Order": 3,
        "Schemas": empty,
        "Supported Features": 2,
        "Fields To": 2,
        "Fields From": empty,
        "Gaps": 1,
        "Questions": 12,
        "Evidence": 2,
    }
    told = {row[0].value: row[1:3] for row in workbook["Cover"].iter_rows() if row[0].hyperlink}
    assert [told[name][0].value for name in ("Order", "Gaps", "Schemas")] == ["3 rows", "1 row", "0 rows"]
    assert told["Schemas"][1].value.endswith("No schema is known.")
    for sheet in tables:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet["A1"].font.bold
        assert all(7 <= sheet.column_dimensions[cell.column_letter].width <= 70 for cell in sheet[1])
        printed = sheet[sheet.print_area.replace("$", "").rpartition("!")[2]]
        filled = [cell for row in printed for cell in row if cell.value]
        alone = filled[-1] if sum(cell.row == 2 for cell in filled) == 1 else None  # a sentence in place of rows
        assert all(cell.alignment.wrap_text for cell in filled if cell is not alone)
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        wide = sum(sheet.column_dimensions[cell.column_letter].width for cell in printed[0])
        two = wide > 253  # too many columns to be read on one page
        assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == ((2, "$A:$B") if two else (1, None))


def test_the_decision_column_offers_the_choices(worksheet, book):
    sheet = book(worksheet)["Order"]
    (choices,) = sheet.data_validations.dataValidation
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "Decision")
    assert str(choices.sqref) == f"{column}2:{column}4"
    assert choices.formula1 == '"To iPaaS.com,From iPaaS.com,Bi-directional,leave out,undecided"'


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(worksheet, book, text):
    worksheet.decide("CUSTOMER", "to", why=text, by=text)
    worksheet.formula("CUSTOMER", "to", "a", csharp=text)
    workbook = book(worksheet)
    assert rows(workbook["Order"])[0]["why"] == text
    assert rows(workbook["Fields To"])[0]["value"] == f"C#: {text}"
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}  # neither a formula nor an error
    if text != "#N/A":
        assert any(cell.quotePrefix for cell in workbook["Order"][2] if cell.value == text)


def test_characters_a_workbook_cannot_show_are_escaped_and_long_texts_cut(worksheet, book):
    worksheet.decide("CUSTOMER", "to", why="a\x00b\x0bc", by="x" * 40_000)
    row = rows(book(worksheet)["Order"])[0]
    assert row["why"] == "a\\u0000b\\u000bc"
    assert (len(row["by"]), row["by"].lstrip("x")) == (32_767, "… (40,000 characters)")


def test_the_workbook_is_dated_as_the_worksheet_is(worksheet, tmp_path):
    path = tmp_path / "w.xlsx"
    worksheet.export(path)
    properties = load_workbook(path).properties
    assert {str(properties.created), str(properties.modified)} == {"2026-01-31 00:00:00"}
    with zipfile.ZipFile(path) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_bidirectional_becomes_two_platform_records(worksheet, tmp_path):
    worksheet.decide("CUSTOMER", "both", methods=["add", "update"], why="agreed")
    worksheet.decide("PRODUCT", "leave out")
    worksheet.edit(
        "CUSTOMER",
        Direction.FROM,
        support=Support.PARTIAL,
        sync_methods=(SyncType.ADD_AND_UPDATE, SyncType.DELETE, SyncType.DELETE_TRIGGERED_UPDATE),
        endpoints=(),
        external_webhook_support=2,
    )
    worksheet.export(tmp_path / "w.json")
    data = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    to, back = data["features"]
    assert (to["MappingCollectionType"], to["MappingDirectionId"], to["SupportedMethods"]) == (8, 1, [1, 2])
    assert to["SupportedEndpoints"] == [{"Value": "/users/{Id}", "Note": ""}]
    assert to["ExternalIdFormats"] == [{"RecordExternalIdFormat": "{{Id}}", "WebhookExternalIdFormat": "", "Note": ""}]
    assert to["Support"] is None
    assert (back["MappingDirectionId"], back["Support"], back["ExternalWebhookSupportId"]) == (2, "Partial", 2)
    assert back["SupportedEndpoints"] == []
    assert back["SupportedMethods"] == [1, 2, 3, 5]  # a delete is in the record, but nobody ordered it
    assert set(to) == set(back)


def test_the_json_holds_the_whole_document(many, tmp_path):
    many.export(tmp_path / "w.json")
    data = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    assert data["format"] == 2
    assert [entry["collection"] for entry in data["entries"]] == [entry.collection for entry in many.entries]
    assert data["entries"][3]["decision"]["direction"] == "leave out"
    assert data["entries"][59]["decision"] is None


def test_the_yaml_export_holds_what_the_json_export_holds(many, tmp_path):
    many.export(tmp_path / "export.yaml")
    many.export(tmp_path / "export.json")
    exported = yaml.load((tmp_path / "export.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  texts alone
    assert len(exported["entries"]) == 60
    assert (
        exported["entries"][0]["decision"]
        == json.loads((tmp_path / "export.json").read_text())["entries"][0]["decision"]
    )


def test_a_sentence_in_place_of_rows_goes_on_over_the_next_columns(worksheet, tmp_path):
    worksheet.export(tmp_path / "order.xlsx")
    cell = load_workbook(tmp_path / "order.xlsx")["Changes"]["A2"]
    assert len(cell.value) > 60
    assert not cell.alignment.wrap_text


def test_markdown_tables_hold_together_with_any_text(worksheet, nasty):
    worksheet.decide("CUSTOMER", "to", why=nasty)
    text = renderer(".md")(worksheet.synopsis()).decode()
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == 16
    for head, *body in tables:
        assert {_cells(line) for line in body} == {_cells(head)}
    assert "<b>" not in text


def _cells(line):
    return line.replace("\\\\", "").replace("\\|", "").count("|")


def test_a_heading_starts_no_markup_of_its_own():
    sheet = Worksheet("*a* _b_ #c\n[d](e)", entries=[Entry("PRODUCT_UNIT", 2, "<units>|")])
    lines = renderer(".md")(sheet.synopsis()).decode().splitlines()
    assert lines[0] == r"# \*a\* \_b\_ \#c \[d\](e)"
    assert r"## PRODUCT_UNIT ↔ \<units\>\|" in lines


def test_markdown_has_a_section_for_each_collection(worksheet):
    worksheet.decide("CUSTOMER", "to", why="because", by="A. Analyst")
    lines = renderer(".md")(worksheet.synopsis()).decode().splitlines()
    assert [line for line in lines if line.startswith("## ")] == [
        "## Contents",
        "## CUSTOMER ↔ users",
        "## PRODUCT ↔ items",
        "## TRANSACTION ↔ orders",
        "## Whole integration",
    ]
    assert "| decision | To iPaaS.com |" in lines
    assert "| To iPaaS.com | add | blocked | declared | email_address has no source |  |" in lines
    assert lines.count("| decision | undecided |") == 2


def test_the_page_escapes_every_text_and_needs_nothing_else(worksheet, nasty):
    hostile = "<script>alert(1)</script>"
    worksheet.decide("CUSTOMER", "to", why=nasty, by=hostile)
    sheet = Worksheet(hostile, entries=[*worksheet.entries, Entry("LOCATION", 7, hostile)])
    page = BeautifulSoup(renderer(".html")(sheet.synopsis()), "html.parser")
    assert page.find(["script", "link", "img", "iframe"]) is None
    assert page.title.string == hostile
    cells = [cell.get_text() for cell in page.find("table").find_all("td")]
    assert nasty in cells
    assert hostile in cells


def test_the_page_breaks_long_words_alone_and_has_no_empty_column(worksheet):
    page = BeautifulSoup(renderer(".html")(worksheet.synopsis()), "html.parser")
    heads = [cell.get_text() for cell in page.find("table").find_all("th")]
    assert "collection" in heads
    assert "comment" not in heads
    sheet = Worksheet("Demo", entries=[Entry("LOCATION", 7, "lines[].billing_address.country_iso2 of iPaaS.com")])
    text = renderer(".html")(sheet.synopsis()).decode()
    assert "<td>lines[].<wbr>billing_<wbr>address.<wbr>country_<wbr>iso2 of iPaaS.com</td>" in text
    assert "overflow-wrap: anywhere" not in text


def test_every_form_names_every_collection_and_direction(many):
    for suffix in (".md", ".html"):
        text = renderer(suffix)(many.synopsis()).decode()
        assert all(f"TYPE_{n}" in text for n in range(60))
        for word in [*Direction, "leave out", "undecided"]:
            assert word in text


def test_a_gone_entry_says_so(worksheet):
    worksheet.decide("PRODUCT", "to")
    worksheet.refresh([])
    assert "| state | gone |" in renderer(".md")(worksheet.synopsis()).decode()


@pytest.mark.parametrize("name", OF_PAIRS)
def test_a_table_of_one_collection_holds_its_rows_alone_and_without_one_those_of_all(worksheet, name):
    whole = worksheet.table(name)
    for entry in worksheet.entries:
        own = [row[2:] for row in whole.rows if row[:2] == entry.key]
        assert list(worksheet.table(name, entry.collection).rows) == own
    assert {row[0] for row in worksheet.table("Order").rows} == {entry.collection for entry in worksheet.entries}


def test_a_table_is_asked_for_by_the_plain_name_of_its_collection_too(worksheet):
    assert len(worksheet.table("Gaps", "Customers").rows) == 1
    assert not worksheet.table("Gaps", "PRODUCT").rows


def test_an_unknown_table_or_collection_is_answered_with_the_nearest(worksheet):
    with pytest.raises(UnknownNameError, match="did you mean 'Gaps'"):
        worksheet.table("Gap")
    with pytest.raises(UnknownNameError, match="did you mean 'CUSTOMER'"):
        worksheet.table("Gaps", "CUSTOMR")


@pytest.mark.parametrize("suffix", FORMS)
def test_every_form_holds_what_changed_since_an_earlier_pull(worksheet, tmp_path, suffix):
    worksheet.refresh(worksheet.entries, changes=lambda: Changes("2026-01-01", "2026-01-31", (CHANGE,)))
    worksheet.export(tmp_path / f"w{suffix}")
    if suffix == ".xlsx":
        book = load_workbook(tmp_path / "w.xlsx")
        (row,) = rows(book["Changes"])
        assert list(row.values()) == [
            "CUSTOMER", "users", "To iPaaS.com", "risky", "Shop", "values", "returned", "tier", "new value seen",
            None, "platinum", None,
        ]  # fmt: skip
        text = " ".join(str(cell.value) for cells in book["Cover"].iter_rows() for cell in cells)
    else:
        text = (tmp_path / f"w{suffix}").read_text(encoding="utf-8")
        assert "platinum" in text
        assert "new value seen" in text
    assert "Between 2026-01-01 and 2026-01-31: 1 risky." in text or '"risky": 1' in text or "risky: 1" in text


@pytest.mark.parametrize("suffix", FORMS)
def test_every_form_says_that_there_is_one_pull_only(worksheet, tmp_path, suffix):
    worksheet.refresh(worksheet.entries, changes=lambda: Changes("", "2026-01-31"))
    worksheet.export(tmp_path / f"w{suffix}")
    sentence = "There is no earlier pull to compare with: the only one is of 2026-01-31."
    if suffix == ".xlsx":
        assert load_workbook(tmp_path / "w.xlsx")["Changes"]["A2"].value == sentence
    else:
        assert sentence in (tmp_path / f"w{suffix}").read_text(encoding="utf-8")


def test_changes_are_compared_once_until_something_is_said(worksheet):
    compared = []
    worksheet.refresh(worksheet.entries, changes=lambda: compared.append(1) or Changes("", "2026-01-31"))
    worksheet.table("Order")
    assert not compared, "no table but that of the changes asks for them"
    assert worksheet.table("changes").rows == worksheet.table("Changes").rows == ()
    assert len(compared) == 1
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.changes()
    assert len(compared) == 2


def test_what_was_found_before_people_said_something_else_is_marked_row_by_row(worksheet):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    names, mark = ("Gaps", "Verdicts", "Evidence"), "older than what was said last"
    assert mark not in str([worksheet.table(name).rows for name in (*names, "Flows", "Order")])
    worksheet.constant("CUSTOMER", "to", "first_name", "x")
    for name in names:
        table = worksheet.table(name)
        assert table.rows
        assert all(mark in str(row) for row in table.rows if row[0] == "CUSTOMER"), name
    assert "the evidence is older than what was said last" in str(worksheet.table("Order").rows)


def test_values_are_written_as_they_stand_in_records_and_lists_are_no_map():
    assert _single((("'paid'", "'P'", 3), ("'", "'it''s'", 1), ("", "'x'", 2))) == [("paid", "P", 3), ("'", "it''s", 1)]
    assert _single((("'a, b'", "'x'", 1),)) == []
