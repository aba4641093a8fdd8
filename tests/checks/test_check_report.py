"""The report of a check: what failed first to see, and the same as JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from ipaas_discovery.checks.check_report import CheckItem, CheckReport, CheckStatus

PASSED, FAILED, ACCEPTED, SKIPPED = CheckStatus
REPORT = CheckReport(
    "Shop & iPaaS",
    (
        CheckItem("flows", "CUSTOMER, add", PASSED, "possible"),
        CheckItem("flows", "CUSTOMER, <update>", FAILED, 'blocked: "no" call\x00￾'),
        CheckItem("changes", "CUSTOMER", ACCEPTED, "accepted by Ann"),
        CheckItem("changes", "ITEM", SKIPPED, "one pull only"),
        CheckItem("flows", "ITEM", PASSED),
    ),
)


def test_a_report_is_well_if_nothing_failed():
    assert not REPORT.ok
    assert [item.subject for item in REPORT.failed] == ["CUSTOMER, <update>"]
    assert CheckReport("x", tuple(item for item in REPORT.items if item.status is not FAILED)).ok
    assert CheckReport("x").summary == "nothing to check"
    assert CheckReport("x").joined(REPORT.items).items == REPORT.items


def test_lines_tell_all_but_what_passed():
    assert REPORT.to_lines().splitlines()[1:] == [
        "accepted changes: CUSTOMER: accepted by Ann",
        "skipped  changes: ITEM: one pull only",
        "Shop & iPaaS: 2 passed, 1 failed, 1 accepted, 1 skipped.",
    ]
    assert REPORT.to_lines().startswith("failed   flows: CUSTOMER, <update>: blocked")


def test_junit_counts_and_escapes():
    root = ET.fromstring(REPORT.to_junit())  # noqa: S314  our own
    (suite,) = root
    assert suite.attrib == {"name": "Shop & iPaaS", "tests": "5", "failures": "1", "errors": "0", "skipped": "1"}
    cases = {case.attrib["name"]: case for case in suite}
    assert cases["CUSTOMER, <update>"].find("failure").attrib["message"].startswith('blocked: "no" call')
    assert cases["ITEM"].attrib["classname"] in {"changes", "flows"}
    assert cases["CUSTOMER"].find("system-out").text == "accepted by Ann"
    assert cases["CUSTOMER, add"].find("system-out").text == "possible"
    assert [child.tag for child in [*suite][3]] == ["skipped"]
    assert [*[*suite][4]] == []


@pytest.mark.parametrize("name", ["part", "subject", "status", "detail"])
def test_a_report_is_a_table(name):
    assert name in REPORT.frame().columns
    assert REPORT.to_dict()["ok"] is False
