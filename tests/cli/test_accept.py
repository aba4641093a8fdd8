"""`accept`: a finding or a change is accepted by its name, shown as accepted, and taken back."""

from __future__ import annotations

import json

import pytest
from workspaces import run, write_settings

from ipaas_discovery.worksheet.worksheet import Worksheet

PLACE = ("Customers", "to")


@pytest.fixture(scope="module")
def pulled(tmp_path_factory):
    """A workspace whose worksheet and evidence are on disk."""
    settings = write_settings(tmp_path_factory.mktemp("accepting"))
    assert run("worksheet", "-s", settings).status == 0
    return settings


@pytest.fixture
def worksheet(pulled):
    """Gives the worksheet as it is on disk, which is given back as it was."""
    path = pulled.parent / "worksheet.yaml"
    before = path.read_bytes()
    yield lambda: Worksheet.load(path)
    path.write_bytes(before)


@pytest.fixture
def finding(worksheet):
    entry = worksheet().entry("CUSTOMER")
    gaps = [(row, gap) for row in entry.evidence for gap in row.gaps if row.direction.value.startswith("To")]
    return next((row.method.value, gap.rule, gap.field) for row, gap in gaps if gap.field)


def accepted(sheet):
    return [(row.rule, row.field, row.method, row.until, row.why, row.by) for row in sheet.entry("CUSTOMER").accepted]


def test_a_finding_is_accepted_and_taken_back(pulled, worksheet, finding):
    method, rule, field = finding
    words = ("--method", method, "--until", "2026-12-31", "--why", "agreed", "--by", "Ann")
    done = run("accept", *PLACE, rule, field, *words, "-s", pulled)
    assert done.status == 0, done.err
    assert f"To iPaaS.com, {rule}, {field}, {method}, until 2026-12-31 accepted. Saved to" in done.out
    assert accepted(worksheet()) == [(rule, field, method, "2026-12-31", "agreed", "Ann")]
    other = run("accept", *PLACE, rule, field, "--take-back", "--by", "Ann", "-s", pulled)
    assert (other.status, "accepted finding" in other.err) == (2, True), "it is accepted in one method alone"
    done = run("accept", *PLACE, rule, field, "--method", method, "--take-back", "--by", "Ann", "--json", "-s", pulled)
    assert json.loads(done.out)["accepted"] == []
    assert accepted(worksheet()) == []


@pytest.mark.parametrize(
    ("at", "wrong", "sentence"),
    [(0, "Custmers", "did you mean"), (2, "requird", "Unknown finding 'requird'"), (3, "nothing", "Unknown field")],
)
def test_a_wrong_name_is_answered_with_the_nearest_and_saves_nothing(pulled, worksheet, finding, at, wrong, sentence):
    words = [*PLACE, *finding[1:]]
    words[at] = wrong
    done = run("accept", *words, "--by", "Ann", "-s", pulled)
    assert (done.status, sentence in done.err) == (2, True), done.err
    assert accepted(worksheet()) == []


def test_a_change_is_accepted_by_its_kind_and_field(pulled, worksheet):
    words = ("removed", "loyalty_tier", "--change", "--why", "nobody used it", "--by", "Ann")
    assert run("accept", *PLACE, *words, "-s", pulled).status == 0
    assert accepted(worksheet()) == [("removed", "loyalty_tier", None, "", "nobody used it", "Ann")]
    shown = run("changes", "Customers", "-s", pulled)
    assert "accepted  To iPaaS.com: loyalty_tier" in shown.out


@pytest.mark.parametrize("words", [("remved", "loyalty_tier"), ("removed", "loyalty_teir")])
def test_a_change_that_is_none_is_answered_with_the_nearest(pulled, worksheet, words):
    done = run("accept", *PLACE, *words, "--change", "--by", "Ann", "-s", pulled)
    assert (done.status, "did you mean" in done.err) == (2, True), done.err
    assert accepted(worksheet()) == []


def test_accepting_is_undone_in_the_object_that_did_it(worksheet, finding):
    sheet, (_, rule, field) = worksheet(), finding
    sheet.accept_finding(*PLACE, rule, field, by="Ann")
    sheet.unaccept(*PLACE, rule, field)
    assert accepted(sheet) == []
    assert sheet.undo() == "CUSTOMER"
    assert accepted(sheet)[0][:2] == (rule, field)
    sheet.undo()
    assert accepted(sheet) == []
