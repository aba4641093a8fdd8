import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ipaas_discovery.errors import ChangedRowError, WorksheetError
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import Support
from ipaas_discovery.worksheet.ordered_flow import FlowCount
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.rows import RowKey, RowPart
from ipaas_discovery.worksheet.saving.document_file import DocumentFile
from ipaas_discovery.worksheet.worksheet import Worksheet


@pytest.fixture
def path(tmp_path):
    return tmp_path / "worksheet.yaml"


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_saved_worksheet_loads_equal_and_saves_to_the_same_bytes(many, path):
    many.save(path)
    first = path.read_bytes()
    again = Worksheet.load(path)
    assert again == many
    again.save()
    many.save()
    assert path.read_bytes() == first
    assert sorted(path.parent.iterdir()) == [path.with_name("evidence"), path]


def test_an_empty_worksheet_is_saved_and_loaded(path):
    Worksheet().save(path)
    assert Worksheet.load(path) == Worksheet()


def test_no_file_and_no_path_say_what_to_do(path):
    with pytest.raises(WorksheetError, match=r"no worksheet.*check the path"):
        Worksheet.load(path)
    with pytest.raises(WorksheetError, match="no file yet"):
        Worksheet().save()
    with pytest.raises(WorksheetError, match="Cannot read"):
        Worksheet.load(path.parent)


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_full_disk_leaves_the_earlier_file_and_the_work_in_memory(worksheet, path, monkeypatch, call):
    worksheet.save(path)
    before = path.read_bytes()
    worksheet.decide("CUSTOMER", "to", why="agreed")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(WorksheetError, match=r"No space left.*worksheet.yaml.*untouched"):
            worksheet.save()
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path.with_name("evidence"), path]
    assert worksheet.entry("CUSTOMER").decided == "To iPaaS.com"
    worksheet.save()
    assert Worksheet.load(path).entry("CUSTOMER").decided == "To iPaaS.com"


def test_a_folder_that_is_not_there_is_named(worksheet, path):
    with pytest.raises(WorksheetError, match=r"No such file or directory.*nowhere.*make the folder"):
        worksheet.save(path.parent / "nowhere" / "w.yaml")


def test_the_files_rights_and_a_link_to_it_stay(worksheet, path):
    worksheet.save(path)
    path.chmod(0o640)
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    sheet = Worksheet.load(link)
    sheet.decide("CUSTOMER", "to", why="agreed")
    sheet.save()
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert Worksheet.load(path) == sheet


def test_two_people_deciding_different_collections_lose_nothing(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", by="one", why="agreed")
    two.decide("PRODUCT", "from", by="two")
    one.save()
    two.save()
    assert Worksheet.load(path) == two
    assert [entry.decided for entry in two.entries] == ["To iPaaS.com", "From iPaaS.com", "undecided"]
    one.save()
    assert one == two


def test_two_people_changing_different_rows_of_one_pair_lose_nothing(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", why="agreed", by="one")
    one.edit("CUSTOMER", "to", support=Support.FULL)
    one.constant("CUSTOMER", "to", "type", "person")
    two.answer(2, "active ones", by="two", collection="CUSTOMER")
    two.map("CUSTOMER", "from", "first_name", "first", by="two")
    two.reject("CUSTOMER", "to", "first_name")
    two.edit("CUSTOMER", "from", polling_supported=True)
    one.save()
    two.save()
    entry = Worksheet.load(path).entry("CUSTOMER")
    assert entry.decision.by == "one"
    assert entry.questions[1].answer == "active ones"
    assert [(row.destination, row.status) for row in entry.to] == [
        ("email_address", "proposed"), ("first_name", "rejected"), ("type", "manual")
    ]  # fmt: skip
    assert [(row.destination, row.by) for row in entry.from_] == [("first_name", "two")]
    assert entry.features_of(Direction.TO).support is Support.FULL
    assert entry.features_of(Direction.FROM).polling_supported is True


def test_where_both_changed_the_same_row_theirs_stands_and_both_are_shown(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", why="agreed", by="one")
    two.decide("CUSTOMER", "from", by="two")
    two.decide("PRODUCT", "to", by="two")
    one.save()
    with pytest.raises(
        ChangedRowError, match=r"CUSTOMER ↔ users, decision was changed meanwhile.*by: one.*yours.*by: two"
    ) as caught:
        two.save()
    (seen, yours, theirs) = caught.value.versions["CUSTOMER ↔ users, decision"]
    assert (seen, "two" in yours, "one" in theirs) == ("nothing", True, True)
    for sheet in (two, Worksheet.load(path)):
        assert sheet.entry("CUSTOMER").decision.by == "one"
        assert sheet.entry("PRODUCT").decision.by == "two"
    assert two.redo() == "CUSTOMER"
    two.save()
    assert Worksheet.load(path).entry("CUSTOMER").decision.by == "two"
    two.undo()
    two.save()
    assert Worksheet.load(path).entry("CUSTOMER").decision.by == "one"


def test_what_both_wrote_alike_is_no_question(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    for sheet in (one, two):
        sheet.decide("PRODUCT", "to", why="agreed", by="both", on="2026-02-01")
        sheet.save()
    assert Worksheet.load(path).entry("PRODUCT").decision.by == "both"


def test_a_row_that_somebody_took_back_is_not_written_again_unseen(worksheet, path):
    worksheet.decide("PRODUCT", "to", why="agreed")
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.undecide("PRODUCT")
    two.decide("PRODUCT", "to", methods="add")
    one.save()
    with pytest.raises(ChangedRowError, match="theirs says nothing"):
        two.save()
    assert two.entry("PRODUCT").decision is None


def test_an_undo_refuses_what_a_hand_has_changed(worksheet, path):
    worksheet.save(path)
    worksheet.decide("PRODUCT", "to", by="one")
    worksheet.save()
    text = path.read_text()
    line = next(line for line in text.splitlines() if "by: one" in line)
    path.write_text(text.replace(line, "  decision: leave out  # by hand"))
    worksheet.undo()
    with pytest.raises(ChangedRowError, match="leave out"):
        worksheet.save()
    assert "  decision: leave out  # by hand\n" in path.read_text()
    assert worksheet.entry("PRODUCT").decided == "leave out"


def test_taking_a_decision_back_is_a_change_too(worksheet, path):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.undecide("CUSTOMER")
    two.decide("PRODUCT", "to")
    two.save()
    one.save()
    assert [entry.decided for entry in Worksheet.load(path).entries] == ["undecided", "To iPaaS.com", "undecided"]


def test_a_new_worksheet_saved_over_an_old_one_keeps_its_decisions(worksheet, path, customer):
    worksheet.decide("CUSTOMER", "to", why="agreed", by="one")
    worksheet.save(path)
    fresh = Worksheet("Example shop", entries=[customer, Entry("LOCATION", 7, "shops")])
    fresh.save(path)
    assert fresh.entry("CUSTOMER").decision.by == "one"
    assert {entry.collection for entry in fresh.entries} == {"CUSTOMER", "PRODUCT", "TRANSACTION", "LOCATION"}


def test_a_pair_that_one_takes_back_stays_with_what_another_said_of_it_meanwhile(path):
    pair = ("ITEM", "products")
    named, decided = RowKey(pair, RowPart.PAIR), RowKey(pair, RowPart.DECISION)
    DocumentFile(path).save({named: True, decided: Decision(Direction.TO, (Method.ADD,))})
    one, another = DocumentFile(path), DocumentFile(path)
    rows, more = one.load().rows, {**another.load().rows, RowKey(pair, RowPart.PLAN, "owner"): "Ada"}
    assert {*rows} == {named, decided}
    another.save(more)
    one.save({})
    assert dict(DocumentFile(path).load().rows) == {named: True, RowKey(pair, RowPart.PLAN, "owner"): "Ada"}
    last = DocumentFile(path)
    last.load()
    last.save({})
    assert "ITEM" not in path.read_text("utf-8")


def test_undo_does_not_take_back_what_somebody_else_decided(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", why="agreed", by="one")
    one.save()
    two.answer(1, "sell", by="two")
    two.save()
    two.decide("CUSTOMER", "from", why="no", by="two")
    two.save()
    one.save()
    assert one.undo() is None
    assert one.entry("CUSTOMER").decision.by == "two"


def test_a_file_that_has_become_unreadable_is_not_overwritten(worksheet, path):
    worksheet.save(path)
    path.write_text("<<<<<<< ours\n")
    worksheet.decide("CUSTOMER", "to", why="agreed")
    with pytest.raises(WorksheetError, match="conflict markers"):
        worksheet.save()
    assert path.read_text() == "<<<<<<< ours\n"
    assert worksheet.entry("CUSTOMER").decided == "To iPaaS.com"


def test_a_file_that_was_deleted_is_written_again(worksheet, path):
    worksheet.save(path)
    path.unlink()
    worksheet.save()
    assert Worksheet.load(path) == worksheet


def test_eight_savers_at_once_lose_nothing(many, path):
    many.save(path)

    def decide(number):
        sheet = Worksheet.load(path)
        sheet.decide(f"TYPE_{number}", "from", why="agreed", by=f"saver {number}")
        sheet.save()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(8)))
    assert [entry.decision.by for entry in Worksheet.load(path).entries[:8]] == [f"saver {n}" for n in range(8)]
    assert sorted(path.parent.iterdir()) == [path.with_name("evidence"), path]


def test_evidence_older_than_what_was_said_says_so_until_it_is_examined_anew(path, worksheet):
    worksheet.flow("CUSTOMER", "shops", "to", methods="add", condition="type = shop", by="Ann")
    entry = replace(worksheet.entry("CUSTOMER"), counts=(FlowCount("shops", 14, 267),))
    worksheet.refresh([entry, *worksheet.entries[1:]])
    worksheet.save(path)
    sheet = Worksheet.load(path)
    assert (sheet.outdated, str(sheet.entry("CUSTOMER").counts[0])) == ((), "14 of 267")
    assert "older" not in sheet.to_text()
    path.write_text(path.read_text().replace("type = shop", "type = store"))
    sheet = Worksheet.load(path)
    assert sheet.outdated == ("CUSTOMER ↔ users",)
    assert sheet.entry("CUSTOMER").counts == (), "14 of 267 met another condition"
    assert "The evidence is older than what was said last of CUSTOMER ↔ users" in sheet.to_text()
    table = sheet.table("Order")
    assert [row[table.columns.index("state")] for row in table.rows][1:] == ["", ""]
    assert "`discover` examines it anew" in table.rows[0][table.columns.index("state")]
    sheet.refresh(sheet.entries)
    assert sheet.outdated == ()
    sheet.decide("CUSTOMER", "to", why="agreed", by="Ann")
    sheet.remark("CUSTOMER", "ask the shop", by="Ann")
    assert sheet.outdated == (), "evidence depends on neither"
    sheet.constant("CUSTOMER", "to", "email_address", "x@y.test", by="Ann")
    assert sheet.outdated == ("CUSTOMER ↔ users",)
    sheet.undo()
    assert sheet.outdated == ()
