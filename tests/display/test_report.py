import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from ipaas_discovery.display.figures import _shortened
from ipaas_discovery.display.report import SYMBOLS, _environment, report
from ipaas_discovery.renderings.tabular import Table
from ipaas_discovery.vocabulary import Outcome
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
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


def test_nothing_in_a_text_steers_a_terminal_or_turns_a_line_around():
    shown = _environment().from_string("{{ text }}|{{ number }}|{{ text | breakable }}")
    steering = "a\x1b[31m\u202e<b>\nc"
    assert shown.render(text=steering, number=3) == (
        "a\\u001b[31m\\u202e&lt;b&gt;\nc|3|a\\u001b[31m\\u202e&lt;b&gt;\\u000ac"
    )


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
    assert [each["aria-label"] for each in heats] == [
        f"CUSTOMER ↔ customers: {name}, page by page" for name in ("iPaaS.com", "Sandbox store")
    ]
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


def work_on(view, *kinds):
    return WorkList(
        tuple(
            WorkItem(kind, view.collection, view.third_party, f"<{kind}>", "because <it> is so", "try <this>")
            for kind in kinds or WorkKind
        ),
        ("A <note>.",),
    )


def test_what_is_needed_comes_first_with_a_link_to_each_request(systems, views, worksheet):
    soup = BeautifulSoup(report("Shop", systems, views, worksheet, work=work_on(views[0])), "html.parser")
    assert [section["id"] for section in soup.select("main > section")][:3] == ["needs", "decided", "directions"]
    needs = soup.select_one("#needs")
    assert [link["href"] for link in needs.select(".asked a")] == [f"#ask-{kind}" for kind in WorkKind]
    assert all(soup.find(id=link["href"][1:]) for link in needs.select("a"))
    assert "because <it> is so" in text(needs)
    assert text(needs).endswith("A <note>.")
    assert not needs.select("it, note")


def test_each_pair_says_what_is_open_there(systems, views, worksheet):
    soup = BeautifulSoup(report("Shop", systems, views, worksheet, work=work_on(views[0], "refused")), "html.parser")
    here = soup.select_one("#pair-1 .open-here")
    assert text(here) == "1 open here <refused>: because <it> is so Proposed: try <this>"
    assert not soup.select("#pair-2 .open-here")


def test_a_long_request_is_folded_after_its_first_rows_and_paper_says_how_many_more(systems, views, worksheet):
    work = WorkList(work_on(views[0], *["refused"] * 18).items)
    soup = BeautifulSoup(report("Shop", systems, views, worksheet, work=work), "html.parser")
    needs = soup.select_one("#needs")
    assert len(needs.select("details tbody tr")) == 3
    assert len(needs.select("tbody tr")) == 18
    assert text(needs.summary) == "3 more"
    assert text(needs.select_one(".only-print")) == "and 3 more, on the page itself"


def test_nothing_open_is_said_and_no_list_is_no_section(systems, views, worksheet):
    soup = BeautifulSoup(report("Shop", systems, views, worksheet, work=WorkList()), "html.parser")
    assert "Nothing is open" in text(soup.select_one("#needs"))
    assert "#needs" not in report("Shop", systems, views, worksheet)


def test_decisions_stand_with_their_reasons(soup):
    rows = soup.select("#decided tbody tr")
    assert [text(row) for row in rows] == ["CUSTOMER ↔ customers To iPaaS.com add the shop <owns> them Ada, 2026-11-02"]


def test_pairs_are_marked_as_the_choices_above_show_them(soup):
    states = [(row["class"], section["class"]) for row, section in zip(
        soup.select(".matrix .pair-row"), soup.select(".pair"), strict=True)]  # fmt: skip
    assert ["is-decided" in row and "is-decided" in section for row, section in states] == [True, False]
    assert "is-undecided" in states[1][0]
    labels = [text(label) for label in soup.select(".choices label")]
    assert labels == ["All pairs", "Undecided", "Decided", "Against the evidence", "Print the details, too"]
    assert [box.has_attr("checked") for box in soup.select(".choices input")] == [True, False, False, False, False]


def test_collections_in_no_pair_for_the_same_reason_stand_in_one_row(systems, views, worksheet):
    rows = [("iPaaS.com", "KIT", "none"), ("iPaaS.com", "IMAGE", "none"), ("third party", "zebras", "<none>")]
    frame = pd.DataFrame(rows, columns=["system", "collection", "reason"])
    soup = BeautifulSoup(report("Shop", systems, views, worksheet, unpaired=Table(frame)), "html.parser")
    rows = [text(row) for row in soup.select("#unpaired tbody tr")]
    assert rows == ["iPaaS.com KIT, IMAGE none", "third party zebras <none>"]


def test_a_page_that_grows_too_large_leaves_details_out_and_says_so(systems, wide):
    whole = report("Shop", systems, [wide], Worksheet("Shop"))
    size = len(whole.encode())
    assert report("Shop", systems, [wide], Worksheet("Shop"), largest=size + 1) == whole
    smaller = report("Shop", systems, [wide], Worksheet("Shop"), largest=size)
    assert "page by page" not in smaller
    cut = report("Shop", systems, [wide], Worksheet("Shop"), largest=size // 2)
    assert len(cut.encode()) < size // 2
    assert re.search(r"and \d+ more: the worksheet.s workbook lists every field", cut)
    none = report("Shop", systems, [wide], Worksheet("Shop"), largest=1)
    assert "The pairs are too many for one page of this size" in none
    soup = BeautifulSoup(none, "html.parser")
    assert not soup.select(".pair")
    assert all(soup.find(id=link["href"][1:]) for link in soup.select("a[href]"))


def test_an_address_is_cut_at_its_start_so_that_its_domain_stays(systems):
    assert _shortened("x" * 28) == "x" * 28
    assert len(_shortened("x" * 29)) == 28
    assert _shortened("somebody.with.a.long.name@example.test").endswith("@example.test")
    assert len(_shortened("somebody.with.a.long.name@example.test")) == 28
