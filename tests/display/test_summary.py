"""The report's summary as Markdown: what is needed first, then what is decided, then what is possible."""

from ipaas_discovery.changes.changes import Aspect, Changes, FlowChange
from ipaas_discovery.display.summary import MOST_CHANGES, summary_markdown
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from ipaas_discovery.worksheet.parts import CollectionSide, Decision, Evidence

ITEM = WorkItem(WorkKind.UNMAPPED, "CUSTOMER", "users", "a|b", "required", "give a value")
BLOCKED = Evidence(Direction.TO, Method.ADD, Outcome.BLOCKED, "No call.")


def written(work=WorkList((ITEM,), ("A note.",)), entries=(), scope=(), changes=None):  # noqa: B008  frozen
    document = WorksheetDocument("Shop", CollectionSide("iPaaS.com"), CollectionSide("Shop"), "2026-11-02", (), entries)
    return summary_markdown(document, work, scope, changes)


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


def change(field, effect, accepted=""):
    parts = "TRANSACTION", "orders", Direction.TO, Aspect.VALUES, "Shop", "", field, "new value seen", "", "X"
    return FlowChange(*parts, effect, accepted)


def test_changes_stand_last_the_worst_first_and_accepted_ones_behind():
    rows = (
        change("a", ChangeEffect.HARMLESS),
        change("b", ChangeEffect.BREAKING, "accepted by Ada"),
        change("c", ChangeEffect.RISKY),
    )
    text = written(changes=Changes("2026-11-01", "2026-11-02", rows, ("PRODUCT ↔ items was not paired before",)))
    head, section = text.split("## Changes\n\n")
    assert "Directions at a glance" in head
    assert section.startswith("Between 2026-11-01 and 2026-11-02: 1 risky, 1 harmless, 1 accepted.\n\nPRODUCT ↔ items")
    listed = [line.split(" | ")[2:] for line in section.splitlines() if line.startswith("| TRANSACTION")]
    assert listed == [
        ["risky", "c of Shop: new value seen: X", " |"],
        ["harmless", "a of Shop: new value seen: X", " |"],
        ["breaking", "b of Shop: new value seen: X", "accepted by Ada |"],
    ]


def test_without_an_earlier_pull_or_a_change_the_section_says_so():
    assert written(changes=Changes("", "2026-11-02")).endswith(
        "## Changes\n\nThere is no earlier pull to compare with: the only one is of 2026-11-02.\n"
    )
    note = "The earlier pull cannot be compared with: it is torn."
    assert written(changes=Changes("", "2026-11-02", notes=(note,))).endswith(f"## Changes\n\n{note}\n")
    assert written(changes=Changes("2026-11-01", "2026-11-02")).endswith(
        "Nothing changed between 2026-11-01 and 2026-11-02.\n"
    )
    assert "## Changes" not in written()


def test_of_many_changes_the_first_are_listed_and_the_others_counted():
    rows = tuple(change(f"f{at:03}", ChangeEffect.RISKY) for at in range(MOST_CHANGES + 1))
    text = written(changes=Changes("2026-11-01", "2026-11-02", rows))
    assert (f"f{MOST_CHANGES - 1:03} of" in text, f"f{MOST_CHANGES:03} of" in text) == (True, False)
    assert text.endswith("1 change more: `ipaas-discovery changes` lists all of them.\n")
    assert "more:" not in written(changes=Changes("2026-11-01", "2026-11-02", rows[:-1]))
