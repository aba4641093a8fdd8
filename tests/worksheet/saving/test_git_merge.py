"""Two people's edits to different rows merge in git, and edits to the same row become a question."""

import subprocess

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.worksheet.worksheet import Worksheet

NAMES = ("base", "one", "two")


@pytest.fixture
def folders(worksheet, tmp_path):
    """Three copies of a worksheet: the common start, and one for each of two people."""
    worksheet.map("CUSTOMER", "to", "m", "m")
    for name in NAMES:
        (tmp_path / name).mkdir()
        worksheet.save(tmp_path / name / "worksheet.yaml")
    return [tmp_path / name / "worksheet.yaml" for name in NAMES]


def merged(folders):
    base, one, two = map(str, folders)
    done = subprocess.run(["git", "merge-file", one, base, two], check=False)  # noqa: S607  the git that is found
    return done.returncode, Worksheet.load(one) if not done.returncode else None


def edit(path, change):
    sheet = Worksheet.load(path)
    change(sheet)
    sheet.save()


def test_decisions_on_neighbouring_pairs_and_rows_of_one_pair_merge(folders):
    edit(folders[1], lambda sheet: sheet.decide("CUSTOMER", "to", why="one"))
    edit(folders[1], lambda sheet: sheet.constant("CUSTOMER", "to", "a", "1"))
    edit(folders[1], lambda sheet: sheet.decide("TRANSACTION", "to", why="one"))
    edit(folders[2], lambda sheet: sheet.decide("PRODUCT", "to", why="two"))
    edit(folders[2], lambda sheet: sheet.constant("CUSTOMER", "to", "z", "2"))
    conflicts, sheet = merged(folders)
    assert conflicts == 0
    assert [entry.decision.why for entry in sheet.entries] == ["one", "two", "one"]
    assert [row.destination for row in sheet.entry("CUSTOMER").to if row.decided] == ["a", "m", "z"]


def test_the_same_row_is_a_question_that_names_its_line(folders):
    for path, why in ((folders[1], "one"), (folders[2], "two")):
        edit(path, lambda sheet, why=why: sheet.decide("PRODUCT", "to", why=why))
    conflicts, _ = merged(folders)
    assert conflicts == 1
    with pytest.raises(WorksheetError, match=r"Git left conflict markers here \(worksheet.yaml, line \d+\)"):
        Worksheet.load(folders[1])
