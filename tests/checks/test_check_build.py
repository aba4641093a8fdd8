"""A check of a build: decided flows that are possible no longer, changes nobody accepts, and nothing written."""

from __future__ import annotations

import json

import pytest
from workspaces import run, snapshot, write_settings

from ipaas_discovery import Discovery
from ipaas_discovery.checks.check_build import check_build

BEFORE = "2026-10-26"


@pytest.fixture
def settings(tmp_path):
    return write_settings(tmp_path)


def decided(settings, *decisions, day=None):
    """A worksheet with its evidence, in which directions are decided."""
    with Discovery.open(settings, day=day) as discovery:
        worksheet = discovery.worksheet
        for collection, direction, more in decisions:
            worksheet.decide(collection, direction, by="Ann", **more)
        worksheet.save()


def checked(settings, **options):
    with Discovery.open(settings, record=False) as discovery:
        report = check_build(discovery, **options)
    return report, [(item.part, item.subject, item.status.value) for item in report.items]


def times(folder):
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_nothing_is_decided_at_first(settings, tmp_path):
    before = snapshot(tmp_path)
    report, rows = checked(settings)
    assert report.ok
    assert rows[0] == ("flows", "the worksheet", "skipped")
    assert rows[1][::2] == ("changes", "passed")
    assert snapshot(tmp_path) == before, "not even a worksheet is made"


def test_a_decided_flow_that_is_possible_passes(settings):
    decided(settings, ("Customers", "from", {"methods": "update"}))
    _, rows = checked(settings, fail_on=None)
    assert rows == [("flows", "CUSTOMER ↔ customers, From iPaaS.com, update", "passed")]


def test_a_flow_that_was_possible_and_is_blocked_fails(settings):
    decided(settings, ("LOCATION", "to", {"methods": "delete"}), day=BEFORE)
    report, rows = checked(settings, fail_on=None)
    assert rows == [("flows", "LOCATION ↔ locations, To iPaaS.com, delete", "failed")]
    assert "no call to delete" in report.items[0].detail
    assert report.items[0].detail.endswith(" It was possible.")


def test_a_flow_of_which_no_record_passes_any_more_fails(settings):
    decided(settings, ("LOCATION", "from", {"methods": "add"}), day=BEFORE)
    report, rows = checked(settings, fail_on=None)
    assert [row[2] for row in rows] == ["failed"]
    assert report.items[0].detail.startswith("possible with defaults (0 of 4 records pass)")


def test_a_decision_against_the_evidence_stays_accepted_with_its_reason(settings):
    decided(settings, ("LOCATION", "to", {"methods": "delete", "why": "by hand"}))
    report, rows = checked(settings, fail_on=None)
    assert [row[2] for row in rows] == ["accepted"]
    assert report.items[0].detail.endswith("Decided by Ann all the same: by hand")
    assert report.ok


def test_changes_count_where_they_concern_a_decided_flow(settings):
    decided(settings, ("Customers", "from", {"methods": "update"}))
    _, rows = checked(settings)
    assert ("changes", "all decided flows", "passed") in rows, "first_name became required on create, not on update"
    decided(settings, ("Customers", "from", {"methods": "add"}))
    _, rows = checked(settings)
    assert ("changes", "CUSTOMER ↔ customers, From iPaaS.com", "failed") in rows


def test_an_accepted_change_is_shown_and_does_not_fail(settings):
    decided(settings, ("Customers", "to", {"methods": "update"}))
    with Discovery.open(settings) as discovery:
        discovery.worksheet.accept_change("Customers", "to", "removed", until="2026-12-31", why="unused", by="Ann")
        discovery.worksheet.save()
    report, rows = checked(settings)
    assert ("changes", "CUSTOMER ↔ customers, To iPaaS.com", "accepted") in rows
    assert any("accepted until 2026-12-31 by Ann: unused" in item.detail for item in report.items)
    assert report.ok


def test_the_first_pull_has_no_changes_to_check(settings):
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"day = {BEFORE}\n{text}", encoding="utf-8")
    _, rows = checked(settings)
    assert rows[-1] == ("changes", "the pull before", "skipped")


def test_the_command_writes_nothing_but_the_file_it_is_asked_for(settings, tmp_path):
    decided(settings, ("Customers", "from", {"methods": "add"}), day=BEFORE)
    before = times(tmp_path), snapshot(tmp_path)
    done = run("check", "-s", settings)
    assert done.status == 1
    assert "failed   changes: CUSTOMER ↔ customers, From iPaaS.com: breaking: first_name" in done.out
    assert (times(tmp_path), snapshot(tmp_path)) == before
    data = json.loads(run("check", "-s", settings, "--json", "--junit", tmp_path / "check.xml").out)
    assert (data["format"], data["version"], data["ok"]) == ("check", 1, False)
    assert (tmp_path / "check.xml").read_bytes().startswith(b"<?xml")
    assert run("check", "-s", settings, "--fail-on", "never").status == 0


def test_delivered_is_compared_with_ordered_once_the_settings_name_the_subscription(settings, tmp_path):
    decided(settings, ("Customers", "both", {"methods": ["add", "update"]}))
    text = settings.read_text(encoding="utf-8").replace("[ipaas]", '[ipaas]\nsubscription = "Sandbox store"')
    settings.write_text(text, encoding="utf-8")
    before = snapshot(tmp_path)
    report, rows = checked(settings, fail_on=None)
    assert not report.ok
    assert ("delivered", "CUSTOMER ↔ customers, From iPaaS.com", "failed") in rows
    details = [item.detail for item in report.items if item.part == "delivered"]
    assert "switched off: in use is ordered, filter 1==0 is delivered" in details
    assert snapshot(tmp_path) == before
    settings.write_text(text.replace('Sandbox store"', 'Nobody"'), encoding="utf-8")
    report, rows = checked(settings, fail_on=None)
    assert rows[-1] == ("delivered", "all decided flows", "failed")
    assert "called 'Nobody'" in report.items[-1].detail
    report, rows = checked(settings, fail_on=None, delivered=False)
    assert report.ok
    assert not [part for part, _, _ in rows if part == "delivered"]
