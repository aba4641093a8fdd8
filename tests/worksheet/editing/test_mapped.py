"""Words of people on single fields: kept, undone, beside each other, and by names that are known."""

from dataclasses import replace

import pytest

from ipaas_discovery.errors import ConfigurationError, DiscoveryError, UnknownNameError, WorksheetError
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.worksheet import Worksheet

TO, FROM = Direction.TO, Direction.FROM


@pytest.fixture
def sheet(worksheet, customer):
    """A worksheet whose fields are known on both sides."""
    open_fields = (Mapping("type"), Mapping("note", sources=("memo", "text"), standing="ambiguous"))
    worksheet.refresh(
        [replace(customer, to=(*customer.to, *open_fields), to_sources=("mail", "first", "memo", "text", "status"))]
    )
    return worksheet


def row(sheet, path, status=None):
    rows = [row for row in sheet.entry("CUSTOMER").to if row.destination == path and status in {None, row.status}]
    return rows[0] if rows else None


def test_an_accepted_proposal_is_a_persons_word(sheet):
    sheet.accept("Customers", "to", "email_address", why="same", by="Jo")
    made = row(sheet, "email_address")
    assert (made.kind, made.sources, made.status, made.why, made.by) == ("field", ("mail",), "accepted", "same", "Jo")
    assert (made.score, made.evidence, made.standing) == (None, "", "no counterpart")
    assert made.date
    assert sheet.undo() == "CUSTOMER"
    assert row(sheet, "email_address").status == "proposed"
    sheet.redo()
    assert row(sheet, "email_address").status == "accepted"


def test_one_of_several_that_are_as_good_is_accepted_by_name(sheet):
    with pytest.raises(WorksheetError, match="Nothing is proposed"):
        sheet.accept("CUSTOMER", "to", "note")
    sheet.accept("CUSTOMER", "to", "note", "text")
    assert (row(sheet, "note").sources, row(sheet, "note").status) == (("text",), "accepted")


def test_a_rejected_source_is_not_proposed_again_and_stands_beside_what_fills_the_field(sheet):
    sheet.reject("CUSTOMER", "to", "email_address")
    sheet.reject("CUSTOMER", "to", "email_address", "memo")
    sheet.reject("CUSTOMER", "to", "email_address", "memo", why="twice")
    assert row(sheet, "email_address", "proposed") is None
    sheet.constant("CUSTOMER", "to", "email_address", "x@y.test")
    rows = [other for other in sheet.entry("CUSTOMER").to if other.destination == "email_address"]
    assert [(other.status, other.sources) for other in rows] == [
        ("manual", ()), ("rejected", ("mail",)), ("rejected", ("memo",))
    ]  # fmt: skip
    sheet.map("CUSTOMER", "to", "email_address", "memo")
    rows = [other for other in sheet.entry("CUSTOMER").to if other.destination == "email_address"]
    assert [(other.status, other.sources) for other in rows] == [("manual", ("memo",)), ("rejected", ("mail",))]
    sheet.reject("CUSTOMER", "to", "email_address", "memo")
    assert row(sheet, "email_address", "manual") is None
    sheet.unmap("CUSTOMER", "to", "email_address")
    assert row(sheet, "email_address").status == "proposed"


def test_a_field_is_filled_in_every_way(sheet):
    sheet.constant("CUSTOMER", TO, "type", value=True)
    assert (row(sheet, "type").kind, row(sheet, "type").value, row(sheet, "type").status) == (
        "constant",
        "true",
        "manual",
    )
    sheet.formula("CUSTOMER", "to", "type", "first, mail | join '-'", default="?", condition="status = open")
    made = row(sheet, "type")
    assert (made.kind, made.sources, made.default, made.condition) == (
        "formula",
        ("first", "mail"),
        "?",
        "status = open",
    )
    assert made.formula.run({"first": "a", "mail": "b"}) == "a-b"
    assert made.value == made.formula.csharp()
    sheet.formula("CUSTOMER", "to", "type", csharp="First.Trim()")
    assert (row(sheet, "type").value, row(sheet, "type").formula) == ("First.Trim()", None)
    sheet.lookup("CUSTOMER", "to", "type", "memo", of="Customers")
    assert (row(sheet, "type").kind, row(sheet, "type").value, row(sheet, "type").sources) == (
        "look-up", "CUSTOMER", ("memo",)
    )  # fmt: skip
    sheet.value_map("CUSTOMER", "to", "type", "status", {"b": 2, "a": 1}, default="0")
    assert (row(sheet, "type").values, row(sheet, "type").default) == ((("a", "1"), ("b", "2")), "0")
    assert [sheet.undo() for _ in range(6)] == ["CUSTOMER"] * 5 + [None]


def test_a_named_flow_fills_a_field_otherwise(sheet):
    sheet.decide("CUSTOMER", "to", why="agreed")
    sheet.flow("CUSTOMER", "refunds", "to", condition="status = refunded", methods="add")
    sheet.constant("CUSTOMER", "to", "type", "order")
    sheet.constant("CUSTOMER", "to", "type", "refund", flow="refunds")
    entry = sheet.entry("CUSTOMER")
    assert [other.value for other in entry.mappings(TO) if other.destination == "type"] == ["order"]
    assert [other.value for other in entry.mappings(TO, "refunds") if other.destination == "type"] == ["refund"]
    assert {other.destination for other in entry.mappings(TO, "refunds")} == {other.destination for other in entry.to}
    with pytest.raises(UnknownNameError, match="did you mean 'refunds'"):
        sheet.constant("CUSTOMER", "to", "type", "x", flow="refund")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda sheet: sheet.accept("Custmers", "to", "type"), "did you mean 'Customers'"),
        (lambda sheet: sheet.accept("CUSTOMER", "too", "type"), "Unknown direction 'too'"),
        (lambda sheet: sheet.accept("CUSTOMER", "both", "type"), "in one direction"),
        (lambda sheet: sheet.accept("CUSTOMER", "to", "email_adress"), "did you mean 'email_address'"),
        (lambda sheet: sheet.accept("CUSTOMER", "to", "type"), "Nothing is proposed"),
        (lambda sheet: sheet.accept("CUSTOMER", "to", "type", "statuss"), "did you mean 'status'"),
        (lambda sheet: sheet.reject("CUSTOMER", "to", "typ"), "did you mean 'type'"),
        (lambda sheet: sheet.reject("CUSTOMER", "to", "type"), "name the source to reject"),
        (lambda sheet: sheet.map("CUSTOMER", "to", "type", "maill"), "did you mean 'mail'"),
        (lambda sheet: sheet.map("CUSTOMER", "to", "type", ""), "Unknown field ''"),
        (lambda sheet: sheet.constant("CUSTOMER", "to", "typ", "x"), "did you mean 'type'"),
        (lambda sheet: sheet.constant("CUSTOMER", "to", "type", "x", wy="z"), "Unknown keyword 'wy'"),
        (lambda sheet: sheet.constant("CUSTOMER", "to", "type", "x", condition="a"), "no condition"),
        (lambda sheet: sheet.constant("CUSTOMER", "to", "type", "x", condition="statu = a"), "did you mean 'status'"),
        (lambda sheet: sheet.formula("CUSTOMER", "to", "type", "mail | uper"), "did you mean 'upper'"),
        (lambda sheet: sheet.formula("CUSTOMER", "to", "type", "maill | upper"), "did you mean 'mail'"),
        (lambda sheet: sheet.formula("CUSTOMER", "to", "type"), "given once"),
        (lambda sheet: sheet.formula("CUSTOMER", "to", "type", "mail", csharp="Mail"), "given once"),
        (lambda sheet: sheet.lookup("CUSTOMER", "to", "type", "mail", of="CUSTOMR"), "did you mean 'CUSTOMER'"),
        (lambda sheet: sheet.value_map("CUSTOMER", "to", "type", "mail", {}), "needs values"),
        (lambda sheet: sheet.unmap("CUSTOMER", "to", "typ"), "did you mean 'type'"),
    ],
)
def test_a_wrong_name_is_answered_with_what_is_known_and_changes_nothing(sheet, call, message):
    before = sheet.document
    with pytest.raises(DiscoveryError, match=message):
        call(sheet)
    assert sheet.document == before
    assert not sheet.can_undo


def test_where_fields_are_not_known_any_name_is_taken(worksheet):
    worksheet.map("PRODUCT", "from", "anything", "goes")
    assert worksheet.entry("PRODUCT").from_[0].sources == ("goes",)


def test_text_that_no_file_can_hold_is_made_text(worksheet, tmp_path):
    worksheet.constant("PRODUCT", "to", "type", "a\ud800\r\nb", why="x\ry")
    worksheet.save(tmp_path / "w.yaml")
    made = Worksheet.load(tmp_path / "w.yaml").entry("PRODUCT").to[0]
    assert (made.value, made.why) == ("a\ufffd\nb", "x\ny")
    assert worksheet.entry("PRODUCT").to == (made,)


def test_nobody_decides_without_a_name(worksheet, monkeypatch, tmp_path):
    monkeypatch.delenv("IPAAS_DISCOVERY_BY")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=r"Nobody knows who decides: say by='…' once"):
        worksheet.constant("PRODUCT", "to", "type", "x")
    worksheet.constant("PRODUCT", "to", "type", "x", by="Jo")
    worksheet.decide("PRODUCT", "to")
    assert worksheet.entry("PRODUCT").decision.by == "Jo"
