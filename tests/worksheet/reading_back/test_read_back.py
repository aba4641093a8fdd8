"""A workbook that people edited comes back: every change is told, taken on request, and nothing is lost."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.exports.workbook.cell_styles import LONGEST
from ipaas_discovery.worksheet.exports.workbook.sent import SENT
from ipaas_discovery.worksheet.facts.pair_facts import Conflict, Facts, PairFacts
from ipaas_discovery.worksheet.worksheet import Worksheet


class Edited:
    """A workbook as it was exported, in which a person fills cells."""

    def __init__(self, worksheet, path):
        self.worksheet, self.path = worksheet, path
        worksheet.export(path)
        self.book = load_workbook(path)

    def fill(self, sheet, match, **values):
        """Fill cells of the row that has `match` under its headings; underscores are spaces."""
        page = self.book[sheet]
        head = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=2):
            held = dict(zip(head, (cell.value for cell in row), strict=True))
            if all(held[name] == value for name, value in match.items()):
                for name, value in values.items():
                    row[head.index(name.replace("_", " "))].value = value
                return row[0].row
        raise AssertionError(match)

    def back(self):
        self.book.save(self.path)
        return self.worksheet.read_back(self.path)


@pytest.fixture
def edited(worksheet, tmp_path):
    worksheet._by = "A. Analyst"
    return Edited(worksheet, tmp_path / "order.xlsx")


CUSTOMER, PRODUCT = {"Collection": "CUSTOMER"}, {"Collection": "PRODUCT"}
MAIL = {"Collection": "CUSTOMER", "Destination": "email_address"}


def test_what_nobody_edited_changes_nothing(edited):
    changes = edited.back()
    assert (changes.rows, changes.problems, changes.notes) == ((), (), ())
    assert str(changes) == "order.xlsx: 0 changes, 0 conflicts"


def test_every_change_is_told_before_it_is_taken(edited):
    number = edited.fill("Order", PRODUCT, Decision="To iPaaS.com", Methods="add, update", Why="they own them")
    changes = edited.back()
    (edit,) = changes.edits
    assert (edit.sheet, edit.row, edit.place) == ("Order", number, "PRODUCT, items")
    assert [(cell.column, cell.before, cell.after) for cell in edit.cells] == [
        ("decision", "undecided", "To iPaaS.com"),
        ("methods", "", "add, update"),
        ("why", "", "they own them"),
    ]
    frame = changes.frame()
    assert list(frame["becomes"]) == ["To iPaaS.com", "add, update", "they own them"]
    assert edited.worksheet.entry("PRODUCT").decision is None
    assert edited.worksheet.take(changes, by="C. Customer") == ()
    decision = edited.worksheet.entry("PRODUCT").decision
    assert (decision.direction, decision.why, decision.by) == (Direction.TO, "they own them", "C. Customer")
    assert not edited.worksheet.read_back(edited.path).rows  # it is taken
    assert edited.worksheet.undo() == "PRODUCT"
    assert edited.worksheet.entry("PRODUCT").decision is None


def test_a_decision_is_taken_back_and_a_comment_left(edited):
    edited.worksheet.decide("PRODUCT", "to", why="theirs")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Order", PRODUCT, Decision="undecided", Comment="ask them")
    assert again.worksheet.take(again.back()) == ()
    entry = again.worksheet.entry("PRODUCT")
    assert entry.decision is None
    assert [(remark.about, remark.text) for remark in entry.remarks] == [("", "ask them")]


@pytest.mark.parametrize(
    ("cells", "kind", "value", "sources"),
    [
        ({"Type": "Static", "Value": "x@example.test", "Source": None}, "constant", "x@example.test", ()),
        ({"Value": "none@example.test", "Source": None, "Type": None}, "constant", "none@example.test", ()),
        ({"Source": "first"}, "field", "", ("first",)),
        ({"Type": "Dynamic Formula", "Value": "first, last | join ' '"}, "formula", None, ("first", "last")),
        ({"Type": "Dynamic Formula", "Value": "C#: First.Trim()", "Source": None}, "formula", "First.Trim()", ()),
        ({"Type": "Dynamic Formula", "Value": "CUSTOMER", "Source": "first"}, "look-up", "CUSTOMER", ("first",)),
    ],
)
def test_what_fills_a_field_is_read_back(edited, cells, kind, value, sources):
    edited.fill("Fields To", MAIL, **cells)
    changes = edited.back()
    assert not changes.problems
    assert edited.worksheet.take(changes) == ()
    (row,) = (row for row in edited.worksheet.entry("CUSTOMER").to if row.destination == "email_address")
    assert (row.kind, row.sources, row.status) == (kind, sources, "manual")
    if value is not None:
        assert row.value == value
    assert not edited.worksheet.read_back(edited.path).edits


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Status": "accepted"}, "accepted"),
        ({"Status": "rejected", "Why": "a wrong one"}, "rejected"),
        ({"Source": None, "Type": None}, "rejected"),
        ({"Default": "none@example.test"}, "accepted"),
    ],
)
def test_a_proposal_is_accepted_or_rejected(edited, cells, status):
    edited.fill("Fields To", MAIL, **cells)
    assert edited.worksheet.take(edited.back()) == ()
    (row,) = (row for row in edited.worksheet.entry("CUSTOMER").to if row.destination == "email_address")
    assert (row.status, row.sources) == (status, ("mail",))
    assert (row.why, row.default) == (cells.get("Why", ""), cells.get("Default", ""))


def test_a_value_map_is_one_statement(edited):
    edited.worksheet.value_map("CUSTOMER", "to", "email_address", "mail", {"a": "1", "b": "2"}, default="0")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Value maps", {"Value": "b"}, Becomes="3")
    page = again.book["Value maps"]
    page.append([cell.value for cell in page[2]])
    page.cell(page.max_row, 7).value, page.cell(page.max_row, 8).value = "c", "4"
    changes = again.back()
    (edit,) = changes.edits
    assert str(edit).endswith("values 'a → 1; b → 2' → 'a → 1; b → 3; c → 4'")
    assert again.worksheet.take(changes) == ()
    (row,) = (row for row in again.worksheet.entry("CUSTOMER").to if row.destination == "email_address")
    assert (row.values, row.default) == ((("a", "1"), ("b", "3"), ("c", "4")), "0")


def test_a_long_value_map_comes_back_as_it_was(worksheet, tmp_path):
    values = {f"colour {number:05}": f"#{number:06}" for number in range(1500)}
    worksheet.value_map("CUSTOMER", "to", "email_address", "mail", values, by="A. Analyst")
    again = Edited(worksheet, tmp_path / "order.xlsx")
    assert max(len(str(cell.value)) for row in again.book[SENT].iter_rows() for cell in row) == LONGEST
    changes = again.back()
    assert (changes.rows, changes.problems) == ((), ())


def test_a_map_that_is_only_suggested_in_one_row_is_no_change(worksheet, tmp_path):
    pairs = tuple((f"id {number}", f"their {number}", 1) for number in range(60))
    conflict = Conflict("email_address", "mail", 60, 0, 60, values=pairs)
    facts = Facts(pairs={("CUSTOMER", "users"): PairFacts(conflicts=(conflict,))})
    worksheet.refresh(worksheet.entries, facts=lambda _pairs: facts)
    again = Edited(worksheet, tmp_path / "order.xlsx")
    assert "suggested: 60 values" in again.book["Value maps"]["I2"].value
    changes = again.back()
    assert (changes.rows, changes.problems) == ((), ())


def test_answers_features_effort_and_signatures_are_read_back(edited):
    edited.fill("Questions", {"Collection": "CUSTOMER", "No": 7}, Answer="active ones", By="B. Builder")
    edited.fill("Questions", {"Collection": "(whole integration)"}, Answer="they sell")
    edited.fill("Supported Features", CUSTOMER, Polling="no", Support="partial", Additional_information="Ask first.")
    edited.fill("Plan", CUSTOMER, Effort="2 days", Owner="B. Builder")
    cover = edited.book["Cover"]
    place = next(row for row in cover.iter_rows() if row[0].value == "approved")
    place[2].value = "C. Customer, 2026-02-01"
    changes = edited.back()
    assert not changes.problems
    assert edited.worksheet.take(changes) == ()
    entry = edited.worksheet.entry("CUSTOMER")
    assert [(row.answer, row.by) for row in entry.questions if row.answer] == [("active ones", "B. Builder")]
    assert edited.worksheet.document.questions[0].answer == "they sell"
    record = entry.features_of(Direction.TO)
    assert (record.polling_supported, record.support, record.additional_information) == (False, "Partial", "Ask first.")
    assert entry.plan == (("effort", "2 days"), ("owner", "B. Builder"))
    assert edited.worksheet.document.sign_off == (("approved", "C. Customer, 2026-02-01"),)


def test_a_flow_is_changed_by_its_row(edited):
    edited.worksheet.decide("PRODUCT", "to", why="theirs")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Flows", PRODUCT, Condition="status = active", Trigger="poll", Collision="UPDATE_AND_LINK")
    assert again.worksheet.take(again.back()) == ()
    (flow,) = again.worksheet.entry("PRODUCT").flows
    assert (flow.condition, flow.trigger, flow.collision) == ("status = active", "poll", "UPDATE_AND_LINK")


def test_a_change_that_somebody_else_made_meanwhile_is_a_conflict(edited):
    edited.fill("Order", PRODUCT, Decision="To iPaaS.com", Why="theirs")
    edited.worksheet.decide("PRODUCT", "from", why="ours")
    changes = edited.back()
    assert not changes.edits
    (edit,) = changes.conflicts
    assert "meanwhile the worksheet says decision 'From iPaaS.com', why 'ours'" in str(edit)
    assert edited.worksheet.take(changes) == ()
    assert edited.worksheet.entry("PRODUCT").decision.why == "ours"
    assert edited.worksheet.take(changes, conflicts=True) == ()
    assert edited.worksheet.entry("PRODUCT").decision.why == "theirs"


def test_the_same_change_on_both_sides_is_none(edited):
    edited.fill("Order", PRODUCT, Comment="ask")
    edited.worksheet.remark("PRODUCT", "ask")
    assert not edited.back().rows


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("=A1+1", "holds a formula (=A1+1)"),
        ('=HYPERLINK("http://example.test")', "holds a formula"),
        ("#REF!", "holds an error (#REF!)"),
    ],
)
def test_a_formula_is_told_and_left_as_it_was(edited, value, sentence):
    edited.fill("Fields To", MAIL, Value=value, Why="because")
    changes = edited.back()
    (problem,) = changes.problems
    assert problem.startswith("Fields To, ")
    assert sentence in problem
    assert [cell.column for edit in changes.edits for cell in edit.cells] == ["why"]


def test_text_that_looks_like_a_formula_is_a_value(edited):
    edited.worksheet.constant("CUSTOMER", "to", "email_address", "=1+1")
    again = Edited(edited.worksheet, edited.path)
    assert not again.back().rows
    assert not again.back().problems


def test_merged_cells_are_told_and_hide_nothing(edited):
    edited.worksheet.decide("PRODUCT", "to", why="theirs")
    again = Edited(edited.worksheet, edited.path)
    head = [cell.value for cell in again.book["Order"][1]]
    column = again.book["Order"].cell(1, head.index("Why") + 1).column_letter
    again.book["Order"].merge_cells(f"{column}2:{column}4")
    changes = again.back()
    assert changes.problems == (
        f"Order, {column}2:{column}4: these cells are merged; only {column}2 is read, the rest counts as untouched",
    )
    assert not changes.rows


def test_deleted_columns_sheets_and_rows_are_told_and_stay(edited):
    edited.worksheet.decide("PRODUCT", "to", why="theirs")
    again = Edited(edited.worksheet, edited.path)
    order = again.book["Order"]
    order.delete_cols([cell.value for cell in order[1]].index("Why") + 1)
    order.delete_rows(2)
    del again.book["Plan"]
    again.book["Gaps"].delete_cols(1, 3)
    fields = again.book["Fields To"]
    fields.delete_cols([cell.value for cell in fields[1]].index("Destination") + 1)
    again.book.move_sheet("Questions", -5)
    changes = again.back()
    assert not changes.rows
    (problem,) = changes.problems
    assert problem == "Fields To: without the heading destination none of its rows can be told apart"
    assert changes.notes == (
        "Order has no column why any more; what it held stays as it is",
        "1 row of Order is not in the file; what stood there stays as it is",
        "the sheet Plan is gone; what it held stays as it is",
    )


def test_rows_may_be_sorted_and_a_title_put_above(edited):
    edited.fill("Order", PRODUCT, Comment="look")
    order = edited.book["Order"]
    rows = [[cell.value for cell in row] for row in order.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            order.cell(number, column).value = value
    order.insert_rows(1)
    order["A1"] = "Our title"
    changes = edited.back()
    assert [(edit.place, edit.cells[0].after) for edit in changes.edits] == [("PRODUCT, items", "look")]
    assert not changes.problems


def test_a_file_that_does_not_say_what_was_sent_is_compared_with_the_worksheet(edited):
    del edited.book[SENT]
    edited.fill("Order", PRODUCT, Comment="look")
    changes = edited.back()
    assert changes.notes == ("the file does not say what was sent, so it is compared with what the worksheet says now",)
    assert len(changes.edits) == 1


def test_what_cannot_be_taken_is_told_before_and_the_rest_taken(edited):
    edited.fill("Fields To", MAIL, Type="Dynamic Formula", Value="first | nonsense")
    edited.fill("Fields To", {"Collection": "CUSTOMER", "Destination": "first_name"}, Type="Sideways")
    edited.fill("Supported Features", CUSTOMER, Polling="perhaps")
    edited.fill("Order", PRODUCT, Why="a reason without a decision", Comment="kept")
    edited.fill("Order", {"Collection": "TRANSACTION"}, Decision="sideways")
    changes = edited.back()
    told = "\n".join(changes.problems)
    for words in ("nonsense", "'Sideways' is no type of a mapping", "'perhaps' is neither yes nor no", "undecided",
                  "Unknown direction 'sideways'"):  # fmt: skip
        assert words in told
    assert not changes.edits
    assert edited.worksheet.take(changes) == ()


@pytest.mark.parametrize(
    ("written", "said"), [("ja", True), ("Nein", False), ("WAHR", True), ("FALSCH", False), ("oui", True), (1, True)]
)
def test_yes_and_no_are_read_in_the_languages_of_those_who_write_them(edited, written, said):
    edited.fill("Supported Features", CUSTOMER, Polling=written)
    changes = edited.back()
    assert not changes.problems
    assert edited.worksheet.take(changes) == ()
    assert edited.worksheet.entry("CUSTOMER").features_of(Direction.TO).polling_supported is said


def test_methods_may_be_parted_by_semicolons(edited):
    edited.fill("Order", CUSTOMER, Decision="To iPaaS.com", Methods="add; delete", Why="because")
    changes = edited.back()
    assert not changes.problems
    assert edited.worksheet.take(changes) == ()
    assert [method.value for method in edited.worksheet.entry("CUSTOMER").decision.methods] == ["add", "delete"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Status": "akzeptiert"}, "'akzeptiert' is no status of a mapping"),
        ({"Type": "Static", "Source": "", "Value": ""}, "A fixed value is missing"),
    ],
)
def test_what_a_row_cannot_mean_is_told(edited, cells, told):
    edited.fill("Fields To", MAIL, **cells)
    changes = edited.back()
    assert told in "\n".join(changes.problems)
    assert not changes.edits


def test_a_row_that_does_not_say_what_it_is_about_is_told(edited):
    page = edited.book["Order"]
    page.cell(page.max_row + 1, [cell.value for cell in page[1]].index("Comment") + 1).value = "which one?"
    (problem,) = edited.back().problems
    assert problem == "Order, row 5: it does not say what it is about; fill collection, third party"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"collection,destination\n"])
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(worksheet, tmp_path, content):
    path = tmp_path / "order.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorksheetError, match=r"The workbook cannot be read, it is no \.xlsx file"):
        worksheet.read_back(path)


def test_a_missing_file_and_an_unknown_form_are_named(worksheet, tmp_path):
    with pytest.raises(WorksheetError, match="No such file"):
        worksheet.read_back(tmp_path / "none.xlsx")
    with pytest.raises(WorksheetError, match="No such file"):
        worksheet.read_back(tmp_path / "none.csv")
    with pytest.raises(UnknownNameError, match=r"\.csv, \.xlsx"):
        worksheet.read_back(tmp_path / "order.docx")


def test_a_workbook_of_something_else_changes_nothing(worksheet, tmp_path):
    book = Workbook()
    book.active.append(["name", "price"])
    book.save(tmp_path / "prices.xlsx")
    changes = worksheet.read_back(tmp_path / "prices.xlsx")
    assert not changes.rows
    assert "the sheet Order is gone; what it held stays as it is" in changes.notes


def test_a_mapping_plan_is_read_from_csv(worksheet, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "Collection;Direction;Destination;Source;Value;Why\n"
        "CUSTOMER;to;email_address;first;;theirs\n"
        "CUSTOMER;To iPaaS.com;first_name;;=Ada;\n"
        "CUSTOMER;both;first_name;mail;;\n"
        "CUSTOMER;sideways;first_name;mail;;\n"
        "CUSTOMR;to;first_name;mail;;\n",
        encoding="utf-8",
    )
    changes = worksheet.read_back(plan)
    assert [edit.key["destination"] for edit in changes.edits] == ["email_address", "first_name"]
    assert [problem.partition(":")[0] for problem in changes.problems] == [
        "plan.csv, row 4", "plan.csv, row 5", "Fields To, row 6, CUSTOMR, first_name"]  # fmt: skip
    assert worksheet.take(changes, by="A. Analyst") == ()
    kept = {row.destination: row for row in worksheet.entry("CUSTOMER").to}
    assert (kept["email_address"].sources, kept["email_address"].why) == (("first",), "theirs")
    assert (kept["first_name"].kind, kept["first_name"].value) == ("constant", "=Ada")


def test_a_mapping_plan_without_its_columns_is_told(worksheet, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("from,to\na,b\n", encoding="utf-8")
    (problem,) = worksheet.read_back(plan).problems
    assert problem.startswith("plan.csv has no column collection, destination, direction; ")
    plan.write_text("", encoding="utf-8")
    with pytest.raises(WorksheetError, match="empty"):
        worksheet.read_back(plan)


def test_an_order_read_back_into_a_fresh_worksheet_is_the_order(customer, product, edited):
    """A stranger with nothing but the workbook has the same decisions, mappings, answers and signatures."""
    sheet = edited.worksheet
    sheet.decide("CUSTOMER", "to", why="agreed")
    sheet.value_map("CUSTOMER", "to", "first_name", "first", {"A": "Ada"}, default="?")
    sheet.constant("CUSTOMER", "to", "email_address", "x@example.test")
    sheet.answer(1, "they sell")
    sheet.remark("CUSTOMER", "check it", "email_address")
    sheet.sign("approved", "C. Customer", on="2026-02-01")
    sheet.export(edited.path)
    fresh = Worksheet("Example shop", entries=edited.worksheet._copy().entries, questions=sheet.document.questions)
    fresh.refresh([customer, product])
    for name in ("CUSTOMER",):
        fresh.undecide(name)
        for field in ("first_name", "email_address"):
            fresh.unmap(name, "to", field)
        fresh.remark(name, "", "email_address")
    fresh.answer(1, "", by="A. Analyst")
    del (book := load_workbook(edited.path))[SENT]
    book.save(edited.path)
    changes = fresh.read_back(edited.path)
    assert not changes.problems
    assert fresh.take(changes, by="A. Analyst") == ()
    ours, theirs = sheet.entry("CUSTOMER"), fresh.entry("CUSTOMER")
    assert (theirs.decided, theirs.decision.why) == (ours.decided, ours.decision.why)
    assert [(row.destination, row.kind, row.value, row.values, row.default) for row in theirs.to] == [
        (row.destination, row.kind, row.value, row.values, row.default) for row in ours.to
    ]
    assert fresh.document.sign_off == sheet.document.sign_off
    assert [row.text for row in theirs.remarks] == ["check it"]


def test_a_changed_direction_asks_for_its_reason_anew(edited):
    edited.worksheet.decide("PRODUCT", "to", why="they own them")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Order", PRODUCT, Decision="From iPaaS.com")
    (problem,) = again.back().problems
    assert "The reason was given for To iPaaS.com" in problem
    again.fill("Order", PRODUCT, Why="we own them")
    assert again.worksheet.take(again.back()) == ()
    assert again.worksheet.entry("PRODUCT").decision.why == "we own them"


def test_a_changed_default_keeps_the_reason_of_what_fills_the_field(edited):
    edited.worksheet.map("CUSTOMER", "to", "email_address", "mail", why="agreed", condition="mail is not empty")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Fields To", MAIL, Default="nobody@example.test")
    assert again.worksheet.take(again.back()) == ()
    row = next(row for row in again.worksheet.entry("CUSTOMER").to if row.destination == "email_address")
    assert (row.default, row.why, row.condition) == ("nobody@example.test", "agreed", "mail is not empty")


def test_a_value_map_keeps_its_condition_and_its_flow(edited):
    word = {"condition": "mail is not empty", "default": "0"}
    edited.worksheet.decide("CUSTOMER", "to", why="agreed")
    edited.worksheet.flow("CUSTOMER", "B2B", "to")
    edited.worksheet.value_map("CUSTOMER", "to", "first_name", "first", {"a": "b"}, flow="B2B", **word)
    again = Edited(edited.worksheet, edited.path)
    again.fill("Value maps", {"Collection": "CUSTOMER", "Value": "a"}, Becomes="c")
    assert again.worksheet.take(again.back()) == ()
    (row,) = again.worksheet.entry("CUSTOMER").flow("B2B").mappings
    assert (row.values, row.condition, row.default) == ((("a", "c"),), "mail is not empty", "0")


def test_a_field_that_is_cleared_in_one_flow_stays_in_the_others(edited):
    edited.worksheet.decide("CUSTOMER", "to", why="agreed")
    edited.worksheet.flow("CUSTOMER", "B2B", "to")
    edited.worksheet.constant("CUSTOMER", "to", "first_name", "Ada")
    edited.worksheet.constant("CUSTOMER", "to", "first_name", "Bob", flow="B2B")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Fields To", {"Destination": "first_name", "Flow": "B2B"}, Status="open")
    assert again.worksheet.take(again.back()) == ()
    entry = again.worksheet.entry("CUSTOMER")
    assert entry.flow("B2B").mappings == ()
    assert [row.value for row in entry.to if row.destination == "first_name" and row.decided] == ["Ada"]


def test_a_mapping_plan_may_say_the_plain_name(worksheet, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("Collection,Direction,Destination,Source\nCustomers,to,first_name,mail\n", encoding="utf-8")
    (edit,) = worksheet.read_back(plan).edits
    assert (edit.key["collection"], edit.key["third party"], edit.before["source"]) == ("CUSTOMER", "users", "first")
    assert worksheet.take(worksheet.read_back(plan), by="A. Analyst") == ()
    assert next(row for row in worksheet.entry("CUSTOMER").to if row.destination == "first_name").sources == ("mail",)


def test_every_heading_that_is_missing_is_named(edited):
    for name in ("Collection", "Flow"):
        page = edited.book["Fields To"]
        page.delete_cols([cell.value for cell in page[1]].index(name) + 1)
    (problem,) = edited.back().problems
    assert problem == "Fields To: without the heading collection, flow none of its rows can be told apart"


def test_a_changed_default_of_what_somebody_mapped_stays_theirs_beside_what_is_only_proposed(edited):
    edited.worksheet.map("CUSTOMER", "to", "email_address", "mail", why="agreed")
    again = Edited(edited.worksheet, edited.path)
    again.fill("Fields To", MAIL, Default="nobody@example.test")
    edited.worksheet.take(again.back())
    rows = edited.worksheet.entry("CUSTOMER").mappings(Direction.TO)
    row = next(row for row in rows if row.destination == "email_address" and row.status != "rejected")
    assert (row.status, row.default, row.sources) == ("manual", "nobody@example.test", ("mail",))


def test_a_heading_that_stands_twice_is_told_and_the_first_counts(edited, tmp_path):
    page = edited.book["Fields To"]
    page.cell(1, page.max_column + 1).value = "Status"
    edited.fill("Fields To", MAIL, Comment="as agreed")
    changes = edited.back()
    assert [str(cell.column) for edit in changes.edits for cell in edit.cells] == ["comment"]
    assert changes.problems == ("Fields To: the heading status stands there twice; the first one counts",)
    plan = tmp_path / "plan.csv"
    plan.write_text("collection,direction,destination,source,source\nCUSTOMER,to,email_address,memo,mail\n")
    (edit,), problems = edited.worksheet.read_back(plan).edits, edited.worksheet.read_back(plan).problems
    assert (edit.after["source"], problems) == (
        "memo", ("plan.csv: the heading source stands there twice; the first one counts",)
    )  # fmt: skip


def test_a_second_row_of_one_field_is_told_and_not_taken(edited):
    page = edited.book["Fields To"]
    row = edited.fill("Fields To", MAIL, Comment="first")
    page.append([cell.value for cell in page[row]])
    page.cell(page.max_row, [cell.value for cell in page[1]].index("Comment") + 1).value = "second"
    changes = edited.back()
    assert [edit.after["comment"] for edit in changes.edits] == ["first"]
    (problem,) = changes.problems
    assert problem.endswith("email_address stands here twice; the first row counts")


def test_a_row_is_known_whatever_the_case_of_its_letters(edited):
    edited.fill("Fields To", MAIL, Collection="customer ", Destination="Email_Address", Comment="x")
    changes = edited.back()
    assert [[cell.column for cell in edit.cells] for edit in changes.edits] == [["comment"]]
    assert (changes.problems, changes.notes) == ((), ())
    assert changes.edits[0].key["destination"] == "email_address"


def test_a_new_row_that_fills_nothing_that_is_read_is_told(edited):
    edited.book["Flows"].append(["CUSTOMER", "people", "B2B", "To iPaaS.com"])
    (problem,) = edited.back().problems
    assert "CUSTOMER, people, B2B is new here, and none of condition," in problem


def test_a_renamed_sheet_is_named_beside_the_one_that_is_gone(edited):
    edited.book["Fields To"].title = "Felder"
    (note,) = edited.back().notes
    assert note == (
        "the sheet Fields To is gone; what it held stays as it is, unless 'Felder' is that sheet: give it its name back"
    )


@pytest.mark.parametrize(("cell", "text"), [("=TRUE()", "true"), ("=FALSE()", "false")])
def test_what_libreoffice_saves_of_a_ticked_cell_is_read(edited, cell, text):
    edited.fill("Questions", {"No": 1}, Answer=cell)
    changes = edited.back()
    assert ([edit.after["answer"] for edit in changes.edits], changes.problems) == ([text], ())


def test_a_value_that_stands_twice_in_a_map_is_told(edited):
    edited.worksheet.value_map("CUSTOMER", "to", "type", "kind", {"b2b": "Company"})
    again = Edited(edited.worksheet, edited.path)
    page = again.book["Value maps"]
    row = [cell.value for cell in page[2]]
    page.append([*row[:6], "b2b", "Person", *row[8:]])
    changes = again.back()
    assert changes.rows == ()
    (problem,) = changes.problems
    assert problem.endswith("the value 'b2b' stands there twice; the first row counts")
