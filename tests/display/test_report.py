import re
from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from ipaas_discovery.display.report import SYMBOLS, report
from ipaas_discovery.vocabulary import Outcome
from ipaas_discovery.worksheet.worksheet import Worksheet


@pytest.fixture
def page(systems, views, worksheet):
    return report("Shop and iPaaS.com", systems, views, worksheet, as_of="2026-11-02")


@pytest.fixture
def soup(page):
    return BeautifulSoup(page, "html.parser")


def text(node):
    return re.sub(r"\s+", " ", node.get_text()).strip()


def test_the_same_values_give_the_same_bytes(page, systems, views, worksheet):
    assert report("Shop and iPaaS.com", systems, views, worksheet, as_of="2026-11-02") == page


def test_nothing_on_the_page_is_fetched(soup, page):
    assert not soup.select("link, img, iframe, script[src], [srcset]")
    assert "@import" not in page
    assert "url(" not in page
    policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    assert policy.startswith("default-src 'none'")


def test_the_header_names_both_systems_and_the_numbers(soup):
    top = text(soup.select_one("header.top"))
    for words in ("Shop and iPaaS.com", "as of 2026-11-02", "iPaaS.com sandbox", "Sandbox store", "4,210", "1 of 2"):
        assert words in top


def test_every_link_of_the_page_leads_somewhere_on_it(soup):
    targets = [link["href"].removeprefix("#") for link in soup.select("a[href]")]
    assert {"overview", "directions", "pair-1", "pair-2"} <= set(targets)
    assert all(soup.find(id=target) for target in targets)


def test_ids_are_unique_and_headings_descend_step_by_step(soup):
    ids = [node["id"] for node in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    levels = [int(heading.name[1]) for heading in soup.select("h1, h2, h3, h4")]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_matrix_says_each_outcome_in_a_word_and_a_symbol(soup, views):
    rows = soup.select(".matrix tbody tr")
    assert [text(row.th) for row in rows] == ["CUSTOMER customers", "GIFT_CARD no counterpart"]
    cells = [text(cell) for cell in rows[0].select("td.cell")]
    expected = {(each.direction, each.method): each.outcome for each in views[0].verdicts}
    for cell, outcome in zip(cells, expected.values(), strict=True):
        assert cell == f"{SYMBOLS[outcome]} {'with defaults' if outcome is Outcome.WITH_DEFAULTS else outcome.value}"
    assert text(rows[0].select("td")[-1]) == "To iPaaS.com add"
    assert text(rows[1].select("td")[-1]) == "undecided"
    assert "not examined" in text(rows[1])


def test_a_section_holds_claims_verdicts_findings_and_the_decision(soup, views):
    section = text(soup.select_one("#pair-1"))
    assert "200 of 412 records." in section
    assert "Decided To iPaaS.com · add — Ada on 2026-11-02 the shop <owns> them" in section
    for verdict in views[0].verdicts:
        assert verdict.reason in section
        for finding in verdict.findings:
            assert f"{finding.field} {finding.fact}".strip() in section
            assert finding.rule in section
            assert finding.fix in section


def test_fields_stand_side_by_side_with_fill_as_a_number_and_examples(soup):
    rows = [text(row) for row in soup.select("#pair-1 .field-table tbody tr")]
    email = next(row for row in rows if row.startswith("email_address"))
    assert "email string ada@example.test, x@example.test 100 %" in email
    assert "not observed" in email
    assert any(row.startswith("store_credit") and "not observed" in row for row in rows)


def test_foreign_text_is_escaped(page, soup):
    assert "<b>custom</b>" not in page
    assert "<b>customers</b>" not in page
    assert not [each for each in soup.select("main b") if each.get_text() in {"custom", "customers"}]
    assert "<b>custom</b>" in text(soup.select_one("#pair-1"))


def test_a_decision_against_the_evidence_is_marked_wherever_it_stands(systems, views, worksheet):
    blocked = [replace(each, outcome=Outcome.BLOCKED, reason="No call.") for each in worksheet.entries[0].evidence]
    entries = [replace(worksheet.entries[0], evidence=tuple(blocked)), worksheet.entries[1]]
    soup = BeautifulSoup(report("Shop", systems, views, Worksheet("Shop", entries=entries)), "html.parser")
    assert "1 against the evidence" in text(soup.select_one("header.top"))
    assert "against the evidence" in text(soup.select_one(".matrix tbody tr td:last-child"))
    assert "Against the evidence: To iPaaS.com, add: blocked, No call." in text(soup.select_one("#pair-1 .decision"))


def test_what_is_unknown_says_so(soup):
    section = text(soup.select_one("#pair-2"))
    assert "No sample was taken." in section
    assert "No fields are known of either side." in section
    assert "Not known: what it receives is not described." in section


def test_both_systems_stand_at_a_glance_where_something_was_observed(soup, systems):
    shown = text(soup.select_one("#census"))
    assert "Sandbox store, how full its fields are, and of what type" in shown
    assert "<b>customers</b>" in shown
    assert len(soup.select("#census .shown")) == 1
    blind = [replace(system, census=None) for system in systems]
    assert "#census" not in report("Shop", blind, [], Worksheet("Shop"))


def test_each_pair_holds_its_heat_maps_folded(soup):
    summary = next(each for each in soup.select("#pair-1 summary") if "page by page" in each.get_text())
    heats = summary.parent.select(".shown")
    assert [each["aria-label"] for each in heats] == ["iPaaS.com, page by page", "Sandbox store, page by page"]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in heats[0].select("tr")]
    assert rows == [["field", "page 12", "page 92"], ["<b>custom</b>", "0", "50"]]
    assert "page by page" not in text(soup.select_one("#pair-2"))


def test_no_pairs_is_a_page_too(systems):
    page = report("Shop", systems, [], Worksheet("Shop"))
    assert "No pairs of collections were compared." in page


def test_600_fields_are_all_on_the_page_and_those_folded_are_counted(systems, wide):
    soup = BeautifulSoup(report("Shop", systems, [wide], Worksheet("Shop")), "html.parser")
    frame = wide.comparison.frame()
    assert len(soup.select(".fields .field-table tbody tr")) == len(frame)
    assert len(frame) >= 600
    matched = int((frame["status"] == "matched").sum())
    summaries = [text(each) for each in soup.select(".fields summary")]
    assert f"{matched - 40} further matched fields" in summaries
    assert len(soup.select(".fields > .field-table tbody tr")) == 40


def test_returned_and_received_are_told_apart(systems, views, worksheet):
    soup = BeautifulSoup(report("Shop", systems, views, worksheet), "html.parser")
    headings = [text(each) for each in soup.select("#pair-1 .difference.third summary")]
    counts = views[0].differences[1].counts
    assert headings
    assert all(int(each.split()[-1]) in counts.values() for each in headings)
