import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import Features, Support
from ipaas_discovery.worksheet.parts import FieldMapping
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
    assert list(path.parent.iterdir()) == [path]


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
    worksheet.decide("CUSTOMER", "to")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(WorksheetError, match=r"No space left.*worksheet.yaml.*untouched"):
            worksheet.save()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
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
    sheet.decide("CUSTOMER", "to")
    sheet.save()
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert Worksheet.load(path) == sheet


def test_two_people_deciding_different_collections_lose_nothing(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", by="one")
    two.decide("PRODUCT", "from", by="two")
    one.save()
    two.save()
    assert Worksheet.load(path) == two
    assert [entry.decided for entry in two.entries] == ["To iPaaS.com", "From iPaaS.com", "undecided"]
    one.save()
    assert one == two


def test_two_people_changing_different_parts_of_one_entry_lose_nothing(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", by="one")
    one.edit("CUSTOMER", features=(Features(Direction.TO, support=Support.FULL),))
    two.answer(2, "active ones", by="two", collection="CUSTOMER")
    accepted = FieldMapping(Direction.FROM, "first_name", "first", status="accepted")
    two.edit("CUSTOMER", mappings=(*two.entry("CUSTOMER").mappings, accepted))
    two.edit("CUSTOMER", features=(Features(Direction.TO, polling_supported=True),))
    one.save()
    two.save()
    entry = Worksheet.load(path).entry("CUSTOMER")
    assert entry.decision.by == "one"
    assert entry.questions[1].answer == "active ones"
    assert accepted in entry.mappings
    assert (entry.features[0].support, entry.features[0].polling_supported) == (Support.FULL, True)


def test_where_both_decided_the_one_who_saves_wins(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", by="one")
    two.decide("CUSTOMER", "from", by="two")
    one.save()
    two.save()
    assert Worksheet.load(path).entry("CUSTOMER").decision.by == "two"


def test_taking_a_decision_back_is_a_change_too(worksheet, path):
    worksheet.decide("CUSTOMER", "to")
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.undecide("CUSTOMER")
    two.decide("PRODUCT", "to")
    two.save()
    one.save()
    assert [entry.decided for entry in Worksheet.load(path).entries] == ["undecided", "To iPaaS.com", "undecided"]


def test_a_new_worksheet_saved_over_an_old_one_keeps_its_decisions(worksheet, path, customer):
    worksheet.decide("CUSTOMER", "to", by="one")
    worksheet.save(path)
    fresh = Worksheet("New title", entries=[customer, Entry("LOCATION", 7, "shops")])
    fresh.save(path)
    assert fresh.entry("CUSTOMER").decision.by == "one"
    assert fresh.document.title == "New title"
    assert {entry.collection for entry in fresh.entries} == {"CUSTOMER", "PRODUCT", "TRANSACTION", "LOCATION"}


def test_an_entry_dropped_by_a_refresh_stays_if_somebody_decided_it_meanwhile(worksheet, path, customer):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.refresh([customer])
    two.decide("PRODUCT", "to")
    two.save()
    one.save()
    assert [entry.collection for entry in one.entries] == ["CUSTOMER", "PRODUCT"]
    assert one.entry("PRODUCT").decided == "To iPaaS.com"


def test_undo_does_not_take_back_what_somebody_else_decided(worksheet, path):
    worksheet.save(path)
    one, two = Worksheet.load(path), Worksheet.load(path)
    one.decide("CUSTOMER", "to", by="one")
    one.save()
    two.save()
    two.decide("CUSTOMER", "from", by="two")
    two.save()
    one.save()
    assert one.undo() is None
    assert one.entry("CUSTOMER").decision.by == "two"


def test_a_file_that_has_become_unreadable_is_not_overwritten(worksheet, path):
    worksheet.save(path)
    path.write_text("<<<<<<< ours\n")
    worksheet.decide("CUSTOMER", "to")
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
        sheet.decide(f"TYPE_{number}", "from", by=f"saver {number}")
        sheet.save()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(8)))
    assert [entry.decision.by for entry in Worksheet.load(path).entries[:8]] == [f"saver {n}" for n in range(8)]
    assert list(path.parent.iterdir()) == [path]
