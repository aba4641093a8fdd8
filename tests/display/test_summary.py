"""The report's summary as Markdown: what is needed first, then what is decided, then what is possible."""

from ipaas_discovery.display.summary import summary_markdown
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, Evidence

ITEM = WorkItem(WorkKind.UNMAPPED, "CUSTOMER", "users", "a|b", "required", "give a value")
BLOCKED = Evidence(Direction.TO, Method.ADD, Outcome.BLOCKED, "No call.")


def written(work=WorkList((ITEM,), ("A note.",)), entries=(), scope=()):  # noqa: B008  frozen
    document = WorksheetDocument("Shop", CollectionSide("iPaaS.com"), CollectionSide("Shop"), "2026-11-02", (), entries)
    return summary_markdown(document, work, scope)


def test_what_is_needed_comes_first():
    text = written()
    assert text.startswith(
        "# Shop\n\niPaaS.com and Shop, as of 2026-11-02. Open: 1 unmapped.\n\n## What we need from you"
    )
    assert "### Fill 1 required field\n\nWhich field, fixed value or formula fills each?\n\n| pair | field |" in text
    assert "|---|---|---|---|\n| CUSTOMER ↔ users | a\\|b | required | give a value |" in text
    assert "A note." in text
    assert text.endswith("\n")


def test_decisions_and_outcomes_follow():
    decision = Decision(Direction.TO, (Method.ADD,), "it is so", "Ada", "2026-11-03")
    entry = Entry("CUSTOMER", 8, "users", decision=decision, evidence=(BLOCKED,))
    text = written(entries=(entry,), scope=[("third party", "zebras", "no use")])
    against = "To iPaaS.com; against the evidence: To iPaaS.com, add: blocked, No call."
    assert f"| CUSTOMER ↔ users | {against} | add | it is so | Ada, 2026-11-03 |" in text
    assert "| CUSTOMER ↔ users | add: blocked |  | To iPaaS.com |" in text
    assert (
        "## In no pair\n\n| system | collections | reason |\n|---|---|---|\n| third party | zebras | no use |" in text
    )


def test_an_empty_integration_says_so():
    text = written(WorkList())
    assert "Nothing is open." in text
    assert "## What is decided\n\nNothing yet." in text
    assert "No pairs of collections." in text
    assert "In no pair" not in text
